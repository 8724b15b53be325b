/* SPDX-License-Identifier: Apache-2.0 */
/* One topic a page: shown, kept, checked, and on to the next. */
#include "forms/draft_pages.h"

#include "forms/step.html.h"

/* --- showing ------------------------------------------------------------------------ */
static bool has_papers(const struct form_page *p)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (p->fields.items[i].kind == FIELD_PAPER)
			return true;
	return false;
}

static bool serves(const struct form_page *p, str purpose)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (str_eq(p->fields.items[i].question.purpose, purpose))
			return true;
	return false;
}

/* Why it is asked, who sees it, how long it is kept: said where it is asked [C25-5.1]. */
static void fill_purposes(
	struct arena *a, const struct work *w, const struct form_page *p, struct step_page *m)
{
	enum language l = w->source.language;

	m->purposes.items = arena_array(a, struct purpose_line, w->form->purposes.n);
	for (size_t i = 0; i < w->form->purposes.n; i++) {
		const struct form_purpose *x = &w->form->purposes.items[i];
		if (serves(p, x->id))
			m->purposes.items[m->purposes.n++] =
				(struct purpose_line){ form_text(l, x->why, x->why_en),
					form_text(l, x->who, x->who_en),
					form_text(l, x->keep, x->keep_en) };
	}
}

static bool only_papers(const struct form_page *p)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (p->fields.items[i].kind != FIELD_PAPER)
			return false;
	return true;
}

/* Papers are kept one by one: a page of nothing else has nothing to save on the way. */
static const char *script_of(struct arena *a, const struct form_page *p)
{
	bool moves = form_page_moves(a, p);
	if (!has_papers(p))
		return moves ? "form.js" : "ui.js";
	return moves || !only_papers(p) ? "form-papers.js" : "papers.js";
}

static bool asked_at_start(const struct form *f, str name)
{
	for (size_t i = 0; i < f->start.n; i++)
		if (str_eq(f->start.items[i], name))
			return true;
	return false;
}

/* Pages up to the one that was saved last, and those with an answer that only a person gives. */
static bool was_saved(const struct work *w, const struct form_page *p)
{
	bool reached = false;

	for (size_t i = 0; i < w->form->pages.n; i++) {
		reached = reached || str_eq(w->form->pages.items[i].id, p->id);
		if (reached && str_eq(w->form->pages.items[i].id, w->draft.page))
			return true;
	}
	for (size_t i = 0; i < p->fields.n; i++)
		if (!p->fields.items[i].prefill.n && answer(w->given, p->fields.items[i].id).n &&
			!asked_at_start(w->form, p->fields.items[i].name))
			return true;
	return false;
}

/* Is something in the boxes of the account? Until the person has kept the page as it is. */
static err is_known(struct req *r, const struct work *w, const struct form_page *p, bool *ret)
{
	struct account who;

	*ret = false;
	if (was_saved(w, p))
		return NULL;
	TRY(account_get(w->source.conn, r->arena, w->draft.owner_id, &who));
	struct answers *known = answers_new(r->arena);
	form_prefill(r->arena, w->form, &who, known);
	for (size_t i = 0; i < p->fields.n; i++) {
		str value = answer(known, p->fields.items[i].id);
		*ret |= value.n && str_eq(value, answer(w->applying, p->fields.items[i].id));
	}
	return NULL;
}

static err reply_step(struct req *r, int status, struct work *w, const struct form_page *p,
	const field_errors *errors)
{
	struct out o = page_out(r), fields = page_out(r);
	struct step_page m = {
		.errors = *errors,
		.title = form_text(o.language, p->title, p->title_en),
		.intro = form_text(o.language, p->intro, p->intro_en),
		.print = page_print(r->arena, p, w->given),
		.uploads = has_papers(p),
		.returns = work_returns(r),
		.post = page_url(&o, w, p, true),
		.here = page_url(&o, w, p, false),
		.facts = form_page_facts(r->arena, p, w->applying),
		.tasks = URL(&o, "/nop/{}", w->draft.code),
		.pieces = work_path(r->arena, w, S("tep")),
	};

	if (str_eq(req_field(r, S("lam")), S("lam-moi")))
		m.saved = time_text(r->arena, o.language, w->draft.saved_at);
	fill_purposes(r->arena, w, p, &m);
	TRY(steps_of(r->arena, w, p, &m.steps));
	TRY(aside_of(r->arena, w, &m.aside));
	struct form_showing showing;

	TRY(work_offers(r, w, &showing));
	TRY(is_known(r, w, p, &m.known));
	TRY(form_page_view(&fields, &w->source, p, w->applying, errors, &showing));
	m.fields = out_html(&fields);
	step_html(&o, &m);
	return leaf_reply(r, &o,
		(struct leaf){ .title = m.title,
			.status = status,
			.error = errors->n > 0,
			.work = w,
			.script = script_of(r->arena, p) });
}

err show_step(struct req *r)
{
	struct work w;
	const struct form_page *p;
	field_errors none = { 0 };
	bool sent;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	TRY(work_place(r, &w, &p));
	if (!form_page_applies(w.form, work_page(&w, p->id), w.applying))
		return reply_redirect(r, work_path(r->arena, &w, S("")));
	return p->repeat.on ? reply_rows(r, 200, &w, p, &none) : reply_step(r, 200, &w, p, &none);
}

/* --- where to go after it was kept ----------------------------------------------------- */
/* Back to a field of the page that was just kept. */
static err to_field(struct req *r, const struct work *w, const struct form_page *p, str id)
{
	return reply_redirect(r,
		arena_printf(r->arena, STR_FMT "%s#" STR_FMT,
			STR_ARG(work_path(r->arena, w, page_place(r->arena, p))),
			work_returns(r) ? "?ve=xem-lai" : "", STR_ARG(id)));
}

static err to_next(struct req *r, const struct work *w, const struct form_page *p)
{
	const struct form_page *next = work_returns(r) ? NULL : work_next(w, p);

	/* From one item back to all of them. */
	if (p->fields.n && p->fields.items[0].row && !work_returns(r))
		next = p;
	return reply_redirect(r, work_path(r->arena, w, next ? next->id : S("xem-lai")));
}

static const struct form_field *NULLABLE field_of(const struct form_page *p, str id)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (str_eq(p->fields.items[i].id, id))
			return &p->fields.items[i];
	return NULL;
}

/* A choice that depends on another offers nothing before that one is made. */
static bool can_be_answered(const struct form_field *f, const struct answers *s)
{
	bool offers = !f->linked.n;

	for (size_t i = 0; i < f->options.n && !offers; i++)
		offers = form_option_offered(f, &f->options.items[i], s);
	return offers && form_field_applies(f, s);
}

/* Was the question on the page that was sent? By the answers before, or by a script. */
static bool was_asked(struct req *r, const struct form_field *f, const struct answers *before)
{
	return can_be_answered(f, before) || req_has_field(r, form_input_id(r->arena, f));
}

/* The first question that the answers just given brought up. */
static const struct form_field *NULLABLE first_new(struct req *r, const struct form_page *p,
	const struct answers *before, const struct work *w)
{
	for (size_t i = 0; i < p->fields.n; i++)
		if (!was_asked(r, &p->fields.items[i], before) &&
			can_be_answered(&p->fields.items[i], w->applying))
			return &p->fields.items[i];
	return NULL;
}

/* What is to be mended: files that were not taken, else the question, if it was asked. */
static err gather_errors(struct req *r, const struct work *w, const struct form_page *p,
	const struct answers *before, const field_errors *files, field_errors *ret)
{
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		str refused = error_of(files, f->id);
		if (refused.n)
			form_error_add(r->arena, ret, f->id, refused);
		else if (was_asked(r, f, before))
			TRY(form_check_field(r->arena, &w->source, f, w->applying, ret));
	}
	return NULL;
}

/* Of a script that saves while somebody types [C32-11.5]: when it was kept, and the print that the
 * next save will be compared with. */
static err reply_saved(struct req *r, const struct work *w, const struct form_page *p)
{
	struct buf b = buf_in(r->arena, KIB);
	struct json_out o = { .b = &b };

	json_open(&o, '{');
	json_pair(&o, S("luc"), time_text(r->arena, w->source.language, w->draft.saved_at));
	json_pair(&o, S("phien-ban"), page_print(r->arena, p, w->given));
	json_close(&o, '}');
	return reply_text(r, 200, S("application/json"), buf_str(&b));
}

/* Filled in from a person who was named before: "cha:17". */
static bool uses_person(struct req *r, struct work *w, const struct form_page *p, struct answers *s)
{
	str question, id;
	int64_t n;

	if (!str_cut(req_field(r, S("dung")), ':', &question, &id) ||
		!str_to_int(id, 1, INT64_MAX, &n))
		return false;
	for (size_t i = 0; i < w->n_memory; i++)
		if (w->memory[i].id == n && str_eq(w->memory[i].word, MEMORY_PERSON))
			return memory_fill_person(r->arena, p, question, &w->memory[i], s);
	return false;
}

static err go_on(struct req *r, struct work *w, const struct form_page *p,
	const struct answers *before, const field_errors *files)
{
	field_errors errors = { 0 };
	const struct form_field *unseen = first_new(r, p, before, w);
	const struct form_field *commune = field_of(p, req_field(r, S("chon-tinh")));
	str deed = req_field(r, S("lam"));

	if (str_eq(deed, S("tu-luu")))
		return reply_saved(r, w, p);
	if (str_eq(deed, S("lam-moi")))
		return reply_step(r, 200, w, p, &errors);
	if (req_field(r, S("dung")).n)
		return reply_redirect(r, work_path(r->arena, w, page_place(r->arena, p)));

	/* "Chọn" beside a province, or beside what another choice depends on. */
	if (!files->n && commune)
		return to_field(r, w, p, commune->id);
	if (!files->n && str_eq(deed, S("nhap")))
		return reply_redirect(r,
			arena_printf(r->arena, STR_FMT "?luu=1",
				STR_ARG(work_path(r->arena, w, S("")))));
	if (!form_page_applies(w->form, work_page(w, p->id), w->applying))
		return reply_redirect(r, work_path(r->arena, w, S("")));
	TRY(gather_errors(r, w, p, before, files, &errors));
	if (errors.n)
		return reply_step(r, 422, w, p, &errors);
	if (unseen)
		return to_field(r, w, p, form_input_id(r->arena, unseen));
	return to_next(r, w, p);
}

/* --- keeping --------------------------------------------------------------------------- */
/* The paper whose button was pressed; only one of this draft and page. */
static const struct draft_file *NULLABLE removed_paper(
	struct req *r, const struct work *w, const struct form_page *p)
{
	int64_t id = 0;

	if (!str_to_int(req_field(r, S("xoa")), 1, INT64_MAX, &id))
		return NULL;
	for (size_t i = 0; i < w->n_files; i++)
		if (w->files[i].id == id && field_of(p, w->files[i].field))
			return &w->files[i];
	return NULL;
}

static err keep_page(struct req *r, struct work *w, const struct form_page *p, struct saving *x,
	field_errors *ret_files)
{
	struct answers *typed = answers_new(r->arena);

	TRY(form_read(r, &w->source, p, w->applying, typed));
	if (req_field(r, S("dung")).n) {
		struct form_showing unused;
		TRY(work_offers(r, w, &unused));
		(void)uses_person(r, w, p, typed);
	}
	TRY(papers_take(r, w, p, &x->papers, ret_files));
	x->work = w;
	x->page = p;
	x->typed = typed;
	x->seen = req_field(r, S("phien-ban"));
	x->now = r->now;
	/* Two tabs saving at the very same moment: the later one looks again. */
	err e = write_of(r, save_page, x);
	for (int i = 0; i < 3 && e && e->kind == ERR_CONFLICT; i++)
		e = write_of(r, save_page, x);
	return e;
}

err take_step(struct req *r)
{
	struct work w;
	const struct form_page *p;
	struct saving x = { 0 };
	field_errors files = { 0 };
	bool sent;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	TRY(work_place(r, &w, &p));
	if (p->repeat.on)
		return take_rows(r, &w, p);
	const struct draft_file *removed = removed_paper(r, &w, p);
	const struct answers *before = w.applying;
	x.removed = removed ? removed->id : 0;
	TRY(keep_page(r, &w, p, &x, &files));
	if (x.draft.submitted)
		return reply_redirect(r, work_path(r->arena, &w, S("xong")));
	if (x.conflict && str_eq(req_field(r, S("lam")), S("tu-luu")))
		return reply_text(r, 409, S("application/json"), S("{}"));
	if (x.conflict)
		return reply_conflict(r, &x);
	TRY(work_renew(r, &w, &x.draft, x.stored));
	if (removed && !files.n)
		return to_field(r, &w, p, removed->field);
	return go_on(r, &w, p, before, &files);
}
