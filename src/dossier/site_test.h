/* SPDX-License-Identifier: Apache-2.0 */
/* site_test.h - an office with its portal: its people sign in and work through the pages. */
#pragma once
#include "dossier/dossier_test.h"
#include "tests/visit.h"

struct office_site {
	struct office *o;
	struct visit *v; /* nobody has signed in */
};
/* False, and a failed check, when the server cannot start. End it by visit_done(s.v). */
bool site_open(struct arena *a, enum db_engine engine, struct office_site *ret);
/* A browser of its own, signed in. */
struct visit *site_browser(struct office_site *s, const struct act_actor *who);
/* A page of a dossier, to its applicant or to an officer: "" or "/bo-sung". */
const char *my_page(struct visit *v, const struct dossier *d, const char *rest);
const char *desk_page(struct visit *v, const struct dossier *d, const char *rest);
/* A POST of a form with a file chooser: fields are "a=b&c=d" without escapes; one file, unless
 * file_field is NULL. */
int site_send(
	struct visit *v, const char *path, const char *fields, const char *NULLABLE file_field);
/* Of the form that was shown last. */
int64_t shown_version(const struct visit *v);
/* How many times a piece of text stands on the page. */
int times_shown(const struct visit *v, const char *text);
/* Entries of the trail of one act. */
int64_t site_audits(struct office_site *s, const char *act);
