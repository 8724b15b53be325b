/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_submit.c - a draft becomes a dossier, exactly once. The draft's row decides: whoever
 * turns it from open to submitted inserts the dossier; everybody else is given the same code. */
#include "calendar/calendars.h"
#include "dossier/applicant.h"
#include "dossier/clock.h"
#include "dossier/dossier.sql.h"
#include "dossier/flow.h"
#include "dossier/notices.h"
#include "dossier/store.h"
#include "forms/memory.h"

/* The office says within eight working hours whether it takes the dossier in [ND118-17.2]. */
static const struct time_limit intake_limit = { .amount = 8, .unit = LIMIT_HOURS };

err dossier_number(struct conn *c, struct arena *a, str agency, day intake, str *ret)
{
	int64_t n = 0;
	TRY(db_number(c, a, BIND(dossier_number_next, .agency = V(agency), .day = V(intake)), &n));
	struct date d = date_of(intake);
	*ret = arena_printf(a, STR_FMT "-%02d%02d%02d-%04lld", STR_ARG(agency), d.year % 100,
		d.month, d.day, (long long)n);
	return NULL;
}

bool dossier_code_valid(str code)
{
	str agency, rest, date, number;
	return str_cut(code, '-', &agency, &rest) && str_cut(rest, '-', &date, &number) &&
		agency_code_valid(agency) && date.n == 6 && str_is_digits(date) && number.n >= 4 &&
		number.n <= 9 && str_is_digits(number);
}

struct submitting {
	const struct draft *draft;
	const struct form *form;
	const struct procedure *procedure;
	const struct answers *answers;
	const struct calendar *calendar; /* of the receiving office */
	struct act_actor by;
	instant now;
	bool twice; /* another submission of the same draft won; code is its dossier's */
	str code;
	struct dossier d;
};

static err fill(struct conn *c, struct arena *a, struct submitting *x)
{
	struct account who;
	TRY(account_get(c, a, x->draft->owner_id, &who));
	str commune, chosen = answer(x->answers, S("nhan-ket-qua"));
	struct person p = applicant_of(a, x->form, x->answers, &who);
	TRY(unit_full_name(c, a, p.commune, &commune));
	x->d = (struct dossier){
		.draft = x->draft->code,
		.agency = x->draft->agency,
		.channel = CHANNEL_ONLINE,
		.owner_id = x->draft->owner_id,
		.applicant = p.name,
		.person_id = p.person_id,
		.phone = p.phone,
		.email = p.email,
		.address = p.address.n && commune.n ? arena_printf(a, STR_FMT ", " STR_FMT,
							      STR_ARG(p.address), STR_ARG(commune))
						    : (p.address.n ? p.address : commune),
		.answers = answers_json(a, x->answers),
		.limit_code = form_limit(x->form, x->answers),
		.result_channel = chosen.n ? chosen : S("portal"),
	};
	return NULL;
}

/* Papers of fields that apply; what was uploaded for a hidden question stays behind, and
 * so does that in which a virus was found. */
static err take_papers(struct conn *c, struct arena *a, const struct submitting *x)
{
	struct draft_file *files;
	size_t n;
	TRY(draft_files(c, a, x->draft->id, &files, &n));
	for (size_t i = 0; i < n; i++)
		if (answer(x->answers, files[i].field).n && !str_eq(files[i].scan, S("refused")))
			TRY(dossier_add_file(c, a, x->d.id, files[i].file_id, S("paper"),
				files[i].field, x->now));
	return NULL;
}

static err insert(struct conn *c, struct arena *a, struct dossier *d, instant now)
{
	return db_number(c, a,
		BIND(dossier_insert, .code = V(d->code), .draft = V(d->draft),
			.procedure = V(d->procedure), .procedure_name = V(d->procedure_name),
			.version_id = V(d->version_id), .agency = V(d->agency),
			.channel = V(d->channel), .owner_id = V(d->owner_id),
			.applicant = V(d->applicant), .person_id = V(d->person_id),
			.phone = V(d->phone), .email = V(d->email), .address = V(d->address),
			.answers = V(d->answers), .result_channel = V(d->result_channel),
			.limit_code = V(d->limit_code), .now = V(now), .due_at = V(d->due_at),
			.sort_at = V(dossier_sort_at(d))),
		&d->id);
}

err dossier_enter(struct conn *c, struct arena *a, const struct act_actor *by, instant now,
	const struct calendar *k, const struct procedure *p, struct dossier *d)
{
	d->version = 1;
	d->stage = DOSSIER_SUBMITTED;
	d->stage_code = stage_code(DOSSIER_SUBMITTED);
	d->procedure = p->code;
	d->procedure_name = p->name;
	d->version_id = p->version_id;
	if (!d->limit_code.n)
		d->limit_code = p->limit;
	d->submitted_at = now;
	d->due_at = (struct opt_int){ true,
		deadline_compute(a, k, now, intake_limit, &p->deadline_rules).due };
	TRY(insert(c, a, d, now));
	TRY(dossier_record(c, a, d, d, S("nop"), by, S(""), now));
	TRY(dossier_tally(c, a, NULL, d));
	TRY(dossier_count_received(c, a, d));
	TRY(dossier_index(c, a, d));
	return audit_put(c, a, now, by->who, S("dossier.submit"), d->code, S(""));
}

static err submit_once(struct conn *c, struct arena *a, void *arg)
{
	struct submitting *x = arg;
	bool mine = false;
	x->twice = false; /* of this run */
	TRY(fill(c, a, x));
	TRY(memory_keep(c, a, x->form, x->answers, x->draft->owner_id, x->now));
	/* From here on the next submission to this agency waits. */
	day intake = clock_intake(x->calendar, x->now);
	TRY(dossier_number(c, a, x->draft->agency, intake, &x->code));
	TRY(draft_submit(c, a, x->draft, x->code, &mine, &x->code));
	x->twice = !mine;
	if (x->twice) /* undoes the number just taken */
		return FAIL(a, CONFLICT, "the draft was submitted already");
	x->d.code = x->code;
	TRY(dossier_enter(c, a, &x->by, x->now, x->calendar, x->procedure, &x->d));
	TRY(take_papers(c, a, x));
	return notice_of_submission(c, a, &x->d, x->now);
}

static err check_complete(
	struct req *r, struct conn *c, const struct form *f, const struct answers *s)
{
	struct form_source source = {
		.conn = c, .language = req_language(r), .today = day_of(r->now)
	};
	field_errors errors = { 0 };
	size_t bad = 0;
	TRY(form_check(r->arena, &source, f, s, &errors, &bad));
	if (errors.n)
		return FAIL(r->arena, INVALID, "the draft has %zu errors", errors.n);
	form_findings found;
	form_find(r->arena, &source, f, form_applying(r->arena, f, s, source.today), &found);
	for (size_t i = 0; i < found.n; i++)
		if (found.items[i].stops)
			return FAIL(r->arena, INVALID, "the draft has answers that disagree");
	return NULL;
}

err dossier_submit(struct req *r, const struct draft *d, const struct form *f,
	const struct procedure *p, str *ret_code)
{
	if (d->submitted) {
		*ret_code = d->dossier;
		return NULL;
	}
	struct conn *c;
	struct answers *given;
	TRY(reader_of(r, &c));
	TRY(answers_parse(r->arena, d->answers, &given));
	TRY(check_complete(r, c, f, given));
	const struct caller *who = caller_of(r);
	struct submitting x = {
		.draft = d,
		.form = f,
		.procedure = p,
		.answers = form_applying(r->arena, f, given, day_of(r->now)),
		.by = { .who = { who->account_id, who->identifier, who->role }, .name = who->name },
		.now = r->now,
	};
	TRY(calendars_get(services_of(r)->calendars, c, r->arena, d->agency, r->now, &x.calendar));
	err e = write_of(r, submit_once, &x);
	bool submitted_already = e && e->kind == ERR_CONFLICT && x.twice;
	if (e && !submitted_already)
		return e;
	*ret_code = x.code;
	return NULL;
}
