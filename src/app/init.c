/* SPDX-License-Identifier: Apache-2.0 */
/* init.c - `motcua init`: a data folder with its configuration, key, schema and starter catalogue;
 * with --demo also the people of a fictional province. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/demo_accounts.h"
#include "app/modules.h"
#include "app/program.h"
#include "catalogue/catalogue.h"
#include "dossier/dossier.h"
#include "identity/identity.h"

static err write_new(struct program *p, const char *name, str text)
{
	const char *path =
		str_z(p->arena, arena_printf(p->arena, STR_FMT "/%s", STR_ARG(p->data), name));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return FAIL(p->arena, CONFLICT, "%s exists: this folder is in use already", path);
	if (fd < 0)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	bool written = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	if (close(fd) != 0 || !written)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	return NULL;
}

static err make_demo(struct program *p, instant now)
{
	TRY(demo_accounts_make(p, now));
	struct services s = { .db = p->db, .site = &p->config.site };
	TRY(program_key(p, s.key));
	str files = arena_printf(p->arena, STR_FMT "/files", STR_ARG(p->data));
	TRY(file_store_open(p->arena, files, &s.files));
	return dossier_demo(&s, p->arena, now);
}

static err make(struct program *p)
{
	instant now = instant_now();
	if (mkdir(str_z(p->arena, p->data), 0700) != 0 && errno != EEXIST)
		return FAIL(
			p->arena, UNAVAILABLE, STR_FMT ": %s", STR_ARG(p->data), strerror(errno));
	TRY(write_new(p, "motcua.conf", config_template(p->arena, p->database, p->demo)));
	unsigned char key[32];
	TRY(program_key(p, key));
	TRY(program_open(p, true));
	TRY(catalogue_import_starter(p->db, p->arena, starter_files, now));
	TRY(calendar_import_starter(p->db, p->arena, starter_files, now));
	return p->demo ? make_demo(p, now) : NULL;
}

int init_command(struct program *p)
{
	err e = make(p);
	if (e) {
		fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
		return EXIT_REFUSED;
	}
	printf("Đã tạo thư mục dữ liệu " STR_FMT "\n", STR_ARG(p->data));
	if (p->demo)
		demo_accounts_print(stdout);
	return EXIT_DONE;
}
