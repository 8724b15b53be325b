/* SPDX-License-Identifier: Apache-2.0 */
/* What a worker does with a request: decode, check where it comes from, ask whether the caller may,
 * run the handler, build the answer. An err takes one way out: the error page. */
#include "http/csrf.h"
#include "http/exchange.h"

static err read_request(struct exchange *x)
{
	struct req *r = &x->r;
	str decoded, cookies = header_value(x->headers, x->n_headers, S("Cookie"));
	/* Cookies first: the error page may need them. */
	cookies_parse(r->arena, cookies, &r->cookies.items, &r->cookies.n);
	TRY(url_decode(r->arena, r->path, false, &decoded));
	return pairs_parse(r->arena, r->query, &r->queries.items, &r->queries.n);
}

static err check_origin(struct exchange *x)
{
	struct provenance p = {
		.origin = header_value(x->headers, x->n_headers, S("Origin")),
		.referer = header_value(x->headers, x->n_headers, S("Referer")),
		.fetch_site = header_value(x->headers, x->n_headers, S("Sec-Fetch-Site")),
		.host = x->r.host,
		.https = x->https,
	};
	if (!csrf_same_site(&p))
		return FAIL(x->r.arena, FORBIDDEN, "a POST from elsewhere");
	return NULL;
}

static err check_token(struct exchange *x)
{
	struct req *r = &x->r;
	r->stale = !csrf_token_valid(r->arena, x->server->config.key,
		req_cookie(r, S(VISITOR_COOKIE)), req_field(r, S("csrf")));
	return r->stale ? FAIL(r->arena, FORBIDDEN, "a POST without our token") : NULL;
}

static err read_form(struct exchange *x)
{
	struct req *r = &x->r;
	if (x->multipart) {
		TRY(multipart_end(x->multipart, &r->fields.items, &r->fields.n, &r->uploads.items,
			&r->uploads.n));
		r->files_lost = multipart_dropped(x->multipart);
		return NULL;
	}
	return pairs_parse(r->arena, buf_str(&x->body), &r->fields.items, &r->fields.n);
}

static err admit(struct exchange *x)
{
	if (x->admitted)
		return NULL;
	x->admitted = true;
	return x->server->config.admit ? x->server->config.admit(&x->r) : NULL;
}

/* Before the body of an upload: nobody fills our disk whom the route would not let in. Whose
 * session has ended has typed something all the same: the text is read, the files are read past. */
static err admit_upload(struct exchange *x)
{
	TRY(read_request(x));
	TRY(x->failed);
	TRY(check_origin(x));
	err e = admit(x);
	TRY(arena_spoilt(x->r.arena));
	bool asked = header_value(x->headers, x->n_headers, S("Expect")).n > 0;
	if (!e || e->kind != ERR_UNAUTHENTICATED || asked || x->length < 0)
		return e;
	multipart_drop_files(x->multipart);
	x->refused = e;
	return NULL;
}

static err run(struct exchange *x)
{
	struct req *r = &x->r;
	bool post = str_eq(r->method, S("POST"));
	if (!x->multipart)
		TRY(read_request(x));
	TRY(x->failed);
	if (post) {
		TRY(check_origin(x));
		TRY(read_form(x));
		TRY(check_token(x));
		TRY(x->refused);
	}
	TRY(admit(x));
	TRY(r->route->run(r));
	TRY(arena_spoilt(r->arena));
	if (x->reply.kind == REPLY_NONE)
		return FAIL(r->arena, INTERNAL, "%s gave no answer", r->route->path);
	return NULL;
}

/* "/thu-tuc/" is "/thu-tuc" wherever that exists. */
static bool redirect_slash(struct exchange *x)
{
	struct req *r = &x->r;
	if (r->route || r->path.n < 2 || !str_ends(r->path, S("/")) || r->method.p[0] == 'P')
		return false;
	str path = str_part(r->path, 0, r->path.n - 1);
	if (!router_find(x->server->router, S("GET"), path).route)
		return false;
	str mark = r->query.n > 0 ? S("?") : S("");
	reply_redirect(r,
		arena_printf(r->arena, STR_FMT STR_FMT STR_FMT, STR_ARG(path), STR_ARG(mark),
			STR_ARG(r->query)));
	x->reply.status = MHD_HTTP_PERMANENT_REDIRECT;
	return true;
}

void handle_error(struct exchange *x, err e)
{
	struct reply *reply = &x->reply;
	reply->kind = REPLY_NONE;
	reply->headers.n = 0;
	if (e->kind == ERR_NOT_ALLOWED && !x->r.route) {
		bool get = router_find(x->server->router, S("GET"), x->r.path).route;
		bool post = router_find(x->server->router, S("POST"), x->r.path).route;
		reply_header(&x->r, "Allow",
			get && post   ? S("GET, HEAD, POST")
				: get ? S("GET, HEAD")
				      : S("POST"));
	}
	if (x->server->config.error_page)
		x->server->config.error_page(&x->r, e);
	if (reply->kind == REPLY_NONE)
		(void)reply_text(&x->r, err_status(e), S("text/plain; charset=utf-8"),
			str_from(err_name(e)));
}

/* The answer may be long on its way, to a slow client: of the turn that makes it, the response is
 * all that is left. */
static void finish(struct exchange *x, struct arena *turn, bool close)
{
	x->r.arena = x->r.turn = turn;
	if (x->failed)
		handle_error(x, x->failed);
	respond(x, close);
	x->r.arena = x->r.turn = NULL;
}

/* What an upload's admission finds out is for the next turn: it stays. */
static void take_first_turn(struct exchange *x)
{
	ARENA turn = arena_new();
	x->r.turn = turn;
	x->failed = admit_upload(x);
	x->r.turn = NULL;
	if (x->failed)
		finish(x, turn, !x->polite);
}

static void take_turn(struct exchange *x)
{
	ARENA turn = arena_new();
	x->r.arena = x->r.turn = turn;
	x->failed = redirect_slash(x) ? NULL : run(x);
	finish(x, turn, false);
	x->failed = NULL;
	arena_free(x->parts);
	x->parts = NULL;
}

void handle_step(void *exchange)
{
	struct exchange *x = exchange;
	if (atomic_load(&x->connection->stage) == STAGE_ADMIT)
		take_first_turn(x);
	else
		take_turn(x);
	MHD_resume_connection(x->connection->mhd);
}
