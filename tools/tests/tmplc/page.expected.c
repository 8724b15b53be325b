/* Made by tmplc from page.html. */
#include "page.h"
#include "view/out.h"
#include "test_page.h"

void page_html(struct out *o, const struct test_page *m)
{
	(void)m;
	put_raw(o,
		"<!doctype html>\n"
		"<html lang=\"", 28);
#line 3 "page.html"
	PUT_ATTR(o, m->language);
	put_raw(o,
		"\">\n"
		"<head>\n"
		"<title>", 17);
	put_tr(o, "Trang chủ", 11);
	put_raw(o, " – ", 5);
#line 5 "page.html"
	PUT_TEXT(o, m->site);
	put_raw(o,
		"</title>\n"
		"<link rel=\"stylesheet\" href=\"/a/portal.css\">\n"
		"<script src=\"/a/menu.js\" defer></script>\n"
		"</head>\n"
		"<!-- static -->\n"
		"<body>\n", 126);
#line 15 "page.html"
	crumbs(o);
	put_raw(o, "<ul>\n", 5);
#line 17 "page.html"
	{ __auto_type list1_ = m->steps;
	for (size_t i1_ = 0; i1_ < list1_.n; i1_++) {
		__attribute__((unused)) __auto_type step = &list1_.items[i1_];
		__attribute__((unused)) size_t step_index = i1_;
		put_raw(o, "<li", 3);
#line 18 "page.html"
		if (step->now) {
			put_raw(o, " aria-current=\"page\"", 20);
		}
		put_raw(o, " class=\"s", 9);
#line 18 "page.html"
		if (step_index == 0) {
			put_raw(o, " first", 6);
#line 19 "page.html"
		} else if (step_index == 1) {
			put_raw(o, " second", 7);
#line 19 "page.html"
		} else {
			put_raw(o, " later", 6);
		}
		put_raw(o,
		"\">\n"
		"<a href=\"", 12);
		put_prefix(o);
		put_raw(o, "/thu-tuc/", 9);
#line 20 "page.html"
		PUT_URL(o, step->code);
		put_raw(o, "?a=1\" title=\"", 13);
		put_tr(o, "Xem", 3);
		put_raw(o, " ", 1);
#line 20 "page.html"
		PUT_ATTR(o, step->name);
		put_raw(o, "\">", 2);
#line 20 "page.html"
		PUT_TEXT(o, step->name);
		put_raw(o,
		"</a>\n"
		"<a href=\"", 14);
#line 21 "page.html"
		PUT_URL(o, step->code);
		put_raw(o, "\">", 2);
		put_tr(o, "Xem thêm", 9);
		put_raw(o, "</a> <a href=", 13);
		put_prefix(o);
		put_raw(o,
		"/bare>x</a> <a href='//other.vn'>y</a>\n"
		"<a href=\"", 48);
#line 23 "page.html"
		if (step->now) {
			put_prefix(o);
			put_raw(o, "/now", 4);
#line 23 "page.html"
		} else {
#line 23 "page.html"
			PUT_URL(o, step->code);
		}
		put_raw(o, "\">z</a>\n", 8);
#line 24 "page.html"
		{ __auto_type list2_ = m->steps;
		for (size_t i2_ = 0; i2_ < list2_.n; i2_++) {
			__attribute__((unused)) __auto_type k = &list2_.items[i2_];
			__attribute__((unused)) size_t k_index = i2_;
#line 24 "page.html"
			PUT_TEXT(o, k_index);
#line 24 "page.html"
			if (k == step) {
				put_raw(o, "!", 1);
			}
			put_raw(o, " ", 1);
		} }
		put_raw(o,
		"\n"
		"</li>\n", 7);
	} }
	put_raw(o,
		"</ul>\n"
		"<form METHOD=\"Post\" action=\"", 34);
	put_prefix(o);
	put_raw(o, "/nop\">", 6);
	put_csrf(o);
	put_raw(o, "<input name=x ", 14);
#line 28 "page.html"
	if (m->late) {
		put_raw(o, "disabled", 8);
	}
	put_raw(o,
		" value=\"  a  \"></form>\n"
		"<form action=\"", 37);
	put_prefix(o);
	put_raw(o,
		"/tim\" method=get></form>\n"
		"<textarea>\n"
		"  ", 38);
#line 31 "page.html"
	PUT_TEXT(o, S("}}"));
	put_raw(o, "\n", 1);
#line 32 "page.html"
	if (m->late) {
		put_raw(o,
		"\n"
		"   ", 4);
		put_tr(o, "Trễ hạn", 11);
		put_raw(o, "\n", 1);
	}
	put_raw(o,
		"\n"
		"\n"
		"</textarea>\n", 14);
#line 37 "page.html"
	note(o, "a(b)", 'c');
	put_raw(o,
		"<svg><use href=\"/a/icons.svg#x\"/></svg><br/>\n"
		"</body>\n"
		"</html>", 60);
}
