/* SPDX-License-Identifier: Apache-2.0 */
/* lint_test.c - advice on definitions that are right. */
#include "forms/forms_test.h"
#include "forms/sample.h"

#define SO_BAN "{'id':'so-ban','kind':'integer','label':'Số bản','least':1,'most':100}"
#define CACH                                                    \
	"{'id':'cach','kind':'one','label':'Cách','options':[" \
	"{'value':'x','label':'X'},{'value':'y','label':'Y'},{'value':'z','label':'Z'}]}"
#define NGAY "{'id':'ngay','kind':'date','label':'Ngày','least':'2020-01-01'}"
#define DIEN_TICH "{'id':'dt','kind':'number','label':'Diện tích','decimals':1,'most':9.5}"
#define WHEN(rule)                                                                                 \
	SO_BAN "," CACH "," NGAY "," DIEN_TICH ",{'id':'b','kind':'text','label':'B','when':" rule \
	       "}"

/* Remarks that have such words, a line each. */
static str remarks_with(struct arena *a, const struct form *f, const char *words)
{
	struct buf b = buf_in(a, 64 * KIB);
	form_remarks said;

	form_lint(a, f, &said);
	for (size_t i = 0; i < said.n; i++)
		if (str_has(said.items[i], str_from(words)))
			buf_printf(&b, "%s" STR_FMT, b.n ? "\n" : "", STR_ARG(said.items[i]));
	return buf_str(&b);
}

TEST("a comparison that no answer makes hold is told of, and one that some answer does is not")
{
	static const struct {
		const char *rule, *name;
	} cases[] = {
		{ "{'>':[{'var':'so-ban'},100]}", "so-ban" },
		{ "{'>=':[{'var':'so-ban'},100]}", "" },
		{ "{'<':[100,{'var':'so-ban'}]}", "so-ban" },
		{ "{'<':[{'var':'so-ban'},1]}", "so-ban" },
		{ "{'==':[{'var':'so-ban'},101]}", "so-ban" },
		{ "{'==':[{'var':'so-ban'},100]}", "" },
		{ "{'<':[4,{'var':'so-ban'},5]}", "so-ban" },
		{ "{'<=':[4,{'var':'so-ban'},5]}", "" },
		{ "{'>':[{'var':'dt'},9.5]}", "dt" },
		{ "{'>':[{'var':'dt'},9.4]}", "" },
		{ "{'<':[{'var':'ngay'},'2020-01-01']}", "ngay" },
		{ "{'<=':[{'var':'ngay'},'2020-01-01']}", "" },
		{ "{'and':[{'==':[{'var':'cach'},'x']},{'==':[{'var':'cach'},'y']}]}", "cach" },
		{ "{'or':[{'==':[{'var':'cach'},'x']},{'==':[{'var':'cach'},'y']}]}", "" },
		{ "{'and':[{'in':[{'var':'cach'},['x','y']]},{'==':[{'var':'cach'},'y']}]}", "" },
		{ "{'and':[{'in':[{'var':'cach'},['x','y']]},{'and':[{'>':[{'var':'so-ban'},1]},"
		  "{'==':[{'var':'cach'},'z']}]}]}",
			"cach" },
		{ "{'and':[{'>':[{'var':'so-ban'},5]},{'<':[{'var':'so-ban'},6]}]}", "so-ban" },
		{ "{'and':[{'>':[{'var':'so-ban'},5]},{'<':[{'var':'so-ban'},7]}]}", "" },
		{ "{'!':{'>':[{'var':'so-ban'},100]}}", "so-ban" },
		{ "{'==':[{'var':'so-ban'},{'+':[100,1]}]}", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ARENA a = arena_new();
		const struct form *f = form_with(a, arena_printf(a, WHEN("%s"), cases[i].rule).p);
		REQUIRE(f);
		str expected = !*cases[i].name
			? S("")
			: arena_printf(a, "page p, b: no answer to %s makes its condition hold",
				  cases[i].name);
		CHECK_STR(remarks_with(a, f, "makes its condition hold"), expected);
	}
}

TEST("a component that is required and asked for by no question is refused with its path")
{
	ARENA a = arena_new();
	const struct form *f =
		form_with(a, "{'id':'g','kind':'paper','component':'giay-a','label':'G'}");
	REQUIRE(f);
	err e = form_papers_check(a, f);
	REQUIRE(e);
	CHECK_STR(e->detail,
		"components[1]: is required, but no question of the kind paper asks for it");
	f = form_with(a,
		"{'id':'g','kind':'paper','component':'giay-a','label':'G'},"
		"{'id':'h','kind':'paper','component':'giay-b','label':'H'}");
	REQUIRE(f);
	CHECK(!form_papers_check(a, f));
}

/* Two questions with more members each. */
static str said_of_two(struct arena *a, const char *one, const char *other, const char *words)
{
	const struct form *f =
		form_with(a, arena_printf(a, CACH ",{'id':'a',%s},{'id':'b',%s}", one, other).p);

	return f ? remarks_with(a, f, words) : S("none");
}

TEST("the same asked twice is told of, unless it is asked in one case here and in another there")
{
#define X ",'when':{'==':[{'var':'cach'},'x']}"
#define Y ",'when':{'==':[{'var':'cach'},'y']}"
#define NOT_X ",'when':{'!=':[{'var':'cach'},'x']}"
#define PHONE(label) "'kind':'phone','prefill':'account.phone','label':'" label "'"
#define TEXT(label) "'kind':'text','label':'" label "'"
	static const char same[] = "page p, b: is filled in with the same as a",
			  words[] = "page p, b: asks in the same words as a";
	static const struct {
		const char *one, *other, *said;
	} cases[] = {
		{ PHONE("Máy"), PHONE("Số máy"), same },
		{ PHONE("Máy"), PHONE("Số máy") X, same },
		{ PHONE("Máy") X, PHONE("Số máy") X, same },
		{ PHONE("Máy") X, PHONE("Số máy") Y, "" },
		{ PHONE("Máy") X, PHONE("Số máy") NOT_X, "" },
		{ PHONE("Máy") Y, PHONE("Số máy") NOT_X, same },
		{ TEXT("Tên"), TEXT("TÊN"), words },
		{ TEXT("Tên"), TEXT("Tên") X, words },
		{ TEXT("Tên") X, TEXT("Tên") Y, "" },
		{ TEXT("Tên"), TEXT("Họ"), "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ARENA a = arena_new();
		CHECK_STR(said_of_two(a, cases[i].one, cases[i].other, "same"), cases[i].said);
	}
}

TEST("what the account knows and fills in nowhere is told of at its first question")
{
	static const char phone[] =
		"page p, a: the account knows it: fill it in from account.phone";
	ARENA a = arena_new();

	CHECK_STR(
		said_of_two(a, "'kind':'phone','label':'Máy'", TEXT("Tên"), "the account"), phone);
	CHECK_STR(
		said_of_two(a, PHONE("Máy"), "'kind':'phone','label':'Máy của cha'", "the account"),
		"");
	/* Another's data, and what no account knows. */
	CHECK_STR(said_of_two(a, "'kind':'organisation','parts':['ten','dien-thoai'],'label':'Hội'",
			  TEXT("Tên"), "the account"),
		"");
	CHECK_STR(said_of_two(a, "'kind':'person','label':'Bạn'", TEXT("Tên"), "the account"),
		"page p, a: the account knows it: fill it in from account.person_id\n"
		"page p, a: the account knows it: fill it in from account.name");
	CHECK_STR(said_of_two(a, "'kind':'person','prefill':'account','label':'Bạn'", TEXT("Tên"),
			  "the account"),
		"");
}

TEST("a form in both languages is told what is in one of them only")
{
	ARENA a = arena_new();
	static const char form[] =
		"{'title':'T',%s'declaration':'C','purposes':[{'id':'m','why':'Vì'}],"
		"'checks':[{'id':'k','message':'Sai','when':{'>':[{'var':'n'},1]}}],"
		"'pages':[{'id':'p','title':'P','fields':[" CACH
		",{'id':'n','kind':'integer','label':'N','unit':'ngày'}]}]}";
	const struct form *f = test_form(a, arena_printf(a, form, "'title_en':'T',").p);
	REQUIRE(f);
	CHECK_STR(remarks_with(a, f, "a choice without English"),
		"page p, cach: a choice without English");
	CHECK_STR(remarks_with(a, f, "no English unit"), "page p, n: no English unit");
	CHECK_STR(remarks_with(a, f, "form."),
		"form.purposes[0]: a purpose that is not said in English\n"
		"form.checks[0]: no English message");
	CHECK_STR(remarks_with(a, f, "components[0]"), "components[0]: no English name");
	/* One that is in Vietnamese only is told so once. */
	f = test_form(a, arena_printf(a, form, "").p);
	REQUIRE(f);
	CHECK_STR(remarks_with(a, f, "a choice without English"), "");
	CHECK_STR(remarks_with(a, f, "form"), "form: no English title or declaration");
}

TEST("one or two questions before one starts are told of")
{
	ARENA a = arena_new();
	static const char form[] = "{'title':'T','declaration':'C',%s'pages':[{'id':'p',"
				   "'title':'P','fields':[" SO_BAN "," CACH "," NGAY "]}]}";
	static const struct {
		const char *start, *said;
	} cases[] = {
		{ "", "" },
		{ "'start':['so-ban','cach'],",
			"form.start: three to six questions before one starts" },
		{ "'start':['so-ban','cach','ngay'],", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct form *f = test_form(a, arena_printf(a, form, cases[i].start).p);
		REQUIRE(f);
		CHECK_STR(remarks_with(a, f, "before one starts"), cases[i].said);
	}
}

static str said_with_samples(struct arena *a, const char *samples)
{
	struct component paper = { .id = S("giay-a"), .name = S("A"), .required = true };
	struct procedure_case cases[] = { { .code = S("1"), .name = S("M"), .limit = S("1wd") } };
	struct procedure p = { .components = { &paper, 1 }, .cases = { cases, 1 } };
	struct form f;

	CHECK(!json_parse(a, json_of(a, "{'==':[{'var':'cach'},'z']}"), &paper.when));
	cases[0].when = paper.when;
	str form = json_of(a,
		"{'title':'T','declaration':'C','pages':[{'id':'p','title':'P','fields':[" CACH
		",{'id':'b','kind':'text','label':'B','when':{'==':[{'var':'cach'},'y']}},"
		"{'id':'g','kind':'paper','component':'giay-a','label':'G'}]}]}");
	CHECK(!json_parse(a, form, &p.form));
	CHECK(!json_parse(a, json_of(a, samples), &p.samples));
	CHECK(!form_parse(a, &p, &f));
	return remarks_with(a, &f, "can its condition hold?");
}

TEST("what no sample comes to is told of: a question, a component, a case")
{
	static const char b[] = "page p, b: no sample asks it: can its condition hold?",
			  z[] = "components[0]: no sample needs it: can its condition hold?\n"
				"cases[0]: no sample is this case: can its condition hold?";
#define SAMPLE(value) "{'name':'N','answers':{'cach':'" value "'},'expect':{}}"
	ARENA a = arena_new();

	CHECK_STR(said_with_samples(a, "[" SAMPLE("y") "]"), z);
	CHECK_STR(said_with_samples(a, "[" SAMPLE("z") "]"), b);
	CHECK_STR(said_with_samples(a, "[" SAMPLE("x") "]"), arena_printf(a, "%s\n%s", b, z).p);
	CHECK_STR(said_with_samples(a, "[" SAMPLE("y") "," SAMPLE("z") "]"), "");
}
