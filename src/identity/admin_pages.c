/* SPDX-License-Identifier: Apache-2.0 */
/* admin_pages.c - the administrator's list of accounts: look, add, lock, give a new password. */
#include "core/fold.h"
#include "identity/handlers.h"
#include "identity/identity.sql.h"
#include "identity/new_password.html.h"
#include "identity/new_user.html.h"
#include "identity/pages.h"
#include "identity/parts.h"
#include "identity/users.html.h"

static err reply_admin(struct req *r, int status, str title, const struct out *o, bool error)
{
	struct page page = { .title = title,
		.kind = PAGE_OFFICER,
		.main = out_html(o),
		.no_index = true,
		.error = error };
	return page_reply(r, status, &page);
}

static struct option *role_options(struct req *r, enum role first, str chosen)
{
	struct option *o = arena_array(r->arena, struct option, ROLE_COUNT);
	for (int role = (int)first; role < ROLE_COUNT; role++)
		o[role - (int)first] = (struct option){
			.value = role_code((enum role)role),
			.label = tr(req_language(r), role_title((enum role)role)),
			.chosen = str_eq(chosen, role_code((enum role)role)),
		};
	return o;
}

/* --- the list ------------------------------------------------------------------------- */

static err add_users(struct req *r, struct users_page *m, str role)
{
	struct arena *a = r->arena;
	struct account *found;
	struct conn *c;
	size_t n;
	int64_t total, page = paging_asked(r);
	str words = text_fold(a, m->words);
	TRY(reader_of(r, &c));
	TRY(account_page(c, a, role, words, (page - 1) * LIMIT_PAGE_ROWS, &found, &n, &total));
	m->paging = paging_of(r, total, LIMIT_PAGE_ROWS, tr(req_language(r), TR("người")));
	m->paging.form = S("loc");
	struct out o = page_out(r);
	m->rows.items = arena_array(a, struct user_row, n);
	m->rows.n = n;
	for (size_t i = 0; i < n; i++) {
		str id = arena_printf(a, "%lld", (long long)found[i].id);
		m->rows.items[i] = (struct user_row){
			.name = found[i].name,
			.identifier = found[i].identifier,
			.role = tr(o.language, role_title(role_of_code(found[i].role))),
			.agency = found[i].agency,
			.locked = found[i].locked,
			.self = found[i].id == caller_of(r)->account_id,
			.lock = found[i].locked ? URL(&o, "/quan-tri/nguoi-dung/{}/mo", id)
						: URL(&o, "/quan-tri/nguoi-dung/{}/khoa", id),
			.password = URL(&o, "/quan-tri/nguoi-dung/{}/mat-khau", id),
		};
	}
	return NULL;
}

/* Who is looked for comes in a form: an address may hold nobody's name. */
err show_users(struct req *r)
{
	enum language l = req_language(r);
	str role = req_field(r, S("vai-tro"));
	struct users_page m = { 0 };
	size_t over;
	TRY(req_text(r, S("ten"), LIMIT_SEARCH_TEXT, &m.words, &over));
	struct option *options = arena_array(r->arena, struct option, ROLE_COUNT);
	options[0] =
		(struct option){ .value = S(""), .label = tr(l, TR("Tất cả")), .chosen = !role.n };
	memcpy(options + 1, role_options(r, ROLE_CITIZEN, role),
		(ROLE_COUNT - 1) * sizeof *options);
	m.roles = (struct choice_input){ .id = S("vai-tro"),
		.label = tr(l, TR("Vai trò")),
		.options = { options, ROLE_COUNT } };
	TRY(write_of(r, reading_put, &(struct reading){ actor_of(r), S("account.list"), r->now }));
	TRY(add_users(r, &m, role));
	struct out o = page_out(r);
	users_html(&o, &m);
	return reply_admin(r, 200, tr(l, TR("Người dùng")), &o, false);
}

/* --- adding ---------------------------------------------------------------------------- */

static err reply_new_user(
	struct req *r, int status, const struct new_account *n, const field_errors *errors)
{
	enum language l = req_language(r);
	struct new_user_page m = { .errors = *errors };
	m.name = (struct input){ .id = S("ho-ten"),
		.label = tr(l, TR("Họ, chữ đệm và tên")),
		.error = error_of(errors, S("ho-ten")),
		.value = n->name };
	m.account = (struct input){ .id = S("tai-khoan"),
		.label = tr(l, TR("Tài khoản")),
		.hint = tr(l, TR("Thư điện tử, số điện thoại, hoặc một từ không dấu")),
		.error = error_of(errors, S("tai-khoan")),
		.value = n->identifier };
	m.agency = (struct input){ .id = S("co-quan"),
		.label = tr(l, TR("Mã cơ quan")),
		.hint = tr(l, TR("Ví dụ H99.001.01; quản trị để trống")),
		.error = error_of(errors, S("co-quan")),
		.value = n->agency,
		.width = "12" };
	m.roles = (struct choice_input){ .id = S("vai-tro"),
		.label = tr(l, TR("Vai trò")),
		.error = error_of(errors, S("vai-tro")),
		.options = { role_options(r, ROLE_CLERK, role_code(n->role)),
			ROLE_COUNT - ROLE_CLERK } };
	struct out o = page_out(r);
	new_user_html(&o, &m);
	return reply_admin(r, status, tr(l, TR("Thêm người dùng")), &o, errors->n > 0);
}

err show_new_user(struct req *r)
{
	struct new_account n = { .role = ROLE_ANONYMOUS };
	field_errors none = { 0 };
	return reply_new_user(r, 200, &n, &none);
}

static err reply_password(struct req *r, str identifier, str name, str password)
{
	struct out o = page_out(r);
	struct new_password_page m = { identifier, name, password };
	new_password_html(&o, &m);
	return reply_admin(r, 200, tr(o.language, TR("Mật khẩu mới")), &o, false);
}

static err check_agency(struct req *r, str code, field_errors *errors)
{
	agency_check known = services_of(r)->agency_known;
	struct conn *c;
	bool found = true;
	if (!known || !code.n)
		return NULL;
	TRY(reader_of(r, &c));
	TRY(known(c, r->arena, code, &found));
	if (!found)
		add_error(r->arena, errors, S("co-quan"),
			tr(req_language(r), TR("Nhập mã của một cơ quan có trong danh mục")));
	return NULL;
}

err take_new_user(struct req *r)
{
	enum language l = req_language(r);
	field_errors errors = { 0 };
	int64_t id = 0;
	struct new_account n = { .name = typed_name(r, S("ho-ten")),
		.identifier = typed(r, S("tai-khoan")),
		.agency = typed(r, S("co-quan")),
		.password = password_new(r->arena),
		.role = role_of_code(req_field(r, S("vai-tro"))) };
	if (n.role == ROLE_CITIZEN)
		n.role = ROLE_ANONYMOUS; /* citizens register themselves */
	account_check(r->arena, l, &n, &errors);
	TRY(check_agency(r, n.agency, &errors));
	err e = errors.n
		? NULL
		: account_create(services_of(r)->db, r->arena, &n, actor_of(r), r->now, &id);
	if (e && e->kind == ERR_CONFLICT)
		add_error(r->arena, &errors, S("tai-khoan"),
			tr(l, TR("Chọn tài khoản khác: tài khoản này đã có người dùng")));
	else
		TRY(e);
	if (errors.n)
		return reply_new_user(r, 422, &n, &errors);
	return reply_password(r, identifier_clean(r->arena, n.identifier), n.name, n.password);
}

/* --- one account ------------------------------------------------------------------------ */

struct managing {
	struct account account;
	struct password_change password;
	bool lock;
	struct audit_actor by;
	instant now;
};

/* Nobody locks himself out, or reads his own new password off a page. */
static err get_other(struct req *r, struct managing *x)
{
	struct conn *c;
	int64_t id;
	if (!str_to_int(req_param(r, S("id")), 1, INT64_MAX, &id))
		return FAIL(r->arena, NOT_FOUND, "no such account");
	if (id == caller_of(r)->account_id)
		return FAIL(r->arena, CONFLICT, "an administrator's own account");
	TRY(reader_of(r, &c));
	TRY(account_get(c, r->arena, id, &x->account));
	x->by = actor_of(r);
	x->now = r->now;
	return NULL;
}

err account_lock(struct conn *c, struct arena *a, const struct account *who, bool locked,
	struct audit_actor by, instant now)
{
	TRY(db_do(c, a, BIND(account_set_locked, .id = V(who->id), .locked = V(locked))));
	if (locked)
		TRY(session_end_all(c, a, who->id));
	str act = locked ? S("account.lock") : S("account.unlock");
	return audit_put(c, a, now, by, act, who->identifier, S(""));
}

static err set_locked(struct conn *c, struct arena *a, void *arg)
{
	const struct managing *x = arg;
	return account_lock(c, a, &x->account, x->lock, x->by, x->now);
}

static err lock_or_unlock(struct req *r, bool lock)
{
	struct managing x = { .lock = lock };
	TRY(get_other(r, &x));
	TRY(write_of(r, set_locked, &x));
	return reply_redirect(r, S("/quan-tri/nguoi-dung"));
}

err take_lock(struct req *r) { return lock_or_unlock(r, true); }
err take_unlock(struct req *r) { return lock_or_unlock(r, false); }

static err set_password(struct conn *c, struct arena *a, void *arg)
{
	const struct managing *x = arg;
	return password_set(c, a, &x->password);
}

err take_user_password(struct req *r)
{
	struct managing x = { 0 };
	TRY(get_other(r, &x));
	str password = password_new(r->arena);
	x.password = (struct password_change){ .account_id = x.account.id,
		.identifier = x.account.identifier,
		.act = S("password.give"),
		.by = x.by,
		.now = x.now };
	TRY(password_hash(r->arena, password, &x.password.hash));
	TRY(write_of(r, set_password, &x));
	return reply_password(r, x.account.identifier, x.account.name, password);
}
