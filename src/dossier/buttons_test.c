/* SPDX-License-Identifier: Apache-2.0 */
/* What a page offers is what the rules take: every stage, act and role, and what they depend on. */
#include "dossier/dossier_test.h"
#include "dossier/flow.h"

struct placing {
	int64_t id;
	str stage;
	struct opt_int asked, answered, received, assignee;
};

static err place(struct conn *c, struct arena *a, void *arg)
{
	const struct placing *p = arg;
	TRY(db_do(c, a, BIND(dossier_test_forget_items, .id = V(p->id))));
	return db_do(c, a,
		BIND(dossier_test_place, .id = V(p->id), .stage = V(p->stage), .asked = V(p->asked),
			.answered = V(p->answered), .received = V(p->received),
			.assignee = V(p->assignee)));
}

/* The i-th of all combinations of what steps look at. */
#define CIRCUMSTANCES 12
static struct placing placing(
	const struct office *o, const struct dossier *d, enum dossier_stage stage, int i)
{
	const struct opt_int then = { true, o->now }, never = { 0 };
	int asked = i % 3;
	const struct act_actor *officer = i / 6 ? &o->colleague : &o->officer;
	return (struct placing){
		.id = d->id,
		.stage = stage_code(stage),
		.asked = asked > 0 ? then : never,
		.answered = asked > 1 ? then : never,
		.received = i / 3 % 2 ? then : never,
		.assignee = { true, officer->who.id },
	};
}

static bool offered(const struct dossier *d, enum role by, int64_t account, enum dossier_act act)
{
	enum dossier_act open[ACT_COUNT];
	size_t n = dossier_open_acts(d, by, account, open);
	for (size_t i = 0; i < n; i++)
		if (open[i] == act)
			return true;
	return false;
}

struct tally_of_tries {
	int taken, refused;
};

/* One try on a dossier that stands as placed; it is placed anew after an act that was taken. */
static bool try_one(struct office *o, const struct placing *p, const struct act_actor *by,
	enum dossier_act act, struct dossier *d, struct tally_of_tries *tries)
{
	bool open = offered(d, by->who.role, by->who.id, act);
	struct dossier copy = *d;
	err e = office_try(o, by, act, &copy);
	if (open) {
		tries->taken++;
		CHECK_OK(db_write(o->db, o->a, place, (void *)p));
		*d = dossier_now(o, d);
		return CHECK_OK(e);
	}
	tries->refused++;
	return CHECK(e && (e->kind == ERR_FORBIDDEN || e->kind == ERR_CONFLICT));
}

static void try_all(struct office *o, const struct placing *p, int stride, struct dossier *d,
	struct tally_of_tries *tries)
{
	static int turn;
	struct arena *outer = o->a;
	for (int role = 0; role < ROLE_COUNT; role++)
		for (int act = 0; act < ACT_COUNT; act++) {
			if (turn++ % stride)
				continue;
			ARENA a = arena_new();
			o->a = a;
			const struct act_actor *by = person_of(o, (enum role)role);
			struct dossier copy = *d;
			if (!try_one(o, p, by, (enum dossier_act)act, &copy, tries))
				printf("#   " STR_FMT " " STR_FMT " by " STR_FMT "\n",
					STR_ARG(p->stage), STR_ARG(act_code((enum dossier_act)act)),
					STR_ARG(role_code((enum role)role)));
			o->a = outer;
			d->version = copy.version;
		}
}

TEST("buttons are exactly what dossier_do takes, for every stage, act and role")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		struct tally_of_tries tries = { 0 };
		/* The rules are the same code on both engines: PostgreSQL gets a sample. */
		int stride = engine == DB_SQLITE ? 1 : 13;
		for (int s = 0; s < DOSSIER_STAGE_COUNT; s++)
			for (int i = 0; i < CIRCUMSTANCES; i++) {
				struct placing p = placing(o, &d, (enum dossier_stage)s, i);
				REQUIRE(CHECK_OK(db_write(o->db, a, place, &p)));
				struct dossier placed = dossier_now(o, &d);
				try_all(o, &p, stride, &placed, &tries);
			}
		CHECK(tries.taken > 100 / stride);
		CHECK(tries.taken + tries.refused >=
			DOSSIER_STAGE_COUNT * CIRCUMSTANCES * ROLE_COUNT * ACT_COUNT / stride);
	}
}
