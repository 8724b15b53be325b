/* SPDX-License-Identifier: Apache-2.0 */
/* run.h - between job.c and workers.c only. */
#pragma once
#include "job/job.h"

struct runner {
	struct db *db;
	struct job_tables tables;
	void *app;
	const _Atomic bool *NULLABLE stop;
};
/* Is anything due? A look costs less than taking, which writes. */
MUST_USE err jobs_look(struct arena *a, const struct runner *r, instant now, bool *ret_any);
/* Takes what is due first, runs it, says how it ended. ret_ran: something was due. */
MUST_USE err job_run_next(struct arena *a, const struct runner *r, instant now, bool *ret_ran);
/* Runs each schedule whose turn has come and that no other node has taken. */
MUST_USE err job_run_schedules(struct arena *a, const struct runner *r, instant now);
