/* SPDX-License-Identifier: Apache-2.0 */
/* trial_sample.c - answers as samples write them. */
#include "builder/trial.h"

static bool is_decimal(str s)
{
	size_t points = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && i && i + 1 < s.n)
			points++;
		else if (!(s.p[i] >= '0' && s.p[i] <= '9') && !(s.p[i] == '-' && !i && s.n > 1))
			return false;
	}
	return s.n > 0 && s.n < 16 && points < 2 && !(s.n > 1 && s.p[0] == '0' && s.p[1] != '.');
}

static struct tree *answer_tree(struct arena *a, const struct form_field *f, str value)
{
	bool number = f->kind == FIELD_INTEGER || f->kind == FIELD_NUMBER || f->kind == FIELD_MONEY;
	struct tree *list = tree_new(a, JSON_LIST);
	str piece;
	int64_t n = 0;

	if (f->kind == FIELD_MANY || f->kind == FIELD_PAPER) {
		while (f->kind == FIELD_MANY && answer_next(&value, &piece))
			tree_insert(a, list, list->items.n, tree_text_of(a, piece));
		for (; f->kind == FIELD_PAPER && value.n; n++)
			str_cut(value, ',', &piece, &value);
		return f->kind == FIELD_PAPER ? tree_int_of(a, n) : list;
	}
	struct tree *t = tree_text_of(a, value);
	if (number && is_decimal(value))
		t->type = str_has(value, S(".")) ? JSON_DOUBLE : JSON_INT;
	return t;
}

/* {"cha": {"ho-ten": …}}: the first point of a name is the question's. */
static void put_answer(struct arena *a, struct tree *into, str name, struct tree *value)
{
	str question, part;
	struct tree *map = into;

	if (str_cut(name, '.', &question, &part)) {
		map = tree_find(into, question);
		if (!map) {
			tree_put(a, into, question, tree_new(a, JSON_MAP));
			map = tree_find(into, question);
		}
		name = part;
	}
	value->key = name;
	*VEC_PUSH(a, &map->items) = value;
}

static void put_fields(
	const struct trial *x, struct arena *a, const struct form_page *p, struct tree *into)
{
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		str value = answer(x->applying, f->id);
		if (value.n && f->kind != FIELD_COMPUTED && f->kind != FIELD_NOTE)
			put_answer(a, into, f->name, answer_tree(a, f, value));
	}
}

static struct tree *answers_tree(struct arena *a, const struct trial *x)
{
	struct tree *all = tree_new(a, JSON_MAP);

	for (size_t i = 0; i < x->form->pages.n; i++) {
		const struct form_page *p = &x->form->pages.items[i];
		if (!form_page_applies(x->form, p, x->applying))
			continue;
		if (!p->repeat.on) {
			put_fields(x, a, p, all);
			continue;
		}
		form_row_ids rows = form_rows(a, p, x->applying);
		struct tree *list = tree_new(a, JSON_LIST);
		for (size_t k = 0; k < rows.n; k++) {
			struct form_page item = form_page_of_row(a, p, rows.items[k]);
			struct tree *map = tree_new(a, JSON_MAP);
			put_fields(x, a, &item, map);
			tree_insert(a, list, k, map);
		}
		tree_put(a, all, p->id, list);
	}
	return all;
}

static struct tree *words_tree(struct arena *a, const form_remarks *words)
{
	struct tree *list = tree_new(a, JSON_LIST);

	for (size_t i = 0; i < words->n; i++)
		tree_insert(a, list, i, tree_text_of(a, words->items[i]));
	return list;
}

struct tree *sample_tree(
	struct arena *a, const struct trial *x, str name, const struct form_outcome *out)
{
	struct tree *sample = tree_new(a, JSON_MAP), *expect = tree_new(a, JSON_MAP);

	tree_put_text(a, sample, "name", name);
	tree_put_text(a, sample, "today", day_iso(a, x->source.today));
	tree_put(a, sample, S("answers"), answers_tree(a, x));
	tree_put(a, sample, S("expect"), expect);
	tree_put(a, expect, S("pages"), words_tree(a, &out->pages));
	tree_put(a, expect, S("papers"), words_tree(a, &out->papers));
	tree_put(a, expect, S("fee"), tree_int_of(a, out->fee));
	tree_put_text(a, expect, "limit", out->limit);
	if (out->errors.n)
		tree_put(a, expect, S("errors"), words_tree(a, &out->errors));
	if (out->checks.n)
		tree_put(a, expect, S("checks"), words_tree(a, &out->checks));
	return sample;
}
