/* SPDX-License-Identifier: Apache-2.0 */
/* A handler's answer is only written down here; respond.c makes the response of it. */
#include "http/exchange.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static struct reply *begin(struct req *r, enum reply_kind kind, int status)
{
	struct reply *reply = r->reply;
	reply->kind = kind;
	reply->status = status;
	return reply;
}

err reply_text(struct req *r, int status, str mime, str body)
{
	struct reply *reply = begin(r, REPLY_TEXT, status);
	reply->mime = mime;
	reply->body = body;
	return NULL;
}

err reply_html(struct req *r, int status, str body)
{
	return reply_text(r, status, S("text/html; charset=utf-8"), body);
}

err reply_redirect(struct req *r, str path)
{
	/* "//host" would leave this site. */
	if (!str_starts(path, S("/")) || str_starts(path, S("//")) || str_has(path, S("\\")))
		return FAIL(r->arena, INTERNAL, "redirect to " STR_FMT, STR_ARG(path));
	begin(r, REPLY_REDIRECT, MHD_HTTP_SEE_OTHER)->body = path;
	return NULL;
}

static void close_file(void *arg)
{
	struct reply *reply = arg;
	if (reply->fd >= 0)
		close(reply->fd);
	reply->fd = -1;
}

err reply_file(struct req *r, int fd, int64_t size, str mime, str file_name, bool inline_ok)
{
	/* The library closes what it has sent; the caller's own descriptor stays the caller's. */
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (own < 0)
		return FAIL(r->arena, UNAVAILABLE, "duplicating a descriptor: %s", strerror(errno));
	struct reply *reply = begin(r, REPLY_FILE, MHD_HTTP_OK);
	close_file(reply);
	reply->fd = own;
	reply->size = size;
	reply->mime = mime;
	reply->file_name = file_name;
	reply->inline_ok = inline_ok;
	arena_defer(r->arena, close_file, reply);
	return NULL;
}

err reply_download(struct req *r, str bytes, str mime, str file_name, bool inline_ok)
{
	struct reply *reply = begin(r, REPLY_BYTES, MHD_HTTP_OK);
	reply->body = bytes;
	reply->mime = mime;
	reply->file_name = file_name;
	reply->inline_ok = inline_ok;
	return NULL;
}

static bool value_valid(str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7f)
			return false;
	return true;
}

void reply_header(struct req *r, const char *name, str value)
{
	if (!value_valid(value))
		return;
	*VEC_PUSH(r->arena, &r->reply->headers) = (struct field){ str_from(name), value };
}

void reply_cookie(struct req *r, str name, str value, int64_t seconds)
{
	struct reply *reply = r->reply;
	bool plain = !r->secure && r->server->config.plain_cookies;
	if (value.n == 0)
		seconds = -1;
	str age = seconds
		? arena_printf(r->arena, "; Max-Age=%lld", (long long)(seconds < 0 ? 0 : seconds))
		: S("");
	str line = arena_printf(r->arena,
		"%s" STR_FMT "=" STR_FMT "; Path=/" STR_FMT "; HttpOnly; SameSite=Lax%s",
		plain ? "" : "__Host-", STR_ARG(name), STR_ARG(value), STR_ARG(age),
		plain ? "" : "; Secure");
	if (!value_valid(line))
		return;
	for (size_t i = 0; i < reply->cookies.n; i++)
		if (str_eq(reply->cookies.items[i].name, name)) {
			reply->cookies.items[i].value = line;
			return;
		}
	*VEC_PUSH(r->arena, &reply->cookies) = (struct field){ name, line };
}
