/* SPDX-License-Identifier: Apache-2.0 */
/* The markup of each component, as web/README.md sets it. */
#include "tests/tap.h"
#include "view/qr.h"
#include "view/test_site.h"

TEST("a tag is an icon, a word and a colour")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	tag(&o, TONE_BAD, "circle-x", S("Quá hạn 2 ngày"));
	tag(&o, TONE_PLAIN, NULL, S("Một phần"));
	CHECK_MARKUP(&o,
		"<span class=\"tag tag-bad\">[circle-x] Quá hạn 2 ngày</span><span class=\"tag\">"
		"Một phần</span>");
}

TEST("the error summary links to each field; without errors there is none")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct field_error items[] = { { S("so-dinh-danh"), S("Phải có 12 chữ số") } };
	field_errors none = { 0 }, errors = { items, COUNT(items) };

	error_summary(&o, &none);
	CHECK_INT(o.b->n, 0);
	error_summary(&o, &errors);
	CHECK_MARKUP(&o,
		"<div class=\"error-summary\" id=\"loi\" role=\"alert\" tabindex=\"-1\" "
		"aria-labelledby=\"loi-tieu-de\"><h2 id=\"loi-tieu-de\">[circle-alert] Cần sửa 1 "
		"chỗ để tiếp tục</h2><ul><li><a href=\"#so-dinh-danh\">Phải có 12 chữ số</a></li>"
		"</ul></div>");
	CHECK_STR(error_of(&errors, S("so-dinh-danh")), "Phải có 12 chữ số");
	CHECK_STR(error_of(&errors, S("khac")), "");
}

TEST("a text input binds hint and error, and keeps what was typed")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	text_input(&o,
		&(struct input){ .id = S("so-dinh-danh"),
			.label = S("Số định danh cá nhân"),
			.hint = S("12 chữ số"),
			.error = S("Phải có 12 chữ số"),
			.value = S("\"036"),
			.input_mode = "numeric",
			.width = "12" });
	CHECK_MARKUP(&o,
		"<div class=\"field field-error\"><label for=\"so-dinh-danh\">Số định danh cá "
		"nhân</label><p class=\"hint\" id=\"so-dinh-danh-goi-y\">12 chữ số</p><p "
		"class=\"error-message\" id=\"so-dinh-danh-loi\">[circle-alert] <span><span "
		"class=\"visually-hidden\">Lỗi: </span>Phải có 12 chữ số</span></p><input "
		"class=\"input width-12\" type=\"text\" id=\"so-dinh-danh\" "
		"name=\"so-dinh-danh\" inputmode=\"numeric\" autocomplete=\"off\" "
		"spellcheck=\"false\" aria-invalid=\"true\" "
		"aria-describedby=\"so-dinh-danh-goi-y so-dinh-danh-loi\" value=\"&#34;036\">"
		"</div>");
}

TEST("a plain text input has nothing it does not need")
{
	ARENA a = arena_new();
	struct out o = out_in(a, ENGLISH, NULL);

	text_input(&o,
		&(struct input){ .id = S("von"),
			.label = S("Capital"),
			.value = S(""),
			.autocomplete = "on",
			.unit = S("dong"),
			.optional = true });
	CHECK_MARKUP(&o,
		"<div class=\"field\"><label for=\"von\">Capital <span class=\"optional\">"
		"(optional)</span></label><div class=\"input-unit\"><input class=\"input\" "
		"type=\"text\" id=\"von\" name=\"von\" autocomplete=\"on\" "
		"aria-describedby=\"von-don-vi\" value=\"\"><span id=\"von-don-vi\">dong</span>"
		"</div></div>");
}

TEST("long text says its limit and cannot close its own box")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	text_area(&o,
		&(struct input){ .id = S("ghi-chu"),
			.label = S("Ghi chú"),
			.most = 2000,
			.value = S("</textarea><script>") });
	CHECK_MARKUP(&o,
		"<div class=\"field\"><label for=\"ghi-chu\">Ghi chú</label><p class=\"hint\" "
		"id=\"ghi-chu-toi-da\">Tối đa 2.000 ký tự</p><textarea class=\"input\" "
		"id=\"ghi-chu\" name=\"ghi-chu\" rows=\"4\" maxlength=\"2000\" data-count=\"Còn "
		"%d ký tự\" aria-describedby=\"ghi-chu-toi-da\"> "
		"&lt;/textarea&gt;&lt;script&gt;</textarea></div>");
}

TEST("the first choice has the id that the error summary links to")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct option options[] = { { S("co"), S("Có") },
		{ S("khong"), S("Không"), .chosen = true } };

	radio_input(&o,
		&(struct choice_input){ .id = S("quoc-tich"),
			.label = S("Quốc tịch khác?"),
			.options = { options, COUNT(options) } });
	CHECK_MARKUP(&o,
		"<fieldset class=\"field\"><legend>Quốc tịch khác?</legend><div "
		"class=\"choice-row\"><div class=\"choice\"><input type=\"radio\" "
		"id=\"quoc-tich\" name=\"quoc-tich\" value=\"co\"><label for=\"quoc-tich\">"
		"Có</label></div><div class=\"choice\"><input type=\"radio\" id=\"quoc-tich-2\" "
		"name=\"quoc-tich\" value=\"khong\" checked><label for=\"quoc-tich-2\">"
		"Không</label></div></div></fieldset>");
}

TEST("check boxes have hints of their own")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct option options[] = { { S("1"), S("Bưu chính"), S("Từ 2 đến 4 ngày") } };

	radio_input(&o,
		&(struct choice_input){ .id = S("nhan"),
			.label = S("Cách nhận"),
			.hint = S("Chọn các cách"),
			.many = true,
			.error = S("Chọn một cách"),
			.options = { options, COUNT(options) } });
	CHECK_MARKUP(&o,
		"<fieldset class=\"field field-error\" aria-describedby=\"nhan-goi-y nhan-loi\">"
		"<legend>Cách nhận</legend><p class=\"hint\" id=\"nhan-goi-y\">Chọn các cách</p><p "
		"class=\"error-message\" id=\"nhan-loi\">"
		"[circle-alert] <span><span class=\"visually-hidden\">Lỗi: </span>Chọn một "
		"cách</span></p><div class=\"choice\"><input type=\"checkbox\" id=\"nhan\" "
		"name=\"nhan\" value=\"1\" aria-describedby=\"nhan-chi-dan\"><label for=\"nhan\">"
		"Bưu chính</label><p class=\"hint\" id=\"nhan-chi-dan\">Từ 2 đến 4 ngày</p></div>"
		"</fieldset>");
}

TEST("a select does not choose for the person")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct option options[] = { { S("1"), S("Phường Trung Tâm") },
		{ S("2"), S("Xã Đồng Xanh"), .chosen = true } };

	select_input(&o,
		&(struct choice_input){ .id = S("xa"),
			.label = S("Xã, phường"),
			.options = { options, COUNT(options) } });
	CHECK_MARKUP(&o,
		"<div class=\"field\"><label for=\"xa\">Xã, phường</label><select class=\"input "
		"width-24\" id=\"xa\" name=\"xa\"><option value=\"\">Chọn</option><option "
		"value=\"1\">Phường Trung Tâm</option><option value=\"2\" selected>Xã Đồng "
		"Xanh</option></select></div>");
}

TEST("a date is three boxes, and the error names the wrong one")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	date_boxes(&o,
		&(struct date_input){ .id = S("sinh"),
			.label = S("Ngày sinh"),
			.error = S("Tháng từ 1 đến 12"),
			.day = S("08"),
			.month = S("13"),
			.year = S("1992"),
			.own_birthday = true,
			.bad_month = true });
	str markup = test_flat(a, out_html(&o).safe);
	CHECK_HAS(
		markup, S("<fieldset class=\"field field-error\" aria-describedby=\"sinh-loi\">"));
	CHECK_HAS(markup,
		S("<div><label for=\"sinh-ngay\">Ngày</label><input class=\"input width-2\" "
		  "type=\"text\" id=\"sinh-ngay\" name=\"sinh-ngay\" inputmode=\"numeric\" "
		  "autocomplete=\"bday-day\" value=\"08\"></div>"));
	CHECK_HAS(markup,
		S("autocomplete=\"bday-month\" aria-invalid=\"true\" "
		  "aria-describedby=\"sinh-loi\" value=\"13\">"));
	CHECK_HAS(markup, S("<input class=\"input width-4\" type=\"text\" id=\"sinh-nam\""));
}

TEST("a file chooser says the limit and lists what is there [C32-7.6]")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct file_row files[] = { { S("a<b>.jpg"), 1200 * 1024, URL(&o, "/tep/1"), S("1") },
		{ S("b.pdf"), 80 * 1024 } };

	file_chooser(&o,
		&(struct file_input){ .id = S("tep"),
			.label = S("Giấy chứng sinh"),
			.accept = ".pdf,.jpg",
			.several = true,
			.most = LIMIT_FILE_USUAL,
			.files = { files, COUNT(files) } });
	CHECK_MARKUP(&o,
		"<div class=\"field\"><label for=\"tep\">Giấy chứng sinh</label><p "
		"class=\"hint\" id=\"tep-toi-da\">Mỗi tệp tối đa 10 MB</p><div class=\"upload\">"
		"<input type=\"file\" id=\"tep\" name=\"tep\" multiple accept=\".pdf,.jpg\" "
		"aria-describedby=\"tep-toi-da\"></div><ul class=\"file-list\"><li><a "
		"class=\"file-name\" href=\"/tep/1\">[file-text] a&lt;b&gt;.jpg <span "
		"class=\"muted small\">1,2 MB</span></a><span class=\"tag tag-ok\">[check] Đã "
		"tải lên</span><button class=\"button button-secondary button-small\" "
		"type=\"submit\" name=\"xoa\" value=\"1\">[trash-2] Xóa<span "
		"class=\"visually-hidden\"> a&lt;b&gt;.jpg</span></button><details "
		"class=\"file-replace\"><summary>Thay bằng tệp khác<span "
		"class=\"visually-hidden\"> a&lt;b&gt;.jpg</span></summary><input type=\"file\" "
		"name=\"thay.1\" aria-label=\"Tệp thay cho a&lt;b&gt;.jpg\" "
		"accept=\".pdf,.jpg\"></details></li><li><span "
		"class=\"file-name\">[file-text] b.pdf <span class=\"muted small\">80 kB</span>"
		"</span><span class=\"tag tag-ok\">[check] Đã tải lên</span></li></ul></div>");
}

/* --- paging --------------------------------------------------------------- */
static struct paging paging_for(struct arena *a, str query, int64_t total)
{
	struct req *r = test_request(a, VIETNAMESE, S("/thu-tuc"), query);

	return paging_of(r, total, 20, S("thủ tục"));
}

TEST("pages are counted, and a page that is not there gives the nearest")
{
	ARENA a = arena_new();
	struct paging p = paging_for(a, S(""), 0);

	CHECK(p.page == 1 && p.pages == 1 && p.first == 0 && p.last == 0);
	p = paging_for(a, S("trang=2"), 20);
	CHECK(p.page == 1 && p.pages == 1 && p.first == 1 && p.last == 20);
	p = paging_for(a, S("trang=2"), 21);
	CHECK(p.page == 2 && p.pages == 2 && p.first == 21 && p.last == 21);
	p = paging_for(a, S("trang=99999"), 45);
	CHECK(p.page == 3 && p.first == 41 && p.last == 45);
	p = paging_for(a, S("trang=-1"), 45);
	CHECK_INT(p.page, 1);
	p = paging_for(a, S("trang=99999999999999999999"), 45);
	CHECK_INT(p.page, 1);
}

TEST("one page needs no pagination")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct paging p = paging_for(a, S(""), 20);

	pagination(&o, &p);
	CHECK_INT(o.b->n, 0);
}

TEST("pagination shows the ends and the neighbours, and keeps the filters")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct paging p = paging_for(a, S("q=a&trang=2"), 1862);

	pagination(&o, &p);
	CHECK_MARKUP(&o,
		"<nav class=\"pagination\" aria-label=\"Trang\"><p>21–40 trong 1.862 thủ tục</p>"
		"<ul><li><a href=\"/thu-tuc?q=a\" rel=\"prev\">[chevron-left] Trước</a></li><li>"
		"<a href=\"/thu-tuc?q=a\"><span class=\"visually-hidden\">Trang </span>1</a></li>"
		"<li><span aria-current=\"page\"><span class=\"visually-hidden\">Trang </span>"
		"2</span></li><li><a href=\"/thu-tuc?q=a&amp;trang=3\"><span "
		"class=\"visually-hidden\">Trang </span>3</a></li><li><span "
		"class=\"pagination-gap\">…</span></li><li><a href=\"/thu-tuc?q=a&amp;trang=94\">"
		"<span class=\"visually-hidden\">Trang </span>94</a></li><li><a "
		"href=\"/thu-tuc?q=a&amp;trang=3\" rel=\"next\">Sau [chevron-right]</a></li></ul>"
		"</nav>");
}

TEST("a list that a form asks for has its pages as buttons of that form")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	test_posted = S("2");
	struct paging p = paging_for(a, S(""), 60);
	test_posted = S("");
	p.form = S("loc");

	pagination(&o, &p);
	CHECK_INT(p.page, 2);
	str markup = test_flat(a, out_html(&o).safe);
	CHECK_HAS(markup,
		S("<li><button type=\"submit\" form=\"loc\" name=\"trang\" value=\"1\">"
		  "[chevron-left] Trước</button></li>"));
	CHECK_HAS(markup, S("name=\"trang\" value=\"3\">Sau [chevron-right]</button></li>"));
	CHECK_LACKS(markup, S("href"));
}

TEST("pagination at its last page, with gaps where pages are left out")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct paging p = paging_for(a, S("trang=94"), 1862);

	pagination(&o, &p);
	str markup = test_flat(a, out_html(&o).safe);
	CHECK_HAS(markup,
		S("<li><a href=\"/thu-tuc\"><span class=\"visually-hidden\">Trang </span>1</a></li>"
		  "<li><span class=\"pagination-gap\">…</span></li><li><a "
		  "href=\"/thu-tuc?trang=93\"><span class=\"visually-hidden\">Trang </span>"
		  "93</a></li><li><span aria-current=\"page\"><span class=\"visually-hidden\">"
		  "Trang </span>94</span></li></ul>"));
	CHECK_LACKS(markup, S("rel=\"next\""));
}

/* --- pictures ------------------------------------------------------------- */
static struct bar_chart chart_of(struct bar *bars, size_t n)
{
	return (struct bar_chart){
		.title = S("Hồ sơ <theo> tháng"),
		.description = S("Tăng từ 897 lên 1.296 & hơn"),
		.axis = S("Tháng"),
		.legends = { S("Đúng hạn"), S("Đang xử lý"), S("Quá hạn") },
		.bars = { bars, n },
	};
}

TEST("a chart is drawn to scale, escaped, and told again as a table [C32-18.3]")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct bar bars[] = { { S("T<6>"), { 812, 64, 21 } }, { S("T11"), { 1246, 41, 9 } } };
	struct bar_chart chart = chart_of(bars, COUNT(bars));

	bar_chart(&o, &chart);
	str markup = test_flat(a, out_html(&o).safe);
	CHECK_HAS(markup,
		S("aria-label=\"Hồ sơ &lt;theo&gt; tháng. Tăng từ 897 lên 1.296 &amp; hơn\""));
	CHECK_HAS(markup, S("<line class=\"axis\" x1=\"40\" x2=\"352\" y1=\"180\" y2=\"180\"/>"));
	/* The tallest bar ends at the top of the plane. */
	CHECK_HAS(markup,
		S("<rect class=\"series-3\" x=\"244\" y=\"45\" width=\"60\" height=\"1\"/>"));
	CHECK_HAS(markup, S(">1.296</text>"));
	CHECK_HAS(markup,
		S("<th scope=\"row\">T&lt;6&gt;</th><td class=\"numeric\">812</td>"
		  "<td class=\"numeric\">64</td><td class=\"numeric\">21</td>"));
	CHECK_LACKS(markup, S("style="));
}

TEST("a chart of nothing, of noughts and of too much is still a chart")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct bar bars[] = { { S("T1"), { 0, 0, 0 } }, { S("T2"), { INT64_MAX, -5, INT64_MAX } } };
	struct bar_chart none = chart_of(NULL, 0), noughts = chart_of(bars, 1),
			 most = chart_of(bars, 2);

	bar_chart(&o, &none);
	bar_chart(&o, &noughts);
	bar_chart(&o, &most);
	CHECK_LACKS(out_html(&o).safe, S("=\"-"));
}

TEST("a ring shows its share, an overfull one the whole")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	ring(&o, 993, S("99,3 phần trăm đúng hạn"));
	str markup = out_html(&o).safe;
	CHECK_HAS(markup, S("stroke-dasharray=\"262 263.9\""));
	CHECK_HAS(markup, S(">99,3%</text>"));
	ring(&o, 2000, S("x"));
	CHECK_HAS(out_html(&o).safe, S("stroke-dasharray=\"263.9 263.9\""));
}

TEST("the clock of a dossier is filled by the part that is used")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);

	deadline_bar(&o, TONE_WARN, 2, 7, S("Đã qua 2 trong 7 ngày"));
	deadline_bar(&o, TONE_BAD, 9, 7, S("Quá hạn"));
	deadline_bar(&o, TONE_PLAIN, 0, 0, S("Không có hạn"));
	str markup = out_html(&o).safe;
	CHECK_HAS(markup, S("<rect class=\"fill-warn\" width=\"85\" height=\"14\"/>"));
	CHECK_HAS(markup, S("<rect class=\"fill-bad\" width=\"300\" height=\"14\"/>"));
	CHECK_HAS(markup, S("<rect class=\"fill-paused\" width=\"0\" height=\"14\"/>"));
}

/* Draws the runs again and compares: the path covers exactly the dark modules. */
TEST("a QR code is one path that covers each dark module once")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	str text = S("https://lamgiang.test/xac-minh/H99.005-261118-0042");
	struct qr q;
	struct qr_run run = { 0 };
	size_t dark = 0, drawn = 0;

	REQUIRE(!qr_make(a, text, &q));
	unsigned char *seen = arena_array(a, unsigned char, q.side *q.side);
	while (qr_next(&q, &run))
		for (size_t i = 0; i < run.n; i++, drawn++)
			seen[run.y * q.side + run.x + i] = 1;
	for (size_t i = 0; i < q.side * q.side; i++)
		dark += q.dark[i];
	CHECK(!memcmp(seen, q.dark, q.side * q.side));
	CHECK_INT(drawn, (int64_t)dark);
	/* The finder pattern begins with a run of seven in the corner of the quiet zone. */
	qr_code(&o, text, S("Mã QR mở hồ sơ"));
	CHECK_HAS(out_html(&o).safe, S("aria-label=\"Mã QR mở hồ sơ\""));
	CHECK_HAS(out_html(&o).safe, S("d=\"M4 4h7v1h-7z"));
	CHECK(out_html(&o).safe.n < 8 * KIB);
}

TEST("a text too long for a QR code is written out")
{
	ARENA a = arena_new();
	struct out o = out_in(a, VIETNAMESE, NULL);
	char *text = arena_array(a, char, 4000);

	memset(text, '<', 4000);
	qr_code(&o, (str){ text, 4000 }, S("x"));
	CHECK(str_starts(out_html(&o).safe, S("&lt;&lt;")));
}
