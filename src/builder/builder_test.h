/* SPDX-License-Identifier: Apache-2.0 */
/* builder_test.h - what the tests of this folder stand on: a small procedure with a form. */
#pragma once
#include "builder/builder.h"
#include "builder/compare.h"
#include "tests/database.h"
#include "tests/visit.h"

#define TEST_CODE "1.000001"

extern const struct migration *const builder_folders[];
/* Two pages, one of them repeated, conditions, two papers, three samples. */
struct tree *test_tree(struct arena *a);
/* JSON with ' for ". */
struct tree *tree_said(struct arena *a, const char *text);
str test_definition(struct arena *a);
/* Reads it as publishing would; "" or why not. */
str why_not(struct arena *a, struct tree *root);
struct spot_of test_spot(
	struct arena *a, struct tree *root, const struct thing *t, const char *key);
/* The test procedure published, a working copy of it begun. */
void test_begin(struct services *s, struct arena *a);
struct working_copy test_copy(struct services *s, struct arena *a);
