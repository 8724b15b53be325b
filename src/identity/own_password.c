/* SPDX-License-Identifier: Apache-2.0 */
/* own_password.c - before what gives an account away, its owner shows once more who they are: an
 * open window on somebody's desk is not enough. */
#include "identity/parts.h"

struct input own_password_input(enum language l, const field_errors *errors)
{
	return (struct input){ .id = S("mat-khau-cu"),
		.label = tr(l, TR("Mật khẩu đang dùng")),
		.error = error_of(errors, S("mat-khau-cu")),
		.type = "password",
		.autocomplete = "current-password" };
}

err own_password_check(struct req *r, field_errors *errors, struct check *ret)
{
	enum language l = req_language(r);
	struct credentials given = { .identifier = caller_of(r)->identifier,
		.password = password_clean(r->arena, req_field(r, S("mat-khau-cu"))),
		.address = address_key(r),
		.now = r->now };

	TRY(credentials_check(services_of(r), r->arena, &given, ret));
	if (ret->verdict != VERDICT_GOOD)
		add_error(r->arena, errors, S("mat-khau-cu"),
			ret->verdict == VERDICT_WAIT
				? tr_n(r->arena, l,
					  TRN("Chờ {n} giây rồi thử lại: đã có nhiều lần nhập chưa "
					      "khớp"),
					  ret->wait)
				: tr(l, TR("Nhập đúng mật khẩu đang dùng")));
	return NULL;
}
