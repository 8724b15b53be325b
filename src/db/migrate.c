/* SPDX-License-Identifier: Apache-2.0 */
#include "db/migrate.h"

#include "core/crypto.h"
#include "db/db.sql.h"
#include "db/dialect.h"
#include "db/driver.h"

/* One line of the book: what was applied to this database. */
struct applied {
	str folder, name, sha256;
	int64_t number;
};
ROW_TYPE(applied_row, struct applied, COLUMN(struct applied, folder),
	COLUMN(struct applied, number), COLUMN(struct applied, name),
	COLUMN(struct applied, sha256));

typedef LIST(struct applied) book;

static err read_book(struct conn *c, struct arena *a, book *ret)
{
	int64_t exists;

	TRY(db_number(c, a, BIND(migration_book_exists), &exists));
	*ret = (book){ 0 };
	if (!exists)
		return NULL;
	return DB_LIST(c, a, ret, &applied_row, BIND(migration_list));
}

static bool is_applied(const book *b, const struct migration *m)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].number == m->number &&
			str_eq(b->items[i].folder, str_from(m->folder)))
			return true;
	return false;
}

static const struct migration *NULLABLE find_migration(
	const struct migration *const *folders, const struct applied *line)
{
	for (; *folders; folders++)
		for (const struct migration *m = *folders; m->folder; m++)
			if (m->number == line->number && str_eq(line->folder, str_from(m->folder)))
				return m;
	return NULL;
}

/* What the database has must be what the program knows, byte for byte. */
static err check_book(struct arena *a, const book *b, const struct migration *const *folders)
{
	for (size_t i = 0; i < b->n; i++) {
		const struct applied *line = &b->items[i];
		const struct migration *m = find_migration(folders, line);
		if (!m)
			return FAIL(a, CONFLICT,
				"the database is newer than this program: it has migration " STR_FMT
				"/%04d_" STR_FMT,
				STR_ARG(line->folder), (int)line->number, STR_ARG(line->name));
		if (!str_eq(sha256_of(a, str_from(m->text)), line->sha256))
			return FAIL(a, CONFLICT,
				"migration %s/%04d_%s was changed after it had been applied",
				m->folder, m->number, m->name);
	}
	return NULL;
}

/* --- one migration ------------------------------------------------------- */

struct step {
	const struct migration *const *folders;
	const struct migration *migration;
	bool ret_applied;
};

/* Another node may have done it since we looked: the book is read again under the lock. */
static err apply(struct conn *c, struct arena *a, void *arg)
{
	struct step *step = arg;
	const struct migration *m = step->migration;
	int64_t exists;
	book b;
	str text;

	step->ret_applied = false;
	TRY(db_do(c, a, BIND(migration_patience)));
	TRY(db_do(c, a, BIND(migration_lock)));
	TRY(db_number(c, a, BIND(migration_book_exists), &exists));
	if (!exists)
		TRY(db_do(c, a, BIND(migration_book_create)));
	TRY(read_book(c, a, &b));
	TRY(check_book(a, &b, step->folders));
	if (is_applied(&b, m))
		return NULL;

	TRY(dialect_expand(a, str_from(m->text), c->db->engine, &text));
	err e = c->db->driver->execute(c, a, str_z(a, text));
	if (e)
		return err_make(a, e->kind, __FILE__, __LINE__, "migration %s/%04d_%s: " STR_FMT,
			m->folder, m->number, m->name, STR_ARG(e->detail));
	str sha256 = sha256_of(a, str_from(m->text));
	TRY(db_do(c, a,
		BIND(migration_add, .folder = V(str_from(m->folder)), .number = V(m->number),
			.name = V(str_from(m->name)), .sha256 = V(sha256))));
	step->ret_applied = true;
	return NULL;
}

/* --- the calls ----------------------------------------------------------- */

static err read_checked_book(
	struct db *db, struct arena *a, const struct migration *const *folders, book *ret)
{
	ARENA held = arena_new(); /* the reader is given back at once */
	struct conn *c;

	err e = db_reader(db, held, &c);
	if (e)
		return FAIL(a, UNAVAILABLE, STR_FMT, STR_ARG(e->detail));
	TRY(read_book(c, a, ret));
	return check_book(a, ret, folders);
}

err db_migrate(
	struct db *db, struct arena *a, const struct migration *const *folders, int *ret_applied)
{
	book b;
	int n = 0;

	TRY(read_checked_book(db, a, folders, &b));
	for (const struct migration *const *folder = folders; *folder; folder++) {
		for (const struct migration *m = *folder; m->folder; m++) {
			if (is_applied(&b, m))
				continue;
			struct step step = { .folders = folders, .migration = m };
			TRY(db_write(db, a, apply, &step));
			n += step.ret_applied;
		}
	}
	*ret_applied = n;
	return NULL;
}

err db_pending(
	struct db *db, struct arena *a, const struct migration *const *folders, int *ret_pending)
{
	book b;
	int n = 0;

	TRY(read_checked_book(db, a, folders, &b));
	for (; *folders; folders++)
		for (const struct migration *m = *folders; m->folder; m++)
			n += !is_applied(&b, m);
	*ret_pending = n;
	return NULL;
}
