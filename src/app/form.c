/* SPDX-License-Identifier: Apache-2.0 */
/* form.c - `motcua form`: definitions are checked against code lists and communes, those of --data
 * or else of the starter catalogue, in a database that lives as long as the command. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/modules.h"
#include "app/program.h"
#include "catalogue/catalogue.h"
#include "forms/sample.h"

struct place_for_starter {
	struct program *program;
	char folder[sizeof "/tmp/motcua-form-XXXXXX"];
	bool made;
};

static err open_starter(void *arg, struct db **ret)
{
	struct place_for_starter *x = arg;
	struct program *p = x->program;
	int applied = 0;

	if (p->has_data) {
		TRY(program_open(p));
		*ret = p->db;
		return NULL;
	}
	if (!mkdtemp(x->folder))
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", x->folder, strerror(errno));
	x->made = true;
	TRY(db_open(p->arena, arena_printf(p->arena, "sqlite:%s/form.db", x->folder), 1, &p->db));
	TRY(db_migrate(p->db, p->arena, all_migrations, &applied));
	TRY(catalogue_import_starter(p->db, p->arena, starter_files, NULL, instant_now()));
	*ret = p->db;
	return NULL;
}

static void remove_starter(struct arena *a, const char *folder)
{
	static const char *const names[] = { "form.db", "form.db-wal", "form.db-shm" };

	for (size_t i = 0; i < COUNT(names); i++)
		unlink(str_z(a, arena_printf(a, "%s/%s", folder, names[i])));
	rmdir(folder);
}

int form_command(struct program *p)
{
	struct place_for_starter x = { .program = p, .folder = "/tmp/motcua-form-XXXXXX" };
	struct database_door door = { open_starter, &x };
	ARENA a = arena_new();
	int status = forms_command(a, &door, p->argc, p->argv);

	if (x.made) {
		arena_reset(a); /* what was read with goes back before the database is closed */
		db_close(p->db);
		p->db = NULL;
		remove_starter(p->arena, x.folder);
	}
	return status;
}
