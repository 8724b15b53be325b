/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers that are published, against dossiers whose lives are known. */
#include "dossier/figures.h"
#include "dossier/dossier_test.h"

/* Decided at a moment; received on Monday 23/11, so due on 27/11 at 17:00. */
static struct dossier decided_at(struct office *o, const char *text)
{
	o->now = moment("2026-11-23T09:00");
	struct dossier d = office_at(o, DOSSIER_APPROVAL);
	o->now = moment(text);
	office_do(o, ACT_APPROVE, &d);
	return d;
}

static struct month_figures month(struct office *o, const char *day_of_it)
{
	struct month_figures *rows = NULL;
	size_t n = 0;
	int64_t m = month_of(moment(day_of_it));
	CHECK_OK(figures_by_month(reader(o), o->a, m, m, &rows, &n));
	return n ? rows[0] : (struct month_figures){ 0 };
}

TEST("a month is the local one: half past midnight of the first belongs to it")
{
	CHECK_INT(month_of(moment("2026-12-01T00:30")), 2026 * 12 + 11);
	CHECK_INT(month_of(moment("2026-11-30T23:59:59")), 2026 * 12 + 10);
	CHECK_INT(month_of(moment("2027-01-01T00:00")), 2027 * 12);
}

TEST("on time is what is decided by its due moment, to the second [DL-8, C32-11.11]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		decided_at(o, "2026-11-25T09:00");
		decided_at(o, "2026-11-27T17:00");
		decided_at(o, "2026-11-27T17:00:01");
		decided_at(o, "2026-12-02T09:00");
		struct month_figures november = month(o, "2026-11-01T00:00");
		CHECK_INT(november.received, 4);
		CHECK_INT(november.online, 4);
		CHECK_INT(november.on_time, 2);
		CHECK_INT(november.late, 1);
		struct month_figures december = month(o, "2026-12-01T00:00");
		CHECK_INT(december.received, 0);
		CHECK_INT(december.on_time, 0);
		CHECK_INT(december.late, 1);
		/* Office time from Monday 09:00 to Wednesday 2/12, 09:00: 24/11 was off. */
		CHECK_INT(december.minutes, 360 + 5 * 450 + 90);
	}
}

TEST("what is refused, withdrawn or stopped is received, and is no result [C32-11.11]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		office_at(o, DOSSIER_REFUSED);
		office_at(o, DOSSIER_WITHDRAWN);
		office_at(o, DOSSIER_STOPPED);
		office_enter_as(o, (struct dossier){ .channel = CHANNEL_COUNTER });
		struct month_figures november = month(o, "2026-11-01T00:00");
		CHECK_INT(november.received, 4);
		CHECK_INT(november.online, 3);
		CHECK_INT(november.on_time + november.late, 0);
	}
}

TEST("a procedure has figures of its own, from the month that is asked for on [C32-11.11]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		str code = o->procedure.code;
		decided_at(o, "2026-11-25T09:00");
		decided_at(o, "2027-01-05T09:00");
		office_offer(o, "'limit':'5wd'");
		decided_at(o, "2026-11-25T09:00");
		struct month_figures f;
		CHECK_OK(figures_procedure(reader(o), a, code, 2026 * 12, 2026 * 12 + 11, &f));
		CHECK_INT(f.received, 2);
		CHECK_INT(f.on_time, 1);
		CHECK_INT(f.late, 0);
		CHECK_OK(figures_procedure(reader(o), a, code, 2027 * 12, 2027 * 12 + 11, &f));
		CHECK_INT(f.received, 0);
		CHECK_INT(f.late, 1);
		CHECK_OK(figures_procedure(reader(o), a, S("9.999999"), 0, 99999, &f));
		CHECK_INT(f.received + f.online + f.on_time + f.late + f.minutes, 0);
	}
}

TEST("what is open now is what no result was given to; waiting is not overdue [C32-14.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct open_figures f;
		CHECK_OK(figures_now(reader(o), a, day_of(o->now), &f));
		CHECK_INT(f.open, 0);
		office_at(o, DOSSIER_SUBMITTED);
		office_at(o, DOSSIER_HANDLING);
		office_at(o, DOSSIER_SUPPLEMENT);
		office_at(o, DOSSIER_FEE);
		office_at(o, DOSSIER_DONE);
		office_at(o, DOSSIER_REFUSED);
		CHECK_OK(figures_now(reader(o), a, day_from(2026, 11, 25), &f));
		CHECK_INT(f.open, 4);
		CHECK_INT(f.overdue, 0);
		CHECK_OK(figures_now(reader(o), a, day_from(2026, 11, 28), &f));
		CHECK_INT(f.open, 4);
		CHECK_INT(f.overdue, 2);
	}
}

/* --- satisfaction -------------------------------------------------------------- */

static err rate(struct office *o, const struct dossier *d, int64_t by, struct rating r)
{
	r.comment = S("");
	return rating_give(o->db, o->a, d, by, &r, o->now);
}

TEST("a rating needs the service as a whole only, and is given once [C32-12.3]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_RETURNED);
		int64_t me = o->citizen.who.id;
		struct rating back;
		bool found = true;
		CHECK_OK(rating_find(reader(o), a, d.id, &back, &found));
		CHECK(!found);
		CHECK_ERR(rate(o, &d, me, (struct rating){ 0 }), "INVALID");
		CHECK_ERR(rate(o, &d, me, (struct rating){ .overall = 4 }), "INVALID");
		CHECK_ERR(
			rate(o, &d, me, (struct rating){ .overall = 3, .attitude = 9 }), "INVALID");
		CHECK_ERR(rate(o, &d, me, (struct rating){ .overall = 3, .timeliness = -1 }),
			"INVALID");
		CHECK_ERR(rate(o, &d, o->neighbour.who.id, (struct rating){ .overall = 1 }),
			"FORBIDDEN");
		CHECK_OK(rate(o, &d, me, (struct rating){ .overall = GRADE_SATISFIED }));
		CHECK_ERR(rate(o, &d, me, (struct rating){ .overall = GRADE_VERY }), "CONFLICT");
		CHECK_OK(rating_find(reader(o), a, d.id, &back, &found));
		CHECK(found);
		CHECK_INT(back.overall, GRADE_SATISFIED);
		CHECK_INT(back.attitude, GRADE_NONE);
	}
}

TEST("who was refused rates as well; who still waits does not yet [VPCP01-12.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		static const enum dossier_stage early[] = { DOSSIER_SUBMITTED, DOSSIER_RECEIVED,
			DOSSIER_HANDLING, DOSSIER_SUPPLEMENT, DOSSIER_FEE, DOSSIER_APPROVAL };
		static const enum dossier_stage late[] = { DOSSIER_REFUSED, DOSSIER_STOPPED,
			DOSSIER_DONE, DOSSIER_RETURNED };
		const struct rating r = { .overall = GRADE_NOT_YET };
		for (size_t i = 0; i < COUNT(early); i++) {
			struct dossier d = office_at(o, early[i]);
			CHECK_ERR(rate(o, &d, o->citizen.who.id, r), "CONFLICT");
		}
		for (size_t i = 0; i < COUNT(late); i++) {
			struct dossier d = office_at(o, late[i]);
			CHECK_OK(rate(o, &d, o->citizen.who.id, r));
		}
	}
}

TEST("satisfaction is counted by content and grade, and what was left out is not [C32-12.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		static const struct rating given[] = {
			{ .overall = 3, .convenience = 3, .timeliness = 2, .attitude = 1 },
			{ .overall = 3 },
			{ .overall = 1, .timeliness = 2 },
		};
		for (size_t i = 0; i < COUNT(given); i++) {
			struct dossier d = office_at(o, DOSSIER_RETURNED);
			CHECK_OK(rate(o, &d, o->citizen.who.id, given[i]));
		}
		static const int64_t expected[RATING_CONTENTS][GRADES] = {
			[RATING_OVERALL] = { 0, 1, 0, 2 },
			[RATING_CONVENIENCE] = { 0, 0, 0, 1 },
			[RATING_TIMELINESS] = { 0, 0, 2, 0 },
			[RATING_ATTITUDE] = { 0, 1, 0, 0 },
		};
		struct ratings all, ours, later, others;
		int64_t november = 2026 * 12 + 10;
		CHECK_OK(figures_satisfaction(reader(o), a, S(""), november, &all));
		CHECK_OK(figures_satisfaction(reader(o), a, o->procedure.code, november, &ours));
		CHECK_OK(figures_satisfaction(reader(o), a, S(""), november + 1, &later));
		CHECK_OK(figures_satisfaction(reader(o), a, S("9.999999"), november, &others));
		for (int c = 0; c < RATING_CONTENTS; c++)
			for (int g = 0; g < GRADES; g++) {
				CHECK_INT(all.given[c][g], expected[c][g]);
				CHECK_INT(ours.given[c][g], expected[c][g]);
				CHECK_INT(later.given[c][g] + others.given[c][g], 0);
			}
	}
}
