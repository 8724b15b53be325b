/* SPDX-License-Identifier: Apache-2.0 */
#include "http/parse.h"
#include "http/server.h"
#include "tests/tap.h"

/* A sink that keeps what it gets, and can run out of room. */
struct kept {
	struct buf bytes;
	int begun, ended;
	size_t room;
};

static void *keep_begin(void *store, struct arena *a)
{
	struct kept *k = store;
	k->begun++;
	k->bytes = buf_in(a, MIB);
	return k;
}

static bool keep_write(void *file, const char *p, size_t n)
{
	struct kept *k = file;
	buf_add(&k->bytes, (str){ p, n });
	return k->bytes.n <= k->room;
}

static bool keep_end(void *file, struct upload *u)
{
	struct kept *k = file;
	k->ended++;
	u->size = (int64_t)k->bytes.n;
	u->path = buf_str(&k->bytes);
	return true;
}

struct form {
	struct kept kept;
	struct field *fields;
	size_t n_fields;
	struct upload *uploads;
	size_t n_uploads;
};

#define TYPE S("multipart/form-data; boundary=\"xX-9\"")

/* Feeds the body in pieces of `step` bytes. */
static err parse(struct arena *a, str type, str body, size_t step, struct form *f)
{
	struct upload_sink sink = { keep_begin, keep_write, keep_end, &f->kept };
	struct multipart *m;
	TRY(multipart_new(a, type, &sink, 1000, &m));
	for (size_t at = 0; at < body.n; at += step)
		TRY(multipart_add(m, str_part(body, at, step)));
	return multipart_end(m, &f->fields, &f->n_fields, &f->uploads, &f->n_uploads);
}

static const char form_text[] =
	"--xX-9\r\nContent-Disposition: form-data; name=\"ho-ten\"\r\n\r\nNguyễn\r\nAn\r\n"
	"--xX-9\r\nContent-Disposition: form-data; name=\"rong\"\r\n\r\n\r\n"
	"--xX-9\r\ncontent-disposition: form-data; name=\"tep\"; "
	"filename=\"C:\\tài liệu\\giấy %22khai%22.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
	"%PDF\r\n--xX-8\r\r\n--xX\r\n"
	"--xX-9\r\nContent-Disposition: form-data; name=\"khong\"; filename=\"\"\r\n"
	"Content-Type: application/octet-stream\r\n\r\n\r\n"
	"--xX-9--\r\n";

TEST("a form of text and files reads the same whatever pieces it comes in")
{
	for (size_t step = 1; step < 40; step++) {
		ARENA a = arena_new();
		struct form f = { .kept.room = 1000 };
		REQUIRE(!parse(a, TYPE, str_from(form_text), step, &f));
		REQUIRE(f.n_fields == 2 && f.n_uploads == 1);
		CHECK_STR(f.fields[0].name, "ho-ten");
		CHECK_STR(f.fields[0].value, "Nguyễn\nAn");
		CHECK_STR(f.fields[1].value, "");
		CHECK_STR(f.uploads[0].field, "tep");
		CHECK_STR(f.uploads[0].file_name, "giấy \"khai\".pdf");
		CHECK_STR(f.uploads[0].mime, "application/pdf");
		CHECK_STR(f.uploads[0].path, "%PDF\r\n--xX-8\r\r\n--xX");
		CHECK_INT(f.kept.begun, 1);
	}
}

TEST("a form cut off anywhere is never a form")
{
	for (size_t n = 0; n < sizeof form_text - 3; n++) {
		ARENA a = arena_new();
		struct form f = { .kept.room = 1000 };
		err e = parse(a, TYPE, str_part(str_from(form_text), 0, n), 7, &f);
		if (!CHECK(e && e->kind == ERR_BAD_REQUEST))
			printf("# cut at %zu\n", n);
	}
}

static const char *const malformed[] = {
	"",
	"preamble\r\n--xX-9--\r\n",
	"--xX-9 \r\n",
	"--xX-99\r\n",
	"--xX-9\r\n\r\ntext without a name\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data; name=\"a\"\r\n"
	"Content-Disposition: form-data; name=\"b\"\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nno colon\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data; name=\"a\"\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data; name=\"a\n\"\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\n\r\n--xX-9--",
	"--xX-9\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\n\r\nx\r\n--xX-9--",
	"--xX-9--\r\nmore",
};

TEST("malformed multipart bodies are refused")
{
	for (size_t i = 0; i < COUNT(malformed); i++) {
		ARENA a = arena_new();
		struct form f = { .kept.room = 1000 };
		err e = parse(a, TYPE, str_from(malformed[i]), 5, &f);
		if (!CHECK(e && e->kind == ERR_BAD_REQUEST))
			printf("# accepted: %zu\n", i);
	}
	ARENA a = arena_new();
	struct form f = { 0 };
	const char *const types[] = { "multipart/form-data",
		"multipart/form-data; boundary=", "multipart/form-data; boundary=a\"b",
		"text/plain; boundary=a", "multipart/form-data; boundary=\"a b\"" };
	for (size_t i = 0; i < COUNT(types); i++)
		CHECK(parse(a, str_from(types[i]), S(""), 1, &f) != NULL);
}

TEST("a file over the limit is marked and the rest of the form is kept")
{
	ARENA a = arena_new();
	struct form f = { .kept.room = 100000 };
	struct buf body = buf_in(a, MIB);
	buf_add(&body,
		S("--xX-9\r\nContent-Disposition: form-data; name=\"t\"; "
		  "filename=\"a.pdf\"\r\n\r\n"));
	for (int i = 0; i < 5000; i++)
		buf_char(&body, 'x');
	buf_add(&body,
		S("\r\n--xX-9\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\nc"
		  "\r\n--xX-9--\r\n"));
	REQUIRE(!parse(a, TYPE, buf_str(&body), 333, &f));
	REQUIRE(f.n_uploads == 1 && f.n_fields == 1);
	CHECK(f.uploads[0].too_large);
	CHECK_INT(f.uploads[0].size, 1000);
	CHECK_STR(f.uploads[0].path, "");
	CHECK_INT(f.kept.ended, 0);
	CHECK(f.kept.bytes.n <= 1000);
	CHECK_STR(f.fields[0].value, "c");
}

TEST("a file of no bytes is there by its name, so that it can be refused")
{
	ARENA a = arena_new();
	struct form f = { 0 };
	str body = S("--xX-9\r\nContent-Disposition: form-data; name=\"t\"; "
		     "filename=\"rong.pdf\"\r\n\r\n\r\n--xX-9--\r\n");
	REQUIRE(!parse(a, TYPE, body, 7, &f));
	REQUIRE(f.n_uploads == 1);
	CHECK_STR(f.uploads[0].file_name, "rong.pdf");
	CHECK_INT(f.uploads[0].size, 0);
	CHECK_STR(f.uploads[0].path, "");
	CHECK_INT(f.kept.begun, 0);
}

TEST("a full disk is UNAVAILABLE, and stays so")
{
	ARENA a = arena_new();
	struct form f = { .kept.room = 3 };
	err e = parse(a, TYPE, str_from(form_text), 9, &f);
	CHECK(e && e->kind == ERR_UNAVAILABLE);
}

TEST("too many parts, files or bytes of text are too large")
{
	ARENA a = arena_new();
	struct form f = { .kept.room = 100000 };
	struct buf body = buf_in(a, 4 * MIB);
	for (int i = 0; i <= LIMIT_HTTP_UPLOADS; i++)
		buf_add(&body,
			S("--xX-9\r\nContent-Disposition: form-data; name=\"t\"; "
			  "filename=\"a.pdf\"\r\n\r\nx\r\n"));
	buf_add(&body, S("--xX-9--\r\n"));
	err e = parse(a, TYPE, buf_str(&body), 1000, &f);
	CHECK(e && e->kind == ERR_TOO_LARGE);
	body = buf_in(a, 4 * MIB);
	for (int i = 0; i <= LIMIT_HTTP_PARTS; i++)
		buf_add(&body,
			S("--xX-9\r\nContent-Disposition: form-data; name=\"t\"\r\n\r\n\r\n"));
	e = parse(a, TYPE, buf_str(&body), 1000, &f);
	CHECK(e && e->kind == ERR_TOO_LARGE);
	body = buf_in(a, 4 * MIB);
	buf_add(&body, S("--xX-9\r\n"));
	for (int i = 0; i <= LIMIT_HTTP_PART_HEADERS; i++)
		buf_char(&body, 'x');
	e = parse(a, TYPE, buf_str(&body), 1000, &f);
	CHECK(e && e->kind == ERR_TOO_LARGE);
}

TEST("a long Vietnamese file name is cut between letters and keeps its extension")
{
	ARENA a = arena_new();
	struct form f = { .kept.room = 100000 };
	struct buf body = buf_in(a, MIB);
	buf_add(&body, S("--xX-9\r\nContent-Disposition: form-data; name=\"t\"; filename=\""));
	for (int i = 0; i < 300; i++)
		buf_add(&body, S("ệ"));
	buf_add(&body, S(".docx\"\r\n\r\nx\r\n--xX-9--"));
	REQUIRE(!parse(a, TYPE, buf_str(&body), 1000, &f));
	REQUIRE(f.n_uploads == 1);
	str name = f.uploads[0].file_name;
	CHECK(name.n <= LIMIT_FILE_NAME && str_is_utf8(name) && str_ends(name, S("ệ.docx")));
}
