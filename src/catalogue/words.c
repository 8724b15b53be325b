/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - the vocabulary of the index: every word of every name, sorted, with the records it
 * stands in. */
#include "catalogue/index.h"
#include "catalogue/slips.h"

#include <math.h>

/* Every other official name begins so; it says nothing. */
#define NOISE S("thu tuc")
#define NAME_WORDS_MOST 400

static bool is_consonant(char c) { return c >= 'b' && c <= 'z' && !memchr("aeiouy", c, 6); }

str word_spelling(struct arena *a, str w)
{
	bool doubtful = w.n >= 2 && w.p[w.n - 1] == 'y' &&
		(is_consonant(w.p[w.n - 2]) || str_eq(w, S("quy")));

	if (!doubtful)
		return w;
	char *made = (char *)str_copy(a, w).p;
	made[w.n - 1] = 'i';
	return (str){ made, w.n };
}

str search_key(struct arena *a, str name)
{
	str key = text_fold(a, name);

	if (str_starts(key, NOISE) && key.n > NOISE.n && key.p[NOISE.n] == ' ')
		key = str_from_at(key, NOISE.n + 1);
	return key;
}

/* A word while it is gathered. */
struct gathered {
	str text;
	size_t n;      /* records that have it */
	uint16_t last; /* the newest of them, plus one */
	uint16_t place;
};
struct gathering {
	struct catalogue_index *x;
	struct arena *scratch;
	struct map *seen;
	VEC(struct gathered *) all;
};

static struct gathered *gather(struct gathering *g, str word)
{
	str text = word_spelling(g->scratch, word);
	struct gathered *found = map_find(g->seen, text);

	if (!found) {
		found = arena_make(g->scratch, struct gathered);
		found->text = str_copy(g->x->arena, text);
		map_put(g->seen, found->text, found);
		*VEC_PUSH(g->scratch, &g->all) = found;
	}
	return found;
}

/* Words of one record, as pointers until the vocabulary is sorted; NULL is the gap. */
struct spelled {
	struct gathered **words;
	size_t n, n_name;
};

static void spell_words(
	struct gathering *g, uint16_t record, struct spelled *s, const str *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct gathered *w = gather(g, words[i]);
		s->words[s->n++] = w;
		if (w->last != record + 1) {
			w->last = (uint16_t)(record + 1);
			w->n++;
		}
	}
}

static void spell(struct gathering *g, uint16_t record, struct spelled *s)
{
	const struct entry *e = &g->x->records.items[record].entry;
	str name[NAME_WORDS_MOST], english[NAME_WORDS_MOST];
	size_t n_english = text_words(text_fold(g->scratch, e->name_en), english, NAME_WORDS_MOST);

	s->n_name = text_words(e->key, name, NAME_WORDS_MOST);
	s->words = arena_array(g->scratch, struct gathered *, s->n_name + 1 + n_english);
	spell_words(g, record, s, name, s->n_name);
	if (n_english)
		s->words[s->n++] = NULL;
	spell_words(g, record, s, english, n_english);
}

static int word_order(const void *p, const void *q)
{
	struct gathered *const *a = p, *const *b = q;
	return str_compare((*a)->text, (*b)->text);
}

static void sort_vocabulary(struct gathering *g)
{
	struct catalogue_index *x = g->x;

	if (g->all.n)
		qsort(g->all.items, g->all.n, sizeof *g->all.items, word_order);
	x->words.n = g->all.n;
	x->words.items = arena_array(x->arena, struct word, x->words.n);
	for (size_t i = 0; i < x->words.n; i++) {
		struct gathered *w = g->all.items[i];
		w->place = (uint16_t)i;
		x->words.items[i] = (struct word){
			.text = w->text,
			.letters = slips_letters(w->text),
			.records = arena_array(x->arena, uint16_t, w->n),
			.weight = (float)log(1.0 + (double)x->records.n / (double)w->n),
		};
	}
}

static void place_words(struct catalogue_index *x, uint16_t record, const struct spelled *s)
{
	struct record *r = &x->records.items[record];
	uint16_t *places = arena_array(x->arena, uint16_t, s->n);

	for (size_t i = 0; i < s->n; i++) {
		places[i] = s->words[i] ? s->words[i]->place : WORD_GAP;
		if (!s->words[i])
			continue;
		struct word *w = &x->words.items[places[i]];
		if (!w->n || w->records[w->n - 1] != record)
			((uint16_t *)w->records)[w->n++] = record;
	}
	r->words = places;
	r->n_words = s->n;
	r->n_name = s->n_name;
}

/* What is typed with marks is compared with these. The key may lack the "Thủ tục" of the name. */
static void keep_marks(struct catalogue_index *x, struct record *r)
{
	uint32_t marks[NAME_WORDS_MOST];
	size_t n = text_marks(r->entry.name, marks, NAME_WORDS_MOST);

	if (n < r->n_name)
		return;
	uint32_t *kept = arena_array(x->arena, uint32_t, r->n_name);
	memcpy(kept, marks + (n - r->n_name), r->n_name * sizeof *kept);
	r->marks = kept;
}

static void weigh_name(struct catalogue_index *x, struct record *r)
{
	for (size_t i = 0; i < r->n_name; i++)
		r->weight += x->words.items[r->words[i]].weight;
}

err index_words(struct catalogue_index *x, struct arena *scratch)
{
	struct gathering g = { .x = x, .scratch = scratch, .seen = map_new(scratch, 8192) };
	struct spelled *spelled = arena_array(scratch, struct spelled, x->records.n);

	for (size_t i = 0; i < x->records.n; i++)
		spell(&g, (uint16_t)i, &spelled[i]);
	if (g.all.n >= WORD_GAP)
		return FAIL(scratch, INTERNAL, "more different words than the index holds");
	sort_vocabulary(&g);
	for (size_t i = 0; i < x->records.n; i++)
		place_words(x, (uint16_t)i, &spelled[i]);
	for (size_t i = 0; i < x->records.n; i++) {
		weigh_name(x, &x->records.items[i]);
		keep_marks(x, &x->records.items[i]);
	}
	return NULL;
}

/* --- looking up ------------------------------------------------------------ */

size_t index_word_from(const struct catalogue_index *x, str text)
{
	size_t from = 0, to = x->words.n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (str_compare(x->words.items[middle].text, text) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

size_t index_word_to(const struct catalogue_index *x, str prefix)
{
	size_t from = index_word_from(x, prefix), to = x->words.n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (str_starts(x->words.items[middle].text, prefix))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}
