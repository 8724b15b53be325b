/* SPDX-License-Identifier: Apache-2.0 */
/* index.c - builds the index from the database: one reading of four tables. */
#include "catalogue/index.h"

#include "catalogue/catalogue.sql.h"

struct row {
	int64_t id, levels, service_level, fee_least;
	str code, name, name_en, sector, promulgator, executing, limit_code;
	bool online;
};
#define R(member) COLUMN(struct row, member)
ROW_TYPE(row_type, struct row, R(id), R(code), R(name), R(name_en), R(sector), R(promulgator),
	R(executing), R(levels), R(service_level), R(fee_least), R(limit_code), R(online));
ROW_TYPE(sector_row, struct index_sector, COLUMN(struct index_sector, code),
	COLUMN(struct index_sector, name), COLUMN(struct index_sector, name_en));

/* What is read; gone when the index is built. */
struct source {
	LIST(struct row) rows; /* the newest version of each code, by code */
	LIST(struct index_sector) sectors;
	LIST(struct agency) agencies;
	LIST(struct list_item) synonyms;
};

static void keep_newest(struct source *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->rows.n; i++) {
		bool last = i + 1 == s->rows.n ||
			!str_eq(s->rows.items[i].code, s->rows.items[i + 1].code);
		if (last)
			s->rows.items[kept++] = s->rows.items[i];
	}
	s->rows.n = kept;
}

static err read_source(struct conn *c, struct arena *scratch, day on, struct source *ret)
{
	TRY(DB_LIST(c, scratch, &ret->rows, &row_type,
		BIND(procedure_all_on, .on_day = V((int64_t)on))));
	keep_newest(ret);
	TRY(DB_LIST(c, scratch, &ret->sectors, &sector_row, BIND(sector_list)));
	TRY(agency_list_all(c, scratch, &ret->agencies.items, &ret->agencies.n));
	TRY(code_list(c, scratch, SYNONYMS, &ret->synonyms.items, &ret->synonyms.n));
	if (ret->rows.n >= UINT16_MAX || ret->agencies.n >= UINT16_MAX)
		return FAIL(scratch, INTERNAL, "more procedures or agencies than the index holds");
	return NULL;
}

/* --- sectors -------------------------------------------------------------- */

static int sector_order(const void *p, const void *q)
{
	const struct index_sector *a = p, *b = q;
	int order = text_compare(a->name, b->name);
	return order ? order : str_compare(a->code, b->code);
}

/* Names that stand in several lists get their code behind: the address must not depend on who
 * came first. */
static void name_sectors(struct catalogue_index *x, struct arena *scratch)
{
	struct map *slugs = map_new(scratch, x->sectors.n);
	bool *doubled = arena_array(scratch, bool, x->sectors.n);

	for (size_t i = 0; i < x->sectors.n; i++) {
		struct index_sector *s = &x->sectors.items[i];
		s->slug = text_slug(x->arena, s->name);
		struct index_sector *first = map_find(slugs, s->slug);
		if (first)
			doubled[first - x->sectors.items] = doubled[i] = true;
		else
			map_put(slugs, s->slug, s);
	}
	for (size_t i = 0; i < x->sectors.n; i++) {
		struct index_sector *s = &x->sectors.items[i];
		if (doubled[i] || !s->slug.n)
			s->slug = arena_printf(x->arena, STR_FMT "-" STR_FMT, STR_ARG(s->slug),
				STR_ARG(text_slug(scratch, s->code)));
	}
}

static struct map *take_sectors(
	struct catalogue_index *x, struct arena *scratch, const struct source *from)
{
	struct map *places = map_new(scratch, from->sectors.n);

	x->sectors.n = from->sectors.n;
	x->sectors.items = arena_array(x->arena, struct index_sector, x->sectors.n);
	for (size_t i = 0; i < x->sectors.n; i++) {
		const struct index_sector *s = &from->sectors.items[i];
		x->sectors.items[i] = (struct index_sector){ .code = str_copy(x->arena, s->code),
			.name = str_copy(x->arena, s->name),
			.name_en = str_copy(x->arena, s->name_en) };
	}
	if (x->sectors.n)
		qsort(x->sectors.items, x->sectors.n, sizeof *x->sectors.items, sector_order);
	name_sectors(x, scratch);
	for (size_t i = 0; i < x->sectors.n; i++)
		map_put(places, x->sectors.items[i].code, &x->sectors.items[i]);
	return places;
}

/* --- agencies ------------------------------------------------------------- */

static int agency_order(const void *p, const void *q)
{
	const struct index_agency *a = p, *b = q;
	int order = text_compare(a->name, b->name);
	return order ? order : str_compare(a->code, b->code);
}

/* Codes that some procedure names, as keys; values do not matter but for not being NULL. */
static struct map *named_codes(struct arena *scratch, struct source *from)
{
	struct map *named = map_new(scratch, 256);

	for (size_t i = 0; i < from->rows.n; i++) {
		struct row *r = &from->rows.items[i];
		map_put(named, r->promulgator, r);
		str pattern, rest = r->executing;
		for (bool more = rest.n > 0; more;) {
			more = str_cut(rest, ' ', &pattern, &rest);
			map_put(named, pattern, r);
		}
	}
	return named;
}

static bool is_named(const struct source *from, const struct map *named, const struct agency *g)
{
	if (map_find(named, g->code) || (g->old_code.n && map_find(named, g->old_code)))
		return true;
	if (!g->receives)
		return false;
	for (size_t i = 0; i < from->rows.n; i++) {
		str pattern, rest = from->rows.items[i].executing;
		for (bool more = rest.n > 0; more;) {
			more = str_cut(rest, ' ', &pattern, &rest);
			if (agency_named(pattern, g))
				return true;
		}
	}
	return false;
}

static void take_agencies(struct catalogue_index *x, struct arena *scratch, struct source *from)
{
	struct map *named = named_codes(scratch, from);

	x->agencies.items = arena_array(x->arena, struct index_agency, from->agencies.n);
	for (size_t i = 0; i < from->agencies.n; i++) {
		const struct agency *g = &from->agencies.items[i];
		if (is_named(from, named, g))
			x->agencies.items[x->agencies.n++] =
				(struct index_agency){ .code = str_copy(x->arena, g->code),
					.name = str_copy(x->arena, g->name),
					.name_en = str_copy(x->arena, g->name_en),
					.slug = str_copy(x->arena, g->slug) };
	}
	if (x->agencies.n)
		qsort(x->agencies.items, x->agencies.n, sizeof *x->agencies.items, agency_order);
}

/* --- records -------------------------------------------------------------- */

struct building {
	struct catalogue_index *x;
	struct arena *scratch;
	struct map *sectors;  /* code → index_sector */
	struct map *agencies; /* code → index_agency */
	LIST(struct agency) receiving;
};

static struct index_agency *NULLABLE agency_of(const struct building *b, str code)
{
	struct index_agency *g = map_find(b->agencies, code);
	str made = g ? code : agency_code_new(b->scratch, code);

	return g || !made.n ? g : map_find(b->agencies, made);
}

static void add_agency(struct building *b, struct record *r, struct index_agency *NULLABLE g)
{
	if (!g)
		return;
	uint16_t place = (uint16_t)(g - b->x->agencies.items);
	for (size_t i = 0; i < r->agencies.n; i++)
		if (r->agencies.items[i] == place)
			return;
	r->agencies.items[r->agencies.n++] = place;
	g->n++;
}

/* A code is looked up; a pattern is tried on those that receive. */
static void add_executing(struct building *b, struct record *r, str pattern)
{
	if (!str_ends(pattern, S(".*"))) {
		add_agency(b, r, agency_of(b, pattern));
		return;
	}
	for (size_t i = 0; i < b->receiving.n; i++)
		if (agency_named(pattern, &b->receiving.items[i]))
			add_agency(b, r, map_find(b->agencies, b->receiving.items[i].code));
}

static size_t agencies_most(const struct building *b, str executing)
{
	size_t n = 2;

	for (size_t i = 0; i < executing.n; i++)
		n += executing.p[i] == ' ';
	return str_has(executing, S(".*")) ? n + b->receiving.n : n;
}

static void fill_agencies(struct building *b, struct record *r, const struct row *from)
{
	str pattern, rest = from->executing;

	r->agencies.items = arena_array(b->x->arena, uint16_t, agencies_most(b, from->executing));
	add_agency(b, r, agency_of(b, from->promulgator));
	for (bool more = rest.n > 0; more;) {
		more = str_cut(rest, ' ', &pattern, &rest);
		add_executing(b, r, pattern);
	}
	if (r->agencies.n)
		r->entry.agency_name = b->x->agencies.items[r->agencies.items[0]].name;
	else
		r->entry.agency_name = str_copy(b->x->arena, from->promulgator);
}

static void fill_record(struct building *b, struct record *r, const struct row *from)
{
	struct arena *a = b->x->arena;
	struct index_sector *s = map_find(b->sectors, from->sector);

	assert(s); /* procedure_store puts the sector of every procedure */
	s->n++;
	r->sector = (uint16_t)(s - b->x->sectors.items);
	r->entry = (struct entry){
		.code = str_copy(a, from->code),
		.slug = arena_printf(a, STR_FMT "-" STR_FMT, STR_ARG(from->code),
			STR_ARG(text_slug(b->scratch, from->name))),
		.name = str_copy(a, from->name),
		.name_en = str_copy(a, from->name_en),
		.sector = s->name,
		.sector_en = s->name_en,
		.sector_slug = s->slug,
		.levels = (unsigned)from->levels,
		.level = (enum service_level)from->service_level,
		.fee_least = from->fee_least,
		.online = from->online,
		.limit = str_copy(a, from->limit_code),
		.version_id = from->id,
		.key = search_key(a, from->name),
	};
	fill_agencies(b, r, from);
	b->x->online += r->entry.online;
}

static int record_order(const void *p, const void *q)
{
	const struct record *a = p, *b = q;
	if (a->entry.online != b->entry.online)
		return a->entry.online ? -1 : 1;
	int order = str_compare(a->entry.key, b->entry.key);
	return order ? order : str_compare(a->entry.code, b->entry.code);
}

/* Records are in the order of lists; this is the way to them by code. */
static void order_by_code(
	struct catalogue_index *x, struct arena *scratch, const struct source *from)
{
	struct map *places = map_new(scratch, x->records.n);
	uint16_t *by_code = arena_array(x->arena, uint16_t, x->records.n);

	for (size_t i = 0; i < x->records.n; i++)
		map_put(places, x->records.items[i].entry.code, &x->records.items[i]);
	for (size_t i = 0; i < from->rows.n; i++) {
		struct record *r = map_find(places, from->rows.items[i].code);
		by_code[i] = (uint16_t)(r - x->records.items);
	}
	x->by_code = by_code;
}

static void take_records(
	struct catalogue_index *x, struct arena *scratch, const struct source *from)
{
	struct building b = { .x = x, .scratch = scratch };

	b.sectors = take_sectors(x, scratch, from);
	b.agencies = map_new(scratch, x->agencies.n);
	for (size_t i = 0; i < x->agencies.n; i++)
		map_put(b.agencies, x->agencies.items[i].code, &x->agencies.items[i]);
	b.receiving.items = arena_array(scratch, struct agency, from->agencies.n);
	for (size_t i = 0; i < from->agencies.n; i++)
		if (from->agencies.items[i].receives)
			b.receiving.items[b.receiving.n++] = from->agencies.items[i];
	x->records.n = from->rows.n;
	x->records.items = arena_array(x->arena, struct record, x->records.n);
	for (size_t i = 0; i < x->records.n; i++)
		fill_record(&b, &x->records.items[i], &from->rows.items[i]);
	if (x->records.n)
		qsort(x->records.items, x->records.n, sizeof *x->records.items, record_order);
	order_by_code(x, scratch, from);
}

/* --- synonyms -------------------------------------------------------------- */

static void take_words(struct catalogue_index *x, str text, str **ret, size_t *ret_n)
{
	str words[LIMIT_SEARCH_WORDS];
	size_t n = text_words(text_fold(x->arena, text), words, LIMIT_SEARCH_WORDS);

	*ret = arena_array(x->arena, str, n);
	*ret_n = n;
	for (size_t i = 0; i < n; i++)
		(*ret)[i] = word_spelling(x->arena, words[i]);
}

static void take_synonyms(struct catalogue_index *x, const struct source *from)
{
	x->synonyms.items = arena_array(x->arena, struct synonym, from->synonyms.n);
	for (size_t i = 0; i < from->synonyms.n; i++) {
		struct synonym s;
		take_words(x, from->synonyms.items[i].code, &s.typed, &s.n_typed);
		take_words(x, from->synonyms.items[i].name, &s.said, &s.n_said);
		if (s.n_typed && s.n_said)
			x->synonyms.items[x->synonyms.n++] = s;
	}
}

err index_build(struct conn *c, struct arena *scratch, day on, struct catalogue_index **ret)
{
	struct source from = { 0 };
	int64_t version;

	/* The version is read first: what changes meanwhile is noticed at the next look. */
	TRY(db_number(c, scratch, BIND(content_version_now), &version));
	TRY(read_source(c, scratch, on, &from));
	struct arena *a = arena_new();
	struct catalogue_index *x = arena_make(a, struct catalogue_index);
	x->arena = a;
	x->version = version;
	x->on = on;
	take_agencies(x, scratch, &from);
	take_records(x, scratch, &from);
	take_synonyms(x, &from);
	index_count(x);
	err e = index_words(x, scratch);
	if (e) {
		arena_free(a);
		return e;
	}
	*ret = x;
	return NULL;
}

void index_free(struct catalogue_index *NULLABLE x)
{
	if (x)
		arena_free(x->arena);
}
