/* SPDX-License-Identifier: Apache-2.0 */
/* sha256.h - SHA-256 of a whole byte string (FIPS 180-4), for the names of embedded assets. */
#pragma once
#include <stddef.h>

void sha256(const unsigned char *p, size_t n, unsigned char digest[static 32]);
