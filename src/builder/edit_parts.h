/* SPDX-License-Identifier: Apache-2.0 */
/* edit_parts.h - what the files that edit share. */
#pragma once
#include "builder/edit.h"

/* "cha" and "cha.ho-ten" name the question "cha". */
bool is_name(str text, str id);
/* Sections come in one go: every page says its own, or none does ("" takes it away). */
void put_pages_into(struct arena *a, struct tree *root, str section);
