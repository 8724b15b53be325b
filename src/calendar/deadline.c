/* SPDX-License-Identifier: Apache-2.0 */
/* deadline.c - the count itself. Every day it looks at becomes a step, so that what is shown is
 * what was done. */
#include "calendar/parts.h"

#include <string.h>

#define DAY_SECONDS 86400
#define LAST_HOUR 3600

const struct deadline_rules deadline_rules_usual = { .cut_off = 15 * 3600, .last_hour = false };

/* One computation: the question, and the steps so far. */
struct count {
	struct arena *a;
	const struct calendar *calendar;
	struct time_limit limit;
	const struct deadline_rules *rules;
	VEC(struct deadline_step) steps;
	bool uses_draft;
};

/* A step in which the calendar had no say. */
static void note(struct count *c, enum step_kind kind, day on, int64_t amount)
{
	*VEC_PUSH(c->a, &c->steps) = (struct deadline_step){
		.kind = kind, .unit = c->limit.unit, .on = on, .amount = amount
	};
}

/* A step that rests on whether `on` is worked. */
static void note_day(struct count *c, enum step_kind kind, day on, int64_t amount)
{
	const struct day_rule *rule = calendar_rule(c->calendar, on);

	note(c, kind, on, amount);
	c->steps.items[c->steps.n - 1].rule = rule;
	c->uses_draft |= rule && rule->draft;
}

static void note_moment(struct count *c, enum step_kind kind, instant at)
{
	note(c, kind, day_of(at), second_of_day(at));
}

static bool in_day(const struct count *c)
{
	return c->limit.unit == LIMIT_WORKING_DAYS && c->limit.amount == 0;
}

/* --- where it starts ------------------------------------------------------ */

/* Office time left on the day of a moment. */
static int64_t seconds_left(const struct count *c, instant at)
{
	return calendar_seconds(c->calendar, at, instant_at(day_of(at), DAY_SECONDS));
}

/* The first moment of office time at or after `second` of a day that has some left. */
static instant opening(const struct count *c, day on, int second)
{
	const struct office_hours *h = calendar_hours(c->calendar, on);
	int i = 0;

	while (h->spans[i].to <= second)
		i++;
	return instant_at(on, second > h->spans[i].from ? second : h->spans[i].from);
}

static day next_working_day(struct count *c, day on)
{
	day d = on;

	if (!calendar_works(c->calendar, on))
		note_day(c, STEP_SKIPPED, on, 0);
	while (!calendar_works(c->calendar, ++d))
		note_day(c, STEP_SKIPPED, d, 0);
	return d;
}

/* The moment that counts as receipt [DL-4, DL-5]. Limits in days start on any day; only what runs
 * within a day, and what the last-hour rule covers, needs an open office. */
static instant start(struct count *c, instant received)
{
	day on = day_of(received);
	int64_t left = seconds_left(c, received);
	bool needs_office = c->limit.unit == LIMIT_HOURS || in_day(c) || c->rules->last_hour;
	enum step_kind why;

	if (left == 0 && needs_office)
		why = STEP_MOVED_START;
	else if (c->rules->last_hour && left <= LAST_HOUR)
		why = STEP_LAST_HOUR;
	else if (in_day(c) && second_of_day(received) > c->rules->cut_off)
		why = STEP_AFTER_CUT_OFF;
	else
		return received;
	on = next_working_day(c, on);
	received = opening(c, on, 0);
	note_day(c, why, on,
		why == STEP_AFTER_CUT_OFF ? c->rules->cut_off : second_of_day(received));
	return received;
}

/* --- how it runs ---------------------------------------------------------- */

static day run_working_days(struct count *c, day from, int64_t done)
{
	day d = from;

	while (done < c->limit.amount)
		if (calendar_works(c->calendar, ++d))
			note_day(c, STEP_COUNTED, d, ++done);
		else
			note_day(c, STEP_SKIPPED, d, done);
	return d;
}

/* The corresponding day of a later month, or its last day. */
static day same_day_of_month(day from, int64_t months)
{
	struct date d = date_of(from);
	int64_t month = d.month - 1 + months;
	int year = d.year + (int)(month / 12), last;

	d.month = (int)(month % 12) + 1;
	last = days_in_month(year, d.month);
	return day_from(year, d.month, d.day < last ? d.day : last);
}

/* Where n calendar units after `from` end [Civil Code 148], be it worked or not. */
static day calendar_end(struct time_limit limit, day from, int64_t n)
{
	if (limit.unit == LIMIT_MONTHS)
		return same_day_of_month(from, n);
	return from + (day)n * (limit.unit == LIMIT_WEEKS ? 7 : 1);
}

static day roll(struct count *c, day d)
{
	for (; !calendar_works(c->calendar, d); d++)
		note_day(c, STEP_ROLLED, d, 0);
	return d;
}

static instant run_seconds(struct count *c, instant from, int64_t seconds)
{
	int second = second_of_day(from);

	for (day d = day_of(from);; d++, second = 0) {
		const struct office_hours *h = calendar_hours(c->calendar, d);
		int64_t before = seconds;
		int ends = 0;
		for (int i = 0; i < h->span_n && seconds > 0; i++) {
			int opens = h->spans[i].from > second ? h->spans[i].from : second;
			int64_t open = h->spans[i].to - opens;
			if (open <= 0)
				continue;
			int64_t used = open < seconds ? open : seconds;
			seconds -= used;
			ends = opens + (int)used;
		}
		if (before > seconds)
			note_day(c, STEP_HOURS, d, before - seconds);
		else if (!h->span_n)
			note_day(c, STEP_SKIPPED, d, 0);
		if (seconds == 0)
			return instant_at(d, ends);
	}
}

/* --- together ------------------------------------------------------------- */

static struct deadline finish(struct count *c, instant started, instant due)
{
	note_day(c, STEP_DUE, day_of(due), second_of_day(due));
	return (struct deadline){
		.due = due,
		.started = started,
		.steps = { c->steps.items, c->steps.n },
		.uses_draft = c->uses_draft,
	};
}

/* From a receipt, or from the restart after a supplement, that has been noted. */
static struct deadline run(struct count *c, instant received)
{
	instant started = start(c, received);
	day first = day_of(started), last;

	if (c->limit.unit == LIMIT_HOURS) {
		instant opens = opening(c, first, second_of_day(started));
		if (opens != started)
			note_moment(c, STEP_MOVED_START, opens);
		return finish(c, opens, run_seconds(c, opens, c->limit.amount * 3600));
	}
	if (!in_day(c))
		note(c, STEP_FIRST_DAY_OUT, first, 0);
	if (c->limit.unit == LIMIT_WORKING_DAYS) {
		last = run_working_days(c, first, 0);
	} else {
		for (int64_t n = 1; n <= c->limit.amount; n++)
			note(c, STEP_COUNTED, calendar_end(c->limit, first, n), n);
		last = roll(c, calendar_end(c->limit, first, c->limit.amount));
	}
	return finish(c, started, calendar_closing(c->calendar, last));
}

/* Where the count of a limit stands when it does not run. */
struct standing {
	enum limit_unit unit;
	instant from; /* since when it has run */
	int64_t used; /* LIMIT_HOURS: seconds; working days */
	day end;      /* of calendar units, be it worked or not */
};

static struct standing standing_from(const struct count *c, instant started)
{
	struct standing s = { .unit = c->limit.unit, .from = started };

	if (s.unit != LIMIT_HOURS && s.unit != LIMIT_WORKING_DAYS)
		s.end = calendar_end(c->limit, day_of(started), c->limit.amount);
	return s;
}

/* Takes what ran until the pause; calendar units move by the days of standstill. */
static void stand_still(const struct count *c, struct standing *s, instant paused, instant resumed)
{
	day stop = day_of(paused), go = day_of(resumed);

	if (s->unit == LIMIT_HOURS)
		s->used += calendar_seconds(c->calendar, s->from, paused);
	else if (s->unit == LIMIT_WORKING_DAYS)
		s->used += calendar_count(c->calendar, day_of(s->from), stop);
	else
		s->end = s->end + go - stop < go ? go : s->end + go - stop;
	s->from = resumed;
}

/* What is left runs from the day on which the clock goes on. The due moment lies after that,
 * however little is left. */
static struct deadline go_on(struct count *c, const struct standing *s, instant started)
{
	day go = day_of(s->from), last = s->end;

	if (s->unit == LIMIT_HOURS) {
		int64_t left = c->limit.amount * 3600 - s->used;
		note(c, STEP_RESUMED, go, left);
		return finish(c, started, run_seconds(c, s->from, left));
	}
	if (s->unit == LIMIT_WORKING_DAYS) {
		int64_t left = c->limit.amount - s->used;
		note(c, STEP_RESUMED, go, left > 0 ? left : 0);
		last = run_working_days(c, go, s->used);
	} else {
		c->limit.unit = LIMIT_DAYS; /* of weeks and months, only days can be left */
		note(c, STEP_RESUMED, go, last - go);
		for (day d = go + 1; d <= last; d++)
			note(c, STEP_COUNTED, d, d - go);
	}
	last = roll(c, last);
	if (calendar_closing(c->calendar, last) <= s->from) {
		last = next_working_day(c, last);
		note_moment(c, STEP_MOVED_START, opening(c, last, 0));
	}
	return finish(c, started, calendar_closing(c->calendar, last));
}

/* One pause after the other. Of the stretches before the last only what they left is told. */
static struct deadline pause_all(
	struct count *c, instant received, const struct pause *pauses, size_t n)
{
	struct time_limit limit = c->limit;
	size_t told = c->steps.n;
	struct deadline d = run(c, received);
	struct standing s = standing_from(c, d.started);

	for (size_t i = 0; i < n; i++) {
		const struct pause *p = &pauses[i];
		if (!p->restart && (p->from >= d.due || p->to <= d.started))
			continue;
		c->limit = limit;
		c->steps.n = told;
		note_moment(c, STEP_PAUSED, p->from);
		if (p->restart || in_day(c)) {
			c->uses_draft = false;
			note_moment(c, STEP_RESTARTED, p->to);
			told = c->steps.n;
			d = run(c, p->to);
			s = standing_from(c, d.started);
		} else {
			stand_still(c, &s, p->from > s.from ? p->from : s.from, p->to);
			told = c->steps.n + 1; /* with what was left */
			d = go_on(c, &s, d.started);
		}
	}
	return d;
}

/* Beyond the calendar no holiday is known: it is widened until the answer lies inside. */
static struct deadline compute(
	struct count c, instant received, const struct pause *NULLABLE pauses, size_t n)
{
	day from = day_of(received), to = day_of(n ? pauses[n - 1].to : received);

	c.calendar = calendar_covering(c.a, c.calendar, from, to);
	for (;;) {
		struct count attempt = c;
		note_moment(&attempt, STEP_RECEIVED, received);
		struct deadline d = pause_all(&attempt, received, pauses, n);
		const struct calendar *wider =
			calendar_covering(c.a, c.calendar, from, day_of(d.due));
		if (wider == c.calendar)
			return d;
		c.calendar = wider;
	}
}

struct deadline deadline_compute(struct arena *a, const struct calendar *c, instant received,
	struct time_limit limit, const struct deadline_rules *rules)
{
	return deadline_resume(a, c, received, NULL, 0, limit, rules);
}

struct deadline deadline_resume(struct arena *a, const struct calendar *c, instant received,
	const struct pause *NULLABLE pauses, size_t n, struct time_limit limit,
	const struct deadline_rules *rules)
{
	struct count count = { .a = a, .calendar = c, .limit = limit, .rules = rules };

	return compute(count, received, pauses, n);
}

struct deadline deadline_keep(struct arena *a, const struct deadline *d, instant promised)
{
	struct deadline kept = *d;

	kept.steps.items = arena_array(a, struct deadline_step, d->steps.n);
	memcpy(kept.steps.items, d->steps.items, d->steps.n * sizeof *d->steps.items);
	kept.due = promised;
	kept.steps.items[d->steps.n - 1] = (struct deadline_step){
		.kind = STEP_KEPT, .on = day_of(promised), .amount = second_of_day(promised)
	};
	return kept;
}
