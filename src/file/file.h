/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - papers as they were given: stored once by content (SHA-256), never changed.
 *
 * A part of a form is streamed to a temporary name while it is hashed; file_keep checks it (size,
 * kind by its bytes against the extension), makes it durable (fsync of file and folder) and puts it
 * under its hash, before the row that names it is committed. What is not kept goes with the
 * request's arena; what a crash left under tmp/ is swept at start. */
#pragma once
#include "core/civil.h"
#include "db/db.h"
#include "db/migrate.h"
#include "http/server.h"

extern const struct migration file_migrations[];
extern const struct sql *const file_statements[];

struct file_store;
/* folder: DATA/files; made when absent, mode 0700. */
MUST_USE err file_store_open(struct arena *a, str folder, struct file_store **ret);
struct upload_sink file_sink(struct file_store *s);

/* Kinds that are accepted [C32-7.5]: extension, MIME type, shown in the browser or downloaded. */
#define FILE_KINDS(X)                                                                              \
	X(PDF, "pdf", "application/pdf", true)                                                     \
	X(JPG, "jpg", "image/jpeg", true)                                                          \
	X(PNG, "png", "image/png", true)                                                           \
	X(DOCX, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", \
		false)
enum file_kind {
#define X(name, extension, mime, shown) FILE_##name,
	FILE_KINDS(X)
#undef X
		FILE_KIND_COUNT
};

str file_kind_mime(enum file_kind k);
/* May a browser show it itself? Everything else is downloaded. */
bool file_mime_shown(str mime);

enum file_verdict { FILE_GOOD, FILE_EMPTY, FILE_TOO_LARGE, FILE_WRONG_KIND, FILE_NAME_LIES };
/* What to do about it, a message (view/tr.h); "" when good. */
str file_verdict_text(enum file_verdict v);
/* Looks at the temporary file: is it what its name says, and allowed? Never an err for what a
 * stranger sent. */
MUST_USE err file_inspect(struct file_store *s, struct arena *a, const struct upload *u,
	enum file_verdict *ret, enum file_kind *ret_kind);
/* Makes an inspected upload durable; idempotent. Call before db_write. UNAVAILABLE: disk full. */
MUST_USE err file_keep(struct file_store *s, struct arena *a, const struct upload *u);
/* The same for bytes made here (slips, results drawn by the program). */
MUST_USE err file_keep_bytes(struct file_store *s, struct arena *a, str bytes, str *ret_sha256);

struct stored_file {
	int64_t id, size, created_at;
	str sha256, mime, name;
};
/* The row that names kept content; in the act's transaction. */
MUST_USE err file_record(
	struct conn *c, struct arena *a, const struct stored_file *f, int64_t *ret_id);
MUST_USE err file_get(struct conn *c, struct arena *a, int64_t id, struct stored_file *ret);
/* Open for reading; the descriptor is closed with the arena. INTERNAL when content is missing. */
MUST_USE err file_open(struct file_store *s, struct arena *a, str sha256, int *ret_fd);
/* Re-reads the content: does it still have its hash? For backup checks. */
MUST_USE err file_verify(struct file_store *s, struct arena *a, str sha256, bool *ret_intact);
