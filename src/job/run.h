/* SPDX-License-Identifier: Apache-2.0 */
/* run.h - between job.c and workers.c only. */
#pragma once
#include "job/job.h"

/* Runs each schedule whose turn has come and that no other node has taken. */
MUST_USE err job_run_schedules(
	struct arena *a, struct db *db, struct job_tables t, void *app, instant now);
