/* SPDX-License-Identifier: Apache-2.0 */
/* The clock through the acts: what starts it, stops it, starts it anew, and what statistics see. */
#include "dossier/dossier_test.h"
#include "dossier/figures.h"

static void at(struct office *o, const char *text, enum dossier_act act, struct dossier *d)
{
	o->now = moment(text);
	office_do(o, act, d);
}

#define CHECK_MOMENT(actual, expected) \
	CHECK_INT((actual).set ? (actual).value : 0, moment(expected))

TEST("the office answers within eight working hours; no clock of the procedure runs before "
     "[ND118-17.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		d = dossier_now(o, &d);
		CHECK_MOMENT(d.due_at, "2026-11-25T09:30"); /* 24/11 is off */
		CHECK(!d.received_at.set && !d.clock_from.set && !d.first_due_at.set);
		o->now = moment("2026-11-20T23:30");
		d = office_enter(o);
		CHECK_MOMENT(d.due_at, "2026-11-25T08:00");
	}
}

TEST("receipt starts the clock, and assigning, proposing and mending do not move it [DL-6, DL-8]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		at(o, "2026-11-23T10:00", ACT_RECEIVE, &d);
		CHECK_MOMENT(d.received_at, "2026-11-23T10:00");
		CHECK_MOMENT(d.clock_from, "2026-11-23T10:00");
		at(o, "2026-11-25T10:00", ACT_FORWARD, &d);
		at(o, "2026-11-25T11:00", ACT_ASSIGN, &d);
		at(o, "2026-11-26T10:00", ACT_PROPOSE, &d);
		at(o, "2026-11-26T11:00", ACT_SEND_BACK, &d);
		at(o, "2026-11-27T10:00", ACT_PROPOSE, &d);
		CHECK_MOMENT(d.due_at, "2026-11-27T17:00");
		CHECK_MOMENT(d.first_due_at, "2026-11-27T17:00");
		CHECK_MOMENT(dossier_now(o, &d).due_at, "2026-11-27T17:00");
	}
}

TEST("after a supplement the clock starts from zero [ND61-19.4, ND118-17.4]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		at(o, "2026-11-25T10:00", ACT_ASK, &d);
		CHECK_MOMENT(d.paused_at, "2026-11-25T10:00");
		CHECK_MOMENT(d.asked_at, "2026-11-25T10:00");
		at(o, "2026-12-01T10:00", ACT_ANSWER, &d);
		CHECK(d.paused_at.set); /* until the office has looked */
		at(o, "2026-12-02T09:00", ACT_RESUME, &d);
		CHECK(!d.paused_at.set);
		CHECK_MOMENT(d.clock_from, "2026-12-02T09:00");
		CHECK_MOMENT(d.due_at, "2026-12-07T17:00");
		CHECK_MOMENT(d.first_due_at, "2026-12-07T17:00");
		CHECK_MOMENT(d.received_at, "2026-11-23T09:00");
	}
}

TEST("where the sector's rule says so the clock pauses: days, working days, hours [DL-6]")
{
	static const struct {
		const char *members, *due;
	} rules[] = {
		{ "'limit':'3wd','restart':false", "2026-12-04T17:00" },
		{ "'limit':'14wh','restart':false", "2026-12-02T16:30" },
		{ "'limit':'10d','restart':false", "2026-12-10T17:00" },
		{ "'limit':'2w','restart':false", "2026-12-14T17:00" },
	};
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		for (size_t i = 0; i < COUNT(rules); i++) {
			o->now = moment("2026-11-23T09:00");
			office_offer(o, rules[i].members);
			struct dossier d = office_at(o, DOSSIER_HANDLING);
			at(o, "2026-11-25T10:00", ACT_ASK, &d);
			at(o, "2026-12-01T10:00", ACT_ANSWER, &d);
			at(o, "2026-12-02T09:00", ACT_RESUME, &d);
			CHECK_MOMENT(d.due_at, rules[i].due);
			CHECK_MOMENT(d.first_due_at, rules[i].due);
			CHECK_MOMENT(d.clock_from, "2026-11-23T09:00");
		}
	}
}

TEST("waiting for a fee stops the clock and never starts it anew [DL-6]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		at(o, "2026-11-25T10:00", ACT_ASK_FEE, &d);
		at(o, "2026-12-02T09:00", ACT_CONFIRM_FEE, &d);
		CHECK_MOMENT(d.due_at, "2026-12-04T17:00");
		CHECK_MOMENT(d.first_due_at, "2026-12-04T17:00");
		CHECK_MOMENT(d.clock_from, "2026-11-23T09:00");
		at(o, "2026-12-03T10:00", ACT_ASK_FEE, &d); /* a second time */
		at(o, "2026-12-07T09:00", ACT_CONFIRM_FEE, &d);
		CHECK_MOMENT(d.due_at, "2026-12-08T17:00");
	}
}

TEST("a supplement asked for at intake goes back to intake, and receipt starts the clock")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		at(o, "2026-11-23T10:00", ACT_ASK, &d);
		CHECK_ERR(office_try(o, &o->clerk, ACT_RECEIVE, &d), "CONFLICT");
		at(o, "2026-11-25T10:00", ACT_ANSWER, &d);
		CHECK_ERR(office_try(o, &o->officer, ACT_RESUME, &d), "CONFLICT");
		at(o, "2026-11-26T10:00", ACT_RECEIVE, &d);
		CHECK(!d.paused_at.set);
		CHECK_MOMENT(d.due_at, "2026-12-01T17:00");
		CHECK_MOMENT(d.first_due_at, "2026-12-01T17:00");
	}
}

TEST("a procedure without a limit has no due moment after receipt")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		office_offer(o, "'limit':''");
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		CHECK(!d.due_at.set && !d.first_due_at.set);
		at(o, "2026-11-25T10:00", ACT_ASK_FEE, &d);
		at(o, "2026-12-02T09:00", ACT_CONFIRM_FEE, &d);
		CHECK(!d.due_at.set);
	}
}

static struct month_figures month(struct office *o, const char *day_of_it)
{
	struct month_figures *rows = NULL;
	size_t n;
	int64_t m = month_of(moment(day_of_it));
	CHECK_OK(figures_by_month(reader(o), o->a, m, m, &rows, &n));
	return n ? rows[0] : (struct month_figures){ 0 };
}

TEST("what was late before a pause is late after it [DL-8]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING); /* due on 27/11 */
		at(o, "2026-12-01T09:00", ACT_ASK_FEE, &d);
		at(o, "2026-12-02T09:00", ACT_CONFIRM_FEE, &d);
		CHECK_MOMENT(d.first_due_at, "2026-11-27T17:00");
		at(o, "2026-12-02T10:00", ACT_PROPOSE, &d);
		at(o, "2026-12-02T11:00", ACT_APPROVE, &d);
		CHECK_INT(month(o, "2026-12-01T00:00").late, 1);
		CHECK_INT(month(o, "2026-12-01T00:00").on_time, 0);
	}
}

TEST("a dossier keeps the rules of its version when the procedure changes [ERA-1, ERA-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		o->procedure = office_procedure(o,
			"{'code':'1.900001','name':'Cũ','sector':'X','effective_from':'2026-02-01',"
			"'limit':'3wd','restart':true}");
		struct dossier d = office_enter(o);
		office_procedure(o,
			"{'code':'1.900001','name':'Mới','sector':'X','effective_from':"
			"'2026-11-20',"
			"'limit':'20wd','restart':false}");
		office_do(o, ACT_RECEIVE, &d);
		CHECK_MOMENT(d.due_at, "2026-11-27T17:00");
		CHECK_STR(d.procedure_name, "Cũ");
		office_do(o, ACT_FORWARD, &d);
		at(o, "2026-11-25T10:00", ACT_ASK, &d);
		at(o, "2026-12-01T10:00", ACT_ANSWER, &d);
		at(o, "2026-12-02T09:00", ACT_RESUME, &d);
		CHECK_MOMENT(d.due_at, "2026-12-07T17:00");
	}
}

/* The due moment of the dossier, and that its explanation ends there. */
static void check_explained(struct office *o, const struct dossier *d, const char *expected)
{
	struct deadline due;
	CHECK_MOMENT(d->due_at, expected);
	CHECK_OK(dossier_clock(reader(o), o->a, d, &due));
	if (!CHECK(due.steps.n > 0))
		return;
	const struct deadline_step *last = &due.steps.items[due.steps.n - 1];
	CHECK_INT(due.due, d->due_at.value);
	CHECK_INT(instant_at(last->on, (int)last->amount), d->due_at.value);
}

static size_t steps_of(struct office *o, const struct dossier *d, enum step_kind kind)
{
	struct deadline due;
	size_t n = 0;
	CHECK_OK(dossier_clock(reader(o), o->a, d, &due));
	for (size_t i = 0; i < due.steps.n; i++)
		n += due.steps.items[i].kind == kind;
	return n;
}

TEST("the clock explains itself, after pauses too, and its last step is the due moment [DL-1, "
     "DL-6]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		struct deadline due;
		CHECK_OK(dossier_clock(reader(o), a, &d, &due));
		CHECK_INT((int64_t)due.steps.n, 0);
		office_do(o, ACT_RECEIVE, &d);
		check_explained(o, &d, "2026-11-27T17:00");
		office_do(o, ACT_FORWARD, &d);
		at(o, "2026-11-25T10:00", ACT_ASK_FEE, &d);
		check_explained(o, &d, "2026-11-27T17:00");
		at(o, "2026-12-02T09:00", ACT_CONFIRM_FEE, &d);
		check_explained(o, &d, "2026-12-04T17:00");
		CHECK_INT((int64_t)steps_of(o, &d, STEP_PAUSED), 1);
		CHECK_INT((int64_t)steps_of(o, &d, STEP_RESUMED), 1);
		at(o, "2026-12-03T10:00", ACT_ASK, &d);
		at(o, "2026-12-04T10:00", ACT_ANSWER, &d);
		at(o, "2026-12-07T09:00", ACT_RESUME, &d);
		check_explained(o, &d, "2026-12-10T17:00");
		CHECK_INT((int64_t)steps_of(o, &d, STEP_RESTARTED), 1);
		at(o, "2026-12-08T10:00", ACT_ASK_FEE, &d);
		at(o, "2026-12-09T09:00", ACT_CONFIRM_FEE, &d);
		check_explained(o, &d, "2026-12-11T17:00");
		CHECK_INT((int64_t)steps_of(o, &d, STEP_PAUSED), 3);
	}
}

static err decree(struct conn *c, struct arena *a, void *arg)
{
	struct day_rule rule = { .on_day = *(const day *)arg,
		.kind = DAY_SWAP_OFF,
		.title = S("Dịp khác"),
		.source = S("Thông báo") };
	return calendar_save(c, a, &rule, S("quantri"), 0);
}

TEST("what was promised stays, and is explained by the days of then, when the calendar changes "
     "afterwards [CAL-1, DL-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		day off = day_from(2026, 11, 26);
		check_explained(o, &d, "2026-11-27T17:00");
		CHECK_INT((int64_t)steps_of(o, &d, STEP_COUNTED), 3);
		CHECK_INT((int64_t)steps_of(o, &d, STEP_SKIPPED), 1);
		CHECK_OK(db_write(o->db, a, decree, &off));
		d = dossier_now(o, &d);
		check_explained(o, &d, "2026-11-27T17:00");
		CHECK_INT((int64_t)steps_of(o, &d, STEP_COUNTED), 3);
		CHECK_INT((int64_t)steps_of(o, &d, STEP_SKIPPED), 1);
		/* Whoever applies now is promised a day by the new calendar. */
		struct dossier later = office_at(o, DOSSIER_HANDLING);
		check_explained(o, &later, "2026-11-30T17:00");
	}
}
