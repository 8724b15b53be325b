/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - what only dossier_do and dossier_submit may write. Each is one step of their
 * transaction and runs on its connection. */
#pragma once
#include "dossier/records.h"

/* A new dossier with all that follows from one: row, event, tally, figures, words, audit. d has its
 * code, draft, agency, channel and applicant; the rest comes from the procedure and the moment. */
MUST_USE err dossier_enter(struct conn *c, struct arena *a, const struct act_actor *by, instant now,
	const struct calendar *k, const struct procedure *p, struct dossier *d);
/* Where it stands in the desk's lists: its due moment, or the far future. */
instant dossier_sort_at(const struct dossier *d);
/* Compare-and-set on d->version. */
MUST_USE err dossier_write(
	struct conn *c, struct arena *a, const struct dossier *d, instant now, bool *ret_stored);
/* The event numbered by the dossier's version after the act. */
MUST_USE err dossier_record(struct conn *c, struct arena *a, const struct dossier *before,
	const struct dossier *after, str act, const struct act_actor *by, str note, instant now);
MUST_USE err dossier_add_file(struct conn *c, struct arena *a, int64_t dossier, int64_t file,
	str kind, str field, instant now);
/* What was proposed so far is no result any more: its files become "sent-back". */
MUST_USE err dossier_send_results_back(struct conn *c, struct arena *a, int64_t dossier);
MUST_USE err dossier_add_item(
	struct conn *c, struct arena *a, int64_t dossier, int64_t number, str text);
/* Moves one dossier from one cell of the desk's tally to another; before NULL for a new one. */
MUST_USE err dossier_tally(struct conn *c, struct arena *a, const struct dossier *NULLABLE before,
	const struct dossier *after);
/* Figures of the month: received, finished. */
MUST_USE err dossier_count_received(struct conn *c, struct arena *a, const struct dossier *d);
MUST_USE err dossier_count_finished(
	struct conn *c, struct arena *a, const struct dossier *d, int64_t working_minutes);
/* The words it is found by. */
/* The words that a dossier is found by. Those of the agency's own code are in the code of every
 * dossier that it has: they would tell none from another. */
size_t dossier_words(struct arena *a, str agency, str text, str *words, size_t most);
MUST_USE err dossier_index(struct conn *c, struct arena *a, const struct dossier *d);
/* Slip 01 (receipt and appointment), frozen; its PDF must be kept already. */
struct slip {
	str number, data, sha256;
	str token; /* random; in the QR of the paper */
	int64_t issued_at;
};
MUST_USE err slip_insert(
	struct conn *c, struct arena *a, int64_t dossier, str kind, const struct slip *s);
MUST_USE err slip_find(struct conn *c, struct arena *a, int64_t dossier, str kind, struct slip *ret,
	bool *ret_found);
