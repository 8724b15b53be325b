/* SPDX-License-Identifier: Apache-2.0 */
#include "core/fold.h"
#include "dossier/desk.h"
#include "dossier/desk.sql.h"
#include "dossier/dossier.sql.h"
#include "dossier/store.h"

static const struct {
	const char *name, *title, *stages;
	bool mine;
} queues[] = {
#define X(id, name, title, stages, mine) [DESK_##id] = { name, title, stages, mine },
	DESK_QUEUES(X)
#undef X
};

str queue_name(enum desk_queue q) { return str_from(queues[q].name); }
str queue_title(enum desk_queue q) { return str_from(queues[q].title); }

bool queue_of_name(str name, enum desk_queue *ret)
{
	for (int q = 0; q < DESK_QUEUE_COUNT; q++)
		if (str_eq(name, str_from(queues[q].name))) {
			*ret = (enum desk_queue)q;
			return true;
		}
	return false;
}

enum desk_queue queue_of_role(enum role r)
{
	if (r == ROLE_CLERK)
		return DESK_INTAKE;
	if (r == ROLE_OFFICER)
		return DESK_MINE;
	return r == ROLE_LEADER ? DESK_APPROVAL : DESK_OPEN;
}

/* --- counts ------------------------------------------------------------------ */

struct tally {
	int64_t due_day, assignee_id, count;
	str stage;
};
ROW_TYPE(tally_row, struct tally, COLUMN(struct tally, due_day), COLUMN(struct tally, assignee_id),
	COLUMN(struct tally, count), COLUMN(struct tally, stage));

/* Stages that can show a light; "" for all. */
static const char *const light_stages[] = {
	[LIGHT_NONE] = "",
	[LIGHT_OVERDUE] = ",submitted,received,handling,approval,",
	[LIGHT_TODAY] = ",submitted,received,handling,approval,",
	[LIGHT_SOON] = ",submitted,received,handling,approval,",
	[LIGHT_GOOD] = ",submitted,received,handling,approval,",
	[LIGHT_PAUSED] = ",supplement,fee,",
	[LIGHT_CLOSED] = ",done,", /* and what a list of open dossiers never has */
};

/* A stage between commas, as it stands in a list of stages. */
static str listed(struct arena *a, str stage)
{
	return arena_printf(a, "," STR_FMT ",", STR_ARG(stage));
}

static bool is_among(str listed_stage, const char *stages)
{
	return !stages[0] || str_has(str_from(stages), listed_stage);
}

/* Sets of queues, one bit each: those that a stage is in, those that are somebody's own. */
static unsigned queues_holding(struct arena *a, str stage)
{
	str one = listed(a, stage);
	unsigned set = 0;
	for (int q = 0; q < DESK_QUEUE_COUNT; q++)
		set |= is_among(one, queues[q].stages) ? 1u << q : 0;
	return set;
}

static unsigned queues_of_one(void)
{
	unsigned set = 0;
	for (int q = 0; q < DESK_QUEUE_COUNT; q++)
		set |= queues[q].mine ? 1u << q : 0;
	return set;
}

/* Lights look at days: a dossier is late when its due day has gone by [Civil Code 148]. */
static enum light light_of(str stage, bool has_due, day due, const struct calendar *k, day today)
{
	if (str_eq(stage, S("supplement")) || str_eq(stage, S("fee")))
		return LIGHT_PAUSED;
	if (str_eq(stage, S("done")))
		return LIGHT_CLOSED;
	if (!has_due)
		return LIGHT_GOOD;
	if (due < today)
		return LIGHT_OVERDUE;
	if (due == today)
		return LIGHT_TODAY;
	return due <= calendar_after(k, today, 2) ? LIGHT_SOON : LIGHT_GOOD;
}

err desk_counts(struct conn *c, struct arena *a, str agency, int64_t account, enum desk_queue q,
	const struct calendar *k, instant now, struct desk_counts *ret)
{
	LIST(struct tally) rows;
	TRY(DB_LIST(c, a, &rows, &tally_row, BIND(dossier_tally_list, .agency = V(agency))));
	*ret = (struct desk_counts){ 0 };
	str stage = S("");
	unsigned holding = 0; /* the queues of that stage: rows come stage by stage */
	for (size_t i = 0; i < rows.n; i++) {
		const struct tally *t = &rows.items[i];
		if (!str_eq(t->stage, stage))
			holding = queues_holding(a, stage = t->stage);
		unsigned in = t->assignee_id == account ? holding : holding & ~queues_of_one();
		for (int each = 0; each < DESK_QUEUE_COUNT; each++)
			ret->queue[each] += in >> each & 1 ? t->count : 0;
		if (in >> q & 1)
			ret->light[light_of(t->stage, t->due_day != 0, (day)t->due_day, k,
				day_of(now))] += t->count;
	}
	return NULL;
}

/* --- lists --------------------------------------------------------------------- */

#define R(member) COLUMN(struct desk_row, member)
ROW_TYPE(desk_row_type, struct desk_row, R(id), R(code), R(stage), R(procedure_name), R(applicant),
	R(assignee), R(assignee_id), R(submitted_at), R(clock_from), R(due_at), R(paused_at),
	R(answered_at));

struct range {
	instant from, to;
};

/* The moments of due days that a light stands for. */
static struct range range_of(enum light l, const struct calendar *k, day today)
{
	const instant first = instant_at(DAY_LEAST, 0), last = instant_at(DAY_MOST + 1, 0);
	const instant start = instant_at(today, 0), end = instant_at(today + 1, 0);
	const instant soon = instant_at(calendar_after(k, today, 2) + 1, 0);
	switch (l) {
	case LIGHT_OVERDUE: return (struct range){ first, start };
	case LIGHT_TODAY: return (struct range){ start, end };
	case LIGHT_SOON: return (struct range){ end, soon };
	case LIGHT_GOOD: return (struct range){ soon, last };
	case LIGHT_NONE:
	case LIGHT_PAUSED:
	case LIGHT_CLOSED: break;
	}
	return (struct range){ first, last };
}

/* Stages of the queue that can show the light: "" for all, "," for none. */
static str stages_of(struct arena *a, const struct desk_query *q)
{
	const char *queue = queues[q->queue].stages, *light = light_stages[q->light];
	if (!queue[0] || !light[0])
		return str_from(queue[0] ? queue : light);
	struct buf b = buf_in(a, KIB);
	buf_char(&b, ',');
	for (int i = 0; i < DOSSIER_STAGE_COUNT; i++) {
		str stage = stage_code((enum dossier_stage)i), one = listed(a, stage);
		if (is_among(one, queue) && is_among(one, light))
			buf_printf(&b, STR_FMT ",", STR_ARG(stage));
	}
	return buf_str(&b);
}

static bool one_stage(str stages, str *ret)
{
	*ret = str_part(stages, 1, stages.n > 2 ? stages.n - 2 : 0);
	return ret->n && !str_has(*ret, S(","));
}

/* What a page asks for, in the terms of the statements. */
struct listing {
	struct range in;
	str stages;
	int64_t assignee; /* 0: anybody's */
};

static err total_of(struct conn *c, struct arena *a, const struct desk_query *q,
	const struct listing *l, const struct calendar *k, instant now, int64_t *ret)
{
	struct desk_counts counts;
	if (q->procedure.n)
		return db_number(c, a,
			BIND(desk_procedure_count, .agency = V(q->agency),
				.procedure = V(q->procedure), .from = V(l->in.from),
				.to = V(l->in.to), .stages = V(l->stages),
				.assignee = V(l->assignee), .most = V(LIMIT_DESK_TOTAL)),
			ret);
	if (q->counts)
		counts = *q->counts;
	else
		TRY(desk_counts(c, a, q->agency, q->account, q->queue, k, now, &counts));
	*ret = q->light == LIGHT_NONE ? counts.queue[q->queue] : counts.light[q->light];
	return NULL;
}

err desk_list(struct conn *c, struct arena *a, const struct desk_query *q, const struct calendar *k,
	instant now, struct desk_row **ret, size_t *ret_n, int64_t *ret_total)
{
	struct listing l = { .in = range_of(q->light, k, day_of(now)),
		.stages = stages_of(a, q),
		.assignee = queues[q->queue].mine ? q->account : 0 };
	str stage;
	TRY(total_of(c, a, q, &l, k, now, ret_total));
	if (q->procedure.n)
		return db_list(c, a,
			BIND(desk_procedure, .agency = V(q->agency), .procedure = V(q->procedure),
				.from = V(l.in.from), .to = V(l.in.to), .stages = V(l.stages),
				.assignee = V(l.assignee), .limit = V(q->limit),
				.offset = V(q->offset)),
			&desk_row_type, ret, ret_n);
	if (l.assignee)
		return db_list(c, a,
			BIND(desk_mine, .agency = V(q->agency), .assignee = V(l.assignee),
				.from = V(l.in.from), .to = V(l.in.to), .stages = V(l.stages),
				.limit = V(q->limit), .offset = V(q->offset)),
			&desk_row_type, ret, ret_n);
	if (one_stage(l.stages, &stage))
		return db_list(c, a,
			BIND(desk_stage, .agency = V(q->agency), .stage = V(stage),
				.from = V(l.in.from), .to = V(l.in.to), .limit = V(q->limit),
				.offset = V(q->offset)),
			&desk_row_type, ret, ret_n);
	return db_list(c, a,
		BIND(desk_open, .agency = V(q->agency), .from = V(l.in.from), .to = V(l.in.to),
			.stages = V(l.stages), .limit = V(q->limit), .offset = V(q->offset)),
		&desk_row_type, ret, ret_n);
}

/* A word and what comes after all words that begin with it. */
struct prefix {
	str word, end;
	int64_t dossiers; /* that have it, counted up to MANY */
};
#define MANY 2000

static err read_prefix(struct conn *c, struct arena *a, str agency, str word, struct prefix *ret)
{
	*ret = (struct prefix){ .word = word, .end = arena_printf(a, STR_FMT "~", STR_ARG(word)) };
	return db_number(c, a,
		BIND(desk_word_count, .agency = V(agency), .word = V(ret->word), .end = V(ret->end),
			.most = V(MANY)),
		&ret->dossiers);
}

/* "0912 345 678" is one word, not three. */
static str searched(struct arena *a, str words)
{
	return identifier_clean(a, str_head(words, LIMIT_SEARCH_TEXT));
}

err desk_search(struct conn *c, struct arena *a, str agency, str words, size_t limit,
	struct desk_row **ret, size_t *ret_n, bool *ret_more)
{
	str found[6];
	struct prefix w[COUNT(found)] = { 0 };
	size_t n = dossier_words(a, agency, searched(a, words), found, COUNT(found));
	*ret_n = 0;
	*ret_more = false;
	if (!n)
		return NULL;
	/* The rarest leads: names of thousands are only looked up for the few it leaves. */
	for (size_t i = 0; i < n; i++) {
		struct prefix p;
		TRY(read_prefix(c, a, agency, found[i], &p));
		size_t at = i;
		for (; at > 0 && w[at - 1].dossiers > p.dossiers; at--)
			w[at] = w[at - 1];
		w[at] = p;
	}
	TRY(db_list(c, a,
		BIND(desk_by_words, .agency = V(agency), .most = V(MANY), .word = V(w[0].word),
			.end = V(w[0].end), .word_2 = V(w[1].word), .end_2 = V(w[1].end),
			.word_3 = V(w[2].word), .end_3 = V(w[2].end), .word_4 = V(w[3].word),
			.end_4 = V(w[3].end), .word_5 = V(w[4].word), .end_5 = V(w[4].end),
			.word_6 = V(w[5].word), .end_6 = V(w[5].end), .limit = V((int64_t)limit)),
		&desk_row_type, ret, ret_n));
	*ret_more = w[0].dossiers == MANY || *ret_n == limit;
	return NULL;
}

err desk_waits_for(struct conn *c, struct arena *a, int64_t owner, int64_t limit,
	struct desk_row **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(owner_waiting, .owner = V(owner), .limit = V(limit)),
		&desk_row_type, ret, ret_n);
}

err desk_of_owner(struct conn *c, struct arena *a, int64_t owner, int64_t offset, int64_t limit,
	struct desk_row **ret, size_t *ret_n, int64_t *ret_total)
{
	TRY(db_number(c, a, BIND(owner_count, .owner = V(owner)), ret_total));
	return db_list(c, a,
		BIND(owner_list, .owner = V(owner), .offset = V(offset), .limit = V(limit)),
		&desk_row_type, ret, ret_n);
}

ROW_TYPE(procedure_row, struct desk_procedure, COLUMN(struct desk_procedure, code));

err desk_procedures(
	struct conn *c, struct arena *a, str agency, struct desk_procedure **ret, size_t *ret_n)
{
	return db_list(
		c, a, BIND(desk_open_procedures, .agency = V(agency)), &procedure_row, ret, ret_n);
}

/* --- lights ------------------------------------------------------------------------ */

enum light desk_light(
	const struct desk_row *row, const struct calendar *k, instant now, int *ret_days)
{
	enum dossier_stage stage = DOSSIER_SUBMITTED;
	*ret_days = 0;
	if (!stage_of_code(row->stage, &stage) || stage_closed(stage))
		return LIGHT_CLOSED;
	day due = row->due_at.set ? day_of(row->due_at.value) : 0;
	if (row->due_at.set)
		*ret_days = calendar_count(k, day_of(now), due);
	return light_of(row->stage, row->due_at.set, due, k, day_of(now));
}

static const struct {
	const char *name, *icon;
	enum tone tone;
} lights[] = {
	[LIGHT_NONE] = { "", "clock", TONE_PLAIN },
	[LIGHT_OVERDUE] = { "qua-han", "circle-x", TONE_BAD },
	[LIGHT_TODAY] = { "hom-nay", "triangle-alert", TONE_BAD },
	[LIGHT_SOON] = { "sap-han", "clock", TONE_WARN },
	[LIGHT_GOOD] = { "trong-han", "clock", TONE_OK },
	[LIGHT_PAUSED] = { "tam-dung", "circle-pause", TONE_PLAIN },
	[LIGHT_CLOSED] = { "da-xong", "check", TONE_PLAIN },
};

str light_name(enum light l) { return str_from(lights[l].name); }
const char *light_icon(enum light l) { return lights[l].icon; }
enum tone light_tone(enum light l) { return lights[l].tone; }

bool light_of_name(str name, enum light *ret)
{
	for (int l = LIGHT_OVERDUE; l <= LIGHT_CLOSED; l++)
		if (str_eq(name, str_from(lights[l].name))) {
			*ret = (enum light)l;
			return true;
		}
	return false;
}

str light_text(struct arena *a, enum language l, enum light light, int days)
{
	switch (light) {
	case LIGHT_OVERDUE: return tr_n(a, l, TRN("Quá hạn {n} ngày"), days < 0 ? -days : 1);
	case LIGHT_TODAY: return tr(l, TR("Hết hạn hôm nay"));
	case LIGHT_SOON:
	case LIGHT_GOOD:
		return days > 0 ? tr_n(a, l, TRN("Còn {n} ngày"), days) : tr(l, TR("Trong hạn"));
	case LIGHT_PAUSED: return tr(l, TR("Tạm dừng"));
	case LIGHT_CLOSED: return tr(l, TR("Đã xong"));
	case LIGHT_NONE: break;
	}
	return S("");
}
