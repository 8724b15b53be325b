/* SPDX-License-Identifier: Apache-2.0 */
/* identity_test.c - accounts, passwords, tries, sessions; without a server. */
#include "core/crypto.h"
#include "identity/identity_test.h"
#include "tests/database.h"
#include "tests/visit.h"
#include "http/reply.h"
#include "identity/parts.h"

const struct migration *const identity_folders[] = { job_migrations, identity_migrations, NULL };

static err echo(struct req *r)
{
	return reply_html(r, 200,
		arena_printf(r->arena, "ten=" STR_FMT " " STR_FMT, STR_ARG(req_field(r, S("ten"))),
			STR_ARG(req_field(r, S("giu:tai-khoan")))));
}

const struct route test_routes[] = {
	{ "GET", "/can-bo", echo, .guard = PERMIT_DESK },
	{ "GET", "/ca-nhan", echo, .guard = PERMIT_APPLY },
	{ "POST", "/nop/:draft/:step", echo, .guard = PERMIT_APPLY, .rate = RATE_WRITE },
	{ 0 },
};

static str fault(struct arena *a, const char *password)
{
	return password_fault(a, VIETNAMESE, str_from(password), S("hanh.nguyen@example.vn"),
		S("Nguyễn Thị Hạnh"));
}

TEST("a worker that comes back to a request takes a reader anew: the first may be another's by now")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		struct caller who = { .role = ROLE_ANONYMOUS };
		struct req r = { .arena = a, .user = &who, .app = s };
		struct conn *first, *second, *others;
		{
			ARENA turn = arena_new();
			r.turn = turn;
			CHECK_OK(reader_of(&r, &first));
			CHECK_OK(reader_of(&r, &second));
			CHECK(first == second);
		}
		CHECK_OK(db_reader(s->db, a, &others));
		CHECK(others == first);
		{
			ARENA turn = arena_new();
			r.turn = turn;
			CHECK_OK(reader_of(&r, &second));
			CHECK(second != others);
		}
	}
}

TEST("a password is refused for its length, for being common, for telling the name [C32-10.2]")
{
	ARENA a = arena_new();
	CHECK(fault(a, "Lam-Giang-2026").n == 0);
	CHECK(fault(a, "trời mưa sân trơn").n == 0);
	CHECK(fault(a, "ngắnquá9!").n > 0);
	CHECK(fault(a, "").n > 0);
	CHECK(fault(a, "Matkhau123").n > 0);
	CHECK(fault(a, "1234567890").n > 0);
	CHECK(fault(a, "aaaaaaaaaaaaaa").n > 0);
	CHECK(fault(a, "NguyenThiHanh1").n > 0);
	CHECK(fault(a, "hanh.nguyen2026").n > 0);
	char *long_one = arena_bytes(a, 300, 1);
	memset(long_one, 'x', 299);
	CHECK(fault(a, long_one).n > 0);
}

TEST("an identifier is the same however it is typed")
{
	ARENA a = arena_new();
	CHECK_STR(identifier_clean(a, S(" An.Le@Example.VN ")), "an.le@example.vn");
	CHECK_STR(identifier_clean(a, S("+84 912 345 678")), "0912345678");
	CHECK_STR(identifier_clean(a, S("84912345678")), "0912345678");
	CHECK_STR(identifier_clean(a, S("84 912.345.678")), "0912345678");
	CHECK_STR(identifier_clean(a, S("8491234567")), "8491234567");
	CHECK_STR(identifier_clean(a, S("0912.345.678")), "0912345678");
	CHECK_STR(identifier_clean(a, S("motcua")), "motcua");
	CHECK(email_valid(S("a.b+c@x.gov.vn")));
	CHECK(!email_valid(S("a@x")));
	CHECK(!email_valid(S("a@x..vn")));
	CHECK(!email_valid(S("a b@x.vn")));
	CHECK(!email_valid(S("a@x.vn\nBcc: b@y.vn")));
	CHECK(!email_valid(S("@x.vn")));
	CHECK(!email_valid(S("a@")));
	CHECK(!email_valid(S("a@b@x.vn")));
}

TEST("what is wrong with a new account is said on its field")
{
	ARENA a = arena_new();
	struct new_account n = { .identifier = S("hạnh"),
		.password = S("ngắn"),
		.person_id = S("123"),
		.email = S("x"),
		.phone = S("12"),
		.role = ROLE_CLERK };
	field_errors errors = { 0 };
	account_check(a, VIETNAMESE, &n, &errors);
	static const char *const wrong[] = { "ho-ten", "so-dinh-danh", "dien-thoai", "thu-dien-tu",
		"tai-khoan", "co-quan", "mat-khau" };
	CHECK_INT((int64_t)errors.n, (int64_t)COUNT(wrong));
	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK(error_of(&errors, str_from(wrong[i])).n > 0);
}

TEST("one's own telephone number is no password, however it is written [C32-10.2]")
{
	static const char *const numbers[] = { "0912 345 678", "+84 912 345 678" };
	ARENA a = arena_new();
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct new_account n = { .identifier = str_from(numbers[i]),
			.name = S("An"),
			.password = S("0912345678"),
			.role = ROLE_CITIZEN };
		field_errors errors = { 0 };
		account_check(a, VIETNAMESE, &n, &errors);
		CHECK(error_of(&errors, S("mat-khau")).n > 0);
	}
}

TEST("an account is made once, found, and listed among the officers of its agency")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		int64_t id = test_account(s, a, "0912 345 678", ROLE_CITIZEN), other = 0;
		struct new_account again = { .identifier = S("+84912345678"),
			.name = S("Khác"),
			.password = S(TEST_PASSWORD),
			.role = ROLE_CITIZEN };
		struct audit_actor nobody = { 0 };
		CHECK_ERR(account_create(s->db, a, &again, nobody, TEST_NOW, &other), "CONFLICT");
		struct account found;
		CHECK_OK(account_get(test_reader(s, a), a, id, &found));
		CHECK_STR(found.identifier, "0912345678");
		CHECK_STR(found.phone, "0912345678");
		CHECK_STR(found.email, "");
		CHECK_STR(found.role, "citizen");
		CHECK(!found.locked && !found.birth.set && found.wants_mail);

		int64_t officer = test_account(s, a, "le.trang@example.vn", ROLE_OFFICER);
		struct account *listed;
		size_t n;
		CHECK_OK(account_list(
			test_reader(s, a), a, S("H99.001.01"), S("officer"), &listed, &n));
		REQUIRE(n == 1);
		CHECK_INT(listed[0].id, officer);
		CHECK_STR(listed[0].email, "le.trang@example.vn");
	}
}

static struct check try_password(struct services *s, struct arena *a, const char *identifier,
	const char *password, instant now)
{
	struct check check = { 0 };
	struct credentials given = { str_from(identifier), str_from(password), now };
	CHECK_OK(credentials_check(s, a, &given, &check));
	return check;
}

static err forgive(struct conn *c, struct arena *a, void *key)
{
	return try_forgive(c, a, *(const str *)key);
}

TEST("after two slips the wait doubles, alike for accounts that do not exist [C32-10.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, identity_folders);
		test_account(s, a, "an@example.vn", ROLE_CITIZEN);
		static const char *const names[] = { "an@example.vn", "nobody@example.vn" };
		for (size_t i = 0; i < COUNT(names); i++) {
			instant now = TEST_NOW;
			CHECK_INT(try_password(s, a, names[i], "sai", now).verdict, VERDICT_WRONG);
			CHECK_INT(try_password(s, a, names[i], "sai", now).verdict, VERDICT_WRONG);
			for (int64_t wait = 2; wait < 2000; wait *= 2) {
				int64_t told = wait < 900 ? wait : 900;
				CHECK_INT(try_password(s, a, names[i], "sai", now).verdict,
					VERDICT_WRONG);
				struct check early =
					try_password(s, a, names[i], TEST_PASSWORD, now);
				CHECK_INT(early.verdict, VERDICT_WAIT);
				CHECK_INT(early.wait, told);
				now += told * INSTANT_SECOND;
			}
		}
		instant later = TEST_NOW + INSTANT_DAY;
		struct check good = try_password(s, a, "an@example.vn", TEST_PASSWORD, later);
		CHECK_INT(good.verdict, VERDICT_GOOD);
		CHECK_OK(db_write(s->db, a, forgive, &good.key));
		CHECK_INT(try_password(s, a, "an@example.vn", "sai", later).verdict, VERDICT_WRONG);
		CHECK_INT(try_password(s, a, "an@example.vn", "sai", later).verdict, VERDICT_WRONG);
	}
}

TEST("what a person types as a password is the same from every keyboard")
{
	ARENA a = arena_new();
	CHECK_STR(
		password_clean(a, S("ma\xcc\xa3t khau dai")), password_clean(a, S("mạt khau dai")));
	CHECK_STR(password_clean(a, S("\xff\xfe")), "");
}

TEST("a generated password is long, and another one every time")
{
	ARENA a = arena_new();
	str one = password_new(a), two = password_new(a);
	CHECK_INT((int64_t)one.n, 19);
	CHECK(!str_eq(one, two));
	CHECK(password_fault(a, VIETNAMESE, one, S("an@example.vn"), S("An")).n == 0);
}

TEST("every role and permission is in the table, and every code leads back to its role")
{
	for (int r = 0; r < ROLE_COUNT; r++) {
		CHECK_INT(role_of_code(role_code((enum role)r)), r);
		CHECK(role_title((enum role)r).n > 0);
		CHECK(role_may((enum role)r, PERMIT_PUBLIC));
		CHECK(!role_may((enum role)r, PERMIT_UNSET));
		CHECK(!role_may((enum role)r, PERMISSION_COUNT));
		CHECK_INT(role_may((enum role)r, PERMIT_SIGNED_IN), r != ROLE_ANONYMOUS);
	}
	for (int p = 0; p < PERMISSION_COUNT; p++)
		CHECK(permission_name((enum permission)p)[0]);
	CHECK_INT(role_of_code(S("king")), ROLE_ANONYMOUS);
	CHECK(!role_may(ROLE_COUNT, PERMIT_PUBLIC));
	CHECK(role_may(ROLE_LEADER, PERMIT_APPROVE) && !role_may(ROLE_CLERK, PERMIT_APPROVE));
	CHECK(!role_may(ROLE_ADMIN, PERMIT_DESK) && !role_may(ROLE_ADMIN, PERMIT_APPLY));
}

TEST("a device is named in words its owner knows")
{
	ARENA a = arena_new();
	CHECK_STR(device_words(
			  a, S("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36 Edg/120")),
		"Edge, Windows");
	CHECK_STR(device_words(
			  a, S("Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile Safari/537")),
		"Chrome, Android");
	CHECK_STR(device_words(a, S("Mozilla/5.0 (X11; Linux x86_64; rv:121.0) Firefox/121.0")),
		"Firefox, Linux");
	CHECK_STR(device_words(a, S("")), "");
}

TEST("only paths of this site are gone to after signing in")
{
	CHECK(path_is_ours(S("/ca-nhan/ho-so?trang=2")));
	CHECK(!path_is_ours(S("")));
	CHECK(!path_is_ours(S("//evil.example")));
	CHECK(!path_is_ours(S("/\\evil.example")));
	CHECK(!path_is_ours(S("https://evil.example")));
	CHECK(!path_is_ours(S("/a\r\nSet-Cookie: x=1")));
}
