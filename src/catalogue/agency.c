/* SPDX-License-Identifier: Apache-2.0 */
/* agency.c - who publishes, who receives, who decides; old and new codes find the same one. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/parts.h"

static const struct column agency_columns[] = {
	COLUMN(struct agency, code),
	COLUMN(struct agency, old_code),
	COLUMN(struct agency, name),
	COLUMN(struct agency, name_en),
	COLUMN(struct agency, slug),
	COLUMN(struct agency, parent),
	COLUMN(struct agency, commune),
	COLUMN(struct agency, address),
	COLUMN(struct agency, phone),
	COLUMN(struct agency, level),
	COLUMN(struct agency, receives),
	COLUMN(struct agency, valid_from),
	COLUMN(struct agency, valid_to),
};
const struct row_type agency_row = { sizeof(struct agency), agency_columns, COUNT(agency_columns) };

str agency_slug_of(struct arena *a, str code, str name)
{
	return text_slug(a, arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(code), STR_ARG(name)));
}

err agency_find(struct conn *c, struct arena *a, str code, struct agency *ret, bool *ret_found)
{
	str made = agency_code_new(a, code);

	return db_find(c, a,
		BIND(agency_by_code, .code = V(code), .new_code = V(made.n ? made : code)),
		&agency_row, ret, ret_found);
}

err agency_find_slug(struct conn *c, struct arena *a, str slug, struct agency *ret, bool *ret_found)
{
	return db_find(c, a, BIND(agency_by_slug, .slug = V(slug)), &agency_row, ret, ret_found);
}

err agency_list_all(struct conn *c, struct arena *a, struct agency **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(agency_all), &agency_row, ret, ret_n);
}

err agency_successor_list(
	struct conn *c, struct arena *a, str code, struct agency **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(agency_successors, .code = V(code)), &agency_row, ret, ret_n);
}

static int by_name(const void *x, const void *y)
{
	const struct agency *a = x, *b = y;
	int order = text_compare(a->name, b->name);
	return order ? order : str_compare(a->code, b->code);
}

err agency_receiving(struct conn *c, struct arena *a, struct agency **ret, size_t *ret_n)
{
	TRY(db_list(c, a, BIND(agency_receiving_list), &agency_row, ret, ret_n));
	if (*ret_n)
		qsort(*ret, *ret_n, sizeof **ret, by_name);
	return NULL;
}

bool agency_named(str pattern, const struct agency *g)
{
	if (!str_ends(pattern, S(".*")))
		return str_eq(pattern, g->code) || (g->old_code.n && str_eq(pattern, g->old_code));
	return g->receives && g->code.n >= pattern.n &&
		str_starts(g->code, str_part(pattern, 0, pattern.n - 1));
}

err agency_list_for(struct conn *c, struct arena *a, const struct procedure *p, struct agency **ret,
	size_t *ret_n)
{
	struct agency *all;
	size_t n, kept = 0;

	TRY(agency_receiving(c, a, &all, &n));
	for (size_t i = 0; i < n; i++) {
		bool named = false;
		for (size_t k = 0; k < p->executing.n && !named; k++)
			named = agency_named(p->executing.items[k], &all[i]);
		if (named)
			all[kept++] = all[i];
	}
	*ret = all;
	*ret_n = kept;
	return NULL;
}
