/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/builder_test.h"

#define HERE "/quan-tri/bieu-mau/" TEST_CODE

static struct visit *NULLABLE official(struct arena *a)
{
	struct visit *v = visit_new(a, DB_SQLITE, builder_folders, builder_routes);

	if (!v)
		return NULL;
	test_account(v->services, a, "an@example.vn", ROLE_ADMIN);
	test_begin(v->services, a);
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	return v;
}

/* With the version of the page shown last. */
static int post(struct visit *v, const char *path, const char *fields)
{
	str body = live_body(v->page), mark = S("name=\"phien-ban\" value=\""), rest, seen = S("");

	if (str_has(body, mark)) {
		rest = str_from_at(body, str_find(body, mark) + mark.n);
		str_cut(rest, '"', &seen, &rest);
	}
	return visit_post(v, path,
		str_z(v->arena,
			arena_printf(v->arena, "%s%sphien-ban=" STR_FMT, fields,
				fields[0] ? "&" : "", STR_ARG(seen))));
}

TEST("only who may build sees the builder")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	struct visit *other = visit_other(v);
	test_account(v->services, a, "lan@example.vn", ROLE_LEADER);
	visit_sign_in(other, "lan@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(other, "/quan-tri/bieu-mau"), 403);
	CHECK_INT(visit_get(other, HERE), 403);
	visit_done(v);
}

TEST("a question is opened, filled in, refused beside the field with all that was typed, kept")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/quan-tri/bieu-mau"), 200);
	CHECK(visit_shows(v, "Xin cấp giấy thử"));
	CHECK_INT(visit_get(v, HERE), 200);
	CHECK(visit_shows(v, "Hộ nghèo?") && !visit_shows(v, "Câu đã công bố đổi loại"));
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-ban"), 200);
	CHECK(visit_shows(v, "name=\"m_label\""));
	CHECK(visit_shows(v, "Người dân thấy trên điện thoại"));
	CHECK_INT(
		post(v, HERE "/cau/ban.so-ban",
			"m_kind=integer&m_label=S%E1%BB%91+l%C6%B0%E1%BB%A3ng&m_least=9&m_most=2"),
		422);
	CHECK(visit_shows(v, "“Ít nhất” lớn hơn “nhiều nhất”"));
	CHECK(visit_shows(v, "value=\"Số lượng\""));
	CHECK_INT(post(v, HERE "/cau/ban.so-ban", "m_kind=integer&m_label=&m_least=x"), 422);
	CHECK(visit_shows(v, "href=\"#m_label\"") && visit_shows(v, "href=\"#m_least\""));
	CHECK_INT(post(v, HERE "/cau/ban.so-ban",
			  "m_kind=integer&m_label=S%E1%BB%91+l%C6%B0%E1%BB%A3ng&m_required=yes"
			  "&m_least=1&m_most=2"),
		303);
	CHECK_STR(visit_location(v), HERE "/cau/ban.so-ban?luu=1");
	CHECK(str_has(test_copy(v->services, a).definition, S("Số lượng")));
	visit_done(v);
}

TEST("another kind of question sheds what means nothing for it and gets what it needs")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-the"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.so-the", "m_kind=one&m_label=Th%E1%BA%BB&m_least=1"), 303);
	CHECK_INT(visit_get(v, HERE), 200);
	CHECK(visit_shows(v, "Câu đã công bố đổi loại"));
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-the"), 200);
	CHECK(visit_shows(v, "mot | Lựa chọn thứ nhất"));
	CHECK_INT(post(v, HERE "/cau/ban.so-the",
			  "m_kind=one&m_label=Th%E1%BA%BB&m_options=a+%7C+Th%E1%BA%BB+A+%7C+Card+A"
			  "%0D%0AKh%C3%B4ng+c%C3%B3"),
		303);
	CHECK(str_has(test_copy(v->services, a).definition,
		S("{ \"value\": \"khong-co\", \"label\": \"Không có\" }")));
	visit_done(v);
}

TEST("the code lists that are here can be chosen, and no others")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_OK(test_sql(v->services, a,
		"INSERT INTO code_list (list, code, ord, name, name_en)"
		" VALUES ('nghe', '1', 1, 'Thợ gốm', 'Potter'), ('ket-qua', '1', 1, 'Giấy', '')"));
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-the"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.so-the", "m_kind=one&m_label=Th%E1%BA%BB"), 303);
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-the"), 200);
	CHECK(visit_shows(v, "nghe: 1 lựa chọn") && !visit_shows(v, "ket-qua"));
	CHECK_INT(post(v, HERE "/cau/ban.so-the", "m_kind=one&m_label=T&m_list=zz"), 422);
	CHECK(visit_shows(v, "Chọn một trong danh sách"));
	CHECK_INT(post(v, HERE "/cau/ban.so-the", "m_kind=one&m_label=T&m_list=nghe"), 303);
	CHECK(str_has(test_copy(v->services, a).definition, S("\"list\": \"nghe\"")));
	visit_done(v);
}

TEST("a difference leaves no cell empty: what is gone and what is new stand where they were")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-the"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.so-the",
			  "m_kind=person_id&m_label=Th%E1%BA%BB&m_prefill=account.person_id"),
		303);
	CHECK_INT(visit_get(v, HERE "/cau/con.tuoi/xoa"), 200);
	CHECK_INT(post(v, HERE "/cau/con.tuoi/xoa", ""), 303);
	CHECK_INT(visit_get(v, HERE "/so-sanh"), 200);
	CHECK(visit_shows(v, "<ins>Số định danh cá nhân</ins>"));
	CHECK(visit_shows(v, "<del>Trang “Con”, Câu hỏi “Tuổi”</del>"));
	CHECK(visit_shows(v, "<span class=\"muted\">đã bỏ</span>"));
	CHECK(visit_shows(v, "<span class=\"muted\">chưa có</span>"));
	CHECK(!visit_shows(v, "<td></td>"));
	visit_done(v);
}

TEST("two editors at once: the second sees what changed and what was typed, and may go on")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/cau/ban.ten"), 200);
	struct visit *other = visit_other(v);
	visit_sign_in(other, "an@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(other, HERE "/trang/ban"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.ten", "m_kind=text&m_label=H%E1%BB%8D+t%C3%AAn"), 303);
	CHECK_INT(post(other, HERE "/trang/ban", "m_title=Trang+m%E1%BB%99t"), 409);
	CHECK(visit_shows(other, "<ins>Họ tên</ins>"));
	CHECK(visit_shows(other, "name=\"m_title\" value=\"Trang một\""));
	CHECK_INT(post(other, HERE "/trang/ban", "m_title=Trang+m%E1%BB%99t"), 303);
	struct working_copy w = test_copy(v->services, a);
	CHECK(str_has(w.definition, S("Trang một")) && str_has(w.definition, S("Họ tên")));
	visit_done(v);
}

TEST("adding, moving, doubling, deleting by plain forms; undoing")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/cau/ban.ten/them"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.ten/them", "m_words=&m_kind=text"), 422);
	CHECK_INT(post(v, HERE "/cau/ban.ten/them", "m_words=N%C6%A1i+sinh&m_kind=text"), 303);
	CHECK_STR(visit_location(v), HERE "/cau/ban.noi-sinh");
	CHECK_INT(visit_get(v, HERE "/cau/ban.noi-sinh"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.noi-sinh", "lam=xuong"), 303);
	CHECK_INT(visit_get(v, HERE "/cau/ban.noi-sinh"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.noi-sinh", "lam=chuyen&sau=giay.tep-don"), 303);
	CHECK_STR(visit_location(v), HERE "/cau/giay.noi-sinh?luu=1");
	CHECK_INT(visit_get(v, HERE "/cau/giay.noi-sinh"), 200);
	CHECK_INT(post(v, HERE "/cau/giay.noi-sinh", "lam=nhan-ban"), 303);
	CHECK_STR(visit_location(v), HERE "/cau/giay.noi-sinh-b?luu=1");
	CHECK_INT(visit_get(v, HERE "/cau/giay.noi-sinh-b/xoa"), 200);
	CHECK_INT(post(v, HERE "/cau/giay.noi-sinh-b/xoa", ""), 303);
	CHECK_INT(visit_get(v, HERE "/cau/giay.noi-sinh-b"), 404);
	CHECK_INT(visit_get(v, HERE "/cau/ban.ho-ngheo/xoa"), 200);
	CHECK(visit_shows(v, "Chưa xóa được") && visit_shows(v, HERE "/cau/ban.so-the"));
	CHECK_INT(visit_get(v, HERE "/cau/ban.ho-ngheo"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.ho-ngheo/xoa", ""), 422);
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-the"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.so-the", "lam=chuyen&sau=ban."), 422);
	CHECK(visit_shows(v, "Điều kiện nhắc đến “ho-ngheo”, không phải câu đứng trước"));
	CHECK_INT(visit_get(v, HERE), 200);
	CHECK_INT(post(v, HERE "/hoan-tac", ""), 303);
	CHECK_INT(visit_get(v, HERE "/cau/giay.noi-sinh-b"), 200);
	visit_done(v);
}

TEST("every page of every thing is there, and what is not there is not found")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	static const char *const pages[] = { "", "/cau/ban.ten", "/cau/con.tuoi", "/trang/con",
		"/trang/con/them", "/giay-to/don", "/phi/0.0", "/mien-phi/0.0.0", "/mau-thu/0",
		"/chung/tat-ca", "/phi/0.0/them", "/mien-phi/0.0.0/them", "/kiem-tra/-/them",
		"/phan/-/them", "/truong-hop/-/them", "/muc-dich/-/them",
		"/giay-to/giay-ngheo/dieu-kien/when", "/cau/ban.so-the/dieu-kien/when?cau=ho-ngheo",
		"/xuat-ban", "/phien-ban", "/so-sanh", "/so-sanh?tu=1&den=nhap", "/thoi-ap-dung",
		"/trao-doi", "/tai-ve", "/tai-ve?phien-ban=1", "/xem-truoc", "/xem-truoc?trang=con",
		"/thu/ban", "/thu/con", "/thu/xem-lai" };
	static const char *const missing[] = { "/cau/ban.khong", "/cau/x", "/khong/ban",
		"/trang/khong", "/phi/0.7", "/phi/9.0", "/mau-thu/9",
		"/cau/ban.ten/dieu-kien/label", "/cau/ban.ten/dieu-kien/khong", "/so-sanh?tu=7",
		"/tai-ve?phien-ban=7", "/ghep", "/xem-truoc?trang=khong", "/thu/khong",
		"/thu/con/1", "/chung/tat-ca/xoa", "/chung/tat-ca/them" };
	for (size_t i = 0; i < COUNT(pages); i++)
		if (!CHECK_INT(visit_get(v, arena_printf(a, HERE "%s", pages[i]).p), 200))
			CHECK_STR(pages[i], "");
	for (size_t i = 0; i < COUNT(missing); i++)
		if (!CHECK_INT(visit_get(v, arena_printf(a, HERE "%s", missing[i]).p), 404))
			CHECK_STR(missing[i], "");
	CHECK_INT(visit_get(v, "/quan-tri/bieu-mau/9.999999"), 404);
	CHECK_INT(visit_get(v, "/quan-tri/bieu-mau"), 200);
	CHECK_INT(visit_post(v, "/quan-tri/bieu-mau", "ma=9.999999"), 422);
	CHECK(visit_shows(v, "Không có thủ tục nào mang mã này"));
	visit_done(v);
}

TEST("a condition is put together from sentences and taken apart again")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	const char *path = HERE "/cau/ban.so-ban/dieu-kien/when";
	CHECK_INT(visit_get(v, arena_printf(a, "%s?cau=ho-ngheo", path).p), 200);
	CHECK(visit_shows(v, "name=\"m_relation\"") && visit_shows(v, "value=\"yes\""));
	CHECK_INT(post(v, path, "cau=ho-ngheo&m_relation=la&lam=them"), 422);
	CHECK(visit_shows(v, "Chọn một giá trị"));
	CHECK_INT(post(v, path, "cau=ho-ngheo&m_relation=hon&m_value=yes&lam=them"), 422);
	CHECK_INT(post(v, path, "cau=so-ban&m_relation=la&m_value=1&lam=them"), 422);
	CHECK_INT(visit_get(v, arena_printf(a, "%s?cau=ho-ngheo", path).p), 200);
	CHECK_INT(post(v, path, "cau=ho-ngheo&m_relation=la&m_value=yes&lam=them"), 303);
	CHECK_INT(visit_get(v, path), 200);
	CHECK(visit_shows(v, "“Hộ nghèo?” là Có"));
	CHECK_INT(post(v, path, "cau=ten&m_relation=da-khai&noi=hoac&lam=them"), 303);
	CHECK_INT(visit_get(v, path), 200);
	CHECK(visit_shows(v, "Chỉ cần một câu đúng"));
	CHECK(str_has(test_copy(v->services, a).definition, S("\"or\": [{ \"==\"")));
	CHECK_INT(post(v, path, "bo=1"), 303);
	CHECK_INT(visit_get(v, path), 200);
	CHECK_INT(post(v, path, "bo=7"), 422);
	CHECK_INT(visit_get(v, path), 200);
	CHECK_INT(post(v, path, "bo=1"), 303);
	CHECK_INT(visit_get(v, HERE "/cau/ban.so-ban"), 200);
	CHECK(visit_shows(v, "luôn luôn"));
	visit_done(v);
}

TEST("a form is tried out to its end, and what came out becomes a sample")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/thu"), 303);
	CHECK_INT(visit_get(v, HERE "/thu/ban"), 200);
	CHECK_INT(post(v, HERE "/thu/ban", "ten=&ho-ngheo=no&so-ban=3&lam=tiep"), 422);
	CHECK(visit_shows(v, "Nhập tên"));
	CHECK_INT(post(v, HERE "/thu/ban", "ten=An&ho-ngheo=no&so-ban=3&lam=tiep"), 303);
	CHECK_INT(visit_get(v, HERE "/thu/con"), 200);
	CHECK_INT(post(v, HERE "/thu/con", "lam=them"), 303);
	const char *item = str_z(a, visit_location(v));
	CHECK_INT(visit_get(v, item), 200);
	CHECK_INT(post(v, item,
			  arena_printf(a, "con%%2F%s%%2Ften-con=B%%C3%%A9&lam=bo-qua",
				  item + strlen(HERE "/thu/con/"))
				  .p),
		303);
	CHECK_INT(visit_get(v, HERE "/thu/giay"), 200);
	CHECK_INT(post(v, HERE "/thu/giay", "tep-don=don.pdf&lam=tiep"), 303);
	CHECK_STR(visit_location(v), HERE "/thu/xem-lai");
	CHECK_INT(visit_get(v, HERE "/thu/xem-lai"), 200);
	CHECK(visit_shows(v, "24.000 đồng"));
	CHECK_INT(post(v, HERE "/thu/xem-lai", "m_name="), 422);
	CHECK_INT(post(v, HERE "/thu/xem-lai", "m_name=Ba+b%E1%BA%A3n"), 303);
	CHECK_INT(visit_get(v, HERE), 200);
	CHECK(visit_shows(v, "Ba bản") && !visit_shows(v, "phải sửa"));
	str text = test_copy(v->services, a).definition;
	CHECK(str_has(text, S("\"con\": [{ \"ten-con\": \"Bé\" }]")) &&
		str_has(text, S("\"tep-don\": 1")));
	visit_done(v);
}

static err put_other(struct conn *c, struct arena *a, void *unused)
{
	struct tree *t = test_tree(a);
	bool changed;
	str text;

	(void)unused;
	tree_put_text(a, t, "code", S("1.000002"));
	tree_put_text(a, t, "name", S("Thủ tục khác"));
	tree_put(a, t, S("form"), NULL);
	tree_put(a, t, S("samples"), NULL);
	TRY(tree_text(a, t, &text));
	return procedure_put(c, a, text, TEST_NOW, &changed);
}

TEST("a form is copied into the working copy of another procedure, and nothing is published by it")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	struct version_row *versions;
	size_t n;
	REQUIRE(v);
	CHECK_OK(db_write(v->services->db, a, put_other, NULL));
	CHECK_INT(visit_get(v, HERE "/trao-doi"), 200);
	CHECK_INT(post(v, HERE "/sao-chep", "ma-khac=9.999999"), 422);
	CHECK_INT(post(v, HERE "/sao-chep", "ma-khac=" TEST_CODE), 422);
	CHECK_INT(post(v, HERE "/sao-chep", "ma-khac=1.000002"), 303);
	CHECK_INT(visit_get(v, "/quan-tri/bieu-mau/1.000002"), 200);
	CHECK(visit_shows(v, "Thủ tục khác") && visit_shows(v, "Hộ nghèo?"));
	CHECK_OK(procedure_versions(test_reader(v->services, a), a, S("1.000002"), &versions, &n));
	CHECK(n == 1 && !versions[0].online);
	CHECK(visit_audited(v, "form.clone"));
	visit_done(v);
}

TEST("the builder speaks English too")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, "/en" HERE "/cau/ban.ten"), 200);
	CHECK(visit_shows(v, "What citizens see on a telephone"));
	CHECK_INT(visit_get(v, "/en" HERE), 200);
	CHECK(visit_shows(v, "no English label"));
	visit_done(v);
}

TEST("a procedure is taken out of force on a day, asked for on a page of its own")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/thoi-ap-dung"), 200);
	CHECK_INT(post(v, HERE "/thoi-ap-dung", "het-ngay=31&het-thang=2&het-nam=2026"), 422);
	CHECK_INT(post(v, HERE "/thoi-ap-dung", "het-ngay=1&het-thang=1&het-nam=2150"), 303);
	CHECK_INT(visit_get(v, HERE "/phien-ban"), 200);
	CHECK(visit_shows(v, "01/01/2150"));
	CHECK(visit_audited(v, "form.retire"));
	visit_done(v);
}

TEST("publishing asks for day and legal ground, and shows who, when and why afterwards")
{
	ARENA a = arena_new();
	struct visit *v = official(a);
	REQUIRE(v);
	CHECK_INT(visit_get(v, HERE "/cau/ban.ten"), 200);
	CHECK_INT(post(v, HERE "/cau/ban.ten",
			  "m_kind=text&m_label=H%E1%BB%8D+t%C3%AAn&m_required=yes"),
		303);
	CHECK_INT(visit_get(v, HERE "/xuat-ban"), 200);
	CHECK(visit_shows(v, "<ins>Họ tên</ins>"));
	CHECK_INT(post(v, HERE "/xuat-ban", "tu-ngay=1&tu-thang=1&tu-nam=2001"), 422);
	CHECK(visit_shows(v, "Nhập số, ký hiệu văn bản"));
	CHECK_INT(post(v, HERE "/xuat-ban",
			  "tu-ngay=1&tu-thang=1&tu-nam=2150&so=04%2FTT&ky-ngay=2&ky-thang=3"
			  "&ky-nam=2026&ten=Th%C3%B4ng+t%C6%B0"),
		303);
	CHECK_INT(visit_get(v, HERE "/phien-ban"), 200);
	CHECK(visit_shows(v, "04/TT, ngày 02/03/2026: Thông tư") &&
		visit_shows(v, "an@example.vn"));
	CHECK(visit_shows(v, "Sẽ áp dụng"));
	CHECK(visit_audited(v, "form.publish"));
	visit_done(v);
}
