/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/tree.h"

#include <string.h>

#define LINE_MOST 110

/* Known members, in the order in which they are written; others follow as they stood. */
static const char *const order[] = { "$schema", "based_on", "id", "kind", "code", "channel",
	"value", "number", "name", "name_en", "title", "title_en", "label", "label_en",
	"effective_from", "declaration", "declaration_en", "hint", "hint_en", "explain",
	"explain_en", "text", "text_en", "intro", "intro_en", "section", "error", "error_en",
	"required", "required_when", "when", "parts", "optional_parts", "options", "list", "linked",
	"of", "component", "as", "least", "most", "decimals", "unit", "unit_en", "past", "future",
	"partial", "expires", "history", "pattern", "pattern_error", "pattern_error_en", "prefill",
	"remember", "purpose", "autocomplete", "width", "repeat", "sections", "start", "purposes" };
/* Long lists come last. */
static const char *const last[] = { "fields", "pages", "checks", "form", "answers", "expect",
	"samples" };

static size_t rank_of(str key)
{
	for (size_t i = 0; i < COUNT(order); i++)
		if (str_eq(key, str_from(order[i])))
			return i;
	for (size_t i = 0; i < COUNT(last); i++)
		if (str_eq(key, str_from(last[i])))
			return COUNT(order) + 1 + i;
	return COUNT(order);
}

struct tree *tree_new(struct arena *a, enum json_type type)
{
	struct tree *t = arena_make(a, struct tree);

	t->type = type;
	return t;
}

struct tree *tree_text_of(struct arena *a, str text)
{
	struct tree *t = tree_new(a, JSON_TEXT);

	t->text = text;
	return t;
}

struct tree *tree_int_of(struct arena *a, int64_t n)
{
	struct tree *t = tree_new(a, JSON_INT);

	t->text = arena_printf(a, "%lld", (long long)n);
	return t;
}

struct tree *tree_true(struct arena *a)
{
	struct tree *t = tree_new(a, JSON_BOOL);

	t->text = S("true");
	return t;
}

static str scalar_text(struct arena *a, const struct json *NULLABLE j)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };

	if (json_type(j) == JSON_TEXT)
		return json_text(j);
	json_put(&o, j);
	return buf_str(&b);
}

struct tree *tree_of(struct arena *a, const struct json *NULLABLE j)
{
	struct tree *t = tree_new(a, json_type(j));

	if (t->type != JSON_MAP && t->type != JSON_LIST) {
		t->text = scalar_text(a, j);
		return t;
	}
	for (struct json_each e = { .of = j }; json_next(&e);) {
		struct tree *item = tree_of(a, e.value);
		item->key = t->type == JSON_MAP ? e.key : S("");
		*VEC_PUSH(a, &t->items) = item;
	}
	return t;
}

err tree_parse(struct arena *a, str text, struct tree **ret)
{
	const struct json *j;

	if (text.n > LIMIT_DEFINITION)
		return FAIL(a, TOO_LARGE, "a definition of %zu bytes", text.n);
	TRY(json_parse(a, text, &j));
	*ret = tree_of(a, j);
	return NULL;
}

struct tree *tree_copy(struct arena *a, const struct tree *t)
{
	struct tree *copy = arena_make(a, struct tree);

	*copy = (struct tree){ .type = t->type, .key = t->key, .text = t->text };
	for (size_t i = 0; i < t->items.n; i++)
		*VEC_PUSH(a, &copy->items) = tree_copy(a, t->items.items[i]);
	return copy;
}

static struct tree *NULLABLE member_of(const struct tree *NULLABLE t, str key)
{
	for (size_t i = 0; t && t->type == JSON_MAP && i < t->items.n; i++)
		if (str_eq(t->items.items[i]->key, key))
			return t->items.items[i];
	return NULL;
}

bool tree_equal(const struct tree *NULLABLE x, const struct tree *NULLABLE y)
{
	if (!x || !y)
		return x == y;
	if (x->type != y->type || !str_eq(x->text, y->text) || x->items.n != y->items.n)
		return false;
	for (size_t i = 0; i < x->items.n; i++) {
		const struct tree *item = x->items.items[i];
		const struct tree *other =
			x->type == JSON_MAP ? member_of(y, item->key) : y->items.items[i];
		if (!tree_equal(item, other))
			return false;
	}
	return true;
}

/* --- looking ----------------------------------------------------------------- */
struct tree *NULLABLE tree_find(const struct tree *NULLABLE t, str path)
{
	str piece;

	while (t && path.n) {
		str_cut(path, '.', &piece, &path);
		t = member_of(t, piece);
	}
	return (struct tree *)t;
}

struct tree *NULLABLE tree_get(const struct tree *NULLABLE t, const char *path)
{
	return tree_find(t, str_from(path));
}

str tree_get_text(const struct tree *NULLABLE t, const char *path)
{
	const struct tree *found = tree_get(t, path);

	return found && found->type == JSON_TEXT ? found->text : S("");
}

bool tree_is_true(const struct tree *NULLABLE t)
{
	return t && t->type == JSON_BOOL && str_eq(t->text, S("true"));
}

str tree_shown(struct arena *a, const struct tree *NULLABLE t)
{
	if (!t)
		return S("");
	return t->type == JSON_TEXT ? t->text : tree_line(a, t);
}

/* --- changing ---------------------------------------------------------------- */
static void drop_member(struct tree *t, str key)
{
	for (size_t i = 0; i < t->items.n; i++)
		if (str_eq(t->items.items[i]->key, key)) {
			tree_remove(t, i);
			return;
		}
}

void tree_put(struct arena *a, struct tree *t, str path, struct tree *NULLABLE value)
{
	str key, rest;
	struct tree *member;

	str_cut(path, '.', &key, &rest);
	member = member_of(t, key);
	if (rest.n) {
		if (!member && !value)
			return;
		if (!member || member->type != JSON_MAP) {
			drop_member(t, key);
			member = tree_new(a, JSON_MAP);
			member->key = key;
			*VEC_PUSH(a, &t->items) = member;
		}
		tree_put(a, member, rest, value);
		if (!value && !member->items.n)
			drop_member(t, key);
	} else if (!value) {
		drop_member(t, key);
	} else if (member) {
		*member = *value;
		member->key = key;
	} else {
		value->key = key;
		*VEC_PUSH(a, &t->items) = value;
	}
}

void tree_put_text(struct arena *a, struct tree *t, const char *path, str text)
{
	tree_put(a, t, str_from(path), text.n ? tree_text_of(a, text) : NULL);
}

void tree_insert(struct arena *a, struct tree *list, size_t at, struct tree *item)
{
	(void)VEC_PUSH(a, &list->items);
	struct tree **items = list->items.items;

	if (at >= list->items.n)
		at = list->items.n - 1;
	memmove(items + at + 1, items + at, (list->items.n - 1 - at) * sizeof *items);
	item->key = S("");
	items[at] = item;
}

void tree_remove(struct tree *list, size_t at)
{
	struct tree **items = list->items.items;

	memmove(items + at, items + at + 1, (list->items.n - 1 - at) * sizeof *items);
	list->items.n--;
}

/* --- writing ----------------------------------------------------------------- */
/* Rules and answers keep their order: only members that are known are sorted, and stably. */
static struct tree **sorted(struct arena *a, const struct tree *t)
{
	struct tree **items = arena_array(a, struct tree *, t->items.n + 1);

	for (size_t i = 0; i < t->items.n; i++) {
		size_t at = i, rank = rank_of(t->items.items[i]->key);
		while (t->type == JSON_MAP && at && rank_of(items[at - 1]->key) > rank) {
			items[at] = items[at - 1];
			at--;
		}
		items[at] = t->items.items[i];
	}
	return items;
}

static void put_text(struct buf *b, str text)
{
	struct json_out o = { .b = b };

	json_put_text(&o, text);
}

static void put_start(struct buf *b, const struct tree *t, bool in_map)
{
	if (in_map) {
		put_text(b, t->key);
		buf_add(b, S(": "));
	}
}

static void put_line(struct buf *b, const struct tree *t)
{
	bool map = t->type == JSON_MAP;

	if (!map && t->type != JSON_LIST) {
		if (t->type == JSON_TEXT)
			put_text(b, t->text);
		else
			buf_add(b, t->text);
		return;
	}
	struct tree **items = sorted(b->a, t);
	buf_add(b, map ? S("{") : S("["));
	for (size_t i = 0; i < t->items.n && !b->overflow; i++) {
		buf_add(b, i ? S(", ") : map ? S(" ") : S(""));
		put_start(b, items[i], map);
		put_line(b, items[i]);
	}
	buf_add(b, !map ? S("]") : t->items.n ? S(" }") : S("}"));
}

str tree_line(struct arena *a, const struct tree *t)
{
	struct buf b = buf_in(a, LIMIT_DEFINITION);

	put_line(&b, t);
	return buf_str(&b);
}

static void indent(struct buf *b, size_t depth)
{
	buf_char(b, '\n');
	for (size_t i = 0; i < depth; i++)
		buf_add(b, S("  "));
}

static void put_pretty(struct buf *b, const struct tree *t, size_t depth)
{
	bool map = t->type == JSON_MAP;
	ARENA scratch = arena_new();
	struct buf line = buf_in(scratch, LINE_MOST);

	put_line(&line, t);
	if ((!line.overflow && depth) || (!map && t->type != JSON_LIST) || !t->items.n) {
		put_line(b, t);
		return;
	}
	struct tree **items = sorted(b->a, t);
	buf_char(b, map ? '{' : '[');
	for (size_t i = 0; i < t->items.n && !b->overflow; i++) {
		if (i)
			buf_char(b, ',');
		indent(b, depth + 1);
		put_start(b, items[i], map);
		put_pretty(b, items[i], depth + 1);
	}
	indent(b, depth);
	buf_char(b, map ? '}' : ']');
}

err tree_text(struct arena *a, const struct tree *t, str *ret)
{
	struct buf b = buf_in(a, LIMIT_DEFINITION);

	put_pretty(&b, t, 0);
	buf_char(&b, '\n');
	if (b.overflow)
		return FAIL(a, TOO_LARGE, "a definition beyond its limit");
	*ret = buf_str(&b);
	return NULL;
}
