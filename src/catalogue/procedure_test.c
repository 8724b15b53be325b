/* SPDX-License-Identifier: Apache-2.0 */
/* procedure_test.c - the text of a procedure and the level of service it proves. */
#include "catalogue/catalogue_test.h"

#include "view/tr.h"

#define LEAST "\"code\":\"1.001193\",\"name\":\"Đăng ký khai sinh\",\"sector\":\"G15-TP07\""

static str fault_of(struct arena *a, const char *text)
{
	struct procedure p;
	err e = procedure_parse(a, str_from(text), &p);
	return e ? e->detail : S("");
}

TEST("a definition is read whole, with its defaults")
{
	ARENA a = arena_new();
	struct procedure p;

	CHECK_OK(procedure_parse(a, test_text(a, "starter/procedures/1.001193.json"), &p));
	CHECK_STR(p.slug, "1.001193-thu-tuc-dang-ky-khai-sinh");
	CHECK_INT(p.valid_from, day_from(2025, 7, 1));
	CHECK_INT(p.components.n, 3);
	CHECK(p.components.items[2].note && !p.components.items[2].required);
	CHECK(p.components.items[1].when && !p.components.items[0].when);
	CHECK_INT(p.channels.items[0].channel, CHANNEL_ONLINE);
	CHECK_STR(p.channels.items[1].fees.items[0].currency, "VND");
	CHECK(p.restart && p.form && p.returns_online && !p.pays_online && !p.verified);
	CHECK_INT(p.deadline_rules.cut_off, 15 * 3600);
	CHECK_INT(procedure_levels(&p), 1u << GOVERNMENT_COMMUNE);
	CHECK_INT(procedure_fee_least(&p), 0);
}

TEST("a paper takes files of 10 MB, or what its procedure says [C32-7.3]")
{
	ARENA a = arena_new();
	struct procedure p;

	CHECK_OK(procedure_parse(a,
		S("{" LEAST ",\"components\":[{\"id\":\"a\",\"name\":\"x\"},"
		  "{\"id\":\"b\",\"name\":\"x\",\"most_mb\":50}]}"),
		&p));
	CHECK_INT(p.components.items[0].most_mb, 10);
	CHECK_INT(p.components.items[1].most_mb, 50);
}

TEST("cases, notes of fees and times of channels have their English beside them [ND43-13.1]")
{
	ARENA a = arena_new();
	struct procedure p;

	CHECK_OK(procedure_parse(a,
		S("{" LEAST ",\"cases\":[{\"name\":\"Nhanh\",\"name_en\":\"Fast\"}],"
		  "\"channels\":[{\"channel\":\"online\",\"time_text\":\"Ngay\","
		  "\"time_text_en\":\"At once\",\"fees\":[{\"amount\":0,"
		  "\"note\":\"Theo tỉnh\",\"note_en\":\"Set by the province\"}]}]}"),
		&p));
	CHECK_STR(p.cases.items[0].name_en, "Fast");
	CHECK_STR(p.channels.items[0].time_text_en, "At once");
	CHECK_STR(p.channels.items[0].fees.items[0].note_en, "Set by the province");
}

TEST("every fault of a definition says where it stands")
{
	static const struct {
		const char *text, *fault;
	} cases[] = {
		{ "[]", "the text: must be an object" },
		{ "{}", "code: must not be empty" },
		{ "{" LEAST ",\"code\":\"a\"}", "" },
		{ "{" LEAST ",\"nmae\":1}", "nmae: is not a member that is known here" },
		{ "{\"code\":\"x y\",\"name\":\"a\",\"sector\":\"b\"}",
			"code: is no code of a procedure" },
		{ "{\"code\":\"1.1\",\"name\":\"  \",\"sector\":\"b\"}",
			"name: must not be empty" },
		{ "{" LEAST ",\"sets\":\"1\"}", "sets: must be a whole number" },
		{ "{" LEAST ",\"sets\":-1}", "sets: is out of bounds" },
		{ "{" LEAST ",\"limit\":\"3 days\"}",
			"limit: is no time limit, such as 8wh, 3wd, 30d, 2w, 1m" },
		{ "{" LEAST ",\"effective_from\":\"2025-13-01\"}",
			"effective_from: must be a date such as 2025-07-01" },
		{ "{" LEAST ",\"cut_off\":\"25:00\"}", "cut_off: must be a time such as 15:00" },
		{ "{" LEAST ",\"restart\":1}", "restart: must be true or false" },
		{ "{" LEAST ",\"levels\":[\"xa\",\"thon\"]}",
			"levels[1]: must be bo, tinh, xa, doc or khac" },
		{ "{" LEAST ",\"levels\":\"xa\"}", "levels: must be a list" },
		{ "{" LEAST ",\"steps\":[\"a\",\"\"]}",
			"steps[1]: must be text that is not empty" },
		{ "{" LEAST ",\"channels\":[{\"channel\":\"fax\"}]}",
			"channels[0].channel: must be online, counter or post" },
		{ "{" LEAST
		  ",\"channels\":[{\"channel\":\"post\",\"fees\":[{},{\"amount\":1.5}]}]}",
			"channels[0].fees[1].amount: must be a whole number" },
		{ "{" LEAST
		  ",\"channels\":[{\"channel\":\"post\",\"fees\":[{\"currency\":\"EUR\"}]}]}",
			"channels[0].fees[0].currency: must be VND or USD" },
		{ "{" LEAST ",\"components\":[{\"id\":\"a\",\"name\":\"x\"},"
		  "{\"id\":\"a\",\"name\":\"y\"}]}",
			"components[1].id: is used twice" },
		{ "{" LEAST ",\"components\":[{\"id\":\"Tờ khai\",\"name\":\"x\"}]}",
			"components[0].id: is made of a-z 0-9 - _" },
		{ "{" LEAST ",\"components\":[{\"id\":\"a\",\"name\":\"x\",\"note\":true,"
		  "\"required\":true}]}",
			"components[0]: is a note, and so cannot be required" },
		{ "{" LEAST ",\"components\":[{\"id\":\"a\",\"name\":\"x\",\"most_mb\":51}]}",
			"components[0].most_mb: is out of bounds" },
		{ "{" LEAST ",\"components\":[{\"id\":\"a\",\"name\":\"x\",\"most_mb\":0}]}",
			"components[0].most_mb: is out of bounds" },
		{ "{" LEAST ",\"results\":[{\"name_en\":\"x\"}]}",
			"results[0].name: must not be empty" },
		{ "{" LEAST ",\"legal\":[1]}", "legal[0]: must be an object" },
		{ "{" LEAST ",\"form\":[]}", "form: must be an object" },
	};
	ARENA a = arena_new();

	CHECK_STR(fault_of(a, "{" LEAST "}"), "");
	for (size_t i = 0; i < COUNT(cases); i++)
		if (*cases[i].fault)
			CHECK_STR(fault_of(a, cases[i].text), cases[i].fault);
	/* The same member twice, and what is no JSON at all. */
	CHECK(fault_of(a, cases[2].text).n);
	CHECK(fault_of(a, "{\"code\":").n);
}

/* --- evidence ---------------------------------------------------------------- */

static struct procedure whole(struct arena *a)
{
	struct procedure p = { 0 };
	CHECK_OK(procedure_parse(a, test_text(a, "starter/procedures/1.001193.json"), &p));
	return p;
}

static str missing_of(struct arena *a, const struct procedure *p)
{
	struct service_evidence e = procedure_evidence(a, p);
	return str_join(a, e.missing.items, e.missing.n, S("; "));
}

static void without_name(struct procedure *p) { p->name = S(""); }
static void without_steps(struct procedure *p) { p->steps.n = 0; }
static void without_channels(struct procedure *p) { p->channels.n = 0; }
static void without_papers(struct procedure *p) { p->components.n = 0; }
static void without_sets(struct procedure *p) { p->sets = 0; }
static void without_subjects(struct procedure *p) { p->subjects.n = 0; }
static void without_deciding(struct procedure *p) { p->deciding = S(""); }
static void without_results(struct procedure *p) { p->results.n = 0; }
static void without_forms(struct procedure *p) { p->form = NULL; }
static void without_legal(struct procedure *p) { p->legal.n = 0; }
static void without_decision(struct procedure *p) { p->decision = S(""); }
static void without_time(struct procedure *p)
{
	p->limit = S("");
	for (size_t i = 0; i < p->channels.n; i++)
		p->channels.items[i].time = S("");
}

TEST("each of the eleven items that is missing is named [C32-5.1]")
{
	static const struct {
		void (*change)(struct procedure *p);
		const char *missing;
	} cases[] = {
		{ without_name, "Tên thủ tục" },
		{ without_steps, "Trình tự thực hiện" },
		{ without_channels, "Cách thức thực hiện; Cách nộp hồ sơ và nhận kết quả" },
		{ without_papers, "Thành phần và số bộ hồ sơ" },
		{ without_sets, "Thành phần và số bộ hồ sơ" },
		{ without_time, "Thời hạn giải quyết" },
		{ without_subjects, "Đối tượng thực hiện" },
		{ without_deciding, "Cơ quan giải quyết" },
		{ without_results, "Kết quả thực hiện" },
		{ without_forms, "Mẫu đơn, mẫu tờ khai" },
		{ without_legal, "Căn cứ pháp lý và quyết định công bố" },
		{ without_decision, "Căn cứ pháp lý và quyết định công bố" },
	};
	ARENA a = arena_new();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct procedure p = whole(a);
		cases[i].change(&p);
		CHECK_INT(procedure_evidence(a, &p).level, LEVEL_INCOMPLETE);
		CHECK_STR(missing_of(a, &p), cases[i].missing);
	}
}

TEST("a service is whole only when nothing needs a visit [C32-5.3, C32-5.4, ND42-11.1]")
{
	ARENA a = arena_new();
	struct procedure p = whole(a);

	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_WHOLE);
	CHECK_STR(missing_of(a, &p), "");

	p.channels.items[1].fees.items[0].amount = 8000;
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_PARTIAL);
	CHECK_STR(missing_of(a, &p), "Thanh toán trực tuyến");
	p.pays_online = true;
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_WHOLE);

	p.returns_online = false;
	CHECK_STR(missing_of(a, &p), "Trả kết quả trực tuyến hoặc qua bưu chính");
	p.channels.items[1].channel = CHANNEL_POST;
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_WHOLE);

	p.partial_reason = S("Phải ký vào sổ tại xã");
	CHECK_STR(missing_of(a, &p), "Làm hết qua mạng, không phải đến nơi");

	/* What asks for no form of its own is complete without one, but no service. */
	p.form = NULL;
	p.components.n = 1;
	p.components.items[0].name = S("Giấy chứng sinh");
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_INFORMATION);
	CHECK_STR(missing_of(a, &p), "Biểu mẫu điện tử tương tác");
	p.channels.items[0].channel = CHANNEL_COUNTER;
	CHECK_STR(missing_of(a, &p), "Biểu mẫu điện tử tương tác; Nộp hồ sơ trực tuyến");
}

TEST("a form is had when it can be filled in here, not when only its file name is known [C32-5.2]")
{
	ARENA a = arena_new();
	struct procedure p = whole(a);
	str file = S("to-khai.docx");

	p.components.items[0].templates.items = &file;
	p.components.items[0].templates.n = 1;
	CHECK_STR(missing_of(a, &p), "");
	p.form = NULL;
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_INCOMPLETE);
	CHECK_STR(missing_of(a, &p), "Mẫu đơn, mẫu tờ khai");
}

TEST("how a result comes back is told apart from how one applies [C32-5.1]")
{
	ARENA a = arena_new();
	struct procedure p = whole(a);

	p.returns_online = false;
	p.pays_online = true;
	p.channels.n = 1;
	p.channels.items[0].channel = CHANNEL_ONLINE;
	CHECK_STR(missing_of(a, &p), "Cách nộp hồ sơ và nhận kết quả");
	p.channels.items[0].channel = CHANNEL_COUNTER;
	CHECK_STR(missing_of(a, &p), "Nộp hồ sơ trực tuyến");
	p.channels.items[0].channel = CHANNEL_ONLINE;
	p.returns_online = true;
	CHECK_STR(missing_of(a, &p), "");
}

TEST("what a source claims does not raise the level")
{
	ARENA a = arena_new();
	struct procedure p = whole(a);

	p.declared_whole = true;
	p.steps.n = 0;
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_INCOMPLETE);
}

TEST("a fee of nothing that is set elsewhere is not free")
{
	ARENA a = arena_new();
	struct procedure p = whole(a);
	struct fee *f = &p.channels.items[1].fees.items[0];

	f->note = S("Theo quy định của Hội đồng nhân dân cấp tỉnh");
	CHECK_INT(procedure_fee_least(&p), FEE_ELSEWHERE);
	CHECK_INT(procedure_evidence(a, &p).level, LEVEL_PARTIAL);
	f->amount = 25;
	f->currency = S("USD");
	CHECK_INT(procedure_fee_least(&p), FEE_ELSEWHERE);
	f->currency = S("VND");
	CHECK_INT(procedure_fee_least(&p), 25);
}

TEST("no fee is free only when the procedure says so, not when it says nothing of fees")
{
	ARENA a = arena_new();
	struct procedure p = whole(a);

	CHECK_INT(procedure_fee_least(&p), 0);
	for (size_t i = 0; i < p.channels.n; i++)
		p.channels.items[i].fees.n = 0;
	CHECK_INT(procedure_fee_least(&p), FEE_UNPUBLISHED);
	CHECK_STR(missing_of(a, &p), "Thanh toán trực tuyến");
}
