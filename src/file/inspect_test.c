/* SPDX-License-Identifier: Apache-2.0 */
/* What a stranger sends is judged by its bytes; its name only has to agree. */
#include "core/crypto.h"
#include "file/file.h"
#include "tests/tap.h"

#include <fcntl.h>
#include <unistd.h>

/* Bytes with NULs in them. */
#define BYTES(literal) ((str){ literal, sizeof(literal) - 1 })

/* clang-format off */
#define PDF BYTES("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")
#define PNG BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\b\2\0\0\0")
#define JPG BYTES("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0")
/* What stands before the name of each entry of an archive. */
#define ENTRY(length) "PK\3\4\x14\0\6\0\b\0\0\0!\0\0\0\0\0\0\0\0\0\0\0\0\0" length "\0\0\0"
#define ZIP BYTES(ENTRY("\5") "a.txt" ENTRY("\5") "b.txt")
#define WORD                                                          \
	BYTES(ENTRY("\x13") "[Content_Types].xml" ENTRY("\x0b") "_rels/.rels" \
	      ENTRY("\x11") "word/document.xml")
#define WORD_LATER BYTES(ENTRY("\x10") "docProps/app.xml" ENTRY("\x0b") "_rels/.rels")
#define OLE_WORD BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0")
/* clang-format on */

static const struct sample {
	const char *name;
	str bytes;
	enum file_verdict verdict;
	enum file_kind kind;
} samples[] = {
	{ "to-khai.pdf", PDF, FILE_GOOD, FILE_PDF },
	{ "TO KHAI.PDF", PDF, FILE_GOOD, FILE_PDF },
	{ "a.png", PNG, FILE_GOOD, FILE_PNG },
	{ "a.jpg", JPG, FILE_GOOD, FILE_JPG },
	{ "a.jpeg", JPG, FILE_GOOD, FILE_JPG },
	{ "don.docx", WORD, FILE_GOOD, FILE_DOCX },
	/* Some programs put another part first, and only an archive can be told. */
	{ "don.docx", WORD_LATER, FILE_GOOD, FILE_DOCX },
	{ "a.zip", ZIP, FILE_WRONG_KIND, 0 },
	{ "a.pdf", ZIP, FILE_WRONG_KIND, 0 },
	{ "a.pdf", PNG, FILE_NAME_LIES, FILE_PNG },
	{ "a.docx", PDF, FILE_NAME_LIES, FILE_PDF },
	{ "a.pdf.exe", PDF, FILE_NAME_LIES, FILE_PDF },
	{ "pdf", PDF, FILE_NAME_LIES, FILE_PDF },
	{ "", PDF, FILE_NAME_LIES, FILE_PDF },
	{ "a.pdf", BYTES("MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0"), FILE_WRONG_KIND, 0 },
	{ "a.pdf", BYTES("#!/bin/sh\necho\n"), FILE_WRONG_KIND, 0 },
	{ "a.png", BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"), FILE_WRONG_KIND, 0 },
	{ "a.pdf", BYTES("<!DOCTYPE html><script>1</script>"), FILE_WRONG_KIND, 0 },
	/* Without a child nobody looks whether it is locked. */
	{ "don.doc", OLE_WORD, FILE_OLD_WORD, 0 },
	{ "don.DOCX", OLE_WORD, FILE_OLD_WORD, 0 },
	{ "a.pdf", OLE_WORD, FILE_WRONG_KIND, 0 },
	{ "bang.xls", OLE_WORD, FILE_WRONG_KIND, 0 },
	{ "a.pdf", BYTES(""), FILE_EMPTY, 0 },
};

static struct upload written(struct arena *a, const struct sample *s)
{
	str path = arena_printf(a, "%s/upload", tap_folder());
	int fd = open(str_z(a, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && write(fd, s->bytes.p, s->bytes.n) == (ssize_t)s->bytes.n);
	close(fd);
	return (struct upload){
		.file_name = str_from(s->name), .path = path, .size = (int64_t)s->bytes.n
	};
}

TEST("a file is what its bytes say, and its name has to agree [C32-7.5]")
{
	ARENA a = arena_new();
	struct file_store *store = NULL;
	crypto_init();
	CHECK(!file_store_open(a, arena_printf(a, "%s/files", tap_folder()), &store));
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct upload u = written(a, &samples[i]);
		struct file_finding found;
		CHECK(!file_inspect(store, a, &u, LIMIT_FILE, &found));
		if (!CHECK_INT(found.verdict, samples[i].verdict) ||
			!CHECK_INT(found.kind, samples[i].kind))
			printf("#   sample %zu, named \"%s\"\n", i, samples[i].name);
	}
}

TEST("what was stopped at the limit, or is larger, is too large [C32-7.6]")
{
	ARENA a = arena_new();
	struct file_store *store = NULL;
	crypto_init();
	CHECK(!file_store_open(a, arena_printf(a, "%s/files", tap_folder()), &store));
	struct upload cases[] = {
		{ .file_name = S("a.pdf"), .size = LIMIT_FILE, .too_large = true },
		{ .file_name = S("a.pdf"), .size = LIMIT_FILE_USUAL + 1 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct file_finding found;
		CHECK(!file_inspect(store, a, &cases[i], LIMIT_FILE_USUAL, &found));
		CHECK_INT(found.verdict, FILE_TOO_LARGE);
	}
}

TEST("every verdict but the good one tells what to do")
{
	ARENA a = arena_new();
	str name = S("a.pdf");

	CHECK_STR(file_verdict_text(a, VIETNAMESE, FILE_GOOD, name, MIB), "");
	for (int v = FILE_EMPTY; v < FILE_VERDICT_COUNT; v++) {
		str text = file_verdict_text(a, VIETNAMESE, (enum file_verdict)v, name, MIB);
		CHECK(str_has(text, name) && str_has(text, S(": ")) && !str_has(text, S("{")));
		CHECK_INT(file_verdict_of(file_verdict_code((enum file_verdict)v)), v);
	}
}

TEST("a browser shows papers and pictures itself, and nothing that could run")
{
	CHECK(file_mime_shown(S("application/pdf")));
	CHECK(file_mime_shown(S("image/jpeg")));
	CHECK(file_mime_shown(S("image/png")));
	CHECK(!file_mime_shown(file_kind_mime(FILE_DOCX)));
	CHECK(!file_mime_shown(S("text/html")));
	CHECK(!file_mime_shown(S("image/svg+xml")));
	CHECK(!file_mime_shown(S("")));
}
