/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/clock.h"
#include "dossier/dossier.sql.h"
#include "dossier/flow.h"
#include "dossier/records.h"

bool clock_start(struct arena *a, const struct calendar *k, const struct dossier *d,
	const struct procedure *p, instant from, struct deadline *ret)
{
	struct time_limit limit;
	if (!limit_parse(d->limit_code, &limit))
		return false;
	*ret = deadline_compute(a, k, from, limit, &p->deadline_rules);
	return true;
}

bool clock_resume(struct arena *a, const struct calendar *k, const struct dossier *d,
	const struct procedure *p, const struct pause *pauses, size_t n, struct deadline *ret)
{
	struct time_limit limit;
	const struct pause *last = &pauses[n - 1];
	if (!d->received_at.set || !d->due_at.set || !limit_parse(d->limit_code, &limit))
		return false;
	if (!last->restart && last->from >= d->due_at.value)
		return false;
	*ret = deadline_resume(a, k, d->received_at.value, pauses, n, limit, &p->deadline_rules);
	if (!last->restart && ret->due < d->due_at.value)
		*ret = deadline_keep(a, ret, d->due_at.value);
	return true;
}

err clock_pauses(struct conn *c, struct arena *a, const struct dossier *d, bool restart_now,
	const struct procedure *p, instant now, struct pause **ret, size_t *ret_n)
{
	struct dossier_event *events;
	struct pause *pauses;
	size_t n, kept = 0;
	instant from = 0;
	TRY(dossier_events(c, a, d->id, &events, &n));
	pauses = arena_array(a, struct pause, n + 1);
	for (size_t i = 0; i < n; i++) {
		enum dossier_act act;
		if (!act_of_code(events[i].act, &act))
			continue;
		if (act == ACT_RECEIVE)
			kept = 0; /* what was asked for at intake stopped no clock */
		else if (act == ACT_ASK || act == ACT_ASK_FEE)
			from = events[i].at;
		else if (act == ACT_RESUME || act == ACT_CONFIRM_FEE)
			pauses[kept++] = (struct pause){ from, events[i].at,
				act == ACT_RESUME && p->restart };
	}
	pauses[kept++] = (struct pause){ d->paused_at.value, now, restart_now };
	*ret = pauses;
	*ret_n = kept;
	return NULL;
}

err clock_promise(
	struct conn *c, struct arena *a, const struct dossier *d, const struct deadline *due)
{
	return db_do(c, a,
		BIND(dossier_promise_put, .dossier = V(d->id), .steps = V(deadline_text(a, due))));
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

struct promise {
	str steps;
};
ROW_TYPE(promise_row, struct promise, COLUMN(struct promise, steps));

/* Of a dossier from before promises were kept: today's count when it comes to the same moment, else
 * the moment alone. */
static err recount(struct conn *c, struct arena *a, const struct dossier *d, struct deadline *ret)
{
	struct procedure p;
	struct calendar *k;
	TRY(procedure_version(c, a, d->version_id, &p));
	TRY(calendar_load(c, a, d->agency, day_of(d->clock_from.value), &k));
	if (clock_start(a, k, d, &p, d->clock_from.value, ret) && ret->due == d->due_at.value)
		return NULL;
	struct deadline_step *only = arena_make(a, struct deadline_step);
	*only = (struct deadline_step){ .kind = STEP_DUE,
		.on = day_of(d->due_at.value),
		.amount = second_of_day(d->due_at.value) };
	*ret = (struct deadline){ .due = d->due_at.value, .steps = { only, 1 } };
	return NULL;
}

err dossier_clock(struct conn *c, struct arena *a, const struct dossier *d, struct deadline *ret)
{
	struct promise promise;
	bool found;
	*ret = (struct deadline){ 0 };
	if (!d->clock_from.set || !d->due_at.set)
		return NULL;
	TRY(db_find(c, a, BIND(dossier_promise_of, .dossier = V(d->id)), &promise_row, &promise,
		&found));
	return found ? deadline_read(a, promise.steps, ret) : recount(c, a, d, ret);
}
