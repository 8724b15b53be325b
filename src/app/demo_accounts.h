/* SPDX-License-Identifier: Apache-2.0 */
/* demo_accounts.h - the people of the demonstration: one for each role. Only `init --demo` makes
 * them; the password is public, so the program says on every page that it is a demonstration. */
#pragma once
#include "core/civil.h"
#include "db/db.h"

MUST_USE err demo_accounts_make(struct db *db, struct arena *a, instant now);
void demo_accounts_print(FILE *to);
