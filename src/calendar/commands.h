/* SPDX-License-Identifier: Apache-2.0 */
/* commands.h - `motcua deadline` and `motcua lunar`. argv[0] is the name of the command; the exit
 * status is 0 done, 1 refused (said on standard error), 2 usage. */
#pragma once
#include "calendar/calendar.h"

/* Prints when a dossier is due, and with --explain every step. With a database, in the calendar
 * that is kept there; without, by the law and the days that were decreed when the program was
 * built. */
int deadline_command(struct arena *a, struct db *NULLABLE db, int argc, char **argv);
/* Prints lunar new year and the Hùng Kings' day of a year. */
int lunar_command(struct arena *a, int argc, char **argv);
