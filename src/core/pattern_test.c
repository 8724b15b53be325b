/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pattern.h"
#include "tests/tap.h"

TEST("a pattern is for the whole text")
{
	ARENA a = arena_new();
	const struct pattern *p;

	CHECK(!pattern_compile(a, S("[A-Z][0-9]{7}"), &p));
	CHECK(pattern_matches(p, S("B1234567")));
	CHECK(!pattern_matches(p, S("xB1234567")));
	CHECK(!pattern_matches(p, S("B12345678")));
	CHECK(!pattern_matches(p, S("")));
	CHECK(!pattern_compile(a, S("\\p{L}+ đồng"), &p));
	CHECK(pattern_matches(p, S("mười đồng")));
}

TEST("what is no pattern is refused; one that never ends, ended")
{
	ARENA a = arena_new();
	const struct pattern *p;
	str many = arena_printf(a, "%0*d!", 4000, 0);

	CHECK(pattern_compile(a, S("a("), &p));
	CHECK(pattern_compile(a, arena_printf(a, "%01000d", 0), &p));
	CHECK(!pattern_compile(a, S("(0*)*(0*)*(0|0)*b"), &p));
	CHECK(!pattern_matches(p, many));
}
