/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes have a search key, and keys, addresses and stored text keep their promises. */
#include "core/fold.h"
#include "fuzz/fuzz.h"

static void check_key(struct arena *a, str s)
{
	str key = text_fold(a, s), words[LIMIT_SEARCH_WORDS];

	HOLDS(str_is_utf8(key));
	HOLDS(!str_starts(key, S(" ")) && !str_ends(key, S(" ")) && !str_has(key, S("  ")));
	HOLDS(str_eq(text_fold(a, key), key));

	size_t n = text_words(key, words, COUNT(words));
	HOLDS((n == 0) == (key.n == 0));
	for (size_t i = 0; i < n; i++)
		HOLDS(words[i].n && !str_has(words[i], S(" ")));
}

static void check_slug(struct arena *a, str s)
{
	str slug = text_slug(a, s);

	HOLDS(slug.n <= SLUG_MOST);
	HOLDS(!str_starts(slug, S("-")) && !str_ends(slug, S("-")) && !str_has(slug, S("--")));
	for (size_t i = 0; i < slug.n; i++) {
		char c = slug.p[i];
		HOLDS((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
	}
	HOLDS(str_eq(text_slug(a, slug), slug));
}

static void check_clean(struct arena *a, str s)
{
	str clean, again;
	err e = text_clean(a, s, &clean);

	HOLDS(!e == (str_is_utf8(s) && s.n <= LIMIT_FOLD));
	if (e)
		return;
	HOLDS(str_is_utf8(clean));
	HOLDS(clean.n > LIMIT_FOLD || (!text_clean(a, clean, &again) && str_eq(clean, again)));
	HOLDS(text_compare(clean, clean) == 0);
	HOLDS(text_compare(clean, S("một cửa")) == -text_compare(S("một cửa"), clean));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str s = { (const char *)data, size };

	check_key(a, s);
	check_slug(a, s);
	check_clean(a, s);
	return 0;
}
