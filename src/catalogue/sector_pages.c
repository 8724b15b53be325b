/* SPDX-License-Identifier: Apache-2.0 */
/* sector_pages.c - every procedure of a sector on one page, or on a few that the list of sectors
 * links to one by one: so each is within three clicks of the home page [C32-11.3], and no page
 * grows beyond its weight. */
#include "catalogue/pages.h"
#include "catalogue/routes.h"
#include "catalogue/sector.html.h"
#include "catalogue/sectors.html.h"
#include "http/reply.h"

#define PART_ENTRIES 80

static int64_t part_count(int64_t entries)
{
	return entries > 0 ? (entries + PART_ENTRIES - 1) / PART_ENTRIES : 1;
}

static size_t fill_parts(
	struct arena *a, const struct index_sector *s, int64_t from, struct sector_part **ret)
{
	int64_t most = part_count(s->n);
	size_t n = 0;

	*ret = arena_array(a, struct sector_part, (size_t)most);
	for (int64_t i = from; i <= most; i++)
		(*ret)[n++] = (struct sector_part){ i, s->slug };
	return n;
}

void sectors_view_fill(struct out *o, const struct catalogue_index *x, struct sectors_view *ret)
{
	ret->sectors.n = 0;
	ret->sectors.items = arena_array(o->a, struct sector_line, x->sectors.n);
	for (size_t i = 0; i < x->sectors.n; i++) {
		const struct index_sector *s = &x->sectors.items[i];
		struct two_words name = in_page_language(o, s->name, s->name_en);
		struct sector_line line = { s->slug, name.text, name.vietnamese, s->n, { 0 } };
		if (!s->n)
			continue;
		line.parts.n = fill_parts(o->a, s, 2, &line.parts.items);
		ret->sectors.items[ret->sectors.n++] = line;
	}
}

bool sector_view_fill(struct out *o, const struct catalogue_index *x, const struct index_sector *s,
	int64_t part, struct sector_view *ret)
{
	struct catalogue_filter f = { .sector = s->code,
		.level = -1,
		.service_level = -1,
		.fee = -1,
		.offset = (part - 1) * PART_ENTRIES,
		.limit = PART_ENTRIES };
	struct catalogue_page p;

	if (part < 1 || part > part_count(s->n))
		return false;
	catalogue_list(x, o->a, &f, &p);
	*ret = (struct sector_view){
		.slug = s->slug,
		.name = sector_text(o, s),
		.count = tr_n(o->a, o->language, TRN("{n} thủ tục"), p.total),
		.part = part,
	};
	ret->entries.items = arena_array(o->a, struct sector_entry, p.entries.n);
	ret->entries.n = p.entries.n;
	for (size_t i = 0; i < p.entries.n; i++) {
		const struct entry *e = p.entries.items[i];
		struct two_words name = in_page_language(o, e->name, e->name_en);
		ret->entries.items[i] = (struct sector_entry){ e, name.text, name.vietnamese,
			tr(o->language, service_level_name(e->level)) };
	}
	if (part_count(s->n) > 1)
		ret->parts.n = fill_parts(o->a, s, 1, &ret->parts.items);
	return true;
}

/* Several lists may have a sector of that name: the one with most procedures is meant. */
static const struct index_sector *NULLABLE sector_named(
	struct arena *a, const struct catalogue_index *x, str slug)
{
	const struct index_sector *found = NULL;

	for (size_t i = 0; i < x->sectors.n; i++) {
		const struct index_sector *s = &x->sectors.items[i];
		if ((!found || s->n > found->n) && str_eq(text_slug(a, s->name), slug))
			found = s;
	}
	return found && found->n ? found : NULL;
}

err sectors_page(struct req *r)
{
	struct out o = page_out(r);
	struct sectors_view v;
	const struct crumb crumbs[] = {
		{ tr(o.language, TR("Dịch vụ công trực tuyến")), S("/thu-tuc") },
	};

	sectors_view_fill(&o, snapshot_of(r), &v);
	sectors_html(&o, &v);
	return catalogue_page_reply(r, &o, tr(o.language, TR("Thủ tục theo lĩnh vực")),
		tr(o.language, TR("Tất cả lĩnh vực có thủ tục hành chính, với số thủ tục.")),
		crumbs, COUNT(crumbs));
}

err sector_page(struct req *r)
{
	struct out o = page_out(r);
	const struct catalogue_index *x = snapshot_of(r);
	str slug = req_param(r, S("slug"));
	const struct index_sector *s = index_sector_by(x, slug);
	int64_t part = req_query_int(r, S("phan"), 1, LIMIT_PAGE_NUMBER, 1);
	struct sector_view v;
	const struct crumb crumbs[] = {
		{ tr(o.language, TR("Thủ tục theo lĩnh vực")), S("/linh-vuc") },
	};

	if (!s)
		s = sector_named(r->arena, x, slug);
	if (s && s->n && !str_eq(s->slug, slug))
		return reply_redirect(
			r, arena_printf(r->arena, "/linh-vuc/" STR_FMT, STR_ARG(s->slug)));
	if (!s || !s->n || !sector_view_fill(&o, x, s, part, &v))
		return FAIL(r->arena, NOT_FOUND, "no such sector");
	sector_html(&o, &v);
	str title = part == 1 ? v.name
			      : FILL(r->arena, o.language, TR("{name}, phần {n}"), S("name"),
					v.name, S("n"), number_text(r->arena, o.language, part));
	return catalogue_page_reply(r, &o, title,
		FILL(r->arena, o.language, TR("Các thủ tục thuộc lĩnh vực {name}."), S("name"),
			v.name),
		crumbs, COUNT(crumbs));
}
