/* SPDX-License-Identifier: Apache-2.0 */
/* holidays.c - the statutory days of a year as the law gives them, and what it leaves open (which
 * five days are lunar new year, which neighbour of 2/9) as a draft until it is decreed. */
#include "calendar/parts.h"

#define LABOUR_CODE "Bộ luật Lao động, Điều 112"
#define COMPENSATION "Bộ luật Lao động, Điều 111 khoản 3"
#define TET_TITLE TR("Tết Nguyên đán")
#define NATIONAL_DAY_TITLE TR("Quốc khánh")
#define TET_DAYS 5
#define FIVE_DAYS_FROM 2014 /* Labour Code 10/2012/QH13, in force from 01/05/2013; before it: */
#define FEWER_DAYS 4
#define HUNG_KINGS_FROM 2007        /* Law 84/2007/QH11 */
#define TET_REACH 7                 /* days around mùng 1 in which decreed days are Tết */
#define COMPENSATION_REACH 10       /* days within which a holiday is compensated */
#define TWO_NATIONAL_DAYS_FROM 2021 /* Labour Code 45/2019/QH14 */

static const struct day_rule *NULLABLE find(const rule_list *rules, int64_t on, enum day_kind kind)
{
	for (size_t i = 0; i < rules->n; i++)
		if (rules->items[i].on_day == on && rules->items[i].kind == kind)
			return &rules->items[i];
	return NULL;
}

/* Unless that day is decreed already. */
static void add(struct arena *a, rule_list *rules, struct day_rule rule)
{
	if (!find(rules, rule.on_day, rule.kind))
		*VEC_PUSH(a, rules) = rule;
}

/* --- days fixed by date --------------------------------------------------- */

static void add_fixed(struct arena *a, rule_list *rules, int year)
{
	const struct {
		int month, day, from_year;
		str title, source;
	} fixed[] = {
		{ 1, 1, 0, TR("Tết Dương lịch"), S(LABOUR_CODE) },
		{ 4, 30, 0, TR("Ngày Chiến thắng"), S(LABOUR_CODE) },
		{ 5, 1, 0, TR("Ngày Quốc tế lao động"), S(LABOUR_CODE) },
		{ 9, 2, 0, NATIONAL_DAY_TITLE, S(LABOUR_CODE) },
		{ 11, 24, 2026, TR("Ngày Văn hóa Việt Nam"), S("Nghị quyết 28/2026/QH16, Điều 2") },
	};

	for (size_t i = 0; i < COUNT(fixed); i++)
		if (year >= fixed[i].from_year)
			add(a, rules,
				(struct day_rule){
					.on_day = day_from(year, fixed[i].month, fixed[i].day),
					.title = fixed[i].title,
					.source = fixed[i].source });
}

/* --- lunar days ----------------------------------------------------------- */

static int decreed_between(const rule_list *rules, day from, day to)
{
	int n = 0;

	for (day d = from; d <= to; d++)
		n += find(rules, d, DAY_STATUTORY) != NULL;
	return n;
}

/* The last day of the old year and the first ones of the new, as most years are decreed. They stay
 * until as many are decreed as the law gives: one of them that is known is not all of them. */
static void add_lunar_new_year(struct arena *a, rule_list *rules, int year)
{
	int days = year < FIVE_DAYS_FROM ? FEWER_DAYS : TET_DAYS;
	day first = 0;

	lunar_to_day((struct lunar_date){ .year = year, .month = 1, .day = 1 }, &first);
	if (decreed_between(rules, first - TET_REACH, first + TET_REACH) >= days)
		return;
	for (int i = 0; i < days; i++)
		add(a, rules,
			(struct day_rule){ .on_day = first - 1 + i,
				.title = TET_TITLE,
				.source = S(LABOUR_CODE),
				.draft = true });
}

static void add_hung_kings(struct arena *a, rule_list *rules, int year)
{
	day on = 0;

	if (year < HUNG_KINGS_FROM)
		return;
	lunar_to_day((struct lunar_date){ .year = year, .month = 3, .day = 10 }, &on);
	add(a, rules,
		(struct day_rule){ .on_day = on,
			.title = TR("Giỗ Tổ Hùng Vương"),
			.source = S(LABOUR_CODE),
			.draft = true });
}

/* --- the neighbour of 2/9 ------------------------------------------------- */

/* Days off in a row around the two, compensation included. */
static int run_length(day first, day last)
{
	int owed = 0;

	for (day d = first; d <= last; d++)
		owed += is_weekend(d);
	while (is_weekend(first - 1))
		first--;
	for (; is_weekend(last + 1) || owed; last++)
		owed -= !is_weekend(last + 1);
	return last - first + 1;
}

static void add_national_neighbour(struct arena *a, rule_list *rules, int year)
{
	day on = day_from(year, 9, 2);

	if (year < TWO_NATIONAL_DAYS_FROM || find(rules, on - 1, DAY_STATUTORY) ||
		find(rules, on + 1, DAY_STATUTORY))
		return;
	bool after = run_length(on, on + 1) > run_length(on - 1, on);
	add(a, rules,
		(struct day_rule){ .on_day = after ? on + 1 : on - 1,
			.title = NATIONAL_DAY_TITLE,
			.source = S(LABOUR_CODE),
			.draft = true });
}

/* --- compensation --------------------------------------------------------- */

static bool is_free(const rule_list *rules, day d)
{
	return !is_weekend(d) && !find(rules, d, DAY_STATUTORY) &&
		!find(rules, d, DAY_COMPENSATION) && !find(rules, d, DAY_SWAP_OFF);
}

/* Takes the first decreed day soon after `on` that compensates for no other holiday yet. */
static bool take_decreed(const rule_list *rules, bool *taken, size_t n, day on)
{
	for (size_t i = 0; i < n; i++) {
		const struct day_rule *r = &rules->items[i];
		if (r->kind == DAY_COMPENSATION && !taken[i] && r->on_day > on &&
			r->on_day <= on + COMPENSATION_REACH) {
			taken[i] = true;
			return true;
		}
	}
	return false;
}

/* A holiday on a weekend gives the next working day; two that meet give two days in a row. That
 * 24/11, which is not in article 112, is compensated too has not been tried yet: a draft. */
static void add_compensation(struct arena *a, rule_list *rules, size_t decreed, day from, day to)
{
	bool *taken = arena_array(a, bool, decreed + 1);

	for (day on = from; on <= to; on++) {
		const struct day_rule *found =
			is_weekend(on) ? find(rules, on, DAY_STATUTORY) : NULL;
		if (!found || take_decreed(rules, taken, decreed, on))
			continue;
		day free_day = on + 1;
		while (!is_free(rules, free_day))
			free_day++;
		struct day_rule holiday = *found; /* the list may move */
		struct date date = date_of(on);
		bool outside_code = date.month == 11;
		*VEC_PUSH(a, rules) = (struct day_rule){ .on_day = free_day,
			.kind = DAY_COMPENSATION,
			.title = holiday.title,
			.source = S(COMPENSATION),
			.draft = holiday.draft || outside_code };
	}
}

void holidays_add(struct arena *a, rule_list *rules, int first_year, int last_year)
{
	size_t decreed = rules->n;

	for (int year = first_year; year <= last_year; year++) {
		add_lunar_new_year(a, rules, year);
		add_national_neighbour(a, rules, year);
		add_fixed(a, rules, year);
		add_hung_kings(a, rules, year);
	}
	add_compensation(
		a, rules, decreed, day_from(first_year, 1, 1), day_from(last_year, 12, 31));
}
