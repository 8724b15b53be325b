/* SPDX-License-Identifier: Apache-2.0 */
/* form_publish.c - what a definition must have beside being right: code lists that exist, a place
 * for each paper that is needed, samples that come out as they say. A published form is read
 * without these checks, so that one of before stays readable. */
#include "forms/definition.h"
#include "forms/sample.h"

/* --- code lists ------------------------------------------------------------------------ */
static err check_list(struct conn *c, struct arena *a, str list, const struct place *up)
{
	struct place at = { .up = up, .name = S("list") };
	struct list_item *items;
	size_t n;

	if (!list.n)
		return NULL;
	TRY(code_list(c, a, list, &items, &n));
	return n ? NULL : FAULT(a, &at, "no code list \"" STR_FMT "\"", STR_ARG(list));
}

err form_lists_check(struct conn *c, struct arena *a, const struct form *f)
{
	const struct json *list = json_get(f->procedure->form, "pages");
	struct place form = { .name = S("form") }, pages = { .up = &form, .name = S("pages") };

	for (size_t i = 0; i < json_count(list); i++) {
		const struct json *questions = json_get(json_at(list, i), "fields");
		struct place page = { .up = &pages, .at = i };
		struct place fields = { .up = &page, .name = S("fields") };
		for (size_t k = 0; k < json_count(questions); k++) {
			struct place at = { .up = &fields, .at = k };
			TRY(check_list(c, a, json_get_text(json_at(questions, k), "list"), &at));
		}
	}
	return NULL;
}

bool form_asks_lists(const struct form *f)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (f->pages.items[i].fields.items[k].list.n)
				return true;
	return false;
}

/* --- papers ------------------------------------------------------------------------------ */
static bool is_asked_for(const struct form *f, str component)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (f->pages.items[i].fields.items[k].kind == FIELD_PAPER &&
				str_eq(f->pages.items[i].fields.items[k].component, component))
				return true;
	return false;
}

/* A dossier would be received without it. */
err form_papers_check(struct arena *a, const struct form *f)
{
	struct place components = { .name = S("components") };

	for (size_t i = 0; i < f->procedure->components.n; i++) {
		const struct component *c = &f->procedure->components.items[i];
		struct place at = { .up = &components, .at = i };
		if (c->required && !c->note && !is_asked_for(f, c->id))
			return FAULT(a, &at,
				"is required, but no question of the kind paper asks for it");
	}
	return NULL;
}

/* --- may it be published? ---------------------------------------------------------------- */
static bool expects_errors(const struct form *f)
{
	for (size_t i = 0; i < form_sample_count(f); i++)
		if (json_count(json_get(
			    json_get(json_at(f->procedure->samples, i), "expect"), "errors")))
			return true;
	return false;
}

err form_samples_enough(struct arena *a, const struct form *f)
{
	return form_sample_count(f) < 3 || !expects_errors(f)
		? FAIL(a, INVALID, "samples: at least three, one of them with errors")
		: NULL;
}

err form_publishable(struct conn *c, struct arena *a, str definition)
{
	struct procedure p;
	struct form f;
	form_remarks remarks;

	TRY(procedure_parse(a, definition, &p));
	if (!p.form)
		return NULL;
	TRY(form_parse(a, &p, &f));
	TRY(form_lists_check(c, a, &f));
	TRY(form_papers_check(a, &f));
	TRY(form_samples_enough(a, &f));
	TRY(form_samples_run(c, a, &f, &remarks));
	return remarks.n ? FAIL(a, INVALID, STR_FMT, STR_ARG(remarks.items[0])) : NULL;
}
