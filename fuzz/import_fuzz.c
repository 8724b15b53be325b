/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes given as a catalogue to import are rejected, or become a definition that is read again
 * with the same meaning; any definition is read or refused, and what is read has a level. */
#include "catalogue/import.h"
#include "fuzz/fuzz.h"

static void check_definition(struct arena *a, str text)
{
	struct procedure p;

	if (procedure_parse(a, text, &p))
		return;
	HOLDS(procedure_code_valid(p.code) && p.name.n && p.sector.n);
	HOLDS(str_starts(p.slug, p.code));
	struct service_evidence e = procedure_evidence(a, &p);
	HOLDS(e.level >= LEVEL_INCOMPLETE && e.level <= LEVEL_WHOLE);
	HOLDS((e.level == LEVEL_WHOLE) == (e.missing.n == 0));
	HOLDS(procedure_fee_least(&p) >= FEE_UNPUBLISHED);
}

static void check_record(struct arena *a, str line)
{
	struct official_lists lists = { map_new(a, 1), map_new(a, 1), map_new(a, 1) };
	struct official_paper paper;
	str definition, component = S(""), code;

	if (!official_component(a, line, &paper))
		component = paper.json;
	if (!official_code(a, line, &code) && !official_local_code(a, line, code, &code))
		HOLDS(str_has(code, S(".")));
	if (official_definition(a, line, S("1.000001"), &lists, component, &definition))
		return;
	const struct json *j;
	HOLDS(!json_parse(a, definition, &j));
	HOLDS(str_eq(json_get_text(j, "code"), S("1.000001")));
	check_definition(a, definition);
}

static void check_table(struct arena *a, str text)
{
	static const char *const needed[] = { "code", NULL };
	struct table t;
	bool more = true;

	if (table_open(a, lines_of(a, S("fuzz.tsv"), text), needed, &t))
		return;
	while (more) {
		HOLDS(!table_next(&t, &more));
		if (!table_fault(&t))
			HOLDS(str_is_utf8(table_cell(&t, a, "code")));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	struct lines *l = lines_of(a, S("fuzz"), (str){ (const char *)data, size });
	bool more = true;
	str line;

	check_definition(a, (str){ (const char *)data, size });
	check_table(a, (str){ (const char *)data, size });
	while (more) {
		HOLDS(!lines_next(l, &line, &more));
		if (more)
			check_record(a, line);
	}
	return 0;
}
