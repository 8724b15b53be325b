/* SPDX-License-Identifier: Apache-2.0 */
/* init.c - `motcua init`: a data folder with its configuration, key, schema and starter catalogue;
 * with --demo also the people of a fictional province. The configuration is written last, so that a
 * folder is whole or none; what was made for one that did not become whole is removed. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/demo_accounts.h"
#include "app/modules.h"
#include "app/program.h"
#include "catalogue/catalogue.h"
#include "dossier/dossier.h"
#include "forms/sample.h"
#include "identity/identity.h"

#define WALK_DESCRIPTORS 16

/* What was not there before. */
struct made {
	const char *paths[8];
	size_t n;
};

static void note(struct made *m, const char *path)
{
	struct stat st;
	assert(m->n < COUNT(m->paths));
	if (lstat(path, &st) != 0 && errno == ENOENT)
		m->paths[m->n++] = path;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
	(void)st, (void)kind, (void)walk;
	return remove(path);
}

static void remove_made(const struct made *m)
{
	for (size_t i = m->n; i-- > 0;)
		(void)nftw(m->paths[i], remove_one, WALK_DESCRIPTORS, FTW_DEPTH | FTW_PHYS);
}

static void note_database(struct program *p, struct made *m)
{
	static const char *const endings[] = { "", "-wal", "-shm" };
	str scheme, path;
	if (!str_cut(p->config.database, ':', &scheme, &path) || !str_eq(scheme, S("sqlite")))
		return;
	for (size_t i = 0; i < COUNT(endings); i++)
		note(m,
			str_z(p->arena,
				arena_printf(p->arena, STR_FMT "%s", STR_ARG(path), endings[i])));
}

/* The folder is locked until the end of the process: a second init must neither write into it nor
 * clear it away. */
static err take_folder(struct program *p, struct made *m)
{
	const char *folder = str_z(p->arena, p->data);
	note(m, folder);
	if (mkdir(folder, 0700) != 0 && errno != EEXIST)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", folder, strerror(errno));
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", folder, strerror(errno));
	bool taken = flock(fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
	if (!taken)
		return FAIL(p->arena, CONFLICT, "%s: another init is at work there", folder);
	const char *file = program_path(p, CONFIG_FILE);
	if (access(file, F_OK) == 0)
		return FAIL(p->arena, CONFLICT, "%s exists: this folder is in use already", file);
	return NULL;
}

/* A database that is in use already may hold people's dossiers: the starter catalogue must not go
 * over its own, and least of all the accounts whose password everybody knows. */
static err open_empty(struct program *p)
{
	int all = 0, pending = 0;
	for (const struct migration *const *folder = all_migrations; *folder; folder++)
		for (const struct migration *m = *folder; m->name; m++)
			all++;
	TRY(program_connect(p));
	TRY(db_pending(p->db, p->arena, all_migrations, &pending));
	if (pending != all)
		return FAIL(p->arena, CONFLICT,
			"the database is not empty: init fills new ones only; docs/operating.md "
			"says how another node gets its folder");
	return db_migrate(p->db, p->arena, all_migrations, &pending);
}

/* Stopping waits for the end of a step, so that there is somebody to clear away. */
static err go_on(struct program *p)
{
	sigset_t waiting;
	sigpending(&waiting);
	if (sigismember(&waiting, SIGINT) || sigismember(&waiting, SIGTERM) ||
		sigismember(&waiting, SIGHUP))
		return FAIL(p->arena, UNAVAILABLE, "stopped; nothing was made");
	return NULL;
}

static err fill_demo(struct program *p, struct arena *a, struct file_store *files, instant now)
{
	struct services s = { .db = p->db, .site = &p->config.site, .files = files };
	TRY(demo_accounts_make(p->db, a, now));
	TRY(go_on(p));
	TRY(program_key(p, s.key));
	return dossier_demo(&s, a, now);
}

static err fill(struct program *p, struct arena *a)
{
	instant now = instant_now();
	struct file_store *files;
	TRY(file_store_open(a, str_from(program_path(p, S("files"))), &files));
	TRY(catalogue_import_starter(p->db, a, starter_files, form_publishable, now));
	TRY(calendar_import_starter(p->db, a, starter_files, now));
	TRY(go_on(p));
	return p->demo ? fill_demo(p, a, files, now) : NULL;
}

/* In an arena of its own: what was read with goes back before the database is closed. */
static err fill_apart(struct program *p)
{
	ARENA a = arena_new();
	err e = fill(p, a);
	return e ? err_make(p->arena, e->kind, e->file, e->line, STR_FMT, STR_ARG(e->detail))
		 : NULL;
}

static err make(struct program *p, struct made *m)
{
	unsigned char key[KEY_BYTES];
	str text = config_template(p->arena, p->database, p->demo);
	TRY(config_parse(p->arena, p->data, text, &p->config));
	note_database(p, m);
	note(m, program_path(p, S("secret.key")));
	note(m, program_path(p, S("files")));
	TRY(open_empty(p));
	TRY(go_on(p));
	TRY(program_key(p, key));
	TRY(fill_apart(p));
	TRY(go_on(p));
	return program_write_new(p, CONFIG_FILE, text);
}

static void block_signals(void)
{
	sigset_t stop;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	sigaddset(&stop, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
}

int init_command(struct program *p)
{
	struct made made = { 0 };
	block_signals();
	err e = take_folder(p, &made);
	if (e)
		return program_refuse(e);
	e = make(p, &made);
	if (e) {
		int status = program_refuse(e);
		db_close(p->db);
		p->db = NULL;
		remove_made(&made);
		return status;
	}
	printf("Đã tạo thư mục dữ liệu " STR_FMT "\n", STR_ARG(p->data));
	if (p->demo)
		demo_accounts_print(stdout);
	return DONE;
}
