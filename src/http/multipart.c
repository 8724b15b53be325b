/* SPDX-License-Identifier: Apache-2.0 */
/* multipart/form-data as browsers write it [RFC 7578], read strictly and piece by piece; why not
 * MHD_PostProcessor: docs/adr/0003-own-multipart-parser.md.
 *
 * The delimiter CR LF "--" boundary holds its only CR at its start. So a partial match that fails
 * can begin again only at the byte that broke it, and the bytes held back are always a prefix of
 * the delimiter: counting them is enough, nothing has to be copied. */
#include "http/parse.h"
#include "http/server.h"

enum state { PREAMBLE, AFTER_DELIMITER, HEADERS, CONTENT, AFTER_END };

/* What the part that is being read turns into. */
enum part_kind { PART_TEXT, PART_FILE, PART_NO_FILE };

struct multipart {
	struct arena *a;
	const struct upload_sink *NULLABLE sink; /* NULL: files are read past */
	int64_t file_most;
	bool dropped;
	err failed; /* sticky */

	str delimiter; /* CR LF "--" boundary */
	size_t matched;
	enum state state;
	char pair[2]; /* the two bytes after a delimiter or after the end */
	size_t n_pair;
	struct buf headers;
	size_t n_parts, n_text;

	enum part_kind kind;
	str name, file_name, mime;
	struct buf text;
	void *NULLABLE file; /* of the sink; NULL until the first byte */
	int64_t size;

	VEC(struct field) fields;
	VEC(struct upload) uploads;
};

static bool boundary_valid(str b)
{
	for (size_t i = 0; i < b.n; i++) {
		char c = b.p[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && !memchr("'()+_,-./:=?", c, 12))
			return false;
	}
	return b.n > 0 && b.n <= 70;
}

/* Value of a parameter as in: form-data; name="a"; filename="b". False when there is none.
 * Quoted text runs to the next quote: browsers write %22 for a quote inside. */
static bool parameter(str header, str wanted, str *ret)
{
	str rest;
	if (!str_cut(header, ';', &header, &rest))
		return false;
	while (rest.n > 0) {
		str name, value = S("");
		size_t equal = str_find(rest, S("="));
		name = str_trim(str_part(rest, 0, equal));
		rest = str_from_at(rest, equal + 1);
		if (str_starts(rest, S("\""))) {
			size_t end = str_find(str_from_at(rest, 1), S("\""));
			value = str_part(rest, 1, end);
			rest = str_from_at(rest, end + 2);
			str gap;
			if (!str_cut(rest, ';', &gap, &rest))
				rest = S("");
		} else if (!str_cut(rest, ';', &value, &rest)) {
			rest = S("");
		}
		if (str_eq_nocase(name, wanted)) {
			*ret = value;
			return true;
		}
	}
	return false;
}

err multipart_new(struct arena *a, str content_type, const struct upload_sink *sink,
	int64_t file_most, struct multipart **ret)
{
	str boundary;
	if (!content_type_is(content_type, S("multipart/form-data")) ||
		!parameter(content_type, S("boundary"), &boundary) ||
		!boundary_valid(str_trim(boundary)))
		return FAIL(a, BAD_REQUEST, "multipart without a boundary");
	boundary = str_trim(boundary);
	struct multipart *m = arena_make(a, struct multipart);
	*m = (struct multipart){ .a = a, .sink = sink, .file_most = file_most };
	m->delimiter = arena_printf(a, "\r\n--" STR_FMT, STR_ARG(boundary));
	m->matched = 2; /* the first delimiter has no line end before it */
	*ret = m;
	return NULL;
}

/* How form names and file names are escaped by the HTML standard: only %22, %0D and %0A. */
static str unescape(struct arena *a, str s)
{
	struct buf out = buf_in(a, s.n);
	for (size_t i = 0; i < s.n; i++) {
		str three = str_part(s, i, 3);
		if (str_eq(three, S("%22"))) {
			buf_char(&out, '"');
			i += 2;
		} else if (str_eq_nocase(three, S("%0D")) || str_eq_nocase(three, S("%0A"))) {
			buf_char(&out, ' ');
			i += 2;
		} else {
			buf_char(&out, s.p[i]);
		}
	}
	return buf_str(&out);
}

str file_name_clean(struct arena *a, str s)
{
	for (size_t i = s.n; i > 0; i--)
		if (s.p[i - 1] == '/' || s.p[i - 1] == '\\') {
			s = str_from_at(s, i);
			break;
		}
	if (s.n <= LIMIT_FILE_NAME)
		return s;
	size_t dot = s.n;
	while (dot > 0 && s.p[dot - 1] != '.')
		dot--;
	str extension = dot > 0 && s.n - dot <= 16 ? str_from_at(s, dot - 1) : S("");
	size_t stem = LIMIT_FILE_NAME - extension.n;
	while (((unsigned char)s.p[stem] & 0xc0) == 0x80)
		stem--;
	return arena_printf(a, STR_FMT STR_FMT, (int)stem, s.p, STR_ARG(extension));
}

static err read_disposition(struct multipart *m, str value)
{
	struct arena *a = m->a;
	str kind, rest, name, file_name;
	(void)str_cut(value, ';', &kind, &rest);
	if (!str_eq_nocase(str_trim(kind), S("form-data")) || !parameter(value, S("name"), &name))
		return FAIL(a, BAD_REQUEST, "part without a name");
	m->name = unescape(a, name);
	if (m->name.n > LIMIT_HTTP_FIELD_NAME)
		return FAIL(a, TOO_LARGE, "the name of a part is too long");
	m->kind = PART_TEXT;
	if (parameter(value, S("filename"), &file_name)) {
		m->kind = file_name.n > 0 ? PART_FILE : PART_NO_FILE;
		m->file_name = file_name_clean(a, unescape(a, file_name));
	}
	if (m->kind == PART_FILE && m->uploads.n == LIMIT_HTTP_UPLOADS)
		return FAIL(a, TOO_LARGE, "more than %d files", LIMIT_HTTP_UPLOADS);
	return NULL;
}

static err read_header(struct multipart *m, str line, bool *seen_name)
{
	str name, value;
	if (!str_cut(line, ':', &name, &value))
		return FAIL(m->a, BAD_REQUEST, "part header without a colon");
	value = str_trim(value);
	if (str_eq_nocase(name, S("Content-Disposition"))) {
		if (*seen_name)
			return FAIL(m->a, BAD_REQUEST, "part with two names");
		*seen_name = true;
		return read_disposition(m, value);
	}
	if (str_eq_nocase(name, S("Content-Type")))
		m->mime = value;
	else if (str_eq_nocase(name, S("Content-Transfer-Encoding")) &&
		!str_eq_nocase(value, S("binary")) && !str_eq_nocase(value, S("8bit")))
		return FAIL(m->a, BAD_REQUEST, "part in a transfer encoding");
	return NULL;
}

/* The block ends with an empty line, so every line ends with CR LF. */
static err read_headers(struct multipart *m)
{
	str block = str_copy(m->a, buf_str(&m->headers));
	bool seen_name = false;
	if (!str_is_utf8(block))
		return FAIL(m->a, BAD_REQUEST, "part headers are not UTF-8");
	m->mime = S("");
	while (!str_eq(block, S("\r\n"))) {
		size_t end = str_find(block, S("\r\n"));
		str line = str_part(block, 0, end);
		for (size_t i = 0; i < line.n; i++)
			if ((unsigned char)line.p[i] < 0x20 || line.p[i] == 0x7f)
				return FAIL(m->a, BAD_REQUEST, "control character in a part");
		TRY(read_header(m, line, &seen_name));
		block = str_from_at(block, end + 2);
	}
	if (!seen_name)
		return FAIL(m->a, BAD_REQUEST, "part without a name");
	m->text = buf_in(m->a, LIMIT_HTTP_FIELD);
	m->file = NULL;
	m->size = 0;
	return NULL;
}

static err content_file(struct multipart *m, str piece)
{
	if (m->kind == PART_NO_FILE)
		return FAIL(m->a, BAD_REQUEST, "a file without a name");
	if (!m->sink) {
		m->dropped = true;
		return NULL;
	}
	if (m->size == 0) {
		m->file = m->sink->begin(m->sink->store, m->a);
		if (!m->file)
			return FAIL(m->a, UNAVAILABLE, "no room for an upload");
	}
	/* Beyond the limit the rest is read past: the form comes back with every other answer
	 * and a message beside this file. */
	bool fits = m->size + (int64_t)piece.n <= m->file_most;
	m->size += (int64_t)piece.n;
	if (fits && !m->sink->write(m->file, piece.p, piece.n))
		return FAIL(m->a, UNAVAILABLE, "an upload could not be written");
	return NULL;
}

static err content(struct multipart *m, str piece)
{
	if (piece.n == 0)
		return NULL;
	if (m->kind != PART_TEXT)
		return content_file(m, piece);
	m->n_text += piece.n;
	buf_add(&m->text, piece);
	if (m->text.overflow || m->n_text > LIMIT_HTTP_TEXT)
		return FAIL(m->a, TOO_LARGE, "too much text in a form");
	return NULL;
}

static err finish_file(struct multipart *m)
{
	if (m->kind == PART_NO_FILE || !m->sink)
		return NULL; /* none was chosen, or none is kept */
	struct upload upload = { .field = m->name,
		.file_name = m->file_name,
		.mime = m->mime,
		.sha256 = S(""),
		.path = S("") };
	if (m->size > m->file_most) {
		upload.too_large = true;
		upload.size = m->file_most;
	} else if (m->size > 0 && !m->sink->end(m->file, &upload)) {
		return FAIL(m->a, UNAVAILABLE, "an upload could not be finished");
	}
	*VEC_PUSH(m->a, &m->uploads) = upload;
	return NULL;
}

static err finish_part(struct multipart *m)
{
	if (m->kind != PART_TEXT)
		return finish_file(m);
	str text = buf_str(&m->text);
	if (memchr(text.p, 0, text.n) || !str_is_utf8(text))
		return FAIL(m->a, BAD_REQUEST, "text is not UTF-8");
	if (m->fields.n == LIMIT_HTTP_FIELDS)
		return FAIL(m->a, TOO_LARGE, "more than %d fields", LIMIT_HTTP_FIELDS);
	*VEC_PUSH(m->a, &m->fields) = (struct field){ m->name, line_ends((char *)text.p, text.n) };
	return NULL;
}

/* Takes bytes of a part's content up to the end of the piece or of the delimiter. */
static err take_content(struct multipart *m, str *piece)
{
	str delimiter = m->delimiter, s = *piece;
	while (s.n > 0 && m->matched < delimiter.n) {
		if (m->matched == 0) {
			const char *cr = memchr(s.p, '\r', s.n);
			size_t n = cr ? (size_t)(cr - s.p) : s.n;
			TRY(content(m, str_part(s, 0, n)));
			s = str_from_at(s, n);
			m->matched = cr ? 1 : 0;
			s = str_from_at(s, cr ? 1 : 0);
		} else if (s.p[0] == delimiter.p[m->matched]) {
			m->matched++;
			s = str_from_at(s, 1);
		} else {
			size_t held = m->matched;
			m->matched = 0;
			TRY(content(m, str_part(delimiter, 0, held)));
		}
	}
	*piece = s;
	if (m->matched < delimiter.n)
		return NULL;
	m->state = AFTER_DELIMITER;
	m->n_pair = 0;
	return finish_part(m);
}

static err take_first_delimiter(struct multipart *m, char c)
{
	if (c != m->delimiter.p[m->matched])
		return FAIL(m->a, BAD_REQUEST, "multipart does not begin with its boundary");
	m->matched++;
	if (m->matched == m->delimiter.n)
		m->state = AFTER_DELIMITER;
	return NULL;
}

static err take_after_delimiter(struct multipart *m, char c)
{
	m->pair[m->n_pair++] = c;
	if (m->n_pair < 2)
		return NULL;
	m->n_pair = 0;
	if (memcmp(m->pair, "--", 2) == 0) {
		m->state = AFTER_END;
		return NULL;
	}
	if (memcmp(m->pair, "\r\n", 2) != 0)
		return FAIL(m->a, BAD_REQUEST, "text after a boundary");
	if (++m->n_parts > LIMIT_HTTP_PARTS)
		return FAIL(m->a, TOO_LARGE, "more than %d parts", LIMIT_HTTP_PARTS);
	m->state = HEADERS;
	m->headers = buf_in(m->a, LIMIT_HTTP_PART_HEADERS);
	return NULL;
}

static err take_header(struct multipart *m, char c)
{
	buf_char(&m->headers, c);
	if (m->headers.overflow)
		return FAIL(m->a, TOO_LARGE, "the headers of a part are too long");
	str block = buf_str(&m->headers);
	if (!str_ends(block, S("\r\n\r\n")) && !str_eq(block, S("\r\n")))
		return NULL;
	m->state = CONTENT;
	/* An empty part has its delimiter right after the empty line; the line end of that line
	 * is not part of it. */
	m->matched = 0;
	return read_headers(m);
}

static err take(struct multipart *m, str piece)
{
	while (piece.n > 0) {
		if (m->state == CONTENT) {
			TRY(take_content(m, &piece));
			continue;
		}
		char c = piece.p[0];
		piece = str_from_at(piece, 1);
		switch (m->state) {
		case PREAMBLE: TRY(take_first_delimiter(m, c)); break;
		case AFTER_DELIMITER: TRY(take_after_delimiter(m, c)); break;
		case HEADERS: TRY(take_header(m, c)); break;
		case CONTENT:
		case AFTER_END:
			if (m->n_pair == 2 || c != "\r\n"[m->n_pair])
				return FAIL(m->a, BAD_REQUEST, "text after the last boundary");
			m->n_pair++;
			break;
		}
	}
	return NULL;
}

void multipart_drop_files(struct multipart *m) { m->sink = NULL; }

bool multipart_dropped(const struct multipart *m) { return m->dropped; }

err multipart_add(struct multipart *m, str piece)
{
	if (!m->failed)
		m->failed = take(m, piece);
	return m->failed;
}

err multipart_end(struct multipart *m, struct field **ret_fields, size_t *ret_n_fields,
	struct upload **ret_uploads, size_t *ret_n_uploads)
{
	TRY(m->failed);
	if (m->state != AFTER_END)
		return FAIL(m->a, BAD_REQUEST, "the form was cut off");
	*ret_fields = m->fields.items;
	*ret_n_fields = m->fields.n;
	*ret_uploads = m->uploads.items;
	*ret_n_uploads = m->uploads.n;
	return NULL;
}
