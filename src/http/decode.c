/* SPDX-License-Identifier: Apache-2.0 */
/* Decoders of what browsers encode: percent escapes, url-encoded forms, cookies. */
#include "http/parse.h"

int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

err url_decode(struct arena *a, str s, bool plus_is_space, str *ret)
{
	char *out = arena_bytes(a, s.n + 1, 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '+' && plus_is_space) {
			c = ' ';
		} else if (c == '%') {
			int high = s.n - i > 2 ? hex_value(s.p[i + 1]) : -1;
			int low = s.n - i > 2 ? hex_value(s.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return FAIL(a, BAD_REQUEST, "broken percent escape");
			c = (char)(high * 16 + low);
			i += 2;
		}
		if (c == 0)
			return FAIL(a, BAD_REQUEST, "NUL in text");
		out[n++] = c;
	}
	if (!str_is_utf8((str){ out, n }))
		return FAIL(a, BAD_REQUEST, "text is not UTF-8");
	*ret = (str){ out, n };
	return NULL;
}

/* Browsers send CRLF for a line end in a text area; the house stores LF. In place. */
str line_ends(char *p, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++) {
		bool line_end = p[i] == '\r';
		if (line_end && i + 1 < n && p[i + 1] == '\n')
			i++;
		p[kept++] = line_end ? '\n' : p[i];
	}
	return (str){ p, kept };
}

err pairs_parse(struct arena *a, str body, struct field **ret_fields, size_t *ret_n)
{
	VEC(struct field) fields = { 0 };
	while (body.n > 0) {
		str pair, name, value;
		if (!str_cut(body, '&', &pair, &body))
			body = S("");
		if (pair.n == 0)
			continue;
		if (!str_cut(pair, '=', &name, &value))
			value = S("");
		if (fields.n == LIMIT_HTTP_FIELDS)
			return FAIL(a, TOO_LARGE, "more than %d fields", LIMIT_HTTP_FIELDS);
		struct field field;
		TRY(url_decode(a, name, true, &field.name));
		TRY(url_decode(a, value, true, &field.value));
		if (field.name.n > LIMIT_HTTP_FIELD_NAME || field.value.n > LIMIT_HTTP_FIELD)
			return FAIL(a, TOO_LARGE, "a field is too long");
		field.value = line_ends((char *)field.value.p, field.value.n);
		*VEC_PUSH(a, &fields) = field;
	}
	*ret_fields = fields.items;
	*ret_n = fields.n;
	return NULL;
}

/* cookie-octet of RFC 6265, and the space and comma that browsers send in spite of it. */
static bool is_cookie_text(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < 0x20 || c == 0x7f || c == '"' || c == '\\')
			return false;
	}
	return str_is_utf8(s);
}

bool cookie_next(str *rest, str *ret_name, str *ret_value)
{
	while (rest->n > 0) {
		str pair;
		if (!str_cut(*rest, ';', &pair, rest))
			*rest = S("");
		if (!str_cut(pair, '=', ret_name, ret_value))
			continue;
		*ret_name = str_trim(*ret_name);
		*ret_value = str_trim(*ret_value);
		str value = *ret_value;
		if (value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"')
			*ret_value = str_part(value, 1, value.n - 2);
		if (ret_name->n > 0 && ret_name->n <= LIMIT_HTTP_FIELD_NAME &&
			is_cookie_text(*ret_name) && is_cookie_text(*ret_value))
			return true;
	}
	return false;
}

void cookies_parse(struct arena *a, str header, struct field **ret, size_t *ret_n)
{
	VEC(struct field) cookies = { 0 };
	struct field cookie;
	while (cookies.n < LIMIT_HTTP_COOKIES && cookie_next(&header, &cookie.name, &cookie.value))
		*VEC_PUSH(a, &cookies) = cookie;
	*ret = cookies.items;
	*ret_n = cookies.n;
}

bool content_type_is(str content_type, str wanted)
{
	str type, rest;
	(void)str_cut(content_type, ';', &type, &rest);
	return str_eq_nocase(str_trim(type), wanted);
}
