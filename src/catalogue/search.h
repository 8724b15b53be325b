/* SPDX-License-Identifier: Apache-2.0 */
/* search.h - one way to read a query: its words, each a set of words of the vocabulary with how
 * well they fit, and what a record scores for them. */
#pragma once
#include "catalogue/index.h"

static_assert(LIMIT_SEARCH_WORDS <= 16, "query words are bits of a uint16_t");

struct query_word {
	str text;
	uint32_t marks; /* as typed, text_marks */
	float *quality; /* by word of the vocabulary; 0 = no match */
	LIST(uint16_t) matches;
	float weight; /* of the best match */
	bool exact;   /* a word of the vocabulary */
	bool mended;  /* matches by slips only */
};
struct query {
	const struct catalogue_index *x;
	struct arena *a;
	LIST(struct query_word) words;
	uint16_t
		*matched; /* by word of the vocabulary: bit set of the words here that it matches */
	float whole, pairs; /* weight of all words, and of all that stand side by side */
	bool marked;        /* typed with marks: what has none is meant so */
};

/* As typed. False when there is no word in it. */
bool query_read(const struct catalogue_index *x, struct arena *a, str typed, struct query *ret);
/* The same query in the words of names; false when it has none of ours. */
bool query_said(const struct query *q, struct query *ret);
/* Words that are in no name match those a slip of the finger away. */
void query_forgive(struct query *q);
/* What a record is worth: from 0, when it has nothing. *ret_all when it has every word. */
float query_score(const struct query *q, const struct record *r, bool *ret_all);
