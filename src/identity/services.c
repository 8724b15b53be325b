/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/services.h"

err reader_of(struct req *r, struct conn **ret)
{
	struct caller *caller = r->user;
	if (!caller->reader)
		TRY(db_reader(services_of(r)->db, r->arena, &caller->reader));
	*ret = caller->reader;
	return NULL;
}

err write_of(struct req *r, db_act act, void *arg)
{
	struct services *s = services_of(r);
	TRY(db_write(s->db, r->arena, act, arg));
	if (s->jobs)
		jobs_wake(s->jobs);
	return NULL;
}
