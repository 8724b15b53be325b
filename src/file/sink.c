/* SPDX-License-Identifier: Apache-2.0 */
/* sink.c - a part of a form on its way in: written to a temporary name and hashed as it comes. The
 * writes go to the page cache; nothing here waits for the disk (file_keep does, on a worker). */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "core/crypto.h"
#include "file/store.h"

struct incoming {
	struct file_store *store;
	struct arena *a;
	struct sha256 hash;
	const char *name;
	int fd;
	int64_t size;
};

/* With the arena of the parts: the descriptor, and the name unless file_keep has moved it away. */
static void forget(void *arg)
{
	struct incoming *f = arg;
	if (f->fd >= 0)
		close(f->fd);
	unlinkat(f->store->tmp_fd, f->name, 0);
}

static void *begin(void *store, struct arena *a)
{
	struct incoming *f = arena_make(a, struct incoming);
	*f = (struct incoming){ .store = store, .a = a, .name = str_z(a, random_text(a, 15)) };
	f->fd = openat(f->store->tmp_fd, f->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (f->fd < 0)
		return NULL;
	sha256_init(&f->hash);
	arena_defer(a, forget, f);
	return f;
}

static bool add(void *file, const char *p, size_t n)
{
	struct incoming *f = file;
	sha256_add(&f->hash, (str){ p, n });
	f->size += (int64_t)n;
	while (n > 0) {
		ssize_t written = write(f->fd, p, n);
		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return false;
		p += written;
		n -= (size_t)written;
	}
	return true;
}

static bool end(void *file, struct upload *u)
{
	struct incoming *f = file;
	bool closed = close(f->fd) == 0;
	f->fd = -1;
	u->size = f->size;
	u->sha256 = sha256_hex(&f->hash, f->a);
	u->path = arena_printf(f->a, STR_FMT "/tmp/%s", STR_ARG(f->store->folder), f->name);
	return closed;
}

struct upload_sink file_sink(struct file_store *s)
{
	return (struct upload_sink){ .begin = begin, .write = add, .end = end, .store = s };
}
