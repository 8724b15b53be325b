/* SPDX-License-Identifier: Apache-2.0 */
/* act_pages.c - one decision, one page: what it does, what it needs, the button. The table says
 * whether it is open; a colleague who was quicker makes it a 409 that shows what changed. */
#include "dossier/act.html.h"
#include "dossier/desk_pages.h"
#include "dossier/officer.h"
#include "dossier/overtaken.html.h"

/* What each act asks for besides the button. */
static const struct {
	const char *question, *NULLABLE intro;
	bool items, officer, result, amount, danger;
} needs[ACT_COUNT] = {
	[ACT_RECEIVE] = { .question = MARK("Tiếp nhận hồ sơ này?"),
		.intro = MARK("Hồ sơ đủ và đúng. Thời hạn bắt đầu tính từ lúc này; giấy tiếp "
			      "nhận và hẹn trả được lập ngay và người nộp được báo.") },
	[ACT_ASK] = { .question = MARK("Cần người nộp bổ sung gì?"),
		.intro = MARK("Hướng dẫn một lần, đầy đủ: chỉ được yêu cầu bổ sung một lần cho "
			      "mỗi hồ sơ. Thời hạn tạm dừng."),
		.items = true },
	[ACT_REFUSE] = { .question = MARK("Vì sao không tiếp nhận hồ sơ này?"),
		.intro = MARK("Người nộp nhận được lý do và vẫn đánh giá được."),
		.danger = true },
	[ACT_RESUME] = { .question = MARK("Phần bổ sung đã đủ?"),
		.intro = MARK("Hồ sơ được xử lý tiếp và người nộp được báo.") },
	[ACT_FORWARD] = { .question = MARK("Chuyển hồ sơ cho ai xử lý?"), .officer = true },
	[ACT_ASSIGN] = { .question = MARK("Giao lại hồ sơ cho ai?"), .officer = true },
	[ACT_ASK_FEE] = { .question = MARK("Người nộp phải nộp bao nhiêu?"),
		.intro = MARK("Thời hạn tạm dừng cho đến khi thu phí."),
		.amount = true },
	[ACT_CONFIRM_FEE] = { .question = MARK("Đã thu phí của hồ sơ này?"),
		.intro = MARK("Thời hạn tính tiếp.") },
	[ACT_PROPOSE] = { .question = MARK("Trình lãnh đạo kết quả nào?"),
		.intro = MARK("Kèm tệp kết quả (hoặc văn bản từ chối) để lãnh đạo xem và "
			      "phê duyệt."),
		.result = true },
	[ACT_SEND_BACK] = { .question = MARK("Vì sao trả lại để sửa?"),
		.intro = MARK("Chuyên viên nhận được lý do.") },
	[ACT_APPROVE] = { .question = MARK("Phê duyệt kết quả này?"),
		.intro = MARK("Sau khi phê duyệt, người nộp nhận được kết quả ngay trên cổng.") },
	[ACT_RETURN] = { .question = MARK("Đã trả kết quả cho người nộp?") },
	[ACT_STOP] = { .question = MARK("Vì sao dừng xử lý hồ sơ này?"),
		.intro = MARK("Việc dừng không thể hoàn tác."),
		.danger = true },
};

struct deciding {
	struct desk desk;
	struct dossier d;
	enum dossier_act act;
	struct act_input in;
	field_errors errors;
	str items_typed, amount_typed;
	bool sent; /* what was typed counts, not what is usual */
};

static err open_act(struct req *r, struct deciding *x)
{
	TRY(desk_enter(r, DESK_QUEUE_COUNT, &x->desk));
	TRY(officer_dossier(r, x->desk.conn, &x->d));
	if (!act_of_code(req_param(r, S("act")), &x->act) || !needs[x->act].question)
		return FAIL(r->arena, NOT_FOUND, "no such act");
	if (!act_of_role(x->act, x->desk.who->role)) {
		TRY(note_read(r, S("access.refused"), x->d.code, act_code(x->act)));
		return FAIL(r->arena, FORBIDDEN, "the act belongs to another role");
	}
	x->errors.items = arena_array(r->arena, struct field_error, 8);
	x->in.act = x->act;
	x->in.version = x->d.version;
	return NULL;
}

static bool is_open(const struct deciding *x)
{
	const struct caller *who = x->desk.who;
	return dossier_act_open(&x->d, x->act, who->role, who->account_id);
}

/* --- the page ------------------------------------------------------------------ */

static err add_officers(struct req *r, const struct deciding *x, struct act_page *m)
{
	struct account *found;
	size_t n;
	TRY(account_list(x->desk.conn, r->arena, x->d.agency, role_code(ROLE_OFFICER), &found, &n));
	struct option *options = arena_array(r->arena, struct option, n);
	for (size_t i = 0; i < n; i++)
		options[i] = (struct option){
			.value = arena_printf(r->arena, "%lld", (long long)found[i].id),
			.label = found[i].name,
			.chosen = n == 1 || found[i].id == x->in.assignee,
		};
	m->officers = (struct choice_input){ .id = S("nguoi-xu-ly"),
		.label = tr(req_language(r), TR("Người xử lý")),
		.error = error_of(&x->errors, S("nguoi-xu-ly")),
		.options = { options, n } };
	return NULL;
}

static void add_result(struct req *r, const struct deciding *x, struct act_page *m)
{
	enum language l = req_language(r);
	struct option *options = arena_array(r->arena, struct option, 2);
	options[0] = (struct option){ .value = S("granted"),
		.label = tr(l, TR("Đồng ý giải quyết")),
		.chosen = str_eq(x->in.outcome, S("granted")) };
	options[1] = (struct option){ .value = S("refused"),
		.label = tr(l, TR("Từ chối giải quyết, có văn bản nêu lý do")),
		.chosen = str_eq(x->in.outcome, S("refused")) };
	m->outcomes = (struct choice_input){ .id = S("ket-luan"),
		.label = tr(l, TR("Kết luận")),
		.error = error_of(&x->errors, S("ket-luan")),
		.options = { options, 2 } };
	m->result = (struct file_input){ .id = S("ket-qua"),
		.label = tr(l, TR("Tệp kết quả")),
		.hint = tr(l, TR("PDF, JPG, PNG hoặc DOCX")),
		.accept = ".pdf,.jpg,.jpeg,.png,.docx",
		.error = error_of(&x->errors, S("ket-qua")),
		.most = LIMIT_FILE_USUAL };
}

static void add_inputs(struct req *r, const struct deciding *x, struct act_page *m)
{
	enum language l = req_language(r);
	m->wants_reason = act_needs_reason(x->act);
	m->wants_items = needs[x->act].items;
	m->wants_officer = needs[x->act].officer;
	m->wants_result = needs[x->act].result;
	m->wants_amount = needs[x->act].amount;
	m->danger = needs[x->act].danger;
	m->reason = (struct input){ .id = S("ly-do"),
		.label = tr(l, TR("Lý do")),
		.hint = act_internal(x->act)
			? tr(l, TR("Chỉ người trong cơ quan đọc được"))
			: tr(l, TR("Viết cho người dân đọc: vì sao, theo quy định nào")),
		.error = error_of(&x->errors, S("ly-do")),
		.value = x->in.reason,
		.rows = 4,
		.most = LIMIT_NOTE };
	m->items = (struct input){ .id = S("can-bo-sung"),
		.label = tr(l, TR("Giấy tờ, thông tin cần bổ sung")),
		.hint = tr(l,
			TR("Mỗi dòng một thứ, nói rõ sửa chỗ nào; nhiều nhất 20 dòng, mỗi dòng "
			   "300 ký tự")),
		.error = error_of(&x->errors, S("can-bo-sung")),
		.value = x->items_typed,
		.rows = 5 };
	m->amount = (struct input){ .id = S("so-tien"),
		.label = tr(l, TR("Số tiền (đồng)")),
		.type = "text",
		.input_mode = "numeric",
		.width = "12",
		.error = error_of(&x->errors, S("so-tien")),
		.value = x->amount_typed };
}

static err fill_act(struct req *r, struct out *o, const struct deciding *x, struct act_page *m)
{
	*m = (struct act_page){
		.code = x->d.code,
		.procedure = x->d.procedure_name,
		.applicant = x->d.applicant,
		.question = tr(o->language, str_from(needs[x->act].question)),
		.intro = tr(o->language, str_from(needs[x->act].intro)),
		.button = tr(o->language, act_label(x->act)),
		.back = URL(o, "/can-bo/ho-so/{}", x->d.code),
		.post = URL(o, "/can-bo/ho-so/{}/{}", x->d.code, act_code(x->act)),
		.version = x->in.version,
		.errors = x->errors,
	};
	add_inputs(r, x, m);
	if (m->wants_officer)
		TRY(add_officers(r, x, m));
	if (m->wants_result)
		add_result(r, x, m);
	/* It names the applicant. */
	return note_read(r, S("dossier.read"), x->d.code, act_code(x->act));
}

static err reply_act(struct req *r, int status, const struct deciding *x)
{
	struct out o = page_out(r);
	struct act_page m;
	TRY(fill_act(r, &o, x, &m));
	act_html(&o, &m);
	return desk_reply(r, status, &x->desk, m.question, out_html(&o), x->errors.n > 0);
}

/* --- what was posted ------------------------------------------------------------- */

static void fault(struct req *r, struct deciding *x, const char *field, str message)
{
	x->errors.items[x->errors.n++] = (struct field_error){ .field = str_from(field),
		.message = tr(req_language(r), message) };
}

static err read_text(struct req *r, struct deciding *x, const char *field, size_t most, str *ret)
{
	size_t over = 0;
	TRY(req_text(r, str_from(field), most, ret, &over));
	if (over)
		fault(r, x, field, too_long_text(r->arena, req_language(r), most, over));
	return NULL;
}

static err read_reason(struct req *r, struct deciding *x)
{
	if (!act_needs_reason(x->act))
		return NULL;
	TRY(read_text(r, x, "ly-do", LIMIT_NOTE, &x->in.reason));
	if (!x->in.reason.n)
		fault(r, x, "ly-do", TR("Nhập lý do"));
	return NULL;
}

/* Each is counted, and none is left out: the first fault is the one that is said. */
static void check_items(struct req *r, struct deciding *x)
{
	enum language l = req_language(r);
	size_t n = x->in.items.n;
	if (!n)
		fault(r, x, "can-bo-sung", TR("Nhập ít nhất một thứ cần bổ sung"));
	if (n > LIMIT_SUPPLEMENT_ITEMS)
		fault(r, x, "can-bo-sung",
			tr_n(r->arena, l, TRN("Bớt {n} dòng: nhiều nhất 20 thứ cần bổ sung"),
				(int64_t)(n - LIMIT_SUPPLEMENT_ITEMS)));
	for (size_t i = 0; i < n; i++) {
		size_t length = str_length(x->in.items.items[i]);
		if (length <= LIMIT_SUPPLEMENT_ITEM)
			continue;
		str fewer = too_long_text(
			r->arena, l, LIMIT_SUPPLEMENT_ITEM, length - LIMIT_SUPPLEMENT_ITEM);
		fault(r, x, "can-bo-sung",
			FILL(r->arena, l, TR("Dòng {dong}: {viec}"), S("dong"),
				number_text(r->arena, l, (int64_t)i + 1), S("viec"), fewer));
		return;
	}
}

static err read_items(struct req *r, struct deciding *x)
{
	if (!needs[x->act].items)
		return NULL;
	TRY(read_text(r, x, "can-bo-sung", SIZE_MAX, &x->items_typed));
	VEC(str) items = { 0 };
	str line, rest = x->items_typed;
	for (bool more = true; more;) {
		more = str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		if (line.n)
			*VEC_PUSH(r->arena, &items) = line;
	}
	x->in.items.items = items.items;
	x->in.items.n = items.n;
	check_items(r, x);
	return NULL;
}

static void read_numbers(struct req *r, struct deciding *x)
{
	if (needs[x->act].officer &&
		!str_to_int(req_field(r, S("nguoi-xu-ly")), 1, INT64_MAX, &x->in.assignee))
		fault(r, x, "nguoi-xu-ly", TR("Chọn người xử lý"));
	if (!needs[x->act].amount)
		return;
	x->amount_typed = str_trim(req_field(r, S("so-tien")));
	if (!str_to_int(x->amount_typed, 1, LIMIT_FEE, &x->in.amount))
		fault(r, x, "so-tien", TR("Nhập số tiền bằng chữ số, ví dụ 150000"));
}

static err read_result(struct req *r, struct deciding *x)
{
	if (!needs[x->act].result)
		return NULL;
	x->in.outcome = req_field(r, S("ket-luan"));
	if (!str_eq(x->in.outcome, S("granted")) && !str_eq(x->in.outcome, S("refused")))
		fault(r, x, "ket-luan", TR("Chọn kết luận"));
	str wrong = S("");
	TRY(take_uploads(r, S("ket-qua"), !x->errors.n, &x->in, &wrong));
	if (wrong.n)
		fault(r, x, "ket-qua", wrong);
	else if (!req_upload(r, S("ket-qua"), 0))
		fault(r, x, "ket-qua", TR("Chọn tệp kết quả"));
	else if (x->errors.n)
		fault(r, x, "ket-qua", TR("Chọn lại các tệp: trình duyệt không giữ tệp đã chọn"));
	return NULL;
}

static err read_posted(struct req *r, struct deciding *x)
{
	if (!str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &x->in.version))
		return FAIL(r->arena, BAD_REQUEST, "no version in the form");
	TRY(read_items(r, x));
	TRY(read_reason(r, x));
	read_numbers(r, x);
	return read_result(r, x);
}

/* --- somebody was quicker ---------------------------------------------------------- */

static str stage_text(enum language l, str code)
{
	enum dossier_stage s;
	return stage_of_code(code, &s) ? tr(l, stage_word(s)) : S("");
}

static void add_changes(struct out *o, const struct dossier_event *events, size_t n, int64_t seen,
	struct overtaken_page *m)
{
	m->changes.items = arena_array(o->a, struct change_row, n + 1);
	for (size_t i = 0; i < n; i++) {
		if (events[i].number <= seen)
			continue;
		m->who = events[i].actor;
		m->when = moment_text(o->a, o->language, events[i].at);
		m->changes.items[m->changes.n++] = (struct change_row){
			.what = event_title(o->language, &events[i]),
			.before = stage_text(o->language, events[i].from_stage),
			.now = stage_text(o->language, events[i].to_stage),
		};
	}
}

/* What changed; and when the act is open all the same, its form with what was typed. */
static err reply_conflict(struct req *r, struct deciding *x)
{
	struct out o = page_out(r);
	struct dossier_event *events;
	size_t n;
	int64_t seen = x->in.version;
	TRY(officer_dossier(r, x->desk.conn, &x->d));
	TRY(dossier_events(x->desk.conn, r->arena, x->d.id, &events, &n));
	struct overtaken_page m = { .code = x->d.code,
		.act = tr(o.language, act_label(x->act)),
		.back = URL(&o, "/can-bo/ho-so/{}", x->d.code),
		.again = x->sent && is_open(x) };
	add_changes(&o, events, n, seen, &m);
	x->in.version = x->d.version;
	x->errors.n = 0;
	if (m.again)
		TRY(fill_act(r, &o, x, &m.form));
	overtaken_html(&o, &m);
	return desk_reply(
		r, 409, &x->desk, tr(o.language, TR("Hồ sơ đã thay đổi")), out_html(&o), false);
}

err show_act(struct req *r)
{
	struct deciding x = { 0 };
	TRY(open_act(r, &x));
	if (!is_open(&x))
		return reply_conflict(r, &x);
	return reply_act(r, 200, &x);
}

err take_act(struct req *r)
{
	struct deciding x = { 0 };
	TRY(open_act(r, &x));
	x.sent = true;
	TRY(read_posted(r, &x));
	if (x.in.version != x.d.version || !is_open(&x))
		return reply_conflict(r, &x);
	if (x.errors.n)
		return reply_act(r, 422, &x);
	err e = dossier_do(services_of(r)->db, r->arena, r->now, officer_actor(r), &x.in, &x.d);
	if (e && e->kind == ERR_CONFLICT)
		return reply_conflict(r, &x);
	if (e && e->kind == ERR_INVALID && needs[x.act].officer) {
		fault(r, &x, "nguoi-xu-ly", TR("Chọn một người trong danh sách này"));
		return reply_act(r, 422, &x);
	}
	TRY(e);
	if (services_of(r)->jobs)
		jobs_wake(services_of(r)->jobs);
	return reply_redirect(
		r, arena_printf(r->arena, "/can-bo/ho-so/" STR_FMT, STR_ARG(x.d.code)));
}

#define DESK_PAGE(at, handler)                                                        \
	{                                                                             \
		.method = "GET", .path = (at), .run = (handler), .guard = PERMIT_DESK \
	}
const struct route dossier_officer_routes[] = {
	DESK_PAGE("/can-bo", show_inbox),
	DESK_PAGE("/can-bo/hang-doi/:name", show_named_queue),
	DESK_PAGE("/can-bo/tim", show_found),
	{ .method = "POST", .path = "/can-bo/tim", .run = take_search, .guard = PERMIT_DESK },
	DESK_PAGE("/can-bo/phim-tat", show_shortcuts),
	DESK_PAGE("/can-bo/ho-so/:code", show_officer_dossier),
	DESK_PAGE("/can-bo/ho-so/:code/phieu.pdf", show_officer_slip),
	DESK_PAGE("/can-bo/ho-so/:code/to-khai.pdf", show_officer_form),
	DESK_PAGE("/can-bo/ho-so/:code/tep/:id", show_officer_file),
	{ .method = "POST",
		.path = "/can-bo/ho-so/:code/nhan-tin",
		.run = take_officer_message,
		.guard = PERMIT_DESK,
		.rate = RATE_WRITE },
	DESK_PAGE("/can-bo/ho-so/:code/:act", show_act),
	{ .method = "POST",
		.path = "/can-bo/ho-so/:code/:act",
		.run = take_act,
		.guard = PERMIT_DESK,
		.uploads = true,
		.rate = RATE_WRITE },
	{ 0 },
};
