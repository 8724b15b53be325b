/* SPDX-License-Identifier: Apache-2.0 */
/* review_parts.h - what the page of all answers before sending is given. */
#pragma once
#include "forms/page_parts.h"

/* What is to be known of a file before it is sent. */
struct review_note {
	str file, state, advice;
	enum tone tone;
};
struct review_row {
	str label, value;
	bool number;
	LIST(struct review_note) notes;
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
	LIST(struct missing_item) findings; /* between answers */
	bool stopped, changed;              /* by findings; by another window */
	url print, pdf, file;
	str declaration, version;
	url post, tasks;
};
/* Of a paper: what is to be known of each of its files. */
struct work;
void papers_review(struct out *o, const struct work *w, str field, struct review_row *row);
