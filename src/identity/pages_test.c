/* SPDX-License-Identifier: Apache-2.0 */
/* pages_test.c - signing in and out, as a browser does it. */
#include "identity/identity_test.h"
#include "identity/parts.h"
#include "tests/database.h"
#include "tests/visit.h"

/* Without what changes from page to page: token, year, request. */
static str body_without_token(const struct visit *v)
{
	str body = live_body(v->page), mark = S("name=\"csrf\" value=\"");
	struct buf b = buf_in(v->arena, MIB);
	for (size_t at; (at = str_find(body, mark)) < body.n;) {
		buf_add(&b, str_part(body, 0, at));
		body = str_from_at(body, at + mark.n);
		body = str_from_at(body, str_find(body, S("\"")));
	}
	buf_add(&b, body);
	return buf_str(&b);
}

TEST("a person signs in, is known, and signs out [C32-10.1, C32-10.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		CHECK_INT(visit_get(v, "/ca-nhan"), 303);
		CHECK_STR(visit_location(v), "/dang-nhap?tiep=%2Fca-nhan");
		visit_sign_in(v, "AN%40Example.vn", TEST_PASSWORD);
		CHECK_STR(visit_location(v), "/ca-nhan");
		CHECK_INT(visit_get(v, "/ca-nhan"), 200);
		CHECK_INT(visit_get(v, "/dang-nhap"), 200);
		CHECK(visit_shows(v, "Nguyễn Thị Hạnh"));
		CHECK_INT(visit_post(v, "/dang-xuat", ""), 303);
		CHECK_INT(visit_get(v, "/ca-nhan"), 303);
		CHECK(visit_audited(v, "sign-in") && visit_audited(v, "sign-out"));
		visit_done(v);
	}
}

TEST("two accounts in one form are 400, and nobody is signed in or counted")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		CHECK_INT(visit_get(v, "/dang-nhap"), 200);
		const char *both =
			"tai-khoan=an@example.vn&tai-khoan=bo@example.vn&" PASSWORD_FIELD;
		CHECK_INT(visit_post(v, "/dang-nhap", both), 400);
		CHECK(!visit_session(v).n);
		CHECK(!visit_audited(v, "sign-in"));
		CHECK_INT(visit_get(v, "/ca-nhan"), 303);
		CHECK_INT(visit_get(v, "/dang-nhap?tiep=/ca-nhan&tiep=/can-bo"), 400);
		visit_done(v);
	}
}

TEST("neither words nor status tell whether an account exists [C32-10.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, NULL);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		static const char *const pages[] = { "/dang-nhap", "/quen-mat-khau" };
		for (size_t i = 0; i < COUNT(pages); i++) {
			visit_get(v, pages[i]);
			int known = visit_post(v, pages[i], "tai-khoan=an@example.vn&mat-khau=sai");
			str body = body_without_token(v);
			visit_get(v, pages[i]);
			CHECK_INT(visit_post(v, pages[i], "tai-khoan=xx@example.vn&mat-khau=sai"),
				known);
			str other = body_without_token(v);
			CHECK_INT((int64_t)other.n, (int64_t)body.n);
			CHECK_INT(known, i == 0 ? 422 : 200);
		}
		v->stays = true;
		for (int i = 0; i < 3; i++) {
			visit_get(v, "/dang-nhap");
			CHECK_INT(visit_post(v, "/dang-nhap", "tai-khoan=ai-do&mat-khau=sai"), 422);
		}
		visit_get(v, "/dang-nhap");
		CHECK_INT(visit_post(v, "/dang-nhap", "tai-khoan=ai-do&mat-khau=sai"), 429);
		CHECK_STR(live_header(v->page, "Retry-After"), "2");
		CHECK(visit_shows(v, "value=\"ai-do\""));
		visit_done(v);
	}
}

TEST("signing in makes a new session, and a planted cookie is worth nothing")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	str first = visit_session(v);
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	str second = visit_session(v);
	CHECK(first.n >= 52 && !str_eq(first, second));
	struct visit *thief = visit_other(v);
	thief->cookies.items = arena_array(a, struct field, 8);
	thief->cookies.items[thief->cookies.n++] = (struct field){ S("__Host-phien"), first };
	CHECK_INT(visit_get(thief, "/ca-nhan"), 303);
	thief->cookies.items[0].value = S("abcdefgh");
	CHECK_INT(visit_get(thief, "/ca-nhan"), 303);
	visit_done(v);
}

TEST("a session ends when it is idle, old, locked out, or ended everywhere")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		static const char *const ends[] = {
			"UPDATE session SET seen_at = seen_at - 3601000000",
			"UPDATE session SET created_at = created_at - 43201000000",
			"UPDATE account SET locked = TRUE",
		};
		for (size_t i = 0; i < COUNT(ends); i++) {
			visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
			CHECK_INT(visit_get(v, "/ca-nhan"), 200);
			CHECK_OK(test_sql(v->services, a, ends[i]));
			CHECK_INT(visit_get(v, "/ca-nhan"), 303);
		}
		CHECK_OK(test_sql(v->services, a, "UPDATE account SET locked = FALSE"));
		struct visit *phone = visit_other(v);
		visit_sign_in(phone, "an@example.vn", TEST_PASSWORD);
		visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
		CHECK_INT(visit_get(v, "/ca-nhan/bao-mat"), 200);
		CHECK(visit_shows(v, "Firefox, Windows") && visit_shows(v, "Thiết bị này"));
		CHECK_INT(visit_post(v, "/ca-nhan/bao-mat/dang-xuat", ""), 303);
		CHECK_INT(visit_get(v, "/ca-nhan"), 303);
		CHECK_INT(visit_get(phone, "/ca-nhan"), 303);
		visit_done(v);
	}
}

TEST("a page seen later is written down once a minute at most")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	int64_t acts = db_stats(v->services->db).acts;
	visit_get(v, "/ca-nhan");
	visit_get(v, "/ca-nhan");
	CHECK_INT(db_stats(v->services->db).acts, acts);
	CHECK_OK(test_sql(v->services, a, "UPDATE session SET seen_at = seen_at - 3000000000"));
	visit_get(v, "/ca-nhan");
	visit_get(v, "/ca-nhan");
	CHECK_INT(db_stats(v->services->db).acts, acts + 2);
	visit_done(v);
}

TEST("a form posted after the session's end goes on after signing in, nothing lost")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_get(v, "/dang-nhap");
	CHECK_INT(visit_post(v, "/nop/n1/2", "ten=H%E1%BA%A1nh+%26&tai-khoan=t&mat-khau-x=bi-mat"),
		401);
	CHECK(visit_shows(v, "name=\"giu:ten\" value=\"Hạnh &amp;\""));
	CHECK(visit_shows(v, "name=\"giu:tai-khoan\" value=\"t\""));
	CHECK(visit_shows(v, "name=\"giu-den\" value=\"/nop/n1/2\""));
	CHECK(!visit_shows(v, "bi-mat") && !visit_shows(v, "giu:csrf"));

	const char *wrong =
		"tai-khoan=an@example.vn&mat-khau=sai&giu:ten=H%E1%BA%A1nh&giu-den=/nop/n1/2";
	CHECK_INT(visit_post(v, "/dang-nhap", wrong), 422);
	CHECK(visit_shows(v, "name=\"giu:ten\" value=\"Hạnh\""));

	const char *right =
		"tai-khoan=an@example.vn&" PASSWORD_FIELD "&giu:ten=H%E1%BA%A1nh&giu-den=/nop/n1/2";
	CHECK_INT(visit_post(v, "/dang-nhap", right), 200);
	CHECK(visit_shows(v, "<form method=\"post\" action=\"/nop/n1/2\">"));
	CHECK(visit_shows(v, "name=\"ten\" value=\"Hạnh\""));
	CHECK(visit_shows(v, "Nguyễn Thị Hạnh"));
	CHECK_INT(visit_post(v, "/nop/n1/2", "ten=H%E1%BA%A1nh"), 200);
	CHECK(visit_shows(v, "ten=Hạnh"));

	const char *away =
		"tai-khoan=an@example.vn&" PASSWORD_FIELD "&giu-den=//evil.example&tiep=//evil";
	visit_get(v, "/dang-nhap");
	CHECK_INT(visit_post(v, "/dang-nhap", away), 303);
	CHECK_STR(visit_location(v), "/ca-nhan");
	visit_done(v);
}

TEST("who has lost the token of a form sends it again, with all that was typed")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(v, "/dang-ky"), 200);
	/* The browser forgets the cookie that the token belongs to. */
	for (size_t i = 0; i < v->cookies.n; i++)
		if (!str_eq(v->cookies.items[i].value, visit_session(v)))
			v->cookies.items[i].value = S("x");
	CHECK_INT(visit_post(v, "/nop/n1/2", "ten=H%E1%BA%A1nh&mat-khau=bi-mat"), 403);
	CHECK(visit_shows(v, "<form method=\"post\" action=\"/nop/n1/2\">"));
	CHECK(visit_shows(v, "name=\"ten\" value=\"Hạnh\"") && !visit_shows(v, "bi-mat"));
	CHECK_INT(visit_post(v, "/nop/n1/2", "ten=H%E1%BA%A1nh"), 200);
	CHECK(visit_shows(v, "ten=Hạnh"));
	visit_done(v);
}

TEST("names are counted in characters and come back whole, well-formed text always")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	struct buf b = buf_in(a, 8 * KIB);
	buf_add(&b, S("tai-khoan=an@example.vn&" PASSWORD_FIELD "&dong-y=1&ho-ten="));
	for (int i = 0; i < 203; i++)
		buf_add(&b, S("%E1%BB%99"));
	CHECK_INT(visit_get(v, "/dang-ky"), 200);
	CHECK_INT(visit_post(v, "/dang-ky", str_z(a, buf_str(&b))), 422);
	CHECK(visit_shows(v, "Bớt 103 ký tự: chỉ được viết 100 ký tự"));
	CHECK(str_is_utf8(live_body(v->page)));
	size_t kept = 0;
	for (str rest = live_body(v->page); str_has(rest, S("ộ"));
		rest = str_from_at(rest, str_find(rest, S("ộ")) + 3))
		kept++;
	CHECK(kept >= 203);
	CHECK_INT(visit_get(v, "/dang-nhap"), 200);
	b = buf_in(a, 8 * KIB);
	buf_add(&b, S("mat-khau=x&tai-khoan="));
	for (int i = 0; i < 100; i++)
		buf_add(&b, S("%E1%BB%99"));
	CHECK_INT(visit_post(v, "/dang-nhap", str_z(a, buf_str(&b))), 422);
	CHECK(str_is_utf8(live_body(v->page)));
	visit_done(v);
}

TEST("a stranger who guesses keeps only himself waiting [C32-10.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		test_account(v->services, a, "motcua", ROLE_CLERK);
		struct visit *stranger = visit_other(v);
		stranger->stays = true;
		visit_get(stranger, "/dang-nhap");
		int status = 0;
		for (int i = 0; i < 4 && status != 429; i++)
			status =
				visit_post(stranger, "/dang-nhap", "tai-khoan=motcua&mat-khau=sai");
		CHECK_INT(status, 429);
		CHECK_INT(visit_post(stranger, "/dang-nhap", "tai-khoan=motcua&" PASSWORD_FIELD),
			429);
		visit_sign_in(v, "motcua", TEST_PASSWORD);
		visit_done(v);
	}
}
