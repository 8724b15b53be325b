/* SPDX-License-Identifier: Apache-2.0 */
/* deadline.h - when a dossier is due, with every step of the reasoning [DL-1 to DL-9].
 *
 * Civil Code 147-148: a limit in hours runs from its moment, inside office hours; for days, weeks
 * and months the first day is not counted, and a last day that is off moves to the next working
 * day. Their due moment is the end of that day's office hours. */
#pragma once
#include "calendar/calendar.h"

enum limit_unit { LIMIT_HOURS, LIMIT_WORKING_DAYS, LIMIT_DAYS, LIMIT_WEEKS, LIMIT_MONTHS };
struct time_limit {
	int64_t amount;
	enum limit_unit unit;
};
/* "8wh" "3wd" "30d" "2w" "1m"; "0wd" is the in-day procedure. False when malformed or absurd:
 * otherwise amounts are from 1 to 10,000, and no limit is longer than some 40 years. */
bool limit_parse(str s, struct time_limit *ret);
str limit_code(struct arena *a, struct time_limit l);
/* "3 ngày làm việc" */
str limit_text(struct arena *a, enum language l, struct time_limit limit);

struct deadline_rules {
	/* Second of the day after which an in-day procedure, received later, counts from the next
	 * working day; 15:00:00 itself is before [DL-4]. */
	int cut_off;
	/* Received in the last hour of office time, or outside it: as if at the opening of the
	 * next working day [DL-5]. */
	bool last_hour;
};
extern const struct deadline_rules deadline_rules_usual;

enum step_kind {
	STEP_RECEIVED,      /* amount: second of the day */
	STEP_MOVED_START,   /* outside office hours: runs from second `amount` of the day `on` */
	STEP_AFTER_CUT_OFF, /* amount: the cut-off; counts as received on the day `on` */
	STEP_LAST_HOUR,     /* counts as received on the day `on` */
	STEP_FIRST_DAY_OUT,
	STEP_COUNTED,   /* amount: the count so far */
	STEP_SKIPPED,   /* amount: the count so far */
	STEP_ROLLED,    /* the last day would be this, which is off */
	STEP_HOURS,     /* amount: seconds used that day */
	STEP_DUE,       /* amount: second of the day */
	STEP_PAUSED,    /* amount: second of the day */
	STEP_RESTARTED, /* amount: second of the day */
	STEP_RESUMED,   /* amount: what is left (LIMIT_HOURS: in seconds) */
	STEP_KEPT,      /* amount: second of the day; promised before the calendar changed */
	STEP_KIND_COUNT
};
struct deadline_step {
	enum step_kind kind;
	enum limit_unit unit; /* of what is counted */
	day on;
	int64_t amount;
	const struct day_rule *NULLABLE rule; /* that decides about the day; NULL: weekend */
};
struct deadline {
	instant due;
	instant started; /* the moment that counts as receipt; of hours, when they begin to run */
	LIST(struct deadline_step) steps;
	bool uses_draft; /* rests on a day that is not confirmed */
};
/* [DL-1 to DL-5] received: from 1900 to 2150. The calendar is widened when it is too short. */
struct deadline deadline_compute(struct arena *a, const struct calendar *c, instant received,
	struct time_limit limit, const struct deadline_rules *rules);
/* A standstill of the clock. `restart`: it counts anew from `to`; otherwise what was left goes on,
 * and the working days, or calendar days, on which it stood still are added. */
struct pause {
	instant from, to;
	bool restart;
};
/* After n pauses [DL-6], in order and apart: received <= from <= to <= the next one's from. A pause
 * that does not restart cannot heal a deadline that had passed before it. */
struct deadline deadline_resume(struct arena *a, const struct calendar *c, instant received,
	const struct pause *NULLABLE pauses, size_t n, struct time_limit limit,
	const struct deadline_rules *rules);
/* The same steps with a last one that keeps to `promised`, which was given before the calendar
 * changed and may not come nearer. */
struct deadline deadline_keep(struct arena *a, const struct deadline *d, instant promised);
/* One step as a sentence for people. */
str deadline_step_text(struct arena *a, enum language l, const struct deadline_step *s);

/* --- kept (calendar/deadline_kept.c) ---------------------------------------- */
/* The steps as a text, so that what was promised can be explained for ever by the days of then. */
str deadline_text(struct arena *a, const struct deadline *d);
/* INTERNAL when it is no such text. `started` is not kept. */
MUST_USE err deadline_read(struct arena *a, str text, struct deadline *ret);
