/* SPDX-License-Identifier: Apache-2.0 */
/* smtp_peer.h - for tests: a mail server on loopback that takes one mail after another and answers
 * as it is told. It offers no STARTTLS. */
#pragma once
#include "core/core.h"

struct smtp_peer;
/* NULL when there is no port. */
struct smtp_peer *NULLABLE smtp_peer_start(struct arena *a);
/* "smtp://127.0.0.1:…" */
str smtp_peer_url(const struct smtp_peer *p, struct arena *a);
/* What it says from now on to a command ("MAIL", "RCPT", "." after the message) or, "", first of
 * all; to every other "250 ok", and "220 test" first. */
void smtp_peer_answer(struct smtp_peer *p, const char *command, const char *reply);
/* How many mails it took; the last one as it came, without the dot at its end. */
int smtp_peer_count(struct smtp_peer *p);
str smtp_peer_mail(struct smtp_peer *p);
void smtp_peer_stop(struct smtp_peer *p);
