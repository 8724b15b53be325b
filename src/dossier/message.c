/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/dossier.sql.h"
#include "dossier/flow.h"
#include "dossier/message.h"
#include "dossier/notices.h"
#include "dossier/records.h"

struct putting {
	const struct dossier *d;
	struct act_actor by;
	str text;
	instant now;
	bool from_office;
};

static err put(struct conn *c, struct arena *a, void *arg)
{
	const struct putting *x = arg;
	int64_t id = 0, said = 0;
	struct dossier now;
	TRY(dossier_get(c, a, x->d->code, &now));
	if (stage_closed(now.stage))
		return FAIL(a, CONFLICT, "the dossier is closed");
	TRY(dossier_message_total(c, a, x->d->id, &said));
	if (said >= LIMIT_MESSAGES)
		return FAIL(a, CONFLICT, "the dossier has all the messages that it may have");
	TRY(db_number(c, a,
		BIND(dossier_message_insert, .dossier = V(x->d->id), .at = V(x->now),
			.from_office = V(x->from_office ? 1 : 0), .author_id = V(x->by.who.id),
			.author = V(x->by.name), .text = V(x->text)),
		&id));
	TRY(audit_put(c, a, x->now, x->by.who, S("dossier.message"), x->d->code, S("")));
	return notice_of_message(c, a, x->d, x->from_office, id, x->now);
}

err message_put(struct db *db, struct arena *a, const struct dossier *d, struct act_actor by,
	str text, instant now)
{
	bool desk = role_may(by.who.role, PERMIT_DESK) && str_eq(by.agency, d->agency);
	if (!desk && by.who.id != d->owner_id)
		return FAIL(a, FORBIDDEN, "neither the applicant nor the office");
	struct putting x = { d, by, text, now, desk };
	return db_write(db, a, put, &x);
}
