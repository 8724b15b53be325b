/* SPDX-License-Identifier: Apache-2.0 */
/* trial_parts.h - what the templates of previews and trials are given. */
#pragma once
#include "builder/page_parts.h"

struct preview_page {
	str name, title, intro;
	LIST(struct outline_row) pages;
	html fields;
	url home;
};
struct trial_row {
	str title, value;
	url open;
};
struct trial_page {
	str name, title, intro, item;
	field_errors errors;
	LIST(struct trial_row) rows;
	bool repeated, full;
	html fields;
	url post, home, end;
};
struct trial_line {
	str label, value;
};
struct trial_section {
	str title;
	LIST(struct trial_line) rows;
};
struct trial_end_page {
	str name, pages, papers, fee, limit, seen;
	field_errors errors;
	LIST(struct trial_section) sections;
	LIST(struct task_row) wrong;
	struct input sample;
	url post, again, home, first;
};
