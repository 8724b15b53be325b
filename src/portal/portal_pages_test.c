/* SPDX-License-Identifier: Apache-2.0 */
/* The pages as a browser sees them. */
#include "portal/portal_test.h"

#define PORTAL_AGENCY "H99.001.01"

static struct visit *portal_visit(struct arena *a, const struct route *table)
{
	static const struct site site = { .name = S("Cổng thử"),
		.name_en = S("Test portal"),
		.owner = S("UBND tỉnh Lam Giang"),
		.phone = S("19000000"),
		.email = S("gop-y@lamgiang.test") };
	struct visit *v = visit_new(a, DB_SQLITE, portal_folders, table);
	if (!v)
		return NULL;
	page_source_set(&(struct page_source){ identity_visitor, &site });
	portal_furnish(v->services, a);
	return v;
}

TEST("every page of the portal answers, in both languages, with one h1 and no script")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	static const char *const paths[] = { "/", "/su-kien", "/su-kien/kinh-doanh", "/so-do",
		"/gioi-thieu", "/huong-dan", "/tiep-can", "/bao-mat", "/dieu-khoan", "/lien-he",
		"/thong-ke", "/lich-nghi", "/hien-thi" };
	for (size_t i = 0; i < COUNT(paths); i++)
		for (int english = 0; english < 2; english++) {
			const char *path = english && i == 0 ? "/en" : paths[i];
			if (english && i)
				path = str_z(a, arena_printf(a, "/en%s", paths[i]));
			CHECK_INT(visit_get(v, path), 200);
			str body = live_body(v->page);
			size_t first = str_find(body, S("<h1"));
			CHECK(first < body.n && !str_has(str_from_at(body, first + 3), S("<h1")));
			CHECK(!str_has(body, S("<script")));
		}
	CHECK_INT(visit_get(v, "/su-kien/khong-co"), 404);
	CHECK_INT(visit_get(v, "/quan-tri"), 303);
	visit_done(v);
}

TEST("an editor finds the schema of a procedure's text")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	const struct json *schema;

	CHECK_INT(visit_get(v, "/du-lieu/thu-tuc.schema.json"), 200);
	CHECK(str_has(live_header(v->page, "Content-Type"), S("application/schema+json")));
	CHECK_OK(json_parse(a, live_body(v->page), &schema));
	CHECK(json_get(json_get(schema, "properties"), "form"));
	visit_done(v);
}

TEST("help has guides by task, answered questions, tested browsers and a way to comment "
     "[C32-11.1] [C32-11.2] [C32-11.10]")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/huong-dan"), 200);
	CHECK(visit_shows(v, "Những việc hay gặp"));
	CHECK(visit_shows(v, "Câu hỏi thường gặp"));
	CHECK(visit_shows(v, "Chromium"));
	CHECK(visit_shows(v, "đến <a href=\"mailto:gop-y@lamgiang.test\">"));
	visit_done(v);
}

TEST("statistics publish every service with its satisfaction by content [C32-11.11] [C32-12.1]")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	portal_live(v->services, a, instant_now());
	CHECK_INT(visit_get(v, "/thong-ke"), 200);
	static const char *const shown[] = { "Hài lòng chung", "Thuận tiện", "Kịp thời", "Thái độ",
		"Nộp trực tuyến", "Đúng hạn", "Tổng tiếp nhận", "<svg class=\"chart\"" };
	for (size_t i = 0; i < COUNT(shown); i++)
		CHECK(visit_shows(v, shown[i]));
	CHECK_INT(visit_get(v, "/thong-ke.csv"), 200);
	CHECK(visit_shows(v, "\"1.001193\""));
	CHECK(visit_shows(v, "\"Đăng ký thành lập hộ kinh doanh\""));
	visit_done(v);
}

TEST("the calculator explains a date as the law counts it, and says what is wrong beside the field")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	CHECK_INT(visit_get(v,
			  "/lich-nghi?nhan-ngay=23&nhan-thang=11&nhan-nam=2026&gio=9:00"
			  "&so=3&don-vi=wd"),
		200);
	CHECK(visit_shows(v, "2026-11-27T"));
	CHECK(visit_shows(v, "Ngày Văn hóa Việt Nam"));
	CHECK_INT(visit_get(v,
			  "/lich-nghi?nhan-ngay=31&nhan-thang=2&nhan-nam=2026&gio=25"
			  "&so=%3Cb%3E&don-vi=wd"),
		422);
	CHECK(visit_shows(v, "Cần sửa 3 chỗ"));
	CHECK(visit_shows(v, "Nhập một ngày có thật"));
	CHECK(visit_shows(v, "value=\"&lt;b&gt;\""));
	visit_done(v);
}

TEST("a visitor chooses large text and is back where he was [C32-18.1]")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/hien-thi"), 200);
	CHECK_INT(visit_post(v, "/hien-thi", "co-chu=lon&them=tuong-phan&ve=/lien-he"), 303);
	CHECK_STR(visit_location(v), "/lien-he");
	CHECK_INT(visit_get(v, "/lien-he"), 200);
	CHECK(visit_shows(v, "class=\"text-large high-contrast\""));
	CHECK_INT(visit_get(v, "/hien-thi"), 200);
	CHECK_INT(visit_post(v, "/hien-thi", "ve=//evil.test/"), 303);
	CHECK_STR(visit_location(v), "/");
	visit_done(v);
}

static bool day_works(struct visit *v, str agency, day on)
{
	ARENA a = arena_new();
	struct calendar *k;
	CHECK_OK(calendar_load(test_reader(v->services, a), a, agency, on, &k));
	return calendar_works(k, on);
}

/* Not only off to compensate for another. */
static bool is_holiday(struct visit *v, day on)
{
	ARENA a = arena_new();
	struct calendar *k;
	CHECK_OK(calendar_load(test_reader(v->services, a), a, S(""), on, &k));
	const struct day_rule *rule = calendar_rule(k, on);
	return rule && rule->kind == DAY_STATUTORY;
}

static struct visit *admin_visit(struct arena *a)
{
	struct visit *v = portal_visit(a, portal_routes);
	if (!v)
		return NULL;
	test_account(v->services, a, "quantri@lamgiang.test", ROLE_ADMIN);
	visit_sign_in(v, "quantri@lamgiang.test", TEST_PASSWORD);
	return v;
}

TEST("several days are added at once, a wrong one is withdrawn, those of units are listed [CAL-1]")
{
	ARENA a = arena_new();
	struct visit *v = admin_visit(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/quan-tri/lich?nam=2030"), 200);
#define DAYS(rest) "loai=nghi-le&ten=T%E1%BA%BFt&can-cu=So+1&co-quan=&" rest
	CHECK_INT(visit_post(v, "/quan-tri/lich",
			  DAYS("ngay-ngay=31&ngay-thang=1&ngay-nam=2030&den-ngay=30&den-thang=1&"
			       "den-nam=2030")),
		422);
	CHECK(visit_shows(v, "nhiều nhất 31 ngày"));
	CHECK_INT(visit_post(v, "/quan-tri/lich",
			  DAYS("ngay-ngay=31&ngay-thang=1&ngay-nam=2030&den-ngay=6&den-thang=2&"
			       "den-nam=2030")),
		303);
	for (day d = day_from(2030, 1, 31); d <= day_from(2030, 2, 6); d++)
		CHECK(!day_works(v, S(""), d));
	struct calendar *k;
	REQUIRE(CHECK_OK(
		calendar_load(test_reader(v->services, a), a, S(""), day_from(2030, 2, 6), &k)));
	const char *withdraw = arena_printf(
		a, "/quan-tri/lich/%lld/rut", (long long)calendar_rule(k, day_from(2030, 2, 6))->id)
				       .p;
	CHECK_INT(visit_get(v, "/quan-tri/lich?nam=2030"), 200);
	CHECK(visit_shows(v, withdraw));
	CHECK_INT(visit_get(v, withdraw), 200);
	CHECK(visit_shows(v, "06/02/2030"));
	CHECK_INT(visit_post(v, withdraw, "ly-do="), 422);
	CHECK(is_holiday(v, day_from(2030, 2, 6)));
	CHECK_INT(visit_post(v, withdraw, "ly-do=Nham"), 303);
	CHECK(!is_holiday(v, day_from(2030, 2, 6)));
	CHECK(visit_audited(v, "calendar.withdraw"));
	CHECK_INT(visit_get(v, "/quan-tri/lich?nam=2030"), 200);
	CHECK_INT(visit_post(v, withdraw, "ly-do=Nham"), 404);
	CHECK_INT(visit_get(v, "/quan-tri/lich/khong-co/rut"), 404);

	CHECK_INT(visit_post(v, "/quan-tri/lich",
			  "ngay-ngay=11&ngay-thang=3&ngay-nam=2030&loai=don-vi-nghi&ten=Kiem+ke"
			  "&can-cu=So+2&co-quan=" PORTAL_AGENCY),
		303);
	CHECK_INT(visit_get(v, "/quan-tri/lich?nam=2030"), 200);
	CHECK(visit_shows(v, "Kiem ke"));
	CHECK(visit_shows(v, "<td>" PORTAL_AGENCY "</td>"));
	visit_done(v);
}

TEST("an administrator sets office hours, a Saturday morning too, from a day on [DL-3, ERA-1]")
{
	ARENA a = arena_new();
	struct visit *v = admin_visit(a);
	REQUIRE(v);
	day saturday = day_from(2030, 3, 9);
#define WEEK(monday)                                                                          \
	"co-quan=" PORTAL_AGENCY "&tu-ngay=4&tu-thang=3&tu-nam=2030&thu-hai=" monday          \
	"&thu-ba=7:30-11:30&thu-tu=7:30-11:30&thu-nam=7:30-11:30&thu-sau=7:30-11:30&thu-bay=" \
	"7:30-11:30&chu-nhat="
	CHECK_INT(visit_get(v, "/quan-tri/lich/gio"), 200);
	CHECK(visit_shows(v, "value=\"7:30-11:30, 13:30-17:00\""));
	CHECK_INT(visit_post(v, "/quan-tri/lich/gio", "co-quan=H00"), 422);
	CHECK(visit_shows(v, "Không có cơ quan nào mang mã này"));
	CHECK_INT(visit_post(v, "/quan-tri/lich/gio", WEEK("sang")), 422);
	CHECK(visit_shows(v, "value=\"sang\""));
	CHECK_INT(visit_post(v, "/quan-tri/lich/gio", WEEK("13:00-11:00")), 422);
	CHECK(visit_shows(v, "không chồng nhau"));
	CHECK(!day_works(v, S(PORTAL_AGENCY), saturday));
	CHECK_INT(visit_post(v, "/quan-tri/lich/gio", WEEK("7:30-11:30")), 303);
	CHECK(day_works(v, S(PORTAL_AGENCY), saturday));
	CHECK(!day_works(v, S(PORTAL_AGENCY), saturday - 7)); /* not yet in force */
	CHECK(!day_works(v, S(""), saturday));
	CHECK(visit_audited(v, "calendar.hours"));
	CHECK_INT(visit_get(v, "/quan-tri/lich/gio"), 200);
	CHECK(visit_shows(v, "04/03/2030"));
	visit_done(v);
}

TEST("an administrator adds a decreed day and confirms a computed holiday, on record [CAL-2]")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	test_account(v->services, a, "quantri@lamgiang.test", ROLE_ADMIN);
	visit_sign_in(v, "quantri@lamgiang.test", TEST_PASSWORD);
	CHECK_INT(visit_get(v, "/quan-tri"), 200);
	CHECK_INT(visit_get(v, "/quan-tri/lich?nam=2030"), 200);
	CHECK_INT(visit_post(v, "/quan-tri/lich", "ngay-ngay=1&ngay-thang=13"), 422);
	CHECK(visit_shows(v, "Nhập số văn bản"));
	CHECK_INT(visit_post(v, "/quan-tri/lich",
			  "ngay-ngay=9&ngay-thang=2&ngay-nam=2030&loai=hoan-doi&ten=Nghi+them"
			  "&can-cu=So+1&co-quan="),
		303);
	CHECK_INT(visit_get(v, "/quan-tri/lich?nam=2030"), 200);
	CHECK(visit_shows(v, "Nghi them"));
	CHECK(visit_audited(v, "calendar.add"));
	const char *tet =
		"/quan-tri/lich/xac-nhan?nam=2030&loai=nghi-le&ten=T%E1%BA%BFt+Nguy%C3%AAn+"
		"%C4%91%C3%A1n";
	CHECK_INT(visit_get(v, tet), 200);
	CHECK_INT(
		visit_post(v, "/quan-tri/lich/xac-nhan",
			"nam=2030&loai=nghi-le&ten=T%E1%BA%BFt+Nguy%C3%AAn+%C4%91%C3%A1n&can-cu="),
		422);
	CHECK_INT(visit_post(v, "/quan-tri/lich/xac-nhan",
			  "nam=2030&loai=nghi-le&ten=T%E1%BA%BFt+Nguy%C3%AAn+%C4%91%C3%A1n&can-cu="
			  "So+2"),
		303);
	CHECK(visit_audited(v, "calendar.confirm"));
	CHECK_INT(visit_get(v, tet), 404); /* nothing is left to confirm */
	struct conn *c = test_reader(v->services, a);
	struct calendar *k;
	REQUIRE(CHECK_OK(calendar_load(c, a, S(""), day_from(2030, 7, 1), &k)));
	int off = 0;
	for (day d = day_from(2030, 1, 25); d < day_from(2030, 2, 15); d++)
		off += calendar_rule(k, d) && calendar_rule(k, d)->kind == DAY_STATUTORY;
	CHECK_INT(off, 5);
	visit_done(v);
}

static err put_job(struct conn *c, struct arena *a, void *arg)
{
	return job_put(c, a, S("no.such"), S("1"), S("{}"), 0);
}

TEST("a job that failed too often is seen, sent again, and that is on record")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, portal_routes);
	REQUIRE(v);
	test_account(v->services, a, "quantri@lamgiang.test", ROLE_ADMIN);
	CHECK_OK(db_write(v->services->db, a, put_job, NULL));
	CHECK_OK(test_sql(v->services, a, "UPDATE job SET state = 'dead'"));
	visit_sign_in(v, "quantri@lamgiang.test", TEST_PASSWORD);
	CHECK_INT(visit_get(v, "/quan-tri"), 200);
	CHECK(visit_shows(v, "Có việc gửi đi không được"));
	CHECK_INT(visit_get(v, "/quan-tri/viec-ton"), 200);
	CHECK(visit_shows(v, "no.such"));
	CHECK_INT(visit_post(v, "/quan-tri/viec-ton/1/gui-lai", ""), 303);
	CHECK(visit_audited(v, "job.resend"));
	CHECK_INT(visit_get(v, "/quan-tri/viec-ton"), 200);
	CHECK(visit_shows(v, "Không có việc nào bị kẹt"));
	CHECK_INT(visit_post(v, "/quan-tri/viec-ton/1/gui-lai", ""), 404);
	visit_done(v);
}

/* --- look-up and slips, which lie below but are pages for everybody --------------------------- */

struct coded {
	str code, applicant;
};
ROW_TYPE(coded_row, struct coded, COLUMN(struct coded, code), COLUMN(struct coded, applicant));

/* Some dossier that has, or has not, its slip. */
static struct coded some_dossier(struct visit *v, bool received)
{
	static const struct sql with = { .name = "with",
		.text = { "SELECT code, applicant FROM dossier "
			  "WHERE received_at IS NOT NULL LIMIT 1" } };
	static const struct sql without = { .name = "without",
		.text = { "SELECT code, applicant FROM dossier "
			  "WHERE stage = 'submitted' LIMIT 1" } };
	struct coded d = { 0 };
	CHECK_OK(db_one(test_reader(v->services, v->arena), v->arena, received ? &with : &without,
		NULL, &coded_row, &d));
	return d;
}

static int get_code(struct visit *v, const char *base, str code)
{
	return visit_get(
		v, str_z(v->arena, arena_printf(v->arena, "%s" STR_FMT, base, STR_ARG(code))));
}

TEST("a stranger with a code learns how far it is and nothing of whom [VPCP01-16.2]")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, dossier_public_routes);
	REQUIRE(v);
	portal_live(v->services, a, instant_now());
	struct coded d = some_dossier(v, true);
	static const char *const ways[] = { "/tra-cuu/", "/tra-cuu?ma=", "/xac-minh/" };
	for (size_t i = 0; i < COUNT(ways); i++) {
		CHECK_INT(get_code(v, ways[i], d.code), 200);
		CHECK(visit_shows(v, str_z(a, d.code)));
		CHECK(!visit_shows(v, str_z(a, d.applicant)));
	}
	CHECK_INT(get_code(v, "/tra-cuu?ma=+", str_lower(a, d.code)), 200);
	CHECK(visit_shows(v, "Đã hoàn thành"));
	CHECK_INT(visit_get(v, "/tra-cuu?ma=H99.001.01-200101-0001"), 404);
	CHECK(visit_shows(v, "Không có hồ sơ nào mang mã này"));
	CHECK_INT(visit_get(v, "/tra-cuu?ma=%3Cscript%3E"), 422);
	CHECK(visit_shows(v, "value=\"&lt;script&gt;\""));
	CHECK_INT(visit_get(v, "/tra-cuu?ma="), 422);
	CHECK_INT(visit_get(v, "/tra-cuu"), 200);
	visit_done(v);
}

TEST("a slip was issued or not, and whether its data are intact, the code alone tells [FORM-5]")
{
	ARENA a = arena_new();
	struct visit *v = portal_visit(a, dossier_public_routes);
	REQUIRE(v);
	portal_live(v->services, a, instant_now());
	str code = some_dossier(v, true).code;
	CHECK_INT(get_code(v, "/xac-minh/", code), 200);
	CHECK(visit_shows(v, "Cơ quan đã cấp giấy hẹn cho mã hồ sơ này"));
	CHECK(!visit_shows(v, "SHA-256") && !visit_shows(v, "Cấp lúc"));
	CHECK_OK(test_sql(v->services, a,
		"UPDATE dossier_slip SET data = replace(data, '\"sets\"', '\"bo\"')"));
	CHECK_INT(get_code(v, "/xac-minh/", code), 200);
	CHECK(visit_shows(v, "không còn nguyên vẹn"));
	CHECK_INT(get_code(v, "/xac-minh/", some_dossier(v, false).code), 200);
	CHECK(visit_shows(v, "chưa có giấy hẹn"));
	CHECK_INT(visit_get(v, "/xac-minh/H99.001.01-200101-0001"), 404);
	visit_done(v);
}
