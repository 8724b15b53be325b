/* SPDX-License-Identifier: Apache-2.0 */
/* citizen_pages.c - the applicant's own dossiers: the list, one dossier, its files. */
#include "dossier/citizen.h"
#include "dossier/message.h"
#include "dossier/mine.html.h"
#include "dossier/my_dossier.html.h"
#include "dossier/officer.h"
#include "dossier/parts.h"
#include "dossier/slip.h"
#include "dossier/store.h"

err my_dossier(struct req *r, struct conn *c, struct dossier *ret)
{
	TRY(dossier_get(c, r->arena, req_param(r, S("code")), ret));
	if (ret->owner_id != caller_of(r)->account_id)
		return FAIL(r->arena, NOT_FOUND, "somebody else's dossier");
	return NULL;
}

struct act_actor citizen_actor(const struct req *r)
{
	const struct caller *who = caller_of(r);
	return (struct act_actor){ .who = { who->account_id, who->identifier, who->role },
		.name = who->name };
}

str my_address(struct req *r, str code)
{
	return arena_printf(r->arena, "/ca-nhan/ho-so/" STR_FMT, STR_ARG(code));
}

bool may_rate(const struct dossier *d)
{
	return stage_closed(d->stage) || d->stage == DOSSIER_DONE;
}

err citizen_reply(struct req *r, int status, str title, html main, bool error)
{
	struct out o = page_out(r);
	struct link crumbs[] = { { tr(o.language, TR("Việc của bạn")), URL(&o, "/ca-nhan") } };
	struct page page = {
		.title = title,
		.here = NAV_MINE,
		.crumbs = { crumbs, COUNT(crumbs) },
		.main = main,
		.error = error,
		.no_index = true,
		.script = "papers.js",
	};
	return page_reply(r, status, &page);
}

/* --- lists ------------------------------------------------------------------------- */

static bool wants_me(const struct desk_row *row, enum dossier_stage stage)
{
	return stage == DOSSIER_FEE || (stage == DOSSIER_SUPPLEMENT && !row->answered_at.set);
}

static struct mine_row mine_row(
	struct out *o, const struct desk_row *row, const struct calendar *k, instant now)
{
	enum dossier_stage stage = DOSSIER_SUBMITTED;
	stage_of_code(row->stage, &stage);
	int days = 0;
	enum light light = desk_light(row, k, now, &days);
	str submitted = FILL(o->a, o->language, TR("Nộp {ngay}"), S("ngay"),
		day_text(o->a, day_of(row->submitted_at)));
	bool promised = row->clock_from.set && row->due_at.set && light != LIGHT_CLOSED;
	return (struct mine_row){
		.code = row->code,
		.procedure = row->procedure_name,
		.open = URL(o, "/ca-nhan/ho-so/{}", row->code),
		.fact = promised
			? FILL(o->a, o->language, TR("Hẹn trả {ngay}"), S("ngay"),
				  day_long_text(o->a, o->language, day_of(row->due_at.value)))
			: submitted,
		.stage = tr(o->language, stage_word(stage)),
		.stage_icon = stage_icon(stage),
		.stage_tone = stage_tone(stage),
		.light = light_text(o->a, o->language, light, days),
		.light_icon = light_icon(light),
		.light_tone = light_tone(light),
		.has_light = promised,
		.urgent = wants_me(row, stage),
	};
}

static bool is_among(const struct desk_row *row, const struct desk_row *rows, size_t n)
{
	while (n > 0 && rows[n - 1].id != row->id)
		n--;
	return n > 0;
}

static err list_mine(struct req *r, bool home)
{
	struct conn *c;
	struct calendar *k;
	struct desk_row *rows, *waiting = NULL;
	struct draft *drafts;
	size_t n, n_waiting = 0, n_drafts;
	int64_t total;
	struct out o = page_out(r);
	const struct caller *who = caller_of(r);
	TRY(reader_of(r, &c));
	TRY(calendar_load(c, r->arena, S(""), day_of(r->now), &k));
	int64_t page = req_query_int(r, S("trang"), 1, LIMIT_PAGE_NUMBER, 1);
	TRY(desk_of_owner(c, r->arena, who->account_id, (page - 1) * LIMIT_PAGE_ROWS,
		LIMIT_PAGE_ROWS, &rows, &n, &total));
	if (home)
		TRY(desk_waits_for(
			c, r->arena, who->account_id, LIMIT_PAGE_ROWS, &waiting, &n_waiting));
	TRY(draft_list(c, r->arena, who->account_id, &drafts, &n_drafts));
	struct mine_page m = { .name = who->name, .home = home, .drafts = (int64_t)n_drafts };
	m.paging = paging_of(r, total, LIMIT_PAGE_ROWS, tr(o.language, TR("hồ sơ")));
	m.waiting.items = arena_array(r->arena, struct mine_row, n_waiting);
	for (; m.waiting.n < n_waiting; m.waiting.n++)
		m.waiting.items[m.waiting.n] = mine_row(&o, &waiting[m.waiting.n], k, r->now);
	m.rows.items = arena_array(r->arena, struct mine_row, n);
	for (size_t i = 0; i < n; i++)
		if (!is_among(&rows[i], waiting, n_waiting))
			m.rows.items[m.rows.n++] = mine_row(&o, &rows[i], k, r->now);
	mine_html(&o, &m);
	str title = home ? tr(o.language, TR("Việc của bạn")) : tr(o.language, TR("Hồ sơ của bạn"));
	return citizen_reply(r, 200, title, out_html(&o), false);
}

err show_mine(struct req *r) { return list_mine(r, true); }

err show_my_dossiers(struct req *r) { return list_mine(r, false); }

/* --- one dossier --------------------------------------------------------------------- */

/* Why it was refused, stopped, or what the supplement is for: the last such word. */
static err find_reason(struct req *r, struct conn *c, const struct dossier *d, str *ret)
{
	struct dossier_event *events;
	size_t n;
	TRY(dossier_events(c, r->arena, d->id, &events, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(events[i].act, act_code(ACT_ASK)) ||
			str_eq(events[i].act, act_code(ACT_REFUSE)) ||
			str_eq(events[i].act, act_code(ACT_STOP)))
			*ret = events[i].note;
	return NULL;
}

static void add_acts(struct out *o, const struct dossier *d, int64_t me, struct citizen_page *m)
{
	enum dossier_act open[ACT_COUNT];
	size_t n = dossier_open_acts(d, ROLE_CITIZEN, me, open);
	for (size_t i = 0; i < n; i++) {
		m->may_answer |= open[i] == ACT_ANSWER;
		m->may_withdraw |= open[i] == ACT_WITHDRAW;
	}
	m->slip = URL(o, "/ca-nhan/ho-so/{}/phieu.pdf", d->code);
	m->form = URL(o, "/ca-nhan/ho-so/{}/to-khai.pdf", d->code);
	m->print = URL(o, "/ca-nhan/ho-so/{}/in", d->code);
	m->data = URL(o, "/ca-nhan/ho-so/{}/to-khai.json", d->code);
	m->send = URL(o, "/ca-nhan/ho-so/{}/nhan-tin", d->code);
	m->answer = URL(o, "/ca-nhan/ho-so/{}/bo-sung", d->code);
	m->withdraw = URL(o, "/ca-nhan/ho-so/{}/rut", d->code);
	m->rate = URL(o, "/ca-nhan/ho-so/{}/danh-gia", d->code);
	m->message = (struct input){
		.id = S("tin-nhan"),
		.label = tr(o->language, TR("Nhắn cho người xử lý")),
		.error = error_of(&m->errors, S("tin-nhan")),
		.rows = 3,
		.most = LIMIT_MESSAGE,
	};
}

static err reply_my_dossier(struct req *r, int status, struct conn *c, const struct dossier *d,
	const field_errors *errors, str typed)
{
	struct out o = page_out(r);
	struct rating given;
	struct slip slip;
	struct citizen_page m = {
		.code = d->code,
		.procedure = d->procedure_name,
		.errors = *errors,
		.refused = d->stage == DOSSIER_REFUSED || d->stage == DOSSIER_STOPPED,
	};
	TRY(slip_find(c, r->arena, d->id, S("receipt"), &slip, &m.has_slip));
	m.verify = verify_address(r, d->code, m.has_slip ? &slip : NULL);
	TRY(rating_find(c, r->arena, d->id, &given, &m.rated));
	m.may_rate = !m.rated && may_rate(d);
	add_acts(&o, d, caller_of(r)->account_id, &m);
	m.message.value = typed;
	TRY(dossier_parts_of(r, c, d, false, &m.parts));
	m.may_write = !stage_closed(d->stage) && !m.parts.full;
	TRY(find_reason(r, c, d, &m.reason));
	my_dossier_html(&o, &m);
	return citizen_reply(r, status,
		arena_printf(r->arena, STR_FMT " – " STR_FMT, STR_ARG(d->code),
			STR_ARG(d->procedure_name)),
		out_html(&o), errors->n > 0);
}

err show_my_dossier(struct req *r)
{
	struct conn *c;
	struct dossier d;
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &d));
	return reply_my_dossier(r, 200, c, &d, &(field_errors){ 0 }, S(""));
}

err take_my_message(struct req *r)
{
	struct conn *c;
	struct dossier d;
	str text, fault;
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &d));
	TRY(take_message(r, &d, citizen_actor(r), &text, &fault));
	struct field_error beside = { S("tin-nhan"), fault };
	if (fault.n)
		return reply_my_dossier(r, 422, c, &d, &(field_errors){ &beside, 1 }, text);
	return reply_redirect(r, my_address(r, d.code));
}

/* --- shared with the desk ------------------------------------------------------------ */

err take_message(
	struct req *r, const struct dossier *d, struct act_actor by, str *ret_text, str *ret_fault)
{
	enum language l = req_language(r);
	size_t over = 0;
	TRY(req_text(r, S("tin-nhan"), LIMIT_MESSAGE, ret_text, &over));
	*ret_fault = !ret_text->n ? tr(l, TR("Viết nội dung tin nhắn"))
		: over            ? too_long_text(r->arena, l, LIMIT_MESSAGE, over)
				  : S("");
	if (ret_fault->n)
		return NULL;
	TRY(message_put(services_of(r)->db, r->arena, d, by, *ret_text, r->now));
	if (services_of(r)->jobs)
		jobs_wake(services_of(r)->jobs);
	return NULL;
}

str verify_address(struct req *r, str code, const struct slip *NULLABLE slip)
{
	str origin = slip ? slip_origin(r->arena, slip) : S(""), token = slip ? slip->token : S("");
	if (!origin.n)
		origin = page_origin(r);
	return arena_printf(r->arena, STR_FMT "/xac-minh/" STR_FMT "%s" STR_FMT, STR_ARG(origin),
		STR_ARG(code), token.n ? "?k=" : "", STR_ARG(token));
}

/* --- files ------------------------------------------------------------------------------ */

/* A proposal until it is decided; one that was sent back, for ever. */
static bool is_office_own(const struct dossier *d, str kind)
{
	bool decided = d->stage == DOSSIER_DONE || d->stage == DOSSIER_RETURNED;
	return str_eq(kind, S("sent-back")) || (str_eq(kind, S("result")) && !decided);
}

err show_my_file(struct req *r)
{
	struct conn *c;
	struct dossier d;
	struct dossier_file *files;
	size_t n;
	int64_t id = 0;
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &d));
	TRY(dossier_files(c, r->arena, d.id, &files, &n));
	str_to_int(req_param(r, S("id")), 1, INT64_MAX, &id);
	for (size_t i = 0; i < n; i++)
		if (files[i].id == id && is_office_own(&d, files[i].kind))
			return FAIL(r->arena, NOT_FOUND, "a proposal is the office's own");
	return reply_dossier_file(r, c, &d);
}

err show_my_slip(struct req *r)
{
	struct conn *c;
	struct dossier d;
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, &d));
	return reply_slip(r, c, &d);
}
