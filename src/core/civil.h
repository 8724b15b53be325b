/* SPDX-License-Identifier: Apache-2.0 */
/* civil.h - moments, dates and hours as Vietnamese offices count them: UTC+7, no daylight saving,
 * proleptic Gregorian. Pure arithmetic: no zone database, no clock. The clock is read once per
 * request or job (instant_now, app only) and handed down. */
#pragma once
#include "core/core.h"

/* Microseconds since 1970-01-01T00:00:00Z; how every moment is stored. */
typedef int64_t instant;
#define INSTANT_SECOND ((instant)1000 * 1000)
#define INSTANT_MINUTE (60 * INSTANT_SECOND)
#define INSTANT_HOUR (60 * INSTANT_MINUTE)
#define INSTANT_DAY (24 * INSTANT_HOUR)

/* A civil date as a day number: days since 1970-01-01. Comparable, addable. */
typedef int32_t day;
/* The range of dates accepted from people and files: 1800-01-01 to 2199-12-31. */
#define DAY_LEAST ((day)-62091)
#define DAY_MOST ((day)84005)

struct date {
	int year, month, day;
};

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* A date that exists and is in the range above. */
bool date_valid(struct date d);
/* Months are 1 to 12; day_of_month may lie outside its month and counts on from it. */
day day_from(int year, int month, int day_of_month);
struct date date_of(day d);
enum weekday weekday_of(day d);
int days_in_month(int year, int month);

/* The local (UTC+7) date and second of the day of a moment, and back. */
day day_of(instant t);
int second_of_day(instant t);
instant instant_at(day d, int second_of_day);

/* "2026-11-23", "2026-11-23T09:00" (local), with :ss and +07:00 optional. False when malformed or
 * outside the range above; ret untouched. */
bool day_parse(str s, day *ret);
bool instant_parse(str s, instant *ret);
/* "7:30", "15:00" as a second of the day. False when malformed; ret untouched. */
bool hour_parse(str s, int *ret);
/* "2026-11-23", and "2026-11-23T09:00:00+07:00" */
str day_iso(struct arena *a, day d);
str instant_iso(struct arena *a, instant t);

/* The wall clock. Called where a request, a job or a command begins and by the log, nowhere
 * else. */
instant instant_now(void);
/* Monotonic, for measuring durations and rate limits. */
instant instant_monotonic(void);
