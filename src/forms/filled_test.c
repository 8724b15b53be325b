/* SPDX-License-Identifier: Apache-2.0 */
/* A filled form kept as a paper, as data, as a page to print: before it is sent. */
#include "core/json.h"
#include "forms/filled.h"
#include "forms/forms_test.h"
#include "forms/site_test.h"
#include "tests/paper.h"

/* clang-format off */
#define HOUSEHOLD \
	"{'title':'Tờ khai hộ','title_en':'Household form','declaration':'Tôi cam đoan đúng.'," \
	"'pages':[{'id':'chu-ho','title':'Chủ hộ','fields':[" \
	"{'id':'ten','kind':'text','label':'Họ tên'}," \
	"{'id':'ghi-chu','kind':'long_text','label':'Trình bày'}," \
	"{'id':'an','kind':'text','label':'Câu ẩn','when':{'==':[{'var':'ten'},'x']}}]}," \
	"{'id':'thanh-vien','title':'Thành viên trong hộ'," \
	"'repeat':{'least':0,'most':9,'item':'Thành viên','item_en':'Member'},'fields':[" \
	"{'id':'ho-ten','kind':'text','label':'Tên thành viên'}," \
	"{'id':'sinh','kind':'date','label':'Ngày sinh'}]}," \
	"{'id':'giay','title':'Giấy tờ','fields':[" \
	"{'id':'g','kind':'paper','label':'Sổ hộ khẩu','component':'giay-a'}]}]}"
/* clang-format on */

static const struct filled_file household_files[] = { { S("g"), S("anh.png") },
	{ S("g"), S("trang-2.png") }, { S("khac"), S("khong.png") } };

static struct filled_form household(struct arena *a)
{
	struct answers *s = answers_new(a);

	answer_set(s, S("ten"), S("Nguyễn Thị Hạnh"));
	answer_set(s, S("an"), S("đã ẩn"));
	answer_set(s, S("thanh-vien"), S("a\nb"));
	answer_set(s, S("thanh-vien/a/ho-ten"), S("Lê Văn Ẵm"));
	answer_set(s, S("thanh-vien/a/sinh"), S("2001-02-03"));
	answer_set(s, S("thanh-vien/b/ho-ten"), S("Lê Thị Ễ"));
	answer_set(s, S("g"), S("5,6"));
	return (struct filled_form){ .form = test_form(a, HOUSEHOLD),
		.answers = s,
		.files = household_files,
		.n_files = COUNT(household_files),
		.agency = S("Ủy ban nhân dân phường Trung Tâm"),
		.code = S("n7q4k20x9w") };
}

static struct filled_form sent(struct filled_form f)
{
	f.code = S("H99.001.01-261123-0001");
	f.sent = true;
	f.sent_at = TEST_NOW;
	f.applicant = S("Nguyễn Thị Hạnh");
	f.place = S("Cổng thử");
	f.verify = S("https://lamgiang.test/xac-minh/H99.001.01-261123-0001");
	return f;
}

static str pdf_of(struct arena *a, enum language l, const struct filled_form *f)
{
	struct form_source x = source_in(l);
	str bytes = S("");

	CHECK_OK(form_pdf(a, &x, f, &bytes));
	return bytes;
}

/* Without all white space: a word longer than its cell is broken. */
static str squeezed(struct arena *a, str s)
{
	struct buf b = buf_in(a, 16 * MIB);

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != ' ' && s.p[i] != '\n' && s.p[i] != '\f')
			buf_char(&b, s.p[i]);
	return buf_str(&b);
}

static size_t times(str text, const char *what)
{
	size_t n = 0;

	for (size_t at; (at = str_find(text, str_from(what))) < text.n; n++)
		text = str_from_at(text, at + strlen(what));
	return n;
}

TEST("the paper of a draft has all that the paper form has, and says that it is a draft [C32-7.2]")
{
	ARENA a = arena_new();
	struct filled_form f = household(a);
	REQUIRE(f.form);
	str text = paper_words(a, pdf_of(a, VIETNAMESE, &f));
	static const char *const expected[] = { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		"Độc lập – Tự do – Hạnh phúc", "Tờ khai hộ",
		"Kính gửi: Ủy ban nhân dân phường Trung Tâm", "n7q4k20x9w", "1. Chủ hộ",
		"Họ tên Nguyễn Thị Hạnh", "Trình bày Không khai", "2. Thành viên trong hộ",
		"TT Tên thành viên Ngày sinh 1 Lê Văn Ẵm 03/02/2001 2 Lê Thị Ễ Không khai",
		"Giấy tờ kèm theo", "Sổ hộ khẩu 2 tệp: anh.png; trang-2.png", "Tôi cam đoan đúng.",
		"tháng …… năm", "NGƯỜI KHAI", "(Ký, ghi rõ họ tên)", "Trang 1/1" };
	if (!text.n)
		SKIP("pdftotext is not installed");
	for (size_t i = 0; i < COUNT(expected); i++)
		if (!CHECK(str_has(text, str_from(expected[i]))))
			CHECK_STR(text, expected[i]);
	/* In the box and at the foot, where a reader may see a gap before the comma. */
	CHECK_INT((int64_t)times(squeezed(a, text), "BẢNNHÁP,CHƯANỘP"), 2);
	CHECK(!str_has(text, S("ẩn")) && !str_has(text, S("khong.png")));
}

TEST("items with a long answer are a block each, under the heading of their page [C32-7.2]")
{
	ARENA a = arena_new();
	struct answers *s = answers_new(a);
	struct filled_form f = { .answers = s,
		.agency = S("UBND"),
		.code = S("x"),
		.form = test_form(a,
			"{'title':'T','declaration':'C',"
			"'sections':[{'id':'phan','title':'Phần chung'}],'pages':["
			"{'id':'viec','title':'Việc làm','section':'phan',"
			"'repeat':{'least':0,'most':3,'item':'Việc'},'fields':["
			"{'id':'noi','kind':'text','label':'Nơi'},"
			"{'id':'ke','kind':'long_text','label':'Kể'}]},"
			"{'id':'khac','title':'Việc khác','section':'phan',"
			"'repeat':{'least':0,'most':3,'item':'Khác'},'fields':["
			"{'id':'gi','kind':'text','label':'Gì'}]}]}") };
	REQUIRE(f.form);
	answer_set(s, S("viec"), S("1\n2"));
	answer_set(s, S("viec/1/noi"), S("Huế"));
	answer_set(s, S("viec/1/ke"), S("dòng một\ndòng hai"));
	answer_set(s, S("viec/2/noi"), S("Vinh"));
	str text = paper_words(a, pdf_of(a, VIETNAMESE, &f));
	if (!text.n)
		SKIP("pdftotext is not installed");
	CHECK(str_has(text,
		S("Phần chung 1. Việc làm Việc 1 Nơi Huế Kể dòng một dòng hai "
		  "Việc 2 Nơi Vinh Kể Không khai 2. Việc khác Việc khác Không khai")));
}

TEST("the paper of what was sent names dossier, moment and applicant, and no draft [C32-7.2]")
{
	ARENA a = arena_new();
	struct filled_form f = sent(household(a));
	REQUIRE(f.form);
	str text = paper_words(a, pdf_of(a, VIETNAMESE, &f));
	if (!text.n)
		SKIP("pdftotext is not installed");
	CHECK(str_has(text, S("Mã hồ sơ: H99.001.01-261123-0001")));
	CHECK(str_has(text, S("Nộp lúc: 9 giờ 00, thứ Hai, 23/11/2026")));
	CHECK(str_has(text, S("Cổng thử, ngày 23 tháng 11 năm 2026 NGƯỜI KHAI")));
	CHECK(str_has(text, S("(Đã xác nhận trực tuyến) Nguyễn Thị Hạnh")));
	CHECK(str_has(text, S("https://lamgiang.test/xac-minh/")));
	CHECK(!str_has(text, S("BẢN NHÁP")));
	text = paper_words(a, pdf_of(a, ENGLISH, &f));
	CHECK(str_has(text, S("SOCIALIST REPUBLIC OF VIET NAM")));
	CHECK(str_has(text, S("Household form")) && str_has(text, S("Page 1/1")));
	CHECK(!str_has(text, S("Tờ khai hộ")));
}

TEST("same answers, same bytes; another answer, others [C32-7.2]")
{
	ARENA a = arena_new();
	struct filled_form f = household(a), other = household(a);
	REQUIRE(f.form);
	str first = pdf_of(a, VIETNAMESE, &f);
	CHECK(first.n > 1000 && str_eq(first, pdf_of(a, VIETNAMESE, &other)));
	answer_set((struct answers *)other.answers, S("ten"), S("Nguyễn Thị Hành"));
	CHECK(!str_eq(first, pdf_of(a, VIETNAMESE, &other)));
	f = sent(f);
	CHECK(str_eq(pdf_of(a, VIETNAMESE, &f), pdf_of(a, VIETNAMESE, &f)));
	CHECK(str_has(first, S("/StructTreeRoot")));
}

/* Fields of every page, with an answer that says which one it is. */
static const struct form *NULLABLE large_form(struct arena *a, size_t fields, struct answers *s)
{
	struct buf b = buf_in(a, LIMIT_JSON);

	buf_add(&b, S("{'title':'Tờ khai dài','declaration':'C','pages':["));
	for (size_t i = 0; i < fields; i++) {
		if (i % 14 == 0)
			buf_printf(
				&b, "%s{'id':'p%zu','title':'Phần','fields':[", i ? "]}," : "", i);
		buf_printf(&b, "%s{'id':'f%zu','kind':'text','label':'Câu hỏi số %zu'}",
			i % 14 ? "," : "", i, i);
		answer_set(s, arena_printf(a, "f%zu", i),
			arena_printf(a,
				"trả lời %zu: chữ dài đủ để phải xuống dòng trong ô của "
				"nó, dù ô rộng hơn nửa trang giấy",
				i));
	}
	buf_add(&b, S("]}]}"));
	return test_form(a, str_z(a, buf_str(&b)));
}

TEST("700 questions are a paper of many A4 pages, none of them left out [C32-7.2]")
{
	ARENA a = arena_new();
	struct answers *s = answers_new(a);
	struct filled_form f = { .form = large_form(a, LIMIT_FORM_FIELDS, s),
		.answers = s,
		.agency = S("UBND"),
		.code = S("n7q4k20x9w") };
	REQUIRE(f.form);
	str bytes = pdf_of(a, VIETNAMESE, &f), text = paper_words(a, bytes);
	CHECK(bytes.n > 1000 && bytes.n < LIMIT_FILE / 4);
	if (!text.n)
		SKIP("pdftotext is not installed");
	CHECK(str_has(paper_info(a, bytes), S("(A4)")));
	size_t pages = times(text, "\f");
	CHECK(pages > 20);
	CHECK_INT((int64_t)times(squeezed(a, text), "BẢNNHÁP,CHƯANỘP"), (int64_t)pages + 1);
	CHECK(str_has(text, arena_printf(a, "Trang %zu/%zu", pages, pages)));
	for (int i = 0; i < LIMIT_FORM_FIELDS; i++)
		CHECK(str_has(text, arena_printf(a, "Câu hỏi số %d trả lời %d: ", i, i)));
}

TEST("as data: every question that applies with its answer, as kept and as shown [C32-8.4]")
{
	ARENA a = arena_new();
	struct filled_form f = household(a);
	struct form_source x = source_in(VIETNAMESE);
	const struct json *j;
	str text;
	REQUIRE(f.form && CHECK_OK(form_file(a, &x, &f, &text)));
	REQUIRE(CHECK_OK(json_parse(a, text, &j)));
	CHECK_STR(json_get_text(j, "title"), "Tờ khai hộ");
	CHECK_STR(json_get_text(j, "state"), "draft");
	CHECK_STR(json_get_text(j, "code"), "n7q4k20x9w");
	const struct json *pages = json_get(j, "pages");
	REQUIRE(json_count(pages) == 4);
	const struct json *name = json_at(json_get(json_at(pages, 0), "answers"), 0);
	CHECK_STR(json_get_text(name, "label"), "Họ tên");
	CHECK_STR(json_get_text(name, "value"), "Nguyễn Thị Hạnh");
	CHECK_STR(json_get_text(json_at(pages, 1), "item"), "a");
	const struct json *birth = json_at(json_get(json_at(pages, 1), "answers"), 1);
	CHECK_STR(json_get_text(birth, "value"), "2001-02-03");
	CHECK_STR(json_get_text(birth, "shown"), "03/02/2001");
	const struct json *paper = json_at(json_get(json_at(pages, 3), "answers"), 0);
	CHECK_STR(json_text(json_at(json_get(paper, "files"), 1)), "trang-2.png");
	CHECK(!str_has(text, S("đã ẩn")) && !str_has(text, S("5,6")));
	CHECK_STR(filled_name(a, &f, "json"), "ban-nhap-n7q4k20x9w.json");
	f = sent(f);
	REQUIRE(CHECK_OK(form_file(a, &x, &f, &text)));
	CHECK(str_has(text, S("\"submitted_at\":\"2026-11-23T09:00:00+07:00\"")));
	CHECK_STR(filled_name(a, &f, "pdf"), "to-khai-H99.001.01-261123-0001.pdf");
}

/* --- a form of the catalogue, filled in to its last question -------------------------------- */
static err plausible(
	struct arena *a, const struct form_source *x, const struct form_field *f, str *ret)
{
	form_options options;

	switch (f->kind) {
	case FIELD_INTEGER:
	case FIELD_MONEY:
		*ret = arena_printf(a, "%lld", (long long)(f->has_least ? f->least : 3));
		return NULL;
	case FIELD_DATE: *ret = S("1990-03-07"); return NULL;
	case FIELD_YES_NO:
	case FIELD_DECLARATION: *ret = S("yes"); return NULL;
	case FIELD_ONE:
	case FIELD_MANY:
		TRY(form_options_of(a, x, f, answers_new(a), &options));
		*ret = options.n ? options.items[0].value : S("");
		return NULL;
	case FIELD_COMMUNE: *ret = S("99001"); return NULL;
	case FIELD_PHONE: *ret = S("0912345678"); return NULL;
	case FIELD_PERSON_ID: *ret = S("036190004212"); return NULL;
	case FIELD_PAPER: *ret = S("7"); return NULL;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
		*ret = arena_printf(a, "Đã trả lời “" STR_FMT "” bằng chữ có dấu: Ẵ, ễ, ữ, đ",
			STR_ARG(f->question.label));
		return NULL;
	case FIELD_NUMBER:
	case FIELD_TIME:
	case FIELD_TAX_CODE:
	case FIELD_EMAIL:
	case FIELD_COMPUTED:
	case FIELD_NOTE:
	case FIELD_KIND_COUNT: break;
	}
	*ret = S("");
	return NULL;
}

TEST("every label and every value of a filled form of the catalogue is on its paper [C32-7.2]")
{
	static const char *const codes[] = { "2.000635", "1.001193", "1.001612", "2.002409" };
	ARENA a = arena_new();
	struct services *services = test_site(a, DB_SQLITE);
	struct form_source x = { .today = day_of(TEST_NOW) };
	REQUIRE(CHECK_OK(reader_of(test_request_of(services, a, 0), &x.conn)));
	for (size_t i = 0; i < 2 * COUNT(codes); i++) {
		struct procedure p;
		struct answers *s = answers_new(a);
		struct filled_form f = { .answers = s, .agency = S("UBND"), .code = S("x") };
		form_summary_pages pages;
		str bytes;
		x.language = i % 2 ? ENGLISH : VIETNAMESE;
		REQUIRE(CHECK_OK(procedure_on(x.conn, a, str_from(codes[i / 2]), x.today, &p)));
		REQUIRE(CHECK_OK(form_of(a, &p, &f.form)));
		for (size_t k = 0; k < f.form->pages.n; k++)
			for (size_t m = 0; m < f.form->pages.items[k].fields.n; m++) {
				const struct form_field *field =
					&f.form->pages.items[k].fields.items[m];
				str value;
				REQUIRE(CHECK_OK(plausible(a, &x, field, &value)));
				answer_set(s, field->id, value);
			}
		REQUIRE(CHECK_OK(form_pdf(a, &x, &f, &bytes)));
		str text = squeezed(a, paper_text(a, bytes));
		if (!text.n)
			SKIP("pdftotext is not installed");
		CHECK(str_has(paper_info(a, bytes), S("(A4)")));
		CHECK(str_has(text, squeezed(a, form_text(x.language, p.name, p.name_en))));
		REQUIRE(CHECK_OK(form_summary(a, &x, f.form, s, &pages)));
		for (size_t k = 0; k < pages.n; k++)
			for (size_t m = 0; m < pages.items[k].rows.n; m++) {
				const struct summary_row *row = &pages.items[k].rows.items[m];
				str pair = arena_printf(a, STR_FMT STR_FMT, STR_ARG(row->label),
					STR_ARG(row->value.n ? row->value
							     : tr(x.language, S("Không khai"))));
				if (!CHECK(str_has(text, squeezed(a, pair))))
					CHECK_STR(pair, "is on the paper");
			}
	}
}

/* --- pages ---------------------------------------------------------------------------------- */
#define WHO "hanh@example.vn"

static struct visit *NULLABLE visitor(struct arena *a, str *ret_code)
{
	struct visit *v = visit_new(a, DB_SQLITE, forms_folders, forms_routes);

	if (!v)
		return NULL;
	test_furnish(v->services, a);
	int64_t hanh = test_account(v->services, a, WHO, ROLE_CITIZEN);
	*ret_code = test_draft(test_request_of(v->services, a, hanh)).code;
	return v;
}

TEST("a draft is saved to a file and printed by its owner, before it is sent [C32-8.4]")
{
	ARENA a = arena_new();
	str code;
	struct visit *v = visitor(a, &code);
	REQUIRE(v && code.n);
	const char *pdf = arena_printf(a, "/nop/" STR_FMT "/to-khai.pdf", STR_ARG(code)).p;
	const char *file = arena_printf(a, "/nop/" STR_FMT "/to-khai.json", STR_ARG(code)).p;
	const char *print = arena_printf(a, "/nop/" STR_FMT "/in", STR_ARG(code)).p;
	CHECK_INT(visit_get(v, pdf), 303); /* to sign in */
	visit_sign_in(v, WHO, TEST_PASSWORD);
	CHECK_INT(visit_get(v, arena_printf(a, "/nop/" STR_FMT "/xem-lai", STR_ARG(code)).p), 200);
	CHECK(visit_shows(v, pdf) && visit_shows(v, file) && visit_shows(v, print));

	CHECK_INT(visit_get(v, pdf), 200);
	CHECK(str_starts(live_body(v->page), S("%PDF-")));
	CHECK_STR(live_header(v->page, "Content-Type"), "application/pdf");
	CHECK_STR(live_header(v->page, "Cache-Control"), "no-store");
	CHECK(str_has(live_header(v->page, "Content-Disposition"),
		arena_printf(a, "filename=\"ban-nhap-" STR_FMT ".pdf\"", STR_ARG(code))));
	CHECK_INT(visit_get(v, file), 200);
	CHECK(str_starts(live_header(v->page, "Content-Disposition"), S("attachment")));
	CHECK_STR(live_header(v->page, "Cache-Control"), "no-store");
	CHECK(visit_shows(v, "\"value\":\"Nguyễn Thị Hạnh\""));
	CHECK_INT(visit_get(v, print), 200);
	CHECK(visit_shows(v, "/a/slip.") && visit_shows(v, "BẢN NHÁP, CHƯA NỘP"));
	CHECK(visit_shows(v, "<td>Nguyễn Thị Hạnh</td>"));
	CHECK_INT(visit_get(v, arena_printf(a, "/en%s", print).p), 200);
	CHECK(visit_shows(v, "DRAFT, NOT SUBMITTED"));

	struct visit *other = visit_other(v);
	test_account(v->services, a, "lan@example.vn", ROLE_CITIZEN);
	visit_sign_in(other, "lan@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(other, pdf), 404);
	CHECK_INT(visit_get(other, file), 404);
	CHECK_INT(visit_get(other, print), 404);
	visit_done(v);
}
