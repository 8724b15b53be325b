/* SPDX-License-Identifier: Apache-2.0 */
/* A file is looked at by a process that can do nothing else; whatever happens to it there, the
 * server has an answer. */
#include "core/crypto.h"
#include "file/sandbox.h"
#include "file/store.h"
#include "tests/tap.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

static struct file_store *NULLABLE open_store(struct arena *a, const char *inspector)
{
	struct file_store *s = NULL;

	crypto_init();
	if (!CHECK(!file_store_open(a, arena_printf(a, "%s/files", tap_folder()), &s)))
		return NULL;
	file_inspector(s, str_from(inspector));
	return s;
}

static struct upload written(struct arena *a, const char *name, str bytes)
{
	str path = arena_printf(a, "%s/upload", tap_folder());
	int fd = open(str_z(a, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
	return (struct upload){
		.file_name = str_from(name), .path = path, .size = (int64_t)bytes.n
	};
}

static str data_of(struct arena *a, const char *name)
{
	int fd = open(arena_printf(a, "%s/%s", TEST_DATA, name).p, O_RDONLY);
	char *bytes = arena_bytes(a, MIB, 1);
	ssize_t n = fd < 0 ? -1 : read(fd, bytes, MIB);

	CHECK(n > 0);
	close(fd);
	return (str){ bytes, n > 0 ? (size_t)n : 0 };
}

static struct file_finding found(struct file_store *s, struct arena *a, const char *name, str bytes)
{
	struct upload u = written(a, name, bytes);
	struct file_finding f = { 0 };

	CHECK(!file_inspect(s, a, &u, LIMIT_FILE, &f));
	return f;
}

/* The first bytes of a PNG of that size. */
static str png_of(struct arena *a, unsigned width, unsigned height)
{
	char ihdr[] = "IHDR\0\0\0\0\0\0\0\0\10\2\0\0\0";
	struct buf b = buf_in(a, KIB);

	for (int i = 0; i < 4; i++) {
		ihdr[4 + i] = (char)(width >> (24 - 8 * i));
		ihdr[8 + i] = (char)(height >> (24 - 8 * i));
	}
	uint32_t crc = (uint32_t)crc32(0, (const Bytef *)ihdr, 17);
	buf_add(&b, (str){ "\x89PNG\r\n\x1a\n\0\0\0\r", 12 });
	buf_add(&b, (str){ ihdr, 17 });
	for (int i = 24; i >= 0; i -= 8)
		buf_char(&b, (char)(crc >> i));
	buf_add(&b, (str){ "\0\0\1\0IDAT\x78\x9c\0\0", 12 });
	return buf_str(&b);
}

#define NEEDS_INSPECTOR()                                    \
	do {                                                 \
		if (access(TEST_INSPECTOR, X_OK) != 0)       \
			SKIP("motcua-inspect is not built"); \
	} while (0)

TEST("a photograph is told its upright size and sharpness, and gets a thumbnail [C32-7.4]")
{
	NEEDS_INSPECTOR();
	ARENA a = arena_new();
	struct file_store *s = open_store(a, TEST_INSPECTOR);
	REQUIRE(s);
	struct file_finding f = found(s, a, "a.jpg", data_of(a, "lying.jpg"));
	CHECK_INT(f.verdict, FILE_GOOD);
	CHECK_STR(f.facts.inspected, "done");
	CHECK_STR(file_facts_text(a, VIETNAMESE, &f.facts), "820 × 1100");
	CHECK_STR(file_facts_advice(VIETNAMESE, &f.facts), "");
	int fd;
	struct stat info;
	REQUIRE(!file_open(s, a, f.facts.thumbnail, &fd) && fstat(fd, &info) == 0);
	CHECK(info.st_size > 500 && info.st_size < LIMIT_THUMBNAIL);
}

TEST("a blurred or small photograph is taken, with advice, never refused [C32-7.4]")
{
	NEEDS_INSPECTOR();
	ARENA a = arena_new();
	struct file_store *s = open_store(a, TEST_INSPECTOR);
	REQUIRE(s);
	const char *files[] = { "blurred.jpg", "small.png" };
	for (size_t i = 0; i < COUNT(files); i++) {
		struct file_finding f = found(s, a, files[i], data_of(a, files[i]));
		CHECK_INT(f.verdict, FILE_GOOD);
		CHECK_STR(file_facts_advice(VIETNAMESE, &f.facts),
			"Ảnh có thể khó đọc: chụp lại gần hơn, đủ sáng");
	}
}

TEST("what is cut off, locked, scripted or a bomb is refused, each for its own reason")
{
	NEEDS_INSPECTOR();
	ARENA a = arena_new();
	struct file_store *s = open_store(a, TEST_INSPECTOR);
	REQUIRE(s);
	str photo = data_of(a, "lying.jpg"), png = data_of(a, "small.png");
#define PDF "%PDF-1.7\n1 0 obj<</Type/Pages/Count 3>>endobj\n"
#define ENCRYPTED "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"
#define OLE "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	struct {
		const char *name;
		str bytes;
		enum file_verdict verdict;
	} cases[] = {
		{ "a.jpg", str_part(photo, 0, photo.n / 2), FILE_BROKEN },
		{ "a.png", str_part(png, 0, png.n / 2), FILE_BROKEN },
		{ "a.png", png_of(a, 12000, 9000), FILE_PIXELS },
		{ "a.pdf", S(PDF "%%EOF"), FILE_GOOD },
		{ "a.pdf", S(PDF), FILE_BROKEN },
		{ "a.pdf", S(PDF "<</S/JavaScript>>%%EOF"), FILE_SCRIPT },
		{ "a.pdf", S(PDF "<</S/Launch>>%%EOF"), FILE_SCRIPT },
		{ "a.pdf", S(PDF "<</Type/EmbeddedFile>>%%EOF"), FILE_ATTACHED },
		{ "a.pdf", S(PDF "<</Encrypt 4 0 R>>%%EOF"), FILE_LOCKED },
		{ "a.docx", S(OLE ENCRYPTED), FILE_LOCKED },
		{ "a.doc", S(OLE ENCRYPTED), FILE_LOCKED },
		{ "a.doc", S(OLE "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), FILE_OLD_WORD },
		{ "a.docx", S(OLE "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), FILE_OLD_WORD },
		{ "a.xls", S(OLE ENCRYPTED), FILE_WRONG_KIND },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		if (!CHECK_INT(
			    found(s, a, cases[i].name, cases[i].bytes).verdict, cases[i].verdict))
			printf("#   case %zu\n", i);
	struct file_finding pages = found(s, a, "a.pdf", S(PDF "%%EOF"));
	CHECK_STR(file_facts_text(a, VIETNAMESE, &pages.facts), "3 trang");
	CHECK_STR(file_facts_text(a, ENGLISH, &(struct file_facts){ .pages = 1 }), "1 page");
}

/* A program in the place of the inspector. */
static struct file_finding with_script(const char *script)
{
	ARENA a = arena_new();
	str path = arena_printf(a, "%s/inspector", tap_folder());
	int fd = open(path.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

	CHECK(fd >= 0 && dprintf(fd, "#!/bin/sh\n%s\n", script) > 0);
	close(fd);
	struct file_store *s = open_store(a, path.p);
	s->patience = INSTANT_SECOND / 2;
	struct file_finding f = found(s, a, "a.pdf", S("%PDF-1.7\n%%EOF"));
	f.facts.inspected = str_eq(f.facts.inspected, S("done")) ? S("done") : S("failed");
	return f;
}

TEST("a child that crashes, hangs, babbles or is missing: the file could not be inspected")
{
	static const char *const scripts[] = { "kill -SEGV $$", "sleep 20", "exec yes",
		"echo hello", "exit 1", "echo '{\"state\":\"failed\"}'", "true",
		"echo '{\"state\":\"good\"}'; exit 3" };

	for (size_t i = 0; i < COUNT(scripts); i++) {
		struct file_finding f = with_script(scripts[i]);
		if (!CHECK_INT(f.verdict, FILE_GOOD) || !CHECK_STR(f.facts.inspected, "failed"))
			printf("#   %s\n", scripts[i]);
	}
	CHECK_STR(with_script("echo '{\"state\":\"good\",\"pages\":2}'").facts.inspected, "done");
	ARENA a = arena_new();
	struct file_store *s = open_store(a, "/no/such/program");
	REQUIRE(s);
	CHECK_STR(found(s, a, "a.pdf", S("%PDF-1.7\n%%EOF")).facts.inspected, "failed");
}

TEST("a child has the file, the thumbnail and its answer open, and nothing of the server's")
{
	int ours = open("/dev/null", O_RDONLY); /* not closed by exec of its own accord */

	CHECK_STR(with_script("test $(ls /proc/self/fd | wc -l) = 6 &&"
			      "echo '{\"state\":\"good\",\"pages\":2}'")
			  .facts.inspected,
		"done");
	close(ours);
}

/* What the locked process was refused, as bits. */
static int tried(void)
{
	char *const words[] = { "true", NULL };
	struct sandbox s = sandbox_lock();
	int refused = 0;

	refused |= (open("/etc/passwd", O_RDONLY) < 0) << 0;
	refused |= (open("/tmp/motcua-sandbox", O_WRONLY | O_CREAT, 0600) < 0) << 1;
	refused |= (socket(AF_INET, SOCK_STREAM, 0) < 0) << 2;
	refused |= (fork() < 0) << 3;
	refused |= (kill(getppid(), 0) < 0) << 4;
	execv("/bin/true", words);
	return s.landlock || s.seccomp ? refused | 1 << 5 : 0;
}

TEST("behind the sandbox no file, socket, process or program can be reached")
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0)
		_exit(sandbox_limit() ? tried() : 1);
	REQUIRE(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
	if (!WEXITSTATUS(status))
		SKIP("this kernel has neither Landlock nor seccomp");
	CHECK_INT(WEXITSTATUS(status), 63);
}
