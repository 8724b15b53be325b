/* SPDX-License-Identifier: Apache-2.0 */
/* job.c - what is due, one row after another: take it under a lease, run it, say how it ended. */
#include <stdatomic.h>

#include "core/crypto.h"
#include "core/log.h"
#include "job/job.h"
#include "job/job.sql.h"
#include "job/run.h"

/* A handler that has not come back by then is taken for dead and its row is given to another. */
#define LEASE (10 * INSTANT_MINUTE)

err job_put(struct conn *c, struct arena *a, str kind, str key, str payload, instant due)
{
	if (payload.n > LIMIT_JOB_PAYLOAD)
		return FAIL(a, INTERNAL, "job " STR_FMT ": payload over its limit", STR_ARG(kind));
	return db_do(c, a,
		BIND(job_insert, .kind = V(kind), .key = V(key), .payload = V(payload),
			.due = V(due), .now = V(due)));
}

struct taken {
	int64_t id, attempts;
	str kind, key, payload;
};
ROW_TYPE(taken_row, struct taken, COLUMN(struct taken, id), COLUMN(struct taken, attempts),
	COLUMN(struct taken, kind), COLUMN(struct taken, key), COLUMN(struct taken, payload));

struct take {
	instant now;
	struct taken row;
	bool found;
};

static err take_due(struct conn *c, struct arena *a, void *arg)
{
	struct take *t = arg;
	TRY(db_find(c, a, BIND(job_lost, .now = V(t->now)), &taken_row, &t->row, &t->found));
	if (!t->found)
		TRY(db_find(c, a, BIND(job_due, .now = V(t->now)), &taken_row, &t->row, &t->found));
	if (!t->found)
		return NULL;
	return db_do(c, a,
		BIND(job_lease, .id = V(t->row.id), .until = V(t->now + LEASE), .now = V(t->now)));
}

static const struct job_kind *NULLABLE kind_find(struct job_tables t, str name)
{
	for (const struct job_kind *const *table = t.kinds; *table; table++)
		for (const struct job_kind *k = *table; k->name; k++)
			if (str_eq(name, str_from(k->name)))
				return k;
	return NULL;
}

/* 2, 4, 8 … seconds up to the ceiling, each give or take a quarter, so that a server that comes
 * back is not met by all at once. */
static instant backoff(int64_t attempt)
{
	int64_t seconds = attempt < 15 ? (int64_t)1 << attempt : LIMIT_JOB_BACKOFF_SECONDS;
	if (seconds > LIMIT_JOB_BACKOFF_SECONDS)
		seconds = LIMIT_JOB_BACKOFF_SECONDS;
	int64_t quarter = seconds * 1000 / 4;
	return seconds * INSTANT_SECOND - quarter * 1000 +
		(int64_t)random_below((uint32_t)(2 * quarter + 1)) * 1000;
}

struct ending {
	int64_t id, attempt;
	str state, error;
	instant now, due;
};

static err write_ending(struct conn *c, struct arena *a, void *arg)
{
	const struct ending *e = arg;
	return db_do(c, a,
		BIND(job_finish, .id = V(e->id), .attempt = V(e->attempt), .state = V(e->state),
			.error = V(e->error), .due = V(e->due), .now = V(e->now)));
}

static err run_handler(struct job *j, struct job_tables t, str kind, str payload)
{
	if (j->attempt > LIMIT_JOB_ATTEMPTS) /* or it would take down one worker after another */
		return FAIL(j->arena, INTERNAL, "the last attempt never came back");
	const struct job_kind *k = kind_find(t, kind);
	if (!k)
		return FAIL(
			j->arena, INTERNAL, "no handler for jobs of kind " STR_FMT, STR_ARG(kind));
	TRY(json_parse(j->arena, payload, &j->payload));
	return k->run(j);
}

/* For whoever looks at a dead letter; text, whatever bytes a library put into its message. */
static str error_text(err e)
{
	return str_is_utf8(e->detail) ? str_head(e->detail, 500) : S("the message is not text");
}

static err write_release(struct conn *c, struct arena *a, void *arg)
{
	const struct ending *e = arg;
	return db_do(c, a,
		BIND(job_release, .id = V(e->id), .attempt = V(e->attempt), .now = V(e->now)));
}

static str name_of(const struct job *j)
{
	return arena_printf(j->arena, STR_FMT "/%lld", STR_ARG(j->kind), (long long)j->id);
}

static bool stopping(const struct runner *r) { return r->stop && atomic_load(r->stop); }

static err run_taken(
	struct arena *outer, const struct runner *r, const struct taken *row, instant now)
{
	ARENA a = arena_new();
	struct job j = { .id = row->id,
		.kind = row->kind,
		.key = row->key,
		.now = now,
		.attempt = row->attempts + 1,
		.arena = a,
		.db = r->db,
		.app = r->app,
		.stop = r->stop };
	err failed = run_handler(&j, r->tables, row->kind, row->payload);
	struct ending e = {
		.id = row->id, .attempt = j.attempt, .state = S("done"), .now = now, .due = now
	};
	if (failed && stopping(r))
		return db_write(r->db, outer, write_release, &e);
	if (failed) {
		log_err(LOG_WARN_, "job.failed", name_of(&j), failed);
		bool again = j.attempt < LIMIT_JOB_ATTEMPTS;
		e.state = again ? S("waiting") : S("dead");
		e.error = error_text(failed);
		e.due = now + backoff(j.attempt);
	}
	return db_write(r->db, outer, write_ending, &e);
}

err jobs_look(struct arena *a, const struct runner *r, instant now, bool *ret_any)
{
	ARENA look = arena_new();
	struct conn *c;
	int64_t n = 0;
	TRY(db_reader_in(r->db, a, look, &c));
	TRY(db_number(c, a, BIND(job_due_count, .now = V(now)), &n));
	*ret_any = n > 0;
	return NULL;
}

err job_run_next(struct arena *a, const struct runner *r, instant now, bool *ret_ran)
{
	struct take take = { .now = now };
	TRY(db_write(r->db, a, take_due, &take));
	*ret_ran = take.found;
	return take.found ? run_taken(a, r, &take.row, now) : NULL;
}

err jobs_run_due(
	struct arena *a, struct db *db, struct job_tables t, void *app, instant now, int *ret_ran)
{
	struct runner r = { .db = db, .tables = t, .app = app };
	bool ran = true;
	*ret_ran = 0;
	while (ran && *ret_ran < LIMIT_JOB_BATCH) {
		TRY(job_run_next(a, &r, now, &ran));
		*ret_ran += ran;
	}
	return NULL;
}

struct schedule_turn {
	const struct job_schedule *schedule;
	instant now;
	bool mine;
};

static err take_turn(struct conn *c, struct arena *a, void *arg)
{
	struct schedule_turn *t = arg;
	int64_t changed = 0;
	TRY(db_count_changed(c, a,
		BIND(job_schedule_take, .name = V(str_from(t->schedule->name)),
			.next = V(t->now + t->schedule->every * INSTANT_SECOND), .now = V(t->now)),
		&changed));
	t->mine = changed == 1;
	return NULL;
}

static err run_schedule(
	struct arena *a, const struct runner *r, const struct job_schedule *s, instant now)
{
	struct schedule_turn turn = { .schedule = s, .now = now };
	TRY(db_write(r->db, a, take_turn, &turn));
	if (!turn.mine)
		return NULL;
	ARENA inner = arena_new();
	struct job j = { .kind = str_from(s->name),
		.attempt = 1,
		.now = now,
		.arena = inner,
		.db = r->db,
		.app = r->app,
		.stop = r->stop };
	err failed = s->run(&j);
	if (failed)
		log_err(LOG_WARN_, "schedule.failed", j.kind, failed);
	return NULL;
}

static const struct job_schedule *NULLABLE schedule_find(struct job_tables t, str name)
{
	for (const struct job_schedule *const *table = t.schedules; *table; table++)
		for (const struct job_schedule *s = *table; s->name; s++)
			if (str_eq(name, str_from(s->name)))
				return s;
	return NULL;
}

struct named {
	str name;
};
ROW_TYPE(named_row, struct named, COLUMN(struct named, name));

/* The connection goes back before any of them runs and takes its own. */
static err list_due(struct arena *a, struct db *db, instant now, struct named **ret, size_t *ret_n)
{
	ARENA look = arena_new();
	struct conn *c;
	TRY(db_reader_in(db, a, look, &c));
	return db_list(c, a, BIND(job_schedule_due, .now = V(now)), &named_row, ret, ret_n);
}

err job_run_schedules(struct arena *a, const struct runner *r, instant now)
{
	struct named *due;
	size_t n;
	TRY(list_due(a, r->db, now, &due, &n));
	for (size_t i = 0; i < n && !stopping(r); i++) {
		const struct job_schedule *s = schedule_find(r->tables, due[i].name);
		if (s)
			TRY(run_schedule(a, r, s, now));
	}
	return NULL;
}

ROW_TYPE(counts_row, struct job_counts, COLUMN(struct job_counts, waiting),
	COLUMN(struct job_counts, running), COLUMN(struct job_counts, dead));

err job_counts(struct conn *c, struct arena *a, struct job_counts *ret)
{
	return db_one(c, a, BIND(job_counts_row), &counts_row, ret);
}

ROW_TYPE(job_row_type, struct job_row, COLUMN(struct job_row, id), COLUMN(struct job_row, attempts),
	COLUMN(struct job_row, due_at), COLUMN(struct job_row, created_at),
	COLUMN(struct job_row, kind), COLUMN(struct job_row, state),
	COLUMN(struct job_row, last_error));

err job_list(struct conn *c, struct arena *a, str state, int64_t offset, int64_t limit,
	struct job_row **ret, size_t *ret_n)
{
	return db_list(c, a,
		BIND(job_page, .state = V(state), .offset = V(offset), .limit = V(limit)),
		&job_row_type, ret, ret_n);
}

err job_resend(struct conn *c, struct arena *a, int64_t id, instant now)
{
	int64_t changed = 0;
	TRY(db_count_changed(c, a, BIND(job_revive, .id = V(id), .now = V(now)), &changed));
	return changed ? NULL : FAIL(a, NOT_FOUND, "no dead letter %lld", (long long)id);
}

err job_purge(struct conn *c, struct arena *a, instant before, int64_t *ret)
{
	return db_count_changed(c, a, BIND(job_forget, .before = V(before)), ret);
}
