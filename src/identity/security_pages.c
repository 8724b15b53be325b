/* SPDX-License-Identifier: Apache-2.0 */
/* security_pages.c - where one is signed in, signing out everywhere, another password. */
#include "identity/handlers.h"
#include "identity/pages.h"
#include "identity/parts.h"
#include "identity/security.html.h"

err own_page_reply(struct req *r, int status, str title, const struct out *o, bool error)
{
	struct page page = { .title = title,
		.kind = caller_is_officer(caller_of(r)) ? PAGE_OFFICER : PAGE_PUBLIC,
		.here = NAV_MINE,
		.main = out_html(o),
		.no_index = true,
		.error = error };
	struct link *crumb = arena_make(r->arena, struct link);
	struct out links = page_out(r);
	*crumb = (struct link){ tr(o->language, TR("Hồ sơ của bạn")),
		url_to(&links, "/ca-nhan", NULL, 0) };
	page.crumbs.items = crumb;
	page.crumbs.n = 1;
	return page_reply(r, status, &page);
}

static err add_sessions(struct req *r, struct security_page *m)
{
	const struct caller *who = caller_of(r);
	enum language l = req_language(r);
	struct arena *a = r->arena;
	struct session *found;
	struct conn *c;
	size_t n;
	TRY(reader_of(r, &c));
	TRY(session_list(c, a, who->account_id, r->now, &found, &n));
	m->sessions.items = arena_array(a, struct session_row, n);
	m->sessions.n = n;
	for (size_t i = 0; i < n; i++)
		m->sessions.items[i] = (struct session_row){
			.device = found[i].device.n ? found[i].device
						    : tr(l, TR("Thiết bị không rõ")),
			.since = moment_text(a, l, found[i].created_at),
			.since_iso = instant_iso(a, found[i].created_at),
			.seen = moment_text(a, l, found[i].seen_at),
			.seen_iso = instant_iso(a, found[i].seen_at),
			.current = found[i].id == who->session_id,
		};
	return NULL;
}

static err reply_security(struct req *r, int status, struct security_page *m)
{
	struct out o = page_out(r);
	enum language l = o.language;
	m->old = own_password_input(l, &m->errors);
	m->fresh = (struct input){ .id = S("mat-khau"),
		.label = tr(l, TR("Mật khẩu mới")),
		.hint = tr(l, TR("Ít nhất 10 ký tự; vài từ ghép lại thì dễ nhớ và khó đoán")),
		.error = error_of(&m->errors, S("mat-khau")),
		.type = "password",
		.autocomplete = "new-password" };
	TRY(add_sessions(r, m));
	security_html(&o, m);
	return own_page_reply(r, status, tr(l, TR("Đăng nhập và bảo mật")), &o, m->errors.n > 0);
}

err show_security(struct req *r)
{
	struct security_page m = { .changed = req_query(r, S("doi")).n > 0 };
	return reply_security(r, 200, &m);
}

/* --- another password ------------------------------------------------------------- */

struct changing {
	struct password_change change;
	struct check check;
	str token, device;
};

static err change_password(struct conn *c, struct arena *a, void *arg)
{
	const struct changing *x = arg;
	TRY(password_set(c, a, &x->change));
	TRY(try_forgive(c, a, x->check.key));
	return session_start(c, a, x->token, x->change.account_id, x->device, x->change.now);
}

/* Every session ends but this one, which goes on under a new token. */
static err change(struct req *r, struct changing *x)
{
	const struct caller *who = caller_of(r);
	x->change = (struct password_change){ .account_id = who->account_id,
		.identifier = who->identifier,
		.act = S("password.change"),
		.by = actor_of(r),
		.now = r->now };
	x->token = session_token(r->arena);
	x->device = device_words(r->arena, req_header(r, "User-Agent"));
	str password = password_clean(r->arena, req_field(r, S("mat-khau")));
	TRY(password_hash(r->arena, password, &x->change.hash));
	TRY(write_of(r, change_password, x));
	reply_cookie(r, SESSION_COOKIE, x->token, 0);
	return reply_redirect(r, S("/ca-nhan/bao-mat?doi=1"));
}

err take_password(struct req *r)
{
	const struct caller *who = caller_of(r);
	enum language l = req_language(r);
	struct security_page m = { 0 };
	struct changing x = { 0 };
	str fault = password_fault(
		r->arena, l, req_field(r, S("mat-khau")), who->identifier, who->name);
	if (fault.n)
		add_error(r->arena, &m.errors, S("mat-khau"), fault);
	if (fault.n)
		return reply_security(r, 422, &m);
	TRY(own_password_check(r, &m.errors, &x.check));
	if (x.check.verdict == VERDICT_GOOD)
		return change(r, &x);
	return reply_security(r, x.check.verdict == VERDICT_WAIT ? 429 : 422, &m);
}

/* --- out, everywhere -------------------------------------------------------------- */

static err end_sessions(struct conn *c, struct arena *a, void *arg)
{
	struct req *r = arg;
	const struct caller *who = caller_of(r);
	TRY(session_end_all(c, a, who->account_id));
	return audit_put(
		c, a, r->now, actor_of(r), S("sign-out.everywhere"), who->identifier, S(""));
}

err take_sign_out_everywhere(struct req *r)
{
	TRY(write_of(r, end_sessions, r));
	reply_cookie(r, SESSION_COOKIE, S(""), 0);
	return reply_redirect(r, S("/dang-nhap"));
}
