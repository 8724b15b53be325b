/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <unistd.h>

#include "identity/identity_test.h"
#include "identity/parts.h"
#include "tests/database.h"
#include "tests/visit.h"

#define MAX_WORDS 12

/* What a command said on both of its ways out, and its exit status. */
static err one_agency(struct conn *c, struct arena *a, str code, bool *ret_known)
{
	(void)c, (void)a;
	*ret_known = str_eq(code, S("H99.001.01"));
	return NULL;
}

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

/* line: the words, with a space between. */
static struct outcome run(struct services *s, struct arena *a, const char *line)
{
	char *argv[MAX_WORDS + 1] = { 0 };
	int argc = 0, out = dup(STDOUT_FILENO), log = dup(STDERR_FILENO);
	FILE *kept = tmpfile();
	struct outcome ret = { .status = -1, .text = S("") };
	str word, rest = str_from(line);
	for (bool more = true; more && argc < MAX_WORDS;) {
		more = str_cut(rest, ' ', &word, &rest);
		argv[argc++] = (char *)str_z(a, word);
	}
	if (!CHECK(kept))
		return ret;
	fflush(stdout);
	dup2(fileno(kept), STDOUT_FILENO);
	dup2(fileno(kept), STDERR_FILENO);
	struct database_door door = test_door(s->db);
	ret.status = strcmp(argv[0], "user") == 0
		? identity_user_command(a, &door, one_agency, argc, argv)
		: identity_audit_command(a, &door, argc, argv);
	fflush(stdout);
	dup2(out, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	close(out);
	close(log);
	ret.text = read_back(a, kept);
	fclose(kept);
	return ret;
}

static const char *password_file(struct arena *a, const char *text)
{
	const char *path = str_z(a, arena_printf(a, "%s/password", tap_folder()));
	FILE *f = fopen(path, "we");
	if (CHECK(f != NULL)) {
		fputs(text, f);
		fclose(f);
	}
	return path;
}

static bool signs_in(struct services *s, struct arena *a, const char *identifier, str password)
{
	struct check check = { 0 };
	struct credentials given = { str_from(identifier), password, instant_now() };
	CHECK_OK(credentials_check(s, a, &given, &check));
	return check.verdict == VERDICT_GOOD;
}

TEST("officers are made, listed, locked and helped from the shell")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		struct outcome added = run(s, a,
			"user add --role clerk --agency H99.001.01 --full-name Minh "
			"minh@example.vn");
		CHECK_INT(added.status, 0);
		str mark = S("minh@example.vn password: ");
		REQUIRE(str_starts(added.text, mark));
		str password = str_trim(str_from_at(added.text, mark.n));
		CHECK(signs_in(s, a, "minh@example.vn", password));

		CHECK_STR(run(s, a, "user list").text,
			"minh@example.vn\tclerk\tH99.001.01\tactive\tMinh\n");
		CHECK_STR(run(s, a, "user list --role leader").text, "");
		CHECK_INT(run(s, a, "user lock minh@example.vn").status, 0);
		CHECK(!signs_in(s, a, "minh@example.vn", password));
		CHECK(str_has(run(s, a, "user list").text, S("\tlocked\t")));
		CHECK_INT(run(s, a, "user unlock minh@example.vn").status, 0);

		const char *path = password_file(a, "một câu thật dài\n");
		const char *change = str_z(a,
			arena_printf(a, "user password --password-file %s minh@example.vn", path));
		struct outcome changed = run(s, a, change);
		CHECK_INT(changed.status, 0);
		CHECK(!str_has(changed.text, S("một câu")));
		CHECK(signs_in(s, a, "minh@example.vn", S("một câu thật dài")));
	}
}

TEST("an officer of an agency that does not exist is not made")
{
	ARENA a = arena_new();
	struct services *s = test_services(a, DB_SQLITE, identity_folders);
	CHECK_INT(run(s, a, "user add --role clerk --agency NOPE ly@example.vn").status, 1);
	CHECK_STR(run(s, a, "user list").text, "");
}

TEST("a command says what it refuses (1) and what it does not understand (2)")
{
	ARENA a = arena_new();
	struct services *s = test_services(a, DB_SQLITE, identity_folders);
	static const struct {
		const char *line;
		int status;
	} lines[] = {
		{ "user", 2 },
		{ "user fly", 2 },
		{ "user add --role clerk", 2 },
		{ "user add --role citizen an@example.vn", 2 },
		{ "user add --role king an@example.vn", 2 },
		{ "user add --role", 2 },
		{ "user add --colour red --role clerk an@example.vn", 2 },
		{ "user add --role clerk an@example.vn", 1 },
		{ "user add --role admin xy", 1 },
		{ "user add --role admin --password-file /nowhere/x quantri", 1 },
		{ "user add --role admin --full-name A\u202eB quantri", 1 },
		{ "user add --role admin --full-name A\x1b[31m quantri", 1 },
		{ "user add --role admin quantri", 0 },
		{ "user add --role admin QuanTri", 1 },
		{ "user lock nobody@example.vn", 1 },
		{ "user lock --role clerk nobody@example.vn", 2 },
		{ "user list --agency H99", 2 },
		{ "user list --role bogus", 2 },
		{ "user list --role citizen", 0 },
		{ "user password", 2 },
		{ "audit", 2 },
		{ "audit verify now", 2 },
		{ "audit verify --against", 2 },
		{ "audit verify --against /nowhere/x", 1 },
		{ "audit list quantri more", 2 },
		{ "audit list --role", 2 },
	};
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct outcome o = run(s, a, lines[i].line);
		if (!tap_check(o.status == lines[i].status, __FILE__, __LINE__, lines[i].line))
			printf("#   %d: " STR_FMT "\n", o.status, STR_ARG(o.text));
		CHECK(o.status == 0 || o.text.n > 0);
	}
	CHECK(str_has(run(s, a, "user add --role admin xy").text, S("or a word of 3 to 64")));
	const char *path = password_file(a, "ngắn\n");
	struct outcome o = run(
		s, a, str_z(a, arena_printf(a, "user password --password-file %s quantri", path)));
	CHECK_INT(o.status, 1);
	CHECK_STR(o.text, "motcua: Choose a password of at least 10 characters\n");
}

TEST("a trail whose end was cut off together with its head disagrees with what was kept of it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		run(s, a, "user add --role admin quantri");
		run(s, a, "user lock quantri");
		const char *kept = password_file(a, str_z(a, run(s, a, "audit verify").text));
		const char *against = str_z(a, arena_printf(a, "audit verify --against %s", kept));
		CHECK_INT(run(s, a, against).status, 0);
		run(s, a, "user unlock quantri");
		CHECK_INT(run(s, a, against).status, 0);
		/* The two newest go, and the head is made to fit. */
		/* Whoever owns the database can take its guard away. */
		CHECK_OK(test_sql(s, a,
			engine == DB_SQLITE ? "DROP TRIGGER audit_keep_entries"
					    : "DROP TRIGGER audit_keep ON audit_entry"));
		CHECK_OK(test_sql(s, a, "DELETE FROM audit_entry WHERE chain = 0 AND number > 1"));
		CHECK_OK(test_sql(s, a,
			"UPDATE audit_head SET number = 1, hash = (SELECT hash FROM audit_entry "
			"WHERE chain = 0 AND number = 1) WHERE chain = 0"));
		CHECK_INT(run(s, a, "audit verify").status, 0);
		struct outcome cut = run(s, a, against);
		CHECK_INT(cut.status, 1);
		CHECK(str_has(cut.text, S("no longer has the entry 2")));
		const char *other = password_file(a, "something else\n");
		struct outcome wrong =
			run(s, a, str_z(a, arena_printf(a, "audit verify --against %s", other)));
		CHECK_INT(wrong.status, 1);
	}
}

TEST("lists of people and of what they did leave an entry from the shell, too")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		run(s, a, "user list");
		run(s, a, "user list --role clerk");
		CHECK(str_starts(run(s, a, "audit verify").text, S("2 entries in ")));
		struct outcome list = run(s, a, "audit list");
		CHECK(str_has(list.text, S("\taccount.list\t")));
		CHECK(str_has(list.text, S("\taudit.list\t")));
		CHECK(str_starts(run(s, a, "audit verify").text, S("3 entries in ")));
	}
}

TEST("the trail is listed and verified from the shell")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		CHECK_STR(run(s, a, "audit verify").text, "0 entries in 16 chains: intact\n");
		run(s, a, "user add --role admin quantri");
		run(s, a, "user lock quantri");
		struct outcome whole = run(s, a, "audit verify");
		CHECK(str_starts(
			whole.text, S("2 entries in 16 chains: intact\nchain 0 ends at ")));
		struct outcome list = run(s, a, "audit list quantri");
		CHECK_INT(list.status, 0);
		CHECK(str_has(list.text, S("\taccount.create\tquantri\tadmin\n")));
		CHECK_STR(run(s, a, "audit list nobody").text, "");
		CHECK_OK(test_sql(s, a, "UPDATE audit_head SET hash = 'x' WHERE chain = 0"));
		struct outcome broken = run(s, a, "audit verify");
		CHECK_INT(broken.status, 1);
		CHECK_STR(broken.text,
			"motcua: chain 0, entry 4: it is not the end of the chain that was "
			"written\n");
	}
}
