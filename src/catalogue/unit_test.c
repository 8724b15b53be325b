/* SPDX-License-Identifier: Apache-2.0 */
/* Units of before beside those of today: codes that were given again, equal names. */
#include "catalogue/catalogue_test.h"

static str list_text(struct arena *a, struct conn *c, const char *province)
{
	struct buf b = buf_in(a, MIB);
	struct unit *u;
	size_t n;

	CHECK_OK(unit_communes_ever(c, a, str_from(province), &u, &n));
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, STR_FMT " " STR_FMT "; " STR_FMT "; " STR_FMT "\n",
			STR_ARG(unit_reference(a, &u[i])), STR_ARG(u[i].full_name),
			STR_ARG(u[i].within), STR_ARG(u[i].became));
	return buf_str(&b);
}

static void check_name(struct arena *a, struct conn *c, const char *reference, const char *name,
	const char *lies_in)
{
	struct unit u = { .parent = S("") };
	bool found;
	str full, province = S("");

	CHECK_OK(unit_full_name(c, a, str_from(reference), &full));
	CHECK_STR(full, name);
	CHECK_OK(unit_find(c, a, str_from(reference), &u, &found));
	CHECK(found == (*name != 0));
	if (found)
		CHECK_OK(unit_province_today(c, a, &u, &province));
	CHECK_STR(province, lies_in);
}

TEST("a code that was given again names two places, and equal names have their districts [REF-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct conn *c;
		struct import m;

		CHECK_OK(test_import(a, db, import_units, test_folder(a, "reused"), &m));
		CHECK_INT(m.rejected, 0);
		c = test_reader(a, db);
		CHECK_STR(list_text(a, c, "98"),
			"00004 Phường Ba Lò; ; \n"
			"00001@2025-06-30 Phường Ba Lò; Quận Lò; Phường Ba Lò\n"
			"00376 Xã Đông Xuân; ; \n"
			"00376@2025-06-30 Xã Đông Xuân; Huyện Sóc; Xã Đông Xuân\n"
			"00380@2025-06-30 Xã Đông Xuân; Huyện Oai; Phường Ba Lò, Xã Đông Xuân\n"
			"00004@2025-06-30 Phường Trúc; Quận Lò; Phường Ba Lò\n");
		check_name(a, c, "00004", "Phường Ba Lò, thành phố Gốm", "98");
		check_name(a, c, "00004@2025-06-30", "Phường Trúc, quận Lò, tỉnh Gốm", "98");
		check_name(a, c, "00380@2025-06-30", "Xã Đông Xuân, huyện Oai, tỉnh Sành", "98");
		/* Kept before answers had days: nobody else has the code. */
		check_name(a, c, "00380", "Xã Đông Xuân, huyện Oai, tỉnh Sành", "98");
		check_name(a, c, "00004@2025-06-29", "", "");
		check_name(a, c, "00004@", "", "");
		check_name(a, c, "@2025-06-30", "", "");
		check_name(a, c, "00004@2025-06-30@2025-06-30", "", "");
		check_name(a, c, "99999@2025-06-30", "", "");
	}
}

/* Each is itself again by its reference, lies where it is offered, and says what it became. */
static void check_offered(struct arena *a, struct conn *c, const char *province, int64_t least_old)
{
	struct unit *all, again;
	int64_t old = 0;
	size_t n;
	bool found;
	str lies_in;

	CHECK_OK(unit_communes_ever(c, a, str_from(province), &all, &n));
	struct map *seen = map_new(a, n + 1);
	for (size_t i = 0; i < n; i++) {
		str reference = unit_reference(a, &all[i]);
		CHECK(!map_find(seen, reference));
		map_put(seen, reference, &all[i]);
		CHECK_OK(unit_find(c, a, reference, &again, &found));
		if (CHECK(found))
			CHECK(str_eq(again.full_name, all[i].full_name));
		CHECK_OK(unit_province_today(c, a, &again, &lies_in));
		CHECK(str_eq(lies_in, str_from(province)));
		CHECK(all[i].valid_to.set == (all[i].within.n > 0));
		CHECK(all[i].valid_to.set == (all[i].became.n > 0));
		old += all[i].valid_to.set;
	}
	CHECK(old >= least_old);
}

TEST("every commune of before that is offered can be chosen, and is told from today's [REF-2]")
{
	ARENA root = arena_new();
	const char *folder = shared_data(root);

	if (!folder)
		return;
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct import m;
		str name;

		CHECK_OK(test_import(a, db, import_units, folder, &m));
		struct conn *c = test_reader(a, db);
		check_offered(a, c, "01", 500);
		check_offered(a, c, "38", 500);
		CHECK_OK(unit_full_name(c, a, S("00004@2025-06-30"), &name));
		CHECK_STR(name, "Phường Trúc Bạch, quận Ba Đình, thành phố Hà Nội");
	}
}
