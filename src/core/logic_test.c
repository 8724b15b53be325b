/* SPDX-License-Identifier: Apache-2.0 */
/* What rules mean is in tests/logic/vectors.json, which web/logic.js answers too; here are the
 * ceilings and what is of C alone. */
#include "core/logic.h"
#include "tests/tap.h"

#include <math.h>

static const struct json *parse(struct arena *a, str text)
{
	const struct json *j = NULL;
	err e = json_parse(a, text, &j);
	if (e)
		printf("# " STR_FMT "\n", STR_ARG(e->detail));
	return j;
}

static str written(struct arena *a, struct logic_value v)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };
	logic_put(&o, v);
	return buf_str(&b);
}

/* What a rule gives, as JSON; "error: " and why when it is refused. */
static str applied(struct arena *a, const struct json *rule, struct logic_value data)
{
	struct logic_value v = { 0 };
	err e = logic_apply(a, rule, data, &v);
	if (!e)
		return written(a, v);
	CHECK_INT(e->kind, ERR_INVALID);
	return arena_printf(a, "error: " STR_FMT, STR_ARG(e->detail));
}

static str result(struct arena *a, str rule, str data)
{
	const struct json *r = parse(a, rule), *d = parse(a, data);
	CHECK(r && d);
	return applied(a, r, logic_of_json(a, d));
}

/* --- the vectors ---------------------------------------------------------------- */

static str read_vectors(struct arena *a)
{
	FILE *f = fopen(LOGIC_VECTORS, "rb");
	char *bytes = arena_bytes(a, MIB, 1);
	size_t n = f ? fread(bytes, 1, MIB, f) : 0;
	if (f)
		fclose(f);
	return (str){ bytes, n };
}

static void check_vector(const struct json *vector)
{
	ARENA a = arena_new();
	const struct json *rule = json_get(vector, "rule"), *wanted = json_get(vector, "result");
	str got = applied(a, rule, logic_of_json(a, json_get(vector, "data")));
	bool held = json_get(vector, "error")
		? CHECK(str_starts(got, S("error: ")))
		: CHECK_STR(got, written(a, logic_of_json(a, wanted)));
	if (!held)
		printf("# rule " STR_FMT "\n", STR_ARG(written(a, logic_of_json(a, rule))));
}

TEST("every vector gives what it says")
{
	ARENA a = arena_new();
	struct json_each section = { .of = parse(a, read_vectors(a)) };
	size_t n = 0;

	while (json_next(&section)) {
		struct json_each vector = { .of = json_get(section.value, "vectors") };
		for (; json_next(&vector); n++)
			check_vector(vector.value);
	}
	CHECK(n >= 1000);
}

/* --- values that are not JSON ----------------------------------------------------- */

TEST("a map of many members is searched as one of few")
{
	ARENA a = arena_new();
	struct logic_map *m = logic_map_new(a);

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 700; i++)
			logic_map_put(m, arena_printf(a, "field-%d", i), logic_number(i * round));
	for (int i = 0; i < 700; i++) {
		str key = arena_printf(a, "field-%d", i);
		CHECK(logic_member(a, logic_map(m), key).number == i);
	}
	CHECK_INT(logic_member(a, logic_map(m), S("field-700")).type, LOGIC_ABSENT);
	CHECK_INT(logic_member(a, logic_map(m), S("")).type, LOGIC_ABSENT);
}

TEST("members are written in the order that they were put in, those that are absent not at all")
{
	ARENA a = arena_new();
	struct logic_map *m = logic_map_new(a);

	logic_map_put(m, S("z"), logic_text(S("\"đ\"")));
	logic_map_put(m, S("none"), (struct logic_value){ 0 });
	logic_map_put(m, S("a"), logic_null());
	logic_map_put(m, S("z"), logic_bool(true));
	struct logic_value pair[] = { logic_map(m), { 0 } };
	CHECK_STR(written(a, logic_list(a, pair, COUNT(pair))), "[{\"z\":true,\"a\":null},null]");
}

TEST("no rule and no data are values too")
{
	ARENA a = arena_new();
	struct logic_value nothing = { 0 };

	CHECK_STR(applied(a, NULL, nothing), "null");
	CHECK_STR(applied(a, parse(a, S("{\"var\":\"\"}")), nothing), "null");
	CHECK_STR(applied(a, parse(a, S("{\"===\":[{\"var\":\"\"},null]}")), nothing), "false");
}

TEST("an error names the operation, and not too much of it")
{
	ARENA a = arena_new();
	struct buf long_word = buf_in(a, KIB);

	CHECK_STR(result(a, S("{\"cộng\":1}"), S("1")), "error: no operation \"cộng\"");
	for (int i = 0; i < 100; i++)
		buf_add(&long_word, S("đ"));
	str rule = arena_printf(a, "{\"" STR_FMT "\":1}", STR_ARG(buf_str(&long_word)));
	CHECK_INT(str_length(result(a, rule, S("1"))), 21 + 40 + 1);
}

TEST("every power of two is written with the fewest digits that read back")
{
	ARENA a = arena_new();
	struct logic_value v;

	for (int i = 0; i <= 1074; i++) {
		double n = ldexp(1, -i);
		struct logic_value items[] = { logic_number(n) };
		REQUIRE(!logic_apply(a, parse(a, S("{\"-\":[{\"cat\":{\"var\":\"0\"}},0]}")),
			logic_list(a, items, 1), &v));
		if (!CHECK(v.number == n && written(a, v).n <= 24))
			printf("# 2^-%d\n", i);
	}
}

/* --- the ceilings ------------------------------------------------------------------ */

/* "[x,x,…]" */
static str repeated(struct arena *a, const char *x, size_t n)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%c%s", i ? ',' : '[', x);
	buf_char(&b, ']');
	return buf_str(&b);
}

TEST("an evaluation has so many steps and no more")
{
	ARENA a = arena_new();
	const char *nested = "{\"map\":[{\"var\":\"\"},{\"map\":[[1,2,3,4,5,6,7,8,9],1]}]}";

	CHECK(str_starts(result(a, str_from(nested), repeated(a, "1", 400)), S("[[1,")));
	CHECK_STR(result(a, str_from(nested), repeated(a, "1", 9000)),
		"error: more than 100000 steps");
	CHECK_STR(result(a, S("{\"some\":[{\"var\":\"\"},false]}"), repeated(a, "1", 99990)),
		"false");
	CHECK_STR(result(a, S("{\"some\":[{\"var\":\"\"},false]}"), repeated(a, "1", 100001)),
		"error: more than 100000 steps");
	CHECK_STR(result(a, S("{\"in\":[2,{\"var\":\"\"}]}"), repeated(a, "1", 100001)),
		"error: more than 100000 steps");
}

TEST("long texts cost steps wherever they are looked at")
{
	ARENA a = arena_new();
	static const char *const rules[] = { "{\"==\":[{\"var\":\"a\"},{\"var\":\"b\"}]}",
		"{\"<\":[{\"var\":\"a\"},{\"var\":\"b\"}]}", "{\"-\":{\"var\":\"a\"}}",
		"{\"+\":{\"var\":\"a\"}}", "{\"in\":[1,{\"var\":\"a\"}]}",
		"{\"substr\":[{\"var\":\"a\"},1,1]}", "{\"var\":\"a.0\"}",
		"{\"in\":[{\"var\":\"a\"},[{\"var\":\"b\"}]]}" };
	size_t n = 60000;
	char *spaces = arena_bytes(a, n, 1);

	memset(spaces, ' ', n);
	str line = arena_printf(
		a, "{\"a\":\"" STR_FMT "\",\"b\":\"" STR_FMT "\"}", (int)n, spaces, (int)n, spaces);
	for (size_t i = 0; i < COUNT(rules); i++) {
		const char *rule = rules[i];
		CHECK(!str_starts(result(a, str_from(rule), line), S("error")));
		struct buf b = buf_in(a, LIMIT_JSON);
		for (int k = 0; k < 120; k++)
			buf_printf(&b, "%c%s", k ? ',' : '[', rule);
		buf_char(&b, ']');
		if (!CHECK_STR(result(a, buf_str(&b), line), "error: more than 100000 steps"))
			printf("# %s\n", rule);
	}
}

TEST("a text that a rule makes has a ceiling")
{
	ARENA a = arena_new();
	str twice = S("{\"reduce\":[{\"var\":\"\"},{\"cat\":[{\"var\":\"accumulator\"},"
		      "{\"var\":\"accumulator\"}]},\"x\"]}");

	CHECK_INT(result(a, twice, repeated(a, "1", 16)).n, 65536 + 2);
	CHECK_STR(result(a, twice, repeated(a, "1", 17)), "error: a text of more than 65536 bytes");
	CHECK_STR(result(a, S("{\"+\":[{\"var\":\"\"}]}"), repeated(a, "1234567", 9000)),
		"error: a text of more than 65536 bytes");
}

TEST("a list that a rule makes has a ceiling, in elements and in depth")
{
	ARENA a = arena_new();
	str pairs = S("{\"reduce\":[{\"var\":\"\"},[{\"var\":\"accumulator\"},"
		      "{\"var\":\"accumulator\"}],0]}");
	str nest = S("{\"reduce\":[{\"var\":\"\"},[{\"var\":\"accumulator\"}],0]}");
	str scopes = S("{\"reduce\":[{\"var\":\"\"},{\"var\":\"\"}]}");
	str thrice = S("{\"reduce\":[{\"var\":\"\"},[[[{\"var\":\"accumulator\"}]]],0]}");
	str deep = S("error: more than 64 lists and maps in each other");

	CHECK_STR(result(a, thrice, repeated(a, "1", 22)), deep);
	CHECK(str_starts(result(a, pairs, repeated(a, "1", 12)), S("[[[[")));
	CHECK_STR(result(a, pairs, repeated(a, "1", 40)),
		"error: a list of more than 10000 elements");
	CHECK_INT(result(a, nest, repeated(a, "1", 63)).n, 2 * 63 + 1);
	CHECK_STR(result(a, nest, repeated(a, "1", 70)), deep);
	CHECK(str_starts(result(a, scopes, repeated(a, "1", 64)), S("{\"current\"")));
	CHECK_STR(result(a, scopes, repeated(a, "1", 65)), deep);
	CHECK_STR(
		result(a, S("{\"merge\":[{\"var\":\"\"},{\"var\":\"\"}]}"), repeated(a, "1", 5001)),
		"error: a list of more than 10000 elements");
	CHECK_STR(result(a, S("{\"map\":[{\"var\":\"\"},1]}"), repeated(a, "1", 10000)),
		"error: a list of more than 10000 elements");
	CHECK_STR(result(a, S("{\"filter\":[{\"var\":\"\"},true]}"), repeated(a, "1", 10000)),
		"error: a list of more than 10000 elements");
	CHECK_STR(result(a, S("{\"missing\":[{\"var\":\"\"}]}"), repeated(a, "\"x\"", 10000)),
		"error: a list of more than 10000 elements");
}
