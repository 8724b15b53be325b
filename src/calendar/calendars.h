/* SPDX-License-Identifier: Apache-2.0 */
/* calendars.h - calendars as lists show them: of each agency loaded once in CALENDARS_SECONDS, and
 * shared by all readers. What an act decides on it loads itself (calendar_load). Thread-safe. */
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
