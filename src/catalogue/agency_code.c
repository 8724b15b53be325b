/* SPDX-License-Identifier: Apache-2.0 */
/* agency_code.c - identifier codes of agencies in their two forms [CODE-1]: QCVN 102:2016 writes
 * the highest level last and always four groups, Decision 20/2020 writes it first and as many
 * groups as there are levels. */
#include "catalogue/parts.h"

#define NEW_MOST 35
#define GROUPS 4

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

static bool is_number(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_digit(s.p[i]))
			return false;
	return s.n > 0;
}

static bool is_zero(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] != '0')
			return false;
	return true;
}

/* "H12": a ministry, a province, … */
static bool is_first_level(str s)
{
	return s.n == 3 && s.p[0] >= 'A' && s.p[0] <= 'Y' && is_number(str_from_at(s, 1));
}

/* Groups between dots; more than `most` gives most + 1. */
static size_t split(str code, str *groups, size_t most)
{
	size_t n = 0;

	for (bool more = true; more; n++) {
		str group;
		more = str_cut(code, '.', &group, &code);
		if (n == most)
			return most + 1;
		groups[n] = group;
	}
	return n;
}

static bool is_old(const str *groups, size_t n)
{
	if (n != GROUPS || !is_first_level(groups[GROUPS - 1]))
		return false;
	for (size_t i = 0; i < GROUPS - 1; i++)
		if (!is_number(groups[i]) || groups[i].n < 2 || groups[i].n > 3)
			return false;
	return true;
}

static bool is_new(str code)
{
	str group, rest;
	bool more = str_cut(code, '.', &group, &rest);

	if (code.n > NEW_MOST || !is_first_level(group))
		return false;
	while (more) {
		more = str_cut(rest, '.', &group, &rest);
		for (size_t i = 0; i < group.n; i++)
			if (!is_digit(group.p[i]) && !is_upper(group.p[i]))
				return false;
		if (!group.n)
			return false;
	}
	return true;
}

/* Other organisations: a scheme and a name of at most 32 characters without separators. */
static bool is_scheme(str code)
{
	if (code.n < 4 || code.n > 3 + 32 || code.p[0] != 'Z' || !is_number(str_part(code, 1, 2)))
		return false;
	for (size_t i = 3; i < code.n; i++)
		if (!is_digit(code.p[i]) && !is_upper(code.p[i]))
			return false;
	return true;
}

bool agency_code_valid(str code)
{
	str groups[GROUPS];

	return is_new(code) || is_old(groups, split(code, groups, GROUPS)) || is_scheme(code);
}

str agency_code_old(struct arena *a, str code)
{
	str groups[GROUPS];
	size_t n = split(code, groups, GROUPS);

	if (n <= GROUPS && is_old(groups, n))
		return code;
	if (!is_new(code) || n > GROUPS)
		return S("");
	for (size_t i = 1; i < n; i++)
		if (!is_number(groups[i]))
			return S("");
	return arena_printf(a, STR_FMT "." STR_FMT "." STR_FMT "." STR_FMT,
		STR_ARG(n > 3 ? groups[3] : S("000")), STR_ARG(n > 2 ? groups[2] : S("00")),
		STR_ARG(n > 1 ? groups[1] : S("00")), STR_ARG(groups[0]));
}

str agency_code_new(struct arena *a, str code)
{
	str groups[GROUPS];
	size_t n = split(code, groups, GROUPS);

	if (is_new(code))
		return code;
	if (n > GROUPS || !is_old(groups, n))
		return S("");
	str made = groups[GROUPS - 1];
	for (size_t i = GROUPS - 1; i-- > 0;)
		if (!is_zero(groups[i]))
			made = arena_printf(
				a, STR_FMT "." STR_FMT, STR_ARG(made), STR_ARG(groups[i]));
	return made;
}
