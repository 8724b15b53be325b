/* SPDX-License-Identifier: Apache-2.0 */
/* notices.h - what people are told, and when [C32-9.2, ND61-17.3]. */
#pragma once
#include "dossier/dossier.h"

/* In the act's transaction: the applicant, the officer when the applicant acts, or the clerks while
 * it has no officer, and the leaders when there is something to sign. By mail too, to those of the
 * office who want it. */
MUST_USE err notice_of_act(struct conn *c, struct arena *a, const struct dossier *before,
	const struct dossier *after, const struct act_input *in, instant now);
MUST_USE err notice_of_submission(
	struct conn *c, struct arena *a, const struct dossier *d, instant now);
MUST_USE err notice_of_message(struct conn *c, struct arena *a, const struct dossier *d,
	bool from_office, int64_t message, instant now);
