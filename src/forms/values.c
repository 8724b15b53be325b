/* SPDX-License-Identifier: Apache-2.0 */
/* values.c - answers in their canonical form: what they mean and how people read them. */
#include "core/civil.h"
#include "forms/parts.h"

bool digits_only(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

bool commune_open(str value, str *ret_province)
{
	str rest;

	return str_cut(value, COMMUNE_OPEN, ret_province, &rest);
}

/* --- dates ------------------------------------------------------------------------ */
bool date_span(str value, day *ret_first, day *ret_last)
{
	int64_t year, month = 1;
	day d;

	if (day_parse(value, &d)) {
		*ret_first = *ret_last = d;
		return true;
	}
	bool with_month = value.n == 7 && value.p[4] == '-';
	if ((value.n != 4 && !with_month) ||
		!str_to_int(str_part(value, 0, 4), date_of(DAY_LEAST).year, date_of(DAY_MOST).year,
			&year) ||
		(with_month && !str_to_int(str_part(value, 5, 2), 1, 12, &month)))
		return false;
	int last = with_month ? (int)month : 12;
	*ret_first = day_from((int)year, (int)month, 1);
	*ret_last = day_from((int)year, last, days_in_month((int)year, last));
	return true;
}

bool date_readable(str value)
{
	day first, last;

	return date_span(value, &first, &last);
}

struct date_typed date_typed_of(struct arena *a, str value)
{
	struct date_typed t = { S(""), S(""), S("") };
	day d, last;

	if (date_span(value, &d, &last)) {
		struct date date = date_of(d);
		t.year = arena_printf(a, "%d", date.year);
		t.month = value.n >= 7 ? arena_printf(a, "%d", date.month) : S("");
		t.day = value.n > 7 ? arena_printf(a, "%d", date.day) : S("");
		return t;
	}
	str_cut(value, '\n', &t.day, &value);
	str_cut(value, '\n', &t.month, &t.year);
	return t;
}

/* "27/03/1990", "03/1990", "1990"; as typed when it is no date. */
str date_shown(struct arena *a, str value)
{
	struct date_typed t = date_typed_of(a, value);
	day d;

	if (day_parse(value, &d))
		return day_text(a, d);
	if (date_readable(value) && value.n > 4)
		return arena_printf(
			a, STR_FMT "/" STR_FMT, STR_ARG(str_from_at(value, 5)), STR_ARG(t.year));
	if (date_readable(value))
		return t.year;
	str parts[] = { t.day, t.month, t.year };
	return str_join(a, parts, COUNT(parts), S("/"));
}

/* --- numbers ------------------------------------------------------------------------- */
str decimal_text(struct arena *a, int64_t units, int decimals)
{
	int64_t unit = 1;
	bool minus = units < 0;
	uint64_t n = minus ? 0 - (uint64_t)units : (uint64_t)units;

	for (int i = 0; i < decimals; i++)
		unit *= 10;
	str whole = arena_printf(
		a, "%s%llu", minus ? "-" : "", (unsigned long long)(n / (uint64_t)unit));
	uint64_t rest = n % (uint64_t)unit;
	if (!rest)
		return whole;
	str part = arena_printf(a, "%0*llu", decimals, (unsigned long long)rest);
	while (part.p[part.n - 1] == '0')
		part.n--;
	return arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(whole), STR_ARG(part));
}

bool decimal_units(str text, int decimals, int64_t *ret)
{
	bool minus = str_starts(text, S("-"));
	str whole, part;
	int64_t n, fine = 0;

	bool pointed = str_cut(minus ? str_from_at(text, 1) : text, '.', &whole, &part);
	if (!digits_only(whole) || (pointed && !digits_only(part)) || part.n > (size_t)decimals ||
		!str_to_int(whole, 0, INT64_MAX / 10000000, &n))
		return false;
	if (pointed && !str_to_int(part, 0, 999999, &fine))
		return false;
	for (int i = 0; i < decimals; i++)
		n *= 10;
	for (size_t i = part.n; i < (size_t)decimals; i++)
		fine *= 10;
	*ret = minus ? -(n + fine) : n + fine;
	return true;
}

/* "1.234,5" in Vietnamese, "1,234.5" in English. */
str decimal_shown(struct arena *a, enum language l, str value)
{
	str whole, part;
	int64_t n;

	bool pointed = str_cut(value, '.', &whole, &part);
	if (!str_to_int(whole, INT64_MIN, INT64_MAX, &n))
		return value;
	str shown = number_text(a, l, n);
	if (n == 0 && str_starts(whole, S("-")))
		shown = S("-0");
	return pointed ? arena_printf(a, STR_FMT "%c" STR_FMT, STR_ARG(shown),
				 language_info(l)->tenths, STR_ARG(part))
		       : shown;
}
