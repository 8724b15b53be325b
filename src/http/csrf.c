/* SPDX-License-Identifier: Apache-2.0 */
#include "http/csrf.h"

#include "http/parse.h"

#define MAC_BYTES 16
#define VISITOR_RANDOM 15 /* bytes: 24 characters */
#define VISITOR_LENGTH 24

bool visitor_valid(str visitor)
{
	for (size_t i = 0; i < visitor.n; i++) {
		char c = visitor.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '2' && c <= '9'))
			return false;
	}
	return visitor.n == VISITOR_LENGTH;
}

str visitor_new(struct arena *a) { return random_text(a, VISITOR_RANDOM); }

static bool from_hex(str hex, unsigned char *out, size_t n)
{
	if (hex.n != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = hex_value(hex.p[2 * i]), low = hex_value(hex.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high * 16 + low);
	}
	return true;
}

static void mac_of(struct arena *a, const unsigned char key[KEY_BYTES], str visitor,
	unsigned char mac[MAC_BYTES])
{
	str purpose = arena_printf(a, "csrf:" STR_FMT, STR_ARG(visitor));
	bool whole =
		from_hex(str_part(hmac_hex(a, key, purpose), 0, 2 * MAC_BYTES), mac, MAC_BYTES);
	assert(whole);
	(void)whole;
}

str csrf_token(struct arena *a, const unsigned char key[KEY_BYTES], str visitor)
{
	unsigned char mac[MAC_BYTES], pad[MAC_BYTES];
	struct buf out = buf_in(a, 4 * MAC_BYTES);
	mac_of(a, key, visitor, mac);
	random_bytes(pad, sizeof pad);
	for (size_t i = 0; i < MAC_BYTES; i++)
		buf_printf(&out, "%02x", pad[i]);
	for (size_t i = 0; i < MAC_BYTES; i++)
		buf_printf(&out, "%02x", pad[i] ^ mac[i]);
	return buf_str(&out);
}

bool csrf_token_valid(struct arena *a, const unsigned char key[KEY_BYTES], str visitor, str token)
{
	unsigned char mac[MAC_BYTES], sent[2 * MAC_BYTES];
	if (!visitor_valid(visitor) || !from_hex(token, sent, sizeof sent))
		return false;
	mac_of(a, key, visitor, mac);
	for (size_t i = 0; i < MAC_BYTES; i++)
		sent[i] ^= sent[MAC_BYTES + i];
	return secret_eq((str){ (char *)sent, MAC_BYTES }, (str){ (char *)mac, MAC_BYTES });
}

/* Behind a proxy that does not tell us the scheme, only the host can be compared. */
static bool is_ours(str address, bool https, str host)
{
	str rest;
	if (str_starts(address, S("https://")))
		rest = str_from_at(address, 8);
	else if (!https && str_starts(address, S("http://")))
		rest = str_from_at(address, 7);
	else
		return false;
	return host.n > 0 && str_eq_nocase(str_part(rest, 0, str_find(rest, S("/"))), host);
}

bool csrf_same_site(const struct provenance *p)
{
	if (p->origin.n > 0)
		return is_ours(p->origin, p->https, p->host);
	if (p->referer.n > 0)
		return is_ours(p->referer, p->https, p->host);
	return str_eq(p->fetch_site, S("same-origin"));
}
