/* SPDX-License-Identifier: Apache-2.0 */
/* Answers to a question that a newer version asks in another way. */
#include "forms/forms_test.h"
#include "forms/moving.h"
#include "forms/site_test.h"

#define X(kind, more) "{'id':'x','kind':'" kind "','label':'X'" more "}"
#define OPTIONS \
	",'options':[{'value':'a','label':'Một','label_en':'One'},{'value':'b','label':'Hai'}]"

static void check_carried(const char *before, const char *value, const char *after, const char *as)
{
	ARENA a = arena_new();
	const struct form *now = form_with(a, before), *next = form_with(a, after);
	struct form_source x = source_in(VIETNAMESE);
	struct answers *s = answers_new(a);
	str carried;

	REQUIRE(now && next);
	answer_set(s, S("x"), str_from(value));
	CHECK_OK(answer_carried(a, &x, &now->pages.items[0].fields.items[0],
		&next->pages.items[0].fields.items[0], str_from(value),
		form_applying(a, now, s, x.today), &carried));
	if (!CHECK_STR(carried, as))
		printf("#   %s to %s\n", before, after);
}

TEST("what was answered is kept where the new way of asking can read it, and only there [ERA-1]")
{
	static const struct {
		const char *before, *value, *after, *as;
	} cases[] = {
		{ X("email", ""), "an@example.vn", X("text", ""), "an@example.vn" },
		{ X("text", ""), "an@example.vn", X("email", ""), "an@example.vn" },
		{ X("text", ""), "không có", X("email", ""), "" },
		{ X("text", ""), "một", X("long_text", ""), "một" },
		{ X("long_text", ""), "một\nhai", X("text", ""), "một hai" },
		{ X("integer", ""), "12", X("number", ""), "12" },
		{ X("integer", ""), "12", X("money", ""), "12" },
		{ X("number", ""), "12", X("integer", ""), "12" },
		{ X("number", ""), "12.5", X("integer", ""), "" },
		{ X("number", ""), "12.5", X("text", ""), "12,5" },
		{ X("integer", ""), "12", X("number", ",'most':10"), "" },
		{ X("text", ""), "12", X("integer", ""), "12" },
		{ X("text", ""), "1.200", X("number", ",'decimals':3"), "" },
		{ X("text", ""), "mười hai", X("integer", ""), "" },
		{ X("date", ""), "1990-03-07", X("text", ""), "07/03/1990" },
		{ X("date", ",'partial':true"), "1990", X("date", ""), "1990" },
		{ X("yes_no", ""), "yes", X("text", ""), "Có" },
		{ X("yes_no", ""), "yes", X("one", OPTIONS), "" },
		{ X("one", OPTIONS), "b", X("text", ""), "Hai" },
		{ X("one", OPTIONS), "b", X("many", OPTIONS), "b" },
		{ X("one", OPTIONS), "b", X("integer", ""), "" },
		{ X("one", OPTIONS), "c", X("one", OPTIONS), "" },
		{ X("many", OPTIONS), "a", X("one", OPTIONS), "a" },
		{ X("many", OPTIONS), "a\nb", X("one", OPTIONS), "" },
		{ X("many", OPTIONS), "a\nb", X("text", ""), "Một; Hai" },
		{ X("text", ""), "a", X("one", OPTIONS), "a" },
		{ X("text", ""), "Hai", X("one", OPTIONS), "b" },
		{ X("text", ""), "One", X("one", OPTIONS), "a" },
		{ X("text", ""), "Ba", X("one", OPTIONS), "" },
		{ X("tax_code", ""), "036188004212", X("person_id", ""), "036188004212" },
		{ X("phone", ""), "0912345678", X("commune", ""), "" },
		{ X("declaration", ""), "yes", X("yes_no", ""), "" },
		{ X("yes_no", ""), "yes", X("declaration", ""), "" },
		{ X("paper", ",'component':'giay-a'"), "7", X("text", ""), "" },
		{ X("integer", ""), "7", X("paper", ",'component':'giay-a'"), "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_carried(cases[i].before, cases[i].value, cases[i].after, cases[i].as);
}
