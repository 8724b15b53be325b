/* SPDX-License-Identifier: Apache-2.0 */
/* upload_read.h - what a browser says when it sends a file in pieces, read strictly: nothing here
 * comes from a person, so what does not fit is BAD_REQUEST. Pure functions over a form. */
#pragma once
#include "file/file.h"

/* muc (input), ten (name), co (size), sua (last modified, ms). TOO_LARGE beyond LIMIT_FILE. */
struct upload_wish {
	str input, name;
	int64_t size, modified;
};
MUST_USE err upload_wish_read(struct req *r, struct upload_wish *ret);
/* ma (code), vi-tri (where the piece begins) and the piece: the one file of the form, "manh". */
struct upload_piece {
	str code;
	int64_t at;
	const struct upload *bytes;
};
MUST_USE err upload_piece_read(struct req *r, struct upload_piece *ret);
/* The code of a field or query; "" when it cannot be one. */
str upload_code(str given);
