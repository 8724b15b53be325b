/* SPDX-License-Identifier: Apache-2.0 */
/* import_units.c - the administrative units of the public data set: those of today, those until
 * the reform of 2025, and which became which [REF-1, REF-2]. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/import.h"

struct unit_line {
	str code, kind, parent, type, name, full_name, name_en, agency;
	bool today;
};

static void put(struct import *m, const struct unit_line *u)
{
	struct opt_int end = { .set = !u->today, .value = REFORM_DAY - 1 };

	import_row(m, IMPORT_UNITS,
		BIND(unit_put, .code = V(u->code),
			.valid_from = V((int64_t)(u->today ? REFORM_DAY : VALID_ALWAYS)),
			.valid_to = V(end), .kind = V(u->kind), .parent = V(u->parent),
			.type = V(u->type), .name = V(u->name), .full_name = V(u->full_name),
			.name_en = V(u->name_en), .agency = V(u->agency)));
}

/* The rest of "Phường Phúc Xá" behind the word for what it is. */
static void name_from_full(struct unit_line *u)
{
	static const char *const types[] = { "Thành phố", "Thị xã", "Thị trấn", "Tỉnh", "Quận",
		"Huyện", "Phường", "Xã", "Đặc khu" };

	u->name = u->full_name;
	for (size_t i = 0; i < COUNT(types); i++) {
		str type = str_from(types[i]);
		if (str_starts(u->full_name, type)) {
			u->type = type;
			u->name = str_trim(str_from_at(u->full_name, type.n));
			return;
		}
	}
}

static bool is_code(str s, size_t digits)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == digits;
}

struct wanted {
	str kind;
	const char *parent; /* column */
	size_t digits, parent_digits;
	bool today;
	struct map *seen; /* codes of this file */
};

static err take_unit(struct import *m, struct table *t, void *arg)
{
	const struct wanted *w = arg;
	struct unit_line u = {
		.code = table_cell(t, m->row, "code"),
		.kind = w->kind,
		.parent = w->parent ? table_cell(t, m->row, w->parent) : S(""),
		.type = table_cell(t, m->row, "type"),
		.name = table_cell(t, m->row, "name"),
		.full_name = table_cell(t, m->row, "full_name"),
		.name_en = table_cell(t, m->row, "name_en"),
		.agency = table_cell(t, m->row, "agency_code"),
		.today = w->today,
	};
	if (!u.name.n)
		name_from_full(&u);
	if (!is_code(u.code, w->digits))
		import_reject(m, t->lines, S("no code of a unit"));
	else if (!u.full_name.n)
		import_reject(m, t->lines, S("no name"));
	else if (!is_code(u.parent, w->parent_digits))
		import_reject(m, t->lines, S("no code of the unit above"));
	else if (import_once(m, t->lines, w->seen, u.code))
		put(m, &u);
	return NULL;
}

/* --- changes --------------------------------------------------------------- */

struct current {
	str code;
};
ROW_TYPE(current_row, struct current, COLUMN(struct current, code));

/* Those in the database beside those of the files. */
static err current_codes(struct import *m, struct map *ret)
{
	LIST(struct current) codes;

	TRY(DB_LIST(m->c, m->a, &codes, &current_row, BIND(unit_current_codes)));
	for (size_t i = 0; i < codes.n; i++)
		map_put(ret, codes.items[i].code, &codes.items[i]);
	return NULL;
}

/* Codes that the list of changes foresaw, and that the list of 2026 has otherwise. */
static str as_given(str code)
{
	static const char *const corrected[][2] = { { "06970", "06978" }, { "23737", "23938" } };

	for (size_t i = 0; i < COUNT(corrected); i++)
		if (str_eq(code, str_from(corrected[i][0])))
			return str_from(corrected[i][1]);
	return code;
}

struct changes {
	struct map *provinces, *communes; /* of today */
	struct map *seen;
};

static bool is_current(const struct changes *x, str code)
{
	return map_find(x->communes, code) || map_find(x->provinces, code);
}

static err put_change(
	struct import *m, struct table *t, const struct changes *x, str before, str after, str kind)
{
	if (!is_current(x, after))
		after = as_given(after);
	if (!before.n || !is_current(x, after)) {
		import_reject(m, t->lines,
			arena_printf(m->row, "there is no unit " STR_FMT " today", STR_ARG(after)));
		return NULL;
	}
	str key = arena_printf(m->row, STR_FMT " to " STR_FMT, STR_ARG(before), STR_ARG(after));
	if (!import_once(m, t->lines, x->seen, key))
		return NULL;
	import_row(m, IMPORT_CHANGES,
		BIND(unit_change_put, .old_code = V(before), .new_code = V(after), .kind = V(kind),
			.on_day = V((int64_t)REFORM_DAY)));
	return NULL;
}

static err take_change(struct import *m, struct table *t, void *arg)
{
	str kind = table_cell(t, m->row, "kind");

	if (!str_eq(kind, S("full")) && !str_eq(kind, S("partial"))) {
		import_reject(m, t->lines, S("kind must be full or partial"));
		return NULL;
	}
	return put_change(m, t, arg, table_cell(t, m->row, "old_code"),
		table_cell(t, m->row, "new_code"), kind);
}

static err take_province_change(struct import *m, struct table *t, void *arg)
{
	return put_change(m, t, arg, table_cell(t, m->row, "code"),
		table_cell(t, m->row, "new_province"), S("full"));
}

err import_units(struct import *m)
{
	static const char *const files[] = { "provinces.tsv", "communes.tsv", "old_provinces.tsv",
		"old_districts.tsv", "old_communes.tsv", "commune_changes.tsv", NULL };
	static const char *const unit[] = { "code", "full_name", NULL };
	static const char *const change[] = { "old_code", "new_code", "kind", NULL };
	static const char *const province_change[] = { "code", "new_province", NULL };
	struct map *maps[5];
	for (size_t i = 0; i < COUNT(maps); i++)
		maps[i] = map_new(m->a, 4096);
	struct wanted provinces = { S("province"), NULL, 2, 0, true, maps[0] };
	struct wanted communes = { S("commune"), "province", 5, 2, true, maps[1] };
	struct wanted old_provinces = { S("province"), NULL, 2, 0, false, maps[2] };
	struct wanted old_districts = { S("district"), "province", 3, 2, false, maps[3] };
	struct wanted old_communes = { S("commune"), "old_district", 5, 3, false, maps[4] };
	struct changes changes = { maps[0], maps[1], map_new(m->a, 16384) };

	import_expect(m, "admin", files);
	TRY(import_table(m, "admin", files[0], true, unit, take_unit, &provinces));
	TRY(import_table(m, "admin", files[1], true, unit, take_unit, &communes));
	TRY(import_table(m, "admin", files[2], false, unit, take_unit, &old_provinces));
	TRY(import_table(m, "admin", files[3], false, unit, take_unit, &old_districts));
	TRY(import_table(m, "admin", files[4], false, unit, take_unit, &old_communes));
	TRY(current_codes(m, maps[1]));
	TRY(import_table(
		m, "admin", files[2], false, province_change, take_province_change, &changes));
	return import_table(m, "admin", files[5], false, change, take_change, &changes);
}
