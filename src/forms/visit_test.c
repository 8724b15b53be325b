/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/visit_test.h"

/* A browser at a site with the starter catalogue, signed in or not. */
struct visit *NULLABLE visitor(struct arena *a, bool signed_in)
{
	struct visit *v = visit_new(a, DB_SQLITE, forms_folders, forms_routes);

	if (!v)
		return NULL;
	test_furnish(v->services, a);
	test_account(v->services, a, WHO, ROLE_CITIZEN);
	if (signed_in)
		visit_sign_in(v, WHO, TEST_PASSWORD);
	return v;
}

const char *at(struct visit *v, str code, const char *page)
{
	return arena_printf(v->arena, "/nop/" STR_FMT "%s%s", STR_ARG(code), *page ? "/" : "", page)
		.p;
}

str piece_after(struct visit *v, const char *mark)
{
	str body = live_body(v->page), value, rest;
	size_t found = str_find(body, str_from(mark));

	str_cut(str_from_at(body, found + strlen(mark)), '"', &value, &rest);
	return found < body.n ? value : S("");
}

/* Fields with the version of the page shown last. */
int post_step(struct visit *v, str code, const char *page, const char *fields)
{
	str print = piece_after(v, "name=\"phien-ban\" value=\"");

	return visit_post(v, at(v, code, page),
		arena_printf(v->arena, "%s&phien-ban=" STR_FMT, fields, STR_ARG(print)).p);
}

/* Offices are buttons, or the lines of a list, whose first names none. */
static str first_office(struct visit *v)
{
	str body = live_body(v->page), value = S(""), rest;
	size_t list = str_find(body, S("name=\"co-quan\""));

	for (rest = str_from_at(body, list); !value.n && str_has(rest, S("value=\""));) {
		size_t mark = str_find(rest, S("value=\"")) + strlen("value=\"");
		str_cut(str_from_at(rest, mark), '"', &value, &rest);
	}
	return value;
}

/* The code of a draft begun at the first office that takes it. */
str begin_draft(struct visit *v, const char *procedure)
{
	CHECK_INT(visit_get(v, at(v, str_from(procedure), "")), 200);
	CHECK_INT(visit_post(v, at(v, str_from(procedure), "bat-dau"),
			  arena_printf(v->arena, "co-quan=" STR_FMT, STR_ARG(first_office(v))).p),
		303);
	return str_from_at(visit_location(v), strlen("/nop/"));
}
