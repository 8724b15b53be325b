/* SPDX-License-Identifier: Apache-2.0 */
/* version_pages.c - what there was, is and will be; the difference between any two; publishing and
 * taking out of force. */
#include "builder/version_pages.h"

#include "builder/comparison.html.h"
#include "builder/preview.h"
#include "builder/publish.html.h"
#include "builder/retire.html.h"
#include "builder/versions.html.h"
#include "core/fold.h"

#define CHANGES_SHOWN 400

/* --- differences ------------------------------------------------------------------ */
static const struct {
	str words;
	enum tone tone;
	const char *icon;
} kinds[] = {
	[CHANGE_ADDED] = { TR("thêm mới"), TONE_OK, "plus" },
	[CHANGE_REMOVED] = { TR("đã bỏ"), TONE_BAD, "x" },
	[CHANGE_MOVED] = { TR("chuyển chỗ"), TONE_INFO, "arrow-up-down" },
	[CHANGE_CHANGED] = { S(""), TONE_PLAIN, "pen-line" },
};

void changes_fill(struct out *o, const struct bench *b, struct side before, struct side after,
	struct changes_part *m)
{
	change_list changes = { 0 };

	compare(o->a, o->language, before, after, &changes);
	size_t n = changes.n < CHANGES_SHOWN ? changes.n : CHANGES_SHOWN;
	m->rows.items = arena_array(o->a, struct change_row, n + 1);
	for (size_t i = 0; i < n; i++) {
		const struct change *c = &changes.items[i];
		bool open =
			c->key.n && c->thing && c->thing != &thing_channel && after.root == b->root;
		m->rows.items[m->rows.n++] = (struct change_row){
			.place = c->place,
			.words = c->member.n ? c->member : tr(o->language, kinds[c->kind].words),
			.before = c->kind == CHANGE_REMOVED ? c->place : c->before,
			.after = c->kind == CHANGE_ADDED ? c->place : c->after,
			.none_before = tr(o->language, TR("chưa có")),
			.none_after = tr(o->language, TR("đã bỏ")),
			.tone = kinds[c->kind].tone,
			.icon = kinds[c->kind].icon,
		};
		if (open)
			m->rows.items[m->rows.n - 1].open = thing_url(o, b, c->thing, c->key, "");
	}
}

err side_published(struct arena *a, struct conn *c, int64_t version_id, struct side *ret)
{
	struct reading_of *read = arena_make(a, struct reading_of);
	str text;

	TRY(procedure_text(c, a, version_id, &text));
	TRY(tree_parse(a, text, &ret->root));
	/* What an older language of forms said is compared without words for its rules. */
	bool good = !edit_check(a, text, read) && read->has_form;
	ret->form = good ? &read->form : NULL;
	return NULL;
}

static err published_of(
	struct req *r, const struct bench *b, struct version_row **ret, size_t *ret_n)
{
	return procedure_versions(b->conn, r->arena, b->copy.code, ret, ret_n);
}

/* A side of the address: "nhap" is the working copy, a number a version of this procedure. */
static err side_named(struct req *r, const struct bench *b, const struct version_row *versions,
	size_t n, str name, struct side *ret, str *ret_words)
{
	int64_t number;

	if (str_eq(name, S("nhap"))) {
		*ret = (struct side){ b->root, bench_form(b) };
		*ret_words = tr(b->language, TR("Bản nháp"));
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		if (str_to_int(name, 1, INT64_MAX, &number) && versions[i].version == number) {
			*ret_words = FILL(r->arena, b->language, TR("Phiên bản {n}"), S("n"), name);
			return side_published(r->arena, b->conn, versions[i].id, ret);
		}
	return FAIL(r->arena, NOT_FOUND, "no such version");
}

static struct choice_input side_choice(struct out *o, const char *id, str label,
	const struct version_row *versions, size_t n, str chosen)
{
	struct option *options = arena_array(o->a, struct option, n + 1);

	options[0] = (struct option){ S("nhap"), tr(o->language, TR("Bản nháp")), S(""),
		str_eq(chosen, S("nhap")) };
	for (size_t i = 0; i < n; i++) {
		str number = arena_printf(o->a, "%lld", (long long)versions[i].version);
		options[i + 1] = (struct option){ number,
			FILL(o->a, o->language, TR("Phiên bản {n}"), S("n"), number), S(""),
			str_eq(chosen, number) };
	}
	return (struct choice_input){
		.id = str_from(id), .label = label, .options = { options, n + 1 }
	};
}

err show_comparison(struct req *r)
{
	struct bench b;
	struct version_row *versions;
	size_t n;
	struct side before, after;
	struct out o = page_out(r);
	str from = req_query(r, S("tu")), to = req_query(r, S("den"));

	TRY(bench_open(r, &b));
	TRY(published_of(r, &b, &versions, &n));
	if (!from.n)
		from = n ? arena_printf(r->arena, "%lld", (long long)versions[0].version)
			 : S("nhap");
	if (!to.n)
		to = S("nhap");
	struct comparison_page m = { .name = b.copy.name,
		.from = side_choice(&o, "tu", tr(o.language, TR("So từ")), versions, n, from),
		.to = side_choice(&o, "den", tr(o.language, TR("đến")), versions, n, to),
		.form = bench_url(&o, &b, "/so-sanh"),
		.home = bench_url(&o, &b, "") };
	TRY(side_named(r, &b, versions, n, from, &before, &m.before));
	TRY(side_named(r, &b, versions, n, to, &after, &m.after));
	m.changes.before = m.before;
	m.changes.after = m.after;
	changes_fill(&o, &b, before, after, &m.changes);
	comparison_html(&o, &m);
	return bench_reply(r, &b, &o,
		(struct framing){ .status = 200, .title = tr(o.language, TR("So sánh")) });
}

/* --- versions ------------------------------------------------------------------------ */
/* What was replaced on its first day was in force until then. */
static bool never_began(const struct version_row *v, const struct version_row *NULLABLE next)
{
	return v->valid_to.set && v->valid_to.value < v->valid_from &&
		!(next && day_of(next->created_at) >= v->valid_from);
}

static void state_of(enum language l, const struct version_row *v,
	const struct version_row *NULLABLE next, day today, struct version_line *row)
{
	bool never = never_began(v, next);
	bool over = v->valid_to.set && v->valid_to.value < today;

	row->tone = TONE_PLAIN;
	if (never)
		row->state = tr(l, TR("Đã thay trước khi áp dụng"));
	else if (over)
		row->state = tr(l, TR("Đã thôi áp dụng"));
	else if (v->valid_from > today) {
		row->state = tr(l, TR("Sẽ áp dụng"));
		row->tone = TONE_INFO;
	} else {
		row->state = tr(l, TR("Đang áp dụng"));
		row->tone = TONE_OK;
	}
}

static void put_version(struct out *o, const struct bench *b, const struct version_row *v,
	const struct version_row *NULLABLE next, const struct publication *published, size_t n,
	struct versions_page *m)
{
	struct version_line *row = &m->rows.items[m->rows.n++];
	day today = day_of(o->r->now);

	*row = (struct version_line){
		.number = arena_printf(o->a, "%lld", (long long)v->version),
		.from = day_text(o->a, (day)v->valid_from),
		.until = v->valid_to.set && v->valid_to.value >= v->valid_from
			? day_text(o->a, (day)v->valid_to.value)
			: S(""),
		.who = tr(o->language, TR("Nhập từ tệp")),
		.when = moment_text(o->a, o->language, v->created_at),
	};
	state_of(o->language, v, next, today, row);
	m->in_force = m->in_force || row->tone == TONE_OK || row->tone == TONE_INFO;
	row->compare = url_with(o, bench_path(o->a, b, S("so-sanh")), S(""), S("tu"), row->number);
	row->file =
		url_with(o, bench_path(o->a, b, S("tai-ve")), S(""), S("phien-ban"), row->number);
	for (size_t i = 0; i < n; i++)
		if (published[i].version_id == v->id) {
			row->who = published[i].published_by;
			row->ground = FILL(o->a, o->language, TR("{so}, ngày {ngay}: {ten}"),
				S("so"), published[i].legal_number, S("ngay"),
				day_text(o->a, (day)published[i].legal_day), S("ten"),
				published[i].legal_title);
		}
}

err show_versions(struct req *r)
{
	struct bench b;
	struct version_row *versions;
	struct publication *published;
	size_t n, n_published;
	struct out o = page_out(r);

	TRY(bench_open(r, &b));
	TRY(published_of(r, &b, &versions, &n));
	TRY(publication_all(b.conn, r->arena, b.copy.code, &published, &n_published));
	struct versions_page m = { .name = b.copy.name,
		.rows = { arena_array(r->arena, struct version_line, n + 1), 0 },
		.home = bench_url(&o, &b, ""),
		.retire = bench_url(&o, &b, "/thoi-ap-dung") };
	for (size_t i = 0; i < n; i++)
		put_version(&o, &b, &versions[i], i ? &versions[i - 1] : NULL, published,
			n_published, &m);
	versions_html(&o, &m);
	return bench_reply(r, &b, &o,
		(struct framing){ .status = 200, .title = tr(o.language, TR("Các phiên bản")) });
}

/* --- publishing ---------------------------------------------------------------------------- */
static bool date_posted(struct req *r, const char *id, day *ret)
{
	int64_t d, m, y;
	str name = str_from(id);
	struct arena *a = r->arena;

	if (!str_to_int(str_trim(req_field(r, arena_printf(a, STR_FMT "-ngay", STR_ARG(name)))), 1,
		    31, &d) ||
		!str_to_int(
			str_trim(req_field(r, arena_printf(a, STR_FMT "-thang", STR_ARG(name)))), 1,
			12, &m) ||
		!str_to_int(str_trim(req_field(r, arena_printf(a, STR_FMT "-nam", STR_ARG(name)))),
			1900, 2199, &y) ||
		!date_valid((struct date){ (int)y, (int)m, (int)d }))
		return false;
	*ret = day_from((int)y, (int)m, (int)d);
	return true;
}

static struct date_input date_of_form(struct req *r, struct out *o, const char *id, str label,
	str hint, const day *NULLABLE given, const field_errors *errors)
{
	str name = str_from(id);
	bool posted = req_has_field(r, arena_printf(o->a, "%s-ngay", id));
	struct date shown = given ? date_of(*given) : (struct date){ 0 };
	struct date_input i = { .id = name,
		.label = label,
		.hint = hint,
		.error = error_of(errors, arena_printf(o->a, "%s-ngay", id)) };

	i.bad_day = i.error.n > 0;
	if (posted) {
		i.day = req_field(r, arena_printf(o->a, "%s-ngay", id));
		i.month = req_field(r, arena_printf(o->a, "%s-thang", id));
		i.year = req_field(r, arena_printf(o->a, "%s-nam", id));
	} else if (given) {
		i.day = arena_printf(o->a, "%d", shown.day);
		i.month = arena_printf(o->a, "%d", shown.month);
		i.year = arena_printf(o->a, "%d", shown.year);
	}
	return i;
}

static void fill_publish(struct req *r, struct out *o, struct publish_page *m)
{
	enum language l = o->language;
	day today = day_of(r->now);

	m->from = date_of_form(r, o, "tu", tr(l, TR("Áp dụng từ ngày")),
		tr(l, TR("Từ hôm nay trở đi; hồ sơ đã nhận giữ phiên bản cũ")), &today, &m->errors);
	m->legal_day = date_of_form(r, o, "ky", tr(l, TR("Ngày ký")), S(""), NULL, &m->errors);
	m->legal_number = (struct input){ .id = S("so"),
		.label = tr(l, TR("Số, ký hiệu văn bản làm căn cứ")),
		.hint = tr(l, TR("Ví dụ 04/2024/TT-BTP")),
		.value = req_field(r, S("so")),
		.error = error_of(&m->errors, S("so")),
		.width = "24" };
	m->legal_title = (struct input){ .id = S("ten"),
		.label = tr(l, TR("Tên văn bản")),
		.value = req_field(r, S("ten")),
		.error = error_of(&m->errors, S("ten")) };
}

static err reply_publish(
	struct req *r, int status, const struct bench *b, const field_errors *errors)
{
	struct out o = page_out(r);
	remark_list remarks = { 0 };
	size_t stops, n;
	struct version_row *versions;
	struct publish_page m = { .name = b->copy.name,
		.seen = bench_seen(r->arena, b),
		.errors = *errors,
		.post = bench_url(&o, b, "/xuat-ban#loi"),
		.home = bench_url(&o, b, "") };

	TRY(bench_remarks(r->arena, b, &remarks));
	tasks_fill(&o, b, &remarks, &m.tasks.items, &m.tasks.n, &stops);
	m.ready = !stops;
	fill_publish(r, &o, &m);
	TRY(published_of(r, b, &versions, &n));
	m.first = !n;
	if (n) {
		struct side before;
		TRY(side_published(r->arena, b->conn, versions[0].id, &before));
		m.changes.before = tr(o.language, TR("Đã công bố"));
		m.changes.after = tr(o.language, TR("Bản nháp"));
		changes_fill(&o, b, before, (struct side){ b->root, bench_form(b) }, &m.changes);
	}
	publish_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = status,
			.error = errors->n > 0,
			.title = tr(o.language, TR("Công bố")) });
}

err show_publish(struct req *r)
{
	struct bench b;

	TRY(bench_open(r, &b));
	return reply_publish(r, 200, &b, &(field_errors){ 0 });
}

static err take_text(struct req *r, const struct bench *b, const char *id, str missing,
	field_errors *errors, str *ret)
{
	TRY(text_clean(r->arena, str_trim(req_field(r, str_from(id))), ret));
	if (!ret->n || str_length(*ret) > 300)
		error_put(r->arena, errors, str_from(id),
			tr(b->language, ret->n ? TR("Nội dung dài quá") : missing));
	return NULL;
}

static err read_publishing(
	struct req *r, const struct bench *b, struct publishing *p, field_errors *errors)
{
	*p = (struct publishing){ .copy = b->copy, .by = bench_actor(r), .now = r->now };
	if (!date_posted(r, "tu", &p->from) || p->from < day_of(r->now))
		error_put(r->arena, errors, S("tu-ngay"),
			tr(b->language, TR("Nhập ngày áp dụng, từ hôm nay trở đi")));
	TRY(take_text(r, b, "so", TR("Nhập số, ký hiệu văn bản"), errors, &p->legal_number));
	if (!date_posted(r, "ky", &p->legal_day))
		error_put(r->arena, errors, S("ky-ngay"),
			tr(b->language, TR("Nhập ngày ký văn bản")));
	return take_text(r, b, "ten", TR("Nhập tên văn bản"), errors, &p->legal_title);
}

err take_publish(struct req *r)
{
	struct bench b;
	struct publishing p;
	field_errors errors = { 0 };
	struct fault f;

	TRY(bench_open(r, &b));
	if (bench_overtaken(r, &b))
		return reply_overtaken(r, &b);
	TRY(read_publishing(r, &b, &p, &errors));
	if (errors.n)
		return reply_publish(r, 422, &b, &errors);
	err e = write_of(r, builder_publish, &p);
	if (e && e->kind == ERR_INVALID) {
		fault_of(r->arena, b.language, b.root, e->detail, &f);
		error_put(r->arena, &errors, S("tu-ngay"), f.words);
		return reply_publish(r, 422, &b, &errors);
	}
	if (e && e->kind == ERR_CONFLICT) {
		TRY(bench_open(r, &b));
		if (bench_overtaken(r, &b))
			return reply_overtaken(r, &b);
		error_put(r->arena, &errors, S("tu-ngay"),
			tr(b.language, TR("Bản nháp không khác bản đã công bố")));
		return reply_publish(r, 409, &b, &errors);
	}
	TRY(e);
	return reply_redirect(r, bench_path(r->arena, &b, S("phien-ban")));
}

/* --- out of force --------------------------------------------------------------------------- */
static err reply_retire(
	struct req *r, int status, const struct bench *b, const field_errors *errors)
{
	struct out o = page_out(r);
	day today = day_of(r->now);
	struct retire_page m = { .name = b->copy.name,
		.errors = *errors,
		.post = bench_url(&o, b, "/thoi-ap-dung#loi"),
		.back = bench_url(&o, b, "/phien-ban") };

	m.last = date_of_form(r, &o, "het", tr(o.language, TR("Ngày cuối cùng còn áp dụng")),
		tr(o.language,
			TR("Từ hôm sau người dân không nộp được nữa; "
			   "hồ sơ đã nhận vẫn giải quyết")),
		&today, errors);
	retire_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = status,
			.error = errors->n > 0,
			.title = tr(o.language, TR("Thôi áp dụng")) });
}

err show_retire(struct req *r)
{
	struct bench b;

	TRY(bench_open(r, &b));
	return reply_retire(r, 200, &b, &(field_errors){ 0 });
}

err take_retire(struct req *r)
{
	struct bench b;
	field_errors errors = { 0 };

	TRY(bench_open(r, &b));
	struct retiring x = { .code = b.copy.code, .by = bench_actor(r), .now = r->now };
	if (!date_posted(r, "het", &x.last) || x.last < day_of(r->now) - 1) {
		error_put(r->arena, &errors, S("het-ngay"),
			tr(b.language, TR("Nhập một ngày, từ hôm qua trở đi")));
		return reply_retire(r, 422, &b, &errors);
	}
	err e = write_of(r, builder_retire, &x);
	if (e && e->kind == ERR_NOT_FOUND) {
		error_put(r->arena, &errors, S("het-ngay"),
			tr(b.language, TR("Sau ngày này không có phiên bản nào áp dụng")));
		return reply_retire(r, 422, &b, &errors);
	}
	TRY(e);
	return reply_redirect(r, bench_path(r->arena, &b, S("phien-ban")));
}
