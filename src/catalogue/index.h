/* SPDX-License-Identifier: Apache-2.0 */
/* index.h - the procedures in force, in memory: immutable once built, shared by all readers.
 *
 * Names are cut into words at build; a word is a number, the place of its text in the sorted
 * vocabulary. A query becomes sets of such numbers (exact, by prefix, by slips of the finger), and
 * candidates come from the lists of entries behind each word. */
#pragma once
#include "catalogue/parts.h"

#include <stdatomic.h>

/* Between the words of the Vietnamese and the English name: no query word is next to it. */
#define WORD_GAP UINT16_MAX

struct record {
	struct entry entry;
	const uint16_t *words;          /* of the name, WORD_GAP, of the English name */
	const uint32_t *NULLABLE marks; /* of the words of the name, text_marks */
	size_t n_words, n_name;
	float weight;            /* of all words of the name */
	LIST(uint16_t) agencies; /* places in the index: promulgator, then those that execute */
	uint16_t sector;
};
struct word {
	str text;
	uint32_t letters; /* bit set of a-z, to pass over what is too far from a misspelt word */
	const uint16_t *records; /* rising, each once */
	size_t n;
	float weight; /* rare words say more */
};
/* What people type for what names say: "sổ đỏ", from the code list SYNONYMS. Words are spelled. */
struct synonym {
	str *typed, *said;
	size_t n_typed, n_said;
};
#define SYNONYMS S("tu-dong-nghia")
struct index_sector {
	str code, name, name_en, slug;
	int64_t n;
};
struct index_agency {
	str code, name, name_en, slug;
	int64_t n;
};
/* How many records have each value of each filter. */
struct facet_counts {
	int64_t *by_sector, *by_agency; /* by place in the index */
	int64_t by_level[GOVERNMENT_LEVEL_COUNT], by_service_level[LEVEL_WHOLE + 1];
	int64_t by_fee[FEES_COUNT];
};
struct catalogue_index {
	struct arena *arena; /* its own; the index lives in it */
	atomic_int readers;
	int64_t version;
	day on;
	LIST(struct record) records;        /* what can be applied for here first, then by name */
	const uint16_t *by_code;            /* places of records, by code */
	LIST(struct word) words;            /* sorted by text */
	LIST(struct index_sector) sectors;  /* by name, as read */
	LIST(struct index_agency) agencies; /* those with a procedure, by name */
	LIST(struct synonym) synonyms;
	int64_t online;
	struct facet_counts counts; /* of all records: a list without filters counts nothing */
};

/* The same word however it is spelt: "ky" and "ki" (ký, kí) are one. */
str word_spelling(struct arena *a, str folded_word);
/* The name's search key without "thu tuc" before it. */
str search_key(struct arena *a, str name);

MUST_USE err index_build(
	struct conn *c, struct arena *scratch, day on, struct catalogue_index **ret);
void index_free(struct catalogue_index *NULLABLE x);
/* The vocabulary and the lists behind it; records have their keys. */
MUST_USE err index_words(struct catalogue_index *x, struct arena *scratch);

/* Fills counts. */
void index_count(struct catalogue_index *x);

/* First word not before text; and behind the last that begins with it. */
size_t index_word_from(const struct catalogue_index *x, str text);
size_t index_word_to(const struct catalogue_index *x, str prefix);
const struct record *NULLABLE index_record(const struct catalogue_index *x, str code);
const struct index_sector *NULLABLE index_sector_by(
	const struct catalogue_index *x, str slug_or_code);
const struct index_agency *NULLABLE index_agency_by(
	const struct catalogue_index *x, str slug_or_code);

/* Ranked places of records for a query; did_you_mean is set when words had to be mended. */
struct ranking {
	LIST(uint16_t) records;
	bool exact; /* the first has all the words, as they were typed */
	str did_you_mean;
};
struct ranking index_search(const struct catalogue_index *x, struct arena *a, str query);
