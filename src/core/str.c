/* SPDX-License-Identifier: Apache-2.0 */
#include "core/core.h"
#include "core/utf8.h"

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c; }

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

str str_from(const char *z) { return z ? (str){ z, strlen(z) } : S(""); }

const char *str_z(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1, 1);
	if (s.n)
		memcpy(p, s.p, s.n);
	return p;
}

str str_copy(struct arena *a, str s) { return (str){ str_z(a, s), s.n }; }

bool str_eq(str a, str b) { return a.n == b.n && (!a.n || memcmp(a.p, b.p, a.n) == 0); }

bool str_eq_nocase(str a, str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_compare(str a, str b)
{
	size_t shared = a.n < b.n ? a.n : b.n;
	int order = shared ? memcmp(a.p, b.p, shared) : 0;
	return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
	return s.n >= prefix.n && str_eq((str){ s.p, prefix.n }, prefix);
}

bool str_ends(str s, str suffix)
{
	return s.n >= suffix.n && str_eq((str){ s.p + (s.n - suffix.n), suffix.n }, suffix);
}

size_t str_find(str s, str what)
{
	if (!what.n)
		return 0;
	const char *found = s.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
	return found ? (size_t)(found - s.p) : s.n;
}

bool str_has(str s, str what) { return !what.n || str_find(s, what) < s.n; }

str str_part(str s, size_t at, size_t n)
{
	if (at > s.n)
		at = s.n;
	return (str){ at ? s.p + at : s.p, n < s.n - at ? n : s.n - at };
}

str str_from_at(str s, size_t at) { return str_part(s, at, s.n); }

str str_trim(str s)
{
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	while (s.n && is_space(*s.p))
		s.p++, s.n--;
	return s;
}

bool str_cut(str s, char separator, str *ret_head, str *ret_tail)
{
	const char *found = s.n ? memchr(s.p, separator, s.n) : NULL;
	size_t at = found ? (size_t)(found - s.p) : s.n;
	*ret_head = str_part(s, 0, at);
	*ret_tail = str_from_at(s, at + 1);
	return found;
}

bool str_to_int(str s, int64_t least, int64_t most, int64_t *ret)
{
	bool minus = s.n && *s.p == '-';
	int64_t value = 0;

	if (s.n == minus)
		return false;
	for (size_t i = minus; i < s.n; i++) {
		int digit = s.p[i] - '0';
		if (digit < 0 || digit > 9 || __builtin_mul_overflow(value, 10, &value) ||
			__builtin_add_overflow(value, minus ? -digit : digit, &value))
			return false;
	}
	if (value < least || value > most)
		return false;
	*ret = value;
	return true;
}

bool str_is_digits(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

str str_lower(struct arena *a, str s)
{
	char *p = arena_bytes(a, s.n + 1, 1);
	for (size_t i = 0; i < s.n; i++)
		p[i] = lower(s.p[i]);
	return (str){ p, s.n };
}

str str_join(struct arena *a, const str *parts, size_t n, str separator)
{
	size_t total = n ? (n - 1) * separator.n : 0;
	for (size_t i = 0; i < n; i++)
		total += parts[i].n;

	char *start = arena_bytes(a, total + 1, 1), *p = start;
	for (size_t i = 0; i < n; i++) {
		if (i && separator.n)
			p = mempcpy(p, separator.p, separator.n);
		if (parts[i].n)
			p = mempcpy(p, parts[i].p, parts[i].n);
	}
	return (str){ start, total };
}

uint64_t str_hash(str s)
{
	uint64_t hash = 0xcbf29ce484222325u;
	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * 0x100000001b3u;
	return hash;
}

bool str_is_utf8(str s)
{
	for (size_t at = 0; at < s.n;)
		if (utf8_next(s, &at) == UTF8_BAD)
			return false;
	return true;
}

static bool continues(char c) { return ((unsigned char)c & 0xc0) == 0x80; }

size_t str_length(str s)
{
	size_t length = 0;
	for (size_t i = 0; i < s.n; i++)
		length += !continues(s.p[i]);
	return length;
}

str str_head(str s, size_t n)
{
	size_t at = 0;
	for (; at < s.n; at++)
		if (!continues(s.p[at]) && n-- == 0)
			break;
	return (str){ s.p, at };
}
