/* SPDX-License-Identifier: Apache-2.0 */
/* schemac.c - embeds the migrations of one folder.     usage: schemac FOLDER OUT.c NNNN_name.sql…
 *
 * The files are given in order, and numbered 0001, 0002, … without a gap: a migration that was
 * released is never removed, and two branches that both add "the next one" cannot be merged
 * unnoticed. The texts stay as written; db/migrate.c expands the type words of each engine. */
#include "tool.h"
#include <string.h>

/* The number of "schema/0003_slip.sql" is 3. Dies when the name has another shape. */
static int migration_number(const char *path, const char *stem)
{
	int number = 0;
	size_t i = 0;
	for (; i < 4 && stem[i] >= '0' && stem[i] <= '9'; i++)
		number = number * 10 + (stem[i] - '0');
	if (i != 4 || stem[4] != '_' || !is_identifier(stem + 5))
		die("%s: the name must look like 0001_what_it_adds.sql", path);
	return number;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		die("usage: schemac FOLDER OUT.c NNNN_name.sql…");
	const char *folder = argv[1];
	if (!is_identifier(folder))
		die("'%s' cannot be a name in C", folder);
	struct text t = { 0 };
	text_printf(&t,
		"/* Made by schemac. */\n#include \"db/migrate.h\"\n\n"
		"const struct migration %s_migrations[] = {\n",
		folder);
	for (int i = 3; i < argc; i++) {
		char *name = path_stem(argv[i], ".sql");
		int number = migration_number(argv[i], name);
		if (number != i - 2)
			die("%s: number %d stands where %d is due", argv[i], number, i - 2);
		struct text sql = file_read_text(argv[i]);
		if (!sql.n)
			die_at(argv[i], 1, "an empty migration");
		text_printf(&t,
			"\t{ .folder = \"%s\", .number = %d, .name = \"%s\", .text = ", folder,
			number, name);
		text_put_literal(&t, sql.p, sql.n, "\t\t");
		text_put(&t, " },\n");
	}
	text_put(&t, "\t{ 0 },\n};\n");
	file_write(argv[2], &t);
	return 0;
}
