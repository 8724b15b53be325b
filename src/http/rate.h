/* SPDX-License-Identifier: Apache-2.0 */
/* rate.h - how often and how many at once one address may. A bounded table: when it is full, the
 * address that was quiet longest is forgotten. Thread-safe. IPv6 is counted by its /64, which is
 * what one household or attacker is given. */
#pragma once
#include "core/civil.h"
#include "http/route.h"

struct sockaddr;

/* All zero: nobody in particular (a unix socket), never limited. */
struct address {
	uint64_t high, low;
};
struct address address_of(const struct sockaddr *NULLABLE socket_address);
/* "192.0.2.7", "2001:db8::1", also in brackets; false for anything else. */
bool address_parse(str text, struct address *ret);

struct rates;
struct rates *rates_new(void);
void rates_free(struct rates *NULLABLE r);
/* Takes one call. 0 when allowed, else the seconds to wait. now is monotonic. */
int rates_take(struct rates *r, struct address a, enum rate rate, instant now);
/* How long one call takes to come back: what a refused caller is told to wait. */
int rate_seconds(enum rate rate);
/* One more connection; false, and not counted, beyond LIMIT_HTTP_CONNECTIONS_PER_ADDRESS. */
bool rates_connect(struct rates *r, struct address a, instant now);
void rates_disconnect(struct rates *r, struct address a);
