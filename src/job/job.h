/* SPDX-License-Identifier: Apache-2.0 */
/* job.h - work that leaves the request: the transactional outbox, schedules, dead letters.
 *
 * job_put writes a row in the caller's own transaction, so that an act and what follows from it are
 * kept or lost together. A worker takes due rows, runs the handler outside any transaction, and
 * marks them done and forgets their payload; a failure is tried again with exponential backoff and
 * jitter, at most LIMIT_JOB_ATTEMPTS times, then it is a dead letter which a human sees and may
 * send again.
 * A row is taken under a lease right before it is run, so that none waits under a lease of its own.
 * Delivery is at least once: handlers are idempotent and get the row's key to tell repetitions. */
#pragma once
#include "core/civil.h"
#include "core/json.h"
#include "db/db.h"
#include "db/migrate.h"

extern const struct migration job_migrations[];
extern const struct sql *const job_statements[];

struct job {
	int64_t id;
	str kind; /* "notify.mail" */
	str key;  /* idempotency key, unique per kind */
	const struct json *payload;
	int64_t attempt; /* 1 on the first run */
	instant now;
	struct arena *arena;
	struct db *db;
	void *app;
	/* Set when the program stops: what waits for others gives up, and is run later. */
	const _Atomic bool *NULLABLE stop;
};
typedef err (*job_run)(struct job *j);
struct job_kind {
	const char *name;
	job_run run;
	const char *title; /* for the admin's page, Vietnamese */
};
struct job_schedule {
	const char *name;
	int64_t every; /* seconds */
	job_run run;   /* payload is absent */
};
/* Tables of the folders: end with an empty element, the list with NULL. */
struct job_tables {
	const struct job_kind *const *kinds;
	const struct job_schedule *const *schedules;
};

/* In the act's transaction. A key already put for that kind is not put twice. */
MUST_USE err job_put(struct conn *c, struct arena *a, str kind, str key, str payload, instant due);

struct jobs;
/* Starts the threads. Schedules run on one node at a time (a lease in the database). */
MUST_USE err jobs_start(struct arena *a, struct db *db, struct job_tables t, int threads, void *app,
	struct jobs **ret);
/* Runs what is due now on the calling thread, for tests and commands; how many ran, at most
 * LIMIT_JOB_BATCH. */
MUST_USE err jobs_run_due(
	struct arena *a, struct db *db, struct job_tables t, void *app, instant now, int *ret_ran);
/* Wakes the workers after a commit that put a job. */
void jobs_wake(struct jobs *j);
/* No further job is begun, and those under way are told; returns at once. */
void jobs_ask_stop(struct jobs *j);
/* Asks, and waits for the threads. */
void jobs_stop(struct jobs *j);

struct job_row {
	int64_t id, attempts, due_at, created_at;
	str kind, state, last_error; /* state: waiting, running, done, dead */
};
struct job_counts {
	int64_t waiting, running, dead;
};
MUST_USE err job_counts(struct conn *c, struct arena *a, struct job_counts *ret);
MUST_USE err job_list(struct conn *c, struct arena *a, str state, int64_t offset, int64_t limit,
	struct job_row **ret, size_t *ret_n);
/* A dead letter becomes due again with fresh attempts. NOT_FOUND unless it is dead. */
MUST_USE err job_resend(struct conn *c, struct arena *a, int64_t id, instant now);
/* Forgets done rows older than `before`. */
MUST_USE err job_purge(struct conn *c, struct arena *a, instant before, int64_t *ret);
