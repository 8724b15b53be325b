/* SPDX-License-Identifier: Apache-2.0 */
#include "app/modules.h"
#include "app/program.h"
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

TEST("every thread that reads has a connection, however many are configured")
{
	CHECK_INT(program_readers(&(struct config){ .workers = 60, .jobs = 5 }), 67);
	CHECK_INT(program_readers(&(struct config){ .workers = 0, .jobs = 1 }),
		server_workers(0) + 3);
}
