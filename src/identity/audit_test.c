/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>

#include "identity/identity_test.h"
#include "tests/database.h"
#include "tests/visit.h"

struct entry_to_put {
	struct audit_actor who;
	int n;
};

static err put_entries(struct conn *c, struct arena *a, void *arg)
{
	const struct entry_to_put *e = arg;
	for (int i = 0; i < e->n; i++)
		TRY(audit_put(c, a, TEST_NOW + i, e->who, S("dossier.read"),
			arena_printf(a, "H99-%d", i), S("")));
	return NULL;
}

static void put(struct services *s, struct arena *a, int64_t actor, int n)
{
	struct entry_to_put e = { { actor, S("motcua"), ROLE_CLERK }, n };
	CHECK_OK(db_write(s->db, a, put_entries, &e));
}

static struct audit_report verify(struct services *s)
{
	ARENA a = arena_new();
	struct audit_report report = { 0 };
	CHECK_OK(audit_verify(test_reader(s, a), a, &report));
	return report;
}

static void drop_triggers(struct services *s, struct arena *a)
{
	if (db_engine_of(s->db) == DB_POSTGRES) {
		CHECK_OK(test_sql(s, a, "DROP TRIGGER audit_keep ON audit_entry"));
		return;
	}
	CHECK_OK(test_sql(s, a, "DROP TRIGGER audit_keep_content"));
	CHECK_OK(test_sql(s, a, "DROP TRIGGER audit_keep_entries"));
}

TEST("the audit trail grows in chains that verify")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		struct audit_report empty = verify(s);
		CHECK(empty.intact);
		CHECK_INT(empty.entries, 0);
		put(s, a, 3, 1200); /* more than a page of the walk */
		put(s, a, 19, 2);   /* the same chain */
		put(s, a, 4, 1);
		put(s, a, 0, 1);
		struct audit_report report = verify(s);
		CHECK(report.intact);
		CHECK_INT(report.entries, 1204);
		CHECK_INT(report.chains, LIMIT_AUDIT_CHAINS);
	}
}

TEST("the database refuses to change or remove an entry")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		put(s, a, 1, 2);
		CHECK(test_sql(s, a, "UPDATE audit_entry SET act = 'x'") != NULL);
		CHECK(test_sql(s, a, "DELETE FROM audit_entry") != NULL);
		CHECK(verify(s).intact);
		CHECK_INT(verify(s).entries, 2);
	}
}

TEST("whatever was changed, removed, moved or added is found, with its place")
{
	static const struct {
		const char *text, *fault;
	} harms[] = {
		{ "UPDATE audit_entry SET at = at + 1 WHERE number = 2", "entry 2: its content" },
		{ "UPDATE audit_entry SET actor_id = 17 WHERE number = 1", "entry 1: its content" },
		{ "UPDATE audit_entry SET actor = 'x' WHERE number = 2", "entry 2: its content" },
		{ "UPDATE audit_entry SET role = 'x' WHERE number = 2", "entry 2: its content" },
		{ "UPDATE audit_entry SET act = 'x' WHERE number = 3", "entry 3: its content" },
		{ "UPDATE audit_entry SET subject = 'x' WHERE number = 2", "entry 2: its content" },
		{ "UPDATE audit_entry SET detail = 'x' WHERE number = 2", "entry 2: its content" },
		{ "UPDATE audit_entry SET hash = 'x' WHERE number = 1", "entry 1: its content" },
		{ "UPDATE audit_entry SET previous = '' WHERE number = 2",
			"entry 2: it does not follow" },
		{ "UPDATE audit_entry SET act = 'dossier.readH', subject = '99-1' WHERE number = 2",
			"entry 2: its content" },
		{ "UPDATE audit_entry SET number = 9 WHERE number = 2",
			"entry 3: an entry before" },
		{ "DELETE FROM audit_entry WHERE number = 1", "entry 2: an entry before" },
		{ "DELETE FROM audit_entry WHERE number = 2", "entry 3: an entry before" },
		{ "DELETE FROM audit_entry WHERE number = 3", "entry 2: the entries after" },
		{ "UPDATE audit_head SET number = 2 WHERE chain = 1",
			"entry 2: it is not the end" },
		{ "UPDATE audit_head SET hash = 'x' WHERE chain = 1",
			"entry 3: it is not the end" },
		{ "DELETE FROM audit_head WHERE chain = 1", "the end of a chain is missing" },
		{ "UPDATE audit_entry SET chain = 99 WHERE number = 3",
			"entry 2: the entries after" },
		{ "INSERT INTO audit_entry (chain, number, at, actor_id, actor, role, act, subject,"
		  " detail, previous, hash) VALUES (1, 4, 0, 1, '', '', 'x', '', '', '', '')",
			"belong to no chain" },
	};
	FOR_EACH_ENGINE(engine)
	{
		for (size_t i = 0; i < COUNT(harms); i++) {
			ARENA a = arena_new();
			struct services *s = test_services(a, engine, identity_folders);
			put(s, a, 1, 3);
			drop_triggers(s, a);
			CHECK_OK(test_sql(s, a, harms[i].text));
			struct audit_report report = { 0 };
			CHECK_OK(audit_verify(test_reader(s, a), a, &report));
			CHECK(!report.intact);
			if (!tap_check(str_has(report.fault, str_from(harms[i].fault)), __FILE__,
				    __LINE__, harms[i].text))
				printf("#   " STR_FMT "\n", STR_ARG(report.fault));
		}
	}
}

TEST("entries are listed newest first, by what was done to a subject or by an actor")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		struct audit_entry *rows;
		size_t n;
		int64_t total;
		put(s, a, 5, 3);
		test_account(s, a, "an@example.vn", ROLE_CITIZEN);
		struct conn *c = test_reader(s, a);
		CHECK_OK(audit_list(c, a, S(""), 0, 2, &rows, &n, &total));
		REQUIRE(n == 2);
		CHECK_INT(total, 4);
		CHECK_STR(rows[0].act, "account.create");
		CHECK_STR(rows[0].actor, "an@example.vn");
		CHECK_OK(audit_list(c, a, S("H99-1"), 0, 20, &rows, &n, &total));
		REQUIRE(n == 1);
		CHECK_STR(rows[0].role, "clerk");
		CHECK_OK(audit_list(c, a, S("motcua"), 1, 20, &rows, &n, &total));
		CHECK_INT((int64_t)n, 2);
		CHECK_INT(total, 3);
	}
}

struct adder {
	struct services *s;
	int64_t actor;
};

static void *add_many(void *arg)
{
	struct adder *x = arg;
	for (int i = 0; i < 20; i++) {
		ARENA a = arena_new();
		put(x->s, a, x->actor, 2);
	}
	return NULL;
}

TEST("writers at the same moment keep the chains whole")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		struct adder adders[] = { { s, 1 }, { s, 1 }, { s, 2 }, { s, 17 } };
		pthread_t threads[COUNT(adders)];
		for (size_t i = 0; i < COUNT(adders); i++)
			CHECK_INT(pthread_create(&threads[i], NULL, add_many, &adders[i]), 0);
		for (size_t i = 0; i < COUNT(adders); i++)
			pthread_join(threads[i], NULL);
		CHECK(verify(s).intact);
		CHECK_INT(verify(s).entries, 160);
	}
}
