/* SPDX-License-Identifier: Apache-2.0 */
/* form_options.c - what can be chosen: from the definition or a code list, and of a choice that
 * depends on another what that one offers. */
#include "forms/parts.h"

static struct form_option option_of(const struct list_item *item)
{
	return (struct form_option){
		.value = item->code, .label = item->name, .label_en = item->name_en
	};
}

/* The answer that it depends on, of the same item when there is one. */
static str linked_answer(const struct form_field *f, const struct answers *s)
{
	struct logic_value facts = answers_facts_at(s, f->row);
	ARENA a = arena_new();
	struct logic_value v = logic_member(a, facts, f->linked);

	return v.type == LOGIC_TEXT ? v.text : S("");
}

bool form_option_offered(
	const struct form_field *f, const struct form_option *o, const struct answers *s)
{
	if (!f->linked.n || !o->of.n)
		return true;
	str chosen = linked_answer(f, s);
	for (size_t i = 0; i < o->of.n; i++)
		if (str_eq(o->of.items[i], chosen))
			return true;
	return false;
}

err form_options_of(struct arena *a, const struct form_source *x, const struct form_field *f,
	const struct answers *s, form_options *ret)
{
	struct list_item *items;
	size_t n;

	if (f->list.n) {
		TRY(code_list(x->conn, a, f->list, &items, &n));
		*ret = (form_options){ arena_array(a, struct form_option, n), n };
		for (size_t i = 0; i < n; i++)
			ret->items[i] = option_of(&items[i]);
		return NULL;
	}
	*ret = (form_options){ arena_array(a, struct form_option, f->options.n), 0 };
	for (size_t i = 0; i < f->options.n; i++)
		if (form_option_offered(f, &f->options.items[i], s))
			ret->items[ret->n++] = f->options.items[i];
	return NULL;
}

err form_option_get(struct arena *a, const struct form_source *x, const struct form_field *f,
	str value, const struct form_option *NULLABLE *ret)
{
	const form_options written = { f->options.items, f->options.n };
	struct list_item item;
	bool found;

	*ret = form_option_find(&written, value);
	if (!f->list.n)
		return NULL;
	TRY(code_list_find(x->conn, a, f->list, value, &item, &found));
	if (!found)
		return NULL;
	struct form_option *option = arena_make(a, struct form_option);
	*option = option_of(&item);
	*ret = option;
	return NULL;
}

const struct form_option *NULLABLE form_option_find(const form_options *options, str value)
{
	for (size_t i = 0; i < options->n; i++)
		if (str_eq(options->items[i].value, value))
			return &options->items[i];
	return NULL;
}
