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
	struct procedure *p = arena_make(a, struct procedure);
	*p = (struct procedure){ .components = { components, COUNT(components) } };
	err e = json_parse(a, text, &p->form);

	if (!e)
		e = form_parse(a, p, ret);
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
			HOLDS(field->id.n && field->question.label.n &&
				field->kind < FIELD_KIND_COUNT);
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
	/* Two items of each repeated page. */
	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		str row;
		if (p->repeat.on && !form_row_add(a, p, s, &row))
			answer_set(s, form_page_of_row(a, p, row).fields.items[0].id, given);
	}
	day today = day_from(2026, 11, 23);
	struct answers *once = form_applying(a, f, s, today);
	struct answers *twice = form_applying(a, f, once, today);
	HOLDS(str_eq(answers_json(a, once), answers_json(a, twice)));
	form_fees fees;
	form_findings found;
	struct form_source x = { .today = today };
	int64_t sum;
	form_fees_of(a, VIETNAMESE, f, CHANNEL_ONLINE, once, &fees, &sum);
	form_find(a, &x, f, once, &found);
	HOLDS(found.n <= LIMIT_FORM_CHECKS + (size_t)4 * LIMIT_FORM_FIELDS);
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
