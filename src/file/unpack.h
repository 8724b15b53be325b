/* SPDX-License-Identifier: Apache-2.0 */
/* unpack.h - zlib behind a ceiling: what was packed by a stranger is unpacked only as far as the
 * whole of it stays within LIMIT_UNPACKED and LIMIT_UNPACKED_RATIO. */
#pragma once
#include "core/core.h"

/* What has been unpacked of one file so far. */
struct unpacking {
	int64_t packed, unpacked;
	bool bomb; /* sticky: a ceiling was met */
};
static inline struct unpacking unpacking_begin(void) { return (struct unpacking){ 0 }; }

enum unpack_kind { UNPACK_ZLIB, UNPACK_RAW };
/* All of it in memory. False when it is not what zlib makes, is cut off or is a bomb; *ret has what
 * came out until then. */
bool unpack(struct arena *a, struct unpacking *u, enum unpack_kind kind, str packed, str *ret);
/* The first n bytes that come out of what may be zlib's; false when it is not. */
bool unpack_begin(struct arena *a, str packed, size_t n, str *ret);
/* Only looks: how many bytes come out, and their CRC-32. */
bool unpack_check(
	struct unpacking *u, enum unpack_kind kind, str packed, int64_t *ret_n, uint32_t *ret_crc);
