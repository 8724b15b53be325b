/* SPDX-License-Identifier: Apache-2.0 */
/* parse.h - the parsers that face the network, pure functions over bytes so that each has a fuzz
 * target. None allocates without a ceiling, none trusts a length. */
#pragma once
#include "http/req.h"

/* Of one hexadecimal digit, either case; -1 of anything else. */
int hex_value(char c);
/* Percent-decoding; plus_is_space for forms. BAD_REQUEST for a broken escape, NUL or bytes that
 * are not UTF-8. */
MUST_USE err url_decode(struct arena *a, str s, bool plus_is_space, str *ret);
/* application/x-www-form-urlencoded, queries as well. TOO_LARGE beyond LIMIT_HTTP_FIELDS or the
 * lengths of limits.h, BAD_REQUEST when malformed. */
MUST_USE err pairs_parse(struct arena *a, str body, struct field **ret_fields, size_t *ret_n);
/* The Cookie header; broken pairs are skipped, as RFC 6265 asks of servers. */
void cookies_parse(struct arena *a, str header, struct field **ret, size_t *ret_n);
/* The same one by one, without memory: takes the next good pair off rest, false at the end. */
bool cookie_next(str *rest, str *ret_name, str *ret_value);
/* CRLF and CR to LF, in place: form values have LF line ends. */
str line_ends(char *p, size_t n);
/* The name of a file without folders, and short enough for a disk; its extension is kept. */
str file_name_clean(struct arena *a, str s);
/* "multipart/form-data; boundary=x" is "multipart/form-data", in any case of letters. */
bool content_type_is(str content_type, str wanted);

/* Framing and routing headers that two parsers could read differently [RFC 9112 6.3, 11.2]. */
struct raw_header {
	str name, value;
};
/* BAD_REQUEST with the reason in the detail: two Content-Length, Content-Length with
 * Transfer-Encoding, a Transfer-Encoding other than chunked, a length that is not all digits, no
 * Host or two, space or control characters in a name, a control character in a value. */
MUST_USE err guard_headers(
	struct arena *a, const struct raw_header *headers, size_t n, bool http_1_1);
/* The same without memory, for the event loops: NULL, or the reason. */
const char *NULLABLE guard_reason(const struct raw_header *headers, size_t n, bool http_1_1);
/* Host: name or address, optional port. */
bool host_valid(str host);

/* multipart/form-data, fed piece by piece. Text parts become fields, file parts go to the sink. */
struct multipart;
struct upload_sink;
MUST_USE err multipart_new(struct arena *a, str content_type, const struct upload_sink *sink,
	int64_t file_most, struct multipart **ret);
/* From now on files are read past; multipart_dropped: were there any? */
void multipart_drop_files(struct multipart *m);
bool multipart_dropped(const struct multipart *m);
/* Errors are sticky: the same err again. TOO_LARGE, BAD_REQUEST, UNAVAILABLE (disk full). */
MUST_USE err multipart_add(struct multipart *m, str piece);
/* BAD_REQUEST when the closing boundary has not been seen: a truncated body is never a form. */
MUST_USE err multipart_end(struct multipart *m, struct field **ret_fields, size_t *ret_n_fields,
	struct upload **ret_uploads, size_t *ret_n_uploads);
