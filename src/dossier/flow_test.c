/* SPDX-License-Identifier: Apache-2.0 */
/* The table of steps, held against what the law and common sense ask of it. Pure. */
#include "dossier/flow.h"
#include "tests/tap.h"

static const struct dossier_step *step(size_t i) { return &dossier_steps[i]; }

TEST("every stage is reached from submission, and is left again unless it ends [C22-4.1]")
{
	bool reached[DOSSIER_STAGE_COUNT] = { [DOSSIER_SUBMITTED] = true };
	for (size_t round = 0; round < DOSSIER_STAGE_COUNT; round++)
		for (size_t i = 0; i < dossier_step_count; i++)
			if (reached[step(i)->from])
				reached[step(i)->to] = true;
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++)
		CHECK(reached[s]);
	bool ends[DOSSIER_STAGE_COUNT] = { [DOSSIER_REFUSED] = true,
		[DOSSIER_WITHDRAWN] = true,
		[DOSSIER_STOPPED] = true,
		[DOSSIER_RETURNED] = true };
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++)
		CHECK_INT(stage_closed((enum dossier_stage)s), ends[s]);
}

TEST("every stage has a word, an icon and a code that is its own")
{
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++) {
		enum dossier_stage each = (enum dossier_stage)s, back = DOSSIER_STAGE_COUNT;
		CHECK(stage_word(each).n > 0);
		CHECK(stage_icon(each)[0]);
		CHECK(stage_of_code(stage_code(each), &back));
		CHECK_INT(back, each);
	}
	enum dossier_stage untouched = DOSSIER_FEE;
	CHECK(!stage_of_code(S("nowhere"), &untouched));
	CHECK_INT(untouched, DOSSIER_FEE);
}

TEST("every act has a step, a label, words for the timeline and a code that is its own")
{
	for (int i = 0; i < ACT_COUNT; i++) {
		enum dossier_act act = (enum dossier_act)i, back = ACT_COUNT;
		bool used = false;
		for (size_t k = 0; k < dossier_step_count; k++)
			used = used || step(k)->act == act;
		CHECK(used);
		CHECK(act_label(act).n > 0);
		CHECK(act_done(act).n > 0);
		CHECK(act_of_code(act_code(act), &back));
		CHECK_INT(back, act);
	}
	enum dossier_act untouched = ACT_STOP;
	CHECK(!act_of_code(S("xoa"), &untouched));
	CHECK_INT(untouched, ACT_STOP);
}

TEST("whatever turns an applicant back has to say why [FORM-4, ND61-17.2]")
{
	for (size_t i = 0; i < dossier_step_count; i++) {
		enum dossier_stage to = step(i)->to;
		bool back = to == DOSSIER_REFUSED || to == DOSSIER_STOPPED || to == DOSSIER_FEE ||
			(to == DOSSIER_SUPPLEMENT && step(i)->from != to);
		if (back)
			CHECK(act_needs_reason(step(i)->act));
	}
	CHECK(act_needs_reason(ACT_SEND_BACK));
	CHECK(!act_needs_reason(ACT_RECEIVE));
	CHECK(!act_needs_reason(ACT_APPROVE));
}

TEST("the role of every step exists and works on dossiers; a role has one step for an act")
{
	for (size_t i = 0; i < dossier_step_count; i++) {
		const struct dossier_step *s = step(i);
		bool applicant = s->by == ROLE_CITIZEN;
		bool clock = s->by == ROLE_ANONYMOUS;
		CHECK(s->by < ROLE_COUNT);
		CHECK(applicant || clock || role_may(s->by, PERMIT_DESK));
		CHECK(!clock || s->act == ACT_STOP);
		for (size_t k = 0; k < i; k++)
			CHECK(step(k)->from != s->from || step(k)->act != s->act ||
				step(k)->by != s->by);
	}
}

TEST("the ten statuses of the National Portal are all used, and move only as it allows [C22-4.1]")
{
	static const char *const next[] = { [1] = "2357",
		[2] = "47",
		[3] = "",
		[4] = "56789",
		[5] = "23478",
		[6] = "478",
		[7] = "",
		[8] = "",
		[9] = "x",
		[10] = "" };
	bool used[11] = { false };
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++) {
		int status = stage_status((enum dossier_stage)s);
		if (CHECK(status >= 1 && status <= 10))
			used[status] = true;
	}
	for (int i = 1; i <= 10; i++)
		CHECK(used[i]);
	for (size_t i = 0; i < dossier_step_count; i++) {
		int from = stage_status(step(i)->from), to = stage_status(step(i)->to);
		char wanted = to == 10 ? 'x' : (char)('0' + to);
		if (!CHECK(from == to || strchr(next[from], wanted)))
			printf("#   %d to %d\n", from, to);
	}
}

static bool opens(const struct dossier *d, enum role by, int64_t account, enum dossier_act wanted)
{
	enum dossier_act acts[ACT_COUNT];
	size_t n = dossier_open_acts(d, by, account, acts);
	for (size_t i = 0; i < n; i++)
		if (acts[i] == wanted)
			return true;
	return false;
}

TEST("a supplement is asked for once, whoever asks and whenever [ND61-15.3]")
{
	struct dossier d = { .asked_at = { true, 1 }, .assignee_id = { true, 7 } };
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++)
		for (int r = 0; r < ROLE_COUNT; r++) {
			d.stage = (enum dossier_stage)s;
			CHECK(!opens(&d, (enum role)r, 7, ACT_ASK));
		}
	d.asked_at.set = false;
	d.stage = DOSSIER_HANDLING;
	CHECK(opens(&d, ROLE_OFFICER, 7, ACT_ASK));
	CHECK(!opens(&d, ROLE_OFFICER, 8, ACT_ASK)); /* another's dossier */
}

TEST("a dossier is withdrawn by its owner while nothing is decided, and not after [ND118-21.1]")
{
	for (int s = 0; s < DOSSIER_STAGE_COUNT; s++) {
		struct dossier d = { .owner_id = 5, .stage = (enum dossier_stage)s };
		bool undecided = !stage_closed(d.stage) && d.stage != DOSSIER_DONE;
		CHECK_INT(opens(&d, ROLE_CITIZEN, 5, ACT_WITHDRAW), undecided);
		CHECK(!opens(&d, ROLE_CITIZEN, 6, ACT_WITHDRAW));
		CHECK(!opens(&d, ROLE_CLERK, 5, ACT_WITHDRAW));
	}
}

/* --- nobody waits for ever --------------------------------------------------- */

#define OFFICER 7
#define OWNER 5

/* The flags that steps look at, as acts set them. */
static struct dossier after(struct dossier d, const struct dossier_step *s)
{
	const struct opt_int yes = { true, 1 };
	d.stage = s->to;
	if (s->act == ACT_ASK)
		d.asked_at = yes;
	if (s->act == ACT_ANSWER)
		d.answered_at = yes;
	if (s->act == ACT_RECEIVE)
		d.received_at = yes;
	if (s->act == ACT_FORWARD)
		d.assignee_id = (struct opt_int){ true, OFFICER };
	return d;
}

static size_t number_of(const struct dossier *d)
{
	return ((((size_t)d->stage * 2 + d->asked_at.set) * 2 + d->answered_at.set) * 2 +
		       d->received_at.set) *
		2 +
		d->assignee_id.set;
}

static int64_t account_of(enum role r) { return r == ROLE_CITIZEN ? OWNER : OFFICER; }

/* Everything that can follow from d, each state once. */
static size_t explore(const struct dossier *d, struct dossier *found, size_t n, bool *seen)
{
	if (seen[number_of(d)])
		return n;
	seen[number_of(d)] = true;
	found[n++] = *d;
	for (size_t i = 0; i < dossier_step_count; i++) {
		const struct dossier_step *s = step(i);
		if (s->from != d->stage || (s->refuses && s->refuses(d, account_of(s->by))))
			continue;
		struct dossier next = after(*d, s);
		n = explore(&next, found, n, seen);
	}
	return n;
}

/* Somebody other than the applicant can go on, the officer in charge left out. */
static bool office_goes_on(const struct dossier *d)
{
	for (size_t i = 0; i < dossier_step_count; i++) {
		const struct dossier_step *s = step(i);
		bool office = s->by != ROLE_CITIZEN && s->by != ROLE_OFFICER;
		if (s->from == d->stage && office && !(s->refuses && s->refuses(d, 0)))
			return true;
	}
	return false;
}

TEST("no dossier is ever stuck, even when its officer has left and its owner is silent")
{
	static bool seen[DOSSIER_STAGE_COUNT * 16];
	static struct dossier found[DOSSIER_STAGE_COUNT * 16];
	struct dossier first = { .owner_id = OWNER, .stage = DOSSIER_SUBMITTED };
	size_t n = explore(&first, found, 0, seen);
	CHECK(n > 20);
	for (size_t i = 0; i < n; i++) {
		const struct dossier *d = &found[i];
		if (!CHECK(stage_closed(d->stage) || office_goes_on(d)))
			printf("#   " STR_FMT ", asked %d, answered %d, received %d\n",
				STR_ARG(stage_code(d->stage)), d->asked_at.set, d->answered_at.set,
				d->received_at.set);
	}
}
