/* SPDX-License-Identifier: Apache-2.0 */
/* import.h - one run of an import, whole or not at all. First everything is read, checked and
 * turned into rows, which keeps nobody waiting; then all rows are written in one transaction. A
 * record that cannot be taken is rejected with its file, line and reason. One reject refuses the
 * whole, unless skip_bad asks for what is good; a file that cannot be read, or any failure of the
 * database, always does. Running it again changes nothing. */
#pragma once
#include "catalogue/lines.h"
#include "catalogue/parts.h"

/* name as printed */
#define IMPORT_KINDS(X)                  \
	X(PROCEDURES, "procedures")      \
	X(COMPONENTS, "components")      \
	X(AGENCIES, "agencies")          \
	X(SECTORS, "sectors")            \
	X(LISTS, "items of code lists")  \
	X(UNITS, "administrative units") \
	X(CHANGES, "changes of units")
enum import_kind {
#define X(name, ...) IMPORT_##name,
	IMPORT_KINDS(X)
#undef X
		IMPORT_KIND_COUNT
};
struct import_count {
	int64_t read, written, kept; /* kept: ours has a form, or is the office's own */
};
struct reject {
	str file, reason;
	int64_t line;
};
/* A row that waits for the transaction. */
struct staged {
	enum import_kind kind;
	bool uncounted; /* hangs on the row before it */
	const struct sql *q;
	struct value *args;
};
struct staged_procedure {
	str file; /* that it came from */
	int64_t line;
	struct prepared_procedure prepared;
	bool keep_form;
};
struct import {
	struct arena *a; /* for the whole run */
	str folder;
	const struct embedded *NULLABLE files; /* the starter's, when they come with the program */
	instant now;
	bool skip_bad;
	procedure_gate NULLABLE gate;
	struct import_count counts[IMPORT_KIND_COUNT];
	VEC(struct reject) rejects; /* the first LIMIT_IMPORT_REJECTS */
	int64_t rejected;           /* all */
	VEC(str) notes;             /* what was passed over, and why */

	bool shows_progress, on_terminal;

	/* below: set by import_run */
	int64_t read_rejected; /* before anything was written */
	struct arena *row;     /* for one record; reset between them */
	struct conn *c;        /* reads what is there already */
	VEC(struct staged) staged;
	VEC(struct staged_procedure) procedures;
	int64_t bytes_total, bytes_done; /* of files that are finished */
	int shown;                       /* percentage printed last; -1 none */
};

void import_reject(struct import *m, const struct lines *l, str reason);
void import_reject_at(struct import *m, str file, int64_t line, str reason);
/* False, after rejecting the line, when the key was there before. */
bool import_once(struct import *m, const struct lines *l, struct map *seen, str key);
/* Says how far we are, when it is worth it [C32-11.7]. */
void import_progress(struct import *m, const struct lines *NULLABLE l);
/* Stages one row: counted as read, and as written when its statement touches something. */
void import_row(
	struct import *m, enum import_kind kind, const struct sql *q, const struct value *args);
/* Stages what hangs on that row. */
void import_row_too(struct import *m, const struct sql *q, const struct value *args);
/* Stages a definition; INVALID when it is none. */
MUST_USE err import_procedure(
	struct import *m, str file, int64_t line, str definition, bool keep_form);
/* FOLDER/sub/name or FOLDER/name, each also with ".gz"; *ret NULL when there is none. */
MUST_USE err import_open(
	struct import *m, const char *sub, const char *name, struct lines *NULLABLE *ret);
/* Adds the sizes of the files to bytes_total. */
void import_expect(struct import *m, const char *sub, const char *const *names);
bool import_wrote(const struct import *m);

/* One file after the other, each with what it holds. */
typedef err (*import_take)(struct import *m, struct table *t, void *arg);
/* Calls take for every row; a missing file is passed over unless it is needed (NOT_FOUND). */
MUST_USE err import_table(struct import *m, const char *sub, const char *name, bool needed,
	const char *const *columns, import_take take, void *arg);
MUST_USE err import_rows(
	struct import *m, struct lines *l, const char *const *columns, import_take take, void *arg);

/* Rows of the starter's tables (data/README.md). arg: struct map *, the keys seen so far. */
MUST_USE err import_sector_row(struct import *m, struct table *t, void *arg);
MUST_USE err import_agency_row(struct import *m, struct table *t, void *arg);
MUST_USE err import_unit_row(struct import *m, struct table *t, void *arg);
struct import_list {
	str name;
	struct map *seen;
};
/* arg: const struct import_list * */
MUST_USE err import_list_row(struct import *m, struct table *t, void *arg);

/* The three things that can be imported. */
MUST_USE err import_catalogue(struct import *m);
MUST_USE err import_units(struct import *m);
MUST_USE err import_starter(struct import *m);
/* Takes one of them. The counts and rejects are filled; INVALID when the rejects refuse it. */
MUST_USE err import_run(struct import *m, struct db *db, err (*take)(struct import *m));

/* --- official records ------------------------------------------------------ */
/* Code lists of the official data, code → name as str *. */
struct official_lists {
	struct map *subjects, *results, *legal;
};
/* One line of components.jsonl as a component of ours; the code of its procedure as written. */
struct official_paper {
	str procedure, json;
	int64_t number; /* within the procedure */
};
MUST_USE err official_component(struct arena *a, str line, struct official_paper *ret);
/* The code of a line of catalog.jsonl as written. */
MUST_USE err official_code(struct arena *a, str line, str *ret);
/* One line of catalog.jsonl as a definition (docs/procedures.md) under a code of ours. */
MUST_USE err official_definition(struct arena *a, str line, str code,
	const struct official_lists *lists, str components, str *ret);
/* INVALID, saying where, for a member that has not the type or the words that its kind has. */
MUST_USE err official_check_procedure(struct arena *a, const struct json *j);
MUST_USE err official_check_paper(struct arena *a, const struct json *j);
/* The code with which a procedure of a province is told from a national one that has the same. */
MUST_USE err official_local_code(struct arena *a, str line, str code, str *ret);
