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

TEST("what waits for the applicant is said first, however many dossiers came after it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office_site s;
		REQUIRE(site_open(a, engine, &s));
		struct dossier waits = office_at(s.o, DOSSIER_SUPPLEMENT);
		struct dossier answered = office_at(s.o, DOSSIER_SUPPLEMENT);
		office_do(s.o, ACT_ANSWER, &answered);
		for (int i = 0; i < LIMIT_PAGE_ROWS; i++)
			office_enter(s.o);
		struct visit *v = site_browser(&s, &s.o->citizen);
		CHECK_INT(visit_get(v, "/ca-nhan"), 200);
		CHECK(!visit_shows(v, "Không có hồ sơ nào đang chờ bạn"));
		str body = live_body(v->page);
		CHECK(str_find(body, waits.code) < str_find(body, S("Hồ sơ đã nộp")));
		CHECK(!str_has(body, answered.code));
		CHECK_INT(visit_get(v, "/ca-nhan?trang=2"), 200);
		CHECK(visit_shows(v, "Việc bạn cần làm"));
		office_do(s.o, ACT_ANSWER, &waits);
		CHECK_INT(visit_get(v, "/ca-nhan"), 200);
		CHECK(visit_shows(v, "Không có hồ sơ nào đang chờ bạn"));
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
	office_do(s.o, ACT_PROPOSE, &d);
	CHECK_INT(visit_get(citizen, my_page(citizen, &d, "")), 200);
	CHECK_INT(times_shown(citizen, "<h3>Đã trình ký</h3>"), 1);
	struct visit *officer = site_browser(&s, &s.o->officer);
	CHECK_INT(visit_get(officer, desk_page(officer, &d, "")), 200);
	CHECK(visit_shows(officer, "Sai tên người ký.") && visit_shows(officer, "Đã trình ký"));
	visit_done(s.v);
}

/* --- text and acts ---------------------------------------------------------------- */

static const char *long_field(struct arena *a, const char *name, size_t n)
{
	struct buf b = buf_in(a, 64 * KIB);
	buf_printf(&b, "%s=", name);
	for (size_t i = 0; i < n; i++)
		buf_add(&b, S("%E1%BB%99")); /* ộ: three bytes, one character */
	return str_z(a, buf_str(&b));
}

TEST("a text that is too long comes back whole, with how much to leave out [C32-8.3]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	struct visit *v = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(v, my_page(v, &d, "/rut")), 200);
	const char *fields = arena_printf(a, "phien-ban=%lld&%s", (long long)d.version,
		long_field(a, "ly-do", LIMIT_NOTE + 5))
				     .p;
	CHECK_INT(visit_post(v, my_page(v, &d, "/rut"), fields), 422);
	CHECK_INT(times_shown(v, "Bớt 5 ký tự: chỉ được viết 2.000 ký tự"), 2);
	CHECK_INT(times_shown(v, "ộộộộộ"), (LIMIT_NOTE + 5) / 5);
	CHECK(str_is_utf8(live_body(v->page)));
	fields = long_field(a, "tin-nhan", LIMIT_MESSAGE + 1);
	CHECK_INT(visit_post(v, my_page(v, &d, "/nhan-tin"), fields), 422);
	CHECK_INT(times_shown(v, "Bớt 1 ký tự: chỉ được viết 4.000 ký tự"), 2);
	office_do(s.o, ACT_PROPOSE, &d);
	office_do(s.o, ACT_APPROVE, &d);
	CHECK_INT(visit_get(v, my_page(v, &d, "/danh-gia")), 200);
	CHECK_INT(
		visit_post(v, my_page(v, &d, "/danh-gia"), long_field(a, "gop-y", LIMIT_NOTE + 7)),
		422);
	CHECK(visit_shows(v, "Bớt 7 ký tự") && visit_shows(v, "Chọn mức hài lòng chung"));
	CHECK_INT(times_shown(v, "ộộộ"), (LIMIT_NOTE + 7) / 3);
	visit_done(s.v);
}

TEST("who withdraws while the clerk receives sees what changed, with the reason kept [ND118-21.1]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_enter(s.o);
	struct visit *v = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(v, my_page(v, &d, "/rut")), 200);
	office_do(s.o, ACT_RECEIVE, &d);
	CHECK_INT(visit_post(v, my_page(v, &d, "/rut"), "phien-ban=1&ly-do=Khong+can+nua"), 409);
	CHECK(visit_shows(v, "Khong can nua") && visit_shows(v, "Đã tiếp nhận"));
	CHECK_INT(shown_version(v), 2);
	CHECK_INT(visit_post(v, my_page(v, &d, "/rut"), "phien-ban=2&ly-do=Khong+can+nua"), 303);
	CHECK_INT(dossier_now(s.o, &d).stage, DOSSIER_WITHDRAWN);
	visit_done(s.v);
}

TEST("what was pressed twice is done once, and leads to the dossier")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_enter(s.o);
	struct visit *v = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(v, my_page(v, &d, "/rut")), 200);
	for (int i = 0; i < 2; i++) {
		CHECK_INT(visit_post(v, my_page(v, &d, "/rut"), "phien-ban=1&ly-do=x"), 303);
		CHECK_STR(visit_location(v), my_page(v, &d, ""));
		CHECK_INT(visit_get(v, "/dang-nhap"), 200);
	}
	struct dossier asked = office_at(s.o, DOSSIER_SUPPLEMENT);
	CHECK_INT(visit_get(v, my_page(v, &asked, "/bo-sung")), 200);
	const char *fields = str_z(
		a, arena_printf(a, "phien-ban=%lld&loi-nhan=da sua", (long long)asked.version));
	for (int i = 0; i < 2; i++) {
		CHECK_INT(site_send(v, my_page(v, &asked, "/bo-sung"), fields, "giay-to"), 303);
		CHECK_STR(visit_location(v), my_page(v, &asked, ""));
		CHECK_INT(visit_get(v, "/dang-nhap"), 200);
	}
	CHECK_INT(dossier_now(s.o, &asked).version, asked.version + 1);
	visit_done(s.v);
}

TEST("rating waits for the decision, and is asked for once [C32-11.6] [C32-12.1]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	struct visit *v = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(v, my_page(v, &d, "/danh-gia")), 409);
	CHECK(visit_shows(v, "Chưa đến lúc đánh giá") && !visit_shows(v, "cập nhật trước bạn"));
	CHECK_INT(visit_get(v, my_page(v, &d, "")), 200);
	CHECK_INT(visit_post(v, my_page(v, &d, "/danh-gia"), "chung=3"), 409);
	office_do(s.o, ACT_PROPOSE, &d);
	office_do(s.o, ACT_APPROVE, &d);
	CHECK_INT(visit_get(v, my_page(v, &d, "/danh-gia")), 200);
	for (int i = 0; i < 2; i++) {
		CHECK_INT(visit_post(v, my_page(v, &d, "/danh-gia"), "chung=3"), 303);
		CHECK_STR(visit_location(v), my_page(v, &d, ""));
		CHECK_INT(visit_get(v, "/dang-nhap"), 200);
	}
	CHECK_INT(visit_get(v, my_page(v, &d, "/danh-gia")), 303);
	visit_done(s.v);
}

/* --- what anybody may know ----------------------------------------------------------- */

TEST("a stranger with the code learns how far it is, and nothing of the stage [VPCP01-16.2]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_SUPPLEMENT);
	const char *path = str_z(a, arena_printf(a, "/tra-cuu?ma=" STR_FMT, STR_ARG(d.code)));
	CHECK_INT(visit_get(s.v, path), 200);
	CHECK(visit_shows(s.v, "Đã hoàn thành 50%"));
	CHECK(!visit_shows(s.v, "Chờ bổ sung") && !visit_shows(s.v, "class=\"tag"));
	visit_done(s.v);
}

TEST("the QR of a slip tells who holds it what to compare; the code alone tells yes or no [FORM-1]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_RECEIVED);
	struct slip slip;
	bool found = false;
	CHECK_OK(slip_find(reader(s.o), a, d.id, S("receipt"), &slip, &found));
	REQUIRE(found && slip.token.n >= 20);
	str path = arena_printf(a, "/xac-minh/" STR_FMT, STR_ARG(d.code));
	CHECK_INT(visit_get(s.v, str_z(a, path)), 200);
	CHECK(visit_shows(s.v, "Cơ quan đã cấp giấy hẹn cho mã hồ sơ này"));
	CHECK(!visit_shows(s.v, "phường Trung Tâm") && !visit_shows(s.v, "/11/2026"));
	str held = arena_printf(a, STR_FMT "?k=" STR_FMT, STR_ARG(path), STR_ARG(slip.token));
	CHECK_INT(visit_get(s.v, str_z(a, held)), 200);
	CHECK(visit_shows(s.v, "phường Trung Tâm") && visit_shows(s.v, "27/11/2026"));
	CHECK(!visit_shows(s.v, "Nguyễn Thị Hạnh") && !str_has(s.v->page, slip.sha256));
	str forged = arena_printf(a, STR_FMT "?k=xyz", STR_ARG(path));
	CHECK_INT(visit_get(s.v, str_z(a, forged)), 200);
	CHECK(visit_shows(s.v, "không phải của giấy hẹn đã cấp") && !visit_shows(s.v, "/11/2026"));
	/* One from before there were tokens. */
	CHECK_OK(test_sql(s.v->services, a, "UPDATE dossier_slip SET token = ''"));
	CHECK_INT(visit_get(s.v, str_z(a, forged)), 200);
	CHECK(visit_shows(s.v, "Cơ quan đã cấp giấy hẹn cho mã hồ sơ này"));
	visit_done(s.v);
}

TEST("an answer sent after the session's end keeps its words; its files are asked for again")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_SUPPLEMENT);
	struct visit *v = site_browser(&s, &s.o->citizen);
	CHECK_INT(visit_get(v, my_page(v, &d, "/bo-sung")), 200);
	CHECK_OK(test_sql(v->services, a, "DELETE FROM session"));
	const char *fields = str_z(
		a, arena_printf(a, "phien-ban=%lld&loi-nhan=da sua roi", (long long)d.version));
	CHECK_INT(site_send(v, my_page(v, &d, "/bo-sung"), fields, "giay-to"), 401);
	CHECK(visit_shows(v, "name=\"giu:loi-nhan\" value=\"da sua roi\""));
	CHECK(visit_shows(v, "Các tệp thì phải chọn lại sau khi đăng nhập."));
	str kept = arena_printf(a,
		"tai-khoan=" STR_FMT "&mat-khau=tr%%E1%%BB%%9Di+m%%C6%%B0a+s%%C3%%A2n+tr%%C6%%A1n"
		"&giu-den=%s&giu:loi-nhan=da+sua+roi&giu:phien-ban=%lld&giu:mat-tep=1",
		STR_ARG(s.o->citizen.who.identifier), my_page(v, &d, "/bo-sung"),
		(long long)d.version);
	CHECK_INT(visit_post(v, "/dang-nhap", str_z(a, kept)), 200);
	CHECK(visit_shows(v, "Các tệp phải chọn lại"));
	fields = str_z(a,
		arena_printf(
			a, "phien-ban=%lld&loi-nhan=da+sua+roi&mat-tep=1", (long long)d.version));
	CHECK_INT(visit_post(v, my_page(v, &d, "/bo-sung"), fields), 422);
	CHECK(visit_shows(v, "da sua roi") && visit_shows(v, "Chọn lại các tệp"));
	CHECK(!visit_shows(v, "mat-tep"));
	CHECK(!dossier_now(s.o, &d).answered_at.set);
	visit_done(s.v);
}
