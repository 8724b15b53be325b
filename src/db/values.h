/* SPDX-License-Identifier: Apache-2.0 */
/* values.h - what goes into statements and comes out of them: arguments bound by name, rows read
 * into structs by the names of their columns. Included by db.h. */
#pragma once
#include "core/core.h"

enum db_engine { DB_SQLITE, DB_POSTGRES, DB_ENGINE_COUNT };

/* --- values -------------------------------------------------------------- */
enum value_kind { VALUE_UNSET, VALUE_TEXT, VALUE_INT, VALUE_BOOL, VALUE_OPT_INT };

struct value {
	enum value_kind kind;
	str text;
	int64_t number; /* VALUE_INT, VALUE_BOOL; VALUE_OPT_INT when set */
	bool is_null;
};

static inline struct value value_text(str v)
{
	return (struct value){ .kind = VALUE_TEXT, .text = v };
}
static inline struct value value_int(int64_t v)
{
	return (struct value){ .kind = VALUE_INT, .number = v };
}
static inline struct value value_bool(bool v)
{
	return (struct value){ .kind = VALUE_BOOL, .number = v };
}
static inline struct value value_opt_int(struct opt_int v)
{
	return (struct value){ .kind = VALUE_OPT_INT, .number = v.value, .is_null = !v.set };
}

/* clang-format off */
/* The C type of the expression chooses the kind. */
#define V(v)                                                                     \
	_Generic((v), str: value_text, bool: value_bool, struct opt_int: value_opt_int, \
		default: value_int)(v)

/* --- statements ---------------------------------------------------------- */
struct sql {
	const char *name;
	const char *text[DB_ENGINE_COUNT];
	int n_params;
	const char *const *params;
};

/* A statement with its arguments, by name: BIND(dossier_by_code, .code = V(code)). A misspelt
 * statement or argument does not compile; a forgotten one is INTERNAL when run. */
#define BIND(statement, ...) \
	&statement, (const struct value *)&(const struct statement##_args){ __VA_ARGS__ }

/* --- rows ---------------------------------------------------------------- */
struct column {
	const char *name;
	enum value_kind kind;
	size_t offset;
};
#define COLUMN_KIND(lvalue)                                                    \
	_Generic((lvalue), str: VALUE_TEXT, int64_t: VALUE_INT, bool: VALUE_BOOL, \
		struct opt_int: VALUE_OPT_INT)
/* A column read into the member of the same name. Members are str, int64_t, bool or opt_int. */
#define COLUMN(type, member) \
	{ #member, COLUMN_KIND(((type *)0)->member), offsetof(type, member) }
/* clang-format on */
struct row_type {
	size_t size;
	const struct column *columns;
	size_t n;
};
/* ROW_TYPE(dossier_row, struct dossier, COLUMN(struct dossier, id), …); Columns are found by name;
 * a row type that asks for a column the statement lacks is INTERNAL. */
#define ROW_TYPE(row_name, type, ...)                                               \
	static const struct column row_name##_columns[] = { __VA_ARGS__ };          \
	static const struct row_type row_name = { sizeof(type), row_name##_columns, \
		COUNT(row_name##_columns) }
