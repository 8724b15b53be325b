/* SPDX-License-Identifier: Apache-2.0 */
/* portal.h - the public face: home with figures from the database, site map in two forms, display
 * preferences, what the agency says of itself, and the administrator's start page. It keeps nothing
 * of its own. */
#pragma once
#include "dossier/dossier.h"

extern const struct migration portal_migrations[];
extern const struct sql *const portal_statements[];
extern const struct route portal_routes[];

/* The pages of the site map [C32-16.6]: every public page without a parameter in its address.
 * tests/site_map.test.py compares them with the routes. */
enum section_group {
	SECTION_SERVICES,
	SECTION_INFORMATION,
	SECTION_SITE,
	SECTION_ACCOUNT,
	SECTION_GROUPS
};
struct section {
	const char *path;
	str title; /* a message */
	enum section_group group;
	bool unlisted; /* for people only: search engines are told not to keep it */
};
extern const struct section public_sections[]; /* ends with an empty element */
