/* SPDX-License-Identifier: Apache-2.0 */
/* What was answered, and what of it counts. */
#include "forms/parts.h"

struct pair {
	str id, value;
	struct pair *NULLABLE next;
};
struct answers {
	struct arena *a;
	struct map *at;              /* id → struct pair */
	struct pair *NULLABLE first; /* in the order in which they were first given */
	struct pair *NULLABLE last;
};

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

/* --- what applies ------------------------------------------------------------ */
bool form_field_applies(const struct form_field *f, const struct answers *s)
{
	return logic_holds(f->when, s);
}

/* A page of which no field applies would be an empty one. */
bool form_page_applies(const struct form_page *p, const struct answers *s)
{
	if (!logic_holds(p->when, s))
		return false;
	for (size_t i = 0; i < p->fields.n; i++)
		if (form_field_applies(&p->fields.items[i], s))
			return true;
	return false;
}

bool form_field_required(const struct form_field *f, const struct answers *s)
{
	return f->required || (f->required_when && logic_holds(f->required_when, s));
}

/* Conditions look back only, so that one pass settles them: what a hidden field held counts for
 * none of the later ones. */
struct answers *form_applying(struct arena *a, const struct form *f, const struct answers *s)
{
	struct answers *kept = answers_new(a);

	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		if (!logic_holds(p->when, kept))
			continue;
		for (size_t k = 0; k < p->fields.n; k++) {
			const struct form_field *field = &p->fields.items[k];
			if (form_field_applies(field, kept))
				answer_set(kept, field->id, answer(s, field->id));
		}
	}
	return kept;
}
