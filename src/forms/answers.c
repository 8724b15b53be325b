/* SPDX-License-Identifier: Apache-2.0 */
/* What was answered: texts by the id of their field, in the order in which they were given. */
#include "forms/answers_inside.h"

struct answers *answers_new(struct arena *a)
{
	struct answers *s = arena_make(a, struct answers);

	s->a = a;
	s->at = map_new(a, 64);
	return s;
}

str answer(const struct answers *s, str id)
{
	const struct pair *p = map_find(s->at, id);

	return p ? p->value : S("");
}

void answer_set(struct answers *s, str id, str value)
{
	struct pair *p = map_find(s->at, id);

	if (!p && !value.n)
		return;
	if (!p) {
		p = arena_make(s->a, struct pair);
		p->id = id;
		*(s->last ? &s->last->next : &s->first) = p;
		s->last = p;
		map_put(s->at, id, p);
	}
	p->value = value;
}

err answers_parse(struct arena *a, str json, struct answers **ret)
{
	const struct json *j;
	struct answers *s = answers_new(a);

	if (json.n > LIMIT_ANSWERS)
		return FAIL(a, INVALID, "answers of %zu bytes", json.n);
	TRY(json_parse(a, json, &j));
	if (json_type(j) != JSON_MAP)
		return FAIL(a, INVALID, "answers are not a map");
	for (struct json_each e = { .of = j }; json_next(&e);) {
		if (json_type(e.value) != JSON_TEXT)
			return FAIL(a, INVALID, "answer " STR_FMT " is no text", STR_ARG(e.key));
		answer_set(s, e.key, json_text(e.value));
	}
	*ret = s;
	return NULL;
}

/* A byte takes at most six, \u001f; beside the text, quotes, colon and comma. */
static size_t room(const struct answers *s)
{
	size_t n = 2;

	for (const struct pair *p = s->first; p; p = p->next)
		n += 6 * (p->id.n + p->value.n) + 6;
	return n;
}

str answers_json(struct arena *a, const struct answers *s)
{
	struct buf b = buf_in(a, room(s));
	struct json_out o = { .b = &b };

	json_open(&o, '{');
	for (const struct pair *p = s->first; p; p = p->next)
		if (p->value.n)
			json_pair(&o, p->id, p->value);
	json_close(&o, '}');
	assert(!b.overflow);
	return buf_str(&b);
}

bool answer_next(str *rest, str *ret_piece)
{
	if (!rest->n)
		return false;
	str_cut(*rest, '\n', ret_piece, rest);
	return true;
}

bool answers_next(const struct answers *s, const void **at, str *ret_id, str *ret_value)
{
	const struct pair *p = *at ? ((const struct pair *)*at)->next : s->first;

	if (!p)
		return false;
	*at = p;
	*ret_id = p->id;
	*ret_value = p->value;
	return true;
}
