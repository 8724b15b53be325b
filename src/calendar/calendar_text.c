/* SPDX-License-Identifier: Apache-2.0 */
/* calendar_text.c - decreed days as a text file that a person can check against the notices. */
#include "calendar/parts.h"

/* clang-format off */
static const char *const kind_words[] = {
	[DAY_STATUTORY] =    "statutory",
	[DAY_COMPENSATION] = "compensation",
	[DAY_SWAP_OFF] =     "swap-off",
	[DAY_CLOSURE] =      "closure",
	[DAY_SWAP_WORK] =    "swap-work",
};
/* clang-format on */

str day_kind_word(enum day_kind kind) { return str_from(kind_words[kind]); }

bool day_kind_parse(str word, enum day_kind *ret)
{
	for (size_t i = 0; i < COUNT(kind_words); i++)
		if (str_eq(word, str_from(kind_words[i]))) {
			*ret = (enum day_kind)i;
			return true;
		}
	return false;
}

static bool parse_line(str line, struct day_rule *ret)
{
	str word, status, tail = line;
	day on;

	str_cut(tail, '\t', &word, &tail);
	if (!day_parse(word, &on))
		return false;
	ret->on_day = on;
	if (!str_cut(tail, '\t', &word, &tail) || !day_kind_parse(word, &ret->kind))
		return false;
	if (!str_cut(tail, '\t', &status, &tail) || !str_cut(tail, '\t', &ret->title, &tail))
		return false;
	if (!str_cut(tail, '\t', &ret->source, &ret->agency))
		ret->agency = S("");
	ret->draft = str_eq(status, S("draft"));
	return (ret->draft || str_eq(status, S("confirmed"))) && ret->title.n && ret->source.n &&
		!str_has(ret->agency, S("\t"));
}

err calendar_parse(struct arena *a, str text, struct day_rule **ret, size_t *ret_n)
{
	rule_list rules = { 0 };
	int number = 1;

	if (!str_is_utf8(text))
		return FAIL(a, INVALID, "the calendar is not UTF-8");
	for (bool more = true; more; number++) {
		str line;
		struct day_rule rule = { 0 };
		more = str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (!line.n || *line.p == '#')
			continue;
		if (!parse_line(line, &rule))
			return FAIL(a, INVALID,
				"line %d of the calendar: date, kind, confirmed or draft, title, "
				"source and perhaps agency, with a tab between them",
				number);
		*VEC_PUSH(a, &rules) = rule;
	}
	*ret = rules.items;
	*ret_n = rules.n;
	return NULL;
}

err calendar_starter_rules(
	struct arena *a, const struct embedded *files, struct day_rule **ret, size_t *ret_n)
{
	for (const struct embedded *f = files; f->name; f++)
		if (str_eq(str_from(f->name), S("calendar.tsv")))
			return calendar_parse(a, (str){ f->bytes, f->n }, ret, ret_n);
	return FAIL(a, INTERNAL, "the program was built without calendar.tsv");
}

/* --- office hours ---------------------------------------------------------- */

static str hour_text(struct arena *a, int second)
{
	return arena_printf(a, "%d:%02d", second / 3600, second / 60 % 60);
}

str office_hours_text(struct arena *a, const struct office_hours *h)
{
	str spans[COUNT(h->spans)];

	for (int i = 0; i < h->span_n; i++)
		spans[i] = arena_printf(a, STR_FMT "-" STR_FMT,
			STR_ARG(hour_text(a, h->spans[i].from)),
			STR_ARG(hour_text(a, h->spans[i].to)));
	return str_join(a, spans, (size_t)h->span_n, S(", "));
}

bool office_hours_parse(str text, struct office_hours *ret)
{
	struct office_hours h = { 0 };

	for (bool more = str_trim(text).n > 0; more;) {
		str span, from, to;
		more = str_cut(text, ',', &span, &text);
		if (h.span_n == (int)COUNT(h.spans) || !str_cut(str_trim(span), '-', &from, &to) ||
			!hour_parse(str_trim(from), &h.spans[h.span_n].from) ||
			!hour_parse(str_trim(to), &h.spans[h.span_n].to))
			return false;
		h.span_n++;
	}
	*ret = h;
	return true;
}
