/* SPDX-License-Identifier: Apache-2.0 */
/* test_site.h - what the tests of this folder stand on: a request without a server, the answer it
 * got, and HTML that can be compared. test_site.c takes the place of the façade's functions that
 * read a request and answer it; assets have their plain names. */
#pragma once
#include "http/req.h"
#include "view/component.h"
#include "view/page.h"

/* GET of a path with a query and cookies, at 14:30 on 2026-11-23. */
struct req *test_request(struct arena *a, enum language l, str path, str query);
void test_cookie(struct req *r, str name, str value);

/* The last answer. */
extern int test_status;
extern str test_body, test_redirect;
/* The value of whatever field of a form is asked for. */
extern str test_posted;
/* Where the next request says it comes from. */
extern str test_referer;

/* White space that no browser shows is dropped and icons become "[name]", so that markup can be
 * compared and read. */
str test_flat(struct arena *a, str markup);
#define CHECK_MARKUP(o, expected) CHECK_STR(test_flat((o)->a, out_html(o).safe), expected)
#define CHECK_HAS(text, part) \
	tap_check(str_has((text), (part)), __FILE__, __LINE__, #text " has " #part)
#define CHECK_LACKS(text, part) \
	tap_check(!str_has((text), (part)), __FILE__, __LINE__, #text " lacks " #part)
