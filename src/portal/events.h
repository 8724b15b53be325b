/* SPDX-License-Identifier: Apache-2.0 */
/* events.h - events in a life (sự kiện) and the procedures they need. An event names codes, which
 * come first, and words; the catalogue decides what there is. */
#pragma once
#include "catalogue/catalogue.h"

#define LIFE_EVENTS 12
#define LIFE_EVENT_MOST 60 /* procedures of one event */

struct life_event {
	const char *slug, *icon;
	str title, about;     /* messages */
	const char *codes[3]; /* in the order in which people need them */
	const char *words[6]; /* names that have one of these belong to it, in this order */
};
extern const struct life_event life_events[LIFE_EVENTS];

const struct life_event *NULLABLE life_event_find(str slug);
/* The procedures in force that belong to it, at most `most`, none twice. */
struct entry_list {
	const struct entry **items;
	size_t n;
};
struct entry_list life_event_entries(
	const struct life_event *e, const struct catalogue_index *x, struct arena *a, size_t most);
