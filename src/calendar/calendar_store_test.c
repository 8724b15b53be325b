/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/calendar_test.sql.h"
#include "calendar/calendars.h"
#include "calendar/parts.h"
#include "tests/database.h"
#include "tests/tap.h"

#define WHO S("quantri")
#define NOW (INSTANT_DAY * 20780)

static const struct migration *const folders[] = { calendar_migrations, NULL };

struct import {
	str text;
	instant now;
};

static err run_import(struct conn *c, struct arena *a, void *arg)
{
	const struct import *i = arg;
	return calendar_import(c, a, i->text, i->now);
}

static err import(struct db *db, struct arena *a, str text)
{
	return db_write(db, a, run_import, &(struct import){ text, NOW });
}

static struct calendar *load(struct db *db, struct arena *a, str agency, day around)
{
	struct conn *c;
	struct calendar *ret = NULL;

	CHECK(!db_reader(db, a, &c));
	CHECK(!calendar_load(c, a, agency, around, &ret));
	return ret;
}

static const struct day_rule *NULLABLE rule_on(struct db *db, struct arena *a, const char *date)
{
	day d = 0;

	CHECK(day_parse(str_from(date), &d));
	return calendar_rule(load(db, a, S(""), d), d);
}

TEST("the shipped calendar is imported once, however often it is [CAL-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		const struct day_rule **rules;
		size_t first, second;
		REQUIRE(!calendar_import_starter(db, a, starter_files, NOW));
		calendar_year(load(db, a, S(""), day_from(2025, 6, 1)), a, 2026, &rules, &first);
		REQUIRE(!calendar_import_starter(db, a, starter_files, NOW));
		calendar_year(load(db, a, S(""), day_from(2025, 6, 1)), a, 2026, &rules, &second);
		CHECK_INT(second, first);
		CHECK_INT(first, 17); /* 12 statutory, 1 compensation, 2 + 2 exchanged */
		CHECK(rules[1]->id > 0);
		CHECK_STR(rules[1]->source, "Công văn 12729/VPCP-KGVX");
	}
}

TEST("a draft is confirmed by a later import, and never undone [CAL-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		str draft = S("2027-04-16\tstatutory\tdraft\tGiỗ Tổ\tdự kiến");
		REQUIRE(!import(db, a, draft));
		CHECK(rule_on(db, a, "2027-04-16")->draft);
		REQUIRE(!import(db, a, S("2027-04-16\tstatutory\tconfirmed\tGiỗ Tổ\tCV 1")));
		CHECK(!rule_on(db, a, "2027-04-16")->draft);
		REQUIRE(!import(db, a, draft));
		CHECK(!rule_on(db, a, "2027-04-16")->draft);
		CHECK_STR(rule_on(db, a, "2027-04-16")->source, "CV 1");
	}
}

TEST("an import with a wrong line changes nothing")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		err e = import(db, a, S("2027-03-01\tclosure\tconfirmed\tx\tx\n2027-03-02\tx"));
		CHECK(e && e->kind == ERR_INVALID);
		CHECK(!rule_on(db, a, "2027-03-01"));
	}
}

TEST("a closure closes its own unit only [CAL-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		day monday = day_from(2027, 3, 1);
		REQUIRE(!import(
			db, a, S("2027-03-01\tclosure\tconfirmed\tMất điện\tThông báo 5\tH99.01")));
		CHECK(!calendar_works(load(db, a, S("H99.01"), monday), monday));
		CHECK(calendar_works(load(db, a, S("H99.02"), monday), monday));
		CHECK(calendar_works(load(db, a, S(""), monday), monday));
	}
}

struct week {
	str agency;
	day from;
	struct office_hours hours[7];
};

static err save_week(struct conn *c, struct arena *a, void *arg)
{
	const struct week *w = arg;
	return office_hours_save(c, a, w->agency, w->from, w->hours, WHO, NOW);
}

static struct week week_of(str agency, day from, int opens, int closes)
{
	struct week w = { .agency = agency, .from = from };

	for (int i = MONDAY; i <= FRIDAY; i++)
		w.hours[i] = (struct office_hours){ 1, { { opens * 3600, closes * 3600 } } };
	return w;
}

static int opens_at(struct db *db, struct arena *a, str agency, day on)
{
	return calendar_hours(load(db, a, agency, on), on)->spans[0].from;
}

TEST("office hours have dates: an agency's own, else the common, else the usual [ERA-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		day before = day_from(2027, 2, 26), monday = day_from(2027, 3, 1);
		struct week common = week_of(S(""), monday, 8, 16);
		struct week own = week_of(S("H99.01"), monday, 7, 15);
		struct week later = week_of(S("H99.01"), monday + 7, 9, 15);
		REQUIRE(!db_write(db, a, save_week, &common));
		REQUIRE(!db_write(db, a, save_week, &own));
		REQUIRE(!db_write(db, a, save_week, &later));
		REQUIRE(!db_write(db, a, save_week, &later));
		CHECK_INT(opens_at(db, a, S("H99.01"), before), 27000);
		CHECK_INT(opens_at(db, a, S("H99.01"), monday), 7 * 3600);
		CHECK_INT(opens_at(db, a, S("H99.01"), monday + 7), 9 * 3600);
		CHECK_INT(opens_at(db, a, S("H99.02"), monday), 8 * 3600);
		CHECK_INT(opens_at(db, a, S(""), monday), 8 * 3600);
	}
}

static err withdraw(struct conn *c, struct arena *a, void *arg)
{
	return calendar_withdraw(c, a, *(const int64_t *)arg);
}

TEST("a day that was kept by mistake is withdrawn, once; those of units are listed [CAL-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		static const char text[] = "2026-11-26\tclosure\tconfirmed\tKiểm kê\tx\tH99.01\n"
					   "2026-11-27\tswap-off\tconfirmed\tNhầm\tx\n";
		static const struct embedded files[] = { { "calendar.tsv", text, sizeof text - 1 },
			{ 0 } };
		struct day_rule *rules, kept;
		struct conn *c;
		day on = day_from(2026, 11, 27);
		size_t n;
		REQUIRE(!calendar_import_starter(db, a, files, 0));
		REQUIRE(!db_reader(db, a, &c));
		CHECK(!calendar_works(load(db, a, S(""), on), on));
		int64_t id = calendar_rule(load(db, a, S(""), on), on)->id;
		CHECK_OK(calendar_get(c, a, id, &kept));
		CHECK_STR(kept.title, "Nhầm");
		CHECK_OK(db_write(db, a, withdraw, &id));
		CHECK(calendar_works(load(db, a, S(""), on), on));
		err e = db_write(db, a, withdraw, &id);
		CHECK(e && e->kind == ERR_NOT_FOUND);
		CHECK_OK(calendar_of_units(
			c, a, day_from(2026, 1, 1), day_from(2026, 12, 31), &rules, &n));
		CHECK_INT(n, 1);
		CHECK_STR(rules[0].agency, "H99.01");
		CHECK_OK(calendar_of_units(
			c, a, day_from(2027, 1, 1), day_from(2027, 12, 31), &rules, &n));
		CHECK_INT(n, 0);
	}
}

TEST("every week that is kept is listed, the newest of an agency first [ERA-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		day monday = day_from(2027, 3, 1);
		struct week own = week_of(S("H99.01"), monday, 7, 15);
		struct week later = week_of(S("H99.01"), monday + 7, 9, 15);
		struct week common = week_of(S(""), monday, 8, 16);
		struct office_week *weeks;
		struct conn *c;
		size_t n;
		REQUIRE(!db_write(db, a, save_week, &own));
		REQUIRE(!db_write(db, a, save_week, &later));
		REQUIRE(!db_write(db, a, save_week, &common));
		REQUIRE(!db_reader(db, a, &c));
		CHECK_OK(office_hours_list(c, a, &weeks, &n));
		CHECK_INT(n, 3);
		CHECK_STR(weeks[0].agency, "");
		CHECK_INT(weeks[1].effective_from, monday + 7);
		CHECK_STR(office_hours_text(a, &weeks[1].hours[MONDAY]), "9:00-15:00");
		CHECK_STR(office_hours_text(a, &weeks[2].hours[MONDAY]), "7:00-15:00");
		CHECK_STR(office_hours_text(a, &weeks[2].hours[SUNDAY]), "");
	}
}

TEST("a week that is never open is refused")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		err e = db_write(db, a, save_week, &(struct week){ .agency = S("") });
		CHECK(e && e->kind == ERR_INVALID);
	}
}

struct change {
	struct day_rule rule;
	str who;
	instant now;
};

static err save_change(struct conn *c, struct arena *a, void *arg)
{
	const struct change *change = arg;
	return calendar_save(c, a, &change->rule, change->who, change->now);
}

struct kept {
	int64_t version, changed_at;
	str changed_by;
};
ROW_TYPE(kept_row, struct kept, COLUMN(struct kept, version), COLUMN(struct kept, changed_at),
	COLUMN(struct kept, changed_by));

static void read_kept(struct db *db, struct arena *a, day on, struct kept *ret)
{
	struct conn *c;

	CHECK(!db_reader(db, a, &c));
	CHECK(!db_one(c, a, BIND(calendar_test_day, .on_day = V(on)), &kept_row, ret));
}

TEST("who changed a day and when is kept, and each change is a version [CAL-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		day on = day_from(2027, 3, 1);
		struct change change = { .who = WHO, .now = NOW };
		struct kept kept = { 0 };
		change.rule = (struct day_rule){ .on_day = on,
			.kind = DAY_CLOSURE,
			.title = S("Mất điện"),
			.source = S("TB 5"),
			.agency = S("H99") };
		REQUIRE(!db_write(db, a, save_change, &change));
		REQUIRE(!db_write(db, a, save_change, &change));
		read_kept(db, a, on, &kept);
		CHECK_INT(kept.version, 1);
		change.rule.title = S("Mất nước");
		change.who = S("lanhdao");
		change.now = NOW + 1;
		REQUIRE(!db_write(db, a, save_change, &change));
		read_kept(db, a, on, &kept);
		CHECK_INT(kept.version, 2);
		CHECK_STR(kept.changed_by, "lanhdao");
		CHECK_INT(kept.changed_at, NOW + 1);
	}
}

static struct calendar const *shared(
	struct calendars *k, struct db *db, struct arena *a, instant now)
{
	struct conn *c;
	const struct calendar *ret = NULL;

	CHECK(!db_reader(db, a, &c));
	CHECK(!calendars_get(k, c, a, S(""), now, &ret));
	return ret;
}

TEST("lists share a calendar for a second, and keep the one they began with [CAL-1]")
{
	ARENA a = arena_new();
	ARENA all = arena_new();
	struct db *db = test_database(a, DB_SQLITE, folders);
	struct calendars *k = calendars_new(all);
	day closed = day_of(NOW) + 2;
	struct arena *first = arena_new();
	const struct calendar *one = shared(k, db, first, NOW);
	bool open = calendar_works(one, closed);

	CHECK(!import(db, a,
		arena_printf(a, STR_FMT "\tclosure\tconfirmed\tMất điện\tThông báo 5",
			STR_ARG(day_iso(a, closed)))));
	{
		ARENA second = arena_new();
		CHECK(shared(k, db, second, NOW + INSTANT_SECOND - 1) == one);
		const struct calendar *later = shared(k, db, second, NOW + INSTANT_SECOND);
		CHECK(later != one && open && !calendar_works(later, closed));
	}
	CHECK(calendar_works(one, closed)); /* as it was when it was taken */
	arena_free(first);
	ARENA none = arena_new();
	CHECK(!calendar_works(shared(NULL, db, none, NOW), closed));
}
