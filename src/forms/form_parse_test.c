/* SPDX-License-Identifier: Apache-2.0 */
/* Definitions, conditions, answers. */
#include "forms/forms_test.h"

#define PAGE(fields) "{'id':'p','title':'P','fields':[" fields "]}"
#define FORM(pages) "{'title':'T','declaration':'C','pages':[" pages "]}"
#define FIELDS(fields) FORM(PAGE(fields))
#define A "{'id':'a','kind':'text','label':'A'}"
#define CHOICE "{'id':'c','kind':'one','label':'C','options':[{'value':'x','label':'X'}]}"
#define MANY "{'id':'m','kind':'many','label':'M','options':[{'value':'x','label':'X'}]}"
#define YES "{'id':'y','kind':'yes_no','label':'Y'}"
#define WHEN(rule) "{'id':'b','kind':'text','label':'B','when':" rule "}"

TEST("a definition is read with its defaults")
{
	ARENA a = arena_new();
	const struct form *f = test_form(a,
		FIELDS(A ",{'id':'d','kind':'date','label':'D','past':true,'least':'2000-01-01'},"
			 "{'id':'g','kind':'paper','label':'G','component':'giay-a'},"
			 "{'id':'n','kind':'integer','label':'N','most':9,'required':true}"));
	REQUIRE(f);
	REQUIRE(f->pages.n == 1 && f->pages.items[0].fields.n == 4);
	const struct form_field *fields = f->pages.items[0].fields.items;
	CHECK(fields[0].has_most && fields[0].most == 200 && !fields[0].question.required);
	CHECK(fields[1].past && fields[1].has_least && fields[1].least == day_from(2000, 1, 1));
	CHECK(fields[2].question.required);
	CHECK(fields[3].question.required && fields[3].has_most && !fields[3].has_least);
	CHECK_INT(fields[3].most, 9);
}

TEST("a definition with a fault is refused with the path of the fault")
{
	static const struct {
		const char *definition, *fault;
	} wrong[] = {
		{ "[]", "form: expected an object" },
		{ "{'title':'T','declaration':'C'}", "form.pages: missing or empty" },
		{ FORM(""), "form.pages: missing or empty" },
		{ FORM("1"), "form.pages[0]: expected an object" },
		{ FORM(PAGE("")), "form.pages[0].fields: missing or empty" },
		{ "{'title':1,'declaration':'C','pages':[" PAGE(A) "]}",
			"form.title: of another type than expected" },
		{ "{'title':'T','declaration':'C','colour':'red','pages':[" PAGE(A) "]}",
			"form.colour: unknown member" },
		{ FORM(PAGE(A) "," PAGE(WHEN("{'var':'a'}"))),
			"form.pages[1].id: the id of page 0 again" },
		{ FORM("{'id':'xem-lai','title':'P','fields':[" A "]}"),
			"form.pages[0].id: \"xem-lai\" cannot be an id" },
		{ FIELDS(A ",{'id':'b','kind':'colour','label':'B'}"),
			"form.pages[0].fields[1].kind: \"colour\" is no kind of question" },
		{ FIELDS(A ",{'id':'b','kind':'text','label':'B','purpose':'zz'}"),
			"form.pages[0].fields[1].purpose: no purpose \"zz\"" },
		{ FIELDS("{'id':'b','kind':'person','label':'B','purpose':'zz'}"),
			"form.pages[0].fields[0].purpose: no purpose \"zz\"" },
		{ "{'title':'T','declaration':'C','checks':[{'id':'k','message':'M','field':'zz',"
		  "'when':{'==':[{'var':'a'},'x']}}],'pages':[" PAGE(A) "]}",
			"form.checks[0].field: no question \"zz\"" },
		{ FIELDS(A "," A), "form.pages[0].fields[1].id: the id \"a\" twice" },
		{ FIELDS("{'id':'A','kind':'text','label':'A'}"),
			"form.pages[0].fields[0].id: \"A\" cannot be an id" },
		{ FIELDS("{'id':'csrf','kind':'text','label':'A'}"),
			"form.pages[0].fields[0].id: \"csrf\" cannot be an id" },
		{ FIELDS("{'id':'a','kind':'text','label':''}"),
			"form.pages[0].fields[0].label: missing or empty" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','required':'yes'}"),
			"form.pages[0].fields[0].required: of another type than expected" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','width':'3'}"),
			"form.pages[0].fields[0].width: width is one of full, 2, 4, 12, 24" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','prefill':'account.password'}"),
			"form.pages[0].fields[0].prefill: no prefill \"account.password\"" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','past':true}"),
			"form.pages[0].fields[0].past: means nothing for this kind" },
		{ FIELDS("{'id':'a','kind':'note','label':'A','error':'Nhập'}"),
			"form.pages[0].fields[0].error: means nothing for this kind" },
		{ FIELDS("{'id':'a','kind':'declaration','label':'A','width':'4'}"),
			"form.pages[0].fields[0].width: means nothing for this kind" },
		{ FIELDS("{'id':'a','kind':'person','label':'A','decimals':2}"),
			"form.pages[0].fields[0].decimals: means nothing for this kind" },
		{ FIELDS("{'id':'a','kind':'organisation','label':'A','prefill':'account'}"),
			"form.pages[0].fields[0].prefill: means nothing for this kind" },
		{ FIELDS("{'id':'a','kind':'person','label':'A','remember':'Hai chữ'}"),
			"form.pages[0].fields[0].remember: \"Hai chữ\" cannot be "
			"remembered under" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','most':9000}"),
			"form.pages[0].fields[0].most: expected a number within limits" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','least':5,'most':2}"),
			"form.pages[0].fields[0].least: least is more than most" },
		{ FIELDS("{'id':'a','kind':'date','label':'A','least':'2001-02-29'}"),
			"form.pages[0].fields[0].least: expected a date, \"2026-11-23\"" },
		{ FIELDS("{'id':'a','kind':'one','label':'A'}"),
			"form.pages[0].fields[0].options: either options or a list" },
		{ FIELDS("{'id':'a','kind':'one','label':'A','options':[{'value':'x','label':'X'},"
			 "{'value':'x','label':'Y'}]}"),
			"form.pages[0].fields[0].options[1].value: the same value twice" },
		{ FIELDS("{'id':'a','kind':'one','label':'A','options':[{'value':'x'}]}"),
			"form.pages[0].fields[0].options[0].label: missing or empty" },
		{ FIELDS("{'id':'a','kind':'paper','label':'A'}"),
			"form.pages[0].fields[0].component: no component \"\"" },
		{ FIELDS("{'id':'a','kind':'paper','label':'A','component':'giay-c'}"),
			"form.pages[0].fields[0].component: no component \"giay-c\"" },
		{ FIELDS("{'id':'a','kind':'paper','label':'A','component':'ghi-chu'}"),
			"form.pages[0].fields[0].component: is a remark, not a paper" },
		{ FIELDS("{'id':'a','kind':'date','label':'A'},"
			 "{'id':'a-ngay','kind':'text','label':'B'}"),
			"form.pages[0].fields[1].id: the id \"a-ngay\" is taken by a" },
		{ FIELDS(CHOICE ",{'id':'c-2','kind':'text','label':'B'}"),
			"form.pages[0].fields[1].id: the id \"c-2\" is taken by c" },
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		ARENA a = arena_new();
		CHECK_STR(refusal_of(a, wrong[i].definition), wrong[i].fault);
	}
}

TEST("a rule with a fault is refused with its path, before anybody fills in")
{
#define RULE "form.pages[0].fields[1].when"
	static const struct {
		const char *field, *rule, *fault;
	} wrong[] = {
		{ A, "{}", RULE ": a rule has one operator" },
		{ A, "{'xor':[]}", RULE ": \"xor\" is no operator" },
		{ A, "{'var':'a','!':1}", RULE ": a rule has one operator" },
		{ A, "{'var':'b'}", RULE ".var: \"b\" is no earlier question" },
		{ A, "{'var':1}", RULE ".var: var takes the id of a question" },
		{ A, "{'and':[]}", RULE ".and: takes 1 to 64 operands" },
		{ A, "{'and':[{'var':'a'},{'or':[{'var':'z'}]}]}",
			RULE ".and[1].or[0].var: \"z\" is no earlier question" },
		{ A, "{'==':[{'var':'a'}]}", RULE ".==: takes 2 to 2 operands" },
		{ A, "{'==':['x','y']}", RULE ".==: compares no question" },
		{ A, "{'==':[{'var':'a'},true]}", RULE ".==: compares a text with true or false" },
		{ A, "{'==':[{'var':'a'},5]}", RULE ".==: compares a text with a number" },
		{ A, "{'<':[{'var':'a'},'x']}", RULE ".<: a text has no order" },
		{ A, "{'+':[{'var':'a'},1]}", RULE ".+: calculates with a text" },
		{ A, "{'some':[{'var':'a'},true]}", RULE ".some[0]: a text is no list" },
		{ A, "{'years_between':[{'var':'a'},{'var':'hom-nay'}]}",
			RULE ".years_between: counts between dates, not a text" },
		{ CHOICE, "{'==':[{'var':'c'},'z']}", RULE ".==: \"z\" is no value of c" },
		{ CHOICE, "{'in':[{'var':'c'},['x','z']]}", RULE ".in[1]: \"z\" is no value of c" },
		{ CHOICE, "{'in':['x',{'var':'c'}]}", RULE ".in: a choice has one value only" },
		{ MANY, "{'==':[{'var':'m'},'x']}",
			RULE ".==: several choices is asked with \"in\", \"some\" or \"all\"" },
		{ MANY, "{'in':['z',{'var':'m'}]}", RULE ".in: \"z\" is no value of m" },
		{ YES, "{'var':'y'}", RULE ": compare y with \"yes\" or \"no\"" },
		{ YES, "{'and':[{'var':'y'},true]}",
			RULE ".and: compare y with \"yes\" or \"no\"" },
		{ YES, "{'==':[{'var':'y'},'co']}", RULE ".==: \"co\" is no value of y" },
		{ "{'id':'d','kind':'date','label':'D'}", "{'>':[{'var':'d'},'23/11/2026']}",
			RULE ".>: \"23/11/2026\" is no date like \"2026-11-23\"" },
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		ARENA a = arena_new();
		str fields =
			arena_printf(a, FIELDS("%s,{'id':'b','kind':'text','label':'B','when':%s}"),
				wrong[i].field, wrong[i].rule);
		CHECK_STR(refusal_of(a, str_z(a, fields)), wrong[i].fault);
	}
}

TEST("what the procedure says beside the form is refused with the path where it says it")
{
#define ASKS                                                                                \
	"'form':{'title':'T','declaration':'C','pages':[{'id':'p','title':'P','fields':[" A \
	",{'id':'g','kind':'paper','component':'don','label':'G'}]}]}"
#define BAD "'when':{'==':[{'var':'zz'},'x']}"
	static const struct {
		const char *members, *fault;
	} wrong[] = {
		{ "'components':[{'id':'x','name':'X'},{'id':'don','name':'D'," BAD "}]," ASKS,
			"components[1].when.==[0].var: \"zz\" is no earlier question" },
		{ "'components':[{'id':'don','name':'D'}],'cases':[{'code':'1','name':'M'," BAD
		  "}]," ASKS,
			"cases[0].when.==[0].var: \"zz\" is no earlier question" },
		{ "'components':[{'id':'don','name':'D'}],'channels':[{'channel':'online','fees':["
		  "{'name':'F','amount':1,'free':[{'why':'W'," BAD "}]}]}]," ASKS,
			"channels[0].fees[0].free[0].when.==[0].var: "
			"\"zz\" is no earlier question" },
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		ARENA a = arena_new();
		struct procedure p;
		struct form f;
		str text = json_of(a,
			arena_printf(a,
				"{'code':'9.000001','name':'N',"
				"'sector':'G15-TP07',%s}",
				wrong[i].members)
				.p);
		REQUIRE(!procedure_parse(a, text, &p));
		err e = form_parse(a, &p, &f);
		if (CHECK(e))
			CHECK_STR(e->detail, wrong[i].fault);
	}
}

TEST("a page's condition looks at earlier pages only")
{
	ARENA a = arena_new();
	CHECK_STR(refusal_of(a, FORM("{'id':'p','title':'P','when':{'var':'a'},'fields':[" A "]}")),
		"form.pages[0].when.var: \"a\" is no earlier question");
	CHECK_STR(refusal_of(a,
			  FORM(PAGE(A) ",{'id':'q','title':'Q','when':{'var':'a'},"
				       "'fields':[" YES "]}")),
		"");
}

static str refusal_of_nested(struct arena *a, int depth)
{
	struct buf b = buf_in(a, 4 * KIB);

	for (int i = 0; i < depth; i++)
		buf_add(&b, S("{'or':[{'==':[{'var':'a'},'x']},"));
	buf_add(&b, S("{'==':[{'var':'a'},'y']}"));
	for (int i = 0; i < depth; i++)
		buf_add(&b, S("]}"));
	str fields = arena_printf(a, FIELDS(A "," WHEN("%s")), str_z(a, buf_str(&b)));
	return refusal_of(a, str_z(a, fields));
}

TEST("conditions in each other have a bottom")
{
	ARENA a = arena_new();
	CHECK_STR(refusal_of_nested(a, LIMIT_FORM_LOGIC - 3), "");
	CHECK(str_ends(
		refusal_of_nested(a, LIMIT_FORM_LOGIC + 1), S("more than 50 rules in each other")));
	CHECK(refusal_of_nested(a, LIMIT_JSON_DEPTH).n > 0);
}

#define FACTS                                                            \
	"{'id':'ten','kind':'text','label':'T'},"                        \
	"{'id':'khong','kind':'text','label':'K'},"                      \
	"{'id':'tuoi','kind':'integer','label':'U'},"                    \
	"{'id':'dt','kind':'number','label':'D','decimals':2},"          \
	"{'id':'sinh','kind':'date','label':'S'},"                       \
	"{'id':'nhieu','kind':'many','label':'N','options':["            \
	"{'value':'mot','label':'1'},{'value':'hai','label':'2'},"       \
	"{'value':'ba','label':'3'}]},"                                  \
	"{'id':'cha','kind':'person','label':'Cha','parts':['ho-ten']}," \
	"{'id':'giay','kind':'paper','label':'G','component':'giay-a'}"
#define ITEMS                                                          \
	"{'id':'muc','title':'M','repeat':{'item':'Mục'},'fields':[" \
	"{'id':'t','kind':'text','label':'T'}]}"

TEST("rules see answers as what they are: numbers, dates, choices, parts, items")
{
	static const struct {
		const char *rule;
		bool holds;
	} rules[] = {
		{ "{'==':[{'var':'ten'},'Hạnh']}", true },
		{ "{'!':{'var':'khong'}}", true },
		{ "{'<':[{'var':'tuoi'},18]}", true },
		{ "{'==':[{'+':[{'var':'tuoi'},1]},18]}", true },
		{ "{'>':[{'var':'dt'},12]}", true },
		{ "{'<':[{'var':'sinh'},'2010-01-01']}", true },
		{ "{'==':[{'years_between':[{'var':'sinh'},{'var':'hom-nay'}]},16]}", true },
		{ "{'in':['hai',{'var':'nhieu'}]}", true },
		{ "{'in':['ba',{'var':'nhieu'}]}", false },
		{ "{'==':[{'var':'cha.ho-ten'},'Trần An']}", true },
		{ "{'==':[{'var':'giay'},2]}", true },
		{ "{'some':[{'var':'muc'},{'==':[{'var':'t'},'một']}]}", true },
		{ "{'all':[{'var':'muc'},{'==':[{'var':'t'},'một']}]}", false },
		{ "{'==':[{'reduce':[{'var':'muc'},{'+':[{'var':'accumulator'},1]},0]},2]}", true },
	};
	ARENA a = arena_new();
	const struct form *f = test_form(a, FORM(PAGE(FACTS) "," ITEMS));
	struct answers *s = answers_new(a);
	const struct json *rule;
	REQUIRE(f);
	answer_set(s, S("ten"), S("Hạnh"));
	answer_set(s, S("tuoi"), S("17"));
	answer_set(s, S("dt"), S("12.5"));
	answer_set(s, S("sinh"), S("2009-12-31"));
	answer_set(s, S("nhieu"), S("mot\nhai"));
	answer_set(s, S("cha.ho-ten"), S("Trần An"));
	answer_set(s, S("giay"), S("7,9"));
	answer_set(s, S("muc"), S("x\ny"));
	answer_set(s, S("muc/x/t"), S("một"));
	answer_set(s, S("muc/y/t"), S("hai"));
	answer_set(s, S("muc/z/t"), S("of no item"));
	struct answers *applying = form_applying(a, f, s, day_from(2026, 11, 23));

	CHECK(form_holds(NULL, applying, NULL));
	CHECK_STR(answer(applying, S("muc/z/t")), "");
	for (size_t i = 0; i < COUNT(rules); i++) {
		REQUIRE(!json_parse(a, json_of(a, rules[i].rule), &rule));
		if (!CHECK(form_holds(rule, applying, NULL) == rules[i].holds))
			CHECK_STR(rules[i].rule, "");
	}
}

TEST("a person becomes questions of their own: what an identity card need not repeat is not asked")
{
	ARENA a = arena_new();
	const struct form *f = test_form(a,
		FIELDS("{'id':'cha','kind':'person','label':'Cha','required':true,"
		       "'parts':['ho-ten','giay-to','email'],'optional_parts':['email']}"));
	struct answers *s = answers_new(a);
	field_errors errors = { 0 };
	struct form_source x = source_in(VIETNAMESE);
	size_t first;
	REQUIRE(f && f->pages.items[0].fields.n == 7);
	CHECK_STR(f->pages.items[0].fields.items[2].id, "cha.so-dinh-danh");
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	REQUIRE(errors.n == 2);
	CHECK_STR(errors.items[0].message, "Nhập họ, chữ đệm và tên (Cha)");
	answer_set(s, S("cha.ho-ten"), S("Trần An"));
	answer_set(s, S("cha.loai-giay-to"), S("ho-chieu"));
	errors.n = 0;
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	REQUIRE(errors.n == 3);
	CHECK_STR(errors.items[0].field, "cha.so-giay-to");
	CHECK_STR(errors.items[1].field, "cha.ngay-cap-ngay");
	CHECK_STR(errors.items[2].field, "cha.noi-cap");
	CHECK_STR(refusal_of(a, FIELDS("{'id':'c','kind':'person','label':'C','parts':['tuoi']}")),
		"form.pages[0].fields[0].parts: no part \"tuoi\"");
}

#define CHOSEN_ITEMS                                                            \
	"{'id':'muc','title':'M','repeat':{'item':'Mục','least':1,'most':2}," \
	"'fields':[{'id':'co','kind':'yes_no','label':'C'},"                    \
	"{'id':'t','kind':'text','label':'T','required':true,'when':{'and':["   \
	"{'==':[{'var':'co'},'yes']},{'==':[{'var':'y'},'yes']}]}}]}"

TEST("items of a repeated page see their own answers first, and are added and removed by id")
{
	ARENA a = arena_new();
	const struct form *f = test_form(a, FORM(PAGE(YES) "," CHOSEN_ITEMS));
	struct answers *s = answers_new(a);
	struct form_source x = source_in(VIETNAMESE);
	field_errors errors = { 0 };
	size_t first;
	str one, two, three;
	REQUIRE(f);
	const struct form_page *p = &f->pages.items[1];
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	REQUIRE(errors.n == 1);
	CHECK_STR(errors.items[0].message, "Thêm ít nhất 1 mục: Mục");
	CHECK(!form_row_add(a, p, s, &one));
	CHECK(!form_row_add(a, p, s, &two));
	CHECK_STR(err_name(form_row_add(a, p, s, &three)), "TOO_MANY");
	CHECK(!str_eq(one, two));
	answer_set(s, S("y"), S("yes"));
	answer_set(s, arena_printf(a, "muc/" STR_FMT "/co", STR_ARG(two)), S("yes"));
	errors.n = 0;
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	REQUIRE(errors.n == 1);
	CHECK_STR(errors.items[0].field, arena_printf(a, "muc/" STR_FMT "/t", STR_ARG(two)));
	form_row_remove(a, p, s, two);
	errors.n = 0;
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	CHECK_INT((int64_t)errors.n, 0);
	CHECK_STR(answer(s, S("muc")), one);
}

TEST("answers written as JSON and read again are the same")
{
	static const char *const texts[] = { "", "x", "Nguyễn Thị \"Hạnh\"", "a\\b", "một\nhai\tba",
		"2026-11-23", "{}", "\x01\x1f", "𠮷" };
	ARENA a = arena_new();
	struct answers *s = answers_new(a), *again;

	for (size_t i = 0; i < COUNT(texts); i++)
		answer_set(s, arena_printf(a, "f%zu", i), str_from(texts[i]));
	str json = answers_json(a, s);
	REQUIRE(!answers_parse(a, json, &again));
	for (size_t i = 0; i < COUNT(texts); i++)
		CHECK_STR(answer(again, arena_printf(a, "f%zu", i)), texts[i]);
	CHECK_STR(answers_json(a, again), json);
	CHECK_STR(answers_json(a, answers_new(a)), "{}");
	CHECK_STR(answer(again, S("unknown")), "");
}

TEST("stored answers that are none are refused")
{
	static const char *const wrong[] = { "", "[]", "1", "{'a':1}", "{'a':['x']}", "{'a'",
		"null" };
	ARENA a = arena_new();
	struct answers *s;

	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK_STR(err_name(answers_parse(a, json_of(a, wrong[i]), &s)), "INVALID");
}

#define Z "{'id':'z','kind':'yes_no','label':'Z','when':{'==':[{'var':'y'},'yes']}}"
#define PAGE_WHEN_Z "{'id':'q','title':'Q','when':{'==':[{'var':'z'},'yes']},'fields':[" A "]}"

TEST("hidden means absent, for later conditions too")
{
	ARENA a = arena_new();
	const struct form *f = test_form(a, FORM(PAGE(YES "," Z) "," PAGE_WHEN_Z));
	REQUIRE(f);
	struct answers *s = answers_new(a);
	answer_set(s, S("y"), S("yes"));
	answer_set(s, S("z"), S("yes"));
	answer_set(s, S("a"), S("text"));
	answer_set(s, S("khac"), S("of no field"));
	CHECK_STR(answers_json(a, form_applying(a, f, s, day_from(2026, 11, 23))),
		json_of(a, "{'y':'yes','z':'yes','a':'text'}"));
	answer_set(s, S("y"), S("no"));
	CHECK_STR(answers_json(a, form_applying(a, f, s, day_from(2026, 11, 23))),
		json_of(a, "{'y':'no'}"));
	CHECK(!form_page_applies(
		f, &f->pages.items[1], form_applying(a, f, s, day_from(2026, 11, 23))));
}
