/* SPDX-License-Identifier: Apache-2.0 */
#include "app/health.h"
#include "app/modules.h"
#include "builder/builder.h"
#include "dossier/dossier.h"
#include "portal/portal.h"

extern const struct sql *const db_statements[];

const struct route *const all_routes[] = {
	health_routes,
	portal_routes,
	catalogue_routes,
	identity_routes,
	identity_admin_routes,
	notify_routes,
	forms_routes,
	builder_routes,
	dossier_citizen_routes,
	dossier_officer_routes,
	dossier_public_routes,
	NULL,
};

const struct migration *const all_migrations[] = {
	job_migrations,
	file_migrations,
	calendar_migrations,
	identity_migrations,
	catalogue_migrations,
	notify_migrations,
	forms_migrations,
	builder_migrations,
	dossier_migrations,
	portal_migrations,
	NULL,
};

const struct sql *const *const all_statements[] = {
	db_statements,
	job_statements,
	file_statements,
	calendar_statements,
	identity_statements,
	catalogue_statements,
	notify_statements,
	forms_statements,
	builder_statements,
	dossier_statements,
	desk_statements,
	figures_statements,
	portal_statements,
	NULL,
};

static const struct job_kind *const kinds[] = { identity_jobs, notify_jobs, forms_jobs, NULL };
static const struct job_schedule *const schedules[] = {
	identity_schedules,
	forms_schedules,
	dossier_schedules,
	NULL,
};
const struct job_tables all_jobs = { .kinds = kinds, .schedules = schedules };

err agency_exists(struct conn *c, struct arena *a, str code, bool *ret_known)
{
	struct agency g;
	return agency_find(c, a, code, &g, ret_known);
}
