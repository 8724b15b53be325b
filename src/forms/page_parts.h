/* SPDX-License-Identifier: Apache-2.0 */
/* page_parts.h - what the templates of this folder are given. */
#pragma once
#include "forms/moving.h"

/* A province, a button that shows its communes, a commune: works without script. */
struct commune_input {
	str id, label, hint, error, described;
	bool optional, bad_province, bad_commune;
	str province, commune; /* chosen */
	LIST(struct unit) provinces;
	LIST(struct option) communes; /* none until a province is chosen */
};
/* For the answer `value`, kept or a province only. history: those of before, too. */
MUST_USE err communes_offered(struct arena *a, const struct form_source *x, str value, bool history,
	struct commune_input *c);

struct question_part {
	str id, name, kind, linked; /* name and kind: of one without parts; linked: or "" */
	str explain;
	str rule;     /* for scripts, when it rests on this page; else "" */
	int decimals; /* for scripts, which read what is typed as the server does */
	bool partial;
	html inputs;
};
struct person_offer {
	str label, value;
};
struct group_part {
	str id, label, hint;
	bool optional;
	html fields;
	LIST(struct person_offer) people; /* filled in at once */
};
struct computed_part {
	str id, label, hint, value, rule, as, unit;
};
struct declaration_part {
	str id, label, hint, error;
	bool ticked;
};
struct note_part {
	str heading, text;
};

struct draft_row {
	str title, code, saved, expires;
	url open, remove;
};
struct drafts_page {
	LIST(struct draft_row) rows;
};
struct delete_page {
	str title, saved;
	url post, back;
};

struct move_page {
	LIST(struct left_over) gone, again; /* asked no more; asked in another way */
	LIST(str) added;
	url post, back;
};

struct task {
	str id, title, section; /* section: its heading stands before it; "" none */
	url open;
	bool done;
};
struct tasks_page {
	str title, code, agency, expires, progress;
	bool saved, ready;
	LIST(struct task) tasks;
	LIST(struct left_over) left_over; /* of an earlier version of the form */
	str review_id;
	url review, remove;
};

struct step_item {
	str title;
	bool done, here;
};
struct steps_part {
	str caption;
	LIST(struct step_item) items;
};
struct aside_part {
	str title, time, fee, agency, level, expires, code;
	enum tone tone;
};
struct purpose_line {
	str why, who, keep;
};
struct rows_item {
	str title, detail, id;
	url open;
	bool done;
};
/* The items of a repeated page. */
struct rows_page {
	struct steps_part steps;
	struct aside_part aside;
	field_errors errors;
	str id, title, intro, print, item;
	bool returns, full;
	LIST(struct rows_item) rows;
	url post, tasks;
};
struct step_page {
	struct steps_part steps;
	struct aside_part aside;
	field_errors errors;
	str title, intro, print, facts, saved; /* saved: when, if it was just now; else "" */
	bool uploads, returns;
	bool known; /* what stands in the boxes is of the account */
	LIST(struct purpose_line) purposes;
	url post, here, tasks;
	str pieces; /* where a script sends files bit by bit */
	html fields;
};
struct difference {
	str label, typed, stored;
};
struct conflict_page {
	str title, print;
	LIST(struct difference) rows;
	LIST(struct field) fields; /* what was typed, to be sent again */
	url post, back;
};
