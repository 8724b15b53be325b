/* SPDX-License-Identifier: Apache-2.0 */
#include "file/unpack.h"

#include <zlib.h>

#define PIECE (64 * KIB)
#define RATIO_FROM MIB /* below, nothing is worth calling a bomb */

struct sink {
	struct unpacking *u;
	struct buf *NULLABLE into;
	int64_t n;
	uint32_t crc;
};

static bool take(struct sink *x, str piece, int64_t packed)
{
	struct unpacking *u = x->u;

	x->n += (int64_t)piece.n;
	x->crc = (uint32_t)crc32(x->crc, (const Bytef *)piece.p, (uInt)piece.n);
	u->unpacked += (int64_t)piece.n;
	u->bomb |= u->unpacked > LIMIT_UNPACKED;
	u->bomb |= u->unpacked > RATIO_FROM &&
		u->unpacked / (u->packed + packed + 1) > LIMIT_UNPACKED_RATIO;
	if (x->into && !u->bomb)
		buf_add(x->into, piece);
	return !u->bomb;
}

static bool run(struct sink *x, enum unpack_kind kind, str packed)
{
	char piece[PIECE];
	z_stream z = { .next_in = (Bytef *)packed.p, .avail_in = (uInt)packed.n };
	int status = Z_OK;
	bool room = true;

	if (inflateInit2(&z, kind == UNPACK_ZLIB ? MAX_WBITS : -MAX_WBITS) != Z_OK)
		return false;
	while (status == Z_OK && room) {
		z.next_out = (Bytef *)piece;
		z.avail_out = sizeof piece;
		status = inflate(&z, Z_NO_FLUSH);
		room = take(x, (str){ piece, sizeof piece - z.avail_out }, (int64_t)z.total_in);
	}
	x->u->packed += (int64_t)z.total_in;
	inflateEnd(&z);
	return status == Z_STREAM_END && room;
}

bool unpack_begin(struct arena *a, str packed, size_t n, str *ret)
{
	unsigned first = packed.n > 1 ? (unsigned char)packed.p[0] : 0;
	unsigned second = packed.n > 1 ? (unsigned char)packed.p[1] : 0;
	char *out = arena_bytes(a, n, 1);
	z_stream z = { .next_in = (Bytef *)packed.p,
		.avail_in = (uInt)(packed.n < 64 * KIB ? packed.n : 64 * KIB),
		.next_out = (Bytef *)out,
		.avail_out = (uInt)n };

	/* The two bytes that every zlib stream begins with [RFC 1950]. */
	if ((first & 0xf) != 8 || (first << 8 | second) % 31 != 0 || inflateInit(&z) != Z_OK)
		return false;
	int status = inflate(&z, Z_SYNC_FLUSH);
	*ret = (str){ out, n - z.avail_out };
	inflateEnd(&z);
	return (status == Z_OK || status == Z_STREAM_END) && ret->n > 0;
}

bool unpack(struct arena *a, struct unpacking *u, enum unpack_kind kind, str packed, str *ret)
{
	struct buf into = buf_in(a, LIMIT_UNPACKED);
	struct sink x = { .u = u, .into = &into };
	bool whole = run(&x, kind, packed);

	*ret = buf_str(&into);
	return whole && !into.overflow;
}

bool unpack_check(
	struct unpacking *u, enum unpack_kind kind, str packed, int64_t *ret_n, uint32_t *ret_crc)
{
	struct sink x = { .u = u };
	bool whole = run(&x, kind, packed);

	*ret_n = x.n;
	*ret_crc = x.crc;
	return whole;
}
