/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - `motcua import` and `motcua search`. */
#include "catalogue/import.h"

#include <stdio.h>
#include <unistd.h>

/* --- saying what happened ------------------------------------------------------ */

static void report_rejects(const struct import *m)
{
	for (size_t i = 0; i < m->rejects.n; i++) {
		const struct reject *r = &m->rejects.items[i];
		fprintf(stderr, STR_FMT ":%lld: " STR_FMT "\n", STR_ARG(r->file),
			(long long)r->line, STR_ARG(r->reason));
	}
	for (size_t i = 0; i < m->notes.n; i++)
		fprintf(stderr, STR_FMT "\n", STR_ARG(m->notes.items[i]));
	if (m->rejected)
		fprintf(stderr, "%lld rejected\n", (long long)m->rejected);
}

static void report(const struct import *m)
{
	static const char *const names[] = {
#define X(name, text) [IMPORT_##name] = text,
		IMPORT_KINDS(X)
#undef X
	};

	for (int i = 0; i < IMPORT_KIND_COUNT; i++) {
		const struct import_count *c = &m->counts[i];
		if (!c->read)
			continue;
		printf("%s: %lld read", names[i], (long long)c->read);
		if (i != IMPORT_COMPONENTS)
			printf(", %lld written", (long long)c->written);
		if (c->kept)
			printf(", %lld kept (ours have a form, or are the office's own)",
				(long long)c->kept);
		printf("\n");
	}
	if (!import_wrote(m))
		printf("nothing changed\n");
}

static int import_usage(FILE *to, int status)
{
	fputs("usage: motcua import catalogue|units|starter --data DIR [--skip-bad] FOLDER\n"
	      "  catalogue  procedures, papers, agencies, code lists: FOLDER or FOLDER/procedures\n"
	      "             with catalog.jsonl, components.jsonl and *.tsv, gzip'd or not\n"
	      "  units      provinces and communes: FOLDER or FOLDER/admin with *.tsv\n"
	      "  starter    a folder of procedures, CODE.json, or one like data/ of the program's\n"
	      "             source\n"
	      "Records that cannot be taken are named, with file, line and reason. One of them\n"
	      "refuses the whole import; with --skip-bad the others are taken.\n",
		to);
	return status;
}

int catalogue_import_command(struct arena *a, const struct database_door *door,
	procedure_gate NULLABLE gate, int argc, char **argv)
{
	static const struct {
		const char *name;
		err (*take)(struct import *m);
	} kinds[] = {
		{ "catalogue", import_catalogue },
		{ "units", import_units },
		{ "starter", import_starter },
	};
	struct import m = { .a = a,
		.now = instant_now(),
		.gate = gate,
		.shows_progress = true,
		.on_terminal = isatty(STDERR_FILENO) };
	const char *words[2] = { 0 };
	struct db *db;
	size_t kind = 0, n = 0;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return import_usage(stdout, DONE);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--skip-bad") == 0)
			m.skip_bad = true;
		else if (n++ < COUNT(words))
			words[n - 1] = argv[i];
	}
	while (n == COUNT(words) && kind < COUNT(kinds) && strcmp(words[0], kinds[kind].name) != 0)
		kind++;
	if (n != COUNT(words) || kind == COUNT(kinds))
		return import_usage(stderr, USAGE);
	m.folder = str_from(words[1]);
	err e = door_open(door, &db);
	if (!e)
		e = import_run(&m, db, kinds[kind].take);
	report_rejects(&m);
	if (e) {
		fprintf(stderr, "motcua: nothing was imported: " STR_FMT "\n", STR_ARG(e->detail));
		return REFUSED;
	}
	report(&m);
	return DONE;
}

/* --- search ---------------------------------------------------------------- */

static int search_usage(FILE *to, int status)
{
	fputs("usage: motcua search --data DIR [--limit N] WORDS\n"
	      "  Prints the procedures as the search page ranks them: code, tab, name; all of\n"
	      "  them, or the first N.\n",
		to);
	return status;
}

struct asked {
	struct buf words;
	int64_t limit;
};

/* False when they mean nothing. */
static bool read_search(struct arena *a, int argc, char **argv, struct asked *ret)
{
	*ret = (struct asked){ buf_in(a, 16 * KIB), INT32_MAX };
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--limit") == 0) {
			str n = i + 1 < argc ? str_from(argv[++i]) : S("");
			if (!str_to_int(n, 1, INT32_MAX, &ret->limit))
				return false;
			continue;
		}
		if (strncmp(argv[i], "--", 2) == 0)
			return false;
		if (ret->words.n)
			buf_char(&ret->words, ' ');
		buf_add(&ret->words, str_from(argv[i]));
	}
	return str_trim(buf_str(&ret->words)).n > 0;
}

static err search(struct arena *a, const struct database_door *door, struct asked *asked,
	struct catalogue_page *ret)
{
	struct catalogue *k;
	struct db *db;

	TRY(door_open(door, &db));
	TRY(catalogue_open(db, a, day_of(instant_now()), &k));
	catalogue_search(catalogue_snapshot(k, a), a, buf_str(&asked->words), 0, asked->limit, ret);
	catalogue_close(k);
	return NULL;
}

int catalogue_search_command(
	struct arena *a, const struct database_door *door, int argc, char **argv)
{
	struct catalogue_page page;
	struct asked asked;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return search_usage(stdout, DONE);
	if (!read_search(a, argc, argv, &asked))
		return search_usage(stderr, USAGE);
	err e = search(a, door, &asked, &page);
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
