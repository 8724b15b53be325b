/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - what the files of this folder share. No other folder includes it. */
#pragma once
#include "core/crypto.h"
#include "http/reply.h"
#include "identity/identity.h"
#include "view/component.h"

/* --- account.c ------------------------------------------------------------ */
/* Room for every field_error that one form of this folder can have. */
#define ERRORS_MOST 16
void add_error(struct arena *a, field_errors *errors, str field, str message);
/* One person's name, person id, telephone, e-mail, address, birth: problems on their fields. */
void account_check_person(struct arena *a, enum language l, const struct new_account *n,
	instant now, field_errors *errors);
/* Writes what its owner may change. *ret_saved false when another save came first. */
MUST_USE err account_save(
	struct conn *c, struct arena *a, const struct account *account, bool *ret_saved);
/* Who registers again before the code has come is called as was typed last. */
MUST_USE err account_rename_unconfirmed(
	struct conn *c, struct arena *a, const struct account *x, str name, instant now);
MUST_USE err account_page(struct conn *c, struct arena *a, str role, str words, int64_t offset,
	struct account **ret, size_t *ret_n, int64_t *ret_total);
/* With the hash of the password; not found is ret_found = false and a hash that nothing matches. */
MUST_USE err account_credentials(struct conn *c, struct arena *a, str identifier,
	struct account *ret, str *ret_hash, bool *ret_found);

/* What a new password still needs; "" when it is good. Checked without rules of composition:
 * length, the common ones, and what anybody knows of this person. */
str password_fault(struct arena *a, enum language l, str password, str identifier, str name);
/* NFC, so that it is the same from every keyboard. Too long or broken: "", matching nothing. */
str password_clean(struct arena *a, str typed);
/* For people to copy once: four groups of four letters and digits. */
str password_new(struct arena *a);

/* In one transaction: new hash, every session ended, audit entry. */
struct password_change {
	int64_t account_id;
	str hash, identifier, act;
	struct audit_actor by;
	instant now;
};
MUST_USE err password_set(struct conn *c, struct arena *a, const struct password_change *p);

/* --- credentials.c -------------------------------------------------------- */
/* Is this the account's password? Counts the try first; what it costs and says is the same whether
 * or not the account exists. */
struct credentials {
	str identifier, password; /* cleaned */
	instant now;
	str address; /* address_key */
};
enum verdict { VERDICT_GOOD, VERDICT_WRONG, VERDICT_WAIT, VERDICT_LOCKED, VERDICT_UNCONFIRMED };
struct check {
	enum verdict verdict;
	int64_t wait;           /* seconds, for VERDICT_WAIT */
	struct account account; /* for VERDICT_GOOD */
	str key;                /* of its tries: try_forgive ends the counting */
};
MUST_USE err credentials_check(
	struct services *s, struct arena *a, const struct credentials *given, struct check *ret);
/* Counts a try for a purpose and identifier. *ret_wait: 0, or seconds until the next is allowed. */
MUST_USE err try_take(struct services *s, struct arena *a, str key, instant now, int64_t *ret_wait);
/* address: of who tries, so that a stranger's tries keep nobody else waiting; "" for what is
 * counted whoever asks. */
str try_key(struct services *s, struct arena *a, const char *purpose, str identifier, str address);
/* Where a request comes from, as the rates count it: one network of IPv6 is one. */
str address_key(const struct req *r);
/* One more today for a purpose and account; false beyond `most`. */
MUST_USE err try_today(
	struct conn *c, struct arena *a, str key, int64_t most, instant now, bool *ret_allowed);
MUST_USE err try_forgive(struct conn *c, struct arena *a, str key);

/* --- own_password.c ------------------------------------------------------- */
/* The caller's password, asked for again. */
struct input own_password_input(enum language l, const field_errors *errors);
/* Unless ret->verdict is VERDICT_GOOD there is an error beside it. */
MUST_USE err own_password_check(struct req *r, field_errors *errors, struct check *ret);

/* --- session.c ------------------------------------------------------------ */
struct session {
	int64_t id, created_at, seen_at;
	str device;
};
/* What a browser will hold; only its hash is stored. */
str session_token(struct arena *a);
MUST_USE err session_start(
	struct conn *c, struct arena *a, str token, int64_t account, str device, instant now);
MUST_USE err session_end(struct conn *c, struct arena *a, str token);
MUST_USE err session_end_all(struct conn *c, struct arena *a, int64_t account);
MUST_USE err session_list(struct conn *c, struct arena *a, int64_t account, instant now,
	struct session **ret, size_t *ret_n);
/* "Firefox, Windows", of a User-Agent. */
str device_words(struct arena *a, str user_agent);

/* --- audit.c -------------------------------------------------------------- */
/* Personal data was seen: what db_write runs before it is shown. */
struct reading {
	struct audit_actor who;
	str act;
	instant now;
};
MUST_USE err reading_put(struct conn *c, struct arena *a, void *reading);

/* --- pages ---------------------------------------------------------------- */
struct audit_actor actor_of(const struct req *r);
/* Where a person goes who has not said where. */
str home_of(enum role role);
/* A path within this site, where a redirect may lead. */
bool path_is_ours(str path);
/* In the frame of the officers for them, of the portal for everybody else. */
err own_page_reply(struct req *r, int status, str title, const struct out *o, bool error);
/* A field as typed, whole: NFC, without space around. */
str typed(struct req *r, str field);
/* The same of a person's name; one that hides something comes as it is, to be refused and shown. */
str typed_name(struct req *r, str field);

/* --- admin_pages.c -------------------------------------------------------- */
/* Locking also ends every session of the account. */
MUST_USE err account_lock(struct conn *c, struct arena *a, const struct account *who, bool locked,
	struct audit_actor by, instant now);
