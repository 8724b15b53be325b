/* SPDX-License-Identifier: Apache-2.0 */
/* The request guard: libmicrohttpd takes requests that a proxy in front may read differently
 * (docs/http-conformance.md has the table). Here they are refused before anything else looks. */
#include "http/parse.h"

static bool is_token_char(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		(c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool is_token(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_token_char((unsigned char)s.p[i]))
			return false;
	return s.n > 0;
}

static bool has_control(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return true;
	}
	return false;
}

bool host_valid(str host)
{
	if (host.n == 0 || host.n > 255)
		return false;
	bool literal = host.p[0] == '[';
	size_t n = literal ? str_find(host, S("]")) + 1 : str_find(host, S(":"));
	if (n > host.n || n == 0)
		return false;
	for (size_t i = literal; i < n - literal; i++) {
		unsigned char c = (unsigned char)host.p[i];
		bool digit = c >= '0' && c <= '9';
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool hexadecimal = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
		if (literal ? !(hexadecimal || c == ':' || c == '.')
			    : !(letter || digit || c == '-' || c == '.' || c == '_'))
			return false;
	}
	str port = str_from_at(host, n);
	int64_t number;
	return port.n == 0 ||
		(port.p[0] == ':' && str_is_digits(str_from_at(port, 1)) &&
			str_to_int(str_from_at(port, 1), 1, 65535, &number));
}

/* Headers that mean one thing only: a second one is an attempt to mean two. */
static const char *const single[] = { "Host", "Content-Length", "Transfer-Encoding", "Content-Type",
	"Cookie", "Origin", "Referer", "Expect", "Authorization" };
enum { HOST, CONTENT_LENGTH, TRANSFER_ENCODING, EXPECT = 7 };

const char *guard_reason(const struct raw_header *headers, size_t n, bool http_1_1)
{
	const struct raw_header *seen[COUNT(single)] = { 0 };
	for (size_t i = 0; i < n; i++) {
		const struct raw_header *h = &headers[i];
		if (!is_token(h->name))
			return "header name";
		if (has_control(h->value))
			return "control character in a header";
		for (size_t s = 0; s < COUNT(single); s++) {
			if (!str_eq_nocase(h->name, str_from(single[s])))
				continue;
			if (seen[s])
				return "header given twice";
			seen[s] = h;
		}
	}
	if (seen[TRANSFER_ENCODING]) {
		if (seen[CONTENT_LENGTH])
			return "Content-Length with Transfer-Encoding";
		if (!http_1_1 || !str_eq_nocase(seen[TRANSFER_ENCODING]->value, S("chunked")))
			return "Transfer-Encoding";
	}
	if (seen[CONTENT_LENGTH]) {
		str length = seen[CONTENT_LENGTH]->value;
		if (!str_is_digits(length) || length.n > 18)
			return "Content-Length";
	}
	if (seen[EXPECT] && !str_eq_nocase(seen[EXPECT]->value, S("100-continue")))
		return "Expect";
	if (!seen[HOST])
		return http_1_1 ? "no Host" : NULL;
	return host_valid(seen[HOST]->value) ? NULL : "Host";
}

err guard_headers(struct arena *a, const struct raw_header *headers, size_t n, bool http_1_1)
{
	const char *reason = guard_reason(headers, n, http_1_1);
	return reason ? FAIL(a, BAD_REQUEST, "refused: %s", reason) : NULL;
}
