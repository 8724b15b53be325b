/* SPDX-License-Identifier: Apache-2.0 */
/* Papers of a draft: given, replaced, given twice, refused beforehand; on both engines. */
#include "core/crypto.h"
#include "file/scan.h"
#include "file/upload.h"
#include "forms/forms_test.h"
#include "forms/review_parts.h"
#include "forms/site_test.h"
#include "forms/upload_read.h"

#include <fcntl.h>
#include <unistd.h>

static const char page_text[] =
	"{'title':'T','declaration':'C','pages':[{'id':'p','title':'P','fields':["
	"{'id':'g','kind':'paper','label':'Giấy khai sinh','component':'k'},"
	"{'id':'h','kind':'paper','label':'Hộ chiếu','component':'l'}]}]}";

struct desk {
	struct services *s;
	struct req *r;
	struct form form;
	struct work w;
};

/* A draft whose first paper takes files of 1 MB, the second of 10. */
static bool desk_open(struct desk *x, struct arena *a, enum db_engine engine)
{
	static struct component components[] = { { .id = S("k"), .name = S("K"), .most_mb = 1 },
		{ .id = S("l"), .name = S("L") } };

	x->s = test_site(a, engine);
	x->r = test_request_of(x->s, a, test_account(x->s, a, "hanh@example.vn", ROLE_CITIZEN));
	struct draft d = test_draft(x->r);
	struct work *w = &x->w;
	w->procedure = (struct procedure){ .components = { components, COUNT(components) } };
	w->form = &x->form;
	w->source = (struct form_source){ .today = day_of(TEST_NOW) };
	return d.id && CHECK_OK(json_parse(a, json_of(a, page_text), &w->procedure.form)) &&
		CHECK_OK(form_parse(a, &w->procedure, &x->form)) &&
		CHECK_OK(reader_of(x->r, &w->source.conn)) &&
		CHECK_OK(work_renew(x->r, w, &d, answers_new(a)));
}

static struct upload upload_of(struct arena *a, const char *input, const char *name, str bytes)
{
	str path = arena_printf(a, "%s/%s", tap_folder(), name);
	int fd = open(str_z(a, path), O_WRONLY | O_CREAT | O_TRUNC, 0600);

	CHECK(fd >= 0 && write(fd, bytes.p, bytes.n) == (ssize_t)bytes.n);
	close(fd);
	return (struct upload){ .field = str_from(input),
		.file_name = str_from(name),
		.path = path,
		.size = (int64_t)bytes.n,
		.sha256 = sha256_of(a, bytes) };
}

/* Posts the page with the files; what is wrong with them, of both papers. */
static str post(struct desk *x, struct upload *files, size_t n)
{
	struct arena *a = x->r->arena;
	const struct form_page *p = &x->form.pages.items[0];
	struct saving saving = { .work = &x->w, .page = p, .typed = x->w.given, .now = TEST_NOW };
	field_errors errors = { 0 };

	x->r->uploads.items = files;
	x->r->uploads.n = n;
	saving.seen = page_print(a, p, x->w.given);
	if (!CHECK_OK(papers_take(x->r, &x->w, p, &saving.papers, &errors)) ||
		!CHECK_OK(db_write(x->s->db, a, save_page, &saving)) ||
		!CHECK_OK(draft_get(x->w.source.conn, a, x->w.draft.code, x->w.draft.owner_id,
			&saving.draft)) ||
		!CHECK_OK(work_renew(x->r, &x->w, &saving.draft, saving.stored)))
		return S("");
	return arena_printf(a, STR_FMT STR_FMT, STR_ARG(error_of(&errors, S("g"))),
		STR_ARG(error_of(&errors, S("h"))));
}

#define PDF(text) S("%PDF-1.7\n" text "\n%%EOF\n")

TEST("the number shown at a paper is the number enforced [C32-7.3] [C32-7.6]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct desk x;
		struct out o = out_in(a, VIETNAMESE, NULL);
		struct form_showing none = { 0 };
		struct buf large = buf_in(a, 2 * MIB);
		REQUIRE(desk_open(&x, a, engine));
		CHECK_OK(form_page_view(&o, &x.w.source, &x.form.pages.items[0], x.w.given,
			&(field_errors){ 0 }, &none));
		CHECK(str_has(out_html(&o).safe, S("Mỗi tệp tối đa 1 MB")));
		CHECK(str_has(out_html(&o).safe, S("Mỗi tệp tối đa 10 MB")));
		buf_add(&large, PDF("a"));
		while (large.n <= MIB)
			buf_add(&large, S("0123456789"));
		struct upload files[] = { upload_of(a, "g", "lon.pdf", buf_str(&large)),
			upload_of(a, "h", "vua.pdf", buf_str(&large)) };
		CHECK_STR(post(&x, files, 2), "Tệp “lon.pdf” quá lớn: mỗi tệp tối đa 1 MB");
		CHECK_INT(x.w.n_files, 1);
	}
}

TEST("a file is replaced by another, and one from the camera is one more")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct desk x;
		REQUIRE(desk_open(&x, a, engine));
		struct upload first = upload_of(a, "g", "mot.pdf", PDF("1"));
		CHECK_STR(post(&x, &first, 1), "");
		REQUIRE(x.w.n_files == 1);
		str input = arena_printf(a, "thay.%lld", (long long)x.w.files[0].id);
		struct upload more[] = { upload_of(a, str_z(a, input), "hai.pdf", PDF("2")),
			upload_of(a, "chup.g", "ba.pdf", PDF("3")),
			upload_of(a, "thay.999", "khong.pdf", PDF("4")) };
		CHECK_STR(post(&x, more, 3), "");
		REQUIRE(x.w.n_files == 2);
		CHECK_STR(x.w.files[0].name, "hai.pdf");
		CHECK_STR(x.w.files[1].name, "ba.pdf");
		CHECK(answer(x.w.given, S("g")).n > 0);
	}
}

TEST("a file that the paper has already stops nobody; what it was to replace goes")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct desk x;
		REQUIRE(desk_open(&x, a, engine));
		struct upload files[] = { upload_of(a, "g", "mot.pdf", PDF("1")),
			upload_of(a, "g", "hai.pdf", PDF("2")),
			upload_of(a, "chup.g", "lai.pdf", PDF("2")) };
		CHECK_STR(post(&x, files, 3), "");
		REQUIRE(x.w.n_files == 2);
		str itself = arena_printf(a, "thay.%lld", (long long)x.w.files[0].id);
		struct upload same = upload_of(a, str_z(a, itself), "mot.pdf", PDF("1"));
		CHECK_STR(post(&x, &same, 1), "");
		REQUIRE(x.w.n_files == 2);
		struct upload other = upload_of(a, str_z(a, itself), "ba.pdf", PDF("2"));
		CHECK_STR(post(&x, &other, 1), "");
		REQUIRE(x.w.n_files == 1);
		CHECK_STR(x.w.files[0].name, "hai.pdf");
		CHECK_STR(answer(x.w.given, S("g")),
			arena_printf(a, "%lld", (long long)x.w.files[0].file_id));
	}
}

TEST("the same file under another paper is taken, and said")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct desk x;
		REQUIRE(desk_open(&x, a, engine));
		struct upload files[] = { upload_of(a, "g", "mot.pdf", PDF("1")),
			upload_of(a, "h", "hai.pdf", PDF("1")) };
		CHECK_STR(post(&x, files, 2), "");
		REQUIRE(x.w.n_files == 2);
		CHECK_STR(x.w.files[0].same, "");
		CHECK_STR(x.w.files[1].same, "Tệp này giống tệp “mot.pdf” ở mục “Giấy khai sinh”");
	}
}

struct ending {
	struct file_upload *upload;
	enum file_verdict verdict;
};

static err refuse(struct conn *c, struct arena *a, void *arg)
{
	const struct ending *x = arg;
	bool mine;

	return file_upload_end(c, a, x->upload, x->verdict, TEST_NOW, &mine);
}

TEST("what was refused when it came in pieces is said with the next page, once")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct desk x;
		struct file_upload u,
			wanted = { .name = S("khoa.pdf"), .field = S("h"), .size = 9 };
		REQUIRE(desk_open(&x, a, engine));
		wanted.owner_id = x.w.draft.owner_id;
		wanted.subject = x.w.draft.code;
		REQUIRE(CHECK_OK(file_upload_begin(x.s->db, a, &wanted, TEST_NOW, &u)));
		struct ending locked = { &u, FILE_LOCKED };
		CHECK_OK(db_write(x.s->db, a, refuse, &locked));
		struct upload good = upload_of(a, "g", "mot.pdf", PDF("1"));
		CHECK_STR(post(&x, &good, 1),
			"Tệp “khoa.pdf” có mật khẩu: bỏ mật khẩu hoặc in lại thành PDF");
		CHECK_INT(x.w.n_files, 1);
		CHECK_STR(post(&x, NULL, 0), "");
	}
}

TEST("a file in which a virus was found is no answer, and cannot be opened")
{
	ARENA a = arena_new();
	struct desk x;
	REQUIRE(desk_open(&x, a, DB_SQLITE));
	file_scanner(x.s->files, S("/no/such/clamd"));
	struct upload files[] = { upload_of(a, "g", "mot.pdf", PDF("1")),
		upload_of(a, "g", "hai.pdf", PDF("2")) };
	CHECK_STR(post(&x, files, 2), "");
	REQUIRE(x.w.n_files == 2);
	CHECK_STR(x.w.files[0].scan, "waiting");
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct file_row row = paper_row(&o, &x.w.files[0]);
	CHECK(str_has(row.state, S("Đang quét")) && row.open.safe.n);
	x.w.files[0].scan = S("refused");
	row = paper_row(&o, &x.w.files[0]);
	CHECK(row.tone == TONE_BAD && !row.open.safe.n);
	CHECK_STR(paper_answer(a, x.w.files, 2, S("g")),
		arena_printf(a, "%lld", (long long)x.w.files[1].file_id));
}

TEST("before sending, a paper says its files by name, and what is to be known of each [C32-7.4]")
{
	ARENA a = arena_new();
	struct desk x;
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct review_row row = { 0 };
	struct summary_row rows[] = { { .field = S("g"), .value = S("3 tệp"), .paper = true },
		{ .field = S("h"), .value = S("1"), .paper = false } };
	struct summary_page page = { .rows = { rows, COUNT(rows) } };
	form_summary_pages pages = { &page, 1 };
	struct filled_file sent[8];
	REQUIRE(desk_open(&x, a, DB_SQLITE));
	struct upload files[] = { upload_of(a, "g", "mot.pdf", PDF("1")),
		upload_of(a, "g", "hai.pdf", PDF("2")), upload_of(a, "g", "ba.pdf", PDF("3")),
		upload_of(a, "g", "bon.pdf", PDF("4")), upload_of(a, "h", "nam.pdf", PDF("5")) };
	CHECK_STR(post(&x, files, COUNT(files)), "");
	REQUIRE(x.w.n_files == COUNT(files));
	x.w.files[0].scan = S("clean");
	x.w.files[1].scan = S("failed");
	x.w.files[2].scan = S("refused");
	x.w.files[3].scan = S("");
	x.w.files[3].facts = (struct file_facts){ .width = 200, .height = 300 };
	papers_review(&o, &x.w, S("g"), &row);
	form_summary_name(a, &pages, sent, work_sent_files(&x.w, sent));
	CHECK_STR(rows[0].value, "3 tệp: mot.pdf; hai.pdf; bon.pdf");
	CHECK_STR(rows[1].value, "1");
	REQUIRE(row.notes.n == 3);
	CHECK_STR(row.notes.items[0].file, "hai.pdf");
	CHECK_STR(row.notes.items[0].state, "Chưa quét được vi-rút");
	CHECK_STR(row.notes.items[0].advice,
		"Bạn vẫn nộp được: cơ quan sẽ kiểm tra tệp này khi tiếp nhận");
	CHECK_STR(row.notes.items[1].file, "ba.pdf");
	CHECK_STR(row.notes.items[1].state, "Có vi-rút, không nhận");
	CHECK_STR(row.notes.items[2].state, "");
	CHECK_STR(row.notes.items[2].advice, "Ảnh có thể khó đọc: chụp lại gần hơn, đủ sáng");
}

TEST("what a script says of an upload is read strictly")
{
	static const struct {
		const char *fields, *kind;
	} cases[] = {
		{ "muc=g&ten=a.pdf&co=1&sua=0", "OK" },
		{ "muc=g&ten=C:%5Ca%5Cb.pdf&co=52428800&sua=-1", "OK" },
		{ "muc=g&ten=a.pdf&co=52428801&sua=0", "TOO_LARGE" },
		{ "muc=g&ten=a.pdf&co=99999999999999999999&sua=0", "BAD_REQUEST" },
		{ "muc=g&ten=a.pdf&co=0&sua=0", "BAD_REQUEST" },
		{ "muc=g&ten=a.pdf&co=1e3&sua=0", "BAD_REQUEST" },
		{ "muc=g&ten=a.pdf&co=1", "BAD_REQUEST" },
		{ "muc=g&ten=%2F&co=1&sua=0", "BAD_REQUEST" },
		{ "ten=a.pdf&co=1&sua=0", "BAD_REQUEST" },
		{ "", "BAD_REQUEST" },
	};
	ARENA a = arena_new();
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct upload_wish w;
		if (!CHECK_ERR(upload_wish_read(posted(a, cases[i].fields), &w), cases[i].kind))
			printf("#   %s\n", cases[i].fields);
	}
	CHECK_STR(upload_code(S("abcdefghijkmnpqrstuvwxyz")), "abcdefghijkmnpqrstuvwxyz");
	CHECK_STR(upload_code(S("abcdefghijkmnpqrstuvwxy1")), "");
	CHECK_STR(upload_code(S("../../../../../../passwd")), "");
	CHECK_STR(upload_code(S("abc")), "");
}
