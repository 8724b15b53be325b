/* SPDX-License-Identifier: Apache-2.0 */
/* procedure_page.c - one procedure, all eleven items [C32-5.1]; what is missing is said, and the
 * level of service with it [ND224-14.1]. */
#include "catalogue/pages.h"
#include "catalogue/procedure.html.h"
#include "catalogue/routes.h"
#include "http/reply.h"

#define OFFICES_SHOWN 6

/* --- which one ----------------------------------------------------------------- */

/* The longest code that the address begins with: codes may hold dashes. */
static const struct entry *NULLABLE entry_of(const struct catalogue_index *x, str slug)
{
	const struct entry *found = catalogue_entry(x, slug);

	for (size_t n = slug.n; n-- > 0 && !found;)
		if (slug.p[n] == '-')
			found = catalogue_entry(x, str_part(slug, 0, n));
	return found;
}

/* "khai-sinh": what a person types; the best match, when all its words fit as they are. */
static const struct entry *NULLABLE entry_named(
	struct arena *a, const struct catalogue_index *x, str slug)
{
	struct ranking r = index_search(x, a, slug);

	return r.exact && r.records.n ? &x->records.items[r.records.items[0]].entry : NULL;
}

/* --- words ---------------------------------------------------------------------- */

static str with_limit(const struct out *o, str limit, str words, str words_en)
{
	struct two_words said = in_page_language(o, words, words_en);
	str counted = limit_code_text(o, limit);

	return said.text.n && !(said.vietnamese && counted.n) ? said.text : counted;
}

/* 150 USD, 8.000 đồng */
static str amount_text(const struct out *o, const struct fee *f)
{
	if (str_eq(f->currency, S("VND")))
		return money_text(o->a, o->language, f->amount);
	return arena_printf(o->a, STR_FMT " " STR_FMT,
		STR_ARG(number_text(o->a, o->language, f->amount)), STR_ARG(f->currency));
}

static str fee_text(const struct out *o, const struct fee *f)
{
	str name = in_page_language(o, f->name, f->name_en).text;
	str said = in_page_language(o, f->note, f->note_en).text;
	str amount = fee_is_set_elsewhere(f) ? said
		: !f->amount                 ? tr(o->language, TR("Miễn phí"))
					     : amount_text(o, f);
	str note = f->note.n && !fee_is_set_elsewhere(f)
		? arena_printf(o->a, " (" STR_FMT ")", STR_ARG(said))
		: S("");

	return arena_printf(o->a, STR_FMT "%s" STR_FMT STR_FMT, STR_ARG(name), name.n ? ": " : "",
		STR_ARG(amount), STR_ARG(note));
}

static str channel_text(const struct out *o, enum channel c)
{
	switch (c) {
	case CHANNEL_ONLINE: return tr(o->language, TR("Trực tuyến"));
	case CHANNEL_POST: return tr(o->language, TR("Qua bưu chính"));
	case CHANNEL_COUNTER: break;
	}
	return tr(o->language, TR("Trực tiếp tại cơ quan"));
}

/* "1 bản chính, 2 bản sao" */
static str count_text(const struct out *o, const struct component *c)
{
	str originals =
		c->originals ? tr_n(o->a, o->language, TRN("{n} bản chính"), c->originals) : S("");
	str copies = c->copies ? tr_n(o->a, o->language, TRN("{n} bản sao"), c->copies) : S("");

	return arena_printf(o->a, STR_FMT "%s" STR_FMT, STR_ARG(originals),
		originals.n && copies.n ? ", " : "", STR_ARG(copies));
}

/* --- parts ----------------------------------------------------------------------- */

static void fill_papers(struct out *o, const struct procedure *p, struct procedure_view *v)
{
	v->papers.items = arena_array(o->a, struct paper_view, p->components.n);
	v->notes.items = arena_array(o->a, struct paper_view, p->components.n);
	for (size_t i = 0; i < p->components.n; i++) {
		const struct component *c = &p->components.items[i];
		struct two_words name = in_page_language(o, c->name, c->name_en);
		struct paper_view paper = { .name = name.text,
			.count = count_text(o, c),
			.when = c->when_text,
			.vietnamese = name.vietnamese };
		paper.templates.items = c->templates.items;
		paper.templates.n = c->templates.n;
		if (c->note)
			v->notes.items[v->notes.n++] = paper;
		else
			v->papers.items[v->papers.n++] = paper;
	}
	if (p->sets)
		v->sets = tr_n(o->a, o->language, TRN("{n} bộ"), p->sets);
}

static void fill_channels(struct out *o, const struct procedure *p, struct procedure_view *v)
{
	str places[4], none = tr(o->language, TR("Chưa công bố phí"));
	size_t n_places = 0;

	v->channels.n = p->channels.n;
	v->channels.items = arena_array(o->a, struct channel_view, p->channels.n);
	for (size_t i = 0; i < p->channels.n; i++) {
		const struct procedure_channel *c = &p->channels.items[i];
		struct channel_view *view = &v->channels.items[i];
		str time = with_limit(o, c->time, c->time_text, c->time_text_en);
		view->name = channel_text(o, c->channel);
		view->time = time.n ? time : v->limit;
		view->fees.n = c->fees.n ? c->fees.n : 1;
		view->fees.items = arena_array(o->a, str, view->fees.n);
		view->fees.items[0] = none;
		for (size_t k = 0; k < c->fees.n; k++)
			view->fees.items[k] = fee_text(o, &c->fees.items[k]);
		if (n_places < COUNT(places))
			places[n_places++] = view->name;
	}
	v->where = n_places ? str_join(o->a, places, n_places, S(" · "))
			    : tr(o->language, TR("Chưa được công bố"));
}

static void fill_lists(struct out *o, const struct procedure *p, struct procedure_view *v)
{
	bool english = o->language == ENGLISH && p->steps_en.n;

	v->steps.items = english ? p->steps_en.items : p->steps.items;
	v->steps.n = english ? p->steps_en.n : p->steps.n;
	v->steps_vietnamese = o->language == ENGLISH && !english;
	v->cases.n = p->cases.n;
	v->cases.items = arena_array(o->a, struct case_view, p->cases.n);
	for (size_t i = 0; i < p->cases.n; i++) {
		const struct procedure_case *c = &p->cases.items[i];
		struct two_words name = in_page_language(o, c->name, c->name_en);
		v->cases.items[i] = (struct case_view){ .code = c->code,
			.name = name.text,
			.limit = limit_code_text(o, c->limit),
			.vietnamese = name.vietnamese };
	}
	v->results.n = p->results.n;
	v->results.items = arena_array(o->a, str, p->results.n);
	for (size_t i = 0; i < p->results.n; i++)
		v->results.items[i] =
			in_page_language(o, p->results.items[i].name, p->results.items[i].name_en)
				.text;
	v->result = p->results.n ? v->results.items[0] : tr(o->language, TR("Chưa được công bố"));
}

static void fill_address(struct req *r, struct out *o, struct procedure_view *v)
{
	str origin = page_site()->origin.n ? page_site()->origin : req_origin(r);
	url here = URL(o, "/thu-tuc/{}", v->entry->slug);

	v->address = arena_printf(o->a, STR_FMT STR_FMT, STR_ARG(origin), STR_ARG(here.safe));
	v->qr_alt =
		FILL(o->a, o->language, TR("Mã QR mở trang thủ tục {name}"), S("name"), v->name);
	v->print = url_with(o, r->path, S(""), S("in"), S("1"));
	v->prints = req_query(r, S("in")).n > 0;
}

/* The record names the publisher among the agencies, when we know it, and who receives. */
static void fill_agencies(struct out *o, const struct catalogue_index *x, const struct record *r,
	struct procedure_view *v)
{
	str publisher = agency_code_new(o->a, v->p->promulgator);

	v->offices.items = arena_array(o->a, const struct index_agency *, OFFICES_SHOWN);
	for (size_t i = 0; i < r->agencies.n; i++) {
		const struct index_agency *g = &x->agencies.items[r->agencies.items[i]];
		if (str_eq(g->code, v->p->promulgator) || str_eq(g->code, publisher))
			v->publisher = g;
		else if (v->offices.n < OFFICES_SHOWN)
			v->offices.items[v->offices.n++] = g;
		else
			v->more_offices++;
	}
}

static void fill_view(struct req *r, struct out *o, const struct catalogue_index *x,
	const struct procedure *p, struct procedure_view *v)
{
	struct two_words name = in_page_language(o, p->name, p->name_en);
	const struct record *record = index_record(x, p->code);
	const struct index_sector *s = &x->sectors.items[record->sector];

	v->p = p;
	v->english = o->language == ENGLISH;
	v->name = name.text;
	v->vietnamese = name.vietnamese;
	v->sector = sector_text(o, s);
	v->sector_slug = s->slug;
	v->limit = with_limit(o, p->limit, p->limit_text, p->limit_text_en);
	if (!v->limit.n)
		v->limit = tr(o->language, TR("Chưa được công bố"));
	v->fee = fee_least_text(o, procedure_fee_least(p));
	v->evidence = procedure_evidence(o->a, p);
	v->level_name = tr(o->language, service_level_name(v->evidence.level));
	v->tone = service_level_tone(v->evidence.level);
	v->icon = service_level_icon(v->evidence.level);
	fill_agencies(o, x, record, v);
	fill_papers(o, p, v);
	fill_channels(o, p, v);
	fill_lists(o, p, v);
	fill_address(r, o, v);
}

static err show(struct req *r, const struct catalogue_index *x, const struct entry *e)
{
	struct out o = page_out(r);
	struct procedure p;
	struct procedure_view v = { .entry = e };
	struct conn *c;

	TRY(reader_of(r, &c));
	TRY(procedure_version(c, r->arena, e->version_id, &p));
	fill_view(r, &o, x, &p, &v);
	procedure_html(&o, &v);
	const struct crumb crumbs[] = {
		{ tr(o.language, TR("Dịch vụ công trực tuyến")), S("/thu-tuc") },
		{ v.sector, arena_printf(r->arena, "/linh-vuc/" STR_FMT, STR_ARG(v.sector_slug)) },
	};
	str about = FILL(r->arena, o.language,
		TR("{name}: giấy tờ cần có, trình tự, thời hạn {limit}, phí, cách nộp và căn cứ "
		   "pháp lý."),
		S("name"), v.name, S("limit"), v.limit);
	return catalogue_page_reply(r, &o, v.name, about, crumbs, COUNT(crumbs));
}

err procedure_page(struct req *r)
{
	const struct catalogue_index *x = snapshot_of(r);
	str slug = req_param(r, S("slug"));
	const struct entry *e = entry_of(x, slug);

	if (!e)
		e = entry_named(r->arena, x, slug);
	if (!e)
		return FAIL(r->arena, NOT_FOUND, "no such procedure");
	if (!str_eq(e->slug, slug))
		return reply_redirect(
			r, arena_printf(r->arena, "/thu-tuc/" STR_FMT, STR_ARG(e->slug)));
	return show(r, x, e);
}
