/* SPDX-License-Identifier: Apache-2.0 */
/* versions.h - all versions of a procedure, and what forms can offer, for those who make them. */
#pragma once
#include "catalogue/catalogue.h"

/* Every version there ever was, newest first. */
struct version_row {
	int64_t id, version, valid_from, created_at;
	struct opt_int valid_to; /* before valid_from: it was replaced before its first day */
	bool online;             /* with a form */
	str name;
};
MUST_USE err procedure_versions(
	struct conn *c, struct arena *a, str code, struct version_row **ret, size_t *ret_n);
/* Those with a form, in force on a day. */
struct online_row {
	str code, name;
};
MUST_USE err procedure_online(struct conn *c, struct arena *a, day on, int64_t most,
	struct online_row **ret, size_t *ret_n);
/* As it was published. NOT_FOUND. */
MUST_USE err procedure_text(struct conn *c, struct arena *a, int64_t version_id, str *ret);
MUST_USE err procedure_newest_id(struct conn *c, struct arena *a, str code, int64_t *ret);
/* Out of force after that day; NOT_FOUND when nothing was. Bumps the content version. */
MUST_USE err procedure_retire(struct conn *c, struct arena *a, str code, day last);
/* The lists that forms can offer, by name. */
struct list_name {
	str list;
	int64_t items;
};
MUST_USE err code_list_names(
	struct conn *c, struct arena *a, struct list_name **ret, size_t *ret_n);
