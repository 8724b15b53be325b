/* SPDX-License-Identifier: Apache-2.0 */
#include "core/json.h"
#include "core/utf8.h"

static void next(struct json_out *o)
{
	if (o->comma)
		buf_char(o->b, ',');
	o->comma = true;
}

void json_open(struct json_out *o, char bracket)
{
	next(o);
	buf_char(o->b, bracket);
	o->comma = false;
}

void json_close(struct json_out *o, char bracket)
{
	buf_char(o->b, bracket);
	o->comma = true;
}

static void put_escaped(struct buf *b, unsigned char c)
{
	switch (c) {
	case '"': buf_add(b, S("\\\"")); break;
	case '\\': buf_add(b, S("\\\\")); break;
	case '\n': buf_add(b, S("\\n")); break;
	case '\r': buf_add(b, S("\\r")); break;
	case '\t': buf_add(b, S("\\t")); break;
	default: buf_printf(b, "\\u%04x", c); break;
	}
}

/* Bytes that are not UTF-8 become U+FFFD: what is written must be readable whatever came in. */
static void put_quoted(struct buf *b, str s)
{
	size_t plain = 0; /* start of what is written unchanged */

	buf_char(b, '"');
	for (size_t at = 0; at < s.n;) {
		size_t here = at;
		uint32_t c = utf8_next(s, &at);
		if (c >= 0x20 && c != '"' && c != '\\' && c != UTF8_BAD)
			continue;
		buf_add(b, str_part(s, plain, here - plain));
		plain = at;
		if (c == UTF8_BAD)
			buf_add(b, S("\xef\xbf\xbd"));
		else
			put_escaped(b, (unsigned char)c);
	}
	buf_add(b, str_from_at(s, plain));
	buf_char(b, '"');
}

void json_key(struct json_out *o, str key)
{
	next(o);
	put_quoted(o->b, key);
	buf_char(o->b, ':');
	o->comma = false;
}

void json_put_text(struct json_out *o, str s)
{
	next(o);
	put_quoted(o->b, s);
}

void json_put_int(struct json_out *o, int64_t n)
{
	next(o);
	buf_int(o->b, n);
}

void json_put_bool(struct json_out *o, bool b)
{
	next(o);
	buf_add(o->b, b ? S("true") : S("false"));
}

void json_put_null(struct json_out *o)
{
	next(o);
	buf_add(o->b, S("null"));
}

void json_put_raw(struct json_out *o, str json)
{
	next(o);
	buf_add(o->b, json);
}

/* The shortest digits that read back as the same number, marked as a real one. */
static void put_double(struct json_out *o, double d)
{
	char digits[32];
	int n = 0;

	for (int precision = 15; precision <= 17; precision++) {
		n = snprintf(digits, sizeof digits, "%.*g", precision, d);
		if (strtod(digits, NULL) == d)
			break;
	}
	next(o);
	buf_add(o->b, (str){ digits, (size_t)n });
	if (!strpbrk(digits, ".e"))
		buf_add(o->b, S(".0"));
}

static void put_children(struct json_out *o, const struct json *j)
{
	bool map = json_type(j) == JSON_MAP;
	struct json_each each = { .of = j };

	json_open(o, map ? '{' : '[');
	while (json_next(&each)) {
		if (map)
			json_key(o, each.key);
		json_put(o, each.value);
	}
	json_close(o, map ? '}' : ']');
}

void json_put(struct json_out *o, const struct json *j)
{
	switch (json_type(j)) {
	case JSON_ABSENT:
	case JSON_NULL_: json_put_null(o); break;
	case JSON_BOOL: json_put_bool(o, json_bool(j, false)); break;
	case JSON_INT: json_put_int(o, json_int(j, 0)); break;
	case JSON_DOUBLE: put_double(o, json_double(j, 0)); break;
	case JSON_TEXT: json_put_text(o, json_text(j)); break;
	case JSON_LIST:
	case JSON_MAP: put_children(o, j); break;
	}
}

void json_pair(struct json_out *o, str key, str text)
{
	json_key(o, key);
	json_put_text(o, text);
}
