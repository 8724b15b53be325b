/* SPDX-License-Identifier: Apache-2.0 */
/* store_test.c - versions with their days, agencies, units and lists, on both engines. */
#include "catalogue/catalogue_test.h"

#include "catalogue/catalogue.sql.h"

/* --- versions ----------------------------------------------------------------- */

struct putting {
	str text;
	instant now;
	bool changed;
};

static err put_act(struct conn *c, struct arena *a, void *arg)
{
	struct putting *p = arg;
	return procedure_put(c, a, p->text, p->now, &p->changed);
}

static bool put(struct db *db, struct arena *a, const char *name, const char *from, day on)
{
	struct putting p = { .now = instant_at(on, 8 * 3600) };

	p.text = arena_printf(a,
		"{\"code\":\"1.001193\",\"name\":\"%s\",\"sector\":\"G15-TP07\"%s%s%s}", name,
		*from ? ",\"effective_from\":\"" : "", from, *from ? "\"" : "");
	CHECK_OK(db_write(db, a, put_act, &p));
	return p.changed;
}

static str name_on(struct conn *c, struct arena *a, day on)
{
	struct procedure p;
	return procedure_on(c, a, S("1.001193"), on, &p) ? S("none") : p.name;
}

TEST("a text is a version, valid from its day; the one before ends the day before [ERA-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct conn *c = test_reader(a, db);
		struct procedure p;
		day today = TEST_DAY;

		CHECK(put(db, a, "Một", "2018-06-01", today));
		CHECK(!put(db, a, "Một", "2018-06-01", today + 5));
		CHECK(put(db, a, "Hai", "", today));
		CHECK_STR(name_on(c, a, day_from(2018, 5, 31)), "none");
		CHECK_STR(name_on(c, a, day_from(2018, 6, 1)), "Một");
		CHECK_STR(name_on(c, a, today - 1), "Một");
		CHECK_STR(name_on(c, a, today), "Hai");

		/* A version of the future holds from its day, not before. */
		CHECK(put(db, a, "Ba", "2027-01-01", today));
		CHECK_STR(name_on(c, a, day_from(2026, 12, 31)), "Hai");
		CHECK_STR(name_on(c, a, day_from(2027, 1, 1)), "Ba");

		/* Replaced before its day: never in force. */
		CHECK(put(db, a, "Bốn", "2026-12-01", today));
		CHECK_STR(name_on(c, a, day_from(2026, 11, 30)), "Hai");
		CHECK_STR(name_on(c, a, day_from(2026, 12, 1)), "Bốn");
		CHECK_STR(name_on(c, a, day_from(2027, 1, 1)), "Bốn");

		/* What a dossier holds on to stays as it was [ERA-2]. */
		CHECK_OK(procedure_on(c, a, S("1.001193"), today, &p));
		CHECK_INT(p.version, 2);
		int64_t id = p.version_id;
		CHECK_OK(procedure_version(c, a, id, &p));
		CHECK_STR(p.name, "Hai");
		CHECK(p.valid_to.set && p.valid_to.value == day_from(2026, 11, 30));
		CHECK_FAILS(procedure_version(c, a, id + 1000, &p), NOT_FOUND);
		CHECK_FAILS(procedure_on(c, a, S("9.999999"), today, &p), NOT_FOUND);
	}
}

TEST("a version that was in force keeps its days, whatever day the next one names")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct conn *c = test_reader(a, db);
		day today = TEST_DAY;

		CHECK(put(db, a, "Một", "2025-11-01", today - 9));
		CHECK(put(db, a, "Hai", "2025-11-01", today));
		CHECK_STR(name_on(c, a, today - 1), "Một");
		CHECK_STR(name_on(c, a, today), "Hai");
		CHECK(put(db, a, "Ba", "2018-06-01", today + 2));
		CHECK_STR(name_on(c, a, today + 1), "Hai");
		CHECK_STR(name_on(c, a, today + 2), "Ba");
		CHECK_STR(name_on(c, a, day_from(2025, 10, 31)), "none");

		/* What is to come was not in force yet. */
		CHECK(put(db, a, "Bốn", "2027-01-01", today + 2));
		CHECK(put(db, a, "Năm", "2026-12-24", today + 2));
		CHECK_STR(name_on(c, a, day_from(2026, 12, 23)), "Ba");
		CHECK_STR(name_on(c, a, day_from(2027, 1, 1)), "Năm");
	}
}

TEST("a change moves the content version, and readers keep what they began with")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct catalogue *k = NULL;
		int64_t before, same, after, tomorrow;

		CHECK(put(db, a, "Một", "2018-06-01", TEST_DAY));
		CHECK_OK(catalogue_open(db, a, TEST_DAY, &k));
		REQUIRE(k);
		CHECK_OK(catalogue_refresh(k, a, TEST_DAY, &before));
		CHECK(!put(db, a, "Một", "2018-06-01", TEST_DAY));
		CHECK_OK(catalogue_refresh(k, a, TEST_DAY, &same));
		CHECK_INT(same, before);

		const struct catalogue_index *x = catalogue_snapshot(k, a);
		CHECK(put(db, a, "Hai", "", TEST_DAY));
		CHECK_OK(catalogue_refresh(k, a, TEST_DAY, &after));
		CHECK(after != before);
		CHECK_STR(catalogue_entry(x, S("1.001193"))->name, "Một");
		x = catalogue_snapshot(k, a);
		CHECK_STR(catalogue_entry(x, S("1.001193"))->name, "Hai");
		CHECK(!catalogue_entry(x, S("1.001194")));

		/* A new day may bring a version into force. */
		CHECK(put(db, a, "Ba", "2026-11-24", TEST_DAY));
		CHECK_OK(catalogue_refresh(k, a, TEST_DAY, &after));
		CHECK_OK(catalogue_refresh(k, a, TEST_DAY + 1, &tomorrow));
		CHECK(tomorrow != after);
		x = catalogue_snapshot(k, a);
		CHECK_STR(catalogue_entry(x, S("1.001193"))->name, "Ba");
		catalogue_close(k);
	}
}

/* --- the starter ---------------------------------------------------------------- */

static str join_names(struct arena *a, const struct agency *items, size_t n)
{
	str names[16];

	for (size_t i = 0; i < n && i < COUNT(names); i++)
		names[i] = items[i].name;
	return str_join(a, names, n, S("; "));
}

static void check_agencies(struct conn *c, struct arena *a)
{
	struct agency g, *list;
	struct procedure p;
	size_t n;
	bool found;

	CHECK_OK(agency_find(c, a, S("000.00.001.H99"), &g, &found));
	CHECK(found);
	CHECK_STR(g.code, "H99.001");
	CHECK_INT(g.valid_from, day_from(2025, 7, 1));
	CHECK_OK(agency_find(c, a, S("H99.002"), &g, &found));
	CHECK_STR(g.old_code, "000.00.002.H99");
	CHECK_OK(agency_find(c, a, S("H98"), &g, &found));
	CHECK(!found);
	CHECK_OK(agency_receiving(c, a, &list, &n));
	CHECK_STR(join_names(a, list, n),
		"Trung tâm Phục vụ hành chính công phường Trung Tâm; "
		"UBND xã Đồng Xanh");
	CHECK_OK(procedure_on(c, a, S("1.001193"), TEST_DAY, &p));
	CHECK_OK(agency_list_for(c, a, &p, &list, &n));
	CHECK_INT(n, 2);
	/* A procedure is shared by all who read it: another list, not another entry in this one. */
	p.executing.items = (str[]){ S("H99.002") };
	p.executing.n = 1;
	CHECK_OK(agency_list_for(c, a, &p, &list, &n));
	CHECK_STR(join_names(a, list, n), "UBND xã Đồng Xanh");
	CHECK_OK(agency_successor_list(c, a, S("H99.009"), &list, &n));
	CHECK_INT(n, 2);
}

static void check_units(struct conn *c, struct arena *a)
{
	struct unit *units, u;
	struct list_item *items;
	size_t n;
	bool found;
	str name;

	CHECK_OK(unit_provinces(c, a, &units, &n));
	CHECK_INT(n, 1);
	CHECK_STR(units[0].full_name, "Tỉnh Lam Giang");
	CHECK_OK(unit_communes(c, a, S("99"), &units, &n));
	CHECK_INT(n, 2);
	CHECK_STR(units[0].name, "Đồng Xanh");
	CHECK_STR(units[1].name, "Trung Tâm");
	CHECK_OK(unit_find(c, a, S("99001"), &u, &found));
	CHECK_STR(u.kind, "commune");
	CHECK_OK(unit_full_name(c, a, S("99001"), &name));
	CHECK_STR(name, "Phường Trung Tâm, tỉnh Lam Giang");
	CHECK_OK(unit_full_name(c, a, S("99"), &name));
	CHECK_STR(name, "Tỉnh Lam Giang");
	CHECK_OK(unit_full_name(c, a, S("12345"), &name));
	CHECK_STR(name, "");
	CHECK_OK(code_list(c, a, S("dan-toc"), &items, &n));
	CHECK_INT(n, 2);
	CHECK_STR(items[0].name, "Tày");
	CHECK_OK(code_list(c, a, S("khong-co"), &items, &n));
	CHECK_INT(n, 0);
}

TEST("the starter is imported from its folder, and the second time changes nothing [REF-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct import m;

		CHECK_OK(test_import(a, db, import_starter, test_folder(a, "starter"), &m));
		CHECK_INT(m.counts[IMPORT_PROCEDURES].written, 1);
		CHECK_INT(m.counts[IMPORT_AGENCIES].written, 4);
		CHECK_INT(m.counts[IMPORT_UNITS].written, 3);
		CHECK_INT(m.counts[IMPORT_LISTS].written, 2);
		check_agencies(test_reader(a, db), a);
		check_units(test_reader(a, db), a);
		CHECK_OK(test_import(a, db, import_starter, test_folder(a, "starter"), &m));
		CHECK(!import_wrote(&m));
	}
}

TEST("a fault anywhere in the starter undoes all of it, and says where")
{
#define FILE_OF(name, text)                 \
	{                                   \
		name, text, sizeof text - 1 \
	}
	static const struct embedded sectors = FILE_OF("sectors.tsv", "code\tname\nA1\tMột\n");
	static const struct {
		struct embedded bad;
		const char *says;
	} cases[] = {
		{ FILE_OF("agencies.tsv", "code\tname\nH99\tx\nH9\ty\n"),
			"agencies.tsv:3: no code of an agency" },
		{ FILE_OF("agencies.tsv", "name\nx\n"),
			"agencies.tsv:1: the column 'code' is missing" },
		{ FILE_OF("units.tsv", "code\ttype\tname\n1\t2\t3\t4\n"),
			"units.tsv:2: more cells than columns" },
		{ FILE_OF("units.tsv", "code\ttype\tname\tvalid_to\n1\t2\t3\t4\n"),
			"units.tsv:2: valid_to is no date" },
		{ FILE_OF("lists/x.tsv", "code\tname\n1\t\n"), "lists/x.tsv:2: no name" },
		{ FILE_OF("procedures/x.json", "{}"),
			"procedures/x.json: code: must not be empty" },
		{ FILE_OF("lists/x.tsv", ""),
			"lists/x.tsv:1: the line that names the columns is missing" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, DB_SQLITE);
		const struct embedded files[] = { sectors, cases[i].bad, { 0 } };
		struct import m = { .a = a, .now = TEST_NOW, .files = files };
		err e = import_run(&m, db, import_starter);
		if (CHECK(e))
			CHECK_STR(e->detail, cases[i].says);
		CHECK_INT(test_index(a, db)->sectors.n, 0);
	}
}
