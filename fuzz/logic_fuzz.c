/* SPDX-License-Identifier: Apache-2.0 */
/* Any rule gives a value of any data, or is refused: the same each time, within the ceilings, and
 * written so that it reads as what it was. */
#include "core/logic.h"
#include "fuzz/fuzz.h"

/* Each element may be a text that the rule made, each byte of it six when it is written. */
#define WRITTEN_MOST (6 * (size_t)LIMIT_JSON)

static bool written(struct arena *a, struct logic_value v, str *ret)
{
	struct buf b = buf_in(a, WRITTEN_MOST);
	struct json_out o = { .b = &b };

	logic_put(&o, v);
	*ret = buf_str(&b);
	return !b.overflow;
}

static bool apply(struct arena *a, const struct json *j, str *ret)
{
	struct logic_value data = logic_of_json(a, json_get(j, "data")), v = { 0 };
	err e = logic_apply(a, json_get(j, "rule"), data, &v);

	*ret = S("");
	if (!e)
		return written(a, v, ret);
	HOLDS(e->kind == ERR_INVALID && e->detail.n && str_is_utf8(e->detail));
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	const struct json *j = NULL, *again = NULL;
	str text, other;

	if (json_parse(a, (str){ (const char *)data, size }, &j))
		return 0;
	bool gave = apply(a, j, &text);
	HOLDS(apply(a, j, &other) == gave && str_eq(text, other));
	HOLDS(str_is_utf8(text));
	/* What JavaScript writes may be a longer integer or a deeper list than are read here. */
	if (!gave || json_parse(a, text, &again))
		return 0;
	HOLDS(written(a, logic_of_json(a, again), &other) && str_eq(text, other));
	return 0;
}
