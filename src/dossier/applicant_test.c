/* SPDX-License-Identifier: Apache-2.0 */
/* Who applies: what was answered, not what the account happens to say. */
#include "dossier/applicant.h"
#include "dossier/dossier_test.h"

static const struct account account = { .name = S("Nguyễn Thị Hạnh"),
	.person_id = S("099192000001"),
	.phone = S("0912345678"),
	.email = S("hanh@example.vn"),
	.commune = S("99001"),
	.address = S("Số 5, tổ 2") };

static struct person asked(
	struct arena *a, const struct form_field *fields, size_t n, const char *json)
{
	struct form_page page = { .fields = { (struct form_field *)fields, n } };
	struct form f = { .pages = { &page, 1 } };
	struct answers *s = answers_new(a);
	CHECK_OK(answers_parse(a, str_from(json), &s));
	return applicant_of(a, &f, s, &account);
}

TEST("what a form asks counts as answered, empty too; the account speaks of the rest [ND61-17.4]")
{
	ARENA a = arena_new();
	static const struct form_field fields[] = {
		{ .id = S("ho-ten"), .prefill = S("account.name") },
		{ .id = S("so-dinh-danh"), .prefill = S("account.person_id") },
		{ .id = S("so-giay-to"), .prefill = S("") },
		{ .id = S("email"), .prefill = S("account.email") },
	};
	struct person p = asked(a, fields, COUNT(fields),
		"{\"ho-ten\":\"John Smith\",\"so-giay-to\":\"Hộ chiếu P1234567\"}");
	CHECK_STR(p.name, "John Smith");
	CHECK_STR(p.person_id, "Hộ chiếu P1234567"); /* not a number that nobody typed */
	CHECK_STR(p.email, "");                      /* it was cleared */
	CHECK_STR(p.phone, "0912345678");
	p = asked(a, fields, COUNT(fields), "{\"so-dinh-danh\":\"099190012345\"}");
	CHECK_STR(p.person_id, "099190012345");
	CHECK_STR(p.name, "Nguyễn Thị Hạnh"); /* lists need one */
}

TEST("a question that asks for a whole person is read by its parts")
{
	ARENA a = arena_new();
	static const struct form_field fields[] = {
		{ .id = S("nguoi-nop.ho-ten"), .prefill = S("account.name") },
		{ .id = S("nguoi-nop.so-dinh-danh"), .prefill = S("account.person_id") },
		{ .id = S("con.ho-ten"), .prefill = S("") },
		{ .id = S("con.so-dinh-danh"), .prefill = S("") },
	};
	struct person p = asked(a, fields, COUNT(fields),
		"{\"nguoi-nop.ho-ten\":\"John Smith\",\"nguoi-nop.so-giay-to\":\"P1234567\","
		"\"con.ho-ten\":\"Mary Smith\",\"con.so-dinh-danh\":\"099190012345\"}");
	CHECK_STR(p.name, "John Smith");
	CHECK_STR(p.person_id, "P1234567");
	CHECK_STR(p.address, "Số 5, tổ 2");
}

TEST("whom an authorised applicant acts for is read from the form, when it says so")
{
	ARENA a = arena_new();
	struct answers *s = answers_new(a);
	CHECK_STR(principal_of(s).name, "");
	answer_set(s, S("dd-ten"), S("Công ty Lam Giang"));
	answer_set(s, S("dd-dia-chi"), S("Số 9, đường Lê Lợi"));
	CHECK_STR(principal_of(s).name, "Công ty Lam Giang");
	CHECK_STR(principal_of(s).address, "Số 9, đường Lê Lợi");
	answer_set(s, S("nguoi-uy-quyen.ho-ten"), S("Lê Văn An"));
	answer_set(s, S("nguoi-uy-quyen.so-giay-to"), S("P7654321"));
	CHECK_STR(principal_of(s).name, "Lê Văn An");
	CHECK_STR(principal_of(s).person_id, "P7654321");
}
