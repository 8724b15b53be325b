/* SPDX-License-Identifier: Apache-2.0 */
#include "core/json.h"
#include "tests/tap.h"

static const struct json *parse(struct arena *a, str text)
{
	const struct json *j = NULL;
	return json_parse(a, text, &j) ? NULL : j;
}

static str written(struct arena *a, const struct json *j)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };
	json_put(&o, j);
	return buf_str(&b);
}

TEST("JSON values of every type are read")
{
	ARENA a = arena_new();
	const struct json *j = parse(a,
		S(" {\"tên\": \"Đỗ Thị Ân\", \"tuổi\": 42, \"cao\": 1.58, \"có\": true,"
		  " \"không\": null, \"con\": [\"An\", \"Bình\"], \"địa chỉ\": {}}\n"));
	REQUIRE(j);
	CHECK_INT(json_type(j), JSON_MAP);
	CHECK_INT(json_count(j), 7);
	CHECK_STR(json_get_text(j, "tên"), "Đỗ Thị Ân");
	CHECK_INT(json_int(json_get(j, "tuổi"), -1), 42);
	CHECK_INT(json_type(json_get(j, "tuổi")), JSON_INT);
	CHECK(json_double(json_get(j, "cao"), 0) == 1.58);
	CHECK(json_double(json_get(j, "tuổi"), 0) == 42);
	CHECK_INT(json_type(json_get(j, "cao")), JSON_DOUBLE);
	CHECK(json_bool(json_get(j, "có"), false));
	CHECK_INT(json_type(json_get(j, "có")), JSON_BOOL);
	CHECK_INT(json_type(json_get(j, "không")), JSON_NULL_);
	CHECK_INT(json_type(json_get(j, "địa chỉ")), JSON_MAP);
	CHECK_INT(json_type(json_get(j, "con")), JSON_LIST);
	CHECK_STR(json_text(json_at(json_get(j, "con"), 1)), "Bình");
	CHECK_STR(json_text(json_find(j, str_part(S("tên riêng"), 0, 4))), "Đỗ Thị Ân");
}

TEST("asking for what is absent or of another type gives the fallback")
{
	ARENA a = arena_new();
	const struct json *j = parse(a, S("{\"a\": \"x\", \"b\": [1]}"));
	REQUIRE(j);
	CHECK_INT(json_type(NULL), JSON_ABSENT);
	CHECK(!json_get(j, "c") && !json_get(NULL, "a") && !json_get(json_get(j, "a"), "a"));
	CHECK(!json_at(j, 0) && !json_at(NULL, 0) && !json_at(json_get(j, "b"), 1));
	CHECK(!json_at(json_get(j, "b"), SIZE_MAX));
	CHECK_INT(json_int(json_get(j, "a"), 9), 9);
	CHECK_INT(json_int(NULL, 9), 9);
	CHECK(json_double(json_get(j, "a"), 0.5) == 0.5);
	CHECK(json_bool(json_get(j, "a"), true) && !json_bool(NULL, false));
	CHECK_STR(json_text(json_get(j, "b")), "");
	CHECK_STR(json_text(NULL), "");
	CHECK_STR(json_get_text(NULL, "a"), "");
	CHECK_INT(json_count(NULL), 0);
	CHECK_INT(json_count(json_get(j, "a")), 0);
	CHECK_INT(json_count(json_get(j, "b")), 1);
	CHECK_INT(json_int(parse(a, S("1.0")), 9), 9);
}

TEST("members come in the order of the text")
{
	ARENA a = arena_new();
	const struct json *j = parse(a, S("{\"z\":1,\"a\":2,\"\":3,\"m\":4}")), *value = NULL;
	str key = S("untouched");
	struct buf b = buf_in(a, 100);
	for (size_t i = 0; json_member(j, i, &key, &value); i++)
		buf_printf(&b, STR_FMT "%d ", STR_ARG(key), (int)json_int(value, 0));
	CHECK_STR(buf_str(&b), "z1 a2 3 m4 ");

	b = buf_in(a, 100);
	struct json_each each = { .of = j };
	while (json_next(&each))
		buf_printf(&b, STR_FMT "%d ", STR_ARG(each.key), (int)json_int(each.value, 0));
	CHECK_STR(buf_str(&b), "z1 a2 3 m4 ");
	CHECK(!json_next(&each));

	key = S("untouched");
	CHECK(!json_member(j, 4, &key, &value));
	CHECK(!json_member(NULL, 0, &key, &value));
	CHECK(!json_member(parse(a, S("[1]")), 0, &key, &value));
	CHECK(!json_member(parse(a, S("{}")), 0, &key, &value));
	CHECK_STR(key, "untouched");
}

TEST("a list is walked in order, anything else has nothing to walk")
{
	ARENA a = arena_new();
	int64_t sum = 0;
	struct json_each each = { .of = parse(a, S("[1,[],30]")) };
	while (json_next(&each))
		sum += json_int(each.value, 100);
	CHECK_INT(sum, 131);
	CHECK(!json_next(&(struct json_each){ .of = NULL }));
	CHECK(!json_next(&(struct json_each){ .of = parse(a, S("\"x\"")) }));
	CHECK(!json_next(&(struct json_each){ .of = parse(a, S("[]")) }));
}

TEST("what is not exactly one JSON value is refused")
{
	ARENA a = arena_new();
	static const char *const bad[] = { "", " ", "{", "[1,]", "{\"a\":1,}", "{a:1}", "'a'",
		"[1] [2]", "nul", "01", "1.", "+1", "NaN", "Infinity", "-", "\"\n\"", "\"\\x\"",
		"\"\\ud800\"", "\"\\u0000\"", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"",
		"// a\n1", "\xef\xbb\xbf{}", "{\"a\":1,\"a\":2}", "1e999", "[}", "]", "\"abc" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		const struct json *j = NULL;
		err e = json_parse(a, str_from(bad[i]), &j);
		if (!CHECK(e && e->kind == ERR_INVALID && !j))
			printf("# accepted: %s\n", bad[i]);
	}
	CHECK(!parse(a, (str){ 0 }));
	CHECK(!parse(a, S("1\0")));
}

TEST("the reason for a refusal says where, and never repeats the text")
{
	ARENA a = arena_new();
	const struct json *j;
	err e = json_parse(a, S("{\n  \"name\": Nguyen}"), &j);
	REQUIRE(e);
	CHECK(str_has(e->detail, S("line 2 column")));
	CHECK(!str_has(e->detail, S("Nguyen")));
	e = json_parse(a, S("{\"Nguyen\": 1, \"Nguyen\": 2}"), &j);
	REQUIRE(e);
	CHECK(!str_has(e->detail, S("Nguyen")));
	e = json_parse(a, S("[\"Nguyen\xff\"]"), &j);
	REQUIRE(e);
	CHECK(!str_has(e->detail, S("Nguyen")));
}

static str brackets(struct arena *a, size_t depth, const char *each)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	for (size_t i = 0; i < depth; i++)
		buf_add(&b, str_from(each));
	for (size_t i = 0; i < depth; i++)
		buf_char(&b, ']');
	return buf_str(&b);
}

TEST("an integer beyond 64 bits is the number that JavaScript makes of it")
{
	ARENA a = arena_new();
	const struct json *j = parse(a,
		S("[12345678901234567890,-9223372036854775809,9223372036854775807,"
		  "\"12345678901234567890\\\"9\",{\"99999999999999999999\":1.5e3}]"));
	REQUIRE(j);
	CHECK_INT(json_type(json_at(j, 0)), JSON_DOUBLE);
	CHECK(json_double(json_at(j, 0), 0) == 12345678901234567890.0);
	CHECK(json_double(json_at(j, 1), 0) == -9223372036854775809.0);
	CHECK_STR(json_text(json_at(j, 3)), "12345678901234567890\"9");
	CHECK(json_double(json_get(json_at(j, 4), "99999999999999999999"), 0) == 1500);
	CHECK(!parse(a, S("[1e999]")));
	CHECK(!parse(a, S("[12345678901234567890-1]")));
}

TEST("nesting is limited, brackets inside of text are not nesting")
{
	ARENA a = arena_new();
	CHECK(parse(a, brackets(a, LIMIT_JSON_DEPTH, "[")));
	CHECK(!parse(a, brackets(a, LIMIT_JSON_DEPTH + 1, "[")));
	CHECK(!parse(a, brackets(a, 100000, "[")));
	str text = S("[\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\\\", \"[\"]");
	CHECK_INT(json_count(parse(a, text)), 2);
}

TEST("a text beyond the size limit is refused before it is read")
{
	ARENA a = arena_new();
	size_t n = LIMIT_JSON + 1;
	char *p = arena_bytes(a, n, 1);
	memset(p, ' ', n);
	p[0] = '1';
	CHECK(!parse(a, (str){ p, n }));
	CHECK_INT(json_int(parse(a, (str){ p, n - 1 }), 0), 1);
}

TEST("JSON is written with commas and escapes in their places")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, KIB);
	struct json_out o = { .b = &b };
	json_open(&o, '{');
	json_pair(&o, S("tên"), S("Đỗ \"Ân\""));
	json_key(&o, S("list"));
	json_open(&o, '[');
	json_put_int(&o, INT64_MIN);
	json_put_bool(&o, true);
	json_put_bool(&o, false);
	json_put_null(&o);
	json_put_raw(&o, S("1e+21"));
	json_open(&o, '[');
	json_close(&o, ']');
	json_put_text(&o, S("\n\r\t\\\0\x1f\x7f/<é"));
	json_close(&o, ']');
	json_key(&o, S("a\"b"));
	json_open(&o, '{');
	json_close(&o, '}');
	json_close(&o, '}');
	CHECK_STR(buf_str(&b),
		S("{\"tên\":\"Đỗ \\\"Ân\\\"\",\"list\":[-9223372036854775808,true,false,null,1e+21,"
		  "[],\"\\n\\r\\t\\\\\\u0000\\u001f\x7f/<é\"],\"a\\\"b\":{}}"));
}

TEST("text that is not UTF-8 is written with replacement characters")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, KIB);
	struct json_out o = { .b = &b };
	json_put_text(&o,
		S("a\xff"
		  "b\xe1\xba"));
	CHECK_STR(buf_str(&b), "\"a\ufffdb\ufffd\ufffd\"");
	CHECK(parse(a, buf_str(&b)));
}

TEST("what was read is written again compactly, in the same order")
{
	ARENA a = arena_new();
	static const char *const same[] = { "{\"z\":[1,-2,\"ê\"],\"a\":{\"b\":null,\"\":true}}",
		"[]", "{}", "0", "\"\"", "false", "0.1", "1.5e+300", "-0.0", "3.0", "1e-07",
		"0.30000000000000004", "9223372036854775807", "[[[]],{}]" };
	for (size_t i = 0; i < COUNT(same); i++)
		CHECK_STR(written(a, parse(a, str_from(same[i]))), same[i]);
	CHECK_STR(
		written(a, parse(a, S(" { \"a\" : [ 1 , \"\\u0111\" ] } "))), "{\"a\":[1,\"đ\"]}");
	CHECK_STR(written(a, NULL), "null");
}

TEST("writing into a full buffer overflows and stops")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, 8);
	struct json_out o = { .b = &b };
	json_put(&o, parse(a, S("[\"một\",\"cửa\"]")));
	CHECK(b.overflow);
	CHECK(b.n <= 8);
}
