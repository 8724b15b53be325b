/* SPDX-License-Identifier: Apache-2.0 */
/* identity.h - people and how they prove who they are, in its first form: identifier (e-mail or
 * telephone) and password [C32-10.2]. Later forms (VNeID) add ways to sign in, not accounts.
 *
 * Passwords are argon2id, always computed, also for accounts that do not exist, so that neither
 * words nor time tell whether one does. Failures delay the next try for that account, growing.
 * Sessions are random tokens of which only the hash is stored; each sign-in makes a new one. */
#pragma once
#include "db/command.h"
#include "db/migrate.h"
#include "identity/audit.h"
#include "identity/services.h"
#include "view/component.h"

extern const struct migration identity_migrations[];
extern const struct sql *const identity_statements[];
extern const struct route identity_routes[];
extern const struct route identity_admin_routes[];
extern const struct job_kind identity_jobs[];          /* identity.code */
extern const struct job_schedule identity_schedules[]; /* forgets dead sessions and codes */

/* The cookie of a session; __Host- is reply_cookie's to add. */
#define SESSION_COOKIE S("phien")

struct account {
	int64_t id, version, created_at;
	str identifier; /* lower case e-mail or telephone; unique */
	str name;
	str role;   /* code */
	str agency; /* officers: code of the agency they serve; "" otherwise */
	str email, phone;
	str person_id;        /* 12 digits or "" */
	struct opt_int birth; /* day */
	str commune;          /* code of the commune of residence or "" */
	str address;          /* house, street, village */
	str gender;           /* "nam", "nu", "" */
	bool locked;
	bool confirmed;  /* false: registered by an e-mail that has not answered yet */
	bool wants_mail; /* notices by mail too [C25-6.1] */
	int64_t unread;  /* notices, for the masthead */
};
MUST_USE err account_get(struct conn *c, struct arena *a, int64_t id, struct account *ret);
MUST_USE err account_find(
	struct conn *c, struct arena *a, str identifier, struct account *ret, bool *ret_found);
/* Officers of an agency with a role, by name: whom a dossier can be assigned to. */
MUST_USE err account_list(
	struct conn *c, struct arena *a, str agency, str role, struct account **ret, size_t *ret_n);

/* More or fewer notices wait to be read; notify's, in its own transaction. */
MUST_USE err account_unread_change(struct conn *c, struct arena *a, int64_t id, int64_t change);
/* "An@Example.VN " → "an@example.vn", "+84 912 345 678" → "0912345678". */
str identifier_clean(struct arena *a, str typed);
bool email_valid(str s);
/* A number of 12 digits. Dossiers also carry passports and the like by their name and number. */
bool person_id_valid(str s);

/* A mail in the outbox. notify/, which stands above, sends it: the two meet in a job's payload. */
struct outbox_mail {
	str key; /* puts it once */
	str to, subject, text;
	str link; /* path within the portal, or "" */
};
MUST_USE err outbox_mail_put(
	struct conn *c, struct arena *a, const struct outbox_mail *m, instant now);

struct new_account {
	str identifier, name, password, agency, email, phone, person_id, commune, address, gender;
	struct opt_int birth;
	enum role role;
	bool unconfirmed; /* signs in only after a mailed code */
};
/* Problems a person can mend, each on its field; empty = good. */
void account_check(
	struct arena *a, enum language l, const struct new_account *n, field_errors *ret_errors);
/* CONFLICT when the identifier is taken. Hashes the password before the transaction. */
MUST_USE err account_create(struct db *db, struct arena *a, const struct new_account *n,
	struct audit_actor by, instant now, int64_t *ret_id);

/* The admit hook: session cookie → caller; says whether the route's permission lets it in. An
 * officer who is refused leaves an audit entry. */
MUST_USE err identity_admit(struct req *r);
/* For page frames. */
struct visitor identity_visitor(struct req *r);
/* In a form sent again by somebody who had chosen files: they are not there any more, and what came
 * must not be taken for the whole. */
#define LOST_FILES S("mat-tep")
/* The error page hook: as page_error, but who posted a form after the session's end signs in on the
 * spot and sends the same form again, and so does whose browser had lost the form's token: nothing
 * typed is lost. */
void identity_error_page(struct req *r, err e);

/* `motcua user add|list|lock|unlock|password`, `motcua audit verify|list`; argv[0] is the first
 * word; returns the exit status. known: NULL takes every agency. */
int identity_user_command(struct arena *a, const struct database_door *door,
	agency_check NULLABLE known, int argc, char **argv);
int identity_audit_command(
	struct arena *a, const struct database_door *door, int argc, char **argv);
