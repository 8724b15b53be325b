/* SPDX-License-Identifier: Apache-2.0 */
/* Any text is a definition or refused as one; what was taken keeps its promises for any answers. */
#include "forms/form.h"
#include "fuzz/fuzz.h"

static bool parse(struct arena *a, str text, struct form *ret)
{
	static struct component components[] = {
		{ .id = S("giay-a"), .name = S("A"), .required = true },
		{ .id = S("ghi-chu"), .name = S("B"), .note = true },
	};
	struct procedure p = { .components = { components, COUNT(components) } };
	err e = json_parse(a, text, &p.form);

	if (!e)
		e = form_parse(a, &p, ret);
	HOLDS(!e || e->kind == ERR_INVALID);
	HOLDS(!e || str_is_utf8(e->detail) || !str_is_utf8(text));
	return !e;
}

static void check_shape(const struct form *f)
{
	size_t n = 0;

	HOLDS(f->title.n && f->pages.n && f->pages.n <= LIMIT_FORM_PAGES);
	for (size_t i = 0; i < f->pages.n; i++) {
		HOLDS(f->pages.items[i].id.n && f->pages.items[i].fields.n);
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++, n++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			HOLDS(field->id.n && field->label.n && field->kind < FIELD_KIND_COUNT);
			HOLDS(!field->has_least || !field->has_most || field->least <= field->most);
			HOLDS((field->kind == FIELD_PAPER) == (field->component.n > 0));
		}
	}
	HOLDS(n <= LIMIT_FORM_FIELDS);
}

/* What applies of what applies is the same, whatever was answered. */
static void check_applying(struct arena *a, const struct form *f, str given)
{
	struct answers *s = answers_new(a);

	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			str value = field->options.n ? field->options.items[0].value : given;
			answer_set(s, field->id, field->kind == FIELD_YES_NO ? S("yes") : value);
		}
	struct answers *once = form_applying(a, f, s), *twice = form_applying(a, f, once);
	HOLDS(str_eq(answers_json(a, once), answers_json(a, twice)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const given[] = { "", "1", "2026-11-23", "x" };
	ARENA a = arena_new();
	struct form f;

	if (!parse(a, (str){ (const char *)data, size }, &f))
		return 0;
	check_shape(&f);
	for (size_t i = 0; i < COUNT(given); i++)
		check_applying(a, &f, str_from(given[i]));
	return 0;
}
