/* SPDX-License-Identifier: Apache-2.0 */
/* tr.h - the languages of the pages. Source messages are Vietnamese and serve as keys; each other
 * language is a line of TRANSLATIONS and a file locale/CODE.po, compiled in by tools/poc: all else
 * follows from the two. TR and TRN mark messages in C for the extractor, as [[…]] does in
 * templates. Placeholders are words in braces: "Còn {n} ngày". */
#pragma once
#include "core/civil.h"
#include "core/core.h"

/* clang-format off */
/* Name here, code in addresses and files, name in itself, what parts thousands and tenths. The
 * build reads the codes of the lines that begin with X. */
#define SOURCE_LANGUAGE(X) X(VIETNAMESE, vi, "Tiếng Việt", '.', ',')
#define TRANSLATIONS(X) \
	X(ENGLISH, en, "English", ',', '.')
#define LANGUAGES(X) SOURCE_LANGUAGE(X) TRANSLATIONS(X)
/* clang-format on */

enum language {
#define X(name, ...) name,
	LANGUAGES(X)
#undef X
		LANGUAGE_COUNT
};

struct language_info {
	const char *code; /* "en" */
	const char *name; /* "English" */
	str prefix;       /* of addresses: "/en"; the source language has none */
	char thousands, tenths;
};
const struct language_info *language_info(enum language l);
/* The language of a code; that of the source when there is none. */
enum language language_of(str code);
/* In their order; ends with NULL. */
extern const char *const language_codes[];

struct message {
	const char *id, *one, *other; /* other: plural, NULL when there is none */
};
#define X(name, code, ...)                       \
	extern const struct message po_##code[]; \
	extern const size_t po_##code##_count;
TRANSLATIONS(X)
#undef X

/* The message in that language; the Vietnamese one when it has no translation. */
str tr(enum language l, str id);
/* With placeholders filled: tr_fill(a, l, TR("Phiên bản {v}"), S("v"), version). Pairs of str. */
str tr_fill(struct arena *a, enum language l, str id, const str *pairs, size_t n);
#define TR(text) S(text)
/* Marks a message in a table of constants, to be given to tr later. */
#define MARK(text) text
#define FILL(a, l, id, ...)                                   \
	tr_fill((a), (l), (id), (const str[]){ __VA_ARGS__ }, \
		COUNT(((const str[]){ __VA_ARGS__ })) / 2)
/* A counted message: {n} is the number; English chooses one or other. */
str tr_n(struct arena *a, enum language l, str id, int64_t n);
#define TRN(text) S(text)

/* --- numbers, money, dates in the manner of each language ----------------- */
str number_text(struct arena *a, enum language l, int64_t n);       /* 1.296 / 1,296 */
str money_text(struct arena *a, enum language l, int64_t dong);     /* 8.000 đồng / 8,000 dong */
str percent_text(struct arena *a, enum language l, int64_t tenths); /* 99,3% / 99.3% */
str size_text(struct arena *a, enum language l, int64_t bytes);     /* 1,2 MB */
str day_text(struct arena *a, day d);                               /* 01/12/2026 */
str day_long_text(struct arena *a, enum language l, day d);         /* thứ Ba, 01/12/2026 */
str time_text(struct arena *a, enum language l, instant t);         /* 7 giờ 30 / 7:30 */
str moment_text(struct arena *a, enum language l, instant t);       /* 16 giờ 30, 01/12/2026 */
str moment_long_text(struct arena *a, enum language l, instant t);  /* 16 giờ 30, thứ Ba, … */
str phone_text(struct arena *a, str phone);                         /* 0912 345 678 */
