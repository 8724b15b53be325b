/* SPDX-License-Identifier: Apache-2.0 */
/* A file in pieces: however it is cut, what arrives is what was sent. */
#include "core/crypto.h"
#include "file/store.h"
#include "file/upload.h"
#include "tests/database.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct migration *const folders[] = { file_migrations, NULL };
#define NOW ((instant)1000 * INSTANT_DAY)

struct site {
	struct arena *a;
	struct db *db;
	struct file_store *store;
};

static struct site site_of(struct arena *a, enum db_engine engine)
{
	struct site x = { .a = a, .db = test_database(a, engine, folders) };

	crypto_init();
	CHECK_OK(file_store_open(a, arena_printf(a, "%s/files", tap_folder()), &x.store));
	return x;
}

static struct file_upload wish(int64_t owner, const char *name, int64_t size)
{
	return (struct file_upload){ .owner_id = owner,
		.subject = S("draft"),
		.field = S("to-khai"),
		.name = str_from(name),
		.size = size,
		.modified = 7 };
}

static struct file_upload begun(struct site *x, struct file_upload wanted)
{
	struct file_upload u = { 0 };

	CHECK_OK(file_upload_begin(x->db, x->a, &wanted, NOW, &u));
	return u;
}

/* Where the upload stands after the piece; -1 for an err. */
static int64_t added(struct site *x, const struct file_upload *u, int64_t at, str bytes)
{
	str path = arena_printf(x->a, "%s/piece", tap_folder());
	int fd = open(str_z(x->a, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	struct upload piece = { .path = path, .size = (int64_t)bytes.n };
	int64_t received = -1;

	CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
	err e = file_upload_add(x->store, x->db, x->a, u, at, &piece, NOW, &received);
	return e ? -1 : received;
}

static struct file_upload again(struct site *x, const struct file_upload *u)
{
	ARENA look = arena_new();
	struct conn *c;
	struct file_upload now = { 0 };

	CHECK_OK(db_reader(x->db, look, &c));
	CHECK_OK(file_upload_get(c, x->a, u->code, u->owner_id, u->subject, &now));
	return now;
}

TEST("pieces go where the upload stands; what comes again or too early is told the right place")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct file_upload u = begun(&x, wish(1, "a.pdf", 10));
		CHECK_INT(u.received, 0);
		CHECK_INT(added(&x, &u, 0, S("%PDF")), 4);
		CHECK_INT(added(&x, &u, 0, S("%PDF")), 4);
		CHECK_INT(added(&x, &u, 6, S("789")), 4);
		CHECK_INT(added(&x, &u, 4, S("5678901")), 4); /* more than was announced */
		CHECK_INT(added(&x, &u, 4, S("567890")), 10);
		CHECK_INT(again(&x, &u).received, 10);
		struct upload whole;
		REQUIRE(CHECK_OK(file_upload_whole(x.store, a, &u, &whole)));
		CHECK_STR(whole.sha256, sha256_of(a, S("%PDF567890")));
		CHECK_OK(file_keep(x.store, a, &whole));
		CHECK_STR(again(&x, &u).state, "open");
	}
}

TEST("the same file chosen again goes on; another one, or of somebody else, begins")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct file_upload u = begun(&x, wish(1, "a.pdf", 10));
		CHECK_INT(added(&x, &u, 0, S("%PDF")), 4);
		struct file_upload same = begun(&x, wish(1, "a.pdf", 10));
		CHECK_STR(same.code, u.code);
		CHECK_INT(same.received, 4);
		CHECK_INT(begun(&x, wish(1, "b.pdf", 10)).received, 0);
		CHECK_INT(begun(&x, wish(2, "a.pdf", 10)).received, 0);
		ARENA look = arena_new();
		struct conn *c;
		REQUIRE(CHECK_OK(db_reader(x.db, look, &c)));
		CHECK_ERR(file_upload_get(c, a, u.code, 2, u.subject, &same), "NOT_FOUND");
		CHECK_ERR(file_upload_get(c, a, u.code, 1, S("other"), &same), "NOT_FOUND");
	}
}

TEST("bytes that a crash kept from their row are written again; bytes that are gone come again")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct file_upload u = begun(&x, wish(1, "a.pdf", 8));
		CHECK_INT(added(&x, &u, 0, S("%PDF")), 4);
		int fd = openat(x.store->partial_fd, str_z(a, u.code), O_WRONLY | O_APPEND);
		CHECK(fd >= 0 && write(fd, "lostlost", 8) == 8);
		CHECK_INT(added(&x, &u, 4, S("5678")), 8);
		struct upload whole;
		REQUIRE(CHECK_OK(file_upload_whole(x.store, a, &u, &whole)));
		CHECK_STR(whole.sha256, sha256_of(a, S("%PDF5678")));
		CHECK(ftruncate(fd, 2) == 0);
		close(fd);
		CHECK_INT(added(&x, &u, 8, S("x")), 0);
		CHECK_INT(again(&x, &u).received, 0);
	}
}

/* Files cannot grow past that size any more: how a full disk answers. */
static void set_disk(rlim_t most)
{
	struct rlimit limit;

	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
	setrlimit(RLIMIT_FSIZE, &limit);
}

TEST("a full disk takes no piece, and says nothing else; with room again it goes on")
{
	ARENA a = arena_new();
	struct site x = site_of(a, DB_SQLITE);
	str large = { arena_bytes(a, MIB, 1), MIB };
	struct file_upload u = begun(&x, wish(1, "a.pdf", 2 * MIB));
	str path = arena_printf(a, "%s/large", tap_folder());
	struct upload piece = { .path = path, .size = MIB };
	int64_t received = -1;
	int fd = open(str_z(a, path), O_WRONLY | O_CREAT, 0600);
	CHECK(fd >= 0 && write(fd, large.p, large.n) == MIB);
	close(fd);

	CHECK_OK(file_upload_add(x.store, x.db, a, &u, 0, &piece, NOW, &received));
	set_disk(MIB + 4 * KIB);
	err e = file_upload_add(x.store, x.db, a, &u, MIB, &piece, NOW, &received);
	set_disk(RLIM_INFINITY);
	CHECK_ERR(e, "UNAVAILABLE");
	CHECK_INT(again(&x, &u).received, MIB);
	CHECK_OK(file_upload_add(x.store, x.db, a, &u, MIB, &piece, NOW, &received));
	CHECK_INT(received, 2 * MIB);
}

static err end_good(struct conn *c, struct arena *a, void *arg)
{
	struct file_upload *u = arg;
	bool mine = false;

	TRY(file_upload_end(c, a, u, FILE_GOOD, NOW, &mine));
	u->received = mine;
	return NULL;
}

TEST("an upload ends once, and takes no more")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct file_upload u = begun(&x, wish(1, "a.pdf", 8)), first = u, second = u;
		CHECK_OK(db_write(x.db, a, end_good, &first));
		CHECK_OK(db_write(x.db, a, end_good, &second));
		CHECK(first.received && !second.received);
		CHECK_STR(again(&x, &u).state, "done");
		CHECK_INT(added(&x, &u, 0, S("%PDF")), -1);
		CHECK_INT(begun(&x, wish(1, "a.pdf", 8)).received, 0);
	}
}

TEST("one person has so many open uploads, and so many bytes in them")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct site x = site_of(a, engine);
		struct file_upload u, many = wish(1, "", 10), large = wish(2, "", LIMIT_FILE);
		for (int i = 0; i < LIMIT_UPLOADS_OPEN; i++) {
			many.name = arena_printf(a, "%d.pdf", i);
			begun(&x, many);
		}
		many.name = S("more.pdf");
		CHECK_ERR(file_upload_begin(x.db, a, &many, NOW, &u), "TOO_MANY");
		for (int i = 0; i < LIMIT_UPLOADS_OPEN_BYTES / LIMIT_FILE; i++) {
			large.name = arena_printf(a, "%d.pdf", i);
			begun(&x, large);
		}
		large.name = S("more.pdf");
		CHECK_ERR(file_upload_begin(x.db, a, &large, NOW, &u), "TOO_MANY");
	}
}
