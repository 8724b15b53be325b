/* SPDX-License-Identifier: Apache-2.0 */
#include "http/opening.h"

/* A body up to this size is read to its end even when the answer is already known: a client that
 * is cut off while it sends often shows a broken connection instead of the answer. */
#define POLITE_MOST (1 * MIB)

str opening_header(const struct opening *o, str name)
{
	return header_value(o->headers, o->n_headers, name);
}

static enum MHD_Result collect(void *cls, enum MHD_ValueKind kind, const char *name, size_t n_name,
	const char *value, size_t n_value)
{
	struct opening *o = cls;
	(void)kind;
	o->too_many = o->n_headers == HEADERS_MOST;
	if (o->too_many)
		return MHD_NO;
	o->headers[o->n_headers++] =
		(struct raw_header){ { name, n_name }, { value ? value : "", n_value } };
	return MHD_YES;
}

static void read_framing(struct opening *o)
{
	str length = opening_header(o, S("Content-Length"));
	o->length = 0;
	if (opening_header(o, S("Transfer-Encoding")).n > 0)
		o->length = -1;
	else if (length.n > 0)
		(void)str_to_int(length, 0, INT64_MAX, &o->length);
	o->polite = o->length >= 0 && o->length <= POLITE_MOST &&
		    opening_header(o, S("Expect")).n == 0;
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
	str address = opening_header(o, name), before;
	while (str_cut(address, ',', &before, &address))
		;
	address = str_trim(address);
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

bool opening_read(struct opening *o, struct connection *c, const char *method, const char *version,
	enum refusal *ret_why)
{
	o->c = c;
	o->server = c->loop->server;
	o->http_1_1 = strcmp(version, MHD_HTTP_VERSION_1_1) == 0;
	o->n_headers = 0;
	o->too_many = o->https = false;
	o->target = (struct target){ .authority = S(""), .path = S("/"), .query = S("") };
	MHD_get_connection_values_n(c->mhd, MHD_HEADER_KIND, collect, o);
	read_method(o, method);
	read_framing(o);
	read_client(o);
	o->host = opening_header(o, S("Host"));
	o->loopback = is_loopback_host(o->host);

	*ret_why = REFUSE_MALFORMED;
	if (o->too_many || guard_reason(o->headers, o->n_headers, o->http_1_1))
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
