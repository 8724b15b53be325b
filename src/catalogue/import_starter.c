/* SPDX-License-Identifier: Apache-2.0 */
/* import_starter.c - the files of data/: everything is ours, so nothing may be wrong with it, and
 * the first fault undoes the whole. */
#include "catalogue/import.h"

static const struct embedded *NULLABLE find_file(const struct embedded *files, const char *name)
{
	for (; files->name; files++)
		if (strcmp(files->name, name) == 0)
			return files;
	return NULL;
}

static struct lines *lines_of_file(struct import *m, const struct embedded *f)
{
	return lines_of(m->a, str_from(f->name), (str){ f->bytes, f->n });
}

static err take_table(struct import *m, const struct embedded *files, const char *name,
	const char *const *columns, import_take take)
{
	const struct embedded *f = find_file(files, name);

	return f ? import_rows(m, lines_of_file(m, f), columns, take, NULL) : NULL;
}

/* "dan-toc" of "lists/dan-toc.tsv"; "" for other files. */
static str list_name(const struct embedded *f)
{
	str name = str_from(f->name), folder = S("lists/"), ending = S(".tsv");

	if (!str_starts(name, folder) || !str_ends(name, ending))
		return S("");
	return str_part(name, folder.n, name.n - folder.n - ending.n);
}

static err take_lists(struct import *m, const struct embedded *files)
{
	static const char *const columns[] = { "code", "name", NULL };

	for (const struct embedded *f = files; f->name; f++) {
		str list = list_name(f);
		if (list.n)
			TRY(import_rows(m, lines_of_file(m, f), columns, import_list_row, &list));
	}
	return NULL;
}

static err take_procedure(struct import *m, const struct embedded *f)
{
	struct import_count *count = &m->counts[IMPORT_PROCEDURES];
	enum put_result result;

	err e = procedure_store(m->c, m->row, (str){ f->bytes, f->n }, m->now, false, &result);
	if (e && e->kind == ERR_INVALID)
		return FAIL(m->a, INVALID, "%s: " STR_FMT, f->name, STR_ARG(e->detail));
	TRY(e);
	count->read++;
	count->written += result != PUT_SAME;
	return NULL;
}

static err take_procedures(struct import *m, const struct embedded *files)
{
	for (const struct embedded *f = files; f->name; f++) {
		str name = str_from(f->name);
		arena_reset(m->row);
		if (str_starts(name, S("procedures/")) && str_ends(name, S(".json")))
			TRY(take_procedure(m, f));
	}
	return NULL;
}

err import_starter(struct import *m, const struct embedded *files)
{
	static const char *const named[] = { "code", "name", NULL };
	static const char *const typed[] = { "code", "type", "name", NULL };

	TRY(take_table(m, files, "sectors.tsv", named, import_sector_row));
	TRY(take_table(m, files, "agencies.tsv", named, import_agency_row));
	TRY(take_table(m, files, "units.tsv", typed, import_unit_row));
	TRY(take_lists(m, files));
	TRY(take_procedures(m, files));
	if (!m->rejected)
		return NULL;
	const struct reject *first = &m->rejects.items[0];
	return FAIL(m->a, INVALID, STR_FMT ":%lld: " STR_FMT, STR_ARG(first->file),
		(long long)first->line, STR_ARG(first->reason));
}
