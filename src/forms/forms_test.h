/* SPDX-License-Identifier: Apache-2.0 */
/* forms_test.h - what the tests of this folder stand on. */
#pragma once
#include "forms/parts.h"
#include "tests/tap.h"

/* JSON is written with ' for ", which C reads better. */
str json_of(struct arena *a, const char *text);
/* The form of a procedure with the components "giay-a" (required), "giay-b" (only when co-b is yes)
 * and the remark "ghi-chu". NULL, with a failed check, when the definition is refused. */
const struct form *NULLABLE test_form(struct arena *a, const char *definition);
/* Why a definition is refused: "form.pages[0]…: …"; "" when it is not. */
str refusal_of(struct arena *a, const char *definition);
/* A form of one page with these fields. */
const struct form *NULLABLE form_with(struct arena *a, const char *fields);
/* A POST with these fields, url-encoded. */
struct req *posted(struct arena *a, const char *fields);
/* 2026-11-23 */
struct form_source source_in(enum language l);
