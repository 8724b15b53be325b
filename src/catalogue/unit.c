/* SPDX-License-Identifier: Apache-2.0 */
/* unit.c - the 34 provinces and their communes as they are now and were before, and the code lists
 * of forms. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/parts.h"
#include "catalogue/versions.h"

#define UNIT_COLUMNS                                                                       \
	COLUMN(struct unit, code), COLUMN(struct unit, parent), COLUMN(struct unit, kind), \
		COLUMN(struct unit, type), COLUMN(struct unit, name),                      \
		COLUMN(struct unit, full_name), COLUMN(struct unit, name_en),              \
		COLUMN(struct unit, valid_from), COLUMN(struct unit, valid_to)
ROW_TYPE(unit_row, struct unit, UNIT_COLUMNS);
ROW_TYPE(unit_ever_row, struct unit, UNIT_COLUMNS, COLUMN(struct unit, within));

/* --- names of units ------------------------------------------------------------ */
#define UNTIL '@'

str unit_reference(struct arena *a, const struct unit *u)
{
	if (!u->valid_to.set)
		return u->code;
	return arena_printf(a, STR_FMT "%c" STR_FMT, STR_ARG(u->code), UNTIL,
		STR_ARG(day_iso(a, (day)u->valid_to.value)));
}

err unit_find(struct conn *c, struct arena *a, str reference, struct unit *ret, bool *ret_found)
{
	str code, until;
	day last;

	if (!str_cut(reference, UNTIL, &code, &until))
		return db_find(
			c, a, BIND(unit_by_code, .code = V(reference)), &unit_row, ret, ret_found);
	*ret_found = false;
	if (!day_parse(until, &last))
		return NULL;
	return db_find(c, a, BIND(unit_until, .code = V(code), .last = V((int64_t)last)), &unit_row,
		ret, ret_found);
}

/* --- lists ------------------------------------------------------------------------ */

static int by_name(const void *x, const void *y)
{
	const struct unit *a = x, *b = y;
	int order = text_compare(a->name, b->name);
	if (!order)
		order = (int)a->valid_to.set - (int)b->valid_to.set;
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

struct became {
	str old_code, full_name;
	int64_t on_day;
};
ROW_TYPE(became_row, struct became, COLUMN(struct became, old_code),
	COLUMN(struct became, full_name), COLUMN(struct became, on_day));

static str change_key(struct arena *a, str code, int64_t on_day)
{
	return arena_printf(a, STR_FMT " %lld", STR_ARG(code), (long long)on_day);
}

/* One reading for the whole list: it may be of five hundred units. */
static err name_successors(struct conn *c, struct arena *a, str province, struct unit *u, size_t n)
{
	LIST(struct became) rows;

	TRY(DB_LIST(c, a, &rows, &became_row, BIND(unit_list_became, .parent = V(province))));
	struct map *names = map_new(a, rows.n + 1);
	for (size_t i = 0; i < rows.n; i++) {
		str key = change_key(a, rows.items[i].old_code, rows.items[i].on_day);
		const str *before = map_find(names, key);
		str *all = arena_make(a, str);
		*all = !before ? rows.items[i].full_name
			       : arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(*before),
					 STR_ARG(rows.items[i].full_name));
		map_put(names, key, all);
	}
	for (size_t i = 0; i < n; i++) {
		const str *found = u[i].valid_to.set
			? map_find(names, change_key(a, u[i].code, u[i].valid_to.value + 1))
			: NULL;
		u[i].became = found ? *found : S("");
	}
	return NULL;
}

err unit_communes_ever(
	struct conn *c, struct arena *a, str province, struct unit **ret, size_t *ret_n)
{
	TRY(db_list(c, a, BIND(unit_list_ever, .parent = V(province)), &unit_ever_row, ret, ret_n));
	if (*ret_n)
		qsort(*ret, *ret_n, sizeof **ret, by_name);
	return name_successors(c, a, province, *ret, *ret_n);
}

/* --- one unit ---------------------------------------------------------------------- */
err unit_successors(
	struct conn *c, struct arena *a, const struct unit *u, struct unit **ret, size_t *ret_n)
{
	*ret_n = 0;
	if (!u->valid_to.set)
		return NULL;
	return db_list(c, a,
		BIND(unit_became, .code = V(u->code), .on_day = V(u->valid_to.value + 1)),
		&unit_row, ret, ret_n);
}

err unit_province_today(struct conn *c, struct arena *a, const struct unit *commune, str *ret)
{
	struct unit *now;
	size_t n;

	TRY(unit_successors(c, a, commune, &now, &n));
	*ret = n ? now[0].parent : commune->parent;
	return NULL;
}

/* "Tỉnh", "Thành phố" begin a sentence; behind a comma they do not. */
static str within_sentence(struct arena *a, str full_name)
{
	str made = str_copy(a, full_name);

	if (made.n && made.p[0] >= 'A' && made.p[0] <= 'Z')
		((char *)made.p)[0] = (char)(made.p[0] - 'A' + 'a');
	return made;
}

/* As it was on the last day of the unit below it: provinces were merged, and took other names. */
static err unit_above(
	struct conn *c, struct arena *a, const struct unit *u, struct unit *ret, bool *ret_found)
{
	*ret_found = false;
	if (!u->parent.n)
		return NULL;
	if (u->valid_to.set)
		TRY(db_find(c, a,
			BIND(unit_on_day, .code = V(u->parent), .on_day = V(u->valid_to.value)),
			&unit_row, ret, ret_found));
	return *ret_found ? NULL : unit_find(c, a, u->parent, ret, ret_found);
}

err unit_full_name(struct conn *c, struct arena *a, str reference, str *ret)
{
	struct unit u, above;
	bool found = false, inside = false;

	TRY(unit_find(c, a, reference, &u, &found));
	*ret = found ? u.full_name : S("");
	/* A district between commune and province at most. */
	for (int i = 0; found && i < 2; i++, u = above) {
		TRY(unit_above(c, a, &u, &above, &inside));
		if (!inside)
			break;
		*ret = arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(*ret),
			STR_ARG(within_sentence(a, above.full_name)));
	}
	return NULL;
}

/* --- code lists --------------------------------------------------------------------- */
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
