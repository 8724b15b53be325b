/* SPDX-License-Identifier: Apache-2.0 */
#include "forms/upload_read.h"

#include "http/parse.h"

#define CODE_LENGTH 24
#define MODIFIED_MOST ((int64_t)1 << 53) /* of a number of JavaScript */

str upload_code(str given)
{
	for (size_t i = 0; i < given.n; i++)
		if (!(given.p[i] >= 'a' && given.p[i] <= 'z') &&
			!(given.p[i] >= '2' && given.p[i] <= '9'))
			return S("");
	return given.n == CODE_LENGTH ? given : S("");
}

err upload_wish_read(struct req *r, struct upload_wish *ret)
{
	struct upload_wish w = { .input = req_field(r, S("muc")),
		.name = file_name_clean(r->arena, req_field(r, S("ten"))) };

	if (!w.input.n || w.input.n > LIMIT_HTTP_FIELD_NAME || !w.name.n)
		return FAIL(r->arena, BAD_REQUEST, "an upload for nothing, or without a name");
	if (!str_to_int(req_field(r, S("co")), 1, INT64_MAX, &w.size) ||
		!str_to_int(req_field(r, S("sua")), -MODIFIED_MOST, MODIFIED_MOST, &w.modified))
		return FAIL(r->arena, BAD_REQUEST, "an upload without its size or day");
	if (w.size > LIMIT_FILE)
		return FAIL(r->arena, TOO_LARGE, "an upload of %lld bytes", (long long)w.size);
	*ret = w;
	return NULL;
}

err upload_piece_read(struct req *r, struct upload_piece *ret)
{
	struct upload_piece p = { .code = upload_code(req_field(r, S("ma"))),
		.bytes = req_upload(r, S("manh"), 0) };

	if (!p.code.n || !str_to_int(req_field(r, S("vi-tri")), 0, LIMIT_FILE, &p.at))
		return FAIL(r->arena, BAD_REQUEST, "a piece of nothing, or for nowhere");
	if (!p.bytes || r->uploads.n != 1 || p.bytes->size <= 0)
		return FAIL(r->arena, BAD_REQUEST, "not one piece");
	if (p.bytes->too_large || p.bytes->size > LIMIT_CHUNK)
		return FAIL(r->arena, TOO_LARGE, "a piece of %lld bytes", (long long)p.bytes->size);
	*ret = p;
	return NULL;
}
