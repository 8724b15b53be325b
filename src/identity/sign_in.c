/* SPDX-License-Identifier: Apache-2.0 */
/* sign_in.c - in and out. A form posted after the session's end is carried through the sign-in in
 * hidden fields and offered to be sent again. */
#include "core/fold.h"
#include "identity/handlers.h"
#include "identity/pages.h"
#include "identity/parts.h"
#include "identity/resume.html.h"
#include "identity/sign_in.html.h"

#define KEPT S("giu:")

str home_of(enum role role)
{
	if (role == ROLE_CITIZEN)
		return S("/ca-nhan");
	return role == ROLE_ADMIN ? S("/quan-tri") : S("/can-bo");
}

bool path_is_ours(str path)
{
	if (!str_starts(path, S("/")) || str_starts(path, S("//")) || path.n > LIMIT_HTTP_TARGET)
		return false;
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] <= ' ' || path.p[i] == '\\' || path.p[i] == 0x7f)
			return false;
	return true;
}

str typed(struct req *r, str field)
{
	str value;
	size_t over;
	return req_text(r, field, SIZE_MAX, &value, &over) ? S("") : value;
}

str typed_name(struct req *r, str field)
{
	str whole = str_trim(req_field(r, field));
	return text_hides(whole) ? whole : typed(r, field);
}

/* --- what is kept --------------------------------------------------------------- */

static struct kept_post kept_from(struct req *r, str to, str prefix)
{
	struct kept_post kept = { .to = to };
	if (!to.n)
		return kept;
	kept.fields.items = arena_array(r->arena, struct field, r->fields.n + 1);
	for (size_t i = 0; i < r->fields.n; i++) {
		struct field f = r->fields.items[i];
		if (!str_starts(f.name, prefix))
			continue;
		f.name = str_from_at(f.name, prefix.n);
		if (!str_eq(f.name, S("csrf")) && !str_starts(f.name, S("mat-khau")))
			kept.fields.items[kept.fields.n++] = f;
		kept.files |= str_eq(f.name, LOST_FILES);
	}
	return kept;
}

/* Of the form that is refused now. Its files are not kept: the handler is told so, lest it take the
 * rest for the whole. */
static struct kept_post kept_of_post(struct req *r)
{
	struct kept_post kept = kept_from(r, r->path, S(""));
	if (kept.fields.items && !kept.files && (r->files_lost || r->uploads.n)) {
		kept.files = true;
		kept.fields.items[kept.fields.n++] = (struct field){ LOST_FILES, S("1") };
	}
	return kept;
}

/* Carried along by the sign-in form; made by identity_error_page. */
static struct kept_post kept_of_form(struct req *r)
{
	str to = req_field(r, S("giu-den"));
	return kept_from(r, path_is_ours(to) ? to : S(""), KEPT);
}

static err reply_resume(struct req *r, int status, const struct kept_post *kept)
{
	struct out o = page_out(r);
	struct resume_page m = { .to = url_with(&o, kept->to, S(""), S(""), S("")),
		.stale = r->stale,
		.files = kept->files };
	m.fields.items = kept->fields.items;
	m.fields.n = kept->fields.n;
	resume_html(&o, &m);
	struct page page = { .title = m.stale ? tr(o.language, TR("Gửi lại biểu mẫu"))
					      : tr(o.language, TR("Bạn đã đăng nhập lại")),
		.main = out_html(&o),
		.no_index = true };
	return page_reply(r, status, &page);
}

/* --- the form --------------------------------------------------------------------- */

static void fill_inputs(struct req *r, struct sign_in_page *m)
{
	enum language l = req_language(r);
	bool shown = req_has_field(r, S("hien"));
	m->account = (struct input){ .id = S("tai-khoan"),
		.label = tr(l, TR("Số điện thoại hoặc thư điện tử")),
		.error = error_of(&m->errors, S("tai-khoan")),
		.value = typed(r, S("tai-khoan")),
		.type = "text",
		.autocomplete = "username" };
	m->password = (struct input){ .id = S("mat-khau"),
		.label = tr(l, TR("Mật khẩu")),
		.error = error_of(&m->errors, S("mat-khau")),
		.value = shown ? req_field(r, S("mat-khau")) : S(""),
		.type = shown ? "text" : "password",
		.autocomplete = "current-password" };
}

static err reply_sign_in(struct req *r, int status, struct sign_in_page *m)
{
	struct out o = page_out(r);
	fill_inputs(r, m);
	sign_in_html(&o, m);
	struct page page = { .title = tr(o.language, TR("Đăng nhập")),
		.main = out_html(&o),
		.error = m->errors.n > 0 };
	return page_reply(r, status, &page);
}

static str next_of(str asked) { return path_is_ours(asked) ? asked : S(""); }

err show_sign_in(struct req *r)
{
	struct sign_in_page m = {
		.next = next_of(req_query(r, S("tiep"))),
		.registered = req_query(r, S("moi")).n > 0,
		.changed = req_query(r, S("doi")).n > 0,
		.signed_in = caller_of(r)->name,
	};
	return reply_sign_in(r, 200, &m);
}

/* --- signing in --------------------------------------------------------------------- */

struct signing {
	struct check check;
	str old_token, token, device;
	instant now;
};

/* A new token whatever the browser held before: what was planted there is worth nothing. */
static err start_session(struct conn *c, struct arena *a, void *arg)
{
	const struct signing *x = arg;
	const struct account *who = &x->check.account;
	struct audit_actor actor = { who->id, who->identifier, role_of_code(who->role) };
	TRY(try_forgive(c, a, x->check.key));
	if (x->old_token.n)
		TRY(session_end(c, a, x->old_token));
	TRY(session_start(c, a, x->token, who->id, x->device, x->now));
	return audit_put(c, a, x->now, actor, S("sign-in"), who->identifier, S(""));
}

/* The page that is answered now is already theirs. */
static void become(struct req *r, const struct account *who)
{
	struct caller *caller = r->user;
	caller->role = role_of_code(who->role);
	caller->account_id = who->id;
	caller->name = who->name;
	caller->identifier = who->identifier;
	caller->agency = who->agency;
	caller->unread = who->unread;
}

static err sign_in(struct req *r, struct signing *x, const struct kept_post *kept)
{
	x->old_token = req_cookie(r, SESSION_COOKIE);
	x->token = session_token(r->arena);
	x->device = device_words(r->arena, req_header(r, "User-Agent"));
	x->now = r->now;
	TRY(write_of(r, start_session, x));
	reply_cookie(r, SESSION_COOKIE, x->token, 0);
	become(r, &x->check.account);
	if (kept->to.n)
		return reply_resume(r, 200, kept);
	str next = next_of(req_field(r, S("tiep")));
	return reply_redirect(r, next.n ? next : home_of(caller_of(r)->role));
}

static int explain(struct req *r, const struct check *check, field_errors *errors)
{
	enum language l = req_language(r);
	struct arena *a = r->arena;
	switch (check->verdict) {
	case VERDICT_GOOD: return 200;
	case VERDICT_WRONG:
		add_error(a, errors, S("tai-khoan"),
			tr(l, TR("Kiểm tra lại tài khoản và mật khẩu: chưa khớp với nhau")));
		return 422;
	case VERDICT_LOCKED:
		add_error(a, errors, S("tai-khoan"),
			tr(l, TR("Tài khoản đang bị khóa. Gọi tổng đài để được mở lại")));
		return 403;
	case VERDICT_UNCONFIRMED:
		add_error(a, errors, S("tai-khoan"),
			tr(l,
				TR("Nhập mã đã gửi đến thư điện tử của bạn ở trang Xác nhận tài "
				   "khoản, rồi đăng nhập")));
		return 403;
	case VERDICT_WAIT: break;
	}
	reply_header(r, "Retry-After", arena_printf(a, "%lld", (long long)check->wait));
	add_error(a, errors, S("tai-khoan"),
		tr_n(a, l, TRN("Chờ {n} giây rồi thử lại: đã có nhiều lần nhập chưa khớp"),
			check->wait));
	return 429;
}

err take_sign_in(struct req *r)
{
	struct sign_in_page m = { .next = next_of(req_field(r, S("tiep"))),
		.kept = kept_of_form(r) };
	struct signing x = { 0 };
	enum language l = req_language(r);
	if (req_has_field(r, S("hien")))
		return reply_sign_in(r, 200, &m);
	struct credentials given = {
		.identifier = identifier_clean(r->arena, typed(r, S("tai-khoan"))),
		.password = password_clean(r->arena, req_field(r, S("mat-khau"))),
		.address = address_key(r),
		.now = r->now,
	};
	if (!given.identifier.n)
		add_error(r->arena, &m.errors, S("tai-khoan"), tr(l, TR("Nhập tài khoản")));
	if (!req_field(r, S("mat-khau")).n)
		add_error(r->arena, &m.errors, S("mat-khau"), tr(l, TR("Nhập mật khẩu")));
	if (m.errors.n)
		return reply_sign_in(r, 422, &m);
	TRY(credentials_check(services_of(r), r->arena, &given, &x.check));
	if (x.check.verdict == VERDICT_GOOD)
		return sign_in(r, &x, &m.kept);
	int status = explain(r, &x.check, &m.errors);
	return reply_sign_in(r, status, &m);
}

/* --- out -------------------------------------------------------------------------------- */

static err end_session(struct conn *c, struct arena *a, void *arg)
{
	struct req *r = arg;
	TRY(session_end(c, a, req_cookie(r, SESSION_COOKIE)));
	return audit_put(c, a, r->now, actor_of(r), S("sign-out"), caller_of(r)->identifier, S(""));
}

err take_sign_out(struct req *r)
{
	if (caller_of(r)->role != ROLE_ANONYMOUS)
		TRY(write_of(r, end_session, r));
	reply_cookie(r, SESSION_COOKIE, S(""), 0);
	return reply_redirect(r, S("/"));
}

void identity_error_page(struct req *r, err e)
{
	bool posted = str_eq(r->method, S("POST")) && r->fields.n > 0 && path_is_ours(r->path);
	if (!posted || (e->kind != ERR_UNAUTHENTICATED && !r->stale)) {
		page_error(r, e);
		return;
	}
	struct kept_post kept = kept_of_post(r);
	struct sign_in_page m = { .kept = kept };
	/* The fields of the form that was posted are not those of this one. */
	struct req bare = *r;
	bare.fields.n = 0;
	err failed = r->stale ? reply_resume(&bare, err_status(e), &kept)
			      : reply_sign_in(&bare, err_status(e), &m);
	if (failed)
		page_error(r, e);
}
