/* SPDX-License-Identifier: Apache-2.0 */
/* What a browser posted becomes answers. Whatever cannot be understood is kept as it was typed, to
 * be shown again beside what is wrong with it (form_check.c). */
#include "core/fold.h"
#include "forms/parts.h"

struct reading {
	struct req *r;
	const struct form_source *source;
};

static str part_name(struct arena *a, const struct form_field *f, const char *part)
{
	return arena_printf(a, STR_FMT "-%s", STR_ARG(f->id), part);
}

/* NFC, trimmed, no longer than any answer may be. Lines only where the field has lines. */
static err take(struct reading *x, str typed, bool lines, str *ret)
{
	str clean;

	TRY(text_clean(x->r->arena, typed, &clean));
	char *p = (char *)str_copy(x->r->arena, clean).p;
	for (size_t i = 0; i < clean.n && !lines; i++)
		if (p[i] == '\n' || p[i] == '\t')
			p[i] = ' ';
	*ret = str_head(str_trim((str){ p, clean.n }), LIMIT_ANSWER_KEPT);
	return NULL;
}

/* --- numbers ------------------------------------------------------------------- */
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* Without the characters that people put between digits. The no-break space is two bytes. */
static str without(struct arena *a, str s, const char *dropped)
{
	char *p = arena_bytes(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.n - i > 1 && s.p[i] == '\xc2' && s.p[i + 1] == '\xa0')
			i++;
		else if (!strchr(dropped, s.p[i]))
			p[n++] = s.p[i];
	return (str){ p, n };
}

/* Points or commas stand before every third digit from the end, one kind only: "1.200.000" is a
 * million and more, "1.5" is no whole number. */
static bool grouped(str s)
{
	char mark = 0;

	if (s.n % 4 == 0) /* four digits before the first mark */
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool at_group = i > 0 && (s.n - i) % 4 == 0;
		if (is_digit(s.p[i]) == at_group)
			return false;
		if (!at_group)
			continue;
		if (mark && s.p[i] != mark)
			return false;
		mark = s.p[i];
		if (mark != '.' && mark != ',')
			return false;
	}
	return mark != 0;
}

static str whole_number(struct arena *a, str typed)
{
	str s = without(a, typed, " ");
	bool minus = str_starts(s, S("-"));
	str digits = minus ? str_from_at(s, 1) : s;

	if (grouped(digits))
		digits = without(a, digits, ".,");
	if (!digits_only(digits))
		return typed;
	while (digits.n > 1 && digits.p[0] == '0')
		digits = str_from_at(digits, 1);
	if (!minus || str_eq(digits, S("0")))
		return digits;
	return arena_printf(a, "-" STR_FMT, STR_ARG(digits));
}

/* "1.234,5" and "1234.5" are one number; the mark before the last digits is the decimal one when it
 * is a comma, or a point that cannot stand before thousands. */
static str decimal_number(struct arena *a, str typed, int decimals)
{
	str s = without(a, typed, " "), whole, part;
	bool minus = str_starts(s, S("-"));
	int64_t n;

	s = minus ? str_from_at(s, 1) : s;
	if (str_cut(s, ',', &whole, &part) && !str_has(part, S(",")) && !str_has(part, S(".")))
		whole = whole_number(a, whole);
	else if (grouped(s))
		return whole_number(a, typed);
	else
		str_cut(s, '.', &whole, &part);
	str text = arena_printf(a, "%s" STR_FMT "%s" STR_FMT, minus ? "-" : "", STR_ARG(whole),
		part.n ? "." : "", STR_ARG(part));
	return decimal_units(text, decimals, &n) ? decimal_text(a, n, decimals) : typed;
}

/* "7:30", "7 giờ 30", "7h30", "0730" */
static str time_of_day(struct arena *a, str typed)
{
	int64_t hour = -1, minute = -1;
	size_t i = 0;

	while (i < typed.n && is_digit(typed.p[i]))
		i++;
	str tail = str_from_at(typed, i);
	while (tail.n && !is_digit(tail.p[0]))
		tail = str_from_at(tail, 1);
	bool read = i == 4 && !tail.n ? str_to_int(str_part(typed, 0, 2), 0, 23, &hour) &&
			str_to_int(str_part(typed, 2, 2), 0, 59, &minute)
				      : str_to_int(str_part(typed, 0, i), 0, 23, &hour) &&
			(!tail.n ? (minute = 0) == 0 : str_to_int(str_trim(tail), 0, 59, &minute));
	return read ? arena_printf(a, "%02d:%02d", (int)hour, (int)minute) : typed;
}

/* --- kinds --------------------------------------------------------------------- */
static err read_text(struct reading *x, const struct form_field *f, str *ret)
{
	return take(x, req_field(x->r, f->id), f->kind == FIELD_LONG_TEXT, ret);
}

static err read_number(struct reading *x, const struct form_field *f, str *ret)
{
	TRY(read_text(x, f, ret));
	*ret = f->kind == FIELD_NUMBER ? decimal_number(x->r->arena, *ret, f->decimals)
				       : whole_number(x->r->arena, *ret);
	return NULL;
}

static err read_time(struct reading *x, const struct form_field *f, str *ret)
{
	TRY(read_text(x, f, ret));
	*ret = time_of_day(x->r->arena, *ret);
	return NULL;
}

/* "0100109106-001" and "0100109106 001" are one. */
static err read_tax_code(struct reading *x, const struct form_field *f, str *ret)
{
	TRY(read_text(x, f, ret));
	str digits = without(x->r->arena, *ret, " .-");
	if (digits_only(digits) && digits.n == 13)
		*ret = arena_printf(x->r->arena, STR_FMT "-" STR_FMT,
			STR_ARG(str_part(digits, 0, 10)), STR_ARG(str_from_at(digits, 10)));
	else if (digits_only(digits))
		*ret = digits;
	return NULL;
}

static err read_person_id(struct reading *x, const struct form_field *f, str *ret)
{
	TRY(read_text(x, f, ret));
	str digits = without(x->r->arena, *ret, " .-");
	if (digits_only(digits))
		*ret = digits;
	return NULL;
}

/* "+84 912.345.678" is 0912345678. */
static err read_phone(struct reading *x, const struct form_field *f, str *ret)
{
	struct arena *a = x->r->arena;

	TRY(read_text(x, f, ret));
	str s = without(a, *ret, " .-()");
	size_t country = str_starts(s, S("+84")) ? 3 : str_starts(s, S("0084")) ? 4 : 0;
	if (!country && s.n == 11 && str_starts(s, S("84")))
		country = 2;
	str national = str_from_at(s, country);
	if (!digits_only(national))
		return NULL;
	*ret = country && national.p[0] != '0' ? arena_printf(a, "0" STR_FMT, STR_ARG(national))
					       : national;
	return NULL;
}

/* Domains have no case. */
static err read_email(struct reading *x, const struct form_field *f, str *ret)
{
	str local, domain;

	TRY(read_text(x, f, ret));
	if (str_cut(*ret, '@', &local, &domain))
		*ret = arena_printf(x->r->arena, STR_FMT "@" STR_FMT, STR_ARG(local),
			STR_ARG(str_lower(x->r->arena, domain)));
	return NULL;
}

static bool date_of_boxes(const str box[3], struct date *ret)
{
	int64_t d, m, y;

	if (!str_to_int(box[0], 1, 31, &d) || !str_to_int(box[1], 1, 12, &m) ||
		!str_to_int(box[2], 1, 9999, &y))
		return false;
	*ret = (struct date){ (int)y, (int)m, (int)d };
	return date_valid(*ret);
}

/* Only the year, or month and year. */
static bool partial_of_boxes(struct arena *a, const str box[3], str *ret)
{
	int64_t m = 0, y;

	if (box[0].n || !str_to_int(box[2], 1, 9999, &y) ||
		(box[1].n && !str_to_int(box[1], 1, 12, &m)))
		return false;
	*ret = m ? arena_printf(a, "%04d-%02d", (int)y, (int)m) : arena_printf(a, "%04d", (int)y);
	return date_readable(*ret);
}

static err read_date(struct reading *x, const struct form_field *f, str *ret)
{
	struct arena *a = x->r->arena;
	static const char *const parts[] = { "ngay", "thang", "nam" };
	str box[COUNT(parts)];
	struct date d;

	for (size_t i = 0; i < COUNT(parts); i++)
		TRY(take(x, req_field(x->r, part_name(a, f, parts[i])), false, &box[i]));
	if (date_of_boxes(box, &d))
		*ret = day_iso(a, day_from(d.year, d.month, d.day));
	else if (f->partial && partial_of_boxes(a, box, ret))
		return NULL;
	else if (box[0].n || box[1].n || box[2].n)
		*ret = str_join(a, box, COUNT(box), S("\n"));
	else
		*ret = S("");
	return NULL;
}

/* Each value once, in the order of the boxes; what was not offered stays for form_check. */
static err read_many(struct reading *x, const struct form_field *f, str *ret)
{
	struct buf b = buf_in(x->r->arena, LIMIT_ANSWERS);
	struct map *seen = map_new(x->r->arena, 16);
	str typed, value;

	for (size_t i = 0; i < LIMIT_FORM_OPTIONS && req_field_at(x->r, f->id, i, &typed); i++) {
		TRY(take(x, typed, false, &value));
		if (!value.n || map_find(seen, value))
			continue;
		map_put(seen, value, &b);
		if (b.n)
			buf_char(&b, '\n');
		buf_add(&b, value);
	}
	*ret = buf_str(&b);
	return NULL;
}

static err read_commune(struct reading *x, const struct form_field *f, str *ret)
{
	struct arena *a = x->r->arena;
	str province, commune;

	TRY(take(x, req_field(x->r, part_name(a, f, "tinh")), false, &province));
	TRY(take(x, req_field(x->r, f->id), false, &commune));
	return commune_kept(a, x->source, province, commune, ret);
}

static err (*const readers[FIELD_KIND_COUNT])(
	struct reading *, const struct form_field *, str *) = {
	[FIELD_TEXT] = read_text,
	[FIELD_LONG_TEXT] = read_text,
	[FIELD_INTEGER] = read_number,
	[FIELD_NUMBER] = read_number,
	[FIELD_MONEY] = read_number,
	[FIELD_DATE] = read_date,
	[FIELD_TIME] = read_time,
	[FIELD_YES_NO] = read_text,
	[FIELD_ONE] = read_text,
	[FIELD_MANY] = read_many,
	[FIELD_COMMUNE] = read_commune,
	[FIELD_PERSON_ID] = read_person_id,
	[FIELD_TAX_CODE] = read_tax_code,
	[FIELD_PHONE] = read_phone,
	[FIELD_EMAIL] = read_email,
	[FIELD_DECLARATION] = read_text,
};

/* --- a page --------------------------------------------------------------------- */
static bool was_posted(struct req *r, const struct form_field *f)
{
	if (f->kind == FIELD_DATE)
		return req_has_field(r, part_name(r->arena, f, "ngay")) ||
			req_has_field(r, part_name(r->arena, f, "thang")) ||
			req_has_field(r, part_name(r->arena, f, "nam"));
	if (f->kind == FIELD_COMMUNE)
		return req_has_field(r, part_name(r->arena, f, "tinh")) || req_has_field(r, f->id);
	return req_has_field(r, f->id);
}

/* Radios and boxes without a mark are not posted at all. */
static bool posts_nothing_when_empty(const struct form_field *f)
{
	return f->kind == FIELD_YES_NO || f->kind == FIELD_ONE || f->kind == FIELD_MANY ||
		f->kind == FIELD_DECLARATION;
}

err form_read(struct req *r, const struct form_source *source, const struct form_page *p,
	const struct answers *drawn, struct answers *s)
{
	struct reading x = { r, source };
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		str value;
		if (!readers[f->kind])
			continue;
		bool shown = form_field_applies(f, drawn);
		if (!was_posted(r, f) && !(shown && posts_nothing_when_empty(f)))
			continue;
		TRY(readers[f->kind](&x, f, &value));
		answer_set(s, f->id, value);
	}
	return NULL;
}
