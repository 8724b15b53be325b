/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/paper.h"
#include "view/pdf.h"

/* Every letter of Vietnamese that has a mark. */
static const char marks[] =
	"à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ è é ẻ ẽ ẹ ê ề ế ể ễ ệ ì í ỉ ĩ ị ò ó ỏ õ ọ ô ồ ố "
	"ổ ỗ ộ ơ ờ ớ ở ỡ ợ ù ú ủ ũ ụ ư ừ ứ ử ữ ự ỳ ý ỷ ỹ ỵ";
#define CAPITALS "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Ẵ Ễ Ữ Đ"

static const struct pdf_style plain, strong = { .bold = true, .align = PDF_CENTER, .size = 12 };

static str slip(struct arena *a, size_t rows)
{
	static const int widths[] = { 10, 60, 30 };
	struct pdf *p = pdf_new(a, PDF_A5, S("Giấy tiếp nhận hồ sơ"), S("vi"));
	str *cells = arena_array(a, str, 3 * (rows + 1)), bytes = S("");

	pdf_columns(p, 45, S("UBND PHƯỜNG\nSố: 0042/TNHS"), &strong, S(CAPITALS), &strong);
	pdf_text(p, S("GIẤY TIẾP NHẬN HỒ SƠ"), &strong);
	pdf_qr(p, S("https://lamgiang.test/xac-minh/x"), 82);
	pdf_pair(p, S("Mã hồ sơ"), S("H99.005-261118-0042"), true);
	pdf_boxed(p, S("Hẹn trả: 16 giờ 30, thứ Ba, 01/12/2026"), &strong);
	pdf_text(p, str_from(marks), &plain);
	for (size_t i = 0; i < 3 * (rows + 1); i++)
		cells[i] = i < 3 ? S("Đầu bảng") : S("Tờ khai cấp bản sao trích lục hộ tịch");
	pdf_table(p, widths, 3, cells, rows + 1);
	CHECK(!pdf_end(p, &bytes));
	return bytes;
}

static size_t count(str text, str what)
{
	size_t n = 0;

	for (size_t at; (at = str_find(text, what)) < text.n; n++)
		text = str_from_at(text, at + what.n);
	return n;
}

TEST("the same paper is the same bytes")
{
	ARENA a = arena_new();
	str first = slip(a, 2);

	CHECK(str_starts(first, S("%PDF-1.")));
	CHECK(str_eq(first, slip(a, 2)));
	CHECK(!str_eq(first, slip(a, 3)));
}

TEST("a paper states the title, and no moment at which it was made")
{
	ARENA a = arena_new();
	str bytes = slip(a, 2);

	CHECK(!str_has(bytes, S("(D:20")));
	CHECK(str_has(bytes, S("/Title")));
}

TEST("every Vietnamese letter can be read in the paper")
{
	ARENA a = arena_new();
	str text = paper_words(a, slip(a, 2)), rest = str_from(marks), letter;

	if (!text.n)
		SKIP("pdftotext is not installed");
	while (rest.n) {
		str_cut(rest, ' ', &letter, &rest);
		CHECK(str_has(text, letter));
	}
	CHECK(str_has(text, S("VIỆT")));
	CHECK(str_has(text, S("H99.005-261118-0042")));
	CHECK(str_has(text, S("16 giờ 30, thứ Ba, 01/12/2026")));
}

TEST("a paper is set in one family of letters, marks and all")
{
	ARENA a = arena_new();
	str rest = slip(a, 2), family = S(""), base = S("/BaseFont /");
	size_t at, fonts = 0;

	while ((at = str_find(rest, base)) < rest.n) {
		/* "ABCDEF+LiberationSerif-Bold": the subset, the family, the cut. */
		str name = str_from_at(rest, at + base.n + 7);
		name = str_part(name, 0, str_find(name, S("\n")));
		name = str_part(name, 0, str_find(name, S("-")));
		CHECK(!fonts++ || str_eq(name, family));
		family = name;
		rest = str_from_at(rest, at + base.n);
	}
	CHECK(fonts >= 2);
}

TEST("some family has the letters that papers need") { CHECK(pdf_family()); }

TEST("what is to stay whole on a paper is made smaller until it fits, and what fits is left")
{
	ARENA a = arena_new();
	const struct pdf_style whole = { .size = 12, .fit = true }, broken = { .size = 12 };
	struct pdf *p = pdf_new(a, PDF_A5, S("x"), S("vi"));
	str bytes = S(""), text;

	pdf_columns(p, 42, S("UBND"), &broken, S(CAPITALS "\nngày"), &whole);
	pdf_columns(p, 42, S("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN"), &broken, S("ngắn"), &whole);
	REQUIRE(!pdf_end(p, &bytes));
	text = paper_text(a, bytes);
	if (!text.n)
		SKIP("pdftotext is not installed");
	CHECK(str_has(text, S(CAPITALS "\n")));
	CHECK(!str_has(text, S("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN")));
}

TEST("a long table goes on over pages, under its head again")
{
	ARENA a = arena_new();
	str text = paper_text(a, slip(a, 120));

	if (!text.n)
		SKIP("pdftotext is not installed");
	size_t pages = count(text, S("\f"));
	CHECK(pages > 2);
	/* Words, not sentences: the cells wrap. */
	CHECK(count(text, S("Đầu")) >= 3 * pages - 3);
	CHECK_INT(count(text, S("trích")), 3 * 120);
}

TEST("a cell longer than a page is not cut")
{
	ARENA a = arena_new();
	struct buf longest = buf_in(a, MIB);
	str bytes = S("");
	static const int widths[] = { 50, 50 };

	for (int i = 0; i < 800; i++)
		buf_printf(&longest, "dòng%d ", i);
	str cells[] = { S("A"), S("B"), buf_str(&longest), S("ngắn") };
	struct pdf *p = pdf_new(a, PDF_A5, S("x"), S("vi"));
	pdf_table(p, widths, 2, cells, 2);
	pdf_text(p, buf_str(&longest), &plain);
	REQUIRE(!pdf_end(p, &bytes));
	str text = paper_text(a, bytes);
	if (!text.n)
		SKIP("pdftotext is not installed");
	CHECK_INT(count(text, S("dòng799")), 2);
	CHECK_INT(count(text, S("dòng400")), 2);
}

/* Rows of a value that takes some lines, its ends marked. */
static str rows_marked(struct arena *a, size_t rows)
{
	struct pdf *p = pdf_new(a, PDF_A4, S("x"), S("vi"));
	str *cells = arena_array(a, str, 2 * rows), bytes = S("");

	for (size_t i = 0; i < rows; i++) {
		cells[2 * i] = arena_printf(a, "hỏi%zu", i);
		if (i % 7 != 6)
			cells[2 * i + 1] =
				arena_printf(a, "đầu%zu\nchữ ở giữa\nmột dòng nữa\ncuối%zu", i, i);
	}
	pdf_foot(p, S("chân trang"), S("Trang {n}/9"));
	pdf_answers(p, 40, cells, rows, S("không có"));
	CHECK(pdf_pages(p) > 1);
	CHECK(!pdf_end(p, &bytes));
	return bytes;
}

TEST("no row of answers is cut by the end of a page, and each page has its number [C32-7.2]")
{
	ARENA a = arena_new();
	str rest = paper_text(a, rows_marked(a, 100)), page;
	size_t pages = 0;

	if (!rest.n)
		SKIP("pdftotext is not installed");
	CHECK_INT(count(rest, S("hỏi")), 100);
	CHECK_INT(count(rest, S("không có")), 100 / 7);
	while (str_cut(rest, '\f', &page, &rest)) {
		CHECK_INT(count(page, S("đầu")), count(page, S("cuối")));
		CHECK_INT(count(page, S("chân trang")), 1);
		CHECK(str_has(page, arena_printf(a, "Trang %zu/9", ++pages)));
	}
	CHECK(pages > 3);
}

TEST("a heading is never the last line of a page")
{
	ARENA a = arena_new();

	for (int lines = 50; lines < 62; lines++) {
		struct pdf *p = pdf_new(a, PDF_A4, S("x"), S("vi"));
		const str cells[] = { S("hỏi"), S("đáp") };
		str bytes = S(""), page, rest;
		for (int i = 0; i < lines; i++)
			pdf_text(p, S("dòng"), &plain);
		pdf_text(p, S("tiêu đề"), &(struct pdf_style){ .bold = true, .heading = 2 });
		pdf_answers(p, 40, cells, 1, S(""));
		REQUIRE(!pdf_end(p, &bytes));
		rest = paper_text(a, bytes);
		if (!rest.n)
			SKIP("pdftotext is not installed");
		while (str_cut(rest, '\f', &page, &rest))
			CHECK(str_has(page, S("tiêu đề")) == str_has(page, S("hỏi")));
	}
}
