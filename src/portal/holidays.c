/* SPDX-License-Identifier: Apache-2.0 */
/* holidays.c - the working calendar of a year, and a calculator that explains a promised date with
 * the very rules that dossiers are counted by. */
#include "portal/holidays.html.h"

#include "portal/calendar_pages.h"

#define YEAR_LEAST 2015
#define YEAR_MOST 2099

str day_kind_title(enum day_kind kind)
{
	switch (kind) {
	case DAY_STATUTORY: return TR("Nghỉ lễ, tết");
	case DAY_COMPENSATION: return TR("Nghỉ bù");
	case DAY_SWAP_OFF: return TR("Nghỉ hoán đổi");
	case DAY_CLOSURE: return TR("Đơn vị nghỉ");
	case DAY_SWAP_WORK: return TR("Làm bù");
	}
	return S("");
}

/* --- the year ---------------------------------------------------------------------------- */

static url year_link(struct out *o, int64_t year)
{
	if (year < YEAR_LEAST || year > YEAR_MOST)
		return (url){ 0 };
	str number = arena_printf(o->a, "%lld", (long long)year);
	return url_with(o, S("/lich-nghi"), S(""), S("nam"), number);
}

static err fill_year(struct out *o, struct conn *c, int64_t year, struct holidays_page *m)
{
	struct calendar *k;
	const struct day_rule **rules;
	size_t n;
	TRY(calendar_load(c, o->a, S(""), day_from((int)year, 7, 1), &k));
	calendar_year(k, o->a, (int)year, &rules, &n);
	m->year = year;
	m->before = year_link(o, year - 1);
	m->after = year_link(o, year + 1);
	m->rows.items = arena_array(o->a, struct holiday_row, n);
	for (size_t i = 0; i < n; i++) {
		m->rows.items[m->rows.n++] = (struct holiday_row){
			.iso = day_iso(o->a, (day)rules[i]->on_day),
			.date = day_long_text(o->a, o->language, (day)rules[i]->on_day),
			.kind = tr(o->language, day_kind_title(rules[i]->kind)),
			.title = tr(o->language, rules[i]->title),
			.source = rules[i]->source,
			.draft = rules[i]->draft,
			.vietnamese = o->language == ENGLISH,
		};
		m->any_draft |= rules[i]->draft;
	}
	return NULL;
}

/* --- the calculator ------------------------------------------------------------------------- */

static const struct {
	str suffix, label; /* of a limit's code: "3wd" */
} units[] = {
	{ S("wd"), TR("ngày làm việc") },
	{ S("wh"), TR("giờ làm việc") },
	{ S("d"), TR("ngày") },
	{ S("w"), TR("tuần") },
	{ S("m"), TR("tháng") },
};

struct question {
	instant received;
	struct time_limit limit;
	VEC(struct field_error) faults;
};

static void fault(struct question *q, struct out *o, str field, str message)
{
	*VEC_PUSH(o->a, &q->faults) = (struct field_error){ field, tr(o->language, message) };
}

/* "9:05", "09:05", "9h05" or "9" */
static bool read_time(struct arena *a, str text, int *ret_seconds)
{
	str hour = text, minute = S("");
	if (!str_cut(text, ':', &hour, &minute))
		str_cut(text, 'h', &hour, &minute);
	return hour_parse(arena_printf(a, STR_FMT ":" STR_FMT, STR_ARG(hour),
				  STR_ARG(minute.n ? minute : S("00"))),
		ret_seconds);
}

static void read_received(struct req *r, struct out *o, struct question *q)
{
	int64_t number[3] = { 0 };
	int seconds = 0;
	bool whole = str_to_int(str_trim(req_query(r, S("nhan-ngay"))), 1, 31, &number[0]) &&
		str_to_int(str_trim(req_query(r, S("nhan-thang"))), 1, 12, &number[1]) &&
		str_to_int(
			str_trim(req_query(r, S("nhan-nam"))), YEAR_LEAST, YEAR_MOST, &number[2]);
	struct date date = { (int)number[2], (int)number[1], (int)number[0] };
	bool time = read_time(o->a, str_trim(req_query(r, S("gio"))), &seconds);
	if (!whole || !date_valid(date))
		fault(q, o, S("nhan-ngay"), TR("Nhập một ngày có thật, từ năm 2015 đến 2099"));
	if (!time)
		fault(q, o, S("gio"), TR("Nhập giờ như 9:00 hoặc 14:30"));
	if (!q->faults.n)
		q->received = instant_at(day_from(date.year, date.month, date.day), seconds);
}

static void read_limit(struct req *r, struct out *o, struct question *q)
{
	int64_t amount;
	str unit = req_query(r, S("don-vi"));
	bool known = false;
	for (size_t i = 0; i < COUNT(units); i++)
		known |= str_eq(unit, units[i].suffix);
	bool good = known && str_to_int(str_trim(req_query(r, S("so"))), 0, 9999, &amount) &&
		limit_parse(arena_printf(o->a, "%lld" STR_FMT, (long long)amount, STR_ARG(unit)),
			&q->limit);
	if (!good)
		fault(q, o, S("so"),
			TR("Nhập thời hạn là một số, như 3; 0 chỉ dùng với ngày làm "
			   "việc"));
}

static err answer_question(
	struct out *o, struct conn *c, const struct question *q, struct holidays_page *m)
{
	struct calendar *k;
	TRY(calendar_load(c, o->a, S(""), day_of(q->received), &k));
	struct deadline d = deadline_compute(o->a, k, q->received, q->limit, &deadline_rules_usual);
	m->answered = true;
	m->uses_draft = d.uses_draft;
	m->due = moment_long_text(o->a, o->language, d.due);
	m->due_iso = instant_iso(o->a, d.due);
	m->steps.items = arena_array(o->a, str, d.steps.n);
	for (size_t i = 0; i < d.steps.n; i++)
		m->steps.items[m->steps.n++] =
			deadline_step_text(o->a, o->language, &d.steps.items[i]);
	return NULL;
}

/* What was typed, or today at this minute and three working days. */
static void fill_form(struct req *r, struct out *o, bool asked, struct holidays_page *m)
{
	struct date today = date_of(day_of(r->now));
	enum language l = o->language;
	str unit = asked ? req_query(r, S("don-vi")) : units[0].suffix;
	int second = second_of_day(r->now);
	m->received = (struct date_input){
		.id = S("nhan"),
		.label = tr(l, TR("Ngày cơ quan tiếp nhận")),
		.error = error_of(&m->errors, S("nhan-ngay")),
		.day = asked ? req_query(r, S("nhan-ngay")) : arena_printf(o->a, "%d", today.day),
		.month = asked ? req_query(r, S("nhan-thang"))
			       : arena_printf(o->a, "%d", today.month),
		.year = asked ? req_query(r, S("nhan-nam")) : arena_printf(o->a, "%d", today.year),
	};
	m->received.bad_day = m->received.error.n > 0;
	m->time = (struct input){
		.id = S("gio"),
		.label = tr(l, TR("Giờ tiếp nhận")),
		.hint = tr(l, TR("Ví dụ 9:00")),
		.width = "4",
		.error = error_of(&m->errors, S("gio")),
		.value = asked ? req_query(r, S("gio"))
			       : arena_printf(o->a, "%d:%02d", second / 3600, second / 60 % 60),
	};
	m->amount = (struct input){
		.id = S("so"),
		.label = tr(l, TR("Thời hạn giải quyết")),
		.input_mode = "numeric",
		.width = "4",
		.error = error_of(&m->errors, S("so")),
		.value = asked ? req_query(r, S("so")) : S("3"),
	};
	struct option *options = arena_array(o->a, struct option, COUNT(units));
	for (size_t i = 0; i < COUNT(units); i++)
		options[i] = (struct option){ .value = units[i].suffix,
			.label = tr(l, units[i].label),
			.chosen = str_eq(unit, units[i].suffix) };
	m->unit = (struct choice_input){ .id = S("don-vi"),
		.label = tr(l, TR("Tính theo")),
		.options = { options, COUNT(units) } };
}

err show_holidays(struct req *r)
{
	struct conn *c;
	struct out o = page_out(r);
	struct question q = { 0 };
	struct holidays_page m = { 0 };
	bool asked = req_query(r, S("don-vi")).n > 0;
	TRY(reader_of(r, &c));
	int64_t year = date_of(day_of(r->now)).year;
	TRY(fill_year(&o, c, req_query_int(r, S("nam"), YEAR_LEAST, YEAR_MOST, year), &m));
	if (asked) {
		read_received(r, &o, &q);
		read_limit(r, &o, &q);
	}
	m.errors = (field_errors){ q.faults.items, q.faults.n };
	if (asked && !q.faults.n)
		TRY(answer_question(&o, c, &q, &m));
	fill_form(r, &o, asked, &m);
	holidays_html(&o, &m);
	return page_reply(r, q.faults.n ? 422 : 200,
		&(struct page){
			.title = tr(o.language, TR("Lịch làm việc, ngày nghỉ")),
			.description = tr(o.language,
				TR("Ngày nghỉ, ngày làm bù trong năm kèm căn cứ; tính thử "
				   "ngày hẹn trả kết quả.")),
			.main = out_html(&o),
			.error = q.faults.n > 0,
			.no_index = asked,
		});
}
