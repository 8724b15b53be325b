/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h - `motcua deadline` and `motcua lunar`. argv[0] is the name of the command; they
 * return the exit status. */
#pragma once
#include "calendar/calendar.h"
#include "db/command.h"

/* Whether there is an agency with that code, new or old, and its own one. */
typedef err (*agency_known)(
	struct conn *c, struct arena *a, str code, str *ret_code, bool *ret_found);
/* Prints when a dossier is due, and with --explain every step. With a database, in the calendar
 * that is kept there; without, by the law and the days that were decreed when the program was
 * built. */
int deadline_command(struct arena *a, const struct database_door *NULLABLE door, agency_known known,
	int argc, char **argv);
/* Prints lunar new year and the Hùng Kings' day of a year. */
int lunar_command(struct arena *a, int argc, char **argv);
