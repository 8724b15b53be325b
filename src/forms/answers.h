/* SPDX-License-Identifier: Apache-2.0 */
/* answers.h - what was answered, what of it applies, and what rules see of it. */
#pragma once
#include "forms/model.h"

/* --- answers: field id → text in canonical form -------------------------- */
/* text as typed (NFC, trimmed); whole numbers and money "12000"; numbers "12.5"; date "2026-11-23",
 * partial "2026-11" or "2026"; time "07:30"; yes_no "yes"/"no"; one: option value; many: values
 * joined by '\n'; commune: code, of one of before with its last day, "00004@2025-06-30"; phone
 * "0912345678"; paper: file ids joined by ','; declaration "yes"; a repeated page: ids of its items
 * joined by '\n', under the page's id. What could not be understood is kept as typed, so that
 * nothing is lost. */
struct answers;
struct answers *answers_new(struct arena *a);
str answer(const struct answers *s, str id);
void answer_set(struct answers *s, str id, str value);
MUST_USE err answers_parse(struct arena *a, str json, struct answers **ret);
str answers_json(struct arena *a, const struct answers *s);
/* while (answers_next(s, &at, &id, &value)), from at = NULL, in the order they were given. */
bool answers_next(const struct answers *s, const void *NULLABLE *at, str *ret_id, str *ret_value);
/* The pieces of a many-valued answer, one after another: while (answer_next(&rest, &piece)). */
bool answer_next(str *rest, str *ret_piece);

/* --- what applies ---------------------------------------------------------- */
/* Only what applies, with what is computed; hidden answers are left out of later rules too. What
 * it returns also answers rules (form_holds); today is "hom-nay" in them. */
struct answers *form_applying(
	struct arena *a, const struct form *f, const struct answers *s, day today);
/* The answers as rules see them: maps, lists, numbers. Of form_applying's result only. row: as an
 * item of a repeated page sees them, its own answers first. */
struct logic_value answers_facts_at(
	const struct answers *applying, const struct form_row *NULLABLE row);
/* Does a rule of the form hold? A rule that cannot be evaluated (its ceiling was reached) does not;
 * NULL holds. row: in which item of a repeated page; NULL elsewhere. */
bool form_holds(const struct json *NULLABLE rule, const struct answers *applying,
	const struct form_row *NULLABLE row);
bool form_page_applies(
	const struct form *f, const struct form_page *p, const struct answers *applying);
bool form_field_applies(const struct form_field *f, const struct answers *applying);
bool form_field_required(const struct form_field *f, const struct answers *applying);
/* A component of the procedure: needed for these answers? */
bool form_paper_applies(const struct component *c, const struct answers *applying);

/* --- items of repeated pages ----------------------------------------------- */
/* The page as it is for one item: fields with the ids of that item. */
struct form_page form_page_of_row(struct arena *a, const struct form_page *p, str row);
/* Ids of the items, in their order. */
typedef LIST(str) form_row_ids;
form_row_ids form_rows(struct arena *a, const struct form_page *p, const struct answers *s);
/* Adds an item and tells its id, which no other item has. TOO_MANY past the page's most. */
MUST_USE err form_row_add(
	struct arena *a, const struct form_page *p, struct answers *s, str *ret_row);
void form_row_remove(struct arena *a, const struct form_page *p, struct answers *s, str row);

/* All that is asked, in order: pages that apply, repeated ones once for each item. */
typedef LIST(struct form_page) form_page_list;
form_page_list form_pages_asked(
	struct arena *a, const struct form *f, const struct answers *applying);
