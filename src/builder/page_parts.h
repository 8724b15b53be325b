/* SPDX-License-Identifier: Apache-2.0 */
/* page_parts.h - what the templates of this folder are given. */
#pragma once
#include "view/component.h"

struct outline_row {
	str number, title;
	url open;
	bool here, warned;
};
struct outline_group {
	struct outline_row page;
	str section; /* begins here, or "" */
	LIST(struct outline_row) rows;
};
struct outline_part {
	str code;
	url home, trial, publish;
	LIST(struct outline_group) pages;
	LIST(struct outline_row) rest;
};
struct tick_part {
	str id, label, hint, error;
	bool ticked;
};

struct copy_row {
	str code, name, state, changed_iso, changed, who;
	enum tone tone;
	url open;
};
struct copies_page {
	field_errors errors;
	LIST(struct copy_row) rows;
	struct input code;
	url post;
};
struct task_row {
	str place, words;
	url open;
	bool stops;
};
struct task_list_part {
	LIST(struct task_row) rows;
};
struct list_row {
	str key, title;
	url open;
};
struct list_part {
	str heading, none;
	LIST(struct list_row) rows;
	url add;
	str add_label;
};
struct copy_page {
	str code, name, changed_iso, changed, who, seen;
	bool undoable;
	LIST(struct task_row) tasks;
	size_t stops;
	LIST(struct list_part) lists;
	url publish, trial, preview, versions, differences, exchange, undo, general;
};
struct rule_line {
	str label, words;
	url edit;
};
struct slot_group {
	str heading;
	html inputs;
};
struct thing_page {
	str kicker, title, seen, saved;
	field_errors errors;
	LIST(struct slot_group) groups; /* the first without heading, the others open */
	LIST(struct rule_line) rules;
	LIST(struct list_part) lists; /* what it holds: questions of a page, exemptions of a fee */
	url post, home, add, remove;
	str add_label;
	bool movable, removable;
	struct choice_input after;
	bool previewed;
	str preview_title;
	html preview;
	url preview_open;
	LIST(str) remarks;
};
struct add_page {
	str title, seen;
	field_errors errors;
	struct input words, question;
	struct choice_input kind, field;
	bool asks_question, asks_kind, asks_field;
	url post, back;
};
struct remove_page {
	str title, seen;
	LIST(struct list_row) uses;
	url post, back;
};
struct sentence_row {
	str words;
	size_t number;
};
struct condition_page {
	str title, label, seen, text; /* text: a rule that sentences cannot say */
	field_errors errors;
	bool simple, any, full, chosen;
	LIST(struct sentence_row) rows;
	struct choice_input question, relation, choices;
	struct input value;
	bool has_choices, many_choices;
	str question_id, question_label;
	url post, self, back;
};
