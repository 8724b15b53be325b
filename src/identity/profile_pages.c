/* SPDX-License-Identifier: Apache-2.0 */
/* profile_pages.c - what the portal knows of a person, shown to that person and mended by that
 * person [C25-7.1]. The commune is chosen in forms, where communes are known. */
#include "identity/handlers.h"
#include "identity/pages.h"
#include "identity/parts.h"
#include "identity/profile.html.h"

struct editing {
	struct account account; /* as typed */
	str day, month, year;
	field_errors errors;
	bool saved;
};

static str number_or_nothing(struct arena *a, bool set, int n)
{
	return set ? arena_printf(a, "%d", n) : S("");
}

static void add_choices(struct req *r, const struct editing *x, struct profile_page *m)
{
	enum language l = req_language(r);
	struct option *o = arena_array(r->arena, struct option, 3);
	o[0] = (struct option){ .value = S("nam"),
		.label = tr(l, TR("Nam")),
		.chosen = str_eq(x->account.gender, S("nam")) };
	o[1] = (struct option){ .value = S("nu"),
		.label = tr(l, TR("Nữ")),
		.chosen = str_eq(x->account.gender, S("nu")) };
	m->gender = (struct choice_input){ .id = S("gioi-tinh"),
		.label = tr(l, TR("Giới tính")),
		.options = { o, 2 },
		.optional = true };
	o[2] = (struct option){ .value = S("1"),
		.label = tr(l, TR("Gửi thông báo về hồ sơ đến thư điện tử của tôi")),
		.chosen = x->account.wants_mail };
	m->mail = (struct choice_input){ .id = S("nhan-thu"),
		.label = tr(l, TR("Thông báo qua thư điện tử")),
		.options = { &o[2], 1 },
		.many = true };
}

static struct input line(const struct editing *x, str id, str label, str value)
{
	return (struct input){ .id = id,
		.label = label,
		.error = error_of(&x->errors, id),
		.value = value,
		.optional = true };
}

static void add_inputs(struct req *r, const struct editing *x, struct profile_page *m)
{
	enum language l = req_language(r);
	const struct account *who = &x->account;
	m->name = line(x, S("ho-ten"), tr(l, TR("Họ, chữ đệm và tên")), who->name);
	m->name.autocomplete = "name";
	m->name.optional = false;
	m->person_id =
		line(x, S("so-dinh-danh"), tr(l, TR("Số định danh cá nhân")), who->person_id);
	m->person_id.hint = tr(l, TR("12 chữ số, in ở mặt trước thẻ căn cước"));
	m->person_id.input_mode = "numeric";
	m->person_id.width = "12";
	m->phone = line(x, S("dien-thoai"), tr(l, TR("Số điện thoại")), who->phone);
	m->phone.type = m->phone.autocomplete = "tel";
	m->phone.width = "12";
	m->email = line(x, S("thu-dien-tu"), tr(l, TR("Thư điện tử")), who->email);
	m->email.type = m->email.autocomplete = "email";
	m->password = own_password_input(l, &x->errors);
	m->password.hint = tr(l, TR("Chỉ cần khi đổi thư điện tử: mã đặt lại mật khẩu gửi đến đó"));
	m->password.optional = true;
	m->address = line(x, S("dia-chi"), tr(l, TR("Số nhà, đường, thôn hoặc tổ")), who->address);
	m->address.autocomplete = "address-line1";
	str wrong = error_of(&x->errors, S("ngay-sinh-ngay"));
	m->birth = (struct date_input){ .id = S("ngay-sinh"),
		.label = tr(l, TR("Ngày sinh")),
		.hint = tr(l, TR("Ví dụ: 27 3 1990")),
		.error = wrong,
		.day = x->day,
		.month = x->month,
		.year = x->year,
		.optional = true,
		.own_birthday = true,
		.bad_day = wrong.n > 0,
		.bad_month = wrong.n > 0,
		.bad_year = wrong.n > 0 };
	add_choices(r, x, m);
}

static err reply_profile(struct req *r, int status, const struct editing *x)
{
	struct out o = page_out(r);
	struct profile_page m = { .errors = x->errors,
		.identifier = x->account.identifier,
		.version = x->account.version,
		.saved = x->saved };
	add_inputs(r, x, &m);
	profile_html(&o, &m);
	return own_page_reply(
		r, status, tr(o.language, TR("Thông tin của bạn")), &o, x->errors.n > 0);
}

static err read_account(struct req *r, struct account *ret)
{
	struct conn *c;
	TRY(reader_of(r, &c));
	return account_get(c, r->arena, caller_of(r)->account_id, ret);
}

err show_profile(struct req *r)
{
	struct editing x = { .saved = req_query(r, S("luu")).n > 0 };
	TRY(read_account(r, &x.account));
	struct opt_int birth = x.account.birth;
	struct date d = date_of((day)(birth.set ? birth.value : 0));
	x.day = number_or_nothing(r->arena, birth.set, d.day);
	x.month = number_or_nothing(r->arena, birth.set, d.month);
	x.year = number_or_nothing(r->arena, birth.set, d.year);
	return reply_profile(r, 200, &x);
}

/* --- what was posted --------------------------------------------------------------- */

static void read_birth(struct req *r, struct editing *x)
{
	int64_t d, m, y;
	x->day = typed(r, S("ngay-sinh-ngay"));
	x->month = typed(r, S("ngay-sinh-thang"));
	x->year = typed(r, S("ngay-sinh-nam"));
	x->account.birth = (struct opt_int){ 0 };
	if (!x->day.n && !x->month.n && !x->year.n)
		return;
	if (str_to_int(x->day, 1, 31, &d) && str_to_int(x->month, 1, 12, &m) &&
		str_to_int(x->year, 1800, 2199, &y) &&
		date_valid((struct date){ (int)y, (int)m, (int)d }))
		x->account.birth = (struct opt_int){ true, day_from((int)y, (int)m, (int)d) };
	else
		add_error(r->arena, &x->errors, S("ngay-sinh-ngay"),
			tr(req_language(r), TR("Nhập đủ ngày, tháng, năm sinh, ví dụ 27 3 1990")));
}

static void read_posted(struct req *r, struct editing *x)
{
	struct account *who = &x->account;
	who->name = typed_name(r, S("ho-ten"));
	who->person_id = typed(r, S("so-dinh-danh"));
	who->phone = typed(r, S("dien-thoai"));
	who->email = typed(r, S("thu-dien-tu"));
	who->address = typed(r, S("dia-chi"));
	who->gender = typed(r, S("gioi-tinh"));
	if (!str_eq(who->gender, S("nam")) && !str_eq(who->gender, S("nu")))
		who->gender = S("");
	who->wants_mail = req_has_field(r, S("nhan-thu"));
	read_birth(r, x);
	struct new_account checked = { .name = who->name,
		.person_id = who->person_id,
		.phone = who->phone,
		.email = who->email,
		.address = who->address,
		.birth = who->birth };
	account_check_person(r->arena, req_language(r), &checked, r->now, &x->errors);
}

struct saving {
	struct account account;
	struct audit_actor by;
	instant now;
	str before;         /* where letters went until now, when that changes; "" otherwise */
	str key;            /* of the tries of the password, when it was asked for */
	str subject, words; /* to the old address */
	bool saved;
};

/* Its owner reads there that it is no more theirs, should it have been another who did this. */
static err tell_old_address(struct conn *c, struct arena *a, const struct saving *x)
{
	struct outbox_mail mail = {
		.key = arena_printf(a, "address/%lld/%lld", (long long)x->account.id,
			(long long)x->account.version),
		.to = x->before,
		.subject = x->subject,
		.text = x->words,
		.link = S("/ca-nhan/bao-mat"),
	};
	return outbox_mail_put(c, a, &mail, x->now);
}

static err save(struct conn *c, struct arena *a, void *arg)
{
	struct saving *x = arg;
	TRY(account_save(c, a, &x->account, &x->saved));
	if (!x->saved)
		return NULL;
	if (x->key.n)
		TRY(try_forgive(c, a, x->key));
	if (x->before.n)
		TRY(tell_old_address(c, a, x));
	return audit_put(c, a, x->now, x->by, x->key.n ? S("account.address") : S("account.change"),
		x->account.identifier, S(""));
}

/* The code that sets a new password goes to this address: who changes it has the account. */
static err check_owner(struct req *r, struct editing *x, struct saving *s, int *ret_status)
{
	enum language l = req_language(r);
	struct check check;
	TRY(own_password_check(r, &x->errors, &check));
	*ret_status = check.verdict == VERDICT_WAIT ? 429 : 422;
	s->key = check.key;
	s->subject = tr(l, TR("Địa chỉ thư điện tử của tài khoản đã đổi"));
	s->words = tr(l,
		TR("Từ nay thư của cổng gửi đến một địa chỉ khác.\n\nNếu không phải bạn đổi, hãy "
		   "đăng nhập, đổi mật khẩu và sửa lại địa chỉ.\n"));
	return NULL;
}

err take_profile(struct req *r)
{
	struct editing x = { 0 };
	int status = 422;
	TRY(read_account(r, &x.account));
	int64_t newest = x.account.version;
	str before = x.account.email;
	if (!str_to_int(req_field(r, S("phien-ban")), 1, INT64_MAX, &x.account.version))
		return FAIL(r->arena, BAD_REQUEST, "no version in the form");
	read_posted(r, &x);
	struct saving s = { .by = actor_of(r), .now = r->now };
	if (!x.errors.n && !str_eq(x.account.email, before)) {
		s.before = before;
		TRY(check_owner(r, &x, &s, &status));
	}
	if (x.errors.n)
		return reply_profile(r, status, &x);
	s.account = x.account;
	str phone = identifier_clean(r->arena, x.account.phone);
	s.account.phone = phone;
	TRY(write_of(r, save, &s));
	if (s.saved)
		return reply_redirect(r, S("/ca-nhan/ho-so-ca-nhan?luu=1"));
	/* Another window was quicker: what was typed here stays, to be looked at once more. */
	x.account.version = newest;
	add_error(r->arena, &x.errors, S("ho-ten"),
		tr(req_language(r),
			TR("Xem lại rồi lưu lần nữa: thông tin vừa được sửa ở một cửa sổ khác")));
	return reply_profile(r, 409, &x);
}
