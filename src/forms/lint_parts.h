/* SPDX-License-Identifier: Apache-2.0 */
/* lint_parts.h - what the files that give advice on a definition share. */
#pragma once
#include "forms/definition.h"
#include "forms/sample.h"

struct linting {
	struct arena *a;
	const struct form *form;
	name_list remarks;
	struct map *labels; /* folded label → id of the question */
	bool prefills;
	struct map *seen; /* ids of pages that a sample reaches */
};
/* "page P, Q: what"; without an id "page P: what". */
void lint_say(struct linting *x, const struct form_page *p, str id, const char *what);
/* "components[2]: what" */
void lint_say_at(struct linting *x, str where, const char *what);

/* form_never.c: comparisons that no answer makes hold. */
void lint_never(struct linting *x);
