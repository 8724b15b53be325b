/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/calendar.h"
#include "tests/tap.h"

static day lunar_day(int year, int month, int day_of_month)
{
	day d = 0;

	CHECK(lunar_to_day(
		(struct lunar_date){ .year = year, .month = month, .day = day_of_month }, &d));
	return d;
}

static void check_year(int year, str new_year, str hung_kings)
{
	ARENA a = arena_new();

	CHECK_STR(day_iso(a, lunar_day(year, 1, 1)), new_year);
	CHECK_STR(day_iso(a, lunar_day(year, 3, 10)), hung_kings);
}

TEST("lunar new year and the Hùng Kings' day are those of the specification [CAL-2]")
{
	static const struct {
		int year;
		const char *new_year, *hung_kings;
	} years[] = {
		{ 2018, "2018-02-16", "2018-04-25" },
		{ 2019, "2019-02-05", "2019-04-14" },
		{ 2020, "2020-01-25", "2020-04-02" },
		{ 2021, "2021-02-12", "2021-04-21" },
		{ 2022, "2022-02-01", "2022-04-10" },
		{ 2023, "2023-01-22", "2023-04-29" },
		{ 2024, "2024-02-10", "2024-04-18" },
		{ 2025, "2025-01-29", "2025-04-07" },
		{ 2026, "2026-02-17", "2026-04-26" },
		{ 2027, "2027-02-06", "2027-04-16" },
		{ 2028, "2028-01-26", "2028-04-04" },
		{ 2029, "2029-02-13", "2029-04-23" },
		{ 2030, "2030-02-02", "2030-04-12" },
		{ 2031, "2031-01-23", "2031-04-01" },
		{ 2032, "2032-02-11", "2032-04-19" },
		{ 2033, "2033-01-31", "2033-04-09" },
		{ 2034, "2034-02-19", "2034-04-28" },
		{ 2035, "2035-02-08", "2035-04-17" },
	};

	for (size_t i = 0; i < COUNT(years); i++)
		check_year(
			years[i].year, str_from(years[i].new_year), str_from(years[i].hung_kings));
}

TEST("at +7 hours the new year can fall on another day than in China [CAL-2]")
{
	ARENA a = arena_new();

	/* China: 18/02/2007, 03/02/2030, 20/02/1985, 30/01/1968, 19/02/2053. */
	CHECK_STR(day_iso(a, lunar_day(2007, 1, 1)), "2007-02-17");
	CHECK_STR(day_iso(a, lunar_day(2030, 1, 1)), "2030-02-02");
	CHECK_STR(day_iso(a, lunar_day(1985, 1, 1)), "1985-01-21");
	CHECK_STR(day_iso(a, lunar_day(1968, 1, 1)), "1968-01-29");
	CHECK_STR(day_iso(a, lunar_day(2053, 1, 1)), "2053-02-18");
}

TEST("leap months come where the sun enters no new sign [CAL-2]")
{
	/* 1987 and 1985: the Chinese years repeat month 6 and, in 1984, month 10. */
	static const struct {
		int year, month;
	} leaps[] = {
		{ 1985, 2 },
		{ 1987, 7 },
		{ 1990, 5 },
		{ 1993, 3 },
		{ 1995, 8 },
		{ 1998, 5 },
		{ 2001, 4 },
		{ 2004, 2 },
		{ 2006, 7 },
		{ 2009, 5 },
		{ 2012, 4 },
		{ 2014, 9 },
		{ 2017, 6 },
		{ 2020, 4 },
		{ 2023, 2 },
		{ 2025, 6 },
		{ 2028, 5 },
		{ 2031, 3 },
		{ 2033, 11 },
		{ 2036, 6 },
		{ 2039, 5 },
		{ 2042, 2 },
		{ 2044, 7 },
		{ 2047, 5 },
	};
	size_t seen = 0;

	for (int year = 1985; year <= 2048; year++)
		for (int month = 1; month <= 12; month++) {
			struct lunar_date l = { year, month, 1, true };
			day d;
			if (!lunar_to_day(l, &d))
				continue;
			REQUIRE(seen < COUNT(leaps));
			CHECK_INT(year, leaps[seen].year);
			CHECK_INT(month, leaps[seen].month);
			seen++;
		}
	CHECK_INT(seen, COUNT(leaps));
}

TEST("what cannot be a lunar date is refused")
{
	static const struct lunar_date wrong[] = {
		{ 2026, 0, 1, false }, { 2026, 13, 1, false }, { 2026, 1, 0, false },
		{ 2026, 1, 31, false }, { 2026, 2, 1, true }, /* no leap month at all */
		{ 2025, 5, 1, true },                         /* the leap month is 6 */
		{ 2025, 12, 30, false }                       /* 29 days */
	};
	day d = 7;

	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK(!lunar_to_day(wrong[i], &d));
	CHECK_INT(d, 7);
}

TEST("from 1900 to 2199 every day has one lunar date, that leads back to it [CAL-2]")
{
	day from = day_from(1900, 1, 1), to = day_from(2199, 12, 31);

	for (day d = from; d <= to; d += 11) {
		struct lunar_date l = lunar_of(d), next = lunar_of(d + 1);
		day back = 0;
		CHECK(lunar_to_day(l, &back));
		CHECK_INT(back, d);
		if (next.day == 1)
			CHECK(l.day == 29 || l.day == 30);
		else
			CHECK(next.day == l.day + 1 && next.month == l.month &&
				next.leap == l.leap && next.year == l.year);
	}
}

TEST("the new year always falls between 20/01 and 21/02")
{
	for (int year = 1900; year <= 2199; year++) {
		day d = lunar_day(year, 1, 1);
		CHECK(d >= day_from(year, 1, 20) && d <= day_from(year, 2, 21));
	}
}
