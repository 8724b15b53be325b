/* SPDX-License-Identifier: Apache-2.0 */
/* unit.c - the 34 provinces and their communes as they are now, and the code lists of forms. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/parts.h"
#include "catalogue/versions.h"

ROW_TYPE(unit_row, struct unit, COLUMN(struct unit, code), COLUMN(struct unit, parent),
	COLUMN(struct unit, kind), COLUMN(struct unit, type), COLUMN(struct unit, name),
	COLUMN(struct unit, full_name), COLUMN(struct unit, name_en),
	COLUMN(struct unit, valid_from), COLUMN(struct unit, valid_to));

static int by_name(const void *x, const void *y)
{
	const struct unit *a = x, *b = y;
	int order = text_compare(a->name, b->name);
	return order ? order : str_compare(a->code, b->code);
}

static err list_by_name(
	struct conn *c, struct arena *a, str kind, str parent, struct unit **ret, size_t *ret_n)
{
	TRY(db_list(c, a, BIND(unit_list, .kind = V(kind), .parent = V(parent)), &unit_row, ret,
		ret_n));
	if (*ret_n)
		qsort(*ret, *ret_n, sizeof **ret, by_name);
	return NULL;
}

err unit_provinces(struct conn *c, struct arena *a, struct unit **ret, size_t *ret_n)
{
	return list_by_name(c, a, S("province"), S(""), ret, ret_n);
}

err unit_communes(struct conn *c, struct arena *a, str province, struct unit **ret, size_t *ret_n)
{
	return list_by_name(c, a, S("commune"), province, ret, ret_n);
}

err unit_communes_ever(
	struct conn *c, struct arena *a, str province, struct unit **ret, size_t *ret_n)
{
	TRY(db_list(c, a, BIND(unit_list_ever, .parent = V(province)), &unit_row, ret, ret_n));
	if (*ret_n)
		qsort(*ret, *ret_n, sizeof **ret, by_name);
	return NULL;
}

err unit_find(struct conn *c, struct arena *a, str code, struct unit *ret, bool *ret_found)
{
	return db_find(c, a, BIND(unit_by_code, .code = V(code)), &unit_row, ret, ret_found);
}

err unit_successors(
	struct conn *c, struct arena *a, const struct unit *u, struct unit **ret, size_t *ret_n)
{
	*ret_n = 0;
	if (!u->valid_to.set)
		return NULL;
	return db_list(c, a, BIND(unit_became, .code = V(u->code)), &unit_row, ret, ret_n);
}

/* "Tỉnh", "Thành phố" begin a sentence; behind a comma they do not. */
static str within_sentence(struct arena *a, str full_name)
{
	str made = str_copy(a, full_name);

	if (made.n && made.p[0] >= 'A' && made.p[0] <= 'Z')
		((char *)made.p)[0] = (char)(made.p[0] - 'A' + 'a');
	return made;
}

err unit_full_name(struct conn *c, struct arena *a, str commune, str *ret)
{
	struct unit u, province;
	bool found = false, inside = false;

	TRY(unit_find(c, a, commune, &u, &found));
	if (found && u.parent.n)
		TRY(unit_find(c, a, u.parent, &province, &inside));
	if (!found)
		*ret = S("");
	else if (!inside)
		*ret = u.full_name;
	else
		*ret = arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(u.full_name),
			STR_ARG(within_sentence(a, province.full_name)));
	return NULL;
}

ROW_TYPE(list_row, struct list_item, COLUMN(struct list_item, code), COLUMN(struct list_item, name),
	COLUMN(struct list_item, name_en));

err code_list(struct conn *c, struct arena *a, str list, struct list_item **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(code_list_items, .list = V(list)), &list_row, ret, ret_n);
}

ROW_TYPE(list_name_row, struct list_name, COLUMN(struct list_name, list),
	COLUMN(struct list_name, items));

err code_list_names(struct conn *c, struct arena *a, struct list_name **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(code_list_offered, .most = V((int64_t)LIMIT_FORM_OPTIONS)),
		&list_name_row, ret, ret_n);
}

err code_list_find(
	struct conn *c, struct arena *a, str list, str code, struct list_item *ret, bool *ret_found)
{
	return db_find(c, a, BIND(code_list_item, .list = V(list), .code = V(code)), &list_row, ret,
		ret_found);
}
