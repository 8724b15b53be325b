/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - `motcua import` and `motcua search`. */
#include "catalogue/import.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DONE, REFUSED, USAGE };

#define SEARCH_MOST 20
#define STARTER_FILES_MOST 20000
#define STARTER_FILE_MOST (4 * MIB)

/* --- running an import ------------------------------------------------------ */

struct run {
	struct import m;
	err (*what)(struct import *m);
	const struct embedded *NULLABLE files;
};

/* May run again after a serialization failure, so it begins with everything at zero. */
static err import_act(struct conn *c, struct arena *a, void *arg)
{
	struct run *r = arg;
	struct import *m = &r->m;
	ARENA row = arena_new();

	memset(m->counts, 0, sizeof m->counts);
	m->rejects.n = 0;
	m->rejected = m->bytes_total = m->bytes_done = 0;
	m->shown = -1;
	m->c = c;
	m->row = row;
	err e = r->files ? import_starter(m, r->files) : r->what(m);
	if (!e && import_wrote(m))
		e = content_bump(c, a);
	/* It may lie in the memory of its record. */
	return e ? err_make(m->a, e->kind, e->file, e->line, STR_FMT, STR_ARG(e->detail)) : NULL;
}

err catalogue_import_starter(
	struct db *db, struct arena *a, const struct embedded *files, instant now)
{
	struct run r = { .m = { .a = a, .now = now }, .files = files };

	return db_write(db, a, import_act, &r);
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

static err read_starter(struct arena *a, str folder, const struct embedded **ret)
{
	struct folder f = { .a = a };

	TRY(read_folder(&f, folder, ""));
	TRY(read_folder(&f, folder, "procedures/"));
	TRY(read_folder(&f, folder, "lists/"));
	if (!f.files.n)
		return FAIL(a, NOT_FOUND, STR_FMT ": no .tsv and no .json here", STR_ARG(folder));
	VEC_PUSH(a, &f.files)->name = NULL;
	*ret = f.files.items;
	return NULL;
}

/* --- saying what happened ------------------------------------------------------ */

static void report(const struct import *m)
{
	static const char *const names[] = {
#define X(name, text) [IMPORT_##name] = text,
		IMPORT_KINDS(X)
#undef X
	};

	for (size_t i = 0; i < m->rejects.n; i++) {
		const struct reject *r = &m->rejects.items[i];
		fprintf(stderr, STR_FMT ":%lld: " STR_FMT "\n", STR_ARG(r->file),
			(long long)r->line, STR_ARG(r->reason));
	}
	if (m->rejected)
		fprintf(stderr, "%lld rejected\n", (long long)m->rejected);
	for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
		const struct import_count *c = &m->counts[i];
		if (!c->read)
			continue;
		printf("%s: %lld read", names[i], (long long)c->read);
		if (i != IMPORT_COMPONENTS)
			printf(", %lld written", (long long)c->written);
		if (c->kept)
			printf(", %lld kept (ours have a form)", (long long)c->kept);
		printf("\n");
	}
	if (!import_wrote(m))
		printf("nothing changed\n");
}

static int import_usage(FILE *to, int status)
{
	fputs("usage: motcua import catalogue|units|starter --data DIR FOLDER\n"
	      "  catalogue  procedures, papers, agencies, code lists: FOLDER or FOLDER/procedures\n"
	      "             with catalog.jsonl, components.jsonl and *.tsv, gzip'd or not\n"
	      "  units      provinces and communes: FOLDER or FOLDER/admin with *.tsv\n"
	      "  starter    a folder like data/ of the program's source\n",
		to);
	return status;
}

int catalogue_import_command(struct arena *a, struct db *db, int argc, char **argv)
{
	struct run r = { .m = { .a = a,
				 .now = instant_now(),
				 .shows_progress = true,
				 .on_terminal = isatty(STDERR_FILENO) } };
	err e = NULL;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return import_usage(stdout, DONE);
	if (argc != 3)
		return import_usage(stderr, USAGE);
	r.m.folder = str_from(argv[2]);
	if (strcmp(argv[1], "catalogue") == 0)
		r.what = import_catalogue;
	else if (strcmp(argv[1], "units") == 0)
		r.what = import_units;
	else if (strcmp(argv[1], "starter") == 0)
		e = read_starter(a, r.m.folder, &r.files);
	else
		return import_usage(stderr, USAGE);
	if (!e)
		e = db_write(db, a, import_act, &r);
	if (e) {
		fprintf(stderr, "motcua: nothing was imported: " STR_FMT "\n", STR_ARG(e->detail));
		return REFUSED;
	}
	report(&r.m);
	return DONE;
}

/* --- search ---------------------------------------------------------------- */

static int search_usage(FILE *to, int status)
{
	fputs("usage: motcua search --data DIR WORDS\n"
	      "  Prints the procedures as the search page ranks them: code, tab, name.\n",
		to);
	return status;
}

static err search(struct arena *a, struct db *db, str words, struct catalogue_page *ret)
{
	struct catalogue *k;

	TRY(catalogue_open(db, a, day_of(instant_now()), &k));
	catalogue_search(catalogue_snapshot(k, a), a, words, 0, SEARCH_MOST, ret);
	catalogue_close(k);
	return NULL;
}

int catalogue_search_command(struct arena *a, struct db *db, int argc, char **argv)
{
	struct catalogue_page page;
	struct buf words = buf_in(a, 16 * KIB);

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return search_usage(stdout, DONE);
	for (int i = 1; i < argc; i++) {
		if (words.n)
			buf_char(&words, ' ');
		buf_add(&words, str_from(argv[i]));
	}
	if (!str_trim(buf_str(&words)).n)
		return search_usage(stderr, USAGE);
	err e = search(a, db, buf_str(&words), &page);
	if (e) {
		fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
		return REFUSED;
	}
	for (size_t i = 0; i < page.entries.n; i++)
		printf(STR_FMT "\t" STR_FMT "\n", STR_ARG(page.entries.items[i]->code),
			STR_ARG(page.entries.items[i]->name));
	if (!page.entries.n)
		fprintf(stderr, "motcua: no procedure was found\n");
	return DONE;
}
