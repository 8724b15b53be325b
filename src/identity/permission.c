/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/permission.h"
#include "view/tr.h"

static const bool may[PERMISSION_COUNT][ROLE_COUNT] = {
#define X(name, ...) [PERMIT_##name] = { __VA_ARGS__ },
	PERMISSIONS(X)
#undef X
};

static const char *const names[PERMISSION_COUNT] = { [PERMIT_UNSET] = "UNSET",
#define X(name, ...) [PERMIT_##name] = #name,
	PERMISSIONS(X)
#undef X
};

static const struct {
	str code, title;
} roles[ROLE_COUNT] = {
	[ROLE_ANONYMOUS] = { S(""), TR("Khách") },
	[ROLE_CITIZEN] = { S("citizen"), TR("Người dân") },
	[ROLE_CLERK] = { S("clerk"), TR("Cán bộ một cửa") },
	[ROLE_OFFICER] = { S("officer"), TR("Chuyên viên") },
	[ROLE_LEADER] = { S("leader"), TR("Lãnh đạo") },
	[ROLE_ADMIN] = { S("admin"), TR("Quản trị") },
};

bool role_may(enum role role, enum permission p)
{
	return (unsigned)role < ROLE_COUNT && (unsigned)p < PERMISSION_COUNT && may[p][role];
}

enum role role_of_code(str code)
{
	for (int r = 0; r < ROLE_COUNT; r++)
		if (str_eq(roles[r].code, code))
			return (enum role)r;
	return ROLE_ANONYMOUS;
}

str role_code(enum role r) { return roles[r].code; }
str role_title(enum role r) { return roles[r].title; }
const char *permission_name(enum permission p) { return names[p]; }
