/* SPDX-License-Identifier: Apache-2.0 */
/* move_pages.c - a newer version of the form: what it has no place for, what it asks anew, and the
 * button that goes over. */
#include "forms/draft_pages.h"

#include "forms/move.html.h"

struct moving {
	const struct draft *draft;
	const struct move *move;
};

static err act(struct conn *c, struct arena *a, void *arg)
{
	const struct moving *x = arg;

	return move_draft(c, a, x->draft, x->move);
}

err work_move(struct req *r, struct work *w, const struct move *m)
{
	struct moving x = { &w->draft, m };

	err e = write_of(r, act, &x);
	/* Another window was quicker; it moved to the same version. */
	return e && e->kind == ERR_CONFLICT ? NULL : e;
}

static void tell_lost(struct arena *a, const struct move *m, struct move_page *page)
{
	page->gone.items = arena_array(a, struct left_over, m->lost.n);
	page->again.items = arena_array(a, struct left_over, m->lost.n);
	for (size_t i = 0; i < m->lost.n; i++)
		if (m->lost.items[i].again)
			page->again.items[page->again.n++] = m->lost.items[i];
		else
			page->gone.items[page->gone.n++] = m->lost.items[i];
}

static err reply_move(struct req *r, const struct work *w, const struct move *m)
{
	struct out o = page_out(r);
	struct move_page page = {
		.added = { m->added.items, m->added.n },
		.post = URL(&o, "/nop/{}/chuyen-mau", w->draft.code),
		.back = URL(&o, "/ca-nhan/ban-nhap"),
	};

	tell_lost(r->arena, m, &page);
	move_html(&o, &page);
	return leaf_reply(r, &o,
		(struct leaf){ .title = tr(o.language, TR("Biểu mẫu này có bản mới")),
			.status = 200,
			.work = w });
}

static err find(struct req *r, struct work *w, struct move *m, bool *ret_sent)
{
	bool due;

	TRY(work_open_pinned(r, w, ret_sent));
	if (*ret_sent)
		return NULL;
	TRY(move_find(w->source.conn, r->arena, &w->draft, w->form, w->given, &w->source, m, &due));
	*ret_sent = !due;
	return due ? NULL : reply_redirect(r, work_path(r->arena, w, S("")));
}

err show_move(struct req *r)
{
	struct work w;
	struct move m;
	bool sent;

	TRY(find(r, &w, &m, &sent));
	return sent ? NULL : reply_move(r, &w, &m);
}

err take_move(struct req *r)
{
	struct work w;
	struct move m;
	bool sent;

	TRY(find(r, &w, &m, &sent));
	if (sent)
		return NULL;
	TRY(work_move(r, &w, &m));
	return reply_redirect(r, work_path(r->arena, &w, S("")));
}
