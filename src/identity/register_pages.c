/* SPDX-License-Identifier: Apache-2.0 */
/* register_pages.c - a new account. The answer is the same when there is one already: its owner,
 * not the stranger at the keyboard, is told by mail [C25-5.1, C25-8.1]. */
#include "identity/handlers.h"
#include "identity/pages.h"
#include "identity/parts.h"
#include "identity/register.html.h"

struct registering {
	struct new_account n;
	bool agreed;
	str next;
	field_errors errors;
};

static void fill_inputs(struct req *r, const struct registering *x, struct register_page *m)
{
	enum language l = req_language(r);
	m->name = (struct input){ .id = S("ho-ten"),
		.label = tr(l, TR("Họ, chữ đệm và tên")),
		.hint = tr(l, TR("Viết như trên căn cước của bạn")),
		.error = error_of(&x->errors, S("ho-ten")),
		.value = x->n.name,
		.autocomplete = "name" };
	m->account = (struct input){ .id = S("tai-khoan"),
		.label = tr(l, TR("Số điện thoại hoặc thư điện tử")),
		.hint = tr(l,
			TR("Dùng để đăng nhập. Thư điện tử còn để nhận tin và lấy lại mật khẩu")),
		.error = error_of(&x->errors, S("tai-khoan")),
		.value = x->n.identifier,
		.autocomplete = "username" };
	m->password = (struct input){ .id = S("mat-khau"),
		.label = tr(l, TR("Mật khẩu")),
		.hint = tr(l, TR("Ít nhất 10 ký tự; vài từ ghép lại thì dễ nhớ và khó đoán")),
		.error = error_of(&x->errors, S("mat-khau")),
		.type = "password",
		.autocomplete = "new-password" };
	struct option *agree = arena_make(r->arena, struct option);
	*agree = (struct option){ .value = S("1"),
		.label = tr(l, TR("Tôi đồng ý để cổng lưu và dùng dữ liệu của tôi như trên.")),
		.chosen = x->agreed };
	m->consent = (struct choice_input){ .id = S("dong-y"),
		.label = tr(l, TR("Sự đồng ý của bạn")),
		.error = error_of(&x->errors, S("dong-y")),
		.options = { agree, 1 },
		.many = true };
}

static err reply_register(struct req *r, int status, const struct registering *x)
{
	struct out o = page_out(r);
	const struct site *site = page_site();
	struct register_page m = { .errors = x->errors,
		.next = x->next,
		.owner = o.language == ENGLISH && site->owner_en.n ? site->owner_en : site->owner };
	fill_inputs(r, x, &m);
	register_html(&o, &m);
	struct page page = { .title = tr(o.language, TR("Tạo tài khoản")),
		.main = out_html(&o),
		.error = x->errors.n > 0 };
	return page_reply(r, status, &page);
}

err show_register(struct req *r)
{
	str next = req_query(r, S("tiep"));
	struct registering x = { .next = path_is_ours(next) ? next : S("") };
	return reply_register(r, 200, &x);
}

struct warning {
	str identifier, name;
	instant now;
	str key;
};

/* At most one a day, whatever strangers type. Who has not confirmed yet may begin again. */
static err warn_owner(struct conn *c, struct arena *a, void *arg)
{
	const struct warning *w = arg;
	struct account owner;
	bool found = false;
	TRY(account_find(c, a, w->identifier, &owner, &found));
	TRY(audit_put(c, a, w->now, (struct audit_actor){ 0 }, S("register.again"),
		found ? owner.identifier : S(""), S("")));
	if (found && !owner.confirmed)
		return account_rename_unconfirmed(c, a, &owner, w->name, w->now);
	if (!found || !owner.email.n)
		return NULL;
	struct outbox_mail mail = { .key = w->key,
		.to = owner.email,
		.subject = S("Bạn đã có tài khoản trên cổng"),
		.text = S(
			"Có người vừa tạo tài khoản bằng địa chỉ này; bạn đã có tài khoản rồi.\n\n"
			"Nếu là bạn: đăng nhập bằng mật khẩu cũ, hoặc bấm \"Quên mật khẩu\".\n"
			"Nếu không phải bạn: không cần làm gì, tài khoản của bạn vẫn như trước.\n"),
		.link = S("/dang-nhap") };
	return outbox_mail_put(c, a, &mail, w->now);
}

static err create(struct req *r, const struct registering *x)
{
	struct services *s = services_of(r);
	int64_t id = 0;
	struct audit_actor self = { 0 };
	err e = account_create(s->db, r->arena, &x->n, self, r->now, &id);
	if (!e || e->kind != ERR_CONFLICT)
		return e;
	struct warning w = { .identifier = identifier_clean(r->arena, x->n.identifier),
		.name = x->n.name,
		.now = r->now };
	w.key = arena_printf(r->arena, "register/" STR_FMT "/%d",
		STR_ARG(try_key(s, r->arena, "register", w.identifier, S(""))),
		(int)day_of(r->now));
	return write_of(r, warn_owner, &w);
}

err take_register(struct req *r)
{
	enum language l = req_language(r);
	str next = req_field(r, S("tiep"));
	struct registering x = {
		.n = { .name = typed_name(r, S("ho-ten")),
			.identifier = typed(r, S("tai-khoan")),
			.password = req_field(r, S("mat-khau")),
			.role = ROLE_CITIZEN },
		.agreed = req_has_field(r, S("dong-y")),
		.next = path_is_ours(next) ? next : S(""),
	};
	account_check(r->arena, l, &x.n, &x.errors);
	if (!x.agreed)
		add_error(r->arena, &x.errors, S("dong-y"),
			tr(l, TR("Đánh dấu đồng ý để tạo tài khoản")));
	if (x.errors.n)
		return reply_register(r, 422, &x);
	/* An e-mail address is somebody's once a code that went there comes back. */
	str identifier = identifier_clean(r->arena, x.n.identifier);
	x.n.unconfirmed = services_of(r)->mails && email_valid(identifier);
	TRY(create(r, &x));
	if (x.n.unconfirmed)
		TRY(ask_code(r, identifier, true));
	return x.n.unconfirmed ? reply_join_sent(r, x.next) : reply_joined(r, x.next);
}

err reply_joined(struct req *r, str next)
{
	struct out plain = out_in(r->arena, VIETNAMESE, r);
	url to = next.n ? URL(&plain, "/dang-nhap?moi=1&tiep={}", next)
			: url_to(&plain, "/dang-nhap?moi=1", NULL, 0);
	return reply_redirect(r, to.safe);
}
