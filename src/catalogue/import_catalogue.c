/* SPDX-License-Identifier: Apache-2.0 */
/* import_catalogue.c - the national catalogue: code lists, agencies, papers, procedures. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/import.h"

/* --- code lists ------------------------------------------------------------ */

struct list_target {
	struct map *names; /* code → str * */
	str list;
	const char *code, *name; /* columns */
};

static err take_list_row(struct import *m, struct table *t, void *arg)
{
	struct list_target *target = arg;
	str code = table_cell(t, m->row, target->code);
	str *name = arena_make(m->a, str);

	*name = str_copy(m->a, table_cell(t, m->row, target->name));
	if (!code.n || !name->n) {
		import_reject(m, t->lines, code.n ? S("no name") : S("no code"));
		return NULL;
	}
	map_put(target->names, str_copy(m->a, code), name);
	return import_row(m, IMPORT_LISTS,
		BIND(code_list_put, .list = V(target->list), .code = V(code),
			.ord = V(t->lines->number), .name = V(*name), .name_en = V(S(""))));
}

static err take_lists(struct import *m, struct official_lists *ret)
{
	static const char *const coded[] = { "code", "name", NULL };
	static const char *const numbered[] = { "number", "title", NULL };
	struct list_target subjects = { map_new(m->a, 32), S("doi-tuong"), "code", "name" };
	struct list_target results = { map_new(m->a, 8192), S("ket-qua"), "code", "name" };
	struct list_target legal = { map_new(m->a, 4096), S("van-ban"), "number", "title" };

	*ret = (struct official_lists){ subjects.names, results.names, legal.names };
	TRY(import_table(
		m, "procedures", "subject_types.tsv", false, coded, take_list_row, &subjects));
	TRY(import_table(m, "procedures", "results.tsv", false, coded, take_list_row, &results));
	return import_table(
		m, "procedures", "legal_documents.tsv", false, numbered, take_list_row, &legal);
}

/* --- agencies --------------------------------------------------------------- */

struct agency_line {
	str code, name;
};
struct agency_lines {
	VEC(struct agency_line) all;
	struct map *codes; /* as written */
};

static err take_agency_line(struct import *m, struct table *t, void *arg)
{
	struct agency_lines *lines = arg;
	str code = table_cell(t, m->row, "code"), name = table_cell(t, m->row, "name");

	if (!code.n || !name.n) {
		import_reject(m, t->lines, code.n ? S("no name") : S("no code"));
		return NULL;
	}
	struct agency_line *line = VEC_PUSH(m->a, &lines->all);
	*line = (struct agency_line){ str_copy(m->a, code), str_copy(m->a, name) };
	map_put(lines->codes, line->code, (void *)line->code.p);
	return NULL;
}

static str level_of(str code)
{
	bool first = code.n == 3;

	if (code.n && code.p[0] == 'G')
		return S("bo");
	return first && code.p[0] == 'H' ? S("tinh") : S("");
}

/* "H26" of "H26.101"; "" at the top. */
static str parent_of(str code)
{
	while (code.n && code.p[code.n - 1] != '.')
		code.n--;
	return code.n ? str_part(code, 0, code.n - 1) : code;
}

/* An old code is kept beside the new one it stands for [CODE-1], unless the list gives that new
 * code to another agency. */
static err put_agency(
	struct import *m, const struct agency_lines *lines, const struct agency_line *line)
{
	str made = agency_code_new(m->row, line->code);
	bool taken = made.n && !str_eq(made, line->code) && map_find(lines->codes, made);
	str code = made.n && !taken ? made : line->code;

	return import_row(m, IMPORT_AGENCIES,
		BIND(agency_name_put, .code = V(code),
			.old_code = V(agency_code_old(m->row, line->code)), .name = V(line->name),
			.slug = V(agency_slug_of(m->row, code, line->name)),
			.parent = V(made.n ? parent_of(made) : S("")), .level = V(level_of(code)),
			.valid_from = V((int64_t)VALID_ALWAYS)));
}

static err take_agencies(struct import *m)
{
	static const char *const columns[] = { "code", "name", NULL };
	struct agency_lines lines = { .codes = map_new(m->a, 1024) };

	TRY(import_table(
		m, "procedures", "agencies.tsv", false, columns, take_agency_line, &lines));
	for (size_t i = 0; i < lines.all.n; i++) {
		arena_reset(m->row);
		TRY(put_agency(m, &lines, &lines.all.items[i]));
	}
	return NULL;
}

/* --- papers ------------------------------------------------------------------ */

/* One element more, from the row's memory into that of the run. */
static void append(struct import *m, struct map *papers, str procedure, str json)
{
	struct official_components *all = map_find(papers, procedure);

	if (!all) {
		all = arena_make(m->a, struct official_components);
		all->json = buf_in(m->a, LIMIT_JSON);
		map_put(papers, str_copy(m->a, procedure), all);
	}
	if (all->json.n)
		buf_char(&all->json, ',');
	buf_add(&all->json, json);
	all->n++;
}

static err take_papers(struct import *m, struct map *papers)
{
	struct lines *l;
	str line, procedure, json;
	bool more;

	TRY(import_open(m, "procedures", "components.jsonl", &l));
	if (!l)
		return NULL;
	for (;;) {
		TRY(lines_next(l, &line, &more));
		if (!more)
			break;
		arena_reset(m->row);
		err e = official_component(m->row, line, &procedure, &json);
		if (e)
			import_reject(m, l, e->detail);
		else
			append(m, papers, procedure, json);
		m->counts[IMPORT_COMPONENTS].read += !e;
		import_progress(m, l);
	}
	m->bytes_done += lines_taken(l);
	return NULL;
}

/* --- procedures --------------------------------------------------------------- */

struct late_line {
	str text;
	int64_t number;
};
struct procedures {
	struct official_lists lists;
	struct map *papers;
	struct map *taken;          /* codes given in this run */
	VEC(struct late_line) late; /* records whose code has to be mended come after the others */
};

static err define(struct import *m, struct procedures *p, str line, str *ret)
{
	str written, code;

	TRY(official_code(m->row, line, &written));
	code = str_trim(written);
	if (map_find(p->taken, code))
		TRY(official_local_code(m->row, line, code, &code));
	if (map_find(p->taken, code))
		return FAIL(
			m->row, INVALID, "the code " STR_FMT " stands here twice", STR_ARG(code));
	const struct official_components *papers = map_find(p->papers, written);
	TRY(official_definition(
		m->row, line, code, &p->lists, papers ? buf_str(&papers->json) : S(""), ret));
	str kept = str_copy(m->a, code);
	map_put(p->taken, kept, (void *)kept.p);
	return NULL;
}

static err take_procedure(struct import *m, struct lines *l, struct procedures *p, str line)
{
	struct import_count *count = &m->counts[IMPORT_PROCEDURES];
	struct procedure checked;
	enum put_result result;
	str definition = S("");

	err e = define(m, p, line, &definition);
	if (!e)
		e = procedure_parse(m->row, definition, &checked);
	if (e) {
		import_reject(m, l, e->detail);
		return NULL;
	}
	TRY(procedure_store(m->c, m->row, definition, m->now, true, &result));
	count->read++;
	count->written += result == PUT_ADDED || result == PUT_CHANGED;
	count->kept += result == PUT_KEPT;
	return NULL;
}

/* " 1.014325" and "1.014325" are two procedures: who writes the code properly has it. */
static bool is_late(struct import *m, str line)
{
	str code;

	return !official_code(m->row, line, &code) && !str_eq(str_trim(code), code);
}

static err take_late(struct import *m, struct lines *l, struct procedures *p)
{
	for (size_t i = 0; i < p->late.n; i++) {
		arena_reset(m->row);
		l->number = p->late.items[i].number;
		TRY(take_procedure(m, l, p, p->late.items[i].text));
	}
	return NULL;
}

static err take_procedures(struct import *m, struct procedures *p)
{
	struct lines *l;
	str line;
	bool more;

	TRY(import_open(m, "procedures", "catalog.jsonl", &l));
	if (!l)
		return FAIL(m->a, NOT_FOUND, STR_FMT ": there is no catalog.jsonl(.gz) here",
			STR_ARG(m->folder));
	for (;;) {
		TRY(lines_next(l, &line, &more));
		if (!more)
			break;
		arena_reset(m->row);
		if (is_late(m, line))
			*VEC_PUSH(m->a, &p->late) =
				(struct late_line){ str_copy(m->a, line), l->number };
		else
			TRY(take_procedure(m, l, p, line));
		import_progress(m, l);
	}
	m->bytes_done += lines_taken(l);
	return take_late(m, l, p);
}

err import_catalogue(struct import *m)
{
	static const char *const files[] = { "subject_types.tsv", "results.tsv",
		"legal_documents.tsv", "sectors.tsv", "agencies.tsv", "components.jsonl",
		"catalog.jsonl", NULL };
	static const char *const columns[] = { "code", "name", NULL };
	struct procedures p = { .papers = map_new(m->a, 8192), .taken = map_new(m->a, 8192) };

	import_expect(m, "procedures", files);
	TRY(take_lists(m, &p.lists));
	TRY(import_table(m, "procedures", "sectors.tsv", false, columns, import_sector_row, NULL));
	TRY(take_agencies(m));
	TRY(take_papers(m, p.papers));
	return take_procedures(m, &p);
}
