/* SPDX-License-Identifier: Apache-2.0 */
/* pattern.h - regular expressions of authors over texts of strangers: ICU's, the whole text, with a
 * ceiling of work. No function here can take more than LIMIT_PATTERN_STEPS. */
#pragma once
#include "core/core.h"

struct pattern;

/* INVALID, with the place of the fault, when it is no expression, and beyond LIMIT_PATTERN. It
 * lives as long as the arena; any thread may use it. */
MUST_USE err pattern_compile(struct arena *a, str expression, const struct pattern **ret);
/* Does the whole text fit? False also when finding out would take too long. */
bool pattern_matches(const struct pattern *p, str text);
