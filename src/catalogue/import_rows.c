/* SPDX-License-Identifier: Apache-2.0 */
/* import_rows.c - rows of the tables that data/README.md describes. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/import.h"

#define CODE_MOST 64

/* A day, "" being `otherwise`. False, after rejecting the row, when it is none. */
static bool day_cell(struct import *m, struct table *t, const char *column, int64_t otherwise,
	struct opt_int *ret)
{
	str text = table_cell(t, m->row, column);
	day d;

	*ret = (struct opt_int){ .set = text.n > 0, .value = otherwise };
	if (!text.n)
		return true;
	if (!day_parse(text, &d)) {
		import_reject(m, t->lines, arena_printf(m->row, "%s is no date", column));
		return false;
	}
	ret->value = d;
	return true;
}

/* The cells that every table has. */
static bool code_and_name(struct import *m, struct table *t, str *ret_code, str *ret_name)
{
	*ret_code = table_cell(t, m->row, "code");
	*ret_name = table_cell(t, m->row, "name");
	if (ret_code->n && ret_code->n <= CODE_MOST && ret_name->n)
		return true;
	import_reject(m, t->lines,
		!ret_code->n           ? S("no code")
			: !ret_name->n ? S("no name")
				       : S("the code is too long"));
	return false;
}

err import_sector_row(struct import *m, struct table *t, void *arg)
{
	str code, name;

	if (!code_and_name(m, t, &code, &name) || !import_once(m, t->lines, arg, code))
		return NULL;
	import_row(m, IMPORT_SECTORS,
		BIND(sector_put, .code = V(code), .name = V(name),
			.name_en = V(table_cell(t, m->row, "name_en"))));
	return NULL;
}

err import_list_row(struct import *m, struct table *t, void *arg)
{
	const struct import_list *list = arg;
	str code, name;

	if (!code_and_name(m, t, &code, &name) || !import_once(m, t->lines, list->seen, code))
		return NULL;
	import_row(m, IMPORT_LISTS,
		BIND(code_list_put, .list = V(list->name), .code = V(code),
			.ord = V(t->lines->number), .name = V(name),
			.name_en = V(table_cell(t, m->row, "name_en"))));
	return NULL;
}

/* --- agencies -------------------------------------------------------------- */

static void put_successors(struct import *m, struct table *t, str code)
{
	str one, rest = table_cell(t, m->row, "successors");

	for (bool more = rest.n > 0; more;) {
		more = str_cut(rest, ' ', &one, &rest);
		if (!one.n)
			continue;
		str made = agency_code_new(m->row, one);
		import_row_too(m,
			BIND(agency_successor_put, .code = V(code),
				.successor = V(made.n ? made : one)));
	}
}

err import_agency_row(struct import *m, struct table *t, void *arg)
{
	struct opt_int from, to;
	str code, name;

	if (!code_and_name(m, t, &code, &name) ||
		!day_cell(m, t, "valid_from", VALID_ALWAYS, &from) ||
		!day_cell(m, t, "valid_to", 0, &to))
		return NULL;
	if (!agency_code_valid(code)) {
		import_reject(m, t->lines, S("no code of an agency"));
		return NULL;
	}
	str made = agency_code_new(m->row, code);
	code = made.n ? made : code;
	if (!import_once(m, t->lines, arg, code))
		return NULL;
#define CELL(name) V(table_cell(t, m->row, name))
	import_row(m, IMPORT_AGENCIES,
		BIND(agency_put, .code = V(code), .old_code = V(agency_code_old(m->row, code)),
			.name = V(name), .name_en = CELL("name_en"),
			.slug = V(agency_slug_of(m->row, code, name)), .parent = CELL("parent"),
			.commune = CELL("commune"), .address = CELL("address"),
			.phone = CELL("phone"), .level = CELL("level"),
			.receives = V((bool)str_eq(table_cell(t, m->row, "receives"), S("1"))),
			.valid_from = V(from.value), .valid_to = V(to)));
#undef CELL
	put_successors(m, t, code);
	return NULL;
}

/* --- units ----------------------------------------------------------------- */

err import_unit_row(struct import *m, struct table *t, void *arg)
{
	struct opt_int from, to;
	str code, name;

	if (!code_and_name(m, t, &code, &name) ||
		!day_cell(m, t, "valid_from", VALID_ALWAYS, &from) ||
		!day_cell(m, t, "valid_to", 0, &to))
		return NULL;
	str period = arena_printf(m->row, STR_FMT " of " STR_FMT, STR_ARG(code),
		STR_ARG(day_iso(m->row, (day)from.value)));
	if (!import_once(m, t->lines, arg, from.set ? period : code))
		return NULL;
	str parent = table_cell(t, m->row, "parent"), type = table_cell(t, m->row, "type");
	str full_name = table_cell(t, m->row, "full_name");
	if (!full_name.n)
		full_name = arena_printf(m->row, STR_FMT " " STR_FMT, STR_ARG(type), STR_ARG(name));
	import_row(m, IMPORT_UNITS,
		BIND(unit_put, .code = V(code), .valid_from = V(from.value), .valid_to = V(to),
			.kind = V(parent.n ? S("commune") : S("province")), .parent = V(parent),
			.type = V(type), .name = V(name), .full_name = V(full_name),
			.name_en = V(table_cell(t, m->row, "name_en")), .agency = V(S(""))));
	return NULL;
}
