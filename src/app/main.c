/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the commands. Each is a row: its name, what it needs, what it does. */
#include <malloc.h>
#include <signal.h>
#include <unistd.h>

#include "app/modules.h"
#include "app/program.h"
#include "calendar/commands.h"
#include "catalogue/catalogue.h"
#include "core/crypto.h"
#include "identity/identity.h"

/* Each has an arena of its own: what it read with goes back before the database is closed. */
static int import_command(struct program *p)
{
	ARENA a = arena_new();
	return catalogue_import_command(a, p->db, p->argc, p->argv);
}
static int search_command(struct program *p)
{
	ARENA a = arena_new();
	return catalogue_search_command(a, p->db, p->argc, p->argv);
}
static int user_command(struct program *p)
{
	ARENA a = arena_new();
	return identity_user_command(a, p->db, p->argc, p->argv);
}
static int audit_command(struct program *p)
{
	ARENA a = arena_new();
	return identity_audit_command(a, p->db, p->argc, p->argv);
}
static int deadline_run(struct program *p)
{
	ARENA a = arena_new();
	return deadline_command(a, p->db, p->argc, p->argv);
}
static int lunar_run(struct program *p) { return lunar_command(p->arena, p->argc, p->argv); }

/* MAY_NEED_DATABASE: only when --data names one. */
enum needs { NEEDS_NOTHING, NEEDS_FOLDER, MAY_NEED_DATABASE, NEEDS_DATABASE };

static const struct command {
	const char *name;
	int (*run)(struct program *p);
	enum needs needs;
	bool words; /* has words or options of its own */
	const char *usage, *summary;
} commands[] = {
	{ "init", init_command, NEEDS_FOLDER, false, "init [--demo] [--database URL] --data DIR",
		"make a data folder; --demo fills it with a fictional province" },
	{ "serve", serve_command, NEEDS_FOLDER, false, "serve --data DIR [--listen ADDRESS]",
		"serve on [::]:8080, 127.0.0.1:9000 or a unix socket path" },
	{ "migrate", migrate_command, NEEDS_FOLDER, false, "migrate --data DIR",
		"bring the schema of the database up to this program" },
	{ "routes", routes_command, NEEDS_NOTHING, false, "routes",
		"print every address, its method and who may call it" },
	{ "import", import_command, NEEDS_DATABASE, true,
		"import catalogue|units|starter --data DIR FOLDER",
		"read procedures or administrative units, whole or not at all" },
	{ "search", search_command, NEEDS_DATABASE, true, "search --data DIR WORDS",
		"rank the procedures as the search page does: code, tab, name" },
	{ "deadline", deadline_run, MAY_NEED_DATABASE, true,
		"deadline --received 2026-11-23T09:00 --limit 3wd [--explain]",
		"when a dossier is due, and why" },
	{ "lunar", lunar_run, NEEDS_NOTHING, true, "lunar YEAR",
		"lunar new year and the Hùng Kings' day of a year" },
	{ "logic", logic_command, NEEDS_NOTHING, false, "logic <LINES",
		"evaluate JSONLogic: a line {\"rule\": …, \"data\": …} in, its result out" },
	{ "user", user_command, NEEDS_DATABASE, true,
		"user add --data DIR --role ROLE --agency CODE NAME | list | lock | password",
		"accounts of officers" },
	{ "audit", audit_command, NEEDS_DATABASE, true, "audit verify|list --data DIR [--against FILE]",
		"check the chain of the audit trail" },
};

static void print_commands(FILE *to)
{
	fputs("motcua: one-stop shop and public service portal\n\n", to);
	for (size_t i = 0; i < COUNT(commands); i++)
		fprintf(to, "  motcua %s\n        %s\n", commands[i].usage, commands[i].summary);
	fputs("\n  motcua --version, motcua COMMAND --help\n"
	      "\nExit status: 0 done, 1 refused or failed (said on standard error), 2 usage.\n",
		to);
}

static int usage_of(const struct command *c, FILE *to, int status)
{
	fprintf(to, "usage: motcua %s\n       %s\n", c->usage, c->summary);
	return status;
}

/* Takes --data, --demo, --database, --listen out of the words; what is left is the command's. */
static bool take_common(struct program *p, int argc, char **argv)
{
	const char *usual = p->data.p;
	p->argv = arena_array(p->arena, char *, (size_t)argc + 1);
	for (int i = 0; i < argc; i++) {
		bool has_value = i + 1 < argc;
		if (strcmp(argv[i], "--demo") == 0)
			p->demo = true;
		else if (strncmp(argv[i], "--data=", 7) == 0)
			p->data = str_from(argv[i] + 7);
		else if (strcmp(argv[i], "--data") == 0 && has_value)
			p->data = str_from(argv[++i]);
		else if (strncmp(argv[i], "--database=", 11) == 0)
			p->database = str_from(argv[i] + 11);
		else if (strcmp(argv[i], "--database") == 0 && has_value)
			p->database = str_from(argv[++i]);
		else if (strncmp(argv[i], "--listen=", 9) == 0)
			p->listen = str_from(argv[i] + 9);
		else if (strcmp(argv[i], "--listen") == 0 && has_value)
			p->listen = str_from(argv[++i]);
		else
			p->argv[p->argc++] = argv[i];
	}
	p->has_data = p->data.p != usual;
	return true;
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static err prepare(struct program *p, enum needs needs)
{
	if (needs == NEEDS_NOTHING || needs == NEEDS_FOLDER ||
		(needs == MAY_NEED_DATABASE && !p->has_data))
		return NULL;
	if (access(str_z(p->arena, p->data), R_OK | X_OK) != 0)
		return FAIL(p->arena, NOT_FOUND,
			"no data folder at " STR_FMT "; make one with motcua init --data DIR",
			STR_ARG(p->data));
	return program_open(p, false);
}

static int run(const struct command *c, struct program *p)
{
	err e = prepare(p, c->needs);
	if (e) {
		fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
		return EXIT_REFUSED;
	}
	int status = c->run(p);
	db_close(p->db);
	return status;
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow: an error of write, as a full disk */
	/* What a worker filled an event loop gives back: with a heap for each thread, all of them
	 * stay half empty. */
	mallopt(M_ARENA_MAX, 2);
	crypto_init();
	if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		puts("motcua " MOTCUA_VERSION);
		return EXIT_DONE;
	}
	if (argc == 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		print_commands(stdout);
		return EXIT_DONE;
	}
	for (size_t i = 0; argc > 1 && i < COUNT(commands); i++) {
		const struct command *c = &commands[i];
		if (strcmp(argv[1], c->name) != 0)
			continue;
		if (!c->words && asks_help(argc - 2, argv + 2))
			return usage_of(c, stdout, EXIT_DONE);
		if (c->needs == NEEDS_DATABASE && asks_help(argc - 2, argv + 2))
			return usage_of(c, stdout, EXIT_DONE);
		ARENA a = arena_new();
		struct program p = { .arena = a, .data = S("var") };
		take_common(&p, argc - 1, argv + 1);
		if (!c->words && p.argc > 1)
			return usage_of(c, stderr, EXIT_USAGE);
		return run(c, &p);
	}
	print_commands(stderr);
	return EXIT_USAGE;
}
