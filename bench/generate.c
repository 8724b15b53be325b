/* SPDX-License-Identifier: Apache-2.0 */
/* generate URL COUNT - adds COUNT dossiers to a database that has the demonstration.
 *
 * The same count gives the same dossiers, relative to today. Four of five went through their whole
 * life over the last two years; the fifth is open: it stands on every desk, submitted within the
 * last weeks, on time or late. They are entered by the product's own dossier_enter and moved by its
 * own writers of state, event, tally, figures and audit, so that lists, counts and indexes are what
 * they would be; only the checks of role and the notices of each act are left out, and many share
 * one transaction. */
#include "bench/bench.sql.h"
#include "catalogue/catalogue.h"
#include "core/crypto.h"
#include "dossier/clock.h"
#include "dossier/flow.h"
#include "dossier/store.h"

#include <stdio.h>

#define AGENCY S("H99.001.01")
#define DAYS_PAST 730
#define DAYS_OPEN 15
#define BATCH 1000

static const char *const families[] = { "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ",
	"Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý" };
static const char *const middles[] = { "Văn", "Thị", "Minh", "Ngọc", "Quốc", "Thanh", "Hữu", "Kim",
	"Đức", "Xuân" };
static const char *const givens[] = { "An", "Bình", "Châu", "Dũng", "Giang", "Hạnh", "Hùng",
	"Khánh", "Lan", "Long", "Mai", "Nam", "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Tú", "Uyên",
	"Yến" };

struct pattern {
	struct dossier dossier;
	struct procedure procedure;
};

struct generator {
	struct arena *a;
	struct db *db;
	instant now;
	const struct calendar *calendar;
	struct act_actor clerk, officer, leader;
	LIST(struct pattern) patterns;
	int64_t first, count; /* turns of this run */
};

/* --- chance, the same in every run: a function of the turn and of what is asked ------------- */

static uint64_t chance(int64_t turn, uint64_t question)
{
	uint64_t x = (uint64_t)turn * 0x9e3779b97f4a7c15u + question * 0xd1b54a32d192ed03u;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static int64_t below(int64_t turn, uint64_t question, int64_t most)
{
	return (int64_t)(chance(turn, question) % (uint64_t)most);
}

#define PICK(list, turn, question) (list)[chance(turn, question) % COUNT(list)]

/* --- a life ---------------------------------------------------------------------------------- */

struct leg {
	enum dossier_act act;
	enum dossier_stage to;
	const struct act_actor *by;
};

/* The acts of one dossier, ended by one without an actor. */
static void choose_life(const struct generator *g, int64_t turn, bool open, struct leg legs[8])
{
	const struct leg whole[] = {
		{ ACT_RECEIVE, DOSSIER_RECEIVED, &g->clerk },
		{ ACT_FORWARD, DOSSIER_HANDLING, &g->clerk },
		{ ACT_PROPOSE, DOSSIER_APPROVAL, &g->officer },
		{ ACT_APPROVE, DOSSIER_DONE, &g->leader },
		{ ACT_RETURN, DOSSIER_RETURNED, &g->clerk },
	};
	/* How many acts an open one has behind it: most wait on the officer's desk. */
	static const size_t behind[] = { 0, 0, 1, 2, 2, 2, 2, 3, 4, 2 };
	size_t at = chance(turn, 1) % COUNT(behind), n = open ? behind[at] : COUNT(whole);
	memcpy(legs, whole, n * sizeof *legs);
	if (open && at == COUNT(behind) - 1)
		legs[n++] = (struct leg){ ACT_ASK, DOSSIER_SUPPLEMENT, &g->officer };
	if (!open && below(turn, 2, 20) == 0) {
		legs[0] = (struct leg){ ACT_REFUSE, DOSSIER_REFUSED, &g->clerk };
		n = 1;
	}
	legs[n] = (struct leg){ 0 };
}

static struct opt_int at(instant t) { return (struct opt_int){ .set = true, .value = t }; }

static void apply(struct arena *a, const struct generator *g, const struct leg *leg,
	const struct procedure *p, instant now, struct dossier *d, struct deadline *due)
{
	d->stage = leg->to;
	if (leg->act == ACT_RECEIVE) {
		d->received_at = d->clock_from = at(now);
		if (clock_start(a, g->calendar, d, p, now, due))
			d->due_at = d->first_due_at = at(due->due);
	} else if (leg->act == ACT_FORWARD) {
		d->assignee_id = at(g->officer.who.id);
		d->assignee = g->officer.name;
	} else if (leg->act == ACT_ASK) {
		d->asked_at = d->paused_at = at(now);
	} else if (leg->act == ACT_PROPOSE) {
		d->proposal = S("granted");
	} else if (leg->act == ACT_RETURN) {
		d->returned_at = at(now);
	} else {
		d->outcome = leg->act == ACT_APPROVE ? S("granted") : S("not-received");
		d->finished_at = at(now);
	}
}

static err move(struct conn *c, struct arena *a, const struct generator *g, const struct leg *leg,
	const struct procedure *p, instant now, struct dossier *d)
{
	struct dossier before = *d;
	struct deadline due = { 0 };
	bool stored = false;
	apply(a, g, leg, p, now, d, &due);
	TRY(dossier_write(c, a, d, now, &stored));
	if (!stored)
		return FAIL(a, INTERNAL, STR_FMT " moved on", STR_ARG(d->code));
	d->version++;
	d->stage_code = stage_code(d->stage);
	TRY(dossier_record(c, a, &before, d, act_code(leg->act), leg->by, S(""), now));
	TRY(dossier_tally(c, a, &before, d));
	if (leg->act == ACT_RECEIVE && d->due_at.set)
		TRY(clock_promise(c, a, d, &due));
	if (leg->act == ACT_APPROVE)
		TRY(dossier_count_finished(c, a, d, clock_spent(g->calendar, d)));
	str act = arena_printf(a, "dossier." STR_FMT, STR_ARG(act_code(leg->act)));
	return audit_put(c, a, now, leg->by->who, act, d->code, S(""));
}

/* An opening hour of a working day; closed ones are spread over two years, open ones over weeks. */
static instant submission(const struct generator *g, int64_t turn, bool open)
{
	day today = day_of(g->now);
	int64_t back =
		open ? 1 + below(turn, 3, DAYS_OPEN) : DAYS_OPEN + 25 + below(turn, 3, DAYS_PAST);
	day on = calendar_before(g->calendar, today - (day)back + 1);
	return instant_at(on, 8 * 3600 + (int)below(turn, 4, 2 * 3600));
}

static err generate_one(struct conn *c, struct arena *a, const struct generator *g, int64_t turn)
{
	bool open = turn % 5 == 0;
	const struct pattern *like = &g->patterns.items[chance(turn, 5) % g->patterns.n];
	instant now = submission(g, turn, open);
	struct leg legs[8];
	struct dossier d = {
		.draft = arena_printf(a, "do-tai-%lld", (long long)turn),
		.agency = AGENCY,
		.channel = below(turn, 6, 4) == 0 ? CHANNEL_COUNTER : CHANNEL_ONLINE,
		.applicant = arena_printf(a, "%s %s %s", PICK(families, turn, 7),
			PICK(middles, turn, 8), PICK(givens, turn, 9)),
		.person_id = arena_printf(a, "0%011lld", (long long)below(turn, 10, 96000000000)),
		.phone = arena_printf(a, "09%08lld", (long long)below(turn, 11, 100000000)),
		.address = like->dossier.address,
		.answers = like->dossier.answers,
		.result_channel = like->dossier.result_channel,
	};
	struct act_actor applicant = { .name = d.applicant };
	TRY(dossier_number(c, a, AGENCY, clock_intake(g->calendar, now), &d.code));
	TRY(dossier_enter(c, a, &applicant, now, g->calendar, &like->procedure, &d));
	choose_life(g, turn, open, legs);
	for (size_t i = 0; legs[i].by; i++) {
		/* A late act now and then, as in life. */
		int64_t minutes = below(turn, 12 + i, 10) == 0 ? 1800 : 60;
		now = calendar_add_seconds(g->calendar, now, open ? 600 : minutes * 60);
		TRY(move(c, a, g, &legs[i], &like->procedure, now, &d));
	}
	return NULL;
}

/* --- many in one transaction ------------------------------------------------------------------- */

struct batch {
	const struct generator *g;
	int64_t from, to;
};

static err generate_batch(struct conn *c, struct arena *a, void *arg)
{
	const struct batch *b = arg;
	for (int64_t turn = b->from; turn < b->to; turn++)
		TRY(generate_one(c, a, b->g, turn));
	return NULL;
}

static err generate_all(struct generator *g)
{
	for (int64_t done = 0; done < g->count; done += BATCH) {
		ARENA a = arena_new();
		int64_t left = g->count - done, from = g->first + done;
		struct batch b = { g, from, from + (left < BATCH ? left : BATCH) };
		err e = db_write(g->db, a, generate_batch, &b);
		if (e)
			return FAIL(g->a, INTERNAL, STR_FMT, STR_ARG(e->detail));
	}
	return NULL;
}

/* --- what it stands on --------------------------------------------------------------------------- */

struct code_row {
	str code;
};
ROW_TYPE(code_row_type, struct code_row, COLUMN(struct code_row, code));

static err read_patterns(struct generator *g, struct conn *c)
{
	LIST(struct code_row) codes;
	TRY(DB_LIST(c, g->a, &codes, &code_row_type, BIND(bench_patterns, .agency = V(AGENCY))));
	if (codes.n == 0)
		return FAIL(g->a, NOT_FOUND, "the database has no demonstration");
	g->patterns.items = arena_array(g->a, struct pattern, codes.n);
	g->patterns.n = codes.n;
	for (size_t i = 0; i < codes.n; i++) {
		struct pattern *p = &g->patterns.items[i];
		TRY(dossier_get(c, g->a, codes.items[i].code, &p->dossier));
		TRY(procedure_version(c, g->a, p->dossier.version_id, &p->procedure));
	}
	return NULL;
}

static err find_hand(struct generator *g, struct conn *c, const char *identifier, enum role role,
	struct act_actor *ret)
{
	struct account who;
	bool found = false;
	TRY(account_find(c, g->a, str_from(identifier), &who, &found));
	if (!found)
		return FAIL(g->a, NOT_FOUND, "no account %s", identifier);
	*ret = (struct act_actor){
		.who = { who.id, who.identifier, role }, .name = who.name, .agency = who.agency
	};
	return NULL;
}

static err prepare(struct generator *g)
{
	ARENA reading = arena_new();
	struct conn *c;
	struct calendar *k;
	day today = day_of(g->now);
	TRY(db_reader_in(g->db, g->a, reading, &c));
	TRY(find_hand(g, c, "motcua@lamgiang.test", ROLE_CLERK, &g->clerk));
	TRY(find_hand(g, c, "chuyenvien@lamgiang.test", ROLE_OFFICER, &g->officer));
	TRY(find_hand(g, c, "lanhdao@lamgiang.test", ROLE_LEADER, &g->leader));
	TRY(calendar_load(c, g->a, AGENCY, today, &k));
	g->calendar = calendar_covering(g->a, k, today - DAYS_PAST - 366, today + 366);
	TRY(read_patterns(g, c));
	return db_number(c, g->a, BIND(bench_count, .agency = V(AGENCY)), &g->first);
}

static err run(struct arena *a, str address, int64_t count)
{
	struct generator g = { .a = a, .now = instant_now(), .count = count };
	TRY(db_open(a, address, 2, &g.db));
	err e = prepare(&g);
	if (!e)
		e = generate_all(&g);
	db_close(g.db);
	return e;
}

int main(int argc, char **argv)
{
	ARENA a = arena_new();
	int64_t count;
	crypto_init();
	if (argc != 3 || !str_to_int(str_from(argv[2]), 1, 10000000, &count)) {
		fputs("usage: generate URL COUNT\n", stderr);
		return 2;
	}
	err e = run(a, str_from(argv[1]), count);
	if (e)
		fprintf(stderr, "generate: " STR_FMT "\n", STR_ARG(e->detail));
	return e ? 1 : 0;
}
