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

static void check_moment(struct arena *a, instant actual, const char *expected, const char *what)
{
	if (!CHECK_INT(actual, moment(expected)))
		printf("#   %s: " STR_FMT ", expected %s\n", what, STR_ARG(instant_iso(a, actual)),
			expected);
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
	struct deadline due;
	CHECK(clock_start(a, calendar(a), &d, &usual, moment("2026-11-23T09:00"), &due));
	check_moment(a, due.due, "2026-11-27T17:00", "3wd");
	d.limit_code = S("8wh");
	CHECK(clock_start(a, calendar(a), &d, &usual, moment("2026-11-23T09:00"), &due));
	check_moment(a, due.due, "2026-11-25T09:30", "8wh");
	d.limit_code = S("");
	CHECK(!clock_start(a, calendar(a), &d, &usual, moment("2026-11-23T09:00"), &due));
}

TEST("what was left when the clock stopped is left when it goes on [DL-6]")
{
	ARENA a = arena_new();
	static const struct {
		const char *limit, *received, *due, *paused, *resumed, *then;
	} samples[] = {
		{ "3wd", "2026-11-23T09:00", "2026-11-27T17:00", "2026-11-25T10:00",
			"2026-11-25T15:00", "2026-11-27T17:00" },
		{ "3wd", "2026-11-23T09:00", "2026-11-27T17:00", "2026-11-25T10:00",
			"2026-12-02T10:00", "2026-12-04T17:00" },
		{ "8wh", "2026-11-23T08:30", "2026-11-25T09:00", "2026-11-23T16:00",
			"2026-12-01T08:00", "2026-12-01T10:30" },
		{ "10d", "2026-11-23T09:00", "2026-12-03T17:00", "2026-11-25T10:00",
			"2026-11-27T10:00", "2026-12-07T17:00" }, /* Saturday 5/12 moves on */
		/* The day that moved on counts from where it was: Saturday 5/12. */
		{ "30d", "2026-11-05T09:00", "2026-12-07T17:00", "2026-11-10T10:00",
			"2026-11-11T10:00", "2026-12-07T17:00" },
		/* Stopped on the last day, and goes on when the office has closed. */
		{ "3wd", "2026-11-23T09:00", "2026-11-27T17:00", "2026-11-27T10:00",
			"2026-12-01T18:00", "2026-12-02T17:00" },
		/* A pause cannot heal a deadline that had passed before it. */
		{ "3wd", "2026-11-23T09:00", "2026-11-27T17:00", "2026-11-30T10:00",
			"2026-12-02T10:00", "" },
		{ "8wh", "2026-11-23T08:30", "2026-11-25T09:00", "2026-11-25T10:00",
			"2026-12-02T10:00", "" },
		{ "10d", "2026-11-23T09:00", "2026-12-03T17:00", "2026-12-07T10:00",
			"2026-12-08T10:00", "" },
		/* Promised by another calendar: neither late before it, nor nearer now. */
		{ "3wd", "2026-11-23T09:00", "2026-12-01T17:00", "2026-11-30T10:00",
			"2026-11-30T15:00", "2026-12-01T17:00" },
		{ "3wd", "2026-11-23T09:00", "2026-11-26T17:00", "2026-11-27T10:00",
			"2026-11-30T15:00", "" },
	};
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct dossier d = { .limit_code = str_from(samples[i].limit),
			.received_at = some(samples[i].received),
			.due_at = some(samples[i].due) };
		struct pause pause = { moment(samples[i].paused), moment(samples[i].resumed),
			false };
		struct deadline due;
		bool moves = clock_resume(a, calendar(a), &d, &usual, &pause, 1, &due);
		CHECK_INT(moves, samples[i].then[0] != 0);
		if (!moves)
			continue;
		check_moment(a, due.due, samples[i].then, samples[i].limit);
		const struct deadline_step *last = &due.steps.items[due.steps.n - 1];
		CHECK_INT(instant_at(last->on, (int)last->amount), due.due);
	}
	struct pause pause = { moment("2026-11-25T10:00"), moment("2026-12-02T10:00"), false };
	struct dossier limitless = { .received_at = some("2026-11-23T09:00") };
	struct deadline due;
	CHECK(!clock_resume(a, calendar(a), &limitless, &usual, &pause, 1, &due));
}

TEST("the time spent is office time from receipt to the decision")
{
	ARENA a = arena_new();
	struct dossier d = { .received_at = some("2026-11-23T16:00") };
	CHECK_INT(clock_spent(calendar(a), &d), 0);
	d.finished_at = some("2026-11-25T08:30"); /* over a holiday */
	CHECK_INT(clock_spent(calendar(a), &d), 120);
}
