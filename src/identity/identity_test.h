/* SPDX-License-Identifier: Apache-2.0 */
/* identity_test.h - what the tests of this folder stand on. */
#pragma once
#include "identity/identity.h"
#include "tests/database.h"

#define TEST_PASSWORD "trời mưa sân trơn"
#define TEST_NOW (instant_at(day_from(2026, 11, 23), 9 * 3600))

extern const struct migration *const identity_folders[];
/* Services over an empty database. */
struct services *test_services(struct arena *a, enum db_engine engine);
/* An account with TEST_PASSWORD; its id. */
int64_t test_account(struct services *s, struct arena *a, const char *identifier, enum role role);
struct conn *test_reader(struct services *s, struct arena *a);
