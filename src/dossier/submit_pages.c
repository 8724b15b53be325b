/* SPDX-License-Identifier: Apache-2.0 */
/* submit_pages.c - sending an application, and the page that says it has arrived. */
#include "dossier/citizen.h"
#include "dossier/officer.h"
#include "dossier/receipt.html.h"
#include "forms/draft_pages.h"

static err draft_of(struct req *r, struct conn *c, struct draft *ret)
{
	return draft_get(c, r->arena, req_param(r, S("code")), caller_of(r)->account_id, ret);
}

/* The form of what is in force is another by now: the way to the review moves the draft there, or
 * tells what changed. */
static err is_overtaken(struct req *r, struct conn *c, const struct draft *d, bool *ret)
{
	struct procedure in_force;
	err gone = procedure_on(c, r->arena, d->procedure, day_of(r->now), &in_force);
	*ret = !gone && in_force.version_id != d->version_id && in_force.form;
	return gone && gone->kind != ERR_NOT_FOUND ? gone : NULL;
}

/* What is declared is what was seen: a review that another window has changed is shown again. */
static err submit_seen(struct req *r, struct conn *c, struct draft *d, bool *ret_changed)
{
	struct procedure p;
	const struct form *f;
	str code;
	int64_t seen = 0;
	(void)str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &seen);
	TRY(is_overtaken(r, c, d, ret_changed));
	*ret_changed = *ret_changed || seen != d->version;
	if (*ret_changed)
		return NULL;
	TRY(procedure_version(c, r->arena, d->version_id, &p));
	TRY(form_of(r->arena, &p, &f));
	if (f->declaration.n && !req_field(r, S("cam-doan")).n)
		return FAIL(r->arena, INVALID, "not declared");
	err e = dossier_submit(r, d, f, &p, &code);
	*ret_changed = e && e->kind == ERR_CONFLICT;
	return *ret_changed ? NULL : e;
}

err take_submission(struct req *r)
{
	struct conn *c;
	struct draft d;
	bool changed = false;
	TRY(reader_of(r, &c));
	TRY(draft_of(r, c, &d));
	bool declared = req_field(r, S("cam-doan")).n > 0;
	err e = d.submitted ? NULL : submit_seen(r, c, &d, &changed);
	if (changed)
		return show_review_again(r);
	if (e && e->kind == ERR_INVALID) /* the review page names what is missing */
		return reply_redirect(r,
			arena_printf(r->arena, "/nop/" STR_FMT "/xem-lai%s", STR_ARG(d.code),
				declared ? "" : "?thieu=cam-doan"));
	TRY(e);
	return reply_redirect(r, arena_printf(r->arena, "/nop/" STR_FMT "/xong", STR_ARG(d.code)));
}

err show_receipt(struct req *r)
{
	struct conn *c;
	struct draft draft;
	struct dossier d;
	struct agency g;
	bool known;
	TRY(reader_of(r, &c));
	TRY(draft_of(r, c, &draft));
	if (!draft.submitted)
		return reply_redirect(
			r, arena_printf(r->arena, "/nop/" STR_FMT, STR_ARG(draft.code)));
	TRY(dossier_get(c, r->arena, draft.dossier, &d));
	TRY(agency_find(c, r->arena, d.agency, &g, &known));
	struct out o = page_out(r);
	struct receipt_page m = {
		.code = d.code,
		.procedure = d.procedure_name,
		.agency = known ? g.name : d.agency,
		.submitted = moment_long_text(r->arena, o.language, d.submitted_at),
		.open = URL(&o, "/ca-nhan/ho-so/{}", d.code),
		.mine = URL(&o, "/ca-nhan"),
		.form = URL(&o, "/ca-nhan/ho-so/{}/to-khai.pdf", d.code),
		.print = URL(&o, "/ca-nhan/ho-so/{}/in", d.code),
		.verify = verify_address(r, d.code, NULL),
	};
	receipt_html(&o, &m);
	return citizen_reply(r, 200, tr(o.language, TR("Đã nộp hồ sơ")), out_html(&o), false);
}
