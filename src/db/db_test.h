/* SPDX-License-Identifier: Apache-2.0 */
/* db_test.h - the table and the people that the tests of this folder use. */
#pragma once
#include "db/db_test.sql.h"
#include "db/migrate.h"

struct person {
	int64_t id;
	str name;
	struct opt_int age, parent_id;
	bool active;
};
extern const struct row_type person_row;
extern const struct migration *const person_folders[];

/* Adds one in an act of his own. */
MUST_USE err add_person(struct db *db, struct arena *a, str name);
/* The act that does it; arg is a str. */
err add_act(struct conn *c, struct arena *a, void *name);
/* How many there are, seen by a reader; -1 when that failed. */
int64_t count_people(struct db *db);
