/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/handlers.h"
#include "identity/identity.h"

/* clang-format off */
const struct route identity_routes[] = {
	{ "GET", "/dang-nhap", show_sign_in, .guard = PERMIT_PUBLIC },
	{ "POST", "/dang-nhap", take_sign_in, .guard = PERMIT_PUBLIC, .rate = RATE_SIGN_IN },
	{ "POST", "/dang-xuat", take_sign_out, .guard = PERMIT_PUBLIC, .rate = RATE_WRITE },
	{ "GET", "/dang-ky", show_register, .guard = PERMIT_PUBLIC },
	{ "POST", "/dang-ky", take_register, .guard = PERMIT_PUBLIC, .rate = RATE_SIGN_IN },
	{ "GET", "/dang-ky/ma", show_join_code, .guard = PERMIT_PUBLIC },
	{ "POST", "/dang-ky/ma", take_join_code, .guard = PERMIT_PUBLIC, .rate = RATE_SIGN_IN },
	{ "GET", "/quen-mat-khau", show_forgot, .guard = PERMIT_PUBLIC },
	{ "POST", "/quen-mat-khau", take_forgot, .guard = PERMIT_PUBLIC, .rate = RATE_SEND_CODE },
	{ "GET", "/quen-mat-khau/ma", show_code, .guard = PERMIT_PUBLIC },
	{ "POST", "/quen-mat-khau/ma", take_code, .guard = PERMIT_PUBLIC, .rate = RATE_SIGN_IN },
	{ "GET", "/ca-nhan/bao-mat", show_security, .guard = PERMIT_SIGNED_IN },
	{ "POST", "/ca-nhan/bao-mat/mat-khau", take_password, .guard = PERMIT_SIGNED_IN,
	  .rate = RATE_SIGN_IN },
	{ "POST", "/ca-nhan/bao-mat/dang-xuat", take_sign_out_everywhere,
	  .guard = PERMIT_SIGNED_IN, .rate = RATE_WRITE },
	{ "GET", "/ca-nhan/ho-so-ca-nhan", show_profile, .guard = PERMIT_SIGNED_IN },
	{ "POST", "/ca-nhan/ho-so-ca-nhan", take_profile, .guard = PERMIT_SIGNED_IN,
	  .rate = RATE_WRITE },
	{ 0 },
};

const struct route identity_admin_routes[] = {
	{ "GET", "/quan-tri/nguoi-dung", show_users, .guard = PERMIT_ADMINISTER },
	{ "POST", "/quan-tri/nguoi-dung", show_users, .guard = PERMIT_ADMINISTER,
	  .rate = RATE_WRITE },
	{ "GET", "/quan-tri/nguoi-dung/them", show_new_user, .guard = PERMIT_ADMINISTER },
	{ "POST", "/quan-tri/nguoi-dung/them", take_new_user, .guard = PERMIT_ADMINISTER,
	  .rate = RATE_WRITE },
	{ "POST", "/quan-tri/nguoi-dung/:id/khoa", take_lock, .guard = PERMIT_ADMINISTER,
	  .rate = RATE_WRITE },
	{ "POST", "/quan-tri/nguoi-dung/:id/mo", take_unlock, .guard = PERMIT_ADMINISTER,
	  .rate = RATE_WRITE },
	{ "POST", "/quan-tri/nguoi-dung/:id/mat-khau", take_user_password,
	  .guard = PERMIT_ADMINISTER, .rate = RATE_WRITE },
	{ "GET", "/quan-tri/nhat-ky", show_audit, .guard = PERMIT_ADMINISTER },
	{ "POST", "/quan-tri/nhat-ky", take_audit, .guard = PERMIT_ADMINISTER,
	  .rate = RATE_WRITE },
	{ 0 },
};
/* clang-format on */
