/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/parts.h"

err outbox_mail_put(struct conn *c, struct arena *a, const struct outbox_mail *m, instant now)
{
	struct buf b = buf_in(a, LIMIT_JOB_PAYLOAD);
	struct json_out o = { .b = &b };
	json_open(&o, '{');
	json_pair(&o, S("to"), m->to);
	json_pair(&o, S("subject"), m->subject);
	json_pair(&o, S("text"), m->text);
	json_pair(&o, S("link"), m->link);
	json_close(&o, '}');
	if (b.overflow)
		return FAIL(a, INTERNAL, "a mail over its limit");
	return job_put(c, a, S("notify.mail"), m->key, buf_str(&b), now);
}
