/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - what the checkers of forms/ say, for an official: which thing it is about, and in
 * Vietnamese. Their own words, which are for those who write files by hand, stay on English
 * pages. */
#include "builder/bench.h"
#include "core/map.h"
#include "forms/sample.h"

/* A star stands for what is quoted: {1}, {2} in order. */
static const struct {
	const char *said, *words;
} sayings[] = {
	{ "missing or empty", "Chưa điền mục này" },
	{ "missing", "Chưa điền mục này" },
	{ "unknown member", "Biểu mẫu không có mục này" },
	{ "of another type than expected", "Giá trị không đúng loại" },
	{ "expected an object", "Giá trị không đúng loại" },
	{ "\"*\" cannot be an id", "Không dùng được mã “{1}”" },
	{ "the id \"*\" twice", "Mã “{1}” đã có" },
	{ "the id \"*\" is taken by *", "Mã “{1}” trùng với ô của câu “{2}”" },
	{ "the id of page * again", "Mã trang đã có" },
	{ "\"*\" twice, or no id", "Mã “{1}” đã có hoặc không dùng được" },
	{ "\"*\" is no kind of question", "Không có loại câu hỏi “{1}”" },
	{ "means nothing for this kind", "Loại câu hỏi này không có mục này" },
	{ "either options or a list", "Viết các lựa chọn, hoặc tên một danh mục, không cả hai" },
	{ "the same value twice", "Hai lựa chọn có cùng giá trị" },
	{ "a value has no white space around it nor lines",
		"Giá trị không có dấu cách ở đầu, cuối" },
	{ "linked names no earlier question with one choice", "Chọn một câu chọn một đứng trước" },
	{ "missing: for which answers it is offered",
		"Thiếu cột thứ tư: hiện với giá trị nào của câu kia" },
	{ "means nothing without linked", "Cột thứ tư chỉ dùng khi chọn “Lựa chọn tùy theo câu”" },
	{ "\"*\" is no value of *", "“{1}” không phải là một lựa chọn của câu “{2}”" },
	{ "from 1 to *", "Nhập số từ 1 đến {1}" },
	{ "expected a number within limits", "Nhập một số trong giới hạn" },
	{ "expected a date, \"2026-11-23\"", "Nhập ngày như 23/11/2026" },
	{ "least is more than most", "“Ít nhất” lớn hơn “nhiều nhất”" },
	{ "either past or future", "Chỉ chọn một: không sau hoặc không trước ngày khai" },
	{ "papers are not asked for on a repeated page", "Trang lặp lại không hỏi giấy tờ" },
	{ "is a remark, not a paper", "Mục này là lưu ý, không phải giấy tờ" },
	{ "no component \"*\"", "Chọn một giấy tờ của thủ tục" },
	{ "a pattern needs its pattern_error, for people", "Viết thêm câu báo khi không đúng mẫu" },
	{ "\"*\" is no earlier question", "Điều kiện nhắc đến “{1}”, không phải câu đứng trước" },
	{ "\"*\" is no question of an item", "Điều kiện nhắc đến “{1}”, không có trong mỗi mục" },
	{ "compare * with \"yes\" or \"no\"", "So câu “{1}” với Có hoặc Không" },
	{ "compares * with *", "Điều kiện so hai thứ khác loại" },
	{ "compares no question", "Điều kiện không nhắc đến câu hỏi nào" },
	{ "\"*\" is no date like \"2026-11-23\"", "“{1}” không phải là ngày" },
	{ "* has no order", "Câu này không so được lớn, nhỏ" },
	{ "calculates with *", "Chỉ tính được với số" },
	{ "has no parts", "Chọn ít nhất một phần để hỏi" },
	{ "no part \"*\"", "Loại này không có phần “{1}”" },
	{ "no purpose \"*\"", "Không có mục đích “{1}”" },
	{ "no section \"*\"", "Chọn phần mà trang này thuộc về" },
	{ "no question \"*\"", "Không có câu hỏi “{1}”" },
	{ "no code list \"*\"", "Không có danh mục “{1}”: chọn một danh mục có ở đây" },
	{ "is required, but no question of the kind paper asks for it",
		"Giấy tờ bắt buộc mà không câu nào hỏi: thêm một câu giấy tờ" },
	{ "\"*\" cannot be a list", "Không dùng được tên danh mục “{1}”" },
	{ "\"*\" cannot be remembered under", "Tên để nhớ chỉ có chữ thường, số, gạch nối" },
	{ "least and most are from 0 to *, in that order",
		"Số mục từ 0 đến {1}, ít nhất không quá nhiều nhất" },
	{ "more than * fields", "Biểu mẫu có quá {1} câu" },
	{ "more than *", "Nhiều hơn {1}" },
	{ "of a kind that cannot be asked before one starts",
		"Loại câu này không hỏi trước khi bắt đầu được" },
	{ "a person or an address takes \"account\"", "Chỉ người và địa chỉ lấy cả từ tài khoản" },
	{ "no prefill \"*\"", "Loại câu này không điền sẵn như vậy được" },
	{ "must be a rule", "Phải là một điều kiện" },
	{ "must be a number", "Phải là một số" },
	{ "is no time limit, such as 8wh, 3wd, 30d, 2w, 1m",
		"Viết thời hạn như 8wh, 3wd, 30d, 2w, 1m" },
	{ "is made of a-z 0-9 - _", "Mã chỉ có chữ thường, số và gạch nối" },
	{ "is used twice", "Mã này đã có" },
	{ "is a note, and so cannot be required", "Lưu ý thì không bắt buộc nộp" },
	{ "must be VND or USD", "Chọn VND hoặc USD" },
	/* Advice. */
	{ "no English title or declaration", "Chưa có tên hoặc lời cam đoan bằng tiếng Anh" },
	{ "no English label", "Chưa dịch câu hỏi sang tiếng Anh" },
	{ "no English hint", "Chưa dịch gợi ý sang tiếng Anh" },
	{ "no English explanation", "Chưa dịch giải thích sang tiếng Anh" },
	{ "no English error sentence", "Chưa dịch câu báo lỗi sang tiếng Anh" },
	{ "a hint of more than thirty words: explain it instead",
		"Gợi ý dài quá 30 chữ: chuyển sang phần giải thích" },
	{ "three to six questions before one starts",
		"Nên hỏi từ ba đến sáu câu trước khi bắt đầu, hoặc không hỏi" },
	{ "of another kind than it was published with: answers of before do not fit",
		"Câu đã công bố đổi loại: câu trả lời cũ không còn hợp, nên thêm câu mới" },
	{ "a choice without English", "Có lựa chọn chưa dịch sang tiếng Anh" },
	{ "no English unit", "Chưa dịch đơn vị sang tiếng Anh" },
	{ "no English error sentence of its pattern",
		"Chưa dịch câu báo khi không đúng mẫu sang tiếng Anh" },
	{ "no English text", "Chưa dịch lời nhắn sang tiếng Anh" },
	{ "no English title", "Chưa có tên bằng tiếng Anh" },
	{ "no English name", "Chưa có tên bằng tiếng Anh" },
	{ "no English message", "Chưa dịch lời nhắc sang tiếng Anh" },
	{ "a purpose that is not said in English", "Mục đích chưa dịch hết sang tiếng Anh" },
	{ "the procedure has no English name", "Thủ tục chưa có tên bằng tiếng Anh" },
	{ "a name, note or reason without English",
		"Tên phí, ghi chú hoặc lý do miễn chưa dịch sang tiếng Anh" },
	{ "asks in the same words as *", "Hỏi giống hệt câu “{1}”" },
	{ "is filled in with the same as *", "Điền sẵn cùng một điều với câu “{1}”" },
	{ "the account knows it: fill it in from *", "Tài khoản đã biết: chọn điền sẵn từ {1}" },
	{ "no hint: how to answer, or an example", "Chưa có gợi ý cách trả lời hoặc ví dụ" },
	{ "no error sentence", "Chưa có câu báo khi bỏ trống hoặc sai" },
	{ "about a person, but without purpose", "Hỏi về con người mà chưa nói vì sao hỏi" },
	{ "more than seven questions", "Trang có hơn bảy câu: chia thành hai trang" },
	{ "no English title, introduction or item",
		"Chưa dịch tên trang, lời dẫn hoặc tên mỗi mục" },
	{ "no sample reaches it: can it be reached?", "Chưa mẫu thử nào đi đến trang này" },
	{ "no sample asks it: can its condition hold?", "Chưa mẫu thử nào hỏi câu này" },
	{ "no sample needs it: can its condition hold?", "Chưa mẫu thử nào cần giấy tờ này" },
	{ "no sample is this case: can its condition hold?",
		"Chưa mẫu thử nào thuộc trường hợp này" },
	{ "no sample pays it: can its condition hold?", "Chưa mẫu thử nào phải trả phí này" },
	{ "no answer to * makes its condition hold",
		"Không câu trả lời nào của “{1}” làm điều kiện này đúng" },
	/* Samples. */
	{ "at least three, one of them with errors",
		"Cần ít nhất ba mẫu thử, trong đó một mẫu có lỗi" },
	{ "has no name", "Mẫu thử chưa có tên" },
	{ "pages are *, expected *", "Trang được hỏi là {1}, đúng ra {2}" },
	{ "papers are *, expected *", "Giấy tờ phải nộp là {1}, đúng ra {2}" },
	{ "errors are *, expected *", "Câu báo lỗi là {1}, đúng ra {2}" },
	{ "checks are *, expected *", "Lời nhắc là {1}, đúng ra {2}" },
	{ "the fee is *, expected *", "Phí là {1}, đúng ra {2}" },
	{ "the limit is *, expected *", "Thời hạn là {1}, đúng ra {2}" },
};
#define HOLES_MOST 2

static bool fits(str said, const char *pattern, str holes[HOLES_MOST])
{
	str rest = str_from(pattern), piece;
	size_t n = 0;
	bool more = str_cut(rest, '*', &piece, &rest);

	if (!str_starts(said, piece))
		return false;
	said = str_from_at(said, piece.n);
	while (more && n < HOLES_MOST) {
		more = str_cut(rest, '*', &piece, &rest);
		size_t at = piece.n ? str_find(said, piece) : said.n;
		if (!more && piece.n && str_ends(said, piece))
			at = said.n - piece.n;
		if (at + piece.n > said.n)
			return false;
		holes[n++] = str_part(said, 0, at);
		said = str_from_at(said, at + piece.n);
	}
	return !more && !said.n;
}

static str nothing_word(str hole) { return str_eq(hole, S("nothing")) ? S("không có gì") : hole; }

str fault_words(struct arena *a, enum language l, str what)
{
	if (l == ENGLISH)
		return what;
	for (size_t i = 0; i < COUNT(sayings); i++) {
		str holes[HOLES_MOST] = { S(""), S("") };
		if (!fits(what, sayings[i].said, holes))
			continue;
		const str pairs[] = { S("1"), nothing_word(holes[0]), S("2"),
			nothing_word(holes[1]) };
		return tr_fill(a, VIETNAMESE, str_from(sayings[i].words), pairs, 2);
	}
	return what;
}

/* --- where ------------------------------------------------------------------------ */
static const struct thing *NULLABLE list_thing(const struct thing *NULLABLE within, str path)
{
	if (!within && str_eq(path, S("channels")))
		return &thing_channel;
	for (size_t i = 0; things[i]; i++)
		if (things[i]->parent == within && str_eq(str_from(things[i]->list), path))
			return things[i];
	return NULL;
}

/* One step of a path, "pages[2]": from what stands before it to its item. */
static bool step_into(struct arena *a, struct tree *root, struct spot_of *s, str list, str index)
{
	const struct thing *t = list_thing(s->thing, list);
	str within = t && t->parent ? arena_printf(a, STR_FMT ".", STR_ARG(s->key)) : S("");
	const struct tree *items = t ? thing_list(a, root, t, within, false) : NULL;
	int64_t i;

	if (!items || !str_to_int(index, 0, INT32_MAX, &i) || (size_t)i >= items->items.n)
		return false;
	return thing_find(a, root, t, thing_key(a, t, s->key, items, (size_t)i), s);
}

void fault_of(struct arena *a, enum language l, struct tree *root, str detail, struct fault *ret)
{
	size_t colon = str_find(detail, S(": "));
	str path = str_part(detail, 0, colon), what = str_from_at(detail, colon + 2), piece, index;
	struct spot_of s = { .key = S("") };
	str list = S("");

	while (path.n) {
		str_cut(path, '.', &piece, &path);
		if (!str_cut(piece, '[', &piece, &index)) {
			list = list.n ? arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(list),
						STR_ARG(piece))
				      : piece;
			continue;
		}
		list = list.n ? arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(list), STR_ARG(piece))
			      : piece;
		if (!step_into(a, root, &s, list, str_part(index, 0, index.n - 1)))
			break;
		list = S("");
	}
	*ret = (struct fault){ true, s.thing, s.key, list, fault_words(a, l, what) };
	if (s.thing == &thing_channel)
		ret->thing = NULL;
}

/* --- remarks ------------------------------------------------------------------------ */
/* "page P, Q: what", "page P: what", "components[2]: what", "form: what" */
static struct remark advice_of(struct arena *a, const struct bench *b, str said)
{
	struct fault f;
	size_t colon = str_find(said, S(": "));
	str where = str_part(said, 0, colon), page, question;
	struct remark r = { .thing = &thing_form,
		.key = S("tat-ca"),
		.words = fault_words(a, b->language, str_from_at(said, colon + 2)) };

	if (str_has(where, S("["))) {
		fault_of(a, b->language, b->root, said, &f);
		return (struct remark){ .thing = f.thing, .key = f.key, .words = f.words };
	}
	if (!str_starts(where, S("page ")))
		return r;
	str_cut(str_from_at(where, 5), ',', &page, &question);
	question = str_trim(question);
	r.thing = question.n ? &thing_question : &thing_page;
	r.key = question.n ? arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(page), STR_ARG(question))
			   : page;
	return r;
}

void bench_advice(struct arena *a, const struct bench *b, remark_list *ret)
{
	form_remarks said;

	if (!bench_form(b))
		return;
	form_lint(a, bench_form(b), &said);
	for (size_t i = 0; i < said.n; i++)
		*VEC_PUSH(a, ret) = advice_of(a, b, said.items[i]);
}

/* "samples[1] (name): what" */
static struct remark sample_remark(struct arena *a, const struct bench *b, str said)
{
	str number = str_from_at(said, strlen("samples["));
	size_t colon = str_find(said, S("): "));

	return (struct remark){ true, &thing_sample, str_part(number, 0, str_find(number, S("]"))),
		fault_words(a, b->language, str_from_at(said, colon + 3)) };
}

static bool has_errors(const struct tree *NULLABLE samples)
{
	for (size_t i = 0; i < tree_count(samples); i++)
		if (tree_count(tree_get(samples->items.items[i], "expect.errors")))
			return true;
	return false;
}

static err add_samples(struct arena *a, const struct bench *b, remark_list *ret)
{
	const struct tree *samples = tree_get(b->root, "samples");
	form_remarks said;
	struct fault f;
	err e = form_lists_check(b->conn, a, bench_form(b));

	if (!e)
		e = form_papers_check(a, bench_form(b));
	if (!e)
		e = form_samples_run(b->conn, a, bench_form(b), &said);

	if (e && e->kind != ERR_INVALID)
		return e;
	if (e) {
		fault_of(a, b->language, b->root, e->detail, &f);
		*VEC_PUSH(a, ret) = (struct remark){ true, f.thing, f.key, f.words };
		return NULL;
	}
	if (tree_count(samples) < 3 || !has_errors(samples))
		*VEC_PUSH(a, ret) = (struct remark){ true, &thing_sample, S(""),
			fault_words(a, b->language, S("at least three, one of them with errors")) };
	for (size_t i = 0; i < said.n; i++)
		*VEC_PUSH(a, ret) = sample_remark(a, b, said.items[i]);
	return NULL;
}

/* --- what was published ---------------------------------------------------------------- */
/* Of an item, with its page: other pages may have the same id. */
static str published_id(struct arena *a, struct tree *root, const struct spot_of *s)
{
	struct spot_of page;
	str parent = key_parent(s->thing, s->key);
	bool item =
		thing_find(a, root, &thing_page, parent, &page) && tree_get(page.item, "repeat");

	return arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(item ? parent : S("")),
		STR_ARG(tree_get_text(s->item, "id")));
}

static struct map *kinds_of(struct arena *a, struct tree *root)
{
	key_list keys = { 0 };
	struct spot_of s;

	thing_keys(a, root, &thing_question, &keys);
	struct map *kinds = map_new(a, keys.n + 1);
	for (size_t i = 0; i < keys.n; i++)
		if (thing_find(a, root, &thing_question, keys.items[i], &s))
			map_put(kinds, published_id(a, root, &s), s.item);
	return kinds;
}

/* Answers are kept under the id: those of the kind of before are read as the new one's. */
static err add_kinds(struct arena *a, const struct bench *b, remark_list *ret)
{
	static const char what[] =
		"of another kind than it was published with: answers of before do not fit";
	struct tree *published;
	key_list keys = { 0 };
	struct spot_of s;
	str text;

	if (!b->copy.base)
		return NULL;
	TRY(procedure_text(b->conn, a, b->copy.base, &text));
	TRY(tree_parse(a, text, &published));
	struct map *kinds = kinds_of(a, published);
	thing_keys(a, b->root, &thing_question, &keys);
	for (size_t i = 0; i < keys.n; i++) {
		if (!thing_find(a, b->root, &thing_question, keys.items[i], &s))
			continue;
		const struct tree *before = map_find(kinds, published_id(a, b->root, &s));
		if (before && !str_eq(tree_get_text(before, "kind"), tree_get_text(s.item, "kind")))
			*VEC_PUSH(a, ret) = (struct remark){ .thing = &thing_question,
				.key = keys.items[i],
				.words = fault_words(a, b->language, str_from(what)) };
	}
	return NULL;
}

err bench_remarks(struct arena *a, const struct bench *b, remark_list *ret)
{
	struct fault f;

	if (b->fault) {
		fault_of(a, b->language, b->root, b->fault->detail, &f);
		*VEC_PUSH(a, ret) = (struct remark){ true, f.thing, f.key, f.words };
		return NULL;
	}
	if (!bench_form(b))
		return NULL;
	TRY(add_samples(a, b, ret));
	TRY(add_kinds(a, b, ret));
	bench_advice(a, b, ret);
	return NULL;
}
