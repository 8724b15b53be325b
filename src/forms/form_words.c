/* SPDX-License-Identifier: Apache-2.0 */
/* form_words.c - the words of a definition in the reader's language. */
#include "forms/parts.h"

str form_text(enum language l, str vietnamese, str english)
{
	return l == ENGLISH && english.n ? english : vietnamese;
}

str form_label(enum language l, const struct form_field *f)
{
	return form_text(l, f->question.label, f->question.label_en);
}

str form_full_label(struct arena *a, enum language l, const struct form_field *f)
{
	const struct form_question *q = f->group ? &f->group->question : NULL;

	return q ? arena_printf(a, STR_FMT ": " STR_FMT,
			   STR_ARG(form_text(l, q->label, q->label_en)), STR_ARG(form_label(l, f)))
		 : form_label(l, f);
}

str form_input_id(struct arena *a, const struct form_field *f)
{
	const char *part = f->kind == FIELD_DATE ? "-ngay"
		: f->kind == FIELD_COMMUNE       ? "-tinh"
						 : "";

	return arena_printf(a, STR_FMT "%s", STR_ARG(f->id), part);
}

const struct form_field *NULLABLE form_field_named(const struct form *f, str name)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (str_eq(f->pages.items[i].fields.items[k].id, name))
				return &f->pages.items[i].fields.items[k];
	return NULL;
}
