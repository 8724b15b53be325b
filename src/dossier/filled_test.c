/* SPDX-License-Identifier: Apache-2.0 */
/* What was declared, after it was sent: what is amiss in it, and the form to keep. */
#include "dossier/dossier_test.h"
#include "dossier/filled.h"
#include "tests/paper.h"

/* clang-format off */
#define FORM \
	"'components':[{'id':'giay-a','name':'Giấy A'}],'form':{'title':'Tờ khai khai sinh'," \
	"'declaration':'Tôi cam đoan','checks':[" \
	"{'id':'xa','when':{'>':[{'var':'so-ban'},10]},'field':'so-ban'," \
	"'message':'Nhiều bản hơn thường lệ','message_en':'More copies than usual'}," \
	"{'id':'chung','when':{'==':[{'var':'so-ban'},12]},'message':'Hỏi lại cả tờ khai'}]," \
	"'pages':[{'id':'ban','title':'Bạn','fields':[" \
	"{'id':'me','kind':'person','label':'Mẹ','label_en':'Mother'}," \
	"{'id':'so-ban','kind':'integer','label':'Số bản'}," \
	"{'id':'han','kind':'date','label':'Hộ chiếu có giá trị đến','expires':true}," \
	"{'id':'giay-a','kind':'paper','label':'Giấy A','component':'giay-a'}]}]}"
#define AMISS \
	"{\"me.loai-giay-to\":\"can-cuoc\",\"me.so-dinh-danh\":\"001190000017\"," \
	"\"me.ngay-sinh\":\"1991-02-03\",\"so-ban\":\"12\"," \
	"\"han\":\"2026-11-24\",\"giay-a\":\"5\"}"
/* clang-format on */

static struct findings_view findings(struct office *o, enum language l, const struct dossier *d)
{
	struct out out = out_in(o->a, l, NULL);
	struct findings_view v = { 0 };

	CHECK_OK(findings_view_of(&out, reader(o), d, &v));
	return v;
}

static const struct finding_item *NULLABLE finding_with(
	const struct findings_view *v, const char *text)
{
	for (size_t i = 0; i < v->items.n; i++)
		if (str_has(v->items.items[i].message, str_from(text)))
			return &v->items.items[i];
	return NULL;
}

TEST("the officer sees what is amiss between answers, with the question and a link to it")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	office_offer(o, FORM);
	struct dossier d = office_enter(o);
	d.answers = S(AMISS);
	struct findings_view v = findings(o, VIETNAMESE, &d);
	CHECK_INT((int64_t)v.items.n, 3);
	const struct finding_item *copies = finding_with(&v, "Nhiều bản hơn thường lệ");
	REQUIRE(copies);
	CHECK_STR(copies->label, "Số bản");
	CHECK_STR(copies->value, "12");
	CHECK(str_ends(copies->open.safe, S("#khai-so-ban")));
	CHECK(str_has(
		copies->open.safe, arena_printf(a, "/can-bo/ho-so/" STR_FMT, STR_ARG(d.code))));
	const struct finding_item *whole = finding_with(&v, "Hỏi lại cả tờ khai");
	REQUIRE(whole);
	CHECK_STR(whole->label, "");
	const struct finding_item *birth = finding_with(&v, "1990");
	REQUIRE(birth);
	CHECK_STR(birth->value, "001190000017");
	v = findings(o, ENGLISH, &d);
	CHECK(finding_with(&v, "More copies than usual"));
	d.answers = S("{\"so-ban\":\"1\"}");
	CHECK_INT((int64_t)findings(o, VIETNAMESE, &d).items.n, 0);
}

TEST("what is amiss is found by the form that was in force when it was sent, on that day")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	office_offer(o, FORM);
	struct dossier d = office_enter(o);
	d.answers = S(AMISS);
	str code = o->procedure.code;
	int64_t version = o->procedure.version_id;
	struct procedure next = office_procedure(o,
		str_z(a,
			arena_printf(a,
				"{'code':'" STR_FMT "','name':'Mới','sector':'G15-TP07','limit':"
				"'3wd','effective_from':'2026-02-01','sets':1,"
				"'form':{'title':'Mới',"
				"'pages':[{'id':'ban','title':'Bạn','fields':[{'id':'so-ban',"
				"'kind':'integer','label':'Câu mới'}]}]}}",
				STR_ARG(code))));
	REQUIRE(next.version_id != version && d.version_id == version);
	struct findings_view v = findings(o, VIETNAMESE, &d);
	const struct finding_item *copies = finding_with(&v, "Nhiều bản hơn");
	REQUIRE(copies);
	CHECK_STR(copies->label, "Số bản");
	CHECK(!finding_with(&v, "Hộ chiếu")); /* good on the day of sending */
	d.submitted_at += 5 * INSTANT_DAY;
	v = findings(o, VIETNAMESE, &d);
	CHECK(finding_with(&v, "Hộ chiếu"));
}

static str keep(struct office *o, enum language l, const struct dossier *d)
{
	struct form_source x;
	struct filled_form f;
	str bytes = S("");

	if (CHECK_OK(dossier_filled(reader(o), o->a, l, d, S("https://lamgiang.test"), &x, &f)))
		CHECK_OK(form_pdf(o->a, &x, &f, &bytes));
	return bytes;
}

TEST("what was sent can be kept as a paper for ever, the same bytes each time [C32-8.4]")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	office_offer(o, FORM);
	struct dossier d = office_enter(o);
	d.answers = S(AMISS);
	str first = keep(o, VIETNAMESE, &d);
	CHECK(str_starts(first, S("%PDF-")));
	CHECK(str_eq(first, keep(o, VIETNAMESE, &d)));
	CHECK(!str_eq(first, keep(o, ENGLISH, &d)));
	str text = paper_words(a, first);
	if (!text.n)
		SKIP("pdftotext is not installed");
	CHECK(str_has(text, S("Kính gửi: Ủy ban nhân dân phường Trung Tâm")));
	CHECK(str_has(text, arena_printf(a, "Mã hồ sơ: " STR_FMT, STR_ARG(d.code))));
	CHECK(str_has(text, S("Số bản 12")));
	CHECK(str_has(text, S("Cổng thử, ngày 23 tháng 11 năm 2026")));
	CHECK(str_has(text, S("Nguyễn Thị Hạnh")));
	CHECK(!str_has(text, S("BẢN NHÁP")));
}

TEST("officer and applicant read what was shown before sending, papers by name [C32-8.4]")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	office_offer(o, FORM);
	struct dossier d = office_enter(o);
	struct answers_view v;
	d.answers = S("{\"so-ban\":\"2\",\"giay-a\":\"5,6\"}");
	office_give(o, &d, "paper", "giay-a", "mot.pdf");
	office_give(o, &d, "paper", "giay-a", "hai.jpg");
	office_give(o, &d, "supplement", "giay-a", "sau.pdf");
	CHECK_OK(answers_view_of(reader(o), a, VIETNAMESE, &d, &v));
	REQUIRE(v.pages.n == 1 && v.pages.items[0].rows.n == 2);
	CHECK_STR(v.pages.items[0].rows.items[0].value, "2");
	CHECK_STR(v.pages.items[0].rows.items[1].value, "2 tệp: mot.pdf; hai.jpg");
}

TEST("a procedure without a form has nothing amiss and nothing to keep")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	struct dossier d = office_enter(o);
	struct form_source x;
	struct filled_form f;
	CHECK_INT((int64_t)findings(o, VIETNAMESE, &d).items.n, 0);
	CHECK_ERR(
		dossier_filled(reader(o), a, VIETNAMESE, &d, S("https://x"), &x, &f), "NOT_FOUND");
}
