/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/figures.h"
#include "dossier/figures.sql.h"
#include "dossier/flow.h"

int64_t month_of(instant t)
{
	struct date d = date_of(day_of(t));
	return (int64_t)d.year * 12 + d.month - 1;
}

#define M(member) COLUMN(struct month_figures, member)
ROW_TYPE(month_row, struct month_figures, M(month), M(received), M(online), M(on_time), M(late),
	M(minutes));
ROW_TYPE(sum_row, struct month_figures, M(received), M(online), M(on_time), M(late), M(minutes));

err figures_by_month(struct conn *c, struct arena *a, int64_t from, int64_t to,
	struct month_figures **ret, size_t *ret_n)
{
	return db_list(
		c, a, BIND(figures_months, .from = V(from), .to = V(to)), &month_row, ret, ret_n);
}

ROW_TYPE(open_row, struct open_figures, COLUMN(struct open_figures, open),
	COLUMN(struct open_figures, overdue));

err figures_now(struct conn *c, struct arena *a, day today, struct open_figures *ret)
{
	return db_one(c, a, BIND(figures_open, .today = V(today)), &open_row, ret);
}

err figures_procedure(struct conn *c, struct arena *a, str procedure, int64_t from, int64_t to,
	struct month_figures *ret)
{
	*ret = (struct month_figures){ .month = from };
	return db_one(c, a,
		BIND(figures_of_procedure, .procedure = V(procedure), .from = V(from), .to = V(to)),
		&sum_row, ret);
}

struct graded {
	int64_t content, grade, count;
};
ROW_TYPE(graded_row, struct graded, COLUMN(struct graded, content), COLUMN(struct graded, grade),
	COLUMN(struct graded, count));

err figures_satisfaction(
	struct conn *c, struct arena *a, str procedure, int64_t from, struct ratings *ret)
{
	LIST(struct graded) rows;
	TRY(DB_LIST(c, a, &rows, &graded_row,
		BIND(figures_ratings, .procedure = V(procedure), .from = V(from))));
	*ret = (struct ratings){ 0 };
	for (size_t i = 0; i < rows.n; i++) {
		const struct graded *g = &rows.items[i];
		if (g->content >= 1 && g->content <= RATING_CONTENTS && g->grade < GRADES)
			ret->given[g->content - 1][g->grade] = g->count;
	}
	return NULL;
}

ROW_TYPE(rating_row, struct rating, COLUMN(struct rating, overall),
	COLUMN(struct rating, convenience), COLUMN(struct rating, timeliness),
	COLUMN(struct rating, attitude), COLUMN(struct rating, comment), COLUMN(struct rating, at));

err rating_find(
	struct conn *c, struct arena *a, int64_t dossier, struct rating *ret, bool *ret_found)
{
	return db_find(c, a, BIND(rating_of, .dossier = V(dossier)), &rating_row, ret, ret_found);
}

struct giving {
	const struct dossier *d;
	const struct rating *given;
	instant now;
};

static err give(struct conn *c, struct arena *a, void *arg)
{
	const struct giving *g = arg;
	const struct rating *r = g->given;
	bool refused = false;
	TRY(db_attempt(c, a,
		BIND(rating_insert, .dossier = V(g->d->id), .agency = V(g->d->agency),
			.procedure = V(g->d->procedure), .month = V(month_of(g->now)),
			.overall = V(r->overall), .convenience = V(r->convenience),
			.timeliness = V(r->timeliness), .attitude = V(r->attitude),
			.comment = V(r->comment), .now = V(g->now)),
		&refused));
	return refused ? FAIL(a, CONFLICT, "rated already") : NULL;
}

static bool is_grade(int64_t grade) { return grade >= GRADE_NONE && grade < GRADES; }

err rating_give(struct db *db, struct arena *a, const struct dossier *d, int64_t account,
	const struct rating *given, instant now)
{
	if (d->owner_id != account)
		return FAIL(a, FORBIDDEN, "another's dossier");
	if (!stage_closed(d->stage) && d->stage != DOSSIER_DONE)
		return FAIL(a, CONFLICT, "nothing is decided yet");
	if (!is_grade(given->overall) || given->overall == GRADE_NONE)
		return FAIL(a, INVALID, "the overall grade is required");
	if (!is_grade(given->convenience) || !is_grade(given->timeliness) ||
		!is_grade(given->attitude))
		return FAIL(a, INVALID, "no such grade");
	struct giving g = { d, given, now };
	return db_write(db, a, give, &g);
}
