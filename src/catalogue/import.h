/* SPDX-License-Identifier: Apache-2.0 */
/* import.h - one run of an import: one transaction, whole or not at all. A record that cannot be
 * taken is rejected with its file, line and reason and the others go on; a file that cannot be
 * read, or any failure of the database, undoes everything. Running it again changes nothing. */
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
	int64_t read, written, kept; /* kept: ours has a form, theirs does not */
};
struct reject {
	str file, reason;
	int64_t line;
};
struct import {
	struct arena *a; /* for the whole run */
	str folder;
	const struct embedded *NULLABLE files; /* the starter's, when they come with the program */
	instant now;
	struct import_count counts[IMPORT_KIND_COUNT];
	VEC(struct reject) rejects; /* the first LIMIT_IMPORT_REJECTS */
	int64_t rejected;           /* all */

	bool shows_progress, on_terminal;

	/* below: set by import_run */
	struct arena *row; /* for one record; reset between them */
	struct conn *c;
	int64_t bytes_total, bytes_done; /* of files that are finished */
	int shown;                       /* percentage printed last; -1 none */
};

void import_reject(struct import *m, const struct lines *l, str reason);
/* Says how far we are, when it is worth it [C32-11.7]. */
void import_progress(struct import *m, const struct lines *NULLABLE l);
/* Counts one row read, and written when a statement touched it. */
MUST_USE err import_row(
	struct import *m, enum import_kind kind, const struct sql *q, const struct value *args);
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

/* Rows of the starter's tables (data/README.md). */
MUST_USE err import_sector_row(struct import *m, struct table *t, void *arg);
MUST_USE err import_agency_row(struct import *m, struct table *t, void *arg);
MUST_USE err import_unit_row(struct import *m, struct table *t, void *arg);
/* arg: const str *, the name of the list. */
MUST_USE err import_list_row(struct import *m, struct table *t, void *arg);

/* The three things that can be imported. */
MUST_USE err import_catalogue(struct import *m);
MUST_USE err import_units(struct import *m);
MUST_USE err import_starter(struct import *m);
/* Takes one of them in one transaction; on success the counts and rejects are filled. */
MUST_USE err import_run(struct import *m, struct db *db, err (*take)(struct import *m));

/* --- official records ------------------------------------------------------ */
/* Code lists of the official data, code → name as str *. */
struct official_lists {
	struct map *subjects, *results, *legal;
};
/* A run of components in our form, "{…},{…}", by the code of their procedure as it was written. */
struct official_components {
	struct buf json;
	int64_t n;
};
/* One line of components.jsonl as a component of ours; the code of its procedure as written. */
MUST_USE err official_component(struct arena *a, str line, str *ret_procedure, str *ret_json);
/* The code of a line of catalog.jsonl as written. */
MUST_USE err official_code(struct arena *a, str line, str *ret);
/* One line of catalog.jsonl as a definition (docs/procedures.md) under a code of ours. */
MUST_USE err official_definition(struct arena *a, str line, str code,
	const struct official_lists *lists, str components, str *ret);
/* The code with which a procedure of a province is told from a national one that has the same. */
MUST_USE err official_local_code(struct arena *a, str line, str code, str *ret);
