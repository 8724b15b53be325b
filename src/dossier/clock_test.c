/* SPDX-License-Identifier: Apache-2.0 */
/* The clock of one dossier: pure rules on a calendar without a database. */
#include "dossier/clock.h"
#include "tests/tap.h"

static const struct procedure usual = { .deadline_rules = { .cut_off = 15 * 3600 } };

static const struct calendar *calendar(struct arena *a)
{
	return calendar_new(
		a, day_from(2026, 1, 1), day_from(2028, 12, 31), NULL, 0, office_hours_usual);
}

static instant moment(const char *text)
{
	instant t = 0;
	CHECK(instant_parse(str_from(text), &t));
	return t;
}

static struct opt_int some(const char *text) { return (struct opt_int){ true, moment(text) }; }

static void check_moment(
	struct arena *a, struct opt_int actual, const char *expected, const char *what)
{
	if (!CHECK(actual.set) || !CHECK_INT(actual.value, moment(expected)))
		printf("#   %s: " STR_FMT ", expected %s\n", what,
			STR_ARG(instant_iso(a, actual.value)), expected);
}

TEST("what arrives on Friday at 23:30 is of Monday; what arrives on a holiday, of the day after "
     "[DC-3]")
{
	ARENA a = arena_new();
	static const struct {
		const char *arrives, *of;
	} samples[] = {
		{ "2026-11-20T23:30", "2026-11-23" }, /* Friday night */
		{ "2026-11-20T16:59:59", "2026-11-20" },
		{ "2026-11-20T17:00", "2026-11-23" },    /* the office closes */
		{ "2026-11-21T09:00", "2026-11-23" },    /* Saturday */
		{ "2026-11-23T00:00", "2026-11-23" },    /* it opens today */
		{ "2026-11-23T12:00", "2026-11-23" },    /* at lunch */
		{ "2026-11-23T23:59:59", "2026-11-25" }, /* 24/11 is off */
		{ "2026-11-24T09:00", "2026-11-25" },
		{ "2027-02-04T18:00", "2027-02-12" }, /* lunar new year */
	};
	for (size_t i = 0; i < COUNT(samples); i++) {
		day of = clock_intake(calendar(a), moment(samples[i].arrives));
		CHECK_STR(day_iso(a, of), samples[i].of);
	}
}

TEST("a dossier is due by the procedure's limit, and not at all when there is none [DL-1]")
{
	ARENA a = arena_new();
	struct dossier d = { .limit_code = S("3wd") };
	struct opt_int due = clock_due(a, calendar(a), &d, &usual, moment("2026-11-23T09:00"));
	check_moment(a, due, "2026-11-27T17:00", "3wd");
	d.limit_code = S("8wh");
	due = clock_due(a, calendar(a), &d, &usual, moment("2026-11-23T09:00"));
	check_moment(a, due, "2026-11-25T09:30", "8wh");
	d.limit_code = S("");
	CHECK(!clock_due(a, calendar(a), &d, &usual, moment("2026-11-23T09:00")).set);
}

TEST("what was left when the clock stopped is left when it goes on [DL-6]")
{
	ARENA a = arena_new();
	static const struct {
		const char *limit, *due, *paused, *resumed, *then;
	} samples[] = {
		{ "3wd", "2026-11-27T17:00", "2026-11-25T10:00", "2026-11-25T15:00",
			"2026-11-27T17:00" },
		{ "3wd", "2026-11-27T17:00", "2026-11-25T10:00", "2026-12-02T10:00",
			"2026-12-04T17:00" },
		{ "8wh", "2026-11-25T09:00", "2026-11-23T16:00", "2026-12-01T08:00",
			"2026-12-01T10:30" },
		{ "10d", "2026-12-03T17:00", "2026-11-25T10:00", "2026-11-27T10:00",
			"2026-12-07T17:00" }, /* Saturday 5/12 moves on */
		/* Stopped on the last day, and goes on when the office has closed. */
		{ "3wd", "2026-11-27T17:00", "2026-11-27T10:00", "2026-12-01T18:00",
			"2026-12-02T17:00" },
		/* A pause cannot heal a deadline that had passed before it. */
		{ "3wd", "2026-11-27T17:00", "2026-11-30T10:00", "2026-12-02T10:00",
			"2026-11-27T17:00" },
		{ "8wh", "2026-11-25T09:00", "2026-11-25T10:00", "2026-12-02T10:00",
			"2026-11-25T09:00" },
		{ "10d", "2026-12-03T17:00", "2026-12-07T10:00", "2026-12-08T10:00",
			"2026-12-03T17:00" },
	};
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct dossier d = { .limit_code = str_from(samples[i].limit),
			.due_at = some(samples[i].due),
			.paused_at = some(samples[i].paused) };
		struct opt_int then = clock_shifted(calendar(a), &d, moment(samples[i].resumed));
		check_moment(a, then, samples[i].then, samples[i].limit);
	}
	struct dossier limitless = { .paused_at = some("2026-11-25T10:00") };
	CHECK(!clock_shifted(calendar(a), &limitless, moment("2026-12-02T10:00")).set);
}

static uint64_t state = 20261123;
static int64_t below(int64_t n)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((state >> 33) % (uint64_t)n);
}

TEST("2,000 pauses: the dossier's clock agrees with the calendar's [DL-6]")
{
	ARENA keep = arena_new();
	const struct calendar *k = calendar(keep);
	static const char *const units[] = { "wh", "wd" };
	for (int i = 0; i < 2000; i++) {
		ARENA a = arena_new();
		str code = arena_printf(a, "%d%s", 1 + (int)below(30), units[below(2)]);
		struct dossier d = { .limit_code = code };
		struct time_limit limit;
		REQUIRE(limit_parse(code, &limit));
		instant from = moment("2026-03-02T00:00") + below(300 * 1440) * INSTANT_MINUTE;
		instant paused = from + below(12 * 1440) * INSTANT_MINUTE;
		instant resumed = paused + below(12 * 1440) * INSTANT_MINUTE;
		d.due_at = clock_due(a, k, &d, &usual, from);
		d.paused_at = (struct opt_int){ true, paused };
		struct opt_int then = clock_shifted(k, &d, resumed);
		instant expected = deadline_resume(
			a, k, from, paused, resumed, limit, &usual.deadline_rules, false)
					   .due;
		if (!CHECK_INT(then.value, expected)) {
			printf("#   " STR_FMT " from " STR_FMT " paused " STR_FMT
			       " resumed " STR_FMT ": " STR_FMT ", expected " STR_FMT "\n",
				STR_ARG(code), STR_ARG(instant_iso(a, from)),
				STR_ARG(instant_iso(a, paused)), STR_ARG(instant_iso(a, resumed)),
				STR_ARG(instant_iso(a, then.value)),
				STR_ARG(instant_iso(a, expected)));
			return;
		}
	}
}

TEST("the time spent is office time from receipt to the decision")
{
	ARENA a = arena_new();
	struct dossier d = { .received_at = some("2026-11-23T16:00") };
	CHECK_INT(clock_spent(calendar(a), &d), 0);
	d.finished_at = some("2026-11-25T08:30"); /* over a holiday */
	CHECK_INT(clock_spent(calendar(a), &d), 120);
}
