/* SPDX-License-Identifier: Apache-2.0 */
/* admin_calendar.c - days that are decreed: adding them, confirming those that were only computed
 * [CAL-2], withdrawing what was kept by mistake. Whatever is counted from then on follows; what was
 * promised before stays, with the days it was promised by. */
#include "portal/calendar.html.h"
#include "portal/confirm.html.h"
#include "portal/withdraw_day.html.h"

#include "core/fold.h"
#include "http/reply.h"
#include "portal/admin.h"
#include "portal/calendar_pages.h"

#define YEAR_LEAST 2015
#define YEAR_MOST 2099
#define TITLE_MOST 200
#define DAYS_MOST 31 /* added at once */

static const struct {
	str word;
	enum day_kind kind;
} kinds[] = {
	{ S("nghi-le"), DAY_STATUTORY },
	{ S("nghi-bu"), DAY_COMPENSATION },
	{ S("hoan-doi"), DAY_SWAP_OFF },
	{ S("lam-bu"), DAY_SWAP_WORK },
	{ S("don-vi-nghi"), DAY_CLOSURE },
};

static bool kind_of(str word, enum day_kind *ret)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (str_eq(word, kinds[i].word)) {
			*ret = kinds[i].kind;
			return true;
		}
	return false;
}

static str word_of(enum day_kind kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kinds[i].kind == kind)
			return kinds[i].word;
	return S("");
}

static err rules_of_year(
	struct conn *c, struct arena *a, int64_t year, const struct day_rule ***ret, size_t *ret_n)
{
	struct calendar *k;
	TRY(calendar_load(c, a, S(""), day_from((int)year, 7, 1), &k));
	calendar_year(k, a, (int)year, ret, ret_n);
	return NULL;
}

static str year_address(struct arena *a, int64_t year)
{
	return arena_printf(a, "/quan-tri/lich?nam=%lld", (long long)year);
}

/* --- saving ------------------------------------------------------------------------------ */

struct saving {
	LIST(struct day_rule) rules;
	struct audit_actor by;
	str act;
	instant now;
};

static err save_rules(struct conn *c, struct arena *a, void *arg)
{
	const struct saving *s = arg;
	for (size_t i = 0; i < s->rules.n; i++) {
		const struct day_rule *rule = &s->rules.items[i];
		TRY(calendar_save(c, a, rule, s->by.identifier, s->now));
		TRY(audit_put(
			c, a, s->now, s->by, s->act, day_iso(a, (day)rule->on_day), rule->source));
	}
	return NULL;
}

/* --- the year, and a day to add ------------------------------------------------------------ */

static url withdraw_url(struct out *o, const struct day_rule *rule)
{
	return URL(o, "/quan-tri/lich/{}/rut", arena_printf(o->a, "%lld", (long long)rule->id));
}

static struct rule_row row_of(struct out *o, const struct day_rule *rule, int64_t year)
{
	str number = arena_printf(o->a, "%lld", (long long)year);
	str query = arena_printf(o->a, "nam=" STR_FMT "&loai=" STR_FMT, STR_ARG(number),
		STR_ARG(word_of(rule->kind)));
	return (struct rule_row){
		.iso = day_iso(o->a, (day)rule->on_day),
		.date = day_long_text(o->a, o->language, (day)rule->on_day),
		.kind = tr(o->language, day_kind_title(rule->kind)),
		.title = tr(o->language, rule->title),
		.source = rule->source,
		.agency = rule->agency,
		.withdraw = rule->id ? withdraw_url(o, rule) : (url){ S("") },
		.confirm = rule->draft && !rule->agency.n
			? url_with(o, S("/quan-tri/lich/xac-nhan"), query, S("ten"), rule->title)
			: (url){ S("") },
	};
}

static struct choice_input kind_choice(struct out *o, const field_errors *errors, str chosen)
{
	struct option *options = arena_array(o->a, struct option, COUNT(kinds));
	for (size_t i = 0; i < COUNT(kinds); i++)
		options[i] = (struct option){ .value = kinds[i].word,
			.label = tr(o->language, day_kind_title(kinds[i].kind)),
			.chosen = str_eq(chosen, kinds[i].word) };
	return (struct choice_input){ .id = S("loai"),
		.label = tr(o->language, TR("Loại ngày")),
		.error = error_of(errors, S("loai")),
		.options = { options, COUNT(kinds) } };
}

static struct input text_of(
	struct req *r, const char *id, str label, str hint, const field_errors *errors)
{
	str name = str_from(id);
	return (struct input){ .id = name,
		.label = label,
		.hint = hint,
		.error = error_of(errors, name),
		.value = req_field(r, name) };
}

static void fill_form(struct req *r, struct out *o, struct calendar_page *m)
{
	enum language l = o->language;
	const field_errors *e = &m->errors;
	m->on = (struct date_input){ .id = S("ngay"),
		.label = tr(l, TR("Từ ngày")),
		.error = error_of(e, S("ngay-ngay")),
		.day = req_field(r, S("ngay-ngay")),
		.month = req_field(r, S("ngay-thang")),
		.year = req_field(r, S("ngay-nam")) };
	m->on.bad_day = m->on.error.n > 0;
	m->to = (struct date_input){ .id = S("den"),
		.label = tr(l, TR("Đến hết ngày")),
		.hint = tr(l, TR("Chỉ điền khi nghỉ nhiều ngày liền")),
		.error = error_of(e, S("den-ngay")),
		.day = req_field(r, S("den-ngay")),
		.month = req_field(r, S("den-thang")),
		.year = req_field(r, S("den-nam")),
		.optional = true };
	m->to.bad_day = m->to.error.n > 0;
	m->kind = kind_choice(o, e, req_field(r, S("loai")));
	m->title = text_of(r, "ten", tr(l, TR("Dịp")), tr(l, TR("Ví dụ: Quốc khánh")), e);
	m->source = text_of(r, "can-cu", tr(l, TR("Văn bản")),
		tr(l, TR("Số và cơ quan ban hành thông báo")), e);
	m->agency = text_of(r, "co-quan", tr(l, TR("Mã cơ quan")),
		tr(l, TR("Chỉ điền khi riêng một đơn vị nghỉ")), e);
	m->agency.optional = true;
}

static void fill_rows(struct out *o, const struct day_rule *const *rules, size_t n, int64_t year,
	struct calendar_page *m)
{
	m->rows.items = arena_array(o->a, struct rule_row, n);
	for (size_t i = 0; i < n; i++)
		m->rows.items[m->rows.n++] = row_of(o, rules[i], year);
}

static err fill_unit_rows(struct conn *c, struct out *o, int64_t year, struct calendar_page *m)
{
	struct day_rule *rules;
	size_t n;
	TRY(calendar_of_units(
		c, o->a, day_from((int)year, 1, 1), day_from((int)year, 12, 31), &rules, &n));
	m->unit_rows.items = arena_array(o->a, struct rule_row, n);
	for (size_t i = 0; i < n; i++)
		m->unit_rows.items[m->unit_rows.n++] = row_of(o, &rules[i], year);
	return NULL;
}

static err reply_calendar(struct req *r, int status, int64_t year, const field_errors *errors)
{
	struct conn *c;
	const struct day_rule **rules;
	size_t n;
	struct out o = page_out(r);
	struct calendar_page m = {
		.year = year, .errors = *errors, .post = URL(&o, "/quan-tri/lich")
	};
	TRY(reader_of(r, &c));
	TRY(rules_of_year(c, r->arena, year, &rules, &n));
	fill_rows(&o, rules, n, year, &m);
	TRY(fill_unit_rows(c, &o, year, &m));
	m.hours = URL(&o, "/quan-tri/lich/gio");
	const str here = S("/quan-tri/lich"), none = S("");
	if (year > YEAR_LEAST)
		m.before = url_with(&o, here, none, S("nam"),
			arena_printf(r->arena, "%lld", (long long)year - 1));
	if (year < YEAR_MOST)
		m.after = url_with(&o, here, none, S("nam"),
			arena_printf(r->arena, "%lld", (long long)year + 1));
	fill_form(r, &o, &m);
	calendar_html(&o, &m);
	return admin_reply(
		r, status, tr(o.language, TR("Lịch làm việc")), out_html(&o), errors->n > 0);
}

err show_calendar(struct req *r)
{
	int64_t now = date_of(day_of(r->now)).year;
	return reply_calendar(r, 200, req_query_int(r, S("nam"), YEAR_LEAST, YEAR_MOST, now),
		&(field_errors){ 0 });
}

struct reading {
	struct out *o;
	VEC(struct field_error) faults;
};

static void fault(struct reading *g, str field, str message)
{
	*VEC_PUSH(g->o->a, &g->faults) = (struct field_error){ field, tr(g->o->language, message) };
}

static err read_text(struct req *r, struct reading *g, const char *field, str missing, str *ret)
{
	TRY(text_clean(r->arena, str_trim(req_field(r, str_from(field))), ret));
	if (!ret->n && missing.n)
		fault(g, str_from(field), missing);
	if (str_length(*ret) > TITLE_MOST)
		fault(g, str_from(field), TR("Nội dung dài quá 200 ký tự"));
	return NULL;
}

/* NAME-ngay, NAME-thang, NAME-nam */
static bool read_date(struct req *r, const char *name, day *ret)
{
	static const struct {
		const char *part;
		int least, most;
	} parts[] = { { "ngay", 1, 31 }, { "thang", 1, 12 }, { "nam", YEAR_LEAST, YEAR_MOST } };
	int64_t number[COUNT(parts)];
	for (size_t i = 0; i < COUNT(parts); i++) {
		str field = arena_printf(r->arena, "%s-%s", name, parts[i].part);
		if (!str_to_int(str_trim(req_field(r, field)), parts[i].least, parts[i].most,
			    &number[i]))
			return false;
	}
	struct date date = { (int)number[2], (int)number[1], (int)number[0] };
	if (!date_valid(date))
		return false;
	*ret = day_from(date.year, date.month, date.day);
	return true;
}

static bool is_empty_date(struct req *r, const char *name)
{
	return !str_trim(req_field(r, arena_printf(r->arena, "%s-ngay", name))).n &&
		!str_trim(req_field(r, arena_printf(r->arena, "%s-thang", name))).n &&
		!str_trim(req_field(r, arena_printf(r->arena, "%s-nam", name))).n;
}

/* From the day in the rule to *ret_last, which is the same when no other is named. */
static void read_days(struct req *r, struct reading *g, struct day_rule *rule, day *ret_last)
{
	day first = 0;
	if (!read_date(r, "ngay", &first))
		fault(g, S("ngay-ngay"), TR("Nhập một ngày có thật, từ năm 2015 đến 2099"));
	*ret_last = first;
	if (!is_empty_date(r, "den") && !read_date(r, "den", ret_last))
		fault(g, S("den-ngay"), TR("Nhập một ngày có thật, từ năm 2015 đến 2099"));
	else if (first && (*ret_last < first || *ret_last - first >= DAYS_MOST))
		fault(g, S("den-ngay"), TR("Nhập ngày không trước ngày đầu, nhiều nhất 31 ngày"));
	rule->on_day = first;
	if (!kind_of(req_field(r, S("loai")), &rule->kind))
		fault(g, S("loai"), TR("Chọn loại ngày"));
}

static err check_agency(struct req *r, struct reading *g, struct day_rule *rule)
{
	struct conn *c;
	struct agency agency;
	bool found = true;
	TRY(reader_of(r, &c));
	if (rule->agency.n)
		TRY(agency_find(c, r->arena, rule->agency, &agency, &found));
	if (!found)
		fault(g, S("co-quan"), TR("Không có cơ quan nào mang mã này"));
	else if (rule->agency.n)
		rule->agency = agency.code;
	if (rule->kind == DAY_CLOSURE && !rule->agency.n)
		fault(g, S("co-quan"), TR("Ghi mã của đơn vị nghỉ"));
	return NULL;
}

err take_day(struct req *r)
{
	struct out o = page_out(r);
	struct reading g = { .o = &o };
	struct day_rule rule = { 0 };
	day last = 0;
	read_days(r, &g, &rule, &last);
	TRY(read_text(r, &g, "ten", TR("Nhập dịp nghỉ hoặc làm bù"), &rule.title));
	TRY(read_text(r, &g, "can-cu", TR("Nhập số văn bản"), &rule.source));
	TRY(read_text(r, &g, "co-quan", S(""), &rule.agency));
	TRY(check_agency(r, &g, &rule));
	if (g.faults.n) {
		int64_t now = date_of(day_of(r->now)).year;
		return reply_calendar(r, 422, now, &(field_errors){ g.faults.items, g.faults.n });
	}
	struct saving s = { .by = admin_actor(r), .act = S("calendar.add"), .now = r->now };
	s.rules.n = (size_t)(last - rule.on_day) + 1;
	s.rules.items = arena_array(r->arena, struct day_rule, s.rules.n);
	for (size_t i = 0; i < s.rules.n; i++) {
		s.rules.items[i] = rule;
		s.rules.items[i].on_day += (int64_t)i;
	}
	TRY(write_of(r, save_rules, &s));
	return reply_redirect(r, year_address(r->arena, date_of((day)rule.on_day).year));
}

/* --- confirming ------------------------------------------------------------------------------ */

/* The drafts of one holiday in one year, as the address or the form names it. NOT_FOUND when there
 * are none (any more). */
static err drafts_of(struct req *r, str kind_word, str title, int64_t year, struct saving *ret)
{
	struct conn *c;
	const struct day_rule **rules;
	size_t n;
	enum day_kind kind;
	if (!kind_of(kind_word, &kind))
		return FAIL(r->arena, NOT_FOUND, "unknown kind of day");
	TRY(reader_of(r, &c));
	TRY(rules_of_year(c, r->arena, year, &rules, &n));
	ret->rules.items = arena_array(r->arena, struct day_rule, n);
	for (size_t i = 0; i < n; i++)
		if (rules[i]->draft && rules[i]->kind == kind && str_eq(rules[i]->title, title))
			ret->rules.items[ret->rules.n++] = *rules[i];
	return ret->rules.n ? NULL : FAIL(r->arena, NOT_FOUND, "nothing to confirm");
}

static err reply_confirm(
	struct req *r, int status, const struct saving *s, int64_t year, const field_errors *errors)
{
	struct out o = page_out(r);
	const struct day_rule *first = &s->rules.items[0];
	struct confirm_page m = {
		.title = tr(o.language, first->title),
		.year = year,
		.errors = *errors,
		.post = URL(&o, "/quan-tri/lich/xac-nhan"),
		.back = URL(&o, "/quan-tri/lich"),
		.kind_word = word_of(first->kind),
		.name = first->title,
		.source = text_of(r, "can-cu", tr(o.language, TR("Văn bản")),
			tr(o.language, TR("Số và cơ quan ban hành thông báo")), errors),
	};
	m.days.items = arena_array(r->arena, str, s->rules.n);
	for (size_t i = 0; i < s->rules.n; i++)
		m.days.items[m.days.n++] =
			day_long_text(r->arena, o.language, (day)s->rules.items[i].on_day);
	confirm_html(&o, &m);
	return admin_reply(
		r, status, tr(o.language, TR("Xác nhận ngày nghỉ")), out_html(&o), errors->n > 0);
}

err show_confirm(struct req *r)
{
	struct saving s = { 0 };
	int64_t year = req_query_int(r, S("nam"), YEAR_LEAST, YEAR_MOST, 0);
	TRY(drafts_of(
		r, req_query(r, S("loai")), req_query(r, S("ten")), year ? year : YEAR_LEAST, &s));
	return reply_confirm(r, 200, &s, year, &(field_errors){ 0 });
}

err take_confirm(struct req *r)
{
	struct out o = page_out(r);
	struct reading g = { .o = &o };
	struct saving s = { .by = admin_actor(r), .act = S("calendar.confirm"), .now = r->now };
	int64_t year;
	str source;
	if (!str_to_int(req_field(r, S("nam")), YEAR_LEAST, YEAR_MOST, &year))
		return FAIL(r->arena, BAD_REQUEST, "no year in the form");
	TRY(drafts_of(r, req_field(r, S("loai")), req_field(r, S("ten")), year, &s));
	TRY(read_text(r, &g, "can-cu", TR("Nhập số văn bản"), &source));
	if (g.faults.n)
		return reply_confirm(
			r, 422, &s, year, &(field_errors){ g.faults.items, g.faults.n });
	for (size_t i = 0; i < s.rules.n; i++) {
		s.rules.items[i].draft = false;
		s.rules.items[i].source = source;
	}
	TRY(write_of(r, save_rules, &s));
	return reply_redirect(r, year_address(r->arena, year));
}

/* --- withdrawing ----------------------------------------------------------------------------- */

struct withdrawing {
	struct day_rule rule;
	struct audit_actor by;
	str reason;
	instant now;
};

static err withdraw(struct conn *c, struct arena *a, void *arg)
{
	const struct withdrawing *w = arg;
	str note = arena_printf(a, STR_FMT " " STR_FMT ": " STR_FMT, STR_ARG(word_of(w->rule.kind)),
		STR_ARG(w->rule.agency), STR_ARG(w->reason));
	TRY(calendar_withdraw(c, a, w->rule.id));
	return audit_put(
		c, a, w->now, w->by, S("calendar.withdraw"), day_iso(a, (day)w->rule.on_day), note);
}

static err rule_asked(struct req *r, struct day_rule *ret)
{
	struct conn *c;
	int64_t id;
	if (!str_to_int(req_param(r, S("id")), 1, INT64_MAX, &id))
		return FAIL(r->arena, NOT_FOUND, "no number of a day");
	TRY(reader_of(r, &c));
	return calendar_get(c, r->arena, id, ret);
}

static err reply_withdraw(
	struct req *r, int status, const struct day_rule *rule, const field_errors *errors)
{
	struct out o = page_out(r);
	int year = date_of((day)rule->on_day).year;
	struct withdraw_day_page m = {
		.row = row_of(&o, rule, year),
		.errors = *errors,
		.post = withdraw_url(&o, rule),
		.back = url_with(&o, S("/quan-tri/lich"), S(""), S("nam"),
			arena_printf(r->arena, "%d", year)),
		.reason = text_of(r, "ly-do", tr(o.language, TR("Lý do")),
			tr(o.language, TR("Ví dụ: nhập nhầm ngày; văn bản đã bãi bỏ")), errors),
	};
	withdraw_day_html(&o, &m);
	return admin_reply(
		r, status, tr(o.language, TR("Rút ngày khỏi lịch")), out_html(&o), errors->n > 0);
}

err show_withdraw_day(struct req *r)
{
	struct day_rule rule;
	TRY(rule_asked(r, &rule));
	return reply_withdraw(r, 200, &rule, &(field_errors){ 0 });
}

err take_withdraw_day(struct req *r)
{
	struct out o = page_out(r);
	struct reading g = { .o = &o };
	struct withdrawing w = { .by = admin_actor(r), .now = r->now };
	TRY(rule_asked(r, &w.rule));
	TRY(read_text(r, &g, "ly-do", TR("Nhập lý do"), &w.reason));
	if (g.faults.n)
		return reply_withdraw(
			r, 422, &w.rule, &(field_errors){ g.faults.items, g.faults.n });
	TRY(write_of(r, withdraw, &w));
	return reply_redirect(r, year_address(r->arena, date_of((day)w.rule.on_day).year));
}
