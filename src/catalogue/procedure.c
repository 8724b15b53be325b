/* SPDX-License-Identifier: Apache-2.0 */
/* procedure.c - the text of a procedure, read strictly; docs/procedures.md describes it. */
#include "catalogue/parts.h"
#include "catalogue/reading.h"

#define CODE_MOST 40
#define AMOUNT_MOST ((int64_t)1000 * 1000 * 1000 * 1000)
#define COPIES_MOST 1000

bool procedure_code_valid(str code)
{
	if (!code.n || code.n > CODE_MOST || code.p[0] < '0' || code.p[0] > '9')
		return false;
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && c != '.' && c != '-')
			return false;
	}
	return true;
}

/* --- parts ---------------------------------------------------------------- */

static void check_limit(struct reading *r, const struct spot *up, const char *key, str limit)
{
	struct time_limit parsed;
	struct spot s = spot_member(up, key);

	if (limit.n && !limit_parse(limit, &parsed))
		reading_wrong(r, &s, "is no time limit, such as 8wh, 3wd, 30d, 2w, 1m");
}

/* A rule on the form's answers; forms/ looks at what it says. */
static const struct json *NULLABLE read_rule(
	struct reading *r, const struct spot *up, const char *key)
{
	struct spot s = spot_member(up, key);

	if (json_type(s.j) != JSON_ABSENT && json_type(s.j) != JSON_MAP)
		reading_wrong(r, &s, "must be a rule");
	return s.j;
}

static void read_exemptions(struct reading *r, const struct spot *up, struct fee *f)
{
	static const char *const known[] = { "when", "why", "why_en", NULL };
	struct spot list = spot_member(up, "free");

	f->free.n = reading_count(r, &list);
	f->free.items = arena_array(r->a, struct fee_exemption, f->free.n);
	for (size_t i = 0; i < f->free.n; i++) {
		struct spot s = spot_element(&list, i);
		reading_object(r, &s, known);
		f->free.items[i] = (struct fee_exemption){
			.when = read_rule(r, &s, "when"),
			.why = reading_need(r, &s, "why"),
			.why_en = reading_text(r, &s, "why_en"),
		};
	}
}

static void read_fee(struct reading *r, const struct spot *s, struct fee *f)
{
	static const char *const known[] = { "name", "name_en", "amount", "currency", "note",
		"note_en", "when", "count", "free", NULL };

	reading_object(r, s, known);
	*f = (struct fee){
		.name = reading_text(r, s, "name"),
		.name_en = reading_text(r, s, "name_en"),
		.note = reading_text(r, s, "note"),
		.note_en = reading_text(r, s, "note_en"),
		.amount = reading_int(r, s, "amount", 0, AMOUNT_MOST, 0),
		.currency = reading_text(r, s, "currency"),
		.when = read_rule(r, s, "when"),
		.count = read_rule(r, s, "count"),
	};
	read_exemptions(r, s, f);
	if (!f->currency.n)
		f->currency = S("VND");
	if (!str_eq(f->currency, S("VND")) && !str_eq(f->currency, S("USD"))) {
		struct spot currency = spot_member(s, "currency");
		reading_wrong(r, &currency, "must be VND or USD");
	}
}

static enum channel read_channel_name(struct reading *r, const struct spot *up)
{
	struct spot s = spot_member(up, "channel");
	str name = reading_need(r, up, "channel");

	if (str_eq(name, S("online")))
		return CHANNEL_ONLINE;
	if (str_eq(name, S("post")))
		return CHANNEL_POST;
	if (!str_eq(name, S("counter")))
		reading_wrong(r, &s, "must be online, counter or post");
	return CHANNEL_COUNTER;
}

static void read_channel(struct reading *r, const struct spot *s, struct procedure_channel *c)
{
	static const char *const known[] = { "channel", "time", "time_text", "time_text_en", "fees",
		NULL };

	reading_object(r, s, known);
	c->channel = read_channel_name(r, s);
	c->time = reading_text(r, s, "time");
	c->time_text = reading_text(r, s, "time_text");
	c->time_text_en = reading_text(r, s, "time_text_en");
	check_limit(r, s, "time", c->time);

	struct spot fees = spot_member(s, "fees");
	c->fees.n = reading_count(r, &fees);
	c->fees.items = arena_array(r->a, struct fee, c->fees.n);
	for (size_t i = 0; i < c->fees.n; i++) {
		struct spot fee = spot_element(&fees, i);
		read_fee(r, &fee, &c->fees.items[i]);
	}
}

static bool id_valid(str id)
{
	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-' && c != '_')
			return false;
	}
	return id.n > 0;
}

static void read_component(struct reading *r, const struct spot *s, struct component *c)
{
	static const char *const known[] = { "id", "code", "name", "name_en", "originals", "copies",
		"required", "case", "when", "note", "most_mb", "templates", NULL };

	reading_object(r, s, known);
	*c = (struct component){
		.id = reading_need(r, s, "id"),
		.code = reading_text(r, s, "code"),
		.name = reading_need(r, s, "name"),
		.name_en = reading_text(r, s, "name_en"),
		.when_text = reading_text(r, s, "case"),
		.originals = reading_int(r, s, "originals", 0, COPIES_MOST, 0),
		.copies = reading_int(r, s, "copies", 0, COPIES_MOST, 0),
		.note = reading_bool(r, s, "note", false),
		.required = reading_bool(r, s, "required", false),
		.most_mb = reading_int(r, s, "most_mb", 1, LIMIT_FILE_MIB, LIMIT_FILE_USUAL_MIB),
	};
	READING_TEXTS(r, s, "templates", &c->templates);
	struct spot id = spot_member(s, "id");
	if (!id_valid(c->id))
		reading_wrong(r, &id, "is made of a-z 0-9 - _");
	if (c->note && c->required)
		reading_wrong(r, s, "is a note, and so cannot be required");
	c->when = read_rule(r, s, "when");
}

static void read_components(struct reading *r, const struct spot *root, struct procedure *p)
{
	struct spot list = spot_member(root, "components");
	struct map *seen;

	p->components.n = reading_count(r, &list);
	p->components.items = arena_array(r->a, struct component, p->components.n);
	seen = map_new(r->a, p->components.n);
	for (size_t i = 0; i < p->components.n; i++) {
		struct spot s = spot_element(&list, i), id = spot_member(&s, "id");
		struct component *c = &p->components.items[i];
		read_component(r, &s, c);
		if (map_find(seen, c->id))
			reading_wrong(r, &id, "is used twice");
		map_put(seen, c->id, c);
	}
}

static void read_cases(struct reading *r, const struct spot *root, struct procedure *p)
{
	static const char *const known[] = { "code", "name", "name_en", "limit", "when", NULL };
	struct spot list = spot_member(root, "cases");

	p->cases.n = reading_count(r, &list);
	p->cases.items = arena_array(r->a, struct procedure_case, p->cases.n);
	for (size_t i = 0; i < p->cases.n; i++) {
		struct spot s = spot_element(&list, i);
		reading_object(r, &s, known);
		p->cases.items[i] = (struct procedure_case){
			.code = reading_text(r, &s, "code"),
			.name = reading_text(r, &s, "name"),
			.name_en = reading_text(r, &s, "name_en"),
			.limit = reading_text(r, &s, "limit"),
			.when = read_rule(r, &s, "when"),
		};
		check_limit(r, &s, "limit", p->cases.items[i].limit);
	}
}

static void read_results(struct reading *r, const struct spot *root, struct procedure *p)
{
	static const char *const known[] = { "code", "name", "name_en", NULL };
	struct spot list = spot_member(root, "results");

	p->results.n = reading_count(r, &list);
	p->results.items = arena_array(r->a, struct procedure_result, p->results.n);
	for (size_t i = 0; i < p->results.n; i++) {
		struct spot s = spot_element(&list, i);
		reading_object(r, &s, known);
		p->results.items[i] = (struct procedure_result){
			.code = reading_text(r, &s, "code"),
			.name = reading_need(r, &s, "name"),
			.name_en = reading_text(r, &s, "name_en"),
		};
	}
}

static void read_legal(struct reading *r, const struct spot *root, struct procedure *p)
{
	static const char *const known[] = { "number", "title", NULL };
	struct spot list = spot_member(root, "legal");

	p->legal.n = reading_count(r, &list);
	p->legal.items = arena_array(r->a, struct legal_document, p->legal.n);
	for (size_t i = 0; i < p->legal.n; i++) {
		struct spot s = spot_element(&list, i);
		reading_object(r, &s, known);
		p->legal.items[i] = (struct legal_document){
			.number = reading_need(r, &s, "number"),
			.title = reading_text(r, &s, "title"),
		};
	}
}

/* --- the whole ------------------------------------------------------------ */

static void read_levels(struct reading *r, const struct spot *root, struct procedure *p)
{
	static const char *const known[] = { "bo", "tinh", "xa", "doc", "khac" };
	struct spot list = spot_member(root, "levels");

	READING_TEXTS(r, root, "levels", &p->levels);
	for (size_t i = 0; i < p->levels.n; i++) {
		struct spot s = spot_element(&list, i);
		size_t k = 0;
		while (k < COUNT(known) && !str_eq(p->levels.items[i], str_from(known[k])))
			k++;
		if (k == COUNT(known))
			reading_wrong(r, &s, "must be bo, tinh, xa, doc or khac");
	}
}

/* "15:00" */
static int read_cut_off(struct reading *r, const struct spot *root)
{
	struct spot s = spot_member(root, "cut_off");
	str text = reading_text(r, root, "cut_off");
	int second = deadline_rules_usual.cut_off;

	if (text.n && !hour_parse(text, &second))
		reading_wrong(r, &s, "must be a time such as 15:00");
	return second;
}

static void read_time(struct reading *r, const struct spot *root, struct procedure *p)
{
	struct spot from = spot_member(root, "effective_from");
	str text = reading_text(r, root, "effective_from");
	day first = 0;

	if (text.n && !day_parse(text, &first))
		reading_wrong(r, &from, "must be a date such as 2025-07-01");
	p->valid_from = first;
	p->limit = reading_text(r, root, "limit");
	p->limit_text = reading_text(r, root, "limit_text");
	p->limit_text_en = reading_text(r, root, "limit_text_en");
	check_limit(r, root, "limit", p->limit);
	p->restart = reading_bool(r, root, "restart", true);
	p->deadline_rules = deadline_rules_usual;
	p->deadline_rules.cut_off = read_cut_off(r, root);
	p->deadline_rules.last_hour =
		reading_bool(r, root, "last_hour", deadline_rules_usual.last_hour);
}

static void read_lists(struct reading *r, const struct spot *root, struct procedure *p)
{
	READING_TEXTS(r, root, "executing", &p->executing);
	READING_TEXTS(r, root, "steps", &p->steps);
	READING_TEXTS(r, root, "steps_en", &p->steps_en);
	READING_TEXTS(r, root, "subjects", &p->subjects);
	READING_TEXTS(r, root, "conditions", &p->conditions);
	READING_TEXTS(r, root, "doubts", &p->doubts);
	read_levels(r, root, p);

	struct spot channels = spot_member(root, "channels");
	p->channels.n = reading_count(r, &channels);
	p->channels.items = arena_array(r->a, struct procedure_channel, p->channels.n);
	for (size_t i = 0; i < p->channels.n; i++) {
		struct spot s = spot_element(&channels, i);
		read_channel(r, &s, &p->channels.items[i]);
	}
	read_components(r, root, p);
	read_cases(r, root, p);
	read_results(r, root, p);
	read_legal(r, root, p);
}

static void read_root(struct reading *r, const struct spot *root, struct procedure *p)
{
	static const char *const known[] = { "$schema", "based_on", "code", "name", "name_en",
		"effective_from", "sector", "sector_name", "levels", "promulgator", "executing",
		"deciding", "steps", "steps_en", "channels", "components", "sets", "cases", "limit",
		"limit_text", "limit_text_en", "restart", "cut_off", "last_hour", "subjects",
		"results", "conditions", "legal", "decision", "partial_reason", "pays_online",
		"returns_online", "declared_whole", "form", "samples", "verified", "doubts", NULL };

	reading_object(r, root, known);
	*p = (struct procedure){
		.code = reading_need(r, root, "code"),
		.name = reading_need(r, root, "name"),
		.name_en = reading_text(r, root, "name_en"),
		.sector = reading_need(r, root, "sector"),
		.sector_name = reading_text(r, root, "sector_name"),
		.promulgator = reading_text(r, root, "promulgator"),
		.deciding = reading_text(r, root, "deciding"),
		.sets = reading_int(r, root, "sets", 0, COPIES_MOST, 0),
		.decision = reading_text(r, root, "decision"),
		.partial_reason = reading_text(r, root, "partial_reason"),
		.pays_online = reading_bool(r, root, "pays_online", false),
		.returns_online = reading_bool(r, root, "returns_online", false),
		.declared_whole = reading_bool(r, root, "declared_whole", false),
		.verified = reading_bool(r, root, "verified", false),
	};
	struct spot code = spot_member(root, "code"), form = spot_member(root, "form");
	if (!procedure_code_valid(p->code))
		reading_wrong(r, &code, "is no code of a procedure");
	if (json_type(form.j) != JSON_ABSENT && json_type(form.j) != JSON_MAP)
		reading_wrong(r, &form, "must be an object");
	p->form = form.j;
	struct spot samples = spot_member(root, "samples");
	(void)reading_count(r, &samples);
	p->samples = samples.j;
	read_time(r, root, p);
	read_lists(r, root, p);
}

err procedure_parse(struct arena *a, str definition, struct procedure *ret)
{
	const struct json *j;
	struct reading r = { .a = a };
	struct procedure p;

	TRY(json_parse(a, definition, &j));
	struct spot root = { .j = j };
	read_root(&r, &root, &p);
	if (r.failed)
		return r.failed;
	p.slug = arena_printf(
		a, STR_FMT "-" STR_FMT, STR_ARG(p.code), STR_ARG(text_slug(a, p.name)));
	*ret = p;
	return NULL;
}

/* --- what is told by the parts --------------------------------------------- */

unsigned procedure_levels(const struct procedure *p)
{
	unsigned bits = 0;

	for (size_t i = 0; i < p->levels.n; i++) {
		str level = p->levels.items[i];
		if (str_eq(level, S("bo")))
			bits |= 1u << GOVERNMENT_CENTRAL;
		else if (str_eq(level, S("tinh")))
			bits |= 1u << GOVERNMENT_PROVINCE;
		else if (str_eq(level, S("xa")))
			bits |= 1u << GOVERNMENT_COMMUNE;
		else
			bits |= 1u << GOVERNMENT_OTHER;
	}
	return bits;
}

int64_t procedure_fee_least(const struct procedure *p)
{
	int64_t least = 0;
	bool any = false, unknown = false;

	for (size_t i = 0; i < p->channels.n; i++) {
		const struct procedure_channel *c = &p->channels.items[i];
		for (size_t k = 0; k < c->fees.n; k++) {
			const struct fee *f = &c->fees.items[k];
			if (fee_is_set_elsewhere(f) || !str_eq(f->currency, S("VND"))) {
				unknown = true;
			} else if (!any || f->amount < least) {
				least = f->amount;
				any = true;
			}
		}
	}
	return any ? least : unknown ? FEE_ELSEWHERE : FEE_UNPUBLISHED;
}
