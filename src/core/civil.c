/* SPDX-License-Identifier: Apache-2.0 */
#include "core/civil.h"

/* Vietnam has had one zone and no daylight saving since 1975; older moments are not recorded. */
#define OFFSET_SECONDS (7 * 3600)
#define DAY_SECONDS 86400
#define LEAST_YEAR 1800
#define MOST_YEAR 2199

/* The calendar repeats every 400 years. Years are counted from 1 March, so that the leap day is
 * the last of its year, and eras from 0000-03-01. */
#define ERA_DAYS 146097
#define EPOCH_IN_ERAS 719468 /* days from 0000-03-01 to 1970-01-01 */

static int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

static int64_t floor_mod(int64_t a, int64_t b) { return a - floor_div(a, b) * b; }

static bool leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	assert(month >= 1 && month <= 12);
	return days[month - 1] + (month == 2 && leap(year));
}

bool date_valid(struct date d)
{
	return d.year >= LEAST_YEAR && d.year <= MOST_YEAR && d.month >= 1 && d.month <= 12 &&
		d.day >= 1 && d.day <= days_in_month(d.year, d.month);
}

day day_from(int year, int month, int day_of_month)
{
	assert(month >= 1 && month <= 12);
	int64_t y = (int64_t)year - (month <= 2);
	int64_t era = floor_div(y, 400);
	int64_t year_of_era = y - era * 400;
	/* 153 days in every five months from March on: 31 30 31 30 31. */
	int64_t day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day_of_month - 1;
	int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
	return (day)(era * ERA_DAYS + day_of_era - EPOCH_IN_ERAS);
}

struct date date_of(day d)
{
	int64_t n = (int64_t)d + EPOCH_IN_ERAS;
	int64_t era = floor_div(n, ERA_DAYS);
	int64_t day_of_era = n - era * ERA_DAYS;
	int64_t year_of_era =
		(day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	int64_t day_of_year =
		day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	int64_t march_month = (5 * day_of_year + 2) / 153;
	int month = (int)(march_month + (march_month < 10 ? 3 : -9));
	return (struct date){
		.year = (int)(year_of_era + era * 400 + (month <= 2)),
		.month = month,
		.day = (int)(day_of_year - (153 * march_month + 2) / 5 + 1),
	};
}

enum weekday weekday_of(day d) { return (enum weekday)floor_mod((int64_t)d + THURSDAY, 7); }

static int64_t local_seconds(instant t) { return floor_div(t, INSTANT_SECOND) + OFFSET_SECONDS; }

day day_of(instant t) { return (day)floor_div(local_seconds(t), DAY_SECONDS); }

int second_of_day(instant t) { return (int)floor_mod(local_seconds(t), DAY_SECONDS); }

instant instant_at(day d, int second)
{
	return d * INSTANT_DAY + (second - OFFSET_SECONDS) * INSTANT_SECOND;
}

/* Takes a separator ('\0' for none) and `digits` digits off the front of s. */
static bool take_number(str *s, char separator, size_t digits, int *ret)
{
	int64_t value;
	if (separator) {
		if (!s->n || *s->p != separator)
			return false;
		*s = str_from_at(*s, 1);
	}
	if (s->n < digits || *s->p == '-' || !str_to_int(str_part(*s, 0, digits), 0, 9999, &value))
		return false;
	*s = str_from_at(*s, digits);
	*ret = (int)value;
	return true;
}

static bool take_day(str *s, day *ret)
{
	struct date d;
	if (!take_number(s, 0, 4, &d.year) || !take_number(s, '-', 2, &d.month) ||
		!take_number(s, '-', 2, &d.day) || !date_valid(d))
		return false;
	*ret = day_from(d.year, d.month, d.day);
	return true;
}

bool day_parse(str s, day *ret)
{
	day d;
	if (!take_day(&s, &d) || s.n)
		return false;
	*ret = d;
	return true;
}

bool instant_parse(str s, instant *ret)
{
	day d;
	int hour, minute, second = 0;

	if (!take_day(&s, &d) || !take_number(&s, 'T', 2, &hour) ||
		!take_number(&s, ':', 2, &minute))
		return false;
	if (s.n && *s.p == ':' && !take_number(&s, ':', 2, &second))
		return false;
	if ((s.n && !str_eq(s, S("+07:00"))) || hour > 23 || minute > 59 || second > 59)
		return false;
	*ret = instant_at(d, (hour * 60 + minute) * 60 + second);
	return true;
}

bool hour_parse(str s, int *ret)
{
	str hour, minute;
	int64_t h, m;

	if (!str_cut(s, ':', &hour, &minute) || hour.n > 2 || minute.n != 2 ||
		!str_to_int(hour, 0, 23, &h) || !str_to_int(minute, 0, 59, &m))
		return false;
	*ret = (int)(h * 60 + m) * 60;
	return true;
}

str day_iso(struct arena *a, day d)
{
	struct date date = date_of(d);
	return arena_printf(a, "%04d-%02d-%02d", date.year, date.month, date.day);
}

str instant_iso(struct arena *a, instant t)
{
	struct date date = date_of(day_of(t));
	int second = second_of_day(t);
	return arena_printf(a, "%04d-%02d-%02dT%02d:%02d:%02d+07:00", date.year, date.month,
		date.day, second / 3600, second / 60 % 60, second % 60);
}

static instant read_clock(clockid_t clock)
{
	struct timespec now;
	clock_gettime(clock, &now);
	return now.tv_sec * INSTANT_SECOND + now.tv_nsec / 1000;
}

instant instant_now(void) { return read_clock(CLOCK_REALTIME); }

instant instant_monotonic(void) { return read_clock(CLOCK_MONOTONIC); }
