/* SPDX-License-Identifier: Apache-2.0 */
/* Communes of before the reform of 2025, as answers. */
#include "forms/forms_test.h"
#include "forms/forms_test.sql.h"
#include "forms/page_parts.h"
#include "forms/visit_test.h"

#define REFORM day_from(2025, 7, 1)

static err put(struct conn *c, struct arena *a, const char *code, const char *parent,
	const char *kind, const char *name, bool today)
{
	struct opt_int last = { .set = !today, .value = REFORM - 1 };

	return db_do(c, a,
		BIND(forms_test_unit, .code = V(str_from(code)), .parent = V(str_from(parent)),
			.kind = V(str_from(kind)), .name = V(str_from(name)),
			.valid_from = V((int64_t)(today ? REFORM : DAY_LEAST)),
			.valid_to = V(last)));
}

static err became(struct conn *c, struct arena *a, const char *before, const char *after)
{
	return db_do(c, a,
		BIND(forms_test_change, .before = V(str_from(before)), .after = V(str_from(after)),
			.on_day = V((int64_t)REFORM)));
}

/* Code 00004 was given again, "Xã Đông Xuân" stood twice; 97 is another province. */
static err put_units(struct conn *c, struct arena *a, void *arg)
{
	(void)arg;
	TRY(put(c, a, "98", "", "province", "Thành phố Gốm", true));
	TRY(put(c, a, "97", "", "province", "Tỉnh Sứ", true));
	TRY(put(c, a, "00004", "98", "commune", "Phường Ba Lò", true));
	TRY(put(c, a, "00376", "98", "commune", "Xã Đông Xuân", true));
	TRY(put(c, a, "00400", "97", "commune", "Xã Men", true));
	TRY(put(c, a, "98", "", "province", "Tỉnh Gốm", false));
	TRY(put(c, a, "901", "98", "district", "Quận Lò", false));
	TRY(put(c, a, "916", "98", "district", "Huyện Sóc", false));
	TRY(put(c, a, "917", "98", "district", "Huyện Oai", false));
	TRY(put(c, a, "00004", "901", "commune", "Phường Trúc", false));
	TRY(put(c, a, "00377", "916", "commune", "Xã Đông Xuân", false));
	TRY(put(c, a, "00380", "917", "commune", "Xã Đông Xuân", false));
	TRY(became(c, a, "00004", "00004"));
	TRY(became(c, a, "00377", "00376"));
	return became(c, a, "00380", "00376");
}

#define WITH_HISTORY "{'id':'x','kind':'commune','label':'X','required':true,'history':true}"
#define OF_TODAY "{'id':'x','kind':'commune','label':'X','required':true}"

/* Posts, checks, shows and sums up one choice. */
static void check_choice(struct arena *a, struct conn *c, const char *field, const char *fields,
	const char *kept, const char *shown)
{
	const struct form *f = form_with(a, field);
	struct form_source x = source_in(VIETNAMESE);
	struct answers *s = answers_new(a);
	field_errors errors = { 0 };
	form_summary_pages pages;
	struct commune_input drawn = { 0 };
	size_t chosen = 0;

	REQUIRE(f);
	x.conn = c;
	CHECK_OK(form_read(
		posted(a, fields), &x, &f->pages.items[0], form_applying(a, f, s, x.today), s));
	CHECK_STR(answer(s, S("x")), kept);
	CHECK_OK(form_check_page(
		a, &x, &f->pages.items[0], form_applying(a, f, s, x.today), &errors));
	CHECK(errors.n == !*shown);
	if (!*shown)
		return;
	CHECK_OK(form_summary(a, &x, f, s, &pages));
	CHECK_STR(pages.items[0].rows.items[0].value, shown);
	CHECK_OK(communes_offered(
		a, &x, answer(s, S("x")), f->pages.items[0].fields.items[0].history, &drawn));
	CHECK_STR(drawn.province, "98");
	for (size_t i = 0; i < drawn.communes.n; i++)
		chosen += drawn.communes.items[i].chosen;
	CHECK_INT(chosen, 1);
}

TEST("a commune of before is kept as the one that was chosen, and nothing else is taken [REF-2]")
{
	static const struct {
		const char *field, *posted, *kept, *shown;
	} cases[] = {
		{ WITH_HISTORY, "x-tinh=98&x=00004%402025-06-30", "00004@2025-06-30",
			"Phường Trúc, quận Lò, tỉnh Gốm (nay là Phường Ba Lò)" },
		{ WITH_HISTORY, "x-tinh=98&x=00004", "00004", "Phường Ba Lò, thành phố Gốm" },
		{ OF_TODAY, "x-tinh=98&x=00004", "00004", "Phường Ba Lò, thành phố Gốm" },
		{ WITH_HISTORY, "x-tinh=98&x=00377%402025-06-30", "00377@2025-06-30",
			"Xã Đông Xuân, huyện Sóc, tỉnh Gốm (nay là Xã Đông Xuân)" },
		{ WITH_HISTORY, "x-tinh=98&x=00380%402025-06-30", "00380@2025-06-30",
			"Xã Đông Xuân, huyện Oai, tỉnh Gốm (nay là Xã Đông Xuân)" },
		/* As pages drawn before answers had days posted it. */
		{ WITH_HISTORY, "x-tinh=98&x=00380", "00380@2025-06-30",
			"Xã Đông Xuân, huyện Oai, tỉnh Gốm (nay là Xã Đông Xuân)" },
		{ OF_TODAY, "x-tinh=98&x=00004%402025-06-30", "00004@2025-06-30", "" },
		{ WITH_HISTORY, "x-tinh=97&x=00004%402025-06-30", "97/", "" },
		{ WITH_HISTORY, "x-tinh=98&x=00400", "98/", "" },
		{ WITH_HISTORY, "x-tinh=98&x=00004%402025-06-29", "98/", "" },
		{ WITH_HISTORY, "x-tinh=98&x=12345%402025-06-30", "98/", "" },
		{ WITH_HISTORY, "x-tinh=98&x=901%402025-06-30", "901@2025-06-30", "" },
		{ WITH_HISTORY, "x-tinh=&x=", "", "" },
	};

	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, forms_folders);
		struct conn *c;

		REQUIRE(CHECK_OK(db_write(s->db, a, put_units, NULL)) &&
			CHECK_OK(db_reader(s->db, a, &c)));
		for (size_t i = 0; i < COUNT(cases); i++)
			check_choice(a, c, cases[i].field, cases[i].posted, cases[i].kept,
				cases[i].shown);
	}
}

TEST("a death is registered where it was, in a commune whose code another one has today")
{
	ARENA a = arena_new();
	struct visit *v = visitor(a, true);

	REQUIRE(v && CHECK_OK(db_write(v->services->db, a, put_units, NULL)));
	str code = begin_draft(v, "1.000656");
	const char *page = at(v, code, "nguoi-mat");
	CHECK_INT(visit_get(v, page), 200);
	CHECK_INT(post_step(v, code, "nguoi-mat",
			  "biet-noi-cu-tru=yes&noi-cu-tru-cuoi.xa-tinh=98&"
			  "chon-tinh=noi-cu-tru-cuoi.xa"),
		303);
	CHECK_INT(visit_get(v, page), 200);
	CHECK(visit_shows(v, "Xã Đông Xuân, Huyện Sóc (đến 30/06/2025, nay là Xã Đông Xuân)"));
	CHECK(visit_shows(v, "Xã Đông Xuân, Huyện Oai (đến 30/06/2025, nay là Xã Đông Xuân)"));
	CHECK(visit_shows(v, "Phường Trúc, Quận Lò (đến 30/06/2025, nay là Phường Ba Lò)"));
	CHECK_INT(post_step(v, code, "nguoi-mat",
			  "biet-noi-cu-tru=yes&noi-cu-tru-cuoi.xa-tinh=98&noi-cu-tru-cuoi.xa="
			  "00004%402025-06-30&noi-cu-tru-cuoi.chi-tiet=1&lam=nhap"),
		303);
	CHECK_INT(visit_get(v, page), 200);
	CHECK(visit_shows(v, "<option value=\"00004@2025-06-30\" selected>"));
	CHECK(!visit_shows(v, "<option value=\"00004\" selected>"));
	CHECK_INT(visit_get(v, at(v, code, "xem-lai")), 200);
	CHECK(visit_shows(v, "Phường Trúc, quận Lò, tỉnh Gốm (nay là Phường Ba Lò)"));
	visit_done(v);
}
