/* SPDX-License-Identifier: Apache-2.0 */
#include "app/modules.h"
#include "app/program.h"
#include "dossier/desk.h"
#include "dossier/dossier.sql.h"
#include "dossier/figures.sql.h"
#include "dossier/flow.h"
#include "http/server.h"
#include "tests/database.h"

TEST("every statement of every folder is understood by both engines")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, all_migrations);
		struct conn *c;
		int n = 0;
		REQUIRE(CHECK_OK(db_reader(db, a, &c)));
		for (const struct sql *const *const *folder = all_statements; *folder; folder++)
			for (const struct sql *const *q = *folder; *q; q++, n++)
				if (!CHECK_OK(db_check(c, a, *q)))
					printf("# %s\n", (*q)->name);
		CHECK(n > 100);
	}
}

/* SQLite alone can be asked this way; the tables are the same on both. */
static const char *const unindexed_text =
	"SELECT t.name || '.' || f.\"from\" AS name FROM sqlite_master t, "
	"pragma_foreign_key_list(t.name) f WHERE t.type = 'table' AND NOT EXISTS "
	"(SELECT 1 FROM pragma_index_list(t.name) i, pragma_index_info(i.name) c "
	"WHERE c.seqno = 0 AND c.name = f.\"from\" AND i.partial = 0) AND NOT EXISTS "
	"(SELECT 1 FROM pragma_table_info(t.name) k WHERE k.name = f.\"from\" AND k.pk = 1)";
struct unindexed {
	str name;
};
ROW_TYPE(unindexed_row, struct unindexed, COLUMN(struct unindexed, name));

TEST("a row that goes is asked for by an index wherever others may refer to it")
{
	const struct sql q = { "unindexed", { unindexed_text, "" }, 0, NULL };
	ARENA a = arena_new();
	struct db *db = test_database(a, DB_SQLITE, all_migrations);
	struct conn *c;
	LIST(struct unindexed) found;
	REQUIRE(CHECK_OK(db_reader(db, a, &c)));
	CHECK_OK(DB_LIST(c, a, &found, &unindexed_row, &q, NULL));
	for (size_t i = 0; i < found.n; i++)
		CHECK_STR(found.items[i].name, "indexed");
}

TEST("every thread that reads has a connection, however many are configured")
{
	CHECK_INT(program_readers(&(struct config){ .workers = 60, .jobs = 5 }), 67);
	CHECK_INT(program_readers(&(struct config){ .workers = 0, .jobs = 1 }),
		server_workers(0) + 3);
}

static bool names(struct arena *a, str list, enum dossier_stage s, char quote)
{
	return str_has(
		list, arena_printf(a, "%c" STR_FMT "%c", quote, STR_ARG(stage_code(s)), quote));
}

/* CONTRIBUTING.md, "Add a status": SQL and queues cannot ask stage_closed. */
TEST("whoever lists the open stages by their names lists all of them, and no other")
{
	static const char *const queues[] = {
#define X(id, name, title, stages, mine) stages,
		DESK_QUEUES(X)
#undef X
	};
	ARENA a = arena_new();
	str tally = str_from(dossier_tally_list.text[DB_SQLITE]);
	str handled = str_from(figures_open.text[DB_SQLITE]);
	for (enum dossier_stage s = 0; s < DOSSIER_STAGE_COUNT; s++) {
		bool open = !stage_closed(s), queued = false;
		for (size_t i = 0; i < COUNT(queues); i++)
			queued |= names(a, str_from(queues[i]), s, ',');
		bool fits = names(a, tally, s, '\'') == open && queued == open &&
			names(a, handled, s, '\'') == (open && s != DOSSIER_DONE);
		if (!CHECK(fits))
			printf("# " STR_FMT "\n", STR_ARG(stage_code(s)));
	}
}
