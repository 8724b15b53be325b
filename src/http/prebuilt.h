/* SPDX-License-Identifier: Apache-2.0 */
/* prebuilt.h - an answer that is ready before it is asked for: an asset, a rendered public page, a
 * refusal. It holds finished responses (plain, gzip, 304), so that an event loop only picks one.
 * Counted, because a loop may still be sending what the cache has dropped. */
#pragma once
#include "http/parse.h"

#include <microhttpd.h>

struct prebuilt;

struct prebuilt_spec {
	int status;
	str mime, body;
	const unsigned char *NULLABLE gzip; /* ready compressed; else done here when it pays */
	size_t n_gzip;
	bool is_static; /* body and gzip live for ever: not copied */
	bool lasting;   /* its address changes with its content: cached for ever, by anyone */
	bool etag;      /* answers If-None-Match, revalidated each time; else no-store */
	bool close;     /* the connection ends with this answer */
	bool https;     /* with Strict-Transport-Security */
	const char *NULLABLE language;
	int retry_after; /* seconds; 0: none */
};
/* With one user. Aborts when memory ends. */
struct prebuilt *prebuilt_new(const struct prebuilt_spec *spec);
struct prebuilt *prebuilt_keep(struct prebuilt *p);
void prebuilt_release(struct prebuilt *NULLABLE p);
/* Bytes it holds, for the cache's account. */
size_t prebuilt_size(const struct prebuilt *p);
/* The form the request asks for, and its status. last: the connection ends with it. Lives as long
 * as p. */
struct MHD_Response *prebuilt_pick(
	struct prebuilt *p, const struct raw_header *headers, size_t n, bool last, int *ret_status);

/* Value of a header; "" when absent. */
str header_value(const struct raw_header *headers, size_t n, str name);
bool accepts_gzip(str accept_encoding);
/* Whether an If-None-Match names the tag; weak comparison. */
bool etag_matches(str if_none_match, str etag);

/* The headers of every answer [CSP: ux D4]. sandbox is for files that people uploaded. */
enum csp { CSP_PAGE, CSP_FILE, CSP_DOCUMENT };
void add_security_headers(struct MHD_Response *response, enum csp csp, bool https);
void add_header(struct MHD_Response *response, const char *name, const char *value);

/* Worth compressing: text of more than 1 kB. */
bool gzip_pays(str mime, size_t n);
/* Room that gzip_into needs at most. */
size_t gzip_room(size_t n);
/* Bytes written, 0 when it did not get smaller. level 1 to 9. */
size_t gzip_into(str s, int level, char *out, size_t room);
