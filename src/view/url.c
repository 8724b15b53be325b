/* SPDX-License-Identifier: Apache-2.0 */
#include "view/url.h"

#include "http/asset.h"
#include "http/parse.h"

static bool is_unreserved(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '.' || c == '_' || c == '~';
}

/* What a path may hold beside unreserved characters, '%' of pieces already encoded included. */
static bool is_path(unsigned char c)
{
	return is_unreserved(c) || (c && strchr("/%!$&()*+,;=:@", c));
}

static void encode(struct buf *b, str s, bool (*stays)(unsigned char))
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (stays(c)) {
			buf_char(b, (char)c);
			continue;
		}
		buf_char(b, '%');
		buf_char(b, hex[c >> 4]);
		buf_char(b, hex[c & 15]);
	}
}

void url_encode(struct buf *b, str s) { encode(b, s, is_unreserved); }

void put_url_str(struct out *o, str s) { url_encode(o->b, s); }

static struct buf begin(struct out *o)
{
	struct buf b = buf_in(o->a, LIMIT_HTTP_FIELD);

	buf_add(&b, language_info(o->language)->prefix);
	return b;
}

url url_to(struct out *o, const char *pattern, const str *args, size_t n)
{
	struct buf b = begin(o);
	str rest = str_from(pattern);
	size_t used = 0;

	assert(str_starts(rest, S("/")) && !str_starts(rest, S("//")));
	for (size_t at; (at = str_find(rest, S("{}"))) < rest.n; used++) {
		assert(used < n);
		buf_add(&b, str_part(rest, 0, at));
		url_encode(&b, args[used]);
		rest = str_from_at(rest, at + 2);
	}
	assert(used == n);
	buf_add(&b, rest);
	return (url){ buf_str(&b) };
}

url url_within(struct out *o, str path)
{
	struct buf b = begin(o);

	if (str_starts(path, S("/")) && !str_starts(path, S("//")))
		encode(&b, path, is_path);
	else
		buf_char(&b, '/');
	return (url){ buf_str(&b) };
}

static void add_pair(struct buf *b, char *mark, str name, str value)
{
	buf_char(b, *mark);
	url_encode(b, name);
	buf_char(b, '=');
	url_encode(b, value);
	*mark = '&';
}

url url_with(struct out *o, str path, str query, str name, str value)
{
	struct buf b = begin(o);
	struct field *fields = NULL;
	size_t n = 0;
	char mark = '?';

	/* "//host" would lead to another site. */
	while (str_starts(path, S("//")))
		path = str_from_at(path, 1);
	encode(&b, str_starts(path, S("/")) ? path : S("/"), is_path);
	if (pairs_parse(o->a, query, &fields, &n))
		n = 0;
	for (size_t i = 0; i < n; i++)
		if (!str_eq(fields[i].name, name) && fields[i].value.n)
			add_pair(&b, &mark, fields[i].name, fields[i].value);
	if (value.n)
		add_pair(&b, &mark, name, value);
	return (url){ buf_str(&b) };
}

url url_asset(struct out *o, const char *name)
{
	str file, fragment;

	if (!str_cut(str_from(name), '#', &file, &fragment))
		return (url){ asset_path(file) };
	return (url){ arena_printf(
		o->a, STR_FMT "#" STR_FMT, STR_ARG(asset_path(file)), STR_ARG(fragment)) };
}
