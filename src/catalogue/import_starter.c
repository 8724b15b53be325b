/* SPDX-License-Identifier: Apache-2.0 */
/* import_starter.c - the files of data/: everything is ours, so nothing should be wrong with it,
 * and the first fault is told as the error. */
#include "catalogue/import.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#define STARTER_FILES_MOST 20000
#define STARTER_FILE_MOST (4 * MIB)

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

	return f ? import_rows(m, lines_of_file(m, f), columns, take, map_new(m->a, 256)) : NULL;
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
		struct import_list list = { list_name(f), map_new(m->a, 256) };
		if (list.name.n)
			TRY(import_rows(m, lines_of_file(m, f), columns, import_list_row, &list));
	}
	return NULL;
}

static err take_procedure(struct import *m, const struct embedded *f)
{
	err e = import_procedure(m, str_from(f->name), 1, (str){ f->bytes, f->n }, false);
	if (e && m->skip_bad)
		import_reject_at(m, str_from(f->name), 1, e->detail);
	return e && !m->skip_bad ? FAIL(m->a, INVALID, "%s: " STR_FMT, f->name, STR_ARG(e->detail))
				 : NULL;
}

/* In procedures/, or beside it: a folder of nothing but procedures needs no other in it. The schema
 * that lies there is of editors. */
static bool is_procedure(const struct embedded *f)
{
	str name = str_from(f->name);

	if (!str_ends(name, S(".json")) || str_ends(name, S(".schema.json")))
		return false;
	return str_starts(name, S("procedures/")) || !str_has(name, S("/"));
}

static err take_procedures(struct import *m, const struct embedded *files)
{
	for (const struct embedded *f = files; f->name; f++) {
		arena_reset(m->row);
		if (is_procedure(f))
			TRY(take_procedure(m, f));
	}
	return NULL;
}

/* --- a folder like data/ ------------------------------------------------------ */

struct folder {
	struct arena *a;
	VEC(struct embedded) files;
};

static err read_whole(struct arena *a, const char *path, struct embedded *ret)
{
	FILE *f = fopen(path, "rb");
	struct stat s;

	if (!f)
		return FAIL(a, NOT_FOUND, "%s: %m", path);
	bool fits = fstat(fileno(f), &s) == 0 && s.st_size <= STARTER_FILE_MOST;
	size_t n = fits ? (size_t)s.st_size : 0;
	char *bytes = arena_bytes(a, n + 1, 1);
	bool whole = fits && fread(bytes, 1, n, f) == n;
	fclose(f);
	if (!whole)
		return FAIL(a, INVALID, "%s: %s", path, fits ? "cannot be read" : "is too large");
	ret->bytes = bytes;
	ret->n = n;
	return NULL;
}

/* Files that the starter may have; others, and folders, are passed over. */
static bool is_ours(const char *name)
{
	str s = str_from(name);
	return str_ends(s, S(".tsv")) || str_ends(s, S(".json"));
}

static err read_folder(struct folder *f, str folder, const char *below)
{
	str path = arena_printf(f->a, STR_FMT "/%s", STR_ARG(folder), below);
	DIR *d = opendir(path.p);
	err e = NULL;

	if (!d)
		return *below && errno == ENOENT
			? NULL
			: FAIL(f->a, NOT_FOUND, STR_FMT ": %m", STR_ARG(path));
	for (struct dirent *entry; !e && (entry = readdir(d));) {
		if (!is_ours(entry->d_name))
			continue;
		struct embedded *file = VEC_PUSH(f->a, &f->files);
		file->name = arena_printf(f->a, "%s%s", below, entry->d_name).p;
		e = f->files.n > STARTER_FILES_MOST
			? FAIL(f->a, INVALID, STR_FMT ": too many files", STR_ARG(path))
			: read_whole(f->a,
				  arena_printf(f->a, STR_FMT "/%s%s", STR_ARG(folder), below,
					  entry->d_name)
					  .p,
				  file);
	}
	closedir(d);
	return e;
}

static bool is_known(const struct embedded *f)
{
	static const char *const tables[] = { "sectors.tsv", "agencies.tsv", "units.tsv" };

	for (size_t i = 0; i < COUNT(tables); i++)
		if (strcmp(f->name, tables[i]) == 0)
			return true;
	return list_name(f).n || is_procedure(f);
}

/* A folder of something else would be imported with nothing to say. */
static bool knows_any(const struct folder *f)
{
	for (size_t i = 0; i < f->files.n; i++)
		if (is_known(&f->files.items[i]))
			return true;
	return false;
}

static err read_starter(struct arena *a, str folder, const struct embedded **ret)
{
	struct folder f = { .a = a };

	TRY(read_folder(&f, folder, ""));
	TRY(read_folder(&f, folder, "procedures/"));
	TRY(read_folder(&f, folder, "lists/"));
	if (!knows_any(&f))
		return FAIL(a, NOT_FOUND,
			STR_FMT ": no procedure (CODE.json, procedures/CODE.json), no sectors.tsv, "
				"agencies.tsv, units.tsv, lists/NAME.tsv here",
			STR_ARG(folder));
	VEC_PUSH(a, &f.files)->name = NULL;
	*ret = f.files.items;
	return NULL;
}

/* --- the whole ---------------------------------------------------------------- */

err import_starter(struct import *m)
{
	static const char *const named[] = { "code", "name", NULL };
	static const char *const typed[] = { "code", "type", "name", NULL };
	const struct embedded *files = m->files;

	if (!files)
		TRY(read_starter(m->a, m->folder, &files));
	TRY(take_table(m, files, "sectors.tsv", named, import_sector_row));
	TRY(take_table(m, files, "agencies.tsv", named, import_agency_row));
	TRY(take_table(m, files, "units.tsv", typed, import_unit_row));
	TRY(take_lists(m, files));
	TRY(take_procedures(m, files));
	if (!m->rejected || m->skip_bad)
		return NULL;
	const struct reject *first = &m->rejects.items[0];
	return FAIL(m->a, INVALID, STR_FMT ":%lld: " STR_FMT, STR_ARG(first->file),
		(long long)first->line, STR_ARG(first->reason));
}

err catalogue_import_starter(struct db *db, struct arena *a, const struct embedded *files,
	procedure_gate NULLABLE gate, instant now)
{
	struct import m = { .a = a, .now = now, .files = files, .gate = gate };

	return import_run(&m, db, import_starter);
}
