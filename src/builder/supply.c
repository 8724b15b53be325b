/* SPDX-License-Identifier: Apache-2.0 */
/* supply.c - the choices that a member offers. */
#include "builder/bench.h"

struct supplying {
	struct arena *a;
	const struct bench *bench;
	str chosen;
	VEC(struct option) options;
};

static void put(struct supplying *x, str value, str label)
{
	*VEC_PUSH(x->a, &x->options) = (struct option){
		.value = value, .label = label, .chosen = str_eq(value, x->chosen)
	};
}

static void put_things(struct supplying *x, const struct thing *t)
{
	const struct tree *list = tree_get(x->bench->root, t->list);

	for (size_t i = 0; i < tree_count(list); i++)
		put(x, tree_get_text(list->items.items[i], "id"),
			thing_title(x->a, t, list->items.items[i]));
}

/* Those that every form has; of a person or an address the account fills in all, or nothing. */
static void put_words(struct supplying *x, const struct spot_of *spot, enum supply supply)
{
	bool group = kind_at(tree_get_text(spot->item, "kind")) >= FIELD_KIND_COUNT;

	for (size_t i = 0; choice_word(i); i++) {
		const struct choice_word *w = choice_word(i);
		bool whole = str_eq(w->value, S("account"));
		if (w->supply == supply && (supply != SUPPLY_PREFILLS || whole == group))
			put(x, w->value, tr(x->bench->language, w->label));
	}
}

static void put_parts(struct supplying *x, const struct spot_of *spot)
{
	str kind = tree_get_text(spot->item, "kind"), word, label, label_en;

	for (size_t i = 0; form_part_word(kind, i, &word, &label, &label_en); i++)
		put(x, word, form_text(x->bench->language, label, label_en));
}

static bool suits(const struct form_field *f, enum supply supply)
{
	bool number = f->kind == FIELD_INTEGER || f->kind == FIELD_NUMBER || f->kind == FIELD_MONEY;

	switch (supply) {
	case SUPPLY_NUMBERS:
		return number ||
			(f->kind == FIELD_COMPUTED && f->as != FIELD_TEXT && f->as != FIELD_DATE);
	case SUPPLY_ONE: return f->kind == FIELD_ONE;
	case SUPPLY_START:
		return f->kind == FIELD_YES_NO || f->kind == FIELD_ONE || f->kind == FIELD_MANY ||
			f->kind == FIELD_INTEGER || f->kind == FIELD_DATE ||
			f->kind == FIELD_COMMUNE;
	case SUPPLY_QUESTIONS: return f->kind != FIELD_NOTE;
	case SUPPLY_NONE:
	case SUPPLY_KINDS:
	case SUPPLY_SECTIONS:
	case SUPPLY_PURPOSES:
	case SUPPLY_COMPONENTS:
	case SUPPLY_PREFILLS:
	case SUPPLY_WIDTHS:
	case SUPPLY_AS:
	case SUPPLY_PARTS:
	case SUPPLY_CURRENCIES:
	case SUPPLY_LISTS: break;
	}
	return false;
}

static void put_questions(struct supplying *x, const struct spot_of *spot, enum supply supply)
{
	nameable_list names = { 0 };

	if (!bench_form(x->bench))
		return;
	condition_names(x->a, x->bench->language, bench_form(x->bench), spot, &names);
	for (size_t i = 0; i < names.n; i++)
		if (suits(names.items[i].field, supply))
			put(x, names.items[i].field->name, names.items[i].label);
}

/* Without the database there is nothing to choose from. */
static void put_lists(struct supplying *x)
{
	struct list_name *lists;
	size_t n;

	if (code_list_names(x->bench->conn, x->a, &lists, &n))
		return;
	for (size_t i = 0; i < n; i++)
		put(x, lists[i].list,
			FILL(x->a, x->bench->language, TR("{ten}: {n} lựa chọn"), S("ten"),
				lists[i].list, S("n"),
				arena_printf(x->a, "%lld", (long long)lists[i].items)));
}

option_list supply_options(struct arena *a, const struct bench *b, const struct spot_of *spot,
	enum supply supply, str chosen)
{
	struct supplying x = { .a = a, .bench = b, .chosen = chosen };

	switch (supply) {
	case SUPPLY_NONE: break;
	case SUPPLY_KINDS:
		for (size_t i = 0; i < KIND_COUNT; i++)
			put(&x, str_from(kind_words[i].word), tr(b->language, kind_words[i].label));
		break;
	case SUPPLY_SECTIONS: put_things(&x, &thing_section); break;
	case SUPPLY_PURPOSES: put_things(&x, &thing_purpose); break;
	case SUPPLY_COMPONENTS: put_things(&x, &thing_component); break;
	case SUPPLY_PREFILLS:
	case SUPPLY_WIDTHS:
	case SUPPLY_AS:
	case SUPPLY_CURRENCIES: put_words(&x, spot, supply); break;
	case SUPPLY_PARTS: put_parts(&x, spot); break;
	case SUPPLY_LISTS: put_lists(&x); break;
	case SUPPLY_QUESTIONS:
	case SUPPLY_NUMBERS:
	case SUPPLY_ONE:
	case SUPPLY_START: put_questions(&x, spot, supply); break;
	}
	return (option_list){ x.options.items, x.options.n };
}
