/* SPDX-License-Identifier: Apache-2.0 */
/* identity.h - people and how they prove who they are, in its first form: identifier (e-mail or
 * telephone) and password [C32-10.2]. Later forms (VNeID) add ways to sign in, not accounts.
 *
 * Passwords are argon2id, always computed, also for accounts that do not exist, so that neither
 * words nor time tell whether one does. Failures delay the next try for that account, growing.
 * Sessions are random tokens of which only the hash is stored; signing in always makes a new one. */
#pragma once
#include "db/migrate.h"
#include "identity/audit.h"
#include "identity/services.h"
#include "view/component.h"

extern const struct migration identity_migrations[];
extern const struct sql *const identity_statements[];
extern const struct route identity_routes[];
extern const struct job_schedule identity_schedules[]; /* forgets dead sessions and codes */

struct account {
	int64_t id, version, created_at;
	str identifier;   /* lower case e-mail or telephone; unique */
	str name;
	str role;         /* code */
	str agency;       /* officers: code of the agency they serve; "" otherwise */
	str email, phone;
	str person_id;    /* 12 digits or "" */
	struct opt_int birth; /* day */
	str commune;      /* code of the commune of residence or "" */
	str address;      /* house, street, village */
	str gender;       /* "nam", "nu", "" */
	bool locked;
};
MUST_USE err account_get(struct conn *c, struct arena *a, int64_t id, struct account *ret);
MUST_USE err account_find(struct conn *c, struct arena *a, str identifier, struct account *ret,
			  bool *ret_found);
/* Officers of an agency with a role, by name: whom a dossier can be assigned to. */
MUST_USE err account_list(struct conn *c, struct arena *a, str agency, str role,
			  struct account **ret, size_t *ret_n);

struct new_account {
	str identifier, name, password, agency, email, phone, person_id, commune, address, gender;
	struct opt_int birth;
	enum role role;
};
/* Problems a person can mend, each on its field; empty = good. */
void account_check(struct arena *a, enum language l, const struct new_account *n,
		   field_errors *ret_errors);
/* CONFLICT when the identifier is taken. Hashes the password before the transaction. */
MUST_USE err account_create(struct db *db, struct arena *a, const struct new_account *n,
			    struct audit_actor by, instant now, int64_t *ret_id);

/* The admit hook: session cookie → caller; says whether the route's permission lets it in. */
MUST_USE err identity_admit(struct req *r);
/* For page frames. */
struct visitor identity_visitor(struct req *r);

/* `motcua user add|list|lock|password`, `motcua audit verify|list` */
int identity_user_command(struct arena *a, struct db *db, int argc, char **argv);
int identity_audit_command(struct arena *a, struct db *db, int argc, char **argv);
