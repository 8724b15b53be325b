/* SPDX-License-Identifier: Apache-2.0 */
#include "identity/services.h"

static void forget_reader(void *caller) { ((struct caller *)caller)->reader = NULL; }

err reader_of(struct req *r, struct conn **ret)
{
	struct caller *caller = r->user;
	if (!caller->reader) {
		TRY(db_reader_in(services_of(r)->db, r->arena, r->turn, &caller->reader));
		arena_defer(r->turn, forget_reader, caller);
	}
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
