/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the files of this folder say to each other. No other folder includes it. */
#pragma once
#include "catalogue/catalogue.h"

#include "core/fold.h"
#include "core/map.h"

/* Day numbers for "always" and for the first day of the units and agencies of the two-tier
 * government [REF-1]: Resolution 202/2025/QH15. */
#define VALID_ALWAYS DAY_LEAST
#define REFORM_DAY day_from(2025, 7, 1)

/* --- procedures ------------------------------------------------------------ */
/* A code we take: letters, digits, dots and dashes, at most 40, begun by a digit. */
bool procedure_code_valid(str code);
/* Bit set of enum government_level. */
unsigned procedure_levels(const struct procedure *p);
/* Least fee in dong: 0 when a row says that it is free; FEE_ELSEWHERE, FEE_UNPUBLISHED. */
int64_t procedure_fee_least(const struct procedure *p);
/* The amount is said in the note, not by the number. */
static inline bool fee_is_set_elsewhere(const struct fee *f) { return f->amount == 0 && f->note.n; }

enum put_result { PUT_SAME, PUT_ADDED, PUT_CHANGED, PUT_KEPT, PUT_RESULT_COUNT };
/* A definition read, weighed and hashed: all that writing it needs. */
struct prepared_procedure {
	str code, name, name_en, sector, sector_name, promulgator, executing, limit;
	int64_t valid_from, levels, service_level, fee_least;
	bool online;
	str definition, sha256;
};
/* INVALID when it is none. What is read on the way lies in `scratch`. */
MUST_USE err procedure_prepare(
	struct arena *a, struct arena *scratch, str definition, struct prepared_procedure *ret);
/* procedure_put without touching the content version. keep_form: a text without a form does not
 * replace one with a form (PUT_KEPT). */
MUST_USE err procedure_store(struct conn *c, struct arena *a, const struct prepared_procedure *p,
	instant now, bool keep_form, enum put_result *ret);
/* Was this very text published before? */
MUST_USE err procedure_was_put(
	struct conn *c, struct arena *a, const struct prepared_procedure *p, bool *ret);
/* What was parsed before, by the SHA-256 of its text; valid until the arena is freed. */
bool parsed_find(struct arena *a, str sha256, struct procedure *ret);
/* Parses a text and remembers it; valid until the arena is freed. */
MUST_USE err parsed_add(struct arena *a, str sha256, str definition, struct procedure *ret);
MUST_USE err content_bump(struct conn *c, struct arena *a);

/* --- agencies, units ------------------------------------------------------- */
extern const struct row_type agency_row;
str agency_slug_of(struct arena *a, str code, str name);
MUST_USE err agency_list_all(struct conn *c, struct arena *a, struct agency **ret, size_t *ret_n);
MUST_USE err agency_find_slug(
	struct conn *c, struct arena *a, str slug, struct agency *ret, bool *ret_found);
/* Those that go on with its work. */
MUST_USE err agency_successor_list(
	struct conn *c, struct arena *a, str code, struct agency **ret, size_t *ret_n);
/* Does an executing code, perhaps "H99.*", name this agency? */
bool agency_named(str pattern, const struct agency *g);
