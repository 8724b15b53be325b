/* SPDX-License-Identifier: Apache-2.0 */
/* preview.c - how a citizen sees a page: with every question that could be asked, answered by
 * nobody. */
#include "builder/preview.h"

#include "builder/preview.html.h"

static const struct form_page *NULLABLE page_named(const struct form *f, str id)
{
	for (size_t i = 0; i < f->pages.n; i++)
		if (str_eq(f->pages.items[i].id, id))
			return &f->pages.items[i];
	return NULL;
}

/* A question of several parts is one, however many fields it has: they share its copy. */
static struct form_group *unhidden_groups(struct arena *a, const struct form_page *p)
{
	struct form_group *groups = arena_array(a, struct form_group, p->groups.n + 1);

	for (size_t i = 0; i < p->groups.n; i++) {
		groups[i] = p->groups.items[i];
		groups[i].question.when = NULL;
	}
	return groups;
}

/* A copy in which nothing is hidden. */
static struct form_page unhidden(struct arena *a, const struct form_page *p)
{
	struct form_page copy = p->repeat.on ? form_page_of_row(a, p, S("1")) : *p;
	struct form_group *groups = unhidden_groups(a, &copy);
	struct form_field *fields = arena_array(a, struct form_field, copy.fields.n + 1);

	for (size_t i = 0; i < copy.fields.n; i++) {
		fields[i] = copy.fields.items[i];
		fields[i].question.when = NULL;
		for (size_t k = 0; k < copy.groups.n; k++)
			if (fields[i].group == &copy.groups.items[k])
				fields[i].group = &groups[k];
	}
	copy.when = NULL;
	copy.fields.items = fields;
	copy.groups.items = groups;
	return copy;
}

err preview_of(struct req *r, const struct bench *b, const struct form_page *p, html *ret)
{
	struct out o = page_out(r);
	struct form_source source = { b->conn, o.language, day_of(r->now) };
	struct answers *none =
		form_applying(r->arena, bench_form(b), answers_new(r->arena), source.today);
	struct form_page copy = unhidden(r->arena, p);
	field_errors no_errors = { 0 };
	struct form_showing showing = { 0 };

	TRY(form_page_view(&o, &source, &copy, none, &no_errors, &showing));
	*ret = out_html(&o);
	return NULL;
}

err preview_beside(struct req *r, const struct bench *b, str page, struct thing_page *m)
{
	struct out o = page_out(r);
	const struct form_page *p = bench_form(b) ? page_named(bench_form(b), page) : NULL;

	if (!p)
		return NULL;
	m->previewed = true;
	m->preview_title = form_text(o.language, p->title, p->title_en);
	m->preview_open =
		url_with(&o, bench_path(r->arena, b, S("xem-truoc")), S(""), S("trang"), page);
	return preview_of(r, b, p, &m->preview);
}

err show_preview(struct req *r)
{
	struct bench b;
	struct out o = page_out(r);
	str id = req_query(r, S("trang"));

	TRY(bench_open(r, &b));
	const struct form *f = bench_form(&b);
	if (!f)
		return FAIL(r->arena, NOT_FOUND, "no form that can be read");
	const struct form_page *p = id.n ? page_named(f, id) : &f->pages.items[0];
	if (!p)
		return FAIL(r->arena, NOT_FOUND, "no such page");
	struct preview_page m = { .name = b.copy.name,
		.title = form_text(o.language, p->title, p->title_en),
		.intro = form_text(o.language, p->intro, p->intro_en),
		.pages = { arena_array(r->arena, struct outline_row, f->pages.n), 0 },
		.home = bench_url(&o, &b, "") };
	for (size_t i = 0; i < f->pages.n; i++)
		m.pages.items[m.pages.n++] =
			(struct outline_row){ .title =
						      form_text(o.language, f->pages.items[i].title,
							      f->pages.items[i].title_en),
				.open = url_with(&o, bench_path(r->arena, &b, S("xem-truoc")),
					S(""), S("trang"), f->pages.items[i].id),
				.here = &f->pages.items[i] == p };
	TRY(preview_of(r, &b, p, &m.fields));
	preview_html(&o, &m);
	return bench_reply(r, &b, &o,
		(struct framing){ .status = 200, .title = tr(o.language, TR("Xem trước")) });
}
