/* SPDX-License-Identifier: Apache-2.0 */
/* site_test.h - a database with the starter catalogue, a file store, an applicant. */
#pragma once
#include "forms/draft_pages.h"
#include "tests/database.h"
#include "tests/visit.h"

#define TEST_PROCEDURE "2.000635"

extern const struct migration *const forms_folders[];
/* The starter catalogue and a file store, in the services of test_services or visit_new. */
void test_furnish(struct services *s, struct arena *a);
struct services *test_site(struct arena *a, enum db_engine engine);
/* A request of that account, at TEST_NOW. */
struct req *test_request_of(struct services *s, struct arena *a, int64_t account);
/* A draft of TEST_PROCEDURE, begun by the request's caller. */
struct draft test_draft(struct req *r);
