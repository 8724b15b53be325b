/* SPDX-License-Identifier: Apache-2.0 */
/* db_test.h - the table and the people that the tests of this folder use. */
#pragma once
#include "tests/database.h"
#include "tests/tap.h"

#include "db/db_test.sql.h"

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

#define CHECK_OK(call)                                                                  \
	do {                                                                            \
		err check_ok_ = (call);                                                 \
		if (!CHECK(!check_ok_))                                                 \
			printf("#   %s: " STR_FMT "\n", err_name(check_ok_),            \
				STR_ARG(check_ok_->detail));                            \
	} while (0)
#define CHECK_ERR(call, kind) CHECK_STR(err_name(call), kind)
