/* SPDX-License-Identifier: Apache-2.0 */
/* What nobody needs any more is forgotten; what anybody may still need is not. */
#include "core/crypto.h"
#include "file/file.sql.h"
#include "file/collect.h"
#include "file/store.h"
#include "file/upload.h"
#include "job/job.h"
#include "tests/database.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct migration using[] = {
	{ "using", 1, "using",
		"CREATE TABLE using_file (file_id $INT NOT NULL REFERENCES file (id)) $STRICT;\n" },
	{ 0 },
};
static const struct migration *const folders[] = { job_migrations, file_migrations, using, NULL };

struct site {
	struct arena *a;
	struct db *db;
	struct file_store *store;
	instant now;
};

static struct site site_of(struct arena *a, enum db_engine engine)
{
	struct site x = { .a = a, .db = test_database(a, engine, folders), .now = instant_now() };

	crypto_init();
	CHECK_OK(file_store_open(a, arena_printf(a, "%s/files", tap_folder()), &x.store));
	return x;
}

/* All shelves are gone over in a day of runs each hour. */
static int64_t collected(struct site *x, instant from)
{
	int64_t all = 0, n = 0;

	for (int hour = 0; hour < 24; hour++) {
		CHECK_OK(file_collect(x->store, x->db, x->a, from + hour * INSTANT_HOUR, &n));
		all += n;
	}
	return all;
}

static str kept(struct site *x, const char *bytes)
{
	str sha256 = S("");

	CHECK_OK(file_keep_bytes(x->store, x->a, str_from(bytes), &sha256));
	return sha256;
}

static bool there(struct site *x, str sha256)
{
	return faccessat(x->store->folder_fd, file_place(x->a, sha256), F_OK, 0) == 0;
}

static err record(struct conn *c, struct arena *a, void *arg)
{
	struct stored_file *f = arg;

	return file_record(c, a, f, &f->id);
}

static int64_t recorded(struct site *x, str sha256, str thumbnail)
{
	struct stored_file f = { .sha256 = sha256,
		.size = 1,
		.mime = S("application/pdf"),
		.name = S("a.pdf"),
		.created_at = x->now,
		.facts = { .thumbnail = thumbnail } };

	CHECK_OK(db_write(x->db, x->a, record, &f));
	return f.id;
}

static const char *const use_text = "INSERT INTO using_file (file_id) VALUES ($1)";
static const char *const use_params[] = { "id" };
static const struct sql use_file = { "use_file", { use_text, use_text }, 1, use_params };
struct use_file_args {
	struct value id;
};

static err use(struct conn *c, struct arena *a, void *arg)
{
	return db_do(c, a, BIND(use_file, .id = V(*(int64_t *)arg)));
}

TEST("content that a row names stays; a row in use stays; the rest goes after a day")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		str used = kept(&x, "used"), loose = kept(&x, "loose"), none = kept(&x, "none");
		str picture = kept(&x, "picture");
		int64_t id = recorded(&x, used, picture);
		recorded(&x, loose, S(""));
		CHECK_OK(db_write(x.db, a, use, &id));

		CHECK_INT(collected(&x, x.now - INSTANT_HOUR), 0);
		CHECK(there(&x, loose) && there(&x, none));
		CHECK_INT(collected(&x, x.now + 2 * INSTANT_DAY), 2);
		CHECK(there(&x, used) && there(&x, picture));
		CHECK(!there(&x, loose) && !there(&x, none));
		CHECK_INT(collected(&x, x.now + 40 * INSTANT_DAY), 0);
		CHECK(there(&x, used));
	}
}

static const char *const asked_text = "SELECT count(*) AS n FROM job WHERE kind = 'file.scan'";
static const struct sql scans_asked = { "scans_asked", { asked_text, asked_text }, 0, NULL };

TEST("a file that was given the number of one that has gone is scanned like any other")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct stored_file f = { .sha256 = kept(&x, "one"),
			.mime = S("application/pdf"),
			.name = S("a.pdf"),
			.created_at = x.now,
			.scan = S("waiting") };
		struct conn *c;
		int64_t asked = 0;
		CHECK_OK(db_write(x.db, a, record, &f));
		collected(&x, x.now + 2 * INSTANT_DAY);
		f.created_at += 2 * INSTANT_DAY;
		CHECK_OK(db_write(x.db, a, record, &f));
		REQUIRE(CHECK_OK(db_reader(x.db, a, &c)));
		CHECK_OK(db_number(c, a, &scans_asked, NULL, &asked));
		CHECK_INT(asked, 2);
	}
}

TEST("content given again in time is young again, and stays")
{
	ARENA a = arena_new();
	struct site x = site_of(a, DB_SQLITE);
	str again = kept(&x, "again");
	struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	REQUIRE(utimensat(x.store->folder_fd, file_place(a, again), old, 0) == 0);
	kept(&x, "again");
	CHECK_INT(collected(&x, x.now - INSTANT_HOUR), 0);
	CHECK(there(&x, again));
}

TEST("what a crash left in the collector's hands is back when the store opens")
{
	ARENA a = arena_new();
	struct site x = site_of(a, DB_SQLITE);
	str held = kept(&x, "held");
	REQUIRE(renameat(x.store->folder_fd, file_place(a, held), x.store->trash_fd,
			str_z(a, held)) == 0);
	CHECK(!there(&x, held));
	CHECK_OK(file_store_open(a, arena_printf(a, "%s/files", tap_folder()), &x.store));
	CHECK(there(&x, held));
}

TEST("an upload that nobody goes on with is forgotten after a day, with its bytes")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct file_upload u,
			wanted = { .owner_id = 1,
				.subject = S("draft"),
				.field = S("f"),
				.name = S("a.pdf"),
				.size = 10 };
		REQUIRE(CHECK_OK(file_upload_begin(x.db, a, &wanted, x.now, &u)));
		int fd = openat(x.store->partial_fd, str_z(a, u.code), O_WRONLY | O_CREAT, 0600);
		REQUIRE(fd >= 0);
		close(fd);
		CHECK_INT(collected(&x, x.now - INSTANT_HOUR), 0);
		CHECK(faccessat(x.store->partial_fd, str_z(a, u.code), F_OK, 0) == 0);
		CHECK_INT(collected(&x, x.now + 2 * INSTANT_DAY), 1);
		CHECK(faccessat(x.store->partial_fd, str_z(a, u.code), F_OK, 0) != 0);
	}
}

TEST("who collects while the database cannot be asked is told so, and nothing is forgotten")
{
	ARENA a = arena_new();
	str address = test_database_url(a, DB_SQLITE);
	str path = str_from_at(address, S("sqlite:").n);
	const char *file = str_z(a, path),
		   *away = str_z(a, arena_printf(a, STR_FMT "~", STR_ARG(path)));
	struct site x = site_of(a, DB_SQLITE);
	str loose = kept(&x, "loose");
	int migrated;
	int64_t n;

	REQUIRE(CHECK_OK(db_open(a, address, 9, &x.db)) &&
		CHECK_OK(db_migrate(x.db, a, folders, &migrated)));
	{
		ARENA held = arena_new();
		struct conn *c;
		CHECK_OK(db_reader(x.db, held, &c)); /* the one that is open already */
		REQUIRE(rename(file, away) == 0);
		for (int hour = 0, told = 0; hour < 24 && !told; hour++) {
			err e = file_collect(x.store, x.db, a,
				x.now + 2 * INSTANT_DAY + hour * INSTANT_HOUR, &n);
			told = e != NULL;
			CHECK(told || hour < 23);
			if (told)
				CHECK_STR(err_name(e), "UNAVAILABLE");
		}
		REQUIRE(rename(away, file) == 0);
	}
	CHECK(there(&x, loose));
	db_close(x.db);
}

/* --- keeping and collecting at once -------------------------------------------------- */
struct race {
	struct site *site;
	_Atomic bool stop;
};

static void *collect_on(void *arg)
{
	struct race *r = arg;
	int64_t n;

	for (instant t = r->site->now; !r->stop; t += INSTANT_HOUR) {
		ARENA a = arena_new();
		if (file_collect(
			    r->site->store, r->site->db, a, r->site->now + t % INSTANT_DAY, &n))
			break;
	}
	return NULL;
}

TEST("content that is given while it is collected is never lost")
{
	ARENA a = arena_new();
	struct site x = site_of(a, DB_SQLITE);
	struct race r = { .site = &x };
	struct timespec old[2] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
	pthread_t collector;
	int lost = 0;

	REQUIRE(pthread_create(&collector, NULL, collect_on, &r) == 0);
	for (int i = 0; i < 300; i++) {
		ARENA inner = arena_new();
		struct site y = x;
		y.a = inner;
		str sha256 = kept(&y, arena_printf(inner, "content %d", i % 3).p);
		lost += !there(&y, sha256);
		utimensat(x.store->folder_fd, file_place(inner, sha256), old, 0);
	}
	r.stop = true;
	pthread_join(collector, NULL);
	/* Given anew they are young, and stay. */
	str last[3];
	for (int i = 0; i < 3; i++)
		last[i] = kept(&x, arena_printf(a, "content %d", i).p);
	CHECK_INT(collected(&x, x.now - INSTANT_HOUR), 0);
	for (int i = 0; i < 3; i++)
		CHECK(there(&x, last[i]));
	printf("# %d times it was in the collector's hands for a moment\n", lost);
}
