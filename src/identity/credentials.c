/* SPDX-License-Identifier: Apache-2.0 */
/* credentials.c - is this the password of that account? Every way through costs the same: one
 * write that counts the try, one look, one argon2id; a wrong answer one audit entry more. */
#include <pthread.h>

#include "http/rate.h"
#include "identity/identity.sql.h"
#include "identity/parts.h"

/* Slips of the finger are free; then each failure doubles the wait, up to a quarter of an hour. It
 * is counted by identifier and address together: whoever guesses from one address waits, and the
 * owner at another does not. What many addresses can try together is bounded by RATE_SIGN_IN of
 * each and by the length of passwords. */
#define FREE_TRIES 2
#define LONGEST_WAIT (900 * INSTANT_SECOND)

/* Stands in for the hash of accounts that do not exist. */
static char nobody[160];
static pthread_once_t nobody_made = PTHREAD_ONCE_INIT;

static void make_nobody(void)
{
	ARENA a = arena_new();
	str hash = S("");
	err e = password_hash(a, random_text(a, 20), &hash);
	assert(!e && hash.n < sizeof nobody);
	memcpy(nobody, hash.p, hash.n);
}

/* The identifier may be anything a stranger typed, even a password: only its keyed hash is kept. */
str try_key(struct services *s, struct arena *a, const char *purpose, str identifier, str address)
{
	return hmac_hex(a, s->key,
		arena_printf(a, "%s:" STR_FMT ":" STR_FMT, purpose, STR_ARG(address),
			STR_ARG(identifier)));
}

str address_key(const struct req *r)
{
	struct address from = { 0 };
	if (!address_parse(r->peer, &from))
		return S("");
	return arena_printf(
		r->arena, "%llx.%llx", (unsigned long long)from.high, (unsigned long long)from.low);
}

err try_today(
	struct conn *c, struct arena *a, str key, int64_t most, instant now, bool *ret_allowed)
{
	int64_t counted = 0;
	TRY(db_count_changed(c, a,
		BIND(try_count_today, .key = V(key), .most = V(most), .now = V(now)), &counted));
	*ret_allowed = counted > 0;
	return NULL;
}

struct taking {
	str key;
	instant now, until;
};

static err take(struct conn *c, struct arena *a, void *arg)
{
	struct taking *t = arg;
	int64_t counted = 0;
	t->until = 0;
	TRY(db_count_changed(c, a,
		BIND(try_count, .key = V(t->key), .now = V(t->now), .free = V(FREE_TRIES),
			.second = V(INSTANT_SECOND), .longest = V(LONGEST_WAIT)),
		&counted));
	if (counted)
		return NULL;
	return db_number(c, a, BIND(try_until, .key = V(t->key)), &t->until);
}

err try_take(struct services *s, struct arena *a, str key, instant now, int64_t *ret_wait)
{
	struct taking t = { .key = key, .now = now };
	TRY(db_write(s->db, a, take, &t));
	*ret_wait = t.until > now ? (t.until - now + INSTANT_SECOND - 1) / INSTANT_SECOND : 0;
	return NULL;
}

err try_forgive(struct conn *c, struct arena *a, str key)
{
	return db_do(c, a, BIND(try_clear, .key = V(key)));
}

struct refusal {
	str identifier; /* of the account; "" when there is none */
	instant now;
};

static err note_refusal(struct conn *c, struct arena *a, void *arg)
{
	const struct refusal *r = arg;
	return audit_put(c, a, r->now, (struct audit_actor){ 0 }, S("sign-in.refused"),
		r->identifier, S(""));
}

/* The reader is given back before the slow hash, which needs none. */
static err find(struct services *s, struct arena *a, str identifier, struct account *ret,
	str *ret_hash, bool *ret_found)
{
	ARENA look = arena_new();
	struct conn *c;
	err e = db_reader(s->db, look, &c);
	if (e)
		return FAIL(a, UNAVAILABLE, STR_FMT, STR_ARG(e->detail));
	return account_credentials(c, a, identifier, ret, ret_hash, ret_found);
}

err credentials_check(
	struct services *s, struct arena *a, const struct credentials *given, struct check *ret)
{
	bool found = false;
	str hash = S("");
	*ret = (struct check){ .key = try_key(s, a, "sign-in", given->identifier, given->address) };
	TRY(try_take(s, a, ret->key, given->now, &ret->wait));
	if (ret->wait) {
		ret->verdict = VERDICT_WAIT;
		return NULL;
	}
	pthread_once(&nobody_made, make_nobody);
	TRY(find(s, a, given->identifier, &ret->account, &hash, &found));
	bool matches = password_matches(found ? hash : str_from(nobody), given->password);
	if (found && matches) {
		ret->verdict = ret->account.locked ? VERDICT_LOCKED
			: ret->account.confirmed   ? VERDICT_GOOD
						   : VERDICT_UNCONFIRMED;
		return NULL;
	}
	ret->verdict = VERDICT_WRONG;
	struct refusal refusal = { found ? ret->account.identifier : S(""), given->now };
	return db_write(s->db, a, note_refusal, &refusal);
}
