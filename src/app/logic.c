/* SPDX-License-Identifier: Apache-2.0 */
/* logic.c - `motcua logic`: rules and data come in as lines, what they give goes out as lines. For
 * authors of forms, and for the test that holds this evaluator against the one in browsers. */
#include "core/logic.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "app/program.h"

struct reader {
	char bytes[64 * KIB];
	size_t at, n;
	bool failed;
};

/* False at the end. What was answered goes out before this waits for more. */
static bool fill(struct reader *r)
{
	ssize_t n;

	fflush(stdout);
	do
		n = read(STDIN_FILENO, r->bytes, sizeof r->bytes);
	while (n < 0 && errno == EINTR);
	r->failed = n < 0;
	r->at = 0;
	r->n = n > 0 ? (size_t)n : 0;
	return n > 0;
}

/* A line without its end; one that is too long overflows and is read to its end. False when there
 * is none. */
static bool next_line(struct reader *r, struct buf *line)
{
	bool any = false;

	while (r->at < r->n || fill(r)) {
		str rest = { r->bytes + r->at, r->n - r->at }, piece, behind;
		bool ended = str_cut(rest, '\n', &piece, &behind);
		any = true;
		buf_add(line, piece);
		r->at = r->n - behind.n;
		if (ended)
			return true;
	}
	return any;
}

/* Editors of some systems begin a file with a mark of its bytes' order. */
static str line_text(const struct buf *line, bool first)
{
	str text = buf_str(line), mark = S("\xEF\xBB\xBF");

	return first && str_starts(text, mark) ? str_from_at(text, mark.n) : text;
}

static err evaluate(struct arena *a, const struct buf *line, bool first, struct logic_value *ret)
{
	const struct json *j = NULL;

	if (line->overflow)
		return FAIL(a, INVALID, "a line of more than %zu bytes", line->max);
	TRY(json_parse(a, line_text(line, first), &j));
	const struct json *rule = json_get(j, "rule"), *data = json_get(j, "data");
	if (!rule || json_count(j) != (size_t)1 + (data != NULL))
		return FAIL(a, INVALID, "expected {\"rule\": ..., \"data\": ...}");
	return logic_apply(a, rule, logic_of_json(a, data), ret);
}

static str answer(struct arena *a, const struct buf *line, bool first)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };
	struct logic_value v = { 0 };
	err e = evaluate(a, line, first, &v);

	if (!e) {
		logic_put(&o, v);
		if (!b.overflow)
			return buf_str(&b);
		e = FAIL(a, INVALID, "a result of more than %d bytes", LIMIT_JSON);
		b = buf_in(a, LIMIT_JSON);
		o = (struct json_out){ .b = &b };
	}
	json_open(&o, '{');
	json_pair(&o, S("error"), e->detail);
	json_close(&o, '}');
	return buf_str(&b);
}

int logic_command(struct program *p)
{
	struct reader *r = arena_make(p->arena, struct reader);
	ARENA a = arena_new();

	for (bool first = true;; first = false) {
		struct buf line = buf_in(a, LIMIT_LOGIC_LINE);
		if (!next_line(r, &line))
			break;
		str text = answer(a, &line, first);
		fwrite(text.p, 1, text.n, stdout);
		putchar('\n');
		arena_reset(a);
	}
	if (!r->failed)
		return DONE;
	fputs("motcua: standard input could not be read\n", stderr);
	return REFUSED;
}
