/* SPDX-License-Identifier: Apache-2.0 */
/* The guard: what it lets through has one Host, one framing, and no character that a second parser
 * could stumble over. The input is a target in the first line and a header in each other one. */
#include "fuzz/fuzz.h"
#include "http/parse.h"
#include "http/target.h"

#define HEADERS_MOST 64

static void check_target(str line)
{
	static const char *const languages[] = { "vi", "en", NULL };
	struct target t;
	if (!target_parse(line, languages, &t))
		return;
	HOLDS(str_starts(t.path, S("/")));
	HOLDS(t.language >= 0 && t.language <= 1);
	HOLDS(!memchr(t.path.p, '?', t.path.n) && !memchr(t.path.p, ' ', t.path.n));
	HOLDS(t.path.n + t.query.n <= line.n + 1);
}

static void check_passed(const struct raw_header *headers, size_t n)
{
	int hosts = 0, lengths = 0, encodings = 0;
	for (size_t i = 0; i < n; i++) {
		str value = headers[i].value;
		hosts += str_eq_nocase(headers[i].name, S("host"));
		lengths += str_eq_nocase(headers[i].name, S("content-length"));
		encodings += str_eq_nocase(headers[i].name, S("transfer-encoding"));
		HOLDS(headers[i].name.n > 0 && !memchr(headers[i].name.p, ' ', headers[i].name.n));
		HOLDS(value.n == 0 ||
			(!memchr(value.p, 0, value.n) && !memchr(value.p, '\r', value.n)));
	}
	HOLDS(hosts == 1);
	HOLDS(lengths + encodings <= 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str rest = { (const char *)data, size }, line;
	struct raw_header headers[HEADERS_MOST];
	size_t n = 0;

	if (!str_cut(rest, '\n', &line, &rest))
		rest = S("");
	check_target(line);
	while (rest.n > 0 && n < HEADERS_MOST) {
		if (!str_cut(rest, '\n', &line, &rest))
			rest = S("");
		if (!str_cut(line, ':', &headers[n].name, &headers[n].value))
			headers[n].value = S("");
		n++;
	}
	err e = guard_headers(a, headers, n, true);
	HOLDS(!e || e->kind == ERR_BAD_REQUEST);
	if (!e)
		check_passed(headers, n);
	return 0;
}
