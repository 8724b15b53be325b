/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_flow.c - who may do what from where. The whole life of a dossier is this table; the tests
 * read it, the buttons read it, and only dossier_do writes what it allows. */
#include "dossier/dossier.h"
#include "dossier/flow.h"

static const char *not_asked_yet(const struct dossier *d, int64_t by)
{
	(void)by;
	return d->asked_at.set ? "Chỉ được yêu cầu bổ sung một lần" : NULL; /* ND61-15.3 */
}

static const char *answered(const struct dossier *d, int64_t by)
{
	(void)by;
	return d->answered_at.set ? NULL : "Người nộp chưa gửi phần bổ sung";
}

static const char *not_answered_yet(const struct dossier *d, int64_t by)
{
	(void)by;
	return d->answered_at.set ? "Phần bổ sung đã được gửi" : NULL;
}

/* A supplement asked at intake goes back to intake, one asked later goes back to its officer. */
static const char *answered_at_intake(const struct dossier *d, int64_t by)
{
	return d->received_at.set ? "Hồ sơ đã được tiếp nhận" : answered(d, by);
}

static const char *never_received(const struct dossier *d, int64_t by)
{
	(void)by;
	return d->received_at.set ? "Hồ sơ đã được tiếp nhận" : NULL;
}

static const char *answered_later(const struct dossier *d, int64_t by)
{
	return d->received_at.set ? answered(d, by) : "Hồ sơ chưa được tiếp nhận";
}

static const char *is_assignee(const struct dossier *d, int64_t by)
{
	bool mine = d->assignee_id.set && d->assignee_id.value == by;
	return mine ? NULL : "Hồ sơ đang giao cho người khác";
}

static const char *mine_not_asked(const struct dossier *d, int64_t by)
{
	const char *why = is_assignee(d, by);
	return why ? why : not_asked_yet(d, by);
}

static const char *mine_answered(const struct dossier *d, int64_t by)
{
	const char *why = is_assignee(d, by);
	return why ? why : answered_later(d, by);
}

/* A history that nobody could read any more: what leads round in a circle ends. */
static const char *few_rounds(const struct dossier *d, int64_t by)
{
	(void)by;
	return d->version < LIMIT_ROUNDS ? NULL : "Hồ sơ đã qua quá nhiều lượt";
}

static const char *mine_few_rounds(const struct dossier *d, int64_t by)
{
	const char *why = is_assignee(d, by);
	return why ? why : few_rounds(d, by);
}

/* Its officer may have left, and nobody else can take it up again. */
static const char *is_assigned(const struct dossier *d, int64_t by)
{
	return d->assignee_id.set ? few_rounds(d, by) : "Hồ sơ chưa giao cho ai";
}

static const char *is_owner(const struct dossier *d, int64_t by)
{
	return d->owner_id == by ? NULL : "Hồ sơ này không phải của bạn";
}

static const char *owner_asked(const struct dossier *d, int64_t by)
{
	const char *why = is_owner(d, by);
	return why ? why : not_answered_yet(d, by);
}

const struct dossier_step dossier_steps[] = {
	/* intake */
	{ DOSSIER_SUBMITTED, ACT_RECEIVE, DOSSIER_RECEIVED, ROLE_CLERK, NULL },
	{ DOSSIER_SUBMITTED, ACT_ASK, DOSSIER_SUPPLEMENT, ROLE_CLERK, not_asked_yet },
	{ DOSSIER_SUBMITTED, ACT_REFUSE, DOSSIER_REFUSED, ROLE_CLERK, NULL },
	{ DOSSIER_SUPPLEMENT, ACT_RECEIVE, DOSSIER_RECEIVED, ROLE_CLERK, answered_at_intake },
	{ DOSSIER_SUPPLEMENT, ACT_REFUSE, DOSSIER_REFUSED, ROLE_CLERK, never_received },
	{ DOSSIER_RECEIVED, ACT_FORWARD, DOSSIER_HANDLING, ROLE_CLERK, NULL },
	/* examination */
	{ DOSSIER_HANDLING, ACT_ASK, DOSSIER_SUPPLEMENT, ROLE_OFFICER, mine_not_asked },
	{ DOSSIER_SUPPLEMENT, ACT_RESUME, DOSSIER_HANDLING, ROLE_OFFICER, mine_answered },
	{ DOSSIER_HANDLING, ACT_ASK_FEE, DOSSIER_FEE, ROLE_OFFICER, mine_few_rounds },
	{ DOSSIER_FEE, ACT_CONFIRM_FEE, DOSSIER_HANDLING, ROLE_CLERK, NULL },
	{ DOSSIER_HANDLING, ACT_PROPOSE, DOSSIER_APPROVAL, ROLE_OFFICER, is_assignee },
	{ DOSSIER_HANDLING, ACT_ASSIGN, DOSSIER_HANDLING, ROLE_LEADER, few_rounds },
	{ DOSSIER_SUPPLEMENT, ACT_ASSIGN, DOSSIER_SUPPLEMENT, ROLE_LEADER, is_assigned },
	/* decision */
	{ DOSSIER_APPROVAL, ACT_SEND_BACK, DOSSIER_HANDLING, ROLE_LEADER, few_rounds },
	{ DOSSIER_APPROVAL, ACT_APPROVE, DOSSIER_DONE, ROLE_LEADER, NULL },
	{ DOSSIER_DONE, ACT_RETURN, DOSSIER_RETURNED, ROLE_CLERK, NULL },
	/* the citizen; withdrawal only while nothing is decided [ND118-21.1] */
	{ DOSSIER_SUPPLEMENT, ACT_ANSWER, DOSSIER_SUPPLEMENT, ROLE_CITIZEN, owner_asked },
	{ DOSSIER_SUBMITTED, ACT_WITHDRAW, DOSSIER_WITHDRAWN, ROLE_CITIZEN, is_owner },
	{ DOSSIER_RECEIVED, ACT_WITHDRAW, DOSSIER_WITHDRAWN, ROLE_CITIZEN, is_owner },
	{ DOSSIER_HANDLING, ACT_WITHDRAW, DOSSIER_WITHDRAWN, ROLE_CITIZEN, is_owner },
	{ DOSSIER_SUPPLEMENT, ACT_WITHDRAW, DOSSIER_WITHDRAWN, ROLE_CITIZEN, is_owner },
	{ DOSSIER_FEE, ACT_WITHDRAW, DOSSIER_WITHDRAWN, ROLE_CITIZEN, is_owner },
	{ DOSSIER_APPROVAL, ACT_WITHDRAW, DOSSIER_WITHDRAWN, ROLE_CITIZEN, is_owner },
	/* closing what cannot go on; the clock itself does it for the first [ND118-17.3] */
	{ DOSSIER_SUPPLEMENT, ACT_STOP, DOSSIER_STOPPED, ROLE_ANONYMOUS, not_answered_yet },
	{ DOSSIER_HANDLING, ACT_STOP, DOSSIER_STOPPED, ROLE_LEADER, NULL },
	{ DOSSIER_FEE, ACT_STOP, DOSSIER_STOPPED, ROLE_LEADER, NULL },
};
const size_t dossier_step_count = COUNT(dossier_steps);

static const struct {
	const char *code, *word, *icon;
	int portal_status;
	enum tone tone;
} stages[] = {
#define X(name, code, status, word, icon, tone) \
	[DOSSIER_##name] = { code, word, icon, status, TONE_##tone },
	DOSSIER_STAGES(X)
#undef X
};

static const struct {
	const char *code, *label, *done;
	bool reason;
} acts[] = {
#define X(name, code, label, done, reason) [ACT_##name] = { code, label, done, reason },
	DOSSIER_ACTS(X)
#undef X
};

str stage_code(enum dossier_stage s) { return str_from(stages[s].code); }
str stage_word(enum dossier_stage s) { return str_from(stages[s].word); }
const char *stage_icon(enum dossier_stage s) { return stages[s].icon; }
enum tone stage_tone(enum dossier_stage s) { return stages[s].tone; }
int stage_status(enum dossier_stage s) { return stages[s].portal_status; }

bool stage_of_code(str code, enum dossier_stage *ret)
{
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++)
		if (str_eq(code, str_from(stages[s].code))) {
			*ret = (enum dossier_stage)s;
			return true;
		}
	return false;
}

bool stage_closed(enum dossier_stage s)
{
	for (size_t i = 0; i < dossier_step_count; i++)
		if (dossier_steps[i].from == s)
			return false;
	return true;
}

str act_code(enum dossier_act a) { return str_from(acts[a].code); }
str act_label(enum dossier_act a) { return str_from(acts[a].label); }
str act_done(enum dossier_act a) { return str_from(acts[a].done); }
bool act_needs_reason(enum dossier_act a) { return acts[a].reason; }

bool act_internal(enum dossier_act a) { return a == ACT_ASSIGN || a == ACT_SEND_BACK; }

bool act_of_code(str code, enum dossier_act *ret)
{
	for (int a = 0; a < ACT_COUNT; a++)
		if (str_eq(code, str_from(acts[a].code))) {
			*ret = (enum dossier_act)a;
			return true;
		}
	return false;
}

const struct dossier_step *NULLABLE step_find(
	enum dossier_stage from, enum dossier_act act, enum role by, bool *ret_other_role)
{
	*ret_other_role = false;
	for (size_t i = 0; i < dossier_step_count; i++) {
		const struct dossier_step *s = &dossier_steps[i];
		if (s->from != from || s->act != act)
			continue;
		if (s->by == by)
			return s;
		*ret_other_role = true;
	}
	return NULL;
}

size_t dossier_open_acts(
	const struct dossier *d, enum role by, int64_t account, enum dossier_act *ret)
{
	size_t n = 0;
	for (size_t i = 0; i < dossier_step_count; i++) {
		const struct dossier_step *s = &dossier_steps[i];
		if (s->from == d->stage && s->by == by && !(s->refuses && s->refuses(d, account)))
			ret[n++] = s->act;
	}
	return n;
}

bool dossier_act_open(const struct dossier *d, enum dossier_act act, enum role by, int64_t account)
{
	enum dossier_act open[ACT_COUNT];
	size_t n = dossier_open_acts(d, by, account, open);
	for (size_t i = 0; i < n; i++)
		if (open[i] == act)
			return true;
	return false;
}

bool act_of_role(enum dossier_act act, enum role by)
{
	for (size_t i = 0; i < dossier_step_count; i++)
		if (dossier_steps[i].act == act && dossier_steps[i].by == by)
			return true;
	return false;
}
