/* SPDX-License-Identifier: Apache-2.0 */
/* A definition is taken whole or not at all: what is unknown, of another type or contradicts itself
 * is refused with its path. docs/forms.md is the other side of these tables. */
#include "forms/parts.h"

struct reader {
	struct arena *a;
	const struct procedure *procedure;
	struct map *earlier; /* id → struct form_field, of the fields read so far */
	size_t n_fields;
};

static void put_place(struct buf *b, const struct place *NULLABLE p)
{
	if (!p)
		return;
	put_place(b, p->up);
	if (!p->name.n)
		buf_printf(b, "[%zu]", p->at);
	else
		buf_printf(b, "%s" STR_FMT, b->n ? "." : "", STR_ARG(p->name));
}

err fault_at(struct arena *a, const struct place *p, str what)
{
	struct buf b = buf_in(a, 4 * KIB);

	put_place(&b, p);
	return FAIL(a, INVALID, STR_FMT ": " STR_FMT, STR_ARG(buf_str(&b)), STR_ARG(what));
}

/* --- members ------------------------------------------------------------------ */
struct member {
	str name;
	size_t offset;       /* of a str, a bool or a rule; ELSEWHERE: read by hand */
	enum json_type type; /* JSON_ABSENT: any */
	bool needed;
};
#define ELSEWHERE SIZE_MAX
/* clang-format off */
#define AT(of, member) S(#member), offsetof(struct of, member)

static const struct member form_members[] = {
	{ AT(form, title), JSON_TEXT, true },
	{ AT(form, title_en), JSON_TEXT },
	{ AT(form, declaration), JSON_TEXT, true },
	{ AT(form, declaration_en), JSON_TEXT },
	{ S("pages"), ELSEWHERE, JSON_LIST, true },
};
static const struct member page_members[] = {
	{ AT(form_page, id), JSON_TEXT, true },
	{ AT(form_page, title), JSON_TEXT, true },
	{ AT(form_page, title_en), JSON_TEXT },
	{ AT(form_page, intro), JSON_TEXT },
	{ AT(form_page, intro_en), JSON_TEXT },
	{ AT(form_page, when), JSON_MAP },
	{ S("fields"), ELSEWHERE, JSON_LIST, true },
};
static const struct member field_members[] = {
	{ AT(form_field, id), JSON_TEXT, true },
	{ S("kind"), ELSEWHERE, JSON_TEXT, true },
	{ AT(form_field, label), JSON_TEXT, true },
	{ AT(form_field, label_en), JSON_TEXT },
	{ AT(form_field, hint), JSON_TEXT },
	{ AT(form_field, hint_en), JSON_TEXT },
	{ AT(form_field, error), JSON_TEXT },
	{ AT(form_field, error_en), JSON_TEXT },
	{ AT(form_field, autocomplete), JSON_TEXT },
	{ AT(form_field, required), JSON_BOOL },
	{ S("least"), ELSEWHERE, JSON_ABSENT },
	{ S("most"), ELSEWHERE, JSON_ABSENT },
	{ AT(form_field, past), JSON_BOOL },
	{ AT(form_field, future), JSON_BOOL },
	{ AT(form_field, width), JSON_TEXT },
	{ AT(form_field, prefill), JSON_TEXT },
	{ AT(form_field, list), JSON_TEXT },
	{ S("options"), ELSEWHERE, JSON_LIST },
	{ AT(form_field, component), JSON_TEXT },
	{ AT(form_field, when), JSON_MAP },
	{ AT(form_field, required_when), JSON_MAP },
};
static const struct member option_members[] = {
	{ AT(form_option, value), JSON_TEXT, true },
	{ AT(form_option, label), JSON_TEXT, true },
	{ AT(form_option, label_en), JSON_TEXT },
};
/* clang-format on */

static void put_member(void *to, const struct member *m, const struct json *NULLABLE value)
{
	char *at = (char *)to + m->offset;

	if (m->type == JSON_TEXT)
		*(str *)(void *)at = json_text(value);
	else if (m->type == JSON_BOOL)
		*(bool *)(void *)at = json_bool(value, false);
	else
		*(const struct json **)(void *)at = value;
}

static const struct member *NULLABLE member_named(const struct member *m, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, m[i].name))
			return &m[i];
	return NULL;
}

/* Fills *to; refuses other members, other types and missing ones. */
static err read_members(const struct reader *x, const struct json *NULLABLE j,
	const struct place *p, const struct member *members, size_t n, void *to)
{
	if (json_type(j) != JSON_MAP)
		return FAULT(x->a, p, "expected an object");
	for (struct json_each e = { .of = j }; json_next(&e);) {
		struct place at = { .up = p, .name = e.key };
		const struct member *m = member_named(members, n, e.key);
		if (!m)
			return FAULT(x->a, &at, "unknown member");
		if (m->type != JSON_ABSENT && json_type(e.value) != m->type)
			return FAULT(x->a, &at, "of another type than expected");
		if (m->offset != ELSEWHERE)
			put_member(to, m, e.value);
	}
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = p, .name = members[i].name };
		const struct json *value = members[i].needed ? json_find(j, at.name) : NULL;
		if (members[i].needed && !json_text(value).n && !json_count(value))
			return FAULT(x->a, &at, "missing or empty");
	}
	return NULL;
}

static bool id_valid(str id)
{
	bool good = id.n > 0 && id.n <= 60 && id.p[0] >= 'a' && id.p[0] <= 'z';

	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
	}
	return good;
}

static bool is_one_of(str word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, str_from(words[i])))
			return true;
	return false;
}

/* --- options ------------------------------------------------------------------ */
static err read_options(const struct reader *x, const struct json *NULLABLE j,
	const struct place *up, struct form_field *f)
{
	struct place p = { .up = up, .name = S("options") };
	size_t n = json_count(j);

	if ((n > 0) == (f->list.n > 0))
		return FAULT(x->a, &p, "either options or a list");
	if (n > LIMIT_FORM_OPTIONS)
		return FAULT(x->a, &p, "more than %d", LIMIT_FORM_OPTIONS);
	f->options.items = arena_array(x->a, struct form_option, n);
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = &p, .at = i };
		struct form_option *o = &f->options.items[i];
		TRY(read_members(x, json_at(j, i), &at, option_members, COUNT(option_members), o));
		form_options before = { f->options.items, i };
		if (form_option_find(&before, o->value))
			return FAULT(x->a, &at, "the same value twice");
		if (str_has(o->value, S("\n")) || !str_eq(str_trim(o->value), o->value))
			return FAULT(x->a, &at, "a value has no white space around it nor lines");
		f->options.n++;
	}
	return NULL;
}

/* --- bounds ------------------------------------------------------------------- */
/* Beyond this a whole number is surely a slip; it also keeps sums in range. */
#define NUMBER_MOST ((int64_t)1000 * 1000 * 1000 * 1000 * 1000)

static err read_bound(const struct reader *x, const struct json *j, const struct place *up,
	const char *name, const struct form_field *f, bool *ret_has, int64_t *ret)
{
	struct place p = { .up = up, .name = str_from(name) };
	const struct json *value = json_get(j, name);
	bool text = f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT;
	int64_t least = text ? 0 : -NUMBER_MOST, most = text ? LIMIT_ANSWER_TEXT : NUMBER_MOST;
	day d;

	if (!value)
		return NULL;
	*ret_has = true;
	if (f->kind == FIELD_DATE) {
		if (!day_parse(json_text(value), &d))
			return FAULT(x->a, &p, "expected a date, \"2026-11-23\"");
		*ret = d;
		return NULL;
	}
	if (json_type(value) != JSON_INT || json_int(value, 0) < least || json_int(value, 0) > most)
		return FAULT(x->a, &p, "expected a whole number within limits");
	*ret = json_int(value, 0);
	return NULL;
}

static err read_bounds(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	TRY(read_bound(x, j, p, "least", f, &f->has_least, &f->least));
	TRY(read_bound(x, j, p, "most", f, &f->has_most, &f->most));
	if ((f->kind == FIELD_TEXT || f->kind == FIELD_LONG_TEXT) && !f->has_most) {
		f->has_most = true;
		f->most = f->kind == FIELD_TEXT ? 200 : 4000;
	}
	if (f->has_least && f->has_most && f->least > f->most)
		return FAULT(x->a, p, "least is more than most");
	if (f->past && f->future)
		return FAULT(x->a, p, "either past or future");
	return NULL;
}

/* --- fields ------------------------------------------------------------------- */
#define KIND(name) (1u << FIELD_##name)
/* Members that mean something for some kinds only. */
static const struct {
	const char *name;
	unsigned kinds;
} special_members[] = {
	{ "least", KIND(TEXT) | KIND(LONG_TEXT) | KIND(INTEGER) | KIND(MONEY) | KIND(DATE) },
	{ "most", KIND(TEXT) | KIND(LONG_TEXT) | KIND(INTEGER) | KIND(MONEY) | KIND(DATE) },
	{ "past", KIND(DATE) },
	{ "future", KIND(DATE) },
	{ "options", KIND(ONE) | KIND(MANY) },
	{ "list", KIND(ONE) | KIND(MANY) },
	{ "component", KIND(PAPER) },
};
static const char *const kind_words[FIELD_KIND_COUNT] = {
#define X(name, code) [FIELD_##name] = code,
	FIELD_KINDS(X)
#undef X
};
static const char *const widths[] = { "", "full", "2", "4", "12", "24" };
static const char *const prefills[] = { "", "account.name", "account.person_id", "account.birth",
	"account.gender", "account.phone", "account.email", "account.commune", "account.address" };
/* Names and ids that the pages use themselves. */
static const char *const reserved_ids[] = { "csrf", "lam", "xoa", "chon-tinh", "phien-ban", "ve",
	"loi", "loi-tieu-de", "noi-dung", "cam-doan", "co-quan" };

static err read_kind(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	str word = json_get_text(j, "kind");
	int kind = 0;

	while (kind < FIELD_KIND_COUNT && !str_eq(word, str_from(kind_words[kind])))
		kind++;
	struct place at = { .up = p, .name = S("kind") };
	if (kind == FIELD_KIND_COUNT)
		return FAULT(x->a, &at, "\"" STR_FMT "\" is no kind of field", STR_ARG(word));
	f->kind = (enum field_kind)kind;
	for (size_t i = 0; i < COUNT(special_members); i++) {
		struct place member = { .up = p, .name = str_from(special_members[i].name) };
		if (json_get(j, special_members[i].name) &&
			!(special_members[i].kinds & 1u << kind))
			return FAULT(x->a, &member, "means nothing for this kind");
	}
	return NULL;
}

/* A paper is asked for, and needed, as its component says, unless the field says otherwise. */
static err read_component(
	const struct reader *x, const struct json *j, const struct place *p, struct form_field *f)
{
	struct place at = { .up = p, .name = S("component") };

	for (size_t i = 0; i < x->procedure->components.n; i++) {
		const struct component *c = &x->procedure->components.items[i];
		if (!f->component.n || !str_eq(c->id, f->component))
			continue;
		if (c->note)
			return FAULT(x->a, &at, "is a remark, not a paper");
		if (!json_get(j, "required"))
			f->required = c->required;
		if (!f->when)
			f->when = c->when;
		f->most = (c->most_mb ? c->most_mb : LIMIT_FILE_USUAL_MIB) * MIB;
		return NULL;
	}
	return FAULT(x->a, &at, "no component \"" STR_FMT "\"", STR_ARG(f->component));
}

static err check_words(const struct reader *x, const struct place *p, const struct form_field *f)
{
	if (!id_valid(f->id) || is_one_of(f->id, reserved_ids, COUNT(reserved_ids)))
		return FAULT(x->a, p, "\"" STR_FMT "\" cannot be an id", STR_ARG(f->id));
	if (map_find(x->earlier, f->id))
		return FAULT(x->a, p, "the id \"" STR_FMT "\" twice", STR_ARG(f->id));
	if (!is_one_of(f->width, widths, COUNT(widths)))
		return FAULT(x->a, p, "width is one of full, 2, 4, 12, 24");
	if (!is_one_of(f->prefill, prefills, COUNT(prefills)))
		return FAULT(x->a, p, "no prefill \"" STR_FMT "\"", STR_ARG(f->prefill));
	if (f->list.n && !id_valid(f->list))
		return FAULT(x->a, p, "\"" STR_FMT "\" cannot be a list", STR_ARG(f->list));
	return NULL;
}

static err check_rule_of(const struct reader *x, const struct json *NULLABLE rule,
	const struct place *p, const char *name)
{
	struct place at = { .up = p, .name = str_from(name) };

	return rule ? logic_check(x->a, rule, &at, x->earlier) : NULL;
}

static err read_field(struct reader *x, const struct json *NULLABLE j, const struct place *p,
	struct form_field *f)
{
	TRY(read_members(x, j, p, field_members, COUNT(field_members), f));
	TRY(read_kind(x, j, p, f));
	TRY(check_words(x, p, f));
	TRY(read_bounds(x, j, p, f));
	if (f->kind == FIELD_ONE || f->kind == FIELD_MANY)
		TRY(read_options(x, json_get(j, "options"), p, f));
	if (f->kind == FIELD_PAPER)
		TRY(read_component(x, j, p, f));
	TRY(check_rule_of(x, f->when, p, "when"));
	TRY(check_rule_of(x, f->required_when, p, "required_when"));
	if (++x->n_fields > LIMIT_FORM_FIELDS)
		return FAULT(x->a, p, "more than %d fields", LIMIT_FORM_FIELDS);
	map_put(x->earlier, f->id, f);
	return NULL;
}

/* --- pages -------------------------------------------------------------------- */
/* Pages of /nop that no form can have. */
static const char *const reserved_pages[] = { "xem-lai", "nop", "xong", "huy", "tep", "bat-dau" };

static err read_page(struct reader *x, const struct json *NULLABLE j, const struct place *p,
	struct form_page *page)
{
	TRY(read_members(x, j, p, page_members, COUNT(page_members), page));
	struct place id = { .up = p, .name = S("id") }, fields = { .up = p, .name = S("fields") };
	if (!id_valid(page->id) || is_one_of(page->id, reserved_pages, COUNT(reserved_pages)))
		return FAULT(x->a, &id, "\"" STR_FMT "\" cannot be an id", STR_ARG(page->id));
	TRY(check_rule_of(x, page->when, p, "when"));
	const struct json *list = json_get(j, "fields");
	page->fields.items = arena_array(x->a, struct form_field, json_count(list));
	for (size_t i = 0; i < json_count(list); i++) {
		struct place at = { .up = &fields, .at = i };
		TRY(read_field(x, json_at(list, i), &at, &page->fields.items[i]));
		page->fields.n++;
	}
	return NULL;
}

static err read_pages(
	struct reader *x, const struct json *NULLABLE list, const struct place *up, struct form *f)
{
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
				return FAULT(x->a, &at, "the id of page %zu again", k);
		f->pages.n++;
	}
	return NULL;
}

/* --- names made of names ------------------------------------------------------ */
/* A date has the boxes ID-ngay, ID-thang, ID-nam, a commune ID-tinh, a group of radios ID-2 and so
 * on, and what explains a field the ids below: no field may be called like one of another's. */
static const char *const suffixes[] = { "-ngay", "-thang", "-nam", "-tinh", "-goi-y", "-toi-da",
	"-don-vi", "-loi" };

static str without_suffix(str id)
{
	size_t n = id.n;

	for (size_t i = 0; i < COUNT(suffixes); i++)
		if (str_ends(id, str_from(suffixes[i])))
			return str_part(id, 0, id.n - strlen(suffixes[i]));
	while (n && id.p[n - 1] >= '0' && id.p[n - 1] <= '9')
		n--;
	return n && n < id.n && id.p[n - 1] == '-' ? str_part(id, 0, n - 1) : S("");
}

static err check_names(const struct reader *x, const struct form *f, const struct place *up)
{
	struct place pages = { .up = up, .name = S("pages") };

	for (size_t i = 0; i < f->pages.n; i++) {
		struct place page = { .up = &pages, .at = i };
		struct place fields = { .up = &page, .name = S("fields") };
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			struct place at = { .up = &fields, .at = k };
			str id = f->pages.items[i].fields.items[k].id, of = without_suffix(id);
			if (of.n && map_find(x->earlier, of))
				return FAULT(x->a, &at,
					"the id \"" STR_FMT "\" is taken by " STR_FMT, STR_ARG(id),
					STR_ARG(of));
		}
	}
	return NULL;
}

/* Of the papers too, whether or not a field asks for them. */
static err check_components(const struct reader *x)
{
	struct place list = { .name = S("components") };

	for (size_t i = 0; i < x->procedure->components.n; i++) {
		struct place at = { .up = &list, .at = i };
		TRY(check_rule_of(x, x->procedure->components.items[i].when, &at, "when"));
	}
	return NULL;
}

err form_parse(struct arena *a, const struct procedure *p, struct form *ret)
{
	struct reader x = { .a = a, .procedure = p, .earlier = map_new(a, 64) };
	struct place root = { .name = S("form") };
	struct form f = { 0 };

	TRY(read_members(&x, p->form, &root, form_members, COUNT(form_members), &f));
	TRY(read_pages(&x, json_get(p->form, "pages"), &root, &f));
	TRY(check_names(&x, &f, &root));
	TRY(check_components(&x));
	*ret = f;
	return NULL;
}
