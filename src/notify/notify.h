/* SPDX-License-Identifier: Apache-2.0 */
/* notify.h - telling people [C32-9.2, C32-9.3]: a notice in the portal's inbox, at once and in the
 * act's own transaction, and a mail from the outbox. Speaks of a reference, never of a dossier.
 * Every sending is kept with channel, time and outcome. */
#pragma once
#include "db/migrate.h"
#include "identity/identity.h"

extern const struct migration notify_migrations[];
extern const struct sql *const notify_statements[];
extern const struct route notify_routes[];     /* /ca-nhan/thong-bao */
extern const struct job_kind notify_jobs[];    /* notify.mail */

struct notice {
	int64_t account_id;
	str kind;        /* "dossier.received": names the template and makes the key with reference */
	str reference;   /* "H99.001.01-261123-0001/3": unique per event */
	str title, text; /* in the recipient's language, without mark-up */
	str link;        /* "/ca-nhan/ho-so/…" */
	str email;       /* "" = portal only */
};
MUST_USE err notify_put(struct conn *c, struct arena *a, const struct notice *n, instant now);
MUST_USE err notify_unread(struct conn *c, struct arena *a, int64_t account, int64_t *ret);

/* How mail leaves: "smtp://host:587", "smtps://…"; "" = kept in the portal only, logged as such. */
struct mail_config {
	str url, user, password_file, from;
	str folder;      /* demonstration and tests: mails are written here as .eml instead */
	bool start_tls;  /* demanded */
};
void notify_configure(const struct mail_config *m);
/* One mail, RFC 5322, UTF-8 headers encoded; used by the job and by identity's codes. */
MUST_USE err mail_send(struct arena *a, str to, str subject, str text, str message_id);
/* For folders below notify (identity): puts a mail in the outbox. */
MUST_USE err mail_put(struct conn *c, struct arena *a, str key, str to, str subject, str text,
		      instant now);
