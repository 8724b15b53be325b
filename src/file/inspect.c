/* SPDX-License-Identifier: Apache-2.0 */
/* inspect.c - what is it really? libmagic reads the first bytes, the name must agree, and a child
 * looks inside. */
#include <fcntl.h>
#include <magic.h>
#include <unistd.h>

#include "file/child.h"

#define SNIFFED_BYTES (64 * KIB)

static const struct {
	const char *extension, *mime;
	bool shown;
} kinds[] = {
#define X(name, extension, mime, shown) [FILE_##name] = { extension, mime, shown },
	FILE_KINDS(X)
#undef X
};

static void close_magic(void *cookie) { magic_close(cookie); }

/* A cookie is not for two threads, and loading one costs a millisecond: fine for an upload. */
static err sniff(struct arena *a, const char *path, str *ret_mime, bool *ret_ole)
{
	magic_t cookie = magic_open(MAGIC_MIME_TYPE);
	if (!cookie)
		return FAIL(a, UNAVAILABLE, "libmagic: no memory");
	arena_defer(a, close_magic, cookie);
	if (magic_load(cookie, NULL) != 0)
		return FAIL(a, UNAVAILABLE, "libmagic: %s", magic_error(cookie));
	char *head = arena_bytes(a, SNIFFED_BYTES, 1);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, head, SNIFFED_BYTES);
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return FAIL(a, UNAVAILABLE, "cannot read an upload");
	*ret_ole = str_starts((str){ head, (size_t)n }, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"));
	*ret_mime = str_copy(a, str_from(magic_buffer(cookie, head, (size_t)n)));
	return NULL;
}

static str extension_of(struct arena *a, str name)
{
	size_t dot = name.n;
	while (dot > 0 && name.p[dot - 1] != '.')
		dot--;
	str extension = dot ? str_lower(a, str_from_at(name, dot)) : S("");
	return str_eq(extension, S("jpeg")) ? S("jpg") : extension;
}

static void judge_name(struct arena *a, str mime, str name, struct file_finding *ret)
{
	/* Some office programs order the archive so that only "zip" can be told from its head. */
	bool document = str_eq(mime, S("application/zip"));
	str extension = extension_of(a, name);

	ret->verdict = FILE_WRONG_KIND;
	for (int k = 0; k < FILE_KIND_COUNT; k++) {
		bool same_name = str_eq(extension, str_from(kinds[k].extension));
		if (!str_eq(mime, str_from(kinds[k].mime)) &&
			!(document && k == FILE_DOCX && same_name))
			continue;
		ret->verdict = same_name ? FILE_GOOD : FILE_NAME_LIES;
		ret->kind = (enum file_kind)k;
	}
}

/* --- looking inside ---------------------------------------------------------------- */
static err look_inside(
	struct file_store *s, struct arena *a, const struct upload *u, struct file_finding *f)
{
	struct child_answer x;

	child_look(s, a, kinds[f->kind].extension, str_z(a, u->path), &x);
	f->facts.inspected = x.failed ? S("failed") : S("done");
	if (x.failed)
		return NULL;
	f->verdict = file_verdict_of(x.state);
	f->facts.pages = x.pages;
	f->facts.width = x.width;
	f->facts.height = x.height;
	f->facts.sharpness = x.sharpness;
	if (f->verdict != FILE_GOOD || !x.thumbnail.n)
		return NULL;
	return file_keep_bytes(s, a, x.thumbnail, &f->facts.thumbnail);
}

/* What old office programs write, and what Word makes of a document that it locks: never taken, but
 * either has its own way out. libmagic has many names for these, so their first bytes decide. */
static enum file_verdict judge_ole(struct file_store *s, struct arena *a, const struct upload *u)
{
	str extension = extension_of(a, u->file_name);
	struct child_answer x = { .failed = true };

	if (!str_eq(extension, S("docx")) && !str_eq(extension, S("doc")))
		return FILE_WRONG_KIND;
	if (s->inspector.n)
		child_look(s, a, kinds[FILE_DOCX].extension, str_z(a, u->path), &x);
	bool locked = !x.failed && file_verdict_of(x.state) == FILE_LOCKED;
	return locked ? FILE_LOCKED : FILE_OLD_WORD;
}

err file_inspect(struct file_store *s, struct arena *a, const struct upload *u, int64_t most,
	struct file_finding *ret)
{
	str mime;
	bool ole = false;

	*ret = (struct file_finding){ .verdict = FILE_GOOD,
		.scan = s->scanner.n ? S("waiting") : S("") };
	if (u->too_large || u->size > most)
		ret->verdict = FILE_TOO_LARGE;
	else if (u->size == 0)
		ret->verdict = FILE_EMPTY;
	if (ret->verdict != FILE_GOOD)
		return NULL;
	TRY(sniff(a, str_z(a, u->path), &mime, &ole));
	if (ole)
		ret->verdict = judge_ole(s, a, u);
	else
		judge_name(a, mime, u->file_name, ret);
	if (ret->verdict != FILE_GOOD || !s->inspector.n)
		return NULL;
	return look_inside(s, a, u, ret);
}

void file_inspector(struct file_store *s, str program) { s->inspector = program; }

struct stored_file file_stored(const struct upload *u, const struct file_finding *f, instant now)
{
	return (struct stored_file){ .size = u->size,
		.created_at = now,
		.sha256 = u->sha256,
		.mime = file_kind_mime(f->kind),
		.name = u->file_name,
		.scan = f->scan,
		.facts = f->facts };
}

str file_kind_mime(enum file_kind k) { return str_from(kinds[k].mime); }

bool file_mime_shown(str mime)
{
	for (int k = 0; k < FILE_KIND_COUNT; k++)
		if (str_eq(mime, str_from(kinds[k].mime)))
			return kinds[k].shown;
	return false;
}
