/* SPDX-License-Identifier: Apache-2.0 */
/* The store: what was said to be kept is there, whole; what was not leaves nothing behind. */
#include "core/crypto.h"
#include "file/store.h"
#include "tests/database.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct file_store *open_store(struct arena *a)
{
	struct file_store *s = NULL;
	crypto_init();
	str folder = arena_printf(a, "%s/files", tap_folder());
	if (!CHECK_OK(file_store_open(a, folder, &s)))
		exit(1);
	return s;
}

/* A part of a form as the façade hands it over, in pieces of 7 bytes. */
static struct upload send(struct file_store *s, struct arena *a, const char *name, str bytes)
{
	struct upload_sink sink = file_sink(s);
	struct upload u = { .file_name = str_from(name) };
	void *file = sink.begin(sink.store, a);
	if (!CHECK(file))
		return u;
	for (size_t at = 0; at < bytes.n; at += 7) {
		str piece = str_part(bytes, at, 7);
		CHECK(sink.write(file, piece.p, piece.n));
	}
	CHECK(sink.end(file, &u));
	return u;
}

static int entries(struct arena *a, str folder)
{
	int n = 0;
	DIR *d = opendir(str_z(a, folder));
	for (struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	return n;
}

static int temporary_files(struct file_store *s, struct arena *a)
{
	return entries(a, arena_printf(a, STR_FMT "/tmp", STR_ARG(s->folder)));
}

/* Shelves beside tmp/, partial/ and trash/. */
static int shelves(struct file_store *s, struct arena *a) { return entries(a, s->folder) - 3; }

static str content_of(struct file_store *s, struct arena *a, str sha256)
{
	static char bytes[4 * MIB];
	int fd;
	if (!CHECK_OK(file_open(s, a, sha256, &fd)))
		return S("");
	ssize_t n = read(fd, bytes, sizeof bytes);
	return (str){ bytes, n < 0 ? 0 : (size_t)n };
}

static const char *place_of(struct file_store *s, struct arena *a, str sha256)
{
	return str_z(a, arena_printf(a, STR_FMT "/%s", STR_ARG(s->folder), file_place(a, sha256)));
}

TEST("what is uploaded and kept is read again, byte by byte, under its hash")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	str bytes = S("%PDF-1.7\nTờ khai đăng ký khai sinh\n");
	struct upload u = send(s, a, "to-khai.pdf", bytes);
	CHECK_INT(u.size, (int64_t)bytes.n);
	CHECK_STR(u.sha256, sha256_of(a, bytes));
	CHECK_INT(temporary_files(s, a), 1);
	REQUIRE(CHECK_OK(file_keep(s, a, &u)));
	CHECK_INT(temporary_files(s, a), 0);
	CHECK_STR(content_of(s, a, u.sha256), bytes);
	bool intact = false;
	CHECK_OK(file_verify(s, a, u.sha256, &intact));
	CHECK(intact);
}

TEST("nobody else on the machine can look into the store")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	struct upload u = send(s, a, "a.pdf", S("%PDF-1.7"));
	REQUIRE(CHECK_OK(file_keep(s, a, &u)));
	struct stat info;
	REQUIRE(stat(str_z(a, s->folder), &info) == 0);
	CHECK_INT(info.st_mode & 0777, 0700);
	REQUIRE(stat(place_of(s, a, u.sha256), &info) == 0);
	CHECK_INT(info.st_mode & 0077, 0);
}

TEST("the same content is stored once, whoever sends it; keeping it again changes nothing")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	struct upload one = send(s, a, "one.pdf", S("%PDF-1.7 same"));
	struct upload two = send(s, a, "two.pdf", S("%PDF-1.7 same"));
	str made;
	CHECK_OK(file_keep(s, a, &one));
	CHECK_OK(file_keep(s, a, &one));
	CHECK_OK(file_keep(s, a, &two));
	CHECK_OK(file_keep_bytes(s, a, S("%PDF-1.7 same"), &made));
	CHECK_STR(made, one.sha256);
	CHECK_INT(shelves(s, a), 1);
	CHECK_STR(content_of(s, a, two.sha256), "%PDF-1.7 same");
}

TEST("bytes made here are kept like uploads")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	str sha256;
	REQUIRE(CHECK_OK(file_keep_bytes(s, a, S("giấy hẹn"), &sha256)));
	CHECK_STR(sha256, sha256_of(a, S("giấy hẹn")));
	CHECK_STR(content_of(s, a, sha256), "giấy hẹn");
	CHECK_INT(temporary_files(s, a), 0);
}

TEST("an upload that breaks off, or is not kept, goes with its request")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	struct upload_sink sink = file_sink(s);
	struct arena *request = arena_new();
	void *file = sink.begin(sink.store, request);
	REQUIRE(file);
	CHECK(sink.write(file, "half", 4));
	send(s, request, "whole.pdf", S("%PDF-1.7"));
	CHECK_INT(temporary_files(s, a), 2);
	arena_free(request);
	CHECK_INT(temporary_files(s, a), 0);
	CHECK_INT(shelves(s, a), 0);
}

TEST("a kept upload stays when its request ends")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	struct arena *request = arena_new();
	struct upload u = send(s, request, "whole.pdf", S("%PDF-1.7 stays"));
	CHECK_OK(file_keep(s, request, &u));
	str sha256 = str_copy(a, u.sha256);
	arena_free(request);
	CHECK_STR(content_of(s, a, sha256), "%PDF-1.7 stays");
}

TEST("what a crash left half written is swept when the store opens; what was kept is not")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	struct upload u = send(s, a, "a.pdf", S("%PDF-1.7"));
	CHECK_OK(file_keep(s, a, &u));
	int left = openat(s->tmp_fd, "left", O_WRONLY | O_CREAT, 0600);
	REQUIRE(left >= 0);
	close(left);
	CHECK_INT(temporary_files(s, a), 1);
	struct file_store *again = open_store(a);
	CHECK_INT(temporary_files(again, a), 0);
	CHECK_STR(content_of(again, a, u.sha256), "%PDF-1.7");
}

TEST("one flipped bit is seen when content is verified; so is content that is gone")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	struct upload u = send(s, a, "a.pdf", S("%PDF-1.7 giấy khai sinh"));
	CHECK_OK(file_keep(s, a, &u));
	int fd = open(place_of(s, a, u.sha256), O_RDWR);
	char byte = 0;
	REQUIRE(fd >= 0 && pread(fd, &byte, 1, 9) == 1);
	byte ^= 1;
	REQUIRE(pwrite(fd, &byte, 1, 9) == 1);
	close(fd);
	bool intact = true;
	CHECK_OK(file_verify(s, a, u.sha256, &intact));
	CHECK(!intact);
	REQUIRE(unlink(place_of(s, a, u.sha256)) == 0);
	intact = true;
	CHECK_OK(file_verify(s, a, u.sha256, &intact));
	CHECK(!intact);
	CHECK_ERR(file_open(s, a, u.sha256, &fd), "INTERNAL");
}

TEST("a name that is no hash opens nothing, wherever it points")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	int fd;
	CHECK_ERR(file_open(s, a, S(""), &fd), "INTERNAL");
	CHECK_ERR(file_open(s, a,
			  S("../../../../../../../../../../../../../../../../../etc/passwd"), &fd),
		"INTERNAL");
	CHECK_ERR(file_keep(s, a, &(struct upload){ .sha256 = S("..") }), "INTERNAL");
}

/* Files cannot grow past that size any more: how a full disk answers, EFBIG for ENOSPC. */
static void set_disk(rlim_t most)
{
	signal(SIGXFSZ, SIG_IGN);
	struct rlimit limit;
	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = most < limit.rlim_max ? most : limit.rlim_max;
	setrlimit(RLIMIT_FSIZE, &limit);
}

TEST("a full disk is UNAVAILABLE and leaves nothing; with room again the same content is kept")
{
	ARENA a = arena_new();
	struct file_store *s = open_store(a);
	str large = { arena_bytes(a, MIB, 1), MIB };
	str sha256;
	struct upload_sink sink = file_sink(s);
	struct arena *request = arena_new();
	void *file = sink.begin(sink.store, request);
	REQUIRE(file);

	set_disk(64 * KIB);
	bool written = sink.write(file, large.p, large.n);
	err e = file_keep_bytes(s, a, large, &sha256);
	set_disk(RLIM_INFINITY);

	CHECK(!written);
	CHECK_ERR(e, "UNAVAILABLE");
	arena_free(request);
	CHECK_INT(temporary_files(s, a), 0);
	CHECK_INT(shelves(s, a), 0);
	CHECK_OK(file_keep_bytes(s, a, large, &sha256));
	CHECK_INT((int64_t)content_of(s, a, sha256).n, MIB);
}

static const struct migration *const folders[] = { file_migrations, NULL };

static err record(struct conn *c, struct arena *a, void *arg)
{
	struct stored_file *f = arg;
	return file_record(c, a, f, &f->id);
}

TEST("a row names each use of the content")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		struct stored_file one = { .sha256 = sha256_of(a, S("x")),
			.size = 1,
			.mime = S("application/pdf"),
			.name = S("Tờ khai.pdf"),
			.created_at = 5 };
		struct stored_file two = one, back;
		two.name = S("bản sao.pdf");
		CHECK_OK(db_write(db, a, record, &one));
		CHECK_OK(db_write(db, a, record, &two));
		CHECK(one.id != two.id);
		struct conn *c;
		CHECK_OK(db_reader(db, a, &c));
		CHECK_OK(file_get(c, a, one.id, &back));
		CHECK_STR(back.name, one.name);
		CHECK_STR(back.sha256, one.sha256);
		CHECK_INT(back.size, 1);
		CHECK_INT(back.created_at, 5);
		CHECK_ERR(file_get(c, a, two.id + 1, &back), "NOT_FOUND");
	}
}
