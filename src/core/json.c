/* SPDX-License-Identifier: Apache-2.0 */
#include "core/json.h"

/* A type of jansson has the name of one of our functions. */
#define json_type jansson_type
#include <jansson.h>
#undef json_type

/* A value of ours is a value of jansson's; only this file knows. */
static const json_t *inner(const struct json *j) { return (const json_t *)j; }

static const struct json *outer(const json_t *j) { return (const struct json *)j; }

static void release(void *j) { json_decref(j); }

/* jansson's own limit is fixed when it is compiled, and far above ours. Brackets inside of
 * strings do not count. */
static bool too_deep(str text)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (quoted)
			continue;
		else if ((c == '{' || c == '[') && ++depth > LIMIT_JSON_DEPTH)
			return true;
		else if ((c == '}' || c == ']') && depth)
			depth--;
	}
	return false;
}

/* A whole number of that many digits may not fit in 64 bits. */
#define LONG_INTEGER 19

/* The number that begins at i, with ".0" when it is a long whole one; where it ends. */
static size_t put_number(struct buf *b, str text, size_t i)
{
	size_t end = i + (text.p[i] == '-'), from = end;

	while (end < text.n && text.p[end] >= '0' && text.p[end] <= '9')
		end++;
	buf_add(b, str_part(text, i, end - i));
	bool whole = end >= text.n || !strchr(".eE", text.p[end]);
	if (whole && end - from >= LONG_INTEGER)
		buf_add(b, S(".0"));
	while (!whole && end < text.n && strchr("0123456789.eE+-", text.p[end]))
		buf_char(b, text.p[end++]);
	return end;
}

/* The text with its long integers as reals, which is what JavaScript makes of them. */
static str with_reals(struct arena *a, str text)
{
	struct buf b = buf_in(a, 2 * (size_t)LIMIT_JSON);
	bool quoted = false;

	for (size_t i = 0; i < text.n;) {
		char c = text.p[i];
		if (!quoted && (c == '-' || (c >= '0' && c <= '9'))) {
			i = put_number(&b, text, i);
			continue;
		}
		quoted = quoted != (c == '"');
		buf_char(&b, c);
		i++;
		if (quoted && c == '\\' && i < text.n)
			buf_char(&b, text.p[i++]);
	}
	return buf_str(&b);
}

static json_t *NULLABLE load(struct arena *a, str text, json_error_t *error)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY;
	json_t *j = json_loadb(text.p, text.n, flags, error);

	if (j || json_error_code(error) != json_error_numeric_overflow)
		return j;
	text = with_reals(a, text);
	return json_loadb(text.p, text.n, flags, error);
}

err json_parse(struct arena *a, str text, const struct json **ret)
{
	json_error_t error;

	if (text.n > LIMIT_JSON)
		return FAIL(a, INVALID, "JSON of %zu bytes", text.n);
	/* jansson takes one behind a number for the end of the text. */
	if (str_has(text, S("\0")))
		return FAIL(a, INVALID, "JSON with a NUL byte");
	if (too_deep(text))
		return FAIL(a, INVALID, "JSON nested deeper than %d", LIMIT_JSON_DEPTH);
	json_t *j = load(a, text, &error);
	if (!j) {
		/* What follows "near" is the text itself, which may be somebody's name. */
		str why = str_from(error.text);
		why = str_part(why, 0, str_find(why, S(" near ")));
		return FAIL(a, INVALID, "JSON line %d column %d: " STR_FMT, error.line,
			error.column, STR_ARG(why));
	}
	arena_defer(a, release, j);
	*ret = outer(j);
	return NULL;
}

enum json_type json_type(const struct json *j)
{
	if (!j)
		return JSON_ABSENT;
	switch (json_typeof(inner(j))) {
	case JSON_OBJECT: return JSON_MAP;
	case JSON_ARRAY: return JSON_LIST;
	case JSON_STRING: return JSON_TEXT;
	case JSON_INTEGER: return JSON_INT;
	case JSON_REAL: return JSON_DOUBLE;
	case JSON_TRUE:
	case JSON_FALSE: return JSON_BOOL;
	case JSON_NULL: break;
	}
	return JSON_NULL_;
}

const struct json *json_get(const struct json *j, const char *key)
{
	return json_find(j, str_from(key));
}

const struct json *json_find(const struct json *j, str key)
{
	return outer(json_object_getn(inner(j), key.p, key.n));
}

const struct json *json_at(const struct json *j, size_t i)
{
	return outer(json_array_get(inner(j), i));
}

size_t json_count(const struct json *j)
{
	/* Each is 0 for everything but its own type. */
	return json_array_size(inner(j)) + json_object_size(inner(j));
}

bool json_next(struct json_each *each)
{
	json_t *j = (json_t *)inner(each->of);

	if (json_is_array(j)) {
		each->value = json_at(each->of, each->seen++);
		return each->value;
	}
	each->at = each->seen++ ? json_object_iter_next(j, each->at) : json_object_iter(j);
	if (!each->at)
		return false;
	each->key = (str){ json_object_iter_key(each->at), json_object_iter_key_len(each->at) };
	each->value = outer(json_object_iter_value(each->at));
	return true;
}

bool json_member(const struct json *j, size_t i, str *ret_key, const struct json **ret_value)
{
	struct json_each each = { .of = j };

	if (json_type(j) != JSON_MAP || i >= json_count(j))
		return false;
	while (json_next(&each) && i--)
		;
	*ret_key = each.key;
	*ret_value = each.value;
	return true;
}

str json_text(const struct json *j)
{
	if (!json_is_string(inner(j)))
		return S("");
	return (str){ json_string_value(inner(j)), json_string_length(inner(j)) };
}

int64_t json_int(const struct json *j, int64_t fallback)
{
	return json_is_integer(inner(j)) ? json_integer_value(inner(j)) : fallback;
}

double json_double(const struct json *j, double fallback)
{
	return json_is_number(inner(j)) ? json_number_value(inner(j)) : fallback;
}

bool json_bool(const struct json *j, bool fallback)
{
	return json_is_boolean(inner(j)) ? json_is_true(inner(j)) : fallback;
}

str json_get_text(const struct json *j, const char *key) { return json_text(json_get(j, key)); }
