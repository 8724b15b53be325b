/* SPDX-License-Identifier: Apache-2.0 */
/* form_command.c - `motcua form check|test|questions|apply FILE`. */
#include <errno.h>
#include <stdio.h>

#include "forms/sample.h"

static int refuse(const char *file, str why)
{
	fprintf(stderr, "motcua: %s: " STR_FMT "\n", file, STR_ARG(why));
	return REFUSED;
}

static err read_file(struct arena *a, const char *path, str *ret)
{
	FILE *f = fopen(path, "rb");
	char *text = arena_bytes(a, LIMIT_JSON + 1, 1);

	if (!f)
		return FAIL(a, NOT_FOUND, "%m");
	size_t n = fread(text, 1, LIMIT_JSON + 1, f);
	bool failed = ferror(f) || n > LIMIT_JSON;
	fclose(f);
	*ret = (str){ text, n };
	return failed ? FAIL(a, INVALID, "cannot be read, or is too large") : NULL;
}

static err open_form(struct arena *a, const char *path, struct procedure *p, struct form *f)
{
	str text;

	TRY(read_file(a, path, &text));
	TRY(procedure_parse(a, text, p));
	if (!p->form)
		return FAIL(a, INVALID, "form: there is none");
	return form_parse(a, p, f);
}

static size_t count_questions(const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->pages.n; i++)
		n += f->pages.items[i].fields.n;
	return n;
}

static void print_remarks(const form_remarks *remarks)
{
	for (size_t i = 0; i < remarks->n; i++)
		printf(STR_FMT "\n", STR_ARG(remarks->items[i]));
}

static int check(struct conn *NULLABLE c, struct arena *a, const char *path, const struct form *f)
{
	form_remarks remarks;

	err e = form_samples_check(a, f);
	if (!e && c)
		e = form_lists_check(c, a, f);
	if (!e)
		e = form_papers_check(a, f);
	if (e)
		return refuse(path, e->detail);
	form_lint(a, f, &remarks);
	print_remarks(&remarks);
	printf("%s: right; %zu pages, %zu questions, %zu remarks\n", path, f->pages.n,
		count_questions(f), remarks.n);
	return DONE;
}

static int test(struct conn *c, struct arena *a, const char *path, const struct form *f)
{
	form_remarks remarks;

	err e = form_samples_run(c, a, f, &remarks);
	if (e)
		return refuse(path, e->detail);
	print_remarks(&remarks);
	e = form_samples_enough(a, f);
	if (e)
		return refuse(path, e->detail);
	printf("%s: %zu samples, %zu came out otherwise\n", path, form_sample_count(f), remarks.n);
	return remarks.n ? REFUSED : DONE;
}

static int usage(FILE *to, int status)
{
	fputs("usage: motcua form check|test|questions|apply FILE [--data DIR]\n"
	      "  check   is the definition right, and what could be better\n"
	      "  test    do the samples of the procedure come out as they say\n"
	      "  questions\n"
	      "          what is asked, parts of persons and addresses too: a line of JSON each\n"
	      "  apply   reads lines of answers as a browser sends them,\n"
	      "          {\"posted\": {\"so-ban\": \"2\"}}, and prints for each what applies\n"
	      "  --data  code lists and communes of that folder, not of the starter\n",
		to);
	return status;
}

int forms_command(struct arena *a, const struct database_door *door, int argc, char **argv)
{
	const char *verb = argc == 3 ? argv[1] : "";
	bool testing = strcmp(verb, "test") == 0, applying = strcmp(verb, "apply") == 0;
	bool checking = strcmp(verb, "check") == 0;
	struct procedure p;
	struct form f;
	struct conn *c;
	struct db *db;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage(stdout, DONE);
	if (!testing && !applying && !checking && strcmp(verb, "questions") != 0)
		return usage(stderr, USAGE);
	err e = open_form(a, argv[2], &p, &f);
	if (!e && checking && !form_asks_lists(&f))
		return check(NULL, a, argv[2], &f);
	if (!e && !testing && !applying && !checking)
		return form_questions_print(a, &f);
	if (!e && applying && !form_asks_communes(&f))
		return form_apply_lines(NULL, &f);
	if (!e)
		e = door_open(door, &db);
	if (!e)
		e = db_reader(db, a, &c);
	if (e)
		return refuse(argv[2], e->detail);
	if (applying)
		return form_apply_lines(c, &f);
	return checking ? check(c, a, argv[2], &f) : test(c, a, argv[2], &f);
}
