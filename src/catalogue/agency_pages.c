/* SPDX-License-Identifier: Apache-2.0 */
/* agency_pages.c - who publishes and who receives, each with its procedures [REF-2, CODE-1]. */
#include "catalogue/agencies.html.h"
#include "catalogue/agency.html.h"
#include "catalogue/pages.h"
#include "catalogue/routes.h"
#include "http/reply.h"

/* Those of the index that take dossiers here, and the others. */
static void sort_out(struct out *o, const struct catalogue_index *x, const struct map *receives,
	struct agencies_view *ret)
{
	ret->publishing.items = arena_array(o->a, struct index_agency, x->agencies.n);
	ret->receiving.items = arena_array(o->a, struct index_agency, x->agencies.n);
	for (size_t i = 0; i < x->agencies.n; i++) {
		struct index_agency g = x->agencies.items[i];
		g.name = in_page_language(o, g.name, g.name_en).text;
		if (map_find(receives, g.code))
			ret->receiving.items[ret->receiving.n++] = g;
		else
			ret->publishing.items[ret->publishing.n++] = g;
	}
}

err agencies_page(struct req *r)
{
	struct out o = page_out(r);
	struct agencies_view v = { 0 };
	struct agency *receiving;
	struct conn *c;
	size_t n;
	const struct crumb crumbs[] = {
		{ tr(o.language, TR("Dịch vụ công trực tuyến")), S("/thu-tuc") },
	};

	TRY(reader_of(r, &c));
	TRY(agency_receiving(c, r->arena, &receiving, &n));
	struct map *receives = map_new(r->arena, n);
	for (size_t i = 0; i < n; i++)
		map_put(receives, receiving[i].code, &receiving[i]);
	sort_out(&o, snapshot_of(r), receives, &v);
	agencies_html(&o, &v);
	return catalogue_page_reply(r, &o, tr(o.language, TR("Thủ tục theo cơ quan")),
		tr(o.language, TR("Cơ quan công bố thủ tục và nơi tiếp nhận hồ sơ.")), crumbs,
		COUNT(crumbs));
}

static str level_text(const struct out *o, str level)
{
	if (str_eq(level, S("bo")))
		return tr(o->language, TR("Cấp bộ"));
	if (str_eq(level, S("tinh")))
		return tr(o->language, TR("Cấp tỉnh"));
	return str_eq(level, S("xa")) ? tr(o->language, TR("Cấp xã")) : S("");
}

static void fill_procedures(struct out *o, const struct catalogue_index *x, struct agency_view *v)
{
	struct catalogue_filter f = {
		.agency = v->agency.code, .level = -1, .service_level = -1, .fee = -1
	};
	struct catalogue_page p;

	catalogue_list(x, o->a, &f, &p);
	v->count = tr_n(o->a, o->language, TRN("{n} thủ tục"), p.total);
	/* Facets are shown without their own filter: none is set, so each counts what is here. */
	v->sectors.items = p.sectors.items;
	for (size_t i = 0; i < p.sectors.n; i++) {
		struct facet each = p.sectors.items[i];
		each.label = facet_text(o, &each);
		if (each.count)
			v->sectors.items[v->sectors.n++] = each;
	}
}

static void name_agency(const struct out *o, struct agency *g)
{
	g->name = in_page_language(o, g->name, g->name_en).text;
}

static err fill_agency(struct req *r, struct out *o, struct agency_view *v)
{
	struct two_words name = in_page_language(o, v->agency.name, v->agency.name_en);
	struct conn *c;
	bool found;

	v->name = name.text;
	v->vietnamese = name.vietnamese;
	v->level = level_text(o, v->agency.level);
	if (v->agency.valid_from != VALID_ALWAYS)
		v->from = day_text(o->a, (day)v->agency.valid_from);
	TRY(reader_of(r, &c));
	if (v->agency.valid_to.set) {
		v->to = day_text(o->a, (day)v->agency.valid_to.value);
		TRY(agency_successor_list(
			c, o->a, v->agency.code, &v->successors.items, &v->successors.n));
	}
	for (size_t i = 0; i < v->successors.n; i++)
		name_agency(o, &v->successors.items[i]);
	if (v->agency.parent.n)
		TRY(agency_find(c, o->a, v->agency.parent, &v->above, &found));
	name_agency(o, &v->above);
	return NULL;
}

err agency_page(struct req *r)
{
	struct out o = page_out(r);
	str slug = req_param(r, S("slug"));
	struct agency_view v = { 0 };
	struct conn *c;
	bool found;
	const struct crumb crumbs[] = {
		{ tr(o.language, TR("Thủ tục theo cơ quan")), S("/co-quan") },
	};

	TRY(reader_of(r, &c));
	TRY(agency_find_slug(c, r->arena, slug, &v.agency, &found));
	if (!found) {
		/* An address made of a code, old or new, leads to the one with the name. */
		TRY(agency_find(c, r->arena, slug, &v.agency, &found));
		if (!found)
			return FAIL(r->arena, NOT_FOUND, "no such agency");
		return reply_redirect(
			r, arena_printf(r->arena, "/co-quan/" STR_FMT, STR_ARG(v.agency.slug)));
	}
	TRY(fill_agency(r, &o, &v));
	fill_procedures(&o, snapshot_of(r), &v);
	agency_html(&o, &v);
	return catalogue_page_reply(r, &o, v.name,
		FILL(r->arena, o.language,
			TR("Thủ tục hành chính của {name}, địa chỉ và điện "
			   "thoại."),
			S("name"), v.name),
		crumbs, COUNT(crumbs));
}
