/* SPDX-License-Identifier: Apache-2.0 */
/* JSON that is read can be walked, written and read again, and comes out the same. */
#include "core/json.h"
#include "fuzz/fuzz.h"

/* 1e14 becomes 100000000000000.0: nothing grows more. */
#define GROWTH 5

static str written(struct arena *a, const struct json *j)
{
	struct buf b = buf_in(a, GROWTH * (size_t)LIMIT_JSON);
	struct json_out o = { .b = &b };
	json_put(&o, j);
	HOLDS(!b.overflow);
	return buf_str(&b);
}

static void walk(const struct json *j, size_t depth)
{
	struct json_each each = { .of = j };
	size_t n = 0;

	HOLDS(depth <= LIMIT_JSON_DEPTH);
	HOLDS(json_type(j) != JSON_ABSENT);
	HOLDS(str_is_utf8(json_text(j)));
	for (; json_next(&each); n++) {
		walk(each.value, depth + 1);
		if (json_type(j) == JSON_MAP)
			HOLDS(json_find(j, each.key) == each.value);
		else
			HOLDS(json_at(j, n) == each.value);
	}
	HOLDS(n == json_count(j));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	const struct json *j, *again;
	err e = json_parse(a, (str){ (const char *)data, size }, &j);

	if (e) {
		HOLDS(e->kind == ERR_INVALID);
		return 0;
	}
	walk(j, 0);
	str text = written(a, j);
	if (text.n > LIMIT_JSON)
		return 0;
	HOLDS(!json_parse(a, text, &again));
	HOLDS(str_eq(written(a, again), text));
	return 0;
}
