/* SPDX-License-Identifier: Apache-2.0 */
/* uses.c - who names a thing, and deleting one that nobody names. */
#include "builder/edit_parts.h"

/* --- who names it -------------------------------------------------------------------- */
/* Lists of other things are looked at as those. */
static bool is_other_list(str key)
{
	static const char *const lists[] = { "fields", "fees", "free", "form", "samples",
		"components", "channels", "cases", "answers", "expect" };

	for (size_t i = 0; i < COUNT(lists); i++)
		if (str_eq(key, str_from(lists[i])))
			return true;
	return false;
}

static bool texts_name(const struct tree *t, str id)
{
	if (t->type == JSON_TEXT)
		return is_name(t->text, id);
	for (size_t i = 0; i < t->items.n; i++)
		if (texts_name(t->items.items[i], id))
			return true;
	return false;
}

static bool names_question(const struct tree *t, str id)
{
	static const char *const members[] = { "var", "missing", "missing_some", "linked",
		"field" };

	for (size_t i = 0; i < COUNT(members); i++)
		if (str_eq(t->key, str_from(members[i])))
			return texts_name(t, id);
	for (size_t i = 0; i < t->items.n; i++)
		if (!is_other_list(t->items.items[i]->key) && names_question(t->items.items[i], id))
			return true;
	return false;
}

struct asking {
	struct arena *a;
	struct tree *root;
	str id, page;                /* page: of a question that is asked for each item; else "" */
	const char *NULLABLE member; /* that holds the id of what is not a question */
	str within;                  /* a page that goes as a whole */
};

static bool names_it(const struct asking *x, const struct spot_of *s)
{
	if (x->member)
		return str_eq(tree_get_text(s->item, x->member), x->id);
	if (x->within.n &&
		(str_eq(s->key, x->within) || str_eq(key_parent(s->thing, s->key), x->within)))
		return false;
	if (!names_question(s->item, x->id))
		return false;
	return !x->page.n || str_eq(key_parent(s->thing, s->key), x->page) ||
		names_question(s->item, x->page);
}

static void gather(const struct asking *x, use_list *ret)
{
	for (size_t i = 0; things[i]; i++) {
		key_list keys = { 0 };
		if (!things[i]->list[0])
			continue;
		thing_keys(x->a, x->root, things[i], &keys);
		for (size_t k = 0; k < keys.n; k++) {
			struct spot_of s;
			if (thing_find(x->a, x->root, things[i], keys.items[k], &s) &&
				names_it(x, &s))
				*VEC_PUSH(x->a, ret) = (struct use){ s.thing, s.key,
					thing_title(x->a, s.thing, s.item) };
		}
	}
	const struct tree *start = x->member ? NULL : tree_get(x->root, "form.start");
	for (size_t i = 0; i < tree_count(start); i++)
		if (is_name(start->items.items[i]->text, x->id))
			*VEC_PUSH(x->a, ret) = (struct use){ &thing_form, S("tat-ca"),
				thing_title(x->a, &thing_form, x->root) };
}

static bool is_repeated(const struct tree *NULLABLE page)
{
	return tree_get(page, "repeat") != NULL;
}

static void uses_of_question(struct arena *a, struct tree *root, const struct tree *NULLABLE page,
	const struct tree *question, str within, use_list *ret)
{
	struct asking x = { a, root, tree_get_text(question, "id"),
		is_repeated(page) ? tree_get_text(page, "id") : S(""), NULL, within };

	gather(&x, ret);
}

void edit_uses(struct arena *a, struct tree *root, const struct spot_of *s, use_list *ret)
{
	struct asking x = { .a = a, .root = root, .id = s->key };
	struct spot_of page;

	if (s->thing == &thing_question) {
		bool found = thing_find(a, root, &thing_page, key_parent(s->thing, s->key), &page);
		uses_of_question(a, root, found ? page.item : NULL, s->item, S(""), ret);
	} else if (s->thing == &thing_page) {
		const struct tree *fields = tree_get(s->item, "fields");
		x.within = s->key;
		if (is_repeated(s->item))
			gather(&x, ret);
		for (size_t i = 0; i < tree_count(fields); i++)
			uses_of_question(a, root, s->item, fields->items.items[i], s->key, ret);
	} else if (s->thing == &thing_section && s->list && s->list->items.n == 1) {
		return; /* pages need not say it any more */
	} else if (s->thing == &thing_component || s->thing == &thing_purpose ||
		s->thing == &thing_section) {
		x.member = s->thing == &thing_component ? "component"
			: s->thing == &thing_purpose    ? "purpose"
							: "section";
		gather(&x, ret);
	}
}

/* --- deleting ------------------------------------------------------------------------- */
static void forget_members(struct tree *answers, str id)
{
	for (size_t i = answers->items.n; i > 0; i--)
		if (is_name(answers->items.items[i - 1]->key, id))
			tree_remove(answers, i - 1);
}

static void forget_answers(struct arena *a, struct tree *root, str page, str id)
{
	struct tree *samples = tree_get(root, "samples");

	for (size_t i = 0; i < tree_count(samples); i++) {
		struct tree *answers = tree_get(samples->items.items[i], "answers");
		struct tree *rows = page.n && answers ? tree_find(answers, page) : NULL;
		if (answers && !page.n)
			forget_members(answers, id);
		for (size_t k = 0; k < tree_count(rows); k++)
			forget_members(rows->items.items[k], id);
	}
}

static void forget_page(struct arena *a, struct tree *root, const struct tree *page)
{
	const struct tree *fields = tree_get(page, "fields");

	if (is_repeated(page))
		forget_answers(a, root, S(""), tree_get_text(page, "id"));
	for (size_t i = 0; i < tree_count(fields) && !is_repeated(page); i++)
		forget_answers(a, root, S(""), tree_get_text(fields->items.items[i], "id"));
}

void edit_delete(struct arena *a, struct tree *root, const struct spot_of *s)
{
	struct spot_of page;

	if (!s->list)
		return;
	if (s->thing == &thing_page)
		forget_page(a, root, s->item);
	if (s->thing == &thing_question &&
		thing_find(a, root, &thing_page, key_parent(s->thing, s->key), &page))
		forget_answers(a, root,
			is_repeated(page.item) ? key_parent(s->thing, s->key) : S(""),
			tree_get_text(s->item, "id"));
	tree_remove(s->list, s->at);
	/* The last section goes with its mark on every page, an empty list as a whole. */
	if (s->thing == &thing_section && !s->list->items.n)
		put_pages_into(a, root, S(""));
	if (!s->list->items.n && s->thing != &thing_question && s->thing != &thing_page &&
		s->thing != &thing_component && !s->thing->parent)
		tree_put(a, root, str_from(s->thing->list), NULL);
}
