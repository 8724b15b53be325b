/* SPDX-License-Identifier: Apache-2.0 */
/* The applicant's pages as a browser sees them. */
#include "dossier/flow.h"
#include "dossier/message.h"
#include "dossier/site_test.h"

/* n times the letter that takes most room once it is escaped. */
static str quotes(struct arena *a, size_t n)
{
	char *p = arena_bytes(a, n, 1);
	memset(p, '"', n);
	return (str){ p, n };
}

static void say_all(struct office *o, const struct dossier *d)
{
	str text = quotes(o->a, LIMIT_MESSAGE);
	for (int i = 0; i < LIMIT_MESSAGES; i++) {
		ARENA a = arena_new();
		CHECK_OK(message_put(o->db, a, d, o->citizen, text, o->now));
	}
	CHECK_ERR(message_put(o->db, o->a, d, o->citizen, S("một câu nữa"), o->now), "CONFLICT");
}

/* Round in a circle, until the rules end it. */
static void act_all(struct office *o, struct dossier *d)
{
	str reason = quotes(o->a, LIMIT_NOTE);
	for (err e = NULL; !e;) {
		struct act_input in = usual_input(o, ACT_ASK_FEE, d);
		in.reason = reason;
		e = dossier_do(o->db, o->a, o->now, o->officer, &in, d);
		if (!e)
			office_do(o, ACT_CONFIRM_FEE, d);
		else
			CHECK_ERR(e, "CONFLICT");
	}
	CHECK(d->version >= LIMIT_ROUNDS);
}

TEST("a dossier at all its ceilings can still be read by both sides [C32-9.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office_site s;
		REQUIRE(site_open(a, engine, &s));
		struct dossier d = office_at(s.o, DOSSIER_HANDLING);
		say_all(s.o, &d);
		act_all(s.o, &d);
		struct visit *citizen = site_browser(&s, &s.o->citizen);
		struct visit *officer = site_browser(&s, &s.o->officer);
		CHECK_INT(visit_get(citizen, my_page(citizen, &d, "")), 200);
		CHECK(visit_shows(citizen, "đủ số tin nhắn được phép"));
		CHECK(visit_shows(citizen, "1–10 trong 400 tin nhắn"));
		CHECK_INT(visit_get(citizen, my_page(citizen, &d, "?trang=40")), 200);
		CHECK(visit_shows(citizen, "391–400 trong 400"));
		CHECK_INT(visit_get(officer, desk_page(officer, &d, "")), 200);
		CHECK_INT(visit_get(officer, desk_page(officer, &d, "?trang=2")), 200);
		office_do(s.o, ACT_PROPOSE, &d); /* what ends it is open */
		CHECK_ERR(office_try(s.o, &s.o->leader, ACT_SEND_BACK, &d), "CONFLICT");
		office_do(s.o, ACT_APPROVE, &d);
		visit_done(s.v);
	}
}

TEST("the newest messages come first, older ones by a link, each page in the order they were said")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	for (int i = 1; i <= LIMIT_MESSAGE_ROWS + 2; i++)
		CHECK_OK(message_put(s.o->db, a, &d, s.o->citizen,
			arena_printf(a, "Câu thứ %d.", i), s.o->now + i));
	struct visit *v = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(v, my_page(v, &d, "")), 200);
	CHECK(!visit_shows(v, "Câu thứ 2.") && visit_shows(v, "Câu thứ 3."));
	str body = live_body(v->page);
	CHECK(str_find(body, S("Câu thứ 3.")) < str_find(body, S("Câu thứ 12.")));
	CHECK(visit_shows(v, "?trang=2\""));
	/* Also under the address of a form that came back. */
	CHECK_INT(visit_post(v, my_page(v, &d, "/nhan-tin"), "tin-nhan="), 422);
	CHECK(!visit_shows(v, "/nhan-tin?trang"));
	CHECK_INT(visit_get(v, my_page(v, &d, "?trang=2")), 200);
	CHECK(visit_shows(v, "Câu thứ 2.") && !visit_shows(v, "Câu thứ 3."));
	visit_done(s.v);
}

TEST("what leaders and officers tell each other is not in the applicant's timeline [ND224-15.1]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_APPROVAL);
	struct act_input in = usual_input(s.o, ACT_SEND_BACK, &d);
	in.reason = S("Sai tên người ký.");
	CHECK_OK(dossier_do(s.o->db, a, s.o->now, s.o->leader, &in, &d));
	struct visit *citizen = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(citizen, my_page(citizen, &d, "")), 200);
	CHECK(!visit_shows(citizen, "Sai tên người ký."));
	CHECK(!visit_shows(citizen, "Lãnh đạo trả lại để sửa") &&
		!visit_shows(citizen, "Đã trình ký"));
	CHECK_INT(times_shown(citizen, "aria-current=\"step\""), 1);
	struct visit *officer = site_browser(&s, &s.o->officer);
	CHECK_INT(visit_get(officer, desk_page(officer, &d, "")), 200);
	CHECK(visit_shows(officer, "Sai tên người ký.") && visit_shows(officer, "Đã trình ký"));
	visit_done(s.v);
}
