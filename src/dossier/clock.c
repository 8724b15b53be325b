/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/clock.h"

struct opt_int clock_due(struct arena *a, const struct calendar *k, const struct dossier *d,
	const struct procedure *p, instant from)
{
	struct time_limit limit;
	if (!limit_parse(d->limit_code, &limit))
		return (struct opt_int){ 0 };
	struct deadline due = deadline_compute(a, k, from, limit, &p->deadline_rules);
	return (struct opt_int){ .set = true, .value = due.due };
}

static instant closing(const struct calendar *k, day working)
{
	const struct office_hours *h = calendar_hours(k, working);
	return instant_at(working, h->spans[h->span_n - 1].to);
}

struct opt_int clock_shifted(const struct calendar *k, const struct dossier *d, instant now)
{
	struct time_limit limit;
	if (!d->due_at.set || !d->paused_at.set || !limit_parse(d->limit_code, &limit))
		return d->due_at;
	instant due = d->due_at.value, paused = d->paused_at.value, moved;
	if (paused >= due)
		return d->due_at; /* a pause does not heal what was late before it */
	if (limit.unit == LIMIT_HOURS) {
		moved = calendar_add_seconds(k, now, calendar_seconds(k, paused, due));
	} else {
		day last = limit.unit == LIMIT_WORKING_DAYS
			? calendar_after(
				  k, day_of(now), calendar_count(k, day_of(paused), day_of(due)))
			: calendar_after(k, day_of(due) + day_of(now) - day_of(paused), 0);
		moved = closing(k, last);
		if (moved <= now)
			moved = closing(k, calendar_after(k, last, 1));
	}
	return (struct opt_int){ .set = true, .value = moved };
}

int64_t clock_spent(const struct calendar *k, const struct dossier *d)
{
	if (!d->received_at.set || !d->finished_at.set)
		return 0;
	return calendar_seconds(k, d->received_at.value, d->finished_at.value) / 60;
}

day clock_intake(const struct calendar *k, instant now)
{
	day today = day_of(now);
	const struct office_hours *h = calendar_hours(k, today);
	bool open = h->span_n > 0 && second_of_day(now) < h->spans[h->span_n - 1].to;
	return open ? today : calendar_after(k, today, 1);
}

err dossier_clock(struct conn *c, struct arena *a, const struct dossier *d, struct deadline *ret)
{
	struct time_limit limit;
	*ret = (struct deadline){ 0 };
	if (!d->clock_from.set || !limit_parse(d->limit_code, &limit))
		return NULL;
	struct procedure p;
	struct calendar *k;
	TRY(procedure_version(c, a, d->version_id, &p));
	TRY(calendar_load(c, a, d->agency, day_of(d->clock_from.value), &k));
	*ret = deadline_compute(a, k, d->clock_from.value, limit, &p.deadline_rules);
	if (d->due_at.set && d->due_at.value != ret->due)
		ret->due = d->due_at.value; /* moved by a pause for a fee or a supplement */
	return NULL;
}
