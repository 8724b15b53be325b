/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the time limit of one dossier: when it is due, what a pause does, what was spent. */
#pragma once
#include "dossier/dossier.h"

/* When the clock starts at `from`; false when the procedure states no limit. */
bool clock_start(struct arena *a, const struct calendar *k, const struct dossier *d,
	const struct procedure *p, instant from, struct deadline *ret);
/* When it goes on after its pauses, the last of which has just ended. False when nothing moves:
 * there is no limit, or it had passed before that pause. Only a restart may bring nearer what was
 * promised. */
bool clock_resume(struct arena *a, const struct calendar *k, const struct dossier *d,
	const struct procedure *p, const struct pause *pauses, size_t n, struct deadline *ret);
/* The pauses since receipt, from the history, and one more that ends now. */
MUST_USE err clock_pauses(struct conn *c, struct arena *a, const struct dossier *d,
	bool restart_now, const struct procedure *p, instant now, struct pause **ret,
	size_t *ret_n);
/* Keeps the steps of a due moment with its dossier. */
MUST_USE err clock_promise(
	struct conn *c, struct arena *a, const struct dossier *d, const struct deadline *due);
/* Working minutes from receipt to finish. */
int64_t clock_spent(const struct calendar *k, const struct dossier *d);
/* The day on which the office takes in what arrives now: today while it is open, else the next
 * working day [DC-3]. */
day clock_intake(const struct calendar *k, instant now);
