/* SPDX-License-Identifier: Apache-2.0 */
/* sitemap.c - the site map for people and for search engines [C32-16.6, C32-11.4]. */
#include "portal/site_map.html.h"

#include "http/reply.h"
#include "portal/pages.h"

const struct section public_sections[] = {
	{ "/", TR("Trang chủ"), SECTION_SERVICES, false },
	{ "/thu-tuc", TR("Thủ tục hành chính"), SECTION_SERVICES, false },
	{ "/linh-vuc", TR("Thủ tục theo lĩnh vực"), SECTION_SERVICES, false },
	{ "/co-quan", TR("Thủ tục theo cơ quan"), SECTION_SERVICES, false },
	{ "/tim", TR("Tìm kiếm"), SECTION_SERVICES, true },
	{ "/su-kien", TR("Sự kiện trong cuộc sống"), SECTION_SERVICES, false },
	{ "/tra-cuu", TR("Tra cứu hồ sơ"), SECTION_SERVICES, false },
	{ "/huong-dan", TR("Hướng dẫn từng bước"), SECTION_SERVICES, false },
	{ "/thong-ke", TR("Thống kê"), SECTION_INFORMATION, false },
	{ "/lich-nghi", TR("Lịch làm việc, ngày nghỉ"), SECTION_INFORMATION, false },
	{ "/lien-he", TR("Nơi tiếp nhận hồ sơ"), SECTION_INFORMATION, false },
	{ "/gioi-thieu", TR("Giới thiệu"), SECTION_SITE, false },
	{ "/tiep-can", TR("Cam kết dễ tiếp cận"), SECTION_SITE, false },
	{ "/bao-mat", TR("Bảo vệ dữ liệu cá nhân"), SECTION_SITE, false },
	{ "/dieu-khoan", TR("Điều khoản sử dụng"), SECTION_SITE, false },
	{ "/hien-thi", TR("Cỡ chữ, màu"), SECTION_SITE, true },
	{ "/so-do", TR("Sơ đồ cổng"), SECTION_SITE, false },
	{ "/dang-nhap", TR("Đăng nhập"), SECTION_ACCOUNT, true },
	{ "/dang-ky", TR("Đăng ký"), SECTION_ACCOUNT, true },
	{ "/quen-mat-khau", TR("Quên mật khẩu"), SECTION_ACCOUNT, true },
	{ 0 },
};

static void every_procedure(
	const struct catalogue_index *x, struct arena *a, struct catalogue_page *ret)
{
	const struct catalogue_filter every = {
		.level = -1, .service_level = -1, .fee = -1, .limit = INT64_MAX
	};
	catalogue_list(x, a, &every, ret);
}

/* --- for people ------------------------------------------------------------------------ */

static size_t count_sections(void)
{
	size_t n = 0;
	while (public_sections[n].path)
		n++;
	return n;
}

static void fill_groups(struct out *o, struct site_map_page *m)
{
	static const str titles[SECTION_GROUPS] = {
		[SECTION_SERVICES] = TR("Thủ tục và hồ sơ"),
		[SECTION_INFORMATION] = TR("Thông tin"),
		[SECTION_SITE] = TR("Về cổng này"),
		[SECTION_ACCOUNT] = TR("Tài khoản"),
	};
	for (int g = 0; g < SECTION_GROUPS; g++) {
		m->groups[g].title = tr(o->language, titles[g]);
		m->groups[g].links.items = arena_array(o->a, struct link, count_sections());
	}
	for (const struct section *s = public_sections; s->path; s++) {
		struct section_links *group = &m->groups[s->group];
		group->links.items[group->links.n++] =
			(struct link){ tr(o->language, s->title), url_to(o, s->path, NULL, 0) };
	}
}

static void fill_sectors(struct out *o, const struct catalogue_index *x, struct site_map_page *m)
{
	struct catalogue_page all;
	const struct catalogue_filter none = { .level = -1, .service_level = -1, .fee = -1 };
	catalogue_list(x, o->a, &none, &all);
	m->sectors.items = arena_array(o->a, struct sector_link, all.sectors.n);
	for (size_t i = 0; i < all.sectors.n; i++) {
		const struct facet *f = &all.sectors.items[i];
		m->sectors.items[m->sectors.n++] =
			(struct sector_link){ named_in(o->language, f->label, f->label_en),
				URL(o, "/linh-vuc/{}", f->value),
				number_text(o->a, o->language, f->count) };
	}
}

err show_site_map(struct req *r)
{
	struct out o = page_out(r);
	struct site_map_page m = { 0 };
	fill_groups(&o, &m);
	fill_sectors(&o, catalogue_snapshot(services_of(r)->catalogue, r->arena), &m);
	site_map_html(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.title = tr(o.language, TR("Sơ đồ cổng")),
			.description = tr(o.language, TR("Mọi trang của cổng trên một trang.")),
			.here = NAV_SITEMAP,
			.main = out_html(&o),
		});
}

/* --- for search engines ------------------------------------------------------------------ */

struct map_out {
	struct buf b;
	struct arena *a;
	str origin;
	struct out languages[LANGUAGE_COUNT];
};

static void put_address(struct map_out *m, url to)
{
	buf_add(&m->b, m->origin);
	buf_add(&m->b, to.safe);
}

/* A page in each language, each with all as its alternates. */
static void put_page(struct map_out *m, const char *pattern, str arg)
{
	url to[LANGUAGE_COUNT];
	for (int l = 0; l < LANGUAGE_COUNT; l++)
		to[l] = url_to(&m->languages[l], pattern, &arg, arg.n ? 1 : 0);
	for (int l = 0; l < LANGUAGE_COUNT; l++) {
		buf_add(&m->b, S("<url><loc>"));
		put_address(m, to[l]);
		buf_add(&m->b, S("</loc>"));
		for (int other = 0; other < LANGUAGE_COUNT; other++) {
			buf_printf(&m->b, "<xhtml:link rel=\"alternate\" hreflang=\"%s\" href=\"",
				language_info((enum language)other)->code);
			put_address(m, to[other]);
			buf_add(&m->b, S("\"/>"));
		}
		buf_add(&m->b, S("</url>\n"));
	}
}

err site_map_xml(struct arena *a, const struct catalogue_index *x, str origin, str *ret)
{
	struct catalogue_page all;
	struct map_out m = { .b = buf_in(a, LIMIT_SITE_MAP), .a = a, .origin = origin };
	for (int l = 0; l < LANGUAGE_COUNT; l++)
		m.languages[l] = out_in(a, (enum language)l, NULL);
	every_procedure(x, a, &all);
	buf_add(&m.b,
		S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		  "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" "
		  "xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n"));
	for (const struct section *s = public_sections; s->path; s++)
		if (!s->unlisted)
			put_page(&m, s->path, S(""));
	for (size_t i = 0; i < LIFE_EVENTS; i++)
		if (life_event_entries(&life_events[i], x, a, 1).n)
			put_page(&m, "/su-kien/{}", str_from(life_events[i].slug));
	for (size_t i = 0; i < all.sectors.n; i++)
		put_page(&m, "/linh-vuc/{}", all.sectors.items[i].value);
	for (size_t i = 0; i < all.entries.n; i++)
		put_page(&m, "/thu-tuc/{}", all.entries.items[i]->slug);
	buf_add(&m.b, S("</urlset>\n"));
	if (m.b.overflow)
		return FAIL(a, INTERNAL, "the site map is over its limit");
	*ret = buf_str(&m.b);
	return NULL;
}

/* Search engines want whole addresses: the configured ones, else as this visitor calls us. */
static str origin_of(struct req *r)
{
	return page_site()->origin.n ? page_site()->origin : req_origin(r);
}

err show_site_map_xml(struct req *r)
{
	str xml;
	TRY(site_map_xml(r->arena, catalogue_snapshot(services_of(r)->catalogue, r->arena),
		origin_of(r), &xml));
	return reply_text(r, 200, S("application/xml; charset=utf-8"), xml);
}

err show_robots(struct req *r)
{
	static const char *const closed[] = { "/ca-nhan", "/can-bo", "/quan-tri", "/nop/",
		"/xac-minh/", "/tra-cuu/" };
	struct buf b = buf_in(r->arena, LIMIT_PAGE);
	buf_add(&b, S("User-agent: *\n"));
	for (int l = 0; l < LANGUAGE_COUNT; l++) {
		struct out o = out_in(r->arena, (enum language)l, NULL);
		for (size_t i = 0; i < COUNT(closed); i++)
			buf_printf(&b, "Disallow: " STR_FMT "\n",
				STR_ARG(url_to(&o, closed[i], NULL, 0).safe));
	}
	buf_printf(&b, "Sitemap: " STR_FMT "/sitemap.xml\n", STR_ARG(origin_of(r)));
	return reply_text(r, 200, S("text/plain; charset=utf-8"), buf_str(&b));
}
