/* SPDX-License-Identifier: Apache-2.0 */
/* fill.h - a form filled in: read from a request, checked, shown, summed up; what it costs and how
 * long it takes by the answers; what is amiss between them. */
#pragma once
#include "forms/answers.h"
#include "view/component.h"

/* --- filling in ------------------------------------------------------------ */
struct form_source {
	struct conn *conn; /* code lists and communes */
	enum language language;
	day today;
};
/* Below, a page is one that is not repeated, or one item's (form_page_of_row); answers are those of
 * form_applying unless said otherwise.
 *
 * Takes one page's posted fields into s. drawn: the answers that the page was drawn with; radios
 * and boxes are not posted when empty, and a field that was not shown then keeps its answer. Papers
 * are the drafts' concern (draft.h). */
MUST_USE err form_read(struct req *r, const struct form_source *x, const struct form_page *p,
	const struct answers *drawn, struct answers *s);
/* Checks one page, or all that apply (items of repeated ones too); appends to errors. Papers count
 * by their answers. An error's field is the id of the input to be mended: of a date, its first bad
 * box. */
MUST_USE err form_check_page(struct arena *a, const struct form_source *x,
	const struct form_page *p, const struct answers *s, field_errors *errors);
/* Of a repeated page: its items and how many they are; of another, as form_check_page. */
MUST_USE err form_check_whole_page(struct arena *a, const struct form_source *x,
	const struct form_page *p, const struct answers *s, field_errors *errors);
/* answers: as kept, of form_applying or not. */
MUST_USE err form_check(struct arena *a, const struct form_source *x, const struct form *f,
	const struct answers *s, field_errors *errors, size_t *ret_first_bad_page);
/* What stands beside the questions: files already given, what was answered before [C32-8.2]. */
struct draft_file; /* draft.h */
struct form_offer {
	str word, value; /* what it was remembered under; canonical */
};
struct person_known {
	int64_t id;
	str label; /* "Trần Thị Mai, sinh 27/03/1990" */
};
struct form_showing {
	const struct draft_file *files;
	size_t n_files;
	const struct form_offer *offers;
	size_t n_offers;
	const struct person_known *people;
	size_t n_people;
};
/* The inputs of one page, with values and errors. */
MUST_USE err form_page_view(struct out *o, const struct form_source *x, const struct form_page *p,
	const struct answers *s, const field_errors *errors, const struct form_showing *showing);
/* Do questions come and go, or values follow, while somebody types? Then scripts need rules. */
bool form_page_moves(struct arena *a, const struct form_page *p);
/* Answers of other pages that rules of this page name, as JSON: for scripts, which show and hide
 * questions while somebody types. */
str form_page_facts(struct arena *a, const struct form_page *p, const struct answers *s);

/* What is amiss between answers, by the form's own checks and by what every portal knows: a
 * personal number against birth and sex, one number with two names, papers that have expired. */
struct form_finding {
	str id, field, message; /* field: id of the input, or "" */
	bool stops;             /* must be mended before sending */
};
typedef LIST(struct form_finding) form_findings;
void form_find(struct arena *a, const struct form_source *x, const struct form *f,
	const struct answers *s, form_findings *ret);

/* --- what follows from answers ------------------------------------------------ */
struct form_fee {
	str name, why_free, note;
	int64_t amount, count, sum; /* of the currency; sum 0 when free or set elsewhere */
	str currency;
	bool free, unknown; /* unknown: how many is not answered yet */
};
typedef LIST(struct form_fee) form_fees;
/* Fees of a channel that apply; *ret_sum of those in đồng. */
void form_fees_of(struct arena *a, enum language l, const struct form *f, enum channel channel,
	const struct answers *s, form_fees *ret, int64_t *ret_sum);
/* "Lệ phí: 8.000 đồng × 2 = 16.000 đồng; …", with the sum when several are paid. */
str form_fees_text(struct arena *a, enum language l, const form_fees *fees);
/* Time limit: of the first case whose rule holds, else of the procedure. "" unknown. */
str form_limit(const struct form *f, const struct answers *s);

/* --- summing up ----------------------------------------------------------------- */
/* Check-your-answers, the very rendering the officer, the receipt and the PDF use. */
struct summary_row {
	str field, input, label, value; /* input: id of its first box, where links lead */
	bool long_text, digits, paper;  /* digits: a number that is a name */
	LIST(int64_t) files;            /* file ids of a paper */
};
struct summary_page {
	str id, row, title; /* row: item of a repeated page, or "" */
	LIST(struct summary_row) rows;
};
typedef LIST(struct summary_page) form_summary_pages;
/* answers: as kept, of form_applying or not. */
MUST_USE err form_summary(struct arena *a, const struct form_source *x, const struct form *f,
	const struct answers *s, form_summary_pages *ret);
/* A file given for a paper. */
struct filled_file {
	str field, name;
};
/* Says of each paper what its files are called: "2 tệp: a.png; b.pdf". */
void form_summary_name(
	struct arena *a, form_summary_pages *pages, const struct filled_file *files, size_t n);
/* Values known of the account, put where nothing has been answered yet. */
struct account;
void form_prefill(
	struct arena *a, const struct form *f, const struct account *who, struct answers *s);

/* Id of a field's first box: where a link to the field leads. */
str form_input_id(struct arena *a, const struct form_field *f);
