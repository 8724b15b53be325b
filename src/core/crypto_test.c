/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crypto.h"
#include "tests/tap.h"

TEST("SHA-256 gives the values of FIPS 180-4")
{
	ARENA a = arena_new();
	crypto_init();
	CHECK_STR(sha256_of(a, S("")),
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	CHECK_STR(sha256_of(a, S("abc")),
		"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

	struct sha256 h;
	sha256_init(&h);
	for (int i = 0; i < 1000; i++)
		sha256_add(&h, str_copy(a, (str){ (char[1000]){ 0 }, 1000 }));
	str zeros = sha256_hex(&h, a);
	CHECK_STR(zeros, "d29751f2649b32ff572b5e0a9f541ea660a50f94ff0beedfb0b692b924cc8025");
	CHECK_INT(zeros.n, SHA256_HEX);
}

TEST("HMAC-SHA-256 gives the value of the standard construction")
{
	ARENA a = arena_new();
	unsigned char key[KEY_BYTES];
	memset(key, 'k', sizeof key);
	CHECK_STR(hmac_hex(a, key, S("Hi There")),
		"f7c1f39928b89cc63d0ef7698b73aa80065f700e8e482f234bc62457c58fb6e1");
	CHECK(!str_eq(hmac_hex(a, key, S("")), hmac_hex(a, key, S("\0"))));
	CHECK_INT(hmac_hex(a, key, S("")).n, 64);
}

TEST("secrets are equal only when all bytes are")
{
	CHECK(secret_eq(S("abc"), S("abc")));
	CHECK(!secret_eq(S("abc"), S("abd")));
	CHECK(!secret_eq(S("abc"), S("ab")));
	CHECK(secret_eq(S(""), (str){ 0 }));
}

TEST("random text has its length, only its alphabet, and does not repeat")
{
	ARENA a = arena_new();
	crypto_init();
	CHECK_INT(random_text(a, 0).n, 0);
	CHECK_INT(random_text(a, 1).n, 2);
	CHECK_INT(random_text(a, 5).n, 8);
	CHECK_INT(random_text(a, 16).n, 26);
	CHECK_INT(random_text(a, 20).n, 32);
	size_t seen[256] = { 0 };
	str text = random_text(a, 10000);
	for (size_t i = 0; i < text.n; i++)
		seen[(unsigned char)text.p[i]]++;
	size_t letters = 0, uneven = 0;
	for (const char *c = "abcdefghijkmnpqrstuvwxyz23456789"; *c; c++) {
		letters += seen[(unsigned char)*c];
		uneven += seen[(unsigned char)*c] < 300 || seen[(unsigned char)*c] > 700;
	}
	CHECK_INT(letters, text.n);
	CHECK_INT(uneven, 0);
	CHECK(!str_eq(random_text(a, 16), random_text(a, 16)));
}

TEST("random numbers stay below their limit and reach all of it")
{
	bool seen[10] = { 0 };
	crypto_init();
	for (int i = 0; i < 1000; i++) {
		uint32_t n = random_below(10);
		REQUIRE(n < 10);
		seen[n] = true;
	}
	for (size_t i = 0; i < COUNT(seen); i++)
		CHECK(seen[i]);
	CHECK_INT(random_below(1), 0);
	unsigned char bytes[32] = { 0 }, zeros[32] = { 0 };
	random_bytes(bytes, sizeof bytes);
	CHECK(memcmp(bytes, zeros, sizeof bytes) != 0);
}

TEST("a password matches its own argon2id hash and no other")
{
	ARENA a = arena_new();
	str hash, again;
	crypto_init();
	REQUIRE(!password_hash(a, S("mật khẩu rất dài"), &hash));
	REQUIRE(!password_hash(a, S("mật khẩu rất dài"), &again));
	CHECK(str_starts(hash, S("$argon2id$v=19$m=7168,t=5,p=1$")));
	CHECK(!str_eq(hash, again));
	CHECK(password_matches(hash, S("mật khẩu rất dài")));
	CHECK(password_matches(again, S("mật khẩu rất dài")));
	CHECK(!password_matches(hash, S("mật khẩu rất dai")));
	CHECK(!password_matches(hash, S("")));
}

TEST("a malformed hash matches nothing")
{
	ARENA a = arena_new();
	crypto_init();
	CHECK(!password_matches(S(""), S("")));
	CHECK(!password_matches(S("x"), S("x")));
	CHECK(!password_matches(S("$argon2id$"), S("x")));
	CHECK(!password_matches(arena_printf(a, "$argon2id$%200s", "x"), S("x")));
}
