/* SPDX-License-Identifier: Apache-2.0 */
/* command.h - what the commands of all folders share. A command reads its words first and opens its
 * database only when it has understood them: wrong words are wrong words whether there is a data
 * folder or not, and --help needs none. */
#pragma once
#include "db/db.h"

/* Exit statuses that others' scripts rely on. */
enum { DONE = 0, REFUSED = 1, USAGE = 2 };

struct database_door {
	err (*open)(void *arg, struct db **ret); /* whoever gave the door closes what it opened */
	void *arg;
};
MUST_USE static inline err door_open(const struct database_door *d, struct db **ret)
{
	return d->open(d->arg, ret);
}
