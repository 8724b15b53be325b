/* SPDX-License-Identifier: Apache-2.0 */
#include "view/test_site.h"

#include "http/asset.h"
#include "http/parse.h"
#include "http/reply.h"

int test_status;
str test_body, test_redirect, test_referer = S("");

struct req *test_request(struct arena *a, enum language l, str path, str query)
{
	struct req *r = arena_make(a, struct req);

	*r = (struct req){
		.arena = a,
		.now = instant_at(day_from(2026, 11, 23), 14 * 3600 + 30 * 60),
		.id = S("7f3a19c2"),
		.method = S("GET"),
		.path = path,
		.query = query,
		.language = (int)l,
	};
	if (pairs_parse(a, query, &r->queries.items, &r->queries.n))
		r->queries.n = 0;
	test_status = 0;
	test_body = test_redirect = S("");
	return r;
}

void test_cookie(struct req *r, str name, str value)
{
	struct field *cookie = arena_make(r->arena, struct field);

	*cookie = (struct field){ name, value };
	r->cookies.items = cookie;
	r->cookies.n = 1;
}

static bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }

/* Each icon becomes its name in brackets. */
static str with_short_icons(struct arena *a, str markup)
{
	str begin = S("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"/a/icons.svg#");
	struct buf b = buf_in(a, LIMIT_PAGE);
	size_t at;

	while ((at = str_find(markup, begin)) < markup.n) {
		buf_add(&b, str_part(markup, 0, at));
		markup = str_from_at(markup, at + begin.n);
		at = str_find(markup, S("\"/></svg>"));
		buf_printf(&b, "[" STR_FMT "]", STR_ARG(str_part(markup, 0, at)));
		markup = str_from_at(markup, at + strlen("\"/></svg>"));
	}
	buf_add(&b, markup);
	return buf_str(&b);
}

str test_flat(struct arena *a, str markup)
{
	struct buf b = buf_in(a, LIMIT_PAGE);

	markup = with_short_icons(a, markup);
	for (size_t i = 0; i < markup.n; i++) {
		char c = markup.p[i], last = b.n ? b.p[b.n - 1] : '>';
		size_t next = i;
		while (next < markup.n && is_space(markup.p[next]))
			next++;
		bool shown = next < markup.n && markup.p[next] != '>' &&
			!(last == '>' && markup.p[next] == '<');
		if (!is_space(c))
			buf_char(&b, c);
		else if (last != ' ' && shown)
			buf_char(&b, ' ');
	}
	return buf_str(&b);
}

/* --- in place of the façade ----------------------------------------------- */
str asset_path(str name)
{
	static char path[64];
	int n = snprintf(path, sizeof path, "/a/" STR_FMT, STR_ARG(name));

	return (str){ path, (size_t)n };
}

str req_csrf(struct req *r) { return S("token"); }

str req_origin(const struct req *r) { return S("https://h99.example.vn"); }

str req_header(const struct req *r, const char *name)
{
	return strcmp(name, "Referer") == 0 ? test_referer : S("");
}

static str value_of(const struct field *fields, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(fields[i].name, name))
			return fields[i].value;
	return S("");
}

str req_cookie(const struct req *r, str name)
{
	return value_of(r->cookies.items, r->cookies.n, name);
}

/* What was posted is that of the test. */
str test_posted;
str req_field(const struct req *r, str name) { return test_posted; }

int64_t req_query_int(const struct req *r, str name, int64_t least, int64_t most, int64_t fallback)
{
	int64_t value = fallback;

	(void)str_to_int(value_of(r->queries.items, r->queries.n, name), least, most, &value);
	return value;
}

err reply_html(struct req *r, int status, str body)
{
	test_status = status;
	test_body = body;
	return NULL;
}

err reply_redirect(struct req *r, str path)
{
	test_status = 303;
	test_redirect = path;
	return NULL;
}
