/* SPDX-License-Identifier: Apache-2.0 */
/* page_parts.h - what the templates of this folder are given. */
#pragma once
#include "forms/form.h"

/* A province, a button that shows its communes, a commune: works without script. */
struct commune_input {
	str id, label, hint, error, described;
	bool optional, bad_province, bad_commune;
	str province, commune; /* chosen */
	LIST(struct unit) provinces;
	LIST(struct unit) communes; /* none until a province is chosen */
};

struct draft_row {
	str title, code, saved, expires;
	url open, remove;
};
struct paper_line {
	str name, quantity, when;
	bool optional;
};
struct start_page {
	str code, name, time, fee, levels, level;
	enum tone tone;
	url post, detail;
	field_errors errors;
	LIST(struct draft_row) drafts; /* begun before */
	LIST(str) subjects;
	LIST(struct paper_line) papers;
	bool many; /* agencies: a list that opens */
	struct choice_input agencies;
};
struct drafts_page {
	LIST(struct draft_row) rows;
};
struct delete_page {
	str title, saved;
	url post, back;
};

struct task {
	str id, title;
	url open;
	bool done;
};
struct tasks_page {
	str title, code, agency, expires, progress;
	bool saved, ready;
	LIST(struct task) tasks;
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
struct step_page {
	struct steps_part steps;
	struct aside_part aside;
	field_errors errors;
	str title, intro, print;
	bool uploads, returns;
	url post, tasks;
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

struct review_row {
	str label, value;
	bool number;
	url edit;
};
struct review_section {
	str title, heading;
	url edit;
	LIST(struct review_row) rows;
};
struct missing_item {
	str message;
	url open;
};
struct review_page {
	struct steps_part steps;
	struct aside_part aside;
	field_errors errors;
	LIST(struct review_section) sections;
	LIST(struct missing_item) missing;
	str declaration, version;
	url post, tasks;
};
