/* SPDX-License-Identifier: Apache-2.0 */
/* pages.h - what the templates of this folder are given. No other folder includes it. */
#pragma once
#include "http/req.h"
#include "identity/identity.h"

/* What was posted when the session had ended; it travels through the sign-in form. */
struct kept_post {
	str to; /* path; "" when nothing is kept */
	LIST(struct field) fields;
	bool files; /* there were files, which are not kept */
};
struct sign_in_page {
	field_errors errors;
	struct input account, password;
	str next;
	struct kept_post kept;
	bool registered, changed; /* where the person comes from */
	str signed_in;            /* name of who is signed in already, or "" */
};
struct resume_page {
	url to;
	LIST(struct field) fields;
	bool stale; /* signed in all the time; the form was too old */
	bool files; /* there were files, and they must be chosen again */
};
struct register_page {
	field_errors errors;
	struct input name, account, password;
	struct choice_input consent;
	str owner, next;
};
struct forgot_page {
	field_errors errors;
	struct input account, code, password;
	bool sent;
	bool joining; /* a new account is confirmed, instead of a password mended */
	str next;
};

struct session_row {
	str device, since, since_iso, seen, seen_iso;
	bool current;
};
struct security_page {
	field_errors errors;
	struct input old, fresh;
	LIST(struct session_row) sessions;
	bool changed;
};
struct profile_page {
	field_errors errors;
	struct input name, person_id, phone, email, password, address;
	struct date_input birth;
	struct choice_input gender, mail;
	str identifier;
	int64_t version;
	bool saved;
};

struct user_row {
	str name, identifier, role, agency;
	bool locked, self;
	url lock, password;
};
struct users_page {
	str words;
	struct choice_input roles;
	LIST(struct user_row) rows;
	struct paging paging;
};
struct new_user_page {
	field_errors errors;
	struct input name, account, agency;
	struct choice_input roles;
};
struct new_password_page {
	str identifier, name, password;
};
struct audit_row {
	str when, iso, actor, role, act, subject, detail, place;
};
struct audit_page {
	str who;
	LIST(struct audit_row) rows;
	struct paging paging;
	bool checked, intact;
	str outcome;
};
