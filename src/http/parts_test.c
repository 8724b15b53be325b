/* SPDX-License-Identifier: Apache-2.0 */
/* The small parts of the façade that need no socket: rates, the page cache, tokens, headers. */
#include "http/cache.h"
#include "http/csrf.h"
#include "http/rate.h"
#include "http/workers.h"
#include "tests/tap.h"

#include <stdatomic.h>

static struct address address(const char *text)
{
	struct address a = { 0 };
	CHECK(address_parse(str_from(text), &a));
	return a;
}

TEST("an address spends its burst, waits, and gets calls back steadily")
{
	struct rates *r = rates_new();
	struct address a = address("192.0.2.7");
	instant now = 1000 * INSTANT_SECOND;
	for (int i = 0; i < 3; i++)
		CHECK_INT(rates_take(r, a, RATE_SEND_CODE, now), 0);
	CHECK_INT(rates_take(r, a, RATE_SEND_CODE, now), 30);
	CHECK_INT(rates_take(r, a, RATE_SEND_CODE, now + 10 * INSTANT_SECOND), 20);
	CHECK_INT(rates_take(r, a, RATE_SEND_CODE, now + 30 * INSTANT_SECOND), 0);
	CHECK(rates_take(r, a, RATE_SEND_CODE, now + 30 * INSTANT_SECOND) > 0);
	CHECK_INT(rates_take(r, a, RATE_SIGN_IN, now), 0);
	CHECK_INT(rates_take(r, a, RATE_NONE, now), 0);
	CHECK_INT(rates_take(r, address("192.0.2.8"), RATE_SEND_CODE, now), 0);
	rates_free(r);
}

TEST("an IPv6 household is its /64, and a mapped IPv4 address is the IPv4 address")
{
	struct address a = address("2001:db8:1:2::1"), b = address("2001:db8:1:2:ffff::9");
	struct address c = address("2001:db8:1:3::1");
	CHECK(a.high == b.high && a.low == b.low);
	CHECK(a.high != c.high);
	a = address("::ffff:192.0.2.1");
	b = address("192.0.2.1");
	CHECK(a.high == b.high && a.low == b.low);
	CHECK(!address_parse(S("unknown"), &a));
	CHECK(!address_parse(S(""), &a));
	CHECK(address_parse(S("[2001:db8::1]"), &a));
}

TEST("a table full of addresses forgets the quiet ones, never those connected")
{
	struct rates *r = rates_new();
	struct address busy = address("198.51.100.1");
	for (int i = 0; i < LIMIT_HTTP_CONNECTIONS_PER_ADDRESS; i++)
		CHECK(rates_connect(r, busy, 1));
	for (uint64_t i = 0; i < 2 * LIMIT_HTTP_RATE_ADDRESSES; i++)
		(void)rates_take(r, (struct address){ i, 7 }, RATE_READ, (instant)i + 2);
	CHECK(!rates_connect(r, busy, 3));
	rates_disconnect(r, busy);
	CHECK(rates_connect(r, busy, 4));
	rates_free(r);
}

static struct prebuilt *page(const char *text)
{
	return prebuilt_new(&(struct prebuilt_spec){
		.status = 200, .mime = S("text/html"), .body = str_from(text), .etag = true });
}

TEST("a cached page is found by address, query, language and host")
{
	struct page_cache *c = cache_new(MIB);
	struct cache_key key = { .host = S("a.vn"), .path = S("/"), .query = S("") };
	struct prebuilt *p = page("hello");
	CHECK(!cache_find(c, &key, 1, 0));
	cache_put(c, &key, 1, 0, p);
	struct prebuilt *found = cache_find(c, &key, 1, 0);
	CHECK(found == p);
	prebuilt_release(found);
	struct cache_key others[] = { key, key, key, key, key };
	others[0].host = S("evil.vn");
	others[1].path = S("/x");
	others[2].query = S("q");
	others[3].language = 1;
	others[4].https = true;
	for (size_t i = 0; i < COUNT(others); i++)
		CHECK(!cache_find(c, &others[i], 1, 0));
	prebuilt_release(p);
	cache_free(c);
}

TEST("a cached page goes with the content version and with its age")
{
	struct page_cache *c = cache_new(MIB);
	struct cache_key key = { .host = S("a.vn"), .path = S("/"), .query = S("") };
	struct prebuilt *p = page("hello");
	cache_put(c, &key, 1, 100, p);
	struct prebuilt *found = cache_find(c, &key, 1, 99);
	CHECK(found == p);
	prebuilt_release(found);
	CHECK(!cache_find(c, &key, 1, 100));
	cache_put(c, &key, 1, 0, p);
	CHECK(!cache_find(c, &key, 2, 0));
	CHECK(!cache_find(c, &key, 1, 0));
	prebuilt_release(p);
	cache_free(c);
}

TEST("a full cache drops the page that was asked for longest ago")
{
	struct page_cache *c = cache_new(30 * KIB);
	struct cache_key key = { .host = S("a.vn"), .path = S("/"), .query = S("") };
	char query[8];
	for (int i = 0; i < 20; i++) {
		struct prebuilt *p = page("hello"), *first;
		snprintf(query, sizeof query, "%d", i);
		key.query = str_from(query);
		cache_put(c, &key, 1, 0, p);
		prebuilt_release(p);
		key.query = S("0");
		first = cache_find(c, &key, 1, 0);
		CHECK(first != NULL);
		prebuilt_release(first);
	}
	key.query = S("1");
	CHECK(!cache_find(c, &key, 1, 0));
	cache_free(c);
}

TEST("a visitor with a session or display settings bypasses the cache")
{
	CHECK(!cache_bypassed(S("")));
	CHECK(!cache_bypassed(S("k=abc; __Host-k=abc; xphien=1")));
	CHECK(cache_bypassed(S("k=abc; phien=1")));
	CHECK(cache_bypassed(S("__Host-phien=1")));
	CHECK(cache_bypassed(S("hien-thi=lon")));
}

TEST("a token is good for its visitor only, and looks different every time")
{
	ARENA a = arena_new();
	crypto_init();
	const unsigned char key[KEY_BYTES] = { 7 }, other_key[KEY_BYTES] = { 8 };
	str visitor = visitor_new(a), other = visitor_new(a);
	CHECK(visitor_valid(visitor));
	str token = csrf_token(a, key, visitor), again = csrf_token(a, key, visitor);
	CHECK(!str_eq(token, again));
	CHECK(csrf_token_valid(a, key, visitor, token));
	CHECK(csrf_token_valid(a, key, visitor, again));
	CHECK(!csrf_token_valid(a, key, other, token));
	CHECK(!csrf_token_valid(a, other_key, visitor, token));
	CHECK(!csrf_token_valid(a, key, visitor, S("")));
	CHECK(!csrf_token_valid(a, key, S(""), token));
	CHECK(!csrf_token_valid(a, key, visitor, str_part(token, 0, token.n - 1)));
}

TEST("a POST comes from this very site, or is refused")
{
	static const struct {
		const char *origin, *referer, *site;
		bool https, good;
	} cases[] = {
		{ "http://a.vn", "", "", .good = true },
		{ "https://a.vn", "", "", .good = true },
		{ "https://A.VN", "", "", .https = true, .good = true },
		{ "http://a.vn", "", "", .https = true },
		{ "null", "http://a.vn/", "same-origin" },
		{ "http://evil.vn", "http://a.vn/", "" },
		{ "http://a.vn.evil.vn", "", "" },
		{ "http://a.vn:81", "", "" },
		{ "", "http://a.vn/x", "", .good = true },
		{ "", "http://evil.vn/http://a.vn/", "" },
		{ "", "", "same-origin", .good = true },
		{ "", "", "same-site" },
		{ "", "", "none" },
		{ "", "", "" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct provenance p = { str_from(cases[i].origin), str_from(cases[i].referer),
			str_from(cases[i].site), S("a.vn"), cases[i].https };
		if (!CHECK(csrf_same_site(&p) == cases[i].good))
			printf("# case %zu\n", i);
	}
}

TEST("gzip is sent to those who take it, tags are compared weakly")
{
	CHECK(accepts_gzip(S("gzip")));
	CHECK(accepts_gzip(S("br, GZIP;q=0.5")));
	CHECK(!accepts_gzip(S("gzip;q=0, br")));
	CHECK(!accepts_gzip(S("gzip; q=0.000")));
	CHECK(!accepts_gzip(S("br")));
	CHECK(!accepts_gzip(S("")));
	CHECK(etag_matches(S("\"x\", W/\"ab\""), S("W/\"ab\"")));
	CHECK(etag_matches(S("\"ab\""), S("W/\"ab\"")));
	CHECK(etag_matches(S("*"), S("W/\"ab\"")));
	CHECK(!etag_matches(S("\"a\""), S("W/\"ab\"")));
}

static atomic_int done;

static void count(void *job)
{
	(void)job;
	atomic_fetch_add(&done, 1);
}

TEST("a full queue says so, and nothing that was taken is lost")
{
	struct workers *w = workers_new(3, 8, count);
	REQUIRE(w);
	int taken = 0;
	atomic_store(&done, 0);
	for (int i = 0; i < 10000; i++)
		taken += workers_add(w, &taken);
	workers_free(w);
	CHECK_INT(atomic_load(&done), taken);
	CHECK(taken > 0);
}
