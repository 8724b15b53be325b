/* SPDX-License-Identifier: Apache-2.0 */
/* A draft as a list of tasks; all of a person's drafts; forgetting one. And the routes of this
 * folder. */
#include "forms/draft_pages.h"

#include "forms/delete.html.h"
#include "forms/drafts.html.h"
#include "forms/tasks.html.h"

/* --- tasks --------------------------------------------------------------------- */
/* The heading of a section stands before its first page. */
static str section_before(enum language l, const struct form *f, const struct form_page *p,
	const struct form_page *NULLABLE last)
{
	if (last && str_eq(last->section, p->section))
		return S("");
	for (size_t i = 0; i < f->sections.n; i++)
		if (str_eq(f->sections.items[i].id, p->section))
			return form_text(
				l, f->sections.items[i].title, f->sections.items[i].title_en);
	return S("");
}

static err fill_tasks(struct req *r, struct out *o, const struct work *w, struct tasks_page *m)
{
	const struct form_page *last = NULL;
	size_t done = 0;

	m->tasks.items = arena_array(r->arena, struct task, w->form->pages.n);
	for (size_t i = 0; i < w->form->pages.n; i++) {
		const struct form_page *p = &w->form->pages.items[i];
		field_errors errors = { 0 };
		if (!form_page_applies(w->form, p, w->applying))
			continue;
		TRY(form_check_whole_page(r->arena, &w->source, p, w->applying, &errors));
		done += errors.n == 0;
		struct task *t = &m->tasks.items[m->tasks.n++];
		*t = (struct task){
			.id = arena_printf(r->arena, "viec-%zu", m->tasks.n),
			.title = form_text(o->language, p->title, p->title_en),
			.section = section_before(o->language, w->form, p, last),
			.open = URL(o, "/nop/{}/{}", w->draft.code, p->id),
			.done = errors.n == 0,
		};
		last = p;
	}
	m->ready = done == m->tasks.n;
	m->review_id = arena_printf(r->arena, "viec-%zu", m->tasks.n + 1);
	m->progress = FILL(r->arena, o->language, TR("Đã xong {xong} trong {tong} phần."),
		S("xong"), number_text(r->arena, o->language, (int64_t)done), S("tong"),
		number_text(r->arena, o->language, (int64_t)m->tasks.n));
	return NULL;
}

err show_tasks(struct req *r)
{
	struct work w;
	struct aside_part facts;
	bool sent;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	struct out o = page_out(r);
	TRY(aside_of(r->arena, &w, &facts));
	struct tasks_page m = {
		.title = work_title(&w),
		.code = w.draft.code,
		.agency = facts.agency,
		.expires = facts.expires,
		.saved = req_query(r, S("luu")).n > 0,
		.review = URL(&o, "/nop/{}/xem-lai", w.draft.code),
		.remove = URL(&o, "/nop/{}/huy", w.draft.code),
	};
	TRY(fill_tasks(r, &o, &w, &m));
	TRY(move_left_over(r->arena, &w.draft, &m.left_over.items, &m.left_over.n));
	tasks_html(&o, &m);
	return leaf_reply(r, &o, (struct leaf){ .title = m.title, .status = 200, .work = &w });
}

/* One address for both: the code says which. A stranger is asked to sign in before a draft. */
static err show_start_or_tasks(struct req *r)
{
	const struct caller *who = caller_of(r);

	if (!draft_code_valid(req_param(r, S("code"))))
		return show_start(r);
	if (!who->account_id)
		return FAIL(r->arena, UNAUTHENTICATED, "a draft needs its owner");
	if (!role_may(who->role, PERMIT_APPLY))
		return FAIL(r->arena, FORBIDDEN, "drafts are the applicants'");
	return show_tasks(r);
}

/* --- all drafts ------------------------------------------------------------------ */
static err row_of(
	struct req *r, struct out *o, struct conn *c, const struct draft *d, struct draft_row *ret)
{
	struct procedure p;

	TRY(procedure_version(c, r->arena, d->version_id, &p));
	*ret = (struct draft_row){
		.title = form_text(o->language, p.name, p.name_en),
		.code = d->code,
		.saved = moment_text(r->arena, o->language, d->saved_at),
		.expires = day_text(r->arena, day_of(d->expires_at)),
		.open = URL(o, "/nop/{}", d->code),
		.remove = URL(o, "/nop/{}/huy", d->code),
	};
	return NULL;
}

err show_drafts(struct req *r)
{
	struct conn *c;
	struct draft *drafts;
	size_t n;
	struct out o = page_out(r);
	struct drafts_page m = { 0 };

	TRY(reader_of(r, &c));
	TRY(draft_list(c, r->arena, caller_of(r)->account_id, &drafts, &n));
	m.rows.items = arena_array(r->arena, struct draft_row, n);
	for (; m.rows.n < n; m.rows.n++)
		TRY(row_of(r, &o, c, &drafts[m.rows.n], &m.rows.items[m.rows.n]));
	drafts_html(&o, &m);
	struct link mine = { tr(o.language, TR("Hồ sơ của bạn")), url_to(&o, "/ca-nhan", NULL, 0) };
	struct page page = {
		.title = tr(o.language, TR("Hồ sơ chưa nộp")),
		.here = NAV_MINE,
		.crumbs = { &mine, 1 },
		.main = out_html(&o),
		.no_index = true,
	};
	return page_reply(r, 200, &page);
}

/* --- forgetting one ---------------------------------------------------------------- */
err show_delete(struct req *r)
{
	struct work w;
	bool sent;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	struct out o = page_out(r);
	struct delete_page m = {
		.title = work_title(&w),
		.saved = moment_text(r->arena, o.language, w.draft.saved_at),
		.post = URL(&o, "/nop/{}/huy", w.draft.code),
		.back = URL(&o, "/nop/{}", w.draft.code),
	};
	delete_html(&o, &m);
	return leaf_reply(r, &o,
		(struct leaf){ .title = tr(o.language, TR("Xóa bản nháp này?")),
			.status = 200,
			.work = &w });
}

static err delete_draft(struct conn *c, struct arena *a, void *draft)
{
	return draft_delete(c, a, draft);
}

err take_delete(struct req *r)
{
	struct work w;
	bool sent;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	TRY(write_of(r, delete_draft, &w.draft));
	return reply_redirect(r, S("/ca-nhan/ban-nhap"));
}

/* clang-format off */
#define MINE(verb, where, handler) \
	{ .method = (verb), .path = (where), .run = (handler), .guard = PERMIT_APPLY }
#define CHANGE(where, handler) \
	{ .method = "POST", .path = (where), .run = (handler), .guard = PERMIT_APPLY, \
	  .rate = RATE_WRITE }
const struct route forms_routes[] = {
	{ .method = "GET", .path = "/nop/:code", .run = show_start_or_tasks,
	  .guard = PERMIT_PUBLIC },
	CHANGE("/nop/:code/bat-dau", take_start),
	/* What is saved while a form is filled in, and the fifty pieces of a paper, cost no more
	 * than pages, and one address may be a whole village: they count as reading. */
	MINE("GET", "/nop/:code/:page", show_step),
	{ .method = "POST", .path = "/nop/:code/:page", .run = take_step, .guard = PERMIT_APPLY,
	  .rate = RATE_READ, .uploads = true },
	MINE("GET", "/nop/:code/:page/:row", show_step),
	{ .method = "POST", .path = "/nop/:code/:page/:row", .run = take_step,
	  .guard = PERMIT_APPLY, .rate = RATE_READ, .uploads = true },
	MINE("GET", "/nop/:code/xem-lai", show_review),
	MINE("GET", "/nop/:code/to-khai.pdf", show_draft_pdf),
	MINE("GET", "/nop/:code/to-khai.json", show_draft_file),
	MINE("GET", "/nop/:code/in", show_draft_print),
	MINE("GET", "/nop/:code/chuyen-mau", show_move),
	CHANGE("/nop/:code/chuyen-mau", take_move),
	MINE("GET", "/nop/:code/tep/:id", show_paper),
	MINE("GET", "/nop/:code/tep/:id/anh-nho", show_thumbnail),
	MINE("GET", "/nop/:code/tep/dang-gui", show_upload),
	{ .method = "POST", .path = "/nop/:code/tep/bat-dau", .run = begin_upload,
	  .guard = PERMIT_APPLY, .rate = RATE_READ },
	{ .method = "POST", .path = "/nop/:code/tep/manh", .run = add_piece, .guard = PERMIT_APPLY,
	  .rate = RATE_READ, .uploads = true },
	{ .method = "POST", .path = "/nop/:code/tep/xong", .run = finish_upload,
	  .guard = PERMIT_APPLY, .rate = RATE_READ },
	MINE("GET", "/nop/:code/huy", show_delete),
	CHANGE("/nop/:code/huy", take_delete),
	MINE("GET", "/ca-nhan/ban-nhap", show_drafts),
	{ 0 },
};
/* clang-format on */
