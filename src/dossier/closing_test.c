/* SPDX-License-Identifier: Apache-2.0 */
/* What the clock does by itself. */
#include "dossier/dossier_test.h"

static void run_schedule(struct office *o, const char *text)
{
	ARENA a = arena_new();
	struct job j = {
		.kind = S("test"), .attempt = 1, .now = moment(text), .arena = a, .db = o->db
	};
	CHECK_OK(dossier_schedules[0].run(&j));
}

struct told {
	int64_t account_id;
	str kind, reference, title, text;
};
#define T(member) COLUMN(struct told, member)
ROW_TYPE(told_row, struct told, T(account_id), T(kind), T(reference), T(title), T(text));

TEST("a supplement that never comes closes the dossier after 15 working days, with the reason "
     "[ND118-17.3]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_SUPPLEMENT); /* asked on Monday 23/11 */
		run_schedule(o, "2026-12-08T09:00"); /* 15 days are not 15 working days */
		CHECK_INT(dossier_now(o, &d).stage, DOSSIER_SUPPLEMENT);
		run_schedule(o, "2026-12-15T23:59"); /* the fifteenth, 24/11 being off */
		CHECK_INT(dossier_now(o, &d).stage, DOSSIER_SUPPLEMENT);
		run_schedule(o, "2026-12-16T00:10");
		d = dossier_now(o, &d);
		CHECK_INT(d.stage, DOSSIER_STOPPED);
		CHECK_STR(d.outcome, "stopped");
		CHECK(d.finished_at.set);

		struct dossier_event *events;
		LIST(struct told) told;
		size_t n;
		CHECK_OK(dossier_events(reader(o), a, d.id, &events, &n));
		CHECK_STR(events[n - 1].actor, "Hệ thống");
		CHECK(str_has(events[n - 1].note, S("15 ngày làm việc")));
		CHECK_OK(DB_LIST(reader(o), a, &told, &told_row, BIND(dossier_test_notices)));
		CHECK_INT(told.items[told.n - 1].account_id, o->citizen.who.id);
		CHECK(str_has(told.items[told.n - 1].text, S("15 ngày làm việc")));

		struct ledger before = ledger_of(o);
		run_schedule(o, "2026-12-16T01:10"); /* nothing is left to do */
		struct ledger after = ledger_of(o);
		CHECK(ledger_same(&before, &after));
	}
}

TEST("what was answered is not closed, however late the office looks [ND118-17.3]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_SUPPLEMENT);
		o->now = moment("2026-12-15T23:00");
		office_do(o, ACT_ANSWER, &d);
		run_schedule(o, "2027-03-01T09:00");
		CHECK_INT(dossier_now(o, &d).stage, DOSSIER_SUPPLEMENT);
		CHECK_ERR(office_try(o, &o->clock, ACT_STOP, &d), "CONFLICT");
	}
}

TEST("30 supplements that never came are closed in one pass, with eight connections to read")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = { 0 };
		for (int i = 0; i < 30; i++)
			d = office_at(o, DOSSIER_SUPPLEMENT);
		run_schedule(o, "2026-12-16T09:00");
		CHECK_INT(dossier_now(o, &d).stage, DOSSIER_STOPPED);
		o->now = moment("2026-12-16T10:00");
		run_schedule(o, "2026-12-16T10:00");
		CHECK_INT(ledger_of(o).events, 30 * 5);
	}
}
