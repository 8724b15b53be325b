/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/reading.h"

#define PATH_MOST 500

static void put_path(struct buf *b, const struct spot *s)
{
	if (s->up)
		put_path(b, s->up);
	if (s->key)
		buf_printf(b, "%s%s", b->n ? "." : "", s->key);
	else if (s->up)
		buf_printf(b, "[%zu]", s->index);
}

void reading_wrong(struct reading *r, const struct spot *s, const char *what)
{
	if (r->failed)
		return;
	struct buf b = buf_in(r->a, PATH_MOST);
	put_path(&b, s);
	str path = b.n ? buf_str(&b) : S("the text");
	r->failed = FAIL(r->a, INVALID, STR_FMT ": %s", STR_ARG(path), what);
}

struct spot spot_member(const struct spot *up, const char *key)
{
	return (struct spot){ .up = up, .key = key, .j = json_get(up->j, key) };
}

struct spot spot_element(const struct spot *list, size_t i)
{
	return (struct spot){ .up = list, .index = i, .j = json_at(list->j, i) };
}

void reading_object(struct reading *r, const struct spot *s, const char *const *known)
{
	if (json_type(s->j) != JSON_MAP) {
		reading_wrong(r, s, "must be an object");
		return;
	}
	struct json_each e = { .of = s->j };
	while (json_next(&e)) {
		const char *const *k = known;
		while (*k && !str_eq(e.key, str_from(*k)))
			k++;
		if (!*k) {
			struct spot odd = { .up = s, .key = str_z(r->a, e.key) };
			reading_wrong(r, &odd, "is not a member that is known here");
		}
	}
}

static str text_of(struct reading *r, const struct spot *s)
{
	enum json_type type = json_type(s->j);

	if (type != JSON_ABSENT && type != JSON_TEXT)
		reading_wrong(r, s, "must be text");
	return json_text(s->j);
}

str reading_text(struct reading *r, const struct spot *up, const char *key)
{
	struct spot s = spot_member(up, key);
	return text_of(r, &s);
}

str reading_need(struct reading *r, const struct spot *up, const char *key)
{
	struct spot s = spot_member(up, key);
	str text = text_of(r, &s);

	if (!str_trim(text).n)
		reading_wrong(r, &s, "must not be empty");
	return text;
}

bool reading_bool(struct reading *r, const struct spot *up, const char *key, bool fallback)
{
	struct spot s = spot_member(up, key);
	enum json_type type = json_type(s.j);

	if (type != JSON_ABSENT && type != JSON_BOOL)
		reading_wrong(r, &s, "must be true or false");
	return json_bool(s.j, fallback);
}

int64_t reading_int(struct reading *r, const struct spot *up, const char *key, int64_t least,
	int64_t most, int64_t fallback)
{
	struct spot s = spot_member(up, key);

	if (json_type(s.j) == JSON_ABSENT)
		return fallback;
	int64_t n = json_int(s.j, least);
	if (json_type(s.j) != JSON_INT)
		reading_wrong(r, &s, "must be a whole number");
	else if (n < least || n > most)
		reading_wrong(r, &s, "is out of bounds");
	return n;
}

size_t reading_count(struct reading *r, const struct spot *list)
{
	enum json_type type = json_type(list->j);

	if (type != JSON_ABSENT && type != JSON_LIST)
		reading_wrong(r, list, "must be a list");
	return type == JSON_LIST ? json_count(list->j) : 0;
}

void reading_texts(
	struct reading *r, const struct spot *up, const char *key, str **ret_items, size_t *ret_n)
{
	struct spot list = spot_member(up, key);
	size_t n = reading_count(r, &list);

	*ret_items = arena_array(r->a, str, n);
	*ret_n = n;
	for (size_t i = 0; i < n; i++) {
		struct spot s = spot_element(&list, i);
		(*ret_items)[i] = json_text(s.j);
		if (!str_trim((*ret_items)[i]).n)
			reading_wrong(r, &s, "must be text that is not empty");
	}
}
