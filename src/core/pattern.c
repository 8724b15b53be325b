/* SPDX-License-Identifier: Apache-2.0 */
#include "core/pattern.h"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

struct pattern {
	URegularExpression *expression;
};

static void release(void *expression) { uregex_close(expression); }

err pattern_compile(struct arena *a, str expression, const struct pattern **ret)
{
	UChar *text = arena_array(a, UChar, expression.n + 1);
	UErrorCode status = U_ZERO_ERROR;
	UParseError at = { 0 };
	int32_t n = 0;

	if (expression.n > LIMIT_PATTERN)
		return FAIL(a, INVALID, "longer than %d bytes", LIMIT_PATTERN);
	u_strFromUTF8(
		text, (int32_t)expression.n + 1, &n, expression.p, (int32_t)expression.n, &status);
	struct pattern *p = arena_make(a, struct pattern);
	p->expression = uregex_open(text, n, 0, &at, &status);
	if (U_FAILURE(status))
		return FAIL(a, INVALID, "no regular expression (at %d)", (int)at.offset);
	arena_defer(a, release, p->expression);
	*ret = p;
	return NULL;
}

bool pattern_matches(const struct pattern *p, str text)
{
	ARENA a = arena_new();
	UChar *wide = arena_array(a, UChar, text.n + 1);
	UErrorCode status = U_ZERO_ERROR;
	int32_t n = 0;

	u_strFromUTF8(wide, (int32_t)text.n + 1, &n, text.p, (int32_t)text.n, &status);
	/* One expression is not for two threads; a clone does not take its limits with it. */
	URegularExpression *own = uregex_clone(p->expression, &status);
	if (U_FAILURE(status))
		return false;
	/* In steps of some ten thousand operations each, as ICU counts. */
	uregex_setTimeLimit(own, LIMIT_PATTERN_STEPS, &status);
	uregex_setStackLimit(own, LIMIT_PATTERN_STACK, &status);
	uregex_setText(own, wide, n, &status);
	bool fits = uregex_matches(own, 0, &status);
	uregex_close(own);
	return U_SUCCESS(status) && fits;
}
