/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue_pages.c - the catalogue, its filters and its search [C32-6.1, C32-6.2, C32-11.4]. */
#include "catalogue/catalogue.html.h"
#include "catalogue/pages.h"
#include "catalogue/routes.h"
#include "catalogue/search.html.h"
#include "http/reply.h"

#define CSV_MOST (8 * MIB)
#define CHIP_MOST 60 /* letters */

const struct route catalogue_routes[] = {
	{ "GET", "/thu-tuc", catalogue_list_page, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/thu-tuc.csv", catalogue_csv, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/thu-tuc/:slug", procedure_page, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/linh-vuc", sectors_page, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/linh-vuc/:slug", sector_page, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/co-quan", agencies_page, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/co-quan/:slug", agency_page, PERMIT_PUBLIC, .cached = true },
	{ "GET", "/tim", search_page, PERMIT_PUBLIC, .cached = true },
	{ 0 },
};

/* --- rows ------------------------------------------------------------------ */

struct marking {
	struct arena *a;
	str words[LIMIT_SEARCH_WORDS];
	size_t n;
};

static struct marking marking_of(struct arena *a, str query)
{
	struct marking m = { .a = a };

	m.n = text_words(
		search_key(a, str_part(query, 0, LIMIT_SEARCH_TEXT)), m.words, COUNT(m.words));
	return m;
}

/* Does the piece of a name begin with a word that was searched for? */
static bool is_marked(const struct marking *m, str piece)
{
	str folded = text_fold(m->a, piece);

	for (size_t i = 0; i < m->n; i++)
		if (m->words[i].n > 1 &&
			str_starts(word_spelling(m->a, folded), word_spelling(m->a, m->words[i])))
			return true;
	return false;
}

/* Cuts the name into runs of marked and plain words; spaces at the edge of a mark stay outside. */
static void mark_name(const struct marking *m, str name, struct result_row *row)
{
	VEC(struct name_part) parts = { 0 };

	for (size_t at = 0; at < name.n;) {
		size_t space = name.p[at] == ' ';
		str rest = str_from_at(name, at + space), word;
		word = str_part(rest, 0, str_find(rest, S(" ")));
		bool marked = m->n && is_marked(m, word);
		struct name_part *last = parts.n ? &parts.items[parts.n - 1] : NULL;
		if (last && marked && !last->marked)
			last->text.n += space;
		if (last && last->marked == marked)
			last->text.n += space + word.n;
		else
			*VEC_PUSH(m->a, &parts) = (struct name_part){
				marked ? word : str_part(name, at, space + word.n), marked
			};
		at += space + word.n;
	}
	row->name.items = parts.items;
	row->name.n = parts.n;
}

void result_rows(struct out *o, const struct catalogue_index *x, const struct catalogue_page *p,
	str words, struct result_list *ret)
{
	struct marking marking = marking_of(o->a, words);

	ret->rows.n = p->entries.n;
	ret->rows.items = arena_array(o->a, struct result_row, p->entries.n);
	for (size_t i = 0; i < p->entries.n; i++) {
		const struct entry *e = p->entries.items[i];
		const struct record *r = index_record(x, e->code);
		struct two_words name = in_page_language(o, e->name, e->name_en);
		struct result_row *row = &ret->rows.items[i];
		*row = (struct result_row){
			.slug = e->slug,
			.code = e->code,
			.sector = sector_text(o, &x->sectors.items[r->sector]),
			.levels = levels_text(o, e->levels),
			.limit = limit_code_text(o, e->limit),
			.fee = fee_least_text(o, e->fee_least),
			.level_name = tr(o->language, service_level_name(e->level)),
			.vietnamese = name.vietnamese,
			.tone = service_level_tone(e->level),
			.icon = service_level_icon(e->level),
		};
		mark_name(&marking, name.text, row);
	}
}

/* --- filters ---------------------------------------------------------------- */

/* Place of a value among the few of a filter. */
static int choice_of(str value, const char *const *values)
{
	for (int i = 0; values[i] && value.n; i++)
		if (str_eq(value, str_from(values[i])))
			return i;
	return value.n ? FILTER_UNKNOWN : FILTER_ANY;
}

static struct catalogue_filter filter_of(struct req *r)
{
	static const char *const levels[] = { "bo", "tinh", "xa", "khac", NULL };
	static const char *const service_levels[] = { "chua-du", "thong-tin", "mot-phan",
		"toan-trinh", NULL };
	static const char *const fees[] = { "0", "1", "2", NULL };

	return (struct catalogue_filter){
		.sector = req_query(r, S("linh-vuc")),
		.agency = req_query(r, S("co-quan")),
		.words = req_query(r, S("q")),
		.level = choice_of(req_query(r, S("cap")), levels),
		.service_level = choice_of(req_query(r, S("muc")), service_levels),
		.fee = choice_of(req_query(r, S("phi")), fees),
		.limit = LIMIT_PAGE_ROWS,
	};
}

/* One page of what the filter lets through; the page asked for may lie behind the last. */
static void list_paged(struct req *r, const struct catalogue_index *x, struct catalogue_filter *f,
	struct catalogue_page *ret, struct paging *ret_paging)
{
	int64_t page = req_query_int(r, S("trang"), 1, LIMIT_PAGE_NUMBER, 1);

	f->offset = (page - 1) * LIMIT_PAGE_ROWS;
	catalogue_list(x, r->arena, f, ret);
	*ret_paging = paging_of(r, ret->total, LIMIT_PAGE_ROWS, tr(req_language(r), TR("thủ tục")));
	if (ret_paging->page != page) {
		f->offset = (ret_paging->page - 1) * LIMIT_PAGE_ROWS;
		catalogue_list(x, r->arena, f, ret);
	}
}

/* "Hộ tịch (38)" */
static void count_labels(struct out *o, struct facet *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		items[i].label = arena_printf(o->a, STR_FMT " (" STR_FMT ")",
			STR_ARG(tr(o->language, items[i].label)),
			STR_ARG(number_text(o->a, o->language, items[i].count)));
}

/* Facets of sectors come in the order of the index. A sector is chosen by its code, which weighs
 * less than its slug in a list of 300. */
static void name_facets(struct out *o, const struct catalogue_index *x, struct catalogue_page *p)
{
	for (size_t i = 0, k = 0; i < p->sectors.n; k++) {
		const struct index_sector *sector = &x->sectors.items[k];
		if (str_eq(p->sectors.items[i].value, sector->slug)) {
			p->sectors.items[i].value = sector->code;
			p->sectors.items[i].label = facet_text(o, &p->sectors.items[i]);
			i++;
		}
	}
	for (size_t i = 0; i < p->agencies.n; i++)
		p->agencies.items[i].label = facet_text(o, &p->agencies.items[i]);
}

static int largest_first(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? 1 : x > y ? -1 : 0;
}

/* Nobody chooses from a list of 300: it offers those with most procedures, in their order, and what
 * is chosen; all stand under "Xem theo lĩnh vực", or come when another filter is set. */
#define FACET_MOST 60
static bool keep_largest(struct arena *a, struct facet *items, size_t *n)
{
	if (*n <= FACET_MOST)
		return false;
	int64_t *counts = arena_array(a, int64_t, *n);
	for (size_t i = 0; i < *n; i++)
		counts[i] = items[i].count;
	qsort(counts, *n, sizeof *counts, largest_first);
	/* Of those as large as the last that has room, the first. */
	int64_t last = counts[FACET_MOST - 1];
	size_t kept = 0, room = FACET_MOST;
	for (size_t i = 0; i < FACET_MOST && counts[i] > last; i++)
		room--;
	for (size_t i = 0; i < *n; i++) {
		bool fits = items[i].count > last || (items[i].count == last && room > 0);
		room -= fits && items[i].count == last;
		if (fits || items[i].chosen)
			items[kept++] = items[i];
	}
	*n = kept;
	return true;
}

struct chips {
	struct req *r;
	struct out *o;
	VEC(struct filter_chip) all;
};

static void add_chip(struct chips *c, str title, const char *query, str value)
{
	*VEC_PUSH(c->o->a, &c->all) = (struct filter_chip){
		.text = arena_printf(c->o->a, STR_FMT ": " STR_FMT,
			STR_ARG(tr(c->o->language, title)), STR_ARG(value)),
		.without = url_with(c->o, c->r->path, c->r->query, str_from(query), S("")),
	};
}

/* What is chosen; a value that there is not is told as it was asked for, so that it can go. */
static void add_chips(
	struct chips *c, str title, const char *query, const struct facet *items, size_t n)
{
	str asked = req_query(c->r, str_from(query));

	for (size_t i = 0; i < n; i++) {
		if (!items[i].chosen)
			continue;
		add_chip(c, title, query, tr(c->o->language, items[i].label));
		return;
	}
	if (asked.n)
		add_chip(c, title, query,
			FILL(c->o->a, c->o->language, TR("{value} (không có)"), S("value"),
				str_head(asked, CHIP_MOST)));
}

#define ADD_CHIPS(c, title, query, list) add_chips((c), (title), (query), (list).items, (list).n)

static void fill_filters(struct req *r, struct out *o, const struct catalogue_index *x,
	struct catalogue_page *p, struct catalogue_view *v)
{
	struct chips chips = { .r = r, .o = o };

	v->sectors_left_out = keep_largest(o->a, p->sectors.items, &p->sectors.n);
	name_facets(o, x, p);
	ADD_CHIPS(&chips, TR("Lĩnh vực"), "linh-vuc", p->sectors);
	ADD_CHIPS(&chips, TR("Cấp thực hiện"), "cap", p->levels);
	ADD_CHIPS(&chips, TR("Cơ quan"), "co-quan", p->agencies);
	ADD_CHIPS(&chips, TR("Mức trực tuyến"), "muc", p->service_levels);
	ADD_CHIPS(&chips, TR("Phí"), "phi", p->fees);
	v->chips.items = chips.all.items;
	v->chips.n = chips.all.n;
	v->filtered = chips.all.n || v->q.n;
#define TAKE(list)                                 \
	count_labels(o, p->list.items, p->list.n); \
	v->list.items = p->list.items;             \
	v->list.n = p->list.n
	TAKE(sectors);
	TAKE(agencies);
	TAKE(levels);
	TAKE(service_levels);
	TAKE(fees);
#undef TAKE
}

err catalogue_list_page(struct req *r)
{
	struct out o = page_out(r);
	const struct catalogue_index *x = snapshot_of(r);
	struct catalogue_filter f = filter_of(r);
	struct catalogue_page p;
	struct catalogue_view v = { .q = f.words };

	list_paged(r, x, &f, &p, &v.paging);
	fill_filters(r, &o, x, &p, &v);
	v.count = tr_n(r->arena, o.language, TRN("{n} thủ tục"), p.total);
	v.csv = url_with(&o, S("/thu-tuc.csv"), r->query, S("trang"), S(""));
	v.all = URL(&o, "/thu-tuc");
	result_rows(&o, x, &p, f.words, &v.results);
	catalogue_html(&o, &v);
	return catalogue_page_reply(r, &o, tr(o.language, TR("Dịch vụ công trực tuyến")),
		tr(o.language,
			TR("Danh mục thủ tục hành chính: lọc theo lĩnh vực, cấp, cơ quan, "
			   "mức trực tuyến và phí.")),
		NULL, 0);
}

err search_page(struct req *r)
{
	struct out o = page_out(r);
	const struct catalogue_index *x = snapshot_of(r);
	struct catalogue_filter f = { .words = req_query(r, S("q")),
		.level = FILTER_ANY,
		.service_level = FILTER_ANY,
		.fee = FILTER_ANY,
		.limit = LIMIT_PAGE_ROWS };
	struct catalogue_page p;
	struct search_view v = { .q = f.words, .searched = str_trim(f.words).n > 0 };

	list_paged(r, x, &f, &p, &v.paging);
	v.count = tr_n(r->arena, o.language, TRN("{n} thủ tục"), p.total);
	v.did_you_mean = p.did_you_mean;
	v.meant = url_with(&o, r->path, S(""), S("q"), p.did_you_mean);
	result_rows(&o, x, &p, f.words, &v.results);
	search_html(&o, &v);
	return catalogue_page_reply(r, &o, tr(o.language, TR("Tìm thủ tục")),
		tr(o.language,
			TR("Tìm thủ tục hành chính bằng tên, có dấu hay không dấu, hoặc "
			   "bằng mã.")),
		NULL, 0);
}

/* --- CSV --------------------------------------------------------------------- */

/* A cell in quotes; a quote inside is doubled [RFC 4180]. */
static void put_cell(struct buf *b, str s, char end)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
	buf_char(b, end);
}

static void put_head(struct buf *b, const struct out *o)
{
	const str names[] = { TR("Mã thủ tục"), TR("Tên thủ tục"), TR("Lĩnh vực"),
		TR("Cấp thực hiện"), TR("Mức trực tuyến"), TR("Thời hạn"), TR("Phí"),
		TR("Địa chỉ") };

	/* Spreadsheets take a file without the mark for another encoding. */
	buf_add(b, S("\xef\xbb\xbf"));
	for (size_t i = 0; i < COUNT(names); i++)
		put_cell(b, tr(o->language, names[i]), i + 1 < COUNT(names) ? ',' : '\n');
}

static void put_row(struct buf *b, struct out *o, str origin, const struct entry *e)
{
	url to = URL(o, "/thu-tuc/{}", e->slug);

	put_cell(b, e->code, ',');
	put_cell(b, in_page_language(o, e->name, e->name_en).text, ',');
	put_cell(b, in_page_language(o, e->sector, e->sector_en).text, ',');
	put_cell(b, levels_text(o, e->levels), ',');
	put_cell(b, tr(o->language, service_level_name(e->level)), ',');
	put_cell(b, limit_code_text(o, e->limit), ',');
	put_cell(b, fee_least_text(o, e->fee_least), ',');
	put_cell(b, arena_printf(o->a, STR_FMT STR_FMT, STR_ARG(origin), STR_ARG(to.safe)), '\n');
}

err catalogue_csv(struct req *r)
{
	struct out o = page_out(r);
	struct catalogue_filter f = filter_of(r);
	struct catalogue_page p;
	struct buf b = buf_in(r->arena, CSV_MOST);

	f.limit = INT32_MAX;
	catalogue_list(snapshot_of(r), r->arena, &f, &p);
	put_head(&b, &o);
	for (size_t i = 0; i < p.entries.n; i++)
		put_row(&b, &o, req_origin(r), p.entries.items[i]);
	if (b.overflow)
		return FAIL(r->arena, INTERNAL, "the list is over %d bytes", CSV_MOST);
	/* Text, not a download, so that it is kept; the address has the name of the file. */
	return reply_text(r, 200, S("text/csv; charset=utf-8"), buf_str(&b));
}
