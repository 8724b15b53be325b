/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - the body of a dossier page, drawn once for both sides: the applicant and the office. */
#pragma once
#include "dossier/dossier_view.h"
#include "view/page.h"

struct dossier_parts {
	html clock, timeline, answers, messages;
	html papers, supplements, results;
	bool has_messages, has_papers, has_supplements, has_results;
	bool full;       /* nothing more can be said: LIMIT_MESSAGES */
	LIST(str) items; /* what a supplement was asked for */
};
/* office: messages are told apart by side, files open under the desk's address, and a result that
 * is only proposed is shown. Call when the caller may see the dossier. */
MUST_USE err dossier_parts_of(struct req *r, struct conn *c, const struct dossier *d, bool office,
	struct dossier_parts *ret);
/* Nothing is the applicant's before it is decided. */
bool result_is_out(const struct dossier *d);
