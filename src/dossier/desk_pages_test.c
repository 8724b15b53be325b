/* SPDX-License-Identifier: Apache-2.0 */
/* The officers' pages as a browser sees them. */
#include "dossier/flow.h"
#include "dossier/officer.h"
#include "dossier/site_test.h"

/* The route's address for one dossier and act; "" for what names nobody. */
static str place_of(struct arena *a, const char *path, const struct dossier *d, int64_t file)
{
	static const char *const names[] = { ":code", ":name", ":act", ":id" };
	const str values[] = { d->code, S("xu-ly"), S("phan-cong"),
		arena_printf(a, "%lld", (long long)file) };
	str address = str_from(path);
	if (str_eq(address, S("/can-bo/phim-tat")))
		return S("");
	if (str_eq(address, S("/can-bo/tim")))
		return arena_printf(a, "/can-bo/tim?q=" STR_FMT, STR_ARG(d->code));
	for (size_t i = 0; i < COUNT(names); i++) {
		str name = str_from(names[i]);
		size_t at = str_find(address, name);
		if (at < address.n)
			address = arena_printf(a, STR_FMT STR_FMT STR_FMT,
				STR_ARG(str_part(address, 0, at)), STR_ARG(values[i]),
				STR_ARG(str_from_at(address, at + name.n)));
	}
	return address;
}

static int64_t all_audits(struct office_site *s) { return ledger_of(s->o).audits; }

TEST("no page of the desk shows an applicant without an entry in the trail")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	struct act_input in = usual_input(s.o, ACT_PROPOSE, &d);
	CHECK_OK(dossier_do(s.o->db, a, s.o->now, s.o->officer, &in, &d));
	office_do(s.o, ACT_SEND_BACK, &d);
	struct dossier_file *files;
	size_t n, walked = 0;
	CHECK_OK(dossier_files(reader(s.o), a, d.id, &files, &n));
	REQUIRE(n == 1);
	/* A leader may open every queue, and the act below. */
	struct visit *v = site_browser(&s, &s.o->leader);
	for (const struct route *r = dossier_officer_routes; r->method; r++) {
		str path = place_of(a, r->path, &d, files[0].id);
		if (!path.n)
			continue;
		if (str_eq(path, S("/can-bo")))
			path = S("/can-bo/hang-doi/tat-ca");
		int64_t before = all_audits(&s);
		visit_get(v, "/dang-nhap");
		if (r->method[0] == 'P')
			visit_post(v, str_z(a, path), "phien-ban=1&q=hanh");
		else
			visit_get(v, str_z(a, path));
		if (!CHECK(all_audits(&s) > before))
			printf("#   %s %s\n", r->method, r->path);
		walked++;
	}
	CHECK(walked >= 8);
	visit_done(s.v);
}

TEST("officers look for people without their names in addresses")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_enter(s.o);
	struct visit *v = site_browser(&s, &s.o->clerk);
	CHECK_INT(visit_get(v, "/can-bo"), 200);
	CHECK(visit_shows(v, "method=\"post\" action=\"/can-bo/tim\""));
	CHECK_INT(visit_post(v, "/can-bo/tim", "q=hanh"), 200);
	CHECK(str_has(live_body(v->page), d.code));
	CHECK_INT(visit_get(v, "/can-bo/tim?q=hanh"), 200);
	CHECK(!str_has(live_body(v->page), d.code));
	CHECK_INT(
		visit_get(v, str_z(a, arena_printf(a, "/can-bo/tim?q=" STR_FMT, STR_ARG(d.code)))),
		200);
	CHECK(str_has(live_body(v->page), d.code));
	visit_done(s.v);
}

TEST("an act of another role is refused as such, and the refusal is kept")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_enter(s.o);
	struct visit *clerk = site_browser(&s, &s.o->clerk);
	CHECK_INT(visit_get(clerk, desk_page(clerk, &d, "/phe-duyet")), 403);
	CHECK_INT(visit_get(clerk, desk_page(clerk, &d, "/tiep-nhan")), 200);
	CHECK_INT(visit_post(clerk, desk_page(clerk, &d, "/phe-duyet"), "phien-ban=1"), 403);
	CHECK(!visit_shows(clerk, "Hồ sơ đã thay đổi"));
	CHECK_INT(site_audits(&s, "access.refused"), 2);
	visit_done(s.v);
}

TEST("nobody is given a dossier who is not in the list: beside the field, nothing is done")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_RECEIVED);
	struct visit *v = site_browser(&s, &s.o->clerk);
	const int64_t wrong[] = { 999999, s.o->elsewhere.who.id, s.o->clerk.who.id };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK_INT(visit_get(v, desk_page(v, &d, "/chuyen")), 200);
		const char *fields = str_z(a,
			arena_printf(a, "phien-ban=%lld&nguoi-xu-ly=%lld", (long long)d.version,
				(long long)wrong[i]));
		CHECK_INT(visit_post(v, desk_page(v, &d, "/chuyen"), fields), 422);
		CHECK(visit_shows(v, "href=\"#nguoi-xu-ly\""));
	}
	CHECK_INT(dossier_now(s.o, &d).version, d.version);
	visit_done(s.v);
}

TEST("who was slower sees what changed, and what was typed when the act is open all the same")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	struct visit *v = site_browser(&s, &s.o->officer);
	CHECK_INT(visit_get(v, desk_page(v, &d, "/bo-sung")), 200);
	const char *fields = str_z(a,
		arena_printf(
			a, "phien-ban=%lld&can-bo-sung=Giay+A&ly-do=Anh+mo", (long long)d.version));
	office_do(s.o, ACT_ASSIGN, &d);
	CHECK_INT(visit_post(v, desk_page(v, &d, "/bo-sung"), fields), 409);
	CHECK(visit_shows(v, "Đã phân công lại") && visit_shows(v, "“Yêu cầu bổ sung”"));
	CHECK(visit_shows(v, "Giay A") && visit_shows(v, "Anh mo"));
	CHECK_INT(shown_version(v), d.version);
	/* Now it is not: no form is offered. */
	office_do(s.o, ACT_PROPOSE, &d);
	CHECK_INT(visit_post(v, desk_page(v, &d, "/bo-sung"), fields), 409);
	CHECK(!visit_shows(v, "Giay A") && visit_shows(v, "Mở lại hồ sơ"));
	visit_done(s.v);
}

TEST("things to supplement are each counted, and none is left out [ND61-15.3]")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	struct visit *v = site_browser(&s, &s.o->officer);
	struct buf b = buf_in(a, 64 * KIB);
	buf_printf(&b, "phien-ban=%lld&ly-do=x&can-bo-sung=", (long long)d.version);
	for (int i = 0; i < 12; i++) {
		for (int k = 0; k < LIMIT_SUPPLEMENT_ITEM; k++)
			buf_add(&b, S("ộ"));
		buf_add(&b, S("\n"));
	}
	CHECK_INT(visit_get(v, desk_page(v, &d, "/bo-sung")), 200);
	str good = str_copy(a, buf_str(&b));
	buf_add(&b, S("ngắn\ndài "));
	for (int k = 0; k < LIMIT_SUPPLEMENT_ITEM; k++)
		buf_add(&b, S("e"));
	CHECK_INT(site_send(v, desk_page(v, &d, "/bo-sung"), str_z(a, buf_str(&b)), NULL), 422);
	CHECK_INT(times_shown(v, "Dòng 14: Bớt 4 ký tự: chỉ được viết 300 ký tự"), 2);
	CHECK_INT(times_shown(v, "ộộộ"), 12 * LIMIT_SUPPLEMENT_ITEM / 3);
	CHECK_INT(site_send(v, desk_page(v, &d, "/bo-sung"), str_z(a, good), NULL), 303);
	struct dossier_item *items;
	size_t n;
	CHECK_OK(dossier_items(reader(s.o), a, d.id, &items, &n));
	CHECK_INT(n, 12);
	visit_done(s.v);
}

TEST("a proposal comes with its file, and a reason within the office is marked as such")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier d = office_at(s.o, DOSSIER_HANDLING);
	struct visit *v = site_browser(&s, &s.o->officer);
	CHECK_INT(visit_get(v, desk_page(v, &d, "/trinh")), 200);
	const char *fields =
		str_z(a, arena_printf(a, "phien-ban=%lld&ket-luan=granted", (long long)d.version));
	CHECK_INT(site_send(v, desk_page(v, &d, "/trinh"), fields, NULL), 422);
	CHECK(visit_shows(v, "href=\"#ket-qua\""));
	CHECK_INT(site_send(v, desk_page(v, &d, "/trinh"), fields, "ket-qua"), 303);
	struct visit *leader = site_browser(&s, &s.o->leader);
	CHECK_INT(visit_get(leader, desk_page(leader, &d, "/tra-lai")), 200);
	CHECK(visit_shows(leader, "Chỉ người trong cơ quan đọc được"));
	visit_done(s.v);
}
