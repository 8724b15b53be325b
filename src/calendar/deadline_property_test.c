/* SPDX-License-Identifier: Apache-2.0 */
/* deadline_property_test.c - what holds for every deadline, tried on thousands of them. The
 * generator is seeded: a failure comes again. */
#include "calendar/parts.h"
#include "tests/tap.h"

#include <stdio.h>

#define TRIALS 3000

static uint64_t seed;

/* From 0 to below n. */
static int64_t any(int64_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int64_t)(seed >> 11) % n;
}

struct trial {
	struct calendar *calendar;
	instant received;
	struct time_limit limit;
	struct deadline_rules rules;
};

static void any_hours(struct office_hours hours[7])
{
	for (int i = 0; i < 7; i++)
		hours[i] = office_hours_usual[i];
	if (any(2))
		hours[SATURDAY] = (struct office_hours){ 1, { { 7 * 3600, 11 * 3600 } } };
	if (any(4) == 0)
		hours[WEDNESDAY] = (struct office_hours){ 1, { { 8 * 3600, 12 * 3600 } } };
	if (any(8) == 0)
		hours[TUESDAY].span_n = 0;
}

/* A calendar of eight years with days off, closures and make-up days strewn over it. */
static struct calendar *any_calendar(struct arena *a)
{
	static const enum day_kind kinds[] = { DAY_STATUTORY, DAY_SWAP_OFF, DAY_SWAP_WORK,
		DAY_CLOSURE };
	day from = day_from(2020, 1, 1), to = day_from(2027, 12, 31);
	size_t n = (size_t)any(60);
	struct day_rule *rules = arena_array(a, struct day_rule, n + 1);
	struct office_hours hours[7];

	for (size_t i = 0; i < n; i++)
		rules[i] = (struct day_rule){ .on_day = from + any(to - from),
			.kind = kinds[any(COUNT(kinds))],
			.title = S("x"),
			.source = S("x"),
			.draft = any(2) };
	any_hours(hours);
	return calendar_new(a, from, to, rules, n, hours);
}

static struct trial any_trial(struct calendar *c)
{
	struct trial t = {
		.calendar = c,
		.received = instant_at(day_from(2020, 1, 1) + (day)any(6 * 365), (int)any(86400)),
		.limit = { 1 + any(60), (enum limit_unit)any(LIMIT_MONTHS + 1) },
		.rules = { .cut_off = 15 * 3600, .last_hour = any(3) == 0 },
	};
	if (t.limit.unit == LIMIT_MONTHS)
		t.limit.amount = 1 + t.limit.amount % 12;
	if (t.limit.unit == LIMIT_WORKING_DAYS && any(4) == 0)
		t.limit.amount = 0;
	return t;
}

static struct deadline compute(struct arena *a, const struct trial *t)
{
	return deadline_compute(a, t->calendar, t->received, t->limit, &t->rules);
}

static bool holds(bool held, const struct trial *t)
{
	ARENA a = arena_new();
	str code, received;

	if (held)
		return true;
	code = limit_code(a, t->limit);
	received = instant_iso(a, t->received);
	printf("# received " STR_FMT ", limit " STR_FMT ", last hour %d\n", STR_ARG(received),
		STR_ARG(code), t->rules.last_hour);
	return false;
}

/* Runs a property on many trials. */
static void for_all(bool (*property)(struct arena *a, struct trial *t))
{
	ARENA kept = arena_new();
	struct calendar *c = NULL;

	seed = UINT64_C(0x20261123);
	for (int i = 0; i < TRIALS; i++) {
		ARENA a = arena_new();
		if (i % 100 == 0)
			c = any_calendar(kept);
		struct trial t = any_trial(c);
		struct trial before = t;
		if (!CHECK(holds(property(a, &t), &before)))
			return;
	}
}

static bool never_on_a_day_off(struct arena *a, struct trial *t)
{
	struct deadline d = compute(a, t);
	return calendar_works(t->calendar, day_of(d.due)) && d.due > t->received &&
		d.started >= t->received && d.started <= d.due;
}

TEST("a deadline is never on a day off, never before the receipt [DL-1, DL-2, DL-3]")
{
	for_all(never_on_a_day_off);
}

static bool monotone_in_receipt(struct arena *a, struct trial *t)
{
	instant first = compute(a, t).due;
	t->received += any(any(2) ? INSTANT_DAY : 20 * INSTANT_DAY);
	return compute(a, t).due >= first;
}

TEST("who applies later is never due earlier [DL-1, DL-2, DL-3, DL-4, DL-5]")
{
	for_all(monotone_in_receipt);
}

static bool monotone_in_limit(struct arena *a, struct trial *t)
{
	instant first = compute(a, t).due;
	t->limit.amount += 1 + any(5);
	return compute(a, t).due >= first;
}

TEST("a longer limit is never due earlier [DL-1, DL-2, DL-3]") { for_all(monotone_in_limit); }

/* In hours: seconds; else the units counted. */
static int64_t explained(const struct deadline *d)
{
	int64_t sum = 0;

	for (size_t i = 0; i < d->steps.n; i++) {
		const struct deadline_step *s = &d->steps.items[i];
		if (s->kind == STEP_HOURS)
			sum += s->amount;
		else if (s->kind == STEP_COUNTED && s->amount == sum + 1)
			sum++;
	}
	return sum;
}

static bool explanation_sums_to_result(struct arena *a, struct trial *t)
{
	struct deadline d = compute(a, t);
	int64_t unit = t->limit.unit == LIMIT_HOURS ? 3600 : 1;
	const struct deadline_step *last = &d.steps.items[d.steps.n - 1];

	return explained(&d) == t->limit.amount * unit && last->kind == STEP_DUE &&
		instant_at(last->on, (int)last->amount) == d.due &&
		d.steps.items[0].kind == STEP_RECEIVED;
}

TEST("the steps add up to the limit, and end at the due moment [DL-1, DL-2, DL-3]")
{
	for_all(explanation_sums_to_result);
}

/* Every day from the start to the end is told, once. */
static bool no_day_is_left_out(struct arena *a, struct trial *t)
{
	struct deadline d = compute(a, t);
	day told = day_of(d.started);

	if (t->limit.unit != LIMIT_WORKING_DAYS && t->limit.unit != LIMIT_DAYS)
		return true;
	for (size_t i = 0; i < d.steps.n; i++) {
		const struct deadline_step *s = &d.steps.items[i];
		if (s->on <= told)
			continue;
		if (s->on != told + 1)
			return false;
		told++;
	}
	return told == day_of(d.due);
}

TEST("no day between start and end goes untold [DL-1, DL-2]") { for_all(no_day_is_left_out); }

static bool agrees_with_plain_counting(struct arena *a, struct trial *t)
{
	struct deadline d = compute(a, t);
	day from = day_of(d.started), due = day_of(d.due);

	switch (t->limit.unit) {
	case LIMIT_HOURS:
		return calendar_seconds(t->calendar, d.started, d.due) == t->limit.amount * 3600;
	case LIMIT_WORKING_DAYS: return calendar_count(t->calendar, from, due) == t->limit.amount;
	case LIMIT_DAYS: return due == calendar_after(t->calendar, from + (day)t->limit.amount, 0);
	case LIMIT_WEEKS:
		return due == calendar_after(t->calendar, from + 7 * (day)t->limit.amount, 0);
	case LIMIT_MONTHS: return due - from >= 28 * t->limit.amount;
	}
	return false;
}

TEST("the due moment agrees with plain counting [DL-1, DL-2, DL-3]")
{
	for_all(agrees_with_plain_counting);
}

static struct deadline resume(
	struct arena *a, const struct trial *t, const struct pause *pauses, size_t n)
{
	return deadline_resume(a, t->calendar, t->received, pauses, n, t->limit, &t->rules);
}

static bool ends_at_due(const struct deadline *d)
{
	const struct deadline_step *last = &d->steps.items[d->steps.n - 1];
	return last->kind == STEP_DUE && instant_at(last->on, (int)last->amount) == d->due;
}

static bool a_pause_only_delays(struct arena *a, struct trial *t)
{
	instant original = compute(a, t).due;
	instant paused = t->received + any(30 * INSTANT_DAY);
	struct pause pause = { paused, paused, false };
	struct deadline none = resume(a, t, &pause, 1);
	pause.to += any(30 * INSTANT_DAY);
	pause.restart = any(2);
	struct deadline first = resume(a, t, &pause, 1);
	pause.to += any(10 * INSTANT_DAY);
	struct deadline later = resume(a, t, &pause, 1);
	bool in_day = t->limit.unit == LIMIT_WORKING_DAYS && t->limit.amount == 0;

	return (none.due == original || in_day) && first.due >= original &&
		later.due >= first.due && calendar_works(t->calendar, day_of(first.due));
}

TEST("a pause of no length changes nothing, a longer one never brings the end nearer [DL-6]")
{
	for_all(a_pause_only_delays);
}

static bool pauses_are_explained(struct arena *a, struct trial *t)
{
	struct pause pauses[4];
	instant at = t->received, due = compute(a, t).due;
	size_t told = 0;

	for (size_t i = 0; i < COUNT(pauses); i++) {
		pauses[i].from = at += any(8 * INSTANT_DAY);
		pauses[i].to = at += any(8 * INSTANT_DAY);
		pauses[i].restart = any(4) == 0;
		struct deadline d = resume(a, t, pauses, i + 1);
		told = 0;
		for (size_t k = 0; k < d.steps.n; k++)
			told += d.steps.items[k].kind == STEP_PAUSED;
		if (!ends_at_due(&d) || d.due < due || told > i + 1 || (d.due != due && !told) ||
			!calendar_works(t->calendar, day_of(d.due)))
			return false;
		due = d.due;
	}
	return true;
}

TEST("after any number of pauses, in each unit, the last step is the due moment, and no pause "
     "brings it nearer [DL-6]")
{
	for_all(pauses_are_explained);
}

static bool a_pause_may_be_cut_in_two(struct arena *a, struct trial *t)
{
	instant from = t->received + any(20 * INSTANT_DAY), cut = from + any(9 * INSTANT_DAY);
	instant to = cut + any(9 * INSTANT_DAY);
	struct pause whole = { from, to, false };
	struct pause parts[] = { { from, cut, false }, { cut, to, false } };

	return resume(a, t, &whole, 1).due == resume(a, t, parts, 2).due || t->limit.amount == 0;
}

TEST("two pauses without time between them are one [DL-6]") { for_all(a_pause_may_be_cut_in_two); }
