/* SPDX-License-Identifier: Apache-2.0 */
#include "http/opening.h"

const char no_cookie[] = "Cookie";

str opening_header(const struct opening *o, str name)
{
	return header_value(o->headers, o->n_headers, name);
}

static str without_end_space(str s)
{
	while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
		s.n--;
	return s;
}

static enum MHD_Result collect(void *cls, enum MHD_ValueKind kind, const char *name, size_t n_name,
	const char *value, size_t n_value)
{
	struct opening *o = cls;
	(void)kind;
	if (name == no_cookie)
		return MHD_YES;
	o->too_many = o->n_headers == LIMIT_HTTP_HEADER_LINES;
	if (o->too_many)
		return MHD_NO;
	o->plain = o->plain && name == o->line_end + 2;
	o->line_end = value + n_value;
	o->headers[o->n_headers++] =
		(struct raw_header){ { name, n_name }, without_end_space((str){ value, n_value }) };
	return MHD_YES;
}

/* libmicrohttpd 0.9.75 takes a bare LF for a line end, joins folded lines, cuts a target or a value
 * at a NUL, and stops reading headers at one without a name: in all of these a proxy in front may
 * have seen another request. It does not say so, but it parses in place, so the lines still lie in
 * its buffer as they came: between two of them there must be exactly CR LF, and together they must
 * be as long as what was received. */
static bool read_headers(
	struct opening *o, const char *url, const char *method, const char *version)
{
	struct connection *c = o->c;
	o->n_headers = 0;
	o->too_many = false;
	o->plain = version == url + c->target_n + 1 && url == method + strlen(method) + 1;
	o->line_end = version + strlen(version);
	MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, collect, o);
	size_t received = MHD_get_connection_info(c->mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
				  ->header_size;
	o->too_long = received > LIMIT_HTTP_HEADERS;
	return !o->too_many && o->plain && (size_t)(o->line_end + 4 - method) == received;
}

static void read_framing(struct opening *o)
{
	str length = opening_header(o, S("Content-Length"));
	o->length = 0;
	if (opening_header(o, S("Transfer-Encoding")).n > 0)
		o->length = -1;
	else if (length.n > 0)
		(void)str_to_int(length, 0, INT64_MAX, &o->length);
	/* Read to its end although the answer is known: a client that is cut off while it sends
	 * often shows a broken connection instead. */
	o->polite = o->length >= 0 && o->length <= LIMIT_HTTP_DRAINED &&
		opening_header(o, S("Expect")).n == 0;
}

static bool is_given_once(const struct opening *o, str name)
{
	size_t n = 0;
	for (size_t i = 0; i < o->n_headers; i++)
		n += str_eq_nocase(o->headers[i].name, name);
	return n <= 1;
}

/* Two of them, and the client may have written the one that is read. */
static bool proxy_is_plain(const struct opening *o)
{
	str name = o->server->config.trusted_proxy;
	return name.n == 0 || (is_given_once(o, name) && is_given_once(o, S("X-Forwarded-Proto")));
}

/* Who is at the other end of the proxy, if there is one. The last address of a list is the one
 * that our own proxy has seen; those before it are hearsay. */
static void read_client(struct opening *o)
{
	o->client = o->c->address;
	o->peer = str_from(o->c->peer);
	str name = o->server->config.trusted_proxy;
	if (name.n == 0)
		return;
	str list = opening_header(o, name);
	const char *comma = list.n > 0 ? memrchr(list.p, ',', list.n) : NULL;
	str address = str_trim(comma ? str_from_at(list, (size_t)(comma + 1 - list.p)) : list);
	if (address_parse(address, &o->client))
		o->peer = address;
	o->https = str_eq_nocase(opening_header(o, S("X-Forwarded-Proto")), S("https"));
}

static bool is_loopback_host(str host)
{
	str name = host, port;
	if (str_starts(host, S("[::1]")))
		return true;
	(void)str_cut(host, ':', &name, &port);
	return str_eq_nocase(name, S("localhost")) || str_eq(name, S("127.0.0.1"));
}

static void read_method(struct opening *o, const char *method)
{
	o->method = str_from(method);
	o->head = str_eq(o->method, S("HEAD"));
	o->get = o->head || str_eq(o->method, S("GET"));
	o->post = str_eq(o->method, S("POST"));
}

bool opening_read(struct opening *o, struct connection *c, const char *url, const char *method,
	const char *version, enum refusal *ret_why)
{
	o->c = c;
	o->server = c->loop->server;
	o->http_1_1 = strcmp(version, MHD_HTTP_VERSION_1_1) == 0;
	o->https = false;
	o->target = (struct target){ .authority = S(""), .path = S("/"), .query = S("") };
	bool plain = read_headers(o, url, method, version);
	read_method(o, method);
	read_framing(o);
	read_client(o);
	o->host = opening_header(o, S("Host"));
	o->loopback = is_loopback_host(o->host);

	*ret_why = REFUSE_LONG_HEADERS;
	if (o->too_long)
		return false;
	*ret_why = REFUSE_MALFORMED;
	if (!plain || guard_reason(o->headers, o->n_headers, o->http_1_1) || !proxy_is_plain(o))
		return false;
	if (!o->http_1_1 && strcmp(version, MHD_HTTP_VERSION_1_0) != 0)
		return false;
	/* A body that no handler reads is the start of a smuggled request. */
	if (!o->post && o->length != 0)
		return false;
	if (c->target_n > LIMIT_HTTP_TARGET) {
		*ret_why = REFUSE_LONG_TARGET;
		return false;
	}
	str target = { c->target, c->target_n };
	return target_parse(target, o->server->config.languages, &o->target) &&
		(o->target.authority.n == 0 || str_eq_nocase(o->target.authority, o->host));
}
