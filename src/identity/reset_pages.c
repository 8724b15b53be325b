/* SPDX-License-Identifier: Apache-2.0 */
/* reset_pages.c - a forgotten password: a mailed code of six digits and a new password. A request
 * only puts a job, alike for every identifier; the job looks whether there is somebody to write
 * to. */
#include "identity/forgot.html.h"
#include "identity/forgot_code.html.h"
#include "identity/handlers.h"
#include "identity/identity.sql.h"
#include "identity/pages.h"
#include "identity/parts.h"

/* --- asking for a code ---------------------------------------------------------- */

struct asking {
	str identifier, key, payload;
	instant now;
};

static err put_job(struct conn *c, struct arena *a, void *arg)
{
	const struct asking *x = arg;
	return job_put(c, a, S("identity.code"), x->key, x->payload, x->now);
}

/* One code a minute for one identifier, however often it is asked for. */
err ask_code(struct req *r, str identifier, bool joining)
{
	struct buf b = buf_in(r->arena, LIMIT_JOB_PAYLOAD);
	struct json_out o = { .b = &b };
	json_open(&o, '{');
	json_pair(&o, S("identifier"), identifier);
	json_pair(&o, S("purpose"), joining ? S("join") : S("reset"));
	json_pair(&o, S("language"), str_from(language_info(req_language(r))->code));
	json_close(&o, '}');
	struct asking x = { .identifier = identifier, .payload = buf_str(&b), .now = r->now };
	x.key = arena_printf(r->arena, STR_FMT "/%lld",
		STR_ARG(try_key(services_of(r), r->arena, "code", identifier, S(""))),
		(long long)(r->now / INSTANT_MINUTE));
	return write_of(r, put_job, &x);
}

/* --- the job ---------------------------------------------------------------------- */

static str code_hash(struct services *s, struct arena *a, int64_t account, str code)
{
	return hmac_hex(a, s->key,
		arena_printf(a, "reset:%lld:" STR_FMT, (long long)account, STR_ARG(code)));
}

struct sending {
	struct services *services;
	struct account account;
	enum language language;
	str key, code;
	bool joining;
	instant now;
};

/* A code of each day's own ceiling, whoever asks: an inbox is not to be filled. */
static err may_send(struct conn *c, struct arena *a, const struct sending *x, bool *ret)
{
	str today = arena_printf(a, "%lld/%d", (long long)x->account.id, (int)day_of(x->now));
	return try_today(c, a, try_key(x->services, a, "codes", today, S("")), LIMIT_CODES_A_DAY,
		x->now, ret);
}

static str code_text(struct arena *a, const struct sending *x)
{
	if (x->joining)
		return FILL(a, x->language,
			TR("Mã của bạn là {ma}. Nhập mã này trên cổng để hoàn tất đăng ký, trong "
			   "vòng 15 phút. Không đưa mã cho ai, kể cả người tự nhận là cán bộ.\n\n"
			   "Nếu bạn không đăng ký, hãy bỏ qua thư này: tài khoản không dùng được "
			   "khi thiếu mã.\n"),
			S("ma"), x->code);
	return FILL(a, x->language,
		TR("Mã của bạn là {ma}. Nhập mã này trên cổng để đặt mật khẩu mới, trong vòng "
		   "15 phút. Không đưa mã cho ai, kể cả người tự nhận là cán bộ.\n\nNếu bạn "
		   "không yêu cầu, hãy bỏ qua thư này: mật khẩu của bạn không thay đổi.\n"),
		S("ma"), x->code);
}

static err put_code(struct conn *c, struct arena *a, void *arg)
{
	const struct sending *x = arg;
	instant expires = x->now + LIMIT_RESET_CODE_SECONDS * INSTANT_SECOND;
	bool allowed = false;
	TRY(may_send(c, a, x, &allowed));
	if (!allowed)
		return NULL;
	TRY(db_do(c, a,
		BIND(reset_put, .account = V(x->account.id),
			.code = V(code_hash(x->services, a, x->account.id, x->code)),
			.expires = V(expires))));
	struct outbox_mail mail = { .key = x->key,
		.to = x->account.email,
		.subject = x->joining ? tr(x->language, TR("Mã xác nhận tài khoản"))
				      : tr(x->language, TR("Mã đặt lại mật khẩu")),
		.text = code_text(a, x),
		.link = x->joining ? S("/dang-ky/ma") : S("/quen-mat-khau/ma") };
	return outbox_mail_put(c, a, &mail, x->now);
}

static err send_code(struct job *j)
{
	struct sending x = { .services = j->app, .now = j->now };
	bool found = false;
	struct conn *c;
	x.language = language_of(json_get_text(j->payload, "language"));
	TRY(db_reader(j->db, j->arena, &c));
	str identifier = json_get_text(j->payload, "identifier");
	TRY(account_find(c, j->arena, identifier, &x.account, &found));
	x.joining = str_eq(json_get_text(j->payload, "purpose"), S("join"));
	if (!found || x.account.locked || !x.account.email.n)
		return NULL;
	if (x.joining && x.account.confirmed)
		return NULL; /* the owner is told in another mail */
	x.code = arena_printf(j->arena, "%06u", random_below(1000 * 1000));
	/* A repetition makes another code, so it is another mail too. */
	x.key = arena_printf(
		j->arena, "code/" STR_FMT "/%lld", STR_ARG(j->key), (long long)j->attempt);
	TRY(db_write(j->db, j->arena, put_code, &x));
	if (x.services->jobs)
		jobs_wake(x.services->jobs);
	return NULL;
}

const struct job_kind identity_jobs[] = {
	{ "identity.code", send_code, "Mã đặt lại mật khẩu" },
	{ 0 },
};

#define IDENTIFIER_MOST 254 /* bytes: no address is longer */

/* --- pages ------------------------------------------------------------------------ */

static void fill_inputs(struct req *r, struct forgot_page *m)
{
	enum language l = req_language(r);
	m->account = (struct input){ .id = S("tai-khoan"),
		.label = tr(l, TR("Số điện thoại hoặc thư điện tử")),
		.error = error_of(&m->errors, S("tai-khoan")),
		.value = typed(r, S("tai-khoan")),
		.autocomplete = "username" };
	m->code = (struct input){ .id = S("ma"),
		.label = tr(l, TR("Mã gồm 6 chữ số")),
		.error = error_of(&m->errors, S("ma")),
		.value = typed(r, S("ma")),
		.input_mode = "numeric",
		.width = "12",
		.autocomplete = "one-time-code" };
	m->password = (struct input){ .id = S("mat-khau"),
		.label = m->joining ? tr(l, TR("Mật khẩu")) : tr(l, TR("Mật khẩu mới")),
		.hint = tr(l, TR("Ít nhất 10 ký tự; vài từ ghép lại thì dễ nhớ và khó đoán")),
		.error = error_of(&m->errors, S("mat-khau")),
		.type = "password",
		.autocomplete = "new-password" };
}

static err reply_form(struct req *r, int status, struct forgot_page *m,
	void (*form)(struct out *o, const struct forgot_page *m))
{
	struct out o = page_out(r);
	fill_inputs(r, m);
	form(&o, m);
	struct page page = { .title = m->joining ? tr(o.language, TR("Xác nhận tài khoản"))
						 : tr(o.language, TR("Lấy lại mật khẩu")),
		.main = out_html(&o),
		.no_index = true,
		.error = m->errors.n > 0 };
	return page_reply(r, status, &page);
}

err show_forgot(struct req *r)
{
	struct forgot_page m = { 0 };
	return reply_form(r, 200, &m, forgot_html);
}

err show_code(struct req *r)
{
	struct forgot_page m = { 0 };
	return reply_form(r, 200, &m, forgot_code_html);
}

err show_join_code(struct req *r)
{
	struct forgot_page m = { .joining = true };
	return reply_form(r, 200, &m, forgot_code_html);
}

err reply_join_sent(struct req *r, str next)
{
	struct forgot_page m = { .joining = true, .sent = true, .next = next };
	return reply_form(r, 200, &m, forgot_code_html);
}

err take_forgot(struct req *r)
{
	struct forgot_page m = { 0 };
	str identifier = identifier_clean(r->arena, typed(r, S("tai-khoan")));
	if (!identifier.n || identifier.n > IDENTIFIER_MOST) {
		add_error(r->arena, &m.errors, S("tai-khoan"),
			tr(req_language(r), TR("Nhập tài khoản")));
		return reply_form(r, 422, &m, forgot_html);
	}
	TRY(ask_code(r, identifier, false));
	m.sent = true;
	return reply_form(r, 200, &m, forgot_code_html);
}

/* --- using it ----------------------------------------------------------------------- */

struct using_code {
	struct services *services;
	str identifier, code, hash, key, sign_in_key;
	instant now;
	bool done;
};

/* The try is counted in the statement that looks whether one is left. */
static err spend_code(struct conn *c, struct arena *a, const struct using_code *x,
	const struct account *who, int64_t *ret_used)
{
	int64_t left = 0;
	TRY(db_count_changed(c, a,
		BIND(reset_try, .account = V(who->id), .now = V(x->now),
			.most = V(LIMIT_RESET_CODE_TRIES)),
		&left));
	if (!left)
		return NULL;
	str hash = code_hash(x->services, a, who->id, x->code);
	return db_count_changed(
		c, a, BIND(reset_use, .account = V(who->id), .code = V(hash)), ret_used);
}

/* A refusal is written down whoever was named, so that it takes as long for nobody. */
static err use_code(struct conn *c, struct arena *a, void *arg)
{
	struct using_code *x = arg;
	struct account who = { 0 };
	int64_t used = 0;
	bool found = false;
	TRY(account_find(c, a, x->identifier, &who, &found));
	if (found && !who.locked)
		TRY(spend_code(c, a, x, &who, &used));
	x->done = used > 0;
	if (!x->done)
		return audit_put(c, a, x->now, (struct audit_actor){ 0 }, S("password.refused"),
			found ? who.identifier : S(""), S(""));
	struct password_change change = { .account_id = who.id,
		.hash = x->hash,
		.identifier = who.identifier,
		.act = S("password.reset"),
		.by = { who.id, who.identifier, role_of_code(who.role) },
		.now = x->now };
	TRY(password_set(c, a, &change));
	TRY(try_forgive(c, a, x->key));
	return try_forgive(c, a, x->sign_in_key);
}

static void check_fields(struct req *r, const struct using_code *x, field_errors *errors)
{
	enum language l = req_language(r);
	str fault = password_fault(r->arena, l, req_field(r, S("mat-khau")), x->identifier, S(""));
	if (!x->identifier.n)
		add_error(r->arena, errors, S("tai-khoan"), tr(l, TR("Nhập tài khoản")));
	if (x->code.n != 6)
		add_error(r->arena, errors, S("ma"), tr(l, TR("Nhập mã gồm 6 chữ số trong thư")));
	if (fault.n)
		add_error(r->arena, errors, S("mat-khau"), fault);
}

static err try_code(struct req *r, struct using_code *x, field_errors *errors, int *ret_status)
{
	enum language l = req_language(r);
	int64_t wait = 0;
	str from = address_key(r);
	x->key = try_key(x->services, r->arena, "reset", x->identifier, from);
	x->sign_in_key = try_key(x->services, r->arena, "sign-in", x->identifier, from);
	TRY(try_take(x->services, r->arena, x->key, r->now, &wait));
	*ret_status = 422;
	if (wait) {
		*ret_status = 429;
		add_error(r->arena, errors, S("ma"),
			tr_n(r->arena, l,
				TRN("Chờ {n} giây rồi thử lại: đã có nhiều lần nhập chưa khớp"),
				wait));
		return NULL;
	}
	str password = password_clean(r->arena, req_field(r, S("mat-khau")));
	TRY(password_hash(r->arena, password, &x->hash));
	TRY(write_of(r, use_code, x));
	if (x->done)
		return NULL;
	add_error(r->arena, errors, S("ma"),
		tr(l, TR("Kiểm tra lại mã hoặc xin mã khác: mã này chưa khớp hoặc đã hết hạn")));
	return NULL;
}

static err use(struct req *r, struct forgot_page *m, bool *ret_done)
{
	int status = 422;
	struct using_code x = { .services = services_of(r),
		.identifier = identifier_clean(r->arena, typed(r, S("tai-khoan"))),
		.code = typed(r, S("ma")),
		.now = r->now };
	check_fields(r, &x, &m->errors);
	if (!m->errors.n)
		TRY(try_code(r, &x, &m->errors, &status));
	*ret_done = m->errors.n == 0;
	return *ret_done ? NULL : reply_form(r, status, m, forgot_code_html);
}

err take_code(struct req *r)
{
	struct forgot_page m = { 0 };
	bool done = false;
	TRY(use(r, &m, &done));
	return done ? reply_redirect(r, S("/dang-nhap?doi=1")) : NULL;
}

err take_join_code(struct req *r)
{
	str next = req_field(r, S("tiep"));
	struct forgot_page m = { .joining = true, .next = path_is_ours(next) ? next : S("") };
	bool done = false;
	TRY(use(r, &m, &done));
	return done ? reply_joined(r, m.next) : NULL;
}
