/* SPDX-License-Identifier: Apache-2.0 */
/* calendar.c - one bit a day says whether it is worked; the sorted rules say why. */
#include "calendar/parts.h"

#include <stdlib.h>
#include <string.h>

#define DAY_SECONDS 86400
/* 07:30-11:30, 13:30-17:00 */
#define OFFICE_DAY                                         \
	{                                                  \
		2,                                         \
		{                                          \
			{ 27000, 41400 }, { 48600, 61200 } \
		}                                          \
	}

const struct office_hours office_hours_usual[7] = {
	[MONDAY] = OFFICE_DAY,
	[TUESDAY] = OFFICE_DAY,
	[WEDNESDAY] = OFFICE_DAY,
	[THURSDAY] = OFFICE_DAY,
	[FRIDAY] = OFFICE_DAY,
};
static const struct office_hours closed = { 0 };

struct calendar {
	day from, to;    /* whole years */
	uint64_t *works; /* a bit for each day from `from` on */
	rule_list rules; /* sorted: the first of a day decides about it */
	const struct day_rule *given;
	size_t given_n;
	struct office_hours hours[7];
};

bool office_hours_valid(const struct office_hours hours[7])
{
	bool open = false;

	for (int weekday = MONDAY; weekday <= SUNDAY; weekday++) {
		const struct office_hours *h = &hours[weekday];
		int before = 0;
		if (h->span_n < 0 || h->span_n > (int)COUNT(h->spans))
			return false;
		for (int i = 0; i < h->span_n; i++) {
			if (h->spans[i].from < before || h->spans[i].to <= h->spans[i].from ||
				h->spans[i].to > DAY_SECONDS)
				return false;
			before = h->spans[i].to;
		}
		open |= weekday <= FRIDAY && h->span_n;
	}
	return open;
}

/* --- building ------------------------------------------------------------- */

static int compare_rules(const void *left, const void *right)
{
	const struct day_rule *l = left, *r = right;

	if (l->on_day != r->on_day)
		return l->on_day < r->on_day ? -1 : 1;
	if (l->kind != r->kind)
		return l->kind < r->kind ? -1 : 1;
	return l->draft - r->draft;
}

static void set_works(struct calendar *c, day d, bool works)
{
	uint64_t bit = (uint64_t)1 << ((d - c->from) % 64), *word = &c->works[(d - c->from) / 64];

	*word = works ? *word | bit : *word & ~bit;
}

static bool open_on_weekday(const struct calendar *c, day d)
{
	return c->hours[weekday_of(d)].span_n > 0;
}

struct calendar *calendar_new(struct arena *a, day from, day to, const struct day_rule *rules,
	size_t n, const struct office_hours hours[7])
{
	assert(from <= to && office_hours_valid(hours));
	int first_year = date_of(from).year, last_year = date_of(to).year;
	struct calendar *c = arena_make(a, struct calendar);

	*c = (struct calendar){ .from = day_from(first_year, 1, 1),
		.to = day_from(last_year, 12, 31),
		.given = rules,
		.given_n = n };
	memcpy(c->hours, hours, sizeof c->hours);
	for (size_t i = 0; i < n; i++)
		*VEC_PUSH(a, &c->rules) = rules[i];
	holidays_add(a, &c->rules, first_year, last_year);
	qsort(c->rules.items, c->rules.n, sizeof *c->rules.items, compare_rules);

	c->works = arena_array(a, uint64_t, (size_t)(c->to - c->from) / 64 + 1);
	for (day d = c->from; d <= c->to; d++)
		set_works(c, d, open_on_weekday(c, d));
	/* From the last to the first, so that the one that decides is heard last. */
	for (size_t i = c->rules.n; i-- > 0;) {
		const struct day_rule *r = &c->rules.items[i];
		if (r->on_day >= c->from && r->on_day <= c->to)
			set_works(c, (day)r->on_day, r->kind == DAY_SWAP_WORK);
	}
	return c;
}

const struct calendar *calendar_covering(
	struct arena *a, const struct calendar *c, day from, day to)
{
	if (from >= c->from && to <= c->to)
		return c;
	if (from > c->from)
		from = c->from;
	if (to < c->to)
		to = c->to;
	return calendar_new(a, from, to, c->given, c->given_n, c->hours);
}

/* --- single days ---------------------------------------------------------- */

bool calendar_works(const struct calendar *c, day d)
{
	if (d < c->from || d > c->to)
		return open_on_weekday(c, d);
	return c->works[(d - c->from) / 64] >> ((d - c->from) % 64) & 1;
}

/* The first rule on d or later. */
static size_t first_rule(const struct calendar *c, day d)
{
	size_t low = 0, high = c->rules.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->rules.items[middle].on_day < d)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct day_rule *NULLABLE calendar_rule(const struct calendar *c, day d)
{
	size_t i = first_rule(c, d);

	if (d < c->from || d > c->to || i == c->rules.n || c->rules.items[i].on_day != d)
		return NULL;
	return &c->rules.items[i];
}

const struct office_hours *calendar_hours(const struct calendar *c, day d)
{
	const struct day_rule *r;
	int weekday = weekday_of(d);

	if (!calendar_works(c, d))
		return &closed;
	r = calendar_rule(c, d);
	if (r && r->kind == DAY_SWAP_WORK)
		while (weekday > FRIDAY || !c->hours[weekday].span_n)
			weekday = (weekday + 6) % 7;
	return &c->hours[weekday];
}

instant calendar_closing(const struct calendar *c, day working)
{
	const struct office_hours *h = calendar_hours(c, working);
	return instant_at(working, h->spans[h->span_n - 1].to);
}

/* --- counting ------------------------------------------------------------- */

day calendar_after(const struct calendar *c, day d, int n)
{
	while (n == 0 && !calendar_works(c, d))
		d++;
	while (n > 0)
		n -= calendar_works(c, ++d);
	return d;
}

day calendar_before(const struct calendar *c, day d)
{
	do
		d--;
	while (!calendar_works(c, d));
	return d;
}

int calendar_count(const struct calendar *c, day from, day to)
{
	int n = 0;

	if (to < from)
		return -calendar_count(c, to, from);
	for (day d = from + 1; d <= to; d++)
		n += calendar_works(c, d);
	return n;
}

/* Office time of a day inside [from, to), seconds of that day. */
static int64_t seconds_within(const struct office_hours *h, int from, int to)
{
	int64_t sum = 0;

	for (int i = 0; i < h->span_n; i++) {
		int opens = h->spans[i].from > from ? h->spans[i].from : from;
		int closes = h->spans[i].to < to ? h->spans[i].to : to;
		sum += closes > opens ? closes - opens : 0;
	}
	return sum;
}

int64_t calendar_seconds(const struct calendar *c, instant from, instant to)
{
	day first = day_of(from), last = day_of(to);
	int64_t sum = 0;

	for (day d = first; d <= last; d++)
		sum += seconds_within(calendar_hours(c, d), d == first ? second_of_day(from) : 0,
			d == last ? second_of_day(to) : DAY_SECONDS);
	return sum;
}

instant calendar_add_seconds(const struct calendar *c, instant from, int64_t seconds)
{
	for (day on = day_of(from);; on++) {
		const struct office_hours *h = calendar_hours(c, on);
		for (int i = 0; i < h->span_n; i++) {
			instant opens = instant_at(on, h->spans[i].from);
			instant closes = instant_at(on, h->spans[i].to);
			instant begins = from > opens ? from : opens;
			if (begins >= closes)
				continue;
			int64_t open_seconds = (closes - begins) / INSTANT_SECOND;
			if (seconds <= open_seconds)
				return begins + seconds * INSTANT_SECOND;
			seconds -= open_seconds;
		}
	}
}

void calendar_year(const struct calendar *c, struct arena *a, int year,
	const struct day_rule ***ret, size_t *ret_n)
{
	VEC(const struct day_rule *) found = { 0 };
	day last = day_from(year, 12, 31);

	for (size_t i = first_rule(c, day_from(year, 1, 1));
		i < c->rules.n && c->rules.items[i].on_day <= last; i++)
		*VEC_PUSH(a, &found) = &c->rules.items[i];
	*ret = found.items;
	*ret_n = found.n;
}
