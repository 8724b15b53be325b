/* SPDX-License-Identifier: Apache-2.0 */
/* Uploads: the same body in one piece and in many gives the same form; what comes out is bounded,
 * and no file is finished that was not begun. The first line of the input is the Content-Type. */
#include "fuzz/fuzz.h"
#include "http/server.h"
#include "http/parse.h"

#define FILE_MOST 4096

struct counted {
	int begun, ended;
	int64_t written;
};

static void *count_begin(void *store, struct arena *a)
{
	struct counted *c = store;
	(void)a;
	c->begun++;
	c->written = 0;
	return c;
}

static bool count_write(void *file, const char *p, size_t n)
{
	struct counted *c = file;
	HOLDS(p && n > 0);
	c->written += (int64_t)n;
	HOLDS(c->written <= FILE_MOST);
	return true;
}

static bool count_end(void *file, struct upload *u)
{
	struct counted *c = file;
	c->ended++;
	u->size = c->written;
	u->sha256 = u->path = S("");
	return true;
}

struct form {
	err failed;
	struct field *fields;
	struct upload *uploads;
	size_t n_fields, n_uploads;
	struct counted counted;
};

static struct form parse(struct arena *a, str type, str body, size_t step)
{
	struct form f = { 0 };
	struct upload_sink sink = { count_begin, count_write, count_end, &f.counted };
	struct multipart *m;
	f.failed = multipart_new(a, type, &sink, FILE_MOST, &m);
	for (size_t at = 0; at < body.n && !f.failed; at += step)
		f.failed = multipart_add(m, str_part(body, at, step));
	if (!f.failed)
		f.failed = multipart_end(m, &f.fields, &f.n_fields, &f.uploads, &f.n_uploads);
	HOLDS(f.counted.ended <= f.counted.begun);
	return f;
}

static void check(const struct form *f)
{
	HOLDS(f->n_fields <= LIMIT_HTTP_FIELDS && f->n_uploads <= LIMIT_HTTP_UPLOADS);
	for (size_t i = 0; i < f->n_fields; i++) {
		HOLDS(f->fields[i].name.n <= LIMIT_HTTP_FIELD_NAME);
		HOLDS(f->fields[i].value.n <= LIMIT_HTTP_FIELD);
		HOLDS(str_is_utf8(f->fields[i].name) && str_is_utf8(f->fields[i].value));
	}
	for (size_t i = 0; i < f->n_uploads; i++) {
		str name = f->uploads[i].file_name;
		HOLDS(name.n <= LIMIT_FILE_NAME && str_is_utf8(name));
		HOLDS(!str_has(name, S("/")) && !str_has(name, S("\\")));
		HOLDS(f->uploads[i].size > 0 && f->uploads[i].size <= FILE_MOST);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str body = { (const char *)data, size }, type;
	if (!str_cut(body, '\n', &type, &body))
		return 0;
	struct form whole = parse(a, type, body, body.n), pieces = parse(a, type, body, 3);
	HOLDS(!whole.failed == !pieces.failed);
	if (whole.failed) {
		HOLDS(whole.failed->kind == pieces.failed->kind);
		return 0;
	}
	check(&whole);
	check(&pieces);
	HOLDS(whole.n_fields == pieces.n_fields && whole.n_uploads == pieces.n_uploads);
	for (size_t i = 0; i < whole.n_fields; i++)
		HOLDS(str_eq(whole.fields[i].value, pieces.fields[i].value));
	return 0;
}
