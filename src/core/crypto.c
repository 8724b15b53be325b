/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crypto.h"

#include <pthread.h>
#include <sodium.h>

/* Base32 without l, o, 0 and 1, which people misread. */
static const char alphabet[] = "abcdefghijkmnpqrstuvwxyz23456789";
static_assert(sizeof alphabet == 33, "five bits a character");

/* RFC 9106; of the settings that OWASP takes for equally strong, one that leaves the memory of the
 * program small: 7 MiB and five passes, one lane. */
#define PASSWORD_PASSES 5
#define PASSWORD_MEMORY (7 * (size_t)MIB)

static_assert(SHA256_BYTES == crypto_hash_sha256_BYTES, "SHA-256");
static_assert(KEY_BYTES == crypto_auth_hmacsha256_KEYBYTES, "HMAC key");
static_assert(sizeof(struct sha256) >= sizeof(crypto_hash_sha256_state), "room for the state");
static_assert(
	_Alignof(struct sha256) >= _Alignof(crypto_hash_sha256_state), "alignment of the state");

void crypto_init(void)
{
	if (sodium_init() < 0) {
		fputs("no randomness: libsodium cannot start\n", stderr);
		abort();
	}
}

void random_bytes(void *p, size_t n) { randombytes_buf(p, n); }

uint32_t random_below(uint32_t below)
{
	assert(below);
	return randombytes_uniform(below);
}

str random_text(struct arena *a, size_t n)
{
	unsigned char *bytes = arena_bytes(a, n, 1);
	size_t length = (n * 8 + 4) / 5;
	char *p = arena_bytes(a, length, 1);
	uint32_t bits = 0;
	int held = 0; /* how many of the low bits are still to be written */

	random_bytes(bytes, n);
	for (size_t i = 0, at = 0; at < length; at++) {
		if (held < 5) {
			bits = bits << 8 | (i < n ? bytes[i] : 0);
			i++;
			held += 8;
		}
		held -= 5;
		p[at] = alphabet[bits >> held & 31];
	}
	sodium_memzero(bytes, n);
	return (str){ p, length };
}

static crypto_hash_sha256_state *state_of(struct sha256 *h)
{
	return (crypto_hash_sha256_state *)(void *)h->state;
}

static const unsigned char *bytes_of(str s) { return (const unsigned char *)s.p; }

static str hex(struct arena *a, const unsigned char *bytes, size_t n)
{
	char *p = arena_bytes(a, 2 * n + 1, 1);
	sodium_bin2hex(p, 2 * n + 1, bytes, n);
	return (str){ p, 2 * n };
}

void sha256_init(struct sha256 *h) { crypto_hash_sha256_init(state_of(h)); }

void sha256_add(struct sha256 *h, str s)
{
	crypto_hash_sha256_update(state_of(h), bytes_of(s), s.n);
}

str sha256_hex(struct sha256 *h, struct arena *a)
{
	unsigned char hash[SHA256_BYTES];
	crypto_hash_sha256_final(state_of(h), hash);
	return hex(a, hash, sizeof hash);
}

str sha256_of(struct arena *a, str s)
{
	struct sha256 h;
	sha256_init(&h);
	sha256_add(&h, s);
	return sha256_hex(&h, a);
}

str hmac_hex(struct arena *a, const unsigned char key[KEY_BYTES], str s)
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256(mac, bytes_of(s), s.n, key);
	return hex(a, mac, sizeof mac);
}

bool secret_eq(str a, str b) { return a.n == b.n && (!a.n || sodium_memcmp(a.p, b.p, a.n) == 0); }

/* However many people sign in at once, only so many hashes have their memory at a time. */
static pthread_mutex_t password_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t password_left = PTHREAD_COND_INITIALIZER;
static int passwords_at_work;

static void password_enter(void)
{
	pthread_mutex_lock(&password_lock);
	while (passwords_at_work == LIMIT_PASSWORDS_AT_ONCE)
		pthread_cond_wait(&password_left, &password_lock);
	passwords_at_work++;
	pthread_mutex_unlock(&password_lock);
}

static void password_leave(void)
{
	pthread_mutex_lock(&password_lock);
	passwords_at_work--;
	pthread_cond_signal(&password_left);
	pthread_mutex_unlock(&password_lock);
}

err password_hash(struct arena *a, str password, str *ret)
{
	char hash[crypto_pwhash_argon2id_STRBYTES];
	password_enter();
	int status = crypto_pwhash_argon2id_str(
		hash, password.p, password.n, PASSWORD_PASSES, PASSWORD_MEMORY);
	password_leave();
	if (status != 0)
		return FAIL(a, UNAVAILABLE, "no memory to hash a password");
	*ret = str_copy(a, str_from(hash));
	return NULL;
}

bool password_matches(str hash, str password)
{
	char z[crypto_pwhash_argon2id_STRBYTES] = { 0 };
	if (hash.n >= sizeof z)
		return false;
	if (hash.n)
		memcpy(z, hash.p, hash.n);
	password_enter();
	int status = crypto_pwhash_argon2id_str_verify(z, password.p, password.n);
	password_leave();
	return status == 0;
}
