/* SPDX-License-Identifier: Apache-2.0 */
/* admin_pages_test.c - who may open what; accounts and the trail in an administrator's hands. */
#include "identity/identity_test.h"
#include "identity/parts.h"
#include "tests/database.h"
#include "tests/visit.h"

/* --- the administrator ------------------------------------------------------------------- */

static err no_agency(struct conn *c, struct arena *a, str code, bool *ret_known)
{
	(void)c, (void)a, (void)code;
	*ret_known = false;
	return NULL;
}

TEST("every route lets in exactly the roles of the table [C32-10.1]")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	const struct route *const all[] = { identity_routes, identity_admin_routes, test_routes };
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct visit *who = visit_other(v);
		who->address = 5000 + role * 200;
		str name = arena_printf(a, "vai%d@example.vn", role);
		if (role != ROLE_ANONYMOUS) {
			test_account(v->services, a, str_z(a, name), (enum role)role);
			visit_sign_in(who, str_z(a, name), TEST_PASSWORD);
		}
		for (size_t i = 0; i < COUNT(all); i++)
			for (const struct route *route = all[i]; route->path; route++) {
				if (route->method[0] != 'G')
					continue;
				int status = visit_get(who, route->path);
				bool may = role_may((enum role)role, (enum permission)route->guard);
				int refused = role == ROLE_ANONYMOUS ? 303 : 403;
				if (!tap_check(status == (may ? 200 : refused), __FILE__, __LINE__,
					    route->path))
					printf("#   role %d got %d\n", role, status);
			}
	}
	CHECK(visit_audited(v, "access.refused"));
	visit_done(v);
}

TEST("an administrator adds, locks and helps officers, but not himself")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		int64_t self = test_account(v->services, a, "quantri@example.vn", ROLE_ADMIN);
		int64_t other = test_account(v->services, a, "le.trang@example.vn", ROLE_OFFICER);
		visit_sign_in(v, "quantri@example.vn", TEST_PASSWORD);
		CHECK_STR(visit_location(v), "/quan-tri");
		CHECK_INT(visit_get(v, "/quan-tri/nguoi-dung"), 200);
		CHECK_INT(visit_post(v, "/quan-tri/nguoi-dung", "ten=le.trang"), 200);
		CHECK(visit_shows(v, "le.trang@example.vn"));
		CHECK(!visit_shows(v, "quantri@example.vn"));
		CHECK_INT(visit_get(v, "/quan-tri/nguoi-dung/them"), 200);
		CHECK_INT(visit_post(v, "/quan-tri/nguoi-dung/them", "ho-ten=M&vai-tro=citizen"),
			422);
		const char *clerk = "ho-ten=Minh&tai-khoan=minh&vai-tro=clerk&co-quan=H99.001.01";
		CHECK_INT(visit_post(v, "/quan-tri/nguoi-dung/them", clerk), 200);
		CHECK(visit_shows(v, "Mật khẩu của Minh"));
		visit_get(v, "/quan-tri/nguoi-dung/them");
		CHECK_INT(visit_post(v, "/quan-tri/nguoi-dung/them", clerk), 422);
		v->services->agency_known = no_agency;
		visit_get(v, "/quan-tri/nguoi-dung/them");
		const char *other_clerk = "ho-ten=Ly&tai-khoan=ly.an&vai-tro=clerk&co-quan=NOPE";
		CHECK_INT(visit_post(v, "/quan-tri/nguoi-dung/them", other_clerk), 422);
		CHECK(visit_shows(v, "href=\"#co-quan\"") && visit_shows(v, "value=\"NOPE\""));

		struct visit *officer = visit_other(v);
		visit_sign_in(officer, "le.trang@example.vn", TEST_PASSWORD);
		CHECK_STR(visit_location(officer), "/can-bo");
		visit_get(v, "/quan-tri/nguoi-dung");
		str path = arena_printf(a, "/quan-tri/nguoi-dung/%lld/", (long long)other);
		str lock = arena_printf(a, STR_FMT "khoa", STR_ARG(path));
		str unlock = arena_printf(a, STR_FMT "mo", STR_ARG(path));
		str password = arena_printf(a, STR_FMT "mat-khau", STR_ARG(path));
		str mine = arena_printf(a, "/quan-tri/nguoi-dung/%lld/khoa", (long long)self);
		CHECK_INT(visit_post(v, str_z(a, lock), ""), 303);
		CHECK_INT(visit_get(officer, "/can-bo"), 303);
		visit_get(officer, "/dang-nhap");
		CHECK_INT(visit_post(officer, "/dang-nhap",
				  "tai-khoan=le.trang@example.vn&" PASSWORD_FIELD),
			403);
		visit_get(v, "/quan-tri/nguoi-dung");
		CHECK_INT(visit_post(v, str_z(a, unlock), ""), 303);
		visit_get(v, "/quan-tri/nguoi-dung");
		CHECK_INT(visit_post(v, str_z(a, password), ""), 200);
		visit_get(v, "/quan-tri/nguoi-dung");
		CHECK_INT(visit_post(v, str_z(a, mine), ""), 409);
		visit_get(v, "/quan-tri/nguoi-dung");
		CHECK_INT(visit_post(v, "/quan-tri/nguoi-dung/999/khoa", ""), 404);
		visit_done(v);
	}
}

static int64_t entries_of(struct visit *v, const char *act)
{
	ARENA a = arena_new();
	struct audit_entry *all;
	size_t n;
	int64_t total, found = 0;
	CHECK_OK(audit_list(test_reader(v->services, a), a, S(""), 0, 1000, &all, &n, &total));
	for (size_t i = 0; i < n; i++)
		found += str_eq(all[i].act, str_from(act)) &&
			str_eq(all[i].actor, S("quantri@example.vn"));
	return found;
}

TEST("who reads the lists of people or the trail is in the trail, once each time")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, NULL);
		REQUIRE(v);
		test_account(v->services, a, "quantri@example.vn", ROLE_ADMIN);
		visit_sign_in(v, "quantri@example.vn", TEST_PASSWORD);
		CHECK_INT(visit_get(v, "/quan-tri/nhat-ky"), 200);
		CHECK_INT(entries_of(v, "audit.list"), 1);
		CHECK_INT(visit_post(v, "/quan-tri/nhat-ky", "ai=nobody"), 200);
		CHECK_INT(entries_of(v, "audit.list"), 2);
		CHECK_INT(visit_get(v, "/quan-tri/nguoi-dung"), 200);
		CHECK_INT(entries_of(v, "account.list"), 1);
		visit_done(v);
	}
}

TEST("the trail is listed, filtered and checked on a page")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, NULL);
	REQUIRE(v);
	test_account(v->services, a, "quantri@example.vn", ROLE_ADMIN);
	visit_sign_in(v, "quantri@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(v, "/quan-tri/nhat-ky"), 200);
	CHECK_INT(visit_post(v, "/quan-tri/nhat-ky", "ai=quantri%40example.vn"), 200);
	CHECK(visit_shows(v, "sign-in") && visit_shows(v, "value=\"quantri@example.vn\""));
	CHECK_INT(visit_post(v, "/quan-tri/nhat-ky", "ai=nobody"), 200);
	CHECK(visit_shows(v, "Chưa có gì."));
	CHECK_INT(visit_post(v, "/quan-tri/nhat-ky", "lam=kiem-tra"), 200);
	CHECK(visit_shows(v, "Nhật ký nguyên vẹn"));
	CHECK_OK(test_sql(v->services, a, "DROP TRIGGER audit_keep_content"));
	CHECK_OK(
		test_sql(v->services, a, "UPDATE audit_entry SET act = 'x' WHERE act = 'sign-in'"));
	CHECK_INT(visit_post(v, "/quan-tri/nhat-ky", "lam=kiem-tra"), 200);
	CHECK(visit_shows(v, "Nhật ký đã bị sửa") && visit_shows(v, "its content was changed"));
	CHECK_INT(visit_get(v, "/quan-tri/nhat-ky?trang=99"), 200);
	visit_done(v);
}
