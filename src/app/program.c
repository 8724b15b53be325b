/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/modules.h"
#include "app/program.h"
#include "http/server.h"

const char *program_path(struct program *p, str name)
{
	return str_z(p->arena,
		arena_printf(p->arena, STR_FMT "/" STR_FMT, STR_ARG(p->data), STR_ARG(name)));
}

int program_refuse(err e)
{
	fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
	return REFUSED;
}

int program_readers(const struct config *c)
{
	return server_workers((int)c->workers) + (int)c->jobs + 2;
}

err program_connect(struct program *p)
{
	return db_open(p->arena, p->config.database, program_readers(&p->config), &p->db);
}

err program_open(struct program *p)
{
	int pending = 0;
	TRY(config_load(p->arena, p->data, &p->config));
	TRY(program_connect(p));
	TRY(db_pending(p->db, p->arena, all_migrations, &pending));
	if (pending)
		return FAIL(p->arena, CONFLICT,
			"the database lacks %d migrations; run motcua migrate --data " STR_FMT,
			pending, STR_ARG(p->data));
	return NULL;
}

static bool write_all(int fd, str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = str_from_at(bytes, (size_t)n);
	}
	return fsync(fd) == 0;
}

/* Under a name of its own until it is whole; link refuses what exists, which rename does not. */
err program_write_new(struct program *p, str name, str bytes)
{
	const char *path = program_path(p, name);
	char *half = (char *)str_z(p->arena, arena_printf(p->arena, "%s.XXXXXX", path));
	int fd = mkostemp(half, O_CLOEXEC);
	if (fd < 0)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	bool written = write_all(fd, bytes) && link(half, path) == 0;
	int why = errno;
	close(fd);
	(void)unlink(half);
	if (written)
		return NULL;
	if (why == EEXIST)
		return FAIL(p->arena, CONFLICT, "%s exists", path);
	return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(why));
}

static err key_make(struct program *p)
{
	unsigned char key[KEY_BYTES];
	random_bytes(key, sizeof key);
	err e = program_write_new(p, S("secret.key"), (str){ (const char *)key, sizeof key });
	return e && e->kind == ERR_CONFLICT ? NULL : e; /* another node was quicker */
}

err program_key(struct program *p, unsigned char key[KEY_BYTES])
{
	const char *path = program_path(p, S("secret.key"));
	if (access(path, F_OK) != 0)
		TRY(key_make(p));
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
