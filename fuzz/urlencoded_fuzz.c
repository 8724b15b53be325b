/* SPDX-License-Identifier: Apache-2.0 */
/* Forms and queries: whatever comes in, what comes out is bounded, valid UTF-8 without NUL. */
#include "fuzz/fuzz.h"
#include "http/parse.h"

static void check_text(str s, size_t most)
{
	HOLDS(s.n <= most);
	HOLDS(str_is_utf8(s));
	HOLDS(s.n == 0 || !memchr(s.p, 0, s.n));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str body = { (const char *)data, size }, decoded;
	struct field *fields;
	size_t n;

	err e = pairs_parse(a, body, &fields, &n);
	HOLDS(!e || e->kind == ERR_BAD_REQUEST || e->kind == ERR_TOO_LARGE);
	HOLDS(e || n <= LIMIT_HTTP_FIELDS);
	for (size_t i = 0; !e && i < n; i++) {
		check_text(fields[i].name, LIMIT_HTTP_FIELD_NAME);
		check_text(fields[i].value, LIMIT_HTTP_FIELD);
		HOLDS(!str_has(fields[i].value, S("\r")));
	}
	if (!url_decode(a, body, false, &decoded))
		check_text(decoded, size);
	return 0;
}
