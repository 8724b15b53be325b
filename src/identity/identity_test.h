/* SPDX-License-Identifier: Apache-2.0 */
/* identity_test.h - what the tests of this folder stand on. */
#pragma once
#include "identity/identity.h"

#define TEST_PASSWORD "trời mưa sân trơn"
#define TEST_NOW (instant_at(day_from(2026, 11, 23), 9 * 3600))

extern const struct migration *const identity_folders[];
/* "mật khẩu" as a form sends it. */
#define PASSWORD_FIELD "mat-khau=tr%E1%BB%9Di+m%C6%B0a+s%C3%A2n+tr%C6%A1n"
/* A page for officers, one for citizens, and a step of a form that echoes its field. */
extern const struct route test_routes[];
/* Services over an empty database. */
struct services *test_services(struct arena *a, enum db_engine engine);
/* An account with TEST_PASSWORD; its id. */
int64_t test_account(struct services *s, struct arena *a, const char *identifier, enum role role);
struct conn *test_reader(struct services *s, struct arena *a);
