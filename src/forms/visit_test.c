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

/* The code of a draft begun at the commune's office. */
str begin_draft(struct visit *v, const char *procedure)
{
	CHECK_INT(visit_get(v, at(v, str_from(procedure), "")), 200);
	str agency = piece_after(v, "name=\"co-quan\" value=\"");
	if (!agency.n)
		agency = piece_after(v, "<option value=\"H99");
	CHECK_INT(visit_post(v, at(v, str_from(procedure), "bat-dau"),
			  arena_printf(v->arena, "co-quan=%s" STR_FMT,
				  str_starts(agency, S("H99")) ? "" : "H99", STR_ARG(agency))
				  .p),
		303);
	return str_from_at(visit_location(v), strlen("/nop/"));
}
