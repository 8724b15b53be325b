/* SPDX-License-Identifier: Apache-2.0 */
/* mail.c - a mail put in the outbox from here. notify/, which sends it, stands above this folder,
 * so the two meet in the payload of a job: to, subject, text. */
#include "identity/parts.h"

err identity_mail(
	struct conn *c, struct arena *a, str key, str to, str subject, str text, instant now)
{
	struct buf b = buf_in(a, LIMIT_JOB_PAYLOAD);
	struct json_out o = { .b = &b };
	json_open(&o, '{');
	json_pair(&o, S("to"), to);
	json_pair(&o, S("subject"), subject);
	json_pair(&o, S("text"), text);
	json_close(&o, '}');
	if (b.overflow)
		return FAIL(a, INTERNAL, "a mail over its limit");
	return job_put(c, a, S("notify.mail"), key, buf_str(&b), now);
}
