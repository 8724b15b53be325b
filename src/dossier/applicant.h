/* SPDX-License-Identifier: Apache-2.0 */
/* applicant.h - who applies, and for whom, as the answers of any form say it. */
#pragma once
#include "dossier/dossier.h"

struct person {
	str name, person_id, address, phone, email;
	str commune; /* code */
};
/* What the form asks counts as it was answered, also when it was left empty; the account speaks
 * only of what the form does not ask. The identity number is that of the paper that was given. */
struct person applicant_of(
	struct arena *a, const struct form *f, const struct answers *s, const struct account *who);
/* Whom an authorised applicant acts for; without a name when nobody. */
struct person principal_of(const struct answers *s);
