/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the files of this folder share. */
#pragma once
#include "calendar/calendar.h"

typedef VEC(struct day_rule) rule_list;

/* Saturdays and Sundays, whatever a unit's own hours: on them a holiday is compensated. */
static inline bool is_weekend(day d) { return weekday_of(d) >= SATURDAY; }

/* Adds the statutory days of these years and their compensation to the decreed ones already in the
 * list, which win [CAL-1]. */
void holidays_add(struct arena *a, rule_list *rules, int first_year, int last_year);

/* "swap-off", as files and the database have it. */
str day_kind_word(enum day_kind kind);
bool day_kind_parse(str word, enum day_kind *ret);
