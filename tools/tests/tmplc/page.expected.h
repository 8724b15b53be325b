/* Made by tmplc from page.html. */
#pragma once

struct out;
struct test_page;
void page_html(struct out *o, const struct test_page *m);
