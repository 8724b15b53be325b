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

struct opt_int clock_shifted(struct arena *a, const struct calendar *k, const struct dossier *d,
			     instant now)
{
	(void)a;
	struct time_limit limit;
	if (!d->due_at.set || !d->paused_at.set || !limit_parse(d->limit_code, &limit))
		return d->due_at;
	instant due = d->due_at.value, paused = d->paused_at.value;
	if (limit.unit == LIMIT_HOURS) {
		int64_t left = calendar_minutes(k, paused, due);
		return (struct opt_int){ .set = true, .value = calendar_add_minutes(k, now, left) };
	}
	int left = calendar_count(k, day_of(paused), day_of(due));
	day moved = calendar_after(k, day_of(now), left > 0 ? left : 0);
	return (struct opt_int){ .set = true, .value = instant_at(moved, second_of_day(due)) };
}

int64_t clock_spent(const struct calendar *k, const struct dossier *d)
{
	if (!d->received_at.set || !d->finished_at.set)
		return 0;
	return calendar_minutes(k, d->received_at.value, d->finished_at.value);
}

day clock_intake(const struct calendar *k, instant now)
{
	day today = day_of(now);
	instant closes = calendar_closes(k, today);
	return calendar_works(k, today) && now < closes ? today : calendar_after(k, today, 1);
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
