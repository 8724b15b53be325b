/* SPDX-License-Identifier: Apache-2.0 */
/* filled.h - what was declared in a dossier, as form and version were when it was sent. */
#pragma once
#include "dossier/dossier_view.h"
#include "forms/filled.h"

/* What is amiss between the answers, by the checks of the form of that day; the applicant was shown
 * the same before sending. */
struct finding_item {
	str message, label, value; /* of the question; label "": of none alone */
	url open;                  /* the answer on the officer's page */
};
struct findings_view {
	LIST(struct finding_item) items;
};
MUST_USE err findings_view_of(
	struct out *o, struct conn *c, const struct dossier *d, struct findings_view *ret);

/* verify: address that its QR code opens. NOT_FOUND when the procedure had no form. */
MUST_USE err dossier_filled(struct conn *c, struct arena *a, enum language l,
	const struct dossier *d, str verify, struct form_source *ret_source,
	struct filled_form *ret);

err show_my_form(struct req *r);
err show_my_form_file(struct req *r);
err show_my_form_print(struct req *r);
err show_officer_form(struct req *r);
