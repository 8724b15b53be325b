/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_test.h - an office to test in: one ward with its people, one citizen and a neighbour, and
 * a procedure; each test has an office of its own. */
#pragma once
#include "dossier/dossier_test.sql.h"
#include "dossier/records.h"
#include "dossier/store.h"
#include "tests/database.h"

#define AGENCY "H99.001.01"
#define OTHER_AGENCY "H99.002.01"

extern const struct migration *const office_folders[];

struct office {
	struct arena *a;
	struct db *db;
	struct conn *reader; /* reader()'s */
	instant now;         /* of what is done next: Monday 23/11/2026, 09:00, before a holiday */
	struct procedure procedure;
	struct act_actor clerk, officer, colleague, leader, admin;
	struct act_actor elsewhere; /* a clerk of OTHER_AGENCY */
	struct act_actor citizen, neighbour, clock;
	int entered;
};
struct office *office_new(struct arena *a, enum db_engine engine);
/* In a database that has the tables of office_folders. */
struct office *office_in(struct arena *a, struct db *db);
/* From now on dossiers are of another procedure: 3 working days, and these members besides, with
 * ' for " and the last one winning: "'limit':'8wh','restart':false". */
void office_offer(struct office *o, const char *members);
/* A definition with ' for ", put into the catalogue. */
struct procedure office_procedure(struct office *o, const char *definition);

/* "2026-11-23T09:00" */
instant moment(const char *text);
struct conn *reader(struct office *o);
const struct act_actor *person_of(const struct office *o, enum role by);

/* A dossier as the citizen submits it now; its agency, code and applicant may be set before. */
struct dossier office_enter(struct office *o);
struct dossier office_enter_as(struct office *o, struct dossier d);
/* One more file with the dossier: of which kind, for which question. */
void office_give(struct office *o, const struct dossier *d, const char *kind, const char *field,
	const char *name);
/* What the act needs, as a careful person gives it. */
struct act_input usual_input(const struct office *o, enum dossier_act act, const struct dossier *d);
err office_try(
	struct office *o, const struct act_actor *by, enum dossier_act act, struct dossier *d);
/* By whoever does it, and it succeeds. */
void office_do(struct office *o, enum dossier_act act, struct dossier *d);
/* A dossier that went the shortest way to a stage. */
struct dossier office_at(struct office *o, enum dossier_stage stage);
struct dossier dossier_now(struct office *o, const struct dossier *d);

struct ledger {
	int64_t dossiers, events, audits, notices, mails, files, items, slips, words, stored,
		tallied, numbers, figures;
};
struct ledger ledger_of(struct office *o);
/* Nothing was written between the two. */
bool ledger_same(const struct ledger *x, const struct ledger *y);

/* The calendar of AGENCY around now. */
const struct calendar *office_calendar(struct office *o);
/* "2026-11-27T17:00:00+07:00", or "never". */
str when(struct office *o, struct opt_int at);
