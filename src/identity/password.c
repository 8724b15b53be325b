/* SPDX-License-Identifier: Apache-2.0 */
/* password.c - what makes a password good, by what is known to help: length, and not being among
 * those tried first. No rules of composition, no expiry; paste and managers welcome. */
#include "core/fold.h"
#include "identity/identity.sql.h"
#include "identity/parts.h"

/* Folded, as they are compared: what people in this country choose first, of 10 letters or more. */
static const char *const common[] = {
	"0123456789",
	"1234567890",
	"12345678910",
	"0987654321",
	"9876543210",
	"1111111111",
	"0000000000",
	"1122334455",
	"1q2w3e4r5t",
	"qwertyuiop",
	"asdfghjkl",
	"password12",
	"password123",
	"password1234",
	"passw0rd123",
	"matkhau123",
	"matkhau1234",
	"matkhau12345",
	"anhyeuem123",
	"emyeuanh123",
	"yeuemnhieu",
	"iloveyou123",
	"vietnam123",
	"vietnam2026",
	"abcdefghij",
	"abcd123456",
	"abc1234567",
	"admin12345",
	"administrator",
	"congdichvucong",
	"dichvucong",
	"dichvucong123",
	"quantri123",
};

static str folded_together(struct arena *a, str s)
{
	str folded = text_fold(a, s);
	struct buf b = buf_in(a, folded.n + 1);
	for (size_t i = 0; i < folded.n; i++)
		if (folded.p[i] != ' ')
			buf_char(&b, folded.p[i]);
	return buf_str(&b);
}

static bool one_letter(str s)
{
	for (size_t i = 1; i < s.n; i++)
		if (s.p[i] != s.p[0])
			return false;
	return true;
}

static bool is_common(str folded)
{
	for (size_t i = 0; i < COUNT(common); i++)
		if (str_eq(folded, str_from(common[i])))
			return true;
	return folded.n > 0 && one_letter(folded);
}

/* What is left of it without the person's name or identifier is too little to be a secret. */
static bool mostly(str folded, str known)
{
	return known.n >= 4 && str_has(folded, known) && folded.n < known.n + 6;
}

str password_fault(struct arena *a, enum language l, str password, str identifier, str name)
{
	str clean = password_clean(a, password);
	if (str_length(clean) < LIMIT_PASSWORD_LEAST || !clean.n) {
		if (password.n > LIMIT_PASSWORD_MOST)
			return tr(l, TR("Chọn mật khẩu ngắn hơn 200 ký tự"));
		return tr(l, TR("Chọn mật khẩu có ít nhất 10 ký tự"));
	}
	str folded = folded_together(a, clean), local, domain;
	if (is_common(folded))
		return tr(l, TR("Chọn mật khẩu khác: mật khẩu này rất nhiều người dùng"));
	str_cut(identifier, '@', &local, &domain);
	if (mostly(folded, folded_together(a, local)) || mostly(folded, folded_together(a, name)))
		return tr(l, TR("Chọn mật khẩu khác: mật khẩu này gần giống tên hoặc tài khoản"));
	return S("");
}

str password_clean(struct arena *a, str typed)
{
	str clean;
	if (typed.n > 4 * LIMIT_PASSWORD_MOST || text_clean(a, typed, &clean) ||
		str_length(clean) > LIMIT_PASSWORD_MOST)
		return S("");
	return clean;
}

str password_new(struct arena *a)
{
	str letters = random_text(a, 10), groups[4];
	for (size_t i = 0; i < COUNT(groups); i++)
		groups[i] = str_part(letters, 4 * i, 4);
	return str_join(a, groups, COUNT(groups), S("-"));
}

err password_set(struct conn *c, struct arena *a, const struct password_change *p)
{
	TRY(db_do(
		c, a, BIND(account_set_password, .id = V(p->account_id), .password = V(p->hash))));
	TRY(session_end_all(c, a, p->account_id));
	TRY(db_do(c, a, BIND(reset_end, .account = V(p->account_id))));
	return audit_put(c, a, p->now, p->by, p->act, p->identifier, S(""));
}
