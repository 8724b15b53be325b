/* SPDX-License-Identifier: Apache-2.0 */
/* fold.h - Vietnamese text as it is stored (NFC, [ND43-7.1]) and as it is searched (without
 * marks, đ as d, lower case). */
#pragma once
#include "core/core.h"

#define SLUG_MOST 80

/* NFC copy. INVALID when it is not UTF-8 or longer than LIMIT_FOLD. Control characters other
 * than tab and newline are dropped, so CRLF becomes LF; and so are the invisible ones that turn
 * the direction of writing, which can make a name look like another. */
MUST_USE err text_clean(struct arena *a, str s, str *ret);
/* Has one line of text what nobody sees: control characters, those that turn the direction of
 * writing (U+202A to U+202E, U+2066 to U+2069), or bytes that are no text? */
bool text_hides(str s);
/* Search key: lower case, no marks, đ→d, everything but letters and digits becomes one space,
 * none at the ends. Total: bytes that are not UTF-8 act as spaces. "Đăng ký  KHAI SINH" gives
 * "dang ky khai sinh". Accepts NFC and NFD. */
str text_fold(struct arena *a, str s);
/* Words of a folded text, at most `most`. */
size_t text_words(str folded, str *words, size_t most);
/* The marks of the words that text_fold makes of s, at most `most`; returns how many words. Two
 * words with one key have equal numbers when they are written alike, wherever the tone stands
 * ("hoà", "hòa"); 0 is a word without any mark. */
size_t text_marks(str s, uint32_t *marks, size_t most);
/* "dang-ky-khai-sinh": the folded text with dashes, for addresses. ASCII only: letters that are
 * not Latin are left out. At most SLUG_MOST bytes, whole words if the first one fits. */
str text_slug(struct arena *a, str s);
/* Vietnamese dictionary order (ICU collation vi), for lists people read: <0, 0, >0. From any
 * thread. */
int text_compare(str a, str b);
