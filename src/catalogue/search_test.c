/* SPDX-License-Identifier: Apache-2.0 */
/* search_test.c - the ranking that pages and `motcua search` share, and lists with filters. */
#include "catalogue/catalogue_test.h"

/* The starter and the fixtures of the import. */
static struct db *small(struct arena *a)
{
	struct db *db = test_catalogue(a, DB_SQLITE);
	struct import m;

	CHECK_OK(test_import(a, db, import_starter, test_folder(a, "starter"), &m));
	CHECK_OK(test_import(a, db, import_catalogue, test_folder(a, ""), &m));
	return db;
}

static str first(const struct catalogue_index *x, struct arena *a, const char *words)
{
	struct catalogue_page p;

	catalogue_search(x, a, str_from(words), 0, 10, &p);
	return p.entries.n ? p.entries.items[0]->code : S("");
}

TEST("a search finds with marks, without, by prefix, by code and with slips of the finger")
{
	ARENA a = arena_new();
	const struct catalogue_index *x = test_index(a, small(a));
	static const char *const queries[][2] = {
		{ "đăng ký khai sinh", "1.001193" },
		{ "dang ky khai sinh", "1.001193" },
		{ "THỦ TỤC ĐĂNG KÝ KHAI SINH", "1.001193" },
		{ "đăng kí khai sinh", "1.001193" },
		{ "khai sin", "1.001193" },
		{ "dang ki khai shin", "1.001193" },
		{ "giấy khai sinh cho con", "1.001193" },
		{ "birth", "1.001193" },
		{ "1.001193", "1.001193" },
		{ " 1.001193 ", "1.001193" },
		{ "001193", "1.001193" },
		{ "dang ky lo nung", "1.900001" },
		{ "lo nung", "1.900006-Xoa" }, /* the shorter name */
		{ "dong lo nung", "1.900006-Xoa" },
		{ "1.900006-Xoa", "1.900006-Xoa" },
		{ "nuoc ngoia", "1.900002" },
		{ "zzzzzz", "" },
		{ "!!!", "" },
		{ "9.9", "" },
	};

	for (size_t i = 0; i < COUNT(queries); i++)
		CHECK_STR(first(x, a, queries[i][0]), queries[i][1]);
}

TEST("a misspelt query is answered, with what was meant")
{
	ARENA a = arena_new();
	const struct catalogue_index *x = test_index(a, small(a));
	struct catalogue_page p;

	catalogue_search(x, a, S("dang ki khai shin"), 0, 10, &p);
	CHECK_STR(p.did_you_mean, "đăng ký khai sinh");
	catalogue_search(x, a, S("dang ky khai sinh"), 0, 10, &p);
	CHECK_STR(p.did_you_mean, "");
	CHECK_INT(p.total, 1);
	catalogue_search(x, a, S("lo nung"), 0, 1, &p);
	CHECK_INT(p.total, 2);
	CHECK_INT(p.entries.n, 1);
	catalogue_search(x, a, S("lo nung"), 1, 5, &p);
	CHECK_STR(p.entries.items[0]->code, "1.900001");
}

static str facet_text(struct arena *a, const struct facet *items, size_t n)
{
	struct buf b = buf_in(a, 4 * KIB);

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, STR_FMT "=%lld%s ", STR_ARG(items[i].value),
			(long long)items[i].count, items[i].chosen ? "*" : "");
	return str_trim(buf_str(&b));
}
#define FACET(a, list) facet_text((a), (list).items, (list).n)

static struct catalogue_filter any(void)
{
	return (struct catalogue_filter){
		.level = -1, .service_level = -1, .fee = -1, .limit = 10
	};
}

TEST("each filter tells what its other values would give [C32-6.2]")
{
	ARENA a = arena_new();
	const struct catalogue_index *x = test_index(a, small(a));
	struct catalogue_filter f = any();
	struct catalogue_page p;

	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 5);
	CHECK_STR(p.entries.items[0]->code, "1.001193"); /* what can be applied for here */
	CHECK_STR(FACET(a, p.sectors), "ho-tich=1 lanh-su=1 nghe-gom=3");
	CHECK_STR(FACET(a, p.levels), "bo=1 tinh=2 xa=3 khac=1");
	CHECK_STR(FACET(a, p.service_levels), "chua-du=4 thong-tin=0 mot-phan=0 toan-trinh=1");
	CHECK_STR(FACET(a, p.fees), "0=3 1=2");

	f.sector = S("nghe-gom");
	f.level = GOVERNMENT_COMMUNE;
	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 2);
	CHECK_STR(FACET(a, p.sectors), "ho-tich=1 nghe-gom=2*");
	CHECK_STR(FACET(a, p.levels), "bo=0 tinh=2 xa=2* khac=0");
	f.fee = 0;
	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 1);
	CHECK_STR(p.entries.items[0]->code, "1.900006-Xoa");

	f = any();
	f.agency = S("H99.001");
	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 1);
	f.agency = S("G15");
	f.words = S("lo nung");
	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 2);
	f.sector = S("khong-co");
	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 0);
}

TEST("counts tell all and those that can be applied for here")
{
	ARENA a = arena_new();
	int64_t all, online;

	catalogue_counts(test_index(a, small(a)), &all, &online);
	CHECK_INT(all, 5);
	CHECK_INT(online, 1);
}

TEST("an empty catalogue is searched and listed")
{
	ARENA a = arena_new();
	const struct catalogue_index *x = test_index(a, test_catalogue(a, DB_SQLITE));
	struct catalogue_filter f = any();
	struct catalogue_page p;

	CHECK_STR(first(x, a, "khai sinh"), "");
	CHECK_STR(first(x, a, "1.001193"), "");
	catalogue_list(x, a, &f, &p);
	CHECK_INT(p.total, 0);
}

TEST("birth registration is first among all procedures of the country, within 2 ms")
{
	ARENA a = arena_new();
	const char *folder = shared_data(a);
	static const char *const queries[][2] = {
		{ "dang ky khai sinh", "1.001193" },
		{ "đăng ký khai sinh", "1.001193" },
		{ "khai sin", "1.001193" },
		{ "dang ki khai shin", "1.001193" },
		{ "kshai sinh", "1.001193" },
		{ "dang ky ket hon co yeu to nuoc ngoai", "2.000806" },
		{ "tam tru", "1.004194" },
		{ "cap doi the can cuoc", "1.014063" },
		{ "giay phep lai xe quoc te", "3.000353" },
	};
	struct db *db;
	struct import m;
	struct catalogue_page p;

	if (!folder)
		return;
	db = test_catalogue(a, DB_SQLITE);
	CHECK_OK(test_import(a, db, import_catalogue, folder, &m));
	const struct catalogue_index *x = test_index(a, db);
	for (size_t i = 0; i < COUNT(queries); i++)
		CHECK_STR(first(x, a, queries[i][0]), queries[i][1]);
	instant start = instant_monotonic();
	for (int i = 0; i < 100; i++) {
		ARENA one = arena_new();
		catalogue_search(
			x, one, str_from(queries[(size_t)i % COUNT(queries)][0]), 0, 20, &p);
	}
	CHECK(instant_monotonic() - start < 100 * 2 * INSTANT_SECOND / 1000);
}
