/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/parts.h"
#include "tests/tap.h"

#include <stdio.h>

/* The shipped calendar, usual hours. */
static struct calendar *shipped(struct arena *a, int from_year, int to_year)
{
	struct day_rule *rules = NULL;
	size_t n = 0;

	CHECK(!calendar_starter_rules(a, starter_files, &rules, &n));
	return calendar_new(a, day_from(from_year, 1, 1), day_from(to_year, 1, 1), rules, n,
		office_hours_usual);
}

static instant moment(const char *text)
{
	instant t = 0;

	CHECK(instant_parse(str_from(text), &t));
	return t;
}

static struct time_limit limit_of(const char *code)
{
	struct time_limit l = { 0 };

	CHECK(limit_parse(str_from(code), &l));
	return l;
}

struct example {
	const char *received, *limit, *due;
};

static void check_all(const struct example *examples, size_t n, const struct deadline_rules *rules)
{
	ARENA a = arena_new();
	const struct calendar *c = shipped(a, 2018, 2027);

	for (size_t i = 0; i < n; i++) {
		const struct example *e = &examples[i];
		struct deadline d =
			deadline_compute(a, c, moment(e->received), limit_of(e->limit), rules);
		if (!CHECK_STR(str_part(instant_iso(a, d.due), 0, 16), e->due))
			printf("#   received %s, limit %s\n", e->received, e->limit);
	}
}
#define CHECK_EXAMPLES(examples, rules) check_all((examples), COUNT(examples), (rules))

TEST("n working days end on the n-th working day after the receipt date [DL-1]")
{
	static const struct example examples[] = {
		{ "2026-11-23T09:00", "3wd", "2026-11-27T17:00" }, /* 24/11 is off */
		{ "2026-11-23T23:59", "3wd", "2026-11-27T17:00" },
		{ "2026-11-21T09:00", "1wd", "2026-11-23T17:00" }, /* a Saturday */
		{ "2026-11-24T09:00", "1wd", "2026-11-25T17:00" }, /* a holiday */
		{ "2026-02-13T09:00", "1wd", "2026-02-23T17:00" }, /* nine days of Tết */
		{ "2026-04-24T09:00", "1wd", "2026-04-28T17:00" }, /* 27/04 compensates */
		{ "2025-12-31T09:00", "1wd", "2026-01-05T17:00" }, /* 02/01 exchanged */
		{ "2026-01-09T09:00", "1wd", "2026-01-10T17:00" }, /* made up on Saturday */
		{ "2026-08-28T09:00", "1wd", "2026-09-03T17:00" },
		{ "2024-02-07T09:00", "1wd", "2024-02-15T17:00" },
	};

	CHECK_EXAMPLES(examples, &deadline_rules_usual);
}

TEST("n days end on date + n, or the next working day [DL-2]")
{
	static const struct example examples[] = {
		{ "2026-11-10T09:00", "3d", "2026-11-13T17:00" },
		{ "2026-11-10T09:00", "4d", "2026-11-16T17:00" },  /* a Saturday */
		{ "2026-10-25T09:00", "30d", "2026-11-25T17:00" }, /* 24/11 */
		{ "2026-02-06T09:00", "10d", "2026-02-23T17:00" }, /* 16/02, Tết */
	};

	CHECK_EXAMPLES(examples, &deadline_rules_usual);
}

TEST("weeks and months end on the corresponding day, or the last of the month [DL-2]")
{
	static const struct example examples[] = {
		{ "2026-11-09T09:00", "2w", "2026-11-23T17:00" },
		{ "2026-11-10T09:00", "2w", "2026-11-25T17:00" },
		{ "2024-01-31T09:00", "1m", "2024-02-29T17:00" },
		{ "2026-01-31T09:00", "1m", "2026-03-02T17:00" }, /* 28/02 is a Saturday */
		{ "2026-10-15T09:00", "3m", "2027-01-15T17:00" },
		{ "2023-12-31T09:00", "12m", "2024-12-31T17:00" },
	};

	CHECK_EXAMPLES(examples, &deadline_rules_usual);
}

TEST("working hours run inside office hours only [DL-3, ND118-17.1, ND118-17.2]")
{
	static const struct example examples[] = {
		{ "2026-11-23T09:00", "2wh", "2026-11-23T11:00" },
		{ "2026-11-23T09:00", "8wh", "2026-11-25T09:30" }, /* 2:30, 3:30, 2:00 */
		{ "2026-11-23T06:00", "4wh", "2026-11-23T11:30" },
		{ "2026-11-23T11:30", "1wh", "2026-11-23T14:30" },
		{ "2026-11-23T12:00", "1wh", "2026-11-23T14:30" },
		{ "2026-11-20T16:00", "2wh", "2026-11-23T08:30" },
		{ "2026-11-20T17:00", "1wh", "2026-11-23T08:30" },
		{ "2026-11-22T10:00", "1wh", "2026-11-23T08:30" },
		{ "2026-11-19T13:30", "11wh", "2026-11-20T17:00" },
		{ "2026-11-16T07:30", "58wh", "2026-11-26T15:00" },
	};
	ARENA a = arena_new();

	CHECK_EXAMPLES(examples, &deadline_rules_usual);
	struct deadline d = deadline_compute(a, shipped(a, 2026, 2026),
		moment("2026-11-23T09:00:20"), limit_of("3wh"), &deadline_rules_usual);
	CHECK_STR(instant_iso(a, d.due), "2026-11-23T14:00:20+07:00");
}

TEST("in-day procedures: after 15:00 the next working day, 15:00:00 itself is before "
     "[DL-4, ND61-18.2]")
{
	static const struct example examples[] = {
		{ "2026-11-23T07:00", "0wd", "2026-11-23T17:00" },
		{ "2026-11-23T15:00:00", "0wd", "2026-11-23T17:00" },
		{ "2026-11-23T15:00:01", "0wd", "2026-11-25T17:00" },
		{ "2026-11-20T17:30", "0wd", "2026-11-23T17:00" },
		{ "2026-11-21T09:00", "0wd", "2026-11-23T17:00" },
		{ "2026-11-24T09:00", "0wd", "2026-11-25T17:00" },
	};
	static const struct example earlier[] = {
		{ "2026-11-25T10:00", "0wd", "2026-11-25T17:00" },
		{ "2026-11-25T10:01", "0wd", "2026-11-26T17:00" },
		{ "2026-11-25T10:01", "1wd", "2026-11-26T17:00" }, /* not an in-day procedure */
	};

	CHECK_EXAMPLES(examples, &deadline_rules_usual);
	CHECK_EXAMPLES(earlier, &(struct deadline_rules){ .cut_off = 10 * 3600 });
}

TEST("received in the last office hour counts as received on the next working day [DL-5]")
{
	static const struct example examples[] = {
		{ "2026-11-25T15:59", "3wd", "2026-11-30T17:00" },
		{ "2026-11-25T16:00", "3wd", "2026-12-01T17:00" },
		{ "2026-11-25T18:00", "3wd", "2026-12-01T17:00" },
		{ "2026-11-27T16:30", "1wd", "2026-12-01T17:00" },
		{ "2026-11-28T09:00", "1wd", "2026-12-01T17:00" },
		{ "2026-11-23T16:30", "2wh", "2026-11-25T09:30" },
		{ "2026-11-25T16:30", "2d", "2026-11-30T17:00" },
	};

	struct deadline_rules rules = deadline_rules_usual;
	rules.last_hour = true;
	CHECK_EXAMPLES(examples, &rules);
}

TEST("on both sides of every change of the law the receipt day decides [ERA-3]")
{
	static const struct example examples[] = {
		{ "2018-05-31T09:00", "1wd", "2018-06-01T17:00" },
		{ "2018-06-01T09:00", "1wd", "2018-06-04T17:00" },
		{ "2022-09-14T09:00", "2wd", "2022-09-16T17:00" },
		{ "2022-09-15T09:00", "2wd", "2022-09-19T17:00" },
		{ "2025-06-30T09:00", "1wd", "2025-07-01T17:00" },
		{ "2025-07-01T09:00", "1wd", "2025-07-02T17:00" },
		{ "2025-11-21T09:00", "3wd", "2025-11-26T17:00" }, /* 24/11 is worked */
		{ "2026-01-23T09:00", "1wd", "2026-01-26T17:00" },
		{ "2026-01-26T09:00", "1wd", "2026-01-27T17:00" },
		{ "2026-06-30T09:00", "5wd", "2026-07-07T17:00" },
		{ "2026-07-01T09:00", "5wd", "2026-07-08T17:00" },
		{ "2026-11-20T09:00", "3wd", "2026-11-26T17:00" }, /* 24/11 is off */
	};

	CHECK_EXAMPLES(examples, &deadline_rules_usual);
}

TEST("a unit that opens on Saturday mornings works through them [DL-3]")
{
	ARENA a = arena_new();
	struct office_hours hours[7];
	for (int i = 0; i < 7; i++)
		hours[i] = office_hours_usual[i];
	hours[SATURDAY] = (struct office_hours){ 1, { { 27000, 41400 } } };
	const struct calendar *c =
		calendar_new(a, day_from(2026, 1, 1), day_from(2026, 1, 1), NULL, 0, hours);
	static const struct example examples[] = {
		{ "2026-11-27T16:00", "2wh", "2026-11-28T08:30" },
		{ "2026-11-27T16:00", "6wh", "2026-11-30T08:30" },
		{ "2026-11-27T09:00", "1wd", "2026-11-28T11:30" },
		{ "2026-11-28T14:00", "0wd", "2026-11-30T17:00" }, /* before 15:00, but closed */
	};

	for (size_t i = 0; i < COUNT(examples); i++) {
		struct deadline d = deadline_compute(a, c, moment(examples[i].received),
			limit_of(examples[i].limit), &deadline_rules_usual);
		CHECK_STR(str_part(instant_iso(a, d.due), 0, 16), examples[i].due);
	}
}

TEST("a deadline beyond the calendar widens it: its holidays count too")
{
	ARENA a = arena_new();
	struct deadline near = deadline_compute(a, shipped(a, 2026, 2026),
		moment("2026-12-31T09:00"), limit_of("700wd"), &deadline_rules_usual);
	struct deadline wide = deadline_compute(a, shipped(a, 2020, 2035),
		moment("2026-12-31T09:00"), limit_of("700wd"), &deadline_rules_usual);

	CHECK_INT(near.due, wide.due);
	near = deadline_compute(a, shipped(a, 2026, 2026), moment("2024-02-07T09:00"),
		limit_of("1wd"), &deadline_rules_usual);
	CHECK_STR(day_iso(a, day_of(near.due)), "2024-02-15");
	wide = deadline_compute(a, shipped(a, 2026, 2026), moment("2150-12-31T09:00"),
		limit_of("480m"), &deadline_rules_usual);
	CHECK_STR(day_iso(a, day_of(wide.due)), "2190-12-31");
}

TEST("a deadline that rests on an unconfirmed day says so [CAL-1, CAL-2]")
{
	ARENA a = arena_new();
	const struct calendar *c = shipped(a, 2026, 2027);
	static const struct {
		const char *received, *limit;
		bool draft;
	} examples[] = {
		{ "2026-11-23T09:00", "3wd", false }, /* 24/11 is the law */
		{ "2026-02-13T09:00", "1wd", false }, /* Tết 2026 is decreed */
		{ "2027-02-03T09:00", "3wd", true },  /* Tết 2027 is not */
		{ "2026-01-09T09:00", "1wd", true },  /* the make-up Saturday */
		{ "2027-04-15T09:00", "1d", true },
		{ "2027-04-15T09:00", "8d", false }, /* only passes over Hùng Kings */
		{ "2027-04-15T16:00", "2wh", true },
	};

	for (size_t i = 0; i < COUNT(examples); i++) {
		struct deadline d = deadline_compute(a, c, moment(examples[i].received),
			limit_of(examples[i].limit), &deadline_rules_usual);
		CHECK_INT(d.uses_draft, examples[i].draft);
	}
}

/* --- pauses --------------------------------------------------------------- */

struct paused {
	const char *received, *limit, *paused, *resumed, *due;
};

static bool ends_at_due(const struct deadline *d)
{
	const struct deadline_step *last = &d->steps.items[d->steps.n - 1];
	return d->due == instant_at(last->on, (int)last->amount);
}

static void check_pauses(const struct paused *pauses, size_t n, bool restart)
{
	ARENA a = arena_new();
	const struct calendar *c = shipped(a, 2026, 2026);

	for (size_t i = 0; i < n; i++) {
		const struct paused *p = &pauses[i];
		struct pause pause = { moment(p->paused), moment(p->resumed), restart };
		struct deadline d = deadline_resume(a, c, moment(p->received), &pause, 1,
			limit_of(p->limit), &deadline_rules_usual);
		CHECK(ends_at_due(&d));
		if (!CHECK_STR(str_part(instant_iso(a, d.due), 0, 16), p->due))
			printf("#   %s %s, %s to %s\n", p->received, p->limit, p->paused,
				p->resumed);
	}
}

TEST("after a supplement the clock restarts from zero [DL-6, ND61-19.4, ND118-17.4]")
{
	static const struct paused pauses[] = {
		{ "2026-11-02T09:00", "5wd", "2026-11-04T10:00", "2026-11-23T08:00",
			"2026-12-01T17:00" },
		{ "2026-11-02T09:00", "0wd", "2026-11-02T10:00", "2026-11-03T15:30",
			"2026-11-04T17:00" },
		{ "2026-11-02T09:00", "8wh", "2026-11-02T10:00", "2026-11-05T09:00",
			"2026-11-06T09:30" },
	};

	check_pauses(pauses, COUNT(pauses), true);
}

TEST("a procedure whose clock pauses keeps what was left [DL-6]")
{
	static const struct paused pauses[] = {
		/* Tue, Wed used; three left. */
		{ "2026-11-02T09:00", "5wd", "2026-11-04T10:00", "2026-11-09T08:00",
			"2026-11-12T17:00" },
		/* Paused on the last day: it is due on the day it goes on. */
		{ "2026-11-02T09:00", "2wd", "2026-11-04T10:00", "2026-11-09T08:00",
			"2026-11-09T17:00" },
		{ "2026-11-02T09:00", "2wd", "2026-11-04T10:00", "2026-11-09T17:30",
			"2026-11-10T17:00" },
		{ "2026-11-02T09:00", "2wd", "2026-11-04T10:00", "2026-11-08T17:30",
			"2026-11-09T17:00" },
		/* Five days of standstill. */
		{ "2026-11-02T09:00", "10d", "2026-11-04T10:00", "2026-11-09T08:00",
			"2026-11-17T17:00" },
		{ "2026-10-05T09:00", "1m", "2026-10-20T10:00", "2026-10-25T08:00",
			"2026-11-10T17:00" },
		/* The last day was a Saturday; paused on the Sunday after it. */
		{ "2026-11-03T09:00", "4d", "2026-11-08T10:00", "2026-11-12T08:00",
			"2026-11-12T17:00" },
		{ "2026-11-02T09:00", "8wh", "2026-11-02T10:30", "2026-11-05T09:00",
			"2026-11-06T08:00" },
		/* Its Saturday moved to Monday, and so does the Sunday a day later. */
		{ "2026-11-05T09:00", "30d", "2026-11-10T10:00", "2026-11-11T10:00",
			"2026-12-07T17:00" },
		/* Too late already: nothing is healed. */
		{ "2026-11-02T09:00", "1wd", "2026-11-04T10:00", "2026-11-09T08:00",
			"2026-11-03T17:00" },
	};

	check_pauses(pauses, COUNT(pauses), false);
}

static void check_steps(
	const struct deadline *d, enum language l, const char *const *texts, size_t n)
{
	ARENA a = arena_new();

	CHECK_INT(d->steps.n, n);
	for (size_t i = 0; i < n && i < d->steps.n; i++)
		CHECK_STR(deadline_step_text(a, l, &d->steps.items[i]), texts[i]);
}

TEST("pauses follow each other, for a fee or with a restart, and all of them are told [DL-6]")
{
	static const char *const texts[] = {
		"Tiếp nhận lúc 9 giờ 00, thứ Hai, 02/11/2026.",
		"Tạm dừng tính lúc 10 giờ 00, thứ Tư, 04/11/2026, chờ người nộp.",
		"Đã đủ lúc 9 giờ 00, thứ Năm, 05/11/2026: tính lại từ đầu.",
		"Tạm dừng tính lúc 9 giờ 00, thứ Sáu, 06/11/2026, chờ người nộp.",
		"Tính tiếp từ thứ Hai, 09/11/2026: còn 1 ngày làm việc.",
		"Tạm dừng tính lúc 10 giờ 00, thứ Hai, 09/11/2026, chờ người nộp.",
		"Tính tiếp từ thứ Tư, 11/11/2026: còn 1 ngày làm việc.",
		"Ngày làm việc thứ 2: thứ Năm, 12/11/2026.",
		"Hạn trả kết quả: 17 giờ 00, thứ Năm, 12/11/2026.",
	};
	ARENA a = arena_new();
	const struct pause pauses[] = {
		{ moment("2026-11-04T10:00"), moment("2026-11-05T09:00"), true },
		{ moment("2026-11-06T09:00"), moment("2026-11-09T09:00"), false },
		{ moment("2026-11-09T10:00"), moment("2026-11-11T09:00"), false },
		/* After the due moment: changes nothing. */
		{ moment("2026-11-13T10:00"), moment("2026-11-20T09:00"), false },
	};
	struct deadline d = deadline_resume(a, shipped(a, 2026, 2026), moment("2026-11-02T09:00"),
		pauses, COUNT(pauses), limit_of("2wd"), &deadline_rules_usual);

	check_steps(&d, VIETNAMESE, texts, COUNT(texts));
	d = deadline_keep(a, &d, moment("2026-11-13T17:00"));
	CHECK(ends_at_due(&d));
	CHECK_STR(deadline_step_text(a, VIETNAMESE, &d.steps.items[d.steps.n - 1]),
		"Lịch làm việc thay đổi sau khi hẹn: giữ hạn đã hẹn, 17 giờ 00, thứ Sáu, "
		"13/11/2026.");
}

TEST("steps that are kept as a text say the same when they are read again [DL-1]")
{
	static const char *const bad[] = { "", "{}", "{\"steps\":[]}", "{\"steps\":[{}]}",
		"{\"steps\":[{\"step\":\"due\",\"unit\":\"1x\"}]}",
		"{\"steps\":[{\"step\":\"due\",\"unit\":\"1d\",\"day\":\"x\"}]}" };
	ARENA a = arena_new();
	const struct pause pause = { moment("2027-02-03T10:00"), moment("2027-02-04T09:00"),
		false };
	struct deadline d = deadline_resume(a, shipped(a, 2026, 2027), moment("2027-02-01T09:00"),
		&pause, 1, limit_of("5wd"), &deadline_rules_usual);
	struct deadline again;

	CHECK(!deadline_read(a, deadline_text(a, &d), &again));
	CHECK_INT(again.due, d.due);
	CHECK_INT(again.uses_draft, d.uses_draft);
	CHECK(d.uses_draft);
	CHECK_INT(again.steps.n, d.steps.n);
	for (size_t i = 0; i < d.steps.n && i < again.steps.n; i++)
		CHECK_STR(deadline_step_text(a, ENGLISH, &again.steps.items[i]),
			str_z(a, deadline_step_text(a, ENGLISH, &d.steps.items[i])));
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(deadline_read(a, str_from(bad[i]), &again) != NULL);
}

/* --- limits and sentences ------------------------------------------------- */

TEST("limits are read from their codes, and absurd ones refused")
{
	static const char *const good[] = { "8wh", "0wd", "3wd", "10000d", "2w", "480m" };
	static const char *const bad[] = { "", "wd", "3", "3x", "-1wd", "+1wd", "0d", "0wh",
		"10001d", "2001w", "481m", "3 wd", "3WD", "3wdd", "1.5d", "99999999999999999999d" };
	ARENA a = arena_new();
	struct time_limit l = { 77, LIMIT_DAYS };

	for (size_t i = 0; i < COUNT(bad); i++)
		if (!CHECK(!limit_parse(str_from(bad[i]), &l)))
			printf("#   %s\n", bad[i]);
	CHECK_INT(l.amount, 77);
	for (size_t i = 0; i < COUNT(good); i++) {
		REQUIRE(limit_parse(str_from(good[i]), &l));
		CHECK_STR(limit_code(a, l), good[i]);
	}
	CHECK_STR(limit_text(a, VIETNAMESE, limit_of("3wd")), "3 ngày làm việc");
	CHECK_STR(limit_text(a, ENGLISH, limit_of("1wd")), "1 working day");
	CHECK_STR(limit_text(a, ENGLISH, limit_of("0wd")), "within the working day");
}

TEST("every step is a sentence in Vietnamese and in English [DL-1]")
{
	static const char *const vietnamese[] = {
		"Tiếp nhận lúc 9 giờ 00, thứ Hai, 23/11/2026.",
		"Không tính ngày đầu, thứ Hai, 23/11/2026.",
		"Không tính thứ Ba, 24/11/2026: nghỉ Ngày Văn hóa Việt Nam.",
		"Ngày làm việc thứ 1: thứ Tư, 25/11/2026.",
		"Ngày làm việc thứ 2: thứ Năm, 26/11/2026.",
		"Ngày làm việc thứ 3: thứ Sáu, 27/11/2026.",
		"Hạn trả kết quả: 17 giờ 00, thứ Sáu, 27/11/2026.",
	};
	static const char *const english[] = {
		"Received at 9:00, Monday, 23/11/2026.",
		"The first day, Monday, 23/11/2026, is not counted.",
		"Not counted, Tuesday, 24/11/2026: Vietnamese Culture Day.",
		"Working day 1: Wednesday, 25/11/2026.",
		"Working day 2: Thursday, 26/11/2026.",
		"Working day 3: Friday, 27/11/2026.",
		"Result due: 17:00, Friday, 27/11/2026.",
	};
	ARENA a = arena_new();
	struct deadline d = deadline_compute(a, shipped(a, 2026, 2026), moment("2026-11-23T09:00"),
		limit_of("3wd"), &deadline_rules_usual);

	check_steps(&d, VIETNAMESE, vietnamese, COUNT(vietnamese));
	check_steps(&d, ENGLISH, english, COUNT(english));
}

TEST("hours, moved starts, drafts and pauses are told as they were counted [DL-3, DL-6]")
{
	static const char *const hours[] = {
		"Tiếp nhận lúc 6 giờ 00, thứ Sáu, 09/01/2026.",
		"Ngoài giờ làm việc: tính từ 7 giờ 30, thứ Sáu, 09/01/2026.",
		"Tính 7 giờ 30 phút trong thứ Sáu, 09/01/2026.",
		"Tính 30 phút trong thứ Bảy, 10/01/2026.",
		"Hạn trả kết quả: 8 giờ 00, thứ Bảy, 10/01/2026.",
	};
	static const char *const pause[] = {
		"Tiếp nhận lúc 9 giờ 00, thứ Tư, 07/01/2026.",
		"Tạm dừng tính lúc 10 giờ 00, thứ Năm, 08/01/2026, chờ người nộp.",
		"Tính tiếp từ thứ Sáu, 09/01/2026: còn 1 ngày làm việc.",
		"Ngày làm việc thứ 2: thứ Bảy, 10/01/2026, làm bù dịp Tết Dương lịch (dự kiến).",
		"Hạn trả kết quả: 17 giờ 00, thứ Bảy, 10/01/2026.",
	};
	ARENA a = arena_new();
	const struct calendar *c = shipped(a, 2026, 2026);
	struct deadline d = deadline_compute(
		a, c, moment("2026-01-09T06:00"), limit_of("8wh"), &deadline_rules_usual);

	check_steps(&d, VIETNAMESE, hours, COUNT(hours));
	struct pause once = { moment("2026-01-08T10:00"), moment("2026-01-09T08:00"), false };
	d = deadline_resume(
		a, c, moment("2026-01-07T09:00"), &once, 1, limit_of("2wd"), &deadline_rules_usual);
	check_steps(&d, VIETNAMESE, pause, COUNT(pause));
}
