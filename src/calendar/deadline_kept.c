/* SPDX-License-Identifier: Apache-2.0 */
/* deadline_kept.c - steps as a text and back. Words, not numbers of enums, are kept: a text is read
 * again years after it was written. */
#include "calendar/parts.h"
#include "core/json.h"

static const str kinds[STEP_KIND_COUNT] = {
	[STEP_RECEIVED] = S("received"),
	[STEP_MOVED_START] = S("moved-start"),
	[STEP_AFTER_CUT_OFF] = S("after-cut-off"),
	[STEP_LAST_HOUR] = S("last-hour"),
	[STEP_FIRST_DAY_OUT] = S("first-day-out"),
	[STEP_COUNTED] = S("counted"),
	[STEP_SKIPPED] = S("skipped"),
	[STEP_ROLLED] = S("rolled"),
	[STEP_HOURS] = S("hours"),
	[STEP_DUE] = S("due"),
	[STEP_PAUSED] = S("paused"),
	[STEP_RESTARTED] = S("restarted"),
	[STEP_RESUMED] = S("resumed"),
	[STEP_KEPT] = S("kept"),
};

/* The unit is written as the limit of one of it: "1wd". */
static void put_step(struct arena *a, struct json_out *o, const struct deadline_step *s)
{
	json_open(o, '{');
	json_pair(o, S("step"), kinds[s->kind]);
	json_pair(o, S("unit"), limit_code(a, (struct time_limit){ 1, s->unit }));
	json_key(o, S("on"));
	json_put_int(o, s->on);
	json_key(o, S("amount"));
	json_put_int(o, s->amount);
	if (s->rule) {
		json_pair(o, S("day"), day_kind_word(s->rule->kind));
		json_pair(o, S("title"), s->rule->title);
		json_key(o, S("draft"));
		json_put_bool(o, s->rule->draft);
	}
	json_close(o, '}');
}

str deadline_text(struct arena *a, const struct deadline *d)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };

	json_open(&o, '{');
	json_key(&o, S("draft"));
	json_put_bool(&o, d->uses_draft);
	json_key(&o, S("steps"));
	json_open(&o, '[');
	for (size_t i = 0; i < d->steps.n; i++)
		put_step(a, &o, &d->steps.items[i]);
	json_close(&o, ']');
	json_close(&o, '}');
	/* Decades counted day by day: the end alone is kept then. */
	if (b.overflow && d->steps.n > 1) {
		struct deadline end = *d;
		end.steps.items += end.steps.n - 1;
		end.steps.n = 1;
		return deadline_text(a, &end);
	}
	return buf_str(&b);
}

static bool read_rule(struct arena *a, const struct json *j, struct deadline_step *s)
{
	struct day_rule rule = { .on_day = s->on };

	if (!json_get(j, "day"))
		return true;
	if (!day_kind_parse(json_get_text(j, "day"), &rule.kind))
		return false;
	rule.title = str_copy(a, json_get_text(j, "title"));
	rule.draft = json_bool(json_get(j, "draft"), false);
	struct day_rule *kept = arena_make(a, struct day_rule);
	*kept = rule;
	s->rule = kept;
	return true;
}

static bool read_step(struct arena *a, const struct json *j, struct deadline_step *s)
{
	struct time_limit one;
	size_t kind = 0;

	while (kind < COUNT(kinds) && !str_eq(kinds[kind], json_get_text(j, "step")))
		kind++;
	if (kind == COUNT(kinds) || !limit_parse(json_get_text(j, "unit"), &one))
		return false;
	*s = (struct deadline_step){
		.kind = (enum step_kind)kind,
		.unit = one.unit,
		.on = (day)json_int(json_get(j, "on"), 0),
		.amount = json_int(json_get(j, "amount"), 0),
	};
	return read_rule(a, j, s);
}

err deadline_read(struct arena *a, str text, struct deadline *ret)
{
	const struct json *j, *steps;
	struct deadline d = { 0 };

	TRY(json_parse(a, text, &j));
	steps = json_get(j, "steps");
	d.uses_draft = json_bool(json_get(j, "draft"), false);
	d.steps.n = json_count(steps);
	d.steps.items = arena_array(a, struct deadline_step, d.steps.n);
	if (!d.steps.n)
		return FAIL(a, INTERNAL, "a promise without steps");
	for (size_t i = 0; i < d.steps.n; i++)
		if (!read_step(a, json_at(steps, i), &d.steps.items[i]))
			return FAIL(a, INTERNAL, "step %zu of a promise cannot be read", i);
	const struct deadline_step *last = &d.steps.items[d.steps.n - 1];
	d.due = instant_at(last->on, (int)last->amount);
	*ret = d;
	return NULL;
}
