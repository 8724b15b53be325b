/* SPDX-License-Identifier: Apache-2.0 */
/* copy_pages.c - all forms, and the start page of one: what is left to do, what it is made of. */
#include "builder/preview.h"

#include "builder/copies.html.h"
#include "builder/copy.html.h"

#define FORMS_MOST 200

/* --- all ------------------------------------------------------------------------- */
static void put_copy(struct out *o, const struct working_copy *w, struct copies_page *m)
{
	m->rows.items[m->rows.n++] = (struct copy_row){ .code = w->code,
		.name = w->name,
		.who = w->changed_by,
		.state = tr(o->language, TR("Đang soạn")),
		.tone = TONE_INFO,
		.changed_iso = instant_iso(o->a, w->changed_at),
		.changed = moment_text(o->a, o->language, w->changed_at),
		.open = URL(o, "/quan-tri/bieu-mau/{}", w->code) };
}

static bool is_shown(const struct copies_page *m, str code)
{
	for (size_t i = 0; i < m->rows.n; i++)
		if (str_eq(m->rows.items[i].code, code))
			return true;
	return false;
}

/* Procedures with a form that nobody is changing. */
static err put_published(struct out *o, struct conn *c, struct copies_page *m)
{
	struct online_row *rows;
	size_t n;

	TRY(procedure_online(c, o->a, day_of(o->r->now), FORMS_MOST, &rows, &n));
	struct copy_row *all = arena_array(o->a, struct copy_row, m->rows.n + n + 1);
	if (m->rows.n)
		memcpy(all, m->rows.items, m->rows.n * sizeof *all);
	m->rows.items = all;
	for (size_t i = 0; i < n; i++)
		if (!is_shown(m, rows[i].code))
			all[m->rows.n++] = (struct copy_row){ .code = rows[i].code,
				.name = rows[i].name,
				.state = tr(o->language, TR("Đang dùng")),
				.tone = TONE_OK };
	return NULL;
}

static err reply_copies(struct req *r, int status, const field_errors *errors)
{
	struct conn *c;
	struct working_copy *copies;
	size_t n;
	struct out o = page_out(r);
	struct copies_page m = { .errors = *errors, .post = URL(&o, "/quan-tri/bieu-mau") };

	TRY(reader_of(r, &c));
	TRY(copy_all(c, r->arena, &copies, &n));
	m.rows.items = arena_array(r->arena, struct copy_row, n + 1);
	for (size_t i = 0; i < n; i++)
		put_copy(&o, &copies[i], &m);
	TRY(put_published(&o, c, &m));
	m.code = (struct input){ .id = S("ma"),
		.label = tr(o.language, TR("Mã thủ tục")),
		.hint = tr(o.language, TR("Ví dụ 1.001193. Thủ tục chưa có biểu mẫu cũng được.")),
		.value = req_field(r, S("ma")),
		.error = error_of(errors, S("ma")),
		.width = "24" };
	copies_html(&o, &m);
	return page_reply(r, status,
		&(struct page){ .title = tr(o.language, TR("Biểu mẫu điện tử")),
			.kind = PAGE_OFFICER,
			.main = out_html(&o),
			.error = errors->n > 0,
			.no_index = true });
}

err show_copies(struct req *r) { return reply_copies(r, 200, &(field_errors){ 0 }); }

/* The text that is in force, or will be; with a first page when it has no form yet. */
static err begin_copy(struct req *r, struct conn *c, str code, struct keeping *k)
{
	struct version_row *versions;
	struct tree *root;
	size_t n;
	str text;

	TRY(procedure_versions(c, r->arena, code, &versions, &n));
	if (!n)
		return FAIL(r->arena, NOT_FOUND, "no procedure of that code");
	TRY(procedure_text(c, r->arena, versions[0].id, &text));
	TRY(tree_parse(r->arena, text, &root));
	edit_begin(r->arena, root);
	*k = (struct keeping){ .code = code,
		.name = versions[0].name,
		.base = versions[0].id,
		.by = bench_actor(r),
		.now = r->now,
		.act = S("form.begin") };
	return tree_text(r->arena, root, &k->definition);
}

err take_copy(struct req *r)
{
	struct conn *c;
	struct working_copy w;
	struct keeping k;
	field_errors errors = { 0 };
	str code = str_trim(req_field(r, S("ma")));
	bool found;

	TRY(reader_of(r, &c));
	TRY(copy_find(c, r->arena, code, &w, &found));
	if (!found) {
		err e = begin_copy(r, c, code, &k);
		if (e && e->kind == ERR_NOT_FOUND) {
			error_put(r->arena, &errors, S("ma"),
				tr(req_language(r), TR("Không có thủ tục nào mang mã này")));
			return reply_copies(r, 422, &errors);
		}
		TRY(e);
		e = write_of(r, copy_keep, &k);
		if (e && e->kind != ERR_CONFLICT) /* else somebody began it at the same moment */
			return e;
	}
	return reply_redirect(
		r, arena_printf(r->arena, "/quan-tri/bieu-mau/" STR_FMT, STR_ARG(code)));
}

/* --- one ------------------------------------------------------------------------------ */
void tasks_fill(struct out *o, const struct bench *b, const remark_list *remarks,
	struct task_row **ret, size_t *ret_n, size_t *ret_stops)
{
	struct spot_of s;

	*ret = arena_array(o->a, struct task_row, remarks->n + 1);
	*ret_n = *ret_stops = 0;
	for (size_t i = 0; i < remarks->n; i++) {
		const struct remark *k = &remarks->items[i];
		struct task_row *row = &(*ret)[(*ret_n)++];
		*row = (struct task_row){ .words = k->words, .stops = k->stops };
		*ret_stops += k->stops;
		if (k->thing && thing_find(o->a, b->root, k->thing, k->key, &s)) {
			row->place = arena_printf(o->a, STR_FMT " “" STR_FMT "”",
				STR_ARG(tr(o->language, k->thing->name)),
				STR_ARG(thing_title(o->a, k->thing, s.item)));
			row->open = thing_url(o, b, k->thing, k->key, "");
		}
	}
}

static void fill_lists(struct out *o, const struct bench *b, struct copy_page *m)
{
	const struct thing *const shown[] = { &thing_page, &thing_component, &thing_case,
		&thing_check, &thing_purpose, &thing_section, &thing_sample };
	const struct tree *channels = tree_get(b->root, "channels");

	m->lists.items = arena_array(o->a, struct list_part, COUNT(shown) + tree_count(channels));
	for (size_t i = 0; i < COUNT(shown); i++)
		list_fill(o, b, shown[i], S(""), &m->lists.items[m->lists.n++]);
	for (size_t i = 0; i < tree_count(channels); i++) {
		str channel = tree_get_text(channels->items.items[i], "channel");
		struct list_part *part = &m->lists.items[m->lists.n++];
		list_fill(o, b, &thing_fee, arena_printf(o->a, "%zu", i), part);
		part->heading = tr(o->language,
			str_eq(channel, S("online"))         ? TR("Phí khi nộp qua mạng")
				: str_eq(channel, S("post")) ? TR("Phí khi gửi bưu chính")
							     : TR("Phí khi nộp tại quầy"));
	}
}

err show_copy(struct req *r)
{
	struct bench b;
	remark_list remarks = { 0 };
	struct out o = page_out(r);

	TRY(bench_open(r, &b));
	TRY(bench_remarks(r->arena, &b, &remarks));
	struct copy_page m = {
		.code = b.copy.code,
		.name = b.copy.name,
		.who = b.copy.changed_by,
		.changed_iso = instant_iso(r->arena, b.copy.changed_at),
		.changed = moment_text(r->arena, o.language, b.copy.changed_at),
		.seen = bench_seen(r->arena, &b),
		.undoable = b.copy.version > 1,
		.publish = bench_url(&o, &b, "/xuat-ban"),
		.trial = bench_url(&o, &b, "/thu"),
		.preview = bench_url(&o, &b, "/xem-truoc"),
		.versions = bench_url(&o, &b, "/phien-ban"),
		.differences = bench_url(&o, &b, "/so-sanh"),
		.exchange = bench_url(&o, &b, "/trao-doi"),
		.undo = bench_url(&o, &b, "/hoan-tac"),
		.general = thing_url(&o, &b, &thing_form, S("tat-ca"), ""),
	};
	tasks_fill(&o, &b, &remarks, &m.tasks.items, &m.tasks.n, &m.stops);
	fill_lists(&o, &b, &m);
	copy_html(&o, &m);
	return bench_reply(r, &b, &o,
		(struct framing){ .status = 200, .title = tr(o.language, TR("Biểu mẫu")) });
}

/* The text of before, as a change of its own: what was undone can be undone too. */
err take_undo(struct req *r)
{
	struct bench b;
	struct fault f;
	bool answered;
	str text;

	TRY(bench_open(r, &b));
	if (bench_overtaken(r, &b))
		return reply_overtaken(r, &b);
	TRY(copy_text(b.conn, r->arena, b.copy.code, b.copy.version - 1, &text));
	TRY(tree_parse(r->arena, text, &b.root));
	TRY(bench_keep(r, &b, &f, &answered));
	if (f.any)
		return FAIL(r->arena, INVALID, "the text of before cannot be read any more");
	return answered ? NULL : reply_redirect(r, bench_path(r->arena, &b, S("")));
}
