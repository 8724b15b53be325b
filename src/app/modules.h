/* SPDX-License-Identifier: Apache-2.0 */
/* modules.h - the one place that names every folder: routes, migrations, statements, jobs. */
#pragma once
#include "db/migrate.h"
#include "http/route.h"
#include "job/job.h"

extern const struct route *const all_routes[];          /* ends with NULL */
extern const struct migration *const all_migrations[];  /* in layer order, ends with NULL */
extern const struct sql *const *const all_statements[]; /* ends with NULL */
extern const struct job_tables all_jobs;
/* identity asks the catalogue (agency_check). */
MUST_USE err agency_exists(struct conn *c, struct arena *a, str code, bool *ret_known);
