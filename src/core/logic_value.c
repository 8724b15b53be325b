/* SPDX-License-Identifier: Apache-2.0 */
/* logic_value.c - values are made, looked into and written. */
#include "core/logic_parts.h"
#include "core/map.h"

#include <math.h>

/* Maps with fewer members are searched one by one: reduce makes one of two for every element. */
#define INDEX_FROM 9

struct member {
	str key;
	struct logic_value value;
	struct member *next;
};

struct logic_map {
	struct arena *a;
	struct member *first, **end; /* in the order they were put in */
	struct map *NULLABLE index;
	const void *NULLABLE source; /* the JSON that it was read from */
	const struct logic_map *NULLABLE outer;
	size_t n, weight;
	unsigned depth;
};

size_t logic_weight(struct logic_value v)
{
	return v.type == LOGIC_LIST ? v.list->weight : v.type == LOGIC_MAP ? v.map->weight : 1;
}

unsigned logic_depth(struct logic_value v)
{
	return v.type == LOGIC_LIST ? v.list->depth : v.type == LOGIC_MAP ? v.map->depth : 0;
}

struct logic_value logic_list(struct arena *a, const struct logic_value *items, size_t n)
{
	struct logic_list *list = arena_make(a, struct logic_list);

	*list = (struct logic_list){ .items = items, .n = n, .weight = 1, .depth = 1 };
	for (size_t i = 0; i < n; i++) {
		unsigned depth = logic_depth(items[i]) + 1;
		list->weight += logic_weight(items[i]);
		list->depth = depth > list->depth ? depth : list->depth;
	}
	return (struct logic_value){ .type = LOGIC_LIST, .list = list };
}

/* --- maps --------------------------------------------------------------------- */

struct logic_map *logic_map_new(struct arena *a)
{
	struct logic_map *m = arena_make(a, struct logic_map);

	*m = (struct logic_map){ .a = a, .end = &m->first, .weight = 1, .depth = 1 };
	return m;
}

struct logic_map *logic_map_within(struct arena *a, const struct logic_map *outer)
{
	struct logic_map *m = logic_map_new(a);

	m->outer = outer;
	return m;
}

static struct member *NULLABLE find(const struct logic_map *m, str key)
{
	struct member *found = m->first;

	if (m->index)
		return map_find(m->index, key);
	while (found && !str_eq(found->key, key))
		found = found->next;
	return found;
}

static struct member *append(struct logic_map *m, str key)
{
	struct member *new = arena_make(m->a, struct member);

	new->key = key;
	*m->end = new;
	m->end = &new->next;
	m->n++;
	if (m->index) {
		map_put(m->index, key, new);
	} else if (m->n == INDEX_FROM) {
		m->index = map_new(m->a, (size_t)2 * INDEX_FROM);
		for (struct member *each = m->first; each; each = each->next)
			map_put(m->index, each->key, each);
	}
	return new;
}

void logic_map_put(struct logic_map *m, str key, struct logic_value v)
{
	struct member *at = find(m, key);
	unsigned depth = logic_depth(v) + 1;

	if (at)
		m->weight -= logic_weight(at->value);
	else
		at = append(m, key);
	at->value = v;
	m->weight += logic_weight(v);
	m->depth = depth > m->depth ? depth : m->depth;
}

bool logic_map_same(const struct logic_map *a, const struct logic_map *b)
{
	return a == b || (a->source && a->source == b->source);
}

/* --- looking into them -------------------------------------------------------- */

/* "0" and "12"; not "-0", "01" or "1e1". */
static bool is_index(str key, size_t n, size_t *ret)
{
	int64_t at;

	if (!key.n || (key.n > 1 && key.p[0] == '0') || key.p[0] == '-' ||
		!str_to_int(key, 0, (int64_t)n - 1, &at))
		return false;
	*ret = (size_t)at;
	return true;
}

static struct logic_value part_of_text(struct arena *a, str s, str key)
{
	size_t units = logic_units(s), at;

	if (str_eq(key, S("length")))
		return logic_number((double)units);
	if (!is_index(key, units, &at))
		return (struct logic_value){ 0 };
	return logic_text(logic_slice(a, s, at, 1));
}

static struct logic_value part_of_list(const struct logic_list *list, str key)
{
	size_t at;

	if (str_eq(key, S("length")))
		return logic_number((double)list->n);
	return is_index(key, list->n, &at) ? list->items[at] : (struct logic_value){ 0 };
}

struct logic_value logic_member(struct arena *a, struct logic_value of, str key)
{
	if (of.type == LOGIC_TEXT)
		return part_of_text(a, of.text, key);
	if (of.type == LOGIC_LIST)
		return part_of_list(of.list, key);
	for (const struct logic_map *at = of.type == LOGIC_MAP ? of.map : NULL; at;
		at = at->outer) {
		const struct member *m = find(at, key);
		if (m)
			return m->value;
	}
	return (struct logic_value){ 0 };
}

bool logic_truth(struct logic_value v)
{
	switch (v.type) {
	case LOGIC_ABSENT:
	case LOGIC_NULL: break;
	case LOGIC_BOOL: return v.yes;
	case LOGIC_NUMBER: return v.number != 0 && !isnan(v.number);
	case LOGIC_TEXT: return v.text.n > 0;
	case LOGIC_LIST: return v.list->n > 0;
	case LOGIC_MAP: return true;
	}
	return false;
}

/* --- from and to JSON ----------------------------------------------------------- */

static struct logic_value list_of_json(struct arena *a, const struct json *j)
{
	struct logic_value *items = arena_array(a, struct logic_value, json_count(j));
	struct json_each each = { .of = j };

	for (size_t i = 0; json_next(&each); i++)
		items[i] = logic_of_json(a, each.value);
	return logic_list(a, items, json_count(j));
}

static struct logic_value map_of_json(struct arena *a, const struct json *j)
{
	struct logic_map *m = logic_map_new(a);
	struct json_each each = { .of = j };

	m->source = j;
	while (json_next(&each))
		logic_map_put(m, each.key, logic_of_json(a, each.value));
	return logic_map(m);
}

struct logic_value logic_of_json(struct arena *a, const struct json *j)
{
	switch (json_type(j)) {
	case JSON_ABSENT: break;
	case JSON_NULL_: return logic_null();
	case JSON_BOOL: return logic_bool(json_bool(j, false));
	case JSON_INT:
	case JSON_DOUBLE: return logic_number(json_double(j, 0));
	case JSON_TEXT: return logic_text(json_text(j));
	case JSON_LIST: return list_of_json(a, j);
	case JSON_MAP: return map_of_json(a, j);
	}
	return (struct logic_value){ 0 };
}

static void put_number(struct json_out *o, double n)
{
	if (isfinite(n))
		json_put_raw(o, logic_number_text(o->b->a, n));
	else
		json_put_null(o);
}

static void put_list(struct json_out *o, const struct logic_list *list)
{
	json_open(o, '[');
	for (size_t i = 0; i < list->n; i++)
		logic_put(o, list->items[i]);
	json_close(o, ']');
}

static void put_map(struct json_out *o, const struct logic_map *m)
{
	json_open(o, '{');
	for (const struct member *each = m->first; each; each = each->next) {
		if (each->value.type == LOGIC_ABSENT)
			continue;
		json_key(o, each->key);
		logic_put(o, each->value);
	}
	json_close(o, '}');
}

void logic_put(struct json_out *o, struct logic_value v)
{
	switch (v.type) {
	case LOGIC_ABSENT:
	case LOGIC_NULL: json_put_null(o); break;
	case LOGIC_BOOL: json_put_bool(o, v.yes); break;
	case LOGIC_NUMBER: put_number(o, v.number); break;
	case LOGIC_TEXT: json_put_text(o, v.text); break;
	case LOGIC_LIST: put_list(o, v.list); break;
	case LOGIC_MAP: put_map(o, v.map); break;
	}
}
