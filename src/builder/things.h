/* SPDX-License-Identifier: Apache-2.0 */
/* things.h - what a working copy is made of, as one table: pages, questions, papers, fees and so on
 * are lists somewhere in the text, and each has members that an official fills in. Whatever adds,
 * moves, shows, reads or compares them asks this table. */
#pragma once
#include "builder/tree.h"
#include "forms/form.h"

/* How a member is filled in. */
enum widget {
	WIDGET_LINE,
	WIDGET_LONG,
	WIDGET_YES,
	WIDGET_NUMBER,
	WIDGET_DAY,   /* "2026-11-23" in the text, 23/11/2026 on the page */
	WIDGET_BOUND, /* a number; of a date a day */
	WIDGET_CHOICE,
	WIDGET_MANY,    /* a list of words, boxes to tick */
	WIDGET_LINES,   /* a list of words, a line each */
	WIDGET_OPTIONS, /* "giá trị | nhãn | English" a line */
	WIDGET_COUNT,   /* a rule that is the answer of one question */
	WIDGET_RULE,    /* on a page of its own: condition.h */
	WIDGET_FIXED,   /* shown, not changed here */
};
/* Where the choices come from. */
enum supply {
	SUPPLY_NONE,
	SUPPLY_KINDS,
	SUPPLY_SECTIONS,
	SUPPLY_PURPOSES,
	SUPPLY_COMPONENTS,
	SUPPLY_PREFILLS,
	SUPPLY_WIDTHS,
	SUPPLY_AS,
	SUPPLY_PARTS,
	SUPPLY_QUESTIONS, /* every answer that rules can name */
	SUPPLY_NUMBERS,   /* those that are numbers */
	SUPPLY_ONE,       /* those with one choice */
	SUPPLY_START,     /* those that may be asked before one starts */
	SUPPLY_CURRENCIES,
	SUPPLY_LISTS, /* code lists */
};
struct slot {
	const char *member; /* "label", "repeat.least" */
	enum widget widget;
	str label, hint; /* messages */
	unsigned kinds;  /* of a question: bits of kind_bit; 0 all */
	enum supply supply;
	bool needed;
	const char *NULLABLE group; /* begins a group under this heading, a message */
};
struct thing {
	const char *slug; /* in addresses: "cau" */
	const struct thing *NULLABLE parent;
	const char *list;          /* of the parent's item, or of the whole; "" the whole itself */
	const char *NULLABLE id;   /* member that tells one from another; NULL: its place does */
	const char *title;         /* member that people call it by */
	str name, many, add, none; /* messages: "Câu hỏi", "Các câu hỏi", "Thêm câu hỏi" */
	const struct slot *slots;
	size_t n_slots;
};
extern const struct thing *const things[]; /* ends with NULL */
extern const struct thing thing_form, thing_page, thing_question, thing_section, thing_component,
	thing_channel, thing_fee, thing_exemption, thing_case, thing_check, thing_purpose,
	thing_sample;
const struct thing *NULLABLE thing_named(str slug);

/* The kinds of questions, those of several parts last. */
#define KIND_COUNT (FIELD_KIND_COUNT + GROUP_KIND_COUNT)
extern const struct kind_word {
	const char *word;
	str label; /* message: "Một dòng chữ" */
} kind_words[KIND_COUNT];
/* KIND_COUNT when there is none such. */
size_t kind_at(str word);
unsigned kind_bit(str word);
bool slot_fits(const struct slot *s, unsigned kind);
/* What a member is called wherever it stands, a message; "" unknown. */
str member_label(str member);

/* The choices that are the same in every form; NULL past the end. */
struct choice_word {
	enum supply supply;
	str value, label; /* a message */
};
const struct choice_word *NULLABLE choice_word(size_t i);
/* What such a value of a member is called, a message; "" when it is none. */
str choice_label(str member, str value);

/* --- one of them ---------------------------------------------------------------- */
struct spot_of {
	const struct thing *thing;
	struct tree *NULLABLE list;
	struct tree *item;
	size_t at;
	str key; /* "nguoi-yeu-cau.so-ban": in addresses */
};
/* False when there is none such. */
bool thing_find(
	struct arena *a, struct tree *root, const struct thing *t, str key, struct spot_of *ret);
/* The list that its likes stand in; key: of one of them, or of the parent with anything behind it.
 * make: an absent list is made. */
struct tree *NULLABLE thing_list(
	struct arena *a, struct tree *root, const struct thing *t, str key, bool make);
/* Key of the i-th of the list of the same parent. */
str thing_key(
	struct arena *a, const struct thing *t, str parent, const struct tree *list, size_t i);
str key_parent(const struct thing *t, str key);
str key_last(str key);
/* What people call it. */
str thing_title(struct arena *a, const struct thing *t, const struct tree *item);
