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
	if (!import_once(m, t->lines, target->names, code))
		return NULL;
	map_put(target->names, str_copy(m->a, code), name);
	import_row(m, IMPORT_LISTS,
		BIND(code_list_put, .list = V(target->list), .code = V(code),
			.ord = V(t->lines->number), .name = V(*name), .name_en = V(S(""))));
	return NULL;
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
	if (import_once(m, t->lines, lines->codes, code))
		*VEC_PUSH(m->a, &lines->all) =
			(struct agency_line){ str_copy(m->a, code), str_copy(m->a, name) };
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
static void put_agency(
	struct import *m, const struct agency_lines *lines, const struct agency_line *line)
{
	str made = agency_code_new(m->row, line->code);
	bool taken = made.n && !str_eq(made, line->code) && map_find(lines->codes, made);
	str code = made.n && !taken ? made : line->code;

	import_row(m, IMPORT_AGENCIES,
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
		put_agency(m, &lines, &lines.all.items[i]);
	}
	return NULL;
}

/* --- papers ------------------------------------------------------------------ */

/* One element of a procedure's list, with where it came from. */
struct paper {
	str json;
	int64_t line, number;
};
struct papers {
	VEC(struct paper) all;
	bool used;
};
struct paper_file {
	str name;
	struct map *by_procedure; /* code as written → struct papers * */
	VEC(struct papers *) all;
};

static struct papers *papers_of(struct import *m, struct paper_file *f, str procedure)
{
	struct papers *found = map_find(f->by_procedure, procedure);

	if (!found) {
		found = arena_make(m->a, struct papers);
		map_put(f->by_procedure, str_copy(m->a, procedure), found);
		*VEC_PUSH(m->a, &f->all) = found;
	}
	return found;
}

static err take_paper(struct import *m, struct lines *l, struct paper_file *f, str line)
{
	struct official_paper paper;

	TRY(official_component(m->row, line, &paper));
	struct papers *papers = papers_of(m, f, paper.procedure);
	for (size_t i = 0; i < papers->all.n; i++)
		if (papers->all.items[i].number == paper.number)
			return FAIL(m->row, INVALID, "ord: %lld stands twice in " STR_FMT,
				(long long)paper.number, STR_ARG(paper.procedure));
	*VEC_PUSH(m->a, &papers->all) =
		(struct paper){ str_copy(m->a, paper.json), l->number, paper.number };
	m->counts[IMPORT_COMPONENTS].read++;
	return NULL;
}

static err take_papers(struct import *m, struct paper_file *f)
{
	struct lines *l;
	str line;
	bool more;

	TRY(import_open(m, "procedures", "components.jsonl", &l));
	if (!l)
		return NULL;
	f->name = l->name;
	for (;;) {
		TRY(lines_next(l, &line, &more));
		if (!more)
			break;
		arena_reset(m->row);
		err e = take_paper(m, l, f, line);
		if (e)
			import_reject(m, l, e->detail);
		import_progress(m, l);
	}
	m->bytes_done += lines_taken(l);
	return NULL;
}

static err papers_json(struct import *m, struct papers *papers, str *ret)
{
	struct buf b = buf_in(m->row, LIMIT_JSON);

	for (size_t i = 0; i < papers->all.n; i++) {
		if (i)
			buf_char(&b, ',');
		buf_add(&b, papers->all.items[i].json);
	}
	if (b.overflow)
		return FAIL(m->row, INVALID, "its papers are too long together");
	*ret = buf_str(&b);
	return NULL;
}

/* Papers of procedures that are not there, or were rejected, would be lost without a word. */
static void reject_unused(struct import *m, const struct paper_file *f)
{
	for (size_t i = 0; i < f->all.n; i++) {
		const struct papers *papers = f->all.items[i];
		for (size_t k = 0; k < papers->all.n && !papers->used; k++) {
			m->counts[IMPORT_COMPONENTS].read--;
			import_reject_at(m, f->name, papers->all.items[k].line,
				S("a paper of a procedure that is not taken"));
		}
	}
}

/* --- procedures --------------------------------------------------------------- */

struct late_line {
	str text;
	int64_t number;
};
struct procedures {
	struct official_lists lists;
	struct paper_file papers;
	struct map *taken;          /* codes given in this run */
	VEC(struct late_line) late; /* records whose code has to be mended come after the others */
};

/* The code as written, and ours for it. " 1.014325" beside "1.014325" is another procedure, of a
 * province; the same code written twice is one of them too many. */
static err code_of(struct import *m, struct procedures *p, str line, str *ret_written, str *ret)
{
	TRY(official_code(m->row, line, ret_written));
	*ret = str_trim(*ret_written);
	if (map_find(p->taken, *ret) && !str_eq(*ret, *ret_written))
		TRY(official_local_code(m->row, line, *ret, ret));
	if (map_find(p->taken, *ret))
		return FAIL(
			m->row, INVALID, "the code " STR_FMT " stands here twice", STR_ARG(*ret));
	return NULL;
}

static err take_definition(struct import *m, const struct lines *l, struct procedures *p, str line)
{
	str written, code, definition, papers_text = S("");

	TRY(code_of(m, p, line, &written, &code));
	struct papers *papers = map_find(p->papers.by_procedure, written);
	if (papers)
		TRY(papers_json(m, papers, &papers_text));
	TRY(official_definition(m->row, line, code, &p->lists, papers_text, &definition));
	TRY(import_procedure(m, l->name, l->number, definition, true));
	if (papers)
		papers->used = true;
	str kept = str_copy(m->a, code);
	map_put(p->taken, kept, (void *)kept.p);
	return NULL;
}

static void take_procedure(struct import *m, struct lines *l, struct procedures *p, str line)
{
	err e = take_definition(m, l, p, line);
	if (e)
		import_reject(m, l, e->detail);
}

/* Who writes the code properly has it. */
static bool is_late(struct import *m, str line)
{
	str code;

	return !official_code(m->row, line, &code) && !str_eq(str_trim(code), code);
}

static void take_late(struct import *m, struct lines *l, struct procedures *p)
{
	for (size_t i = 0; i < p->late.n; i++) {
		arena_reset(m->row);
		l->number = p->late.items[i].number;
		take_procedure(m, l, p, p->late.items[i].text);
	}
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
			take_procedure(m, l, p, line);
		import_progress(m, l);
	}
	m->bytes_done += lines_taken(l);
	take_late(m, l, p);
	reject_unused(m, &p->papers);
	return NULL;
}

err import_catalogue(struct import *m)
{
	static const char *const files[] = { "subject_types.tsv", "results.tsv",
		"legal_documents.tsv", "sectors.tsv", "agencies.tsv", "components.jsonl",
		"catalog.jsonl", NULL };
	static const char *const columns[] = { "code", "name", NULL };
	struct procedures p = { .papers = { .by_procedure = map_new(m->a, 8192) },
		.taken = map_new(m->a, 8192) };

	import_expect(m, "procedures", files);
	TRY(take_lists(m, &p.lists));
	TRY(import_table(m, "procedures", "sectors.tsv", false, columns, import_sector_row,
		map_new(m->a, 512)));
	TRY(take_agencies(m));
	TRY(take_papers(m, &p.papers));
	return take_procedures(m, &p);
}
