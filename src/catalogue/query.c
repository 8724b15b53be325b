/* SPDX-License-Identifier: Apache-2.0 */
/* query.c - what was typed, turned into words of the vocabulary. */
#include "catalogue/search.h"
#include "catalogue/slips.h"

#define EXACT 1.0f
#define PREFIX 0.5f     /* of the part that was typed */
#define LAST_LEAST 0.5f /* the last word is still being typed: so much, and more the more of it */
#define LAST_MORE 0.4f
#define ONE_SLIP 0.6f
#define TWO_SLIPS 0.45f
#define FILLER 0.35f   /* of the weight of a word that people put around what they look for */
#define JOINED_LEAST 6 /* letters of two words typed as one */

/* --- matching words -------------------------------------------------------- */

static void match(struct query *q, struct query_word *w, size_t word, float quality)
{
	float weight = q->x->words.items[word].weight;

	if (w->quality[word] == 0)
		w->matches.items[w->matches.n++] = (uint16_t)word;
	if (quality > w->quality[word])
		w->quality[word] = quality;
	q->matched[word] |= (uint16_t)(1u << (w - q->words.items));
	if (weight > w->weight)
		w->weight = weight;
}

/* One letter begins too much, unless more is to come; digits are typed whole. */
static bool may_begin(const struct query *q, const struct query_word *w)
{
	bool last = w == &q->words.items[q->words.n - 1];

	return w->text.n > 1 || (last && q->words.n > 1 && w->text.p[0] >= 'a');
}

static void match_beginnings(struct query *q, struct query_word *w)
{
	size_t from = index_word_from(q->x, w->text), to = index_word_to(q->x, w->text);
	bool last = w == &q->words.items[q->words.n - 1];

	for (size_t i = from; i < to; i++) {
		str text = q->x->words.items[i].text;
		float typed = (float)w->text.n / (float)text.n;
		if (text.n == w->text.n) {
			w->exact = true;
			match(q, w, i, EXACT);
		} else if (may_begin(q, w)) {
			match(q, w, i, last ? LAST_LEAST + LAST_MORE * typed : PREFIX * typed);
		}
	}
}

static void match_slips(struct query *q, struct query_word *w)
{
	int most = slips_allowed(w->text.n);
	uint32_t letters = slips_letters(w->text);

	for (size_t i = 0; i < q->x->words.n && most; i++) {
		const struct word *other = &q->x->words.items[i];
		if (__builtin_popcount(letters ^ other->letters) > 2 * most || w->quality[i] > 0)
			continue;
		int n = slips_between(w->text, other->text, most);
		if (n <= most)
			match(q, w, i, n == 1 ? ONE_SLIP : TWO_SLIPS);
	}
}

/* Words that people put around what they look for: "làm", "mở", "cho con", … */
static bool is_filler(str word)
{
	static const char *const fillers[] = { "cho", "con", "cua", "dau", "lam", "minh", "mo",
		"muon", "nao", "toi", "xin" };

	for (size_t i = 0; i < COUNT(fillers); i++)
		if (str_eq(word, str_from(fillers[i])))
			return true;
	return false;
}

static void weigh(struct query *q)
{
	q->whole = q->pairs = 0;
	for (size_t i = 0; i < q->words.n; i++)
		q->whole += q->words.items[i].weight;
	for (size_t i = 0; i + 1 < q->words.n; i++)
		q->pairs += (q->words.items[i].weight + q->words.items[i + 1].weight) / 2;
}

static void match_all(struct query *q)
{
	q->matched = arena_array(q->a, uint16_t, q->x->words.n);
	for (size_t i = 0; i < q->words.n; i++) {
		struct query_word *w = &q->words.items[i];
		w->quality = arena_array(q->a, float, q->x->words.n);
		w->matches.items = arena_array(q->a, uint16_t, q->x->words.n);
		match_beginnings(q, w);
		if (q->words.n > 1 && is_filler(w->text))
			w->weight *= FILLER;
	}
	weigh(q);
}

void query_forgive(struct query *q)
{
	for (size_t i = 0; i < q->words.n; i++) {
		struct query_word *w = &q->words.items[i];
		bool none = !w->matches.n;
		if (w->exact)
			continue;
		match_slips(q, w);
		w->mended = none && w->matches.n;
	}
	weigh(q);
}

/* --- words typed as one ------------------------------------------------------ */

static bool same_letter(char a, char b)
{
	return a == b || ((a == 'i' || a == 'y') && (b == 'i' || b == 'y'));
}

static bool begins(str text, str word)
{
	for (size_t i = 0; i < word.n; i++)
		if (i >= text.n || !same_letter(text.p[i], word.p[i]))
			return false;
	return true;
}

/* How many words of the name, from place `at` on, are this text; 0 when they are not. */
static size_t joined_at(
	const struct catalogue_index *x, const struct record *r, size_t at, str text)
{
	size_t n = 0;

	while (text.n && at + n < r->n_name) {
		str word = x->words.items[r->words[at + n]].text;
		if (!begins(text, word))
			return 0;
		text = str_from_at(text, word.n);
		n++;
	}
	return text.n ? 0 : n;
}

/* "khaisinh": words that stand side by side in some name. */
static size_t split_joined(const struct catalogue_index *x, str text, str *ret, size_t most)
{
	for (size_t i = 0; i < x->records.n; i++) {
		const struct record *r = &x->records.items[i];
		for (size_t at = 0; at + 1 < r->n_name; at++) {
			size_t n = joined_at(x, r, at, text);
			for (size_t k = 0; k < n && n <= most; k++)
				ret[k] = x->words.items[r->words[at + k]].text;
			if (n && n <= most)
				return n;
		}
	}
	return 0;
}

static bool is_known(const struct catalogue_index *x, str word)
{
	return index_word_from(x, word) < index_word_to(x, word);
}

/* --- reading ----------------------------------------------------------------- */

static void add_word(struct query *q, str text, uint32_t marks)
{
	if (q->words.n == LIMIT_SEARCH_WORDS)
		return;
	q->words.items[q->words.n++] = (struct query_word){ .text = text, .marks = marks };
	q->marked |= marks != 0;
}

static bool is_synonym(const struct catalogue_index *x, str word)
{
	for (size_t i = 0; i < x->synonyms.n; i++)
		if (str_eq(x->synonyms.items[i].typed[0], word))
			return true;
	return false;
}

static void add_typed(struct query *q, str word, uint32_t marks)
{
	str parts[LIMIT_SEARCH_WORDS], text = word_spelling(q->a, word);
	bool joined = text.n >= JOINED_LEAST && !is_known(q->x, text) && !is_synonym(q->x, text);
	size_t n = joined ? split_joined(q->x, text, parts, LIMIT_SEARCH_WORDS) : 0;

	for (size_t i = 0; i < n; i++)
		add_word(q, parts[i], 0);
	if (!n)
		add_word(q, text, marks);
}

static struct query empty_query(const struct catalogue_index *x, struct arena *a)
{
	struct query q = { .x = x, .a = a };

	q.words.items = arena_array(a, struct query_word, LIMIT_SEARCH_WORDS);
	return q;
}

bool query_read(const struct catalogue_index *x, struct arena *a, str typed, struct query *ret)
{
	str words[LIMIT_SEARCH_WORDS];
	uint32_t all[LIMIT_SEARCH_TEXT], *marks = all;
	str key = search_key(a, typed);
	size_t n = text_words(key, words, LIMIT_SEARCH_WORDS);
	size_t n_marks = text_marks(typed, all, LIMIT_SEARCH_TEXT);

	*ret = empty_query(x, a);
	if (key.n != text_fold(a, typed).n) /* without its "thủ tục" */
		marks += 2;
	for (size_t i = 0; i < n; i++)
		add_typed(ret, words[i], i < n_marks ? marks[i] : 0);
	if (ret->words.n)
		match_all(ret);
	return ret->words.n > 0;
}

static bool begins_at(const struct query *q, size_t at, const struct synonym *s)
{
	if (at + s->n_typed > q->words.n)
		return false;
	for (size_t i = 0; i < s->n_typed; i++)
		if (!str_eq(q->words.items[at + i].text, s->typed[i]))
			return false;
	return true;
}

/* The longest that begins there. */
static const struct synonym *NULLABLE synonym_at(const struct query *q, size_t at)
{
	const struct synonym *best = NULL;

	for (size_t i = 0; i < q->x->synonyms.n; i++) {
		const struct synonym *s = &q->x->synonyms.items[i];
		if (begins_at(q, at, s) && (!best || s->n_typed > best->n_typed))
			best = s;
	}
	return best;
}

bool query_said(const struct query *q, struct query *ret)
{
	bool any = false;

	*ret = empty_query(q->x, q->a);
	for (size_t at = 0; at < q->words.n;) {
		const struct synonym *s = synonym_at(q, at);
		for (size_t i = 0; s && i < s->n_said; i++)
			add_word(ret, s->said[i], 0);
		if (!s)
			add_word(ret, q->words.items[at].text, 0);
		at += s ? s->n_typed : 1;
		any |= s != NULL;
	}
	if (any)
		match_all(ret);
	return any;
}
