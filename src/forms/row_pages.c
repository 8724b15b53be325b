/* SPDX-License-Identifier: Apache-2.0 */
/* row_pages.c - the items of a repeated page: all of them with ways to open, remove and add; each
 * is filled in on a page of its own (step_pages.c). */
#include "forms/draft_pages.h"

#include "forms/rows.html.h"

/* --- showing ------------------------------------------------------------------------- */
/* What tells an item from the others: its first answers. */
static err detail_of(struct out *o, const struct work *w, const struct form_page *item, str *ret)
{
	str words[2];
	size_t n = 0;

	for (size_t i = 0; i < item->fields.n && n < COUNT(words); i++) {
		const struct form_field *f = &item->fields.items[i];
		str shown;
		if (f->kind == FIELD_NOTE || !form_field_applies(f, w->applying))
			continue;
		TRY(form_value_shown(o->a, &w->source, f, answer(w->applying, f->id), &shown));
		if (shown.n)
			words[n++] = str_head(shown, 80);
	}
	*ret = str_join(o->a, words, n, S(", "));
	return NULL;
}

static err fill_row(struct out *o, const struct work *w, const struct form_page *p, str id,
	size_t number, struct rows_item *ret)
{
	struct form_page item = form_page_of_row(o->a, p, id);
	field_errors errors = { 0 };

	*ret = (struct rows_item){
		.title = arena_printf(o->a, STR_FMT " %zu",
			STR_ARG(form_text(o->language, p->repeat.item, p->repeat.item_en)), number),
		.id = id,
		.open = URL(o, "/nop/{}/{}/{}", w->draft.code, p->id, id),
	};
	TRY(form_check_page(o->a, &w->source, &item, w->applying, &errors));
	ret->done = !errors.n;
	return detail_of(o, w, &item, &ret->detail);
}

err reply_rows(struct req *r, int status, const struct work *w, const struct form_page *p,
	const field_errors *errors)
{
	struct out o = page_out(r);
	form_row_ids rows = form_rows(r->arena, p, w->applying);
	struct rows_page m = {
		.errors = *errors,
		.id = p->id,
		.title = form_text(o.language, p->title, p->title_en),
		.intro = form_text(o.language, p->intro, p->intro_en),
		.print = page_print(r->arena, p, w->given),
		.item = form_text(o.language, p->repeat.item, p->repeat.item_en),
		.returns = work_returns(r),
		.full = rows.n >= (size_t)p->repeat.most,
		.rows = { arena_array(r->arena, struct rows_item, rows.n), rows.n },
		.post = URL(&o, "/nop/{}/{}#loi", w->draft.code, p->id),
		.tasks = URL(&o, "/nop/{}", w->draft.code),
	};

	TRY(steps_of(r->arena, w, p, &m.steps));
	TRY(aside_of(r->arena, w, &m.aside));
	for (size_t i = 0; i < rows.n; i++)
		TRY(fill_row(&o, w, p, rows.items[i], i + 1, &m.rows.items[i]));
	rows_html(&o, &m);
	return leaf_reply(r, &o,
		(struct leaf){
			.title = m.title, .status = status, .error = errors->n > 0, .work = w });
}

/* --- changing --------------------------------------------------------------------------- */
struct changing {
	const struct work *work;
	const struct form_page *page;
	str removed; /* an item; "": one is added */
	str added;
	bool full;
	instant now;
	struct draft draft;
};

static err change_rows(struct conn *c, struct arena *a, void *arg)
{
	struct changing *x = arg;
	struct answers *s;

	TRY(draft_get(c, a, x->work->draft.code, x->work->draft.owner_id, &x->draft));
	if (x->draft.submitted)
		return NULL;
	TRY(answers_parse(a, x->draft.answers, &s));
	if (x->removed.n)
		form_row_remove(a, x->page, s, x->removed);
	err e = x->removed.n ? NULL : form_row_add(a, x->page, s, &x->added);
	x->full = e && e->kind == ERR_TOO_MANY;
	if (e)
		return x->full ? NULL : e;
	x->draft.answers = answers_json(a, s);
	x->draft.page = x->page->id;
	return draft_save(c, a, &x->draft, x->now);
}

/* Two windows may add at the very same moment: the later one looks again. */
static err change(struct req *r, struct changing *x)
{
	err e = write_of(r, change_rows, x);

	for (int i = 0; i < 3 && e && e->kind == ERR_CONFLICT; i++)
		e = write_of(r, change_rows, x);
	return e;
}

static err go_on(struct req *r, const struct work *w, const struct form_page *p)
{
	field_errors errors = { 0 };

	if (str_eq(req_field(r, S("lam")), S("nhap")))
		return reply_redirect(r,
			arena_printf(r->arena, STR_FMT "?luu=1",
				STR_ARG(work_path(r->arena, w, S("")))));
	TRY(form_check_whole_page(r->arena, &w->source, p, w->applying, &errors));
	if (errors.n)
		return reply_rows(r, 422, w, p, &errors);
	const struct form_page *next = work_returns(r) ? NULL : work_next(w, p);
	return reply_redirect(r, work_path(r->arena, w, next ? next->id : S("xem-lai")));
}

err take_rows(struct req *r, struct work *w, const struct form_page *p)
{
	struct changing x = {
		.work = w, .page = p, .removed = req_field(r, S("xoa")), .now = r->now
	};
	str place = p->id;

	if (!x.removed.n && !str_eq(req_field(r, S("lam")), S("them")))
		return go_on(r, w, p);
	TRY(change(r, &x));
	if (x.draft.submitted)
		return reply_redirect(r, work_path(r->arena, w, S("xong")));
	if (x.added.n && !x.full)
		place = arena_printf(
			r->arena, STR_FMT "/" STR_FMT, STR_ARG(p->id), STR_ARG(x.added));
	return reply_redirect(r, work_path(r->arena, w, place));
}
