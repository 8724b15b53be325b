/* SPDX-License-Identifier: Apache-2.0 */
/* form.h - an interactive form (biểu mẫu điện tử tương tác) as data: pages of fields, conditions,
 * checks. The definition is the "form" member of a procedure's text; docs/forms.md describes it.
 *
 * One road for everything: a posted page becomes answers (form_read), answers are checked
 * (form_check), shown (form_page_view) and summed up (form_summary) from the same definition on the
 * server. Questions of several parts (person, address, …) and repeated pages become plain fields
 * when they are read, so that all of these know fields only. Hidden means absent: a field whose
 * condition does not hold is in no check, no summary, no rule and no stored dossier. Pure but for
 * code lists, which come through struct form_source. */
#pragma once
#include "catalogue/catalogue.h"
#include "core/logic.h"
#include "core/pattern.h"
#include "view/component.h"

#define FIELD_KINDS(X)              \
	X(TEXT, "text")             \
	X(LONG_TEXT, "long_text")   \
	X(INTEGER, "integer")       \
	X(NUMBER, "number")         \
	X(MONEY, "money")           \
	X(DATE, "date")             \
	X(TIME, "time")             \
	X(YES_NO, "yes_no")         \
	X(ONE, "one")               \
	X(MANY, "many")             \
	X(COMMUNE, "commune")       \
	X(PERSON_ID, "person_id")   \
	X(TAX_CODE, "tax_code")     \
	X(PHONE, "phone")           \
	X(EMAIL, "email")           \
	X(PAPER, "paper")           \
	X(COMPUTED, "computed")     \
	X(DECLARATION, "declaration") \
	X(NOTE, "note")
enum field_kind {
#define X(name, code) FIELD_##name,
	FIELD_KINDS(X)
#undef X
		FIELD_KIND_COUNT
};
/* Questions of several parts, each part a field of its own (form_group.c). */
#define GROUP_KINDS(X)                \
	X(PERSON, "person")           \
	X(ORGANISATION, "organisation") \
	X(ADDRESS, "address")         \
	X(QUANTITY, "quantity")
enum group_kind {
#define X(name, code) GROUP_##name,
	GROUP_KINDS(X)
#undef X
		GROUP_KIND_COUNT
};

struct form_option {
	str value, label, label_en, hint, hint_en;
	LIST(str) of; /* values of the field that it depends on; none: always offered */
};
/* What a question asks; of one with parts, what its parts have in common. */
struct form_question {
	str id, label, label_en, hint, hint_en, explain, explain_en;
	str purpose; /* id of a form_purpose, or "" */
	const struct json *NULLABLE when;
	const struct json *NULLABLE required_when;
	bool required;
};
struct form_group {
	struct form_question question;
	enum group_kind kind;
	bool account;    /* filled in from the account as a whole */
	size_t first, n; /* its fields among those of the page */
};
/* One item of a repeated page. */
struct form_row {
	str page, id; /* "thanh-vien", "3" */
};
struct form_field {
	str id;   /* of the answer and the input: "so-ban", "cha.ho-ten", "thanh-vien/3/ho-ten" */
	str name; /* as rules say it: without page and item */
	enum field_kind kind;
	struct form_question question; /* of a part: its own; id as name */
	const struct form_group *NULLABLE group;
	const struct form_row *NULLABLE row;
	str error, error_en, autocomplete, width, unit, unit_en;
	int64_t least, most; /* characters, value (numbers: in units of 10^-decimals) or days */
	bool has_least, has_most;
	int decimals;
	bool past, future;  /* dates: not after / not before the day of filling in */
	bool partial;       /* dates: a year, or month and year, is enough */
	bool expires;       /* dates: a paper is worth nothing after it */
	bool history;       /* communes: units of before, too */
	const struct pattern *NULLABLE pattern;
	str pattern_error, pattern_error_en;
	str prefill;  /* "account.name", "account.person_id", "account.birth", … */
	str remember; /* under which word answers are offered again; "" none */
	str list;     /* code list of the options, instead of writing them out */
	LIST(struct form_option) options;
	str linked;    /* name of the field that its options depend on, or "" */
	str component; /* PAPER: id of the component it answers */
	const struct json *NULLABLE value; /* COMPUTED */
	enum field_kind as;                /* COMPUTED: shown and kept as this kind */
	str text, text_en;                 /* NOTE */
};
struct form_repeat {
	bool on;
	int64_t least, most;
	str item, item_en; /* "Thành viên" */
};
struct form_page {
	str id, title, title_en, intro, intro_en, section;
	const struct json *NULLABLE when;
	struct form_repeat repeat;
	LIST(struct form_group) groups;
	LIST(struct form_field) fields;
};
struct form_section {
	str id, title, title_en;
	const struct json *NULLABLE when;
};
/* Why something is asked, who may see it, how long it is kept [C25-5.1]. */
struct form_purpose {
	str id, why, why_en, who, who_en, keep, keep_en;
};
/* What is amiss between answers when its rule holds. */
struct form_rule_check {
	str id, field, message, message_en;
	const struct json *NULLABLE when;
	bool stops;
};
struct form {
	str title, title_en, declaration, declaration_en;
	LIST(struct form_section) sections;
	LIST(struct form_purpose) purposes;
	LIST(struct form_rule_check) checks;
	LIST(str) start; /* names of the fields asked before one starts */
	LIST(struct form_page) pages;
	const struct procedure *procedure;
};
/* INVALID with the path of the fault ("form.pages[2].fields[0].kind: …"): unknown kinds, doubled
 * ids, rules that name what is unknown, later or of another type, papers without a component,
 * limits of limits.h. Borrows from the procedure. */
MUST_USE err form_parse(struct arena *a, const struct procedure *p, struct form *ret);
/* The form of a published procedure, parsed once for the process and shared: not to be written.
 * INTERNAL when it cannot be read, since it was checked before it was published. */
MUST_USE err form_of(struct arena *a, const struct procedure *p, const struct form **ret);

/* --- answers: field id → text in canonical form -------------------------- */
/* text as typed (NFC, trimmed); whole numbers and money "12000"; numbers "12.5"; date "2026-11-23",
 * partial "2026-11" or "2026"; time "07:30"; yes_no "yes"/"no"; one: option value; many: values
 * joined by '\n'; commune: code; phone "0912345678"; paper: file ids joined by ','; declaration
 * "yes"; a repeated page: ids of its items joined by '\n', under the page's id. What could not be
 * understood is kept as typed, so that nothing is lost. */
struct answers;
struct answers *answers_new(struct arena *a);
str answer(const struct answers *s, str id);
void answer_set(struct answers *s, str id, str value);
MUST_USE err answers_parse(struct arena *a, str json, struct answers **ret);
str answers_json(struct arena *a, const struct answers *s);
/* while (answers_next(s, &at, &id, &value)), from at = NULL, in the order they were given. */
bool answers_next(const struct answers *s, const void *NULLABLE *at, str *ret_id, str *ret_value);
/* The pieces of a many-valued answer, one after another: while (answer_next(&rest, &piece)). */
bool answer_next(str *rest, str *ret_piece);

/* --- what applies ---------------------------------------------------------- */
/* Only what applies, with what is computed; hidden answers are left out of later rules too. What
 * it returns also answers rules (form_holds); today is "hom-nay" in them. */
struct answers *form_applying(
	struct arena *a, const struct form *f, const struct answers *s, day today);
/* The answers as rules see them: maps, lists, numbers. Of form_applying's result only. row: as an
 * item of a repeated page sees them, its own answers first. */
struct logic_value answers_facts_at(
	const struct answers *applying, const struct form_row *NULLABLE row);
/* Does a rule of the form hold? A rule that cannot be evaluated (its ceiling was reached) does not;
 * NULL holds. row: in which item of a repeated page; NULL elsewhere. */
bool form_holds(const struct json *NULLABLE rule, const struct answers *applying,
	const struct form_row *NULLABLE row);
bool form_page_applies(
	const struct form *f, const struct form_page *p, const struct answers *applying);
bool form_field_applies(const struct form_field *f, const struct answers *applying);
bool form_field_required(const struct form_field *f, const struct answers *applying);
/* A component of the procedure: needed for these answers? */
bool form_paper_applies(const struct component *c, const struct answers *applying);

/* --- items of repeated pages ----------------------------------------------- */
/* The page as it is for one item: fields with the ids of that item. */
struct form_page form_page_of_row(struct arena *a, const struct form_page *p, str row);
/* Ids of the items, in their order. */
typedef LIST(str) form_row_ids;
form_row_ids form_rows(struct arena *a, const struct form_page *p, const struct answers *s);
/* Adds an item and tells its id, which no other item has. TOO_MANY past the page's most. */
MUST_USE err form_row_add(
	struct arena *a, const struct form_page *p, struct answers *s, str *ret_row);
void form_row_remove(struct arena *a, const struct form_page *p, struct answers *s, str row);

/* All that is asked, in order: pages that apply, repeated ones once for each item. */
typedef LIST(struct form_page) form_page_list;
form_page_list form_pages_asked(
	struct arena *a, const struct form *f, const struct answers *applying);

/* --- filling in ------------------------------------------------------------ */
struct form_source {
	struct conn *conn; /* code lists and communes */
	enum language language;
	day today;
};
/* Below, a page is one that is not repeated, or one item's (form_page_of_row); answers are those of
 * form_applying unless said otherwise.
 *
 * Takes one page's posted fields into s. drawn: the answers that the page was drawn with; radios and
 * boxes are not posted when empty, and a field that was not shown then keeps its answer. Papers are
 * the drafts' concern (draft.h). */
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
	bool long_text, digits;         /* digits: a number that is a name */
	LIST(int64_t) files;    /* file ids of a paper */
};
struct summary_page {
	str id, row, title; /* row: item of a repeated page, or "" */
	LIST(struct summary_row) rows;
};
typedef LIST(struct summary_page) form_summary_pages;
/* answers: as kept, of form_applying or not. */
MUST_USE err form_summary(struct arena *a, const struct form_source *x, const struct form *f,
	const struct answers *s, form_summary_pages *ret);
/* Values known of the account, put where nothing has been answered yet. */
struct account;
void form_prefill(
	struct arena *a, const struct form *f, const struct account *who, struct answers *s);

/* Id of a field's first box: where a link to the field leads. */
str form_input_id(struct arena *a, const struct form_field *f);

/* --- words ----------------------------------------------------------------------- */
/* The English text on English pages, where there is one. */
str form_text(enum language l, str vietnamese, str english);
/* "Họ, chữ đệm và tên", and with its question before it: "Cha: họ, chữ đệm và tên". */
str form_label(enum language l, const struct form_field *f);
str form_full_label(struct arena *a, enum language l, const struct form_field *f);
const struct form_field *NULLABLE form_field_named(const struct form *f, str name);
