/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of dossiers: one sequence for each agency and day of intake. */
#include "dossier/dossier_test.h"

#include <pthread.h>
#include <stdatomic.h>

struct taking {
	str agency;
	day intake;
	str code;
	bool fails;
};

static err take(struct conn *c, struct arena *a, void *arg)
{
	struct taking *t = arg;
	TRY(dossier_number(c, a, t->agency, t->intake, &t->code));
	return t->fails ? FAIL(a, NOT_ALLOWED, "changed my mind") : NULL;
}

static str number_on(struct office *o, const char *agency, const char *date)
{
	struct taking t = { .agency = str_from(agency) };
	CHECK(day_parse(str_from(date), &t.intake));
	CHECK_OK(db_write(o->db, o->a, take, &t));
	return t.code;
}

TEST("numbers count up for each agency and local day, and start again with the next [DC-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-0001");
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-0002");
		CHECK_STR(number_on(o, OTHER_AGENCY, "2026-11-23"), "H99.002.01-261123-0001");
		CHECK_STR(number_on(o, AGENCY, "2026-11-25"), "H99.001.01-261125-0001");
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-0003");
		CHECK_STR(number_on(o, AGENCY, "2030-01-02"), "H99.001.01-300102-0001");
	}
}

TEST("a number that was not used is given again: no gaps [DC-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct taking t = { S(AGENCY), day_from(2026, 11, 23), S(""), true };
		CHECK_ERR(db_write(o->db, a, take, &t), "NOT_ALLOWED");
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-0001");
	}
}

struct past {
	day on;
	int64_t last;
};

static err set_last(struct conn *c, struct arena *a, void *arg)
{
	const struct past *p = arg;
	return db_do(c, a,
		BIND(dossier_test_number, .agency = V(S(AGENCY)), .day = V(p->on),
			.last = V(p->last)));
}

TEST("the ten-thousandth of a day has five digits [DC-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct past p = { day_from(2026, 11, 23), 9998 };
		CHECK_OK(db_write(o->db, a, set_last, &p));
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-9999");
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-10000");
		CHECK_STR(number_on(o, AGENCY, "2026-11-23"), "H99.001.01-261123-10001");
	}
}

#define TAKERS 16
#define EACH 10
struct taker {
	struct office *o;
	atomic_int *seen; /* by number */
};

static void *take_ten(void *arg)
{
	const struct taker *t = arg;
	for (int i = 0; i < EACH; i++) {
		ARENA a = arena_new();
		struct taking each = { .agency = S(AGENCY), .intake = day_from(2026, 11, 23) };
		int64_t number = 0;
		CHECK_OK(db_write(t->o->db, a, take, &each));
		str digits = str_from_at(each.code, str_find(each.code, S("-")) + 8);
		if (CHECK(str_to_int(digits, 1, TAKERS * EACH, &number)))
			atomic_fetch_add(&t->seen[number], 1);
	}
	return NULL;
}

TEST("sixteen that take numbers at once never get the same one [DC-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		atomic_int *seen = arena_array(a, atomic_int, TAKERS * EACH + 1);
		struct taker taker = { o, seen };
		pthread_t threads[TAKERS];
		for (int i = 0; i < TAKERS; i++)
			REQUIRE(pthread_create(&threads[i], NULL, take_ten, &taker) == 0);
		for (int i = 0; i < TAKERS; i++)
			pthread_join(threads[i], NULL);
		for (int i = 1; i <= TAKERS * EACH; i++)
			CHECK_INT(seen[i], 1);
	}
}
