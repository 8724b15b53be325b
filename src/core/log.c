/* SPDX-License-Identifier: Apache-2.0 */
#include "core/log.h"
#include "core/civil.h"
#include "core/json.h"

#include <errno.h>
#include <stdatomic.h>
#include <unistd.h>

static const char *const level_names[] = { "debug", "info", "warn", "error" };
static atomic_int least_level = LOG_INFO_;

void log_set_level(enum log_level least) { atomic_store(&least_level, (int)least); }

static void put_head(struct json_out *o, struct arena *a, enum log_level level, const char *event)
{
	json_open(o, '{');
	json_pair(o, S("time"), instant_iso(a, instant_now()));
	json_pair(o, S("level"), str_from(level_names[level]));
	json_pair(o, S("event"), str_part(str_from(event), 0, LIMIT_LOG_TEXT));
}

static void put_field(struct json_out *o, const struct log_field *f)
{
	json_key(o, str_from(f->key));
	if (f->kind == LOG_FIELD_INT)
		json_put_int(o, f->number);
	else
		json_put_text(o, str_part(f->text, 0, LIMIT_LOG_TEXT));
}

/* In one write, so that the lines of several threads do not mix. */
static void write_line(str line)
{
	while (line.n) {
		ssize_t n = write(STDERR_FILENO, line.p, line.n);
		if (n < 0 && errno != EINTR)
			return; /* there is nowhere left to say so */
		line = str_from_at(line, n > 0 ? (size_t)n : 0);
	}
}

void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n)
{
	if ((int)level < atomic_load(&least_level))
		return;

	ARENA a = arena_new();
	struct buf b = buf_in(a, LIMIT_LOG_LINE);
	struct json_out o = { .b = &b };

	put_head(&o, a, level, event);
	for (size_t i = 0; i < n; i++)
		put_field(&o, &fields[i]);
	json_close(&o, '}');
	buf_char(&b, '\n');
	if (b.overflow) {
		b = buf_in(a, LIMIT_LOG_LINE);
		o = (struct json_out){ .b = &b };
		put_head(&o, a, level, event);
		json_key(&o, S("cut"));
		json_put_bool(&o, true);
		json_close(&o, '}');
		buf_char(&b, '\n');
	}
	write_line(buf_str(&b));
}

void log_err(enum log_level level, const char *event, str id, err e)
{
	if (!e)
		return;
	struct log_field fields[] = {
		LOG_TEXT("id", id),
		LOG_TEXT("error", str_from(err_name(e))),
		LOG_TEXT("detail", e->detail),
		LOG_TEXT("file", str_from(e->file)),
		LOG_INT("line", e->line),
	};
	log_write(level, event, fields, COUNT(fields));
}
