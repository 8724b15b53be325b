/* SPDX-License-Identifier: Apache-2.0 */
/* asset.h - files of web/, embedded by tools/embed with a hash in their address, so that they are
 * cached for ever and change at once. */
#pragma once
#include "core/core.h"

struct asset {
	const char *name; /* "portal.css" */
	const char *path; /* "/a/portal.3fa9c1d2e0.css" */
	const char *mime;
	const unsigned char *bytes;
	size_t n;
	const unsigned char *gzip;
	size_t n_gzip;
};
/* Ends with an empty element; defined by the generated file. */
extern const struct asset assets[];
/* Address of an asset by name; aborts for a name that is not embedded (our bug, found by tests). */
str asset_path(str name);
