/* SPDX-License-Identifier: Apache-2.0 */
/* logic_text.c - numbers and texts as JavaScript reads, writes and measures them. */
#include "core/logic_parts.h"
#include "core/utf8.h"

#include <float.h>
#include <inttypes.h>
#include <math.h>

/* --- from text to number ------------------------------------------------------ */

static bool is_space(uint32_t c)
{
	return (c >= '\t' && c <= '\r') || c == ' ' || c == 0xa0 || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
		c == 0x205f || c == 0x3000 || c == 0xfeff;
}

static str trimmed(str s)
{
	size_t from = s.n, to = 0;

	for (size_t at = 0; at < s.n;) {
		size_t here = at;
		if (is_space(utf8_next(s, &at)))
			continue;
		if (from == s.n)
			from = here;
		to = at;
	}
	return from < to ? str_part(s, from, to - from) : S("");
}

static bool is_digit(str s, size_t at) { return at < s.n && s.p[at] >= '0' && s.p[at] <= '9'; }

static size_t skip_digits(str s, size_t at)
{
	while (is_digit(s, at))
		at++;
	return at;
}

static bool is_sign(str s, size_t at) { return at < s.n && (s.p[at] == '+' || s.p[at] == '-'); }

/* Bytes of the decimal number that s begins with, 0 when it begins with none. */
static size_t decimal_length(str s)
{
	size_t begin = is_sign(s, 0), at;

	if (str_starts(str_from_at(s, begin), S("Infinity")))
		return begin + S("Infinity").n;
	at = skip_digits(s, begin);
	size_t digits = at - begin;
	if (at < s.n && s.p[at] == '.') {
		size_t end = skip_digits(s, at + 1);
		digits += end - at - 1;
		at = end;
	}
	if (!digits)
		return 0;
	if (at < s.n && (s.p[at] | 0x20) == 'e') {
		size_t power = at + 1 + is_sign(s, at + 1);
		if (is_digit(s, power))
			at = skip_digits(s, power);
	}
	return at;
}

/* strtod knows more forms than decimal_length lets through, and wants a NUL behind. */
static double decimal(struct arena *a, str s)
{
	char small[48];

	if (s.n >= sizeof small)
		return strtod(str_z(a, s), NULL);
	memcpy(small, s.p, s.n);
	small[s.n] = '\0';
	return strtod(small, NULL);
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

/* Digits of 1, 3 or 4 bits. What no longer fits is kept in the last bit, where it decides how the
 * conversion to double rounds. */
static double binary(str digits, int bits)
{
	uint64_t head = 0;
	int dropped = 0;

	for (size_t i = 0; i < digits.n; i++) {
		int value = digit_value(digits.p[i]);
		if (value >> bits)
			return NAN;
		if (head >> 60) {
			head |= value != 0;
			dropped += dropped < INT16_MAX ? bits : 0;
		} else {
			head = head << bits | (uint64_t)value;
		}
	}
	return digits.n ? ldexp((double)head, dropped) : NAN;
}

double logic_text_number(struct arena *a, str s)
{
	s = trimmed(s);
	if (!s.n)
		return 0;
	if (s.n > 1 && s.p[0] == '0') {
		int letter = s.p[1] | 0x20;
		int bits = letter == 'x' ? 4 : letter == 'o' ? 3 : letter == 'b' ? 1 : 0;
		if (bits)
			return binary(str_from_at(s, 2), bits);
	}
	return decimal_length(s) == s.n ? decimal(a, s) : NAN;
}

double logic_text_float(struct arena *a, str s)
{
	s = trimmed(s);
	s = str_part(s, 0, decimal_length(s));
	return s.n ? decimal(a, s) : NAN;
}

/* --- from number to text ------------------------------------------------------ */

#define MOST_DIGITS 17
/* From here on, numbers are written with an exponent. */
#define MOST_PLACES 21

/* "5.684341886080801e-14" becomes "5.684341886080802e-14". */
static void next_up(char *text)
{
	char *last = text + strcspn(text, "e");

	while (last-- > text) {
		if (*last == '9')
			*last = '0';
		else if (*last != '.') {
			++*last;
			return;
		}
	}
}

/* So many digits or fewer always come back when they are read and written: the search begins here,
 * and what has fewer digits ends in zeros. Below DBL_MIN a number has the fewer bits the smaller
 * it is. */
static int sure_digits(double n)
{
	int digits = n < DBL_MIN ? (int)log10(n / DBL_TRUE_MIN) - 1 : DBL_DIG;

	return digits > 1 ? digits : 1;
}

/* The fewest digits that read back as n > 0, "d.ddde±xx". A power of two is nearer to its lower
 * neighbour than to its upper one, so that the digits above it may read back where the nearest
 * ones do not. */
static void write_shortest(double n, char *text, size_t room)
{
	int power;
	bool uneven = frexp(n, &power) == 0.5;

	for (int digits = sure_digits(n); digits <= MOST_DIGITS; digits++) {
		snprintf(text, room, "%.*e", digits - 1, n);
		if (strtod(text, NULL) == n)
			return;
		if (!uneven)
			continue;
		next_up(text);
		if (strtod(text, NULL) == n)
			return;
	}
}

/* Takes the text of write_shortest apart; trailing zeros say nothing. */
static str digits_of(const char *text, char digits[MOST_DIGITS], int *ret_exponent)
{
	const char *e = strchr(text, 'e');
	size_t n = 0;

	assert(e);
	for (const char *p = text; p < e; p++)
		if (*p != '.')
			digits[n++] = *p;
	while (n > 1 && digits[n - 1] == '0')
		n--;
	*ret_exponent = (int)strtol(e + 1, NULL, 10);
	return (str){ digits, n };
}

static str zeros(int n) { return str_part(S("00000000000000000000000"), 0, (size_t)n); }

/* places: how many digits stand before the point. */
static str lay_out(struct arena *a, const char *sign, str digits, int places)
{
	int n = (int)digits.n;

	if (places > MOST_PLACES || places <= -6)
		return arena_printf(a, "%s%c%s" STR_FMT "e%+d", sign, digits.p[0], n > 1 ? "." : "",
			STR_ARG(str_from_at(digits, 1)), places - 1);
	if (places <= 0)
		return arena_printf(
			a, "%s0." STR_FMT STR_FMT, sign, STR_ARG(zeros(-places)), STR_ARG(digits));
	if (n <= places)
		return arena_printf(
			a, "%s" STR_FMT STR_FMT, sign, STR_ARG(digits), STR_ARG(zeros(places - n)));
	return arena_printf(a, "%s" STR_FMT "." STR_FMT, sign,
		STR_ARG(str_part(digits, 0, (size_t)places)),
		STR_ARG(str_from_at(digits, (size_t)places)));
}

str logic_number_text(struct arena *a, double n)
{
	char text[32] = "", digits[MOST_DIGITS] = "";
	int exponent;

	if (isnan(n))
		return S("NaN");
	if (isinf(n))
		return n > 0 ? S("Infinity") : S("-Infinity");
	if (fabs(n) < 1e15 && n == trunc(n))
		return arena_printf(a, "%" PRId64, (int64_t)n);
	write_shortest(fabs(n), text, sizeof text);
	str significant = digits_of(text, digits, &exponent);
	return lay_out(a, n < 0 ? "-" : "", significant, exponent + 1);
}

/* --- UTF-16 ------------------------------------------------------------------- */

static size_t width(uint32_t c) { return c > 0xffff && c != UTF8_BAD ? 2 : 1; }

size_t logic_units(str s)
{
	size_t units = 0;

	for (size_t at = 0; at < s.n;)
		units += width(utf8_next(s, &at));
	return units;
}

str logic_slice(struct arena *a, str s, size_t from, size_t n)
{
	size_t to = n < SIZE_MAX - from ? from + n : SIZE_MAX;
	size_t begin = s.n, end = s.n, at = 0;
	bool half_before = false, half_behind = false;

	if (!n)
		return S("");
	for (size_t unit = 0; at < s.n && unit < to;) {
		size_t here = at, wide = width(utf8_next(s, &at));
		half_before |= unit + 1 == from && wide == 2;
		half_behind |= unit + 1 == to && wide == 2;
		if (unit >= from && begin == s.n)
			begin = here;
		end = half_behind ? here : at;
		unit += wide;
	}
	str inside = begin < end ? str_part(s, begin, end - begin) : S("");
	if (!half_before && !half_behind)
		return inside;
	return arena_printf(a, "%s" STR_FMT "%s", half_before ? "\ufffd" : "", STR_ARG(inside),
		half_behind ? "\ufffd" : "");
}

/* The order of UTF-8 is that of code points. In UTF-16 those beyond U+FFFF, of four bytes, begin
 * with surrogates and so come before U+E000 to U+FFFF, which begin with EE or EF. */
int logic_text_compare(str a, str b)
{
	size_t least = a.n < b.n ? a.n : b.n, i = 0;

	while (i < least && a.p[i] == b.p[i])
		i++;
	if (i == least)
		return (a.n > b.n) - (a.n < b.n);
	unsigned char x = (unsigned char)a.p[i], y = (unsigned char)b.p[i];
	if (x >= 0xee && y >= 0xee && (x >= 0xf0) != (y >= 0xf0))
		return x >= 0xf0 ? -1 : 1;
	return x < y ? -1 : 1;
}
