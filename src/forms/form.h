/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - an interactive form (biểu mẫu điện tử tương tác) as data: pages of fields, conditions,
 * checks. The definition is the "form" member of a procedure's text; docs/forms.md describes it.
 *
 * One road for everything: a posted page becomes answers (form_read), answers are checked
 * (form_check), shown (form_page_view) and summed up (form_summary) from the same definition on the
 * server. Hidden means absent: a field whose condition does not hold is in no check, no summary and
 * no stored dossier. Pure but for code lists, which come through struct form_source. */
#pragma once
#include "catalogue/catalogue.h"
#include "view/component.h"

#define FIELD_KINDS(X)            \
	X(TEXT, "text")           \
	X(LONG_TEXT, "long_text") \
	X(INTEGER, "integer")     \
	X(MONEY, "money")         \
	X(DATE, "date")           \
	X(YES_NO, "yes_no")       \
	X(ONE, "one")             \
	X(MANY, "many")           \
	X(COMMUNE, "commune")     \
	X(PERSON_ID, "person_id") \
	X(PHONE, "phone")         \
	X(EMAIL, "email")         \
	X(PAPER, "paper")
enum field_kind {
#define X(name, code) FIELD_##name,
	FIELD_KINDS(X)
#undef X
		FIELD_KIND_COUNT
};

struct form_option {
	str value, label, label_en;
};
struct form_field {
	str id;
	enum field_kind kind;
	str label, label_en, hint, hint_en, error, error_en, autocomplete;
	bool required;
	int64_t least, most; /* characters, value, days or bytes of a file, by kind */
	bool has_least, has_most;
	bool past, future; /* dates: not after / not before the day of filling in */
	str width;
	str prefill; /* "account.name", "account.person_id", "account.birth", … */
	str list;    /* code list of the options, instead of writing them out */
	LIST(struct form_option) options;
	str component; /* PAPER: id of the component it answers */
	const struct json *NULLABLE when;
	const struct json *NULLABLE required_when;
};
struct form_page {
	str id, title, title_en, intro, intro_en;
	const struct json *NULLABLE when;
	LIST(struct form_field) fields;
};
struct form {
	str title, title_en, declaration, declaration_en;
	LIST(struct form_page) pages;
};
/* INVALID with the path of the fault ("form.pages[2].fields[0].kind: …"): unknown kinds, doubled
 * ids, conditions on unknown or later fields, papers without a component, limits of limits.h. */
MUST_USE err form_parse(struct arena *a, const struct procedure *p, struct form *ret);

/* --- answers: field id → text in canonical form -------------------------- */
/* text as typed (NFC, trimmed); integer and money "12000"; date "2026-11-23"; yes_no "yes"/"no";
 * one: option value; many: values joined by '\n'; commune: code; phone "0912345678"; paper: file
 * ids joined by ','. What could not be understood is kept as typed, so that nothing is lost. */
struct answers;
struct answers *answers_new(struct arena *a);
str answer(const struct answers *s, str id);
void answer_set(struct answers *s, str id, str value);
MUST_USE err answers_parse(struct arena *a, str json, struct answers **ret);
str answers_json(struct arena *a, const struct answers *s);

bool form_page_applies(const struct form_page *p, const struct answers *s);
bool form_field_applies(const struct form_field *f, const struct answers *s);
/* Does a condition hold? JSONLogic; a condition was checked by form_parse. */
bool logic_holds(const struct json *NULLABLE rule, const struct answers *s);

/* --- filling in ----------------------------------------------------------- */
struct form_source {
	struct conn *conn; /* code lists and communes */
	enum language language;
	day today;
};
/* Takes one page's posted fields into the answers, which are those the page was drawn with: radios
 * and boxes are not posted when empty, and a field that was not shown then keeps its answer. Papers
 * are the drafts' concern (draft.h). */
MUST_USE err form_read(
	struct req *r, const struct form_source *x, const struct form_page *p, struct answers *s);
/* Checks one page, or all that apply; appends to errors. Papers count by their answers. Here and
 * in form_page_view the answers are those of form_applying. An error's field is the id of the
 * input to be mended: of a date, its first bad box. */
MUST_USE err form_check_page(struct arena *a, const struct form_source *x,
	const struct form_page *p, const struct answers *s, field_errors *errors);
MUST_USE err form_check(struct arena *a, const struct form_source *x, const struct form *f,
	const struct answers *s, field_errors *errors, size_t *ret_first_bad_page);
/* The inputs of one page, with values, errors and the files already given. */
struct draft_file; /* draft.h */
MUST_USE err form_page_view(struct out *o, const struct form_source *x, const struct form_page *p,
	const struct answers *s, const field_errors *errors, const struct draft_file *files,
	size_t n_files);

/* Check-your-answers, the very rendering the officer and the receipt use. */
struct summary_row {
	str field, label, value;
	bool long_text;
	LIST(int64_t) files; /* file ids of a paper */
};
struct summary_page {
	str id, title;
	LIST(struct summary_row) rows;
};
typedef LIST(struct summary_page) form_summary_pages;
MUST_USE err form_summary(struct arena *a, const struct form_source *x, const struct form *f,
	const struct answers *s, form_summary_pages *ret);
/* Only what applies, hidden answers left out of the conditions of later fields too. */
struct answers *form_applying(struct arena *a, const struct form *f, const struct answers *s);
/* Values known of the account, put where nothing has been answered yet. */
struct account;
void form_prefill(
	struct arena *a, const struct form *f, const struct account *who, struct answers *s);
