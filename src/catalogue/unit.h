/* SPDX-License-Identifier: Apache-2.0 */
/* unit.h - administrative units: provinces and communes of today, and what was before them. */
#pragma once
#include "db/db.h"

/* Codes were given again in 2025. A unit of today is named by its code; one of before by its code
 * and its last day, "00004@2025-06-30", which is another place than "00004". */
struct unit {
	str code, parent, kind; /* kind: "province", "commune"; of before only: "district" */
	str type, name, full_name, name_en;
	int64_t valid_from;
	struct opt_int valid_to;
	str within, became; /* of unit_communes_ever: "Quận Ba Đình"; "Phường Ba Đình, …" */
};
str unit_reference(struct arena *a, const struct unit *u);
/* By its reference. A code alone is its newest bearer. */
MUST_USE err unit_find(
	struct conn *c, struct arena *a, str reference, struct unit *ret, bool *ret_found);
MUST_USE err unit_provinces(struct conn *c, struct arena *a, struct unit **ret, size_t *ret_n);
MUST_USE err unit_communes(
	struct conn *c, struct arena *a, str province, struct unit **ret, size_t *ret_n);
/* Those of before that became one of them, too: valid_to is set. */
MUST_USE err unit_communes_ever(
	struct conn *c, struct arena *a, str province, struct unit **ret, size_t *ret_n);
/* The units of today that a unit of before became; none for one of today. */
MUST_USE err unit_successors(
	struct conn *c, struct arena *a, const struct unit *u, struct unit **ret, size_t *ret_n);
/* The code of the province in which a commune lies today. */
MUST_USE err unit_province_today(
	struct conn *c, struct arena *a, const struct unit *commune, str *ret);
/* "Phường Trung Tâm, tỉnh Lam Giang"; of before as it was then, with its district; "" for none. */
MUST_USE err unit_full_name(struct conn *c, struct arena *a, str reference, str *ret);
