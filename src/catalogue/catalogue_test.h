/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue_test.h - what the tests of this folder share. */
#pragma once
#include "catalogue/import.h"
#include "catalogue/index.h"
#include "tests/database.h"
#include "tests/tap.h"

#define CHECK_FAILS(call, kind_)                      \
	do {                                          \
		err e_ = (call);                      \
		CHECK(e_ && e_->kind == ERR_##kind_); \
	} while (0)

/* 2026-11-23, 09:00 */
#define TEST_DAY day_from(2026, 11, 23)
#define TEST_NOW instant_at(TEST_DAY, 9 * 3600)

extern const struct migration *const catalogue_folders[];
/* An empty database with our tables, and a reader of it. */
struct db *test_catalogue(struct arena *a, enum db_engine engine);
struct conn *test_reader(struct arena *a, struct db *db);
/* Runs an import as of TEST_NOW, skipping what is bad; the counts are in *ret. */
err test_import(struct arena *a, struct db *db, err (*take)(struct import *m), const char *folder,
	struct import *ret);
/* "starter" of the fixtures beside this file. */
const char *test_folder(struct arena *a, const char *name);
/* A fixture, whole. */
str test_text(struct arena *a, const char *name);
/* The public data, or NULL, having skipped the test. */
const char *NULLABLE shared_data(struct arena *a);
/* The index of a database as of TEST_DAY, valid as long as the arena. */
const struct catalogue_index *test_index(struct arena *a, struct db *db);
