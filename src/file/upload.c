/* SPDX-License-Identifier: Apache-2.0 */
/* upload.c - a file in pieces. The row says how much has come; the bytes lie in partial/ under its
 * code. A piece is written and synced before the row says so: after a crash the same piece comes
 * again, to the same place. Two tabs that send at once take turns by a lock on the file. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/crypto.h"
#include "file/file.sql.h"
#include "file/store.h"
#include "file/upload.h"

#define COPIED (64 * KIB)

ROW_TYPE(upload_row, struct file_upload, COLUMN(struct file_upload, id),
	COLUMN(struct file_upload, owner_id), COLUMN(struct file_upload, size),
	COLUMN(struct file_upload, modified), COLUMN(struct file_upload, received),
	COLUMN(struct file_upload, code), COLUMN(struct file_upload, subject),
	COLUMN(struct file_upload, field), COLUMN(struct file_upload, name),
	COLUMN(struct file_upload, state), COLUMN(struct file_upload, verdict));

/* --- beginning ------------------------------------------------------------------ */
struct beginning {
	const struct file_upload *wanted;
	struct file_upload got;
	instant now;
};

static err check_room(struct conn *c, struct arena *a, const struct file_upload *u)
{
	int64_t open = 0, bytes = 0, all = 0, everybody = 0;

	TRY(db_number(c, a, BIND(upload_open_count, .owner = V(u->owner_id)), &open));
	TRY(db_number(c, a, BIND(upload_open_bytes, .owner = V(u->owner_id)), &bytes));
	TRY(db_number(c, a, BIND(upload_open_bytes, .owner = V(everybody)), &all));
	if (open >= LIMIT_UPLOADS_OPEN || bytes + u->size > LIMIT_UPLOADS_OPEN_BYTES)
		return FAIL(a, TOO_MANY, "%lld open uploads of %lld bytes", (long long)open,
			(long long)bytes);
	if (all + u->size > LIMIT_UPLOADS_ALL_BYTES)
		return FAIL(a, UNAVAILABLE, "open uploads of %lld bytes", (long long)all);
	return NULL;
}

static err begin(struct conn *c, struct arena *a, void *arg)
{
	struct beginning *x = arg;
	const struct file_upload *u = x->wanted;
	bool found = false;

	TRY(db_find(c, a,
		BIND(upload_same, .owner = V(u->owner_id), .subject = V(u->subject),
			.field = V(u->field), .name = V(u->name), .size = V(u->size),
			.modified = V(u->modified)),
		&upload_row, &x->got, &found));
	if (found)
		return NULL;
	TRY(check_room(c, a, u));
	x->got = *u;
	x->got.code = random_text(a, 15);
	TRY(db_do(c, a,
		BIND(upload_insert, .code = V(x->got.code), .owner = V(u->owner_id),
			.subject = V(u->subject), .field = V(u->field), .name = V(u->name),
			.size = V(u->size), .modified = V(u->modified), .now = V(x->now))));
	return file_upload_get(c, a, x->got.code, u->owner_id, u->subject, &x->got);
}

err file_upload_begin(struct db *db, struct arena *a, const struct file_upload *wanted, instant now,
	struct file_upload *ret)
{
	struct beginning x = { .wanted = wanted, .now = now };

	TRY(db_write(db, a, begin, &x));
	*ret = x.got;
	return NULL;
}

err file_upload_get(struct conn *c, struct arena *a, str code, int64_t owner, str subject,
	struct file_upload *ret)
{
	return db_one(c, a,
		BIND(upload_by_code, .code = V(code), .owner = V(owner), .subject = V(subject)),
		&upload_row, ret);
}

/* --- pieces ---------------------------------------------------------------------- */
static bool copy(int from, int to, int64_t at)
{
	char piece[COPIED];
	ssize_t n;

	while ((n = read(from, piece, sizeof piece)) > 0)
		for (ssize_t done = 0; done < n;) {
			ssize_t w = pwrite(to, piece + done, (size_t)(n - done), at);
			if (w <= 0)
				return false;
			done += w;
			at += w;
		}
	return n == 0;
}

static err copy_piece(struct arena *a, const struct upload *piece, int to, int64_t at)
{
	int from = open(str_z(a, piece->path), O_RDONLY | O_CLOEXEC);

	if (from < 0)
		return file_failed(a, "open piece");
	bool good = copy(from, to, at) && fdatasync(to) == 0;
	close(from);
	return good ? NULL : file_failed(a, "write piece");
}

struct advance {
	int64_t id, from, to;
	instant now;
	bool mine;
};

static err advance(struct conn *c, struct arena *a, void *arg)
{
	struct advance *x = arg;
	int64_t changed = 0;

	TRY(db_count_changed(c, a,
		BIND(upload_advance, .id = V(x->id), .from = V(x->from), .to = V(x->to),
			.now = V(x->now)),
		&changed));
	x->mine = changed == 1;
	return NULL;
}

static err received_of(struct db *db, struct arena *a, int64_t id, int64_t *ret)
{
	ARENA look = arena_new();
	struct conn *c;
	int64_t n = 0;

	TRY(db_reader_in(db, a, look, &c));
	TRY(db_number(c, a, BIND(upload_received, .id = V(id)), &n));
	*ret = n;
	return NULL;
}

/* Under the lock. */
static err add(struct db *db, struct arena *a, const struct file_upload *u, int fd, int64_t at,
	const struct upload *piece, instant now, int64_t *ret)
{
	struct stat info;
	struct advance x = { .id = u->id, .now = now };

	TRY(received_of(db, a, u->id, ret));
	if (fstat(fd, &info) != 0)
		return file_failed(a, "upload");
	x.from = *ret;
	if (info.st_size < *ret) { /* another disk than the one it began on: from the start */
		TRY(db_write(db, a, advance, &x));
		*ret = 0;
		return NULL;
	}
	if (at != *ret || piece->size <= 0 || at + piece->size > u->size)
		return NULL;
	TRY(copy_piece(a, piece, fd, at));
	x.to = at + piece->size;
	TRY(db_write(db, a, advance, &x));
	if (x.mine)
		*ret = x.to;
	return NULL;
}

err file_upload_add(struct file_store *s, struct db *db, struct arena *a,
	const struct file_upload *u, int64_t at, const struct upload *piece, instant now,
	int64_t *ret)
{
	int fd = openat(s->partial_fd, str_z(a, u->code), O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return file_failed(a, "open upload");
	err e = flock(fd, LOCK_EX) == 0 ? add(db, a, u, fd, at, piece, now, ret)
					: file_failed(a, "lock upload");
	close(fd);
	return e;
}

/* --- the end ---------------------------------------------------------------------- */
static err hash(struct arena *a, int fd, int64_t size, str *ret)
{
	char piece[COPIED];
	struct sha256 h;
	int64_t total = 0;
	ssize_t n;

	sha256_init(&h);
	while (total < size && (n = pread(fd, piece, sizeof piece, total)) > 0) {
		int64_t wanted = size - total < n ? size - total : n;
		sha256_add(&h, (str){ piece, (size_t)wanted });
		total += wanted;
	}
	if (total != size)
		return FAIL(a, INTERNAL, "an upload lost bytes");
	*ret = sha256_hex(&h, a);
	return NULL;
}

struct link_left {
	struct file_store *store;
	const char *name;
};

static void unlink_left(void *arg)
{
	const struct link_left *l = arg;
	unlinkat(l->store->tmp_fd, l->name, 0);
}

err file_upload_whole(
	struct file_store *s, struct arena *a, const struct file_upload *u, struct upload *ret)
{
	struct link_left *left = arena_make(a, struct link_left);
	const char *code = str_z(a, u->code);
	int fd = openat(s->partial_fd, code, O_RDWR | O_CLOEXEC);

	if (fd < 0)
		return file_failed(a, "open upload");
	*ret = (struct upload){ .field = u->field, .file_name = u->name, .size = u->size };
	bool cut = ftruncate(fd, u->size) == 0; /* a piece that no row speaks of */
	err e = cut ? hash(a, fd, u->size, &ret->sha256) : file_failed(a, "cut upload");
	close(fd);
	TRY(e);
	/* A name of its own for file_keep to move away; the bytes stay until the commit. */
	*left = (struct link_left){ s, str_z(a, random_text(a, 15)) };
	if (linkat(s->partial_fd, code, s->tmp_fd, left->name, 0) != 0)
		return file_failed(a, "link upload");
	arena_defer(a, unlink_left, left);
	ret->path = arena_printf(a, STR_FMT "/tmp/%s", STR_ARG(s->folder), left->name);
	return NULL;
}

err file_upload_end(struct conn *c, struct arena *a, const struct file_upload *u,
	enum file_verdict v, instant now, bool *ret_mine)
{
	str state = v == FILE_GOOD ? S("done") : S("refused");
	int64_t changed = 0;

	TRY(db_count_changed(c, a,
		BIND(upload_finish, .id = V(u->id), .state = V(state),
			.verdict = V(file_verdict_code(v)), .now = V(now)),
		&changed));
	*ret_mine = changed == 1;
	return NULL;
}

void file_upload_drop(struct file_store *s, struct arena *a, const struct file_upload *u)
{
	unlinkat(s->partial_fd, str_z(a, u->code), 0);
}

err file_upload_refused(struct conn *c, struct arena *a, int64_t owner, str subject,
	struct file_upload **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(upload_refused, .owner = V(owner), .subject = V(subject)),
		&upload_row, ret, ret_n);
}

err file_upload_told(struct conn *c, struct arena *a, int64_t id)
{
	return db_do(c, a, BIND(upload_delete, .id = V(id)));
}
