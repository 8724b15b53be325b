/* SPDX-License-Identifier: Apache-2.0 */
/* page_words.c - the words that all pages of the catalogue share. */
#include "catalogue/pages.h"

struct two_words in_page_language(const struct out *o, str vietnamese, str english)
{
	bool foreign = o->language == ENGLISH;

	return (struct two_words){ foreign && english.n ? english : vietnamese,
		foreign && !english.n };
}

enum tone service_level_tone(enum service_level l)
{
	switch (l) {
	case LEVEL_WHOLE: return TONE_OK;
	case LEVEL_PARTIAL: return TONE_INFO;
	case LEVEL_INFORMATION:
	case LEVEL_INCOMPLETE: break;
	}
	return TONE_PLAIN;
}

const char *NULLABLE service_level_icon(enum service_level l)
{
	return l == LEVEL_WHOLE ? "check" : NULL;
}

str levels_text(const struct out *o, unsigned levels)
{
	const str names[GOVERNMENT_LEVEL_COUNT] = {
		[GOVERNMENT_CENTRAL] = TR("Cấp bộ"),
		[GOVERNMENT_PROVINCE] = TR("Cấp tỉnh"),
		[GOVERNMENT_COMMUNE] = TR("Cấp xã"),
		[GOVERNMENT_OTHER] = TR("Cơ quan khác"),
	};
	str parts[GOVERNMENT_LEVEL_COUNT];
	size_t n = 0;

	for (int i = 0; i < GOVERNMENT_LEVEL_COUNT; i++)
		if (levels >> i & 1)
			parts[n++] = tr(o->language, names[i]);
	return str_join(o->a, parts, n, S(", "));
}

str fee_least_text(const struct out *o, int64_t least)
{
	if (least == FEE_UNPUBLISHED)
		return tr(o->language, TR("Chưa công bố phí"));
	if (least < 0)
		return tr(o->language, TR("Phí theo quy định"));
	if (least == 0)
		return tr(o->language, TR("Miễn phí"));
	return FILL(o->a, o->language, TR("Từ {money}"), S("money"),
		money_text(o->a, o->language, least));
}

str limit_code_text(const struct out *o, str limit)
{
	struct time_limit l;

	return limit_parse(limit, &l) ? limit_text(o->a, o->language, l) : S("");
}

str sector_text(const struct out *o, const struct index_sector *s)
{
	return in_page_language(o, s->name, s->name_en).text;
}

str facet_text(const struct out *o, const struct facet *f)
{
	return in_page_language(o, f->label, f->label_en).text;
}

const struct catalogue_index *snapshot_of(struct req *r)
{
	return catalogue_snapshot(services_of(r)->catalogue, r->arena);
}

err catalogue_page_reply(struct req *r, struct out *o, str title, str description,
	const struct crumb *crumbs, size_t n)
{
	struct page page = { .title = title,
		.description = description,
		.here = NAV_SERVICES,
		.main = out_html(o) };

	page.crumbs.items = arena_array(r->arena, struct link, n);
	page.crumbs.n = n;
	for (size_t i = 0; i < n; i++)
		page.crumbs.items[i] = (struct link){ .text = crumbs[i].text,
			.to = url_with(o, crumbs[i].path, S(""), S(""), S("")) };
	return page_reply(r, 200, &page);
}
