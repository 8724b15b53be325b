/* SPDX-License-Identifier: Apache-2.0 */
/* component.h - the pieces pages are built from, one function each (web/README.md shows the markup
 * they write). Called from templates: {% call icon("clock") %}. */
#pragma once
#include "view/out.h"

/* Decorative icon from the sprite; always beside a word. */
void icon(struct out *o, const char *name);

enum tone { TONE_PLAIN, TONE_OK, TONE_WARN, TONE_BAD, TONE_INFO };
/* Word with an icon and a colour, the colour last. */
void tag(struct out *o, enum tone tone, const char *icon_name, str word);

/* --- errors of a form [the summary first, each error beside its field] ---- */
struct field_error {
	str field;   /* id of the input the link goes to */
	str message; /* what to do, no blame */
};
typedef LIST(struct field_error) field_errors;
void error_summary(struct out *o, const field_errors *errors);
/* The message of one field; "" when it has none. */
str error_of(const field_errors *errors, str field);
/* What to do about a text with `over` characters beyond `most` (http/req.h). */
str too_long_text(struct arena *a, enum language l, size_t most, size_t over);

/* --- fields --------------------------------------------------------------- */
struct option {
	str value, label, hint;
	bool chosen;
};
struct input {
	str id; /* also the name */
	str label, hint, error, value;
	const char *type;         /* "text", "tel", "email", "password", "search", "number"-less */
	const char *input_mode;   /* "numeric" … or NULL */
	const char *autocomplete; /* HTML token or NULL = "off" */
	const char *width;        /* "2" "4" "12" "24": class width-…; NULL: the whole line */
	str unit;                 /* written behind the box: "đồng" */
	bool optional;            /* says "(không bắt buộc)" */
	int most;                 /* maxlength shown and counted for long text; 0 none */
	int rows;                 /* textarea */
	LIST(str) offers;         /* to choose from while typing */
};
void text_input(struct out *o, const struct input *i);
void text_area(struct out *o, const struct input *i);
struct choice_input {
	str id, label, hint, error;
	LIST(struct option) options;
	bool optional, many;
};
void radio_input(struct out *o, const struct choice_input *i); /* radios or check boxes */
void select_input(struct out *o, const struct choice_input *i);
struct date_input {
	str id, label, hint, error; /* inputs id-ngay, id-thang, id-nam */
	str day, month, year;
	bool optional, own_birthday;
	bool bad_day, bad_month, bad_year;
};
void date_boxes(struct out *o, const struct date_input *i);
struct file_row {
	str name;
	int64_t size;
	url open;
	str remove_value; /* value of the button named xoa; a file for "thay.…" replaces this one */
	url thumbnail;    /* a picture of it; empty when there is none */
	str facts;        /* "3 trang", "1240 × 1754" */
	str state;        /* where it stands; "": it was uploaded */
	enum tone tone;
	str note;   /* what else is to be known of it */
	str advice; /* how a better one is made */
};
struct file_input {
	str id, label, hint, error;
	const char *accept;
	bool optional, several;
	bool camera;  /* beside it one named "chup.…", for phones */
	int64_t most; /* bytes of one file, shown beside the chooser [C32-7.6] */
	LIST(struct file_row) files;
};
void file_chooser(struct out *o, const struct file_input *i);

/* --- lists ---------------------------------------------------------------- */
struct paging {
	str path, query;     /* of this page: other values are kept */
	int64_t page, pages; /* 1-based */
	int64_t first, last, total;
	str what; /* "hồ sơ" */
	str form; /* id of the form that asks for the pages; "": links do */
};
/* A list that is filtered by what no address may hold, a name, is asked for by POST: its form has
 * the filter, and the pages are buttons of it. */
int64_t paging_asked(const struct req *r);
struct paging paging_of(struct req *r, int64_t total, int64_t per_page, str what);
void pagination(struct out *o, const struct paging *p);

/* --- pictures (SVG, no script) ------------------------------------------- */
struct bar {
	str label;
	int64_t values[3];
};
struct bar_chart {
	str title, description; /* the finding, for those who cannot see it */
	str axis;               /* what the labels are, above them in the table: "Tháng" */
	str legends[3];         /* "" for those not used */
	str unit;               /* what is counted: "hồ sơ" */
	LIST(struct bar) bars;
};
/* Stacked bars, legend, and the same numbers as a table in <details>. */
void bar_chart(struct out *o, const struct bar_chart *c);
/* Share in tenths of a percent as a ring. */
void ring(struct out *o, int64_t tenths, str label);
/* Used part of a time limit. */
void deadline_bar(struct out *o, enum tone tone, int64_t used, int64_t total, str label);
/* QR code as one SVG path; alt says what it opens. */
void qr_code(struct out *o, str text, str alt);
