/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the templates of this folder are given. No other folder includes it. */
#pragma once
#include "view/component.h"
#include "view/page.h"

/* --- forms ---------------------------------------------------------------- */
struct error_summary_part {
	str title;
	const field_errors *errors;
};
/* What stands between the label of a field and its control. */
struct field_notes {
	str id, hint, limit, error, unit;
	str described; /* ids of those that are shown, for aria-describedby */
};
struct input_part {
	const struct input *input;
	struct field_notes notes;
	str type, mode, autocomplete, width;
	int rows;
	bool unspelled; /* names and numbers: no red waves below them */
};
struct choice_item {
	str id;
	const struct option *option;
};
struct choice_part {
	const struct choice_input *choice;
	struct field_notes notes;
	bool in_row, needs_blank;
	LIST(struct choice_item) items;
};
struct date_box {
	str part, label, width, autocomplete, value;
	bool bad;
};
struct date_part {
	const struct date_input *date;
	struct field_notes notes;
	LIST(struct date_box) boxes;
};
struct file_part {
	const struct file_input *file;
	struct field_notes notes;
};

/* --- lists ---------------------------------------------------------------- */
struct page_link {
	int64_t number; /* 0: a gap */
	url to;         /* empty where a form asks */
	bool current;
};
struct pagination_part {
	str range;                       /* "1–20 trong 1.862 thủ tục" */
	str form;                        /* "": links */
	struct page_link previous, next; /* number 0: there is none */
	LIST(struct page_link) links;
};

/* --- charts: geometry as text, in units of the viewBox --------------------- */
struct chart_segment {
	int series; /* 1 to 3 */
	str y, height;
};
struct chart_column {
	str label, short_label, total, x, middle, width, total_y;
	LIST(struct chart_segment) segments;
	LIST(str) cells; /* of the table */
};
struct chart_tick {
	str y, text_y, label;
};
struct chart_part {
	str title, name, axis; /* name is what is read aloud */
	LIST(str) legends;
	LIST(struct chart_tick) ticks;
	LIST(struct chart_column) columns;
};

struct ring_part {
	str label, dash, around, text;
};
struct deadline_part {
	str label, fill;
	int width;
};
struct qr_part {
	size_t side; /* modules with the quiet zone */
	str alt, path;
};

/* --- frame ---------------------------------------------------------------- */
struct menu_item {
	str text;
	url to;
	bool here;
};
struct language_link {
	str code, name;
	url canonical, to; /* without filters; with all that was asked */
	bool here;
};
struct frame {
	const struct page *page;
	const struct site *site;
	struct visitor visitor;
	str language;                                 /* "vi", "en" */
	str classes;                                  /* display preferences, for <html> */
	str title;                                    /* as the browser shows it */
	str name, owner, address, hours, responsible; /* of the site, in the page's language */
	str phone;
	url call, mail;
	url canonical;
	LIST(struct language_link) languages; /* this page in each of them */
	bool indexed;
	str date;
	int year;
	LIST(struct menu_item) menu;
};
struct visitor page_visitor(struct req *r);

struct error_part {
	int status;
	str title, what, advice;
	bool sign_in, not_found, back;
	url again; /* sign-in that leads back here */
	str incident;
	str phone;
	url call;
};
