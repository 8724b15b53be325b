/* SPDX-License-Identifier: Apache-2.0 */
/* cache.h - rendered public pages, ready to send. Bounded by bytes; the page asked for longest ago
 * goes first. A page lives until the content version changes or it is older than its route
 * allows. Thread-safe; a hit takes one lock and no memory. */
#pragma once
#include "core/civil.h"
#include "http/prebuilt.h"

struct page_cache;
struct page_cache *cache_new(size_t bytes_most);
void cache_free(struct page_cache *NULLABLE c);

/* What a rendering depends on. The host is part of it, so that a forged Host cannot put its links
 * into other people's pages. */
struct cache_key {
	bool https;
	int language;
	str host, path, query;
};
/* The caller's to release. NULL when it must be rendered. now is monotonic. */
struct prebuilt *NULLABLE cache_find(
	struct page_cache *c, const struct cache_key *key, int64_t version, instant now);
/* version is the content version from before the page was rendered. until 0: no end. */
void cache_put(struct page_cache *c, const struct cache_key *key, int64_t version, instant until,
	struct prebuilt *p);
/* True for a visitor whose pages are his own: with a session or display settings. */
bool cache_bypassed(str cookie_header);
