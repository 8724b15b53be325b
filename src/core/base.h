/* SPDX-License-Identifier: Apache-2.0 */
/* base.h - the few words of C that every file of the house uses. */
#pragma once
#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
#define CLEANUP(done) __attribute__((cleanup(done)))
#define UNUSED __attribute__((unused))

/* A pointer may be NULL only where its declaration says so. clang checks it, gcc documents it. */
#if defined(__clang__)
#define NULLABLE _Nullable
#else
#define NULLABLE
#endif

/* Number of elements of an array. */
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A borrowed run of things; templates loop over it with {% for x in list %}. */
#define LIST(type)           \
	struct {             \
		type *items; \
		size_t n;    \
	}

/* An integer that may be absent: a row that has no due date, a number nobody gave. */
struct opt_int {
	bool set;
	int64_t value;
};
