/* SPDX-License-Identifier: Apache-2.0 */
/* The life of one request as its event loop sees it: headers, guard, asset or cached page, rate,
 * body, a worker, the answer. Nothing here waits. */
#include "http/assets.h"
#include "http/opening.h"

void stage_set(struct connection *c, enum stage stage)
{
	atomic_store(&c->since, instant_monotonic());
	atomic_store(&c->stage, stage);
}

static enum MHD_Result send_answer(struct connection *c)
{
	stage_set(c, STAGE_ANSWER);
	return MHD_queue_response(c->mhd, (unsigned)c->status, c->response);
}

/* An answer given before the body is read ends the connection, and libmicrohttpd takes every
 * answer of the first call for that. So it waits for the second, at the end of the body. */
static enum MHD_Result make_ready(struct connection *c, struct prebuilt *ready,
	const struct raw_header *headers, size_t n, bool at_once)
{
	c->ready = prebuilt_keep(ready);
	c->response = prebuilt_pick(
		ready, headers, n, atomic_load(&c->loop->server->stopping), &c->status);
	if (at_once)
		return send_answer(c);
	stage_set(c, STAGE_READY);
	return MHD_YES;
}

static enum MHD_Result refuse(struct opening *o, int why)
{
	struct server *s = o->c->loop->server;
	struct prebuilt *refusal = s->refusals[why][o->target.language];
	bool closing =
		why == REFUSE_MALFORMED || why == REFUSE_LONG_TARGET || why == REFUSE_LONG_HEADERS;
	atomic_fetch_add(&s->refused, 1);
	return make_ready(o->c, refusal, NULL, 0, closing || !o->polite);
}

/* Hands the exchange to a worker. The connection is suspended first: a worker may resume it
 * before this returns. */
static enum MHD_Result work(struct exchange *x, enum stage stage)
{
	struct connection *c = x->connection;
	struct server *s = x->server;
	stage_set(c, stage);
	MHD_suspend_connection(c->mhd);
	if (workers_add(s->workers, x))
		return MHD_YES;
	MHD_resume_connection(c->mhd);
	atomic_fetch_add(&s->refused, 1);
	return make_ready(c, s->refusals[REFUSE_BUSY][x->r.language], NULL, 0, false);
}

static enum MHD_Result answer(struct exchange *x)
{
	struct connection *c = x->connection;
	if (x->page)
		return make_ready(c, x->page, x->headers, x->n_headers, true);
	c->response = x->response;
	c->status = x->reply.status;
	return send_answer(c);
}

static struct exchange *exchange_new(struct opening *o, const struct route_match *match)
{
	struct arena *a = arena_new();
	struct exchange *x = arena_make(a, struct exchange);
	struct server *s = o->c->loop->server;
	*x = (struct exchange){
		.arena = a,
		.server = s,
		.connection = o->c,
		.reply = { .fd = -1 },
		.headers = arena_array(a, struct raw_header, o->n_headers),
		.n_headers = o->n_headers,
		.head = o->head,
		.https = o->https,
		.polite = o->polite,
		.length = o->length,
		.anonymous = !cache_bypassed(opening_header(o, S("Cookie"))),
		.version = atomic_load(&s->version),
		.visitor = S(""),
		.body = buf_in(a, LIMIT_HTTP_BODY),
	};
	memcpy(x->headers, o->headers, o->n_headers * sizeof *x->headers);
	o->c->brief.id = str_part(random_text(a, 7), 0, 10);
	x->r = o->c->brief;
	x->r.arena = a;
	x->r.now = instant_now();
	x->r.match = *match;
	x->r.reply = &x->reply;
	x->r.exchange = x;
	o->c->x = x;
	return x;
}

/* What is already known to be wrong with a POST, before its body is read. */
static err check_post(struct opening *o, struct exchange *x, bool *ret_multipart)
{
	struct arena *a = x->arena;
	const struct route *route = x->r.route;
	assert(route); /* else it has failed before */
	str type = opening_header(o, S("Content-Type"));
	*ret_multipart = content_type_is(type, S("multipart/form-data"));
	if (*ret_multipart && !route->uploads)
		return FAIL(a, BAD_REQUEST, "uploads are not taken here");
	if (!*ret_multipart && o->length != 0 &&
		!content_type_is(type, S("application/x-www-form-urlencoded")))
		return FAIL(a, BAD_REQUEST, "not a form");
	x->most = *ret_multipart ? LIMIT_HTTP_UPLOAD : LIMIT_HTTP_BODY;
	if (o->length > x->most)
		return FAIL(a, TOO_LARGE, "a body of %lld bytes", (long long)o->length);
	if (!*ret_multipart)
		return NULL;
	x->parts = arena_new();
	return multipart_new(x->parts, type, &o->server->config.sink,
		o->server->config.upload_file_most, &x->multipart);
}

static enum MHD_Result begin_post(struct opening *o, struct exchange *x)
{
	bool multipart = false;
	if (!x->failed)
		x->failed = check_post(o, x, &multipart);
	/* An upload is admitted before it is read; an error is rendered before it is read past. */
	if (o->length != 0 && (x->failed || multipart))
		return work(x, STAGE_ADMIT);
	stage_set(o->c, STAGE_BODY);
	return MHD_YES;
}

static err check_route(struct arena *a, const struct route_match *match)
{
	if (match->route)
		return NULL;
	if (match->other_method)
		return FAIL(a, NOT_ALLOWED, "the address has another method");
	return FAIL(a, NOT_FOUND, "no such address");
}

static struct cache_key key_of(const struct opening *o)
{
	return (struct cache_key){ .https = o->https,
		.language = o->target.language,
		.host = o->host,
		.path = o->target.path,
		.query = o->target.query };
}

/* True when an asset or a cached page was the answer. */
static bool answer_ready(struct opening *o, const struct route *NULLABLE route)
{
	struct connection *c = o->c;
	struct server *s = c->loop->server;
	struct prebuilt *ready = NULL;
	if (!o->get)
		return false;
	if (route && route->cached && !cache_bypassed(opening_header(o, S("Cookie")))) {
		struct cache_key key = key_of(o);
		ready = cache_find(s->cache, &key, atomic_load(&s->version), c->began);
	} else if (!route) {
		ready = assets_find(s->assets, o->target.path);
	}
	if (!ready)
		return false;
	atomic_fetch_add(&s->cached, 1);
	(void)make_ready(c, ready, o->headers, o->n_headers, false);
	prebuilt_release(ready);
	return true;
}

static void describe(struct opening *o)
{
	o->c->brief = (struct req){
		.method = o->method,
		.path = o->target.path,
		.query = o->target.query,
		.language = o->target.language,
		.peer = o->peer,
		.host = o->host,
		.secure = o->https || o->loopback,
		.app = o->server->config.app,
		.server = o->server,
	};
}

static enum MHD_Result begin(
	struct connection *c, const char *url, const char *method, const char *version)
{
	struct server *s = c->loop->server;
	struct opening o;
	enum refusal why;
	c->active = true;
	atomic_fetch_add(&s->under_way, 1);
	atomic_fetch_add(&s->requests, 1);
	bool readable = opening_read(&o, c, url, method, version, &why);
	describe(&o);
	if (!readable)
		return refuse(&o, why);
	struct route_match match = router_find(s->router, o.method, o.target.path);
	c->brief.route = match.route;
	if (answer_ready(&o, match.route))
		return MHD_YES;
	enum rate rate = match.route ? match.route->rate : RATE_READ;
	if (!s->config.unlimited && rates_take(s->rates, o.client, rate, c->began) > 0)
		return refuse(&o, REFUSE_RATE + (int)rate);
	struct exchange *x = exchange_new(&o, &match);
	x->failed = check_route(x->arena, &match);
	if (o.post)
		return begin_post(&o, x);
	stage_set(c, STAGE_BODY); /* of no bytes: the second call hands it to a worker */
	return MHD_YES;
}

/* A worker has admitted an upload, or rendered why not. */
static enum MHD_Result after_admit(struct exchange *x)
{
	if (x->response && !x->polite)
		return answer(x);
	stage_set(x->connection, STAGE_BODY);
	return MHD_YES;
}

static enum MHD_Result take_body(struct exchange *x, str piece)
{
	x->received += (int64_t)piece.n;
	atomic_store(&x->connection->received, x->received);
	if (x->failed) {
		/* Read past. What was announced has been bounded; what was not is cut. */
		return x->length >= 0 || x->received <= 2 * x->most ? MHD_YES : MHD_NO;
	}
	if (x->received > x->most)
		x->failed = FAIL(x->arena, TOO_LARGE, "the body is too large");
	else if (x->multipart)
		x->failed = multipart_add(x->multipart, piece);
	else
		buf_add(&x->body, piece);
	return MHD_YES;
}

static enum MHD_Result body(struct connection *c, const char *data, size_t *n)
{
	struct exchange *x = c->x;
	if (*n > 0) {
		str piece = { data, *n };
		*n = 0;
		return take_body(x, piece);
	}
	/* The end. What could not be admitted has its answer already. */
	return x->response ? answer(x) : work(x, STAGE_WORK);
}

static enum MHD_Result ready(struct connection *c, size_t *n)
{
	if (*n == 0)
		return send_answer(c);
	int64_t received = atomic_fetch_add(&c->received, (int64_t)*n) + (int64_t)*n;
	*n = 0;
	/* What was announced has been bounded; what was not is cut. */
	bool bounded = !c->x || c->x->length >= 0 || received <= 2 * LIMIT_HTTP_BODY;
	return bounded ? MHD_YES : MHD_NO;
}

enum MHD_Result exchange_run(void *cls, struct MHD_Connection *mhd, const char *url,
	const char *method, const char *version, const char *data, size_t *n_data, void **state)
{
	struct connection *c = *state;
	(void)cls, (void)mhd;
	switch (atomic_load(&c->stage)) {
	case STAGE_HEADERS: return begin(c, url, method, version);
	case STAGE_ADMIT: return after_admit(c->x);
	case STAGE_BODY: return body(c, data, n_data);
	case STAGE_WORK: return answer(c->x);
	case STAGE_READY: return ready(c, n_data);
	case STAGE_IDLE:
	case STAGE_ANSWER: break;
	}
	return MHD_NO;
}

void exchange_end(struct connection *c)
{
	struct server *s = c->loop->server;
	struct exchange *x = c->x;
	if (!c->active)
		return;
	if (s->config.done)
		s->config.done(&c->brief, c->status, instant_monotonic() - c->began);
	if (x) {
		if (x->response)
			MHD_destroy_response(x->response);
		prebuilt_release(x->page);
		arena_free(x->parts);
		arena_free(x->arena);
	}
	prebuilt_release(c->ready);
	c->x = NULL;
	c->ready = NULL;
	c->response = NULL;
	c->active = false;
	c->status = 0;
	atomic_store(&c->received, 0);
	atomic_fetch_sub(&s->under_way, 1);
}
