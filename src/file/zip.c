/* SPDX-License-Identifier: Apache-2.0 */
#include "file/zip.h"

#include "file/unpack.h"

#define END_BYTES 22          /* of the record at the end, without its comment */
#define COMMENT_MOST 65535    /* bytes between that record and the end of the file */
#define DIRECTORY_BYTES 46    /* of a line of the directory, without its name */
#define LOCAL_BYTES 30        /* of what stands before the content of an entry */
#define FLAG_ENCRYPTED 0x0001 /* of an entry; 0x2000: the directory itself is */
#define FLAG_MASKED 0x2000
#define TYPES_MOST (4 * MIB) /* [Content_Types].xml of the largest documents has some kB */

enum { METHOD_STORED = 0, METHOD_DEFLATED = 8 };

struct entry {
	str name, packed;
	unsigned flags, method;
	uint32_t crc;
	int64_t size;
};

struct looking {
	struct arena *a;
	str bytes;
	struct docx_facts facts;
	struct unpacking unpacking;
	int64_t packed; /* of all entries: more than the file has when they lie over each other */
	bool types, document;
};

static uint32_t number(str s, size_t at, int bytes)
{
	uint32_t n = 0;

	for (int i = bytes - 1; i >= 0; i--)
		n = n << 8 | (at + (size_t)i < s.n ? (unsigned char)s.p[at + (size_t)i] : 0);
	return n;
}

/* A document that Word has locked is no archive: OLE, with a stream of this name in UTF-16. */
static bool is_locked(str s)
{
	static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

	return str_starts(s, S("\xd0\xcf\x11\xe0")) && str_has(s, (str){ name, sizeof name });
}

/* The last record that ends where the file ends. */
static bool find_end(str s, size_t *ret)
{
	size_t least = s.n > END_BYTES + COMMENT_MOST ? s.n - END_BYTES - COMMENT_MOST : 0;

	for (size_t at = s.n < END_BYTES ? 0 : s.n - END_BYTES + 1; at-- > least;)
		if (number(s, at, 4) == 0x06054b50 &&
			at + END_BYTES + number(s, at + 20, 2) == s.n) {
			*ret = at;
			return true;
		}
	return false;
}

/* The line of the directory at *at, and past it. */
static bool read_entry(struct looking *x, size_t *at, struct entry *ret)
{
	str s = x->bytes;

	if (*at + DIRECTORY_BYTES > s.n || number(s, *at, 4) != 0x02014b50)
		return false;
	size_t name = number(s, *at + 28, 2);
	size_t more = (size_t)number(s, *at + 30, 2) + number(s, *at + 32, 2);
	size_t local = number(s, *at + 42, 4), packed = number(s, *at + 20, 4);
	if (*at + DIRECTORY_BYTES + name + more > s.n || number(s, local, 4) != 0x04034b50)
		return false;
	size_t content = local + LOCAL_BYTES + number(s, local + 26, 2) + number(s, local + 28, 2);
	if (content > s.n || packed > s.n - content)
		return false;
	*ret = (struct entry){
		.name = str_part(s, *at + DIRECTORY_BYTES, name),
		.packed = str_part(s, content, packed),
		.flags = number(s, *at + 8, 2),
		.method = number(s, *at + 10, 2),
		.crc = number(s, *at + 16, 4),
		.size = number(s, *at + 24, 4),
	};
	*at += DIRECTORY_BYTES + name + more;
	return true;
}

/* Says of its parts what they are: of macros too, whatever their names. */
static void look_at_types(struct looking *x, const struct entry *e)
{
	str text = e->packed;

	x->types = true;
	if (e->size > TYPES_MOST)
		x->facts.bomb = true;
	else if (e->method == METHOD_DEFLATED)
		(void)unpack(x->a, &x->unpacking, UNPACK_RAW, e->packed, &text);
	x->facts.macros |= str_has(text, S("macroEnabled")) || str_has(text, S("vbaProject")) ||
		str_has(text, S("activeX"));
}

/* Is it what the directory says? */
static bool content_holds(struct looking *x, const struct entry *e)
{
	int64_t n = (int64_t)e->packed.n;
	uint32_t crc = e->crc;

	if (e->method == METHOD_STORED)
		return n == e->size;
	if (e->method != METHOD_DEFLATED)
		return false;
	return unpack_check(&x->unpacking, UNPACK_RAW, e->packed, &n, &crc) && n == e->size &&
		crc == e->crc;
}

/* "../x", "a/../x", with either slash: no program writes such names but to get out of a folder. */
static bool leads_out(str name)
{
	size_t from = 0;

	for (size_t i = 0; i <= name.n; i++) {
		if (i < name.n && name.p[i] != '/' && name.p[i] != '\\')
			continue;
		if (str_eq(str_part(name, from, i - from), S("..")))
			return true;
		from = i + 1;
	}
	return false;
}

static void look_at_name(struct looking *x, str name)
{
	/* Names of parts have no upper or lower case [ECMA-376-2]. */
	str lower = str_lower(x->a, name);

	x->facts.macros |=
		str_ends(lower, S("vbaproject.bin")) || str_starts(lower, S("word/activex/"));
	x->facts.attached |= str_starts(lower, S("word/embeddings/")) && str_ends(lower, S(".bin"));
	x->facts.broken |= leads_out(name);
	x->document |= str_eq(name, S("word/document.xml"));
}

static void look_at(struct looking *x, const struct entry *e)
{
	x->packed += (int64_t)e->packed.n;
	x->facts.encrypted |= (e->flags & (FLAG_ENCRYPTED | FLAG_MASKED)) != 0;
	look_at_name(x, e->name);
	if (x->facts.encrypted)
		return;
	if (str_eq(e->name, S("[Content_Types].xml")))
		look_at_types(x, e);
	if (!content_holds(x, e))
		x->facts.broken = true;
	x->facts.bomb |= x->unpacking.bomb || x->packed > (int64_t)x->bytes.n;
}

struct docx_facts docx_look(struct arena *a, str bytes)
{
	struct looking x = { .a = a, .bytes = bytes, .unpacking = unpacking_begin() };
	size_t end;

	if (is_locked(bytes))
		return (struct docx_facts){ .encrypted = true };
	if (!find_end(bytes, &end))
		return (struct docx_facts){ .broken = true };
	size_t n = number(bytes, end + 10, 2), at = number(bytes, end + 16, 4);
	x.facts.bomb = n > LIMIT_ARCHIVE_ENTRIES;
	for (size_t i = 0; i < n && !x.facts.bomb && !x.facts.broken; i++) {
		struct entry e;
		if (read_entry(&x, &at, &e))
			look_at(&x, &e);
		else
			x.facts.broken = true;
	}
	if (x.facts.bomb || x.facts.encrypted)
		x.facts.broken = false;
	else if (!x.types || !x.document)
		x.facts.broken = true;
	return x.facts;
}
