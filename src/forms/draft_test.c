/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts in the database, on both engines. */
#include "core/crypto.h"
#include "forms/forms_test.h"
#include "forms/sample.h"
#include "forms/site_test.h"
#include "notify/notify.h"

#include <fcntl.h>
#include <unistd.h>

TEST("a procedure whose samples do not come out is not imported, and nothing with it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, forms_folders);
		const struct embedded *file = starter_files;
		struct embedded files[400] = { 0 };
		struct procedure p;
		struct conn *c;
		for (size_t n = 0; file->name && n + 1 < COUNT(files); file++, n++)
			files[n] = *file;
		REQUIRE(!file->name);
		for (struct embedded *f = files; f->name; f++)
			if (strcmp(f->name, "procedures/2.000635.json") == 0) {
				char *text = arena_bytes(a, f->n + 1, 1), *fee;
				memcpy(text, f->bytes, f->n);
				REQUIRE((fee = strstr(text, "\"fee\": ")) != NULL);
				fee[7] = '9'; /* "fee":9…, another sum */
				f->bytes = text;
			}
		err e = catalogue_import_starter(s->db, a, files, form_publishable, TEST_NOW);
		CHECK(e && e->kind == ERR_INVALID && str_has(e->detail, S("samples[")));
		CHECK_OK(db_reader(s->db, a, &c));
		CHECK(procedure_on(c, a, S("1.001193"), day_of(TEST_NOW), &p));
		CHECK_OK(catalogue_import_starter(
			s->db, a, starter_files, form_publishable, TEST_NOW));
		CHECK_OK(procedure_on(c, a, S("1.001193"), day_of(TEST_NOW), &p));
	}
}

TEST("every form of the starter catalogue can be read and shown in both languages")
{
	static const char *const codes[] = { "2.000635", "1.001193", "1.001612", "2.002409" };
	ARENA a = arena_new();
	struct services *s = test_site(a, DB_SQLITE);
	struct req *r = test_request_of(s, a, 0);
	struct form_source x = { .today = day_of(TEST_NOW) };
	REQUIRE(CHECK_OK(reader_of(r, &x.conn)));
	for (size_t i = 0; i < COUNT(codes); i++) {
		struct procedure p;
		const struct form *f;
		field_errors errors = { 0 };
		form_summary_pages pages;
		size_t first;
		REQUIRE(CHECK_OK(procedure_on(x.conn, a, str_from(codes[i]), x.today, &p)));
		if (!CHECK_OK(form_of(a, &p, &f)))
			continue;
		CHECK(f->pages.n > 2);
		x.language = i % 2 ? ENGLISH : VIETNAMESE;
		CHECK_OK(form_check(a, &x, f, answers_new(a), &errors, &first));
		CHECK(errors.n > 3);
		CHECK_OK(form_summary(a, &x, f, answers_new(a), &pages));
		for (size_t k = 0; k < f->pages.n; k++) {
			struct out o = out_in(a, x.language, NULL);
			struct form_showing none = { 0 };
			CHECK_OK(form_page_view(&o, &x, &f->pages.items[k],
				form_applying(a, f, answers_new(a), x.today), &errors, &none));
		}
	}
}

struct act {
	struct draft *draft;
	const char *text;
	bool mine;
	str dossier;
};

static err save(struct conn *c, struct arena *a, void *arg)
{
	struct act *x = arg;
	struct draft d = *x->draft;
	d.answers = str_from(x->text);
	d.page = S("lien-he");
	return draft_save(c, a, &d, TEST_NOW + INSTANT_DAY);
}

static err submit(struct conn *c, struct arena *a, void *arg)
{
	struct act *x = arg;
	return draft_submit(c, a, x->draft, str_from(x->text), &x->mine, &x->dossier);
}

static err forget(struct conn *c, struct arena *a, void *arg)
{
	return draft_delete(c, a, ((struct act *)arg)->draft);
}

TEST("a draft begins with what the account knows, and only its owner sees it [C32-4.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		int64_t hanh = test_account(s, a, "hanh@example.vn", ROLE_CITIZEN);
		int64_t lan = test_account(s, a, "lan@example.vn", ROLE_CITIZEN);
		struct req *r = test_request_of(s, a, hanh);
		struct draft d = test_draft(r), *all;
		struct answers *given;
		struct conn *c;
		size_t n = 99;
		REQUIRE(d.id && CHECK_OK(reader_of(r, &c)));
		CHECK(draft_code_valid(d.code) && !draft_code_valid(S("2.000635")));
		CHECK(d.version == 1 && !d.submitted && d.owner_id == hanh);
		CHECK_INT(day_of(d.expires_at), day_from(2026, 12, 23));
		REQUIRE(CHECK_OK(answers_parse(a, d.answers, &given)));
		CHECK_STR(answer(given, S("ho-ten")), "Nguyễn Thị Hạnh");
		CHECK_STR(answer(given, S("dien-thoai")), "");
		CHECK_ERR(draft_get(c, a, d.code, lan, &d), "NOT_FOUND");
		CHECK_ERR(draft_get(c, a, S("aaaaaaaaaa"), hanh, &d), "NOT_FOUND");
		CHECK_OK(draft_list(c, a, lan, &all, &n));
		CHECK_INT((int64_t)n, 0);
		CHECK_OK(draft_list(c, a, hanh, &all, &n));
		CHECK_INT((int64_t)n, 1);
	}
}

TEST("a save compares versions and gives the draft another thirty days")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		struct req *r =
			test_request_of(s, a, test_account(s, a, "hanh@example.vn", ROLE_CITIZEN));
		struct draft d = test_draft(r), now;
		struct act x = { .draft = &d, .text = "{\"a\":\"1\"}" };
		struct conn *c;
		REQUIRE(d.id && CHECK_OK(reader_of(r, &c)));
		CHECK_OK(db_write(s->db, a, save, &x));
		CHECK_ERR(db_write(s->db, a, save, &x), "CONFLICT");
		REQUIRE(CHECK_OK(draft_get(c, a, d.code, d.owner_id, &now)));
		CHECK_STR(now.answers, "{\"a\":\"1\"}");
		CHECK_STR(now.page, "lien-he");
		CHECK_INT(now.version, 2);
		CHECK_INT(day_of(now.expires_at), day_from(2026, 12, 24));
		char *huge = arena_bytes(a, LIMIT_ANSWERS + 2, 1);
		memset(huge, ' ', LIMIT_ANSWERS + 1);
		x = (struct act){ .draft = &now, .text = huge };
		CHECK_ERR(db_write(s->db, a, save, &x), "TOO_LARGE");
	}
}

TEST("a draft is submitted once: the second try learns the first one's code")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		struct req *r =
			test_request_of(s, a, test_account(s, a, "hanh@example.vn", ROLE_CITIZEN));
		struct draft d = test_draft(r), old = d;
		struct act first = { .draft = &d, .text = "H99.001-261123-0001" };
		struct act second = { .draft = &d, .text = "H99.001-261123-0002" };
		struct act change = { .draft = &d, .text = "{}" };
		struct conn *c;
		REQUIRE(d.id && CHECK_OK(reader_of(r, &c)));
		old.version = 0;
		second.draft = &old;
		CHECK_ERR(db_write(s->db, a, submit, &second), "CONFLICT");
		CHECK_OK(db_write(s->db, a, submit, &first));
		CHECK(first.mine);
		second.draft = &d;
		CHECK_OK(db_write(s->db, a, submit, &second));
		CHECK(!second.mine);
		CHECK_STR(second.dossier, "H99.001-261123-0001");
		CHECK_ERR(db_write(s->db, a, save, &change), "CONFLICT");
		CHECK_ERR(db_write(s->db, a, forget, &change), "CONFLICT");
		REQUIRE(CHECK_OK(draft_get(c, a, d.code, d.owner_id, &d)));
		CHECK(d.submitted);
		CHECK_STR(d.dossier, "H99.001-261123-0001");
		CHECK_STR(d.answers, "{}");
	}
}

TEST("one person has so many open drafts and no more")
{
	ARENA a = arena_new();
	struct services *s = test_site(a, DB_SQLITE);
	struct req *r = test_request_of(s, a, test_account(s, a, "hanh@example.vn", ROLE_CITIZEN));
	struct draft d = test_draft(r);
	struct act x = { .draft = &d };
	struct procedure p = { .code = S(TEST_PROCEDURE), .version_id = d.version_id };
	struct form f = { 0 };
	str code;
	REQUIRE(d.id);
	for (int i = 1; i < LIMIT_DRAFTS; i++)
		CHECK_OK(draft_start(r, &p, &f, answers_new(a), S("H99.001"), &code));
	CHECK_ERR(draft_start(r, &p, &f, answers_new(a), S("H99.001"), &code), "TOO_MANY");
	CHECK_OK(db_write(s->db, a, forget, &x));
	CHECK_OK(draft_start(r, &p, &f, answers_new(a), S("H99.001"), &code));
}

TEST("the owner of a draft is told once, some days before it is forgotten [C32-9.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		int64_t owner = test_account(s, a, "hanh@example.vn", ROLE_CITIZEN), unread = 0;
		struct draft d = test_draft(test_request_of(s, a, owner));
		struct job j = { .arena = a, .db = s->db };
		REQUIRE(d.id);
		j.now = d.expires_at - (LIMIT_DRAFT_WARNING_DAYS + 1) * INSTANT_DAY;
		CHECK_OK(forms_schedules[1].run(&j));
		CHECK_OK(notify_unread(test_reader(s, a), a, owner, &unread));
		CHECK_INT(unread, 0);
		j.now = d.expires_at - (LIMIT_DRAFT_WARNING_DAYS - 1) * INSTANT_DAY;
		CHECK_OK(forms_schedules[1].run(&j));
		CHECK_OK(forms_schedules[1].run(&j));
		CHECK_OK(notify_unread(test_reader(s, a), a, owner, &unread));
		CHECK_INT(unread, 1);
	}
}

static void check_warned(enum db_engine engine, int64_t days, int64_t hours)
{
	ARENA a = arena_new();
	struct services *s = test_site(a, engine);
	int64_t owner = test_account(s, a, "hanh@example.vn", ROLE_CITIZEN), unread = 0;
	struct job j = { .arena = a, .db = s->db, .now = TEST_NOW };

	drafts_configure(days);
	struct draft d = test_draft(test_request_of(s, a, owner));
	REQUIRE(d.id);
	CHECK_INT(day_of(d.expires_at), day_of(TEST_NOW) + days);
	CHECK_OK(forms_schedules[1].run(&j));
	j.now = d.expires_at - hours * INSTANT_HOUR - 1;
	CHECK_OK(forms_schedules[1].run(&j));
	CHECK_OK(notify_unread(test_reader(s, a), a, owner, &unread));
	CHECK_INT(unread, 0);
	j.now = d.expires_at - hours * INSTANT_HOUR;
	CHECK_OK(forms_schedules[1].run(&j));
	CHECK_OK(notify_unread(test_reader(s, a), a, owner, &unread));
	CHECK_INT(unread, 1);
	drafts_configure(LIMIT_DRAFT_DAYS);
}

TEST("a draft lives as long as is configured, and its owner is told in the second half [C32-9.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		check_warned(engine, 60, LIMIT_DRAFT_WARNING_DAYS * 24);
		check_warned(engine, 5, 60);
		check_warned(engine, 1, 12);
	}
}

TEST("drafts are forgotten after their day, submitted ones are not")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		struct req *r =
			test_request_of(s, a, test_account(s, a, "hanh@example.vn", ROLE_CITIZEN));
		struct draft d = test_draft(r), sent = test_draft(r);
		struct act x = { .draft = &sent, .text = "H99.001-261123-0001" };
		struct job j = { .arena = a, .db = s->db, .now = d.expires_at };
		struct conn *c;
		REQUIRE(d.id && sent.id && CHECK_OK(reader_of(r, &c)));
		CHECK_OK(db_write(s->db, a, submit, &x));
		j.now = d.expires_at - 1;
		CHECK_OK(forms_schedules[0].run(&j));
		CHECK_OK(draft_get(c, a, d.code, d.owner_id, &d));
		j.now = d.expires_at;
		CHECK_OK(forms_schedules[0].run(&j));
		CHECK_ERR(draft_get(c, a, d.code, d.owner_id, &d), "NOT_FOUND");
		CHECK_OK(draft_get(c, a, sent.code, sent.owner_id, &sent));
	}
}

/* --- papers ------------------------------------------------------------------ */
static const char page_text[] =
	"{'title':'T','declaration':'C','pages':[{'id':'p','title':'P','fields':["
	"{'id':'a','kind':'text','label':'A'},"
	"{'id':'g','kind':'paper','label':'Giấy','component':'k'}]}]}";

/* A small form over a kept draft, as work_open makes it. */
static bool small_work(struct req *r, struct work *w)
{
	static struct component k = { .id = S("k"), .name = S("K"), .required = true };
	struct draft d = test_draft(r);
	w->procedure = (struct procedure){ .components = { &k, 1 } };
	w->source = (struct form_source){ .today = day_of(TEST_NOW) };
	struct answers *given = answers_new(r->arena);
	return d.id &&
		CHECK_OK(json_parse(r->arena, json_of(r->arena, page_text), &w->procedure.form)) &&
		CHECK_OK(form_of(r->arena, &w->procedure, &w->form)) &&
		CHECK_OK(reader_of(r, &w->source.conn)) && CHECK_OK(work_renew(r, w, &d, given));
}

static struct upload upload_of(struct arena *a, const char *name, str bytes)
{
	str path = arena_printf(a, "%s/%s", tap_folder(), name);
	int fd = open(str_z(a, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
	return (struct upload){ .field = S("g"),
		.file_name = str_from(name),
		.path = path,
		.size = (int64_t)bytes.n,
		.sha256 = sha256_of(a, bytes) };
}

static void give(struct req *r, const struct upload *files, size_t n)
{
	r->uploads.items = arena_array(r->arena, struct upload, n);
	r->uploads.n = n;
	memcpy(r->uploads.items, files, n * sizeof *files);
}

#define PNG "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x8\6\0\0\0\x1f\x15\xc4\x89"

TEST("good papers are kept when others are refused, each with its reason [C32-7.5] [C32-7.6]")
{
	ARENA a = arena_new();
	struct services *s = test_site(a, DB_SQLITE);
	struct req *r = test_request_of(s, a, test_account(s, a, "hanh@example.vn", ROLE_CITIZEN));
	struct work w;
	struct saving x = { .work = &w, .now = TEST_NOW };
	field_errors errors = { 0 };
	REQUIRE(small_work(r, &w));
	struct upload good = upload_of(a, "anh.png", S(PNG));
	struct upload files[] = { upload_of(a, "trong.png", S("")), good,
		upload_of(a, "chay.exe", S("MZ\x90")), upload_of(a, "gia.pdf", S(PNG)),
		upload_of(a, "anh-2.png", S(PNG)),
		{ .field = S("g"),
			.file_name = S("lon.pdf"),
			.size = LIMIT_FILE,
			.too_large = true } };
	give(r, files, COUNT(files));
	x.page = &w.form->pages.items[0];
	REQUIRE(CHECK_OK(papers_take(r, &w, x.page, &x.papers, &errors)));
	CHECK_INT((int64_t)x.papers.n, 1);
	REQUIRE(errors.n == 1);
	CHECK_STR(errors.items[0].field, "g");
	CHECK_STR(errors.items[0].message,
		"Tệp “trong.png” không có nội dung: chọn tệp khác. "
		"Tệp “chay.exe” không dùng được: chọn tệp PDF, JPG, PNG hoặc DOCX. "
		"Tệp “gia.pdf” khác đuôi tên tệp: lưu lại PDF, JPG, PNG hoặc DOCX. "
		"Tệp “anh-2.png” đã có ở mục này: không cần gửi lại. "
		"Tệp “lon.pdf” quá lớn: mỗi tệp tối đa 10 MB");

	x.typed = w.given;
	x.seen = page_print(a, x.page, w.given);
	REQUIRE(CHECK_OK(db_write(s->db, a, save_page, &x)));
	CHECK(answer(x.stored, S("g")).n > 0);
	REQUIRE(CHECK_OK(draft_get(w.source.conn, a, w.draft.code, w.draft.owner_id, &x.draft)));
	REQUIRE(CHECK_OK(work_renew(r, &w, &x.draft, x.stored)));
	REQUIRE(w.n_files == 1);
	CHECK_STR(w.files[0].name, "anh.png");
	CHECK_STR(w.files[0].mime, "image/png");

	/* The same once more is the same paper; then it is removed, and no answer names it. */
	good = upload_of(a, "anh.png", S(PNG));
	give(r, &good, 1);
	REQUIRE(CHECK_OK(papers_take(r, &w, x.page, &x.papers, &errors)));
	CHECK_INT((int64_t)x.papers.n, 0);
	x.removed = w.files[0].id;
	REQUIRE(CHECK_OK(db_write(s->db, a, save_page, &x)));
	CHECK_STR(answer(x.stored, S("g")), "");
}

TEST("two tabs: other pages and equal answers merge, different ones are for the person to choose")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_site(a, engine);
		struct req *r =
			test_request_of(s, a, test_account(s, a, "hanh@example.vn", ROLE_CITIZEN));
		struct work w;
		struct saving x = { .work = &w, .now = TEST_NOW };
		struct answers *typed = answers_new(a);
		REQUIRE(small_work(r, &w));
		x.page = &w.form->pages.items[0];
		x.typed = typed;
		x.seen = page_print(a, x.page, answers_new(a));
		answer_set(typed, S("a"), S("một"));
		REQUIRE(CHECK_OK(db_write(s->db, a, save_page, &x)));
		CHECK(!x.conflict);
		/* A second click. */
		REQUIRE(CHECK_OK(db_write(s->db, a, save_page, &x)));
		CHECK(!x.conflict);
		/* The other tab, drawn before. */
		answer_set(typed, S("a"), S("hai"));
		REQUIRE(CHECK_OK(db_write(s->db, a, save_page, &x)));
		CHECK(x.conflict);
		CHECK_STR(answer(x.stored, S("a")), "một");
		/* Told what is kept, the person insists. */
		x.seen = page_print(a, x.page, x.stored);
		REQUIRE(CHECK_OK(db_write(s->db, a, save_page, &x)));
		CHECK(!x.conflict);
		CHECK_STR(answer(x.stored, S("a")), "hai");
	}
}
