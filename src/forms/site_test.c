/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/site_test.h"
#include "forms/sample.h"
#include "notify/notify.h"

const struct migration *const forms_folders[] = { job_migrations, file_migrations,
	identity_migrations, catalogue_migrations, notify_migrations, forms_migrations, NULL };

void test_furnish(struct services *s, struct arena *a)
{
	CHECK_OK(file_store_open(a, str_from(tap_folder()), &s->files));
	CHECK_OK(catalogue_import_starter(s->db, a, starter_files, form_publishable, TEST_NOW));
}

struct services *test_site(struct arena *a, enum db_engine engine)
{
	struct services *s = test_services(a, engine, forms_folders);

	test_furnish(s, a);
	return s;
}

struct req *test_request_of(struct services *s, struct arena *a, int64_t account)
{
	struct req *r = arena_make(a, struct req);
	struct caller *who = arena_make(a, struct caller);

	who->role = ROLE_CITIZEN;
	who->account_id = account;
	*r = (struct req){
		.arena = a, .turn = a, .now = TEST_NOW, .method = S("POST"), .user = who, .app = s
	};
	return r;
}

struct draft test_draft(struct req *r)
{
	struct draft d = { 0 };
	struct procedure p;
	struct form f;
	struct conn *c;
	str code;

	if (CHECK_OK(reader_of(r, &c)) &&
		CHECK_OK(procedure_on(c, r->arena, S(TEST_PROCEDURE), day_of(TEST_NOW), &p)) &&
		CHECK_OK(form_parse(r->arena, &p, &f)) &&
		CHECK_OK(draft_start(r, &p, &f, answers_new(r->arena), S("H99.001"), &code)))
		CHECK_OK(draft_get(c, r->arena, code, caller_of(r)->account_id, &d));
	return d;
}
