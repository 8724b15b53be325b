/* SPDX-License-Identifier: Apache-2.0 */
/* migrate.h - the schema grows by numbered files, forward only. Each folder owns its
 * schema/NNNN_name.sql, embedded by tools/schemac and applied in the order of the list given.
 *
 * A migration is written once for both engines with five type words: $ID (primary key that counts
 * up), $INT (64 bit), $TIME (microseconds UTC), $BOOL and $TEXT; a line that ends in "-- @sqlite"
 * or "-- @postgres" is for that engine only. What was applied is kept with its SHA-256: a file that
 * changed afterwards is refused, so is a database newer than the program. */
#pragma once
#include "db/db.h"

struct migration {
	const char *folder;
	int number;
	const char *name;
	const char *text;
};

/* Lists end with an empty element; the list of lists with NULL. Runs under a lock, so many nodes
 * may start at once; each migration is one transaction. ret_applied: how many ran just now. */
MUST_USE err db_migrate(
	struct db *db, struct arena *a, const struct migration *const *folders, int *ret_applied);
/* How many of the list are not applied yet, without changing anything. */
MUST_USE err db_pending(
	struct db *db, struct arena *a, const struct migration *const *folders, int *ret_pending);
