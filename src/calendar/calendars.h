/* SPDX-License-Identifier: Apache-2.0 */
/* calendars.h - the calendar of an agency as it is now, or was at most CALENDARS_SECONDS ago:
 * loaded once in that time and shared by lists and submissions. What an officer's act decides on it
 * loads itself, in its transaction (calendar_load). Thread-safe. */
#pragma once
#include "calendar/calendar.h"

#define CALENDARS_SECONDS 1

struct calendars;
/* Lives in the arena. */
struct calendars *calendars_new(struct arena *a);
/* As calendar_load of the day of `now`, at most CALENDARS_SECONDS old; borrowed until the arena is
 * freed. k NULL: loaded anew. */
MUST_USE err calendars_get(struct calendars *NULLABLE k, struct conn *c, struct arena *a,
	str agency, instant now, const struct calendar **ret);
