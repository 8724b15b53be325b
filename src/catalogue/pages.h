/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h - what the templates of this folder are given. No other folder includes it. */
#pragma once
#include "catalogue/index.h"
#include "view/component.h"
#include "view/page.h"

/* --- shared ---------------------------------------------------------------- */
/* In English, with the Vietnamese text where there is no other: then marked as Vietnamese. */
struct two_words {
	str text;
	bool vietnamese; /* lang="vi" is due */
};
struct two_words in_page_language(const struct out *o, str vietnamese, str english);
enum tone service_level_tone(enum service_level l);
const char *NULLABLE service_level_icon(enum service_level l);
/* "Cấp tỉnh, Cấp xã" */
str levels_text(const struct out *o, unsigned levels);
/* "Miễn phí", "Từ 8.000 đồng", "Phí theo quy định", "Chưa công bố phí" */
str fee_least_text(const struct out *o, int64_t least);
/* "3 ngày làm việc"; "" for an unknown limit. */
str limit_code_text(const struct out *o, str limit);
str sector_text(const struct out *o, const struct index_sector *s);
str facet_text(const struct out *o, const struct facet *f);
const struct catalogue_index *snapshot_of(struct req *r);
/* Answers with a page whose content was written to o. */
struct crumb {
	str text, path;
};
err catalogue_page_reply(struct req *r, struct out *o, str title, str description,
	const struct crumb *crumbs, size_t n);

/* --- lists ------------------------------------------------------------------ */
struct name_part {
	str text;
	bool marked; /* what was searched for */
};
struct result_row {
	str slug, code, sector, levels, limit, fee, level_name;
	LIST(struct name_part) name;
	bool vietnamese;
	enum tone tone;
	const char *NULLABLE icon;
};
struct result_list {
	LIST(struct result_row) rows;
};
struct filter_chip {
	str text;
	url without;
};
struct catalogue_view {
	str q, count;
	LIST(struct facet) sectors, agencies, levels, service_levels, fees;
	LIST(struct filter_chip) chips;
	url csv, all;
	bool filtered, sectors_left_out; /* the filter offers the largest only */
	struct result_list results;
	struct paging paging;
};
struct search_view {
	str q, count, did_you_mean;
	url meant;
	bool searched;
	struct result_list results;
	struct paging paging;
};
void result_rows(struct out *o, const struct catalogue_index *x, const struct catalogue_page *p,
	str words, struct result_list *ret);

/* --- sectors, agencies ------------------------------------------------------ */
struct sector_part {
	int64_t number;
	str slug;
};
struct sector_line {
	str slug, name;
	bool vietnamese;
	int64_t n;
	LIST(struct sector_part) parts; /* from the second on, when they do not fit on one page */
};
struct sectors_view {
	LIST(struct sector_line) sectors;
};
struct sector_entry {
	const struct entry *entry;
	str name;
	bool vietnamese;
	str level_name;
};
struct sector_view {
	str slug, name, count;
	LIST(struct sector_entry) entries;
	LIST(struct sector_part) parts;
	int64_t part;
};
void sectors_view_fill(struct out *o, const struct catalogue_index *x, struct sectors_view *ret);
/* False when there is no such part. */
bool sector_view_fill(struct out *o, const struct catalogue_index *x, const struct index_sector *s,
	int64_t part, struct sector_view *ret);

struct agencies_view {
	LIST(struct index_agency) publishing, receiving;
};
struct agency_view {
	struct agency agency;
	str name, level, from, to, count;
	bool vietnamese;
	struct agency above;            /* its name in the page's language, */
	LIST(struct agency) successors; /* and theirs */
	LIST(struct facet) sectors;
};

/* --- one procedure ----------------------------------------------------------- */
struct paper_view {
	str name, count, when;
	bool vietnamese;
	LIST(str) templates;
};
struct channel_view {
	str name, time;
	LIST(str) fees;
};
struct case_view {
	str code, name, limit;
	bool vietnamese;
};
struct procedure_view {
	const struct procedure *p;
	const struct entry *entry;
	str name, sector, sector_slug;
	bool english, vietnamese, steps_vietnamese, prints;
	str limit, fee, where, result; /* the four facts */
	LIST(str) steps;
	LIST(struct paper_view) papers, notes;
	str sets;
	LIST(struct channel_view) channels;
	LIST(struct case_view) cases;
	LIST(str) results;
	const struct index_agency *NULLABLE publisher;
	LIST(const struct index_agency *) offices; /* the first few that receive it */
	int64_t more_offices;
	struct service_evidence evidence;
	str level_name;
	enum tone tone;
	const char *NULLABLE icon;
	str address; /* of this page, for its QR code; "" when the site does not know its own */
	str qr_alt;
	url print;
};
