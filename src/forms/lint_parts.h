/* SPDX-License-Identifier: Apache-2.0 */
/* lint_parts.h - what the files that give advice on a definition share. */
#pragma once
#include "forms/definition.h"
#include "forms/sample.h"

struct linting {
	struct arena *a;
	const struct form *form;
	name_list remarks;
	struct map *seen; /* ids of pages that a sample reaches */
	struct reach *NULLABLE reach;
};
/* "page P, Q: what"; without an id "page P: what". */
void lint_say(struct linting *x, const struct form_page *p, str id, const char *what);
/* "components[2]: what" */
void lint_say_at(struct linting *x, str where, const char *what);

/* form_reach.c: what is asked, needed or paid in no sample. The first fills seen and reach. */
void lint_reach(struct linting *x);
void lint_unreached(struct linting *x);
/* form_never.c: comparisons that no answer makes hold. */
void lint_never(struct linting *x);
/* Can they never hold at once? Only what is written in them is known. */
bool rules_exclude(struct linting *x, const struct json *NULLABLE const *rules, size_t n);
/* form_english.c: what a form in both languages says in one only. */
void lint_english(struct linting *x);
/* form_twice.c: the same asked again, or typed though the account knows it. */
void lint_twice(struct linting *x);
void lint_known(struct linting *x);
