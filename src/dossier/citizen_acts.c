/* SPDX-License-Identifier: Apache-2.0 */
/* citizen_acts.c - what an applicant does with a dossier: send it, answer a supplement, withdraw,
 * rate. */
#include "core/fold.h"
#include "dossier/answer.html.h"
#include "dossier/citizen.h"
#include "dossier/filled.h"
#include "dossier/rating.html.h"
#include "dossier/receipt.html.h"
#include "dossier/withdraw.html.h"

static str my_address(struct req *r, str code)
{
	return arena_printf(r->arena, "/ca-nhan/ho-so/" STR_FMT, STR_ARG(code));
}

static err read_text(struct req *r, str name, size_t most, str *ret)
{
	return text_clean(r->arena, str_trim(str_part(req_field(r, name), 0, most * 4)), ret);
}

/* --- submission ---------------------------------------------------------------------- */

static err draft_of(struct req *r, struct conn *c, struct draft *ret)
{
	return draft_get(c, r->arena, req_param(r, S("code")), caller_of(r)->account_id, ret);
}

err take_submission(struct req *r)
{
	struct conn *c;
	struct draft d;
	struct procedure p;
	const struct form *f = NULL;
	str code;
	TRY(reader_of(r, &c));
	TRY(draft_of(r, c, &d));
	str review = arena_printf(r->arena, "/nop/" STR_FMT "/xem-lai", STR_ARG(d.code));
	if (!d.submitted) {
		TRY(procedure_version(c, r->arena, d.version_id, &p));
		struct procedure in_force;
		err gone = procedure_on(c, r->arena, d.procedure, day_of(r->now), &in_force);
		if (gone && gone->kind != ERR_NOT_FOUND)
			return gone;
		/* The way to the review moves the draft, or tells what changed. */
		if (!gone && in_force.version_id != d.version_id && in_force.form)
			return reply_redirect(r, review);
		TRY(form_of(r->arena, &p, &f));
		if (f->declaration.n && !req_field(r, S("cam-doan")).n)
			return reply_redirect(r,
				arena_printf(r->arena, STR_FMT "?thieu=cam-doan", STR_ARG(review)));
	}
	err e = d.submitted ? NULL : dossier_submit(r, &d, f, &p, &code);
	if (e && e->kind == ERR_INVALID)
		return reply_redirect(r, review); /* the review page names what is missing */
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
		.verify = arena_printf(r->arena, STR_FMT "/xac-minh/" STR_FMT,
			STR_ARG(req_origin(r)), STR_ARG(d.code)),
	};
	receipt_html(&o, &m);
	return citizen_reply(r, 200, tr(o.language, TR("Đã nộp hồ sơ")), out_html(&o), false);
}

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
			.most = LIMIT_FILE,
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

static bool is_open(const struct dossier *d, enum dossier_act act, int64_t me)
{
	enum dossier_act open[ACT_COUNT];
	size_t n = dossier_open_acts(d, ROLE_CITIZEN, me, open);
	for (size_t i = 0; i < n; i++)
		if (open[i] == act)
			return true;
	return false;
}

static err open_own(struct req *r, struct conn **ret_conn, struct dossier *d, enum dossier_act act)
{
	TRY(reader_of(r, ret_conn));
	TRY(my_dossier(r, *ret_conn, d));
	if (!is_open(d, act, caller_of(r)->account_id))
		return FAIL(r->arena, CONFLICT, "the act is not open now");
	return NULL;
}

err show_answer(struct req *r)
{
	struct conn *c;
	struct dossier d;
	TRY(open_own(r, &c, &d, ACT_ANSWER));
	return reply_answer(r, 200, c, &d, &(field_errors){ 0 }, S(""));
}

/* Keeps every good file; the first bad one is the error, and the good ones are asked for again with
 * it: nothing is stored for a form that did not go through. */
static err take_files(struct req *r, struct act_input *in, struct field_error *fault)
{
	const struct upload *u;
	size_t n = 0;
	in->files.items = arena_array(r->arena, struct stored_file, LIMIT_HTTP_UPLOADS);
	in->file_fields.items = arena_array(r->arena, str, LIMIT_HTTP_UPLOADS);
	for (size_t i = 0; (u = req_upload(r, S("giay-to"), i)) != NULL; i++) {
		enum file_verdict verdict;
		enum file_kind kind = FILE_PDF;
		TRY(file_inspect(services_of(r)->files, r->arena, u, &verdict, &kind));
		if (verdict != FILE_GOOD) {
			*fault = (struct field_error){ .field = S("giay-to"),
				.message = arena_printf(r->arena, STR_FMT ": " STR_FMT,
					STR_ARG(u->file_name),
					STR_ARG(tr(req_language(r), file_verdict_text(verdict)))) };
			return NULL;
		}
		TRY(file_keep(services_of(r)->files, r->arena, u));
		in->files.items[n++] = (struct stored_file){ .size = u->size,
			.created_at = r->now,
			.sha256 = u->sha256,
			.mime = file_kind_mime(kind),
			.name = u->file_name };
	}
	in->files.n = in->file_fields.n = n;
	return NULL;
}

static err finish_act(struct req *r, struct act_input *in, struct dossier *d)
{
	if (!str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &in->version))
		return FAIL(r->arena, BAD_REQUEST, "no version in the form");
	TRY(dossier_do(services_of(r)->db, r->arena, r->now, citizen_actor(r), in, d));
	if (services_of(r)->jobs)
		jobs_wake(services_of(r)->jobs);
	return reply_redirect(r, my_address(r, d->code));
}

err take_answer(struct req *r)
{
	struct conn *c;
	struct dossier d;
	struct act_input in = { .act = ACT_ANSWER };
	struct field_error fault = { 0 };
	TRY(open_own(r, &c, &d, ACT_ANSWER));
	TRY(read_text(r, S("loi-nhan"), LIMIT_NOTE, &in.reason));
	if (str_length(in.reason) > LIMIT_NOTE)
		fault = (struct field_error){ S("loi-nhan"),
			tr(req_language(r), TR("Nội dung dài quá 2.000 ký tự")) };
	TRY(take_files(r, &in, &fault));
	if (!fault.message.n && !in.files.n && !in.reason.n)
		fault = (struct field_error){ S("giay-to"),
			tr(req_language(r),
				TR("Chọn giấy tờ hoặc viết nội dung "
				   "trả lời")) };
	if (fault.message.n)
		return reply_answer(r, 422, c, &d, &(field_errors){ &fault, 1 }, in.reason);
	return finish_act(r, &in, &d);
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
	TRY(open_own(r, &c, &d, ACT_WITHDRAW));
	return reply_withdraw(r, 200, &d, &(field_errors){ 0 }, S(""));
}

err take_withdraw(struct req *r)
{
	struct conn *c;
	struct dossier d;
	struct act_input in = { .act = ACT_WITHDRAW };
	struct field_error fault = { .field = S("ly-do") };
	TRY(open_own(r, &c, &d, ACT_WITHDRAW));
	TRY(read_text(r, S("ly-do"), LIMIT_NOTE, &in.reason));
	if (!in.reason.n)
		fault.message = tr(req_language(r), TR("Nhập lý do"));
	else if (str_length(in.reason) > LIMIT_NOTE)
		fault.message = tr(req_language(r), TR("Lý do dài quá 2.000 ký tự"));
	if (fault.message.n)
		return reply_withdraw(r, 422, &d, &(field_errors){ &fault, 1 }, in.reason);
	return finish_act(r, &in, &d);
}

/* --- rating --------------------------------------------------------------------------------- */

static const struct {
	const char *field, *label;
} contents[RATING_CONTENTS] = {
	[RATING_OVERALL] = { "chung", MARK("Nhìn chung bạn thấy thế nào?") },
	[RATING_CONVENIENCE] = { "thuan-tien", MARK("Dịch vụ dễ dùng, phản hồi nhanh") },
	[RATING_TIMELINESS] = { "kip-thoi", MARK("Giải quyết kịp thời") },
	[RATING_ATTITUDE] = { "thai-do", MARK("Thái độ hỗ trợ") },
};

static struct choice_input grade_choice(
	struct req *r, enum rating_content content, const field_errors *errors)
{
	static const struct {
		const char *value, *label;
	} grades[] = { { "3", MARK("Rất hài lòng") }, { "2", MARK("Hài lòng") },
		{ "1", MARK("Chưa hài lòng") } };
	enum language l = req_language(r);
	str id = str_from(contents[content].field);
	struct option *options = arena_array(r->arena, struct option, COUNT(grades));
	for (size_t i = 0; i < COUNT(grades); i++)
		options[i] = (struct option){ .value = str_from(grades[i].value),
			.label = tr(l, str_from(grades[i].label)),
			.chosen = str_eq(req_field(r, id), str_from(grades[i].value)) };
	return (struct choice_input){ .id = id,
		.label = tr(l, str_from(contents[content].label)),
		.error = error_of(errors, id),
		.optional = content != RATING_OVERALL,
		.options = { options, COUNT(grades) } };
}

static err reply_rating(
	struct req *r, int status, const struct dossier *d, const field_errors *errors)
{
	struct out o = page_out(r);
	struct rating_page m = {
		.code = d->code,
		.procedure = d->procedure_name,
		.post = URL(&o, "/ca-nhan/ho-so/{}/danh-gia", d->code),
		.back = URL(&o, "/ca-nhan/ho-so/{}", d->code),
		.errors = *errors,
		.comment = { .id = S("gop-y"),
			.label = tr(o.language, TR("Góp ý thêm")),
			.rows = 4,
			.optional = true,
			.most = LIMIT_NOTE,
			.value = req_field(r, S("gop-y")) },
	};
	for (int i = 0; i < RATING_CONTENTS; i++)
		m.contents[i] = grade_choice(r, (enum rating_content)i, errors);
	rating_html(&o, &m);
	return citizen_reply(
		r, status, tr(o.language, TR("Đánh giá")), out_html(&o), errors->n > 0);
}

err show_rating(struct req *r)
{
	struct conn *c;
	struct dossier d;
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &d));
	return reply_rating(r, 200, &d, &(field_errors){ 0 });
}

err take_rating(struct req *r)
{
	struct conn *c;
	struct dossier d;
	struct rating g = { 0 };
	int64_t *to[RATING_CONTENTS] = { &g.overall, &g.convenience, &g.timeliness, &g.attitude };
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &d));
	for (int i = 0; i < RATING_CONTENTS; i++)
		str_to_int(req_field(r, str_from(contents[i].field)), GRADE_NOT_YET, GRADE_VERY,
			to[i]);
	TRY(read_text(r, S("gop-y"), LIMIT_NOTE, &g.comment));
	struct field_error fault = { S("chung"),
		tr(req_language(r), TR("Chọn mức hài lòng chung")) };
	if (!g.overall)
		return reply_rating(r, 422, &d, &(field_errors){ &fault, 1 });
	TRY(rating_give(services_of(r)->db, r->arena, &d, caller_of(r)->account_id, &g, r->now));
	return reply_redirect(r, my_address(r, d.code));
}

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
