/* SPDX-License-Identifier: Apache-2.0 */
/* Applying, as a browser without script does it. */
#include "forms/visit_test.h"

#define NAME "ho-ten=Nguy%E1%BB%85n+Th%E1%BB%8B+H%E1%BA%A1nh"
#define PAGE_1                                                        \
	NAME "&ngay-sinh-ngay=7&ngay-sinh-thang=3&ngay-sinh-nam=1990" \
	     "&loai-giay-to=can-cuoc&so-dinh-danh=036190004212&lam=tiep"

TEST("before you start: anybody reads what is needed; who begins is asked to sign in")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, false);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" TEST_PROCEDURE), 200);
	CHECK(visit_shows(v, "Giấy tờ cần có") && visit_shows(v, "Bắt đầu"));
	CHECK_INT(visit_get(v, "/en/nop/" TEST_PROCEDURE), 200);
	CHECK(visit_shows(v, "Papers you need") && visit_shows(v, "Start"));
	CHECK_INT(visit_get(v, "/nop/9.999999"), 404);
	CHECK_INT(visit_get(v, "/nop/aaaaaaaaaa"), 303);
	CHECK(str_has(visit_location(v), S("/dang-nhap")));
	CHECK_INT(visit_get(v, "/nop/" TEST_PROCEDURE), 200);
	CHECK_INT(visit_post(v, "/nop/" TEST_PROCEDURE "/bat-dau", "co-quan=H99.001"), 401);
	visit_done(v);
}

TEST("an office that takes no such application is refused, and so is none")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/nop/" TEST_PROCEDURE), 200);
	CHECK_INT(visit_post(v, "/nop/" TEST_PROCEDURE "/bat-dau", ""), 422);
	CHECK(visit_shows(v, "Chọn nơi nhận hồ sơ") && visit_shows(v, "href=\"#co-quan\""));
	CHECK_INT(visit_post(v, "/nop/" TEST_PROCEDURE "/bat-dau", "co-quan=G15"), 422);
	visit_done(v);
}

TEST("a page is kept whatever was typed, errors stand beside the fields, good ones lead on")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "")), 200);
	CHECK(visit_shows(v, "Cần làm") && visit_shows(v, "Chưa làm được"));
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK(visit_shows(v, "value=\"Nguyễn Thị Hạnh\"") && visit_shows(v, "Bước 1/"));
	CHECK(visit_shows(v, "lấy từ tài khoản của bạn"));

	CHECK_INT(
		post_step(v, code, "nguoi-yeu-cau",
			NAME
			"&ngay-sinh-ngay=30&ngay-sinh-thang=2&ngay-sinh-nam=1990&so-dinh-danh=12a"),
		422);
	CHECK(visit_shows(v, "<title>Lỗi: ") && visit_shows(v, "id=\"loi\""));
	CHECK(visit_shows(v, "href=\"#ngay-sinh-ngay\"") && visit_shows(v, "value=\"12a\""));
	CHECK(visit_shows(v, "value=\"30\""));
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK(visit_shows(v, "value=\"12a\"")); /* kept though wrong */
	/* The person has seen it and let it be. */
	CHECK(visit_shows(v, "value=\"Nguyễn Thị Hạnh\""));
	CHECK(!visit_shows(v, "lấy từ tài khoản của bạn"));
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau", PAGE_1), 303);
	CHECK_STR(visit_location(v), at(v, code, "lien-he"));
	CHECK_INT(visit_get(v, at(v, code, "")), 200);
	CHECK(visit_shows(v, "Xong"));
	visit_done(v);
}

TEST("saved for later nothing is checked; a question that an answer brings up is shown, not blamed")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau", "ho-ten=&so-dinh-danh=x&lam=nhap"), 303);
	CHECK_STR(visit_location(v), arena_printf(a, "%s?luu=1", at(v, code, "")));
	CHECK_INT(visit_get(v, arena_printf(a, "%s?luu=1", at(v, code, "")).p), 200);
	CHECK(visit_shows(v, "Đã lưu"));
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	/* It waits for scripts; without them it is not there. */
	CHECK(visit_shows(v, "<template><div class=\"question\" data-question=\"so-giay-to\""));
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau",
			  NAME "&ngay-sinh-ngay=7&ngay-sinh-thang=3&ngay-sinh-nam=1990"
			       "&loai-giay-to=ho-chieu&so-dinh-danh=x&noi-cap=H%C3%A0+N%E1%BB%99i"
			       "&ngay-cap-ngay=1&ngay-cap-thang=2&ngay-cap-nam=2020"),
		303);
	CHECK_STR(
		visit_location(v), arena_printf(a, "%s#so-giay-to", at(v, code, "nguoi-yeu-cau")));
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK(visit_shows(v, "<template><div class=\"question\" data-question=\"so-dinh-danh\""));
	CHECK(!visit_shows(v, "<template><div class=\"question\" data-question=\"so-giay-to\""));
	visit_done(v);
}

TEST("what an answer brings up to choose from is shown, not blamed")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, "3.000347");
	const char *page = at(v, code, "truong-hop"),
		   *first = "doi-tuong=cong-dan&ly-do=hong&bang-tich-hop=no";

	CHECK_INT(visit_get(v, page), 200);
	CHECK(!visit_shows(v, "value=\"cu-A1\""));
	str more = arena_printf(a, "%s&loai-bang=cu&lam=tiep", first);
	CHECK_INT(post_step(v, code, "truong-hop", more.p), 303);
	CHECK_STR(visit_location(v), arena_printf(a, "%s#hang", page));
	CHECK_INT(visit_get(v, page), 200);
	CHECK(visit_shows(v, "value=\"cu-A1\""));
	CHECK_INT(post_step(v, code, "truong-hop", more.p), 422); /* seen, and left out */
	CHECK(visit_shows(v, "href=\"#hang\""));
	visit_done(v);
}

TEST("a commune is chosen without script: province, a button, then its communes")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "lien-he")), 200);
	CHECK(visit_shows(v, "name=\"chon-tinh\"") && !visit_shows(v, "id=\"noi-cu-tru-xa\""));
	CHECK_INT(post_step(v, code, "lien-he",
			  "noi-cu-tru-xa-tinh=99&noi-cu-tru=S%E1%BB%91+1&chon-tinh=noi-cu-tru-xa"),
		303);
	CHECK_STR(visit_location(v), arena_printf(a, "%s#noi-cu-tru-xa", at(v, code, "lien-he")));
	CHECK_INT(visit_get(v, at(v, code, "lien-he")), 200);
	CHECK(visit_shows(v, "id=\"noi-cu-tru-xa\"") && visit_shows(v, "value=\"Số 1\""));
	visit_done(v);
}

/* "tru-so" and "tru-so-xa" are two fields. */
TEST("each error is said once, also where one field's id begins like another's")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, "1.001612");
	CHECK_INT(visit_get(v, at(v, code, "ho-kinh-doanh")), 200);
	CHECK_INT(post_step(v, code, "ho-kinh-doanh", "tru-so=&lam=tiep"), 422);
	CHECK(visit_shows(v, "href=\"#tru-so\"") && visit_shows(v, "href=\"#tru-so-xa-tinh\""));
	str body = live_body(v->page), mark = S("href=\"#tru-so-xa-tinh\"");
	CHECK(!str_has(str_from_at(body, str_find(body, mark) + mark.n), mark));
	visit_done(v);
}

TEST("the other tab's answers are not overwritten in silence")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	str old = piece_after(v, "name=\"phien-ban\" value=\"");
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau", PAGE_1), 303);
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK_INT(visit_post(v, at(v, code, "nguoi-yeu-cau"),
			  arena_printf(
				  a, "ho-ten=Kh%%C3%%A1c&lam=tiep&phien-ban=" STR_FMT, STR_ARG(old))
				  .p),
		409);
	CHECK(visit_shows(v, "<td>Khác</td>") && visit_shows(v, "<td>Nguyễn Thị Hạnh</td>"));
	CHECK(visit_shows(v, "name=\"ho-ten\" value=\"Khác\""));
	visit_done(v);
}

TEST("check your answers: what is missing is linked, changed answers come straight back")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "xem-lai")), 200);
	CHECK(visit_shows(v, "Còn những chỗ này trước khi nộp được"));
	CHECK(visit_shows(v, "/nguoi-yeu-cau?ve=xem-lai#ngay-sinh-ngay"));
	CHECK(!visit_shows(v, "name=\"cam-doan\""));
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau?ve=xem-lai")), 200);
	CHECK(visit_shows(v, "name=\"ve\" value=\"xem-lai\""));
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau", PAGE_1 "&ve=xem-lai"), 303);
	CHECK_STR(visit_location(v), at(v, code, "xem-lai"));
	visit_done(v);
}

TEST("a draft is its owner's: others, unknown pages and unknown papers are not found")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "khong-co")), 404);
	CHECK_INT(visit_get(v, at(v, code, "tep/1")), 404);
	CHECK_INT(visit_get(v, at(v, code, "tep/x")), 404);
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau", PAGE_1 "&xoa=1"), 303);
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	CHECK_INT(post_step(v, code, "khong-co", "a=b"), 404);
	struct visit *other = visit_other(v);
	test_account(v->services, a, "lan@example.vn", ROLE_CITIZEN);
	visit_sign_in(other, "lan@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(other, at(v, code, "")), 404);
	CHECK_INT(visit_get(other, at(v, code, "nguoi-yeu-cau")), 404);
	CHECK_INT(visit_get(other, at(v, code, "xem-lai")), 404);
	CHECK_INT(visit_get(other, at(v, code, "huy")), 404);
	CHECK_INT(visit_get(other, "/ca-nhan/ban-nhap"), 200);
	CHECK(visit_shows(other, "Bạn không có hồ sơ nào làm dở."));
	visit_done(v);
}

TEST("drafts are listed and deleted after a question")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, "/ca-nhan/ban-nhap"), 200);
	CHECK(visit_shows(v, at(v, code, "huy")));
	CHECK_INT(visit_get(v, "/nop/" TEST_PROCEDURE), 200);
	CHECK(visit_shows(v, "Bạn đang làm dở") && visit_shows(v, at(v, code, "")));
	CHECK_INT(visit_get(v, at(v, code, "huy")), 200);
	CHECK_INT(visit_post(v, at(v, code, "huy"), ""), 303);
	CHECK_INT(visit_get(v, at(v, code, "")), 404);
	visit_done(v);
}

TEST("after the session's end a step is signed in to and sent again, and nothing is lost")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);
	REQUIRE(v);
	str code = begin_draft(v, TEST_PROCEDURE);
	CHECK_INT(visit_get(v, at(v, code, "nguoi-yeu-cau")), 200);
	for (size_t i = 0; i < v->cookies.n; i++)
		if (str_ends(v->cookies.items[i].name, SESSION_COOKIE))
			v->cookies.items[i].value = S("ended");
	CHECK_INT(post_step(v, code, "nguoi-yeu-cau", PAGE_1), 401);
	CHECK(visit_shows(v, "036190004212"));
	visit_done(v);
}
