/* SPDX-License-Identifier: Apache-2.0 */
/* trial_pages.c - trying a form out as a citizen would fill it in: answers are kept in a row of the
 * builder's own, no draft and no dossier comes of it. What came out can be kept as a sample. */
#include "builder/preview.h"
#include "builder/trial.h"

#include "builder/trial.html.h"
#include "builder/trial_end.html.h"
#include "core/fold.h"

static err open_trial(struct req *r, struct trial *x)
{
	str kept;

	TRY(bench_open(r, &x->bench));
	x->form = bench_form(&x->bench);
	if (!x->form)
		return FAIL(r->arena, NOT_FOUND, "no form that can be read");
	x->source = (struct form_source){ x->bench.conn, req_language(r), day_of(r->now) };
	TRY(trial_find(
		x->bench.conn, r->arena, x->bench.copy.code, caller_of(r)->account_id, &kept));
	TRY(answers_parse(r->arena, kept, &x->given));
	x->applying = form_applying(r->arena, x->form, x->given, x->source.today);
	return NULL;
}

struct keeping_trial {
	str code, answers;
	int64_t account;
};

static err keep_trial(struct conn *c, struct arena *a, void *arg)
{
	const struct keeping_trial *k = arg;

	return trial_keep(c, a, k->code, k->account, k->answers);
}

static err keep(struct req *r, struct trial *x)
{
	struct keeping_trial k = { x->bench.copy.code, answers_json(r->arena, x->given),
		caller_of(r)->account_id };

	if (k.answers.n > LIMIT_ANSWERS)
		return FAIL(r->arena, TOO_LARGE, "answers of %zu bytes", k.answers.n);
	x->applying = form_applying(r->arena, x->form, x->given, x->source.today);
	return write_of(r, keep_trial, &k);
}

/* --- the way through ---------------------------------------------------------------- */
static const struct form_page *NULLABLE page_from(const struct trial *x, size_t at)
{
	for (size_t i = at; i < x->form->pages.n; i++)
		if (form_page_applies(x->form, &x->form->pages.items[i], x->applying))
			return &x->form->pages.items[i];
	return NULL;
}

static err to_page(struct req *r, const struct trial *x, const struct form_page *NULLABLE p)
{
	return reply_redirect(r,
		bench_path(r->arena, &x->bench,
			arena_printf(r->arena, "thu/" STR_FMT, STR_ARG(p ? p->id : S("xem-lai")))));
}

err show_trial(struct req *r)
{
	struct trial x;

	TRY(open_trial(r, &x));
	return to_page(r, &x, page_from(&x, 0));
}

static err find_page(
	struct req *r, const struct trial *x, const struct form_page **ret, size_t *ret_at)
{
	for (size_t i = 0; i < x->form->pages.n; i++)
		if (str_eq(x->form->pages.items[i].id, req_param(r, S("trang")))) {
			*ret = &x->form->pages.items[i];
			*ret_at = i;
			return NULL;
		}
	return FAIL(r->arena, NOT_FOUND, "no such page");
}

/* --- one page ------------------------------------------------------------------------- */
struct place_of_trial {
	const struct form_page *page; /* as it is in the form */
	size_t at;
	str row; /* "" the page itself */
	struct form_page shown;
};

static err find_place(struct req *r, const struct trial *x, struct place_of_trial *ret)
{
	form_row_ids rows;
	bool known = false;

	TRY(find_page(r, x, &ret->page, &ret->at));
	ret->row = req_param(r, S("dong"));
	ret->shown = *ret->page;
	if (!ret->row.n)
		return NULL;
	rows = form_rows(r->arena, ret->page, x->given);
	for (size_t i = 0; i < rows.n; i++)
		known = known || str_eq(rows.items[i], ret->row);
	if (!known || !ret->page->repeat.on)
		return FAIL(r->arena, NOT_FOUND, "no such item");
	ret->shown = form_page_of_row(r->arena, ret->page, ret->row);
	return NULL;
}

static void fill_rows(
	struct out *o, const struct trial *x, const struct form_page *p, struct trial_page *m)
{
	form_row_ids rows = form_rows(o->a, p, x->given);

	m->repeated = true;
	m->item = form_text(o->language, p->repeat.item, p->repeat.item_en);
	m->full = rows.n >= (size_t)p->repeat.most;
	m->rows.items = arena_array(o->a, struct trial_row, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++)
		m->rows.items[m->rows.n++] = (struct trial_row){
			arena_printf(o->a, STR_FMT " %zu", STR_ARG(m->item), i + 1), rows.items[i],
			URL(o, "/quan-tri/bieu-mau/{}/thu/{}/{}", x->bench.copy.code, p->id,
				rows.items[i])
		};
}

static err reply_page(struct req *r, int status, const struct trial *x,
	const struct place_of_trial *p, const field_errors *errors)
{
	struct out o = page_out(r), fields = page_out(r);
	struct form_showing showing = { 0 };
	struct trial_page m = { .name = x->bench.copy.name,
		.errors = *errors,
		.title = form_text(o.language, p->page->title, p->page->title_en),
		.intro = form_text(o.language, p->page->intro, p->page->intro_en),
		.home = bench_url(&o, &x->bench, ""),
		.end = bench_url(&o, &x->bench, "/thu/xem-lai"),
		.post = p->row.n ? URL(&o, "/quan-tri/bieu-mau/{}/thu/{}/{}#loi",
					   x->bench.copy.code, p->page->id, p->row)
				 : URL(&o, "/quan-tri/bieu-mau/{}/thu/{}#loi", x->bench.copy.code,
					   p->page->id) };

	if (p->page->repeat.on && !p->row.n)
		fill_rows(&o, x, p->page, &m);
	else
		TRY(form_page_view(&fields, &x->source, &p->shown, x->applying, errors, &showing));
	m.fields = out_html(&fields);
	trial_html(&o, &m);
	return bench_reply(r, &x->bench, &o,
		(struct framing){ .status = status, .title = m.title, .error = errors->n > 0 });
}

err show_trial_page(struct req *r)
{
	struct trial x;
	struct place_of_trial p;

	TRY(open_trial(r, &x));
	TRY(find_place(r, &x, &p));
	return reply_page(r, 200, &x, &p, &(field_errors){ 0 });
}

/* A form that is not multipart sends the names of files alone: as many papers, and none is kept. */
static void count_papers(struct req *r, const struct form_page *p, struct answers *given)
{
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		str name, ids = S("");
		if (f->kind != FIELD_PAPER)
			continue;
		for (size_t k = 0; k < LIMIT_FILES_PER_PAPER && req_field_at(r, f->id, k, &name);
			k++)
			if (name.n)
				ids = arena_printf(r->arena, STR_FMT "%s%zu", STR_ARG(ids),
					ids.n ? "," : "", k + 1);
		if (req_has_field(r, f->id))
			answer_set(given, f->id, ids);
	}
}

static err take_rows(struct req *r, struct trial *x, const struct place_of_trial *p)
{
	str removed = req_field(r, S("xoa")), row;
	field_errors errors = { 0 };

	if (removed.n) {
		form_row_remove(r->arena, p->page, x->given, removed);
		TRY(keep(r, x));
		return to_page(r, x, p->page);
	}
	if (str_eq(req_field(r, S("lam")), S("them"))) {
		err e = form_row_add(r->arena, p->page, x->given, &row);
		if (e && e->kind == ERR_TOO_MANY)
			return to_page(r, x, p->page);
		TRY(e);
		TRY(keep(r, x));
		return reply_redirect(r,
			bench_path(r->arena, &x->bench,
				arena_printf(r->arena, "thu/" STR_FMT "/" STR_FMT,
					STR_ARG(p->page->id), STR_ARG(row))));
	}
	TRY(form_check_whole_page(r->arena, &x->source, p->page, x->applying, &errors));
	if (errors.n && !str_eq(req_field(r, S("lam")), S("bo-qua")))
		return reply_page(r, 422, x, p, &errors);
	return to_page(r, x, page_from(x, p->at + 1));
}

err take_trial_page(struct req *r)
{
	struct trial x;
	struct place_of_trial p;
	field_errors errors = { 0 };

	TRY(open_trial(r, &x));
	TRY(find_place(r, &x, &p));
	if (p.page->repeat.on && !p.row.n)
		return take_rows(r, &x, &p);
	struct answers *before = x.applying;
	TRY(form_read(r, &x.source, &p.shown, x.applying, x.given));
	count_papers(r, &p.shown, x.given);
	TRY(keep(r, &x));
	if (req_field(r, S("chon-tinh")).n)
		return reply_page(r, 200, &x, &p, &errors);
	TRY(form_check_page(r->arena, &x.source, &p.shown, x.applying, &errors));
	bool unseen = false;
	for (size_t i = 0; i < p.shown.fields.n; i++)
		unseen = unseen ||
			(!form_field_applies(&p.shown.fields.items[i], before) &&
				form_field_applies(&p.shown.fields.items[i], x.applying));
	if ((errors.n || unseen) && !str_eq(req_field(r, S("lam")), S("bo-qua")))
		return reply_page(r, errors.n ? 422 : 200, &x, &p, &errors);
	return to_page(r, &x, p.row.n ? p.page : page_from(&x, p.at + 1));
}

err take_trial_again(struct req *r)
{
	struct trial x;

	TRY(open_trial(r, &x));
	x.given = answers_new(r->arena);
	TRY(keep(r, &x));
	return to_page(r, &x, page_from(&x, 0));
}

/* --- what came out ------------------------------------------------------------------------ */
static err outcome(struct req *r, const struct trial *x, struct form_outcome *ret)
{
	struct form_sample s = { .name = S(""), .today = x->source.today, .answers = x->given };

	return form_sample_outcome(x->bench.conn, r->arena, x->form, &s, ret);
}

static str page_titles(struct out *o, const struct trial *x, const form_remarks *ids)
{
	str *titles = arena_array(o->a, str, ids->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < x->form->pages.n && n < ids->n; i++)
		if (str_eq(x->form->pages.items[i].id, ids->items[n]))
			titles[n++] = form_text(o->language, x->form->pages.items[i].title,
				x->form->pages.items[i].title_en);
	return str_join(o->a, titles, n, S("; "));
}

static str paper_names(struct out *o, const struct trial *x, const form_remarks *ids)
{
	const struct procedure *p = x->form->procedure;
	str *names = arena_array(o->a, str, ids->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < p->components.n && n < ids->n; i++)
		if (str_eq(p->components.items[i].id, ids->items[n]))
			names[n++] = form_text(o->language, p->components.items[i].name,
				p->components.items[i].name_en);
	return n ? str_join(o->a, names, n, S("; ")) : tr(o->language, TR("không có"));
}

static err fill_summary(struct out *o, const struct trial *x, struct trial_end_page *m)
{
	form_summary_pages pages;

	TRY(form_summary(o->a, &x->source, x->form, x->given, &pages));
	m->sections.items = arena_array(o->a, struct trial_section, pages.n + 1);
	for (size_t i = 0; i < pages.n; i++) {
		struct trial_section *s = &m->sections.items[m->sections.n++];
		s->title = pages.items[i].title;
		s->rows.items = arena_array(o->a, struct trial_line, pages.items[i].rows.n + 1);
		for (size_t k = 0; k < pages.items[i].rows.n; k++)
			s->rows.items[s->rows.n++] =
				(struct trial_line){ pages.items[i].rows.items[k].label,
					pages.items[i].rows.items[k].value };
	}
	return NULL;
}

static err fill_wrong(struct out *o, const struct trial *x, struct trial_end_page *m)
{
	field_errors errors = { 0 };
	size_t first;

	TRY(form_check(o->a, &x->source, x->form, x->given, &errors, &first));
	m->wrong.items = arena_array(o->a, struct task_row, errors.n + 1);
	for (size_t i = 0; i < errors.n; i++)
		m->wrong.items[m->wrong.n++] =
			(struct task_row){ .words = errors.items[i].message };
	return NULL;
}

static err reply_end(struct req *r, int status, const struct trial *x, const field_errors *errors)
{
	struct out o = page_out(r);
	struct time_limit limit;
	struct form_outcome out = { 0 };
	struct trial_end_page m = { .name = x->bench.copy.name,
		.seen = bench_seen(r->arena, &x->bench),
		.errors = *errors,
		.post = bench_url(&o, &x->bench, "/thu/xem-lai#loi"),
		.again = bench_url(&o, &x->bench, "/thu"),
		.home = bench_url(&o, &x->bench, ""),
		.first = bench_url(&o, &x->bench, "/thu") };

	TRY(outcome(r, x, &out));
	m.pages = page_titles(&o, x, &out.pages);
	m.papers = paper_names(&o, x, &out.papers);
	m.fee = out.fee ? money_text(r->arena, o.language, out.fee)
			: tr(o.language, TR("không thu"));
	m.limit = limit_parse(out.limit, &limit) ? limit_text(r->arena, o.language, limit)
						 : out.limit;
	TRY(fill_summary(&o, x, &m));
	TRY(fill_wrong(&o, x, &m));
	m.sample = (struct input){ .id = S("m_name"),
		.label = tr(o.language, TR("Tên mẫu thử")),
		.hint = tr(o.language, TR("Ai, xin gì, ví dụ: Mẹ xin hai bản")),
		.error = error_of(errors, S("m_name")),
		.value = req_field(r, S("m_name")) };
	trial_end_html(&o, &m);
	return bench_reply(r, &x->bench, &o,
		(struct framing){ .status = status,
			.error = errors->n > 0,
			.title = tr(o.language, TR("Kết quả thử")) });
}

err show_trial_end(struct req *r)
{
	struct trial x;

	TRY(open_trial(r, &x));
	return reply_end(r, 200, &x, &(field_errors){ 0 });
}

/* --- a sample of it ------------------------------------------------------------------------ */
static err refuse_name(struct req *r, const struct trial *x, str words)
{
	field_errors errors = { 0 };

	error_put(r->arena, &errors, S("m_name"), words);
	return reply_end(r, 422, x, &errors);
}

err take_sample(struct req *r)
{
	struct trial x;
	struct form_outcome out = { 0 };
	struct fault f = { 0 };
	bool answered = false;
	str name;

	TRY(open_trial(r, &x));
	if (bench_overtaken(r, &x.bench))
		return reply_overtaken(r, &x.bench);
	TRY(text_clean(r->arena, str_trim(req_field(r, S("m_name"))), &name));
	struct tree *list = thing_list(r->arena, x.bench.root, &thing_sample, S(""), true);
	if (!name.n || str_length(name) > 200)
		return refuse_name(
			r, &x, tr(x.source.language, TR("Đặt tên cho mẫu thử, dưới 200 ký tự")));
	if (!list || list->items.n >= LIMIT_SAMPLES)
		return refuse_name(r, &x, tr(x.source.language, TR("Đã đủ 50 mẫu thử")));
	TRY(outcome(r, &x, &out));
	tree_insert(r->arena, list, list->items.n, sample_tree(r->arena, &x, name, &out));
	TRY(bench_keep(r, &x.bench, &f, &answered));
	if (answered)
		return NULL;
	if (f.any)
		return refuse_name(r, &x, f.words);
	return reply_redirect(r, bench_path(r->arena, &x.bench, S("")));
}
