/* SPDX-License-Identifier: Apache-2.0 */
/* The answers that event loops give themselves, so that a flood costs no worker: rendered once at
 * start, for each language, by the same hook as every other error page. */
#include "http/exchange.h"

static struct prebuilt *render(
	struct server *s, int language, enum err_kind kind, const struct prebuilt_spec *how)
{
	ARENA a = arena_new();
	struct exchange x = { .server = s, .reply = { .fd = -1 }, .visitor = S("") };
	x.r = (struct req){ .arena = a,
		.now = instant_now(),
		.id = S(""),
		.method = S("GET"),
		.path = S("/"),
		.query = S(""),
		.language = language,
		.peer = S(""),
		.host = S("localhost"),
		.secure = true,
		.app = s->config.app,
		.reply = &x.reply,
		.exchange = &x,
		.server = s };
	handle_error(&x, err_make(a, kind, __FILE__, __LINE__, "refused by an event loop"));
	struct prebuilt_spec spec = *how;
	spec.mime = x.reply.mime;
	spec.body = x.reply.body;
	spec.language = s->config.languages[language];
	return prebuilt_new(&spec);
}

void refusals_make(struct server *s)
{
	static const struct prebuilt_spec malformed = { .status = 400, .close = true },
					  long_target = { .status = 414, .close = true },
					  long_headers = { .status = 431, .close = true },
					  busy = { .status = 503, .retry_after = 5 };
	for (int i = 0; i < s->n_languages; i++) {
		s->refusals[REFUSE_MALFORMED][i] = render(s, i, ERR_BAD_REQUEST, &malformed);
		s->refusals[REFUSE_LONG_TARGET][i] = render(s, i, ERR_BAD_REQUEST, &long_target);
		s->refusals[REFUSE_LONG_HEADERS][i] = render(s, i, ERR_BAD_REQUEST, &long_headers);
		s->refusals[REFUSE_BUSY][i] = render(s, i, ERR_UNAVAILABLE, &busy);
		for (enum rate rate = 0; rate < RATE_NONE; rate++) {
			struct prebuilt_spec later = { .status = 429,
				.retry_after = rate_seconds(rate) };
			s->refusals[REFUSE_RATE + (int)rate][i] =
				render(s, i, ERR_TOO_MANY, &later);
		}
	}
}

void refusals_free(struct server *s)
{
	for (int why = 0; why < REFUSALS; why++)
		for (int i = 0; i < s->n_languages; i++)
			prebuilt_release(s->refusals[why][i]);
}
