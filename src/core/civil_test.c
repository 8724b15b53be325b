/* SPDX-License-Identifier: Apache-2.0 */
#include "core/civil.h"
#include "tests/tap.h"

TEST("every date of the accepted range is its own day and comes after the day before")
{
	struct date date = { 1800, 1, 1 };
	int weekday = WEDNESDAY;
	size_t wrong = 0;

	for (day d = DAY_LEAST; d <= DAY_MOST; d++) {
		struct date back = date_of(d);
		wrong += back.year != date.year || back.month != date.month || back.day != date.day;
		wrong += day_from(date.year, date.month, date.day) != d || !date_valid(date);
		wrong += (int)weekday_of(d) != weekday;
		weekday = (weekday + 1) % 7;
		if (++date.day > days_in_month(date.year, date.month)) {
			date.day = 1;
			date.month = date.month % 12 + 1;
			date.year += date.month == 1;
		}
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(date.year, 2200);
	CHECK_INT(date.month, 1);
	CHECK_INT(date.day, 1);
}

TEST("known days are where the world counts them")
{
	CHECK_INT(day_from(1970, 1, 1), 0);
	CHECK_INT(day_from(2000, 3, 1), 11017);
	CHECK_INT(day_from(1800, 1, 1), DAY_LEAST);
	CHECK_INT(day_from(2199, 12, 31), DAY_MOST);
	CHECK_INT(weekday_of(day_from(2026, 11, 23)), MONDAY);
	CHECK_INT(weekday_of(day_from(1945, 9, 2)), SUNDAY);
	CHECK_INT(weekday_of(0), THURSDAY);
	CHECK_INT(weekday_of(-1), WEDNESDAY);
	CHECK_INT(day_from(2026, 1, 32), day_from(2026, 2, 1));
	CHECK_INT(day_from(2026, 3, 0), day_from(2026, 2, 28));
}

TEST("leap years follow the rule of 4, 100 and 400")
{
	CHECK_INT(days_in_month(2024, 2), 29);
	CHECK_INT(days_in_month(2026, 2), 28);
	CHECK_INT(days_in_month(1900, 2), 28);
	CHECK_INT(days_in_month(2000, 2), 29);
	CHECK_INT(days_in_month(2100, 2), 28);
	CHECK_INT(days_in_month(2026, 12), 31);
	CHECK_INT(days_in_month(2026, 4), 30);
}

TEST("a date that does not exist or is out of range is not valid")
{
	static const struct date bad[] = { { 1799, 12, 31 }, { 2200, 1, 1 }, { 2026, 0, 1 },
		{ 2026, 13, 1 }, { 2026, 1, 0 }, { 2026, 1, 32 }, { 2026, 2, 29 }, { 1900, 2, 29 },
		{ 2026, -1, 1 }, { 0, 0, 0 } };
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!date_valid(bad[i]));
	CHECK(date_valid((struct date){ 2024, 2, 29 }));
}

TEST("a moment belongs to the Vietnamese day, seven hours before Greenwich")
{
	CHECK_INT(day_of(0), 0);
	CHECK_INT(second_of_day(0), 7 * 3600);
	CHECK_INT(day_of(17 * INSTANT_HOUR - 1), 0);
	CHECK_INT(second_of_day(17 * INSTANT_HOUR - 1), 86399);
	CHECK_INT(day_of(17 * INSTANT_HOUR), 1);
	CHECK_INT(second_of_day(17 * INSTANT_HOUR), 0);
	CHECK_INT(day_of(-7 * INSTANT_HOUR), 0);
	CHECK_INT(day_of(-7 * INSTANT_HOUR - 1), -1);
	CHECK_INT(second_of_day(-7 * INSTANT_HOUR - 1), 86399);
	CHECK_INT(instant_at(0, 7 * 3600), 0);
}

TEST("day and second of a moment give the moment back, over the whole range")
{
	size_t wrong = 0;
	for (day d = DAY_LEAST; d <= DAY_MOST; d += 13) {
		int second = (int)((d - DAY_LEAST) * 31 % 86400);
		instant t = instant_at(d, second);
		wrong += day_of(t) != d || second_of_day(t) != second;
		wrong += day_of(t + INSTANT_SECOND - 1) != d;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(day_of(INT64_MAX), 106751991);
	CHECK_INT(day_of(INT64_MIN), -106751991);
}

TEST("dates are read in one form only")
{
	day d = 5;
	CHECK(day_parse(S("2026-11-23"), &d));
	CHECK_INT(d, day_from(2026, 11, 23));
	CHECK(day_parse(S("1800-01-01"), &d) && d == DAY_LEAST);
	CHECK(day_parse(S("2199-12-31"), &d) && d == DAY_MOST);
	CHECK(day_parse(S("2024-02-29"), &d));
	d = 5;

	static const char *const bad[] = { "", "2026", "2026-11", "2026-11-2", "2026-11-233",
		"2026-1-23", "26-11-23", "2026/11/23", "23-11-2026", " 2026-11-23", "2026-11-23 ",
		"2026-02-29", "2026-13-01", "2026-00-10", "1799-12-31", "2200-01-01", "2026--1-23",
		"-026-11-23", "2026-11-23T09:00", "2026-11-+3", "2026-1１-23" };
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!day_parse(str_from(bad[i]), &d));
	CHECK(!day_parse(S("2026-11-23\0"), &d));
	CHECK_INT(d, 5);
}

TEST("an hour is read as a second of the day")
{
	static const struct {
		const char *text;
		int second;
	} good[] = { { "0:00", 0 }, { "7:30", 27000 }, { "07:30", 27000 }, { "23:59", 86340 } };
	static const char *const bad[] = { "", "7", "7:3", "24:00", "7:60", "007:30", "7:30:00",
		"-1:00", "7h30" };
	int second = 77;

	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!hour_parse(str_from(bad[i]), &second));
	CHECK_INT(second, 77);
	for (size_t i = 0; i < COUNT(good); i++) {
		CHECK(hour_parse(str_from(good[i].text), &second));
		CHECK_INT(second, good[i].second);
	}
}

TEST("moments are read as local, with seconds and the zone when they are given")
{
	instant t = 5, nine = instant_at(day_from(2026, 11, 23), 9 * 3600);
	CHECK(instant_parse(S("2026-11-23T09:00"), &t) && t == nine);
	CHECK(instant_parse(S("2026-11-23T09:00:00"), &t) && t == nine);
	CHECK(instant_parse(S("2026-11-23T09:00+07:00"), &t) && t == nine);
	CHECK(instant_parse(S("2026-11-23T09:00:01+07:00"), &t) && t == nine + INSTANT_SECOND);
	CHECK(instant_parse(S("2026-11-23T23:59:59"), &t));
	CHECK(instant_parse(S("2026-11-23T00:00"), &t));
	t = 5;

	static const char *const bad[] = { "", "2026-11-23", "2026-11-23T", "2026-11-23T9:00",
		"2026-11-23 09:00", "2026-11-23T24:00", "2026-11-23T09:60", "2026-11-23T09:00:60",
		"2026-11-23T09:00:", "2026-11-23T09:00:1", "2026-11-23T09:00Z",
		"2026-11-23T09:00+08:00", "2026-11-23T09:00:00.5", "2026-02-30T09:00",
		"2200-01-01T00:00", "2026-11-23T-1:00", "2026-11-23T09:-1" };
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!instant_parse(str_from(bad[i]), &t));
	CHECK_INT(t, 5);
}

TEST("what is written as ISO 8601 is read back")
{
	ARENA a = arena_new();
	instant t = instant_at(day_from(2026, 11, 23), 9 * 3600 + 5 * 60 + 7), back = 0;
	CHECK_STR(day_iso(a, day_of(t)), "2026-11-23");
	CHECK_STR(instant_iso(a, t), "2026-11-23T09:05:07+07:00");
	CHECK_STR(day_iso(a, DAY_LEAST), "1800-01-01");
	CHECK_STR(instant_iso(a, 0), "1970-01-01T07:00:00+07:00");
	CHECK(instant_parse(instant_iso(a, t), &back) && back == t);
}

TEST("the clocks go forward and the wall clock is in this era")
{
	instant before = instant_monotonic();
	CHECK(day_of(instant_now()) > day_from(2024, 1, 1));
	CHECK(day_of(instant_now()) < DAY_MOST);
	CHECK(instant_monotonic() >= before);
}
