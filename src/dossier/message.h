/* SPDX-License-Identifier: Apache-2.0 */
/* message.h - conversation while a dossier is open [C32-9.1]: the applicant and the office. */
#pragma once
#include "dossier/dossier.h"

/* The owner, or an officer of the dossier's agency; FORBIDDEN for others, CONFLICT once closed and
 * when there are LIMIT_MESSAGES. The other side is told. */
MUST_USE err message_put(struct db *db, struct arena *a, const struct dossier *d,
	struct act_actor by, str text, instant now);
