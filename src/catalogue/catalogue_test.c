/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue_test.c - what the tests of this folder share; agency codes; slips of the finger. */
#include "catalogue/catalogue_test.h"

#include "catalogue/slips.h"
#include "identity/identity.h"
#include "job/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Identity is there for the visitors of the pages. */
const struct migration *const catalogue_folders[] = { job_migrations, identity_migrations,
	catalogue_migrations, NULL };

struct db *test_catalogue(struct arena *a, enum db_engine engine)
{
	return test_database(a, engine, catalogue_folders);
}

struct conn *test_reader(struct arena *a, struct db *db)
{
	struct conn *c = NULL;
	CHECK_OK(db_reader(db, a, &c));
	return c;
}

err test_import(struct arena *a, struct db *db, err (*take)(struct import *m), const char *folder,
	struct import *ret)
{
	*ret = (struct import){
		.a = a, .now = TEST_NOW, .folder = str_from(folder), .skip_bad = true
	};
	return import_run(ret, db, take);
}

const char *test_folder(struct arena *a, const char *name)
{
	return arena_printf(a, "%s/%s", CATALOGUE_TESTDATA, name).p;
}

str test_text(struct arena *a, const char *name)
{
	FILE *f = fopen(test_folder(a, name), "rb");
	char *bytes = arena_bytes(a, MIB, 1);
	size_t n = f ? fread(bytes, 1, MIB, f) : 0;

	CHECK(f && n);
	if (f)
		fclose(f);
	return (str){ bytes, n };
}

const char *NULLABLE shared_data(struct arena *a)
{
	const char *root = getenv("MOTCUA_SHARED");
	const char *path = arena_printf(a, "%s/data", root ? root : CATALOGUE_SHARED).p;

	if (access(path, R_OK) == 0)
		return path;
	tap_skip("the public data is not here; MOTCUA_SHARED names its folder");
	return NULL;
}

const struct catalogue_index *test_index(struct arena *a, struct db *db)
{
	struct catalogue *k = NULL;

	CHECK_OK(catalogue_open(db, a, TEST_DAY, &k));
	const struct catalogue_index *x = catalogue_snapshot(k, a);
	catalogue_close(k);
	return x;
}

/* --- agency codes ------------------------------------------------------------ */

TEST("agency codes turn from the old form to the new and back [CODE-1]")
{
	static const char *const pairs[][2] = {
		{ "000.00.00.H12", "H12" },
		{ "000.00.04.G18", "G18.04" },
		{ "000.02.005.H12", "H12.005.02" },
		{ "001.02.005.H12", "H12.005.02.001" },
		{ "000.00.101.H26", "H26.101" },
	};
	ARENA a = arena_new();

	for (size_t i = 0; i < COUNT(pairs); i++) {
		str old_form = str_from(pairs[i][0]), new_form = str_from(pairs[i][1]);
		CHECK_STR(agency_code_new(a, old_form), new_form);
		CHECK_STR(agency_code_old(a, new_form), old_form);
		CHECK_STR(agency_code_new(a, new_form), new_form);
		CHECK_STR(agency_code_old(a, old_form), old_form);
		CHECK(agency_code_valid(old_form) && agency_code_valid(new_form));
	}
}

TEST("what is no agency code has no other form")
{
	static const char *const wrong[] = { "", "BQL", "12", "Z1", "h12", "H1", "H12.", "H12..1",
		"000.00.00", "000.00.CS.011", "1.2.3.H12", "00000.00.00.H12", "Đ12",
		"H12.001.002.003.004.005.006.007.008.009" };
	ARENA a = arena_new();

	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK(!agency_code_valid(str_from(wrong[i])));
		CHECK_STR(agency_code_new(a, str_from(wrong[i])), "");
		CHECK_STR(agency_code_old(a, str_from(wrong[i])), "");
	}
	/* Deeper than the old form goes, with letters, of another scheme: valid, but not old. */
	CHECK(agency_code_valid(S("H12.001.002.003.004")));
	CHECK_STR(agency_code_old(a, S("H12.001.002.003.004")), "");
	CHECK(agency_code_valid(S("H48.C1")));
	CHECK_STR(agency_code_old(a, S("H48.C1")), "");
	CHECK(agency_code_valid(S("Z010100100079")));
}

/* --- slips ------------------------------------------------------------------- */

TEST("slips of the finger are counted")
{
	static const struct {
		const char *a, *b;
		int slips;
	} pairs[] = {
		{ "sinh", "sinh", 0 },
		{ "sin", "sinh", 1 },
		{ "sinhh", "sinh", 1 },
		{ "dinh", "sinh", 1 },
		{ "snih", "sinh", 1 },
		{ "shin", "sinh", 1 }, /* the same letters */
		{ "shni", "sinh", 1 },
		{ "khai", "sinh", 3 },
		{ "", "ab", 2 },
		{ "nghiep", "nghiepcu", 2 },
	};

	for (size_t i = 0; i < COUNT(pairs); i++) {
		CHECK_INT(slips_between(str_from(pairs[i].a), str_from(pairs[i].b), 2),
			pairs[i].slips);
		CHECK_INT(slips_between(str_from(pairs[i].b), str_from(pairs[i].a), 2),
			pairs[i].slips);
	}
	CHECK_INT(slips_between(S("a"), S("abcdefghijklmnopqrstuvwxyzabcdefghijkl"), 2), 3);
	CHECK_INT(slips_allowed(3), 0);
	CHECK_INT(slips_allowed(4), 1);
	CHECK_INT(slips_allowed(8), 2);
}
