/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/forms_test.h"

#include "http/parse.h"

str json_of(struct arena *a, const char *text)
{
	str s = str_copy(a, str_from(text));

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\'')
			((char *)s.p)[i] = '"';
	return s;
}

static err parse(struct arena *a, const char *definition, struct form *ret)
{
	static struct component components[] = {
		{ .id = S("giay-a"), .name = S("Giấy A"), .required = true },
		{ .id = S("giay-b"), .name = S("Giấy B"), .required = true },
		{ .id = S("ghi-chu"), .name = S("Lưu ý"), .note = true },
	};
	struct procedure *p = arena_make(a, struct procedure);

	*p = (struct procedure){ .components = { components, COUNT(components) } };
	TRY(json_parse(a, json_of(a, definition), &p->form));
	return form_parse(a, p, ret);
}

const struct form *NULLABLE test_form(struct arena *a, const char *definition)
{
	struct form *f = arena_make(a, struct form);
	err e = parse(a, definition, f);

	if (e)
		CHECK_STR(e->detail, "");
	return e ? NULL : f;
}

str refusal_of(struct arena *a, const char *definition)
{
	struct form f;
	err e = parse(a, definition, &f);

	if (e)
		CHECK_STR(err_name(e), "INVALID");
	return e ? e->detail : S("");
}

const struct form *NULLABLE form_with(struct arena *a, const char *fields)
{
	str text = arena_printf(a,
		"{'title':'T','declaration':'C','pages':[{'id':'p','title':'P','fields':[%s]}]}",
		fields);

	return test_form(a, text.p);
}

struct req *posted(struct arena *a, const char *fields)
{
	struct req *r = arena_make(a, struct req);

	*r = (struct req){ .arena = a, .method = S("POST") };
	if (pairs_parse(a, str_from(fields), &r->fields.items, &r->fields.n))
		r->fields.n = 0;
	return r;
}

struct form_source source_in(enum language l)
{
	return (struct form_source){ .language = l, .today = day_from(2026, 11, 23) };
}
