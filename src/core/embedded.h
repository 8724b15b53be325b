/* SPDX-License-Identifier: Apache-2.0 */
/* embedded.h - files of the source tree that travel inside the program (tools/embed --plain). */
#pragma once
#include "core/str.h"

struct embedded {
	const char *name; /* path below the folder embedded: "procedures/1.001193.json" */
	const char *bytes;
	size_t n;
};
/* data/: the starter catalogue, code lists, calendar. Ends with an empty element. */
extern const struct embedded starter_files[];
