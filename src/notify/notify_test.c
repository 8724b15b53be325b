/* SPDX-License-Identifier: Apache-2.0 */
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/crypto.h"
#include "notify/parts.h"
#include "notify/smtp_peer.h"
#include "tests/database.h"
#include "tests/visit.h"

static const struct mail sample = { .to = S("an@example.vn"),
	.subject =
		S("Hồ sơ H99.001.01-261123-0001 của bạn đã được tiếp nhận và hẹn ngày trả kết quả"),
	.text = S("Chào bạn.\n.\nDòng sau."),
	.id = S("0123abcd"),
	.at = 1795395600000000 /* 2026-11-23 08:00 in Vietnam */ };

static str compose(struct arena *a, const char *from, const struct mail *m)
{
	str message = S("");
	err e = mail_compose(a, str_from(from), m, &message);
	return e ? str_from(err_name(e)) : message;
}

#define HAS(text, part) tap_check(str_has((text), S(part)), __FILE__, __LINE__, "has " part)

TEST("a mail is ASCII in short lines, its Vietnamese encoded, its moment local")
{
	ARENA a = arena_new();
	str mail = compose(a, "Cổng Dịch vụ công <cong@h99.gov.vn>", &sample);
	str line, rest = mail;
	HAS(mail, "From: =?UTF-8?B?Q+G7lW5nIEThu4tjaCB24bulIGPDtG5n?=\r\n <cong@h99.gov.vn>\r\n");
	HAS(mail, "To: <an@example.vn>\r\nSubject: =?UTF-8?B?");
	HAS(mail, "Date: Mon, 23 Nov 2026 08:00:00 +0700\r\n");
	HAS(mail, "Message-ID: <0123abcd@h99.gov.vn>\r\n");
	HAS(mail, "\r\n\r\nQ2jDoG8gYuG6oW4uCi4KRMOybmcgc2F1Lg==\r\n");
	while (rest.n) {
		str_cut(rest, '\n', &line, &rest);
		CHECK(line.n <= 77 && str_ends(line, S("\r")));
		for (size_t i = 0; i < line.n; i++)
			CHECK((unsigned char)line.p[i] < 0x7f);
	}
	CHECK_STR(mail_address(S("cong@h99.gov.vn")), "cong@h99.gov.vn");
}

TEST("nobody adds a header, and what is no plain address is refused")
{
	ARENA a = arena_new();
	static const char *const bad[] = { "", "an", "an@x.vn\r\nBcc: b@y.vn", "an@x.vn>",
		"a n@x.vn", "<an@x.vn>", "an@x@y.vn", "hạnh@x.vn", "an@x.vn,b@y.vn", "@x.vn",
		"an@" };
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct mail m = sample;
		m.to = str_from(bad[i]);
		CHECK_STR(compose(a, "c@h99.vn", &m), "INVALID");
	}
	struct mail m = sample;
	m.subject = S("x\r\nBcc: b@y.vn");
	CHECK(!str_has(compose(a, "c@h99.vn", &m), S("Bcc:")));
	CHECK_STR(compose(a, "c@h99.vn\r\nBcc: b@y.vn", &sample), "UNAVAILABLE");
}

/* --- notices ------------------------------------------------------------------------ */

static const struct migration *const folders[] = { job_migrations, identity_migrations,
	notify_migrations, NULL };

static struct services *open_services(struct arena *a, enum db_engine engine)
{
	static const struct site site = { .origin = S("https://h99.example.vn") };
	struct services *s = test_services(a, engine, folders);
	s->site = &site;
	return s;
}

static err put(struct conn *c, struct arena *a, void *arg)
{
	return notify_put(c, a, arg, TEST_NOW);
}

static struct notice notice_for(int64_t account)
{
	return (struct notice){ .account_id = account,
		.kind = S("dossier.receive"),
		.reference = S("H99.001.01-261123-0001/2"),
		.title = S("Hồ sơ đã được tiếp nhận"),
		.text = S("Hẹn trả kết quả:\n16 giờ 30"),
		.link = S("/ca-nhan/ho-so/H99.001.01-261123-0001"),
		.email = S("an@example.vn") };
}

static int64_t waiting_jobs(struct services *s)
{
	ARENA a = arena_new();
	struct job_counts counts = { 0 };
	CHECK_OK(job_counts(test_reader(s, a), a, &counts));
	return counts.waiting;
}

static int64_t unread(struct services *s, int64_t account)
{
	ARENA a = arena_new();
	struct account x = { 0 };
	int64_t counted = -1;
	struct conn *c = test_reader(s, a);
	CHECK_OK(account_get(c, a, account, &x));
	CHECK_OK(notify_unread(c, a, account, &counted));
	CHECK_INT(x.unread, counted);
	return counted;
}

static err read_all(struct conn *c, struct arena *a, void *account)
{
	return notice_read(c, a, *(int64_t *)account, TEST_NOW + 1);
}

TEST("one event tells one person once, in the portal and by mail [C32-9.2, C32-9.3]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = open_services(a, engine);
		int64_t an = test_account(s, a, "an@example.vn", ROLE_CITIZEN);
		int64_t binh = test_account(s, a, "binh@example.vn", ROLE_CITIZEN);
		struct notice n = notice_for(an);
		CHECK_OK(db_write(s->db, a, put, &n));
		CHECK_OK(db_write(s->db, a, put, &n));
		CHECK_INT(unread(s, an), 1);
		CHECK_INT(waiting_jobs(s), 1);
		n.reference = S("H99.001.01-261123-0001/3");
		n.email = S("");
		CHECK_OK(db_write(s->db, a, put, &n));
		CHECK_INT(unread(s, an), 2);
		CHECK_INT(waiting_jobs(s), 1);
		CHECK_INT(unread(s, binh), 0);
		CHECK_OK(db_write(s->db, a, read_all, &an));
		CHECK_OK(db_write(s->db, a, read_all, &an));
		CHECK_INT(unread(s, an), 0);
	}
}

TEST("who wants no mail finds the notice in the portal only [C25-6.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = open_services(a, engine);
		int64_t an = test_account(s, a, "an@example.vn", ROLE_CITIZEN);
		struct notice n = notice_for(an);
		CHECK_OK(test_sql(s, a, "UPDATE account SET wants_mail = FALSE"));
		CHECK_OK(db_write(s->db, a, put, &n));
		CHECK_INT(unread(s, an), 1);
		CHECK_INT(waiting_jobs(s), 0);
	}
}

/* --- sending ------------------------------------------------------------------------ */

static int run_jobs(struct services *s, instant now)
{
	static const struct job_kind *const kinds[] = { notify_jobs, NULL };
	static const struct job_schedule *const none[] = { NULL };
	struct job_tables tables = { kinds, none };
	ARENA a = arena_new();
	int ran = 0;
	CHECK_OK(jobs_run_due(a, s->db, tables, s, now, &ran));
	return ran;
}

static void put_one(struct services *s, struct arena *a)
{
	struct notice n = notice_for(test_account(s, a, "an@example.vn", ROLE_CITIZEN));
	CHECK_OK(db_write(s->db, a, put, &n));
}

/* How many sendings ended like this. */
static int64_t sendings(struct services *s, struct arena *a, const char *outcome)
{
	return test_count(s, a,
		str_z(a,
			arena_printf(a, "SELECT count(*) AS n FROM sending WHERE outcome = '%s'",
				outcome)));
}

/* Jobs that still hold the address of the receiver. */
static int64_t letters_kept(struct services *s, struct arena *a)
{
	return test_count(
		s, a, "SELECT count(*) AS n FROM job WHERE payload LIKE '%an@example.vn%'");
}

TEST("a mail goes to the server, is tried again when told to, and is written down [C32-9.3]")
{
	static struct mail_config config = { .from = S("cong@h99.gov.vn") };
	ARENA a = arena_new();
	struct services *s = open_services(a, DB_SQLITE);
	struct smtp_peer *peer = smtp_peer_start(a);
	REQUIRE(peer);
	config.url = smtp_peer_url(peer, a);
	notify_configure(&config);
	put_one(s, a);
	smtp_peer_answer(peer, "RCPT", "451 later");
	CHECK_INT(run_jobs(s, TEST_NOW), 1);
	CHECK_INT(run_jobs(s, TEST_NOW), 0);
	CHECK_INT(smtp_peer_count(peer), 0);
	CHECK_INT(letters_kept(s, a), 1);
	smtp_peer_answer(peer, "RCPT", "250 ok");
	CHECK_INT(run_jobs(s, TEST_NOW + INSTANT_MINUTE), 1);
	CHECK_INT(smtp_peer_count(peer), 1);
	CHECK_INT(waiting_jobs(s), 0);
	CHECK_INT(letters_kept(s, a), 0); /* what was sent does not stay behind */
	HAS(smtp_peer_mail(peer), "To: <an@example.vn>\r\n");
	smtp_peer_stop(peer);
	CHECK_INT(sendings(s, a, "failed"), 1);
	CHECK_INT(sendings(s, a, "sent"), 1);
}

TEST("a receiver who does not exist is not tried for ever, and nothing leaves without STARTTLS")
{
	static struct mail_config config = { .from = S("cong@h99.gov.vn") };
	ARENA a = arena_new();
	struct services *s = open_services(a, DB_SQLITE);
	struct smtp_peer *peer = smtp_peer_start(a);
	REQUIRE(peer);
	config.url = smtp_peer_url(peer, a);
	config.start_tls = true;
	notify_configure(&config);
	put_one(s, a);
	CHECK_INT(run_jobs(s, TEST_NOW), 1);
	CHECK_INT(smtp_peer_count(peer), 0);
	CHECK_INT(waiting_jobs(s), 1);
	config.start_tls = false;
	smtp_peer_answer(peer, "RCPT", "550 no such person");
	CHECK_INT(run_jobs(s, TEST_NOW + INSTANT_MINUTE), 1);
	CHECK_INT(waiting_jobs(s), 0);
	CHECK_INT(sendings(s, a, "refused"), 1);
	smtp_peer_stop(peer);
}

TEST("a server that takes nothing from us loses no mail; one that will not have this one, this one")
{
	static struct mail_config config = { .from = S("cong@h99.gov.vn") };
	static const struct {
		const char *command, *reply;
		int waiting;
	} cases[] = { { "", "554 your address is blocked", 1 },
		{ "MAIL", "553 not the owner of this sender", 1 },
		{ ".", "554 looks like spam", 0 }, { "RCPT", "554 no such person", 0 } };
	for (size_t i = 0; i < COUNT(cases); i++) {
		ARENA a = arena_new();
		struct services *s = open_services(a, DB_SQLITE);
		struct smtp_peer *peer = smtp_peer_start(a);
		REQUIRE(peer);
		config.url = smtp_peer_url(peer, a);
		notify_configure(&config);
		put_one(s, a);
		smtp_peer_answer(peer, cases[i].command, cases[i].reply);
		CHECK_INT(run_jobs(s, TEST_NOW), 1);
		CHECK_INT(waiting_jobs(s), cases[i].waiting);
		CHECK_INT(letters_kept(s, a), cases[i].waiting);
		CHECK_INT(sendings(s, a, "refused"), !cases[i].waiting);
		smtp_peer_stop(peer);
	}
}

TEST("without a server mails stay in a folder, or in the portal alone")
{
	static struct mail_config config = { .from = S("cong@h99.gov.vn") };
	ARENA a = arena_new();
	struct services *s = open_services(a, DB_SQLITE);
	config.folder = arena_printf(a, "%s/mail", tap_folder());
	notify_configure(&config);
	put_one(s, a);
	CHECK_INT(run_jobs(s, TEST_NOW), 1);
	CHECK_INT(sendings(s, a, "sent"), 1);
	config.folder = S("");
	struct notice n = notice_for(test_account(s, a, "binh@example.vn", ROLE_CITIZEN));
	CHECK_OK(db_write(s->db, a, put, &n));
	CHECK_INT(run_jobs(s, TEST_NOW), 1);
	CHECK_INT(sendings(s, a, "kept"), 1);
}

static str mail_in(struct arena *a, str folder)
{
	str mail = S("");
	DIR *d = opendir(str_z(a, folder));
	for (struct dirent *e; CHECK(d) && (e = readdir(d));) {
		char *bytes = arena_bytes(a, 64 * KIB, 1);
		int fd = openat(dirfd(d), e->d_name, O_RDONLY | O_CLOEXEC);
		ssize_t n =
			str_ends(str_from(e->d_name), S(".eml")) ? read(fd, bytes, 64 * KIB) : 0;
		close(fd);
		if (n > 0)
			mail = (str){ bytes, (size_t)n };
	}
	if (d)
		closedir(d);
	return mail;
}

TEST("a mail of a demonstration says that it is a trial, as every page does")
{
	static const struct site trial = { .name = S("Cổng"), .demo = true };
	static struct mail_config config = { .from = S("cong@h99.gov.vn") };
	ARENA a = arena_new();
	struct services *s = open_services(a, DB_SQLITE);
	s->site = &trial;
	config.folder = arena_printf(a, "%s/trial", tap_folder());
	notify_configure(&config);
	put_one(s, a);
	CHECK_INT(run_jobs(s, TEST_NOW), 1);
	/* "[Thử nghiệm] " */
	HAS(mail_in(a, config.folder), "Subject: =?UTF-8?B?W1Ro4butIG5naGnhu4dtXSB");
}

/* --- the page ----------------------------------------------------------------------- */

/* A socket that takes connections and never says a word. */
static int silent_peer(struct arena *a, str *ret_url)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(bind(fd, (struct sockaddr *)&at, n) == 0 && listen(fd, 8) == 0 &&
		getsockname(fd, (struct sockaddr *)&at, &n) == 0);
	*ret_url = arena_printf(a, "smtp://127.0.0.1:%d", ntohs(at.sin_port));
	return fd;
}

static void *stop_soon(void *stop)
{
	usleep(200 * 1000);
	atomic_store((_Atomic bool *)stop, true);
	return NULL;
}

TEST("a mail server that says nothing does not hold the end of the program")
{
	static struct mail_config config = { .from = S("cong@h99.gov.vn") };
	static _Atomic bool stop;
	ARENA a = arena_new();
	struct mail m = sample;
	enum mail_outcome outcome;
	pthread_t thread;
	int fd = silent_peer(a, &config.url);
	notify_configure(&config);
	m.stop = &stop;
	REQUIRE(pthread_create(&thread, NULL, stop_soon, &stop) == 0);
	instant before = instant_monotonic();
	CHECK_ERR(mail_send(a, &m, &outcome), "UNAVAILABLE");
	CHECK(instant_monotonic() - before < 4 * INSTANT_SECOND);
	pthread_join(thread, NULL);
	close(fd);
}

TEST("a person reads his notices, each line its own, and marks them as read [C32-9.3]")
{
	ARENA a = arena_new();
	struct visit *v = visit_new(a, DB_SQLITE, folders, notify_routes);
	REQUIRE(v);
	struct notice n = notice_for(test_account(v->services, a, "an@example.vn", ROLE_CITIZEN));
	CHECK_OK(db_write(v->services->db, a, put, &n));
	visit_sign_in(v, "an@example.vn", TEST_PASSWORD);
	CHECK_INT(visit_get(v, "/ca-nhan/thong-bao"), 200);
	CHECK(visit_shows(v, "<p>Hẹn trả kết quả:</p>") && visit_shows(v, "<p>16 giờ 30</p>"));
	CHECK(visit_shows(v, "Chưa đọc"));
	CHECK(visit_shows(v, "href=\"/ca-nhan/ho-so/H99.001.01-261123-0001\""));
	CHECK_INT(visit_post(v, "/ca-nhan/thong-bao/da-doc", ""), 303);
	CHECK_INT(visit_get(v, "/ca-nhan/thong-bao"), 200);
	CHECK(!visit_shows(v, "Chưa đọc"));
	CHECK_INT(unread(v->services, n.account_id), 0);
	visit_done(v);
}
