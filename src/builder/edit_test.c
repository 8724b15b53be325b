/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/builder_test.h"

static bool stands(struct arena *a, struct tree *root, const char *key)
{
	struct spot_of s;

	return thing_find(a, root, &thing_question, str_from(key), &s);
}

TEST("what is written says the same as what was read, and is written the same again")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a), *again;
	str text, twice;

	REQUIRE(CHECK_OK(tree_text(a, t, &text)) && CHECK_OK(tree_parse(a, text, &again)));
	CHECK(tree_equal(t, again));
	CHECK_OK(tree_text(a, again, &twice));
	CHECK_STR(text, twice);
	CHECK(str_starts(text, S("{\n  \"code\": \"1.000001\",\n  \"name\": ")));
	CHECK_STR(why_not(a, t), "");
}

TEST("a member is put, replaced, taken away with the empty map around it")
{
	ARENA a = arena_new();
	struct tree *t = tree_said(a, "{'a':1}");

	tree_put_text(a, t, "b.c", S("x"));
	CHECK_STR(tree_line(a, t), "{ \"a\": 1, \"b\": { \"c\": \"x\" } }");
	tree_put_text(a, t, "b.c", S("y\"\n"));
	CHECK_STR(tree_get_text(t, "b.c"), "y\"\n");
	tree_put_text(a, t, "b.c", S(""));
	CHECK_STR(tree_line(a, t), "{ \"a\": 1 }");
}

TEST("questions of every kind are added with what they cannot be without, and ids of their own")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);

	for (size_t i = 0; i < KIND_COUNT; i++) {
		struct newcomer n = { .title = S("Số bản"), .kind = str_from(kind_words[i].word) };
		str key;
		REQUIRE(edit_add(a, t, &thing_question, S("ban.ten"), &n, 0, &key));
		CHECK(str_starts(key, S("ban.so-ban-")));
		str why = why_not(a, t);
		CHECK_STR(why, "");
	}
	CHECK_INT(tree_count(tree_get(test_spot(a, t, &thing_page, "ban").item, "fields")),
		4 + KIND_COUNT);
}

TEST("everything that can be added leaves a form that can be read")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	struct newcomer n = {
		.title = S("Mới"), .kind = S("one"), .question = S("Đầu tiên"), .field = S("ten")
	};
	static const struct {
		const struct thing *thing;
		const char *after, *key;
	} cases[] = { { &thing_section, "-", "moi" }, { &thing_page, "ban", "moi-b" },
		{ &thing_component, "don", "moi-c" }, { &thing_fee, "0.0", "0.1" },
		{ &thing_exemption, "0.0.0", "0.0.1" }, { &thing_case, "-", "0" },
		{ &thing_check, "-", "moi-d" }, { &thing_purpose, "-", "moi-e" },
		{ &thing_sample, "2", "3" } };

	for (size_t i = 0; i < COUNT(cases); i++) {
		str key = S("");
		CHECK(edit_add(a, t, cases[i].thing, str_from(cases[i].after), &n, 0, &key));
		CHECK_STR(key, cases[i].key);
		CHECK_STR(why_not(a, t), "");
	}
	CHECK_STR(tree_get_text(test_spot(a, t, &thing_page, "moi-b").item, "section"), "moi");
}

TEST("a question moves after another, over pages, up and down, and keeps its id")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	struct spot_of s = test_spot(a, t, &thing_question, "ban.so-the");
	str key;

	CHECK(edit_move(a, t, &s, S("ban.so-ban"), &key));
	CHECK_STR(key, "ban.so-the");
	CHECK_INT(test_spot(a, t, &thing_question, "ban.so-the").at, 3);
	s = test_spot(a, t, &thing_question, "ban.so-the");
	CHECK(edit_move(a, t, &s, S("giay."), &key));
	CHECK_STR(key, "giay.so-the");
	CHECK_INT(test_spot(a, t, &thing_question, "giay.so-the").at, 0);
	CHECK_STR(why_not(a, t), "");
	s = test_spot(a, t, &thing_question, "ban.so-ban");
	CHECK(edit_shift(a, t, &s, -1, &key));
	CHECK_INT(test_spot(a, t, &thing_question, "ban.so-ban").at, 1);
	s = test_spot(a, t, &thing_question, "giay.so-the");
	CHECK(edit_shift(a, t, &s, -1, &key));
	CHECK_STR(key, "con.so-the");
	s = test_spot(a, t, &thing_question, "ban.ten");
	CHECK(!edit_shift(a, t, &s, -1, &key));
	CHECK(!edit_move(a, t, &s, S("khong-co.x"), &key));
}

TEST("a question that is asked before what its rule names is refused with where and why")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	struct spot_of s = test_spot(a, t, &thing_question, "ban.so-the");
	str key;

	CHECK(edit_move(a, t, &s, S("ban."), &key));
	CHECK_STR(why_not(a, t),
		"form.pages[0].fields[0].when.==[0].var: \"ho-ngheo\" is no earlier question");
}

TEST("a duplicate has an id of its own; of a page its questions too, and rules follow")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	struct spot_of s = test_spot(a, t, &thing_question, "ban.ten");
	str key;

	CHECK(edit_duplicate(a, t, &s, 0, &key));
	CHECK_STR(key, "ban.ten-b");
	s = test_spot(a, t, &thing_page, "ban");
	CHECK(edit_duplicate(a, t, &s, 0, &key));
	CHECK_STR(key, "ban-b");
	CHECK_STR(why_not(a, t), "");
	CHECK_STR(
		tree_line(a,
			tree_get(test_spot(a, t, &thing_question, "ban-b.so-the-b").item, "when")),
		"{ \"==\": [{ \"var\": \"ho-ngheo-b\" }, \"yes\"] }");
}

TEST("what is named cannot go, and says by whom")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	use_list uses = { 0 };
	struct spot_of s = test_spot(a, t, &thing_question, "ban.ho-ngheo");

	edit_uses(a, t, &s, &uses);
	REQUIRE(uses.n == 3);
	CHECK_STR(uses.items[0].key, "ban.so-the");
	CHECK_STR(uses.items[1].title, "Giấy hộ nghèo");
	CHECK_STR(uses.items[2].title, "Hộ nghèo");
	uses.n = 0;
	s = test_spot(a, t, &thing_question, "con.ten-con");
	edit_uses(a, t, &s, &uses);
	CHECK_INT(uses.n, 1);
	uses.n = 0;
	s = test_spot(a, t, &thing_component, "don");
	edit_uses(a, t, &s, &uses);
	CHECK_INT(uses.n, 1);
	uses.n = 0;
	s = test_spot(a, t, &thing_page, "con");
	edit_uses(a, t, &s, &uses);
	CHECK_INT(uses.n, 0);
}

TEST("what goes takes along what samples answered to it")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	struct spot_of s = test_spot(a, t, &thing_question, "ban.so-the");

	edit_delete(a, t, &s);
	CHECK(!stands(a, t, "ban.so-the"));
	CHECK(!tree_get(test_spot(a, t, &thing_sample, "1").item, "answers.so-the"));
	CHECK_STR(why_not(a, t), "");
}

TEST("a procedure without a form begins with a page that can be published")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);

	tree_put(a, t, S("form"), NULL);
	tree_put(a, t, S("samples"), NULL);
	tree_put(a, t, S("channels"), NULL);
	tree_put(a, test_spot(a, t, &thing_component, "giay-ngheo").item, S("when"), NULL);
	edit_begin(a, t);
	CHECK_STR(why_not(a, t), "");
	CHECK_STR(tree_get_text(t, "form.title"), "Xin cấp giấy thử");
}

/* --- sentences --------------------------------------------------------------------- */
static const struct form *form_of_tree(struct arena *a, struct tree *root)
{
	struct reading_of *read = arena_make(a, struct reading_of);
	str text;

	CHECK_OK(tree_text(a, root, &text));
	CHECK_OK(edit_check(a, text, read));
	return &read->form;
}

TEST("rules are sentences and sentences the same rules")
{
	ARENA a = arena_new();
	const struct form *f = form_of_tree(a, test_tree(a));
	static const char *const rules[][2] = {
		{ "{'==':[{'var':'ho-ngheo'},'yes']}", "“Hộ nghèo?” là Có" },
		{ "{'!=':[{'var':'ho-ngheo'},'no']}", "“Hộ nghèo?” không phải là Không" },
		{ "{'>=':[{'var':'so-ban'},2]}", "“Số bản” ít nhất là 2" },
		{ "{'<':[{'var':'so-ban'},2]}", "“Số bản” nhỏ hơn 2" },
		{ "{'in':[{'var':'ten'},['a','b']]}", "“Tên” là a hoặc b" },
		{ "{'!':{'in':[{'var':'ten'},['a','b']]}}", "“Tên” không phải là a hoặc b" },
		{ "{'==':[{'var':'ten'},null]}", "“Tên” chưa được trả lời" },
		{ "{'and':[{'==':[{'var':'ho-ngheo'},'yes']},{'>':[{'var':'so-ban'},3]}]}",
			"“Hộ nghèo?” là Có và “Số bản” lớn hơn 3" },
		{ "{'or':[{'==':[{'var':'ho-ngheo'},'yes']},{'<=':[{'var':'so-ban'},3]}]}",
			"“Hộ nghèo?” là Có hoặc “Số bản” nhiều nhất là 3" },
		{ "{'<':[{'years_between':[{'var':'ten'},{'var':'hom-nay'}]},18]}",
			"“Tên” tính đến hôm nay chưa đủ số năm là 18" },
	};

	for (size_t i = 0; i < COUNT(rules); i++) {
		struct tree *rule = tree_said(a, rules[i][0]);
		struct condition c;
		REQUIRE(condition_of(a, rule, &c));
		CHECK_STR(tree_line(a, condition_rule(a, f, &c)), tree_line(a, rule));
		CHECK_STR(condition_words(a, VIETNAMESE, f, S(""), rule), rules[i][1]);
	}
}

TEST("a rule that says more than sentences can is told from them and shown as it is")
{
	ARENA a = arena_new();
	const struct form *f = form_of_tree(a, test_tree(a));
	static const char *const rules[] = { "{'some':[{'var':'con'},{'<':[{'var':'tuoi'},6]}]}",
		"{'and':[{'or':[{'==':[{'var':'ten'},'a']}]},{'==':[{'var':'ten'},'b']}]}",
		"{'==':[{'var':['ten','x']},'a']}", "{'<':[1,{'var':'so-ban'},9]}", "{'and':[]}",
		"{'==':[{'var':'ten'},true]}", "{'in':['a','b']}" };

	for (size_t i = 0; i < COUNT(rules); i++) {
		struct condition c;
		CHECK(!condition_of(a, tree_said(a, rules[i]), &c));
	}
	CHECK_STR(condition_words(a, VIETNAMESE, f, S(""), tree_said(a, rules[0])),
		"{ \"some\": [{ \"var\": \"con\" }, { \"<\": [{ \"var\": \"tuoi\" }, 6] }] }");
}

TEST("only earlier questions are offered, in a repeated page those of the same item too")
{
	ARENA a = arena_new();
	struct tree *t = test_tree(a);
	const struct form *f = form_of_tree(a, t);
	struct spot_of s = test_spot(a, t, &thing_question, "ban.so-the");
	nameable_list names = { 0 };

	condition_names(a, VIETNAMESE, f, &s, &names);
	CHECK_INT(names.n, 2);
	CHECK(nameable_find(&names, S("ho-ngheo")) && !nameable_find(&names, S("so-ban")));
	names.n = 0;
	s = test_spot(a, t, &thing_question, "con.tuoi");
	condition_names(a, VIETNAMESE, f, &s, &names);
	CHECK(names.n == 5 && nameable_find(&names, S("ten-con")));
	names.n = 0;
	s = test_spot(a, t, &thing_component, "don");
	condition_names(a, VIETNAMESE, f, &s, &names);
	CHECK_INT(names.n, 6);
}
