/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.h - the life of one request that needs a worker: what was asked, what the handler
 * answered, the response made of it. It lives in its own arena, which ends with it; what the
 * handler makes has another, which ends as soon as the response is made. */
#pragma once
#include "http/inside.h"

enum reply_kind { REPLY_NONE, REPLY_TEXT, REPLY_REDIRECT, REPLY_FILE, REPLY_BYTES };
struct reply {
	enum reply_kind kind;
	int status;
	str mime, body; /* of a redirect: the path */
	int fd;         /* of a file */
	int64_t size;
	str file_name;
	bool inline_ok;
	VEC(struct field) headers, cookies; /* cookies outlive an err, headers do not */
};

struct exchange {
	struct arena *arena, *NULLABLE parts; /* what came in parts ends with the last turn */
	struct req r;
	struct server *server;
	struct connection *connection;
	struct reply reply;
	struct raw_header *headers;
	size_t n_headers;
	bool head; /* a HEAD */
	bool https;
	bool polite; /* see opening.h */
	int64_t length;
	int64_t most; /* bytes the body may have */
	bool admitted;
	bool anonymous;  /* the page may be kept for others */
	bool token_used; /* the page carries a CSRF token */
	int64_t version; /* the content version when it began */
	str visitor;     /* cookie `k`; "" until needed */
	bool visitor_is_new;
	err failed;  /* decided before the handler ran */
	err refused; /* to be said once the text of the form has been read, so that it is kept */
	struct buf body;
	struct multipart *NULLABLE multipart;
	int64_t received;
	struct MHD_Response *NULLABLE response;
	struct prebuilt *NULLABLE page; /* instead of response: just put in the cache */
};

/* exchange.c, on the loops */
enum MHD_Result exchange_run(void *cls, struct MHD_Connection *mhd, const char *url,
	const char *method, const char *version, const char *data, size_t *n_data, void **state);
void exchange_end(struct connection *c);
void stage_set(struct connection *c, enum stage stage);
/* handle.c, on the workers: the next step of an exchange, then its connection resumes. */
void handle_step(void *exchange);
/* Renders an err by the hook, or as plain text. */
void handle_error(struct exchange *x, err e);
/* respond.c: the response of what the handler said; close: the last on its connection. */
void respond(struct exchange *x, bool close);
