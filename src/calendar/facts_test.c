/* SPDX-License-Identifier: Apache-2.0 */
/* facts_test.c - what is computed and shipped against the facts of the shared data, which are not
 * in this repository: MOTCUA_SHARED says where they are. */
#include "calendar/calendar.h"
#include "core/json.h"
#include "tests/tap.h"

#include <stdio.h>
#include <stdlib.h>

static bool shared_file(struct arena *a, const char *name, str *ret)
{
	const char *folder = getenv("MOTCUA_SHARED");
	str path = arena_printf(a, "%s/%s", folder ? folder : "../shared", name);
	FILE *f = fopen(str_z(a, path), "rb");
	struct buf b = buf_in(a, MIB);
	char part[4096];
	size_t n;

	if (!f)
		return false;
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&b, (str){ part, n });
	fclose(f);
	*ret = buf_str(&b);
	return true;
}

TEST("every anchor of the shared list is met [CAL-2]")
{
	ARENA a = arena_new();
	str line, text;
	int64_t year = 0;

	if (!shared_file(a, "data/codes/lunar_anchors.tsv", &text))
		SKIP("the shared data are not here");
	str_cut(text, '\n', &line, &text);
	while (str_trim(text).n) {
		str word, new_year, hung_kings;
		day first = 0, tenth = 0;
		str_cut(text, '\n', &line, &text);
		REQUIRE(str_cut(line, '\t', &word, &line));
		REQUIRE(str_cut(line, '\t', &new_year, &hung_kings));
		REQUIRE(str_to_int(word, 1900, 2199, &year));
		struct lunar_date l = { .year = (int)year, .month = 1, .day = 1 };
		CHECK(lunar_to_day(l, &first));
		l.month = 3;
		l.day = 10;
		CHECK(lunar_to_day(l, &tenth));
		CHECK_STR(day_iso(a, first), new_year);
		CHECK_STR(day_iso(a, tenth), str_trim(hung_kings));
	}
	CHECK_INT(year, 2050);
}

static bool lists(const struct json *list, str date)
{
	for (size_t i = 0; i < json_count(list); i++)
		if (str_eq(json_text(json_at(list, i)), date))
			return true;
	return false;
}

TEST("the days off and the make-up Saturdays of 2024 to 2026 are those that were kept [CAL-1]")
{
	ARENA a = arena_new();
	const struct json *facts;
	struct day_rule *rules;
	str text;
	size_t n;

	if (!shared_file(a, "data/codes/holidays.json", &text))
		SKIP("the shared data are not here");
	REQUIRE(!json_parse(a, text, &facts));
	REQUIRE(!calendar_starter_rules(a, starter_files, &rules, &n));
	day from = day_from(2024, 1, 1), to = day_from(2026, 12, 31);
	struct calendar *c = calendar_new(a, from, to, rules, n, office_hours_usual);
	for (day d = from; d <= to; d++) {
		str date = day_iso(a, d);
		const struct json *year = json_find(json_get(facts, "years"), str_part(date, 0, 4));
		bool off = lists(json_get(year, "off"), date);
		bool work = lists(json_get(year, "work"), date);
		bool weekend = weekday_of(d) >= SATURDAY;
		if (calendar_works(c, d) != ((!weekend && !off) || work))
			CHECK_STR(date, "a day that the facts have otherwise");
	}
}
