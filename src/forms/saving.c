/* SPDX-License-Identifier: Apache-2.0 */
/* A page is always kept, right or wrong. Two tabs may fill in different pages of one draft; when
 * they answered the same page differently, the person chooses. */
#include "core/crypto.h"
#include "forms/draft_pages.h"

#include "forms/conflict.html.h"

/* Papers are added and removed one by one, so they never conflict. */
str page_print(struct arena *a, const struct form_page *p, const struct answers *s)
{
	struct answers *asked = answers_new(a);

	for (size_t i = 0; i < p->fields.n; i++)
		if (p->fields.items[i].kind != FIELD_PAPER)
			answer_set(asked, p->fields.items[i].id, answer(s, p->fields.items[i].id));
	return str_part(sha256_of(a, answers_json(a, asked)), 0, 16);
}

/* What was typed, over what is kept. A question that was neither shown nor posted keeps its
 * answer: it may apply again. */
static void merge(const struct saving *x, struct answers *into)
{
	for (size_t i = 0; i < x->page->fields.n; i++) {
		const struct form_field *f = &x->page->fields.items[i];
		str value = answer(x->typed, f->id);
		bool shown = form_field_applies(f, x->work->applying);
		if (f->kind != FIELD_PAPER && (shown || value.n))
			answer_set(into, f->id, value);
	}
}

static err change_papers(struct conn *c, struct arena *a, struct saving *x)
{
	if (x->removed)
		TRY(draft_file_remove(c, a, &x->draft, x->removed));
	TRY(papers_record(c, a, &x->draft, &x->papers, x->now));
	return papers_answer(c, a, &x->draft, x->work->form, x->stored);
}

err save_page(struct conn *c, struct arena *a, void *arg)
{
	struct saving *x = arg;
	struct answers *merged;

	TRY(draft_get(c, a, x->work->draft.code, x->work->draft.owner_id, &x->draft));
	if (x->draft.submitted)
		return NULL;
	TRY(answers_parse(a, x->draft.answers, &x->stored));
	TRY(answers_parse(a, x->draft.answers, &merged));
	merge(x, merged);
	str kept = page_print(a, x->page, x->stored);
	x->conflict = !str_eq(kept, x->seen) && !str_eq(kept, page_print(a, x->page, merged));
	if (!x->conflict)
		x->stored = merged;
	TRY(change_papers(c, a, x));
	x->draft.answers = answers_json(a, x->stored);
	x->draft.page = x->page->id;
	return draft_save(c, a, &x->draft, x->now);
}

/* --- both sides beside each other ---------------------------------------------------- */
static str value_in(const form_summary_pages *pages, str field)
{
	for (size_t i = 0; i < pages->n; i++)
		for (size_t k = 0; k < pages->items[i].rows.n; k++)
			if (str_eq(pages->items[i].rows.items[k].field, field))
				return pages->items[i].rows.items[k].value;
	return S("");
}

static err fill_differences(
	struct arena *a, const struct saving *x, struct answers *typed, struct conflict_page *m)
{
	const struct work *w = x->work;
	form_summary_pages mine, kept;

	TRY(form_summary(a, &w->source, w->form, typed, &mine));
	TRY(form_summary(a, &w->source, w->form, x->stored, &kept));
	m->rows.items = arena_array(a, struct difference, x->page->fields.n);
	for (size_t i = 0; i < x->page->fields.n; i++) {
		const struct form_field *f = &x->page->fields.items[i];
		str left = value_in(&mine, f->id);
		str right = value_in(&kept, f->id);
		if (f->kind != FIELD_PAPER && !str_eq(left, right))
			m->rows.items[m->rows.n++] =
				(struct difference){ form_label(w->source.language, f), left,
					right };
	}
	return NULL;
}

/* "cha.ngay-sinh-nam" is a box of "cha.ngay-sinh". */
static bool is_of_page(const struct form_page *p, str name)
{
	for (size_t i = 0; i < p->fields.n; i++) {
		str id = p->fields.items[i].id;
		if (str_eq(name, id) || (str_starts(name, id) && name.p[id.n] == '-'))
			return true;
	}
	return str_eq(name, S("ve")) || str_eq(name, S("lam"));
}

/* What was typed, to be sent again: of this page's questions, and no more than fits them. */
static void fill_fields(struct req *r, const struct form_page *p, struct conflict_page *m)
{
	m->fields.items = arena_array(r->arena, struct field, r->fields.n);
	for (size_t i = 0; i < r->fields.n; i++) {
		struct field f = r->fields.items[i];
		f.value = str_head(f.value, LIMIT_ANSWER_KEPT);
		if (is_of_page(p, f.name))
			m->fields.items[m->fields.n++] = f;
	}
}

err reply_conflict(struct req *r, const struct saving *x)
{
	struct arena *a = r->arena;
	const struct work *w = x->work;
	struct answers *typed;
	struct out o = page_out(r);
	struct conflict_page m = {
		.title = form_text(o.language, x->page->title, x->page->title_en),
		.print = page_print(a, x->page, x->stored),
		.post = page_url(&o, w, x->page, true),
		.back = page_url(&o, w, x->page, false),
	};

	TRY(answers_parse(a, answers_json(a, x->stored), &typed));
	merge(x, typed);
	TRY(fill_differences(a, x, typed, &m));
	fill_fields(r, x->page, &m);
	conflict_html(&o, &m);
	return leaf_reply(r, &o,
		(struct leaf){ .title = tr(o.language, TR("Phần này đã được sửa ở nơi khác")),
			.status = 409,
			.error = true,
			.work = w });
}
