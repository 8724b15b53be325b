/* SPDX-License-Identifier: Apache-2.0 */
/* collect.c - forgets rows that nothing refers to (drafts deleted), content that no row names (of
 * those, and of uploads refused or never saved), and uploads left alone.
 *
 * Nobody is asked whether a row is used: the foreign keys of its users know. And content that is
 * given again in this very moment is not lost: keeping it touches it (store.c), and what was
 * touched meanwhile goes back to its place. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file/file.sql.h"
#include "file/collect.h"
#include "file/store.h"

#define GRACE INSTANT_DAY
#define LATER (30 * INSTANT_DAY) /* before a row in use is looked at again */
#define ROWS_AT_ONCE 200
#define ROWS_MOST 4000     /* of one run */
#define SHELVES_AT_ONCE 11 /* of 256: all of them in a day of runs each hour */

struct collecting {
	struct file_store *store;
	struct db *db;
	instant now;
	int64_t looked, forgotten;
};

/* --- rows -------------------------------------------------------------------------- */
struct numbered {
	int64_t id;
};
ROW_TYPE(numbered_row, struct numbered, COLUMN(struct numbered, id));

static err forget_rows(struct conn *c, struct arena *a, void *arg)
{
	struct collecting *x = arg;
	LIST(struct numbered) rows;

	TRY(DB_LIST(c, a, &rows, &numbered_row,
		BIND(file_due, .now = V(x->now), .most = V(ROWS_AT_ONCE))));
	for (size_t i = 0; i < rows.n; i++) {
		bool used = false;
		int64_t id = rows.items[i].id;
		TRY(db_attempt(c, a, BIND(file_delete, .id = V(id)), &used));
		if (used)
			TRY(db_do(c, a,
				BIND(file_look_later, .id = V(id), .later = V(x->now + LATER))));
	}
	x->looked = (int64_t)rows.n;
	return NULL;
}

/* --- content ------------------------------------------------------------------------ */
static bool is_old(int folder, const char *name, instant now)
{
	struct stat info;

	return fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
		info.st_mtime * INSTANT_SECOND < now - GRACE;
}

static err is_named(struct db *db, struct arena *a, str sha256, bool *ret)
{
	ARENA look = arena_new();
	struct conn *c;
	int64_t n = 1;

	TRY(db_reader_in(db, a, look, &c));
	TRY(db_number(c, a, BIND(file_names, .sha256 = V(sha256)), &n));
	*ret = n > 0;
	return NULL;
}

/* Unless somebody has kept the same content anew. */
static void return_content(struct file_store *s, struct arena *a, const char *name)
{
	const char *place = file_place(a, str_from(name));

	if (linkat(s->trash_fd, name, s->folder_fd, place, 0) == 0 || errno == EEXIST)
		unlinkat(s->trash_fd, name, 0);
}

/* Out of everybody's sight first: then nobody can count on it any more, and looked at again. */
static err forget_content(struct collecting *x, struct arena *a, str sha256)
{
	ARENA own = arena_new();
	struct file_store *s = x->store;
	const char *name = str_z(own, sha256), *place = file_place(own, sha256);
	bool named = true;

	TRY(is_named(x->db, a, sha256, &named));
	if (named || renameat(s->folder_fd, place, s->trash_fd, name) != 0)
		return NULL;
	err e = is_named(x->db, a, sha256, &named);
	if (e || named || !is_old(s->trash_fd, name, x->now))
		return_content(s, own, name);
	else if (unlinkat(s->trash_fd, name, 0) == 0)
		x->forgotten++;
	return e;
}

/* Names of a folder, to go over while it changes. */
typedef LIST(str) names;
static names names_in(struct arena *a, int folder)
{
	VEC(str) found = { 0 };
	int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = again < 0 ? NULL : fdopendir(again);

	for (struct dirent *e; d && (e = readdir(d));)
		if (e->d_name[0] != '.')
			*VEC_PUSH(a, &found) = str_copy(a, str_from(e->d_name));
	if (d)
		closedir(d);
	return (names){ found.items, found.n };
}

static err tidy_shelf(struct collecting *x, struct arena *a, int number)
{
	ARENA own = arena_new();
	str name = arena_printf(own, "%02x", (unsigned)number);
	int shelf =
		openat(x->store->folder_fd, str_z(own, name), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (shelf < 0)
		return NULL;
	names all = names_in(own, shelf);
	err e = NULL;
	for (size_t i = 0; i < all.n && !e; i++)
		if (file_sha256_valid(all.items[i]) &&
			is_old(shelf, str_z(own, all.items[i]), x->now))
			e = forget_content(x, a, all.items[i]);
	close(shelf);
	return e;
}

void file_trash_return(struct file_store *s, struct arena *a)
{
	names all = names_in(a, s->trash_fd);

	for (size_t i = 0; i < all.n; i++)
		if (file_sha256_valid(all.items[i]))
			return_content(s, a, str_z(a, all.items[i]));
}

/* --- uploads ------------------------------------------------------------------------- */
static err forget_uploads(struct conn *c, struct arena *a, void *arg)
{
	const struct collecting *x = arg;

	return db_do(c, a, BIND(upload_purge, .before = V(x->now - GRACE)));
}

static err drop_partial(struct collecting *x, struct arena *a)
{
	names all = names_in(a, x->store->partial_fd);

	for (size_t i = 0; i < all.n; i++) {
		ARENA look = arena_new();
		struct conn *c;
		int64_t n = 1;
		if (!is_old(x->store->partial_fd, str_z(a, all.items[i]), x->now))
			continue;
		TRY(db_reader_in(x->db, a, look, &c));
		TRY(db_number(c, a, BIND(upload_exists, .code = V(all.items[i])), &n));
		if (!n && unlinkat(x->store->partial_fd, str_z(a, all.items[i]), 0) == 0)
			x->forgotten++;
	}
	return NULL;
}

err file_collect(
	struct file_store *s, struct db *db, struct arena *a, instant now, int64_t *ret_forgotten)
{
	struct collecting x = { .store = s, .db = db, .now = now };
	int64_t rows = 0, first = now / INSTANT_HOUR * SHELVES_AT_ONCE;

	do {
		TRY(db_write(db, a, forget_rows, &x));
		rows += x.looked;
	} while (x.looked == ROWS_AT_ONCE && rows < ROWS_MOST);
	for (int i = 0; i < SHELVES_AT_ONCE; i++)
		TRY(tidy_shelf(&x, a, (int)((first + i) % 256)));
	TRY(db_write(db, a, forget_uploads, &x));
	TRY(drop_partial(&x, a));
	*ret_forgotten = x.forgotten;
	return NULL;
}
