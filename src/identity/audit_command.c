/* SPDX-License-Identifier: Apache-2.0 */
/* audit_command.c - `motcua audit`: re-computes the chains, says where each ends, and compares with
 * what it said before. */
#include <stdio.h>

#include "identity/identity.h"
#include "identity/parts.h"

#define EARLIER_MOST (64 * KIB)

static int refuse(str why)
{
	fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(why));
	return REFUSED;
}

static err print_entries(struct conn *c, struct arena *a, str who)
{
	struct audit_entry *found;
	size_t n;
	int64_t total = 1;
	for (int64_t at = 0; at < total; at += 1000) {
		TRY(audit_list(c, a, who, at, 1000, &found, &n, &total));
		for (size_t i = 0; i < n; i++)
			printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT
				       "\t" STR_FMT "\n",
				STR_ARG(instant_iso(a, found[i].at)), STR_ARG(found[i].actor),
				STR_ARG(found[i].role), STR_ARG(found[i].act),
				STR_ARG(found[i].subject), STR_ARG(found[i].detail));
	}
	return NULL;
}

static err list(struct db *db, struct conn *c, struct arena *a, str who)
{
	struct reading seen = { .act = S("audit.list"), .now = instant_now() };
	TRY(db_write(db, a, reading_put, &seen));
	return print_entries(c, a, who);
}

/* --- where the chains end ------------------------------------------------------------ */
static err print_ends(struct conn *c, struct arena *a)
{
	struct audit_end *ends;
	size_t n;
	TRY(audit_ends(c, a, &ends, &n));
	for (size_t i = 0; i < n; i++)
		if (ends[i].number)
			printf("chain %lld ends at %lld " STR_FMT "\n", (long long)ends[i].chain,
				(long long)ends[i].number, STR_ARG(ends[i].hash));
	return NULL;
}

static bool end_of_line(str line, struct audit_end *ret)
{
	str word = line, chain, number;
	return str_cut(word, ' ', &chain, &word) && str_eq(chain, S("chain")) &&
		str_cut(word, ' ', &chain, &word) && str_starts(word, S("ends at ")) &&
		str_cut(str_from_at(word, strlen("ends at ")), ' ', &number, &ret->hash) &&
		str_to_int(chain, 0, LIMIT_AUDIT_CHAINS - 1, &ret->chain) &&
		str_to_int(number, 1, INT64_MAX, &ret->number);
}

static err read_earlier(struct arena *a, const char *path, str *ret)
{
	char *text = arena_bytes(a, EARLIER_MOST, 1);
	FILE *f = fopen(path, "rb");
	if (!f)
		return FAIL(a, NOT_FOUND, "%s: %m", path);
	*ret = (str){ text, fread(text, 1, EARLIER_MOST, f) };
	fclose(f);
	return NULL;
}

/* What an earlier run said must still be true: entries are only ever added. */
static err compare(struct conn *c, struct arena *a, const char *path)
{
	struct audit_end then;
	str text, line;
	int64_t seen = 0;
	bool there = false;
	TRY(read_earlier(a, path, &text));
	while (text.n) {
		str_cut(text, '\n', &line, &text);
		if (!end_of_line(line, &then))
			continue;
		seen++;
		TRY(audit_has(c, a, then, &there));
		if (!there)
			return FAIL(a, CONFLICT,
				"chain %lld no longer has the entry %lld of %s: its end was cut "
				"off or written anew",
				(long long)then.chain, (long long)then.number, path);
	}
	if (!seen)
		return FAIL(a, INVALID, "%s is not what motcua audit verify prints", path);
	printf("agrees with %s\n", path);
	return NULL;
}

static err verify(struct conn *c, struct arena *a, const char *NULLABLE earlier)
{
	struct audit_report report;
	TRY(audit_verify(c, a, &report));
	if (!report.intact)
		return FAIL(a, CONFLICT, STR_FMT, STR_ARG(report.fault));
	printf("%lld entries in %lld chains: intact\n", (long long)report.entries,
		(long long)report.chains);
	TRY(print_ends(c, a));
	return earlier ? compare(c, a, earlier) : NULL;
}

static int usage(FILE *to, int status)
{
	fputs("usage: motcua audit verify --data DIR [--against FILE]\n"
	      "       motcua audit list --data DIR [SUBJECT|ACTOR]\n"
	      "  verify  computes the chains of the trail anew and compares; FILE is what an\n"
	      "          earlier audit verify printed, kept elsewhere\n"
	      "  list    prints time, actor, role, act, subject, detail, with tabs between\n",
		to);
	return status;
}

int identity_audit_command(struct arena *a, const struct database_door *door, int argc, char **argv)
{
	struct conn *c;
	struct db *db;
	const char *verb = argc > 1 ? argv[1] : "";
	bool against = argc == 4 && strcmp(argv[2], "--against") == 0;
	bool listing = strcmp(verb, "list") == 0 &&
		(argc == 2 || (argc == 3 && strncmp(argv[2], "--", 2) != 0));
	if (argc == 2 && strcmp(verb, "--help") == 0)
		return usage(stdout, DONE);
	if (!listing && (strcmp(verb, "verify") != 0 || (argc != 2 && !against)))
		return usage(stderr, USAGE);
	err e = door_open(door, &db);
	if (!e)
		e = db_reader(db, a, &c);
	if (!e && listing)
		e = list(db, c, a, argc == 3 ? str_from(argv[2]) : S(""));
	else if (!e)
		e = verify(c, a, against ? argv[3] : NULL);
	return e ? refuse(e->detail) : DONE;
}
