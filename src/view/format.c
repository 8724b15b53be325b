/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers, money, dates and hours as people write them in each language. */
#include "view/tr.h"

#include <inttypes.h>

str number_text(struct arena *a, enum language l, int64_t n)
{
	/* 19 digits, 6 separators, a sign. */
	char text[32], *p = text + sizeof text;
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
	int digits = 0;

	do {
		if (digits && digits % 3 == 0)
			*--p = language_info(l)->thousands;
		*--p = (char)('0' + rest % 10);
		digits++;
	} while (rest /= 10);
	if (n < 0)
		*--p = '-';
	return str_copy(a, (str){ p, (size_t)(text + sizeof text - p) });
}

str money_text(struct arena *a, enum language l, int64_t dong)
{
	return FILL(a, l, TR("{n} đồng"), S("n"), number_text(a, l, dong));
}

/* A number counted in tenths; a tenth of nought is not written. */
static str tenths_text(struct arena *a, enum language l, int64_t tenths)
{
	str whole = number_text(a, l, tenths / 10);
	int64_t tenth = tenths < 0 ? -(tenths % 10) : tenths % 10;

	if (!tenth)
		return whole;
	return arena_printf(a, "%s" STR_FMT "%c%" PRId64, tenths < 0 && tenths > -10 ? "-" : "",
		STR_ARG(whole), language_info(l)->tenths, tenth);
}

str percent_text(struct arena *a, enum language l, int64_t tenths)
{
	return arena_printf(a, STR_FMT "%%", STR_ARG(tenths_text(a, l, tenths)));
}

/* Rounded up: a file just over a limit must not be shown as the limit itself. */
str size_text(struct arena *a, enum language l, int64_t bytes)
{
	static const struct {
		int64_t unit;
		const char *name;
	} units[] = { { (int64_t)KIB * MIB, "GB" }, { MIB, "MB" } };

	for (size_t i = 0; i < COUNT(units); i++) {
		int64_t unit = units[i].unit, tenths = bytes / unit * 10;
		if (bytes < unit)
			continue;
		tenths += (bytes % unit * 10 + unit - 1) / unit;
		return arena_printf(
			a, STR_FMT " %s", STR_ARG(tenths_text(a, l, tenths)), units[i].name);
	}
	return arena_printf(a, "%" PRId64 " kB", (bytes + KIB - 1) / KIB);
}

str day_text(struct arena *a, day d)
{
	struct date date = date_of(d);

	return arena_printf(a, "%02d/%02d/%04d", date.day, date.month, date.year);
}

str day_long_text(struct arena *a, enum language l, day d)
{
	static const str weekdays[] = {
		[MONDAY] = TR("thứ Hai"),
		[TUESDAY] = TR("thứ Ba"),
		[WEDNESDAY] = TR("thứ Tư"),
		[THURSDAY] = TR("thứ Năm"),
		[FRIDAY] = TR("thứ Sáu"),
		[SATURDAY] = TR("thứ Bảy"),
		[SUNDAY] = TR("Chủ nhật"),
	};
	str weekday = tr(l, weekdays[weekday_of(d)]);

	return arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(weekday), STR_ARG(day_text(a, d)));
}

str time_text(struct arena *a, enum language l, instant t)
{
	int minute = second_of_day(t) / 60;

	return FILL(a, l, TR("{h} giờ {m}"), S("h"), arena_printf(a, "%d", minute / 60), S("m"),
		arena_printf(a, "%02d", minute % 60));
}

str moment_text(struct arena *a, enum language l, instant t)
{
	return arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(time_text(a, l, t)),
		STR_ARG(day_text(a, day_of(t))));
}

str moment_long_text(struct arena *a, enum language l, instant t)
{
	return arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(time_text(a, l, t)),
		STR_ARG(day_long_text(a, l, day_of(t))));
}

/* Mobile numbers 4 3 3, hotlines 4 and the rest, landlines of eleven digits 3 4 4. Others, and
 * what is no number, stay as they were given. */
str phone_text(struct arena *a, str phone)
{
	bool hotline = str_starts(phone, S("1900")) || str_starts(phone, S("1800"));
	size_t first, second;

	for (size_t i = 0; i < phone.n; i++)
		if (phone.p[i] < '0' || phone.p[i] > '9')
			return phone;
	if (hotline && phone.n >= 8 && phone.n <= 10)
		return arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(str_part(phone, 0, 4)),
			STR_ARG(str_from_at(phone, 4)));
	if (phone.n != 10 && phone.n != 11)
		return phone;
	first = phone.n == 10 ? 4 : 3;
	second = phone.n == 10 ? 3 : 4;
	return arena_printf(a, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(str_part(phone, 0, first)),
		STR_ARG(str_part(phone, first, second)),
		STR_ARG(str_from_at(phone, first + second)));
}
