/* SPDX-License-Identifier: Apache-2.0 */
/* limit.c - the limits of the law as short codes, as words, and their sums. */
#include "calendar/calendar.h"

#include <inttypes.h>

#define HOURS_A_DAY 8

/* most: some 40 years. hours, days: what one unit weighs in working and in calendar time. */
static const struct {
	str code;
	int64_t most, hours, days;
	str text;
} units[] = {
	[LIMIT_HOURS] = { S("wh"), 10000, 1, 0, TRN("{n} giờ làm việc") },
	[LIMIT_WORKING_DAYS] = { S("wd"), 10000, HOURS_A_DAY, 0, TRN("{n} ngày làm việc") },
	[LIMIT_DAYS] = { S("d"), 10000, 0, 1, TRN("{n} ngày") },
	[LIMIT_WEEKS] = { S("w"), 2000, 0, 7, TRN("{n} tuần") },
	[LIMIT_MONTHS] = { S("m"), 480, 0, 30, TRN("{n} tháng") },
};

bool limit_parse(str s, struct time_limit *ret)
{
	size_t digits = 0;

	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	for (size_t i = 0; i < COUNT(units); i++) {
		int64_t least = i == LIMIT_WORKING_DAYS ? 0 : 1, amount;
		if (!str_eq(str_from_at(s, digits), units[i].code))
			continue;
		if (!str_to_int(str_part(s, 0, digits), least, units[i].most, &amount))
			return false;
		*ret = (struct time_limit){ amount, (enum limit_unit)i };
		return true;
	}
	return false;
}

str limit_code(struct arena *a, struct time_limit l)
{
	return arena_printf(a, "%" PRId64 STR_FMT, l.amount, STR_ARG(units[l.unit].code));
}

str limit_text(struct arena *a, enum language l, struct time_limit limit)
{
	if (limit.unit == LIMIT_WORKING_DAYS && limit.amount == 0)
		return tr(l, TR("trong ngày làm việc"));
	return tr_n(a, l, units[limit.unit].text, limit.amount);
}

bool limits_fit(struct time_limit whole, const struct time_limit *steps, size_t n)
{
	int64_t hours = whole.amount * units[whole.unit].hours;
	int64_t days = whole.amount * units[whole.unit].days;
	bool working = units[whole.unit].hours > 0;

	for (size_t i = 0; i < n; i++) {
		if ((units[steps[i].unit].hours > 0) != working)
			return false;
		hours -= steps[i].amount * units[steps[i].unit].hours;
		days -= steps[i].amount * units[steps[i].unit].days;
	}
	return hours >= 0 && days >= 0;
}
