/* SPDX-License-Identifier: Apache-2.0 */
/* What is told of a PDF and of a Word document, by their bytes alone. */
#include "file/pdf.h"
#include "file/zip.h"
#include "core/civil.h"
#include "tests/tap.h"

#include <zlib.h>

#define BYTES(literal) ((str){ literal, sizeof(literal) - 1 })
#define HEAD "%PDF-1.7\n"
#define PAGE                                                 \
	"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"       \
	"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 3>>endobj\n" \
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
#define TAIL "trailer<</Root 1 0 R>>\n%%EOF\n"

/* --- PDF --------------------------------------------------------------------------- */
/* One letter a fact: Broken, Encrypted, Script, Launches, Attached; then the pages. */
static str told(struct arena *a, str bytes)
{
	struct pdf_facts f = pdf_look(a, bytes);

	return arena_printf(a, "%s%s%s%s%s%lld", f.broken ? "B" : "", f.encrypted ? "E" : "",
		f.script ? "S" : "", f.launches ? "L" : "", f.attached ? "A" : "",
		(long long)f.pages);
}

TEST("a PDF tells its pages, and what in it could do harm, however it is written")
{
	static const struct {
		str bytes;
		const char *told;
	} cases[] = {
		{ BYTES(HEAD PAGE TAIL), "3" },
		{ BYTES("junk before\n" HEAD PAGE TAIL "\0\0\0\n\n"), "3" },
		/* The largest root of pages counts; outlines count otherwise. */
		{ BYTES(HEAD PAGE "9 0 obj<</Type/Outlines/Count 40>>endobj\n" TAIL), "3" },
		{ BYTES(HEAD "3 0 obj<</Type /Page>>endobj 4 0 obj<</Type%x\n/Page>>endobj" TAIL),
			"2" },
		{ BYTES(HEAD PAGE "4 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n" TAIL), "S3" },
		{ BYTES(HEAD PAGE "4 0 obj<</S %c\n /Java#53cript>>endobj\n" TAIL), "S3" },
		{ BYTES(HEAD PAGE "4 0 obj<</#53 /J#61vaScript>>endobj\n" TAIL), "S3" },
		{ BYTES(HEAD PAGE "4 0 obj<</Names<</JavaScript 5 0 R>>>>endobj\n" TAIL), "S3" },
		{ BYTES(HEAD PAGE "4 0 obj<</XFA[(a) 5 0 R]>>endobj\n" TAIL), "S3" },
		/* Words about it in a title are no script. */
		{ BYTES(HEAD PAGE "4 0 obj<</Title(HTML/JavaScript, CSS/JavaScript)>>endobj" TAIL),
			"3" },
		{ BYTES(HEAD PAGE "4 0 obj<</S/URI/URI(http://x/Launch)>>endobj\n" TAIL), "3" },
		{ BYTES(HEAD PAGE "4 0 obj<</S/Launch/F(cmd.exe)>>endobj\n" TAIL), "L3" },
		{ BYTES(HEAD PAGE "4 0 obj<</Type/EmbeddedFile>>stream\nMZ\nendstream\n" TAIL),
			"A3" },
		{ BYTES(HEAD PAGE "4 0 obj<</Names<</EmbeddedFiles<</Names[]>>>>>>endobj" TAIL),
			"A3" },
		{ BYTES(HEAD PAGE "trailer<</Root 1 0 R/Encrypt 7 0 R>>\n%%EOF"), "E3" },
		{ BYTES(HEAD "trailer<</Root 1 0 R/Encrypt<</V 4>>>>\n%%EOF"), "E0" },
		{ BYTES(HEAD PAGE "trailer<</Root 1 0 R>>\n"), "B0" },
		{ BYTES(HEAD PAGE TAIL "and then two kilobytes of something else"), "3" },
		{ BYTES(HEAD "1 0 obj<<>>endobj\n" TAIL), "B0" },
		{ BYTES(HEAD PAGE
			  "4 0 obj<</Type/ObjStm/Filter/LZWDecode>>stream\n12\nendstream" TAIL),
			"B3" },
		{ BYTES("PDF"), "B0" },
		{ BYTES(""), "B0" },
	};
	ARENA a = arena_new();

	for (size_t i = 0; i < COUNT(cases); i++)
		if (!CHECK_STR(told(a, cases[i].bytes), cases[i].told))
			printf("#   case %zu\n", i);
}

static str packed(struct arena *a, str bytes)
{
	uLongf n = compressBound(bytes.n);
	Bytef *out = arena_bytes(a, n, 1);

	CHECK(compress(out, &n, (const Bytef *)bytes.p, bytes.n) == Z_OK);
	return (str){ (char *)out, n };
}

static str with_stream(struct arena *a, const char *dictionary, str content)
{
	struct buf b = buf_in(a, 64 * MIB);

	buf_add(&b, S(HEAD PAGE "8 0 obj"));
	buf_add(&b, str_from(dictionary));
	buf_add(&b, S("stream\r\n"));
	buf_add(&b, content);
	buf_add(&b, S("\nendstream endobj\n" TAIL));
	return buf_str(&b);
}

TEST("what is packed in object streams is seen too, whatever their dictionary looks like")
{
	ARENA a = arena_new();
	str script = packed(a, S("12 0 13 40 <</S/JavaScript/JS(x)>> <</Type/Page>>"));
	str harmless = packed(a, S("12 0 <</Title(x)>>")),
	    drawing = packed(a, S("q /JavaScript gs"));
	const char *usual = "<</Type/ObjStm/N 2/First 10/Filter/FlateDecode/Length 99>>";

	CHECK_STR(told(a, with_stream(a, usual, script)), "S3");
	CHECK_STR(told(a, with_stream(a, usual, harmless)), "3");
	CHECK_STR(told(a, with_stream(a, "<</Type/ObjStm/X(>>)/Y<41>>>", script)), "S3");
	CHECK_STR(told(a, with_stream(a, "<</N 2/First 10>>", script)), "S3");
	CHECK_STR(told(a, with_stream(a, "<</Filter/FlateDecode>>", drawing)), "3");
	/* Cut off in the middle. */
	CHECK_STR(told(a, with_stream(a, usual, str_part(script, 0, script.n - 8))), "B3");
}

TEST("packed objects that grow beyond measure are not unpacked to their end")
{
	ARENA a = arena_new();
	size_t n = 32 * MIB;
	char *zeros = arena_bytes(a, n, 1);

	memset(zeros, ' ', n);
	memcpy(zeros, "12 0 13 40 ", 11);
	CHECK_STR(told(a, with_stream(a, "<</Type/ObjStm>>", packed(a, (str){ zeros, n }))), "B3");
}

TEST("a hundred thousand comments that never end take no time")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, 8 * MIB);

	buf_add(&b, S(HEAD PAGE));
	for (int i = 0; i < 1000 * 1000; i++)
		buf_add(&b, S("/A%"));
	buf_add(&b, S("\n" TAIL));
	instant begun = instant_monotonic();
	CHECK_STR(told(a, buf_str(&b)), "3");
	b.n = 0;
	buf_add(&b, S(HEAD PAGE));
	for (int i = 0; i < 1000 * 1000; i++)
		buf_add(&b, S("%/A%\n"));
	buf_add(&b, S(TAIL));
	CHECK_STR(told(a, buf_str(&b)), "3");
	CHECK(instant_monotonic() - begun < 20 * INSTANT_SECOND);
}

TEST("what a long comment hides is found, and packed bytes that look like one hide nothing")
{
	ARENA a = arena_new();
	char *line = arena_bytes(a, 4096, 1);

	memset(line, 'x', 4095);
	line[4095] = 0;
	CHECK_STR(told(a,
			  arena_printf(a, "%s4 0 obj<</S %%%s\n/JavaScript>>\n%s", HEAD PAGE, line,
				  TAIL)),
		"S3");
	CHECK_STR(told(a,
			  arena_printf(a, "%s4 0 obj<</S %%%s\n%%%s\r\n /JavaScript>>\n%s",
				  HEAD PAGE, line, line, TAIL)),
		"S3");
	str bytes = arena_printf(a, "\x78\x9c/K%%%s/K%%%s", line, line);
	CHECK_STR(told(a, with_stream(a, "<</Filter/FlateDecode>>", bytes)), "3");
}

/* --- DOCX -------------------------------------------------------------------------- */
struct part {
	const char *name;
	str content;
	bool stored;
	unsigned flags;
	int64_t lie; /* added to the size that the directory says */
};

static void put(struct buf *b, uint32_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		buf_char(b, (char)(n >> 8 * i));
}

static str deflated(struct arena *a, str s)
{
	uLongf room = compressBound(s.n);
	Bytef *out = arena_bytes(a, room, 1);
	z_stream z = { .next_in = (Bytef *)s.p,
		.avail_in = (uInt)s.n,
		.next_out = out,
		.avail_out = (uInt)room };

	CHECK(deflateInit2(&z, 6, Z_DEFLATED, -MAX_WBITS, 8, 0) == Z_OK &&
		deflate(&z, Z_FINISH) == Z_STREAM_END);
	deflateEnd(&z);
	return (str){ (char *)out, z.total_out };
}

static str archive(struct arena *a, const struct part *parts, size_t n)
{
	struct buf b = buf_in(a, 64 * MIB), directory = buf_in(a, MIB);

	for (size_t i = 0; i < n; i++) {
		const struct part *p = &parts[i];
		str body = p->stored ? p->content : deflated(a, p->content);
		uint32_t crc = (uint32_t)crc32(0, (const Bytef *)p->content.p, (uInt)p->content.n);
		uint32_t size = (uint32_t)((int64_t)p->content.n + p->lie), at = (uint32_t)b.n;
		put(&b, 0x04034b50, 4);
		put(&b, 20, 2), put(&b, p->flags, 2), put(&b, p->stored ? 0 : 8, 2), put(&b, 0, 4);
		put(&b, crc, 4), put(&b, (uint32_t)body.n, 4), put(&b, size, 4);
		put(&b, (uint32_t)strlen(p->name), 2), put(&b, 0, 2);
		buf_add(&b, str_from(p->name));
		buf_add(&b, body);
		put(&directory, 0x02014b50, 4);
		put(&directory, 20, 2), put(&directory, 20, 2), put(&directory, p->flags, 2);
		put(&directory, p->stored ? 0 : 8, 2), put(&directory, 0, 4);
		put(&directory, crc, 4), put(&directory, (uint32_t)body.n, 4);
		put(&directory, size, 4), put(&directory, (uint32_t)strlen(p->name), 2);
		put(&directory, 0, 4), put(&directory, 0, 4), put(&directory, 0, 4);
		put(&directory, at, 4);
		buf_add(&directory, str_from(p->name));
	}
	uint32_t at = (uint32_t)b.n;
	buf_add(&b, buf_str(&directory));
	put(&b, 0x06054b50, 4), put(&b, 0, 4), put(&b, (uint32_t)n, 2), put(&b, (uint32_t)n, 2);
	put(&b, (uint32_t)directory.n, 4), put(&b, at, 4), put(&b, 0, 2);
	return buf_str(&b);
}

#define TYPES                                                                           \
	{                                                                               \
		"[Content_Types].xml", S("<Types><Default Extension=\"xml\"/></Types>") \
	}
#define DOCUMENT                                                       \
	{                                                              \
		"word/document.xml", S("<w:document>Đơn</w:document>") \
	}

static str docx_told(struct arena *a, str bytes)
{
	struct docx_facts f = docx_look(a, bytes);

	return arena_printf(a, "%s%s%s%s%s", f.attached ? "A" : "", f.broken ? "B" : "",
		f.encrypted ? "E" : "", f.bomb ? "X" : "", f.macros ? "M" : "");
}

#define DOCX_TOLD(...)                                           \
	docx_told(a,                                             \
		archive(a, (const struct part[]){ __VA_ARGS__ }, \
			COUNT(((const struct part[]){ __VA_ARGS__ }))))

TEST("a Word document tells whether it is whole, locked or has macros")
{
	ARENA a = arena_new();
	struct part macro = { "word/vbaProject.bin", S("x") };
	struct part locked = { "word/document.xml", S("x"), .flags = 1 };
	struct part stored = { "word/media/a.png", S("png"), .stored = true };
	struct part short_one = { "word/a.xml", S("abc"), .lie = 1 };
	struct part types = { "[Content_Types].xml",
		S("<Override Type=\"application/vnd.ms-word.document.macroEnabled.main+xml\"") };

	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, stored), "");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, macro), "M");
	CHECK_STR(DOCX_TOLD(types, DOCUMENT), "M");
	struct part capital = { "Word/VBAPROJECT.bin", S("x") };
	struct part object = { "word/embeddings/oleObject1.bin", S("x") };
	struct part sheet = { "word/embeddings/Sheet1.xlsx", S("x") };
	struct part out = { "word/../../x.xml", S("x") }, other = { "..\\x.xml", S("x") };
	struct part dots = { "word/a..b.xml", S("x") };
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, capital), "M");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, object), "A");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, sheet), "");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, out), "B");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, other), "B");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, dots), "");
	CHECK_STR(DOCX_TOLD(TYPES, locked), "E");
	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, short_one), "B");
	CHECK_STR(DOCX_TOLD(TYPES), "B");
	CHECK_STR(DOCX_TOLD(DOCUMENT), "B");
	CHECK_STR(docx_told(a, S("PK\3\4")), "B");
	CHECK_STR(docx_told(a, S("")), "B");
	CHECK_STR(
		docx_told(a,
			BYTES("\xd0\xcf\x11\xe0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")),
		"E");
	CHECK_STR(docx_told(a, BYTES("\xd0\xcf\x11\xe0 W\0o\0r\0d\0")), "B");
}

TEST("a document that was cut off anywhere is broken")
{
	ARENA a = arena_new();
	str whole = archive(a, (const struct part[]){ TYPES, DOCUMENT }, 2);

	for (size_t n = 0; n < whole.n; n++)
		if (!CHECK_STR(docx_told(a, str_part(whole, 0, n)), "B"))
			break;
}

TEST("an archive that would fill a disk is told from its first bytes")
{
	ARENA a = arena_new();
	size_t n = 48 * MIB;
	struct part bomb = { "word/big.xml", { arena_bytes(a, n, 1), n } };
	struct part many[LIMIT_ARCHIVE_ENTRIES + 1];

	CHECK_STR(DOCX_TOLD(TYPES, DOCUMENT, bomb), "X");
	for (size_t i = 0; i < COUNT(many); i++)
		many[i] = (struct part){ "a", S("") };
	CHECK_STR(docx_told(a, archive(a, many, COUNT(many))), "X");
}
