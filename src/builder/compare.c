/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/compare.h"

#include "core/map.h"
#include "view/tr.h"

struct comparing {
	struct arena *a;
	enum language language;
	struct side before, after;
	change_list *changes;
};

/* --- words ----------------------------------------------------------------------- */
static str options_words(struct arena *a, enum language l, const struct tree *list)
{
	str *words = arena_array(a, str, list->items.n + 1);

	for (size_t i = 0; i < list->items.n; i++) {
		const struct tree *item = list->items.items[i];
		str label = tree_get_text(item, "label");
		words[i] = label.n ? label : tree_shown(a, item);
	}
	return str_join(a, words, list->items.n, S("; "));
}

static bool is_rule(str member)
{
	return str_eq(member, S("when")) || str_eq(member, S("required_when")) ||
		str_eq(member, S("count"));
}

str member_words(struct arena *a, enum language l, const struct form *NULLABLE f, str page,
	const struct tree *NULLABLE value)
{
	if (!value)
		return S("");
	if (f && is_rule(value->key))
		return condition_words(a, l, f, page, value);
	if (str_eq(value->key, S("kind")) && kind_at(value->text) < KIND_COUNT)
		return tr(l, kind_words[kind_at(value->text)].label);
	if (value->type == JSON_TEXT && choice_label(value->key, value->text).n)
		return tr(l, choice_label(value->key, value->text));
	if (value->type == JSON_BOOL)
		return tr(l, tree_is_true(value) ? TR("Có") : TR("Không"));
	if (value->type == JSON_LIST)
		return options_words(a, l, value);
	return str_head(tree_shown(a, value), 400);
}

static str label_of(const struct comparing *x, str member)
{
	str label = member_label(member);

	return label.n ? tr(x->language, label) : member;
}

static str place_words(const struct comparing *x, struct tree *root, const struct spot_of *s)
{
	struct spot_of parent;
	str own = arena_printf(x->a, STR_FMT " “" STR_FMT "”",
		STR_ARG(tr(x->language, s->thing->name)),
		STR_ARG(thing_title(x->a, s->thing, s->item)));

	if (!s->thing->parent || !s->thing->parent->slots ||
		!thing_find(x->a, root, s->thing->parent, key_parent(s->thing, s->key), &parent))
		return own;
	return arena_printf(
		x->a, STR_FMT ", " STR_FMT, STR_ARG(place_words(x, root, &parent)), STR_ARG(own));
}

/* --- members ----------------------------------------------------------------------- */
/* What is compared as things of its own, and what the portal itself sets. */
static bool is_skipped(str key)
{
	static const char *const keys[] = { "fields", "fees", "free", "pages", "sections", "checks",
		"purposes", "components", "cases", "channels", "samples", "id", "effective_from",
		"based_on", "$schema" };

	for (size_t i = 0; i < COUNT(keys); i++)
		if (str_eq(key, str_from(keys[i])))
			return true;
	return false;
}

static void note_member(const struct comparing *x, const struct spot_of *now, str place,
	const struct tree *NULLABLE before, const struct tree *NULLABLE after)
{
	str page = now->thing ? key_parent(now->thing, now->key) : S("");
	struct change c = { .kind = CHANGE_CHANGED,
		.thing = now->thing,
		.key = now->key,
		.place = place,
		.member = label_of(x, before ? before->key : after->key),
		.before = member_words(x->a, x->language, x->before.form, page, before),
		.after = member_words(x->a, x->language, x->after.form, page, after) };

	*VEC_PUSH(x->a, x->changes) = c;
}

static bool goes_into(const struct tree *NULLABLE t)
{
	return t && t->type == JSON_MAP &&
		(str_eq(t->key, S("repeat")) || str_eq(t->key, S("expect")) ||
			str_eq(t->key, S("form")));
}

static void compare_members(const struct comparing *x, const struct spot_of *now, str place,
	const struct tree *NULLABLE before, const struct tree *NULLABLE after)
{
	for (size_t i = 0; before && i < before->items.n; i++) {
		const struct tree *old = before->items.items[i], *new = tree_find(after, old->key);
		if (is_skipped(old->key) || tree_equal(old, new))
			continue;
		if (goes_into(old) || goes_into(new))
			compare_members(x, now, place, old, new);
		else
			note_member(x, now, place, old, new);
	}
	for (size_t i = 0; after && i < after->items.n; i++) {
		const struct tree *new = after->items.items[i];
		if (is_skipped(new->key) || tree_find(before, new->key))
			continue;
		if (goes_into(new))
			compare_members(x, now, place, NULL, new);
		else
			note_member(x, now, place, NULL, new);
	}
}

/* --- things -------------------------------------------------------------------------- */
/* What tells a thing from its likes in any version: its id, else its words; an item's question
 * with its page. */
static str identity(struct arena *a, struct tree *root, const struct spot_of *s)
{
	struct spot_of page;
	str own = s->thing->id ? tree_get_text(s->item, s->thing->id)
			       : tree_get_text(s->item, s->thing->title);
	str parent = key_parent(s->thing, s->key);

	if (s->thing == &thing_question && thing_find(a, root, &thing_page, parent, &page) &&
		!tree_get(page.item, "repeat"))
		parent = S("");
	return arena_printf(a, STR_FMT "/" STR_FMT, STR_ARG(parent), STR_ARG(own));
}

struct seen {
	str identity;
	struct spot_of spot;
	size_t place; /* among all of its kind */
	bool found, stays;
	const struct seen *NULLABLE other;
};
typedef VEC(struct seen) seen_list;

static void look(struct arena *a, struct tree *root, const struct thing *t, seen_list *ret,
	struct map **ret_index)
{
	key_list keys = { 0 };

	thing_keys(a, root, t, &keys);
	ret->items = arena_array(a, struct seen, keys.n);
	*ret_index = map_new(a, keys.n + 1);
	for (size_t i = 0; i < keys.n; i++) {
		struct seen *s = &ret->items[ret->n];
		if (!thing_find(a, root, t, keys.items[i], &s->spot))
			continue;
		s->identity = identity(a, root, &s->spot);
		s->place = ret->n++;
		map_put(*ret_index, s->identity, s);
	}
}

/* Of those that are in both, the most that kept their order; the rest was moved. */
static void mark_staying(struct arena *a, seen_list *after)
{
	size_t *length = arena_array(a, size_t, after->n + 1);
	size_t *from = arena_array(a, size_t, after->n + 1), best = after->n;

	for (size_t i = 0; i < after->n; i++) {
		if (!after->items[i].other)
			continue;
		length[i] = 1;
		from[i] = after->n;
		for (size_t k = 0; k < i; k++)
			if (after->items[k].other &&
				after->items[k].other->place < after->items[i].other->place &&
				length[k] + 1 > length[i]) {
				length[i] = length[k] + 1;
				from[i] = k;
			}
		if (best == after->n || length[i] > length[best])
			best = i;
	}
	while (best < after->n) {
		after->items[best].stays = true;
		best = from[best];
	}
}

static str behind(const struct comparing *x, const struct seen *s)
{
	const struct tree *list = s->spot.list;

	if (!s->spot.at)
		return tr(x->language, TR("ở đầu"));
	return arena_printf(x->a, STR_FMT " “" STR_FMT "”", STR_ARG(tr(x->language, TR("sau"))),
		STR_ARG(thing_title(x->a, s->spot.thing, list->items.items[s->spot.at - 1])));
}

static str where(const struct comparing *x, struct tree *root, const struct seen *s)
{
	struct spot_of page;

	if (s->spot.thing != &thing_question ||
		!thing_find(x->a, root, &thing_page, key_parent(s->spot.thing, s->spot.key), &page))
		return behind(x, s);
	return arena_printf(x->a, "“" STR_FMT "”, " STR_FMT,
		STR_ARG(thing_title(x->a, &thing_page, page.item)), STR_ARG(behind(x, s)));
}

static void compare_one(const struct comparing *x, const struct seen *s)
{
	str place = place_words(x, x->after.root, &s->spot);
	str parent = key_parent(s->spot.thing, s->spot.key);

	if (!s->other) {
		*VEC_PUSH(x->a, x->changes) = (struct change){ .kind = CHANGE_ADDED,
			.thing = s->spot.thing,
			.key = s->spot.key,
			.place = place };
		return;
	}
	if (!s->stays || !str_eq(parent, key_parent(s->other->spot.thing, s->other->spot.key)))
		*VEC_PUSH(x->a, x->changes) = (struct change){ .kind = CHANGE_MOVED,
			.thing = s->spot.thing,
			.key = s->spot.key,
			.place = place,
			.before = where(x, x->before.root, s->other),
			.after = where(x, x->after.root, s) };
	compare_members(x, &s->spot, place, s->other->spot.item, s->spot.item);
}

static void compare_things(const struct comparing *x, const struct thing *t)
{
	seen_list before = { 0 }, after = { 0 };
	struct map *index_before, *index_after;

	look(x->a, x->before.root, t, &before, &index_before);
	look(x->a, x->after.root, t, &after, &index_after);
	for (size_t i = 0; i < after.n; i++) {
		struct seen *other = map_find(index_before, after.items[i].identity);
		if (other && !other->found) {
			other->found = true;
			after.items[i].other = other;
		}
	}
	mark_staying(x->a, &after);
	for (size_t i = 0; i < before.n; i++)
		if (!before.items[i].found)
			*VEC_PUSH(x->a, x->changes) = (struct change){ .kind = CHANGE_REMOVED,
				.thing = t,
				.key = S(""),
				.place = place_words(x, x->before.root, &before.items[i].spot) };
	for (size_t i = 0; i < after.n; i++)
		compare_one(x, &after.items[i]);
}

void compare(
	struct arena *a, enum language l, struct side before, struct side after, change_list *ret)
{
	struct comparing x = { a, l, before, after, ret };
	struct spot_of whole = { .thing = &thing_form, .key = S("tat-ca"), .item = after.root };
	const struct tree *channels = tree_get(after.root, "channels");
	const struct tree *channels_before = tree_get(before.root, "channels");
	str place = tr(l, TR("Thông tin chung"));

	compare_members(&x, &whole, place, before.root, after.root);
	for (size_t i = 0; i < tree_count(channels) && i < tree_count(channels_before); i++)
		compare_members(&x, &whole, place, channels_before->items.items[i],
			channels->items.items[i]);
	for (size_t i = 0; things[i]; i++)
		if (things[i]->list[0])
			compare_things(&x, things[i]);
}
