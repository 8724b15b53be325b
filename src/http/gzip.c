/* SPDX-License-Identifier: Apache-2.0 */
#include "http/prebuilt.h"

#include <zlib.h>

#define GZIP_LEAST 1024
#define GZIP_WINDOW (15 + 16) /* the largest window, with a gzip header */
#define GZIP_HEADER 32

bool gzip_pays(str mime, size_t n)
{
	return n > GZIP_LEAST &&
		(str_starts(mime, S("text/")) || str_starts(mime, S("application/json")) ||
			str_starts(mime, S("application/xml")) ||
			str_starts(mime, S("application/javascript")) ||
			str_starts(mime, S("image/svg+xml")));
}

size_t gzip_room(size_t n) { return compressBound(n) + GZIP_HEADER; }

size_t gzip_into(str s, int level, char *out, size_t room)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, level, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	z.next_in = (unsigned char *)s.p;
	z.avail_in = (uInt)s.n;
	z.next_out = (unsigned char *)out;
	z.avail_out = (uInt)room;
	bool finished = deflate(&z, Z_FINISH) == Z_STREAM_END;
	size_t n = z.total_out;
	deflateEnd(&z);
	return finished && n < s.n ? n : 0;
}
