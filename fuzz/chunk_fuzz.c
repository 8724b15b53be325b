/* SPDX-License-Identifier: Apache-2.0 */
/* What a script says of an upload in pieces: whatever is accepted is within its limits, and names
 * nothing outside of the folder of uploads. The first line of the input is the form of the start,
 * the second that of a piece; the rest is the piece. */
#include "fuzz/fuzz.h"

#include "forms/upload_read.h"
#include "http/parse.h"

static struct req *request_of(struct arena *a, str fields)
{
	struct req *r = arena_make(a, struct req);

	*r = (struct req){ .arena = a, .method = S("POST") };
	if (pairs_parse(a, fields, &r->fields.items, &r->fields.n))
		r->fields.n = 0;
	return r;
}

static void check_wish(struct req *r)
{
	struct upload_wish w;

	if (upload_wish_read(r, &w))
		return;
	HOLDS(w.size > 0 && w.size <= LIMIT_FILE);
	HOLDS(w.input.n > 0 && w.input.n <= LIMIT_HTTP_FIELD_NAME);
	HOLDS(w.name.n > 0 && w.name.n <= LIMIT_FILE_NAME && str_is_utf8(w.name));
	HOLDS(!str_has(w.name, S("/")) && !str_has(w.name, S("\\")));
}

static void check_piece(struct req *r, str bytes)
{
	struct upload one = { .field = S("manh"), .size = (int64_t)bytes.n };
	struct upload_piece p;

	r->uploads.items = &one;
	r->uploads.n = 1;
	if (upload_piece_read(r, &p))
		return;
	HOLDS(p.at >= 0 && p.at <= LIMIT_FILE);
	HOLDS(p.bytes->size > 0 && p.bytes->size <= LIMIT_CHUNK);
	HOLDS(p.code.n == 24 && !str_has(p.code, S("/")) && !str_has(p.code, S(".")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	str rest = { (const char *)data, size }, wish, piece;

	(void)str_cut(rest, '\n', &wish, &rest);
	(void)str_cut(rest, '\n', &piece, &rest);
	check_wish(request_of(a, wish));
	check_piece(request_of(a, piece), rest);
	return 0;
}
