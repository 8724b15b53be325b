/* SPDX-License-Identifier: Apache-2.0 */
/* visit_test.h - applying, as a browser without script does it. */
#pragma once
#include "forms/site_test.h"

#define WHO "hanh@example.vn"

/* A browser at a site with the starter catalogue, signed in or not. */
struct visit *NULLABLE visitor(struct arena *a, bool signed_in);
/* "/nop/CODE/PAGE" */
const char *at(struct visit *v, str code, const char *page);
/* What stands behind the mark, up to the next quote. */
str piece_after(struct visit *v, const char *mark);
/* Fields with the version of the page shown last. */
int post_step(struct visit *v, str code, const char *page, const char *fields);
/* The code of a draft begun at the commune's office. */
str begin_draft(struct visit *v, const char *procedure);
