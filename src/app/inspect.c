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
		e = program_connect(p);
	if (!e)
		e = db_migrate(p->db, p->arena, all_migrations, &applied);
	if (e)
		return program_refuse(e);
	printf("%d migrations applied\n", applied);
	return DONE;
}

int routes_command(struct program *p)
{
	for (const struct route *const *table = all_routes; *table; table++)
		for (const struct route *r = *table; r->path; r++)
			printf("%-5s %-48s %s\n", r->method, r->path,
				permission_name((enum permission)r->guard));
	return DONE;
}
