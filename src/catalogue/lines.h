/* SPDX-License-Identifier: Apache-2.0 */
/* lines.h - a text read line by line, from a file (gzip'd or not) or from memory, never whole; and
 * tables of tab-separated values on top of it. */
#pragma once
#include "core/core.h"

struct lines {
	str name;       /* of the file, without folders: what rejects are told by */
	int64_t number; /* of the line read last; 1-based */

	/* below: lines.c's own */
	struct arena *a;
	void *NULLABLE file;
	char *buffer;
	size_t at, n, room;
	int64_t unpacked;
	bool ended;
	str rest;
};

/* Closed with the arena. NOT_FOUND when there is no such file. */
MUST_USE err lines_open(struct arena *a, str path, struct lines **ret);
struct lines *lines_of(struct arena *a, str name, str text);
/* The next line without its end, valid until the next call. INVALID, with name and number, for a
 * damaged gzip file, a line over LIMIT_IMPORT_LINE, a file over LIMIT_IMPORT_FILE. */
MUST_USE err lines_next(struct lines *l, str *ret, bool *ret_more);
/* Bytes taken so far, as they are stored: for percentages. */
int64_t lines_taken(const struct lines *l);

#define TABLE_COLUMNS 16
struct table {
	struct lines *lines;
	str columns[TABLE_COLUMNS], cells[TABLE_COLUMNS];
	size_t n_columns, n_cells;
};
/* Reads the first line, which names the columns. INVALID when one of `needed`, which ends with
 * NULL, is not there. */
MUST_USE err table_open(
	struct arena *a, struct lines *l, const char *const *needed, struct table *ret);
/* The next row; empty lines and lines that begin with '#' are passed over. */
MUST_USE err table_next(struct table *t, bool *ret_more);
/* What is wrong with the row as a whole, or NULL. */
const char *NULLABLE table_fault(const struct table *t);
/* A cell of the row in NFC, without spaces around; "" when the row or the table lacks it. */
str table_cell(const struct table *t, struct arena *a, const char *column);
