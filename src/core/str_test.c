/* SPDX-License-Identifier: Apache-2.0 */
#include "core/utf8.h"
#include "tests/tap.h"

TEST("a view of nothing is empty, never NULL")
{
	CHECK_STR(str_from(NULL), "");
	CHECK(str_from(NULL).p != NULL);
	CHECK_STR(str_from("Đỗ"), "Đỗ");
	CHECK_INT(S("Đỗ").n, 5);
}

TEST("digits are digits, at least one, and nothing else")
{
	CHECK(str_is_digits(S("0123456789")));
	CHECK(!str_is_digits(S("")) && !str_is_digits(S("12 ")) && !str_is_digits(S("-1")));
	CHECK(!str_is_digits(S("１２")));
}

TEST("a copy is terminated and independent of its source")
{
	ARENA a = arena_new();
	char source[] = "huyện";
	str copy = str_copy(a, str_from(source));
	source[0] = 'x';
	CHECK_STR(copy, "huyện");
	CHECK_INT(copy.p[copy.n], 0);
	CHECK_STR(str_z(a, S("a\0b")), "a");
	CHECK_STR(str_z(a, (str){ 0 }), "");
	CHECK_INT(str_copy(a, S("a\0b")).n, 3);
}

TEST("text is compared byte by byte, a prefix first")
{
	CHECK(str_eq(S(""), (str){ 0 }));
	CHECK(str_eq(S("a\0b"), S("a\0b")));
	CHECK(!str_eq(S("a\0b"), S("a\0c")));
	CHECK(!str_eq(S("a"), S("ab")));
	CHECK(str_compare(S("a"), S("b")) < 0);
	CHECK(str_compare(S("ab"), S("a")) > 0);
	CHECK(str_compare(S(""), S("a")) < 0);
	CHECK(str_compare(S("\xff"), S("a")) > 0);
	CHECK_INT(str_compare(S("a"), S("a")), 0);
	CHECK_INT(str_compare((str){ 0 }, S("")), 0);
}

TEST("only ASCII letters are compared without case")
{
	CHECK(str_eq_nocase(S("Content-TYPE"), S("content-type")));
	CHECK(!str_eq_nocase(S("Đ"), S("đ")));
	CHECK(!str_eq_nocase(S("@"), S("`")));
	CHECK(!str_eq_nocase(S("["), S("{")));
	CHECK(!str_eq_nocase(S("a"), S("ab")));
}

TEST("beginnings, ends and parts of a text are found")
{
	CHECK(str_starts(S("/dich-vu"), S("/")));
	CHECK(str_starts(S("a"), S("")));
	CHECK(!str_starts(S("a"), S("ab")));
	CHECK(str_ends(S("don.pdf"), S(".pdf")));
	CHECK(!str_ends(S("pdf"), S(".pdf")));
	CHECK(str_ends(S(""), S("")));
	CHECK_INT(str_find(S("một cửa"), S("cửa")), 6);
	CHECK_INT(str_find(S("aab"), S("ab")), 1);
	CHECK_INT(str_find(S("abc"), S("x")), 3);
	CHECK_INT(str_find(S(""), S("x")), 0);
	CHECK(str_has(S("abc"), S("")));
	CHECK(str_has(S(""), S("")));
	CHECK(!str_has(S(""), S("x")));
}

TEST("a part is clipped to its text, however large the numbers")
{
	str s = S("abc");
	CHECK_STR(str_part(s, 1, 1), "b");
	CHECK_STR(str_part(s, 1, SIZE_MAX), "bc");
	CHECK_STR(str_part(s, SIZE_MAX, SIZE_MAX), "");
	CHECK_STR(str_from_at(s, 2), "c");
	CHECK_STR(str_from_at(s, 3), "");
	CHECK_STR(str_from_at(s, 4), "");
}

TEST("white space is trimmed at both ends only")
{
	CHECK_STR(str_trim(S(" \t\r\n a  b \v\f")), "a  b");
	CHECK_STR(str_trim(S("  ")), "");
	CHECK_STR(str_trim(S("")), "");
	CHECK_STR(str_trim(S("\xc2\xa0")), "\xc2\xa0");
}

TEST("a text is cut at the first separator, or not at all")
{
	str head, tail;
	CHECK(str_cut(S("a=b=c"), '=', &head, &tail));
	CHECK_STR(head, "a");
	CHECK_STR(tail, "b=c");
	CHECK(!str_cut(S("abc"), '=', &head, &tail));
	CHECK_STR(head, "abc");
	CHECK_STR(tail, "");
	CHECK(str_cut(S("="), '=', &head, &tail));
	CHECK_STR(head, "");
	CHECK_STR(tail, "");
	CHECK(!str_cut(S(""), '=', &head, &tail));
	tail = S("x,y");
	CHECK(str_cut(tail, ',', &head, &tail));
	CHECK_STR(tail, "y");
}

TEST("a number is decimal digits within its limits and nothing else")
{
	int64_t n = 7;
	CHECK(str_to_int(S("0"), 0, 9, &n));
	CHECK_INT(n, 0);
	CHECK(str_to_int(S("-12"), -20, 0, &n));
	CHECK_INT(n, -12);
	CHECK(str_to_int(S("9223372036854775807"), INT64_MIN, INT64_MAX, &n));
	CHECK(n == INT64_MAX);
	CHECK(str_to_int(S("-9223372036854775808"), INT64_MIN, INT64_MAX, &n));
	CHECK(n == INT64_MIN);
	CHECK(str_to_int(S("007"), 0, 9, &n));
	CHECK_INT(n, 7);

	static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "1.0", "0x1", "--1", "1-",
		"9223372036854775808", "-9223372036854775809", "99999999999999999999999", "１" };
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!str_to_int(str_from(bad[i]), INT64_MIN, INT64_MAX, &n));
	CHECK(!str_to_int(S("10"), 0, 9, &n));
	CHECK(!str_to_int(S("-1"), 0, 9, &n));
	CHECK_INT(n, 7);
}

TEST("texts are lowered and joined")
{
	ARENA a = arena_new();
	CHECK_STR(str_lower(a, S("AbZ@[Đ")), "abz@[Đ");
	str parts[] = { S("a"), S(""), S("c") };
	CHECK_STR(str_join(a, parts, 3, S(", ")), "a, , c");
	CHECK_STR(str_join(a, parts, 1, S(", ")), "a");
	CHECK_STR(str_join(a, parts, 0, S(", ")), "");
	CHECK_STR(str_join(a, parts, 3, S("")), "ac");
}

TEST("the hash is FNV-1a of 64 bits")
{
	CHECK(str_hash(S("")) == 0xcbf29ce484222325u);
	CHECK(str_hash(S("a")) == 0xaf63dc4c8601ec8cu);
	CHECK(str_hash(S("foobar")) == 0x85944171f73967e8u);
}

TEST("only well-formed UTF-8 is UTF-8")
{
	static const char *const good[] = { "", "a", "Đỗ Thị Ân", "\x7f", "\xc2\x80", "\u07ff",
		"\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff" };
	for (size_t i = 0; i < COUNT(good); i++)
		CHECK(str_is_utf8(str_from(good[i])));

	static const char *const bad[] = { "\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2",
		"\xc2\x41", "\xc2\xc0", "\xe0\x80\x80", "\xe0\x9f\xbf", "\xe1\x80", "\xed\xa0\x80",
		"\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80", "\xf0\x90\x80", "\xff", "\xfe", "abc\xe1\xba" };
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!str_is_utf8(str_from(bad[i])));
	CHECK(str_is_utf8(S("a\0b")));
}

TEST("every code point is read back as it was written")
{
	size_t wrong = 0;
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		char p[UTF8_MOST];
		size_t at = 0, n = utf8_put(p, c);
		bool surrogate = c >= 0xd800 && c <= 0xdfff;
		uint32_t read = utf8_next((str){ p, n }, &at);
		wrong += surrogate ? read != UTF8_BAD || at != 1 : read != c || at != n;
	}
	CHECK_INT(wrong, 0);
}

TEST("length and head count code points, not bytes")
{
	CHECK_INT(str_length(S("Đỗ Thị Ân")), 9);
	CHECK_INT(str_length(S("")), 0);
	CHECK_STR(str_head(S("Đỗ Thị"), 2), "Đỗ");
	CHECK_STR(str_head(S("Đỗ"), 0), "");
	CHECK_STR(str_head(S("Đỗ"), 2), "Đỗ");
	CHECK_STR(str_head(S("Đỗ"), 99), "Đỗ");
	CHECK_STR(str_head(S(""), 5), "");
}
