/* SPDX-License-Identifier: Apache-2.0 */
/* store.c - content under its hash: written beside, fsync'd, renamed, the folder fsync'd. What was
 * said to be kept survives pulling the plug; what was not leaves nothing. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/crypto.h"
#include "file/file.sql.h"
#include "file/store.h"
#include "job/job.h"

err file_failed(struct arena *a, const char *what)
{
	return FAIL(a, UNAVAILABLE, "file store: %s: %s", what, strerror(errno));
}

/* What a crash left: temporary files belong to requests, and none is under way at start. */
static void sweep(int tmp_fd)
{
	int again = openat(tmp_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = again < 0 ? NULL : fdopendir(again);
	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.')
			unlinkat(tmp_fd, e->d_name, 0);
	if (d)
		closedir(d);
}

static err open_below(struct file_store *s, struct arena *a, const char *name, int *ret)
{
	if (mkdirat(s->folder_fd, name, 0700) != 0 && errno != EEXIST)
		return file_failed(a, name);
	*ret = openat(s->folder_fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return *ret < 0 ? file_failed(a, name) : NULL;
}

err file_store_open(struct arena *a, str folder, struct file_store **ret)
{
	const char *path = str_z(a, folder);
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return file_failed(a, "make folder");
	struct file_store *s = arena_make(a, struct file_store);
	s->folder = str_copy(a, folder);
	s->folder_fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder_fd < 0)
		return file_failed(a, "open folder");
	TRY(open_below(s, a, "tmp", &s->tmp_fd));
	TRY(open_below(s, a, "partial", &s->partial_fd));
	TRY(open_below(s, a, "trash", &s->trash_fd));
	sweep(s->tmp_fd);
	file_trash_return(s, a);
	s->patience = LIMIT_INSPECTION_SECONDS * INSTANT_SECOND;
	sem_init(&s->turns, 0, LIMIT_INSPECTIONS);
	*ret = s;
	return NULL;
}

const char *file_place(struct arena *a, str sha256)
{
	return str_z(a, arena_printf(a, "%.2s/" STR_FMT, sha256.p, STR_ARG(sha256)));
}

bool file_sha256_valid(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'f')))
			return false;
	return s.n == SHA256_HEX;
}

static err sync_folder(struct file_store *s, struct arena *a, str sha256)
{
	const char *sub = str_z(a, str_part(sha256, 0, 2));
	int fd = openat(s->folder_fd, sub, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return file_failed(a, "open shelf");
	bool synced = fsync(fd) == 0;
	close(fd);
	return synced ? NULL : file_failed(a, "fsync shelf");
}

/* Moves a complete temporary file to its place. from is relative to from_fd. */
static err shelve(struct file_store *s, struct arena *a, int from_fd, const char *from, str sha256)
{
	const char *sub = str_z(a, str_part(sha256, 0, 2));
	if (mkdirat(s->folder_fd, sub, 0700) != 0 && errno != EEXIST)
		return file_failed(a, "make shelf");
	if (fsync(s->folder_fd) != 0)
		return file_failed(a, "fsync folder");
	if (renameat(from_fd, from, s->folder_fd, file_place(a, sha256)) != 0)
		return file_failed(a, "shelve");
	return sync_folder(s, a, sha256);
}

/* Touched, so that the collector leaves it alone until its row is there (collect.c). */
static bool is_kept(struct file_store *s, struct arena *a, str sha256)
{
	return utimensat(s->folder_fd, file_place(a, sha256), NULL, 0) == 0;
}

err file_keep(struct file_store *s, struct arena *a, const struct upload *u)
{
	if (!file_sha256_valid(u->sha256))
		return FAIL(a, INTERNAL, "file store: not a hash");
	if (is_kept(s, a, u->sha256))
		return sync_folder(s, a, u->sha256); /* another may have moved it there just now */
	const char *path = str_z(a, u->path);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return file_failed(a, "open upload");
	bool synced = fsync(fd) == 0;
	close(fd);
	if (!synced)
		return file_failed(a, "fsync upload");
	return shelve(s, a, AT_FDCWD, path, u->sha256);
}

static bool write_all(int fd, str bytes)
{
	for (size_t at = 0; at < bytes.n;) {
		ssize_t n = write(fd, bytes.p + at, bytes.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

err file_keep_bytes(struct file_store *s, struct arena *a, str bytes, str *ret_sha256)
{
	str sha256 = sha256_of(a, bytes);
	*ret_sha256 = sha256;
	if (is_kept(s, a, sha256))
		return sync_folder(s, a, sha256);
	const char *name = str_z(a, random_text(a, 15));
	int fd = openat(s->tmp_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return file_failed(a, "make temporary file");
	bool written = write_all(fd, bytes) && fsync(fd) == 0;
	written = close(fd) == 0 && written;
	err e = written ? shelve(s, a, s->tmp_fd, name, sha256) : file_failed(a, "write");
	if (e)
		unlinkat(s->tmp_fd, name, 0);
	return e;
}

static void close_descriptor(void *fd) { close((int)(intptr_t)fd); }

err file_open(struct file_store *s, struct arena *a, str sha256, int *ret_fd)
{
	if (!file_sha256_valid(sha256))
		return FAIL(a, INTERNAL, "file store: not a hash");
	int fd = openat(s->folder_fd, file_place(a, sha256), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return FAIL(a, INTERNAL, "file store: content " STR_FMT ": %s", STR_ARG(sha256),
			strerror(errno));
	arena_defer(a, close_descriptor, (void *)(intptr_t)fd);
	*ret_fd = fd;
	return NULL;
}

err file_verify(struct file_store *s, struct arena *a, str sha256, bool *ret_intact)
{
	ARENA inner = arena_new();
	int fd;
	*ret_intact = false;
	if (file_open(s, inner, sha256, &fd))
		return NULL; /* absent is not intact, and no fault of the store's */
	struct sha256 h;
	sha256_init(&h);
	char *piece = arena_bytes(inner, 64 * KIB, 1);
	ssize_t n;
	while ((n = read(fd, piece, 64 * KIB)) > 0)
		sha256_add(&h, (str){ piece, (size_t)n });
	if (n < 0)
		return file_failed(a, "read");
	*ret_intact = str_eq(sha256_hex(&h, inner), sha256);
	return NULL;
}

#define FACT(member)                                                           \
	{                                                                      \
#member, COLUMN_KIND(((struct stored_file *)0)->facts.member), \
			offsetof(struct stored_file, facts.member)             \
	}
ROW_TYPE(stored_file_row, struct stored_file, COLUMN(struct stored_file, id),
	COLUMN(struct stored_file, size), COLUMN(struct stored_file, created_at),
	COLUMN(struct stored_file, sha256), COLUMN(struct stored_file, mime),
	COLUMN(struct stored_file, name), COLUMN(struct stored_file, scan), FACT(pages),
	FACT(width), FACT(height), FACT(sharpness), FACT(thumbnail), FACT(inspected));

err file_record(struct conn *c, struct arena *a, const struct stored_file *f, int64_t *ret_id)
{
	const struct file_facts *x = &f->facts;

	TRY(db_number(c, a,
		BIND(file_insert, .sha256 = V(f->sha256), .size = V(f->size), .mime = V(f->mime),
			.name = V(f->name), .now = V(f->created_at), .scan = V(f->scan),
			.pages = V(x->pages), .width = V(x->width), .height = V(x->height),
			.sharpness = V(x->sharpness), .thumbnail = V(x->thumbnail),
			.inspected = V(x->inspected), .look_at = V(f->created_at + INSTANT_DAY)),
		ret_id));
	if (!str_eq(f->scan, S("waiting")))
		return NULL;
	/* The moment too: SQLite gives a number again when the row that had it last has gone, and
	 * the job of that file may still stand in the book. */
	str key = arena_printf(a, "%lld/%lld", (long long)*ret_id, (long long)f->created_at);
	return job_put(c, a, S(FILE_SCAN_JOB), key,
		arena_printf(a, "{\"file\":%lld}", (long long)*ret_id), f->created_at);
}

err file_get(struct conn *c, struct arena *a, int64_t id, struct stored_file *ret)
{
	return db_one(c, a, BIND(file_by_id, .id = V(id)), &stored_file_row, ret);
}
