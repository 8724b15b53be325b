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
	const struct form *f = form_of(a,
		FIELDS(A ",{'id':'d','kind':'date','label':'D','past':true,'least':'2000-01-01'},"
			 "{'id':'g','kind':'paper','label':'G','component':'giay-a'},"
			 "{'id':'n','kind':'integer','label':'N','most':9,'required':true}"));
	REQUIRE(f);
	REQUIRE(f->pages.n == 1 && f->pages.items[0].fields.n == 4);
	const struct form_field *fields = f->pages.items[0].fields.items;
	CHECK(fields[0].has_most && fields[0].most == 200 && !fields[0].required);
	CHECK(fields[1].past && fields[1].has_least && fields[1].least == day_from(2000, 1, 1));
	CHECK(fields[2].required);
	CHECK(fields[3].required && fields[3].has_most && !fields[3].has_least);
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
			"form.pages[1]: the id of page 0 again" },
		{ FORM("{'id':'xem-lai','title':'P','fields':[" A "]}"),
			"form.pages[0].id: \"xem-lai\" cannot be an id" },
		{ FIELDS(A ",{'id':'b','kind':'colour','label':'B'}"),
			"form.pages[0].fields[1].kind: \"colour\" is no kind of field" },
		{ FIELDS(A "," A), "form.pages[0].fields[1]: the id \"a\" twice" },
		{ FIELDS("{'id':'A','kind':'text','label':'A'}"),
			"form.pages[0].fields[0]: \"A\" cannot be an id" },
		{ FIELDS("{'id':'csrf','kind':'text','label':'A'}"),
			"form.pages[0].fields[0]: \"csrf\" cannot be an id" },
		{ FIELDS("{'id':'a','kind':'text','label':''}"),
			"form.pages[0].fields[0].label: missing or empty" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','required':'yes'}"),
			"form.pages[0].fields[0].required: of another type than expected" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','width':'3'}"),
			"form.pages[0].fields[0]: width is one of full, 2, 4, 12, 24" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','prefill':'account.password'}"),
			"form.pages[0].fields[0]: no prefill \"account.password\"" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','past':true}"),
			"form.pages[0].fields[0].past: means nothing for this kind" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','most':9000}"),
			"form.pages[0].fields[0].most: expected a whole number within limits" },
		{ FIELDS("{'id':'a','kind':'text','label':'A','least':5,'most':2}"),
			"form.pages[0].fields[0]: least is more than most" },
		{ FIELDS("{'id':'a','kind':'date','label':'A','least':'2001-02-29'}"),
			"form.pages[0].fields[0].least: expected a date, \"2026-11-23\"" },
		{ FIELDS("{'id':'a','kind':'one','label':'A'}"),
			"form.pages[0].fields[0].options: either options or a list" },
		{ FIELDS("{'id':'a','kind':'one','label':'A','options':[{'value':'x','label':'X'},"
			 "{'value':'x','label':'Y'}]}"),
			"form.pages[0].fields[0].options[1]: the same value twice" },
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
			"form.pages[0].fields[1]: the id \"a-ngay\" is taken by a" },
		{ FIELDS(CHOICE ",{'id':'c-2','kind':'text','label':'B'}"),
			"form.pages[0].fields[1]: the id \"c-2\" is taken by c" },
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		ARENA a = arena_new();
		CHECK_STR(refusal_of(a, wrong[i].definition), wrong[i].fault);
	}
}

TEST("a condition with a fault is refused with its path")
{
#define AT "form.pages[0].fields[1].when"
	static const struct {
		const char *field, *rule, *fault;
	} wrong[] = {
		{ A, "{}", AT ": expected one of var == != ! and or in < <= > >=" },
		{ A, "{'xor':[]}", AT ": expected one of var == != ! and or in < <= > >=" },
		{ A, "{'var':'a','!':1}", AT ": expected one of var == != ! and or in < <= > >=" },
		{ A, "{'var':'b'}", AT ".var: \"b\" is no earlier field" },
		{ A, "{'var':1}", AT ".var: var takes the id of a field" },
		{ A, "{'!':[]}", AT ".!: expected one of var == != ! and or in < <= > >=" },
		{ A, "{'and':[]}", AT ".and: expected a list of conditions" },
		{ A, "{'and':[{'var':'a'},{'or':[{'var':'z'}]}]}",
			AT ".and[1].or[0].var: \"z\" is no earlier field" },
		{ A, "{'==':[{'var':'a'}]}", AT ".==: expected two operands" },
		{ A, "{'==':['x','y']}", AT ".==: compares no field" },
		{ A, "{'==':[{'var':'a'},true]}",
			AT ".==[1]: expected a text, a whole number or {\"var\": field}" },
		{ A, "{'<':[{'var':'a'},{'+':[1,2]}]}",
			AT ".<[1]: expected a text, a whole number or {\"var\": field}" },
		{ A, "{'in':['x','xyz']}", AT ".in: expected a field and a list of values" },
		{ A, "{'in':[{'var':'a'},[]]}", AT ".in: expected a field and a list of values" },
		{ A, "{'in':['x',{'var':'a'}]}", AT ".in[1]: has one value only" },
		{ A, "{'in':[{'var':'a'},[1,[2]]]}",
			AT ".in[1][1]: expected a text or a whole number" },
		{ CHOICE, "{'==':[{'var':'c'},'z']}", AT ".==[1]: \"z\" is no value of c" },
		{ CHOICE, "{'in':[{'var':'c'},['x','z']]}",
			AT ".in[1][1]: \"z\" is no value of c" },
		{ MANY, "{'==':[{'var':'m'},'x']}",
			AT ".==: a field with many values is asked with \"in\"" },
		{ MANY, "{'in':['z',{'var':'m'}]}", AT ".in[0]: \"z\" is no value of m" },
		{ YES, "{'var':'y'}", AT ".var: compare y with yes or no" },
		{ YES, "{'==':[{'var':'y'},'co']}", AT ".==[1]: \"co\" is no value of y" },
	};

	for (size_t i = 0; i < COUNT(wrong); i++) {
		ARENA a = arena_new();
		str fields =
			arena_printf(a, FIELDS("%s,{'id':'b','kind':'text','label':'B','when':%s}"),
				wrong[i].field, wrong[i].rule);
		CHECK_STR(refusal_of(a, str_z(a, fields)), wrong[i].fault);
	}
}

TEST("a page's condition looks at earlier pages only")
{
	ARENA a = arena_new();
	CHECK_STR(refusal_of(a, FORM("{'id':'p','title':'P','when':{'var':'a'},'fields':[" A "]}")),
		"form.pages[0].when.var: \"a\" is no earlier field");
	CHECK_STR(refusal_of(a,
			  FORM(PAGE(A) ",{'id':'q','title':'Q','when':{'var':'a'},"
				       "'fields':[" YES "]}")),
		"");
}

/* JSON stops at LIMIT_JSON_DEPTH, before LIMIT_FORM_LOGIC. */
TEST("conditions in each other have a bottom")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, KIB);
	for (int i = 0; i < 40; i++)
		buf_add(&b, S("{'!':"));
	buf_add(&b, S("{'var':'a'}"));
	for (int i = 0; i < 40; i++)
		buf_char(&b, '}');
	str fields = arena_printf(a, FIELDS(A "," WHEN("%s")), str_z(a, buf_str(&b)));
	CHECK(refusal_of(a, str_z(a, fields)).n > 0);
}

TEST("conditions hold as JSONLogic says, and what was not answered has no order")
{
	static const struct {
		const char *rule;
		bool holds;
	} rules[] = {
		{ "{'var':'ten'}", true },
		{ "{'var':'khong'}", false },
		{ "{'!':{'var':'khong'}}", true },
		{ "{'!':[{'var':'ten'}]}", false },
		{ "{'==':[{'var':'ten'},'Hạnh']}", true },
		{ "{'==':['Hạnh',{'var':'ten'}]}", true },
		{ "{'!=':[{'var':'ten'},'Hạnh']}", false },
		{ "{'!=':[{'var':'khong'},'Hạnh']}", true },
		{ "{'==':[{'var':'tuoi'},17]}", true },
		{ "{'==':[{'var':'ma'},17]}", true },
		{ "{'==':[{'var':'ma'},'17']}", false },
		{ "{'==':[{'var':'ma'},{'var':'tuoi'}]}", false },
		{ "{'<':[{'var':'tuoi'},18]}", true },
		{ "{'<':[{'var':'tuoi'},9]}", false },
		{ "{'<=':[{'var':'tuoi'},17]}", true },
		{ "{'>':[{'var':'tuoi'},17]}", false },
		{ "{'>=':[{'var':'tuoi'},'17']}", true },
		{ "{'<':[{'var':'khong'},18]}", false },
		{ "{'>=':[{'var':'khong'},18]}", false },
		{ "{'<':[{'var':'sinh'},'2010-01-01']}", true },
		{ "{'>':[{'var':'sinh'},{'var':'ten'}]}", false },
		{ "{'in':[{'var':'ten'},['Lan','Hạnh']]}", true },
		{ "{'in':[{'var':'tuoi'},[16,17]]}", true },
		{ "{'in':[{'var':'khong'},['Lan']]}", false },
		{ "{'in':['hai',{'var':'nhieu'}]}", true },
		{ "{'in':['ha',{'var':'nhieu'}]}", false },
		{ "{'and':[{'var':'ten'},{'var':'tuoi'}]}", true },
		{ "{'and':[{'var':'ten'},{'var':'khong'}]}", false },
		{ "{'or':[{'var':'khong'},{'var':'ten'}]}", true },
		{ "{'or':[{'var':'khong'}]}", false },
	};
	ARENA a = arena_new();
	struct answers *s = answers_new(a);
	answer_set(s, S("ten"), S("Hạnh"));
	answer_set(s, S("tuoi"), S("17"));
	answer_set(s, S("ma"), S("017"));
	answer_set(s, S("sinh"), S("2009-12-31"));
	answer_set(s, S("nhieu"), S("mot\nhai"));

	CHECK(logic_holds(NULL, s));
	for (size_t i = 0; i < COUNT(rules); i++) {
		const struct json *rule;
		REQUIRE(!json_parse(a, json_of(a, rules[i].rule), &rule));
		if (!CHECK(logic_holds(rule, s) == rules[i].holds))
			CHECK_STR(rules[i].rule, "");
	}
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
	const struct form *f = form_of(a, FORM(PAGE(YES "," Z) "," PAGE_WHEN_Z));
	REQUIRE(f);
	struct answers *s = answers_new(a);
	answer_set(s, S("y"), S("yes"));
	answer_set(s, S("z"), S("yes"));
	answer_set(s, S("a"), S("text"));
	answer_set(s, S("khac"), S("of no field"));
	CHECK_STR(answers_json(a, form_applying(a, f, s)),
		json_of(a, "{'y':'yes','z':'yes','a':'text'}"));
	answer_set(s, S("y"), S("no"));
	CHECK_STR(answers_json(a, form_applying(a, f, s)), json_of(a, "{'y':'no'}"));
	CHECK(!form_page_applies(&f->pages.items[1], form_applying(a, f, s)));
}
