/* SPDX-License-Identifier: Apache-2.0 */
/* desk_pages.c - the officer's inbox and search. */
#include "calendar/calendars.h"
#include "catalogue/catalogue.h"
#include "dossier/desk_menu.html.h"
#include "dossier/desk_pages.h"
#include "dossier/inbox.html.h"
#include "dossier/shortcuts.html.h"
#include "identity/reads.h"

/* --- menu ----------------------------------------------------------------------- */

/* Queues a role works on come first, in the order of the work; the rest are the unit's. */
static bool works_on(enum role r, enum desk_queue q)
{
	if (q == DESK_MINE)
		return r == ROLE_OFFICER;
	if (q == DESK_APPROVAL)
		return r == ROLE_LEADER;
	if (q == DESK_HANDLING || q == DESK_OPEN)
		return false;
	return r == ROLE_CLERK;
}

static struct menu_item menu_item(
	struct out *o, enum desk_queue q, enum desk_queue here, const struct desk_counts *counts)
{
	return (struct menu_item){
		.title = tr(o->language, queue_title(q)),
		.to = URL(o, "/can-bo/hang-doi/{}", queue_name(q)),
		.count = counts->queue[q],
		.here = q == here,
		.key = q == DESK_OPEN ? "g t" : "",
	};
}

static html menu_of(struct req *r, enum desk_queue here, const struct desk *d)
{
	struct out o = page_out(r);
	struct desk_menu m = { .mine.n = 0 };
	m.mine.items = arena_array(r->arena, struct menu_item, DESK_QUEUE_COUNT);
	m.unit.items = arena_array(r->arena, struct menu_item, DESK_QUEUE_COUNT);
	for (int i = 0; i < DESK_QUEUE_COUNT; i++) {
		enum desk_queue q = (enum desk_queue)i;
		struct menu_item item = menu_item(&o, q, here, &d->counts);
		if (works_on(d->who->role, q))
			m.mine.items[m.mine.n++] = item;
		else if (q != DESK_MINE)
			m.unit.items[m.unit.n++] = item;
	}
	desk_menu_html(&o, &m);
	return out_html(&o);
}

err desk_enter(struct req *r, enum desk_queue q, struct desk *ret)
{
	ret->who = caller_of(r);
	TRY(reader_of(r, &ret->conn));
	TRY(calendars_get(services_of(r)->calendars, ret->conn, r->arena, ret->who->agency, r->now,
		&ret->calendar));
	enum desk_queue counted = q < DESK_QUEUE_COUNT ? q : DESK_OPEN;
	TRY(desk_counts(ret->conn, r->arena, ret->who->agency, ret->who->account_id, counted,
		ret->calendar, r->now, &ret->counts));
	ret->menu = menu_of(r, q, ret);
	return NULL;
}

err desk_reply(struct req *r, int status, const struct desk *d, str title, html main, bool error)
{
	struct page page = {
		.title = title,
		.kind = PAGE_OFFICER,
		.main = main,
		.side = d->menu,
		.error = error,
		.no_index = true,
	};
	return page_reply(r, status, &page);
}

/* --- what was seen is kept -------------------------------------------------------- */

struct noting {
	struct audit_actor who;
	instant now;
	str act, subject, detail;
};

static err put_note(struct conn *c, struct arena *a, void *arg)
{
	const struct noting *n = arg;
	return audit_put(c, a, n->now, n->who, n->act, n->subject, n->detail);
}

err note_read(struct req *r, str act, str subject, str detail)
{
	const struct caller *who = caller_of(r);
	struct reads *reads = services_of(r)->reads;
	struct noting n = { .who = { who->account_id, who->identifier, who->role },
		.now = r->now,
		.act = act,
		.subject = subject,
		.detail = detail };
	struct read_mark mark = read_mark_of(r->arena, n.who, act, subject, detail);
	if (reads && reads_has(reads, &mark, r->now))
		return NULL;
	TRY(write_of(r, put_note, &n));
	if (reads)
		reads_add(reads, &mark, r->now);
	return NULL;
}

/* A list names applicants: which dossiers were on the page. */
static err note_list(struct req *r, str act, str subject, const struct desk_row *rows, size_t n)
{
	struct buf codes = buf_in(r->arena, LIMIT_HTTP_TARGET);
	for (size_t i = 0; i < n; i++)
		buf_printf(&codes, "%s" STR_FMT, i ? " " : "", STR_ARG(rows[i].code));
	return n ? note_read(r, act, subject, buf_str(&codes)) : NULL;
}

/* --- inbox ------------------------------------------------------------------------ */

static void add_lights(struct out *o, struct inbox_page *m, const struct desk *d, enum light here)
{
	static const struct {
		enum light light;
		const char *word, *look;
	} shown[] = {
		{ LIGHT_OVERDUE, MARK("Quá hạn"), "light-bad" },
		{ LIGHT_TODAY, MARK("Hết hạn hôm nay"), "light-bad" },
		{ LIGHT_SOON, MARK("Còn 1–2 ngày"), "light-warn" },
		{ LIGHT_GOOD, MARK("Trong hạn"), "light-ok" },
		{ LIGHT_PAUSED, MARK("Tạm dừng"), "light-paused" },
	};
	m->lights.items = arena_array(o->a, struct inbox_light, COUNT(shown));
	for (size_t i = 0; i < COUNT(shown); i++) {
		bool chosen = shown[i].light == here;
		m->lights.items[m->lights.n++] = (struct inbox_light){
			.to = url_with(o, o->r->path, S(""), S("han"),
				chosen ? S("") : light_name(shown[i].light)),
			.count = d->counts.light[shown[i].light],
			.word = tr(o->language, str_from(shown[i].word)),
			.icon = light_icon(shown[i].light),
			.look = shown[i].look,
			.here = chosen,
		};
	}
}

/* As the catalogue calls it; what it has lost goes by its code. */
static str procedure_label(struct req *r, str code)
{
	struct catalogue *k = services_of(r)->catalogue;
	const struct entry *e = k ? catalogue_entry(catalogue_snapshot(k, r->arena), code) : NULL;
	return e ? e->name : code;
}

static int by_label(const void *a, const void *b)
{
	return str_compare(((const struct option *)a)->label, ((const struct option *)b)->label);
}

static err add_procedures(struct req *r, struct inbox_page *m, const struct desk *d, str chosen)
{
	struct desk_procedure *found;
	size_t n;
	TRY(desk_procedures(d->conn, r->arena, d->who->agency, &found, &n));
	struct option *options = arena_array(r->arena, struct option, n + 1);
	options[0] = (struct option){ .label = tr(req_language(r), TR("Tất cả")) };
	for (size_t i = 0; i < n; i++)
		options[i + 1] = (struct option){ .value = found[i].code,
			.label = procedure_label(r, found[i].code),
			.chosen = str_eq(found[i].code, chosen) };
	qsort(options + 1, n, sizeof *options, by_label);
	m->procedures = (struct choice_input){ .id = S("thu-tuc"),
		.label = tr(req_language(r), TR("Thủ tục")),
		.options = { options, n + 1 } };
	return NULL;
}

static struct inbox_row row_of(
	struct out *o, const struct desk_row *row, const struct desk *d, instant now)
{
	int days = 0;
	enum light light = desk_light(row, d->calendar, now, &days);
	enum dossier_stage stage = DOSSIER_SUBMITTED;
	stage_of_code(row->stage, &stage);
	bool mine = row->assignee_id.set && row->assignee_id.value == d->who->account_id;
	bool has_due = row->due_at.set && light != LIGHT_CLOSED && light != LIGHT_PAUSED;
	return (struct inbox_row){
		.code = row->code,
		.open = URL(o, "/can-bo/ho-so/{}", row->code),
		.procedure = row->procedure_name,
		.applicant = row->applicant,
		.stage = tr(o->language, stage_word(stage)),
		.stage_icon = stage_icon(stage),
		.stage_tone = stage_tone(stage),
		.light = light_text(o->a, o->language, light, days),
		.light_icon = light_icon(light),
		.light_tone = light_tone(light),
		.has_due = has_due,
		.due_iso = has_due ? day_iso(o->a, day_of(row->due_at.value)) : S(""),
		.due = has_due ? day_text(o->a, day_of(row->due_at.value)) : S(""),
		.assignee = mine
			? tr(o->language, TR("Bạn"))
			: (row->assignee.n ? row->assignee : tr(o->language, TR("Chưa giao"))),
	};
}

static void add_rows(struct out *o, struct inbox_page *m, const struct desk_row *rows, size_t n,
	const struct desk *d, instant now)
{
	m->rows.items = arena_array(o->a, struct inbox_row, n);
	for (size_t i = 0; i < n; i++)
		m->rows.items[m->rows.n++] = row_of(o, &rows[i], d, now);
}

static err show_queue(struct req *r, enum desk_queue q)
{
	struct desk d;
	struct conn *c;
	TRY(reader_of(r, &c));
	TRY(db_steady(c, r->arena));
	TRY(desk_enter(r, q, &d));
	struct out o = page_out(r);
	enum light light = LIGHT_NONE;
	light_of_name(req_query(r, S("han")), &light);
	struct desk_query query = {
		.agency = d.who->agency,
		.account = d.who->account_id,
		.procedure = req_query(r, S("thu-tuc")),
		.queue = q,
		.light = light,
		.limit = LIMIT_PAGE_ROWS,
		.counts = &d.counts,
	};
	query.offset =
		(req_query_int(r, S("trang"), 1, LIMIT_PAGE_NUMBER, 1) - 1) * LIMIT_PAGE_ROWS;
	struct desk_row *rows;
	size_t n;
	int64_t total;
	struct inbox_page m = { .title = tr(o.language, queue_title(q)),
		.empty = tr(o.language, TR("Không có hồ sơ nào.")) };
	TRY(desk_list(c, r->arena, &query, d.calendar, r->now, &rows, &n, &total));
	TRY(add_procedures(r, &m, &d, query.procedure));
	TRY(db_fresh(c, r->arena));
	TRY(note_list(r, S("dossier.list"), queue_name(q), rows, n));
	m.paging = paging_of(r, total, LIMIT_PAGE_ROWS, tr(o.language, TR("hồ sơ")));
	add_lights(&o, &m, &d, light);
	add_rows(&o, &m, rows, n, &d, r->now);
	inbox_html(&o, &m);
	return desk_reply(r, 200, &d, m.title, out_html(&o), false);
}

err show_inbox(struct req *r) { return show_queue(r, queue_of_role(caller_of(r)->role)); }

err show_named_queue(struct req *r)
{
	enum desk_queue q;
	if (!queue_of_name(req_param(r, S("name")), &q))
		return FAIL(r->arena, NOT_FOUND, "no such queue");
	return show_queue(r, q);
}

#define FOUND_MOST 50

static err reply_found(struct req *r, str words)
{
	struct desk d;
	TRY(desk_enter(r, DESK_QUEUE_COUNT, &d));
	struct out o = page_out(r);
	struct desk_row *rows = NULL;
	size_t n = 0;
	bool more = false;
	if (words.n)
		TRY(desk_search(
			d.conn, r->arena, d.who->agency, words, FOUND_MOST, &rows, &n, &more));
	TRY(note_list(r, S("dossier.search"), S(""), rows, n));
	struct inbox_page m = {
		.title = tr(o.language, TR("Tìm hồ sơ")),
		.is_search = true,
		.more = more,
		.search = words,
		.empty = words.n ? tr(o.language,
					   TR("Không tìm thấy hồ sơ nào. Thử mã hồ sơ, tên "
					      "hoặc số điện thoại của người nộp."))
				 : tr(o.language,
					   TR("Nhập mã hồ sơ, tên hoặc số định danh của người "
					      "nộp vào ô tìm ở đầu trang.")),
	};
	add_rows(&o, &m, rows, n, &d, r->now);
	inbox_html(&o, &m);
	return desk_reply(r, 200, &d, m.title, out_html(&o), false);
}

/* An address is kept by browsers, proxies and logs: it may hold a code, but nobody's name. */
err show_found(struct req *r)
{
	str words = str_trim(req_query(r, S("q")));
	return reply_found(r, dossier_code_valid(words) ? words : S(""));
}

err take_search(struct req *r)
{
	str words;
	size_t over;
	TRY(req_text(r, S("q"), LIMIT_SEARCH_TEXT, &words, &over));
	return reply_found(r, words);
}

err show_shortcuts(struct req *r)
{
	struct desk d;
	TRY(desk_enter(r, DESK_QUEUE_COUNT, &d));
	struct out o = page_out(r);
	shortcuts_html(&o, &(struct shortcuts_page){ 0 });
	return desk_reply(r, 200, &d, tr(o.language, TR("Phím tắt")), out_html(&o), false);
}
