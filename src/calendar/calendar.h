/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.h - when offices work, and when a dossier is due, with every step of the reasoning.
 *
 * The law is data with dates: statutory holidays (Labour Code 112; 24/11 from 2026 by Resolution
 * 28/2026/QH16), lunar ones computed for UTC+7 and drafts until confirmed [CAL-1, CAL-2],
 * compensation days (111.3), swaps and make-up Saturdays, unit closures. Pure: no clock, no I/O
 * but calendar_load. */
#pragma once
#include "core/civil.h"
#include "db/db.h"
#include "db/migrate.h"
#include "view/tr.h"

extern const struct migration calendar_migrations[];
extern const struct sql *const calendar_statements[];

/* --- lunar (calendar/lunar.c) -------------------------------------------- */
struct lunar_date {
	int year, month, day;
	bool leap;
};
struct lunar_date lunar_of(day d);
/* First day of a lunar month; false when the year has no such (leap) month. */
bool lunar_to_day(struct lunar_date l, day *ret);

/* --- days ----------------------------------------------------------------- */
enum day_kind { DAY_STATUTORY, DAY_COMPENSATION, DAY_SWAP_OFF, DAY_SWAP_WORK, DAY_CLOSURE };
struct day_rule {
	int64_t id;
	int64_t on_day;
	enum day_kind kind;
	str title;     /* "Quốc khánh" */
	str source;    /* the document it rests on */
	str agency;    /* "" for all; else the unit that closes */
	bool draft;    /* only computed, not confirmed yet */
};
/* Office hours of a weekday: up to two spans, seconds of the day; none when span_n is 0. */
struct office_hours {
	int span_n;
	struct {
		int from, to;
	} spans[2];
};
struct calendar;
/* Statutory days of every year in [from, to] with compensation, and the decreed days given (which
 * win over computed ones of the same kind and date). hours: seven weekdays, MONDAY first. */
struct calendar *calendar_new(struct arena *a, day from, day to, const struct day_rule *rules,
			      size_t n, const struct office_hours hours[7]);
/* Monday to Friday 07:30-11:30, 13:30-17:00. */
extern const struct office_hours office_hours_usual[7];
/* With the rules and hours kept in the database for one agency (""= common). */
MUST_USE err calendar_load(struct conn *c, struct arena *a, str agency, day around,
			   struct calendar **ret);
/* Why a day is off: the rule, or NULL on a working day (ret_weekend tells Saturdays, Sundays). */
bool calendar_works(const struct calendar *c, day d);
const struct day_rule *NULLABLE calendar_rule(const struct calendar *c, day d);
/* n-th working day after d; n = 0: d itself, or the next working day when it is off. */
day calendar_after(const struct calendar *c, day d, int n);
/* Last working day strictly before d. */
day calendar_before(const struct calendar *c, day d);
/* Working days in (from, to]; negative when to lies before from. */
int calendar_count(const struct calendar *c, day from, day to);
/* All rules that apply to a year, sorted, for the page of holidays. */
void calendar_year(const struct calendar *c, struct arena *a, int year,
		   const struct day_rule ***ret, size_t *ret_n);

/* --- deadlines ------------------------------------------------------------ */
enum limit_unit { LIMIT_HOURS, LIMIT_WORKING_DAYS, LIMIT_DAYS, LIMIT_WEEKS, LIMIT_MONTHS };
struct time_limit {
	int64_t amount;
	enum limit_unit unit;
};
/* "8wh" "3wd" "30d" "2w" "1m". False when malformed or absurd (0 < amount <= 10,000). 0wd is the
 * in-day procedure. */
bool limit_parse(str s, struct time_limit *ret);
str limit_code(struct arena *a, struct time_limit l);

struct deadline_rules {
	int cut_off;          /* second of the day after which an in-day procedure, received later,
				 counts from the next working day; 15:00:00 itself is before [DL-4] */
	bool last_hour;       /* received in the last hour of office time: next working day [DL-5] */
};
extern const struct deadline_rules deadline_rules_usual;

enum step_kind { STEP_RECEIVED, STEP_MOVED_START, STEP_FIRST_DAY_OUT, STEP_COUNTED, STEP_SKIPPED,
		 STEP_ROLLED, STEP_HOURS, STEP_DUE, STEP_PAUSED, STEP_RESTARTED };
struct deadline_step {
	enum step_kind kind;
	day on;
	int64_t amount;       /* the count so far, or minutes used that day */
	const struct day_rule *NULLABLE rule; /* why a day was skipped; NULL: weekend */
};
struct deadline {
	instant due;
	instant started;      /* from when the clock runs */
	LIST(struct deadline_step) steps;
	bool uses_draft;      /* rests on a holiday that is only computed */
};
/* Civil Code 147-148, DL-1..DL-5. The due moment of day units is the end of that day's office
 * hours. */
struct deadline deadline_compute(struct arena *a, const struct calendar *c, instant received,
				 struct time_limit limit, const struct deadline_rules *rules);
/* After a pause [DL-6]: restart counts anew from `resumed`; otherwise what was left goes on. */
struct deadline deadline_resume(struct arena *a, const struct calendar *c, instant received,
				instant paused, instant resumed, struct time_limit limit,
				const struct deadline_rules *rules, bool restart);
/* Latest moment for an apology: last working day strictly before due [DL-7]. */
day deadline_apology(const struct calendar *c, instant due);
/* One step as a sentence for people. */
str deadline_step_text(struct arena *a, enum language l, const struct deadline_step *s);
