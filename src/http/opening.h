/* SPDX-License-Identifier: Apache-2.0 */
/* opening.h - what the headers of a request say, read once, without memory: most requests are
 * answered from this alone. */
#pragma once
#include "http/exchange.h"
#include "http/target.h"

struct opening {
	struct connection *c;
	const struct server *server;
	str method, host;
	bool http_1_1, get, head, post;
	bool https, loopback;
	struct target target;
	struct address client; /* whom the rates are counted for */
	str peer;
	int64_t length; /* of the body; -1: not known before its end */
	bool polite;    /* small enough to be read past when the answer is already known */
	size_t n_headers;
	bool too_many, plain, too_long;
	const char *line_end; /* of the line read last */
	struct raw_header headers[LIMIT_HTTP_HEADER_LINES];
};
/* False when the request must be refused: ambiguous, malformed, too long. */
bool opening_read(struct opening *o, struct connection *c, const char *url, const char *method,
	const char *version, enum refusal *ret_why);
/* The name of a header that we have put before those that came (server.c), told by its address. */
extern const char no_cookie[];
str opening_header(const struct opening *o, str name);
