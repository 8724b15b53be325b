/* SPDX-License-Identifier: Apache-2.0 */
#include "app/demo_accounts.h"
#include "identity/identity.h"

#define DEMO_PASSWORD "Lam-Giang-2026"
#define DEMO_AGENCY "H99.001.01"

static const struct demo_account {
	const char *identifier, *name, *person_id, *phone;
	enum role role;
} demo_accounts[] = {
	{ "nguoidan@lamgiang.test", "Nguyễn Thị Hạnh", "099192000042", "0912345678", ROLE_CITIZEN },
	{ "motcua@lamgiang.test", "Trần Văn Minh", "", "", ROLE_CLERK },
	{ "chuyenvien@lamgiang.test", "Lê Thu Trang", "", "", ROLE_OFFICER },
	{ "lanhdao@lamgiang.test", "Phạm Quốc Dũng", "", "", ROLE_LEADER },
	{ "quantri@lamgiang.test", "Bùi Anh Tuấn", "", "", ROLE_ADMIN },
};

static err make_account(struct db *db, struct arena *a, const struct demo_account *d, instant now)
{
	bool citizen = d->role == ROLE_CITIZEN;
	struct new_account n = {
		.identifier = str_from(d->identifier),
		.name = str_from(d->name),
		.password = S(DEMO_PASSWORD),
		.agency = citizen ? S("") : S(DEMO_AGENCY),
		.email = str_from(d->identifier),
		.phone = str_from(d->phone),
		.person_id = str_from(d->person_id),
		.commune = citizen ? S("99001") : S(""),
		.address = citizen ? S("Số 12, tổ 3") : S(""),
		.gender = citizen ? S("nu") : S(""),
		.birth = { .set = citizen, .value = day_from(1992, 8, 14) },
		.role = d->role,
	};
	int64_t id = 0;
	return account_create(db, a, &n, (struct audit_actor){ 0 }, now, &id);
}

err demo_accounts_make(struct db *db, struct arena *a, instant now)
{
	for (size_t i = 0; i < COUNT(demo_accounts); i++)
		TRY(make_account(db, a, &demo_accounts[i], now));
	return NULL;
}

void demo_accounts_print(FILE *to)
{
	fprintf(to, "Tài khoản trình diễn (mật khẩu chung: %s):\n", DEMO_PASSWORD);
	for (size_t i = 0; i < COUNT(demo_accounts); i++)
		fprintf(to, "  %-26s " STR_FMT "\n", demo_accounts[i].identifier,
			STR_ARG(role_title(demo_accounts[i].role)));
}
