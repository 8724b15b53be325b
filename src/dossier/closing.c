/* SPDX-License-Identifier: Apache-2.0 */
/* closing.c - what the clock does by itself: a supplement that never came closes the dossier after
 * fifteen working days, with the reason and a notice [ND118-17.3]. */
#include "core/log.h"
#include "dossier/dossier.h"
#include "dossier/dossier.sql.h"

#define SUPPLEMENT_WORKING_DAYS 15

struct coded {
	str code;
};
ROW_TYPE(coded_row, struct coded, COLUMN(struct coded, code));

static err close_one(struct job *j, struct arena *a, str code)
{
	struct conn *c;
	struct dossier d;
	struct calendar *k;
	TRY(db_reader(j->db, a, &c));
	TRY(dossier_get(c, a, code, &d));
	TRY(calendar_load(c, a, d.agency, day_of(j->now), &k));
	day last = calendar_after(k, day_of(d.asked_at.value), SUPPLEMENT_WORKING_DAYS);
	if (day_of(j->now) <= last)
		return NULL;
	struct act_input in = {
		.act = ACT_STOP,
		.version = d.version,
		.reason = S("Quá 15 ngày làm việc không nhận được phần bổ sung"),
	};
	struct act_actor clock = { .who = { .role = ROLE_ANONYMOUS }, .name = S("Hệ thống") };
	return dossier_do(j->db, a, j->now, clock, &in, &d);
}

typedef LIST(struct coded) coded_list;

static err list_unanswered(struct job *j, coded_list *ret)
{
	ARENA look = arena_new();
	struct conn *c;
	instant before = j->now - SUPPLEMENT_WORKING_DAYS * INSTANT_DAY;
	TRY(db_reader_in(j->db, j->arena, look, &c));
	return DB_LIST(c, j->arena, ret, &coded_row,
		BIND(dossier_overdue_supplements, .before = V(before)));
}

static err close_unanswered(struct job *j)
{
	coded_list rows;
	TRY(list_unanswered(j, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		ARENA each = arena_new(); /* a connection, given back before the next */
		err e = close_one(j, each, rows.items[i].code);
		if (e && e->kind != ERR_CONFLICT) /* answered in this very moment */
			log_err(LOG_WARN_, "dossier.close", j->kind, e);
	}
	return NULL;
}

const struct job_schedule dossier_schedules[] = {
	{ .name = "dossier.close-unanswered", .every = 3600, .run = close_unanswered },
	{ 0 },
};
