/* SPDX-License-Identifier: Apache-2.0 */
/* audit.h - what was done, and what personal data was seen: append-only, hash-chained.
 *
 * Entries are in LIMIT_AUDIT_CHAINS chains (chosen by the actor), so that writers on PostgreSQL
 * rarely wait on one another. Each holds the SHA-256 over its content and its predecessor's hash;
 * changing, removing or reordering an entry breaks the chain at that place. Written in the
 * transaction of the act itself. */
#pragma once
#include "core/civil.h"
#include "db/db.h"
#include "identity/permission.h"

#define LIMIT_AUDIT_CHAINS 16

struct audit_entry {
	int64_t id, chain, number, at, actor_id;
	str actor; /* identifier, "" for the system and strangers */
	str role;
	str act;     /* "dossier.receive", "dossier.read", "sign-in", … */
	str subject; /* code of the dossier, identifier of the account */
	str detail;  /* short, without personal data */
	str previous, hash;
};
struct audit_actor {
	int64_t id;
	str identifier;
	enum role role;
};
MUST_USE err audit_put(struct conn *c, struct arena *a, instant now, struct audit_actor who,
	str act, str subject, str detail);
struct audit_report {
	int64_t entries, chains;
	bool intact;
	str fault; /* "chain 3, entry 17: …" when not intact */
};
MUST_USE err audit_verify(struct conn *c, struct arena *a, struct audit_report *ret);
/* The newest entry of each chain. What is kept of them elsewhere proves later that nothing was cut
 * off together with the heads. */
struct audit_end {
	int64_t chain, number;
	str hash;
};
MUST_USE err audit_ends(struct conn *c, struct arena *a, struct audit_end **ret, size_t *ret_n);
/* Is what was an end once still there, unchanged? */
MUST_USE err audit_has(struct conn *c, struct arena *a, struct audit_end then, bool *ret);
/* Newest first: what was done to a subject or by an actor, or all for "". */
MUST_USE err audit_list(struct conn *c, struct arena *a, str who, int64_t offset, int64_t limit,
	struct audit_entry **ret, size_t *ret_n, int64_t *ret_total);
