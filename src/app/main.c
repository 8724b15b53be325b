/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the commands. Each is a row: its name, the common options it takes, what it does. */
#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "app/modules.h"
#include "app/program.h"
#include "builder/builder.h"
#include "calendar/commands.h"
#include "catalogue/catalogue.h"
#include "forms/sample.h"
#include "identity/identity.h"

static err open_data(void *program, struct db **ret)
{
	struct program *p = program;
	TRY(program_open(p));
	*ret = p->db;
	return NULL;
}

/* Each has an arena of its own: what it read with goes back before the database is closed. */
static int import_command(struct program *p)
{
	ARENA a = arena_new();
	struct database_door door = { open_data, p };
	return catalogue_import_command(a, &door, builder_importable, p->argc, p->argv);
}
static int search_command(struct program *p)
{
	ARENA a = arena_new();
	struct database_door door = { open_data, p };
	return catalogue_search_command(a, &door, p->argc, p->argv);
}
static int user_command(struct program *p)
{
	ARENA a = arena_new();
	struct database_door door = { open_data, p };
	return identity_user_command(a, &door, agency_exists, p->argc, p->argv);
}
static int audit_command(struct program *p)
{
	ARENA a = arena_new();
	struct database_door door = { open_data, p };
	return identity_audit_command(a, &door, p->argc, p->argv);
}
static err agency_is_known(
	struct conn *c, struct arena *a, str code, str *ret_code, bool *ret_found)
{
	struct agency agency;
	TRY(agency_find(c, a, code, &agency, ret_found));
	if (*ret_found)
		*ret_code = agency.code;
	return NULL;
}
static int deadline_run(struct program *p)
{
	ARENA a = arena_new();
	struct database_door door = { open_data, p };
	return deadline_command(a, p->has_data ? &door : NULL, agency_is_known, p->argc, p->argv);
}
static int lunar_run(struct program *p) { return lunar_command(p->arena, p->argc, p->argv); }

enum { TAKES_DATA = 1, TAKES_DEMO = 2, TAKES_DATABASE = 4, TAKES_LISTEN = 8 };

static const struct command {
	const char *name, *summary;
	int (*run)(struct program *p);
	unsigned takes;
	const char *NULLABLE usage; /* NULL: it has words of its own, and answers --help itself */
} commands[] = {
	{ "init", "make a data folder", init_command, TAKES_DATA | TAKES_DEMO | TAKES_DATABASE,
		"usage: motcua init [--demo] [--database URL] --data DIR\n"
		"  Makes a data folder: configuration, key, schema, starter catalogue.\n"
		"  --demo          with a fictional province, and accounts of a public password\n"
		"  --database URL  postgresql://USER@HOST/NAME instead of SQLite in the folder;\n"
		"                  it must be empty\n" },
	{ "serve", "serve the portal", serve_command, TAKES_DATA | TAKES_LISTEN,
		"usage: motcua serve --data DIR [--listen ADDRESS]\n"
		"  Serves until SIGTERM or SIGINT; requests under way are finished.\n"
		"  --listen ADDRESS  [::]:8080, 127.0.0.1:9000, or the path of a unix socket;\n"
		"                    else what motcua.conf says\n" },
	{ "migrate", "bring the schema of the database up to this program", migrate_command,
		TAKES_DATA, "usage: motcua migrate --data DIR\n" },
	{ "routes", "print every address, its method and who may call it", routes_command,
		TAKES_DATA, "usage: motcua routes [--data DIR]\n" },
	{ "import", "read procedures or administrative units, whole or not at all", import_command,
		TAKES_DATA, NULL },
	{ "search", "rank procedures as the search page does", search_command, TAKES_DATA, NULL },
	{ "deadline", "when a dossier is due, and why", deadline_run, TAKES_DATA, NULL },
	{ "lunar", "lunar new year and the Hùng Kings' day of a year", lunar_run, TAKES_DATA,
		NULL },
	{ "logic", "evaluate rules of forms", logic_command, 0,
		"usage: motcua logic <LINES\n"
		"  Evaluates JSONLogic: a line {\"rule\": …, \"data\": …} in, its result out.\n" },
	{ "form", "is the form of a procedure right, do its samples come out", form_command,
		TAKES_DATA, NULL },
	{ "user", "accounts of officers", user_command, TAKES_DATA, NULL },
	{ "audit", "check or list the audit trail", audit_command, TAKES_DATA, NULL },
};

static void print_commands(FILE *to)
{
	fputs("motcua: one-stop shop and public service portal\n\n", to);
	for (size_t i = 0; i < COUNT(commands); i++)
		fprintf(to, "  motcua %-10s %s\n", commands[i].name, commands[i].summary);
	fputs("\nmotcua COMMAND --help says how; motcua --version.\n"
	      "Exit status: 0 done, 1 refused or failed (said on standard error), 2 usage.\n",
		to);
}

static int misused(const struct command *c, const char *word, const char *why)
{
	fprintf(stderr, "motcua: %s %s\n", word, why);
	if (c->usage)
		fputs(c->usage, stderr);
	else
		fprintf(stderr, "motcua %s --help says how\n", c->name);
	return USAGE;
}

static const struct common {
	const char *name;
	unsigned bit;
	size_t value; /* where it goes in struct program */
} common[] = {
	{ "--data", TAKES_DATA, offsetof(struct program, data) },
	{ "--demo", TAKES_DEMO, 0 },
	{ "--database", TAKES_DATABASE, offsetof(struct program, database) },
	{ "--listen", TAKES_LISTEN, offsetof(struct program, listen) },
};

static const struct common *NULLABLE common_find(str name)
{
	for (size_t i = 0; i < COUNT(common); i++)
		if (str_eq(name, str_from(common[i].name)))
			return &common[i];
	return NULL;
}

/* Takes the common options out of the words; what is left is the command's own. */
static int take_common(const struct command *c, struct program *p, int argc, char **argv)
{
	p->argv = arena_array(p->arena, char *, (size_t)argc + 1);
	for (int i = 0; i < argc; i++) {
		str name, value;
		bool joined = str_cut(str_from(argv[i]), '=', &name, &value);
		const struct common *option = common_find(name);
		if (!option) {
			if (i > 0 && c->usage)
				return misused(c, argv[i], "is not understood");
			p->argv[p->argc++] = argv[i];
			continue;
		}
		if (!(c->takes & option->bit))
			return misused(c, option->name, "means nothing here");
		if (option->bit == TAKES_DEMO) {
			if (joined)
				return misused(c, option->name, "takes no value");
			p->demo = true;
			continue;
		}
		if (!joined)
			value = i + 1 < argc ? str_from(argv[++i]) : S("");
		if (!value.n || (!joined && str_starts(value, S("--"))))
			return misused(c, option->name, "needs a value");
		*(str *)((char *)p + option->value) = value;
		p->has_data |= option->bit == TAKES_DATA;
	}
	return DONE;
}

static bool asks_help(int argc, char **argv)
{
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
			return true;
	return false;
}

static int help(const struct command *c, struct program *p)
{
	char *words[] = { (char *)c->name, "--help", NULL };
	if (c->usage)
		return fputs(c->usage, stdout) < 0 ? REFUSED : DONE;
	p->argc = 2;
	p->argv = words;
	return c->run(p);
}

static int run(const struct command *c, int argc, char **argv)
{
	ARENA a = arena_new();
	struct program p = { .arena = a, .data = S("var") };
	if (asks_help(argc, argv))
		return help(c, &p);
	int status = take_common(c, &p, argc, argv);
	if (status == DONE)
		status = c->run(&p);
	db_close(p.db);
	return status;
}

static int dispatch(int argc, char **argv)
{
	if (argc == 1 && strcmp(argv[0], "--version") == 0) {
		puts("motcua " MOTCUA_VERSION);
		return DONE;
	}
	if (argc == 1 && asks_help(argc, argv)) {
		print_commands(stdout);
		return DONE;
	}
	for (size_t i = 0; argc > 0 && i < COUNT(commands); i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return run(&commands[i], argc, argv);
	print_commands(stderr);
	return USAGE;
}

/* "| head" has seen enough and is gone: no fault of anybody. */
static bool nobody_listens(void)
{
	struct pollfd out = { .fd = STDOUT_FILENO };
	return poll(&out, 1, 0) == 1 && (out.revents & POLLERR);
}

/* A full disk behind standard output: whoever reads it must not take half for the whole. */
static int finish(int status)
{
	bool written = !ferror(stdout);
	if ((fflush(stdout) == 0 && written) || nobody_listens())
		return status;
	fputs("motcua: standard output could not be written\n", stderr);
	return status == DONE ? REFUSED : status;
}

/* Else the database would be opened as standard error, and lines of the log written into it. */
static void hold_standard_streams(void)
{
	int fd;
	do {
		fd = open("/dev/null", O_RDONLY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd >= 0)
		close(fd);
}

int main(int argc, char **argv)
{
	hold_standard_streams();
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow: an error of write, as a full disk */
	/* What a worker filled an event loop gives back: with a heap for each thread, all of them
	 * stay half empty. */
	mallopt(M_ARENA_MAX, 2);
	crypto_init();
	return finish(dispatch(argc - 1, argv + 1));
}
