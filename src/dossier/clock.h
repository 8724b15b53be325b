/* SPDX-License-Identifier: Apache-2.0 */
/* clock.h - the time limit of one dossier: when it is due, what a pause does, what was spent. */
#pragma once
#include "dossier/dossier.h"

/* Due moment when the clock starts at `from`; absent when the procedure states no limit. */
struct opt_int clock_due(struct arena *a, const struct calendar *k, const struct dossier *d,
	const struct procedure *p, instant from);
/* Due moment when a paused clock goes on now: what was left at the pause is left now. Unchanged
 * when it had passed before the pause. */
struct opt_int clock_shifted(const struct calendar *k, const struct dossier *d, instant now);
/* Working minutes from receipt to finish. */
int64_t clock_spent(const struct calendar *k, const struct dossier *d);
/* The day on which the office takes in what arrives now: today while it is open, else the next
 * working day [DC-3]. */
day clock_intake(const struct calendar *k, instant now);
