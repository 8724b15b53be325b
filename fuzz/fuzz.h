/* SPDX-License-Identifier: Apache-2.0 */
/* fuzz.h - one function a target: it feeds any bytes to a parser and stops the process when a
 * promise of that parser does not hold. libFuzzer calls it with what it invents; standalone.c with
 * the files of the corpus, in every test run. What once crashed is kept in regression/. */
#pragma once
#include "core/core.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* As assert, but also when assertions are compiled out. */
#define HOLDS(promise)                                                                        \
	do {                                                                                  \
		if (!(promise)) {                                                             \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #promise); \
			abort();                                                              \
		}                                                                             \
	} while (0)
