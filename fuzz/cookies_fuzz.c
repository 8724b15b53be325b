/* SPDX-License-Identifier: Apache-2.0 */
/* Cookies: any header gives a bounded list of clean pairs, and the same list on both ways. */
#include "fuzz/fuzz.h"
#include "http/cache.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str header = { (const char *)data, size }, rest = header, name, value;
	struct field *cookies;
	size_t n, seen = 0;

	cookies_parse(a, header, &cookies, &n);
	HOLDS(n <= LIMIT_HTTP_COOKIES);
	while (seen < n && cookie_next(&rest, &name, &value)) {
		HOLDS(str_eq(cookies[seen].name, name) && str_eq(cookies[seen].value, value));
		HOLDS(name.n > 0 && name.n <= LIMIT_HTTP_FIELD_NAME);
		HOLDS(str_is_utf8(name) && str_is_utf8(value));
		HOLDS(!str_has(value, S(";")) && !str_has(value, S("\"")));
		seen++;
	}
	HOLDS(seen == n);
	(void)cache_bypassed(header);
	return 0;
}
