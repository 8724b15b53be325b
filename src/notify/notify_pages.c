/* SPDX-License-Identifier: Apache-2.0 */
/* notify_pages.c - what one has been told, newest first. */
#include "notify/notices.html.h"
#include "notify/notify_pages.h"
#include "notify/parts.h"

static void add_lines(struct arena *a, str text, struct notice_item *item)
{
	str line, rest = text;
	size_t most = 1;
	for (size_t i = 0; i < text.n; i++)
		most += text.p[i] == '\n';
	item->lines.items = arena_array(a, str, most);
	for (bool more = true; more;) {
		more = str_cut(rest, '\n', &line, &rest);
		if (line.n)
			item->lines.items[item->lines.n++] = line;
	}
}

static void add_rows(struct out *o, const struct notice_row *rows, size_t n, struct notices_page *m)
{
	m->rows.items = arena_array(o->a, struct notice_item, n);
	m->rows.n = n;
	for (size_t i = 0; i < n; i++) {
		struct notice_item *item = &m->rows.items[i];
		*item = (struct notice_item){
			.title = rows[i].title,
			.iso = instant_iso(o->a, rows[i].at),
			.when = moment_text(o->a, o->language, rows[i].at),
			.open = url_within(o, rows[i].link),
			.has_link = rows[i].link.n > 0,
			.unread = !rows[i].read_at.set,
		};
		add_lines(o->a, rows[i].text, item);
	}
}

static err show_notices(struct req *r)
{
	struct conn *c;
	struct notice_row *rows;
	size_t n;
	int64_t total;
	struct out o = page_out(r);
	const struct caller *who = caller_of(r);
	int64_t at = req_query_int(r, S("trang"), 1, LIMIT_PAGE_NUMBER, 1);
	TRY(reader_of(r, &c));
	TRY(notice_list(c, r->arena, who->account_id, (at - 1) * LIMIT_PAGE_ROWS, LIMIT_PAGE_ROWS,
		&rows, &n, &total));
	struct notices_page m = { .unread = who->unread };
	m.paging = paging_of(r, total, LIMIT_PAGE_ROWS, tr(o.language, TR("thông báo")));
	add_rows(&o, rows, n, &m);
	notices_html(&o, &m);
	struct page page = { .title = tr(o.language, TR("Thông báo")),
		.kind = caller_is_officer(who) ? PAGE_OFFICER : PAGE_PUBLIC,
		.here = NAV_MINE,
		.main = out_html(&o),
		.no_index = true };
	return page_reply(r, 200, &page);
}

struct reading {
	int64_t account;
	instant now;
};

static err read_all(struct conn *c, struct arena *a, void *arg)
{
	const struct reading *x = arg;
	return notice_read(c, a, x->account, x->now);
}

static err take_read(struct req *r)
{
	struct reading x = { caller_of(r)->account_id, r->now };
	TRY(write_of(r, read_all, &x));
	return reply_redirect(r, S("/ca-nhan/thong-bao"));
}

const struct route notify_routes[] = {
	{ .method = "GET",
		.path = "/ca-nhan/thong-bao",
		.run = show_notices,
		.guard = PERMIT_SIGNED_IN },
	{ .method = "POST",
		.path = "/ca-nhan/thong-bao/da-doc",
		.run = take_read,
		.guard = PERMIT_SIGNED_IN,
		.rate = RATE_WRITE },
	{ 0 },
};
