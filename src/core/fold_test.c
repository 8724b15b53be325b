/* SPDX-License-Identifier: Apache-2.0 */
#include "core/fold.h"
#include "core/utf8.h"
#include "tests/tap.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

static str clean(struct arena *a, str s)
{
	str ret = S("(refused)");
	return text_clean(a, s, &ret) ? S("(refused)") : ret;
}

TEST("text is stored in NFC whatever form it came in [ND43-7.1]")
{
	ARENA a = arena_new();
	CHECK_STR(clean(a, S("Đỗ Thị Ân")), "Đỗ Thị Ân");
	CHECK_STR(clean(a, S("Đo\u0302\u0303 Thi\u0323 A\u0302n")), "Đỗ Thị Ân");
	/* Marks in the other order, and half composed. */
	CHECK_STR(clean(a, S("Thu\u031b\u0323 \u01b0\u0323 e\u0323\u0302 \u1eb9\u0302")),
		"Thự ự ệ ệ");
	CHECK_STR(clean(a, S("\u212b \u2126")), "Å Ω");
	CHECK_STR(clean(a, S("\u0340")), "\u0300");
	CHECK_STR(clean(a, S("")), "");
	CHECK_STR(clean(a, (str){ 0 }), "");
}

TEST("controls and invisible changes of direction are not stored")
{
	ARENA a = arena_new();
	CHECK_STR(clean(a, S("a\r\nb\tc\x01\x7f\0d\xc2\x85\xc2\x9f")), "a\nb\tcd");
	CHECK_STR(clean(a, S("\ufeffa\u202eb\u2066c\u200f")), "abc");
	CHECK_STR(clean(a, S("a\x01\u0301")), "á");
	CHECK_STR(clean(a, S("“Một cửa” – 1…")), "“Một cửa” – 1…");
}

TEST("text that is not UTF-8 or too long is refused")
{
	ARENA a = arena_new();
	str ret = S("untouched");
	err e = text_clean(a, S("ab\xff"), &ret);
	REQUIRE(e);
	CHECK_INT(e->kind, ERR_INVALID);
	CHECK_STR(e->detail, "not UTF-8 at byte 2");
	CHECK(text_clean(a, S("\xe1\xbb"), &ret) != NULL);

	char *p = arena_bytes(a, LIMIT_FOLD + 1, 1);
	memset(p, 'x', LIMIT_FOLD + 1);
	CHECK(text_clean(a, (str){ p, LIMIT_FOLD + 1 }, &ret) != NULL);
	CHECK_STR(ret, "untouched");
	CHECK(!text_clean(a, (str){ p, LIMIT_FOLD }, &ret));
	CHECK_INT(ret.n, LIMIT_FOLD);
}

TEST("a line that hides something is told from one that has odd letters only")
{
	static const char *const hiding[] = { "a\u202ea", "\u2066a", "a\u2069", "\u202a", "a\tb",
		"a\nb", "\x1b[31m", "a\x7f", "a\xc2\x85", "a\xff" };
	static const char *const plain[] = { "", "Nguyễn Thị Hạnh", "<b>x", "%00", "D’Arc–Lê",
		"a\u200db" };
	for (size_t i = 0; i < COUNT(hiding); i++)
		CHECK(text_hides(str_from(hiding[i])));
	for (size_t i = 0; i < COUNT(plain); i++)
		CHECK(!text_hides(str_from(plain[i])));
}

TEST("the text that grows most under NFC still fits")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, LIMIT_FOLD);
	while (b.n + 4 <= LIMIT_FOLD)
		buf_add(&b, S("\U0001d160"));
	str ret;
	REQUIRE(!text_clean(a, buf_str(&b), &ret));
	CHECK_INT(ret.n, LIMIT_FOLD / 4 * 12);
}

TEST("a search key has lower case, no marks and single spaces")
{
	ARENA a = arena_new();
	static const struct {
		const char *text, *key;
	} cases[] = {
		{ "Đăng ký  KHAI SINH", "dang ky khai sinh" },
		{ "Đỗ Thị Ân", "do thi an" },
		{ "ĐO\u0302\u0303 THI\u0323 A\u0302N", "do thi an" },
		{ "hoà, hòa; HOÀ/HÒA", "hoa hoa hoa hoa" },
		{ "thuỷ thủy Thuý Thúy", "thuy thuy thuy thuy" },
		{ "Ứng dụng ưu đãi ở Ữ", "ung dung uu dai o u" },
		{ "  “Cấp đổi” – giấy phép (lần 2) …", "cap doi giay phep lan 2" },
		{ "Số 01/2026/NĐ-CP", "so 01 2026 nd cp" },
		{ "Ðắk Lắk", "dak lak" },
		{ "", "" },
		{ " -- ", "" },
		{ "\u0301", "" },
		{ "a\u0301\u0323", "a" },
		{ "\xff\xfe", "" },
		{ "a\xff"
		  "b\xe1\xbb",
			"a b" },
		{ "Ǿ Ł Œ ß", "o l œ ß" },
		{ "ΆΛΦΑ Ж 北京", "αλφα ж 北京" },
		{ "\u212aelvin \u2260 x", "kelvin x" },
		{ "각", "\u1100\u1161\u11a8" },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_STR(text_fold(a, str_from(cases[i].text)), cases[i].key);
	CHECK_STR(text_fold(a, (str){ 0 }), "");
	CHECK_STR(text_fold(a, S("a\0b")), "a b");
}

/* The rule said another way: NFD by ICU, marks away, lower case, and the letters that Unicode
 * does not decompose. */
static uint32_t base_by_icu(uint32_t c)
{
	static const struct {
		uint32_t letter;
		char base;
	} strokes[] = { { 0xd0, 'd' }, { 0xf0, 'd' }, { 0x110, 'd' }, { 0x111, 'd' }, { 0xd8, 'o' },
		{ 0xf8, 'o' }, { 0x126, 'h' }, { 0x127, 'h' }, { 0x131, 'i' }, { 0x141, 'l' },
		{ 0x142, 'l' }, { 0x166, 't' }, { 0x167, 't' } };
	UErrorCode status = U_ZERO_ERROR;
	UChar units[16];
	UChar32 base = (UChar32)c;
	if (unorm2_getDecomposition(unorm2_getNFDInstance(&status), base, units, 16, &status) > 0)
		base = units[0];
	for (size_t i = 0; i < COUNT(strokes); i++)
		if (strokes[i].letter == (uint32_t)base)
			return (uint32_t)strokes[i].base;
	return (uint32_t)u_tolower(base);
}

TEST("the tables of letters agree with Unicode")
{
	ARENA a = arena_new();
	size_t letters = 0;
	for (uint32_t c = 0x20; c < 0x1f00; c++) {
		if (c == 0x250)
			c = 0x1e00;
		if (!u_isalnum((UChar32)c))
			continue;
		char text[UTF8_MOST], key[UTF8_MOST];
		str expected = { key, utf8_put(key, base_by_icu(c)) };
		CHECK_STR(text_fold(a, (str){ text, utf8_put(text, c) }), expected);
		letters++;
	}
	CHECK(letters > 700);
}

TEST("folding is stable and blind to normal forms for every code point")
{
	size_t wrong = 0;
	struct arena *a = arena_new();
	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		char p[UTF8_MOST + 1] = "x";
		str text = { p, 1 + utf8_put(p + 1, c) };
		str key = text_fold(a, text), nfc;
		wrong += !str_eq(text_fold(a, key), key) || !str_is_utf8(key);
		wrong += text_clean(a, text, &nfc) ||
			(str_length(nfc) == 2 && !str_eq(text_fold(a, nfc), key));
		if (c % 64 == 0)
			arena_reset(a);
	}
	arena_free(a);
	CHECK_INT(wrong, 0);
}

TEST("a search key is cut into words")
{
	str words[3];
	CHECK_INT(text_words(S("dang ky khai sinh"), words, 3), 3);
	CHECK_STR(words[0], "dang");
	CHECK_STR(words[2], "khai");
	CHECK_INT(text_words(S("  a  b "), words, 3), 2);
	CHECK_STR(words[1], "b");
	CHECK_INT(text_words(S(""), words, 3), 0);
	CHECK_INT(text_words(S("a"), words, 0), 0);
}

TEST("words are told apart by their marks, wherever the tone is written")
{
	static const struct {
		const char *one, *other;
		bool same;
	} pairs[] = {
		{ "thuế", "THUẾ", true },
		{ "thuế", "thuê", false },
		{ "thuế", "thue", false },
		{ "hoà", "hòa", true },
		{ "hoa\xcc\x80", "hòa", true },
		{ "sổ", "sơ", false },
		{ "đỏ", "do", false },
		{ "đo", "do", false },
		{ "con", "con", true },
		{ "côn", "con", false },
		{ "mơ", "mô", false },
	};
	uint32_t one[4], other[4];

	for (size_t i = 0; i < COUNT(pairs); i++) {
		CHECK_INT(text_marks(str_from(pairs[i].one), one, 4), 1);
		CHECK_INT(text_marks(str_from(pairs[i].other), other, 4), 1);
		CHECK_INT(one[0] == other[0], pairs[i].same);
	}
	CHECK_INT(text_marks(S("(Thủ tục) đăng ký"), one, 4), 4);
	CHECK_INT(text_marks(S("một hai ba bốn năm"), one, 4), 4);
	CHECK_INT(text_marks(S("ba"), one, 4), 1);
	CHECK_INT(one[0], 0);
	CHECK_INT(text_marks(S(" ,; "), one, 4), 0);
}

TEST("an address is ASCII, dashed and made of whole words")
{
	ARENA a = arena_new();
	CHECK_STR(text_slug(a, S("Đăng ký khai sinh")), "dang-ky-khai-sinh");
	CHECK_STR(text_slug(a, S("  ../Ω Một (1)  ")), "mot-1");
	CHECK_STR(text_slug(a, S("北京")), "");
	CHECK_STR(text_slug(a, S("")), "");
	/* 7 words of 10 letters and their dashes are 76 bytes; the next would be 87. */
	str long_text = S(
		"nghiêngngh nghiêngngh nghiêngngh nghiêngngh nghiêngngh nghiêngngh nghiêngngh abc");
	CHECK_INT(text_slug(a, long_text).n, 80);
	CHECK(str_ends(text_slug(a, long_text), S("-abc")));
	str longer = str_join(a, (str[]){ long_text, S("d e") }, 2, S(""));
	CHECK_INT(text_slug(a, longer).n, 76);
	CHECK_INT(text_slug(a, arena_printf(a, "%s%s", str_z(a, long_text), " e")).n, 80);
	CHECK_INT(text_slug(a, arena_printf(a, "x%099d y", 0)).n, SLUG_MOST);
}

TEST("lists are in Vietnamese order: by letter, then by tone")
{
	static const char *const sorted[] = { "An", "Ăn", "Ân", "Bình", "Cường", "Dũng", "Đức",
		"Em", "Hà", "Hoa", "Hoà", "Hoá", "Kiên", "Oanh", "Ông", "Ơn", "Uyên", "Ưng",
		"Yến" };
	for (size_t i = 0; i + 1 < COUNT(sorted); i++) {
		if (!CHECK(text_compare(str_from(sorted[i]), str_from(sorted[i + 1])) < 0))
			printf("# %s\n", sorted[i]);
		CHECK(text_compare(str_from(sorted[i + 1]), str_from(sorted[i])) > 0);
	}
	static const char *const tones[] = { "ma", "mà", "mả", "mã", "má", "mạ" };
	for (size_t i = 0; i + 1 < COUNT(tones); i++)
		CHECK(text_compare(str_from(tones[i]), str_from(tones[i + 1])) < 0);
	CHECK_INT(text_compare(S("Ân"), S("A\u0302n")), 0);
	CHECK_INT(text_compare(S(""), (str){ 0 }), 0);
	CHECK(text_compare(S("\xff"), S("a")) != 0);
}
