/* SPDX-License-Identifier: Apache-2.0 */
/* official.c - records of the national portal turned into our texts. What that data means, and
 * where it does not mean what it says:
 *
 *  - `required` is false for every paper, so it tells nothing: a paper of all cases is required.
 *  - A paper with no original and no copy is a remark in the list.
 *  - A time in "OTHER" units is no time; the cases have it, or only prose.
 *  - A fee of 0 means "set elsewhere", at province and commune by the provincial People's Council.
 *  - Trình tự (the steps) and the number of sets are not in the data; the level of service, being
 *    computed, says so. */
#include "catalogue/import.h"

#define TEXT_MOST 2000

/* Text in NFC, on one line, without spaces around; "" for what is no text. */
static str clean(struct arena *a, const struct json *NULLABLE j)
{
	str s;

	if (text_clean(a, str_head(json_text(j), TEXT_MOST), &s))
		return S("");
	return str_trim(s);
}

static str clean_member(struct arena *a, const struct json *NULLABLE j, const char *key)
{
	return clean(a, json_get(j, key));
}

static void pair(struct json_out *o, const char *key, str text)
{
	if (text.n)
		json_pair(o, str_from(key), text);
}

static void number(struct json_out *o, const char *key, int64_t n)
{
	json_key(o, str_from(key));
	json_put_int(o, n);
}

static void yes(struct json_out *o, const char *key, bool b)
{
	if (!b)
		return;
	json_key(o, str_from(key));
	json_put_bool(o, true);
}

static err finish(struct arena *a, const struct buf *b, str *ret)
{
	if (b->overflow)
		return FAIL(a, INVALID, "the record is too long");
	*ret = buf_str(b);
	return NULL;
}

static err read_map(struct arena *a, str line, const struct json **ret)
{
	const struct json *j;

	if (!str_is_utf8(line))
		return FAIL(a, INVALID, "not UTF-8");
	TRY(json_parse(a, line, &j));
	if (json_type(j) != JSON_MAP)
		return FAIL(a, INVALID, "no JSON object");
	*ret = j;
	return NULL;
}

/* --- components ------------------------------------------------------------ */

/* Some papers have no name but those of their group, their form or their code, and some nothing
 * at all; but one is asked for. */
static str name_otherwise(struct arena *a, const struct json *j)
{
	str names[] = {
		clean_member(a, j, "group"),
		clean(a, json_at(json_get(j, "forms"), 0)),
		clean_member(a, j, "code"),
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (names[i].n)
			return names[i];
	return S("Giấy tờ không ghi tên trong cơ sở dữ liệu quốc gia");
}

err official_component(struct arena *a, str line, struct official_paper *ret)
{
	const struct json *j;
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };

	TRY(read_map(a, line, &j));
	TRY(official_check_paper(a, j));
	str name = clean_member(a, j, "name"), group = clean_member(a, j, "group");
	int64_t originals = json_int(json_get(j, "original"), 0);
	int64_t copies = json_int(json_get(j, "copy"), 0);
	bool note = !originals && !copies;
	if (!name.n)
		name = name_otherwise(a, j);
	json_open(&o, '{');
	pair(&o, "id", arena_printf(a, "p%lld", (long long)json_int(json_get(j, "ord"), 0)));
	pair(&o, "code", clean_member(a, j, "code"));
	pair(&o, "name", name);
	number(&o, "originals", originals);
	number(&o, "copies", copies);
	yes(&o, "required", !note && !group.n);
	pair(&o, "case", group);
	yes(&o, "note", note);
	const struct json *forms = json_get(j, "forms");
	json_key(&o, S("templates"));
	json_open(&o, '[');
	for (size_t i = 0; i < json_count(forms); i++) {
		str form = clean(a, json_at(forms, i));
		if (form.n)
			json_put_text(&o, form);
	}
	json_close(&o, ']');
	json_close(&o, '}');
	ret->procedure = json_get_text(j, "procedure");
	ret->number = json_int(json_get(j, "ord"), 0);
	return finish(a, &b, &ret->json);
}

/* --- times ----------------------------------------------------------------- */

/* In hundredths: 350 for "3.5", 3.5 and 3. False for prose. */
static bool hundredths(const struct json *NULLABLE j, int64_t *ret)
{
	str text = str_trim(json_text(j)), whole, part;
	int64_t n = 0, rest = 0;

	if (json_type(j) == JSON_INT || json_type(j) == JSON_DOUBLE) {
		double value = json_double(j, 0);
		if (value < 0 || value > 100000)
			return false;
		*ret = (int64_t)(value * 100 + 0.5);
		return true;
	}
	bool has_part = str_cut(text, '.', &whole, &part);
	if (!str_to_int(whole, 0, 100000, &n) ||
		(has_part && (part.n > 2 || !str_to_int(part, 0, 99, &rest))))
		return false;
	*ret = n * 100 + (part.n == 1 ? rest * 10 : rest);
	return true;
}

/* A limit of ours ("3wd"), "" when it is none. Half a working day is four hours. */
static str limit_of(struct arena *a, const struct json *NULLABLE amount, str unit)
{
	int64_t n;
	bool working = str_eq(unit, S("WORKING_DAY")), years = str_eq(unit, S("YEAR"));
	struct time_limit l;

	if (!hundredths(amount, &n))
		return S("");
	if (working || str_eq(unit, S("DAY"))) {
		if (!n)
			return S("0wd");
		l.unit = !working ? LIMIT_DAYS : n % 100 ? LIMIT_HOURS : LIMIT_WORKING_DAYS;
		l.amount = l.unit == LIMIT_HOURS ? (n * 8 + 99) / 100 : (n + 99) / 100;
	} else if (str_eq(unit, S("HOUR"))) {
		l = (struct time_limit){ (n + 99) / 100, LIMIT_HOURS };
	} else if (years || str_eq(unit, S("MONTH"))) {
		l = (struct time_limit){ (n + 99) / 100 * (years ? 12 : 1), LIMIT_MONTHS };
	} else {
		return S("");
	}
	str code = limit_code(a, l);
	return limit_parse(code, &l) ? code : S("");
}

/* To compare only: a day in quarters of an hour of office time. */
static int64_t roughly(str limit)
{
	static const int64_t quarters[] = {
		[LIMIT_HOURS] = 4,
		[LIMIT_WORKING_DAYS] = 32,
		[LIMIT_DAYS] = 23,
		[LIMIT_WEEKS] = 160,
		[LIMIT_MONTHS] = 700,
	};
	struct time_limit l;

	return limit_parse(limit, &l) ? l.amount * quarters[l.unit] : -1;
}

struct times {
	str least, most, words;
};

static void add_time(struct times *t, str limit, str words)
{
	if (limit.n && (!t->most.n || roughly(limit) > roughly(t->most)))
		t->most = limit;
	if (limit.n && (!t->least.n || roughly(limit) < roughly(t->least)))
		t->least = limit;
	if (!t->words.n)
		t->words = words;
}

/* The statutory time: the longest of the channels, else of the cases; dossiers of shorter cases
 * are early, never late by our doing. */
static struct times times_of(struct arena *a, const struct json *j)
{
	const struct json *methods = json_get(j, "methods"), *cases = json_get(j, "cases");
	struct times t = { 0 };

	for (size_t i = 0; i < json_count(methods); i++) {
		const struct json *m = json_at(methods, i), *time = json_get(m, "time");
		int64_t n;
		add_time(&t, limit_of(a, time, json_get_text(m, "unit")),
			hundredths(time, &n) ? S("") : clean(a, time));
	}
	for (size_t i = 0; i < json_count(cases) && !t.most.n; i++)
		for (size_t k = i; k < json_count(cases); k++)
			add_time(&t,
				limit_of(a, json_get(json_at(cases, k), "qty"),
					json_get_text(json_at(cases, k), "unit")),
				S(""));
	return t;
}

static str limit_words(struct arena *a, const struct times *t)
{
	struct time_limit least, most;

	if (!t->most.n || str_eq(t->least, t->most))
		return t->words;
	if (!limit_parse(t->least, &least) || !limit_parse(t->most, &most))
		return t->words;
	str from = limit_text(a, VIETNAMESE, least), to = limit_text(a, VIETNAMESE, most);
	return arena_printf(
		a, "Từ " STR_FMT " đến " STR_FMT ", tùy trường hợp", STR_ARG(from), STR_ARG(to));
}

/* --- channels -------------------------------------------------------------- */

struct fee_kind {
	const char *type, *name, *name_en;
};

static void put_fee(struct json_out *o, const struct json *f, bool local)
{
	static const struct fee_kind kinds[] = {
		{ "FEE", "Phí", "Fee" },
		{ "SERVICE_FEE", "Lệ phí", "Charge" },
		{ "PRICE_LEVEL", "Giá", "Price" },
	};
	int64_t amount = json_int(json_get(f, "amount"), 0);
	str currency = json_get_text(f, "cur"), type = json_get_text(f, "type");

	json_open(o, '{');
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (str_eq(type, str_from(kinds[i].type))) {
			json_pair(o, S("name"), str_from(kinds[i].name));
			json_pair(o, S("name_en"), str_from(kinds[i].name_en));
		}
	}
	number(o, "amount", amount);
	json_pair(o, S("currency"), currency.n ? currency : S("VND"));
	if (!amount)
		json_pair(o, S("note"),
			local ? S("Theo quy định của Hội đồng nhân dân cấp tỉnh")
			      : S("Theo văn bản quy định"));
	json_close(o, '}');
}

static err put_channel(struct arena *a, struct json_out *o, const struct json *m, bool local)
{
	static const char *const names[][2] = { { "DIRECT", "counter" }, { "ONLINE", "online" },
		{ "POSTAL", "post" } };
	const struct json *time = json_get(m, "time"), *fees = json_get(m, "fees");
	str channel = json_get_text(m, "channel");
	int64_t n;
	size_t i = 0;

	while (i < COUNT(names) && !str_eq(channel, str_from(names[i][0])))
		i++;
	if (i == COUNT(names))
		return FAIL(a, INVALID, "an unknown channel: " STR_FMT, STR_ARG(channel));
	json_open(o, '{');
	pair(o, "channel", str_from(names[i][1]));
	pair(o, "time", limit_of(a, time, json_get_text(m, "unit")));
	pair(o, "time_text", hundredths(time, &n) ? S("") : clean(a, time));
	json_key(o, S("fees"));
	json_open(o, '[');
	for (size_t k = 0; k < json_count(fees); k++)
		put_fee(o, json_at(fees, k), local);
	json_close(o, ']');
	json_close(o, '}');
	return NULL;
}

static err put_channels(struct arena *a, struct json_out *o, const struct json *j)
{
	const struct json *methods = json_get(j, "methods"), *levels = json_get(j, "levels");
	bool local = false;

	for (size_t i = 0; i < json_count(levels); i++) {
		str level = json_text(json_at(levels, i));
		local |= str_eq(level, S("tinh")) || str_eq(level, S("xa"));
	}
	json_key(o, S("channels"));
	json_open(o, '[');
	for (size_t i = 0; i < json_count(methods); i++)
		TRY(put_channel(a, o, json_at(methods, i), local));
	json_close(o, ']');
	return NULL;
}

/* --- the rest -------------------------------------------------------------- */

static void put_cases(struct arena *a, struct json_out *o, const struct json *j)
{
	const struct json *cases = json_get(j, "cases");

	json_key(o, S("cases"));
	json_open(o, '[');
	for (size_t i = 0; i < json_count(cases); i++) {
		const struct json *c = json_at(cases, i);
		json_open(o, '{');
		pair(o, "code", clean_member(a, c, "code"));
		pair(o, "name", clean_member(a, c, "name"));
		pair(o, "limit", limit_of(a, json_get(c, "qty"), json_get_text(c, "unit")));
		json_close(o, '}');
	}
	json_close(o, ']');
}

static str name_of(const struct map *list, str code)
{
	const str *name = map_find(list, code);
	return name ? *name : code;
}

static void put_named(struct arena *a, struct json_out *o, const struct json *j, const char *member,
	const struct map *list, const char *code_key, const char *name_key)
{
	const struct json *codes = json_get(j, member);

	json_key(o, str_from(member));
	json_open(o, '[');
	for (size_t i = 0; i < json_count(codes); i++) {
		str code = clean(a, json_at(codes, i));
		if (!code.n)
			continue;
		json_open(o, '{');
		pair(o, code_key, code);
		pair(o, name_key, name_of(list, code));
		json_close(o, '}');
	}
	json_close(o, ']');
}

static void put_texts(struct arena *a, struct json_out *o, const char *to,
	const struct json *NULLABLE texts, const struct map *NULLABLE list)
{
	json_key(o, str_from(to));
	json_open(o, '[');
	for (size_t i = 0; i < json_count(texts); i++) {
		str text = clean(a, json_at(texts, i));
		if (text.n)
			json_put_text(o, list ? name_of(list, text) : text);
	}
	json_close(o, ']');
}

/* Who decides, in words; who carries it out when that is not said. */
static str deciding(struct arena *a, const struct json *j)
{
	const struct json *names = json_get(j, "authority");
	struct buf b = buf_in(a, 16 * KIB);

	if (!json_count(names))
		names = json_get(j, "executing");
	for (size_t i = 0; i < json_count(names); i++) {
		str name = clean(a, json_at(names, i));
		if (b.n && name.n)
			buf_add(&b, S("; "));
		buf_add(&b, name);
	}
	return buf_str(&b);
}

err official_code(struct arena *a, str line, str *ret)
{
	const struct json *j;

	TRY(read_map(a, line, &j));
	*ret = json_get_text(j, "code");
	return str_trim(*ret).n ? NULL : FAIL(a, INVALID, "a procedure without a code");
}

err official_local_code(struct arena *a, str line, str code, str *ret)
{
	const struct json *j;

	TRY(read_map(a, line, &j));
	str suffix = agency_code_old(a, str_trim(json_get_text(j, "promulgator")));
	if (!suffix.n)
		return FAIL(a, INVALID, "the code " STR_FMT " stands here twice", STR_ARG(code));
	*ret = arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(code), STR_ARG(suffix));
	return NULL;
}

err official_definition(struct arena *a, str line, str code, const struct official_lists *lists,
	str components, str *ret)
{
	const struct json *j;
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };

	TRY(read_map(a, line, &j));
	TRY(official_check_procedure(a, j));
	struct times times = times_of(a, j);
	json_open(&o, '{');
	pair(&o, "code", code);
	pair(&o, "name", clean_member(a, j, "name"));
	pair(&o, "sector", clean(a, json_at(json_get(j, "sectors"), 0)));
	pair(&o, "sector_name", clean(a, json_at(json_get(j, "sector_names"), 0)));
	put_texts(a, &o, "levels", json_get(j, "levels"), NULL);
	pair(&o, "promulgator", clean_member(a, j, "promulgator"));
	pair(&o, "deciding", deciding(a, j));
	TRY(put_channels(a, &o, j));
	json_key(&o, S("components"));
	json_open(&o, '[');
	buf_add(&b, components);
	json_close(&o, ']');
	put_cases(a, &o, j);
	pair(&o, "limit", times.most);
	pair(&o, "limit_text", limit_words(a, &times));
	put_texts(a, &o, "subjects", json_get(j, "subjects"), lists->subjects);
	put_named(a, &o, j, "results", lists->results, "code", "name");
	put_named(a, &o, j, "legal", lists->legal, "number", "title");
	pair(&o, "decision", clean_member(a, j, "decision"));
	yes(&o, "declared_whole", json_bool(json_get(j, "full_online"), false));
	json_close(&o, '}');
	return finish(a, &b, ret);
}
