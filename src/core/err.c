/* SPDX-License-Identifier: Apache-2.0 */
#include "core/core.h"

static const struct {
	const char *name;
	int status;
} kinds[] = {
#define X(name_, status_) [ERR_##name_] = { #name_, status_ },
	ERR_KINDS(X)
#undef X
};

err err_make(
	struct arena *a, enum err_kind kind, const char *file, int line, const char *format, ...)
{
	struct err_info *e = arena_make(a, struct err_info);
	va_list args;

	va_start(args, format);
	*e = (struct err_info){
		.kind = kind,
		.detail = arena_vprintf(a, format, args),
		.file = file,
		.line = line,
	};
	va_end(args);
	return e;
}

int err_status(err e) { return e ? kinds[e->kind].status : 200; }

const char *err_name(err e) { return e ? kinds[e->kind].name : "OK"; }
