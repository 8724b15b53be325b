/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_do: who, when, and all or nothing. */
#include "dossier/dossier_test.h"
#include "dossier/flow.h"

#include <pthread.h>

TEST("from submission to the result in hand, each act writes its event, its entry, its notice")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		static const struct {
			enum dossier_act act;
			enum dossier_stage to;
			int notices, mails;
		} life[] = {
			{ ACT_RECEIVE, DOSSIER_RECEIVED, 1, 1 },
			{ ACT_FORWARD, DOSSIER_HANDLING, 2, 1 }, /* the officer is told too */
			{ ACT_ASK, DOSSIER_SUPPLEMENT, 1, 1 },
			{ ACT_ANSWER, DOSSIER_SUPPLEMENT, 1, 0 }, /* the officer alone */
			{ ACT_RESUME, DOSSIER_HANDLING, 1, 1 },
			{ ACT_ASK_FEE, DOSSIER_FEE, 1, 1 },
			{ ACT_CONFIRM_FEE, DOSSIER_HANDLING, 2, 1 },
			{ ACT_PROPOSE, DOSSIER_APPROVAL, 1, 0 }, /* the leader */
			{ ACT_SEND_BACK, DOSSIER_HANDLING, 1, 0 },
			{ ACT_PROPOSE, DOSSIER_APPROVAL, 1, 0 },
			{ ACT_APPROVE, DOSSIER_DONE, 1, 1 },
			{ ACT_RETURN, DOSSIER_RETURNED, 1, 1 },
		};
		struct dossier d = office_enter(o);
		for (size_t i = 0; i < COUNT(life); i++) {
			struct ledger before = ledger_of(o);
			enum dossier_stage from = d.stage;
			o->now += INSTANT_MINUTE;
			office_do(o, life[i].act, &d);
			struct ledger after = ledger_of(o);
			CHECK_INT(d.stage, life[i].to);
			CHECK_INT(after.events - before.events, 1);
			CHECK_INT(after.audits - before.audits, 1);
			CHECK_INT(after.tallied - before.tallied, 0);
			CHECK_INT(after.notices - before.notices, life[i].notices);
			CHECK_INT(after.mails - before.mails, life[i].mails);
			struct dossier stored = dossier_now(o, &d);
			CHECK_INT(stored.version, d.version);
			CHECK_INT(stored.changed_at, o->now);
			struct dossier_event *events;
			size_t n;
			CHECK_OK(dossier_events(reader(o), a, d.id, &events, &n));
			REQUIRE(n == i + 2);
			CHECK_INT(events[i + 1].number, d.version);
			CHECK_INT(events[i + 1].at, o->now);
			CHECK_STR(events[i + 1].act, act_code(life[i].act));
			CHECK_STR(events[i + 1].from_stage, stage_code(from));
			CHECK_STR(events[i + 1].to_stage, stage_code(d.stage));
		}
		CHECK_STR(d.outcome, "granted");
		CHECK_STR(d.assignee, o->officer.name);
		CHECK(d.finished_at.set && d.returned_at.set && !d.paused_at.set);
		struct audit_report report;
		CHECK_OK(audit_verify(reader(o), a, &report));
		CHECK(report.intact);
	}
}

TEST("an act whose last step fails leaves nothing: no state, event, entry, tally, notice")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		/* The mail that tells of it, put last, is over its limit. */
		size_t n = LIMIT_JOB_PAYLOAD + 1;
		char *long_name = arena_bytes(a, n, 1);
		memset(long_name, 'x', n);
		o->procedure.name = (str){ long_name, n };
		struct dossier d = office_enter(o), stale = d;
		struct ledger before = ledger_of(o);
		CHECK_ERR(office_try(o, &o->clerk, ACT_ASK, &d), "INTERNAL");
		struct ledger after = ledger_of(o);
		CHECK(ledger_same(&before, &after));
		CHECK_INT(d.version, stale.version);
		CHECK_INT(d.stage, DOSSIER_SUBMITTED);
		CHECK_INT(dossier_now(o, &d).version, stale.version);
	}
}

TEST("another agency's dossier is not there; another's role or dossier is forbidden")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		struct ledger before = ledger_of(o);
		CHECK_ERR(office_try(o, &o->elsewhere, ACT_RECEIVE, &d), "NOT_FOUND");
		CHECK_ERR(office_try(o, &o->officer, ACT_RECEIVE, &d), "FORBIDDEN");
		CHECK_ERR(office_try(o, &o->leader, ACT_RECEIVE, &d), "FORBIDDEN");
		CHECK_ERR(office_try(o, &o->admin, ACT_RECEIVE, &d), "FORBIDDEN");
		CHECK_ERR(office_try(o, &o->citizen, ACT_RECEIVE, &d), "FORBIDDEN");
		CHECK_ERR(office_try(o, &o->clock, ACT_RECEIVE, &d), "FORBIDDEN");
		CHECK_ERR(office_try(o, &o->neighbour, ACT_WITHDRAW, &d), "FORBIDDEN");
		CHECK_ERR(office_try(o, &o->clerk, ACT_WITHDRAW, &d), "FORBIDDEN");
		d.code = S("H99.001.01-261123-9999");
		CHECK_ERR(office_try(o, &o->clerk, ACT_RECEIVE, &d), "NOT_FOUND");
		struct ledger after = ledger_of(o);
		CHECK(ledger_same(&before, &after));
	}
}

TEST("an act that needs a reason, a list or an outcome is refused without [ND61-15.3, FORM-4]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		for (int act = 0; act < ACT_COUNT; act++) {
			if (!act_needs_reason((enum dossier_act)act))
				continue;
			struct act_input in = usual_input(o, (enum dossier_act)act, &d);
			in.reason = S(" \n\t");
			CHECK_ERR(dossier_do(o->db, a, o->now, o->clerk, &in, &d), "INVALID");
		}
		struct act_input ask = usual_input(o, ACT_ASK, &d);
		ask.items.n = 0;
		CHECK_ERR(dossier_do(o->db, a, o->now, o->clerk, &ask, &d), "INVALID");
		struct dossier handled = office_at(o, DOSSIER_HANDLING);
		struct act_input propose = usual_input(o, ACT_PROPOSE, &handled);
		propose.outcome = S("");
		CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &propose, &handled), "INVALID");
		propose.outcome = S("perhaps");
		CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &propose, &handled), "INVALID");
		propose = usual_input(o, ACT_PROPOSE, &handled);
		propose.files.n = 0;
		CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &propose, &handled), "INVALID");
		struct act_input fee = usual_input(o, ACT_ASK_FEE, &handled);
		fee.amount = 0;
		CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &fee, &handled), "INVALID");
	}
}

static str letters(struct arena *a, size_t n)
{
	struct buf b = buf_in(a, 4 * n + 4);
	for (size_t i = 0; i < n; i++)
		buf_add(&b, S("ộ"));
	return buf_str(&b);
}

TEST("the ceilings of an act are counted in characters, and hold for whoever calls [ND61-15.3]")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	struct dossier d = office_at(o, DOSSIER_HANDLING);
	str items[LIMIT_SUPPLEMENT_ITEMS + 1];
	for (size_t i = 0; i < COUNT(items); i++)
		items[i] = letters(a, LIMIT_SUPPLEMENT_ITEM);
	struct act_input ask = usual_input(o, ACT_ASK, &d), in = ask;
	in.items.items = items;
	in.items.n = COUNT(items);
	CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &in, &d), "INVALID");
	in.items.n--;
	items[3] = letters(a, LIMIT_SUPPLEMENT_ITEM + 1);
	CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &in, &d), "INVALID");
	items[3] = letters(a, LIMIT_SUPPLEMENT_ITEM);
	in.reason = letters(a, LIMIT_NOTE + 1);
	CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &in, &d), "INVALID");
	struct act_input fee = usual_input(o, ACT_ASK_FEE, &d);
	fee.amount = LIMIT_FEE + 1LL;
	CHECK_ERR(dossier_do(o->db, a, o->now, o->officer, &fee, &d), "INVALID");
	in.reason = letters(a, LIMIT_NOTE);
	CHECK_OK(dossier_do(o->db, a, o->now, o->officer, &in, &d));
	struct dossier_item *kept;
	size_t n;
	CHECK_OK(dossier_items(reader(o), a, d.id, &kept, &n));
	CHECK_INT(n, LIMIT_SUPPLEMENT_ITEMS);
	struct act_input answer = usual_input(o, ACT_ANSWER, &d);
	answer.reason = S(" ");
	CHECK_ERR(dossier_do(o->db, a, o->now, o->citizen, &answer, &d), "INVALID");
}

TEST("a dossier is given to an officer of its own agency who can sign in, and to nobody else")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_RECEIVED);
		struct act_input in = usual_input(o, ACT_FORWARD, &d);
		const int64_t wrong[] = { o->clerk.who.id, o->leader.who.id, o->citizen.who.id,
			o->elsewhere.who.id };
		for (size_t i = 0; i < COUNT(wrong); i++) {
			in.assignee = wrong[i];
			CHECK_ERR(dossier_do(o->db, a, o->now, o->clerk, &in, &d), "INVALID");
		}
		in.assignee = 0;
		CHECK_ERR(dossier_do(o->db, a, o->now, o->clerk, &in, &d), "INVALID");
		in.assignee = o->colleague.who.id;
		CHECK_OK(dossier_do(o->db, a, o->now, o->clerk, &in, &d));
		CHECK_INT(d.assignee_id.value, o->colleague.who.id);
		CHECK_STR(d.assignee, o->colleague.name);
		CHECK_ERR(office_try(o, &o->officer, ACT_PROPOSE, &d), "CONFLICT");
		office_do(o, ACT_ASSIGN, &d);
		CHECK_OK(office_try(o, &o->officer, ACT_PROPOSE, &d));
	}
}

struct rival {
	struct office *o;
	const struct act_actor *by;
	enum dossier_act act;
	struct dossier d;
	const char *ended;
};

static void *hurry(void *arg)
{
	struct rival *r = arg;
	ARENA a = arena_new();
	struct act_input in = usual_input(r->o, r->act, &r->d);
	r->ended = err_name(dossier_do(r->o->db, a, r->o->now, *r->by, &in, &r->d));
	return NULL;
}

TEST("two who act at the same moment: one wins, the other is told that it moved on")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		for (int round = 0; round < 12; round++) {
			struct dossier d = office_enter(o);
			int64_t events = ledger_of(o).events;
			struct rival rivals[] = {
				{ o, &o->clerk, ACT_RECEIVE, d, "" },
				{ o, &o->clerk, ACT_REFUSE, d, "" },
				{ o, &o->clerk, ACT_RECEIVE, d, "" },
				{ o, &o->citizen, ACT_WITHDRAW, d, "" },
			};
			pthread_t threads[COUNT(rivals)];
			int won = 0;
			for (size_t i = 0; i < COUNT(rivals); i++)
				REQUIRE(pthread_create(&threads[i], NULL, hurry, &rivals[i]) == 0);
			for (size_t i = 0; i < COUNT(rivals); i++) {
				pthread_join(threads[i], NULL);
				won += strcmp(rivals[i].ended, "OK") == 0;
				if (strcmp(rivals[i].ended, "OK") != 0)
					CHECK_STR(rivals[i].ended, "CONFLICT");
			}
			CHECK_INT(won, 1);
			CHECK_INT(dossier_now(o, &d).version, 2);
			CHECK_INT(ledger_of(o).events - events, 1);
		}
	}
}

TEST("who acts on an old version is told so, although the act would be open")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING), old = d;
		office_do(o, ACT_ASSIGN, &d);
		CHECK_ERR(office_try(o, &o->officer, ACT_PROPOSE, &old), "CONFLICT");
		CHECK_OK(office_try(o, &o->officer, ACT_PROPOSE, &d));
	}
}

static str kinds_of_files(struct office *o, const struct dossier *d)
{
	struct dossier_file *files;
	size_t n;
	struct buf b = buf_in(o->a, KIB);
	CHECK_OK(dossier_files(reader(o), o->a, d->id, &files, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, STR_FMT ":" STR_FMT " ", STR_ARG(files[i].kind),
			STR_ARG(files[i].name));
	return buf_str(&b);
}

TEST("the result is what was approved: a proposal that was sent back is none")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		struct stored_file f = {
			.sha256 = S("00"), .mime = S("application/pdf"), .name = S("sai.pdf")
		};
		struct act_input in = usual_input(o, ACT_PROPOSE, &d);
		in.files.items = &f;
		in.files.n = 1;
		CHECK_OK(dossier_do(o->db, a, o->now, o->officer, &in, &d));
		CHECK_STR(kinds_of_files(o, &d), "result:sai.pdf ");
		office_do(o, ACT_SEND_BACK, &d);
		CHECK_STR(d.proposal, "");
		f.name = S("dung.pdf");
		in.version = d.version;
		CHECK_OK(dossier_do(o->db, a, o->now, o->officer, &in, &d));
		office_do(o, ACT_APPROVE, &d);
		CHECK_STR(kinds_of_files(o, &d), "sent-back:sai.pdf result:dung.pdf ");
	}
}

struct told {
	int64_t account_id;
	str kind, reference, title, text;
};
#define T(member) COLUMN(struct told, member)
ROW_TYPE(told_row, struct told, T(account_id), T(kind), T(reference), T(title), T(text));

TEST("the applicant is told of every turn, and why it was a bad one [C32-9.2, ND61-17.3, FORM-4]")
{
	static const struct {
		enum dossier_stage stage;
		const char *says;
	} turns[] = {
		{ DOSSIER_RECEIVED, "17 giờ 00, thứ Sáu, 27/11/2026" },
		{ DOSSIER_REFUSED, "Ảnh đã gửi bị mờ." },
		{ DOSSIER_SUPPLEMENT, "1. Ảnh rõ bốn góc của giấy chứng sinh" },
		{ DOSSIER_SUPPLEMENT, "Ảnh đã gửi bị mờ." },
		{ DOSSIER_FEE, "8.000 đồng" },
		{ DOSSIER_STOPPED, "Ảnh đã gửi bị mờ." },
		{ DOSSIER_WITHDRAWN, "Bạn đã rút hồ sơ" },
		{ DOSSIER_DONE, "đã có kết quả" },
		{ DOSSIER_RETURNED, "đã được trả" },
	};
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		for (size_t i = 0; i < COUNT(turns); i++) {
			struct dossier d = office_at(o, turns[i].stage);
			LIST(struct told) all;
			CHECK_OK(
				DB_LIST(reader(o), a, &all, &told_row, BIND(dossier_test_notices)));
			REQUIRE(all.n > 0);
			const struct told *last = &all.items[all.n - 1];
			CHECK_INT(last->account_id, o->citizen.who.id);
			CHECK(str_starts(last->reference, d.code));
			CHECK(str_has(last->text, d.code));
			if (!CHECK(str_has(last->text, str_from(turns[i].says))))
				printf("#   " STR_FMT "\n", STR_ARG(last->text));
		}
	}
}

static err lock_account(struct conn *c, struct arena *a, void *id)
{
	return db_do(c, a, BIND(dossier_test_lock, .id = V(*(int64_t *)id)));
}

TEST("what came for an officer whose account is locked is told to the leader")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_SUPPLEMENT);
		LIST(struct told) all;
		CHECK_OK(db_write(o->db, a, lock_account, &o->officer.who.id));
		office_do(o, ACT_ANSWER, &d);
		CHECK_OK(DB_LIST(reader(o), a, &all, &told_row, BIND(dossier_test_notices)));
		REQUIRE(all.n > 0);
		CHECK_INT(all.items[all.n - 1].account_id, o->leader.who.id);
		CHECK(str_starts(all.items[all.n - 1].reference, d.code));
	}
}

TEST("the papers of a supplement are kept with the thing they answer")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_SUPPLEMENT);
		struct stored_file papers[] = { { .sha256 = S("00"), .name = S("mot.pdf") },
			{ .sha256 = S("01"), .name = S("hai.pdf") } };
		str fields[] = { S("1"), S("2") };
		struct act_input in = usual_input(o, ACT_ANSWER, &d);
		in.files.items = papers;
		in.file_fields.items = fields;
		in.files.n = in.file_fields.n = 2;
		CHECK_OK(dossier_do(o->db, a, o->now, o->citizen, &in, &d));
		CHECK(d.answered_at.set);
		struct dossier_file *files;
		struct dossier_item *items;
		size_t n;
		CHECK_OK(dossier_files(reader(o), a, d.id, &files, &n));
		REQUIRE(n == 2);
		CHECK_STR(files[1].kind, "supplement");
		CHECK_STR(files[1].name, "hai.pdf");
		CHECK_STR(files[1].field, "2");
		CHECK_OK(dossier_items(reader(o), a, d.id, &items, &n));
		REQUIRE(n == 1);
		CHECK_STR(items[0].text, "Ảnh rõ bốn góc của giấy chứng sinh");
		CHECK_ERR(office_try(o, &o->citizen, ACT_ANSWER, &d), "CONFLICT");
	}
}
