/* SPDX-License-Identifier: Apache-2.0 */
/* inspect.c - `motcua migrate` and `motcua routes`. */
#include "app/modules.h"
#include "app/program.h"
#include "identity/permission.h"

int migrate_command(struct program *p)
{
	int applied = 0;
	err e = config_load(p->arena, p->data, &p->config);
	if (!e)
		e = db_open(p->arena, p->config.database, 1, &p->db);
	if (!e)
		e = db_migrate(p->db, p->arena, all_migrations, &applied);
	if (e) {
		fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
		return EXIT_REFUSED;
	}
	printf("%d migrations applied\n", applied);
	return EXIT_DONE;
}

int routes_command(struct program *p)
{
	for (const struct route *const *table = all_routes; *table; table++)
		for (const struct route *r = *table; r->path; r++)
			printf("%-5s %-48s %s\n", r->method, r->path,
				permission_name((enum permission)r->guard));
	return EXIT_DONE;
}
