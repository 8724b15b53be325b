/* SPDX-License-Identifier: Apache-2.0 */
#include "catalogue/import.h"

#include <stdio.h>
#include <sys/stat.h>

void import_reject_at(struct import *m, str file, int64_t line, str reason)
{
	if (m->rejects.n < LIMIT_IMPORT_REJECTS)
		*VEC_PUSH(m->a, &m->rejects) = (struct reject){
			.file = str_copy(m->a, file), .line = line, .reason = str_copy(m->a, reason)
		};
	m->rejected++;
}

void import_reject(struct import *m, const struct lines *l, str reason)
{
	import_reject_at(m, l->name, l->number, reason);
}

bool import_once(struct import *m, const struct lines *l, struct map *seen, str key)
{
	if (map_find(seen, key)) {
		import_reject(
			m, l, arena_printf(m->row, STR_FMT " stands here twice", STR_ARG(key)));
		return false;
	}
	str kept = str_copy(m->a, key);
	map_put(seen, kept, (void *)kept.p);
	return true;
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

/* --- staging -------------------------------------------------------------- */

static struct staged *stage(struct import *m, const struct sql *q, const struct value *args)
{
	struct staged *s = VEC_PUSH(m->a, &m->staged);

	s->q = q;
	s->args = arena_array(m->a, struct value, (size_t)q->n_params);
	for (int i = 0; i < q->n_params; i++) {
		s->args[i] = args[i];
		if (args[i].kind == VALUE_TEXT)
			s->args[i].text = str_copy(m->a, args[i].text);
	}
	return s;
}

void import_row(
	struct import *m, enum import_kind kind, const struct sql *q, const struct value *args)
{
	stage(m, q, args)->kind = kind;
	m->counts[kind].read++;
}

void import_row_too(struct import *m, const struct sql *q, const struct value *args)
{
	stage(m, q, args)->uncounted = true;
}

err import_procedure(struct import *m, str file, int64_t line, str definition, bool keep_form)
{
	struct staged_procedure s = {
		.file = str_copy(m->a, file), .line = line, .keep_form = keep_form
	};

	TRY(procedure_prepare(m->a, m->row, definition, &s.prepared));
	*VEC_PUSH(m->a, &m->procedures) = s;
	m->counts[IMPORT_PROCEDURES].read++;
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

static err write_rows(struct import *m, struct conn *c, struct arena *row)
{
	for (size_t i = 0; i < m->staged.n; i++) {
		const struct staged *s = &m->staged.items[i];
		int64_t changed;
		arena_reset(row);
		TRY(db_count_changed(c, row, s->q, s->args, &changed));
		m->counts[s->kind].written += !s->uncounted && changed > 0;
	}
	return NULL;
}

/* What the office published stays. A text that was here before brings nothing new: it is passed
 * over, so that the same files can be imported after every upgrade. */
static err keep_ours(struct import *m, struct conn *c, struct arena *row,
	const struct staged_procedure *s, bool *ret_kept)
{
	const struct prepared_procedure *p = &s->prepared;

	TRY(procedure_was_put(c, row, p, ret_kept));
	if (*ret_kept && m->notes.n < LIMIT_IMPORT_REJECTS)
		*VEC_PUSH(m->a, &m->notes) = arena_printf(m->a,
			STR_FMT ": unchanged; what the office published since stays",
			STR_ARG(s->file));
	*ret_kept = *ret_kept || s->keep_form;
	m->counts[IMPORT_PROCEDURES].kept += *ret_kept;
	return NULL;
}

/* A form whose samples do not come out is nobody's to fill in, and what the office published is
 * nobody's to replace unseen. */
static err pass_gate(struct import *m, struct conn *c, struct arena *row,
	const struct staged_procedure *s, bool *ret_passed)
{
	err e = m->gate ? m->gate(c, row, s->prepared.definition) : NULL;
	bool kept = false;

	*ret_passed = !e;
	if (!e || (e->kind != ERR_INVALID && e->kind != ERR_CONFLICT))
		return e;
	if (e->kind == ERR_CONFLICT)
		TRY(keep_ours(m, c, row, s, &kept));
	if (kept)
		return NULL;
	import_reject_at(m, s->file, s->line, e->detail);
	return m->skip_bad
		? NULL
		: FAIL(m->a, INVALID, STR_FMT ": " STR_FMT, STR_ARG(s->file), STR_ARG(e->detail));
}

static err write_procedures(struct import *m, struct conn *c, struct arena *row)
{
	struct import_count *count = &m->counts[IMPORT_PROCEDURES];

	for (size_t i = 0; i < m->procedures.n; i++) {
		const struct staged_procedure *s = &m->procedures.items[i];
		enum put_result result;
		bool passed;
		arena_reset(row);
		TRY(pass_gate(m, c, row, s, &passed));
		if (!passed)
			continue;
		TRY(procedure_store(c, row, &s->prepared, m->now, s->keep_form, &result));
		count->written += result == PUT_ADDED || result == PUT_CHANGED;
		count->kept += result == PUT_KEPT;
	}
	return NULL;
}

/* The error may lie in the memory of its record. */
static err kept_error(struct import *m, err NULLABLE e)
{
	return e ? err_make(m->a, e->kind, e->file, e->line, STR_FMT, STR_ARG(e->detail)) : NULL;
}

/* May run again after a serialization failure, so it begins with nothing written. */
static err write_all(struct conn *c, struct arena *a, void *arg)
{
	struct import *m = arg;
	ARENA row = arena_new();

	for (int i = 0; i < IMPORT_KIND_COUNT; i++)
		m->counts[i].written = m->counts[i].kept = 0;
	m->rejects.n = (size_t)(m->read_rejected < LIMIT_IMPORT_REJECTS ? m->read_rejected
									: LIMIT_IMPORT_REJECTS);
	m->rejected = m->read_rejected;
	m->notes.n = 0;
	err e = write_rows(m, c, row);
	if (!e)
		e = write_procedures(m, c, row);
	if (!e && import_wrote(m))
		e = content_bump(c, a);
	return kept_error(m, e);
}

/* Everything but the writing. The connection goes back at the end of it. */
static err read_all(struct import *m, struct db *db, err (*take)(struct import *m))
{
	ARENA reading = arena_new();
	ARENA row = arena_new();

	m->shown = -1;
	m->row = row;
	err e = db_reader(db, reading, &m->c);
	if (!e)
		e = take(m);
	m->c = NULL;
	return kept_error(m, e);
}

err import_run(struct import *m, struct db *db, err (*take)(struct import *m))
{
	TRY(read_all(m, db, take));
	if (m->rejected && !m->skip_bad)
		return FAIL(m->a, INVALID, "%lld rejected", (long long)m->rejected);
	m->read_rejected = m->rejected;
	return db_write(db, m->a, write_all, m);
}
