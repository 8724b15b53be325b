/* SPDX-License-Identifier: Apache-2.0 */
/* req.h - one request as a handler sees it: complete, bounded, decoded, valid UTF-8 in NFC-agnostic
 * form, already admitted by its route's guard and, for POST, by the CSRF and Origin checks.
 *
 * Handlers are plain blocking code on a worker thread. They read with req_*, answer with reply_*
 * exactly once, or return an err, which becomes an error page. Everything lives in r->arena, which
 * ends when the response is made: what a slow client holds up is its bytes and nothing else. */
#pragma once
#include "core/civil.h"
#include "http/route.h"

struct upload {
	str field;     /* name of the file input */
	str file_name; /* as the browser sent it, UTF-8, without folders */
	str mime;      /* as claimed: a hint, never trusted */
	int64_t size;
	str sha256;     /* hexadecimal */
	str path;       /* temporary file, gone after the handler unless the file store keeps it */
	bool too_large; /* stopped at the limit; size is the limit, path is empty, as for size 0 */
};

struct field {
	str name, value;
};

struct req {
	struct arena *arena; /* of an upload's admission: one that outlasts the handler */
	struct arena *turn;  /* that ends with this turn of the worker: for what others wait for */
	instant now;         /* the moment of arrival: the only clock a handler has */
	str id;              /* request id, in the log and on the page of a 500 */
	str method;          /* "GET", "POST" */
	str path;            /* without the language prefix and the query: "/thu-tuc" */
	str query;           /* raw, without '?' */
	int language;        /* index into the server's languages; 0 is Vietnamese */
	str peer;            /* address of the client, for rate limits; never logged in full */
	bool secure;         /* came over HTTPS, or from this very machine */
	str host;            /* Host as sent, checked */
	const struct route *route;
	void *user; /* who calls: set by the admit hook (identity/caller.h) */
	void *app;  /* the program's own (app/) */
	/* For the error page, which can then keep what was typed: */
	bool stale;      /* FORBIDDEN since the form's token is missing or of another visitor */
	bool files_lost; /* UNAUTHENTICATED: the text parts are here, the files were read past */

	/* below: the façade's own, read through the functions */
	struct route_match match;
	LIST(struct field) queries, fields, cookies;
	LIST(struct upload) uploads;
	struct reply *reply;
	struct exchange *exchange;
	const struct server *server;
};

/* A piece of the path, decoded: req_param(r, S("code")). Empty when malformed. */
str req_param(const struct req *r, str name);
/* The value of a query or form field; "" when absent. Form values have LF line ends. One that comes
 * several times must say the same each time: else nothing can be written with r->arena any more and
 * the request ends as BAD_REQUEST. What may repeat is read by req_field_at alone. */
str req_query(const struct req *r, str name);
str req_field(const struct req *r, str name);
bool req_has_field(const struct req *r, str name);
/* A field as people mean it: whole, in NFC, without space around. *ret_over says how many
 * characters it has beyond `most`; nothing is cut off, so that a form can show it again. */
MUST_USE err req_text(const struct req *r, str name, size_t most, str *ret, size_t *ret_over);
/* The i-th value of a field that repeats; false when there are fewer. */
bool req_field_at(const struct req *r, str name, size_t i, str *ret);
/* Query number within bounds, else the fallback: paging. */
int64_t req_query_int(const struct req *r, str name, int64_t least, int64_t most, int64_t fallback);
str req_cookie(const struct req *r, str name);
/* Request header, case-insensitive; "" when absent. */
str req_header(const struct req *r, const char *name);
/* First upload of a file input with any content; NULL when none was chosen. */
const struct upload *NULLABLE req_upload(const struct req *r, str field, size_t i);
/* The token a form must carry; sets the visitor's cookie when there is none yet. */
str req_csrf(struct req *r);
/* Scheme and host of this site as the visitor sees it: for links in mails and QR codes. */
str req_origin(const struct req *r);
