/* SPDX-License-Identifier: Apache-2.0 */
/* draft.h - an application not yet sent. It carries its submission key from birth, is saved at
 * every step and lives draft_days() after the last one, its owner told some days before. Only its
 * owner sees it; each save compares versions, so that two tabs cannot lose an answer silently. */
#pragma once
#include "db/migrate.h"
#include "forms/form.h"
#include "identity/identity.h"

extern const struct migration forms_migrations[];
extern const struct sql *const forms_statements[];
extern const struct route forms_routes[];
extern const struct job_schedule forms_schedules[]; /* forgets drafts past their day */
extern const struct job_kind forms_jobs[];          /* asks about viruses */

#define DRAFT_CODE 10 /* characters */
/* Could it be one? The code of a procedure has points. */
bool draft_code_valid(str code);

struct draft {
	int64_t id, owner_id, version_id, version, created_at, saved_at, expires_at;
	str code;      /* "n7q4k20x9w": in the address; says nothing */
	str procedure; /* code */
	str agency;    /* chosen receiving agency or "" */
	str answers;   /* JSON */
	str page;      /* last page reached, for "go on" */
	bool submitted;
	str dossier;   /* code of the dossier once submitted */
	str left_over; /* what a newer version of the form has no place for (moving.h) */
};
struct draft_file {
	int64_t id, file_id, size;
	str field, name, mime, sha256, scan;
	struct file_facts facts;
	/* Filled by the page: where it shows it, and what it says of it. */
	url open, thumbnail;
	str same; /* given for another paper already; "" else */
};
/* How long one lives after it was saved last: LIMIT_DRAFT_DAYS, or as told once at start, before
 * threads. */
void drafts_configure(int64_t days);
int64_t draft_days(void);
/* As the file chooser shows it. */
struct file_row paper_row(struct out *o, const struct draft_file *f);
/* Starts one with these answers, prefilled. TOO_MANY beyond LIMIT_DRAFTS. */
MUST_USE err draft_start(struct req *r, const struct procedure *p, const struct form *f,
	struct answers *s, str agency, str *ret_code);
/* NOT_FOUND also when it is somebody else's. */
MUST_USE err draft_get(struct conn *c, struct arena *a, str code, int64_t owner, struct draft *ret);
MUST_USE err draft_list(
	struct conn *c, struct arena *a, int64_t owner, struct draft **ret, size_t *ret_n);
MUST_USE err draft_files(
	struct conn *c, struct arena *a, int64_t draft, struct draft_file **ret, size_t *ret_n);
/* Keeps answers and page and lives on from now. CONFLICT when the version moved on or it is
 * submitted, TOO_LARGE beyond LIMIT_ANSWERS. */
MUST_USE err draft_save(struct conn *c, struct arena *a, const struct draft *d, instant now);
/* With its papers. CONFLICT when it is submitted. */
MUST_USE err draft_delete(struct conn *c, struct arena *a, const struct draft *d);
/* Papers given; the answers that name them (form.h) are draft_save's, in the same transaction. */
MUST_USE err draft_file_add(
	struct conn *c, struct arena *a, const struct draft *d, str field, int64_t file_id);
MUST_USE err draft_file_remove(struct conn *c, struct arena *a, const struct draft *d, int64_t id);
/* In the submitting transaction: compare-and-set to submitted; *ret_mine false when another
 * submission won: the caller then answers with ret_dossier, the first one's code. CONFLICT when it
 * was changed since it was read: what is declared is what was seen. */
MUST_USE err draft_submit(struct conn *c, struct arena *a, const struct draft *d, str dossier,
	bool *ret_mine, str *ret_dossier);
