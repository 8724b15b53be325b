/* SPDX-License-Identifier: Apache-2.0 */
/* test_page.h - the page that page.html shows. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct test_step {
	const char *code, *name;
	bool now;
};
struct test_page {
	const char *language, *site;
	bool late;
	struct {
		const struct test_step *items;
		size_t n;
	} steps;
};
