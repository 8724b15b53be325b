/* SPDX-License-Identifier: Apache-2.0 */
/* Whatever is posted to a page becomes answers that can be kept, checked and shown; whatever is
 * kept is read as answers or refused. */
#include "forms/form.h"
#include "fuzz/fuzz.h"
#include "http/asset.h"
#include "http/parse.h"

/* The façade wants them; no page is drawn here. */
const struct asset assets[] = { { 0 } };

/* Every kind that needs no database. */
static const char definition[] =
	"{\"title\":\"T\",\"declaration\":\"C\",\"pages\":[{\"id\":\"p\",\"title\":\"P\",\"fields\":["
	"{\"id\":\"a\",\"kind\":\"text\",\"label\":\"A\",\"required\":true,\"least\":2},"
	"{\"id\":\"b\",\"kind\":\"long_text\",\"label\":\"B\",\"most\":20},"
	"{\"id\":\"c\",\"kind\":\"integer\",\"label\":\"C\",\"least\":0,\"most\":9},"
	"{\"id\":\"d\",\"kind\":\"money\",\"label\":\"D\"},"
	"{\"id\":\"e\",\"kind\":\"date\",\"label\":\"E\",\"past\":true},"
	"{\"id\":\"f\",\"kind\":\"yes_no\",\"label\":\"F\"},"
	"{\"id\":\"g\",\"kind\":\"one\",\"label\":\"G\",\"options\":[{\"value\":\"x\",\"label\":\"X\"}],"
	"\"when\":{\"==\":[{\"var\":\"f\"},\"yes\"]}},"
	"{\"id\":\"h\",\"kind\":\"many\",\"label\":\"H\",\"options\":[{\"value\":\"x\",\"label\":\"X\"},"
	"{\"value\":\"y\",\"label\":\"Y\"}]},"
	"{\"id\":\"i\",\"kind\":\"person_id\",\"label\":\"I\"},"
	"{\"id\":\"k\",\"kind\":\"phone\",\"label\":\"K\"},"
	"{\"id\":\"l\",\"kind\":\"email\",\"label\":\"L\"},"
	"{\"id\":\"m\",\"kind\":\"number\",\"label\":\"M\",\"decimals\":3,\"least\":0.5},"
	"{\"id\":\"n\",\"kind\":\"time\",\"label\":\"N\"},"
	"{\"id\":\"o\",\"kind\":\"tax_code\",\"label\":\"O\"},"
	"{\"id\":\"q\",\"kind\":\"date\",\"label\":\"Q\",\"partial\":true},"
	"{\"id\":\"r\",\"kind\":\"declaration\",\"label\":\"R\",\"required\":true},"
	"{\"id\":\"s\",\"kind\":\"computed\",\"label\":\"S\",\"as\":\"number\","
	"\"value\":{\"*\":[{\"var\":\"m\"},{\"var\":\"c\"}]}},"
	"{\"id\":\"t\",\"kind\":\"text\",\"label\":\"T\",\"pattern\":\"(a|aa)+\",\"pattern_error\":\"E\"},"
	"{\"id\":\"u\",\"kind\":\"person\",\"label\":\"U\",\"parts\":[\"ho-ten\",\"ngay-sinh\",\"giay-to\"]}"
	"]}]}";

/* Kept and read again they are the same. */
static void check_kept(struct arena *a, const struct answers *s)
{
	struct answers *again;
	str json = answers_json(a, s);

	HOLDS(str_is_utf8(json));
	if (json.n > LIMIT_ANSWERS)
		return;
	HOLDS(!answers_parse(a, json, &again));
	HOLDS(str_eq(answers_json(a, again), json));
}

static void check_posted(struct arena *a, str body)
{
	struct procedure procedure = { 0 };
	struct form f;
	struct req r = { .arena = a };
	struct form_source x = { .today = day_from(2026, 11, 23) };
	struct answers *s = answers_new(a);
	field_errors errors = { 0 };
	form_summary_pages pages;
	size_t first = 0;

	if (pairs_parse(a, body, &r.fields.items, &r.fields.n))
		return;
	HOLDS(!json_parse(a, str_from(definition), &procedure.form));
	HOLDS(!form_parse(a, &procedure, &f));
	HOLDS(!form_read(&r, &x, &f.pages.items[0], form_applying(a, &f, s, x.today), s));
	check_kept(a, s);
	HOLDS(!form_check(a, &x, &f, s, &errors, &first) && first == 0);
	for (size_t i = 0; i < errors.n; i++)
		HOLDS(errors.items[i].field.n && str_is_utf8(errors.items[i].message));
	HOLDS(!form_summary(a, &x, &f, s, &pages) && pages.n == 1);
	for (size_t i = 0; i < pages.items[0].rows.n; i++)
		HOLDS(str_is_utf8(pages.items[0].rows.items[i].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str bytes = { (const char *)data, size };
	struct answers *s;
	err e = answers_parse(a, bytes, &s);

	HOLDS(!e || e->kind == ERR_INVALID);
	if (!e)
		check_kept(a, s);
	check_posted(a, bytes);
	return 0;
}
