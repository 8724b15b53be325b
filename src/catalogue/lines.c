/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/lines.h"

#include "core/fold.h"

#include <errno.h>
#include <zlib.h>

#define BUFFER_FIRST (64 * KIB)

static void close_file(void *arg)
{
	struct lines *l = arg;

	gzclose(l->file);
	free(l->buffer);
}

static str base_of(str path)
{
	size_t at = path.n;

	while (at && path.p[at - 1] != '/')
		at--;
	return str_from_at(path, at);
}

err lines_open(struct arena *a, str path, struct lines **ret)
{
	gzFile file = gzopen(str_z(a, path), "rb");

	if (!file)
		return errno == ENOENT ? FAIL(a, NOT_FOUND, STR_FMT ": no such file", STR_ARG(path))
				       : FAIL(a, UNAVAILABLE, STR_FMT ": %m", STR_ARG(path));
	struct lines *l = arena_make(a, struct lines);
	*l = (struct lines){ .name = base_of(str_copy(a, path)),
		.a = a,
		.file = file,
		.room = BUFFER_FIRST,
		.buffer = malloc(BUFFER_FIRST) };
	if (!l->buffer)
		abort();
	gzbuffer(file, 4 * BUFFER_FIRST);
	arena_defer(a, close_file, l);
	*ret = l;
	return NULL;
}

struct lines *lines_of(struct arena *a, str name, str text)
{
	struct lines *l = arena_make(a, struct lines);

	*l = (struct lines){ .name = name, .a = a, .rest = text, .ended = true };
	return l;
}

static err wrong(const struct lines *l, const char *what)
{
	return FAIL(
		l->a, INVALID, STR_FMT ":%lld: %s", STR_ARG(l->name), (long long)l->number, what);
}

/* Room behind what is not read yet, which moves to the front. */
static err make_room(struct lines *l)
{
	memmove(l->buffer, l->buffer + l->at, l->n - l->at);
	l->n -= l->at;
	l->at = 0;
	if (l->n < l->room)
		return NULL;
	if (l->room >= LIMIT_IMPORT_LINE)
		return wrong(l, "the line is too long");
	l->room *= 2;
	l->buffer = realloc(l->buffer, l->room);
	if (!l->buffer)
		abort();
	return NULL;
}

static err fill(struct lines *l)
{
	TRY(make_room(l));
	int got = gzread(l->file, l->buffer + l->n, (unsigned)(l->room - l->n)), failed;
	gzerror(l->file, &failed);
	if (got < 0 || failed != Z_OK)
		return wrong(l, "the gzip file is damaged or cut off");
	l->n += (size_t)got;
	l->unpacked += got;
	l->ended = got == 0;
	return l->unpacked > LIMIT_IMPORT_FILE ? wrong(l, "the file is too large") : NULL;
}

static str without_return(str line)
{
	if (line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

/* What is in the buffer, up to an end of line; false when there is none. */
static bool take_line(struct lines *l, str *ret)
{
	char *start = l->buffer + l->at, *end = memchr(start, '\n', l->n - l->at);

	if (!end && !(l->ended && l->at < l->n))
		return false;
	size_t n = end ? (size_t)(end - start) : l->n - l->at;
	l->at += n + (end != NULL);
	*ret = (str){ start, n };
	return true;
}

static bool take_from_memory(struct lines *l, str *ret)
{
	bool more = l->rest.n > 0;

	str_cut(l->rest, '\n', ret, &l->rest);
	return more;
}

err lines_next(struct lines *l, str *ret, bool *ret_more)
{
	l->number++;
	if (!l->file) {
		*ret_more = take_from_memory(l, ret);
	} else {
		while (!(*ret_more = take_line(l, ret)) && !l->ended)
			TRY(fill(l));
		/* The last line may lack its end. */
		if (!*ret_more)
			*ret_more = take_line(l, ret);
	}
	if (*ret_more)
		*ret = without_return(*ret);
	return NULL;
}

int64_t lines_taken(const struct lines *l) { return l->file ? gzoffset(l->file) : 0; }

/* --- tables ---------------------------------------------------------------- */

/* At most TABLE_COLUMNS; one more is counted when there are more. */
static size_t split(str line, str *cells)
{
	size_t n = 0;

	for (bool more = true; more; n++) {
		str cell;
		more = str_cut(line, '\t', &cell, &line);
		if (n == TABLE_COLUMNS)
			return TABLE_COLUMNS + 1;
		cells[n] = cell;
	}
	return n;
}

err table_open(struct arena *a, struct lines *l, const char *const *needed, struct table *ret)
{
	struct table t = { .lines = l };
	str line;
	bool more;

	TRY(lines_next(l, &line, &more));
	if (!more)
		return wrong(l, "the line that names the columns is missing");
	if (str_starts(line, S("\xef\xbb\xbf")))
		line = str_from_at(line, 3);
	t.n_columns = split(str_copy(a, line), t.columns);
	if (t.n_columns > TABLE_COLUMNS)
		return wrong(l, "too many columns");
	for (; *needed; needed++) {
		size_t i = 0;
		while (i < t.n_columns && !str_eq(t.columns[i], str_from(*needed)))
			i++;
		if (i == t.n_columns)
			return FAIL(l->a, INVALID, STR_FMT ":1: the column '%s' is missing",
				STR_ARG(l->name), *needed);
	}
	*ret = t;
	return NULL;
}

err table_next(struct table *t, bool *ret_more)
{
	str line;

	do {
		TRY(lines_next(t->lines, &line, ret_more));
	} while (*ret_more && (!str_trim(line).n || line.p[0] == '#'));
	t->n_cells = *ret_more ? split(line, t->cells) : 0;
	return NULL;
}

const char *NULLABLE table_fault(const struct table *t)
{
	if (t->n_cells > t->n_columns)
		return "more cells than columns";
	for (size_t i = 0; i < t->n_cells; i++)
		if (!str_is_utf8(t->cells[i]))
			return "not UTF-8";
	return NULL;
}

str table_cell(const struct table *t, struct arena *a, const char *column)
{
	for (size_t i = 0; i < t->n_cells && i < t->n_columns; i++) {
		str clean;
		if (str_eq(t->columns[i], str_from(column)))
			return text_clean(a, t->cells[i], &clean) ? S("") : str_trim(clean);
	}
	return S("");
}
