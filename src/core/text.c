/* SPDX-License-Identifier: Apache-2.0 */
/* The half of fold.h that is about text as it is stored and listed. */
#include "core/fold.h"
#include "core/utf8.h"

#include <pthread.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* NFC grows a text at most threefold (UAX 15), and a UTF-16 unit takes at most 3 bytes. */
#define NFC_GROWTH 3
#define UNIT_MOST 3

/* What carries no text: C0, DEL and C1 controls, the byte order mark, and the controls of writing
 * direction, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069. */
static bool is_dropped(uint32_t c)
{
	return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0xfeff ||
		c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069);
}

bool text_hides(str s)
{
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (c == UTF8_BAD || c < 0x20 || (c >= 0x7f && c < 0xa0) ||
			(c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069))
			return true;
	}
	return false;
}

/* Never changed by NFC nor joined to what stands before: Latin and precomposed Vietnamese, which
 * is nearly all we get. */
static bool is_surely_nfc(uint32_t c) { return c < 0x300 || (c >= 0x1ea0 && c <= 0x1ef9); }

static err compose(struct arena *a, str s, str *ret)
{
	ARENA scratch = arena_new();
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	int32_t n = 0, cap = (int32_t)s.n * NFC_GROWTH;
	UChar *units = arena_array(scratch, UChar, s.n);
	UChar *composed = arena_array(scratch, UChar, (size_t)cap);
	char *p = arena_array(scratch, char, (size_t)cap *UNIT_MOST);

	u_strFromUTF8(units, (int32_t)s.n, &n, s.p, (int32_t)s.n, &status);
	n = unorm2_normalize(nfc, units, n, composed, cap, &status);
	u_strToUTF8(p, cap * UNIT_MOST, &n, composed, n, &status);
	if (U_FAILURE(status))
		return FAIL(a, INTERNAL, "normalizing: %s", u_errorName(status));
	*ret = str_copy(a, (str){ p, (size_t)n });
	return NULL;
}

err text_clean(struct arena *a, str s, str *ret)
{
	if (s.n > LIMIT_FOLD)
		return FAIL(a, INVALID, "text of %zu bytes", s.n);

	bool composed = true;
	char *p = arena_bytes(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t at = 0; at < s.n;) {
		uint32_t c = utf8_next(s, &at);
		if (c == UTF8_BAD)
			return FAIL(a, INVALID, "not UTF-8 at byte %zu", at - 1);
		if (is_dropped(c))
			continue;
		composed = composed && is_surely_nfc(c);
		n += utf8_put(p + n, c);
	}
	str clean = { p, n };
	if (!composed)
		return compose(a, clean, ret);
	*ret = clean;
	return NULL;
}

/* Comparing leaves a collator unchanged, so all threads share it. */
static UCollator *collator;

static void open_collator(void)
{
	UErrorCode status = U_ZERO_ERROR;
	collator = ucol_open("vi", &status);
	if (U_FAILURE(status)) {
		fputs("ICU has no collation\n", stderr);
		abort();
	}
}

int text_compare(str a, str b)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	UErrorCode status = U_ZERO_ERROR;

	pthread_once(&once, open_collator);
	UCollationResult order =
		ucol_strcollUTF8(collator, a.p, (int32_t)a.n, b.p, (int32_t)b.n, &status);
	assert(U_SUCCESS(status));
	return (int)order;
}
