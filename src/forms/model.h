/* SPDX-License-Identifier: Apache-2.0 */
/* model.h - a form as it was defined: sections, pages, questions, rules. docs/forms.md describes
 * the text; form_parse reads it and refuses what contradicts itself. */
#pragma once
#include "catalogue/catalogue.h"
#include "core/logic.h"
#include "core/pattern.h"
#include "view/tr.h"

#define FIELD_KINDS(X)                \
	X(TEXT, "text")               \
	X(LONG_TEXT, "long_text")     \
	X(INTEGER, "integer")         \
	X(NUMBER, "number")           \
	X(MONEY, "money")             \
	X(DATE, "date")               \
	X(TIME, "time")               \
	X(YES_NO, "yes_no")           \
	X(ONE, "one")                 \
	X(MANY, "many")               \
	X(COMMUNE, "commune")         \
	X(PERSON_ID, "person_id")     \
	X(TAX_CODE, "tax_code")       \
	X(PHONE, "phone")             \
	X(EMAIL, "email")             \
	X(PAPER, "paper")             \
	X(COMPUTED, "computed")       \
	X(DECLARATION, "declaration") \
	X(NOTE, "note")
enum field_kind {
#define X(name, code) FIELD_##name,
	FIELD_KINDS(X)
#undef X
		FIELD_KIND_COUNT
};
/* Questions of several parts, each part a field of its own (form_group.c). */
#define GROUP_KINDS(X)                  \
	X(PERSON, "person")             \
	X(ORGANISATION, "organisation") \
	X(ADDRESS, "address")           \
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
	/* Characters, value (in units of 10^-decimals), days, bytes of a file. */
	int64_t least, most;
	bool has_least, has_most;
	int decimals;
	bool past, future; /* dates: not after / not before the day of filling in */
	bool partial;      /* dates: a year, or month and year, is enough */
	bool expires;      /* dates: a paper is worth nothing after it */
	bool history;      /* communes: units of before, too */
	const struct pattern *NULLABLE pattern;
	str pattern_error, pattern_error_en;
	str prefill;  /* "account.name", "account.person_id", "account.birth", … */
	str remember; /* under which word answers are offered again; "" none */
	str list;     /* code list of the options, instead of writing them out */
	LIST(struct form_option) options;
	str linked;                        /* name of the field that its options depend on, or "" */
	str component;                     /* PAPER: id of the component it answers */
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

/* --- words ----------------------------------------------------------------------- */
/* The English text on English pages, where there is one. */
str form_text(enum language l, str vietnamese, str english);
/* "Họ, chữ đệm và tên", and with its question before it: "Cha: họ, chữ đệm và tên". */
str form_label(enum language l, const struct form_field *f);
str form_full_label(struct arena *a, enum language l, const struct form_field *f);
const struct form_field *NULLABLE form_field_named(const struct form *f, str name);
/* The i-th word that asks for a part, and its name. False past the end, or without parts. */
bool form_part_word(str kind, size_t i, str *ret_word, str *ret_label, str *ret_label_en);
