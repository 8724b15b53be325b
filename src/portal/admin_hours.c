/* SPDX-License-Identifier: Apache-2.0 */
/* admin_hours.c - the office hours of an agency, or of all, from a day on [DL-3, ERA-1]. */
#include "portal/hours.html.h"

#include "core/fold.h"
#include "http/reply.h"
#include "portal/admin.h"
#include "portal/calendar_pages.h"

#define YEAR_LEAST 2015
#define YEAR_MOST 2099

static const struct {
	const char *field;
	str name;
} weekdays[7] = {
	[MONDAY] = { "thu-hai", TR("Thứ Hai") },
	[TUESDAY] = { "thu-ba", TR("Thứ Ba") },
	[WEDNESDAY] = { "thu-tu", TR("Thứ Tư") },
	[THURSDAY] = { "thu-nam", TR("Thứ Năm") },
	[FRIDAY] = { "thu-sau", TR("Thứ Sáu") },
	[SATURDAY] = { "thu-bay", TR("Thứ Bảy") },
	[SUNDAY] = { "chu-nhat", TR("Chủ nhật") },
};

/* --- the page ---------------------------------------------------------------------------- */

static err week_view_of(
	struct conn *c, struct out *o, const struct office_week *w, struct week_view *ret)
{
	struct agency agency = { .name = tr(o->language, TR("Tất cả cơ quan")) };
	bool found = false;
	if (w->agency.n)
		TRY(agency_find(c, o->a, w->agency, &agency, &found));
	*ret = (struct week_view){ .agency = w->agency.n && !found ? w->agency : agency.name,
		.from = day_text(o->a, (day)w->effective_from) };
	ret->days.items = arena_array(o->a, str, 7);
	for (int i = MONDAY; i <= SUNDAY; i++)
		ret->days.items[ret->days.n++] = office_hours_text(o->a, &w->hours[i]);
	return NULL;
}

static err fill_weeks(struct conn *c, struct out *o, struct hours_page *m)
{
	struct office_week *weeks;
	size_t n;
	TRY(office_hours_list(c, o->a, &weeks, &n));
	m->weeks.items = arena_array(o->a, struct week_view, n);
	for (size_t i = 0; i < n; i++)
		TRY(week_view_of(c, o, &weeks[i], &m->weeks.items[m->weeks.n++]));
	return NULL;
}

/* What was typed, or the usual week. */
static void fill_form(struct req *r, struct out *o, bool typed, struct hours_page *m)
{
	enum language l = o->language;
	const field_errors *e = &m->errors;
	m->agency = (struct input){ .id = S("co-quan"),
		.label = tr(l, TR("Mã cơ quan")),
		.hint = tr(l, TR("Để trống là giờ chung của mọi cơ quan")),
		.error = error_of(e, S("co-quan")),
		.value = req_field(r, S("co-quan")),
		.optional = true };
	m->from = (struct date_input){ .id = S("tu"),
		.label = tr(l, TR("Có hiệu lực từ ngày")),
		.error = error_of(e, S("tu-ngay")),
		.day = req_field(r, S("tu-ngay")),
		.month = req_field(r, S("tu-thang")),
		.year = req_field(r, S("tu-nam")) };
	m->from.bad_day = m->from.error.n > 0;
	m->days.items = arena_array(o->a, struct input, COUNT(weekdays));
	for (size_t i = 0; i < COUNT(weekdays); i++) {
		str field = str_from(weekdays[i].field);
		m->days.items[m->days.n++] = (struct input){ .id = field,
			.label = tr(l, weekdays[i].name),
			.hint = i == MONDAY ? tr(l,
						      TR("Ví dụ 7:30-11:30, 13:30-17:00; để trống "
							 "là nghỉ"))
					    : S(""),
			.error = error_of(e, field),
			.value = typed ? req_field(r, field)
				       : office_hours_text(o->a, &office_hours_usual[i]),
			.optional = true };
	}
}

static err reply_hours(struct req *r, int status, bool typed, const field_errors *errors)
{
	struct conn *c;
	struct out o = page_out(r);
	struct hours_page m = { .errors = *errors, .post = URL(&o, "/quan-tri/lich/gio") };
	TRY(reader_of(r, &c));
	TRY(fill_weeks(c, &o, &m));
	fill_form(r, &o, typed, &m);
	hours_html(&o, &m);
	return admin_reply(
		r, status, tr(o.language, TR("Giờ làm việc")), out_html(&o), errors->n > 0);
}

err show_hours(struct req *r) { return reply_hours(r, 200, false, &(field_errors){ 0 }); }

/* --- setting ----------------------------------------------------------------------------- */

struct setting {
	str agency;
	day from;
	struct office_hours hours[7];
	struct audit_actor by;
	instant now;
};

static err set_hours(struct conn *c, struct arena *a, void *arg)
{
	const struct setting *s = arg;
	str days[7];
	TRY(office_hours_save(c, a, s->agency, s->from, s->hours, s->by.identifier, s->now));
	for (int i = MONDAY; i <= SUNDAY; i++)
		days[i] = office_hours_text(a, &s->hours[i]);
	str note = arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(day_iso(a, s->from)),
		STR_ARG(str_join(a, days, COUNT(days), S("; "))));
	return audit_put(
		c, a, s->now, s->by, S("calendar.hours"), s->agency.n ? s->agency : S("*"), note);
}

struct reading {
	struct out *o;
	VEC(struct field_error) faults;
};

static void fault(struct reading *g, str field, str message)
{
	*VEC_PUSH(g->o->a, &g->faults) = (struct field_error){ field, tr(g->o->language, message) };
}

static err read_agency(struct req *r, struct reading *g, struct setting *s)
{
	struct conn *c;
	struct agency agency;
	bool found = true;
	str code;
	TRY(text_clean(r->arena, str_trim(req_field(r, S("co-quan"))), &code));
	TRY(reader_of(r, &c));
	if (code.n)
		TRY(agency_find(c, r->arena, code, &agency, &found));
	if (!found)
		fault(g, S("co-quan"), TR("Không có cơ quan nào mang mã này"));
	s->agency = code.n && found ? agency.code : code;
	return NULL;
}

static void read_from(struct req *r, struct reading *g, struct setting *s)
{
	int64_t d, m, y;
	struct date date = { 0 };
	if (str_to_int(str_trim(req_field(r, S("tu-ngay"))), 1, 31, &d) &&
		str_to_int(str_trim(req_field(r, S("tu-thang"))), 1, 12, &m) &&
		str_to_int(str_trim(req_field(r, S("tu-nam"))), YEAR_LEAST, YEAR_MOST, &y))
		date = (struct date){ (int)y, (int)m, (int)d };
	if (date.year && date_valid(date))
		s->from = day_from(date.year, date.month, date.day);
	else
		fault(g, S("tu-ngay"), TR("Nhập một ngày có thật, từ năm 2015 đến 2099"));
}

static void read_week(struct req *r, struct reading *g, struct setting *s)
{
	size_t before = g->faults.n;
	for (size_t i = 0; i < COUNT(weekdays); i++) {
		str field = str_from(weekdays[i].field);
		if (!office_hours_parse(req_field(r, field), &s->hours[i]))
			fault(g, field, TR("Nhập giờ như 7:30-11:30, 13:30-17:00"));
	}
	if (g->faults.n == before && !office_hours_valid(s->hours))
		fault(g, str_from(weekdays[MONDAY].field),
			TR("Giờ phải theo thứ tự, không chồng nhau, và có ngày làm việc từ thứ Hai "
			   "đến thứ Sáu"));
}

err take_hours(struct req *r)
{
	struct out o = page_out(r);
	struct reading g = { .o = &o };
	struct setting s = { .by = admin_actor(r), .now = r->now };
	TRY(read_agency(r, &g, &s));
	read_from(r, &g, &s);
	read_week(r, &g, &s);
	if (g.faults.n)
		return reply_hours(r, 422, true, &(field_errors){ g.faults.items, g.faults.n });
	TRY(write_of(r, set_hours, &s));
	return reply_redirect(r, S("/quan-tri/lich/gio"));
}
