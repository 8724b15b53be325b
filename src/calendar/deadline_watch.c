/* SPDX-License-Identifier: Apache-2.0 */
/* deadline_watch.c - before and after a deadline: reminders, apology, and how it ended. */
#include "calendar/calendar.h"

day deadline_apology(const struct calendar *c, instant due)
{
	return calendar_before(c, day_of(due));
}

instant deadline_at_percent(const struct calendar *c, instant started, instant due, int percent)
{
	int64_t wanted = calendar_seconds(c, started, due) * percent / 100;

	for (day d = day_of(started); d <= day_of(due); d++) {
		instant opens = d == day_of(started) ? started : instant_at(d, 0);
		const struct office_hours *h = calendar_hours(c, d);
		for (int i = 0; i < h->span_n; i++) {
			instant from = instant_at(d, h->spans[i].from);
			instant to = instant_at(d, h->spans[i].to);
			if (from < opens)
				from = opens;
			if (to <= from)
				continue;
			if (from + wanted * INSTANT_SECOND <= to)
				return from + wanted * INSTANT_SECOND;
			wanted -= (to - from) / INSTANT_SECOND;
		}
	}
	return due;
}

enum timeliness deadline_timeliness(instant finished, instant original_due)
{
	if (finished > original_due)
		return FINISHED_LATE;
	return day_of(finished) < day_of(original_due) ? FINISHED_EARLY : FINISHED_ON_TIME;
}
