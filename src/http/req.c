/* SPDX-License-Identifier: Apache-2.0 */
#include "core/fold.h"
#include "http/csrf.h"
#include "http/exchange.h"

static const struct field *NULLABLE find_field(
	const struct field *fields, size_t n, str name, size_t skip)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(fields[i].name, name) && skip-- == 0)
			return &fields[i];
	return NULL;
}

/* A name that is read as one value and came with two is a request that two readers understand in
 * two ways. No handler has to look: nothing is written for it from here on, and whatever the
 * handler answers, it becomes a 400 (handle.c). */
static str single(const struct req *r, const struct field *fields, size_t n, str name)
{
	const struct field *first = find_field(fields, n, name, 0);
	if (!first)
		return S("");
	for (const struct field *f = first + 1; r->exchange && f < fields + n; f++)
		if (str_eq(f->name, name) && !str_eq(f->value, first->value)) {
			arena_spoil(r->arena,
				FAIL(r->arena, BAD_REQUEST, "a single field with two values"));
			break;
		}
	return first->value;
}

str req_param(const struct req *r, str name)
{
	for (int i = 0; i < r->match.n_params; i++) {
		str value;
		if (str_eq(r->match.names[i], name) &&
			!url_decode(r->arena, r->match.values[i], false, &value))
			return value;
	}
	return S("");
}

str req_query(const struct req *r, str name)
{
	return single(r, r->queries.items, r->queries.n, name);
}

str req_field(const struct req *r, str name)
{
	return single(r, r->fields.items, r->fields.n, name);
}

bool req_has_field(const struct req *r, str name)
{
	return find_field(r->fields.items, r->fields.n, name, 0) != NULL;
}

err req_text(const struct req *r, str name, size_t most, str *ret, size_t *ret_over)
{
	str clean;
	TRY(text_clean(r->arena, req_field(r, name), &clean));
	*ret = str_trim(clean);
	size_t n = str_length(*ret);
	*ret_over = n > most ? n - most : 0;
	return NULL;
}

bool req_field_at(const struct req *r, str name, size_t i, str *ret)
{
	const struct field *f = find_field(r->fields.items, r->fields.n, name, i);
	if (f)
		*ret = f->value;
	return f != NULL;
}

int64_t req_query_int(const struct req *r, str name, int64_t least, int64_t most, int64_t fallback)
{
	int64_t value = fallback;
	(void)str_to_int(req_query(r, name), least, most, &value);
	return value;
}

str req_cookie(const struct req *r, str name)
{
	bool plain = !r->secure && r->server->config.plain_cookies;
	str full = plain ? name : arena_printf(r->arena, "__Host-" STR_FMT, STR_ARG(name));
	const struct field *f = find_field(r->cookies.items, r->cookies.n, full, 0);
	return f ? f->value : S("");
}

str req_header(const struct req *r, const char *name)
{
	return header_value(r->exchange->headers, r->exchange->n_headers, str_from(name));
}

const struct upload *NULLABLE req_upload(const struct req *r, str field, size_t i)
{
	for (size_t u = 0; u < r->uploads.n; u++)
		if (str_eq(r->uploads.items[u].field, field) && i-- == 0)
			return &r->uploads.items[u];
	return NULL;
}

str req_csrf(struct req *r)
{
	struct exchange *x = r->exchange;
	if (x->visitor.n == 0) {
		x->visitor = req_cookie(r, S(VISITOR_COOKIE));
		x->visitor_is_new = !visitor_valid(x->visitor);
		if (x->visitor_is_new)
			x->visitor = visitor_new(r->arena);
	}
	x->token_used = true;
	return csrf_token(r->arena, x->server->config.key, x->visitor);
}

str req_origin(const struct req *r)
{
	return arena_printf(
		r->arena, "%s://" STR_FMT, r->exchange->https ? "https" : "http", STR_ARG(r->host));
}
