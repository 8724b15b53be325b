/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/parts.h"
#include "dossier/answers.html.h"
#include "dossier/clock.html.h"
#include "dossier/files.html.h"
#include "dossier/messages.html.h"
#include "dossier/timeline.html.h"

struct drawing {
	struct req *r;
	struct conn *c;
	const struct dossier *d;
	bool office;
};

static err draw_clock(const struct drawing *x, html *ret)
{
	struct out o = page_out(x->r);
	struct clock_view v;
	TRY(clock_view_of(x->c, o.a, o.language, x->d, x->r->now, &v));
	clock_html(&o, &v);
	*ret = out_html(&o);
	return NULL;
}

static err draw_timeline(const struct drawing *x, html *ret)
{
	struct out o = page_out(x->r);
	struct timeline_view v;
	TRY(timeline_view_of(x->c, o.a, o.language, x->d, x->office, &v));
	timeline_html(&o, &v);
	*ret = out_html(&o);
	return NULL;
}

static err draw_answers(const struct drawing *x, html *ret)
{
	struct out o = page_out(x->r);
	struct answers_view v;
	TRY(answers_view_of(x->c, o.a, o.language, x->d, &v));
	answers_html(&o, &v);
	*ret = out_html(&o);
	return NULL;
}

static err draw_messages(const struct drawing *x, struct dossier_parts *p)
{
	struct out o = page_out(x->r);
	struct messages_view v;
	str path = arena_printf(o.a, "%s" STR_FMT, x->office ? "/can-bo/ho-so/" : "/ca-nhan/ho-so/",
		STR_ARG(x->d->code));
	TRY(messages_view_of(x->r, x->c, x->d, x->office, path, &v));
	p->has_messages = v.items.n > 0;
	p->full = v.paging.total >= LIMIT_MESSAGES;
	messages_html(&o, &v);
	p->messages = out_html(&o);
	return NULL;
}

static err draw_files(const struct drawing *x, str kind, html *ret, bool *ret_any)
{
	struct out o = page_out(x->r);
	struct files_view v;
	const char *base = x->office ? "/can-bo/ho-so/{}/tep/{}" : "/ca-nhan/ho-so/{}/tep/{}";
	TRY(files_view_of(&o, x->c, x->d, base, kind, &v));
	*ret_any = v.items.n > 0;
	files_html(&o, &v);
	*ret = out_html(&o);
	return NULL;
}

static err read_items(const struct drawing *x, struct dossier_parts *p)
{
	struct dossier_item *items;
	size_t n;
	TRY(dossier_items(x->c, x->r->arena, x->d->id, &items, &n));
	p->items.items = arena_array(x->r->arena, str, n);
	for (size_t i = 0; i < n; i++)
		p->items.items[p->items.n++] = items[i].text;
	return NULL;
}

bool result_is_out(const struct dossier *d)
{
	return d->stage == DOSSIER_DONE || d->stage == DOSSIER_RETURNED;
}

err dossier_parts_of(struct req *r, struct conn *c, const struct dossier *d, bool office,
	struct dossier_parts *ret)
{
	const struct drawing x = { r, c, d, office };
	*ret = (struct dossier_parts){ .has_results = false };
	TRY(draw_clock(&x, &ret->clock));
	TRY(draw_timeline(&x, &ret->timeline));
	TRY(draw_answers(&x, &ret->answers));
	TRY(draw_messages(&x, ret));
	TRY(draw_files(&x, S("paper"), &ret->papers, &ret->has_papers));
	TRY(draw_files(&x, S("supplement"), &ret->supplements, &ret->has_supplements));
	if (office || result_is_out(d))
		TRY(draw_files(&x, S("result"), &ret->results, &ret->has_results));
	return read_items(&x, ret);
}
