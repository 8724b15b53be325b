/* SPDX-License-Identifier: Apache-2.0 */
/* viewing.h - one page on its way to the browser: for form_view.c and view_inputs.c alone. */
#pragma once
#include "forms/parts.h"

struct viewing {
	struct out *o;
	const struct form_source *source;
	const struct form_showing *showing;
	const struct form_page *page;
	const struct answers *answers;
	const field_errors *errors;
};

/* The input of one field, made of the components of view/. */
MUST_USE err view_input(struct viewing *x, const struct form_field *f);
