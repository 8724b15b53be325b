/* SPDX-License-Identifier: Apache-2.0 */
#include "view/parts.h"

#include "view/pagination.html.h"

#define PAGE_QUERY S("trang")

int64_t paging_asked(const struct req *r)
{
	int64_t page = req_query_int(r, PAGE_QUERY, 1, LIMIT_PAGE_NUMBER, 1);

	(void)str_to_int(req_field(r, PAGE_QUERY), 1, LIMIT_PAGE_NUMBER, &page);
	return page;
}

struct paging paging_of(struct req *r, int64_t total, int64_t per_page, str what)
{
	int64_t pages = total > 0 ? (total + per_page - 1) / per_page : 1;
	int64_t page = paging_asked(r);

	/* Rows were removed since the link was made: the last page, not an empty one. */
	if (page > pages)
		page = pages;
	int64_t first = (page - 1) * per_page + 1, last = page * per_page;

	return (struct paging){
		.path = r->path,
		.query = r->query,
		.page = page,
		.pages = pages,
		.first = total > 0 ? first : 0,
		.last = last < total ? last : total,
		.total = total,
		.what = what,
	};
}

/* The first page has no number, so that it keeps one address. */
static struct page_link link_to(struct out *o, const struct paging *p, int64_t page)
{
	str number = page > 1 ? arena_printf(o->a, "%lld", (long long)page) : S("");
	struct page_link link = { .number = page, .current = page == p->page };

	if (!p->form.n)
		link.to = url_with(o, p->path, p->query, PAGE_QUERY, number);
	return link;
}

/* The first page, the last, and this one with its neighbours; a gap where some are left out. */
static void add_links(struct out *o, const struct paging *p, struct pagination_part *part)
{
	struct page_link *links = arena_array(o->a, struct page_link, 7);
	int64_t previous = 0;
	size_t n = 0;

	for (int64_t near = p->page - 2; near <= p->page + 2; near++) {
		int64_t page = near == p->page - 2 ? 1 : near == p->page + 2 ? p->pages : near;
		if (page <= previous || page > p->pages)
			continue;
		if (page > previous + 1)
			links[n++] = (struct page_link){ 0 };
		links[n++] = link_to(o, p, page);
		previous = page;
	}
	part->links.items = links;
	part->links.n = n;
}

void pagination(struct out *o, const struct paging *p)
{
	struct pagination_part part = { .form = p->form };
	enum language l = o->language;

	if (p->pages <= 1)
		return;
	part.range = FILL(o->a, l, TR("{first}–{last} trong {total} {what}"), S("first"),
		number_text(o->a, l, p->first), S("last"), number_text(o->a, l, p->last),
		S("total"), number_text(o->a, l, p->total), S("what"), p->what);
	if (p->page > 1)
		part.previous = link_to(o, p, p->page - 1);
	if (p->page < p->pages)
		part.next = link_to(o, p, p->page + 1);
	add_links(o, p, &part);
	pagination_html(o, &part);
}
