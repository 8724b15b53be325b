/* SPDX-License-Identifier: Apache-2.0 */
/* Makes the response of what a handler wrote down: security headers, language, compression,
 * caching. On a worker, so that the loop only sends. */
#include "http/csrf.h"
#include "http/exchange.h"

#define KEPT_WITH_QUERY (LIMIT_HTTP_CACHE / 64) /* bytes */

static struct MHD_Response *bytes_response(str body)
{
	/* A copy of the exact size: the arena with all that it was made from ends before it. */
	struct MHD_Response *response =
		MHD_create_response_from_buffer(body.n, (void *)body.p, MHD_RESPMEM_MUST_COPY);
	if (!response)
		abort();
	return response;
}

static const char *language_of(const struct exchange *x)
{
	return x->server->config.languages[x->r.language];
}

static struct MHD_Response *text_response(struct exchange *x)
{
	struct arena *a = x->r.arena;
	struct reply *reply = &x->reply;
	str body = reply->body;
	bool packed = false;
	bool pays = gzip_pays(reply->mime, body.n);
	if (pays && accepts_gzip(header_value(x->headers, x->n_headers, S("Accept-Encoding")))) {
		size_t room = gzip_room(body.n);
		char *bytes = arena_bytes(a, room, 1);
		size_t n = gzip_into(body, 1, bytes, room);
		packed = n > 0;
		if (packed)
			body = (str){ bytes, n };
	}
	struct MHD_Response *response = bytes_response(body);
	add_security_headers(response, CSP_PAGE, x->https);
	add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, str_z(a, reply->mime));
	add_header(response, MHD_HTTP_HEADER_CONTENT_LANGUAGE, language_of(x));
	add_header(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding, Cookie");
	if (packed)
		add_header(response, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	return response;
}

/* Letters that an address cannot hold are escaped; what is escaped already stays. */
static str escape(struct arena *a, str s, const char *kept)
{
	struct buf out = buf_in(a, 3 * s.n);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		bool letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (letter || (c && strchr(kept, c)))
			buf_char(&out, s.p[i]);
		else
			buf_printf(&out, "%%%02X", c);
	}
	return buf_str(&out);
}

static struct MHD_Response *redirect_response(struct exchange *x)
{
	struct arena *a = x->r.arena;
	str path = escape(a, x->reply.body, "-._~!$&'()*+,;=:@/?%#");
	str prefix = x->r.language ? arena_printf(a, "/%s", language_of(x)) : S("");
	if (prefix.n > 0 && str_eq(path, S("/")))
		path = S("");
	struct MHD_Response *response = bytes_response(S(""));
	add_security_headers(response, CSP_PAGE, x->https);
	str location = arena_printf(a, STR_FMT STR_FMT, STR_ARG(prefix), STR_ARG(path));
	add_header(response, MHD_HTTP_HEADER_LOCATION, str_z(a, location));
	return response;
}

/* Both forms of RFC 6266: ASCII for the old, UTF-8 for the rest. */
static str disposition(struct arena *a, str file_name, bool inline_ok)
{
	struct buf plain = buf_in(a, file_name.n);
	for (size_t i = 0; i < file_name.n; i++) {
		unsigned char c = (unsigned char)file_name.p[i];
		if ((c & 0xc0) == 0x80)
			continue; /* one mark a letter, not a byte */
		buf_char(&plain, c < 0x20 || c > 0x7e || strchr("\"\\/%;", c) ? '_' : (char)c);
	}
	str encoded = escape(a, file_name, "-._~!$&+");
	return arena_printf(a, "%s; filename=\"" STR_FMT "\"; filename*=UTF-8''" STR_FMT,
		inline_ok ? "inline" : "attachment", STR_ARG(buf_str(&plain)), STR_ARG(encoded));
}

static struct MHD_Response *file_response(struct exchange *x)
{
	struct arena *a = x->r.arena;
	struct reply *reply = &x->reply;
	struct MHD_Response *response;
	if (reply->kind == REPLY_FILE) {
		response = MHD_create_response_from_fd64((uint64_t)reply->size, reply->fd);
		if (!response)
			abort();
		reply->fd = -1; /* closed with the response */
	} else {
		response = bytes_response(reply->body);
	}
	/* Browsers do not start their PDF viewer in a sandbox, and what people have sent stays in
	 * one: it is downloaded. What the program itself has drawn may be shown. */
	bool pdf = str_eq(reply->mime, S("application/pdf")), ours = reply->kind == REPLY_BYTES;
	bool shown = reply->inline_ok && (ours || !pdf);
	add_security_headers(response, pdf && shown ? CSP_DOCUMENT : CSP_FILE, x->https);
	add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, str_z(a, reply->mime));
	add_header(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION,
		str_z(a, disposition(a, reply->file_name, shown)));
	return response;
}

/* A page of a cached route is kept when it is the same for everybody. Not what is large under an
 * address with a query: whoever counts up a word in it would have all else thrown out. */
static bool keep(struct exchange *x)
{
	const struct req *r = &x->r;
	const struct reply *reply = &x->reply;
	struct server *s = x->server;
	if (!r->route || !r->route->cached || !x->anonymous || x->failed || x->token_used ||
		reply->kind != REPLY_TEXT || reply->status != MHD_HTTP_OK || reply->cookies.n > 0 ||
		reply->headers.n > 0 || (r->query.n && reply->body.n > KEPT_WITH_QUERY))
		return false;
	x->page = prebuilt_new(&(struct prebuilt_spec){ .status = reply->status,
		.mime = reply->mime,
		.body = reply->body,
		.etag = true,
		.https = x->https,
		.language = language_of(x) });
	struct cache_key key = { .https = x->https,
		.language = r->language,
		.host = r->host,
		.path = r->path,
		.query = r->query };
	instant fresh = r->route->fresh * INSTANT_SECOND;
	cache_put(s->cache, &key, x->version, fresh ? instant_monotonic() + fresh : 0, x->page);
	return true;
}

static void add_cookies(struct exchange *x)
{
	struct arena *a = x->r.arena;
	if (x->token_used && x->visitor_is_new)
		reply_cookie(&x->r, S(VISITOR_COOKIE), x->visitor, 0);
	for (size_t i = 0; i < x->reply.cookies.n; i++)
		add_header(x->response, MHD_HTTP_HEADER_SET_COOKIE,
			str_z(a, x->reply.cookies.items[i].value));
}

void respond(struct exchange *x, bool close)
{
	struct arena *a = x->r.arena;
	if (keep(x))
		return;
	switch (x->reply.kind) {
	case REPLY_REDIRECT: x->response = redirect_response(x); break;
	case REPLY_FILE:
	case REPLY_BYTES: x->response = file_response(x); break;
	case REPLY_TEXT:
	case REPLY_NONE: x->response = text_response(x); break;
	}
	add_header(x->response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	add_cookies(x);
	for (size_t i = 0; i < x->reply.headers.n; i++)
		add_header(x->response, str_z(a, x->reply.headers.items[i].name),
			str_z(a, x->reply.headers.items[i].value));
	if (close || atomic_load(&x->server->stopping))
		add_header(x->response, MHD_HTTP_HEADER_CONNECTION, "close");
}
