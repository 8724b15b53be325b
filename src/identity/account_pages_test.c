/* SPDX-License-Identifier: Apache-2.0 */
/* account_pages_test.c - registering, lost passwords, what a person sees of himself. */
#include "identity/identity_test.h"
#include "identity/parts.h"
#include "tests/database.h"
#include "tests/visit.h"

TEST("an account is made with consent that nobody ticks in advance [C25-5.1, C25-8.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		CHECK_INT(visit_get(v, "/dang-ky?tiep=/nop/x"), 200);
		CHECK(visit_shows(v, "type=\"checkbox\" id=\"dong-y\""));
		CHECK(!visit_shows(v, "checked") && visit_shows(v, "href=\"/bao-mat\""));
		const char *no = "ho-ten=B%C3%ACnh&tai-khoan=binh@example.vn&" PASSWORD_FIELD;
		CHECK_INT(visit_post(v, "/dang-ky", no), 422);
		CHECK(visit_shows(v, "value=\"Bình\"") && visit_shows(v, "<title>Lỗi:"));
		const char *yes =
			"ho-ten=B%C3%ACnh&tai-khoan=binh@example.vn&dong-y=1&tiep=/nop/x?a=1"
			"&" PASSWORD_FIELD;
		CHECK_INT(visit_post(v, "/dang-ky", yes), 303);
		CHECK_STR(visit_location(v), "/dang-nhap?moi=1&tiep=%2Fnop%2Fx%3Fa%3D1");
		visit_sign_in(v, "binh@example.vn", TEST_PASSWORD);
		/* Once more: the same answer, and a mail to the owner. */
		struct visit *other = visit_other(v);
		visit_get(other, "/dang-ky");
		CHECK_INT(visit_post(other, "/dang-ky",
				  "ho-ten=X&tai-khoan=binh@example.vn&dong-y=1"
				  "&mat-khau=mat+khau+khac+han"),
			303);
		struct job_counts jobs;
		CHECK_OK(job_counts(test_reader(v->services, a), a, &jobs));
		CHECK_INT(jobs.waiting, 1);
		visit_sign_in(other, "binh@example.vn", TEST_PASSWORD);
		visit_done(v);
	}
}

/* --- forgotten passwords ------------------------------------------------------------ */

static str mailed_code;
static const char *receiver = "an@example.vn";
static err read_mail(struct job *j)
{
	static char code[7];
	str text = json_get_text(j->payload, "text");
	if (!str_eq(json_get_text(j->payload, "to"), str_from(receiver)))
		return NULL;
	size_t at = str_find(text, S("là ")) + strlen("là ");
	memcpy(code, text.p + at, 6);
	mailed_code = str_from(code);
	return NULL;
}

static void run_jobs(struct visit *v)
{
	static const struct job_kind mail[] = { { "notify.mail", read_mail, "" }, { 0 } };
	static const struct job_kind *const kinds[] = { identity_jobs, mail, NULL };
	static const struct job_schedule *const none[] = { NULL };
	struct job_tables tables = { kinds, none };
	int ran = 1;
	while (ran)
		CHECK_OK(jobs_run_due(
			v->arena, v->services->db, tables, v->services, instant_now(), &ran));
}

TEST("a mailed code sets a new password, once, and ends every session")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
		struct visit *other = visit_other(v);
		visit_get(other, "/quen-mat-khau");
		CHECK_INT(visit_post(other, "/quen-mat-khau", "tai-khoan=ai@example.vn"), 200);
		CHECK_INT(visit_post(other, "/quen-mat-khau", "tai-khoan=an@example.vn"), 200);
		run_jobs(v);
		REQUIRE(mailed_code.n == 6);
		const char *form = "tai-khoan=an@example.vn&mat-khau=mot+cau+that+dai+moi&ma=";
		str wrong = arena_printf(a, "%s%c00000", form, mailed_code.p[0] == '9' ? '1' : '9');
		str right = arena_printf(a, "%s" STR_FMT, form, STR_ARG(mailed_code));
		CHECK_INT(visit_post(other, "/quen-mat-khau/ma", str_z(a, wrong)), 422);
		CHECK_INT(visit_post(other, "/quen-mat-khau/ma", str_z(a, right)), 303);
		CHECK_STR(visit_location(other), "/dang-nhap?doi=1");
		CHECK_INT(visit_get(v, "/ca-nhan"), 303);
		visit_sign_in(v, "an@example.vn", "mot cau that dai moi");
		visit_get(other, "/quen-mat-khau/ma");
		CHECK_INT(visit_post(other, "/quen-mat-khau/ma", str_z(a, right)), 422);
		CHECK(visit_audited(v, "password.reset"));
		visit_done(v);
	}
}

TEST("a code is worth five tries and a quarter of an hour")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, NULL);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_get(v, "/quen-mat-khau");
	visit_post(v, "/quen-mat-khau", "tai-khoan=an@example.vn");
	run_jobs(v);
	const char *form = "tai-khoan=an@example.vn&mat-khau=mot+cau+that+dai+moi&ma=";
	const char *right = str_z(a, arena_printf(a, "%s" STR_FMT, form, STR_ARG(mailed_code)));
	CHECK_OK(test_sql(v->services, a, "UPDATE reset_code SET tries = 5"));
	CHECK_INT(visit_post(v, "/quen-mat-khau/ma", right), 422);
	CHECK_OK(test_sql(v->services, a,
		"UPDATE reset_code SET tries = 0, expires_at = expires_at - 900000000"));
	CHECK_INT(visit_post(v, "/quen-mat-khau/ma", right), 422);
	CHECK_OK(test_sql(
		v->services, a, "UPDATE reset_code SET expires_at = expires_at + 900000000"));
	CHECK_OK(test_sql(v->services, a, "DELETE FROM sign_in_try"));
	CHECK_INT(visit_post(v, "/quen-mat-khau/ma", right), 303);
	visit_done(v);
}

TEST("an inbox is not filled: so many codes a day and account, whoever asks")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, NULL);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		int mails = 0;
		for (int i = 0; i < LIMIT_CODES_A_DAY + 5; i++) {
			CHECK_OK(test_sql(v->services, a,
				"UPDATE job SET key = 'old/' || id")); /* a minute later */
			visit_get(v, "/quen-mat-khau");
			CHECK_INT(visit_post(v, "/quen-mat-khau", "tai-khoan=an@example.vn"), 200);
			mailed_code = S("");
			run_jobs(v);
			mails += mailed_code.n == 6;
		}
		CHECK_INT(mails, LIMIT_CODES_A_DAY);
		visit_done(v);
	}
}

#define REFUSALS "SELECT count(*) AS n FROM audit_entry WHERE act = 'password.refused'"

TEST("a code that is not taken is written down, whether or not there is such an account")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, NULL);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_get(v, "/quen-mat-khau/ma");
	const char *form = "mat-khau=mot+cau+that+dai+moi&ma=123456&tai-khoan=";
	visit_post(v, "/quen-mat-khau/ma", str_z(a, arena_printf(a, "%san@example.vn", form)));
	CHECK_INT(test_count(v->services, a, REFUSALS " AND subject = 'an@example.vn'"), 1);
	visit_post(v, "/quen-mat-khau/ma", str_z(a, arena_printf(a, "%sai@example.vn", form)));
	CHECK_INT(test_count(v->services, a, REFUSALS), 2);
	visit_done(v);
}

#define JOIN "ho-ten=Ly&dong-y=1&mat-khau=mot+cau+that+dai+moi&tai-khoan="

TEST("where mails are sent, an e-mail address is somebody's once its code has come back")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		v->services->mails = true;
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		visit_get(v, "/dang-ky");
		CHECK_INT(visit_post(v, "/dang-ky", JOIN "an@example.vn"), 200);
		str known = live_body(v->page);
		visit_get(v, "/dang-ky");
		CHECK_INT(visit_post(v, "/dang-ky", JOIN "ly@example.vn"), 200);
		/* The same words, but for the address itself and the token. */
		CHECK_INT((int64_t)live_body(v->page).n, (int64_t)known.n);
		CHECK(visit_shows(v, "mã xác nhận đang được gửi đến"));
		mailed_code = S("");
		receiver = "ly@example.vn";
		run_jobs(v);
		receiver = "an@example.vn";
		REQUIRE(mailed_code.n == 6);
		const char *sign_in = "tai-khoan=ly@example.vn&mat-khau=mot+cau+that+dai+moi";
		visit_get(v, "/dang-nhap");
		CHECK_INT(visit_post(v, "/dang-nhap", sign_in), 403);
		CHECK(visit_shows(v, "href=\"/dang-ky/ma\""));
		visit_get(v, "/dang-ky/ma");
		const char *code =
			str_z(a, arena_printf(a, "%s&ma=" STR_FMT, sign_in, STR_ARG(mailed_code)));
		CHECK_INT(visit_post(v, "/dang-ky/ma", code), 303);
		CHECK_STR(visit_location(v), "/dang-nhap?moi=1");
		visit_sign_in(v, "ly@example.vn", "mot cau that dai moi");
		visit_done(v);
	}
}

static void forget_at(struct visit *v, instant now)
{
	struct job j = { .db = v->services->db, .arena = v->arena, .now = now };
	CHECK_OK(identity_schedules[0].run(&j));
}

TEST("who registers again has a whole day again")
{
	static const char *const one = "SELECT count(*) AS n FROM account WHERE confirmed = FALSE";
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, NULL);
		REQUIRE(v);
		v->services->mails = true;
		visit_get(v, "/dang-ky");
		CHECK_INT(visit_post(v, "/dang-ky", JOIN "ly@example.vn"), 200);
		CHECK_OK(test_sql(v->services, a,
			"UPDATE account SET created_at = created_at - 90000000000"));
		visit_get(v, "/dang-ky");
		CHECK_INT(visit_post(v, "/dang-ky", JOIN "ly@example.vn"), 200);
		forget_at(v, instant_now());
		CHECK_INT(test_count(v->services, a, one), 1);
		forget_at(v, instant_now() + 25 * INSTANT_HOUR);
		CHECK_INT(test_count(v->services, a, one), 0);
		visit_done(v);
	}
}

TEST("a telephone number, and any address where no mail is sent, serves at once")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	visit_get(v, "/dang-ky");
	CHECK_INT(visit_post(v, "/dang-ky", JOIN "ly@example.vn"), 303);
	visit_sign_in(v, "ly@example.vn", "mot cau that dai moi");
	struct visit *other = visit_other(v);
	v->services->mails = true;
	visit_get(other, "/dang-ky");
	CHECK_INT(visit_post(other, "/dang-ky", JOIN "0912345678"), 303);
	visit_sign_in(other, "0912345678", "mot cau that dai moi");
	visit_done(v);
}

/* --- one's own pages ------------------------------------------------------------------- */

TEST("a person sees and mends what is known of him, two windows never lose a word [C25-7.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		int64_t id = test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
		CHECK_INT(visit_get(v, "/ca-nhan/ho-so-ca-nhan"), 200);
		CHECK(visit_shows(v, "name=\"phien-ban\" value=\"1\""));
		const char *bad = "phien-ban=1&ho-ten=&so-dinh-danh=12&ngay-sinh-ngay=31&"
				  "ngay-sinh-thang=2&ngay-sinh-nam=1990&thu-dien-tu=x&dien-thoai=1";
		CHECK_INT(visit_post(v, "/ca-nhan/ho-so-ca-nhan", bad), 422);
		CHECK(visit_shows(v, "href=\"#ngay-sinh-ngay\"") &&
			visit_shows(v, "value=\"1990\""));
		const char *good =
			"phien-ban=1&ho-ten=H%E1%BA%A1nh&so-dinh-danh=036188004212&"
			"ngay-sinh-ngay=27&ngay-sinh-thang=3&ngay-sinh-nam=1990&gioi-tinh=nu&"
			"dien-thoai=%2B84+912+345+678&thu-dien-tu=an@example.vn&"
			"dia-chi=S%E1%BB%91+1";
		CHECK_INT(visit_post(v, "/ca-nhan/ho-so-ca-nhan", good), 303);
		struct account x;
		CHECK_OK(account_get(test_reader(v->services, a), a, id, &x));
		CHECK_STR(x.name, "Hạnh");
		CHECK_STR(x.phone, "0912345678");
		CHECK_STR(x.gender, "nu");
		CHECK_INT(x.birth.value, day_from(1990, 3, 27));
		CHECK(!x.wants_mail);
		visit_get(v, "/ca-nhan/ho-so-ca-nhan?luu=1");
		CHECK(visit_shows(v, "Đã lưu"));
		CHECK_INT(visit_post(v, "/ca-nhan/ho-so-ca-nhan",
				  "phien-ban=1&ho-ten=Khac&thu-dien-tu=an@example.vn"),
			409);
		CHECK(visit_shows(v, "value=\"Khac\"") && visit_shows(v, "value=\"2\""));
		CHECK_INT(visit_post(v, "/ca-nhan/ho-so-ca-nhan", "phien-ban=x"), 400);
		visit_done(v);
	}
}

TEST("another address for letters asks for the password, and the old one is told [C32-10.2]")
{
	static const char *const told =
		"SELECT count(*) AS n FROM job WHERE kind = 'notify.mail' AND key LIKE 'address/%'";
	static const char *const moved =
		"SELECT count(*) AS n FROM account WHERE email = 'moi@example.vn'";
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct visit *v = visit_new(a, engine, identity_folders, test_routes);
		REQUIRE(v);
		test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
		visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
		visit_get(v, "/ca-nhan/ho-so-ca-nhan");
		const char *form = "phien-ban=1&ho-ten=An&thu-dien-tu=moi@example.vn&mat-khau-cu=";
		CHECK_INT(visit_post(v, "/ca-nhan/ho-so-ca-nhan", form), 422);
		CHECK(visit_shows(v, "href=\"#mat-khau-cu\"") && visit_shows(v, "moi@example.vn"));
		CHECK_INT(test_count(v->services, a, moved) + test_count(v->services, a, told), 0);
		str right = arena_printf(
			a, "%str%%E1%%BB%%9Di+m%%C6%%B0a+s%%C3%%A2n+tr%%C6%%A1n", form);
		CHECK_INT(visit_post(v, "/ca-nhan/ho-so-ca-nhan", str_z(a, right)), 303);
		CHECK_INT(test_count(v->services, a, moved), 1);
		CHECK_INT(test_count(v->services, a, told), 1);
		CHECK(visit_audited(v, "account.address"));
		visit_done(v);
	}
}

TEST("changing the password asks for the old one, and ends the other sessions")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, test_routes);
	REQUIRE(v);
	test_account(v->services, a, "an@example.vn", ROLE_CITIZEN);
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	struct visit *phone = visit_other(v);
	visit_sign_in(phone, "an@example.vn", TEST_PASSWORD);
	str before = visit_session(v);
	visit_get(v, "/ca-nhan/bao-mat");
	CHECK_INT(visit_post(v, "/ca-nhan/bao-mat/mat-khau",
			  "mat-khau-cu=sai&mat-khau=mot+cau+that+dai+moi"),
		422);
	const char *old = "mat-khau-cu=tr%E1%BB%9Di+m%C6%B0a+s%C3%A2n+tr%C6%A1n&mat-khau=";
	CHECK_INT(visit_post(
			  v, "/ca-nhan/bao-mat/mat-khau", str_z(a, arena_printf(a, "%sngan", old))),
		422);
	CHECK_INT(visit_post(v, "/ca-nhan/bao-mat/mat-khau",
			  str_z(a, arena_printf(a, "%smot+cau+that+dai+moi", old))),
		303);
	CHECK(!str_eq(before, visit_session(v)));
	CHECK_INT(visit_get(v, "/ca-nhan"), 200);
	CHECK_INT(visit_get(phone, "/ca-nhan"), 303);
	visit_done(v);
}

TEST("a name that hides characters is refused beside its field, wherever people are named")
{
	static const char *const names[] = { "An%E2%80%AEhn", "%E2%81%A6An", "A%09n", "A%1Bn",
		"A%C2%85n" };
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, identity_folders, NULL);
	REQUIRE(v);
	test_account(v->services, a, "quantri@example.vn", ROLE_ADMIN);
	struct visit *admin = visit_other(v);
	visit_sign_in(admin, "quantri@example.vn", TEST_PASSWORD);
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *register_as = str_z(a,
			arena_printf(a, "ho-ten=%s&tai-khoan=an@example.vn&dong-y=1&%s", names[i],
				PASSWORD_FIELD));
		visit_get(v, "/dang-ky");
		CHECK_INT(visit_post(v, "/dang-ky", register_as), 422);
		CHECK(visit_shows(v, "href=\"#ho-ten\"") && visit_shows(v, "ký tự ẩn"));
		const char *add = str_z(a,
			arena_printf(a, "ho-ten=%s&tai-khoan=an&vai-tro=admin&co-quan=", names[i]));
		visit_get(admin, "/quan-tri/nguoi-dung/them");
		CHECK_INT(visit_post(admin, "/quan-tri/nguoi-dung/them", add), 422);
		CHECK(visit_shows(admin, "href=\"#ho-ten\""));
		visit_get(admin, "/ca-nhan/ho-so-ca-nhan");
		const char *change = str_z(a, arena_printf(a, "phien-ban=1&ho-ten=%s", names[i]));
		CHECK_INT(visit_post(admin, "/ca-nhan/ho-so-ca-nhan", change), 422);
		CHECK(visit_shows(admin, "href=\"#ho-ten\""));
	}
	visit_get(v, "/dang-ky");
	CHECK_INT(visit_post(v, "/dang-ky",
			  "ho-ten=%3Cb%3Ex+%2500&tai-khoan=an@example.vn&dong-y=1&" PASSWORD_FIELD),
		303);
	visit_done(v);
}
