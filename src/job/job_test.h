/* SPDX-License-Identifier: Apache-2.0 */
/* job_test.h - what the tests of this folder share. */
#pragma once
#include "job/job.h"
#include "job/job_test.sql.h"
#include "tests/database.h"

#include <stdatomic.h>

/* A Monday, 12:00 in Việt Nam. */
#define NOON instant_at(day_from(2026, 11, 23), 12 * 3600)

/* What the handlers saw; the app of every run. */
struct seen {
	atomic_int runs, failures;
	_Atomic int64_t attempt, sum;
};

extern const struct job_tables test_jobs;
extern const struct migration *const job_folders[];
/* Due at NOON, payload {"n":1}. */
err put_job(struct db *db, struct arena *a, const char *kind, str key);
/* jobs_run_due with test_jobs; how many ran. */
int run_due(struct db *db, struct arena *a, struct seen *s, instant now);
