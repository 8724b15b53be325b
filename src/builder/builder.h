/* SPDX-License-Identifier: Apache-2.0 */
/* builder.h - where an official makes the form of a procedure and publishes it, without programming
 * and without script. There is one working copy (bản nháp) of each procedure, its whole text;
 * nothing that is done to it touches what is published until builder_publish, which is one
 * transaction. Every change is made by a pure function (edit.h), written, read again and kept only
 * when it can be read; versions are compared, so that two editors never overwrite each other in
 * silence. */
#pragma once
#include "catalogue/versions.h"
#include "forms/form.h"
#include "identity/identity.h"

extern const struct migration builder_migrations[];
extern const struct sql *const builder_statements[];
extern const struct route builder_routes[];

struct working_copy {
	str code, name;
	int64_t version, base; /* base: id of the published version it began as; 0 none */
	str definition;        /* "" in lists */
	str changed_by;
	instant changed_at;
};
MUST_USE err copy_find(
	struct conn *c, struct arena *a, str code, struct working_copy *ret, bool *ret_found);
MUST_USE err copy_all(struct conn *c, struct arena *a, struct working_copy **ret, size_t *ret_n);
/* A text of before; NOT_FOUND when it is kept no more. */
MUST_USE err copy_text(struct conn *c, struct arena *a, str code, int64_t version, str *ret);

struct keeping {
	str code, name;
	int64_t seen; /* version that was changed; 0: there was none yet */
	int64_t base;
	str definition;
	struct audit_actor by;
	instant now;
	str act; /* for the audit trail; "" none: changes are in the texts */
};
/* An act for write_of. CONFLICT when it was changed meanwhile. */
err copy_keep(struct conn *c, struct arena *a, void *keeping);

struct publishing {
	struct working_copy copy; /* as it was seen */
	day from;
	str legal_number, legal_title;
	day legal_day;
	struct audit_actor by;
	instant now;
	int64_t version_id; /* what came of it */
};
/* An act for write_of: samples are run, the version is put, who, when and the ground are noted, the
 * working copy goes on from it. INVALID with the reason when it cannot be published, CONFLICT when
 * the copy was changed meanwhile, or says what is published already. */
err builder_publish(struct conn *c, struct arena *a, void *publishing);

/* A procedure_gate: what form_publishable says, and CONFLICT for a text that would replace versions
 * which were published here without being based on the newest of them. */
MUST_USE err builder_importable(struct conn *c, struct arena *a, str definition);

struct retiring {
	str code;
	day last; /* day in force */
	struct audit_actor by;
	instant now;
};
/* An act: the procedure cannot be applied for after that day. NOT_FOUND when nothing is in force
 * then. */
err builder_retire(struct conn *c, struct arena *a, void *retiring);

struct publication {
	int64_t version_id, published_at, legal_day;
	str published_by, legal_number, legal_title;
};
MUST_USE err publication_all(
	struct conn *c, struct arena *a, str code, struct publication **ret, size_t *ret_n);

/* A file that waits for choices. */
struct pending_import {
	str definition, sent_by;
	int64_t base;
	instant sent_at;
};
MUST_USE err import_find(
	struct conn *c, struct arena *a, str code, struct pending_import *ret, bool *ret_found);
MUST_USE err import_keep(struct conn *c, struct arena *a, str code, const struct pending_import *i);
MUST_USE err import_forget(struct conn *c, struct arena *a, str code);

/* Answers of somebody who tries a form out; "{}" at first. */
MUST_USE err trial_find(
	struct conn *c, struct arena *a, str code, int64_t account, str *ret_answers);
MUST_USE err trial_keep(struct conn *c, struct arena *a, str code, int64_t account, str answers);
