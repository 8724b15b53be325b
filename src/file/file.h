/* SPDX-License-Identifier: Apache-2.0 */
/* file.h - papers as they were given: stored once by content (SHA-256), never changed.
 *
 * A part of a form is streamed to a temporary name while it is hashed; file_keep checks it (size,
 * kind by its bytes against the extension), makes it durable (fsync of file and folder) and puts it
 * under its hash, before the row that names it is committed. What is not kept goes when the
 * handler is done; what a crash left under tmp/ is swept at start. */
#pragma once
#include "core/civil.h"
#include "db/db.h"
#include "db/migrate.h"
#include "http/server.h"
#include "view/component.h"
#include "view/tr.h"

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

/* name, what it is called in the database */
#define FILE_VERDICTS(X)                                  \
	X(GOOD, "")                                       \
	X(EMPTY, "empty")                                 \
	X(TOO_LARGE, "too-large")                         \
	X(WRONG_KIND, "wrong-kind")                       \
	X(NAME_LIES, "name-lies")                         \
	X(BROKEN, "broken")                               \
	X(LOCKED, "locked")                               \
	X(SCRIPT, "script")                               \
	X(ATTACHED, "attached")                           \
	X(BOMB, "bomb")                                   \
	X(PIXELS, "pixels")                               \
	X(MACROS, "macros")                               \
	X(OLD_WORD, "old-word")                           \
	/* For one paper; its taker knows what it has. */ \
	X(TOO_MANY, "too-many")                           \
	X(GIVEN, "given")
enum file_verdict {
#define X(name, code) FILE_##name,
	FILE_VERDICTS(X)
#undef X
		FILE_VERDICT_COUNT
};
/* What to do about it, with the file's name and the most bytes it may have; "" when good. */
str file_verdict_text(
	struct arena *a, enum language l, enum file_verdict v, str name, int64_t most);
str file_verdict_code(enum file_verdict v);
enum file_verdict file_verdict_of(str code);

/* What looking at a file told; 0 and "": not known, or means nothing for its kind. */
struct file_facts {
	int64_t pages, width, height, sharpness;
	str thumbnail; /* content in the store, a JPEG */
	str inspected; /* "done", "failed"; "" when nobody looked */
};
/* In words: "3 trang", "1240 × 1754"; "" when nothing is known. */
str file_facts_text(struct arena *a, enum language l, const struct file_facts *f);
/* What may be hard to read, and how to do better; "" else. It is never a reason to refuse. */
str file_facts_advice(enum language l, const struct file_facts *f);

/* Where it stands with the scanner, in words; "" where nobody scans. */
str file_scan_text(enum language l, str scan, enum tone *ret_tone);
/* What whoever gave it may do, where that is not plain; "" else. */
str file_scan_advice(enum language l, str scan);

struct file_finding {
	enum file_verdict verdict;
	enum file_kind kind;
	struct file_facts facts;
	str scan; /* "waiting" where there is a scanner */
};
/* The program that looks into files, in a process of its own (inspector.c); without one only their
 * first bytes are looked at. */
void file_inspector(struct file_store *s, str program);
/* Looks at the temporary file: is it what its name says, allowed, at most that large, whole and
 * harmless? Never an err for what a stranger sent. Keeps the thumbnail of a good one. */
MUST_USE err file_inspect(struct file_store *s, struct arena *a, const struct upload *u,
	int64_t most, struct file_finding *ret);
/* Makes an inspected upload durable; idempotent. Call before db_write. UNAVAILABLE: disk full. */
MUST_USE err file_keep(struct file_store *s, struct arena *a, const struct upload *u);
/* The same for bytes made here (slips, results drawn by the program). */
MUST_USE err file_keep_bytes(struct file_store *s, struct arena *a, str bytes, str *ret_sha256);

struct stored_file {
	int64_t id, size, created_at;
	str sha256, mime, name;
	str scan; /* 'waiting', 'clean', 'refused', 'failed'; '' where nobody scans */
	struct file_facts facts;
};
/* Of an upload that was found good. */
struct stored_file file_stored(const struct upload *u, const struct file_finding *f, instant now);
/* Of each file that waits for the scanner: {"file": id}. */
#define FILE_SCAN_JOB "file.scan"
/* The row that names kept content; in the act's transaction. */
MUST_USE err file_record(
	struct conn *c, struct arena *a, const struct stored_file *f, int64_t *ret_id);
MUST_USE err file_get(struct conn *c, struct arena *a, int64_t id, struct stored_file *ret);
/* Open for reading; the descriptor is closed with the arena. INTERNAL when content is missing. */
MUST_USE err file_open(struct file_store *s, struct arena *a, str sha256, int *ret_fd);
/* Re-reads the content: does it still have its hash? For backup checks. */
MUST_USE err file_verify(struct file_store *s, struct arena *a, str sha256, bool *ret_intact);
