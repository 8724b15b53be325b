/* SPDX-License-Identifier: Apache-2.0 */
/* citizen_acts.c - what an applicant does with a dossier: answer a supplement, withdraw. */
#include "dossier/answer.html.h"
#include "dossier/citizen.h"
#include "dossier/filled.h"
#include "dossier/flow.h"
#include "dossier/officer.h"
#include "dossier/withdraw.html.h"

/* --- supplement ------------------------------------------------------------------------ */

static err reply_answer(struct req *r, int status, struct conn *c, const struct dossier *d,
	const field_errors *errors, str note)
{
	struct out o = page_out(r);
	struct dossier_item *items;
	struct dossier_event *events;
	size_t n;
	struct answer_page m = {
		.code = d->code,
		.procedure = d->procedure_name,
		.post = URL(&o, "/ca-nhan/ho-so/{}/bo-sung", d->code),
		.back = URL(&o, "/ca-nhan/ho-so/{}", d->code),
		.version = d->version,
		.errors = *errors,
		.files = { .id = S("giay-to"),
			.label = tr(o.language, TR("Giấy tờ bổ sung")),
			.hint = tr(
				o.language, TR("Chụp rõ bốn góc. Chọn nhiều tệp cùng lúc được.")),
			.accept = ".pdf,.jpg,.jpeg,.png,.docx",
			.several = true,
			.optional = true,
			.most = LIMIT_FILE_USUAL,
			.error = error_of(errors, S("giay-to")) },
		.note = { .id = S("loi-nhan"),
			.label = tr(o.language, TR("Nội dung trả lời")),
			.optional = true,
			.rows = 4,
			.most = LIMIT_NOTE,
			.value = note,
			.error = error_of(errors, S("loi-nhan")) },
	};
	TRY(dossier_items(c, r->arena, d->id, &items, &n));
	m.items.items = arena_array(r->arena, str, n);
	for (size_t i = 0; i < n; i++)
		m.items.items[m.items.n++] = items[i].text;
	TRY(dossier_events(c, r->arena, d->id, &events, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(events[i].act, act_code(ACT_ASK)))
			m.reason = events[i].note;
	answer_html(&o, &m);
	return citizen_reply(
		r, status, tr(o.language, TR("Bổ sung hồ sơ")), out_html(&o), errors->n > 0);
}

/* A form that is sent twice, or opened after it was sent: it is done, not overtaken. */
static bool is_done(const struct dossier *d, enum dossier_act act)
{
	return act == ACT_ANSWER ? d->answered_at.set : d->stage == DOSSIER_WITHDRAWN;
}

/* *ret_done: the way to the dossier is answered already. */
static err open_own(struct req *r, struct conn **ret_conn, struct dossier *d, enum dossier_act act,
	bool *ret_done)
{
	TRY(reader_of(r, ret_conn));
	TRY(my_dossier(r, *ret_conn, d));
	*ret_done = is_done(d, act);
	if (*ret_done)
		return reply_redirect(r, my_address(r, d->code));
	if (!dossier_act_open(d, act, ROLE_CITIZEN, caller_of(r)->account_id))
		return FAIL(r->arena, CONFLICT, "the act is not open now");
	return NULL;
}

/* *ret_overtaken: the office was quicker, with something that leaves the act open. */
static err finish_act(struct req *r, struct act_input *in, struct dossier *d, bool *ret_overtaken)
{
	if (!str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &in->version))
		return FAIL(r->arena, BAD_REQUEST, "no version in the form");
	err e = dossier_do(services_of(r)->db, r->arena, r->now, citizen_actor(r), in, d);
	if (!e && services_of(r)->jobs)
		jobs_wake(services_of(r)->jobs);
	if (!e)
		return reply_redirect(r, my_address(r, d->code));
	if (e->kind != ERR_CONFLICT)
		return e;
	struct conn *c;
	bool done = false;
	TRY(open_own(r, &c, d, in->act, &done));
	*ret_overtaken = !done;
	return NULL;
}

static str overtaken_text(struct req *r, const struct dossier *d)
{
	enum language l = req_language(r);
	return FILL(r->arena, l,
		TR("Gửi lại lần nữa nếu bạn vẫn muốn: cơ quan vừa cập nhật hồ sơ, bây giờ là "
		   "“{trang-thai}”"),
		S("trang-thai"), tr(l, stage_word(d->stage)));
}

err show_answer(struct req *r)
{
	struct conn *c;
	struct dossier d;
	bool done = false;
	TRY(open_own(r, &c, &d, ACT_ANSWER, &done));
	return done ? NULL : reply_answer(r, 200, c, &d, &(field_errors){ 0 }, S(""));
}

static err check_answer(struct req *r, struct act_input *in, field_errors *errors)
{
	enum language l = req_language(r);
	size_t over = 0;
	str fault = S("");
	TRY(req_text(r, S("loi-nhan"), LIMIT_NOTE, &in->reason, &over));
	if (over)
		errors->items[errors->n++] = (struct field_error){ S("loi-nhan"),
			too_long_text(r->arena, l, LIMIT_NOTE, over) };
	TRY(take_uploads(r, S("giay-to"), !errors->n, in, &fault));
	if (!fault.n && !in->reason.n && !req_upload(r, S("giay-to"), 0))
		fault = tr(l, TR("Chọn giấy tờ hoặc viết nội dung trả lời"));
	if (fault.n)
		errors->items[errors->n++] = (struct field_error){ S("giay-to"), fault };
	else if ((errors->n && req_upload(r, S("giay-to"), 0)) || req_has_field(r, LOST_FILES))
		errors->items[errors->n++] = (struct field_error){ S("giay-to"),
			tr(l, TR("Chọn lại các tệp: trình duyệt không giữ tệp đã chọn")) };
	return NULL;
}

err take_answer(struct req *r)
{
	struct conn *c;
	struct dossier d;
	struct act_input in = { .act = ACT_ANSWER };
	struct field_error faults[3];
	field_errors errors = { faults, 0 };
	bool done = false, overtaken = false;
	TRY(open_own(r, &c, &d, ACT_ANSWER, &done));
	if (done)
		return NULL;
	TRY(check_answer(r, &in, &errors));
	if (errors.n)
		return reply_answer(r, 422, c, &d, &errors, in.reason);
	TRY(finish_act(r, &in, &d, &overtaken));
	if (!overtaken)
		return NULL;
	faults[errors.n++] = (struct field_error){ S("loi-nhan"), overtaken_text(r, &d) };
	return reply_answer(r, 409, c, &d, &errors, in.reason);
}

/* --- withdrawal -------------------------------------------------------------------------- */

static err reply_withdraw(
	struct req *r, int status, const struct dossier *d, const field_errors *errors, str reason)
{
	struct out o = page_out(r);
	struct withdraw_page m = {
		.code = d->code,
		.procedure = d->procedure_name,
		.post = URL(&o, "/ca-nhan/ho-so/{}/rut", d->code),
		.back = URL(&o, "/ca-nhan/ho-so/{}", d->code),
		.version = d->version,
		.errors = *errors,
		.reason = { .id = S("ly-do"),
			.label = tr(o.language, TR("Vì sao bạn rút hồ sơ?")),
			.rows = 3,
			.most = LIMIT_NOTE,
			.value = reason,
			.error = error_of(errors, S("ly-do")) },
	};
	withdraw_html(&o, &m);
	return citizen_reply(
		r, status, tr(o.language, TR("Rút hồ sơ")), out_html(&o), errors->n > 0);
}

err show_withdraw(struct req *r)
{
	struct conn *c;
	struct dossier d;
	bool done = false;
	TRY(open_own(r, &c, &d, ACT_WITHDRAW, &done));
	return done ? NULL : reply_withdraw(r, 200, &d, &(field_errors){ 0 }, S(""));
}

err take_withdraw(struct req *r)
{
	struct conn *c;
	struct dossier d;
	struct act_input in = { .act = ACT_WITHDRAW };
	struct field_error fault = { .field = S("ly-do") };
	bool done = false, overtaken = false;
	size_t over = 0;
	TRY(open_own(r, &c, &d, ACT_WITHDRAW, &done));
	if (done)
		return NULL;
	TRY(req_text(r, S("ly-do"), LIMIT_NOTE, &in.reason, &over));
	if (!in.reason.n)
		fault.message = tr(req_language(r), TR("Nhập lý do"));
	else if (over)
		fault.message = too_long_text(r->arena, req_language(r), LIMIT_NOTE, over);
	if (fault.message.n)
		return reply_withdraw(r, 422, &d, &(field_errors){ &fault, 1 }, in.reason);
	TRY(finish_act(r, &in, &d, &overtaken));
	if (!overtaken)
		return NULL;
	fault.message = overtaken_text(r, &d);
	return reply_withdraw(r, 409, &d, &(field_errors){ &fault, 1 }, in.reason);
}

/* --- all of this side ------------------------------------------------------------------------ */

#define MINE(how, at, handler)                                                          \
	{                                                                               \
		.method = (how), .path = (at), .run = (handler), .guard = PERMIT_APPLY, \
		.rate = (how)[0] == 'P' ? RATE_WRITE : RATE_READ                        \
	}
const struct route dossier_citizen_routes[] = {
	MINE("POST", "/nop/:code/nop", take_submission),
	MINE("GET", "/nop/:code/xong", show_receipt),
	MINE("GET", "/ca-nhan", show_mine),
	MINE("GET", "/ca-nhan/ho-so", show_my_dossiers),
	MINE("GET", "/ca-nhan/ho-so/:code", show_my_dossier),
	MINE("GET", "/ca-nhan/ho-so/:code/tep/:id", show_my_file),
	MINE("GET", "/ca-nhan/ho-so/:code/phieu.pdf", show_my_slip),
	MINE("GET", "/ca-nhan/ho-so/:code/to-khai.pdf", show_my_form),
	MINE("GET", "/ca-nhan/ho-so/:code/to-khai.json", show_my_form_file),
	MINE("GET", "/ca-nhan/ho-so/:code/in", show_my_form_print),
	MINE("POST", "/ca-nhan/ho-so/:code/nhan-tin", take_my_message),
	MINE("GET", "/ca-nhan/ho-so/:code/bo-sung", show_answer),
	{ .method = "POST",
		.path = "/ca-nhan/ho-so/:code/bo-sung",
		.run = take_answer,
		.guard = PERMIT_APPLY,
		.uploads = true,
		.rate = RATE_WRITE },
	MINE("GET", "/ca-nhan/ho-so/:code/rut", show_withdraw),
	MINE("POST", "/ca-nhan/ho-so/:code/rut", take_withdraw),
	MINE("GET", "/ca-nhan/ho-so/:code/danh-gia", show_rating),
	MINE("POST", "/ca-nhan/ho-so/:code/danh-gia", take_rating),
	{ 0 },
};
