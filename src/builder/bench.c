/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/bench.h"

#include "builder/outline.html.h"
#include "builder/outrun.html.h"
#include "builder/version_pages.h"

#define ROOT "/quan-tri/bieu-mau"

/* --- opening -------------------------------------------------------------------- */
static void read_copy(struct arena *a, struct bench *b)
{
	b->fault = tree_parse(a, b->copy.definition, &b->root);
	if (b->fault)
		b->root = tree_new(a, JSON_MAP);
	else
		b->fault = edit_check(a, b->copy.definition, &b->read);
}

err bench_open(struct req *r, struct bench *ret)
{
	bool found;

	*ret = (struct bench){ .language = req_language(r) };
	TRY(reader_of(r, &ret->conn));
	TRY(copy_find(ret->conn, r->arena, req_param(r, S("ma")), &ret->copy, &found));
	if (!found)
		return FAIL(r->arena, NOT_FOUND, "no working copy");
	read_copy(r->arena, ret);
	return NULL;
}

const struct form *NULLABLE bench_form(const struct bench *b)
{
	return b->fault || !b->read.has_form ? NULL : &b->read.form;
}

str bench_path(struct arena *a, const struct bench *b, str rest)
{
	return arena_printf(a, ROOT "/" STR_FMT "%s" STR_FMT, STR_ARG(b->copy.code),
		rest.n && rest.p[0] != '?' ? "/" : "", STR_ARG(rest));
}

url bench_url(struct out *o, const struct bench *b, const char *place)
{
	return url_to(o, str_z(o->a, arena_printf(o->a, ROOT "/{}%s", place)), &b->copy.code, 1);
}

url thing_url(
	struct out *o, const struct bench *b, const struct thing *t, str key, const char *more)
{
	const str args[] = { b->copy.code, str_from(t->slug), key };

	return url_to(o, str_z(o->a, arena_printf(o->a, ROOT "/{}/{}/{}%s", more)), args, 3);
}

struct audit_actor bench_actor(const struct req *r)
{
	const struct caller *who = caller_of(r);

	return (struct audit_actor){ who->account_id, who->identifier, who->role };
}

str bench_seen(struct arena *a, const struct bench *b)
{
	return arena_printf(a, "%lld", (long long)b->copy.version);
}

/* --- somebody was quicker ----------------------------------------------------------- */
bool bench_overtaken(const struct req *r, const struct bench *b)
{
	int64_t seen = 0;

	return !str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &seen) ||
		seen != b->copy.version;
}

static void keep_typed(struct req *r, struct overtaken_page *m)
{
	m->fields.items = arena_array(r->arena, struct typed_field, r->fields.n);
	for (size_t i = 0; i < r->fields.n; i++) {
		struct field f = r->fields.items[i];
		if (!str_eq(f.name, S("csrf")) && !str_eq(f.name, S("phien-ban")))
			m->fields.items[m->fields.n++] = (struct typed_field){ f.name, f.value };
	}
}

static err fill_overtaken(
	struct out *o, const struct bench *b, int64_t seen, struct overtaken_page *m)
{
	struct bench before = { .language = b->language };
	err e = copy_text(b->conn, o->a, b->copy.code, seen, &before.copy.definition);

	if (e && e->kind == ERR_NOT_FOUND)
		return NULL;
	TRY(e);
	read_copy(o->a, &before);
	changes_fill(o, b, (struct side){ before.root, bench_form(&before) },
		(struct side){ b->root, bench_form(b) }, &m->changes);
	return NULL;
}

err reply_overtaken(struct req *r, const struct bench *b)
{
	struct out o = page_out(r);
	int64_t seen = 0;
	struct overtaken_page m = {
		.who = b->copy.changed_by,
		.when = moment_text(r->arena, o.language, b->copy.changed_at),
		.seen = bench_seen(r->arena, b),
		.post = url_within(&o, r->path),
		.back = bench_url(&o, b, ""),
	};

	(void)str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &seen);
	m.changes.before = tr(o.language, TR("Bạn đã thấy"));
	m.changes.after = tr(o.language, TR("Bây giờ"));
	TRY(fill_overtaken(&o, b, seen, &m));
	keep_typed(r, &m);
	outrun_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = 409,
			.error = true,
			.title = tr(o.language, TR("Bản nháp đã thay đổi")) });
}

/* --- keeping ------------------------------------------------------------------------- */
err bench_keep(struct req *r, struct bench *b, struct fault *ret, bool *ret_answered)
{
	struct reading_of read;
	struct keeping k = { .code = b->copy.code,
		.seen = b->copy.version,
		.base = b->copy.base,
		.by = bench_actor(r),
		.now = r->now };
	err e;

	*ret = (struct fault){ 0 };
	*ret_answered = false;
	TRY(tree_text(r->arena, b->root, &k.definition));
	if (str_eq(k.definition, b->copy.definition))
		return NULL;
	e = edit_check(r->arena, k.definition, &read);
	if (e && e->kind == ERR_INVALID) {
		fault_of(r->arena, b->language, b->root, e->detail, ret);
		return NULL;
	}
	TRY(e);
	k.name = read.procedure.name;
	e = write_of(r, copy_keep, &k);
	if (!e || e->kind != ERR_CONFLICT)
		return e;
	*ret_answered = true;
	TRY(bench_open(r, b));
	return reply_overtaken(r, b);
}

/* --- the outline ------------------------------------------------------------------------ */
static bool is_warned(const remark_list *remarks, const struct thing *t, str key)
{
	for (size_t i = 0; i < remarks->n; i++)
		if (remarks->items[i].thing == t && str_eq(remarks->items[i].key, key))
			return true;
	return false;
}

static struct outline_row outline_row_of(struct out *o, const struct bench *b,
	const struct spot_of *s, const remark_list *remarks, const struct framing *f)
{
	return (struct outline_row){
		.title = thing_title(o->a, s->thing, s->item),
		.open = thing_url(o, b, s->thing, s->key, ""),
		.here = f->here == s->thing && str_eq(f->key, s->key),
		.warned = is_warned(remarks, s->thing, s->key),
	};
}

static str section_title(const struct bench *b, str id)
{
	const struct tree *sections = tree_get(b->root, "form.sections");

	for (size_t i = 0; id.n && i < tree_count(sections); i++)
		if (str_eq(tree_get_text(sections->items.items[i], "id"), id))
			return tree_get_text(sections->items.items[i], "title");
	return S("");
}

static void fill_group(struct out *o, const struct bench *b, const struct spot_of *page,
	const remark_list *remarks, const struct framing *f, size_t *number,
	struct outline_group *g)
{
	const struct tree *fields = tree_get(page->item, "fields");

	g->page = outline_row_of(o, b, page, remarks, f);
	g->rows.items = arena_array(o->a, struct outline_row, tree_count(fields));
	for (size_t i = 0; i < tree_count(fields); i++) {
		struct spot_of s = { &thing_question, (struct tree *)fields, fields->items.items[i],
			i, thing_key(o->a, &thing_question, page->key, fields, i) };
		struct outline_row *row = &g->rows.items[g->rows.n++];
		*row = outline_row_of(o, b, &s, remarks, f);
		row->number = arena_printf(o->a, "%zu", ++*number);
	}
}

static void fill_pages(struct out *o, const struct bench *b, const remark_list *remarks,
	const struct framing *f, struct outline_part *m)
{
	key_list keys = { 0 };
	size_t number = 0;
	str before = S("");

	thing_keys(o->a, b->root, &thing_page, &keys);
	m->pages.items = arena_array(o->a, struct outline_group, keys.n);
	for (size_t i = 0; i < keys.n; i++) {
		struct spot_of page;
		struct outline_group *g = &m->pages.items[m->pages.n];
		if (!thing_find(o->a, b->root, &thing_page, keys.items[i], &page))
			continue;
		str section = tree_get_text(page.item, "section");
		if (!str_eq(section, before))
			g->section = section_title(b, section);
		before = section;
		fill_group(o, b, &page, remarks, f, &number, g);
		m->pages.n++;
	}
}

static html outline_of(struct req *r, const struct bench *b, const struct framing *f)
{
	struct out o = page_out(r);
	remark_list remarks = { 0 };
	struct outline_part m = { .code = b->copy.code,
		.home = bench_url(&o, b, ""),
		.trial = bench_url(&o, b, "/thu"),
		.publish = bench_url(&o, b, "/xuat-ban") };

	bench_advice(r->arena, b, &remarks);
	fill_pages(&o, b, &remarks, f, &m);
	outline_html(&o, &m);
	return out_html(&o);
}

err bench_reply(struct req *r, const struct bench *b, const struct out *o, struct framing f)
{
	return page_reply(r, f.status,
		&(struct page){
			.title = arena_printf(r->arena, STR_FMT " – " STR_FMT, STR_ARG(f.title),
				STR_ARG(b->copy.name)),
			.kind = PAGE_OFFICER,
			.main = out_html(o),
			.side = outline_of(r, b, &f),
			.side_title = tr(o->language, TR("Dàn ý biểu mẫu")),
			.error = f.error,
			.no_index = true,
		});
}
