/* SPDX-License-Identifier: Apache-2.0 */
#include "core/fold.h"
#include "core/utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

/* Search keys are made of every title at import and of every query, so what Vietnamese is written
 * in goes through tables; ICU is asked about the rest. A table has the base letter, in lower case,
 * of every code point of its range, and '.' where there is none. */
#define LATIN_FIRST 0xc0
#define VIETNAMESE_FIRST 0x1e00
/* clang-format off */
static const char ascii[] =
	"................................................0123456789......" /* U+0000 */
	".abcdefghijklmnopqrstuvwxyz......abcdefghijklmnopqrstuvwxyz....." /* U+0040 */;
static const char latin[] =
"aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.y" /* U+00C0 */
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.llllll." /* U+0100 */
	".llnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzz." /* U+0140 */
	"................................oo.............uu..............." /* U+0180 */
	".............aaiioouuuuuuuuuu.aaaa....ggkkoooo..j...gg..nnaa...." /* U+01C0 */
	"aaaaeeeeiiiioooorrrruuuusstt..hh......aaeeooooooooyy............" /* U+0200 */
	"................" /* U+0240 */;
static const char vietnamese[] =
	"aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm" /* U+1E00 */
	"mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv" /* U+1E40 */
	"wwwwwwwwwwxxxxyyzzzzzzhtwy......aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee" /* U+1E80 */
	"eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy......" /* U+1EC0 */;
/* clang-format on */
static_assert(sizeof ascii == 0x80 + 1, "U+0000 to U+007F");
static_assert(sizeof latin == 0x250 - LATIN_FIRST + 1, "U+00C0 to U+024F");
static_assert(sizeof vietnamese == 0x1f00 - VIETNAMESE_FIRST + 1, "U+1E00 to U+1EFF");

/* The most that one code point becomes: four when decomposed, each behind a space. */
#define RARE_MOST (4 * (UTF8_MOST + 1))

struct folding {
	struct arena *a;
	char *p;
	size_t n, cap;
	bool space; /* due before the next letter */
};

/* The tables' answer; '.' when they have none. */
static char base_of(uint32_t c)
{
	if (c < 0x80)
		return ascii[c];
	if (c - LATIN_FIRST < sizeof latin - 1)
		return latin[c - LATIN_FIRST];
	if (c - VIETNAMESE_FIRST < sizeof vietnamese - 1)
		return vietnamese[c - VIETNAMESE_FIRST];
	return '.';
}

static bool is_mark(uint32_t c) { return c >= 0x300 && c <= 0x36f; }

/* ASCII and General Punctuation, the only ones frequent in our texts. */
static bool is_punctuation(uint32_t c) { return c < 0x80 || (c >= 0x2000 && c <= 0x206f); }

static void put_space(struct folding *f)
{
	if (f->space && f->n)
		f->p[f->n++] = ' ';
	f->space = false;
}

static void put_base(struct folding *f, char base)
{
	put_space(f);
	f->p[f->n++] = base;
}

/* One code point that does not decompose any more. */
static void put_plain(struct folding *f, uint32_t c)
{
	char base = base_of(c);

	if (base != '.') {
		put_base(f, base);
	} else if (u_isalnum((UChar32)c)) {
		put_space(f);
		f->n += utf8_put(f->p + f->n, (uint32_t)u_tolower((UChar32)c));
	} else if (u_charType((UChar32)c) != U_NON_SPACING_MARK) {
		f->space = true;
	}
}

/* What the tables do not know: other scripts, symbols, ligatures. It may grow, which the rest
 * never does: room is made for it and for `left`, the bytes still to come. */
static void put_rare(struct folding *f, uint32_t c, size_t left)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	UChar units[16];

	if (f->cap - f->n < left + RARE_MOST) {
		f->cap = 2 * f->cap + RARE_MOST;
		char *moved = arena_bytes(f->a, f->cap, 1);
		memcpy(moved, f->p, f->n);
		f->p = moved;
	}
	int32_t n = unorm2_getDecomposition(nfd, (UChar32)c, units, COUNT(units), &status);
	assert(U_SUCCESS(status));
	if (n < 0)
		put_plain(f, c);
	for (int32_t i = 0; i < n;) {
		UChar32 part;
		U16_NEXT(units, i, n, part);
		put_plain(f, (uint32_t)part);
	}
}

str text_fold(struct arena *a, str s)
{
	struct folding f = { .a = a, .p = arena_bytes(a, s.n, 1), .cap = s.n };

	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		char base = base_of(c);
		if (base != '.')
			put_base(&f, base);
		else if (c == UTF8_BAD || is_punctuation(c))
			f.space = true;
		else if (!is_mark(c))
			put_rare(&f, c, s.n - at);
	}
	return (str){ f.p, f.n };
}

size_t text_words(str folded, str *words, size_t most)
{
	size_t n = 0;
	while (n < most && folded.n) {
		str_cut(folded, ' ', &words[n], &folded);
		n += words[n].n > 0;
	}
	return n;
}

/* --- marks ---------------------------------------------------------------- */

/* Of a word: its tone, and which of its letters have another mark. */
struct marking {
	uint32_t tone, letters, place;
	bool inside;
};

static void put_mark(struct marking *m, uint32_t mark)
{
	bool tone =
		mark == 0x300 || mark == 0x301 || mark == 0x303 || mark == 0x309 || mark == 0x323;

	if (tone)
		m->tone = mark & 0xff;
	else
		m->letters = (m->letters ^ (mark + m->place * 0x101)) * 16777619u;
}

static void put_marks_of(struct marking *m, uint32_t c)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&status);
	UChar units[16];

	m->place++;
	if (c == 0x110 || c == 0x111) /* đ does not decompose */
		put_mark(m, 0x335);
	int32_t n = c < 0x80
		? 0
		: unorm2_getDecomposition(nfd, (UChar32)c, units, COUNT(units), &status);
	for (int32_t i = 0; i < n;) {
		UChar32 part;
		U16_NEXT(units, i, n, part);
		if (is_mark((uint32_t)part))
			put_mark(m, (uint32_t)part);
	}
}

static uint32_t marks_number(const struct marking *m)
{
	return m->letters || m->tone ? (m->letters ^ m->tone) | 1u << 31 : 0;
}

size_t text_marks(str s, uint32_t *marks, size_t most)
{
	struct marking m = { 0 };
	size_t n = 0;

	for (size_t at = 0; at < s.n && (n < most || m.inside);) {
		uint32_t c = utf8_next(s, &at);
		if (is_mark(c)) {
			put_mark(&m, c);
		} else if (base_of(c) != '.' ||
			(c != UTF8_BAD && !is_punctuation(c) && u_isalnum((UChar32)c))) {
			m.inside = true;
			put_marks_of(&m, c);
		} else if (m.inside) {
			marks[n++] = marks_number(&m);
			m = (struct marking){ 0 };
		}
	}
	if (m.inside)
		marks[n++] = marks_number(&m);
	return n;
}

str text_slug(struct arena *a, str s)
{
	str rest = text_fold(a, s), word;
	char *p = arena_bytes(a, SLUG_MOST, 1);
	size_t n = 0;

	while (rest.n) {
		size_t start = n ? n + 1 : 0, end = start;
		str_cut(rest, ' ', &word, &rest);
		for (size_t i = 0; i < word.n; i++) {
			if ((unsigned char)word.p[i] >= 0x80)
				continue;
			if (end >= SLUG_MOST)
				return (str){ p, n ? n : end };
			p[end++] = word.p[i];
		}
		if (end == start)
			continue;
		if (n)
			p[n] = '-';
		n = end;
	}
	return (str){ p, n };
}
