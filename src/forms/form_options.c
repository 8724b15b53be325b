/* SPDX-License-Identifier: Apache-2.0 */
/* The words of a definition: labels in the reader's language, and what can be chosen. */
#include "forms/parts.h"

str form_text(enum language l, str vietnamese, str english)
{
	return l == ENGLISH && english.n ? english : vietnamese;
}

str form_label(enum language l, const struct form_field *f)
{
	return form_text(l, f->label, f->label_en);
}

static struct form_option option_of(const struct list_item *item)
{
	return (struct form_option){ item->code, item->name, item->name_en };
}

err form_options_of(
	struct arena *a, const struct form_source *x, const struct form_field *f, form_options *ret)
{
	struct list_item *items;
	size_t n;

	*ret = (form_options){ f->options.items, f->options.n };
	if (!f->list.n)
		return NULL;
	TRY(code_list(x->conn, a, f->list, &items, &n));
	*ret = (form_options){ arena_array(a, struct form_option, n), n };
	for (size_t i = 0; i < n; i++)
		ret->items[i] = option_of(&items[i]);
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
