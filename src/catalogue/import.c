/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/import.h"

#include <stdio.h>
#include <sys/stat.h>

void import_reject(struct import *m, const struct lines *l, str reason)
{
	if (m->rejects.n < LIMIT_IMPORT_REJECTS)
		*VEC_PUSH(m->a, &m->rejects) = (struct reject){ .file = str_copy(m->a, l->name),
			.line = l->number,
			.reason = str_copy(m->a, reason) };
	m->rejected++;
}

void import_progress(struct import *m, const struct lines *NULLABLE l)
{
	if (!m->shows_progress || !m->bytes_total)
		return;
	int64_t done = m->bytes_done + (l ? lines_taken(l) : 0);
	int percent = (int)(done >= m->bytes_total ? 100 : done * 100 / m->bytes_total);
	int step = m->on_terminal ? 1 : 10;
	if (percent / step <= m->shown / step && m->shown >= 0)
		return;
	m->shown = percent / step * step;
	fprintf(stderr, m->on_terminal ? "\r%3d %%%s" : "%d %%%s\n", m->shown,
		m->on_terminal && percent == 100 ? "\n" : "");
}

err import_row(
	struct import *m, enum import_kind kind, const struct sql *q, const struct value *args)
{
	int64_t changed;

	TRY(db_count_changed(m->c, m->row, q, args, &changed));
	m->counts[kind].read++;
	m->counts[kind].written += changed > 0;
	return NULL;
}

/* --- files ---------------------------------------------------------------- */

static str path_of(struct import *m, const char *sub, const char *name, int way)
{
	return arena_printf(m->a, STR_FMT "/%s%s%s%s", STR_ARG(m->folder), way & 1 ? "" : sub,
		way & 1 ? "" : "/", name, way & 2 ? ".gz" : "");
}

err import_open(struct import *m, const char *sub, const char *name, struct lines *NULLABLE *ret)
{
	*ret = NULL;
	for (int way = 0; way < 4; way++) {
		err e = lines_open(m->a, path_of(m, sub, name, way), ret);
		if (!e || e->kind != ERR_NOT_FOUND)
			return e;
	}
	return NULL;
}

void import_expect(struct import *m, const char *sub, const char *const *names)
{
	for (; *names; names++) {
		for (int way = 0; way < 4; way++) {
			struct stat s;
			if (stat(str_z(m->a, path_of(m, sub, *names, way)), &s) == 0) {
				m->bytes_total += s.st_size;
				break;
			}
		}
	}
}

bool import_wrote(const struct import *m)
{
	for (int i = 0; i < IMPORT_KIND_COUNT; i++)
		if (m->counts[i].written)
			return true;
	return false;
}

err import_rows(
	struct import *m, struct lines *l, const char *const *columns, import_take take, void *arg)
{
	struct table t;
	bool more;

	TRY(table_open(m->a, l, columns, &t));
	for (;;) {
		TRY(table_next(&t, &more));
		if (!more)
			break;
		const char *fault = table_fault(&t);
		arena_reset(m->row);
		if (fault)
			import_reject(m, l, str_from(fault));
		else
			TRY(take(m, &t, arg));
		import_progress(m, l);
	}
	m->bytes_done += lines_taken(l);
	return NULL;
}

err import_table(struct import *m, const char *sub, const char *name, bool needed,
	const char *const *columns, import_take take, void *arg)
{
	struct lines *l;

	TRY(import_open(m, sub, name, &l));
	if (!l && needed)
		return FAIL(
			m->a, NOT_FOUND, STR_FMT ": there is no %s here", STR_ARG(m->folder), name);
	return l ? import_rows(m, l, columns, take, arg) : NULL;
}

/* --- running ---------------------------------------------------------------- */

struct run {
	struct import *m;
	err (*take)(struct import *m);
};

/* May run again after a serialization failure, so it begins with everything at zero. */
static err import_act(struct conn *c, struct arena *a, void *arg)
{
	struct run *r = arg;
	struct import *m = r->m;
	ARENA row = arena_new();

	memset(m->counts, 0, sizeof m->counts);
	m->rejects.n = 0;
	m->rejected = m->bytes_total = m->bytes_done = 0;
	m->shown = -1;
	m->c = c;
	m->row = row;
	err e = r->take(m);
	if (!e && import_wrote(m))
		e = content_bump(c, a);
	/* It may lie in the memory of its record. */
	return e ? err_make(m->a, e->kind, e->file, e->line, STR_FMT, STR_ARG(e->detail)) : NULL;
}

err import_run(struct import *m, struct db *db, err (*take)(struct import *m))
{
	struct run r = { m, take };

	return db_write(db, m->a, import_act, &r);
}
