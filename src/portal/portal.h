/* SPDX-License-Identifier: Apache-2.0 */
/* portal.h - the public face: home with figures from the database, site map in two forms, display
 * preferences, what the agency says of itself, and the administrator's start page. */
#pragma once
#include "dossier/dossier.h"

extern const struct migration portal_migrations[];
extern const struct sql *const portal_statements[];
extern const struct route portal_routes[];
