/* SPDX-License-Identifier: Apache-2.0 */
#include "view/frame.html.h"
#include "view/officer_frame.html.h"
#include "view/slip_frame.html.h"

#include "http/reply.h"
#include "view/parts.h"

/* Set before the first request is taken, then only read. */
static struct page_source source;

void page_source_set(const struct page_source *from) { source = *from; }

const struct site *page_site(void)
{
	assert(source.site);
	return source.site;
}

str page_origin(struct req *r)
{
	return page_site()->origin.n ? page_site()->origin : req_origin(r);
}

struct visitor page_visitor(struct req *r)
{
	return source.visitor ? source.visitor(r) : (struct visitor){ 0 };
}

enum language req_language(const struct req *r)
{
	bool known = r->language > 0 && r->language < LANGUAGE_COUNT;
	return known ? (enum language)r->language : VIETNAMESE;
}

struct out page_out(struct req *r) { return out_in(r->arena, req_language(r), r); }

static str in_language(enum language l, str vietnamese, str english)
{
	return l == ENGLISH && english.n ? english : vietnamese;
}

url phone_url(struct arena *a, str phone)
{
	struct buf b = buf_in(a, LIMIT_HTTP_FIELD);

	buf_add(&b, S("tel:"));
	for (size_t i = 0; i < phone.n; i++)
		if ((phone.p[i] >= '0' && phone.p[i] <= '9') || phone.p[i] == '+')
			buf_char(&b, phone.p[i]);
	return (url){ buf_str(&b) };
}

url mail_url(struct arena *a, str email)
{
	return (url){ arena_printf(a, "mailto:" STR_FMT, STR_ARG(email)) };
}

/* --- head ----------------------------------------------------------------- */
/* The cookie holds our own words or nothing that counts. */
static str display_classes(struct req *r)
{
	static const struct {
		str word, name;
	} classes[] = {
		{ S("lon"), S("text-large") },
		{ S("rat-lon"), S("text-larger") },
		{ S("tuong-phan"), S("high-contrast") },
		{ S("khong-anh"), S("no-images") },
	};
	str rest = req_cookie(r, DISPLAY_COOKIE), word, found[COUNT(classes)];
	size_t n = 0;

	while (rest.n && n < COUNT(found)) {
		str_cut(rest, '.', &word, &rest);
		for (size_t i = 0; i < COUNT(classes); i++)
			if (str_eq(word, classes[i].word)) {
				found[n++] = classes[i].name;
				break;
			}
	}
	return str_join(r->arena, found, n, S(" "));
}

/* Without filters and sorting, which show nothing new; every page of a list is another. The
 * origin is the configured one, never what this visitor's browser called us: the page may be
 * cached for others. */
static url canonical(struct req *r, enum language l)
{
	struct out o = out_in(r->arena, l, r);
	int64_t page = req_query_int(r, S("trang"), 1, LIMIT_PAGE_NUMBER, 1);
	str number = page > 1 ? arena_printf(r->arena, "%lld", (long long)page) : S("");
	url here = url_with(&o, r->path, S(""), S("trang"), number);

	return (url){ arena_printf(
		r->arena, STR_FMT STR_FMT, STR_ARG(page_site()->origin), STR_ARG(here.safe)) };
}

static str title_of(struct req *r, const struct page *p, str site)
{
	if (!p->title.n)
		return site;
	str title = arena_printf(r->arena, STR_FMT " – " STR_FMT, STR_ARG(p->title), STR_ARG(site));
	if (!p->error)
		return title;
	str mark = tr(req_language(r), TR("Lỗi:"));
	return arena_printf(r->arena, STR_FMT " " STR_FMT, STR_ARG(mark), STR_ARG(title));
}

static void add_languages(struct frame *f, struct req *r)
{
	f->languages.items = arena_array(r->arena, struct language_link, LANGUAGE_COUNT);
	for (f->languages.n = 0; f->languages.n < LANGUAGE_COUNT; f->languages.n++) {
		enum language l = (enum language)f->languages.n;
		struct out o = out_in(r->arena, l, r);
		f->languages.items[l] = (struct language_link){
			.code = str_from(language_info(l)->code),
			.name = str_from(language_info(l)->name),
			.canonical = canonical(r, l),
			.to = url_with(&o, r->path, r->query, S(""), S("")),
			.here = l == req_language(r),
		};
	}
}

static void add_head(struct frame *f, struct req *r, int status)
{
	enum language l = req_language(r);
	bool officer = f->page->kind == PAGE_OFFICER;

	f->language = str_from(language_info(l)->code);
	f->classes = display_classes(r);
	f->title = title_of(r, f->page, officer ? tr(l, TR("Một cửa điện tử")) : f->name);
	f->canonical = canonical(r, l);
	add_languages(f, r);
	f->indexed = f->page->kind == PAGE_PUBLIC && !f->page->no_index && status < 400;
	f->date = f->page->date.n ? f->page->date : day_iso(r->arena, day_of(r->now));
}

/* --- masthead and footer -------------------------------------------------- */
static void add_site(struct frame *f, struct req *r)
{
	const struct site *s = f->site;
	enum language l = req_language(r);

	f->name = in_language(l, s->name, s->name_en);
	f->owner = in_language(l, s->owner, s->owner_en);
	f->address = in_language(l, s->address, s->address_en);
	f->hours = in_language(l, s->hours, s->hours_en);
	f->responsible = in_language(l, s->responsible, s->responsible_en);
	f->phone = phone_text(r->arena, s->phone);
	f->call = phone_url(r->arena, s->phone);
	f->mail = mail_url(r->arena, s->email);
	f->year = date_of(day_of(r->now)).year;
}

static void add_menu(struct frame *f, struct out *o)
{
	/* The first four and the site map are what Circular 32 asks for [C32-16.3]. */
	static const struct {
		enum nav_item item;
		const char *path;
		str text;
	} items[] = {
		{ NAV_HOME, "/", TR("Trang chủ") },
		{ NAV_ABOUT, "/gioi-thieu", TR("Giới thiệu") },
		{ NAV_SERVICES, "/thu-tuc", TR("Dịch vụ công trực tuyến") },
		{ NAV_TRACK, "/tra-cuu", TR("Tra cứu hồ sơ") },
		{ NAV_STATISTICS, "/thong-ke", TR("Thống kê") },
		{ NAV_SITEMAP, "/so-do", TR("Sơ đồ cổng") },
		{ NAV_MINE, "/ca-nhan", TR("Hồ sơ của bạn") },
	};
	bool has_own = f->visitor.signed_in && !f->visitor.officer;

	f->menu.items = arena_array(o->a, struct menu_item, COUNT(items));
	for (size_t i = 0; i < COUNT(items); i++)
		if (items[i].item != NAV_MINE || has_own)
			f->menu.items[f->menu.n++] = (struct menu_item){
				.text = tr(o->language, items[i].text),
				.to = url_to(o, items[i].path, NULL, 0),
				.here = items[i].item == f->page->here,
			};
}

err page_reply(struct req *r, int status, const struct page *p)
{
	struct out o = page_out(r);
	struct frame f = { .page = p, .site = page_site() };

	f.visitor = page_visitor(r);
	add_site(&f, r);
	add_head(&f, r, status);
	switch (p->kind) {
	case PAGE_PUBLIC:
		add_menu(&f, &o);
		frame_html(&o, &f);
		break;
	case PAGE_OFFICER: officer_frame_html(&o, &f); break;
	case PAGE_PRINT: slip_frame_html(&o, &f); break;
	}
	if (o.b->overflow)
		return FAIL(r->arena, INTERNAL, "page over %d bytes", LIMIT_PAGE);
	return reply_html(r, status, buf_str(o.b));
}
