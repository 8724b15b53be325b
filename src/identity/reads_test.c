/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/reads.h"
#include "tests/tap.h"

#define NOW (instant_at(day_from(2026, 11, 23), 9 * 3600))
static const struct audit_actor clerk = { 7, S("motcua@example.vn"), ROLE_CLERK };

static struct read_mark mark(struct arena *a, struct audit_actor who, const char *codes)
{
	return read_mark_of(a, who, S("dossier.list"), S("cho-tiep-nhan"), str_from(codes));
}

TEST("what a person has seen is known for a minute; other data, other people and later are not")
{
	ARENA a = arena_new();
	struct reads *r = reads_new(a);
	struct audit_actor other = clerk;
	struct read_mark one = mark(a, clerk, "A B");
	other.id = 8;

	CHECK(!reads_has(r, &one, NOW));
	reads_add(r, &one, NOW);
	one = mark(a, clerk, "A B");
	CHECK(reads_has(r, &one, NOW + 59 * INSTANT_SECOND));
	CHECK(!reads_has(r, &one, NOW + 60 * INSTANT_SECOND));
	struct read_mark more = mark(a, clerk, "A B C"), theirs = mark(a, other, "A B");
	CHECK(!reads_has(r, &more, NOW) && !reads_has(r, &theirs, NOW));
}

TEST("a table that is full forgets, and never takes one read for another")
{
	ARENA a = arena_new();
	struct reads *r = reads_new(a);

	for (int i = 0; i < 3 * LIMIT_AUDIT_READS; i++) {
		struct read_mark m = mark(a, clerk, arena_printf(a, "%d", i).p);
		CHECK(!reads_has(r, &m, NOW));
		reads_add(r, &m, NOW);
		CHECK(reads_has(r, &m, NOW));
	}
}
