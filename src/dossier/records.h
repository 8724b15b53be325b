/* SPDX-License-Identifier: Apache-2.0 */
/* records.h - what hangs on a dossier: history, files, what was asked for, what was said. */
#pragma once
#include "dossier/dossier.h"

struct dossier_event {
	int64_t number, at;
	str act, from_stage, to_stage, actor, actor_role, note;
};
MUST_USE err dossier_events(
	struct conn *c, struct arena *a, int64_t id, struct dossier_event **ret, size_t *ret_n);
struct dossier_file {
	int64_t id, file_id, size, added_at;
	str kind, field, name, mime, sha256; /* kind: paper, supplement, result, sent-back */
	str scan;                            /* file/file.h */
};
MUST_USE err dossier_files(
	struct conn *c, struct arena *a, int64_t id, struct dossier_file **ret, size_t *ret_n);
/* What a supplement was asked for, thing by thing. */
struct dossier_item {
	int64_t number;
	str text;
};
MUST_USE err dossier_items(
	struct conn *c, struct arena *a, int64_t id, struct dossier_item **ret, size_t *ret_n);
struct dossier_message {
	int64_t id, at, from_office;
	str author, text;
};
/* At most LIMIT_MESSAGE_ROWS, in the order they were said: the last of them but `offset`. */
MUST_USE err dossier_messages(struct conn *c, struct arena *a, int64_t id, int64_t offset,
	struct dossier_message **ret, size_t *ret_n);
MUST_USE err dossier_message_total(struct conn *c, struct arena *a, int64_t id, int64_t *ret);
