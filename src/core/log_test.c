/* SPDX-License-Identifier: Apache-2.0 */
#include "core/log.h"
#include "core/json.h"
#include "tests/tap.h"

#include <unistd.h>

struct capture {
	FILE *file;
	int saved;
};

/* Standard error goes to a file until capture_end. */
static struct capture capture_begin(void)
{
	struct capture c = { tmpfile(), dup(STDERR_FILENO) };
	if (c.file)
		dup2(fileno(c.file), STDERR_FILENO);
	return c;
}

static str capture_end(struct capture *c, struct arena *a)
{
	dup2(c->saved, STDERR_FILENO);
	close(c->saved);
	if (!c->file)
		return S("");
	char *p = arena_bytes(a, 64 * KIB, 1);
	rewind(c->file);
	size_t n = fread(p, 1, 64 * KIB, c->file);
	fclose(c->file);
	return (str){ p, n };
}

/* The only line, read as JSON. */
static const struct json *only_line(struct arena *a, str text)
{
	str line, rest;
	const struct json *j = NULL;
	if (!str_cut(text, '\n', &line, &rest) || rest.n || json_parse(a, line, &j))
		return NULL;
	return j;
}

TEST("a log line is one JSON object with time, level, event and fields")
{
	ARENA a = arena_new();
	struct capture c = capture_begin();
	LOG(WARN, "mail.failed", LOG_TEXT("id", S("a\nb\"\xff")), LOG_INT("attempt", 3));
	const struct json *j = only_line(a, capture_end(&c, a));
	REQUIRE(j);
	CHECK_STR(json_get_text(j, "level"), "warn");
	CHECK_STR(json_get_text(j, "event"), "mail.failed");
	CHECK_STR(json_get_text(j, "id"), "a\nb\"\ufffd");
	CHECK_INT(json_int(json_get(j, "attempt"), 0), 3);
	CHECK_INT(json_get_text(j, "time").n, strlen("2026-11-23T09:00:00+07:00"));
	CHECK_INT(json_count(j), 5);
}

TEST("lines below the level are dropped")
{
	ARENA a = arena_new();
	struct capture c = capture_begin();
	LOG(DEBUG, "dropped", LOG_INT("n", 1));
	log_set_level(LOG_ERROR_);
	LOG(WARN, "dropped", LOG_INT("n", 2));
	log_set_level(LOG_DEBUG_);
	log_write(LOG_DEBUG_, "kept", NULL, 0);
	log_set_level(LOG_INFO_);
	const struct json *j = only_line(a, capture_end(&c, a));
	CHECK_STR(json_get_text(j, "event"), "kept");
	CHECK_STR(json_get_text(j, "level"), "debug");
}

TEST("an error is logged with its kind, detail and place")
{
	ARENA a = arena_new();
	struct capture c = capture_begin();
	log_err(LOG_ERROR_, "request.failed", S("r1"), FAIL(a, INTERNAL, "statement %d", 7));
	log_err(LOG_ERROR_, "request.failed", S("r2"), NULL);
	const struct json *j = only_line(a, capture_end(&c, a));
	REQUIRE(j);
	CHECK_STR(json_get_text(j, "id"), "r1");
	CHECK_STR(json_get_text(j, "error"), "INTERNAL");
	CHECK_STR(json_get_text(j, "detail"), "statement 7");
	CHECK(str_ends(json_get_text(j, "file"), S("log_test.c")));
	CHECK(json_int(json_get(j, "line"), 0) > 0);
}

TEST("a long text is cut, a line that is too long keeps its head")
{
	ARENA a = arena_new();
	str long_text = arena_printf(a, "%20000s", "x");
	struct capture c = capture_begin();
	LOG(INFO, "long", LOG_TEXT("text", long_text));
	const struct json *j = only_line(a, capture_end(&c, a));
	CHECK_INT(json_get_text(j, "text").n, LIMIT_LOG_TEXT);

	struct log_field fields[20];
	for (size_t i = 0; i < COUNT(fields); i++)
		fields[i] = LOG_TEXT("text", long_text);
	c = capture_begin();
	log_write(LOG_INFO_, "longer", fields, COUNT(fields));
	j = only_line(a, capture_end(&c, a));
	CHECK_STR(json_get_text(j, "event"), "longer");
	CHECK(json_bool(json_get(j, "cut"), false));
}
