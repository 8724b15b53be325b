/* SPDX-License-Identifier: Apache-2.0 */
/* Slip 01: what it says is frozen when the dossier is received. */
#include "core/json.h"
#include "dossier/site_test.h"
#include "dossier/slip.h"
#include "tests/paper.h"
#include "view/tr.h"

static struct slip slip_of(struct office *o, const struct dossier *d)
{
	struct slip s = { 0 };
	bool found = false;
	CHECK_OK(slip_find(reader(o), o->a, d->id, S("receipt"), &s, &found));
	CHECK(found);
	return s;
}

TEST("receipt issues a slip with what the form asks for, due to the minute [FORM-5, ND61-17.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		struct slip s;
		bool found = true;
		CHECK_OK(slip_find(reader(o), a, d.id, S("receipt"), &s, &found));
		CHECK(!found);
		office_do(o, ACT_RECEIVE, &d);
		s = slip_of(o, &d);
		CHECK_INT(s.issued_at, o->now);
		CHECK_STR(s.number, "0001/" AGENCY "-BPTNTKQ");
		const struct json *j;
		REQUIRE(CHECK_OK(json_parse(a, s.data, &j)));
		CHECK_STR(json_get_text(j, "code"), d.code);
		CHECK_STR(json_get_text(j, "office"), "Ủy ban nhân dân phường Trung Tâm");
		CHECK_STR(json_get_text(j, "applicant"), d.applicant);
		CHECK_STR(json_get_text(j, "person_id"), d.person_id);
		CHECK_STR(json_get_text(j, "phone"), d.phone);
		CHECK_STR(json_get_text(j, "email"), d.email);
		CHECK_STR(json_get_text(j, "content"), d.procedure_name);
		CHECK_STR(json_get_text(j, "limit"), "3 ngày làm việc");
		CHECK_STR(json_get_text(j, "receiver"), o->clerk.name);
		CHECK_INT(json_int(json_get(j, "sets"), 0), 1);
		CHECK_INT(json_int(json_get(j, "received_at"), 0), d.received_at.value);
		CHECK_INT(json_int(json_get(j, "due_at"), 0), dossier_now(o, &d).due_at.value);
		CHECK_STR(moment_text(a, VIETNAMESE, json_int(json_get(j, "due_at"), 0)),
			"17 giờ 00, 27/11/2026");
	}
}

TEST("whatever follows, the slip stays as it was issued [FORM-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		struct slip first = slip_of(o, &d);
		o->now = moment("2026-11-25T10:00");
		office_do(o, ACT_ASK, &d);
		office_do(o, ACT_ANSWER, &d);
		o->now = moment("2026-12-02T10:00");
		office_do(o, ACT_RESUME, &d); /* the clock starts anew */
		office_do(o, ACT_PROPOSE, &d);
		office_do(o, ACT_APPROVE, &d);
		struct slip last = slip_of(o, &d);
		CHECK_STR(last.data, first.data);
		CHECK_STR(last.sha256, first.sha256);
		CHECK_INT(ledger_of(o).slips, 1);
		CHECK(slip_intact(a, &last));
	}
}

struct forging {
	int64_t dossier;
	str data;
};

static err forge(struct conn *c, struct arena *a, void *arg)
{
	const struct forging *f = arg;
	return db_do(c, a, BIND(dossier_test_forge, .id = V(f->dossier), .data = V(f->data)));
}

TEST("a slip that was tampered with does not have its hash any more [FORM-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_RECEIVED);
		struct slip s = slip_of(o, &d);
		CHECK(slip_intact(a, &s));
		str data = str_copy(a, s.data);
		((char *)data.p)[str_find(data, S("Hạnh"))] = 'M';
		struct forging f = { d.id, data };
		CHECK_OK(db_write(o->db, a, forge, &f));
		struct slip forged = slip_of(o, &d);
		CHECK(!slip_intact(a, &forged));
	}
}

TEST("the paper is drawn from the frozen data: the same bytes each time [FORM-1, FORM-2]")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	struct dossier d = office_at(o, DOSSIER_RECEIVED);
	struct slip s = slip_of(o, &d);
	str one, two, verify = S("https://example.gov.vn/xac-minh/x");
	REQUIRE(CHECK_OK(slip_receipt_pdf(a, &s, verify, false, &one)));
	REQUIRE(CHECK_OK(slip_receipt_pdf(a, &s, verify, false, &two)));
	CHECK(str_starts(one, S("%PDF-")));
	CHECK(str_eq(one, two));
}

TEST("the slip lists components of the procedure, and whom the applicant acts for [FORM-1]")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	office_offer(o,
		"'components':[{'id':'uy-quyen','name':'Văn bản ủy quyền'}],"
		"'form':{'title':'Đơn khiếu nại','declaration':'Tôi cam đoan','pages':["
		"{'id':'ban','title':'Bạn','fields':["
		"{'id':'dd-ten','kind':'text','label':'Người được đại diện'},"
		"{'id':'tep-uy-quyen','kind':'paper','label':'Giấy','component':'uy-quyen'}]}]}");
	struct dossier d = office_enter_as(o,
		(struct dossier){ .owner_id = o->citizen.who.id,
			.answers = S("{\"dd-ten\":\"Lê Văn An\",\"dd-giay-to\":\"P123\"}") });
	office_give(o, &d, "paper", "tep-uy-quyen", "IMG_0001.jpg");
	office_give(o, &d, "paper", "tep-uy-quyen", "IMG_0002.jpg");
	office_give(o, &d, "supplement", "", "IMG_0003.jpg");
	office_do(o, ACT_RECEIVE, &d);
	struct slip s = slip_of(o, &d);
	const struct json *j;
	REQUIRE(CHECK_OK(json_parse(a, s.data, &j)));
	const struct json *papers = json_get(j, "papers");
	REQUIRE(json_count(papers) == 3);
	CHECK_STR(json_text(json_at(papers, 0)), "Đơn khiếu nại");
	CHECK_STR(json_text(json_at(papers, 1)), "Văn bản ủy quyền");
	CHECK_STR(json_text(json_at(papers, 2)), "Giấy tờ bổ sung");
	CHECK(!str_has(s.data, S("IMG_")));
	CHECK_STR(json_get_text(j, "principal"), "Lê Văn An");
	CHECK_STR(json_get_text(j, "principal_person_id"), "P123");
	CHECK_STR(json_get_text(j, "authority"), "Văn bản ủy quyền");
	str bytes;
	CHECK_OK(slip_receipt_pdf(a, &s, S("https://h99.example.vn/xac-minh/x"), false, &bytes));
}

static err seat(struct conn *c, struct arena *a, void *arg)
{
	(void)arg;
	TRY(db_do(c, a, BIND(dossier_test_unit)));
	return db_do(c, a,
		BIND(dossier_test_seat, .code = V(S(AGENCY)), .parent = V(S(OTHER_AGENCY)),
			.name = V(S("Trung tâm Phục vụ hành chính công phường Trung Tâm"))));
}

TEST("the head of the slip has the unit above, and the place where it was issued [FORM-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		CHECK_OK(db_write(o->db, a, seat, NULL));
		struct dossier d = office_at(o, DOSSIER_RECEIVED);
		struct slip s = slip_of(o, &d);
		const struct json *j;
		REQUIRE(CHECK_OK(json_parse(a, s.data, &j)));
		CHECK_STR(json_get_text(j, "parent"), "Ủy ban nhân dân phường Bến Lam");
		CHECK_STR(json_get_text(j, "place"), "Trung Tâm");
		CHECK_STR(s.number, "0001/" AGENCY "-TTPVHCC");
		str bytes = S(""), text;
		CHECK_OK(slip_receipt_pdf(
			a, &s, S("https://h99.example.vn/xac-minh/x"), false, &bytes));
		text = paper_text(a, bytes);
		if (!text.n)
			continue; /* pdftotext is not installed */
		CHECK(str_has(text, S("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n")));
		CHECK(str_has(text, S("GIẤY TIẾP NHẬN HỒ SƠ\n")));
		CHECK(!str_has(text, S("THỬ NGHIỆM")));
		CHECK_OK(slip_receipt_pdf(a, &s, S("https://h99.example.vn/x"), true, &bytes));
		CHECK(str_has(paper_text(a, bytes), S("BẢN THỬ NGHIỆM")));
	}
}

static void move_portal(const struct site *to)
{
	page_source_set(&(struct page_source){ identity_visitor, to });
}

static str slip_words(struct visit *v, const struct dossier *d)
{
	CHECK_INT(visit_get(v, my_page(v, d, "/phieu.pdf")), 200);
	return paper_words(v->arena, live_body(v->page));
}

TEST("the slip opens the address that the portal had when it was issued, whoever asks [FORM-1]")
{
	static const struct site here = { .name = S("Cổng"), .origin = S("https://cong.test") };
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct dossier old = office_at(s.o, DOSSIER_RECEIVED), d = office_enter(s.o);
	s.o->clerk.origin = S("https://h99.example.vn");
	office_do(s.o, ACT_RECEIVE, &d);
	struct visit *v = site_browser(&s, &s.o->citizen);
	str first = slip_words(v, &d), before = live_body(v->page);
	move_portal(&here);
	str second = slip_words(v, &d);
	CHECK_STR(live_body(v->page), before);
	str older = slip_words(v, &old);
	visit_done(s.v);
	if (!first.n)
		SKIP("pdftotext is not installed");
	CHECK(str_has(first, S("https://h99.example.vn/xac-minh/")));
	CHECK_STR(second, first);
	CHECK(str_has(older, S("https://cong.test/xac-minh/")));
}

TEST("a passport is shown as a paper, and only 12 digits as a personal number [FORM-1]")
{
	static const struct {
		str given;
		const char *desk, *slip;
	} cases[] = {
		{ S("099192000001"), "<dt>Số định danh cá nhân</dt>", "Số định danh" },
		{ S("Hộ chiếu P1234567"), "<dt>Giấy tờ tùy thân</dt>", "Giấy tờ tùy thân" },
	};
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	struct visit *desk = site_browser(&s, &s.o->clerk), *v = site_browser(&s, &s.o->citizen);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct dossier d = office_enter_as(s.o,
			(struct dossier){
				.owner_id = s.o->citizen.who.id, .person_id = cases[i].given });
		office_do(s.o, ACT_RECEIVE, &d);
		CHECK_INT(visit_get(desk, desk_page(desk, &d, "")), 200);
		CHECK(visit_shows(desk, cases[i].desk) && !visit_shows(desk, cases[1 - i].desk));
		str words = slip_words(v, &d);
		CHECK(!words.n || str_has(words, str_from(cases[i].slip)));
		CHECK(!str_has(words, str_from(cases[1 - i].slip)));
	}
	visit_done(s.v);
}
