/* SPDX-License-Identifier: Apache-2.0 */
/* A definition is taken whole or not at all: what is unknown, of another type or contradicts itself
 * is refused with its path. docs/forms.md is the other side of these tables. */
#include "forms/definition.h"

/* clang-format off */
static const struct member form_members[] = {
	{ AT(form, title), JSON_TEXT, true },
	{ AT(form, title_en), JSON_TEXT },
	{ AT(form, declaration), JSON_TEXT, true },
	{ AT(form, declaration_en), JSON_TEXT },
	{ S("sections"), ELSEWHERE, JSON_LIST },
	{ S("purposes"), ELSEWHERE, JSON_LIST },
	{ S("checks"), ELSEWHERE, JSON_LIST },
	{ S("start"), ELSEWHERE, JSON_LIST },
	{ S("pages"), ELSEWHERE, JSON_LIST, true },
};
static const struct member section_members[] = {
	{ AT(form_section, id), JSON_TEXT, true },
	{ AT(form_section, title), JSON_TEXT, true },
	{ AT(form_section, title_en), JSON_TEXT },
	{ AT(form_section, when), JSON_MAP },
};
static const struct member purpose_members[] = {
	{ AT(form_purpose, id), JSON_TEXT, true },
	{ AT(form_purpose, why), JSON_TEXT, true },
	{ AT(form_purpose, why_en), JSON_TEXT },
	{ AT(form_purpose, who), JSON_TEXT },
	{ AT(form_purpose, who_en), JSON_TEXT },
	{ AT(form_purpose, keep), JSON_TEXT },
	{ AT(form_purpose, keep_en), JSON_TEXT },
};
static const struct member check_members[] = {
	{ AT(form_rule_check, id), JSON_TEXT, true },
	{ AT(form_rule_check, field), JSON_TEXT },
	{ AT(form_rule_check, message), JSON_TEXT, true },
	{ AT(form_rule_check, message_en), JSON_TEXT },
	{ AT(form_rule_check, when), JSON_MAP, true },
	{ AT(form_rule_check, stops), JSON_BOOL },
};
static const struct member page_members[] = {
	{ AT(form_page, id), JSON_TEXT, true },
	{ AT(form_page, title), JSON_TEXT, true },
	{ AT(form_page, title_en), JSON_TEXT },
	{ AT(form_page, intro), JSON_TEXT },
	{ AT(form_page, intro_en), JSON_TEXT },
	{ AT(form_page, section), JSON_TEXT },
	{ AT(form_page, when), JSON_MAP },
	{ S("repeat"), ELSEWHERE, JSON_MAP },
	{ S("fields"), ELSEWHERE, JSON_LIST, true },
};
static const struct member repeat_members[] = {
	{ S("least"), ELSEWHERE, JSON_INT },
	{ S("most"), ELSEWHERE, JSON_INT },
	{ AT(form_repeat, item), JSON_TEXT, true },
	{ AT(form_repeat, item_en), JSON_TEXT },
};
/* clang-format on */

static struct rule_scope scope_of(const struct reader *x)
{
	return (struct rule_scope){ x->fields, x->pages, x->item };
}

static err check_rule(const struct reader *x, const struct json *NULLABLE rule,
	const struct place *p, const char *name)
{
	struct place at = { .up = p, .name = str_from(name) };
	struct rule_scope scope = scope_of(x);

	return rule ? rule_check(x->a, rule, &at, &scope) : NULL;
}

/* --- lists of small things ----------------------------------------------------- */
static bool id_seen(const void *items, size_t n, size_t size, str id)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(*(const str *)(const void *)((const char *)items + i * size), id))
			return true;
	return false;
}

/* Each begins with its id, which no other of the list has. */
static err read_list(const struct reader *x, const char *name, const struct place *up,
	const struct member *members, size_t n_members, size_t size, void **ret, size_t *ret_n)
{
	const struct json *list = json_get(x->procedure->form, name);
	struct place p = { .up = up, .name = str_from(name) };
	size_t n = json_count(list);

	if (n > LIMIT_FORM_CHECKS)
		return FAULT(x->a, &p, "more than %d", LIMIT_FORM_CHECKS);
	char *items = arena_bytes(x->a, n * size + 1, _Alignof(max_align_t));
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = &p, .at = i };
		TRY(read_members(
			x->a, json_at(list, i), &at, members, n_members, items + i * size));
		str id = *(str *)(void *)(items + i * size);
		if (!id_valid(id) || id_seen(items, i, size, id))
			return FAULT_IN(
				x->a, &at, "id", "\"" STR_FMT "\" twice, or no id", STR_ARG(id));
	}
	*ret = items;
	*ret_n = n;
	return NULL;
}
#define READ_LIST(x, name, up, members, list)                                          \
	read_list((x), (name), (up), (members), COUNT(members), sizeof *(list)->items, \
		(void **)&(list)->items, &(list)->n)

err check_purpose(const struct reader *x, const struct place *p, str purpose)
{
	for (size_t i = 0; i < x->form->purposes.n; i++)
		if (str_eq(x->form->purposes.items[i].id, purpose))
			return NULL;
	return purpose.n
		? FAULT_IN(x->a, p, "purpose", "no purpose \"" STR_FMT "\"", STR_ARG(purpose))
		: NULL;
}

/* --- pages ---------------------------------------------------------------------- */
/* Pages of /nop that no form can have. */
static const char *const reserved_pages[] = { "xem-lai", "nop", "xong", "huy", "tep", "bat-dau",
	"tai-ve", "in", "chuyen-mau" };

static err read_repeat(struct reader *x, const struct json *NULLABLE j, const struct place *up,
	struct form_page *page)
{
	struct place p = { .up = up, .name = S("repeat") };
	struct form_repeat *repeat = &page->repeat;

	if (!j)
		return NULL;
	TRY(read_members(x->a, j, &p, repeat_members, COUNT(repeat_members), repeat));
	repeat->on = true;
	repeat->least = json_int(json_get(j, "least"), 0);
	repeat->most = json_int(json_get(j, "most"), LIMIT_FORM_ROWS);
	if (repeat->least < 0 || repeat->least > repeat->most || repeat->most < 1 ||
		repeat->most > LIMIT_FORM_ROWS)
		return FAULT(x->a, &p, "least and most are from 0 to %d, in that order",
			LIMIT_FORM_ROWS);
	TRY(take_id(x, up, page->id));
	x->item = map_new(x->a, 16);
	x->ids = map_new(x->a, 16); /* an item's names are its own */
	return NULL;
}

static err check_names(const struct reader *x, const struct place *up, const struct json *list)
{
	struct place p = { .up = up, .name = S("fields") };

	for (size_t k = 0; k < json_count(list); k++) {
		struct place at = { .up = &p, .at = k };
		TRY(check_made_names(x, &at, json_get_text(json_at(list, k), "id")));
	}
	return NULL;
}

static err read_fields(
	struct reader *x, const struct json *list, const struct place *up, struct form_page *page)
{
	struct place p = { .up = up, .name = S("fields") };
	size_t n = 0;

	for (size_t i = 0; i < json_count(list); i++)
		n += group_fields_most(json_get_text(json_at(list, i), "kind"));
	page->fields.items = arena_array(x->a, struct form_field, n);
	page->groups.items = arena_array(x->a, struct form_group, json_count(list));
	for (size_t i = 0; i < json_count(list); i++) {
		struct place at = { .up = &p, .at = i };
		TRY(read_question(x, json_at(list, i), &at, page));
	}
	return page->repeat.on ? check_names(x, up, list) : NULL;
}

static bool section_known(const struct form *f, str id)
{
	for (size_t i = 0; i < f->sections.n; i++)
		if (str_eq(f->sections.items[i].id, id))
			return true;
	return !f->sections.n && !id.n;
}

static err read_page(struct reader *x, const struct json *NULLABLE j, const struct place *p,
	struct form_page *page)
{
	TRY(read_members(x->a, j, p, page_members, COUNT(page_members), page));
	struct place id = { .up = p, .name = S("id") }, section = { .up = p, .name = S("section") };
	if (!id_valid(page->id) || is_one_of(page->id, reserved_pages, COUNT(reserved_pages)))
		return FAULT(x->a, &id, "\"" STR_FMT "\" cannot be an id", STR_ARG(page->id));
	if (!section_known(x->form, page->section))
		return FAULT(x->a, &section, "no section \"" STR_FMT "\"", STR_ARG(page->section));
	TRY(check_rule(x, page->when, p, "when"));
	struct map *outer = x->ids;
	TRY(read_repeat(x, json_get(j, "repeat"), p, page));
	TRY(read_fields(x, json_get(j, "fields"), p, page));
	if (page->repeat.on)
		map_put(x->pages, page->id, page);
	x->item = NULL;
	x->ids = outer;
	return NULL;
}

static err read_pages(struct reader *x, const struct place *up)
{
	struct form *f = x->form;
	const struct json *list = json_get(x->procedure->form, "pages");
	struct place p = { .up = up, .name = S("pages") };
	size_t n = json_count(list);

	if (n > LIMIT_FORM_PAGES)
		return FAULT(x->a, &p, "more than %d", LIMIT_FORM_PAGES);
	f->pages.items = arena_array(x->a, struct form_page, n);
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = &p, .at = i };
		TRY(read_page(x, json_at(list, i), &at, &f->pages.items[i]));
		for (size_t k = 0; k < i; k++)
			if (str_eq(f->pages.items[k].id, f->pages.items[i].id))
				return FAULT_IN(x->a, &at, "id", "the id of page %zu again", k);
		f->pages.n++;
	}
	return NULL;
}

/* --- once all fields are known ---------------------------------------------------- */
static err check_all_names(const struct reader *x, const struct place *up)
{
	const struct json *list = json_get(x->procedure->form, "pages");
	struct place pages = { .up = up, .name = S("pages") };

	for (size_t i = 0; i < x->form->pages.n; i++) {
		struct place page = { .up = &pages, .at = i };
		if (!x->form->pages.items[i].repeat.on)
			TRY(check_names(x, &page, json_get(json_at(list, i), "fields")));
	}
	return NULL;
}

static bool asks_for_start(const struct form_field *f)
{
	return !f->row &&
		(f->kind == FIELD_YES_NO || f->kind == FIELD_ONE || f->kind == FIELD_MANY ||
			f->kind == FIELD_INTEGER || f->kind == FIELD_DATE ||
			f->kind == FIELD_COMMUNE);
}

static err read_start(struct reader *x, const struct place *up)
{
	const struct json *list = json_get(x->procedure->form, "start");
	struct place p = { .up = up, .name = S("start") };
	size_t n = json_count(list);

	if (n > LIMIT_FORM_START)
		return FAULT(x->a, &p, "more than %d", LIMIT_FORM_START);
	x->form->start.items = arena_array(x->a, str, n);
	for (size_t i = 0; i < n; i++) {
		str id = json_text(json_at(list, i));
		const struct form_field *f = map_find(x->fields, id);
		struct place at = { .up = &p, .at = i };
		if (!f)
			return FAULT(x->a, &at, "no question \"" STR_FMT "\"", STR_ARG(id));
		if (!asks_for_start(f))
			return FAULT(x->a, &at, "of a kind that cannot be asked before one starts");
		x->form->start.items[x->form->start.n++] = id;
	}
	return NULL;
}

static bool input_known(const struct reader *x, str name)
{
	return !name.n || map_find(x->fields, name) || map_find(x->pages, name);
}

static err check_checks(const struct reader *x, const struct place *up)
{
	struct place p = { .up = up, .name = S("checks") };

	for (size_t i = 0; i < x->form->checks.n; i++) {
		const struct form_rule_check *c = &x->form->checks.items[i];
		struct place at = { .up = &p, .at = i };
		TRY(check_rule(x, c->when, &at, "when"));
		if (!input_known(x, c->field))
			return FAULT_IN(x->a, &at, "field", "no question \"" STR_FMT "\"",
				STR_ARG(c->field));
	}
	return NULL;
}

/* --- rules of the procedure itself --------------------------------------------------- */
static err check_fee(const struct reader *x, const struct fee *f, const struct place *p)
{
	struct place count = { .up = p, .name = S("count") };
	struct rule_scope scope = scope_of(x);

	TRY(check_rule(x, f->when, p, "when"));
	if (f->count)
		TRY(rule_check_number(x->a, f->count, &count, &scope));
	for (size_t i = 0; i < f->free.n; i++) {
		struct place free = { .up = p, .name = S("free") }, at = { .up = &free, .at = i };
		TRY(check_rule(x, f->free.items[i].when, &at, "when"));
	}
	return NULL;
}

static err check_procedure(const struct reader *x)
{
	const struct procedure *p = x->procedure;
	struct place components = { .name = S("components") }, cases = { .name = S("cases") };
	struct place channels = { .name = S("channels") };

	for (size_t i = 0; i < p->components.n; i++) {
		struct place at = { .up = &components, .at = i };
		TRY(check_rule(x, p->components.items[i].when, &at, "when"));
	}
	for (size_t i = 0; i < p->cases.n; i++) {
		struct place at = { .up = &cases, .at = i };
		TRY(check_rule(x, p->cases.items[i].when, &at, "when"));
	}
	for (size_t i = 0; i < p->channels.n; i++)
		for (size_t k = 0; k < p->channels.items[i].fees.n; k++) {
			struct place channel = { .up = &channels, .at = i };
			struct place fees = { .up = &channel, .name = S("fees") };
			struct place at = { .up = &fees, .at = k };
			TRY(check_fee(x, &p->channels.items[i].fees.items[k], &at));
		}
	return NULL;
}

err form_parse(struct arena *a, const struct procedure *p, struct form *ret)
{
	struct form f = { .procedure = p };
	struct reader x = { .a = a,
		.procedure = p,
		.form = &f,
		.fields = map_new(a, 64),
		.pages = map_new(a, 8),
		.ids = map_new(a, 64) };
	struct place root = { .name = S("form") };

	TRY(read_members(a, p->form, &root, form_members, COUNT(form_members), &f));
	TRY(READ_LIST(&x, "sections", &root, section_members, &f.sections));
	TRY(READ_LIST(&x, "purposes", &root, purpose_members, &f.purposes));
	TRY(READ_LIST(&x, "checks", &root, check_members, &f.checks));
	TRY(read_pages(&x, &root));
	TRY(check_all_names(&x, &root));
	TRY(read_start(&x, &root));
	TRY(check_checks(&x, &root));
	TRY(check_procedure(&x));
	*ret = f;
	return NULL;
}

static err make_form(struct arena *a, const struct procedure *p, const void **ret)
{
	struct form *f = arena_make(a, struct form);
	struct procedure *own = arena_make(a, struct procedure);

	/* The caller's own may be gone before the form. */
	*own = *p;
	TRY(form_parse(a, own, f));
	*ret = f;
	return NULL;
}

err form_of(struct arena *a, const struct procedure *p, const struct form **ret)
{
	const void *made = NULL;
	err e = procedure_derived(a, p, make_form, &made);

	if (e)
		return FAIL(a, INTERNAL, "procedure " STR_FMT ": " STR_FMT, STR_ARG(p->code),
			STR_ARG(e->detail));
	*ret = made;
	return NULL;
}
