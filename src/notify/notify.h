/* SPDX-License-Identifier: Apache-2.0 */
/* notify.h - telling people [C32-9.2, C32-9.3]: a notice in the portal's inbox, at once and in the
 * act's own transaction, and a mail from the outbox. Speaks of a reference, never of a dossier.
 * Every sending is kept with channel, time and outcome. */
#pragma once
#include "db/migrate.h"
#include "identity/identity.h"

extern const struct migration notify_migrations[];
extern const struct sql *const notify_statements[];
extern const struct route notify_routes[];  /* /ca-nhan/thong-bao */
extern const struct job_kind notify_jobs[]; /* notify.mail */

struct notice {
	int64_t account_id;
	str kind;        /* "dossier.received": makes the key with reference */
	str reference;   /* "H99.001.01-261123-0001/3": unique per event */
	str title, text; /* in the recipient's language, without mark-up; lines by '\n' */
	str link;        /* "/ca-nhan/ho-so/…" */
	str email;       /* "" = portal only; so is an account that wants no mail */
};
/* Once for an account, kind and reference, however often it is put. */
MUST_USE err notify_put(struct conn *c, struct arena *a, const struct notice *n, instant now);
MUST_USE err notify_unread(struct conn *c, struct arena *a, int64_t account, int64_t *ret);

/* How mail leaves: "smtp://host:587", "smtps://…"; "" = kept in the portal only, logged as such. */
struct mail_config {
	str url, user, password_file;
	str from;       /* "no-reply@h99.gov.vn", or "Cổng H99 <no-reply@h99.gov.vn>" */
	str folder;     /* demonstration and tests: mails are written here as .eml instead */
	bool start_tls; /* demanded */
};
/* Once at start, before threads; *m must live as long as the process. */
void notify_configure(const struct mail_config *m);
