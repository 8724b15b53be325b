/* SPDX-License-Identifier: Apache-2.0 */
/* A draft opened for a page: its procedure as it was when the draft began, form and answers. */
#include "forms/draft_pages.h"

err work_renew(struct req *r, struct work *w, const struct draft *d, struct answers *given)
{
	w->draft = *d;
	w->given = given;
	w->applying = form_applying(r->arena, &w->form, given);
	TRY(draft_files(w->source.conn, r->arena, d->id, &w->files, &w->n_files));
	papers_describe(r, w);
	return NULL;
}

/* A form was checked before it was published: when it cannot be read, that is not the visitor's
 * fault. */
static err open_form(struct req *r, struct work *w)
{
	err e = form_parse(r->arena, &w->procedure, &w->form);

	return e ? FAIL(r->arena, INTERNAL, "procedure " STR_FMT ": " STR_FMT,
			   STR_ARG(w->procedure.code), STR_ARG(e->detail))
		 : NULL;
}

err work_open(struct req *r, struct work *ret, bool *ret_sent)
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
	TRY(open_form(r, &w));
	TRY(answers_parse(a, d.answers, &given));
	TRY(work_renew(r, &w, &d, given));
	*ret = w;
	return NULL;
}

const struct form_page *NULLABLE work_page(const struct work *w, str id)
{
	for (size_t i = 0; i < w->form.pages.n; i++)
		if (str_eq(w->form.pages.items[i].id, id))
			return &w->form.pages.items[i];
	return NULL;
}

const struct form_page *NULLABLE work_next(const struct work *w, const struct form_page *p)
{
	const struct form_page *end = w->form.pages.items + w->form.pages.n;

	for (p++; p < end; p++)
		if (form_page_applies(p, w->applying))
			return p;
	return NULL;
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

str field_input_id(struct arena *a, const struct form_field *f)
{
	const char *part = f->kind == FIELD_DATE ? "-ngay"
		: f->kind == FIELD_COMMUNE       ? "-tinh"
						 : "";

	return arena_printf(a, STR_FMT "%s", STR_ARG(f->id), part);
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
		.script = true,
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
str procedure_time(enum language l, const struct procedure *p)
{
	str text = form_text(l, p->limit_text, p->limit_text_en);

	return text.n ? text : tr(l, TR("Theo quy định"));
}

static str amount_text(struct arena *a, enum language l, const struct fee *f)
{
	if (!f->amount)
		return tr(l, TR("Miễn phí"));
	if (!f->currency.n || str_eq(f->currency, S("VND")))
		return money_text(a, l, f->amount);
	return arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(number_text(a, l, f->amount)),
		STR_ARG(f->currency));
}

/* The only one, when it is nothing, needs no name. */
static str fee_text(struct arena *a, enum language l, const struct fee *f, bool alone)
{
	str name = form_text(l, f->name, f->name_en), amount = amount_text(a, l, f);

	if (!f->amount && f->note.n)
		return f->note;
	if (!name.n || (alone && !f->amount))
		return amount;
	return arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(name), STR_ARG(amount));
}

/* Of applying online. */
str procedure_fee(struct arena *a, enum language l, const struct procedure *p)
{
	for (size_t i = 0; i < p->channels.n; i++) {
		const struct procedure_channel *c = &p->channels.items[i];
		if (c->channel != CHANNEL_ONLINE || !c->fees.n)
			continue;
		str *texts = arena_array(a, str, c->fees.n);
		for (size_t k = 0; k < c->fees.n; k++)
			texts[k] = fee_text(a, l, &c->fees.items[k], c->fees.n == 1);
		return str_join(a, texts, c->fees.n, S("; "));
	}
	return tr(l, TR("Theo quy định"));
}

str procedure_level(
	struct arena *a, enum language l, const struct procedure *p, enum tone *ret_tone)
{
	enum service_level level = procedure_evidence(a, p).level;

	*ret_tone = level == LEVEL_WHOLE ? TONE_OK : TONE_INFO;
	return tr(l, service_level_name(level));
}

err steps_of(struct arena *a, const struct work *w, const struct form_page *NULLABLE here,
	struct steps_part *ret)
{
	enum language l = w->source.language;
	size_t at = 0;

	ret->items.items = arena_array(a, struct step_item, w->form.pages.n + 1);
	ret->items.n = 0;
	for (size_t i = 0; i < w->form.pages.n; i++) {
		const struct form_page *p = &w->form.pages.items[i];
		field_errors errors = { 0 };
		if (p != here && !form_page_applies(p, w->applying))
			continue;
		if (!here || p < here)
			TRY(form_check_page(a, &w->source, p, w->applying, &errors));
		struct step_item *item = &ret->items.items[ret->items.n++];
		*item = (struct step_item){
			.title = form_text(l, p->title, p->title_en),
			.here = p == here,
			.done = (!here || p < here) && !errors.n,
		};
		at = p == here ? ret->items.n : at;
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
		.time = procedure_time(l, &w->procedure),
		.fee = procedure_fee(a, l, &w->procedure),
		.agency = found ? form_text(l, agency.name, agency.name_en) : w->draft.agency,
		.expires = day_text(a, day_of(w->draft.expires_at)),
		.code = w->draft.code,
	};
	ret->level = procedure_level(a, l, &w->procedure, &ret->tone);
	return NULL;
}
