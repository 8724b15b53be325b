/* SPDX-License-Identifier: Apache-2.0 */
/* upload.h - a file that comes in pieces, and goes on where it stopped: after a lost connection, a
 * restart of the server, from another tab. The row says how much there is; a piece is on the disk
 * before it does. What a piece is given to is the caller's: subject and field are its words. */
#pragma once
#include "file/file.h"

struct file_upload {
	int64_t id, owner_id, size, modified, received;
	str code, subject, field, name;
	str state;   /* "open", "done", "refused" */
	str verdict; /* of a refused one */
};
/* Goes on with the one that has the same owner, subject, field, name, size and modified, or begins
 * it. TOO_MANY beyond LIMIT_UPLOADS_OPEN of one person, or the bytes they may come to. */
MUST_USE err file_upload_begin(struct db *db, struct arena *a, const struct file_upload *wanted,
	instant now, struct file_upload *ret);
/* NOT_FOUND also when it is somebody else's. */
MUST_USE err file_upload_get(struct conn *c, struct arena *a, str code, int64_t owner, str subject,
	struct file_upload *ret);
/* Adds a piece, durably; none when `at` is not where it stands. *ret is where it stands
 * afterwards in any case. */
MUST_USE err file_upload_add(struct file_store *s, struct db *db, struct arena *a,
	const struct file_upload *u, int64_t at, const struct upload *piece, instant now,
	int64_t *ret);
/* What came, as an upload to be inspected and kept; it stays until file_upload_drop. */
MUST_USE err file_upload_whole(
	struct file_store *s, struct arena *a, const struct file_upload *u, struct upload *ret);
/* In the act's transaction; *ret_mine false when it has ended already. */
MUST_USE err file_upload_end(struct conn *c, struct arena *a, const struct file_upload *u,
	enum file_verdict v, instant now, bool *ret_mine);
/* After the commit: the bytes. */
void file_upload_drop(struct file_store *s, struct arena *a, const struct file_upload *u);
/* Those refused, until somebody was told. */
MUST_USE err file_upload_refused(struct conn *c, struct arena *a, int64_t owner, str subject,
	struct file_upload **ret, size_t *ret_n);
MUST_USE err file_upload_told(struct conn *c, struct arena *a, int64_t id);
