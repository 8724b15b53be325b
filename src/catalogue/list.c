/* SPDX-License-Identifier: Apache-2.0 */
/* list.c - the catalogue with filters [C32-6.2]. Each filter shows what its other values would
 * give: a record counts for a facet when it passes all other filters. */
#include "catalogue/index.h"
#include "view/tr.h"

enum dimension { BY_SECTOR, BY_AGENCY, BY_LEVEL, BY_SERVICE_LEVEL, BY_FEE, DIMENSIONS };

struct listing {
	const struct catalogue_index *x;
	struct arena *a;
	const struct catalogue_filter *f;
	const struct index_sector *NULLABLE sector;
	const struct index_agency *NULLABLE agency;
	struct facet_counts counts;
};

static bool has_agency(const struct record *r, size_t place)
{
	for (size_t i = 0; i < r->agencies.n; i++)
		if (r->agencies.items[i] == place)
			return true;
	return false;
}

static enum fee_known fees_of(const struct entry *e)
{
	if (e->fee_least == FEE_UNPUBLISHED)
		return FEES_UNPUBLISHED;
	return e->fee_least ? FEES_SOME : FEES_NONE;
}

/* Which filters refuse the record, as a bit set. */
static unsigned refusals(const struct listing *l, const struct record *r)
{
	const struct catalogue_filter *f = l->f;
	unsigned bits = 0;

	if (f->sector.n && (!l->sector || l->sector != &l->x->sectors.items[r->sector]))
		bits |= 1u << BY_SECTOR;
	if (f->agency.n &&
		(!l->agency || !has_agency(r, (size_t)(l->agency - l->x->agencies.items))))
		bits |= 1u << BY_AGENCY;
	if (f->level != FILTER_ANY && (f->level < 0 || !(r->entry.levels >> f->level & 1)))
		bits |= 1u << BY_LEVEL;
	if (f->service_level != FILTER_ANY && (int)r->entry.level != f->service_level)
		bits |= 1u << BY_SERVICE_LEVEL;
	if (f->fee != FILTER_ANY && (int)fees_of(&r->entry) != f->fee)
		bits |= 1u << BY_FEE;
	return bits;
}

static struct facet_counts counts_new(struct arena *a, const struct catalogue_index *x)
{
	return (struct facet_counts){
		.by_sector = arena_array(a, int64_t, x->sectors.n),
		.by_agency = arena_array(a, int64_t, x->agencies.n),
	};
}

/* Counts r where nothing but the facet's own filter refuses it. */
static void count(struct facet_counts *c, const struct record *r, unsigned refused)
{
	if (!(refused & ~(1u << BY_SECTOR)))
		c->by_sector[r->sector]++;
	if (!(refused & ~(1u << BY_AGENCY)))
		for (size_t i = 0; i < r->agencies.n; i++)
			c->by_agency[r->agencies.items[i]]++;
	for (int i = 0; i < GOVERNMENT_LEVEL_COUNT && !(refused & ~(1u << BY_LEVEL)); i++)
		c->by_level[i] += r->entry.levels >> i & 1;
	if (!(refused & ~(1u << BY_SERVICE_LEVEL)))
		c->by_service_level[r->entry.level]++;
	if (!(refused & ~(1u << BY_FEE)))
		c->by_fee[fees_of(&r->entry)]++;
}

void index_count(struct catalogue_index *x)
{
	x->counts = counts_new(x->arena, x);
	for (size_t i = 0; i < x->records.n; i++)
		count(&x->counts, &x->records.items[i], 0);
}

/* --- facets ---------------------------------------------------------------- */

static void sector_facet(struct listing *l, struct catalogue_page *p)
{
	p->sectors.items = arena_array(l->a, struct facet, l->x->sectors.n);
	for (size_t i = 0; i < l->x->sectors.n; i++) {
		const struct index_sector *s = &l->x->sectors.items[i];
		if (l->counts.by_sector[i] || s == l->sector)
			p->sectors.items[p->sectors.n++] = (struct facet){ .value = s->slug,
				.label = s->name,
				.label_en = s->name_en,
				.count = l->counts.by_sector[i],
				.chosen = s == l->sector };
	}
}

static void agency_facet(struct listing *l, struct catalogue_page *p)
{
	p->agencies.items = arena_array(l->a, struct facet, l->x->agencies.n);
	for (size_t i = 0; i < l->x->agencies.n; i++) {
		const struct index_agency *g = &l->x->agencies.items[i];
		if (l->counts.by_agency[i] || g == l->agency)
			p->agencies.items[p->agencies.n++] = (struct facet){ .value = g->code,
				.label = g->name,
				.label_en = g->name_en,
				.count = l->counts.by_agency[i],
				.chosen = g == l->agency };
	}
}

struct choice {
	const char *value;
	str label;
};

static void fixed_facet(struct listing *l, const struct choice *choices, size_t n,
	const int64_t *counts, int chosen, struct facet **ret, size_t *ret_n)
{
	struct facet *items = arena_array(l->a, struct facet, n);

	for (size_t i = 0; i < n; i++)
		items[i] = (struct facet){ .value = str_from(choices[i].value),
			.label = choices[i].label,
			.count = counts[i],
			.chosen = (int)i == chosen };
	*ret = items;
	*ret_n = n;
}

static void fill_facets(struct listing *l, struct catalogue_page *p)
{
	const struct choice levels[GOVERNMENT_LEVEL_COUNT] = {
		[GOVERNMENT_CENTRAL] = { "bo", TR("Cấp bộ") },
		[GOVERNMENT_PROVINCE] = { "tinh", TR("Cấp tỉnh") },
		[GOVERNMENT_COMMUNE] = { "xa", TR("Cấp xã") },
		[GOVERNMENT_OTHER] = { "khac", TR("Cơ quan khác") },
	};
	const struct choice service_levels[LEVEL_WHOLE + 1] = {
		[LEVEL_INCOMPLETE] = { "chua-du", service_level_name(LEVEL_INCOMPLETE) },
		[LEVEL_INFORMATION] = { "thong-tin", service_level_name(LEVEL_INFORMATION) },
		[LEVEL_PARTIAL] = { "mot-phan", service_level_name(LEVEL_PARTIAL) },
		[LEVEL_WHOLE] = { "toan-trinh", service_level_name(LEVEL_WHOLE) },
	};
	const struct choice fees[FEES_COUNT] = {
		[FEES_NONE] = { "0", TR("Miễn phí") },
		[FEES_SOME] = { "1", TR("Có phí") },
		[FEES_UNPUBLISHED] = { "2", TR("Chưa công bố phí") },
	};

	sector_facet(l, p);
	agency_facet(l, p);
	fixed_facet(l, levels, COUNT(levels), l->counts.by_level, l->f->level, &p->levels.items,
		&p->levels.n);
	fixed_facet(l, service_levels, COUNT(service_levels), l->counts.by_service_level,
		l->f->service_level, &p->service_levels.items, &p->service_levels.n);
	fixed_facet(l, fees, COUNT(fees), l->counts.by_fee, l->f->fee, &p->fees.items, &p->fees.n);
}

/* --- the whole ------------------------------------------------------------- */

static bool filters(const struct catalogue_filter *f)
{
	return f->sector.n || f->agency.n || f->level != FILTER_ANY ||
		f->service_level != FILTER_ANY || f->fee != FILTER_ANY;
}

/* Everything, or everything that was found, in that order. */
static void list_filtered(struct listing *l, const struct ranking *NULLABLE found, size_t n,
	struct catalogue_page *ret)
{
	l->counts = counts_new(l->a, l->x);
	for (size_t i = 0; i < n; i++) {
		const struct record *r = &l->x->records.items[found ? found->records.items[i] : i];
		unsigned refused = refusals(l, r);
		count(&l->counts, r, refused);
		if (refused)
			continue;
		if (ret->total >= l->f->offset && (int64_t)ret->entries.n < l->f->limit)
			ret->entries.items[ret->entries.n++] = &r->entry;
		ret->total++;
	}
}

static void list_everything(struct listing *l, struct catalogue_page *ret)
{
	l->counts = l->x->counts;
	ret->total = (int64_t)l->x->records.n;
	for (int64_t i = l->f->offset; i < ret->total && (int64_t)ret->entries.n < l->f->limit; i++)
		ret->entries.items[ret->entries.n++] = &l->x->records.items[i].entry;
}

void catalogue_list(const struct catalogue_index *x, struct arena *a,
	const struct catalogue_filter *f, struct catalogue_page *ret)
{
	struct listing l = { .x = x, .a = a, .f = f };
	bool searches = str_trim(f->words).n > 0;
	struct ranking ranking = { 0 };

	*ret = (struct catalogue_page){ 0 };
	l.sector = index_sector_by(x, f->sector);
	l.agency = index_agency_by(x, f->agency);
	if (searches)
		ranking = index_search(x, a, f->words);
	size_t n = searches ? ranking.records.n : x->records.n;
	int64_t most = f->limit < (int64_t)n ? f->limit : (int64_t)n;
	ret->entries.items = arena_array(a, const struct entry *, (size_t)(most > 0 ? most : 0));
	if (searches || filters(f))
		list_filtered(&l, searches ? &ranking : NULL, n, ret);
	else
		list_everything(&l, ret);
	fill_facets(&l, ret);
	ret->did_you_mean = ranking.did_you_mean;
}
