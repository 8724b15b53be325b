/* SPDX-License-Identifier: Apache-2.0 */
/* definition.h - what the files that read a definition share: where a fault lies, members by
 * tables, the fields read so far. */
#pragma once
#include "core/map.h"
#include "forms/parts.h"

/* --- where in the definition a fault lies --------------------------------- */
/* Lives on the stack of the reader, so that a path is only written when something is wrong. */
struct place {
	const struct place *NULLABLE up;
	str name;  /* of a member … */
	size_t at; /* … or, when name is empty, the place in a list */
};
/* INVALID: "form.pages[2].fields[0].kind: what is wrong" */
err fault_at(struct arena *a, const struct place *p, str what);
#define FAULT(a, p, ...) err_given(fault_at((a), (p), arena_printf((a), __VA_ARGS__)))
/* Of a member of what lies there. */
err fault_in(struct arena *a, const struct place *p, const char *member, str what);
#define FAULT_IN(a, p, member, ...) \
	err_given(fault_in((a), (p), (member), arena_printf((a), __VA_ARGS__)))

/* --- members ---------------------------------------------------------------- */
struct member {
	str name;
	size_t offset;       /* of a str, a bool or a rule; ELSEWHERE: read by hand */
	enum json_type type; /* JSON_ABSENT: any */
	bool needed;
};
#define ELSEWHERE SIZE_MAX
#define AT(of, member) S(#member), offsetof(struct of, member)
/* Fills *to; refuses other members, other types and missing ones. */
MUST_USE err read_members(struct arena *a, const struct json *NULLABLE j, const struct place *p,
	const struct member *members, size_t n, void *to);

/* --- the reader --------------------------------------------------------------- */
struct reader {
	struct arena *a;
	const struct procedure *procedure;
	struct form *form;
	/* What rules may name: id → struct form_field, struct form_page of a repeated one. */
	struct map *fields, *pages;
	/* Inside of a repeated page: names of its own fields; else NULL. */
	struct map *NULLABLE item;
	struct map *ids; /* every id that is taken, whatever it is of */
	size_t n_fields;
};
bool id_valid(str id);
/* An id that nothing else has, of what lies at p; check_made_names once all are known. */
MUST_USE err take_id(struct reader *x, const struct place *p, str id);
MUST_USE err check_made_names(const struct reader *x, const struct place *p, str id);
bool is_one_of(str word, const char *const *words, size_t n);
/* A field, or the fields that a question of several parts becomes, onto the page. */
MUST_USE err read_question(struct reader *x, const struct json *NULLABLE j, const struct place *p,
	struct form_page *page);
/* Members that questions with and without parts share. */
#define QUESTION(of, member, type)                                       \
	{                                                                \
		S(#member), offsetof(struct of, question.member), (type) \
	}
#define QUESTION_MEMBERS(of)                                                           \
	{ S("id"), offsetof(struct of, question.id), JSON_TEXT, true },                \
		{ S("kind"), ELSEWHERE, JSON_TEXT, true },                             \
		{ S("label"), offsetof(struct of, question.label), JSON_TEXT, true },  \
		QUESTION(of, label_en, JSON_TEXT), QUESTION(of, hint, JSON_TEXT),      \
		QUESTION(of, hint_en, JSON_TEXT), QUESTION(of, explain, JSON_TEXT),    \
		QUESTION(of, explain_en, JSON_TEXT), QUESTION(of, purpose, JSON_TEXT), \
		QUESTION(of, when, JSON_MAP), QUESTION(of, required_when, JSON_MAP),   \
		QUESTION(of, required, JSON_BOOL)
MUST_USE err read_options(const struct reader *x, const struct json *NULLABLE j,
	const struct place *up, struct form_field *f);
/* "least" and "most" in the units of the field's kind. */
MUST_USE err read_bounds(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f);
/* form_group.c: PERSON … GROUP_KIND_COUNT when the word is none. */
enum group_kind group_kind_of(str word);
/* How many fields a question of this kind can become: 1 for one without parts. */
size_t group_fields_most(str kind);
MUST_USE err read_group(struct reader *x, enum group_kind kind, const struct json *j,
	const struct place *p, struct form_page *page);
MUST_USE err check_purpose(const struct reader *x, const struct place *p, str purpose);
/* Its when and required_when. */
MUST_USE err check_rules(
	const struct reader *x, const struct place *p, const struct form_question *q);
/* Makes room on the page and in the reader; refuses ids that are taken. */
MUST_USE err add_field(
	struct reader *x, const struct place *p, struct form_page *page, struct form_field f);

/* --- rules --------------------------------------------------------------------- */
/* What a rule may name: what was read so far; everywhere: all of the form. */
struct rule_scope {
	const struct map *fields, *pages;
	const struct map *NULLABLE item;
};
/* Known operations, known names, operands of types that fit. */
MUST_USE err rule_check(struct arena *a, const struct json *rule, const struct place *p,
	const struct rule_scope *scope);
/* The rule gives a number. */
MUST_USE err rule_check_number(struct arena *a, const struct json *rule, const struct place *p,
	const struct rule_scope *scope);
