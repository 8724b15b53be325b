/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h - when offices work.
 *
 * Years count by the law of their time as far back as 2007; earlier ones have the holidays of then
 * and the weekend of now, which is good enough for old papers and for nothing that is promised.
 * The law is data with dates: statutory holidays (Labour Code 112; 24/11 from 2026 by Resolution
 * 28/2026/QH16), lunar ones computed for UTC+7 and drafts until confirmed [CAL-1, CAL-2],
 * compensation days (111.3), swaps and make-up Saturdays, closures of a unit. Pure: no clock, no
 * I/O but what takes a connection. Deadlines are in calendar/deadline.h, included below. */
#pragma once
#include "core/civil.h"
#include "core/embedded.h"
#include "db/db.h"
#include "db/migrate.h"
#include "view/tr.h"

extern const struct migration calendar_migrations[];
extern const struct sql *const calendar_statements[];

/* --- lunar (calendar/lunar.c) -------------------------------------------- */
/* Good for 1900 to 2199. */
struct lunar_date {
	int year, month, day;
	bool leap;
};
struct lunar_date lunar_of(day d);
/* False when the year has no such month (leap), or the month no such day. */
bool lunar_to_day(struct lunar_date l, day *ret);

/* --- days ----------------------------------------------------------------- */
/* In the order in which they decide about a day that has several. */
enum day_kind { DAY_STATUTORY, DAY_COMPENSATION, DAY_SWAP_OFF, DAY_CLOSURE, DAY_SWAP_WORK };
struct day_rule {
	int64_t id; /* 0 when computed */
	int64_t on_day;
	enum day_kind kind;
	str title;  /* "Quốc khánh"; of a compensation day or swap, the holiday it serves */
	str source; /* the document it rests on */
	str agency; /* "" for all; else the unit that closes */
	bool draft; /* only computed, or not verified: not confirmed yet */
};
/* Office hours of a weekday: up to two spans in order, seconds of the day; closed: span_n is 0. */
struct office_hours {
	int span_n;
	struct {
		int from, to;
	} spans[2];
};
/* Monday to Friday 07:30-11:30, 13:30-17:00. */
extern const struct office_hours office_hours_usual[7];
/* Right order, inside the day, and open on some day from Monday to Friday. */
bool office_hours_valid(const struct office_hours hours[7]);

struct calendar;
/* The years of [from, to]: statutory days with their compensation, and the decreed days given,
 * which win over computed ones: of the same kind and date; as many statutory days decreed within a
 * week of lunar new year as the law gives, over those computed; 1/9 or 3/9 decreed, over the
 * computed neighbour of 2/9; a decreed compensation day, over the computed one. Outside these years
 * only weekdays are known.
 * hours: seven valid weekdays, MONDAY first. Rules are borrowed. */
struct calendar *calendar_new(struct arena *a, day from, day to, const struct day_rule *rules,
	size_t n, const struct office_hours hours[7]);
/* The same over at least [from, to]: c itself when it covers them already. */
const struct calendar *calendar_covering(
	struct arena *a, const struct calendar *c, day from, day to);
/* The calendar of one agency ("" = common): its rules, and its hours as they are on `around`, the
 * day of receipt [ERA-1]. It reaches one year before and after. */
MUST_USE err calendar_load(
	struct conn *c, struct arena *a, str agency, day around, struct calendar **ret);

bool calendar_works(const struct calendar *c, day d);
/* The rule that decides about a day: why it is off or, DAY_SWAP_WORK, why it is worked. NULL on
 * ordinary weekdays and weekends. */
const struct day_rule *NULLABLE calendar_rule(const struct calendar *c, day d);
/* Office hours of that very day; none when it is off. A make-up Saturday has Friday's. */
const struct office_hours *calendar_hours(const struct calendar *c, day d);
/* The end of office time on a day that is worked. */
instant calendar_closing(const struct calendar *c, day working);
/* n-th working day after d; n = 0: d itself, or the next working day when it is off. */
day calendar_after(const struct calendar *c, day d, int n);
/* Last working day strictly before d. */
day calendar_before(const struct calendar *c, day d);
/* Working days in (from, to]; negative when to lies before from. */
int calendar_count(const struct calendar *c, day from, day to);
/* Seconds of office time in [from, to); 0 when to lies before from. */
int64_t calendar_seconds(const struct calendar *c, instant from, instant to);
/* The moment by which that much office time has passed since from. */
instant calendar_add_seconds(const struct calendar *c, instant from, int64_t seconds);
/* All rules that apply to a year, sorted by day, for the page of holidays. */
void calendar_year(const struct calendar *c, struct arena *a, int year,
	const struct day_rule ***ret, size_t *ret_n);
/* "nghỉ Quốc khánh", "nghỉ hằng tuần" (no rule), marked when it is a draft. */
str day_rule_text(struct arena *a, enum language l, const struct day_rule *NULLABLE r);

/* --- kept in the database (calendar/calendar_store.c) --------------------- */
/* A text of lines "date TAB kind TAB confirmed|draft TAB title TAB source [TAB agency]"; kinds are
 * statutory compensation swap-off swap-work closure; "#" begins a comment. INVALID names the line.
 * Rules borrow from the text. */
MUST_USE err calendar_parse(struct arena *a, str text, struct day_rule **ret, size_t *ret_n);
/* Keeps a rule, with who and when. A confirmed day never becomes a draft again (it stays as it
 * is); what is unchanged keeps its version. */
MUST_USE err calendar_save(
	struct conn *c, struct arena *a, const struct day_rule *r, str who, instant now);
/* A day that is kept, by its id; NOT_FOUND. */
MUST_USE err calendar_get(struct conn *c, struct arena *a, int64_t id, struct day_rule *ret);
/* What was kept by mistake, or is not to be, goes; what is computed without it comes back. Due
 * moments that were promised stay. NOT_FOUND. */
MUST_USE err calendar_withdraw(struct conn *c, struct arena *a, int64_t id);
/* The days of single units in [from, to], by day and unit. */
MUST_USE err calendar_of_units(
	struct conn *c, struct arena *a, day from, day to, struct day_rule **ret, size_t *ret_n);
/* Saves every rule of such a text. Whole or, with the act that calls it, not at all. */
MUST_USE err calendar_import(struct conn *c, struct arena *a, str text, instant now);
/* The shipped one, "calendar.tsv" among the files. */
MUST_USE err calendar_import_starter(
	struct db *db, struct arena *a, const struct embedded *files, instant now);
MUST_USE err calendar_starter_rules(
	struct arena *a, const struct embedded *files, struct day_rule **ret, size_t *ret_n);
/* The week of an agency from a day on; what held before is kept. INVALID when not valid. */
MUST_USE err office_hours_save(struct conn *c, struct arena *a, str agency, day effective_from,
	const struct office_hours hours[7], str who, instant now);
/* Every week that is kept, the common ones first, each agency's newest first. */
struct office_week {
	str agency;
	int64_t effective_from; /* day */
	struct office_hours hours[7];
};
MUST_USE err office_hours_list(
	struct conn *c, struct arena *a, struct office_week **ret, size_t *ret_n);
/* "7:30-11:30, 13:30-17:00", and "" for a closed day. */
str office_hours_text(struct arena *a, const struct office_hours *h);
/* False when it is no such text, or has more than two spans. */
bool office_hours_parse(str text, struct office_hours *ret);

#include "calendar/deadline.h"
