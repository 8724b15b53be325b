/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/modules.h"
#include "app/program.h"
#include "core/crypto.h"

/* Readers: one for each worker, and a few for the jobs and the refresher. */
#define READERS 24

err program_open(struct program *p, bool migrate)
{
	TRY(config_load(p->arena, p->data, &p->config));
	TRY(db_open(p->arena, p->config.database, READERS, &p->db));
	int pending = 0;
	if (migrate)
		return db_migrate(p->db, p->arena, all_migrations, &pending);
	TRY(db_pending(p->db, p->arena, all_migrations, &pending));
	if (pending)
		return FAIL(p->arena, CONFLICT,
			"the database lacks %d migrations; run motcua migrate --data " STR_FMT,
			pending, STR_ARG(p->data));
	return NULL;
}

static err key_make(struct program *p, const char *path)
{
	unsigned char key[KEY_BYTES];
	random_bytes(key, sizeof key);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return NULL; /* another node was quicker */
	if (fd < 0)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	bool written = write(fd, key, sizeof key) == (ssize_t)sizeof key && fsync(fd) == 0;
	if (close(fd) != 0 || !written)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	return NULL;
}

err program_key(struct program *p, unsigned char key[KEY_BYTES])
{
	const char *path =
		str_z(p->arena, arena_printf(p->arena, STR_FMT "/secret.key", STR_ARG(p->data)));
	if (access(path, F_OK) != 0)
		TRY(key_make(p, path));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	bool whole = read(fd, key, KEY_BYTES) == KEY_BYTES;
	close(fd);
	if (!whole)
		return FAIL(p->arena, INVALID, "%s: not %d bytes", path, KEY_BYTES);
	if (st.st_mode & 077)
		return FAIL(p->arena, INVALID, "%s: readable by others; chmod 600 it", path);
	return NULL;
}
