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
