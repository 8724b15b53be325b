/* SPDX-License-Identifier: Apache-2.0 */
/* What is the same on every engine: arguments are checked, rows are put into structs. */
#include "db/driver.h"

/* --- arguments ----------------------------------------------------------- */

/* SQLite would keep any bytes and PostgreSQL cut at NUL: both get text that both can hold. */
static err check_arguments(struct arena *a, const struct sql *q, const struct value *args)
{
	if (q->n_params > LIMIT_DB_PARAMS)
		return FAIL(a, INTERNAL, "%s: %d parameters", q->name, q->n_params);
	for (int i = 0; i < q->n_params; i++) {
		const struct value *v = &args[i];
		if (v->kind == VALUE_UNSET)
			return FAIL(a, INTERNAL, "%s: :%s is missing", q->name, q->params[i]);
		if (v->kind != VALUE_TEXT)
			continue;
		if ((v->text.n && memchr(v->text.p, 0, v->text.n)) || !str_is_utf8(v->text))
			return FAIL(a, INVALID, "%s: :%s is not UTF-8 text", q->name, q->params[i]);
	}
	return NULL;
}

static void finish(struct cursor *cursor) { cursor->conn->db->driver->finish(cursor); }

#define CURSOR CLEANUP(finish) struct cursor

static err check_turn(const struct conn *c, struct arena *a, const struct sql *q)
{
	if (c->in_act && c->fate != FATE_FINE)
		return FAIL(
			a, INTERNAL, "%s: a statement before it in the act had failed", q->name);
	return NULL;
}

static err start(struct cursor *cursor, struct arena *a, const struct value *args)
{
	const struct conn *c = cursor->conn;

	TRY(check_turn(c, a, cursor->statement));
	TRY(check_arguments(a, cursor->statement, args));
	return c->db->driver->start(cursor, a, args);
}

static err next(struct cursor *cursor, struct arena *a, bool *ret_row)
{
	return cursor->conn->db->driver->next(cursor, a, ret_row);
}

/* SQLite checks foreign keys at the end of a statement, after its RETURNING rows. */
static err run_to_end(struct cursor *cursor, struct arena *a)
{
	bool row = true;

	while (cursor->unfinished && row)
		TRY(next(cursor, a, &row));
	return NULL;
}

/* --- rows ---------------------------------------------------------------- */

/* Which column of the result each column of the row type is. */
struct places {
	int at[LIMIT_DB_COLUMNS];
};

/* Statements are mostly written in the order of the row type: that place is tried first. */
static int place_of(const struct cursor *cursor, const char *name, size_t guess)
{
	const struct driver *driver = cursor->conn->db->driver;

	if (guess < (size_t)cursor->n_columns &&
		strcmp(driver->column(cursor, (int)guess), name) == 0)
		return (int)guess;
	for (int i = 0; i < cursor->n_columns; i++)
		if (strcmp(driver->column(cursor, i), name) == 0)
			return i;
	return -1;
}

static err find_places(const struct cursor *cursor, struct arena *a, const struct row_type *type,
	struct places *ret)
{
	if (type->n > LIMIT_DB_COLUMNS)
		return FAIL(
			a, INTERNAL, "%s: a row of %zu columns", cursor->statement->name, type->n);
	for (size_t i = 0; i < type->n; i++) {
		ret->at[i] = place_of(cursor, type->columns[i].name, i);
		if (ret->at[i] < 0)
			return FAIL(a, INTERNAL, "%s has no column %s", cursor->statement->name,
				type->columns[i].name);
	}
	return NULL;
}

static void put(const struct value *v, char *member)
{
	switch (v->kind) {
	case VALUE_TEXT: memcpy(member, &v->text, sizeof v->text); break;
	case VALUE_INT: memcpy(member, &v->number, sizeof v->number); break;
	case VALUE_BOOL: *(bool *)member = v->number != 0; break;
	case VALUE_OPT_INT:
		*(struct opt_int *)member =
			(struct opt_int){ !v->is_null, v->is_null ? 0 : v->number };
		break;
	case VALUE_UNSET: break;
	}
}

/* keep: text is copied into the arena, else it is borrowed from the cursor. */
static err fill(const struct cursor *cursor, struct arena *a, const struct row_type *type,
	const struct places *places, bool keep, void *row)
{
	for (size_t i = 0; i < type->n; i++) {
		const struct column *column = &type->columns[i];
		struct value v = { .kind = column->kind };
		if (!cursor->conn->db->driver->field(cursor, places->at[i], column->kind, &v))
			return FAIL(a, INTERNAL, "%s: %s is of another type",
				cursor->statement->name, column->name);
		if (v.is_null && column->kind != VALUE_OPT_INT)
			return FAIL(a, INTERNAL, "%s: %s is NULL", cursor->statement->name,
				column->name);
		if (keep && column->kind == VALUE_TEXT)
			v.text = str_copy(a, v.text);
		put(&v, (char *)row + column->offset);
	}
	return NULL;
}

/* --- the calls ----------------------------------------------------------- */

err db_find(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *ret, bool *ret_found)
{
	CURSOR cursor = { .conn = c, .statement = q };
	struct places places = { 0 };
	bool row;

	TRY(start(&cursor, a, args));
	TRY(find_places(&cursor, a, type, &places));
	TRY(next(&cursor, a, &row));
	if (row)
		TRY(fill(&cursor, a, type, &places, true, ret));
	TRY(run_to_end(&cursor, a));
	*ret_found = row;
	return NULL;
}

err db_one(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *ret)
{
	bool found;

	TRY(db_find(c, a, q, args, type, ret, &found));
	if (!found)
		return FAIL(a, NOT_FOUND, "%s found nothing", q->name);
	return NULL;
}

err db_list(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *ret_items, size_t *ret_n)
{
	CURSOR cursor = { .conn = c, .statement = q };
	struct places places = { 0 };
	VEC(char) rows = { 0 }; /* n and cap count rows of type->size bytes */
	bool row;

	TRY(start(&cursor, a, args));
	TRY(find_places(&cursor, a, type, &places));
	for (;;) {
		TRY(next(&cursor, a, &row));
		if (!row)
			break;
		if (rows.n == LIMIT_DB_ROWS)
			return FAIL(a, INTERNAL, "%s: more than %d rows", q->name, LIMIT_DB_ROWS);
		rows.items = arena_grow(
			a, rows.items, rows.n, &rows.cap, type->size, _Alignof(max_align_t));
		TRY(fill(&cursor, a, type, &places, true, rows.items + rows.n * type->size));
		rows.n++;
	}
	memcpy(ret_items, &rows.items, sizeof rows.items);
	*ret_n = rows.n;
	return NULL;
}

err db_each(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	const struct row_type *type, void *row, err (*each)(void *arg), void *arg)
{
	CURSOR cursor = { .conn = c, .statement = q };
	struct places places = { 0 };
	bool more;

	TRY(start(&cursor, a, args));
	TRY(find_places(&cursor, a, type, &places));
	for (;;) {
		TRY(next(&cursor, a, &more));
		if (!more)
			return NULL;
		TRY(fill(&cursor, a, type, &places, false, row));
		TRY(each(arg));
	}
}

err db_count_changed(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	int64_t *ret)
{
	CURSOR cursor = { .conn = c, .statement = q };
	bool row = true;

	TRY(start(&cursor, a, args));
	while (row)
		TRY(next(&cursor, a, &row));
	*ret = cursor.changed;
	return NULL;
}

err db_do(struct conn *c, struct arena *a, const struct sql *q, const struct value *args)
{
	const struct driver *driver = c->db->driver;
	int64_t changed;

	if (!c->in_act || !driver->post)
		return db_count_changed(c, a, q, args, &changed);
	TRY(check_turn(c, a, q));
	TRY(check_arguments(a, q, args));
	return driver->post(c, a, q, args);
}

err db_number(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	int64_t *ret)
{
	CURSOR cursor = { .conn = c, .statement = q };
	struct value v = { .kind = VALUE_INT };
	bool row;

	TRY(start(&cursor, a, args));
	TRY(next(&cursor, a, &row));
	if (!row)
		return FAIL(a, NOT_FOUND, "%s found nothing", q->name);
	if (!c->db->driver->field(&cursor, 0, VALUE_INT, &v) || v.is_null)
		return FAIL(a, INTERNAL, "%s did not give a number", q->name);
	TRY(run_to_end(&cursor, a));
	*ret = v.number;
	return NULL;
}

err db_attempt(struct conn *c, struct arena *a, const struct sql *q, const struct value *args,
	bool *ret_refused)
{
	const struct driver *driver = c->db->driver;
	int64_t changed;

	if (!c->in_act)
		return FAIL(a, INTERNAL, "%s: db_attempt outside an act", q->name);
	TRY(check_turn(c, a, q));
	TRY(driver->execute(c, a, "SAVEPOINT attempt"));
	err e = db_count_changed(c, a, q, args, &changed);
	if (e && (e->kind != ERR_CONFLICT || c->fate != FATE_REFUSED))
		return e;
	if (e) {
		c->fate = FATE_FINE;
		TRY(driver->execute(c, a, "ROLLBACK TO attempt"));
	}
	TRY(driver->execute(c, a, "RELEASE attempt"));
	*ret_refused = e != NULL;
	return NULL;
}

err db_check(struct conn *c, struct arena *a, const struct sql *q)
{
	return c->db->driver->check(c, a, q);
}
