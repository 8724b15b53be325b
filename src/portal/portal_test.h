/* SPDX-License-Identifier: Apache-2.0 */
/* portal_test.h - a portal as it is on its first morning, with the starter catalogue and calendar,
 * and one with the half year of the demonstration behind it. */
#pragma once
#include "portal/pages.h"
#include "tests/database.h"
#include "tests/visit.h"

extern const struct migration *const portal_folders[];
/* Starter data into the services of a visit; the catalogue is closed with the arena. */
void portal_furnish(struct services *s, struct arena *a);
/* The demonstration's people and dossiers, as of now. */
void portal_live(struct services *s, struct arena *a, instant now);
const struct catalogue_index *portal_index(struct services *s, struct arena *a);
