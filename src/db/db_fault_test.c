/* SPDX-License-Identifier: Apache-2.0 */
/* What fails under us: the disk, the server, the other transaction. */
#include "db/db_test.h"
#include "tests/database.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

/* --- a disk that fails on demand ----------------------------------------- */

enum disk { DISK_FINE, DISK_NO_SYNC, DISK_FULL, DISK_BAD, DISK_UNREADABLE };
static _Atomic enum disk disk;

/* SQLite's own file system with three methods of its files replaced, for each kind of file. */
static sqlite3_vfs vfs;
static struct {
	const sqlite3_io_methods *real;
	sqlite3_io_methods faulty;
} kinds[4];
static int (*real_open)(sqlite3_vfs *, const char *, sqlite3_file *, int, int *);
static int (*real_sync)(sqlite3_file *, int);
static int (*real_write)(sqlite3_file *, const void *, int, sqlite3_int64);
static int (*real_read)(sqlite3_file *, void *, int, sqlite3_int64);
static pthread_mutex_t learning = PTHREAD_MUTEX_INITIALIZER;

static int faulty_sync(sqlite3_file *file, int flags)
{
	return disk == DISK_NO_SYNC ? SQLITE_IOERR_FSYNC : real_sync(file, flags);
}

static int faulty_write(sqlite3_file *file, const void *p, int n, sqlite3_int64 at)
{
	if (disk == DISK_FULL)
		return SQLITE_FULL;
	return disk == DISK_BAD ? SQLITE_IOERR_WRITE : real_write(file, p, n, at);
}

static int faulty_read(sqlite3_file *file, void *p, int n, sqlite3_int64 at)
{
	return disk == DISK_UNREADABLE ? SQLITE_IOERR_READ : real_read(file, p, n, at);
}

static int faulty_open(sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags, int *out)
{
	int status = real_open(v, name, file, flags, out);
	size_t i = 0;

	if (!file->pMethods)
		return status;
	pthread_mutex_lock(&learning);
	while (kinds[i].real && kinds[i].real != file->pMethods)
		i++;
	if (!kinds[i].real) {
		kinds[i].real = file->pMethods;
		kinds[i].faulty = *file->pMethods;
		kinds[i].faulty.xSync = faulty_sync;
		kinds[i].faulty.xWrite = faulty_write;
		kinds[i].faulty.xRead = faulty_read;
	}
	if (!real_sync) {
		real_sync = kinds[i].real->xSync;
		real_write = kinds[i].real->xWrite;
		real_read = kinds[i].real->xRead;
	}
	file->pMethods = &kinds[i].faulty;
	pthread_mutex_unlock(&learning);
	return status;
}

static struct db *database_on_faulty_disk(struct arena *a)
{
	sqlite3_vfs *real = sqlite3_vfs_find("unix");

	if (!real_open) {
		vfs = *real;
		vfs.zName = "faulty";
		real_open = vfs.xOpen;
		vfs.xOpen = faulty_open;
	}
	disk = DISK_FINE;
	sqlite3_vfs_register(&vfs, 1);
	return test_database(a, DB_SQLITE, person_folders);
}

static void disk_is_gone(void *unused)
{
	disk = DISK_FINE;
	sqlite3_vfs_unregister(&vfs);
}

static err integrity(struct conn *c, struct arena *a)
{
	static const struct sql q = { "integrity", { "PRAGMA integrity_check", "" }, 0, NULL };
	static const struct column columns[] = { { "integrity_check", VALUE_TEXT, 0 } };
	static const struct row_type type = { sizeof(str), columns, 1 };
	str answer;

	TRY(db_one(c, a, &q, NULL, &type, &answer));
	if (!str_eq(answer, S("ok")))
		return FAIL(a, INTERNAL, STR_FMT, STR_ARG(answer));
	return NULL;
}

/* Refused while the disk fails, the last answer still read, and back by itself afterwards. */
static void check_recovery(enum disk trouble)
{
	ARENA a = arena_new();
	struct db *db = database_on_faulty_disk(a);
	struct conn *c;

	arena_defer(a, disk_is_gone, NULL); /* before the files are closed */
	CHECK_OK(db_reader(db, a, &c));
	CHECK_OK(add_person(db, a, S("before")));
	for (int i = 0; i < 3; i++) {
		disk = trouble;
		CHECK_ERR(add_person(db, a, arena_printf(a, "lost %d", i)), "UNAVAILABLE");
		CHECK_INT(count_people(db), i + 1);
		disk = DISK_FINE;
		CHECK_OK(add_person(db, a, arena_printf(a, "found %d", i)));
		CHECK_INT(count_people(db), i + 2);
	}
	CHECK_INT(db_stats(db).failures, 3);
	CHECK_OK(integrity(c, a));
}

TEST("a full disk is UNAVAILABLE, nothing is half-written, and the service resumes")
{
	check_recovery(DISK_FULL);
}

TEST("a failing fsync is UNAVAILABLE, nothing is half-written, and the service resumes")
{
	check_recovery(DISK_NO_SYNC);
}

TEST("a write error is UNAVAILABLE, nothing is half-written, and the service resumes")
{
	check_recovery(DISK_BAD);
}

TEST("a disk that cannot be read costs one request, not the reader it came on nor the program")
{
	ARENA a = arena_new();
	struct db *db = database_on_faulty_disk(a);

	arena_defer(a, disk_is_gone, NULL);
	for (int i = 0; i < 20; i++) { /* there are eight readers */
		ARENA page = arena_new();
		struct conn *c;
		int64_t n;
		CHECK_OK(db_reader(db, page, &c));
		CHECK_OK(db_number(c, page, BIND(person_count), &n));
		CHECK_INT(n, i);
		CHECK_OK(add_person(db, page, arena_printf(page, "%d", i))); /* to be read */
		CHECK_OK(db_steady(c, page));
		disk = DISK_UNREADABLE;
		CHECK_ERR(db_number(c, page, BIND(person_count), &n), "UNAVAILABLE");
		if (i % 2)
			CHECK(db_fresh(c, page)); /* as a page may, that goes on all the same */
		disk = DISK_FINE;
	}
	CHECK_INT(count_people(db), 20);
}

struct writer_under_fault {
	pthread_t thread;
	struct db *db;
	int number, landed, away, others;
};

static void *write_on(void *arg)
{
	struct writer_under_fault *w = arg;

	for (int i = 0; i < 60; i++) {
		ARENA a = arena_new();
		err e = add_person(w->db, a, arena_printf(a, "%d of %d", i, w->number));
		w->landed += !e;
		w->away += e && e->kind == ERR_UNAVAILABLE;
		w->others += e && e->kind != ERR_UNAVAILABLE;
	}
	return NULL;
}

TEST("a disk that comes and goes under load: what was confirmed is there, the rest is not")
{
	ARENA a = arena_new();
	struct db *db = database_on_faulty_disk(a);
	struct writer_under_fault w[8];
	int landed = 0, away = 0;

	arena_defer(a, disk_is_gone, NULL);
	for (size_t i = 0; i < COUNT(w); i++) {
		w[i] = (struct writer_under_fault){ .db = db, .number = (int)i };
		pthread_create(&w[i].thread, NULL, write_on, &w[i]);
	}
	for (int i = 0; i < 12; i++) {
		nanosleep(&(struct timespec){ 0, 2000000 }, NULL);
		disk = i % 2 ? DISK_FINE : (enum disk)(1 + i / 2 % 3);
	}
	disk = DISK_FINE;
	for (size_t i = 0; i < COUNT(w); i++) {
		pthread_join(w[i].thread, NULL);
		CHECK_INT(w[i].others, 0);
		landed += w[i].landed;
		away += w[i].away;
	}
	CHECK_INT(landed + away, 8 * 60);
	CHECK_INT(count_people(db), landed);
}

static atomic_bool first_is_in;

/* The first of a group: the second comes while it runs. */
static err add_slowly(struct conn *c, struct arena *a, void *name)
{
	TRY(add_act(c, a, name));
	first_is_in = true;
	nanosleep(&(struct timespec){ 0, 50000000 }, NULL);
	disk = DISK_NO_SYNC;
	return NULL;
}

static void *write_first(void *db)
{
	ARENA a = arena_new();
	str name = S("one");

	CHECK_ERR(db_write(db, a, add_slowly, &name), "UNAVAILABLE");
	return NULL;
}

static err refuse_when_taken(struct conn *c, struct arena *a, void *saw)
{
	int64_t n;

	TRY(db_number(c, a, BIND(person_count), &n));
	*(bool *)saw = n == 1;
	return n == 1 ? FAIL(a, CONFLICT, "taken already") : NULL;
}

TEST("a refusal for what a neighbour of the group wrote is lost with it when the commit fails")
{
	ARENA a = arena_new();
	struct db *db = database_on_faulty_disk(a);
	pthread_t first;
	bool saw = false;

	arena_defer(a, disk_is_gone, NULL);
	first_is_in = false;
	pthread_create(&first, NULL, write_first, db);
	while (!first_is_in)
		nanosleep(&(struct timespec){ 0, 1000000 }, NULL);
	CHECK_ERR(db_write(db, a, refuse_when_taken, &saw), "UNAVAILABLE");
	CHECK(saw);
	pthread_join(first, NULL);
	disk = DISK_FINE;
	CHECK_INT(count_people(db), 0);
}

/* --- others who write or hold -------------------------------------------- */

static pthread_barrier_t meeting;

static err add_and_meet(struct conn *c, struct arena *a, void *name)
{
	TRY(add_act(c, a, name));
	pthread_barrier_wait(&meeting);
	nanosleep(&(struct timespec){ 0, 30000000 }, NULL);
	return NULL;
}

static void *write_from_elsewhere(void *url)
{
	ARENA a = arena_new();
	struct db *db;
	str name = S("theirs");

	CHECK_OK(db_open(a, *(str *)url, 1, &db));
	CHECK_OK(db_write(db, a, add_and_meet, &name));
	db_close(db);
	return NULL;
}

TEST("a write waits for another process that writes to the same SQLite file")
{
	ARENA a = arena_new();
	str url = test_database_url(a, DB_SQLITE);
	struct db *db;
	pthread_t other;
	int n;

	CHECK_OK(db_open(a, url, 1, &db));
	CHECK_OK(db_migrate(db, a, person_folders, &n));
	pthread_barrier_init(&meeting, NULL, 2);
	pthread_create(&other, NULL, write_from_elsewhere, &url);
	pthread_barrier_wait(&meeting);
	CHECK_OK(add_person(db, a, S("ours")));
	pthread_join(other, NULL);
	pthread_barrier_destroy(&meeting);
	CHECK_INT(count_people(db), 2);
	db_close(db);
}

static void *hold_reader(void *db)
{
	ARENA a = arena_new();
	struct conn *c;

	CHECK_OK(db_reader(db, a, &c));
	pthread_barrier_wait(&meeting);
	nanosleep(&(struct timespec){ 0, 20000000 }, NULL);
	return NULL;
}

TEST("who asks for a reader while all are held gets the one that is given back")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db;
		pthread_t holder;

		CHECK_OK(db_open(a, test_database_url(a, engine), 1, &db));
		pthread_barrier_init(&meeting, NULL, 2);
		pthread_create(&holder, NULL, hold_reader, db);
		pthread_barrier_wait(&meeting);
		{
			ARENA held = arena_new();
			struct conn *c;
			CHECK_OK(db_reader(db, held, &c));
		}
		pthread_join(holder, NULL);
		pthread_barrier_destroy(&meeting);
		db_close(db);
	}
}
