/* SPDX-License-Identifier: Apache-2.0 */
/* out.h - where a template writes. The C type of a value and the place it stands in choose the
 * escaping; a template cannot ask for anything else. Only view/ makes values of type html. */
#pragma once
#include "core/buf.h"
#include "core/core.h"
#include "view/tr.h"

struct req;

/* Text already made safe for an element's content. */
typedef struct html {
	str safe;
} html;
/* An address already made safe: built by the functions below, never from a stranger's text. */
typedef struct url {
	str safe;
} url;

struct out {
	struct buf *b;
	struct arena *a;
	enum language language;
	struct req *NULLABLE r; /* for the CSRF token; NULL in mails and tests without forms */
};
struct out out_in(struct arena *a, enum language language, struct req *NULLABLE r);
/* What was written, as safe text to put into another template. */
html out_html(const struct out *o);

/* --- what tools/tmplc emits ---------------------------------------------- */
void put_raw(struct out *o, const char *p, size_t n);
/* A message in the page's language, escaped. */
void put_tr(struct out *o, const char *p, size_t n);
/* "/en" on English pages, nothing on those in the language of the source. */
void put_prefix(struct out *o);
/* The hidden field every POST form carries. */
void put_csrf(struct out *o);

void put_text_str(struct out *o, str s);
void put_text_html(struct out *o, html h);
void put_number(struct out *o, int64_t n);
void put_attr_str(struct out *o, str s);
/* As a piece of an address: percent-encoded, so that it stays one piece or one query value. */
void put_url_str(struct out *o, str s);
void put_url_url(struct out *o, url u);

#define PUT_TEXT(o, v)                 \
	_Generic((v), str              \
		 : put_text_str, html  \
		 : put_text_html, int  \
		 : put_number, int64_t \
		 : put_number, size_t  \
		 : put_size)((o), (v))
#define PUT_ATTR(o, v)                 \
	_Generic((v), str              \
		 : put_attr_str, int   \
		 : put_number, int64_t \
		 : put_number, size_t  \
		 : put_size)((o), (v))
#define PUT_URL(o, v)                  \
	_Generic((v), str              \
		 : put_url_str, url    \
		 : put_url_url, int    \
		 : put_number, int64_t \
		 : put_number)((o), (v))
static inline void put_size(struct out *o, size_t n) { put_number(o, (int64_t)n); }

/* --- addresses ----------------------------------------------------------- */
/* Address within this site, in the page's language: URL(o, "/thu-tuc/{}", code) puts each
 * argument percent-encoded where {} stands. */
url url_to(struct out *o, const char *pattern, const str *args, size_t n);
#define URL(o, pattern, ...) \
	url_to((o), (pattern), (const str[]){ __VA_ARGS__ }, COUNT(((const str[]){ __VA_ARGS__ })))
/* A path of this site that was kept as text, without query; anything else leads home. */
url url_within(struct out *o, str path);
/* The same path with one query value replaced; empty value removes it: paging, filters. */
url url_with(struct out *o, str path, str query, str name, str value);
/* An embedded asset, with its hash; "icons.svg#clock" keeps the fragment. */
url url_asset(struct out *o, const char *name);
