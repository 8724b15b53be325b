/* SPDX-License-Identifier: Apache-2.0 */
/* public_pages.c - what anybody may learn of a dossier: how far it is [VPCP01-16.2], and whether a
 * slip that somebody holds was issued. Neither page says who applied for what. */
#include "core/crypto.h"
#include "core/json.h"
#include "dossier/citizen.h"
#include "dossier/flow.h"
#include "dossier/slip.h"
#include "dossier/track.html.h"
#include "dossier/verify.html.h"

/* By status of the National Portal, 1 to 10; 0 is not used. */
static const int64_t percents[] = { 0, 10, 25, 100, 50, 50, 50, 100, 100, 90, 100 };

/* Codes are typed from paper: spaces and small letters are forgiven. */
static str code_typed(struct arena *a, str typed)
{
	struct buf b = buf_in(a, LIMIT_HTTP_FIELD);
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (c != ' ')
			buf_char(&b, c);
	}
	return buf_str(&b);
}

static err dossier_find(struct req *r, str code, struct dossier *ret, bool *ret_found)
{
	struct conn *c;
	TRY(reader_of(r, &c));
	err e = dossier_get(c, r->arena, code, ret);
	*ret_found = !e;
	return e && e->kind == ERR_NOT_FOUND ? NULL : e;
}

/* --- look-up ---------------------------------------------------------------------------- */

static void show_found(struct track_page *m, struct out *o, const struct dossier *d)
{
	m->found = true;
	m->shown = d->code;
	m->percent = percents[stage_status(d->stage)];
	m->percent_label = FILL(o->a, o->language, TR("Đã hoàn thành {phan-tram}"), S("phan-tram"),
		percent_text(o->a, o->language, m->percent * 10));
}

static err reply_track(struct req *r, int status, struct track_page *m, str typed, str fault)
{
	struct out o = page_out(r);
	if (fault.n) {
		m->errors.items = arena_make(r->arena, struct field_error);
		m->errors.items[m->errors.n++] = (struct field_error){ S("ma"), fault };
	}
	m->code = (struct input){
		.id = S("ma"),
		.label = tr(o.language, TR("Mã hồ sơ")),
		.hint = tr(o.language, TR("In trên giấy hẹn, ví dụ H99.001.01-261125-0001")),
		.error = fault,
		.value = typed,
		.width = "24",
	};
	track_html(&o, m);
	struct page page = {
		.title = tr(o.language, TR("Tra cứu hồ sơ")),
		.description = tr(o.language,
			TR("Xem hồ sơ đã giải quyết đến đâu bằng mã trên giấy "
			   "hẹn, không cần đăng nhập.")),
		.here = NAV_TRACK,
		.main = out_html(&o),
		.error = fault.n > 0,
		.no_index = typed.n > 0,
	};
	return page_reply(r, status, &page);
}

static err track(struct req *r, str typed)
{
	enum language l = req_language(r);
	struct track_page m = { 0 };
	struct dossier d;
	bool found = false;
	str code = code_typed(r->arena, typed);
	if (!code.n)
		return reply_track(r, 422, &m, typed, tr(l, TR("Nhập mã hồ sơ")));
	if (!dossier_code_valid(code))
		return reply_track(r, 422, &m, typed,
			tr(l,
				TR("Mã hồ sơ gồm mã cơ quan, ngày và số, nối bằng dấu gạch "
				   "ngang. Xem lại mã trên giấy hẹn.")));
	TRY(dossier_find(r, code, &d, &found));
	if (!found)
		return reply_track(r, 404, &m, typed,
			tr(l,
				TR("Không có hồ sơ nào mang mã này. Xem lại mã trên giấy "
				   "hẹn.")));
	struct out o = page_out(r);
	show_found(&m, &o, &d);
	return reply_track(r, 200, &m, d.code, S(""));
}

static err show_track(struct req *r)
{
	if (str_starts(r->query, S("ma=")))
		return track(r, req_query(r, S("ma")));
	return reply_track(r, 200, &(struct track_page){ 0 }, S(""), S(""));
}

static err show_track_code(struct req *r) { return track(r, req_param(r, S("code"))); }

/* --- slip 01 ------------------------------------------------------------------------------ */

/* Who holds the paper compares it; who has only the code learns that it was issued, or not. */
static err add_slip(struct req *r, const struct dossier *d, struct verify_page *m)
{
	struct conn *c;
	struct slip s;
	const struct json *data;
	enum language l = req_language(r);
	str token = req_query(r, S("k"));
	TRY(reader_of(r, &c));
	TRY(slip_find(c, r->arena, d->id, S("receipt"), &s, &m->slip));
	if (!m->slip)
		return NULL;
	m->intact = slip_intact(r->arena, &s);
	m->held = s.token.n && secret_eq(s.token, token);
	m->other = s.token.n && token.n && !m->held;
	if (!m->held || !m->intact)
		return NULL;
	TRY(json_parse(r->arena, s.data, &data));
	int64_t due = json_int(json_get(data, "due_at"), 0);
	m->office = json_get_text(data, "office");
	m->issued = moment_long_text(r->arena, l, s.issued_at);
	m->due = due ? moment_long_text(r->arena, l, due) : S("");
	return NULL;
}

static err show_verify(struct req *r)
{
	struct dossier d;
	struct out o = page_out(r);
	struct verify_page m = { .code = code_typed(r->arena, req_param(r, S("code"))) };
	if (dossier_code_valid(m.code))
		TRY(dossier_find(r, m.code, &d, &m.found));
	if (m.found)
		TRY(add_slip(r, &d, &m));
	verify_html(&o, &m);
	struct page page = {
		.title = tr(o.language, TR("Kiểm tra giấy hẹn")),
		.here = NAV_TRACK,
		.main = out_html(&o),
		.no_index = true,
	};
	return page_reply(r, m.found ? 200 : 404, &page);
}

const struct route dossier_public_routes[] = {
	{ .method = "GET", .path = "/tra-cuu", .run = show_track, .guard = PERMIT_PUBLIC },
	{ .method = "GET",
		.path = "/tra-cuu/:code",
		.run = show_track_code,
		.guard = PERMIT_PUBLIC },
	{ .method = "GET", .path = "/xac-minh/:code", .run = show_verify, .guard = PERMIT_PUBLIC },
	{ 0 },
};
