/* SPDX-License-Identifier: Apache-2.0 */
/* log.h - one JSON object a line on standard error, which journald keeps. Never personal data:
 * no names, numbers, addresses, answers, nor full URLs; codes of errors, routes and counts only.
 * Libraries (core db http view file) do not log what they can return as an err. */
#pragma once
#include "core/core.h"

enum log_level { LOG_DEBUG_, LOG_INFO_, LOG_WARN_, LOG_ERROR_ };

struct log_field {
	const char *key;
	enum { LOG_FIELD_TEXT, LOG_FIELD_INT } kind;
	str text;
	int64_t number;
};
#define LOG_TEXT(k, v) ((struct log_field){ .key = (k), .kind = LOG_FIELD_TEXT, .text = (v) })
#define LOG_INT(k, v) ((struct log_field){ .key = (k), .kind = LOG_FIELD_INT, .number = (v) })

/* LOG(WARN, "mail.failed", LOG_TEXT("id", r->id), LOG_INT("attempt", n)); */
#define LOG(level, event, ...)                                                \
	log_write(LOG_##level##_, event, (struct log_field[]){ __VA_ARGS__ }, \
		sizeof((struct log_field[]){ __VA_ARGS__ }) / sizeof(struct log_field))
void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n);
/* An err with its kind, detail, file and line; id is the request's or the job's. */
void log_err(enum log_level level, const char *event, str id, err e);
/* Lines below this level are dropped; LOG_INFO_ at start. */
void log_set_level(enum log_level least);
