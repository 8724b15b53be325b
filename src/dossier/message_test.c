/* SPDX-License-Identifier: Apache-2.0 */
/* Applicant and office talk while a dossier is open. */
#include "dossier/message.h"
#include "dossier/dossier_test.h"

static err say(struct office *o, const struct act_actor *by, const struct dossier *d)
{
	return message_put(o->db, o->a, d, *by, S("Xin hỏi về giấy tờ."), o->now);
}

static int64_t unread(struct office *o, const struct act_actor *who)
{
	int64_t n = -1;
	CHECK_OK(notify_unread(reader(o), o->a, who->who.id, &n));
	return n;
}

TEST("what one side says the other is told, and both read it in order [C32-9.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		int64_t citizen = unread(o, &o->citizen), officer = unread(o, &o->officer);
		int64_t audits = ledger_of(o).audits;
		CHECK_OK(say(o, &o->citizen, &d));
		CHECK_INT(unread(o, &o->officer), officer + 1);
		CHECK_INT(unread(o, &o->citizen), citizen);
		CHECK_OK(say(o, &o->officer, &d));
		CHECK_OK(say(o, &o->clerk, &d));
		CHECK_INT(unread(o, &o->citizen), citizen + 2);
		CHECK_INT(ledger_of(o).audits, audits + 3);
		struct dossier_message *messages;
		size_t n;
		CHECK_OK(dossier_messages(reader(o), a, d.id, 0, &messages, &n));
		REQUIRE(n == 3);
		CHECK_STR(messages[0].author, o->citizen.name);
		CHECK_INT(messages[0].from_office, 0);
		CHECK_STR(messages[1].author, o->officer.name);
		CHECK_INT(messages[1].from_office, 1);
	}
}

TEST("before there is an officer the clerks of the agency are told, and no others [ND61-17.3]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		int64_t clerk = unread(o, &o->clerk), elsewhere = unread(o, &o->elsewhere);
		CHECK_OK(say(o, &o->citizen, &d));
		CHECK_INT(unread(o, &o->clerk), clerk + 1);
		office_do(o, ACT_ASK, &d);
		office_do(o, ACT_ANSWER, &d);
		CHECK_INT(unread(o, &o->clerk), clerk + 2);
		CHECK_INT(unread(o, &o->elsewhere), elsewhere);
		CHECK_INT(unread(o, &o->officer), 0);
	}
}

TEST("nobody else speaks, and nobody once the dossier is closed [ND61-5.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		CHECK_ERR(say(o, &o->neighbour, &d), "FORBIDDEN");
		CHECK_ERR(say(o, &o->elsewhere, &d), "FORBIDDEN");
		CHECK_ERR(say(o, &o->admin, &d), "FORBIDDEN");
		struct dossier closed = office_at(o, DOSSIER_REFUSED);
		CHECK_ERR(say(o, &o->citizen, &closed), "CONFLICT");
		CHECK_ERR(say(o, &o->clerk, &closed), "CONFLICT");
		struct dossier seen = d; /* on a page that stood open meanwhile */
		office_do(o, ACT_STOP, &d);
		CHECK_ERR(say(o, &o->citizen, &seen), "CONFLICT");
	}
}

TEST("a dossier from the counter has nobody to tell, and that is no fault")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter_as(o,
			(struct dossier){ .channel = CHANNEL_COUNTER, .email = S("a@example.vn") });
		int64_t notices = ledger_of(o).notices;
		CHECK_OK(say(o, &o->clerk, &d));
		office_do(o, ACT_RECEIVE, &d);
		CHECK_INT(ledger_of(o).notices, notices);
		CHECK_INT(ledger_of(o).mails, 0);
	}
}
