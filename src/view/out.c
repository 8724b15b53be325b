/* SPDX-License-Identifier: Apache-2.0 */
#include "view/out.h"

#include "http/req.h"

/* One table serves text and attribute values: what is dangerous in either is escaped in both, so
 * no value becomes unsafe by moving from one place to the other. */
static const str entities[256] = {
	['&'] = S("&amp;"),
	['<'] = S("&lt;"),
	['>'] = S("&gt;"),
	['"'] = S("&#34;"),
	['\''] = S("&#39;"),
};

struct out out_in(struct arena *a, enum language language, struct req *NULLABLE r)
{
	struct buf *b = arena_make(a, struct buf);

	*b = buf_in(a, LIMIT_PAGE);
	return (struct out){ .b = b, .a = a, .language = language, .r = r };
}

/* Stands for the content of a page that did not fit: what it is put into does not fit either, so
 * half a page is never sent. With text of its own: a compiler may give an empty one the address of
 * any other. */
static const char too_long[] = "a page that did not fit";

html out_html(const struct out *o)
{
	return (html){ o->b->overflow ? (str){ too_long, 0 } : buf_str(o->b) };
}

void put_raw(struct out *o, const char *p, size_t n) { buf_add(o->b, (str){ p, n }); }

/* Copies the runs between special bytes whole: most text has none. */
static void put_escaped(struct out *o, str s)
{
	size_t run = 0;

	for (size_t i = 0; i < s.n; i++) {
		str entity = entities[(unsigned char)s.p[i]];
		if (!entity.n)
			continue;
		buf_add(o->b, str_part(s, run, i - run));
		buf_add(o->b, entity);
		run = i + 1;
	}
	buf_add(o->b, str_from_at(s, run));
}

void put_tr(struct out *o, const char *p, size_t n)
{
	put_escaped(o, tr(o->language, (str){ p, n }));
}

void put_prefix(struct out *o) { buf_add(o->b, language_info(o->language)->prefix); }

void put_csrf(struct out *o)
{
	/* A form without its token would only be refused later, where nobody sees why. */
	assert(o->r);
	buf_add(o->b, S("<input type=\"hidden\" name=\"csrf\" value=\""));
	put_escaped(o, req_csrf(o->r));
	buf_add(o->b, S("\">"));
}

void put_text_str(struct out *o, str s) { put_escaped(o, s); }
void put_text_html(struct out *o, html h)
{
	if (h.safe.p == too_long)
		o->b->overflow = true;
	buf_add(o->b, h.safe);
}

void put_number(struct out *o, int64_t n) { buf_int(o->b, n); }
void put_attr_str(struct out *o, str s) { put_escaped(o, s); }
void put_url_url(struct out *o, url u) { put_escaped(o, u.safe); }
