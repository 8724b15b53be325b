/* SPDX-License-Identifier: Apache-2.0 */
/* limit.c - the limits of the law as short codes and as words. */
#include "calendar/calendar.h"

#include <inttypes.h>

/* most: some 40 years. */
static const struct {
	str code;
	int64_t most;
	str text;
} units[] = {
	[LIMIT_HOURS] = { S("wh"), 10000, TRN("{n} giờ làm việc") },
	[LIMIT_WORKING_DAYS] = { S("wd"), 10000, TRN("{n} ngày làm việc") },
	[LIMIT_DAYS] = { S("d"), 10000, TRN("{n} ngày") },
	[LIMIT_WEEKS] = { S("w"), 2000, TRN("{n} tuần") },
	[LIMIT_MONTHS] = { S("m"), 480, TRN("{n} tháng") },
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
