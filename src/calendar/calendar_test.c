/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/parts.h"
#include "tests/tap.h"

#define AT(text) at(S(text))

static day at(str text)
{
	day d = 0;

	CHECK(day_parse(text, &d));
	return d;
}

static struct calendar *plain(struct arena *a, int from_year, int to_year)
{
	return calendar_new(
		a, day_from(from_year, 1, 1), day_from(to_year, 1, 1), NULL, 0, office_hours_usual);
}

static struct calendar *with(struct arena *a, int year, str lines)
{
	struct day_rule *rules = NULL;
	size_t n = 0;
	day first = day_from(year, 1, 1);

	CHECK(!calendar_parse(a, lines, &rules, &n));
	return calendar_new(a, first, first, rules, n, office_hours_usual);
}

/* The weekdays off of a year, as "01-01 02-16 …". */
static str days_off(struct arena *a, const struct calendar *c, int year)
{
	struct buf b = buf_in(a, KIB);

	for (day d = day_from(year, 1, 1); d <= day_from(year, 12, 31); d++) {
		struct date date = date_of(d);
		if (!is_weekend(d) && !calendar_works(c, d))
			buf_printf(&b, "%s%02d-%02d", b.n ? " " : "", date.month, date.day);
	}
	return buf_str(&b);
}

TEST("what the law fixes by itself, with compensation, before anything is decreed [CAL-1]")
{
	static const struct {
		int year;
		const char *off, *why;
	} years[] = {
		{ 2020, "01-01 01-24 01-27 01-28 01-29 01-30 04-02 04-30 05-01 09-02",
			"one national day under the old code; mùng 1 on a Saturday" },
		{ 2021, "01-01 02-11 02-12 02-15 02-16 02-17 04-21 04-30 05-03 09-02 09-03",
			"two days of Tết on a weekend; 3/9 makes the longer run" },
		{ 2022, "01-03 01-31 02-01 02-02 02-03 02-04 04-11 05-02 05-03 09-01 09-02",
			"30/4 and 1/5 on a weekend: two days in a row" },
		{ 2023, "01-02 01-23 01-24 01-25 01-26 01-27 05-01 05-02 05-03 09-01 09-04",
			"Hùng Kings on Saturday, 30/4 on Sunday, 1/5 on Monday" },
		{ 2025, "01-01 01-28 01-29 01-30 01-31 02-03 04-07 04-30 05-01 09-01 09-02",
			"no 24/11 yet" },
		{ 2026, "01-01 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 09-01 09-02 11-24",
			"Hùng Kings on a Sunday, 24/11 for the first time" },
		{ 2027, "01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24",
			"1/5 on a Saturday" },
	};
	ARENA a = arena_new();
	const struct calendar *c = plain(a, 2020, 2027);

	for (size_t i = 0; i < COUNT(years); i++)
		CHECK_STR(days_off(a, c, years[i].year), years[i].off);
}

TEST("a computed lunar day is a draft until it is confirmed, a fixed one is not [CAL-1, CAL-2]")
{
	ARENA a = arena_new();
	const struct calendar *c = plain(a, 2027, 2027);

	CHECK(calendar_rule(c, AT("2027-02-05"))->draft);
	CHECK(calendar_rule(c, AT("2027-04-16"))->draft);
	CHECK(calendar_rule(c, AT("2027-09-03"))->draft);
	CHECK(!calendar_rule(c, AT("2027-09-02"))->draft);
	CHECK(!calendar_rule(c, AT("2027-05-03"))->draft); /* compensates 1/5 */
	CHECK(calendar_rule(c, AT("2027-02-10"))->draft);  /* compensates Tết */
	c = with(a, 2027, S("2027-04-16\tstatutory\tconfirmed\tGiỗ Tổ Hùng Vương\tCông văn 1"));
	CHECK(!calendar_rule(c, AT("2027-04-16"))->draft);
	CHECK_STR(calendar_rule(c, AT("2027-04-16"))->source, "Công văn 1");
}

TEST("decreed days of Tết replace the computed ones, whichever they are [CAL-1]")
{
	ARENA a = arena_new();
	const struct calendar *c = with(a, 2025,
		S("2025-01-27\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2025-01-28\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2025-01-29\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2025-01-30\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2025-01-31\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2025-09-03\tstatutory\tconfirmed\tQuốc khánh\tTB\n"));

	CHECK_STR(days_off(a, c, 2025),
		"01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 09-02 09-03");
	CHECK(!calendar_rule(c, AT("2025-01-27"))->draft);
}

TEST("one decreed day of Tết does not take the computed ones with it [CAL-1]")
{
	ARENA a = arena_new();
	const struct calendar *c =
		with(a, 2027, S("2027-02-10\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"));

	/* Computed: 05/02 to 09/02, with compensation for the weekend. */
	for (day d = AT("2027-02-05"); d <= AT("2027-02-09"); d++)
		CHECK(!calendar_works(c, d) && calendar_rule(c, d)->draft);
	CHECK(!calendar_rule(c, AT("2027-02-10"))->draft);
	c = with(a, 2027,
		S("2027-02-04\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2027-02-05\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2027-02-06\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2027-02-07\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"
		  "2027-02-08\tstatutory\tconfirmed\tTết Nguyên đán\tTB\n"));
	CHECK(calendar_rule(c, AT("2027-02-04")) != NULL);
	CHECK(calendar_rule(c, AT("2027-02-09"))->kind == DAY_COMPENSATION);
}

TEST("earlier years have the holidays of their time [CAL-1]")
{
	ARENA a = arena_new();

	CHECK_STR(days_off(a, with(a, 2006, S("")), 2006),
		"01-02 01-30 01-31 02-01 02-02 05-01 05-02 09-04");
	CHECK(calendar_rule(with(a, 2007, S("")), AT("2007-04-26")) != NULL);
	CHECK(calendar_rule(with(a, 2006, S("")), AT("2006-04-07")) == NULL);
}

TEST("office hours are written as people read them, and read again [ERA-1]")
{
	static const char *const good[] = { "", "7:30-11:30", "7:30-11:30, 13:30-17:00" };
	static const char *const bad[] = { "x", "7:30", "7:30-", "7:30-11:30,",
		"7:00-8:00, 9:00-10:00, 11:00-12:00", "7-11" };
	ARENA a = arena_new();
	struct office_hours h;

	for (size_t i = 0; i < COUNT(good); i++) {
		CHECK(office_hours_parse(str_from(good[i]), &h));
		CHECK_STR(office_hours_text(a, &h), good[i]);
	}
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!office_hours_parse(str_from(bad[i]), &h));
	CHECK(office_hours_parse(S(" 07:30 - 11:30,13:30-17:00 "), &h));
	CHECK_STR(office_hours_text(a, &h), "7:30-11:30, 13:30-17:00");
}

TEST("a decreed compensation day takes the place of the computed one [CAL-1]")
{
	ARENA a = arena_new();
	const struct calendar *c =
		with(a, 2022, S("2022-05-04\tcompensation\tconfirmed\tNgày Chiến thắng\tCV\n"));

	/* 30/4 on Saturday is given 4/5; 1/5 on Sunday is still owed the next working day. */
	CHECK(calendar_works(c, AT("2022-05-03")));
	CHECK(!calendar_works(c, AT("2022-05-02")));
	CHECK(!calendar_works(c, AT("2022-05-04")));
}

TEST("compensation avoids a day that is off already by exchange [CAL-1]")
{
	ARENA a = arena_new();
	const struct calendar *c = with(a, 2022,
		S("2022-04-11\tswap-off\tconfirmed\tGiỗ Tổ Hùng Vương\tCV\n"
		  "2022-04-23\tswap-work\tconfirmed\tGiỗ Tổ Hùng Vương\tCV\n"));

	CHECK(!calendar_works(c, AT("2022-04-12")));
	CHECK(calendar_works(c, AT("2022-04-23")));
	CHECK_INT(calendar_rule(c, AT("2022-04-23"))->kind, DAY_SWAP_WORK);
}

TEST("24/11 is a day off from 2026 only, and its compensation is a draft [CAL-1]")
{
	ARENA a = arena_new();
	const struct calendar *c = plain(a, 2023, 2030);

	CHECK(calendar_works(c, AT("2025-11-24")));
	CHECK(!calendar_works(c, AT("2026-11-24")));
	CHECK_STR(calendar_rule(c, AT("2026-11-24"))->source, "Nghị quyết 28/2026/QH16, Điều 2");
	/* 2029: a Saturday */
	CHECK(!calendar_works(c, AT("2029-11-26")));
	CHECK(calendar_rule(c, AT("2029-11-26"))->draft);
}

TEST("a statutory day on a make-up Saturday stays off; a closure does too")
{
	ARENA a = arena_new();
	const struct calendar *c = with(a, 2022,
		S("2022-04-30\tswap-work\tconfirmed\tx\tx\n"
		  "2022-06-11\tswap-work\tconfirmed\tx\tx\n"
		  "2022-06-11\tclosure\tconfirmed\tMất điện\tx\tH99.01\n"
		  "2022-06-13\tclosure\tconfirmed\tMất điện\tx\tH99.01\n"));

	CHECK(!calendar_works(c, AT("2022-04-30")));
	CHECK(!calendar_works(c, AT("2022-06-11")));
	CHECK_INT(calendar_rule(c, AT("2022-06-11"))->kind, DAY_CLOSURE);
	CHECK(!calendar_works(c, AT("2022-06-13")));
}

TEST("working days are counted forwards, backwards and between")
{
	ARENA a = arena_new();
	const struct calendar *c = plain(a, 2026, 2026);
	day monday = AT("2026-11-23");

	CHECK_INT(calendar_after(c, monday, 0), monday);
	CHECK_INT(calendar_after(c, monday, 3), AT("2026-11-27"));
	CHECK_INT(calendar_after(c, AT("2026-11-28"), 0), AT("2026-11-30"));
	CHECK_INT(calendar_after(c, AT("2026-11-28"), 1), AT("2026-11-30"));
	CHECK_INT(calendar_before(c, AT("2026-11-25")), monday);
	CHECK_INT(calendar_count(c, monday, AT("2026-11-27")), 3);
	CHECK_INT(calendar_count(c, AT("2026-11-27"), monday), -3);
	CHECK_INT(calendar_count(c, monday, monday), 0);
}

TEST("office time between two moments leaves out lunch, nights and days off")
{
	ARENA a = arena_new();
	const struct calendar *c = plain(a, 2026, 2026);
	day monday = AT("2026-11-23"), wednesday = monday + 2;

	CHECK_INT(
		calendar_seconds(c, instant_at(monday, 9 * 3600), instant_at(wednesday, 8 * 3600)),
		(150 + 210 + 30) * 60);
	CHECK_INT(calendar_seconds(c, instant_at(wednesday, 0), instant_at(monday, 0)), 0);
}

TEST("a make-up Saturday has the hours of Friday, a Saturday morning its own")
{
	ARENA a = arena_new();
	struct day_rule *rules;
	size_t n;
	struct office_hours hours[7];
	day first = AT("2026-01-01");

	for (int i = 0; i < 7; i++)
		hours[i] = office_hours_usual[i];
	hours[SATURDAY] = (struct office_hours){ 1, { { 7 * 3600, 11 * 3600 } } };
	REQUIRE(!calendar_parse(a, S("2026-01-10\tswap-work\tdraft\tx\tx"), &rules, &n));
	const struct calendar *c = calendar_new(a, first, first, rules, n, hours);
	CHECK_INT(calendar_hours(c, AT("2026-01-10"))->span_n, 2);
	CHECK_INT(calendar_hours(c, AT("2026-01-17"))->span_n, 1);
	CHECK(calendar_works(c, AT("2026-01-17")));
	CHECK_INT(calendar_hours(c, AT("2026-01-18"))->span_n, 0);
}

TEST("office hours that overlap, run backwards or never open are not valid")
{
	struct office_hours h[7] = { 0 };

	CHECK(office_hours_valid(office_hours_usual));
	CHECK(!office_hours_valid(h));
	h[SUNDAY] = (struct office_hours){ 1, { { 0, 60 } } };
	CHECK(!office_hours_valid(h));
	h[MONDAY] = (struct office_hours){ 2, { { 0, 60 }, { 30, 90 } } };
	CHECK(!office_hours_valid(h));
	h[MONDAY] = (struct office_hours){ 1, { { 60, 60 } } };
	CHECK(!office_hours_valid(h));
	h[MONDAY] = (struct office_hours){ 1, { { 0, 86401 } } };
	CHECK(!office_hours_valid(h));
	h[MONDAY] = (struct office_hours){ 1, { { 0, 86400 } } };
	CHECK(office_hours_valid(h));
}

TEST("the rules of a year come in order, each once [CAL-1]")
{
	ARENA a = arena_new();
	const struct day_rule **rules;
	size_t n;

	calendar_year(plain(a, 2025, 2027), a, 2026, &rules, &n);
	CHECK_INT(n, 13); /* 12 days, one of them compensated */
	for (size_t i = 0; i < n; i++) {
		CHECK_INT(date_of((day)rules[i]->on_day).year, 2026);
		CHECK(i == 0 || rules[i - 1]->on_day < rules[i]->on_day);
	}
}

TEST("the shipped calendar marks what is not verified [CAL-1]")
{
	ARENA a = arena_new();
	struct day_rule *rules;
	size_t n;
	int drafts = 0;

	REQUIRE(!calendar_starter_rules(a, starter_files, &rules, &n));
	for (size_t i = 0; i < n; i++)
		if (rules[i].draft) {
			CHECK_INT(rules[i].kind, DAY_SWAP_WORK);
			drafts++;
		}
	CHECK_INT(drafts, 2);
}

TEST("a line of the calendar that cannot be understood is named")
{
	static const char *const wrong[] = {
		"2026-02-30\tstatutory\tconfirmed\tTết\tCV",
		"2026-02-03\tholiday\tconfirmed\tTết\tCV",
		"2026-02-03\tstatutory\tsure\tTết\tCV",
		"2026-02-03\tstatutory\tconfirmed\t\tCV",
		"2026-02-03\tstatutory\tconfirmed\tTết",
		"2026-02-03\tclosure\tconfirmed\tTết\tCV\tH99\tmore",
		"2026-02-03",
	};
	ARENA a = arena_new();
	struct day_rule *rules;
	size_t n;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		str text = arena_printf(a, "# a comment\r\n\n%s\r\n", wrong[i]);
		err e = calendar_parse(a, text, &rules, &n);
		REQUIRE(e);
		CHECK_INT(e->kind, ERR_INVALID);
		CHECK(str_starts(e->detail, S("line 3 ")));
	}
	err e = calendar_parse(a, S("2026-02-03\tstatutory\tconfirmed\t\xff\tCV"), &rules, &n);
	CHECK(e && e->kind == ERR_INVALID);
	REQUIRE(!calendar_parse(a, S(""), &rules, &n));
	CHECK_INT(n, 0);
}
