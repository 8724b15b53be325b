/* SPDX-License-Identifier: Apache-2.0 */
/* A draft opened for a page: its procedure as it was when the draft began, form and answers. */
#include "forms/draft_pages.h"

err work_renew(struct req *r, struct work *w, const struct draft *d, struct answers *given)
{
	w->draft = *d;
	w->given = given;
	w->applying = form_applying(r->arena, w->form, given, w->source.today);
	TRY(draft_files(w->source.conn, r->arena, d->id, &w->files, &w->n_files));
	papers_describe(r, w);
	return NULL;
}

err work_open_pinned(struct req *r, struct work *ret, bool *ret_sent)
{
	struct arena *a = r->arena;
	struct work w = { .source = { .language = req_language(r), .today = day_of(r->now) } };
	struct draft d;
	struct answers *given;
	str code = req_param(r, S("code"));

	TRY(reader_of(r, &w.source.conn));
	TRY(draft_get(w.source.conn, a, code, caller_of(r)->account_id, &d));
	*ret_sent = d.submitted;
	if (d.submitted)
		return reply_redirect(r, arena_printf(a, "/nop/" STR_FMT "/xong", STR_ARG(code)));
	TRY(procedure_version(w.source.conn, a, d.version_id, &w.procedure));
	TRY(form_of(a, &w.procedure, &w.form));
	TRY(answers_parse(a, d.answers, &given));
	TRY(work_renew(r, &w, &d, given));
	*ret = w;
	return NULL;
}

/* What is posted was typed into the version that the draft has: it is kept with that one first. */
err work_open(struct req *r, struct work *ret, bool *ret_sent)
{
	struct move m;
	bool due = false;

	TRY(work_open_pinned(r, ret, ret_sent));
	if (*ret_sent || !str_eq(r->method, S("GET")))
		return NULL;
	TRY(move_find(ret->source.conn, r->arena, &ret->draft, ret->form, ret->given, &ret->source,
		&m, &due));
	if (!due)
		return NULL;
	if (m.lost.n) {
		*ret_sent = true;
		return reply_redirect(r, work_path(r->arena, ret, S("chuyen-mau")));
	}
	TRY(work_move(r, ret, &m));
	return work_open_pinned(r, ret, ret_sent);
}

err work_offers(struct req *r, struct work *w, struct form_showing *ret)
{
	struct arena *a = r->arena;

	TRY(memory_list(w->source.conn, a, w->draft.owner_id, &w->memory, &w->n_memory));
	struct form_offer *offers = arena_array(a, struct form_offer, w->n_memory);
	struct person_known *people = arena_array(a, struct person_known, w->n_memory);
	*ret = (struct form_showing){
		.files = w->files, .n_files = w->n_files, .offers = offers, .people = people
	};
	for (size_t i = 0; i < w->n_memory; i++) {
		const struct memory *m = &w->memory[i];
		if (str_eq(m->word, MEMORY_PERSON))
			people[ret->n_people++] = (struct person_known){ m->id, m->label };
		else
			offers[ret->n_offers++] = (struct form_offer){ m->word, m->value };
	}
	return NULL;
}

const struct form_page *NULLABLE work_page(const struct work *w, str id)
{
	for (size_t i = 0; i < w->form->pages.n; i++)
		if (str_eq(w->form->pages.items[i].id, id))
			return &w->form->pages.items[i];
	return NULL;
}

static bool has_row(const struct work *w, const struct form_page *p, str row)
{
	str rest = answer(w->given, p->id), piece;

	while (answer_next(&rest, &piece))
		if (str_eq(piece, row))
			return true;
	return false;
}

err work_place(struct req *r, const struct work *w, const struct form_page **ret)
{
	const struct form_page *p = work_page(w, req_param(r, S("page")));
	str row = req_param(r, S("row"));

	if (!p || (row.n && (!p->repeat.on || !has_row(w, p, row))))
		return FAIL(r->arena, NOT_FOUND, "no such page in the form");
	*ret = p;
	if (!row.n)
		return NULL;
	struct form_page *item = arena_make(r->arena, struct form_page);
	*item = form_page_of_row(r->arena, p, row);
	*ret = item;
	return NULL;
}

const struct form_page *NULLABLE work_next(const struct work *w, const struct form_page *p)
{
	const struct form_page *end = w->form->pages.items + w->form->pages.n;

	for (const struct form_page *next = work_page(w, p->id) + 1; next < end; next++)
		if (form_page_applies(w->form, next, w->applying))
			return next;
	return NULL;
}

str page_place(struct arena *a, const struct form_page *p)
{
	const struct form_row *row = p->fields.n ? p->fields.items[0].row : NULL;

	return row ? arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(p->id), STR_ARG(row->id)) : p->id;
}

url page_url(struct out *o, const struct work *w, const struct form_page *p, bool errors)
{
	const struct form_row *row = p->fields.n ? p->fields.items[0].row : NULL;

	if (row)
		return errors ? URL(o, "/nop/{}/{}/{}#loi", w->draft.code, p->id, row->id)
			      : URL(o, "/nop/{}/{}/{}", w->draft.code, p->id, row->id);
	return errors ? URL(o, "/nop/{}/{}#loi", w->draft.code, p->id)
		      : URL(o, "/nop/{}/{}", w->draft.code, p->id);
}

str work_path(struct arena *a, const struct work *w, str page)
{
	return arena_printf(a, "/nop/" STR_FMT "%s" STR_FMT, STR_ARG(w->draft.code),
		page.n ? "/" : "", STR_ARG(page));
}

str work_title(const struct work *w)
{
	return form_text(w->source.language, w->procedure.name, w->procedure.name_en);
}

bool work_returns(const struct req *r)
{
	return str_eq(req_query(r, S("ve")), S("xem-lai")) ||
		str_eq(req_field(r, S("ve")), S("xem-lai"));
}

err leaf_reply(struct req *r, const struct out *o, struct leaf leaf)
{
	struct out addresses = page_out(r);
	struct link *crumbs = arena_array(r->arena, struct link, 2);
	struct page page = {
		.title = leaf.title,
		.here = leaf.work ? NAV_MINE : NAV_SERVICES,
		.crumbs = { crumbs, 1 },
		.main = out_html(o),
		.error = leaf.error,
		.no_index = true,
		.script = leaf.script ? leaf.script : "ui.js",
	};

	if (!leaf.work) {
		crumbs[0] = (struct link){ tr(o->language, TR("Thủ tục")),
			url_to(&addresses, "/thu-tuc", NULL, 0) };
		return page_reply(r, leaf.status, &page);
	}
	crumbs[0] = (struct link){ tr(o->language, TR("Hồ sơ của bạn")),
		url_to(&addresses, "/ca-nhan", NULL, 0) };
	crumbs[1] = (struct link){ work_title(leaf.work),
		URL(&addresses, "/nop/{}", leaf.work->draft.code) };
	page.crumbs.n = 2;
	return page_reply(r, leaf.status, &page);
}

/* --- facts in words ---------------------------------------------------------------- */
str work_time(struct arena *a, enum language l, const struct form *f, const struct answers *s)
{
	const struct procedure *p = f->procedure;
	str text = form_text(l, p->limit_text, p->limit_text_en), limit = form_limit(f, s);
	struct time_limit t;

	/* Of a case the time itself; the words are those of the procedure's usual one. */
	if (!str_eq(limit, p->limit) && limit_parse(limit, &t))
		return limit_text(a, l, t);
	return text.n ? text : tr(l, TR("Theo quy định"));
}

/* Of applying online, by what was answered so far. */
str work_fee(struct arena *a, enum language l, const struct form *f, const struct answers *s)
{
	form_fees fees;
	int64_t sum;

	form_fees_of(a, l, f, CHANNEL_ONLINE, s, &fees, &sum);
	return form_fees_text(a, l, &fees);
}

str procedure_level(
	struct arena *a, enum language l, const struct procedure *p, enum tone *ret_tone)
{
	enum service_level level = procedure_evidence(a, p).level;

	*ret_tone = level == LEVEL_WHOLE ? TONE_OK : TONE_INFO;
	return tr(l, service_level_name(level));
}

err steps_of(struct arena *a, const struct work *w, const struct form_page *NULLABLE page,
	struct steps_part *ret)
{
	enum language l = w->source.language;
	/* An item stands where its page stands. */
	const struct form_page *here = page ? work_page(w, page->id) : NULL;
	size_t at = 0;

	ret->items.items = arena_array(a, struct step_item, w->form->pages.n + 1);
	ret->items.n = 0;
	for (size_t i = 0; i < w->form->pages.n; i++) {
		const struct form_page *p = &w->form->pages.items[i];
		bool is_here = here && p == here, is_behind = !here || p < here;
		field_errors errors = { 0 };
		if (!is_here && !form_page_applies(w->form, p, w->applying))
			continue;
		if (is_behind)
			TRY(form_check_whole_page(a, &w->source, p, w->applying, &errors));
		struct step_item *item = &ret->items.items[ret->items.n++];
		*item = (struct step_item){
			.title = form_text(l, p->title, p->title_en),
			.here = is_here,
			.done = is_behind && !errors.n,
		};
		at = is_here ? ret->items.n : at;
	}
	ret->items.items[ret->items.n++] =
		(struct step_item){ .title = tr(l, TR("Xem lại và nộp")), .here = !here };
	at = here ? at : ret->items.n;
	ret->caption = FILL(a, l, TR("Bước {buoc}/{tong} · {ten}"), S("buoc"),
		number_text(a, l, (int64_t)at), S("tong"), number_text(a, l, (int64_t)ret->items.n),
		S("ten"), work_title(w));
	return NULL;
}

err aside_of(struct arena *a, const struct work *w, struct aside_part *ret)
{
	enum language l = w->source.language;
	struct agency agency;
	bool found;

	TRY(agency_find(w->source.conn, a, w->draft.agency, &agency, &found));
	*ret = (struct aside_part){
		.title = work_title(w),
		.time = work_time(a, l, w->form, w->applying),
		.fee = work_fee(a, l, w->form, w->applying),
		.agency = found ? form_text(l, agency.name, agency.name_en) : w->draft.agency,
		.expires = day_text(a, day_of(w->draft.expires_at)),
		.code = w->draft.code,
	};
	ret->level = procedure_level(a, l, &w->procedure, &ret->tone);
	return NULL;
}
