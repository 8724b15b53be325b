/* SPDX-License-Identifier: Apache-2.0 */
/* search.c - the one ranking of pages and of `motcua search`.
 *
 * Each word of the query becomes a set of words of the vocabulary, each with a quality: the word
 * itself, words it begins, words it is a slip away from. Only records in the shortest of these sets
 * are looked at. A record's score is the weight of what it matches, more for words in the order of
 * the query and side by side, less for every word it has besides. */
#include "catalogue/index.h"
#include "catalogue/slips.h"

#define EXACT 1.0f
#define PREFIX 0.8f /* and what is left of EXACT, by how much of the word was typed */
#define ONE_SLIP 0.6f
#define TWO_SLIPS 0.45f
#define NEXT_TO 0.5f  /* part of a word's weight for standing right behind the one before it */
#define AT_START 0.3f /* part of the whole weight for beginning the name */
#define WHOLE 1.0f    /* and for being the name */
#define ONLINE 0.15f  /* and for what can be applied for here */
#define LONG 0.015f   /* less for each word that was not asked for */
#define RELAXED 0.6f  /* of the best score, where no record has all words */

static_assert(LIMIT_SEARCH_WORDS <= 16, "query words are bits of a uint16_t");

struct query_word {
	str text;
	float *quality; /* by word of the vocabulary; 0 = no match */
	LIST(uint16_t) matches;
	size_t records; /* sum over matches */
	float weight;   /* of the best match */
	bool mended;    /* matches by slips only */
};
struct scored {
	float score;
	uint16_t record;
};
struct search {
	const struct catalogue_index *x;
	struct arena *a;
	LIST(struct query_word) words;
	LIST(struct scored) found;
	bool *seen;
	uint16_t *matched; /* by word of the vocabulary: bit set of the query words it matches */
	float whole;       /* weight of all words */
	bool relaxed;
};

/* --- matching words -------------------------------------------------------- */

static void match(struct search *s, struct query_word *q, size_t word, float quality)
{
	const struct word *w = &s->x->words.items[word];

	if (q->quality[word] == 0)
		q->matches.items[q->matches.n++] = (uint16_t)word;
	if (quality > q->quality[word])
		q->quality[word] = quality;
	s->matched[word] |= (uint16_t)(1u << (q - s->words.items));
	q->records += w->n;
	if (w->weight > q->weight)
		q->weight = w->weight;
}

static void match_beginnings(struct search *s, struct query_word *q)
{
	size_t from = index_word_from(s->x, q->text), to = index_word_to(s->x, q->text);

	for (size_t i = from; i < to; i++) {
		str text = s->x->words.items[i].text;
		float typed = (float)q->text.n / (float)text.n;
		bool exact = text.n == q->text.n;
		/* One letter begins too much; digits are typed whole. */
		if (exact || q->text.n > 1)
			match(s, q, i, exact ? EXACT : PREFIX * typed + (1 - PREFIX) * typed / 2);
	}
}

static void match_slips(struct search *s, struct query_word *q, uint32_t letters)
{
	int most = slips_allowed(q->text.n);

	for (size_t i = 0; i < s->x->words.n && most; i++) {
		const struct word *w = &s->x->words.items[i];
		if (__builtin_popcount(letters ^ w->letters) > 2 * most || q->quality[i] > 0)
			continue;
		int n = slips_between(q->text, w->text, most);
		if (n <= most)
			match(s, q, i, n == 1 ? ONE_SLIP : TWO_SLIPS);
	}
}

static uint32_t letters_of(str text)
{
	uint32_t bits = 0;

	for (size_t i = 0; i < text.n; i++)
		bits |= text.p[i] >= 'a' && text.p[i] <= 'z' ? 1u << (text.p[i] - 'a') : 1u << 26;
	return bits;
}

/* --- scoring --------------------------------------------------------------- */

static unsigned matched_at(const struct search *s, const struct record *r, size_t at)
{
	return r->words[at] == WORD_GAP ? 0 : s->matched[r->words[at]];
}

/* Weight of the query words that follow each other from place `at` on; ret_n: how many. */
static float run_from(
	const struct search *s, const struct record *r, size_t at, size_t first, size_t *ret_n)
{
	float sum = 0;
	size_t n = 0;

	while (first + n < s->words.n && at + n < r->n_words && r->words[at + n] != WORD_GAP) {
		const struct query_word *q = &s->words.items[first + n];
		float quality = q->quality[r->words[at + n]];
		if (quality == 0)
			break;
		sum += n ? NEXT_TO * q->weight * quality : 0;
		n++;
	}
	*ret_n = n;
	return sum;
}

static float phrase_bonus(const struct search *s, const struct record *r)
{
	float best = 0;

	for (size_t at = 0; at < r->n_words; at++) {
		for (unsigned bits = matched_at(s, r, at); bits; bits &= bits - 1) {
			size_t n;
			float bonus = run_from(s, r, at, (size_t)__builtin_ctz(bits), &n);
			if (n == s->words.n && at == 0)
				bonus += s->whole * AT_START;
			if (n == s->words.n && at == 0 && n == r->n_name)
				bonus += s->whole * WHOLE;
			if (bonus > best)
				best = bonus;
		}
	}
	return best;
}

/* Weight of the query words that the record has; *ret_all when it has each. */
static float words_weight(const struct search *s, const struct record *r, bool *ret_all)
{
	float best[LIMIT_SEARCH_WORDS] = { 0 }, sum = 0;

	for (size_t at = 0; at < r->n_words; at++) {
		for (unsigned bits = matched_at(s, r, at); bits; bits &= bits - 1) {
			int i = __builtin_ctz(bits);
			float quality = s->words.items[i].quality[r->words[at]];
			best[i] = quality > best[i] ? quality : best[i];
		}
	}
	*ret_all = true;
	for (size_t i = 0; i < s->words.n; i++) {
		*ret_all &= best[i] > 0;
		sum += best[i] * s->words.items[i].weight;
	}
	return sum;
}

/* 0 when a word is missing, unless words may be. */
static float score(const struct search *s, const struct record *r)
{
	bool all;
	float sum = words_weight(s, r, &all);

	if (!all && !s->relaxed)
		return 0;
	sum += phrase_bonus(s, r);
	if (r->entry.online)
		sum += s->whole * ONLINE;
	size_t more = r->n_name > s->words.n ? r->n_name - s->words.n : 0;
	return sum / (1 + LONG * (float)more);
}

static void score_once(struct search *s, uint16_t record)
{
	if (s->seen[record])
		return;
	s->seen[record] = true;
	float points = score(s, &s->x->records.items[record]);
	if (points > 0)
		s->found.items[s->found.n++] = (struct scored){ points, record };
}

static void score_matches(struct search *s, const struct query_word *q)
{
	for (size_t i = 0; i < q->matches.n; i++) {
		const struct word *w = &s->x->words.items[q->matches.items[i]];
		for (size_t k = 0; k < w->n; k++)
			score_once(s, w->records[k]);
	}
}

static int best_first(const void *p, const void *q)
{
	const struct scored *a = p, *b = q;
	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	return a->record - b->record;
}

/* --- the passes ------------------------------------------------------------ */

static void prepare(struct search *s, const str *words, size_t n)
{
	s->words.items = arena_array(s->a, struct query_word, n);
	for (size_t i = 0; i < n; i++)
		s->words.items[i] = (struct query_word){
			.text = word_spelling(s->a, words[i]),
			.quality = arena_array(s->a, float, s->x->words.n),
			.matches = { .items = arena_array(s->a, uint16_t, s->x->words.n) },
		};
	s->words.n = n;
	s->found.items = arena_array(s->a, struct scored, s->x->records.n);
	s->seen = arena_array(s->a, bool, s->x->records.n);
	s->matched = arena_array(s->a, uint16_t, s->x->words.n);
}

static void weigh(struct search *s)
{
	s->whole = 0;
	for (size_t i = 0; i < s->words.n; i++)
		s->whole += s->words.items[i].weight;
}

/* Records with every word: they are all behind the rarest one. */
static void find_all_words(struct search *s)
{
	const struct query_word *rarest = &s->words.items[0];

	weigh(s);
	for (size_t i = 0; i < s->words.n; i++)
		if (s->words.items[i].records < rarest->records)
			rarest = &s->words.items[i];
	memset(s->seen, 0, s->x->records.n * sizeof *s->seen);
	s->found.n = 0;
	score_matches(s, rarest);
}

static void find_most_words(struct search *s)
{
	float best = 0;
	size_t kept = 0;

	s->relaxed = true;
	memset(s->seen, 0, s->x->records.n * sizeof *s->seen);
	s->found.n = 0;
	for (size_t i = 0; i < s->words.n; i++)
		score_matches(s, &s->words.items[i]);
	for (size_t i = 0; i < s->found.n; i++)
		best = s->found.items[i].score > best ? s->found.items[i].score : best;
	for (size_t i = 0; i < s->found.n; i++)
		if (s->found.items[i].score >= best * RELAXED)
			s->found.items[kept++] = s->found.items[i];
	s->found.n = kept;
}

static void find(struct search *s)
{
	for (size_t i = 0; i < s->words.n; i++)
		match_beginnings(s, &s->words.items[i]);
	find_all_words(s);
	if (s->found.n)
		return;
	for (size_t i = 0; i < s->words.n; i++) {
		struct query_word *q = &s->words.items[i];
		bool none = !q->matches.n;
		match_slips(s, q, letters_of(q->text));
		q->mended = none && q->matches.n;
	}
	find_all_words(s);
	if (!s->found.n)
		find_most_words(s);
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
static str suggest(const struct search *s, const struct record *r)
{
	str written[64], words[LIMIT_SEARCH_WORDS];
	size_t n = written_words(s->a, r, written, COUNT(written));

	for (size_t i = 0; i < s->words.n; i++) {
		const struct query_word *q = &s->words.items[i];
		float best = 0;
		words[i] = q->text;
		for (size_t k = 0; k < n && k < r->n_name; k++) {
			if (q->quality[r->words[k]] > best) {
				best = q->quality[r->words[k]];
				words[i] = written[k];
			}
		}
	}
	return str_join(s->a, words, s->words.n, S(" "));
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

/* The code itself, or those that contain what was typed, in their order. */
static void find_codes(
	const struct catalogue_index *x, struct arena *a, str query, struct ranking *ret)
{
	const struct record *exact = index_record(x, query);

	ret->records.items = arena_array(a, uint16_t, x->records.n);
	if (exact)
		ret->records.items[ret->records.n++] = (uint16_t)(exact - x->records.items);
	for (size_t i = 0; i < x->records.n && !exact; i++)
		if (str_has(x->records.items[x->by_code[i]].entry.code, query))
			ret->records.items[ret->records.n++] = x->by_code[i];
}

/* --- the whole -------------------------------------------------------------- */

struct ranking index_search(const struct catalogue_index *x, struct arena *a, str query)
{
	struct ranking ret = { 0 };
	struct search s = { .x = x, .a = a };
	str words[LIMIT_SEARCH_WORDS];

	query = str_trim(str_part(query, 0, LIMIT_SEARCH_TEXT));
	const struct record *exact = index_record(x, query);
	if (exact || looks_like_code(query))
		find_codes(x, a, query, &ret);
	size_t n = text_words(search_key(a, query), words, LIMIT_SEARCH_WORDS);
	if (ret.records.n || !n || !x->records.n)
		return ret;
	prepare(&s, words, n);
	find(&s);
	if (s.found.n)
		qsort(s.found.items, s.found.n, sizeof *s.found.items, best_first);
	ret.records.items = arena_array(a, uint16_t, s.found.n);
	ret.records.n = s.found.n;
	for (size_t i = 0; i < s.found.n; i++)
		ret.records.items[i] = s.found.items[i].record;
	bool mended = false;
	for (size_t i = 0; i < s.words.n; i++)
		mended |= s.words.items[i].mended;
	ret.exact = !mended && !s.relaxed;
	if (!mended || !s.found.n)
		return ret;
	str meant = suggest(&s, &x->records.items[ret.records.items[0]]);
	if (!str_eq(search_key(a, meant), search_key(a, query)))
		ret.did_you_mean = meant;
	return ret;
}

void catalogue_search(const struct catalogue_index *x, struct arena *a, str words, int64_t offset,
	int64_t limit, struct catalogue_page *ret)
{
	struct catalogue_filter f = { .words = words,
		.level = -1,
		.service_level = -1,
		.fee = -1,
		.offset = offset,
		.limit = limit };

	catalogue_list(x, a, &f, ret);
}
