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

static err load_rules(struct conn *c, struct arena *a, str agency, rule_list *ret)
{
	LIST(struct day_row) rows = { 0 };

	TRY(DB_LIST(c, a, &rows, &day_row, BIND(calendar_days, .agency = V(agency))));
	for (size_t i = 0; i < rows.n; i++) {
		const struct day_row *row = &rows.items[i];
		struct day_rule rule = { .id = row->id,
			.on_day = row->on_day,
			.title = row->title,
			.source = row->source,
			.agency = row->agency,
			.draft = row->draft };
		if (!day_kind_parse(row->kind, &rule.kind))
			return FAIL(a, INTERNAL, "calendar_day %lld has an unknown kind",
				(long long)row->id);
		*VEC_PUSH(a, ret) = rule;
	}
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

	TRY(load_rules(c, a, agency, &rules));
	TRY(load_hours(c, a, agency, around, hours));
	*ret = calendar_new(a, around - REACH, around + REACH, rules.items, rules.n, hours);
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
