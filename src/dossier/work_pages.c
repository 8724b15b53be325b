/* SPDX-License-Identifier: Apache-2.0 */
/* work_pages.c - one dossier on an officer's desk: what was said and sent, the clock with its
 * reasons, the history, and the acts that are open. Opening it is a read of personal data and is
 * kept as such. */
#include "dossier/desk_pages.h"
#include "dossier/officer.h"
#include "dossier/parts.h"
#include "dossier/slip.h"
#include "dossier/work.html.h"

/* A dossier of another agency is as absent as one that does not exist. */
err officer_dossier(struct req *r, struct conn *c, struct dossier *ret)
{
	TRY(dossier_get(c, r->arena, req_param(r, S("code")), ret));
	if (!str_eq(ret->agency, caller_of(r)->agency))
		return FAIL(r->arena, NOT_FOUND, "a dossier of another agency");
	return NULL;
}

static const struct {
	const char *icon, *look, *key;
} act_looks[ACT_COUNT] = {
	[ACT_RECEIVE] = { "check", "button", "t" },
	[ACT_ASK] = { "undo-2", "button button-secondary", "b" },
	[ACT_REFUSE] = { "x", "button button-danger", "" },
	[ACT_FORWARD] = { "arrow-right", "button", "c" },
	[ACT_ASSIGN] = { "users", "button button-secondary", "p" },
	[ACT_RESUME] = { "check", "button", "t" },
	[ACT_ASK_FEE] = { "credit-card", "button button-secondary", "" },
	[ACT_CONFIRM_FEE] = { "credit-card", "button", "" },
	[ACT_PROPOSE] = { "pen-line", "button", "c" },
	[ACT_SEND_BACK] = { "undo-2", "button button-secondary", "b" },
	[ACT_APPROVE] = { "check", "button", "c" },
	[ACT_RETURN] = { "package-check", "button", "t" },
	[ACT_STOP] = { "circle-pause", "button button-danger", "" },
	[ACT_ANSWER] = { "send", "button", "" },
	[ACT_WITHDRAW] = { "log-out", "button button-danger", "" },
};

static void add_acts(
	struct out *o, const struct caller *who, const struct dossier *d, struct work_page *m)
{
	enum dossier_act open[ACT_COUNT];
	size_t n = dossier_open_acts(d, who->role, who->account_id, open);
	m->acts.items = arena_array(o->a, struct act_button, n);
	for (size_t i = 0; i < n; i++)
		m->acts.items[m->acts.n++] = (struct act_button){
			.label = tr(o->language, act_label(open[i])),
			.to = URL(o, "/can-bo/ho-so/{}/{}", d->code, act_code(open[i])),
			.icon = act_looks[open[i]].icon,
			.look = act_looks[open[i]].look,
			.key = act_looks[open[i]].key,
		};
}

static void add_facts(struct out *o, const struct dossier *d, struct work_page *m)
{
	struct time_limit limit;
	m->code = d->code;
	m->procedure = d->procedure_name;
	m->applicant = d->applicant;
	m->person_id = d->person_id;
	m->id_label = tr(o->language,
		person_id_valid(d->person_id) ? TR("Số định danh cá nhân")
					      : TR("Giấy tờ tùy thân"));
	m->phone = phone_text(o->a, d->phone);
	m->email = d->email;
	m->address = d->address;
	m->assignee = d->assignee;
	m->limit =
		limit_parse(d->limit_code, &limit) ? limit_text(o->a, o->language, limit) : S("");
	m->result_channel = channel_word(o->language, d->result_channel);
	m->slip = URL(o, "/can-bo/ho-so/{}/phieu.pdf", d->code);
	m->form = URL(o, "/can-bo/ho-so/{}/to-khai.pdf", d->code);
	m->has_slip = d->received_at.set;
	m->send = URL(o, "/can-bo/ho-so/{}/nhan-tin", d->code);
	m->message = (struct input){
		.id = S("tin-nhan"),
		.label = tr(o->language, TR("Nhắn cho người nộp")),
		.hint = tr(o->language, TR("Không dùng để yêu cầu bổ sung giấy tờ")),
		.error = error_of(&m->errors, S("tin-nhan")),
		.rows = 3,
		.most = LIMIT_MESSAGE,
	};
}

str channel_word(enum language l, str channel)
{
	if (str_eq(channel, S("post")))
		return tr(l, TR("Gửi qua bưu chính"));
	if (str_eq(channel, S("counter")))
		return tr(l, TR("Nhận tại nơi nộp hồ sơ"));
	return tr(l, TR("Bản điện tử trên cổng này"));
}

static err show_work(struct req *r, int status, const struct dossier *d, struct desk *desk,
	const field_errors *errors, str typed)
{
	struct out o = page_out(r);
	struct work_page m = { .errors = *errors };
	TRY(note_read(r, S("dossier.read"), d->code, S("")));
	add_facts(&o, d, &m);
	m.message.value = typed;
	add_acts(&o, desk->who, d, &m);
	TRY(dossier_parts_of(r, desk->conn, d, true, &m.parts));
	m.may_write = !stage_closed(d->stage) && !m.parts.full;
	TRY(findings_view_of(&o, desk->conn, d, &m.findings));
	work_html(&o, &m);
	return desk_reply(r, status, desk, d->code, out_html(&o), errors->n > 0);
}

err show_officer_dossier(struct req *r)
{
	struct desk desk;
	struct dossier d;
	TRY(desk_enter(r, DESK_QUEUE_COUNT, &desk));
	TRY(officer_dossier(r, desk.conn, &d));
	return show_work(r, 200, &d, &desk, &(field_errors){ 0 }, S(""));
}

struct act_actor officer_actor(struct req *r)
{
	const struct caller *who = caller_of(r);
	return (struct act_actor){ .who = { who->account_id, who->identifier, who->role },
		.name = who->name,
		.agency = who->agency,
		.origin = page_origin(r) };
}

err take_officer_message(struct req *r)
{
	struct desk desk;
	struct dossier d;
	TRY(desk_enter(r, DESK_QUEUE_COUNT, &desk));
	TRY(officer_dossier(r, desk.conn, &d));
	str text, fault;
	TRY(take_message(r, &d, officer_actor(r), &text, &fault));
	struct field_error beside = { S("tin-nhan"), fault };
	if (fault.n)
		return show_work(r, 422, &d, &desk, &(field_errors){ &beside, 1 }, text);
	return reply_redirect(r, arena_printf(r->arena, "/can-bo/ho-so/" STR_FMT, STR_ARG(d.code)));
}

/* --- files ------------------------------------------------------------------------ */

err reply_dossier_file(struct req *r, struct conn *c, const struct dossier *d)
{
	struct dossier_file *files;
	size_t n;
	int64_t id = 0;
	TRY(dossier_files(c, r->arena, d->id, &files, &n));
	str_to_int(req_param(r, S("id")), 1, INT64_MAX, &id);
	for (size_t i = 0; i < n; i++) {
		if (files[i].id != id)
			continue;
		int fd;
		if (str_eq(files[i].scan, S("refused")))
			return FAIL(r->arena, FORBIDDEN, "a virus was found in it");
		TRY(file_open(services_of(r)->files, r->arena, files[i].sha256, &fd));
		return reply_file(r, fd, files[i].size, files[i].mime, files[i].name,
			file_mime_shown(files[i].mime));
	}
	return FAIL(r->arena, NOT_FOUND, "no such file in this dossier");
}

err show_officer_file(struct req *r)
{
	struct conn *c;
	struct dossier d;
	TRY(reader_of(r, &c));
	TRY(officer_dossier(r, c, &d));
	TRY(note_read(r, S("dossier.file"), d.code, req_param(r, S("id"))));
	return reply_dossier_file(r, c, &d);
}

err reply_slip(struct req *r, struct conn *c, const struct dossier *d)
{
	struct slip s;
	bool found = false;
	TRY(slip_find(c, r->arena, d->id, S("receipt"), &s, &found));
	if (!found)
		return FAIL(r->arena, NOT_FOUND, "not received yet: no slip");
	if (!slip_intact(r->arena, &s))
		return FAIL(r->arena, INTERNAL, "slip of dossier %lld changed", (long long)d->id);
	str verify = verify_address(r, d->code, &s);
	str bytes, name = arena_printf(r->arena, "giay-hen-" STR_FMT ".pdf", STR_ARG(d->code));
	TRY(slip_receipt_pdf(r->arena, &s, verify, page_site()->demo, &bytes));
	return reply_download(r, bytes, S("application/pdf"), name, true);
}

err show_officer_slip(struct req *r)
{
	struct conn *c;
	struct dossier d;
	TRY(reader_of(r, &c));
	TRY(officer_dossier(r, c, &d));
	TRY(note_read(r, S("dossier.slip"), d.code, S("")));
	return reply_slip(r, c, &d);
}
