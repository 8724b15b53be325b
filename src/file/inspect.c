/* SPDX-License-Identifier: Apache-2.0 */
/* inspect.c - what is it really? libmagic reads the first bytes; the name must agree. */
#include <fcntl.h>
#include <magic.h>
#include <unistd.h>

#include "file/store.h"
#include "view/tr.h"

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
static err sniff(struct arena *a, const char *path, str *ret_mime)
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

err file_inspect(struct file_store *s, struct arena *a, const struct upload *u,
	enum file_verdict *ret, enum file_kind *ret_kind)
{
	(void)s;
	if (u->too_large || u->size > LIMIT_FILE) {
		*ret = FILE_TOO_LARGE;
		return NULL;
	}
	if (u->size == 0) {
		*ret = FILE_EMPTY;
		return NULL;
	}
	str mime;
	TRY(sniff(a, str_z(a, u->path), &mime));
	/* Some office programs order the archive so that only "zip" can be told from its head. */
	bool zip = str_eq(mime, S("application/zip"));
	str extension = extension_of(a, u->file_name);
	*ret = FILE_WRONG_KIND;
	for (int k = 0; k < FILE_KIND_COUNT; k++) {
		bool same_name = str_eq(extension, str_from(kinds[k].extension));
		if (!str_eq(mime, str_from(kinds[k].mime)) && !(zip && k == FILE_DOCX && same_name))
			continue;
		*ret = same_name ? FILE_GOOD : FILE_NAME_LIES;
		*ret_kind = (enum file_kind)k;
	}
	return NULL;
}

str file_kind_mime(enum file_kind k) { return str_from(kinds[k].mime); }

bool file_mime_shown(str mime)
{
	for (int k = 0; k < FILE_KIND_COUNT; k++)
		if (str_eq(mime, str_from(kinds[k].mime)))
			return kinds[k].shown;
	return false;
}

str file_verdict_text(enum file_verdict v)
{
	switch (v) {
	case FILE_GOOD: return S("");
	case FILE_EMPTY: return TR("Tệp trống. Chọn lại tệp có nội dung");
	case FILE_TOO_LARGE:
		return TR("Tệp lớn hơn 10 MB. Giảm độ phân giải hoặc chia thành nhiều tệp");
	case FILE_WRONG_KIND: return TR("Chỉ nhận tệp PDF, JPG, PNG hoặc DOCX");
	case FILE_NAME_LIES:
		return TR(
			"Nội dung tệp không khớp với đuôi tên tệp. Lưu lại đúng loại rồi chọn lại");
	}
	return S("");
}
