/* SPDX-License-Identifier: Apache-2.0 */
/* reply.h - the one answer to a request. Security headers, CSP, ETag, gzip, caching headers and
 * the language are added by the façade; a handler only says what it has. The bytes must live in
 * the request's arena. */
#pragma once
#include "core/core.h"

struct req;

/* A page. Anonymous cacheable routes get an ETag, everything else no-store. */
err reply_html(struct req *r, int status, str body);
err reply_text(struct req *r, int status, str mime, str body);
/* 303 See Other within this site: "/ca-nhan". The language prefix is added. */
err reply_redirect(struct req *r, str path);
/* A stored file, streamed: nosniff, Content-Disposition with the UTF-8 name, a sandboxing CSP,
 * no-store. inline_ok shows images in the browser; PDF, which no sandbox shows, and everything else
 * is downloaded. fd stays the caller's. */
err reply_file(struct req *r, int fd, int64_t size, str mime, str file_name, bool inline_ok);
/* Bytes made for this answer (a PDF, a CSV) under the same headers; inline_ok shows PDF too. */
err reply_download(struct req *r, str bytes, str mime, str file_name, bool inline_ok);
/* Adds a header. Values are checked: no control characters. */
void reply_header(struct req *r, const char *name, str value);
/* HttpOnly, SameSite=Lax, Secure and the __Host- prefix wherever the connection allows; an empty
 * value deletes. name is without the prefix; req_cookie reads by the same name. seconds 0: until
 * the browser closes. */
void reply_cookie(struct req *r, str name, str value, int64_t seconds);
