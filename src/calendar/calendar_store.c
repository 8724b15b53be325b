/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_store.c - rows to rules and back. */
#include "calendar/calendar.sql.h"
#include "calendar/parts.h"

#include <string.h>

#define REACH 366 /* days to each side; a deadline that goes further widens the calendar */

struct day_row {
	int64_t id, on_day;
	str kind, title, source, agency;
	bool draft;
};
ROW_TYPE(day_row, struct day_row, COLUMN(struct day_row, id), COLUMN(struct day_row, on_day),
	COLUMN(struct day_row, kind), COLUMN(struct day_row, title), COLUMN(struct day_row, source),
	COLUMN(struct day_row, agency), COLUMN(struct day_row, draft));

struct hours_row {
	int64_t weekday, from_second, to_second;
};
ROW_TYPE(hours_row, struct hours_row, COLUMN(struct hours_row, weekday),
	COLUMN(struct hours_row, from_second), COLUMN(struct hours_row, to_second));

/* --- loading -------------------------------------------------------------- */

static err rule_of(struct arena *a, const struct day_row *row, struct day_rule *ret)
{
	*ret = (struct day_rule){ .id = row->id,
		.on_day = row->on_day,
		.title = row->title,
		.source = row->source,
		.agency = row->agency,
		.draft = row->draft };
	if (!day_kind_parse(row->kind, &ret->kind))
		return FAIL(
			a, INTERNAL, "calendar_day %lld has an unknown kind", (long long)row->id);
	return NULL;
}

static err list_rules(struct conn *c, struct arena *a, const struct sql *q,
	const struct value *args, rule_list *ret)
{
	LIST(struct day_row) rows = { 0 };

	TRY(db_list(c, a, q, args, &day_row, &rows.items, &rows.n));
	for (size_t i = 0; i < rows.n; i++)
		TRY(rule_of(a, &rows.items[i], VEC_PUSH(a, ret)));
	return NULL;
}

/* The week of this agency, else the common one, else the usual one. */
static err load_hours(
	struct conn *c, struct arena *a, str agency, day on, struct office_hours ret[7])
{
	const str agencies[] = { agency, S("") };
	LIST(struct hours_row) rows = { 0 };

	for (size_t i = 0; i < COUNT(agencies) && !rows.n; i++)
		TRY(DB_LIST(c, a, &rows, &hours_row,
			BIND(office_hours_on, .agency = V(agencies[i]), .on_day = V(on))));
	if (!rows.n) {
		memcpy(ret, office_hours_usual, sizeof office_hours_usual);
		return NULL;
	}
	memset(ret, 0, 7 * sizeof *ret);
	for (size_t i = 0; i < rows.n; i++) {
		const struct hours_row *row = &rows.items[i];
		struct office_hours *h = &ret[row->weekday];
		if (h->span_n == (int)COUNT(h->spans))
			return FAIL(a, INTERNAL, "more than two spans of office hours in a day");
		h->spans[h->span_n].from = (int)row->from_second;
		h->spans[h->span_n++].to = (int)row->to_second;
	}
	if (!office_hours_valid(ret))
		return FAIL(a, INTERNAL, "the office hours of '" STR_FMT "' overlap or are none",
			STR_ARG(agency));
	return NULL;
}

err calendar_load(struct conn *c, struct arena *a, str agency, day around, struct calendar **ret)
{
	rule_list rules = { 0 };
	struct office_hours hours[7];

	TRY(list_rules(c, a, BIND(calendar_days, .agency = V(agency)), &rules));
	TRY(load_hours(c, a, agency, around, hours));
	*ret = calendar_new(a, around - REACH, around + REACH, rules.items, rules.n, hours);
	return NULL;
}

err calendar_get(struct conn *c, struct arena *a, int64_t id, struct day_rule *ret)
{
	struct day_row row;

	TRY(db_one(c, a, BIND(calendar_day_by_id, .id = V(id)), &day_row, &row));
	return rule_of(a, &row, ret);
}

err calendar_of_units(
	struct conn *c, struct arena *a, day from, day to, struct day_rule **ret, size_t *ret_n)
{
	rule_list rules = { 0 };

	TRY(list_rules(c, a,
		BIND(calendar_days_of_units, .first = V((int64_t)from), .last = V((int64_t)to)),
		&rules));
	*ret = rules.items;
	*ret_n = rules.n;
	return NULL;
}

struct week_row {
	str agency;
	int64_t effective_from, weekday, from_second, to_second;
};
ROW_TYPE(week_row, struct week_row, COLUMN(struct week_row, agency),
	COLUMN(struct week_row, effective_from), COLUMN(struct week_row, weekday),
	COLUMN(struct week_row, from_second), COLUMN(struct week_row, to_second));

static void add_span(struct office_week *w, const struct week_row *row)
{
	struct office_hours *h = &w->hours[row->weekday];

	if (h->span_n == (int)COUNT(h->spans))
		return;
	h->spans[h->span_n].from = (int)row->from_second;
	h->spans[h->span_n++].to = (int)row->to_second;
}

err office_hours_list(struct conn *c, struct arena *a, struct office_week **ret, size_t *ret_n)
{
	LIST(struct week_row) rows = { 0 };
	VEC(struct office_week) weeks = { 0 };

	TRY(DB_LIST(c, a, &rows, &week_row, BIND(office_hours_all)));
	for (size_t i = 0; i < rows.n; i++) {
		const struct week_row *row = &rows.items[i];
		struct office_week *last = weeks.n ? &weeks.items[weeks.n - 1] : NULL;
		if (!last || !str_eq(last->agency, row->agency) ||
			last->effective_from != row->effective_from) {
			last = VEC_PUSH(a, &weeks);
			last->agency = row->agency;
			last->effective_from = row->effective_from;
		}
		add_span(last, row);
	}
	*ret = weeks.items;
	*ret_n = weeks.n;
	return NULL;
}

/* --- saving --------------------------------------------------------------- */

err calendar_save(struct conn *c, struct arena *a, const struct day_rule *r, str who, instant now)
{
	return db_do(c, a,
		BIND(calendar_day_save, .on_day = V(r->on_day), .kind = V(day_kind_word(r->kind)),
			.title = V(r->title), .source = V(r->source), .agency = V(r->agency),
			.draft = V(r->draft), .who = V(who), .now = V(now)));
}

err calendar_withdraw(struct conn *c, struct arena *a, int64_t id)
{
	int64_t gone;

	TRY(db_count_changed(c, a, BIND(calendar_day_delete, .id = V(id)), &gone));
	return gone ? NULL : FAIL(a, NOT_FOUND, "no such day is kept");
}

static err save_all(
	struct conn *c, struct arena *a, const struct day_rule *rules, size_t n, instant now)
{
	for (size_t i = 0; i < n; i++)
		TRY(calendar_save(c, a, &rules[i], S(""), now));
	return NULL;
}

err calendar_import(struct conn *c, struct arena *a, str text, instant now)
{
	struct day_rule *rules;
	size_t n;

	TRY(calendar_parse(a, text, &rules, &n));
	return save_all(c, a, rules, n, now);
}

struct starter {
	struct day_rule *rules;
	size_t n;
	instant now;
};

static err save_starter(struct conn *c, struct arena *a, void *arg)
{
	const struct starter *s = arg;
	return save_all(c, a, s->rules, s->n, s->now);
}

err calendar_import_starter(
	struct db *db, struct arena *a, const struct embedded *files, instant now)
{
	struct starter s = { .now = now };

	TRY(calendar_starter_rules(a, files, &s.rules, &s.n));
	return db_write(db, a, save_starter, &s);
}

err office_hours_save(struct conn *c, struct arena *a, str agency, day effective_from,
	const struct office_hours hours[7], str who, instant now)
{
	if (!office_hours_valid(hours))
		return FAIL(a, INVALID, "the office hours overlap or are none");
	TRY(db_do(c, a,
		BIND(office_hours_clear, .agency = V(agency),
			.effective_from = V(effective_from))));
	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
		for (int i = 0; i < hours[weekday].span_n; i++)
			TRY(db_do(c, a,
				BIND(office_hours_add, .agency = V(agency),
					.effective_from = V(effective_from), .weekday = V(weekday),
					.from_second = V(hours[weekday].spans[i].from),
					.to_second = V(hours[weekday].spans[i].to), .who = V(who),
					.now = V(now))));
	return NULL;
}
