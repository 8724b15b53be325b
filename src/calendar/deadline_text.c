/* SPDX-License-Identifier: Apache-2.0 */
/* deadline_text.c - the steps of a deadline as sentences that a citizen can check. */
#include "calendar/calendar.h"

static str confirmed_text(struct arena *a, enum language l, const struct day_rule *r, str text)
{
	return r->draft ? FILL(a, l, TR("{reason} (dự kiến)"), S("reason"), text) : text;
}

str day_rule_text(struct arena *a, enum language l, const struct day_rule *NULLABLE r)
{
	static const str kinds[] = {
		[DAY_STATUTORY] = TR("nghỉ {title}"),
		[DAY_COMPENSATION] = TR("nghỉ bù {title}"),
		[DAY_SWAP_OFF] = TR("nghỉ hoán đổi dịp {title}"),
		[DAY_CLOSURE] = TR("cơ quan không làm việc: {title}"),
		[DAY_SWAP_WORK] = TR("làm bù dịp {title}"),
	};

	if (!r)
		return tr(l, TR("nghỉ hằng tuần"));
	return confirmed_text(a, l, r, FILL(a, l, kinds[r->kind], S("title"), tr(l, r->title)));
}

/* "3 giờ 30 phút"; what is nought is left out. */
static str duration_text(struct arena *a, enum language l, int64_t seconds)
{
	const struct {
		int64_t n;
		str text;
	} parts[] = {
		{ seconds / 3600, TR("{n} giờ") },
		{ seconds / 60 % 60, TR("{n} phút") },
		{ seconds % 60, TR("{n} giây") },
	};
	str shown[COUNT(parts)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT(parts); i++)
		if (parts[i].n)
			shown[n++] =
				FILL(a, l, parts[i].text, S("n"), number_text(a, l, parts[i].n));
	return str_join(a, shown, n, S(" "));
}

static str counted_text(struct arena *a, enum language l, const struct deadline_step *s)
{
	static const str units[] = {
		[LIMIT_WORKING_DAYS] = TR("Ngày làm việc thứ {n}: {day}."),
		[LIMIT_DAYS] = TR("Ngày thứ {n}: {day}."),
		[LIMIT_WEEKS] = TR("Đủ {n} tuần: {day}."),
		[LIMIT_MONTHS] = TR("Đủ {n} tháng: {day}."),
	};
	str text = day_long_text(a, l, s->on);

	if (s->rule)
		text = FILL(a, l, TR("{day}, {reason}"), S("day"), text, S("reason"),
			day_rule_text(a, l, s->rule));
	return FILL(a, l, units[s->unit], S("n"), number_text(a, l, s->amount), S("day"), text);
}

/* What is left when the clock goes on. */
static str rest_text(struct arena *a, enum language l, const struct deadline_step *s)
{
	if (s->unit == LIMIT_HOURS)
		return duration_text(a, l, s->amount);
	return tr_n(a, l,
		s->unit == LIMIT_WORKING_DAYS ? TRN("{n} ngày làm việc") : TRN("{n} ngày"),
		s->amount);
}

str deadline_step_text(struct arena *a, enum language l, const struct deadline_step *s)
{
	static const str sentences[] = {
		[STEP_RECEIVED] = TR("Tiếp nhận lúc {moment}."),
		[STEP_MOVED_START] = TR("Ngoài giờ làm việc: tính từ {moment}."),
		[STEP_AFTER_CUT_OFF] = TR("Nhận sau {time}: tính như nhận vào {day}."),
		[STEP_LAST_HOUR] =
			TR("Nhận trong giờ làm việc cuối của ngày: tính như nhận vào {day}."),
		[STEP_FIRST_DAY_OUT] = TR("Không tính ngày đầu, {day}."),
		[STEP_SKIPPED] = TR("Không tính {day}: {reason}."),
		[STEP_ROLLED] = TR(
			"Ngày cuối rơi vào {day}, {reason}: chuyển sang ngày làm việc tiếp theo."),
		[STEP_HOURS] = TR("Tính {duration} trong {day}."),
		[STEP_DUE] = TR("Hạn trả kết quả: {moment}."),
		[STEP_PAUSED] = TR("Tạm dừng tính lúc {moment}, chờ người nộp."),
		[STEP_RESTARTED] = TR("Đã đủ lúc {moment}: tính lại từ đầu."),
		[STEP_RESUMED] = TR("Tính tiếp từ {day}: còn {rest}."),
		[STEP_KEPT] = TR("Lịch làm việc thay đổi sau khi hẹn: giữ hạn đã hẹn, {moment}."),
	};
	bool is_moment = s->kind == STEP_RECEIVED || s->kind == STEP_MOVED_START ||
		s->kind == STEP_DUE || s->kind == STEP_PAUSED || s->kind == STEP_RESTARTED ||
		s->kind == STEP_KEPT;
	instant at =
		instant_at(s->on, is_moment || s->kind == STEP_AFTER_CUT_OFF ? (int)s->amount : 0);

	if (s->kind == STEP_COUNTED)
		return counted_text(a, l, s);
	/* clang-format off */
	return FILL(a, l, sentences[s->kind],
		S("moment"), moment_long_text(a, l, at),
		S("time"), time_text(a, l, at),
		S("day"), day_long_text(a, l, s->on),
		S("reason"), day_rule_text(a, l, s->rule),
		S("duration"), duration_text(a, l, s->kind == STEP_HOURS ? s->amount : 0),
		S("rest"), rest_text(a, l, s));
	/* clang-format on */
}
