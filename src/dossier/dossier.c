/* SPDX-License-Identifier: Apache-2.0 */
/* dossier.c - the one function that moves a dossier. It reads the dossier afresh in its
 * transaction, asks the table, applies the act, and writes everything that follows from it. */
#include "dossier/clock.h"
#include "dossier/dossier.h"
#include "dossier/flow.h"
#include "dossier/notices.h"
#include "dossier/slip.h"
#include "dossier/store.h"

struct doing {
	const struct act_input *in;
	const struct act_actor *by;
	instant now;
	str code;
	struct dossier before, after;
	struct procedure procedure;
	struct calendar *calendar;
	struct deadline due; /* that the act promises; no steps when it promises none */
};

static struct opt_int at(instant t) { return (struct opt_int){ .set = true, .value = t }; }

/* --- may it? -------------------------------------------------------------- */

static err check_person(struct arena *a, const struct doing *x)
{
	const struct act_actor *by = x->by;
	if (role_may(by->who.role, PERMIT_DESK) && !str_eq(by->agency, x->before.agency))
		return FAIL(a, NOT_FOUND, "a dossier of another agency");
	if (by->who.role == ROLE_CITIZEN && by->who.id != x->before.owner_id)
		return FAIL(a, FORBIDDEN, "another's dossier");
	return NULL;
}

static err check_step(struct arena *a, struct doing *x)
{
	const struct dossier *d = &x->before;
	bool other_role = false;
	const struct dossier_step *s =
		step_find(d->stage, x->in->act, x->by->who.role, &other_role);
	if (!s && other_role)
		return FAIL(a, FORBIDDEN, "the act belongs to another role");
	if (!s || d->version != x->in->version)
		return FAIL(a, CONFLICT, "stage or version moved on: now version %lld",
			(long long)d->version);
	const char *why = s->refuses ? s->refuses(d, x->by->who.id) : NULL;
	if (why)
		return FAIL(a, CONFLICT, "%s", why);
	x->after.stage = s->to;
	return NULL;
}

/* --- what each act changes ------------------------------------------------ */

/* The moment that counts for statistics moves along: the time was the applicant's. */
static void promise(struct doing *x)
{
	x->after.due_at = at(x->due.due);
	x->after.first_due_at = x->after.due_at;
}

static void receive(struct arena *a, struct doing *x)
{
	struct dossier *d = &x->after;
	d->received_at = d->clock_from = at(x->now);
	d->paused_at = d->due_at = d->first_due_at = (struct opt_int){ 0 };
	if (clock_start(a, x->calendar, d, &x->procedure, x->now, &x->due))
		promise(x);
}

/* After a supplement the clock starts anew, or goes on where it stopped [DL-6, ND61-19.4]. */
static err resume(struct conn *c, struct arena *a, struct doing *x, bool restart)
{
	struct dossier *d = &x->after;
	struct pause *pauses;
	size_t n;
	TRY(clock_pauses(c, a, d, restart, &x->procedure, x->now, &pauses, &n));
	if (clock_resume(a, x->calendar, d, &x->procedure, pauses, n, &x->due))
		promise(x);
	if (restart)
		d->clock_from = at(x->now);
	d->paused_at = (struct opt_int){ 0 };
	return NULL;
}

static void assign(struct doing *x, const struct account *who)
{
	x->after.assignee_id = at(who->id);
	x->after.assignee = who->name;
}

static err find_assignee(
	struct conn *c, struct arena *a, const struct doing *x, struct account *ret)
{
	err e = account_get(c, a, x->in->assignee, ret);
	if (e && e->kind != ERR_NOT_FOUND)
		return e;
	bool fits = !e && str_eq(ret->agency, x->before.agency) &&
		str_eq(ret->role, role_code(ROLE_OFFICER)) && !ret->locked;
	return fits ? NULL : FAIL(a, INVALID, "not an officer of this agency");
}

static err finish(struct doing *x, str outcome)
{
	x->after.outcome = outcome;
	x->after.finished_at = at(x->now);
	x->after.paused_at = (struct opt_int){ 0 };
	return NULL;
}

static err apply(struct conn *c, struct arena *a, struct doing *x)
{
	struct account officer = { 0 };
	switch (x->in->act) {
	case ACT_RECEIVE: receive(a, x); return NULL;
	case ACT_ASK:
		x->after.asked_at = at(x->now);
		x->after.paused_at = at(x->now);
		return NULL;
	case ACT_ASK_FEE: x->after.paused_at = at(x->now); return NULL;
	case ACT_ANSWER: x->after.answered_at = at(x->now); return NULL;
	case ACT_RESUME: return resume(c, a, x, x->procedure.restart);
	case ACT_CONFIRM_FEE: return resume(c, a, x, false);
	case ACT_FORWARD:
	case ACT_ASSIGN:
		TRY(find_assignee(c, a, x, &officer));
		assign(x, &officer);
		return NULL;
	case ACT_PROPOSE: x->after.proposal = x->in->outcome; return NULL;
	case ACT_SEND_BACK: x->after.proposal = S(""); return NULL;
	case ACT_APPROVE: return finish(x, x->before.proposal);
	case ACT_REFUSE: return finish(x, S("not-received"));
	case ACT_WITHDRAW: return finish(x, S("withdrawn"));
	case ACT_STOP: return finish(x, S("stopped"));
	case ACT_RETURN: x->after.returned_at = at(x->now); return NULL;
	case ACT_COUNT: break;
	}
	return FAIL(a, INTERNAL, "unknown act %d", x->in->act);
}

/* --- what follows from it -------------------------------------------------- */

static err write_items(struct conn *c, struct arena *a, const struct doing *x)
{
	if (x->in->act != ACT_ASK)
		return NULL;
	for (size_t i = 0; i < x->in->items.n; i++)
		TRY(dossier_add_item(c, a, x->after.id, (int64_t)i + 1, x->in->items.items[i]));
	return NULL;
}

static err write_files(struct conn *c, struct arena *a, const struct doing *x)
{
	str kind = x->in->act == ACT_ANSWER ? S("supplement") : S("result");
	if (x->in->act == ACT_SEND_BACK)
		TRY(dossier_send_results_back(c, a, x->after.id));
	for (size_t i = 0; i < x->in->files.n; i++) {
		int64_t id = 0;
		str field = i < x->in->file_fields.n ? x->in->file_fields.items[i] : S("");
		TRY(file_record(c, a, &x->in->files.items[i], &id));
		TRY(dossier_add_file(c, a, x->after.id, id, kind, field, x->now));
	}
	return NULL;
}

static err write_figures(struct conn *c, struct arena *a, const struct doing *x)
{
	TRY(dossier_tally(c, a, &x->before, &x->after));
	if (x->in->act != ACT_APPROVE)
		return NULL;
	return dossier_count_finished(c, a, &x->after, clock_spent(x->calendar, &x->after));
}

static err write_consequences(struct conn *c, struct arena *a, struct doing *x)
{
	TRY(dossier_record(
		c, a, &x->before, &x->after, act_code(x->in->act), x->by, x->in->reason, x->now));
	TRY(write_items(c, a, x));
	TRY(write_files(c, a, x));
	TRY(write_figures(c, a, x));
	if (x->due.steps.n)
		TRY(clock_promise(c, a, &x->after, &x->due));
	if (x->in->act == ACT_RECEIVE)
		TRY(slip_issue_receipt(c, a, &x->after, &x->procedure, x->by, x->now));
	str act = arena_printf(a, "dossier." STR_FMT, STR_ARG(act_code(x->in->act)));
	TRY(audit_put(c, a, x->now, x->by->who, act, x->after.code, S("")));
	return notice_of_act(c, a, &x->before, &x->after, x->in, x->now);
}

static err act_once(struct conn *c, struct arena *a, void *arg)
{
	struct doing *x = arg;
	TRY(dossier_get(c, a, x->code, &x->before));
	x->after = x->before;
	x->due = (struct deadline){ 0 };
	TRY(check_person(a, x));
	TRY(check_step(a, x));
	TRY(procedure_version(c, a, x->before.version_id, &x->procedure));
	TRY(calendar_load(c, a, x->before.agency, day_of(x->now), &x->calendar));
	TRY(apply(c, a, x));
	bool stored = false;
	TRY(dossier_write(c, a, &x->after, x->now, &stored));
	if (!stored)
		return FAIL(a, CONFLICT, "another act was quicker");
	x->after.version++;
	x->after.changed_at = x->now;
	x->after.stage_code = stage_code(x->after.stage);
	return write_consequences(c, a, x);
}

static err check_items(struct arena *a, const struct act_input *in)
{
	if (in->items.n == 0 || in->items.n > LIMIT_SUPPLEMENT_ITEMS)
		return FAIL(a, INVALID, "a supplement of %zu things", in->items.n);
	for (size_t i = 0; i < in->items.n; i++) {
		size_t n = str_length(in->items.items[i]);
		if (n == 0 || n > LIMIT_SUPPLEMENT_ITEM)
			return FAIL(a, INVALID, "a thing of %zu characters", n);
	}
	return NULL;
}

/* What the pages ask for: a caller that comes without it has not come through them. */
static err check_input(struct arena *a, const struct act_input *in)
{
	bool outcome = str_eq(in->outcome, S("granted")) || str_eq(in->outcome, S("refused"));
	if (act_needs_reason(in->act) && str_trim(in->reason).n == 0)
		return FAIL(a, INVALID, "an act that needs a reason came without one");
	if (str_length(in->reason) > LIMIT_NOTE)
		return FAIL(a, INVALID, "a reason of %zu characters", str_length(in->reason));
	if (in->files.n > LIMIT_HTTP_UPLOADS)
		return FAIL(a, INVALID, "%zu files", in->files.n);
	if (in->act == ACT_PROPOSE && (!outcome || !in->files.n))
		return FAIL(a, INVALID, "a proposal without an outcome or without its file");
	if (in->act == ACT_ANSWER && !in->files.n && str_trim(in->reason).n == 0)
		return FAIL(a, INVALID, "an answer that says nothing");
	if (in->act == ACT_ASK_FEE && (in->amount <= 0 || in->amount > LIMIT_FEE))
		return FAIL(a, INVALID, "a fee of %lld", (long long)in->amount);
	return in->act == ACT_ASK ? check_items(a, in) : NULL;
}

err dossier_do(struct db *db, struct arena *a, instant now, struct act_actor by,
	const struct act_input *in, struct dossier *d)
{
	TRY(check_input(a, in));
	struct doing x = { .in = in, .by = &by, .now = now, .code = d->code };
	TRY(db_write(db, a, act_once, &x));
	*d = x.after; /* memory follows the database, never leads */
	return NULL;
}
