/* SPDX-License-Identifier: Apache-2.0 */
/* sqlc.c - turns a file of named SQL statements into C.       usage: sqlc IN.sql OUT.h OUT.c
 *
 *     -- name: dossier_by_code
 *     -- One dossier (comments are kept out of the text).
 *     SELECT id, state FROM dossier WHERE code = :code AND owner_id = :owner;
 *
 * gives `const struct sql dossier_by_code`, whose text has $1 and $2, and
 * `struct dossier_by_code_args { struct value code; struct value owner; }`: a misspelt statement
 * or argument is an error of the C compiler. Where the engines differ, a statement is written
 * twice, as `-- name: job_take @sqlite` and `-- name: job_take @postgres`, with the same
 * parameters. Parameters are numbered by their first appearance in the first of the two. */
#include "tool.h"
#include <string.h>

enum { MAX_PARAMS = 40 };
enum engine { SQLITE, POSTGRES, ENGINES };
static const char *const engine_words[ENGINES] = { "sqlite", "postgres" };

struct statement {
	struct statement *next;
	const char *name;
	int lines[ENGINES]; /* where each text was named; 0 = not yet */
	struct text texts[ENGINES];
	const char *params[MAX_PARAMS];
	int n_params;
};

struct file {
	const char *path, *stem, *at;
	int line;
	struct statement *first;
};

/* One text being read: a whole statement, or its variant for one engine. */
struct writing {
	struct statement *statement;
	struct text text;
	bool second_variant; /* its parameters are known already */
	bool used[MAX_PARAMS];
};

static void skip_line(struct file *f)
{
	while (*f->at && *f->at != '\n')
		f->at++;
}

static char *take_word(struct file *f)
{
	while (*f->at == ' ' || *f->at == '\t')
		f->at++;
	const char *start = f->at;
	while (*f->at && !is_space(*f->at))
		f->at++;
	return keep_text(start, (size_t)(f->at - start));
}

static struct statement *find_or_add(struct file *f, const char *name)
{
	struct statement **link = &f->first;
	for (; *link; link = &(*link)->next)
		if (strcmp((*link)->name, name) == 0)
			return *link;
	*link = keep(sizeof **link);
	(*link)->name = name;
	return *link;
}

static const char name_mark[] = "-- name:";

static bool at_name_line(const struct file *f)
{
	return strncmp(f->at, name_mark, sizeof name_mark - 1) == 0;
}

/* Reads "-- name: job_take @sqlite". Returns the engine, ENGINES when it is for all of them. */
static enum engine read_name(struct file *f, struct writing *w)
{
	f->at += sizeof name_mark - 1;
	char *name = take_word(f), *tag = take_word(f);
	if (!is_identifier(name))
		die_at(f->path, f->line, "'%s' cannot be the name of a statement", name);
	if (*take_word(f))
		die_at(f->path, f->line, "more than a name and an engine");
	enum engine engine = SQLITE;
	if (!*tag)
		engine = ENGINES;
	else
		while (engine < ENGINES && (*tag != '@' || strcmp(tag + 1, engine_words[engine])))
			engine++;
	if (*tag && engine == ENGINES)
		die_at(f->path, f->line, "'%s' is not @sqlite or @postgres", tag);

	struct statement *s = find_or_add(f, name);
	for (enum engine e = SQLITE; e < ENGINES; e++) {
		if (s->lines[e] && (e == engine || engine == ENGINES))
			die_at(f->path, f->line, "%s is already on line %d", name, s->lines[e]);
		w->second_variant |= s->lines[e] != 0;
		if (e == engine || engine == ENGINES)
			s->lines[e] = f->line;
	}
	w->statement = s;
	return engine;
}

static void read_param(struct file *f, struct writing *w)
{
	struct statement *s = w->statement;
	const char *start = ++f->at;
	if (*start == ':')
		die_at(f->path, f->line, "'::' is PostgreSQL only; write CAST(… AS …)");
	if (!is_identifier_start(*start))
		die_at(f->path, f->line, "':' without the name of a parameter");
	while (is_identifier_part(*f->at))
		f->at++;
	char *name = keep_text(start, (size_t)(f->at - start));
	int i = 0;
	while (i < s->n_params && strcmp(s->params[i], name) != 0)
		i++;
	if (i == s->n_params) {
		if (w->second_variant)
			die_at(f->path, f->line, "the other %s has no parameter :%s", s->name,
				name);
		if (i == MAX_PARAMS)
			die_at(f->path, f->line, "%s has more than %d parameters", s->name,
				MAX_PARAMS);
		s->params[s->n_params++] = name;
	}
	w->used[i] = true;
	text_printf(&w->text, "$%d", i + 1);
}

/* Copies '…' or "…" unchanged. A doubled quote inside reads as two strings in a row. */
static void read_quoted(struct file *f, struct writing *w)
{
	int line = f->line;
	const char *start = f->at++;
	for (; *f->at != *start; f->at++) {
		if (!*f->at)
			die_at(f->path, line, "a %c that is never closed", *start);
		f->line += *f->at == '\n';
	}
	f->at++;
	text_add(&w->text, start, (size_t)(f->at - start));
}

/* Skips white space and comments, which count as one space in the text. */
static void read_gap(struct file *f, struct writing *w)
{
	while (is_space(*f->at) || strncmp(f->at, "--", 2) == 0) {
		if (*f->at == '-')
			skip_line(f);
		else if (*f->at++ == '\n' && ++f->line && at_name_line(f))
			die_at(f->path, f->line, "%s before this has no ';'", w->statement->name);
	}
	if (w->text.n && *f->at != ';')
		text_put(&w->text, " ");
}

static void read_text(struct file *f, struct writing *w)
{
	const char *name = w->statement->name;
	int line = f->line;
	while (*f->at != ';') {
		if (!*f->at)
			die_at(f->path, line, "%s has no ';'", name);
		else if (is_space(*f->at) || strncmp(f->at, "--", 2) == 0)
			read_gap(f, w);
		else if (strncmp(f->at, "/*", 2) == 0)
			die_at(f->path, f->line, "comments begin with --");
		else if (*f->at == '\'' || *f->at == '"')
			read_quoted(f, w);
		else if (*f->at == ':')
			read_param(f, w);
		else if (*f->at == '$')
			die_at(f->path, f->line, "parameters are written :name");
		else
			text_add(&w->text, f->at++, 1);
	}
	f->at++;
	if (!w->text.n)
		die_at(f->path, line, "%s is empty", name);
	for (int i = 0; i < w->statement->n_params; i++)
		if (!w->used[i])
			die_at(f->path, line, "this %s lacks the parameter :%s of the other", name,
				w->statement->params[i]);
}

static void read_statements(struct file *f)
{
	while (*f->at) {
		if (at_name_line(f)) {
			struct writing w = { 0 };
			enum engine engine = read_name(f, &w);
			read_text(f, &w);
			for (enum engine e = SQLITE; e < ENGINES; e++)
				if (e == engine || engine == ENGINES)
					w.statement->texts[e] = w.text;
		} else if (strncmp(f->at, "--", 2) == 0) {
			skip_line(f);
		} else if (is_space(*f->at)) {
			f->line += *f->at++ == '\n';
		} else {
			die_at(f->path, f->line,
				"text outside a statement (begin it with '-- name:')");
		}
	}
	if (!f->first)
		die_at(f->path, f->line, "no statements");
	for (struct statement *s = f->first; s; s = s->next)
		for (enum engine e = SQLITE; e < ENGINES; e++)
			if (!s->lines[e])
				die_at(f->path, s->lines[ENGINES - 1 - e], "%s has no variant @%s",
					s->name, engine_words[e]);
}

static struct text header_text(const struct file *f)
{
	struct text t = { 0 };
	text_printf(&t, "/* Made by sqlc from %s. */\n#pragma once\n#include \"db/db.h\"\n",
		path_base(f->path));
	for (const struct statement *s = f->first; s; s = s->next) {
		text_printf(
			&t, "\nextern const struct sql %s;\nstruct %s_args {\n", s->name, s->name);
		for (int i = 0; i < s->n_params; i++)
			text_printf(&t, "\tstruct value %s;\n", s->params[i]);
		if (!s->n_params) /* C has no empty struct */
			text_put(&t, "\tstruct value none_;\n");
		text_put(&t, "};\n");
	}
	text_printf(&t,
		"\nextern const struct sql *const %s_statements[];     /* ends with NULL */\n",
		f->stem);
	return t;
}

static struct text source_text(const struct file *f, const char *header)
{
	struct text t = { 0 };
	text_printf(&t, "/* Made by sqlc from %s. */\n#include \"%s\"\n#include <stddef.h>\n",
		path_base(f->path), path_base(header));
	for (const struct statement *s = f->first; s; s = s->next) {
		text_printf(&t, "\nconst struct sql %s = {\n\t.name = \"%s\",\n", s->name, s->name);
		text_put(&t, "\t.text = {\n\t\t[DB_SQLITE] = ");
		text_put_literal(&t, s->texts[SQLITE].p, s->texts[SQLITE].n, "\t\t\t");
		text_put(&t, ",\n\t\t[DB_POSTGRES] = ");
		text_put_literal(&t, s->texts[POSTGRES].p, s->texts[POSTGRES].n, "\t\t\t");
		text_put(&t, ",\n\t},\n");
		if (s->n_params) {
			text_printf(&t, "\t.n_params = %d,\n\t.params = (const char *const[]){",
				s->n_params);
			for (int i = 0; i < s->n_params; i++)
				text_printf(&t, "%s \"%s\"", i ? "," : "", s->params[i]);
			text_put(&t, " },\n");
		}
		text_put(&t, "};\n");
	}
	text_printf(&t, "\nconst struct sql *const %s_statements[] = {\n", f->stem);
	for (const struct statement *s = f->first; s; s = s->next)
		text_printf(&t, "\t&%s,\n", s->name);
	text_put(&t, "\tNULL,\n};\n");
	return t;
}

int main(int argc, char **argv)
{
	if (argc != 4)
		die("usage: sqlc IN.sql OUT.h OUT.c");
	struct text in = file_read_text(argv[1]);
	struct file f = { argv[1], path_stem(argv[1], ".sql"), in.n ? in.p : "", 1, NULL };
	if (!is_identifier(f.stem))
		die("%s: '%s' cannot be a name in C", f.path, f.stem);
	read_statements(&f);
	struct text header = header_text(&f), source = source_text(&f, argv[2]);
	file_write(argv[2], &header);
	file_write(argv[3], &source);
	return 0;
}
