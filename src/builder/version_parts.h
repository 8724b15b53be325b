/* SPDX-License-Identifier: Apache-2.0 */
/* version_parts.h - what the templates of versions, differences and exchange are given. */
#pragma once
#include "builder/page_parts.h"

struct change_row {
	str place, words, before, after;
	str none_before, none_after; /* in place of what is not there */
	enum tone tone;
	const char *icon;
	url open;
};
struct changes_part {
	LIST(struct change_row) rows;
	str before, after; /* what the columns are called */
};
struct version_line {
	str number, state, from, until, who, when, ground;
	enum tone tone;
	url compare, file;
};
struct versions_page {
	str name;
	LIST(struct version_line) rows;
	url home, retire;
	bool in_force;
};
struct comparison_page {
	str name, before, after;
	struct changes_part changes;
	struct choice_input from, to;
	url form, home;
};
struct publish_page {
	str name, seen;
	field_errors errors;
	LIST(struct task_row) tasks;
	bool ready;
	struct changes_part changes;
	bool first;
	struct date_input from, legal_day;
	struct input legal_number, legal_title;
	url post, home;
};
struct retire_page {
	str name;
	field_errors errors;
	struct date_input last;
	url post, back;
};
struct typed_field {
	str name, value;
};
struct overtaken_page {
	str who, when, seen;
	struct changes_part changes;
	LIST(struct typed_field) fields;
	url post, back;
};
struct exchange_page {
	str name, pending_by;
	field_errors errors;
	struct file_input file;
	struct input other;
	url import, clone, file_open, home, pending;
	bool waits;
};
struct merge_row {
	size_t number;
	str place, member, base, ours, theirs;
	bool take; /* theirs is chosen */
};
struct merge_page {
	str name, who, seen;
	field_errors errors;
	struct changes_part changes;
	LIST(struct merge_row) rows;
	url post, drop, home;
};
