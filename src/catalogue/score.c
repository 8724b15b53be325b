/* SPDX-License-Identifier: Apache-2.0 */
/* score.c - what a record is worth to a query. Rare words weigh more. The part of the query that
 * the record has is worth most by far; more comes for words that stand side by side as they were
 * typed, and for how much of the name was asked for, so that of two names that have all words the
 * shorter is first and a name of sixty words is found but seldom meant. */
#include "catalogue/search.h"

#define NEXT_TO 0.8f     /* for all words side by side */
#define COVERED 0.6f     /* for all of the name being asked for */
#define AT_START 0.1f    /* for a name that begins with the first word */
#define WHOLE 0.5f       /* and for being the name, word by word */
#define ONLINE 0.1f      /* and for what can be applied for here */
#define OTHER_MARKS 0.7f /* of a word that is written with other marks than typed */

/* How well a place of the record fits a word of the query. */
static float fit(const struct query *q, const struct record *r, size_t at, size_t i)
{
	const struct query_word *w = &q->words.items[i];
	float quality = w->quality[r->words[at]];

	/* Only a whole word has all its marks. */
	if (quality >= 1 && q->marked && r->marks && at < r->n_name && r->marks[at] != w->marks)
		quality = OTHER_MARKS;
	return quality;
}

struct sums {
	float best[LIMIT_SEARCH_WORDS]; /* of each word of the query */
	float next[LIMIT_SEARCH_WORDS]; /* of it and the next one side by side */
	float name;                     /* weight of the words of the name that were asked for */
};

static void add_place(
	const struct query *q, const struct record *r, size_t at, unsigned bits, struct sums *s)
{
	bool follows = at + 1 < r->n_words && r->words[at + 1] != WORD_GAP;
	float most = 0;

	for (; bits; bits &= bits - 1) {
		size_t i = (size_t)__builtin_ctz(bits);
		float here = fit(q, r, at, i);
		s->best[i] = here > s->best[i] ? here : s->best[i];
		most = here > most ? here : most;
		if (!follows || i + 1 == q->words.n)
			continue;
		float both = here * fit(q, r, at + 1, i + 1);
		s->next[i] = both > s->next[i] ? both : s->next[i];
	}
	if (at < r->n_name)
		s->name += most * q->x->words.items[r->words[at]].weight;
}

static bool is_the_name(const struct query *q, const struct record *r)
{
	if (r->n_name != q->words.n)
		return false;
	for (size_t i = 0; i < r->n_name; i++)
		if (fit(q, r, i, i) < 1)
			return false;
	return true;
}

/* Of 1: how much of the neighbours in the query are neighbours here. */
static float side_by_side(const struct query *q, const struct sums *s)
{
	float sum = 0;

	if (q->words.n == 1)
		return s->best[0];
	for (size_t i = 0; i + 1 < q->words.n; i++)
		sum += s->next[i] * (q->words.items[i].weight + q->words.items[i + 1].weight) / 2;
	return q->pairs > 0 ? sum / q->pairs : 0;
}

float query_score(const struct query *q, const struct record *r, bool *ret_all)
{
	struct sums s = { 0 };
	float had = 0;

	*ret_all = true;
	for (size_t at = 0; at < r->n_words; at++)
		if (r->words[at] != WORD_GAP && q->matched[r->words[at]])
			add_place(q, r, at, q->matched[r->words[at]], &s);
	for (size_t i = 0; i < q->words.n; i++) {
		*ret_all &= s.best[i] > 0;
		had += s.best[i] * q->words.items[i].weight;
	}
	if (had <= 0)
		return 0;
	had /= q->whole;
	float more = NEXT_TO * side_by_side(q, &s);
	if (r->weight > 0)
		more += COVERED * s.name / r->weight;
	if (r->n_name)
		more += AT_START * fit(q, r, 0, 0);
	if (is_the_name(q, r))
		more += WHOLE;
	if (r->entry.online)
		more += ONLINE;
	return had * (1 + more);
}
