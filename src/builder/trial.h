/* SPDX-License-Identifier: Apache-2.0 */
/* trial.h - a form that is tried out, and the sample that becomes of it. */
#pragma once
#include "builder/bench.h"
#include "forms/sample.h"

struct trial {
	struct bench bench;
	const struct form *form;
	struct form_source source;
	struct answers *given, *applying;
};
/* What was answered, and what came out as what must come out. */
struct tree *sample_tree(
	struct arena *a, const struct trial *x, str name, const struct form_outcome *out);
