/* SPDX-License-Identifier: Apache-2.0 */
/* handlers.h - the pages of this folder, for routes.c. */
#pragma once
#include "http/req.h"

/* sign_in.c */
err show_sign_in(struct req *r);
err take_sign_in(struct req *r);
err take_sign_out(struct req *r);
/* register_pages.c */
err show_register(struct req *r);
err take_register(struct req *r);
/* To the sign-in, which says that the account is there. */
err reply_joined(struct req *r, str next);
/* reset_pages.c */
err show_forgot(struct req *r);
err take_forgot(struct req *r);
err show_code(struct req *r);
err take_code(struct req *r);
err show_join_code(struct req *r);
err take_join_code(struct req *r);
/* "A code is on its way", with the form for it: the same whether or not there is an account. */
err reply_join_sent(struct req *r, str next);
/* Puts the job that mails one, for a new account or a forgotten password. */
MUST_USE err ask_code(struct req *r, str identifier, bool joining);
/* security_pages.c */
err show_security(struct req *r);
err take_password(struct req *r);
err take_sign_out_everywhere(struct req *r);
/* profile_pages.c */
err show_profile(struct req *r);
err take_profile(struct req *r);
/* admin_pages.c */
err show_users(struct req *r);
err show_new_user(struct req *r);
err take_new_user(struct req *r);
err take_lock(struct req *r);
err take_unlock(struct req *r);
err take_user_password(struct req *r);
/* audit_pages.c */
err show_audit(struct req *r);
err take_audit(struct req *r);
