/* SPDX-License-Identifier: Apache-2.0 */
/* err.h - an error is a pointer, NULL is success. It says what kind of end this is (and so the
 * HTTP status and the sentence a person reads) and, for the log only, where and why.
 *
 * Three families, never mixed: bad input of a form is a list of field messages (forms/), an err
 * means this request cannot go on, an assert means our own bug. */
#pragma once
#include "core/arena.h"

/* name, HTTP status */
#define ERR_KINDS(X)            \
	X(BAD_REQUEST, 400)     \
	X(UNAUTHENTICATED, 401) \
	X(FORBIDDEN, 403)       \
	X(NOT_FOUND, 404)       \
	X(NOT_ALLOWED, 405)     \
	X(CONFLICT, 409)        \
	X(TOO_LARGE, 413)       \
	X(INVALID, 422)         \
	X(TOO_MANY, 429)        \
	X(INTERNAL, 500)        \
	X(UNAVAILABLE, 503)

enum err_kind {
#define X(name, status) ERR_##name,
	ERR_KINDS(X)
#undef X
};

struct err_info {
	enum err_kind kind;
	str detail; /* for the log; never shown to a stranger, no personal data */
	const char *file;
	int line;
};
typedef const struct err_info *err;

err err_make(struct arena *a, enum err_kind kind, const char *file, int line, const char *format,
	...) PRINTF(5, 6);
/* HTTP status of an error; 200 for none. */
int err_status(err e);
/* "NOT_FOUND" and so on; "OK" for none. */
const char *err_name(err e);

/* What err_make gives is never NULL: said so that checkers know which way a caller goes. */
static inline err err_given(err e)
{
	if (!e)
		__builtin_unreachable();
	return e;
}

#define FAIL(a, kind, ...) err_given(err_make((a), ERR_##kind, __FILE__, __LINE__, __VA_ARGS__))
#define TRY(call)                    \
	do {                         \
		err err_ = (call);   \
		if (err_)            \
			return err_; \
	} while (0)
