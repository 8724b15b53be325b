/* SPDX-License-Identifier: Apache-2.0 */
/* merge.c - three ways: what both began as, ours, theirs. */
#include "builder/compare.h"
#include "core/map.h"
#include "view/tr.h"

struct merging {
	struct arena *a;
	enum language language;
	struct merge *m;
};
/* Where the merge is, on the stack. */
struct at {
	const struct at *NULLABLE up;
	str name, id; /* a member, or an item by its id */
	str title;    /* of an item, for people */
	const struct thing *NULLABLE thing;
};

static void put_path(struct buf *b, const struct at *NULLABLE p)
{
	if (!p)
		return;
	put_path(b, p->up);
	if (p->id.n)
		buf_printf(b, "[" STR_FMT "]", STR_ARG(p->id));
	else if (p->name.n)
		buf_printf(b, "%s" STR_FMT, b->n ? "." : "", STR_ARG(p->name));
}

static void put_place(struct buf *b, enum language l, const struct at *NULLABLE p)
{
	if (!p)
		return;
	put_place(b, l, p->up);
	if (p->title.n)
		buf_printf(b, "%s" STR_FMT " “" STR_FMT "”", b->n ? ", " : "",
			STR_ARG(p->thing ? tr(l, p->thing->name) : tr(l, TR("Lựa chọn"))),
			STR_ARG(p->title));
}

static bool was_taken(const struct merge *m, str path)
{
	for (size_t i = 0; i < m->taken.n; i++)
		if (str_eq(m->taken.items[i], path))
			return true;
	return false;
}

static const struct tree *NULLABLE clash(struct merging *x, const struct at *p,
	const struct tree *NULLABLE base, const struct tree *NULLABLE ours,
	const struct tree *NULLABLE theirs)
{
	struct buf path = buf_in(x->a, 4 * KIB), place = buf_in(x->a, 8 * KIB);
	str label = member_label(p->name);

	put_path(&path, p);
	put_place(&place, x->language, p);
	*VEC_PUSH(x->a, &x->m->conflicts) = (struct merge_conflict){
		.path = buf_str(&path),
		.place = place.n ? buf_str(&place) : tr(x->language, TR("Thông tin chung")),
		.member = p->id.n ? tr(x->language, TR("Cả mục"))
			: label.n ? tr(x->language, label)
				  : p->name,
		.base = member_words(x->a, x->language, NULL, S(""), base),
		.ours = member_words(x->a, x->language, NULL, S(""), ours),
		.theirs = member_words(x->a, x->language, NULL, S(""), theirs),
	};
	return was_taken(x->m, buf_str(&path)) ? theirs : ours;
}

/* --- lists of things with ids --------------------------------------------------------- */
static str identity(const struct tree *item)
{
	static const char *const members[] = { "id", "value", "channel", "code", "number", "name",
		"why" };

	for (size_t i = 0; i < COUNT(members); i++)
		if (tree_get_text(item, members[i]).n)
			return tree_get_text(item, members[i]);
	return S("");
}

static bool index_of(struct arena *a, const struct tree *NULLABLE list, struct map **ret)
{
	*ret = map_new(a, tree_count(list) + 1);
	for (size_t i = 0; i < tree_count(list); i++) {
		struct tree *item = list->items.items[i];
		str id = item->type == JSON_MAP ? identity(item) : S("");
		if (!id.n || map_find(*ret, id))
			return false;
		map_put(*ret, id, item);
	}
	return !list || list->type == JSON_LIST;
}

/* Those that both lists have, in the same order? */
static bool same_order(const struct tree *NULLABLE x, const struct map *in_x,
	const struct tree *NULLABLE y, const struct map *in_y)
{
	size_t k = 0;

	for (size_t i = 0; i < tree_count(x); i++) {
		str id = identity(x->items.items[i]);
		if (!map_find(in_y, id))
			continue;
		while (k < tree_count(y) && !map_find(in_x, identity(y->items.items[k])))
			k++;
		if (k >= tree_count(y) || !str_eq(identity(y->items.items[k++]), id))
			return false;
	}
	return true;
}

static size_t place_in(const struct tree *list, str id)
{
	size_t i = 0;

	while (i < list->items.n && !str_eq(identity(list->items.items[i]), id))
		i++;
	return i;
}

/* Behind what it stood behind on its own side. */
static void insert_behind(
	struct arena *a, struct tree *merged, const struct tree *side, size_t at, struct tree *item)
{
	for (size_t i = at; i > 0; i--) {
		size_t k = place_in(merged, identity(side->items.items[i - 1]));
		if (k < merged->items.n) {
			tree_insert(a, merged, k + 1, item);
			return;
		}
	}
	tree_insert(a, merged, 0, item);
}

static const struct thing *NULLABLE thing_of_list(str member)
{
	for (size_t i = 0; things[i]; i++) {
		str list = str_from(things[i]->list);
		if (str_eq(list, member) ||
			(str_starts(list, S("form.")) && str_eq(str_from_at(list, 5), member)))
			return things[i];
	}
	return NULL;
}

static const struct tree *NULLABLE merge_node(struct merging *x, const struct at *p,
	const struct tree *NULLABLE base, const struct tree *NULLABLE ours,
	const struct tree *NULLABLE theirs);

struct three {
	const struct tree *NULLABLE base, *ours, *theirs;
	struct map *in_base, *in_ours, *in_theirs;
};

static const struct tree *NULLABLE merge_item(
	struct merging *x, const struct at *p, const struct three *l, str id)
{
	const struct tree *ours = map_find(l->in_ours, id), *theirs = map_find(l->in_theirs, id);
	const struct thing *t = thing_of_list(p->name);
	const struct tree *named = ours ? ours : theirs;
	str title = t ? thing_title(x->a, t, named) : tree_get_text(named, "label");
	struct at here = { p, S(""), id, title.n ? title : id, t };

	return merge_node(x, &here, map_find(l->in_base, id), ours, theirs);
}

static struct tree *merge_list(struct merging *x, const struct at *p, const struct three *l)
{
	bool kept = same_order(l->ours, l->in_ours, l->base, l->in_base);
	const struct tree *first = kept ? l->theirs : l->ours, *second = kept ? l->ours : l->theirs;
	struct tree *merged = tree_new(x->a, JSON_LIST);

	for (size_t i = 0; i < first->items.n; i++) {
		const struct tree *item = merge_item(x, p, l, identity(first->items.items[i]));
		if (item)
			tree_insert(x->a, merged, merged->items.n, tree_copy(x->a, item));
	}
	for (size_t i = 0; i < second->items.n; i++) {
		str id = identity(second->items.items[i]);
		if (map_find(kept ? l->in_theirs : l->in_ours, id))
			continue;
		const struct tree *item = merge_item(x, p, l, id);
		if (item)
			insert_behind(x->a, merged, second, i, tree_copy(x->a, item));
	}
	return merged;
}

/* --- maps ------------------------------------------------------------------------------- */
/* A rule is one saying, and so are answers: they are taken from one side. */
static bool is_whole(str member)
{
	static const char *const members[] = { "when", "required_when", "value", "count",
		"answers" };

	for (size_t i = 0; i < COUNT(members); i++)
		if (str_eq(member, str_from(members[i])))
			return true;
	return false;
}

static void merge_member(struct merging *x, const struct at *up, struct tree *into, str key,
	const struct tree *NULLABLE base, const struct tree *ours, const struct tree *theirs)
{
	struct at p = { .up = up, .name = key };
	const struct tree *value = merge_node(
		x, &p, tree_find(base, key), tree_find(ours, key), tree_find(theirs, key));

	if (!value)
		return;
	struct tree *copy = tree_copy(x->a, value);
	copy->key = key;
	*VEC_PUSH(x->a, &into->items) = copy;
}

/* A member's name may have dots, which tree_find would take for a way. */
static bool has_member(const struct tree *t, str key)
{
	for (size_t i = 0; i < t->items.n; i++)
		if (str_eq(t->items.items[i]->key, key))
			return true;
	return false;
}

static struct tree *merge_map(struct merging *x, const struct at *p,
	const struct tree *NULLABLE base, const struct tree *ours, const struct tree *theirs)
{
	struct tree *merged = tree_new(x->a, JSON_MAP);

	for (size_t i = 0; i < ours->items.n; i++)
		merge_member(x, p, merged, ours->items.items[i]->key, base, ours, theirs);
	for (size_t i = 0; i < theirs->items.n; i++)
		if (!has_member(ours, theirs->items.items[i]->key))
			merge_member(x, p, merged, theirs->items.items[i]->key, base, ours, theirs);
	return merged;
}

static const struct tree *NULLABLE merge_node(struct merging *x, const struct at *p,
	const struct tree *NULLABLE base, const struct tree *NULLABLE ours,
	const struct tree *NULLABLE theirs)
{
	struct three l = { base, ours, theirs, NULL, NULL, NULL };

	if (tree_equal(ours, theirs) || tree_equal(base, theirs))
		return ours;
	if (tree_equal(base, ours))
		return theirs;
	if (!ours || !theirs || ours->type != theirs->type || is_whole(p->name))
		return clash(x, p, base, ours, theirs);
	if (base && base->type != ours->type)
		l.base = base = NULL;
	if (ours->type == JSON_MAP)
		return merge_map(x, p, base, ours, theirs);
	if (ours->type == JSON_LIST && index_of(x->a, base, &l.in_base) &&
		index_of(x->a, ours, &l.in_ours) && index_of(x->a, theirs, &l.in_theirs))
		return merge_list(x, p, &l);
	return clash(x, p, base, ours, theirs);
}

struct tree *merge_trees(struct arena *a, enum language l, const struct tree *base,
	const struct tree *ours, const struct tree *theirs, struct merge *m)
{
	struct merging x = { a, l, m };
	struct at root = { 0 };
	const struct tree *merged = merge_node(&x, &root, base, ours, theirs);

	return tree_copy(a, merged ? merged : ours);
}
