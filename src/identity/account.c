/* SPDX-License-Identifier: Apache-2.0 */
#include "core/fold.h"
#include "identity/identity.sql.h"
#include "identity/parts.h"

#define ACCOUNT_COLUMNS                                                                 \
	COLUMN(struct account, id), COLUMN(struct account, version),                    \
		COLUMN(struct account, created_at), COLUMN(struct account, identifier), \
		COLUMN(struct account, name), COLUMN(struct account, role),             \
		COLUMN(struct account, agency), COLUMN(struct account, email),          \
		COLUMN(struct account, phone), COLUMN(struct account, person_id),       \
		COLUMN(struct account, birth), COLUMN(struct account, commune),         \
		COLUMN(struct account, address), COLUMN(struct account, gender),        \
		COLUMN(struct account, locked), COLUMN(struct account, wants_mail),     \
		COLUMN(struct account, unread), COLUMN(struct account, confirmed)
ROW_TYPE(account_row, struct account, ACCOUNT_COLUMNS);

/* The account comes first, so that its columns lie where they are said to lie. */
struct account_secret {
	struct account account;
	str password;
};
ROW_TYPE(secret_row, struct account_secret, ACCOUNT_COLUMNS,
	COLUMN(struct account_secret, password));

/* --- identifiers ------------------------------------------------------------ */

/* "+84 912.345.678" and "84912345678" are "0912345678"; "" when it is no telephone number. */
static str phone_digits(struct arena *a, str typed)
{
	struct buf b = buf_in(a, 16);
	if (str_starts(typed, S("+84"))) {
		buf_char(&b, '0');
		typed = str_from_at(typed, 3);
	}
	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c >= '0' && c <= '9')
			buf_char(&b, c);
		else if (c != ' ' && c != '.' && c != '-')
			return S("");
	}
	str digits = buf_str(&b);
	/* The code of the country without its sign; a number of its own begins with 0. */
	if (str_starts(digits, S("84")) && (digits.n == 11 || digits.n == 12)) {
		digits = str_from_at(digits, 1);
		*(char *)digits.p = '0';
	}
	bool good = !b.overflow && (digits.n == 10 || digits.n == 11) && digits.p[0] == '0';
	return good ? digits : S("");
}

str identifier_clean(struct arena *a, str typed)
{
	str lower = str_lower(a, str_trim(typed));
	str phone = phone_digits(a, lower);
	return phone.n ? phone : lower;
}

static bool is_mail_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		(c && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

/* The addresses people have: ASCII, one @, a dot in the domain; no quotes, no comments. */
bool email_valid(str s)
{
	str local, domain;
	if (s.n > 254 || !str_cut(s, '@', &local, &domain) || !local.n || local.n > 64)
		return false;
	if (!str_has(domain, S(".")) || domain.p[0] == '.' || domain.p[0] == '-' ||
		str_ends(domain, S(".")) || str_has(domain, S("..")) || str_has(local, S("..")))
		return false;
	for (size_t i = 0; i < local.n; i++)
		if (!is_mail_letter(local.p[i]))
			return false;
	for (size_t i = 0; i < domain.n; i++)
		if (!is_mail_letter(domain.p[i]) ||
			(domain.p[i] && strchr("!#$%&'*+/=?^_`{|}~", domain.p[i])))
			return false;
	return local.p[0] != '.' && local.p[local.n - 1] != '.';
}

/* Officers may also have a plain word. */
static bool word_valid(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
			c == '-' || c == '_';
		if (!good)
			return false;
	}
	return s.n >= 3 && s.n <= 64;
}

/* --- what can be wrong ------------------------------------------------------- */

void add_error(struct arena *a, field_errors *errors, str field, str message)
{
	if (!errors->items)
		errors->items = arena_array(a, struct field_error, ERRORS_MOST);
	assert(errors->n < ERRORS_MOST);
	errors->items[errors->n++] = (struct field_error){ field, message };
}

#define NAME_MOST 100 /* characters */
#define ADDRESS_MOST 200

bool person_id_valid(str s) { return s.n == 12 && str_is_digits(s); }

void account_check_person(struct arena *a, enum language l, const struct new_account *n,
	instant now, field_errors *errors)
{
	const str hidden = TR("Gõ lại họ và tên: trong đó có ký tự ẩn (ký tự điều khiển hoặc "
			      "đổi chiều chữ)");

	if (!n->name.n)
		add_error(a, errors, S("ho-ten"), tr(l, TR("Nhập họ và tên của bạn")));
	else if (text_hides(n->name))
		add_error(a, errors, S("ho-ten"), tr(l, hidden));
	else if (str_length(n->name) > NAME_MOST)
		add_error(a, errors, S("ho-ten"),
			too_long_text(a, l, NAME_MOST, str_length(n->name) - NAME_MOST));
	if (n->person_id.n && !person_id_valid(n->person_id))
		add_error(a, errors, S("so-dinh-danh"),
			tr(l, TR("Số định danh cá nhân phải có 12 chữ số")));
	if (n->birth.set && (n->birth.value < DAY_LEAST || n->birth.value > day_of(now)))
		add_error(a, errors, S("ngay-sinh-ngay"),
			tr(l, TR("Ngày sinh phải là một ngày đã qua")));
	if (n->phone.n && !phone_digits(a, n->phone).n)
		add_error(a, errors, S("dien-thoai"),
			tr(l, TR("Số điện thoại có 10 chữ số, ví dụ 0912 345 678")));
	if (n->email.n && !email_valid(n->email))
		add_error(a, errors, S("thu-dien-tu"),
			tr(l, TR("Viết thư điện tử theo dạng ten@example.vn")));
	if (str_length(n->address) > ADDRESS_MOST)
		add_error(a, errors, S("dia-chi"),
			too_long_text(a, l, ADDRESS_MOST, str_length(n->address) - ADDRESS_MOST));
}

static str identifier_advice(bool officer)
{
	if (officer)
		return TR("Nhập thư điện tử, số điện thoại, hoặc một từ từ 3 đến 64 chữ thường "
			  "không dấu, chữ số, dấu chấm, gạch nối");
	return TR("Nhập số điện thoại hoặc thư điện tử, ví dụ 0912 345 678");
}

void account_check(
	struct arena *a, enum language l, const struct new_account *n, field_errors *errors)
{
	account_check_person(a, l, n, INT64_MAX, errors);
	bool officer = n->role > ROLE_CITIZEN;
	if (!email_valid(n->identifier) && !phone_digits(a, n->identifier).n &&
		!(officer && word_valid(n->identifier)))
		add_error(a, errors, S("tai-khoan"), tr(l, identifier_advice(officer)));
	if (n->role == ROLE_ANONYMOUS)
		add_error(a, errors, S("vai-tro"), tr(l, TR("Chọn vai trò")));
	if (officer && n->role != ROLE_ADMIN && !n->agency.n)
		add_error(a, errors, S("co-quan"), tr(l, TR("Nhập mã cơ quan của cán bộ")));
	str fault = password_fault(a, l, n->password, identifier_clean(a, n->identifier), n->name);
	if (fault.n)
		add_error(a, errors, S("mat-khau"), fault);
}

/* --- rows -------------------------------------------------------------------- */

/* What the administrator's search looks into. */
static str name_key(struct arena *a, str name, str identifier)
{
	return text_fold(
		a, arena_printf(a, STR_FMT " " STR_FMT, STR_ARG(name), STR_ARG(identifier)));
}

struct creation {
	const struct new_account *n;
	str identifier, email, phone, hash;
	struct audit_actor by;
	instant now;
	int64_t id;
	bool taken;
};

static err insert_account(struct conn *c, struct arena *a, void *arg)
{
	struct creation *x = arg;
	const struct new_account *n = x->n;
	struct account other;
	TRY(account_find(c, a, x->identifier, &other, &x->taken));
	if (x->taken)
		return FAIL(a, CONFLICT, "the identifier is taken");
	TRY(db_number(c, a,
		BIND(account_insert, .now = V(x->now), .identifier = V(x->identifier),
			.name = V(n->name), .name_key = V(name_key(a, n->name, x->identifier)),
			.role = V(role_code(n->role)), .agency = V(n->agency), .email = V(x->email),
			.phone = V(x->phone), .person_id = V(n->person_id), .birth = V(n->birth),
			.commune = V(n->commune), .address = V(n->address), .gender = V(n->gender),
			.confirmed = V(!n->unconfirmed), .password = V(x->hash)),
		&x->id));
	/* Who registers acts as the account that there was not before. */
	struct audit_actor by = x->by;
	if (!by.id && n->role == ROLE_CITIZEN)
		by = (struct audit_actor){ x->id, x->identifier, n->role };
	return audit_put(c, a, x->now, by, S("account.create"), x->identifier, role_code(n->role));
}

err account_create(struct db *db, struct arena *a, const struct new_account *n,
	struct audit_actor by, instant now, int64_t *ret_id)
{
	struct creation x = { .n = n, .by = by, .now = now };
	x.identifier = identifier_clean(a, n->identifier);
	bool mail = email_valid(x.identifier);
	x.email = n->email.n || !mail ? str_trim(n->email) : x.identifier;
	x.phone = phone_digits(a, n->phone.n ? n->phone : x.identifier);
	TRY(password_hash(a, password_clean(a, n->password), &x.hash));
	TRY(db_write(db, a, insert_account, &x));
	*ret_id = x.id;
	return NULL;
}

err account_get(struct conn *c, struct arena *a, int64_t id, struct account *ret)
{
	return db_one(c, a, BIND(account_by_id, .id = V(id)), &account_row, ret);
}

err account_find(
	struct conn *c, struct arena *a, str identifier, struct account *ret, bool *ret_found)
{
	return db_find(c, a, BIND(account_by_identifier, .identifier = V(identifier)), &account_row,
		ret, ret_found);
}

err account_credentials(struct conn *c, struct arena *a, str identifier, struct account *ret,
	str *ret_hash, bool *ret_found)
{
	struct account_secret found = { .password = S("") };
	TRY(db_find(c, a, BIND(account_credentials_row, .identifier = V(identifier)), &secret_row,
		&found, ret_found));
	*ret = found.account;
	*ret_hash = found.password;
	return NULL;
}

err account_list(
	struct conn *c, struct arena *a, str agency, str role, struct account **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(account_of_agency, .agency = V(agency), .role = V(role)),
		&account_row, ret, ret_n);
}

err account_page(struct conn *c, struct arena *a, str role, str words, int64_t offset,
	struct account **ret, size_t *ret_n, int64_t *ret_total)
{
	TRY(db_number(
		c, a, BIND(account_page_count, .role = V(role), .words = V(words)), ret_total));
	return db_list(c, a,
		BIND(account_page_rows, .role = V(role), .words = V(words),
			.limit = V(LIMIT_PAGE_ROWS), .offset = V(offset)),
		&account_row, ret, ret_n);
}

err account_save(struct conn *c, struct arena *a, const struct account *x, bool *ret_saved)
{
	int64_t changed = 0;
	TRY(db_count_changed(c, a,
		BIND(account_update, .id = V(x->id), .version = V(x->version), .name = V(x->name),
			.name_key = V(name_key(a, x->name, x->identifier)), .email = V(x->email),
			.phone = V(x->phone), .person_id = V(x->person_id), .birth = V(x->birth),
			.gender = V(x->gender), .address = V(x->address),
			.wants_mail = V(x->wants_mail)),
		&changed));
	*ret_saved = changed == 1;
	return NULL;
}

err account_unread_change(struct conn *c, struct arena *a, int64_t id, int64_t change)
{
	return db_do(c, a, BIND(account_unread_add, .id = V(id), .change = V(change)));
}

err account_rename_unconfirmed(
	struct conn *c, struct arena *a, const struct account *x, str name, instant now)
{
	return db_do(c, a,
		BIND(account_rename, .id = V(x->id), .name = V(name), .now = V(now),
			.name_key = V(name_key(a, name, x->identifier))));
}
