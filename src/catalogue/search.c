/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - the one ranking of pages and of `motcua search`.
 *
 * A query is tried as it was typed and, when it has words of our own for things, in the words that
 * names use; a record has the better score of the two. Records that lack a word are found too, and
 * rank by what they have; those that are far behind the best and lack a word are left out. */
#include "catalogue/search.h"

#define SAID 0.98f     /* of the score in other words than typed */
#define RELEVANT 0.55f /* of the best score, for a record that lacks a word */
#define LIGHT 0.3f     /* of the weight of a query */
#define CODE_DIGITS 7

struct scored {
	float score;
	uint16_t record;
};
struct search {
	const struct catalogue_index *x;
	struct arena *a;
	struct query typed;
	float *scores; /* by record; 0 not found */
	bool *all;     /* by record: it has every word */
	bool any_all;
	LIST(struct scored) found;
};

/* --- the passes ------------------------------------------------------------ */

static void score_word(
	struct search *s, const struct query *q, const struct word *w, float factor, bool *seen)
{
	for (size_t k = 0; k < w->n; k++) {
		uint16_t record = w->records[k];
		bool all;
		if (seen[record])
			continue;
		seen[record] = true;
		float score = factor * query_score(q, &s->x->records.items[record], &all);
		if (score > s->scores[record])
			s->scores[record] = score;
		s->all[record] |= all;
		s->any_all |= all;
	}
}

/* Words so light that a record with nothing but them is not worth looking at, as a bit set: "đăng
 * ký" is in every third name. */
static unsigned light_words(const struct query *q)
{
	unsigned bits = 0;
	float left = q->whole * LIGHT;

	for (;;) {
		size_t lightest = q->words.n;
		for (size_t i = 0; i < q->words.n; i++)
			if (!(bits >> i & 1) &&
				(lightest == q->words.n ||
					q->words.items[i].weight < q->words.items[lightest].weight))
				lightest = i;
		if (lightest == q->words.n || q->words.items[lightest].weight > left)
			return bits;
		left -= q->words.items[lightest].weight;
		bits |= 1u << lightest;
	}
}

static void score_all(struct search *s, const struct query *q, float factor)
{
	bool *seen = arena_array(s->a, bool, s->x->records.n);
	unsigned light = light_words(q);

	for (size_t i = 0; i < q->words.n; i++)
		for (size_t k = 0; k < q->words.items[i].matches.n && !(light >> i & 1); k++)
			score_word(s, q, &s->x->words.items[q->words.items[i].matches.items[k]],
				factor, seen);
}

static int best_first(const void *p, const void *q)
{
	const struct scored *a = p, *b = q;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->record - b->record;
}

static void keep_relevant(struct search *s)
{
	float best = 0;

	for (size_t i = 0; i < s->x->records.n; i++)
		best = s->scores[i] > best ? s->scores[i] : best;
	s->found.items = arena_array(s->a, struct scored, s->x->records.n);
	for (size_t i = 0; i < s->x->records.n; i++)
		if (s->scores[i] > 0 && (s->all[i] || s->scores[i] >= best * RELEVANT))
			s->found.items[s->found.n++] = (struct scored){ s->scores[i], (uint16_t)i };
	if (s->found.n)
		qsort(s->found.items, s->found.n, sizeof *s->found.items, best_first);
}

/* A word that no name had weighed nothing until now: all is scored anew. */
static void forgive(struct search *s, struct query *NULLABLE said)
{
	s->scores = arena_array(s->a, float, s->x->records.n);
	query_forgive(&s->typed);
	score_all(s, &s->typed, 1);
	if (said) {
		query_forgive(said);
		score_all(s, said, SAID);
	}
}

/* Slips are forgiven only where nothing has all words as they were typed, in either way. */
static void find(struct search *s)
{
	struct query said;

	s->scores = arena_array(s->a, float, s->x->records.n);
	s->all = arena_array(s->a, bool, s->x->records.n);
	score_all(s, &s->typed, 1);
	bool otherwise = query_said(&s->typed, &said);
	if (otherwise)
		score_all(s, &said, SAID);
	if (!s->any_all)
		forgive(s, otherwise ? &said : NULL);
	keep_relevant(s);
}

/* --- what was meant --------------------------------------------------------- */

static str without_punctuation(str s)
{
	while (s.n && memchr("()[],.;:/\"'-", s.p[0], 12))
		s = str_from_at(s, 1);
	while (s.n && memchr("()[],.;:/\"'-", s.p[s.n - 1], 12))
		s.n--;
	return s;
}

/* The words of a name as they are written, one for each word of its key. */
static size_t written_words(struct arena *a, const struct record *r, str *ret, size_t most)
{
	str chunk, rest = r->entry.name, folded[8];
	size_t n = 0, skip = text_fold(a, rest).n != r->entry.key.n ? 2 : 0; /* "Thủ tục" */

	for (bool more = true; more && n < most;) {
		more = str_cut(rest, ' ', &chunk, &rest);
		size_t k = text_words(text_fold(a, chunk), folded, COUNT(folded));
		for (size_t i = 0; i < k && n < most; i++) {
			if (skip)
				skip--;
			else
				ret[n++] = k == 1 ? without_punctuation(chunk) : folded[i];
		}
	}
	return n;
}

/* The query with each misspelt word as the best record writes it. */
static str suggest(const struct query *q, const struct record *r)
{
	str written[64], words[LIMIT_SEARCH_WORDS];
	size_t n = written_words(q->a, r, written, COUNT(written));

	for (size_t i = 0; i < q->words.n; i++) {
		const struct query_word *w = &q->words.items[i];
		float best = 0;
		words[i] = w->text;
		for (size_t k = 0; k < n && k < r->n_name; k++) {
			if (w->quality[r->words[k]] > best) {
				best = w->quality[r->words[k]];
				words[i] = written[k];
			}
		}
	}
	return str_join(q->a, words, q->words.n, S(" "));
}

/* --- codes ------------------------------------------------------------------ */

static bool looks_like_code(str query)
{
	size_t digits = 0;

	for (size_t i = 0; i < query.n; i++) {
		bool digit = query.p[i] >= '0' && query.p[i] <= '9';
		digits += digit;
		if (!digit && query.p[i] != '.')
			return false;
	}
	return digits >= 3;
}

/* "1001193" is read "1.001193". */
static str with_point(struct arena *a, str query)
{
	if (query.n != CODE_DIGITS || str_has(query, S(".")))
		return query;
	return arena_printf(a, "%c." STR_FMT, query.p[0], STR_ARG(str_from_at(query, 1)));
}

/* The code itself, or those that contain what was typed, in their order. */
static void find_codes(
	const struct catalogue_index *x, struct arena *a, str query, struct ranking *ret)
{
	const struct record *exact = index_record(x, query);

	if (!exact)
		exact = index_record(x, with_point(a, query));
	ret->records.items = arena_array(a, uint16_t, x->records.n);
	if (exact)
		ret->records.items[ret->records.n++] = (uint16_t)(exact - x->records.items);
	for (size_t i = 0; i < x->records.n && !exact; i++)
		if (str_has(x->records.items[x->by_code[i]].entry.code, query))
			ret->records.items[ret->records.n++] = x->by_code[i];
}

/* --- the whole -------------------------------------------------------------- */

static bool is_mended(const struct query *q)
{
	for (size_t i = 0; i < q->words.n; i++)
		if (q->words.items[i].mended)
			return true;
	return false;
}

struct ranking index_search(const struct catalogue_index *x, struct arena *a, str query)
{
	struct ranking ret = { 0 };
	struct search s = { .x = x, .a = a };

	query = str_trim(str_part(query, 0, LIMIT_SEARCH_TEXT));
	if (index_record(x, query) || looks_like_code(query))
		find_codes(x, a, query, &ret);
	if (ret.records.n || !x->records.n || !query_read(x, a, query, &s.typed))
		return ret;
	find(&s);
	ret.records.items = arena_array(a, uint16_t, s.found.n);
	ret.records.n = s.found.n;
	for (size_t i = 0; i < s.found.n; i++)
		ret.records.items[i] = s.found.items[i].record;
	bool mended = is_mended(&s.typed);
	ret.exact = !mended && s.found.n && s.all[ret.records.items[0]];
	if (!mended || !s.found.n)
		return ret;
	str meant = suggest(&s.typed, &x->records.items[ret.records.items[0]]);
	if (!str_eq(search_key(a, meant), search_key(a, query)))
		ret.did_you_mean = meant;
	return ret;
}

void catalogue_search(const struct catalogue_index *x, struct arena *a, str words, int64_t offset,
	int64_t limit, struct catalogue_page *ret)
{
	struct catalogue_filter f = { .words = words,
		.level = FILTER_ANY,
		.service_level = FILTER_ANY,
		.fee = FILTER_ANY,
		.offset = offset,
		.limit = limit };

	catalogue_list(x, a, &f, ret);
}
