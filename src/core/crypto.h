/* SPDX-License-Identifier: Apache-2.0 */
/* crypto.h - randomness, hashes and passwords; libsodium behind this header, nothing invented. */
#pragma once
#include "core/core.h"

#define SHA256_BYTES 32
#define SHA256_HEX 64
#define KEY_BYTES 32

/* Once at start, before threads. Aborts when the system has no randomness. */
void crypto_init(void);

void random_bytes(void *p, size_t n);
/* n random bytes in base32 (lower case, without look-alikes l, o, 0, 1): 8 characters for 5
 * bytes. */
str random_text(struct arena *a, size_t n);
/* Uniform in [0, below). */
uint32_t random_below(uint32_t below);

struct sha256 {
	_Alignas(16) unsigned char state[128];
};
void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, str s);
/* Lower case hexadecimal, SHA256_HEX characters. */
str sha256_hex(struct sha256 *h, struct arena *a);
/* Of one text. */
str sha256_of(struct arena *a, str s);
/* HMAC-SHA-256, hexadecimal. */
str hmac_hex(struct arena *a, const unsigned char key[KEY_BYTES], str s);
/* Equal, in time that depends on the length only. */
bool secret_eq(str a, str b);

/* argon2id (t=5, 7 MiB), PHC string. Slow by design: on a worker, never on an event loop; at most
 * LIMIT_PASSWORDS_AT_ONCE, the others wait. */
MUST_USE err password_hash(struct arena *a, str password, str *ret);
/* False also for a malformed hash. Costs the same whether or not it matches. */
bool password_matches(str hash, str password);
