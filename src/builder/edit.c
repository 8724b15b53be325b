/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/edit_parts.h"

#include "core/fold.h"
#include "view/tr.h"

#define ID_MOST 40

err edit_check(struct arena *a, str text, struct reading_of *ret)
{
	struct procedure *p = arena_make(a, struct procedure);

	TRY(procedure_parse(a, text, p));
	ret->procedure = *p;
	ret->has_form = p->form != NULL;
	return p->form ? form_parse(a, p, &ret->form) : NULL;
}

static void collect(
	struct arena *a, struct tree *root, const struct thing *t, str parent, key_list *ret)
{
	str within = t->parent ? arena_printf(a, STR_FMT ".", STR_ARG(parent)) : S("");
	const struct tree *list = thing_list(a, root, t, within, false);

	for (size_t i = 0; i < tree_count(list); i++)
		*VEC_PUSH(a, ret) = thing_key(a, t, parent, list, i);
}

void thing_keys(struct arena *a, struct tree *root, const struct thing *t, key_list *ret)
{
	key_list parents = { 0 };

	if (!t->parent) {
		collect(a, root, t, S(""), ret);
		return;
	}
	thing_keys(a, root, t->parent, &parents);
	for (size_t i = 0; i < parents.n; i++)
		collect(a, root, t, parents.items[i], ret);
}

/* --- ids ------------------------------------------------------------------------ */
static bool id_taken(const struct tree *NULLABLE t, str id)
{
	if (str_eq(tree_get_text(t, "id"), id))
		return true;
	for (size_t i = 0; i < tree_count(t); i++)
		if (id_taken(t->items.items[i], id))
			return true;
	return false;
}

/* "Số bản sao" is "so-ban-sao", a second one "so-ban-sao-b": figures behind a dash are the names of
 * radios. */
static str new_id(struct arena *a, const struct tree *root, str words, int number)
{
	str id = text_slug(a, words);

	id = str_part(id, 0, ID_MOST);
	while (str_ends(id, S("-")))
		id = str_part(id, 0, id.n - 1);
	if (!id.n || id.p[0] < 'a' || id.p[0] > 'z')
		id = arena_printf(a, "cau-" STR_FMT, STR_ARG(id));
	if (str_ends(id, S("-")))
		id = arena_printf(a, STR_FMT "moi", STR_ARG(id));
	str found = id;
	for (int i = 0; i < 26 * 26; i++) {
		if (i)
			found = arena_printf(a, STR_FMT "-%s%c", STR_ARG(id),
				i < 26 ? "" : (char[]){ (char)('a' + i / 26), '\0' }, 'a' + i % 26);
		if (!id_taken(root, found) && number-- == 0)
			break;
	}
	return found;
}

/* --- what is new ------------------------------------------------------------------ */
static struct tree *option_of(struct arena *a, const char *value, str label)
{
	struct tree *t = tree_new(a, JSON_MAP);

	tree_put_text(a, t, "value", str_from(value));
	tree_put_text(a, t, "label", label);
	return t;
}

/* What its kind cannot be without; the official goes on from there. */
void edit_furnish(struct arena *a, const struct tree *root, struct tree *q, str kind)
{
	struct tree *list = tree_new(a, JSON_LIST);
	const struct tree *components = tree_get(root, "components");
	unsigned bit = kind_bit(kind);

	if (bit & (kind_bit(S("one")) | kind_bit(S("many")) | kind_bit(S("quantity")))) {
		tree_insert(a, list, 0, option_of(a, "mot", S("Lựa chọn thứ nhất")));
		tree_insert(a, list, 1, option_of(a, "hai", S("Lựa chọn thứ hai")));
		if (!tree_get(q, "options") && !tree_get(q, "list"))
			tree_put(a, q, S("options"), list);
	}
	if (bit == kind_bit(S("paper")) && !tree_get(q, "component") && tree_count(components))
		tree_put_text(a, q, "component", tree_get_text(components->items.items[0], "id"));
	if (bit == kind_bit(S("computed")) && !tree_get(q, "value")) {
		struct tree *sum = tree_new(a, JSON_MAP), *zeros = tree_new(a, JSON_LIST);
		tree_insert(a, zeros, 0, tree_int_of(a, 0));
		tree_put(a, sum, S("+"), zeros);
		tree_put(a, q, S("value"), sum);
		tree_put_text(a, q, "as", S("integer"));
	}
	if (bit == kind_bit(S("note")) && !tree_get(q, "text"))
		tree_put_text(a, q, "text", S("…"));
}

static struct tree *question_of(
	struct arena *a, const struct tree *root, str label, str kind, int number)
{
	struct tree *q = tree_new(a, JSON_MAP);

	tree_put_text(a, q, "id", new_id(a, root, label, number));
	tree_put_text(a, q, "kind", kind);
	tree_put_text(a, q, "label", label);
	edit_furnish(a, root, q, kind);
	return q;
}

static struct tree *rule_unanswered(struct arena *a, str name)
{
	struct tree *rule = tree_new(a, JSON_MAP), *both = tree_new(a, JSON_LIST);
	struct tree *var = tree_new(a, JSON_MAP), *nothing = tree_new(a, JSON_NULL_);

	nothing->text = S("null");
	tree_put_text(a, var, "var", name);
	tree_insert(a, both, 0, var);
	tree_insert(a, both, 1, nothing);
	tree_put(a, rule, S("=="), both);
	return rule;
}

static struct tree *item_of(struct arena *a, struct tree *root, const struct thing *t,
	const struct newcomer *n, int number)
{
	struct tree *item = tree_new(a, JSON_MAP);

	if (t == &thing_question)
		return question_of(a, root, n->title, n->kind, number);
	if (t->id)
		tree_put_text(a, item, t->id, new_id(a, root, n->title, number));
	tree_put_text(a, item, t->title, n->title);
	if (t == &thing_page) {
		struct tree *fields = tree_new(a, JSON_LIST);
		tree_put(a, item, S("fields"), fields);
		tree_insert(a, fields, 0, question_of(a, root, n->question, n->kind, number));
	}
	if (t == &thing_component) {
		tree_put(a, item, S("required"), tree_true(a));
		tree_put(a, item, S("originals"), tree_int_of(a, 1));
	}
	if (t == &thing_check) {
		tree_put_text(a, item, "field", n->field);
		tree_put(a, item, S("when"), rule_unanswered(a, n->field));
	}
	if (t == &thing_sample) {
		tree_put(a, item, S("answers"), tree_new(a, JSON_MAP));
		tree_put(a, item, S("expect"), tree_new(a, JSON_MAP));
	}
	return item;
}

void edit_begin(struct arena *a, struct tree *root)
{
	struct newcomer first = {
		.title = S("Thông tin của bạn"), .kind = S("person"), .question = S("Bạn")
	};
	struct tree *form, *pages = tree_new(a, JSON_LIST);

	if (tree_get(root, "form"))
		return;
	form = tree_new(a, JSON_MAP);
	tree_put(a, root, S("form"), form);
	tree_put_text(a, form, "title", tree_get_text(root, "name"));
	tree_put_text(
		a, form, "declaration", S("Tôi cam đoan những thông tin trên là đúng sự thật."));
	tree_put(a, form, S("pages"), pages);
	struct tree *page = item_of(a, root, &thing_page, &first, 0);
	struct tree *person = tree_get(page, "fields")->items.items[0];
	tree_put_text(a, person, "prefill", S("account"));
	tree_put(a, person, S("required"), tree_true(a));
	tree_insert(a, pages, 0, page);
}

/* Sections come in one go: with the first one, pages must say theirs. */
void put_pages_into(struct arena *a, struct tree *root, str section)
{
	struct tree *pages = tree_get(root, "form.pages");

	for (size_t i = 0; i < tree_count(pages); i++)
		tree_put_text(a, pages->items.items[i], "section", section);
}

bool edit_add(struct arena *a, struct tree *root, const struct thing *t, str after,
	const struct newcomer *n, int number, str *ret_key)
{
	struct tree *list = thing_list(a, root, t, after, true);
	struct spot_of before;

	if (!list)
		return false;
	size_t at = thing_find(a, root, t, after, &before) ? before.at + 1 : list->items.n;
	struct tree *item = item_of(a, root, t, n, number);
	if (t == &thing_section && !list->items.n)
		put_pages_into(a, root, tree_get_text(item, "id"));
	if (t == &thing_page && tree_count(tree_get(root, "form.sections"))) {
		const struct tree *near = at ? list->items.items[at - 1] : NULL;
		tree_put_text(a, item, "section", tree_get_text(near, "section"));
	}
	tree_insert(a, list, at, item);
	*ret_key = thing_key(a, t, key_parent(t, after), list, at);
	return true;
}

/* --- duplicates ---------------------------------------------------------------------- */
bool is_name(str text, str id)
{
	return str_eq(text, id) || (str_starts(text, id) && text.n > id.n && text.p[id.n] == '.');
}

/* In rules, and where a question is named: {"var": "old"} becomes {"var": "new"}. */
static void rename_in(struct arena *a, struct tree *t, str old, str new)
{
	bool names = str_eq(t->key, S("var")) || str_eq(t->key, S("linked"));
	struct tree *text = t;

	if (names && t->type == JSON_LIST && t->items.n)
		text = t->items.items[0];
	if (names && text->type == JSON_TEXT && is_name(text->text, old))
		text->text = arena_printf(
			a, STR_FMT STR_FMT, STR_ARG(new), STR_ARG(str_from_at(text->text, old.n)));
	for (size_t i = 0; i < t->items.n; i++)
		rename_in(a, t->items.items[i], old, new);
}

static void rename_questions(struct arena *a, struct tree *root, struct tree *page, int number)
{
	struct tree *fields = tree_get(page, "fields");

	for (size_t i = 0; i < tree_count(fields); i++) {
		str old = tree_get_text(fields->items.items[i], "id");
		str new = new_id(a, root, old, number);
		tree_put_text(a, fields->items.items[i], "id", new);
		rename_in(a, page, old, new);
	}
}

bool edit_duplicate(
	struct arena *a, struct tree *root, const struct spot_of *s, int number, str *ret_key)
{
	if (!s->list)
		return false;
	struct tree *copy = tree_copy(a, s->item);
	str title = tree_get_text(copy, s->thing->title);

	if (s->thing->id)
		tree_put_text(a, copy, s->thing->id,
			new_id(a, root, tree_get_text(copy, s->thing->id), number));
	tree_put_text(
		a, copy, s->thing->title, arena_printf(a, STR_FMT " (bản sao)", STR_ARG(title)));
	if (s->thing == &thing_page)
		rename_questions(a, root, copy, number);
	tree_insert(a, s->list, s->at + 1, copy);
	*ret_key = thing_key(a, s->thing, key_parent(s->thing, s->key), s->list, s->at + 1);
	return true;
}

/* --- moving ------------------------------------------------------------------------- */
static void carry(struct arena *a, const struct spot_of *s, struct tree *to, size_t at)
{
	struct tree *item = s->item;

	tree_remove(s->list, s->at);
	if (to == s->list && at > s->at)
		at--;
	tree_insert(a, to, at, item);
}

static size_t place_of(const struct tree *list, const struct tree *item)
{
	size_t i = 0;

	while (i < list->items.n && list->items.items[i] != item)
		i++;
	return i;
}

bool edit_move(struct arena *a, struct tree *root, const struct spot_of *s, str after, str *ret_key)
{
	struct tree *to = thing_list(a, root, s->thing, after, false);
	struct spot_of before;
	str last = s->thing->parent ? key_last(after) : after;

	if (!to || !s->list)
		return false;
	if (thing_find(a, root, s->thing, after, &before))
		carry(a, s, to, before.at + 1);
	else if (!last.n)
		carry(a, s, to, 0);
	else
		return false;
	*ret_key = thing_key(a, s->thing, key_parent(s->thing, after), to, place_of(to, s->item));
	return true;
}

bool edit_shift(struct arena *a, struct tree *root, const struct spot_of *s, int by, str *ret_key)
{
	key_list parents = { 0 };
	str parent = key_parent(s->thing, s->key);

	if (!s->list)
		return false;
	if (by < 0 ? s->at > 0 : s->at + 1 < s->list->items.n) {
		carry(a, s, s->list, by < 0 ? s->at - 1 : s->at + 2);
		*ret_key = thing_key(a, s->thing, parent, s->list, place_of(s->list, s->item));
		return true;
	}
	if (s->thing != &thing_question)
		return false;
	thing_keys(a, root, s->thing->parent, &parents);
	for (size_t i = 0; i < parents.n; i++) {
		size_t other = i + (size_t)by;
		if (!str_eq(parents.items[i], parent) || other >= parents.n)
			continue;
		str within = arena_printf(a, STR_FMT ".", STR_ARG(parents.items[other]));
		struct tree *to = thing_list(a, root, s->thing, within, false);
		carry(a, s, to, by < 0 ? to->items.n : 0);
		*ret_key = thing_key(a, s->thing, parents.items[other], to, place_of(to, s->item));
		return true;
	}
	return false;
}
