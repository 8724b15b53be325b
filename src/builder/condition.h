/* SPDX-License-Identifier: Apache-2.0 */
/* condition.h - rules as sentences: "“Số bản sao” ít nhất là 10". An official picks a question, a
 * relation and a value; several sentences are joined by "và" or by "hoặc". A rule that says more
 * than that is shown as text and kept. Pure. */
#pragma once
#include "builder/things.h"
#include "core/civil.h"

enum relation {
	RELATION_IS,
	RELATION_IS_NOT,
	RELATION_HAS, /* among many choices */
	RELATION_HAS_NOT,
	RELATION_AT_LEAST,
	RELATION_AT_MOST,
	RELATION_MORE,
	RELATION_LESS,
	RELATION_AGE_FROM, /* years from a date to the day of filling in */
	RELATION_AGE_UNDER,
	RELATION_ANSWERED,
	RELATION_UNANSWERED,
	RELATION_COUNT
};
str relation_slug(enum relation r);
str relation_words(enum relation r); /* a message */
bool relation_of(str slug, enum relation *ret);
bool relation_takes_value(enum relation r);

struct sentence {
	str name; /* as rules say it: "so-ban", "cha.ho-ten" */
	enum relation relation;
	VEC(str) values; /* canonical; several: any of them */
};
struct condition {
	bool any; /* one is enough */
	VEC(struct sentence) rows;
};
/* False when the rule says more than sentences can. NULL: no rows. */
bool condition_of(struct arena *a, const struct tree *NULLABLE rule, struct condition *ret);
/* NULL without rows. form: whether a value is a number is the question's to say. */
struct tree *NULLABLE condition_rule(
	struct arena *a, const struct form *f, const struct condition *c);

/* A question that a rule at some place may name. */
struct nameable {
	const struct form_field *field;
	str label; /* "Trang: câu hỏi" */
};
typedef VEC(struct nameable) nameable_list;
/* Those before the thing, and of the same item; for what is not of the form, all. */
void condition_names(struct arena *a, enum language l, const struct form *f,
	const struct spot_of *place, nameable_list *ret);
const struct form_field *NULLABLE nameable_find(const nameable_list *names, str name);
/* A question wherever it is; of the page of that key first. */
const struct form_field *NULLABLE condition_field(const struct form *f, str page, str name);
/* Which relations suit a kind of answer: bits. */
unsigned relations_of(const struct form_field *f);

/* A rule in words, with the labels of questions and choices; as text where sentences are not
 * enough. page: key of the page that it stands on, or "". */
str condition_words(struct arena *a, enum language l, const struct form *f, str page,
	const struct tree *NULLABLE rule);
str sentence_words(
	struct arena *a, enum language l, const struct form *f, str page, const struct sentence *s);
str value_words(struct arena *a, enum language l, const struct form_field *NULLABLE f, str value);
