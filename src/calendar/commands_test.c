/* SPDX-License-Identifier: Apache-2.0 */
#include "calendar/commands.h"
#include "tests/database.h"
#include "tests/tap.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MAX_WORDS 12
#define CLOSURE "2026-11-26\tclosure\tconfirmed\tx\tx\tH99.01\n"

/* What a command printed on standard output, and its exit status. What it says on standard error
 * stays out of the way. */
struct outcome {
	int status;
	str text;
};

static str read_back(struct arena *a, FILE *f)
{
	struct buf b = buf_in(a, MIB);
	char part[4096];
	size_t n;

	rewind(f);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		buf_add(&b, (str){ part, n });
	return buf_str(&b);
}

static err known(
	struct conn *c UNUSED, struct arena *a UNUSED, str code, str *ret_code, bool *ret_found)
{
	*ret_found = str_starts(code, S("H99"));
	if (*ret_found)
		*ret_code = code;
	return NULL;
}

/* line: the words, with a space between. */
static struct outcome run(struct arena *a, struct db *NULLABLE db, const char *line)
{
	char *argv[MAX_WORDS + 1] = { 0 };
	int argc = 0, out = dup(STDOUT_FILENO), log = dup(STDERR_FILENO);
	FILE *kept = tmpfile(), *said = tmpfile();
	str word, rest = str_from(line);
	struct outcome ret = { .status = -1 };
	struct database_door door = test_door(db);

	for (bool more = true; more && argc < MAX_WORDS;) {
		more = str_cut(rest, ' ', &word, &rest);
		argv[argc++] = (char *)str_z(a, word);
	}
	if (!CHECK(kept && said))
		return ret;
	fflush(stdout);
	dup2(fileno(kept), STDOUT_FILENO);
	dup2(fileno(said), STDERR_FILENO);
	ret.status = strcmp(argv[0], "lunar") == 0
		? lunar_command(a, argc, argv)
		: deadline_command(a, db ? &door : NULL, known, argc, argv);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	close(out);
	close(log);
	ret.text = read_back(a, kept);
	fclose(kept);
	fclose(said);
	return ret;
}

TEST("motcua deadline prints the due moment, and with --explain the steps [DL-1]")
{
	ARENA a = arena_new();
	struct outcome o = run(a, NULL, "deadline --received 2026-11-23T09:00 --limit 3wd");

	CHECK_INT(o.status, 0);
	CHECK_STR(o.text, "2026-11-27T17:00:00+07:00\n");
	o = run(a, NULL, "deadline --received=2026-11-23T09:00 --limit=3wd --explain");
	CHECK_INT(o.status, 0);
	CHECK(str_starts(o.text, S("2026-11-27T17:00:00+07:00\nTiếp nhận lúc 9 giờ 00")));
	CHECK(str_has(o.text, S("Không tính thứ Ba, 24/11/2026")));
	CHECK(!str_has(o.text, S("chưa được xác nhận")));
	o = run(a, NULL, "deadline --explain --received 2027-02-01T09:00 --limit 5wd");
	CHECK(str_has(o.text, S("chưa được xác nhận")));
}

TEST("motcua deadline takes the cut-off and the last-hour rule [DL-4, DL-5]")
{
	static const struct {
		const char *line, *text;
	} lines[] = {
		{ "deadline --received 2026-11-25T14:00 --limit 0wd",
			"2026-11-25T17:00:00+07:00\n" },
		{ "deadline --received 2026-11-25T14:00 --limit 0wd --cut-off 11:30",
			"2026-11-26T17:00:00+07:00\n" },
		{ "deadline --received 2026-11-25T16:30 --limit 1wd --last-hour",
			"2026-11-27T17:00:00+07:00\n" },
	};
	ARENA a = arena_new();

	for (size_t i = 0; i < COUNT(lines); i++)
		CHECK_STR(run(a, NULL, lines[i].line).text, lines[i].text);
}

TEST("wrong words are answered with the usage and status 2, --help with 0")
{
	static const char *const wrong[] = {
		"deadline",
		"deadline --received 2026-11-23T09:00",
		"deadline --limit 3wd",
		"deadline --received yesterday --limit 3wd",
		"deadline --received 1899-12-31T09:00 --limit 3wd",
		"deadline --received 2026-11-23T09:00 --limit 3",
		"deadline --received 2026-11-23T09:00 --limit 3wd --cut-off 25:00",
		"deadline --received 2026-11-23T09:00 --limit 3wd --cut-off 7",
		"deadline --received 2026-11-23T09:00 --limit 3wd more",
		"deadline --received 2026-11-23T09:00 --limit",
		"deadline --received 2026-11-23T09:00 --limit 3wd --agency H99.01", /* no --data */
		"deadline --unknown",
		"lunar",
		"lunar now",
		"lunar 1899",
		"lunar 2200",
		"lunar 2030 2031",
	};
	ARENA a = arena_new();

	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct outcome o = run(a, NULL, wrong[i]);
		if (!CHECK_INT(o.status, 2))
			printf("#   %s\n", wrong[i]);
		CHECK_STR(o.text, "");
	}
	CHECK_INT(run(a, NULL, "deadline --help").status, 0);
	CHECK(str_starts(run(a, NULL, "deadline --help").text, S("usage: motcua deadline ")));
	CHECK_INT(run(a, NULL, "lunar --help").status, 0);
}

TEST("motcua deadline with a database follows the calendar that is kept there [CAL-1]")
{
	static const struct migration *const folders[] = { calendar_migrations, NULL };
	static const struct embedded files[] = {
		{ "calendar.tsv", CLOSURE, sizeof CLOSURE - 1 },
		{ 0 },
	};
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_database(a, engine, folders);
		REQUIRE(!calendar_import_starter(db, a, files, 0));
		CHECK_STR(run(a, db, "deadline --received 2026-11-23T09:00 --limit 3wd").text,
			"2026-11-27T17:00:00+07:00\n");
		CHECK_STR(
			run(a, db,
				"deadline --received 2026-11-23T09:00 --limit 3wd --agency H99.01")
				.text,
			"2026-11-30T17:00:00+07:00\n");
		struct outcome o =
			run(a, db, "deadline --received 2026-11-23T09:00 --limit 3wd --agency H98");
		CHECK_INT(o.status, 1); /* there is no such agency: nothing is promised for it */
		CHECK_STR(o.text, "");
	}
}

TEST("motcua lunar prints the new year and the Hùng Kings' day with their weekdays [CAL-2]")
{
	ARENA a = arena_new();
	struct outcome o = run(a, NULL, "lunar 2030");

	CHECK_INT(o.status, 0);
	CHECK_STR(o.text,
		"2030-02-02  Tết Nguyên đán  (thứ Bảy, 02/02/2030)\n"
		"2030-04-12  Giỗ Tổ Hùng Vương  (thứ Sáu, 12/04/2030)\n");
}
