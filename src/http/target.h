/* SPDX-License-Identifier: Apache-2.0 */
/* target.h - the address in a request line, taken apart without copying. */
#pragma once
#include "core/core.h"

struct target {
	str authority; /* of the absolute form; "" when absent. It must be the Host */
	str path;      /* without the language prefix, still percent-encoded */
	str query;     /* without '?' */
	int language;
};
/* "/en/thu-tuc?q=a", or "http://host/thu-tuc" as to a proxy [RFC 9112 3.2]. False for every other
 * form and for characters that an address cannot have. */
bool target_parse(str s, const char *const *languages, struct target *ret);
