/* SPDX-License-Identifier: Apache-2.0 */
/* official_check.c - the shape of the official records: what is there has the type and the words of
 * its kind. What a record may lack, and what the data is known to mean otherwise, is in official.c;
 * members that we do not know are passed over. */
#include "catalogue/import.h"
#include "catalogue/reading.h"

#define COPIES_MOST 1000
#define PAPERS_MOST 100000
#define TIME_MOST 100000
#define AMOUNT_MOST ((int64_t)1000 * 1000 * 1000 * 1000)

static void check_type(
	struct reading *r, const struct spot *s, enum json_type type, const char *what)
{
	if (json_type(s->j) != JSON_ABSENT && json_type(s->j) != type)
		reading_wrong(r, s, what);
}

static void check_text(struct reading *r, const struct spot *up, const char *key)
{
	struct spot s = spot_member(up, key);
	check_type(r, &s, JSON_TEXT, "must be text");
}

static void check_yes(struct reading *r, const struct spot *up, const char *key)
{
	struct spot s = spot_member(up, key);
	check_type(r, &s, JSON_BOOL, "must be true or false");
}

static void check_texts(struct reading *r, const struct spot *up, const char *key)
{
	struct spot list = spot_member(up, key);
	size_t n = reading_count(r, &list);

	for (size_t i = 0; i < n; i++) {
		struct spot s = spot_element(&list, i);
		check_type(r, &s, JSON_TEXT, "must be text");
	}
}

/* A text that is absent, or one of these. */
static void check_word(struct reading *r, const struct spot *up, const char *key,
	const char *const *words, const char *what)
{
	struct spot s = spot_member(up, key);

	for (; *words; words++)
		if (str_eq(json_text(s.j), str_from(*words)))
			return;
	if (json_type(s.j) != JSON_ABSENT)
		reading_wrong(r, &s, what);
}

/* A number from 0, whole or not; prose where that is usual. */
static void check_time(struct reading *r, const struct spot *up, const char *key, bool prose)
{
	struct spot s = spot_member(up, key);
	enum json_type type = json_type(s.j);
	double value = json_double(s.j, -1);

	if (type == JSON_ABSENT || (type == JSON_TEXT && prose))
		return;
	if ((type != JSON_INT && type != JSON_DOUBLE) || value < 0 || value > TIME_MOST)
		reading_wrong(r, &s,
			prose ? "must be a number from 0, or text" : "must be a number from 0");
}

static void check_unit(struct reading *r, const struct spot *up)
{
	static const char *const units[] = { "HOUR", "WORKING_DAY", "DAY", "MONTH", "YEAR", "OTHER",
		"", NULL };

	check_word(r, up, "unit", units, "must be HOUR, WORKING_DAY, DAY, MONTH, YEAR or OTHER");
}

static void check_fee(struct reading *r, const struct spot *s)
{
	static const char *const types[] = { "FEE", "SERVICE_FEE", "PRICE_LEVEL", NULL };
	static const char *const currencies[] = { "VND", "USD", "", NULL };
	struct spot amount = spot_member(s, "amount");

	check_type(r, s, JSON_MAP, "must be an object");
	check_word(r, s, "type", types, "must be FEE, SERVICE_FEE or PRICE_LEVEL");
	check_word(r, s, "cur", currencies, "must be VND or USD");
	if (json_type(amount.j) != JSON_NULL_)
		reading_int(r, s, "amount", 0, AMOUNT_MOST, 0);
}

static void check_method(struct reading *r, const struct spot *s)
{
	struct spot fees = spot_member(s, "fees");
	size_t n = reading_count(r, &fees);

	check_type(r, s, JSON_MAP, "must be an object");
	check_text(r, s, "channel");
	check_time(r, s, "time", true);
	check_unit(r, s);
	for (size_t i = 0; i < n; i++) {
		struct spot fee = spot_element(&fees, i);
		check_fee(r, &fee);
	}
}

static void check_case(struct reading *r, const struct spot *s)
{
	check_type(r, s, JSON_MAP, "must be an object");
	check_text(r, s, "code");
	check_text(r, s, "name");
	check_time(r, s, "qty", false);
	check_unit(r, s);
}

static void check_each(struct reading *r, const struct spot *up, const char *key,
	void (*check)(struct reading *r, const struct spot *s))
{
	struct spot list = spot_member(up, key);
	size_t n = reading_count(r, &list);

	for (size_t i = 0; i < n; i++) {
		struct spot s = spot_element(&list, i);
		check(r, &s);
	}
}

err official_check_procedure(struct arena *a, const struct json *j)
{
	static const char *const texts[] = { "code", "name", "promulgator", "decision" };
	static const char *const lists[] = { "sectors", "sector_names", "levels", "legal",
		"results", "subjects", "executing", "authority" };
	struct reading r = { .a = a };
	struct spot root = { .j = j };

	for (size_t i = 0; i < COUNT(texts); i++)
		check_text(&r, &root, texts[i]);
	for (size_t i = 0; i < COUNT(lists); i++)
		check_texts(&r, &root, lists[i]);
	check_yes(&r, &root, "full_online");
	check_each(&r, &root, "methods", check_method);
	check_each(&r, &root, "cases", check_case);
	return r.failed;
}

err official_check_paper(struct arena *a, const struct json *j)
{
	static const char *const texts[] = { "procedure", "group", "code", "name" };
	struct reading r = { .a = a };
	struct spot root = { .j = j };

	for (size_t i = 0; i < COUNT(texts); i++)
		check_text(&r, &root, texts[i]);
	check_texts(&r, &root, "forms");
	reading_int(&r, &root, "ord", 0, PAPERS_MOST, 0);
	reading_int(&r, &root, "original", 0, COPIES_MOST, 0);
	reading_int(&r, &root, "copy", 0, COPIES_MOST, 0);
	if (!r.failed && !str_trim(json_get_text(j, "procedure")).n)
		return FAIL(a, INVALID, "a paper of no procedure");
	return r.failed;
}
