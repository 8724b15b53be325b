/* SPDX-License-Identifier: Apache-2.0 */
/* json.h - JSON read strictly and written plainly. Reading is jansson behind this header: UTF-8
 * only, no duplicate keys, depth and size limited. Values belong to the arena they were read in
 * and never change. Looking up something absent or of another type gives NULL, "" or the
 * fallback, so readers need no ladders of checks; those who must know ask json_type.
 *
 * No name here may be one that libjansson exports (json_real, json_object, …): the linker would
 * give ours to the library. */
#pragma once
#include "core/core.h"

struct json;
enum json_type {
	JSON_ABSENT,
	JSON_NULL_,
	JSON_BOOL,
	JSON_INT,
	JSON_DOUBLE,
	JSON_TEXT,
	JSON_LIST,
	JSON_MAP,
};

/* INVALID with line and column in the detail when the text is not JSON or beyond the limits. An
 * integer beyond 64 bits is a JSON_DOUBLE. */
MUST_USE err json_parse(struct arena *a, str text, const struct json *NULLABLE *ret);

enum json_type json_type(const struct json *NULLABLE j);
/* Member of an object, element of an array; NULL when absent. */
const struct json *NULLABLE json_get(const struct json *NULLABLE j, const char *key);
const struct json *NULLABLE json_find(const struct json *NULLABLE j, str key);
const struct json *NULLABLE json_at(const struct json *NULLABLE j, size_t i);
/* Elements of an array or members of an object; 0 for everything else. */
size_t json_count(const struct json *NULLABLE j);
/* The i-th member of an object in the order of the text. False past the end. O(n). */
bool json_member(const struct json *NULLABLE j, size_t i, str *ret_key,
	const struct json *NULLABLE *ret_value);

/* struct json_each e = { .of = j }; while (json_next(&e)) … e.key (maps only), e.value. In the
 * order of the text; a value that is neither list nor map has nothing. */
struct json_each {
	const struct json *NULLABLE of;
	str key;
	const struct json *NULLABLE value;
	void *NULLABLE at;
	size_t seen;
};
bool json_next(struct json_each *each);

/* Text of a string; "" for anything else. Borrowed from the value. */
str json_text(const struct json *NULLABLE j);
int64_t json_int(const struct json *NULLABLE j, int64_t fallback);
/* Of an integer too. */
double json_double(const struct json *NULLABLE j, double fallback);
bool json_bool(const struct json *NULLABLE j, bool fallback);
/* json_text(json_get(j, key)) */
str json_get_text(const struct json *NULLABLE j, const char *key);

/* Writing: a small state machine over a buf that places the commas. */
struct json_out {
	struct buf *b;
	bool comma;
};
void json_open(struct json_out *o, char bracket);  /* '{' or '[' */
void json_close(struct json_out *o, char bracket); /* '}' or ']' */
void json_key(struct json_out *o, str key);
/* Bytes that are not UTF-8 are written as U+FFFD. */
void json_put_text(struct json_out *o, str s);
void json_put_int(struct json_out *o, int64_t n);
void json_put_bool(struct json_out *o, bool b);
void json_put_null(struct json_out *o);
/* What is JSON already. */
void json_put_raw(struct json_out *o, str json);
/* A value read earlier, written again compactly. */
void json_put(struct json_out *o, const struct json *NULLABLE j);
/* {"key":"text"} members in one call. */
void json_pair(struct json_out *o, str key, str text);
