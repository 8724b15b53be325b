/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/builder_test.h"

static change_list changes_between(struct arena *a, struct tree *before, struct tree *after)
{
	change_list changes = { 0 };

	compare(a, VIETNAMESE, (struct side){ before, NULL }, (struct side){ after, NULL },
		&changes);
	return changes;
}

TEST("a difference is told question by question, member by member, in words")
{
	ARENA a = arena_new();
	struct tree *before = test_tree(a), *after = test_tree(a);
	struct newcomer n = { .title = S("Ghi chú"), .kind = S("text") };
	struct spot_of s = test_spot(a, after, &thing_question, "ban.ten");
	str key;

	CHECK_INT(changes_between(a, before, after).n, 0);
	tree_put_text(a, s.item, "label", S("Họ và tên"));
	tree_put(a, s.item, S("required"), NULL);
	CHECK(edit_add(a, after, &thing_question, S("giay.tep-don"), &n, 0, &key));
	s = test_spot(a, after, &thing_question, "con.tuoi");
	edit_delete(a, after, &s);
	change_list changes = changes_between(a, before, after);
	REQUIRE(changes.n == 4);
	CHECK(changes.items[0].kind == CHANGE_REMOVED);
	CHECK_STR(changes.items[0].place, "Trang “Con”, Câu hỏi “Tuổi”");
	CHECK(changes.items[1].kind == CHANGE_CHANGED);
	CHECK_STR(changes.items[1].place, "Trang “Về bạn”, Câu hỏi “Họ và tên”");
	CHECK_STR(changes.items[1].member, "Câu hỏi");
	CHECK_STR(changes.items[1].before, "Tên");
	CHECK_STR(changes.items[1].after, "Họ và tên");
	CHECK_STR(changes.items[2].member, "Bắt buộc trả lời");
	CHECK_STR(changes.items[2].before, "Có");
	CHECK(changes.items[3].kind == CHANGE_ADDED);
	CHECK_STR(changes.items[3].key, "giay.ghi-chu");
}

TEST("a value that is chosen is told as it is called where it is chosen")
{
	ARENA a = arena_new();
	struct tree *before = test_tree(a), *after = test_tree(a);
	struct spot_of s = test_spot(a, before, &thing_question, "ban.ten");

	tree_put_text(a, s.item, "prefill", S("account.name"));
	tree_put_text(a, s.item, "width", S("24"));
	s = test_spot(a, after, &thing_question, "ban.ten");
	tree_put_text(a, s.item, "prefill", S("account.phone"));
	change_list changes = changes_between(a, before, after);
	REQUIRE(changes.n == 2);
	CHECK_STR(changes.items[0].before, "Họ và tên");
	CHECK_STR(changes.items[0].after, "Số điện thoại");
	CHECK_STR(changes.items[1].before, "Vừa");
	CHECK_STR(changes.items[1].after, "");
}

TEST("what was moved is told as moved, and once, within a page and between pages")
{
	ARENA a = arena_new();
	struct tree *before = test_tree(a), *after = test_tree(a);
	struct spot_of s = test_spot(a, after, &thing_question, "ban.ten");
	str key;

	CHECK(edit_move(a, after, &s, S("ban.so-ban"), &key));
	change_list changes = changes_between(a, before, after);
	REQUIRE(changes.n == 1);
	CHECK(changes.items[0].kind == CHANGE_MOVED);
	CHECK_STR(changes.items[0].before, "“Về bạn”, ở đầu");
	CHECK_STR(changes.items[0].after, "“Về bạn”, sau “Số bản”");
	s = test_spot(a, after, &thing_question, "ban.ten");
	CHECK(edit_move(a, after, &s, S("giay.tep-don"), &key));
	changes = changes_between(a, before, after);
	REQUIRE(changes.n == 1);
	CHECK_STR(changes.items[0].after, "“Giấy tờ”, sau “Đơn”");
}

/* --- three ways ---------------------------------------------------------------------- */
struct merging_case {
	const char *name, *base, *ours, *theirs, *merged, *conflicts;
};
#define P(fields) "{'form':{'pages':[{'id':'p','fields':[" fields "]}]}}"
#define Q(id, label) "{'id':'" id "','label':'" label "'}"
static const struct merging_case cases[] = {
	{ "nothing changed", P(Q("a", "A")), P(Q("a", "A")), P(Q("a", "A")), P(Q("a", "A")), "" },
	{ "theirs changed", P(Q("a", "A")), P(Q("a", "A")), P(Q("a", "B")), P(Q("a", "B")), "" },
	{ "ours changed", P(Q("a", "A")), P(Q("a", "B")), P(Q("a", "A")), P(Q("a", "B")), "" },
	{ "both changed alike", P(Q("a", "A")), P(Q("a", "B")), P(Q("a", "B")), P(Q("a", "B")),
		"" },
	{ "both changed one member", P(Q("a", "A")), P(Q("a", "B")), P(Q("a", "C")), P(Q("a", "B")),
		"form.pages[p].fields[a].label" },
	{ "each another member", P("{'id':'a','label':'A','hint':'h'}"),
		P("{'id':'a','label':'B','hint':'h'}"), P("{'id':'a','label':'A','hint':'i'}"),
		P("{'id':'a','label':'B','hint':'i'}"), "" },
	{ "each another question", P(Q("a", "A") "," Q("b", "B")), P(Q("a", "X") "," Q("b", "B")),
		P(Q("a", "A") "," Q("b", "Y")), P(Q("a", "X") "," Q("b", "Y")), "" },
	{ "each added one", P(Q("a", "A")), P(Q("a", "A") "," Q("o", "O")),
		P(Q("t", "T") "," Q("a", "A")), P(Q("t", "T") "," Q("a", "A") "," Q("o", "O")),
		"" },
	{ "both added the same id", P(Q("a", "A")), P(Q("a", "A") "," Q("n", "X")),
		P(Q("a", "A") "," Q("n", "Y")), P(Q("a", "A") "," Q("n", "X")),
		"form.pages[p].fields[n].label" },
	{ "theirs deleted", P(Q("a", "A") "," Q("b", "B")), P(Q("a", "X") "," Q("b", "B")),
		P(Q("a", "A")), P(Q("a", "X")), "" },
	{ "ours deleted", P(Q("a", "A") "," Q("b", "B")), P(Q("a", "A")),
		P(Q("a", "X") "," Q("b", "B")), P(Q("a", "X")), "" },
	{ "theirs deleted what ours changed", P(Q("a", "A") "," Q("b", "B")),
		P(Q("a", "A") "," Q("b", "X")), P(Q("a", "A")), P(Q("a", "A") "," Q("b", "X")),
		"form.pages[p].fields[b]" },
	{ "ours deleted what theirs changed", P(Q("a", "A") "," Q("b", "B")), P(Q("a", "A")),
		P(Q("a", "A") "," Q("b", "X")), P(Q("a", "A")), "form.pages[p].fields[b]" },
	{ "theirs moved, ours changed", P(Q("a", "A") "," Q("b", "B")),
		P(Q("a", "X") "," Q("b", "B")), P(Q("b", "B") "," Q("a", "A")),
		P(Q("b", "B") "," Q("a", "X")), "" },
	{ "ours moved, theirs added", P(Q("a", "A") "," Q("b", "B")),
		P(Q("b", "B") "," Q("a", "A")), P(Q("a", "A") "," Q("n", "N") "," Q("b", "B")),
		P(Q("b", "B") "," Q("a", "A") "," Q("n", "N")), "" },
	{ "options by value", P("{'id':'a','options':[{'value':'x','label':'X'}]}"),
		P("{'id':'a','options':[{'value':'x','label':'X'},{'value':'o','label':'O'}]}"),
		P("{'id':'a','options':[{'value':'x','label':'Z'}]}"),
		P("{'id':'a','options':[{'value':'x','label':'Z'},{'value':'o','label':'O'}]}"),
		"" },
	{ "a rule is one saying", P("{'id':'a','when':{'==':[1,2]}}"),
		P("{'id':'a','when':{'==':[1,3]}}"), P("{'id':'a','when':{'!=':[1,2]}}"),
		P("{'id':'a','when':{'==':[1,3]}}"), "form.pages[p].fields[a].when" },
	{ "nothing in common", "{}", P(Q("a", "A")), P(Q("a", "B")), P(Q("a", "A")),
		"form.pages[p].fields[a].label" },
};

TEST("three ways: what one side changed is taken, what both changed is a conflict")
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		ARENA a = arena_new();
		struct merge m = { 0 };
		struct tree *merged = merge_trees(a, VIETNAMESE, tree_said(a, cases[i].base),
			tree_said(a, cases[i].ours), tree_said(a, cases[i].theirs), &m);
		bool same = CHECK_STR(
			tree_line(a, merged), tree_line(a, tree_said(a, cases[i].merged)));
		same = CHECK_STR(m.conflicts.n ? m.conflicts.items[0].path : S(""),
			       cases[i].conflicts) &&
			same;
		if (!same)
			CHECK_STR(cases[i].name, "");
	}
}

TEST("a conflict shows both sides in words, and the chosen one is taken")
{
	ARENA a = arena_new();
	struct merge m = { 0 };
	struct tree *base = test_tree(a), *ours = test_tree(a), *theirs = test_tree(a);

	tree_put_text(
		a, test_spot(a, ours, &thing_question, "ban.ten").item, "label", S("Tên bạn"));
	tree_put_text(
		a, test_spot(a, theirs, &thing_question, "ban.ten").item, "label", S("Họ tên"));
	tree_put_text(a, test_spot(a, theirs, &thing_page, "con").item, "title", S("Các con"));
	struct tree *merged = merge_trees(a, VIETNAMESE, base, ours, theirs, &m);
	REQUIRE(m.conflicts.n == 1);
	CHECK_STR(m.conflicts.items[0].place, "Trang “Về bạn”, Câu hỏi “Tên bạn”");
	CHECK_STR(m.conflicts.items[0].member, "Câu hỏi");
	CHECK_STR(m.conflicts.items[0].ours, "Tên bạn");
	CHECK_STR(m.conflicts.items[0].theirs, "Họ tên");
	CHECK_STR(m.conflicts.items[0].base, "Tên");
	CHECK_STR(tree_get_text(test_spot(a, merged, &thing_page, "con").item, "title"), "Các con");
	struct merge chosen = { 0 };
	*VEC_PUSH(a, &chosen.taken) = m.conflicts.items[0].path;
	merged = merge_trees(a, VIETNAMESE, base, ours, theirs, &chosen);
	CHECK_STR(tree_get_text(test_spot(a, merged, &thing_question, "ban.ten").item, "label"),
		"Họ tên");
	CHECK_STR(why_not(a, merged), "");
}
