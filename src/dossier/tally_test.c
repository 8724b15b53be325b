/* SPDX-License-Identifier: Apache-2.0 */
/* The sums that are kept with each act, against a recount, after many random legal acts. */
#include "dossier/desk.h"
#include "dossier/dossier_test.h"
#include "dossier/figures.h"

#include <pthread.h>

/* --- many acts --------------------------------------------------------------- */

#define HANDS 4 /* threads, each with dossiers of its own */
#define DOSSIERS 12

struct hand {
	struct office office; /* a copy: the arena and the moment are the thread's own */
	uint64_t random;
	int acts;
	int done, approved;
};

static size_t below(struct hand *h, size_t n)
{
	h->random = h->random * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(h->random >> 33) % n;
}

struct choice {
	const struct act_actor *by;
	enum dossier_act act;
};

static size_t choices_of(const struct office *o, const struct dossier *d, struct choice *ret)
{
	const struct act_actor *const people[] = { &o->clerk, &o->officer, &o->colleague,
		&o->leader, &o->citizen, &o->clock };
	size_t n = 0;
	for (size_t i = 0; i < COUNT(people); i++) {
		enum dossier_act open[ACT_COUNT];
		size_t k = dossier_open_acts(d, people[i]->who.role, people[i]->who.id, open);
		while (k-- > 0)
			ret[n++] = (struct choice){ people[i], open[k] };
	}
	return n;
}

static void act_once(struct hand *h, struct arena *a, struct dossier *d)
{
	struct office *o = &h->office;
	struct choice choices[64];
	size_t n = choices_of(o, d, choices);
	struct choice c = choices[below(h, n)];
	/* Endings are rarer than they could be, so that dossiers live for a while. */
	bool ends = c.act == ACT_WITHDRAW || c.act == ACT_STOP || c.act == ACT_REFUSE;
	if (ends && below(h, 4))
		return;
	struct act_input in = usual_input(o, c.act, d);
	if (in.assignee && below(h, 2))
		in.assignee = o->colleague.who.id;
	struct dossier after = { .code = d->code };
	if (!CHECK_OK(dossier_do(o->db, a, o->now, *c.by, &in, &after)))
		return;
	h->done++;
	h->approved += c.act == ACT_APPROVE;
	*d = dossier_now(o, d);
}

static void *work(void *arg)
{
	struct hand *h = arg;
	ARENA keep = arena_new();
	struct dossier dossiers[DOSSIERS] = { 0 };
	while (h->done < h->acts) {
		ARENA a = arena_new();
		struct dossier *d = &dossiers[below(h, DOSSIERS)];
		h->office.now += (instant)below(h, 400) * INSTANT_MINUTE;
		h->office.a = keep;
		if (!d->id || stage_closed(d->stage))
			*d = office_enter(&h->office);
		act_once(h, a, d);
	}
	return NULL;
}

/* Returns how many were approved. */
static int many_acts(struct office *o, int acts)
{
	struct hand hands[HANDS];
	pthread_t threads[HANDS];
	int approved = 0;
	for (int i = 0; i < HANDS; i++) {
		hands[i] = (struct hand){
			.office = *o, .random = 20261123 + (uint64_t)i, .acts = acts / HANDS
		};
		hands[i].office.entered = (i + 1) * 1000 * 1000;
		CHECK(pthread_create(&threads[i], NULL, work, &hands[i]) == 0);
	}
	for (int i = 0; i < HANDS; i++) {
		pthread_join(threads[i], NULL);
		approved += hands[i].approved;
	}
	return approved;
}

/* --- the recount ----------------------------------------------------------------- */

struct placed {
	str agency, stage;
	struct opt_int due_at, paused_at, assignee_id;
};
ROW_TYPE(placed_row, struct placed, COLUMN(struct placed, agency), COLUMN(struct placed, stage),
	COLUMN(struct placed, due_at), COLUMN(struct placed, paused_at),
	COLUMN(struct placed, assignee_id));
struct cell {
	str agency, stage;
	int64_t due_day, assignee_id, count;
};
ROW_TYPE(cell_row, struct cell, COLUMN(struct cell, agency), COLUMN(struct cell, stage),
	COLUMN(struct cell, due_day), COLUMN(struct cell, assignee_id), COLUMN(struct cell, count));

static bool belongs(const struct placed *d, const struct cell *c)
{
	int64_t due = d->due_at.set && !d->paused_at.set ? day_of(d->due_at.value) : 0;
	int64_t assignee = d->assignee_id.set ? d->assignee_id.value : 0;
	return str_eq(d->agency, c->agency) && str_eq(d->stage, c->stage) && due == c->due_day &&
		assignee == c->assignee_id;
}

TEST("after 2,000 random legal acts the desk's tally is what a recount gives")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		LIST(struct placed) dossiers;
		LIST(struct cell) cells;
		int approved = many_acts(o, 2000);
		CHECK_OK(DB_LIST(reader(o), a, &dossiers, &placed_row, BIND(dossier_test_open)));
		CHECK_OK(DB_LIST(reader(o), a, &cells, &cell_row, BIND(dossier_test_tally)));
		int64_t counted = 0;
		for (size_t i = 0; i < cells.n; i++) {
			int64_t n = 0;
			for (size_t k = 0; k < dossiers.n; k++)
				n += belongs(&dossiers.items[k], &cells.items[i]);
			CHECK_INT(cells.items[i].count, n);
			counted += n;
		}
		CHECK_INT(counted, (int64_t)dossiers.n);
		CHECK(cells.n > 20);

		/* The months' figures hold every dossier once, and every decision once. */
		struct month_figures *months, sum = { 0 };
		size_t n;
		CHECK_OK(figures_by_month(reader(o), a, 0, 100000, &months, &n));
		for (size_t i = 0; i < n; i++) {
			sum.received += months[i].received;
			sum.on_time += months[i].on_time;
			sum.late += months[i].late;
		}
		CHECK_INT(sum.received, (int64_t)dossiers.n);
		CHECK_INT(sum.on_time + sum.late, approved);
		CHECK(approved > 50);
	}
}

/* --- lists against counts ------------------------------------------------------------ */

static void check_light(struct office *o, enum desk_queue q, enum light light, int64_t counted)
{
	ARENA a = arena_new();
	const struct calendar *k = office_calendar(o);
	struct desk_query query = { .agency = S(AGENCY),
		.account = o->officer.who.id,
		.queue = q,
		.light = light,
		.limit = 1000 };
	struct desk_row *rows;
	size_t n;
	int64_t total;
	CHECK_OK(desk_list(reader(o), a, &query, k, o->now, &rows, &n, &total));
	if (!CHECK_INT(total, counted) || !CHECK_INT((int64_t)n, counted))
		printf("#   queue " STR_FMT ", light " STR_FMT "\n", STR_ARG(queue_name(q)),
			STR_ARG(light_name(light)));
	for (size_t i = 0; light != LIGHT_NONE && i < n; i++) {
		int days;
		CHECK_INT(desk_light(&rows[i], k, o->now, &days), light);
	}
}

TEST("every queue and every light lists as many as it counts, and only such")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		many_acts(o, 600);
		int64_t shown[LIGHT_CLOSED + 1] = { 0 };
		for (int day_later = 0; day_later < 42; day_later += 3) {
			o->now = moment("2026-11-23T09:00") + day_later * INSTANT_DAY;
			for (int q = 0; q < DESK_QUEUE_COUNT; q++) {
				struct desk_counts counts;
				CHECK_OK(desk_counts(reader(o), a, S(AGENCY), o->officer.who.id,
					(enum desk_queue)q, office_calendar(o), o->now, &counts));
				check_light(o, (enum desk_queue)q, LIGHT_NONE, counts.queue[q]);
				for (int l = LIGHT_OVERDUE; l <= LIGHT_CLOSED; l++) {
					check_light(o, (enum desk_queue)q, (enum light)l,
						counts.light[l]);
					shown[l] += counts.light[l];
				}
			}
		}
		for (int l = LIGHT_OVERDUE; l <= LIGHT_CLOSED; l++)
			if (!CHECK(shown[l] > 0))
				printf("#   light " STR_FMT "\n",
					STR_ARG(light_name((enum light)l)));
	}
}
