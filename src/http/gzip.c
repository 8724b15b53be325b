/* SPDX-License-Identifier: Apache-2.0 */
/* gzip.c - bodies packed whole, by libdeflate in half of zlib's time (docs/adr/0010). A compressor
 * is some hundred KiB, so each thread keeps those it has used. */
#include "http/prebuilt.h"

#include <libdeflate.h>
#include <pthread.h>

#define GZIP_LEAST 1024
#define GZIP_LEVELS 13 /* of libdeflate: 0 to 12 */

struct packers {
	struct libdeflate_compressor *NULLABLE of_level[GZIP_LEVELS];
};

static pthread_key_t packers_key;
static pthread_once_t packers_once = PTHREAD_ONCE_INIT;

static void packers_free(void *own)
{
	struct packers *p = own;
	for (int level = 0; level < GZIP_LEVELS; level++)
		libdeflate_free_compressor(p->of_level[level]);
	free(p);
}

static void packers_prepare(void)
{
	if (pthread_key_create(&packers_key, packers_free) != 0)
		abort();
}

static struct libdeflate_compressor *packer_of(int level)
{
	pthread_once(&packers_once, packers_prepare);
	struct packers *p = pthread_getspecific(packers_key);
	if (!p) {
		p = calloc(1, sizeof *p);
		if (!p || pthread_setspecific(packers_key, p) != 0)
			abort();
	}
	if (!p->of_level[level])
		p->of_level[level] = libdeflate_alloc_compressor(level);
	if (!p->of_level[level])
		abort();
	return p->of_level[level];
}

bool gzip_pays(str mime, size_t n)
{
	return n > GZIP_LEAST &&
		(str_starts(mime, S("text/")) || str_starts(mime, S("application/json")) ||
			str_starts(mime, S("application/xml")) ||
			str_starts(mime, S("application/javascript")) ||
			str_starts(mime, S("image/svg+xml")));
}

size_t gzip_room(size_t n) { return libdeflate_gzip_compress_bound(NULL, n); }

size_t gzip_into(str s, int level, char *out, size_t room)
{
	size_t n = libdeflate_gzip_compress(packer_of(level), s.p, s.n, out, room);
	return n < s.n ? n : 0;
}
