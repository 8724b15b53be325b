/* SPDX-License-Identifier: Apache-2.0 */
/* Buckets are kept as one moment each, the one when the bucket is full again (the generic cell
 * rate algorithm): refilling needs no timer, and an entry is one cache line. */
#include "http/rate.h"

#include "core/crypto.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>

#define WAYS 8
#define SETS (LIMIT_HTTP_RATE_ADDRESSES / WAYS)

struct visitor {
	struct address address;
	instant seen;
	instant full_at[RATE_NONE];
	int32_t connections;
};

struct rates {
	pthread_mutex_t lock;
	uint64_t seed; /* so that nobody can choose addresses that share a set */
	struct visitor (*sets)[WAYS];
};

static const struct {
	int burst, per_minute;
} allowed[] = {
#define X(name, burst_, per_minute_) [RATE_##name] = { burst_, per_minute_ },
	RATES(X)
#undef X
};

static struct address address_of_ipv6(const unsigned char bytes[16])
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	struct address a = { 0 };
	if (memcmp(bytes, mapped, sizeof mapped) == 0) {
		memcpy((char *)&a.low + 4, bytes + 12, 4);
		a.high = 1;
	} else {
		memcpy(&a.high, bytes, 8);
		a.low = 1;
	}
	return a;
}

static struct address address_of_ipv4(const void *bytes)
{
	struct address a = { .high = 1 };
	memcpy((char *)&a.low + 4, bytes, 4);
	return a;
}

struct address address_of(const struct sockaddr *NULLABLE socket_address)
{
	if (socket_address && socket_address->sa_family == AF_INET)
		return address_of_ipv4(&((const struct sockaddr_in *)socket_address)->sin_addr);
	if (socket_address && socket_address->sa_family == AF_INET6)
		return address_of_ipv6(
			((const struct sockaddr_in6 *)socket_address)->sin6_addr.s6_addr);
	return (struct address){ 0 };
}

bool address_parse(str text, struct address *ret)
{
	char z[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	if (str_starts(text, S("[")) && str_ends(text, S("]")))
		text = str_part(text, 1, text.n - 2);
	if (text.n == 0 || text.n >= sizeof z)
		return false;
	memcpy(z, text.p, text.n);
	z[text.n] = 0;
	if (inet_pton(AF_INET, z, bytes) == 1)
		*ret = address_of_ipv4(bytes);
	else if (inet_pton(AF_INET6, z, bytes) == 1)
		*ret = address_of_ipv6(bytes);
	else
		return false;
	return true;
}

struct rates *rates_new(void)
{
	struct rates *r = calloc(1, sizeof *r);
	struct visitor(*sets)[WAYS] = calloc(SETS, sizeof *sets);
	if (!r || !sets)
		abort();
	pthread_mutex_init(&r->lock, NULL);
	random_bytes(&r->seed, sizeof r->seed);
	r->sets = sets;
	return r;
}

void rates_free(struct rates *NULLABLE r)
{
	if (!r)
		return;
	pthread_mutex_destroy(&r->lock);
	free(r->sets);
	free(r);
}

/* The finalizer of splitmix64. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static struct visitor *find(struct rates *r, struct address a, instant now)
{
	struct visitor *set = r->sets[mix(mix(a.high ^ r->seed) ^ a.low) % SETS];
	struct visitor *quietest = NULL;
	for (int i = 0; i < WAYS; i++) {
		struct visitor *v = &set[i];
		if (v->address.high == a.high && v->address.low == a.low) {
			v->seen = now;
			return v;
		}
		if (!quietest || (v->connections > 0) < (quietest->connections > 0) ||
			((v->connections > 0) == (quietest->connections > 0) &&
				v->seen < quietest->seen))
			quietest = v;
	}
	*quietest = (struct visitor){ .address = a, .seen = now };
	return quietest;
}

static bool is_nobody(struct address a) { return a.high == 0 && a.low == 0; }

int rate_seconds(enum rate rate)
{
	int per_minute = allowed[rate].per_minute;
	return per_minute ? (60 + per_minute - 1) / per_minute : 0;
}

int rates_take(struct rates *r, struct address a, enum rate rate, instant now)
{
	if (rate >= RATE_NONE || is_nobody(a))
		return 0;
	instant interval = INSTANT_MINUTE / allowed[rate].per_minute;
	instant most = now + interval * allowed[rate].burst;
	pthread_mutex_lock(&r->lock);
	instant *full_at = &find(r, a, now)->full_at[rate];
	instant after = (*full_at > now ? *full_at : now) + interval;
	if (after <= most)
		*full_at = after;
	pthread_mutex_unlock(&r->lock);
	return after <= most ? 0 : (int)((after - most + INSTANT_SECOND - 1) / INSTANT_SECOND);
}

bool rates_connect(struct rates *r, struct address a, instant now)
{
	if (is_nobody(a))
		return true;
	pthread_mutex_lock(&r->lock);
	struct visitor *v = find(r, a, now);
	bool room = v->connections < LIMIT_HTTP_CONNECTIONS_PER_ADDRESS;
	v->connections += room;
	pthread_mutex_unlock(&r->lock);
	return room;
}

void rates_disconnect(struct rates *r, struct address a)
{
	if (is_nobody(a))
		return;
	pthread_mutex_lock(&r->lock);
	struct visitor *set = r->sets[mix(mix(a.high ^ r->seed) ^ a.low) % SETS];
	for (int i = 0; i < WAYS; i++)
		if (set[i].address.high == a.high && set[i].address.low == a.low &&
			set[i].connections > 0)
			set[i].connections--;
	pthread_mutex_unlock(&r->lock);
}
