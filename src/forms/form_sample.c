/* SPDX-License-Identifier: Apache-2.0 */
/* form_sample.c - sample cases: answers as rules see them become answers as drafts keep them, are
 * checked, and are held against what the sample expects. */
#include "core/civil.h"
#include "forms/definition.h"
#include "forms/sample.h"

/* Samples are filled in on this day unless they say otherwise. */
#define SAMPLE_DAY day_from(2026, 11, 23)

size_t form_sample_count(const struct form *f) { return json_count(f->procedure->samples); }

/* --- answers ----------------------------------------------------------------------- */
struct filling {
	struct arena *a;
	const struct form *form;
	const struct form_page *NULLABLE page; /* of the item that is read */
	struct answers *answers;
};

static const struct form_field *NULLABLE field_of(const struct filling *x, str name)
{
	if (!x->page)
		return form_field_named(x->form, name);
	for (size_t i = 0; i < x->page->fields.n; i++)
		if (str_eq(x->page->fields.items[i].name, name))
			return &x->page->fields.items[i];
	return NULL;
}

static const struct form_page *NULLABLE repeated_page(const struct form *f, str id)
{
	for (size_t i = 0; i < f->pages.n; i++)
		if (f->pages.items[i].repeat.on && str_eq(f->pages.items[i].id, id))
			return &f->pages.items[i];
	return NULL;
}

static str texts_joined(struct arena *a, const struct json *list)
{
	str *texts = arena_array(a, str, json_count(list));

	for (size_t i = 0; i < json_count(list); i++)
		texts[i] = json_text(json_at(list, i));
	return str_join(a, texts, json_count(list), S("\n"));
}

/* So many files: their ids do not matter. */
static str files_of(struct arena *a, int64_t n)
{
	str ids = S("");

	for (int64_t i = 1; i <= n && i <= 2 * LIMIT_FILES_PER_PAPER; i++)
		ids = arena_printf(a, STR_FMT "%s%d", STR_ARG(ids), ids.n ? "," : "", (int)i);
	return ids;
}

static str text_of(struct arena *a, const struct form_field *f, const struct json *NULLABLE j)
{
	if (f->kind == FIELD_PAPER)
		return files_of(a, json_int(j, 0));
	if (json_type(j) == JSON_LIST)
		return texts_joined(a, j);
	if (json_type(j) == JSON_INT)
		return arena_printf(a, "%lld", (long long)json_int(j, 0));
	if (json_type(j) == JSON_DOUBLE)
		return decimal_text(a, (int64_t)(json_double(j, 0) * 1e6 + 0.5), 6);
	return json_text(j);
}

static err fill_map(struct filling *x, const struct json *j, str before, const struct place *p);

static err fill_items(struct filling *x, const struct form_page *page, const struct json *list,
	const struct place *up)
{
	VEC(str) ids = { 0 };

	for (size_t i = 0; i < json_count(list); i++) {
		struct place at = { .up = up, .at = i };
		str id = arena_printf(x->a, "%zu", i + 1);
		struct form_page item = form_page_of_row(x->a, page, id);
		struct filling inside = { x->a, x->form, &item, x->answers };
		*VEC_PUSH(x->a, &ids) = id;
		TRY(fill_map(&inside, json_at(list, i), S(""), &at));
	}
	answer_set(x->answers, page->id, str_join(x->a, ids.items, ids.n, S("\n")));
	return NULL;
}

static err fill_one(
	struct filling *x, str name, const struct json *NULLABLE value, const struct place *p)
{
	const struct form_field *f = field_of(x, name);
	const struct form_page *page = x->page ? NULL : repeated_page(x->form, name);

	if (page && json_type(value) == JSON_LIST)
		return fill_items(x, page, value, p);
	if (!f && json_type(value) == JSON_MAP)
		return fill_map(x, value, name, p);
	if (!f)
		return FAULT(x->a, p, "no question \"" STR_FMT "\"", STR_ARG(name));
	answer_set(x->answers, f->id, text_of(x->a, f, value));
	return NULL;
}

static err fill_map(struct filling *x, const struct json *j, str before, const struct place *up)
{
	if (json_type(j) != JSON_MAP)
		return FAULT(x->a, up, "expected an object");
	for (struct json_each e = { .of = j }; json_next(&e);) {
		struct place at = { .up = up, .name = e.key };
		str name = before.n
			? arena_printf(x->a, STR_FMT "." STR_FMT, STR_ARG(before), STR_ARG(e.key))
			: e.key;
		TRY(fill_one(x, name, e.value, &at));
	}
	return NULL;
}

/* clang-format off */
static const struct member sample_members[] = {
	{ AT(form_sample, name), JSON_TEXT, true },
	{ S("today"), ELSEWHERE, JSON_TEXT },
	{ S("answers"), ELSEWHERE, JSON_MAP },
	{ AT(form_sample, expect), JSON_MAP },
};
/* What is misspelt here would be compared with nothing, and always come out. */
static const struct member expect_members[] = {
	{ S("pages"), ELSEWHERE, JSON_LIST },
	{ S("papers"), ELSEWHERE, JSON_LIST },
	{ S("fee"), ELSEWHERE, JSON_INT },
	{ S("limit"), ELSEWHERE, JSON_TEXT },
	{ S("errors"), ELSEWHERE, JSON_LIST },
	{ S("checks"), ELSEWHERE, JSON_LIST },
};
/* clang-format on */

err form_sample_read(struct arena *a, const struct form *f, size_t i, struct form_sample *ret)
{
	const struct json *j = json_at(f->procedure->samples, i);
	struct place samples = { .name = S("samples") }, at = { .up = &samples, .at = i };
	struct place answers = { .up = &at, .name = S("answers") };
	struct place expect = { .up = &at, .name = S("expect") };
	struct form_sample s = { .today = SAMPLE_DAY, .answers = answers_new(a) };
	struct filling x = { a, f, NULL, s.answers };
	str today = json_get_text(j, "today");

	TRY(read_members(a, j, &at, sample_members, COUNT(sample_members), &s));
	TRY(read_members(a, s.expect, &expect, expect_members, COUNT(expect_members), &s));
	if (today.n && !day_parse(today, &s.today))
		return FAULT(a, &at, "today is a date, \"2026-11-23\"");
	TRY(fill_map(&x, json_get(j, "answers"), S(""), &answers));
	*ret = s;
	return NULL;
}

err form_samples_check(struct arena *a, const struct form *f)
{
	struct place samples = { .name = S("samples") };
	size_t n = form_sample_count(f);

	if (n > LIMIT_SAMPLES)
		return FAULT(a, &samples, "more than %d", LIMIT_SAMPLES);
	for (size_t i = 0; i < n; i++) {
		struct form_sample unused;
		TRY(form_sample_read(a, f, i, &unused));
	}
	return NULL;
}

/* --- what came out ------------------------------------------------------------------- */
struct running {
	struct arena *a;
	const struct form *form;
	const struct form_sample *sample;
	size_t number;
	struct form_source source;
	const struct answers *applying;
	name_list *remarks;
};

static str listed(struct arena *a, const str *words, size_t n)
{
	return n ? str_join(a, words, n, S(", ")) : S("nothing");
}

static bool same_words(
	const struct json *NULLABLE expected, const str *words, size_t n, bool ordered)
{
	if (json_count(expected) != n)
		return false;
	for (size_t i = 0; i < n; i++) {
		bool found = false;
		for (size_t k = ordered ? i : 0; k < (ordered ? i + 1 : n); k++)
			found = found || str_eq(json_text(json_at(expected, i)), words[k]);
		if (!found)
			return false;
	}
	return true;
}

static void compare(struct running *x, const char *what, const struct json *NULLABLE expected,
	const str *words, size_t n)
{
	str *said = arena_array(x->a, str, json_count(expected));

	if (same_words(expected, words, n, strcmp(what, "pages") == 0))
		return;
	for (size_t i = 0; i < json_count(expected); i++)
		said[i] = json_text(json_at(expected, i));
	*VEC_PUSH(x->a, x->remarks) = arena_printf(x->a,
		"samples[%zu] (" STR_FMT "): %s are " STR_FMT ", expected " STR_FMT, x->number,
		STR_ARG(x->sample->name), what, STR_ARG(listed(x->a, words, n)),
		STR_ARG(listed(x->a, said, json_count(expected))));
}

static void gather_pages(struct running *x, name_list *ret)
{
	for (size_t i = 0; i < x->form->pages.n; i++)
		if (form_page_applies(x->form, &x->form->pages.items[i], x->applying))
			*VEC_PUSH(x->a, ret) = x->form->pages.items[i].id;
}

static void gather_papers(struct running *x, name_list *ret)
{
	const struct procedure *p = x->form->procedure;

	for (size_t i = 0; i < p->components.n; i++)
		if (p->components.items[i].required &&
			form_paper_applies(&p->components.items[i], x->applying))
			*VEC_PUSH(x->a, ret) = p->components.items[i].id;
}

/* "thanh-vien/1/ho-ten-ngay" is "thanh-vien[0].ho-ten" for who writes samples. */
static str name_of_input(struct running *x, str input)
{
	str page, row, id = input;
	int64_t n;

	if (str_cut(input, '/', &page, &row) && str_cut(row, '/', &row, &id) &&
		str_to_int(row, 1, LIMIT_FORM_ROWS, &n))
		return arena_printf(
			x->a, STR_FMT "[%d]." STR_FMT, STR_ARG(page), (int)n - 1, STR_ARG(id));
	return input;
}

static str question_of_input(struct running *x, str input)
{
	static const char *const boxes[] = { "-ngay", "-thang", "-nam", "-tinh" };

	for (size_t i = 0; i < COUNT(boxes); i++) {
		str box = str_from(boxes[i]);
		str id = str_part(input, 0, str_ends(input, box) ? input.n - box.n : input.n);
		if (id.n < input.n && !form_field_named(x->form, input))
			return name_of_input(x, id);
	}
	return name_of_input(x, input);
}

static err gather_errors(struct running *x, name_list *ret)
{
	field_errors errors = { 0 };
	size_t first;

	TRY(form_check(x->a, &x->source, x->form, x->sample->answers, &errors, &first));
	for (size_t i = 0; i < errors.n; i++)
		*VEC_PUSH(x->a, ret) = question_of_input(x, errors.items[i].field);
	return NULL;
}

static void gather_checks(struct running *x, name_list *ret)
{
	form_findings found;

	form_find(x->a, &x->source, x->form, x->applying, &found);
	for (size_t i = 0; i < found.n; i++)
		*VEC_PUSH(x->a, ret) = found.items[i].id;
}

static err outcome_of(struct running *x, struct form_outcome *ret)
{
	name_list pages = { 0 }, papers = { 0 }, errors = { 0 }, checks = { 0 };
	form_fees fees;

	gather_pages(x, &pages);
	gather_papers(x, &papers);
	gather_checks(x, &checks);
	TRY(gather_errors(x, &errors));
	form_fees_of(x->a, VIETNAMESE, x->form, CHANNEL_ONLINE, x->applying, &fees, &ret->fee);
	ret->limit = form_limit(x->form, x->applying);
	ret->pages = (form_remarks){ pages.items, pages.n };
	ret->papers = (form_remarks){ papers.items, papers.n };
	ret->errors = (form_remarks){ errors.items, errors.n };
	ret->checks = (form_remarks){ checks.items, checks.n };
	return NULL;
}

static struct running running_of(
	struct conn *c, struct arena *a, const struct form *f, const struct form_sample *s)
{
	return (struct running){ .a = a,
		.form = f,
		.sample = s,
		.source = { c, VIETNAMESE, s->today },
		.applying = form_applying(a, f, s->answers, s->today) };
}

err form_sample_outcome(struct conn *c, struct arena *a, const struct form *f,
	const struct form_sample *s, struct form_outcome *ret)
{
	struct running x = running_of(c, a, f, s);

	return outcome_of(&x, ret);
}

/* --- as it says? ---------------------------------------------------------------------- */
static void compare_list(
	struct running *x, const char *what, const form_remarks *words, bool always)
{
	const struct json *expected = json_get(x->sample->expect, what);

	if (expected || always)
		compare(x, what, expected, words->items, words->n);
}

static void compare_fee(struct running *x, int64_t fee)
{
	int64_t expected = json_int(json_get(x->sample->expect, "fee"), -1);

	if (fee != expected)
		*VEC_PUSH(x->a, x->remarks) = arena_printf(x->a,
			"samples[%zu] (" STR_FMT "): the fee is %lld, expected %lld", x->number,
			STR_ARG(x->sample->name), (long long)fee, (long long)expected);
}

static void compare_limit(struct running *x, str limit)
{
	str expected = json_get_text(x->sample->expect, "limit");

	if (!str_eq(limit, expected))
		*VEC_PUSH(x->a, x->remarks) = arena_printf(x->a,
			"samples[%zu] (" STR_FMT "): the limit is " STR_FMT ", expected " STR_FMT,
			x->number, STR_ARG(x->sample->name), STR_ARG(limit), STR_ARG(expected));
}

static err run_one(struct running *x)
{
	struct form_outcome out = { 0 };

	TRY(outcome_of(x, &out));
	compare_list(x, "pages", &out.pages, false);
	compare_list(x, "papers", &out.papers, false);
	if (json_get(x->sample->expect, "fee"))
		compare_fee(x, out.fee);
	if (json_get(x->sample->expect, "limit"))
		compare_limit(x, out.limit);
	compare_list(x, "checks", &out.checks, false);
	compare_list(x, "errors", &out.errors, true);
	return NULL;
}

err form_samples_run(struct conn *c, struct arena *a, const struct form *f, form_remarks *ret)
{
	name_list remarks = { 0 };

	TRY(form_samples_check(a, f));
	for (size_t i = 0; i < form_sample_count(f); i++) {
		struct form_sample s;
		TRY(form_sample_read(a, f, i, &s));
		struct running x = running_of(c, a, f, &s);
		x.number = i;
		x.remarks = &remarks;
		TRY(run_one(&x));
	}
	*ret = (form_remarks){ remarks.items, remarks.n };
	return NULL;
}
