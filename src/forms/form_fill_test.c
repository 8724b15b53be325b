/* SPDX-License-Identifier: Apache-2.0 */
/* What is typed becomes answers; what is wrong with them is said. */
#include "forms/draft.h"
#include "forms/forms_test.h"

#define FIELD(kind, more) "{'id':'x','kind':'" kind "','label':'Mục X'" more "}"

static str read_field(struct arena *a, const char *fields, const char *body)
{
	const struct form *f = form_with(a, fields);
	struct form_source x = source_in(VIETNAMESE);
	struct answers *s = answers_new(a);

	const struct answers *drawn = f ? form_applying(a, f, s, x.today) : NULL;
	if (!f || !CHECK(!form_read(posted(a, body), &x, &f->pages.items[0], drawn, s)))
		return S("?");
	return answer(s, S("x"));
}

TEST("what people type is understood, and what is not stays as typed")
{
	static const struct {
		const char *field, *body, *answer;
	} typed[] = {
		{ FIELD("text", ""), "x=+Nguy%E1%BB%85n++Th%E1%BB%8B+", "Nguyễn  Thị" },
		{ FIELD("text", ""), "x=e%CC%82%CC%81", "ế" }, /* NFC */
		{ FIELD("text", ""), "x=a%0D%0Ab%09c", "a b c" },
		{ FIELD("text", ""), "x=%E2%80%AEabc", "abc" }, /* turns the direction of writing */
		{ FIELD("text", ""), "x=1&x=2", "1" },
		{ FIELD("text", ""), "y=1", "" },
		{ FIELD("long_text", ""), "x=a%0D%0Ab+", "a\nb" },
		{ FIELD("integer", ""), "x=12", "12" },
		{ FIELD("integer", ""), "x=+007+", "7" },
		{ FIELD("integer", ""), "x=-1.200", "-1200" },
		{ FIELD("integer", ""), "x=-0", "0" },
		{ FIELD("integer", ""), "x=m%C6%B0%E1%BB%9Di", "mười" },
		{ FIELD("integer", ""), "x=1.5", "1.5" },
		{ FIELD("integer", ""), "x=1.2000", "1.2000" },
		{ FIELD("integer", ""), "x=.200", ".200" },
		{ FIELD("money", ""), "x=1.200.000", "1200000" },
		{ FIELD("money", ""), "x=1+200+000", "1200000" },
		{ FIELD("money", ""), "x=1%C2%A0200%C2%A0000", "1200000" },
		{ FIELD("money", ""), "x=1,200,000", "1200000" },
		{ FIELD("money", ""), "x=1.200,000", "1.200,000" },
		{ FIELD("money", ""), "x=1234.567", "1234.567" },
		{ FIELD("date", ""), "x-ngay=7&x-thang=3&x-nam=1990", "1990-03-07" },
		{ FIELD("date", ""), "x-ngay=+07+&x-thang=03&x-nam=1990", "1990-03-07" },
		{ FIELD("date", ""), "x-ngay=29&x-thang=2&x-nam=2024", "2024-02-29" },
		{ FIELD("date", ""), "x-ngay=29&x-thang=2&x-nam=2023", "29\n2\n2023" },
		{ FIELD("date", ""), "x-ngay=&x-thang=3&x-nam=", "\n3\n" },
		{ FIELD("date", ""), "x-ngay=&x-thang=&x-nam=", "" },
		{ FIELD("date", ""), "x-ngay=7&x-thang=3&x-nam=90", "7\n3\n90" },
		{ FIELD("yes_no", ""), "x=yes", "yes" },
		{ FIELD("yes_no", ""), "x=maybe", "maybe" },
		{ FIELD("one", ",'options':[{'value':'a','label':'A'}]"), "x=z", "z" },
		{ FIELD("many", ",'options':[{'value':'a','label':'A'}]"),
			"x=b&x=a&x=b&x=", "b\na" },
		{ FIELD("person_id", ""), "x=0361+8800+4212", "036188004212" },
		{ FIELD("person_id", ""), "x=abc", "abc" },
		{ FIELD("phone", ""), "x=0912+345.678", "0912345678" },
		{ FIELD("phone", ""), "x=%2B84+912-345-678", "0912345678" },
		{ FIELD("phone", ""), "x=84912345678", "0912345678" },
		{ FIELD("phone", ""), "x=%2B84(0)912345678", "0912345678" },
		{ FIELD("phone", ""), "x=%2B84", "+84" },
		{ FIELD("phone", ""), "x=g%E1%BB%8Di+t%C3%B4i", "gọi tôi" },
		{ FIELD("email", ""), "x=Hanh@Example.VN", "Hanh@example.vn" },
		{ FIELD("email", ""), "x=hanh", "hanh" },
		{ FIELD("number", ""), "x=1.234,5", "1234.5" },
		{ FIELD("number", ""), "x=12.50", "12.5" },
		{ FIELD("number", ""), "x=1.234", "1234" },
		{ FIELD("number", ",'decimals':3"), "x=1234.567", "1234.567" },
		{ FIELD("number", ""), "x=-0,25", "-0.25" },
		{ FIELD("number", ""), "x=1,234", "1,234" },
		{ FIELD("number", ""), "x=hai", "hai" },
		{ FIELD("time", ""), "x=7h30", "07:30" },
		{ FIELD("time", ""), "x=7+gi%E1%BB%9D", "07:00" },
		{ FIELD("time", ""), "x=0730", "07:30" },
		{ FIELD("time", ""), "x=25:00", "25:00" },
		{ FIELD("tax_code", ""), "x=0100109106+001", "0100109106-001" },
		{ FIELD("date", ",'partial':true"), "x-ngay=&x-thang=3&x-nam=1990", "1990-03" },
		{ FIELD("date", ",'partial':true"), "x-ngay=&x-thang=&x-nam=1990", "1990" },
	};

	for (size_t i = 0; i < COUNT(typed); i++) {
		ARENA a = arena_new();
		if (!CHECK_STR(read_field(a, typed[i].field, typed[i].body), typed[i].answer))
			CHECK_STR(typed[i].field, "");
	}
}

TEST("radios and boxes that were shown and left empty lose their answer, hidden ones keep it")
{
	ARENA a = arena_new();
	const struct form *f = form_with(a,
		"{'id':'a','kind':'yes_no','label':'A'},"
		"{'id':'b','kind':'yes_no','label':'B','when':{'==':[{'var':'a'},'yes']}}");
	struct form_source x = source_in(VIETNAMESE);
	struct answers *s = answers_new(a);
	REQUIRE(f);
	answer_set(s, S("a"), S("no"));
	answer_set(s, S("b"), S("yes"));
	CHECK(!form_read(
		posted(a, "a=yes"), &x, &f->pages.items[0], form_applying(a, f, s, x.today), s));
	CHECK_STR(answer(s, S("a")), "yes");
	CHECK_STR(answer(s, S("b")), "yes");
	CHECK(!form_read(
		posted(a, "z=1"), &x, &f->pages.items[0], form_applying(a, f, s, x.today), s));
	CHECK_STR(answer(s, S("a")), "");
	CHECK_STR(answer(s, S("b")), "");
}

static void check_errors(enum language l, const char *fields, const char *id, const char *value,
	const char *field, const char *message)
{
	ARENA a = arena_new();
	const struct form *f = form_with(a, fields);
	struct form_source x = source_in(l);
	struct answers *s = answers_new(a);
	field_errors errors = { 0 };

	if (!f)
		return;
	answer_set(s, str_from(id), str_from(value));
	CHECK(!form_check_page(
		a, &x, &f->pages.items[0], form_applying(a, f, s, x.today), &errors));
	CHECK_STR(errors.n ? errors.items[0].message : S(""), message);
	CHECK_STR(errors.n ? errors.items[0].field : S(""), field);
	CHECK(errors.n <= 1);
}

TEST("each kind says what to do, at the input to be mended")
{
#define OWN ",'required':true,'error':'Nói rõ X','error_en':'Say X'"
	static const struct {
		const char *field, *value, *input, *message;
	} cases[] = {
		{ FIELD("text", ""), "", "", "" },
		{ FIELD("text", ",'required':true"), "", "x", "Nhập “Mục X”" },
		{ FIELD("text", OWN), "", "x", "Nói rõ X" },
		{ FIELD("text", OWN ",'most':3"), "ạạạạ", "x",
			"“Mục X” tối đa 3 ký tự, bạn đã nhập 4" },
		{ FIELD("text", OWN ",'most':3"), "ạạạ", "", "" },
		{ FIELD("text", ",'least':3"), "ab", "x", "“Mục X” cần ít nhất 3 ký tự" },
		{ FIELD("integer", ""), "mười", "x",
			"“Mục X” là số nguyên viết bằng chữ số, ví dụ 12" },
		{ FIELD("integer", OWN), "mười", "x", "Nói rõ X" },
		{ FIELD("integer", ",'least':1"), "0", "x", "“Mục X” phải từ 1 trở lên" },
		{ FIELD("integer", ",'most':10"), "11", "x", "“Mục X” không được quá 10" },
		{ FIELD("integer", ""), "99999999999999999999", "x",
			"“Mục X” là số nguyên viết bằng chữ số, ví dụ 12" },
		{ FIELD("money", ",'least':1000000"), "5", "x",
			"“Mục X” phải từ 1.000.000 đồng trở lên" },
		{ FIELD("date", ",'required':true"), "", "x-ngay",
			"Nhập ngày, tháng, năm ở “Mục X”" },
		{ FIELD("date", ""), "\n3\n1990", "x-ngay", "Nhập ngày ở “Mục X”" },
		{ FIELD("date", ""), "1\n\n1990", "x-thang", "Nhập tháng ở “Mục X”" },
		{ FIELD("date", ""), "1\n3\n", "x-nam", "Nhập năm ở “Mục X”" },
		{ FIELD("date", ""), "32\n3\n1990", "x-ngay", "Ngày ở “Mục X” phải từ 1 đến 31" },
		{ FIELD("date", ""), "1\n13\n1990", "x-thang", "Tháng ở “Mục X” phải từ 1 đến 12" },
		{ FIELD("date", ""), "1\n3\n90", "x-nam",
			"Năm ở “Mục X” phải có 4 chữ số, ví dụ 1990" },
		{ FIELD("date", ""), "29\n2\n2023", "x-ngay",
			"Tháng 2/2023 chỉ có 28 ngày: sửa “Mục X”" },
		{ FIELD("date", ",'past':true"), "2026-11-24", "x-ngay",
			"“Mục X” không được sau hôm nay, 23/11/2026" },
		{ FIELD("date", ",'past':true"), "2026-11-23", "", "" },
		{ FIELD("date", ",'future':true"), "2026-11-22", "x-ngay",
			"“Mục X” không được trước hôm nay, 23/11/2026" },
		{ FIELD("date", ",'least':'2000-01-01'"), "1999-12-31", "x-ngay",
			"“Mục X” phải từ ngày 01/01/2000" },
		{ FIELD("date", ",'most':'2000-01-01'"), "2000-01-02", "x-ngay",
			"“Mục X” không được sau ngày 01/01/2000" },
		{ FIELD("yes_no", ",'required':true"), "", "x", "Chọn một mục ở “Mục X”" },
		{ FIELD("yes_no", ""), "maybe", "x", "Chọn một mục ở “Mục X”" },
		{ FIELD("yes_no", ""), "no", "", "" },
		{ FIELD("one", ",'options':[{'value':'a','label':'A'}]"), "z", "x",
			"Chọn một mục ở “Mục X”" },
		{ FIELD("one", ",'options':[{'value':'a','label':'A'}]"), "a", "", "" },
		{ FIELD("many", ",'options':[{'value':'a','label':'A'}]"), "a\nz", "x",
			"Chọn ít nhất một mục ở “Mục X”" },
		{ FIELD("commune", ",'required':true"), "", "x-tinh",
			"Chọn tỉnh rồi chọn xã, phường ở “Mục X”" },
		{ FIELD("person_id", ""), "03618800421", "x", "“Mục X” phải có 12 chữ số" },
		{ FIELD("person_id", ""), "03618800421x", "x", "“Mục X” phải có 12 chữ số" },
		{ FIELD("person_id", ""), "036188004212", "", "" },
		{ FIELD("person_id", ""), "001226000001", "", "" }, /* born in 2026 */
		{ FIELD("person_id", ""), "001227000001", "x",      /* and in 2027 */
			"Xem lại “Mục X”: sáu chữ số đầu không khớp nơi sinh và năm sinh nào" },
		{ FIELD("person_id", ""), "000188004212", "x",
			"Xem lại “Mục X”: sáu chữ số đầu không khớp nơi sinh và năm sinh nào" },
		{ FIELD("phone", ""), "0912345678", "", "" },
		{ FIELD("phone", ""), "02438251234", "", "" },
		{ FIELD("phone", ""), "0112345678", "x",
			"“Mục X” phải là số điện thoại ở Việt Nam, ví dụ 0912 345 678" },
		{ FIELD("phone", ""), "091234567", "x",
			"“Mục X” phải là số điện thoại ở Việt Nam, ví dụ 0912 345 678" },
		{ FIELD("email", ""), "hanh@example.vn", "", "" },
		{ FIELD("email", ""), "hanh@example", "x", "“Mục X” phải có dạng ten@vidu.vn" },
		{ FIELD("email", ""), "a b@example.vn", "x", "“Mục X” phải có dạng ten@vidu.vn" },
		{ FIELD("paper", ",'component':'giay-a'"), "", "x", "Gửi kèm “Mục X”" },
		{ FIELD("paper", ",'component':'giay-a','required':false"), "", "", "" },
		{ FIELD("paper", ",'component':'giay-a'"), "7", "", "" },
		{ FIELD("paper", ",'component':'giay-a'"), "1,2,3,4,5,6,7,8,9,10,11", "x",
			"“Mục X” nhận tối đa 10 tệp: xóa bớt" },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_errors(VIETNAMESE, cases[i].field, "x", cases[i].value, cases[i].input,
			cases[i].message);
	check_errors(ENGLISH, FIELD("text", OWN), "x", "", "x", "Say X");
	check_errors(ENGLISH, FIELD("text", ",'required':true,'label_en':'Item X'"), "x", "", "x",
		"Enter “Item X”");
}

TEST("a field may be needed only in a case, and a hidden one is never")
{
	const char *fields = "{'id':'a','kind':'yes_no','label':'A'},"
			     "{'id':'b','kind':'text','label':'B',"
			     "'required_when':{'==':[{'var':'a'},'yes']}},"
			     "{'id':'c','kind':'text','label':'C','required':true,"
			     "'when':{'==':[{'var':'a'},'no']}}";
	check_errors(VIETNAMESE, fields, "a", "yes", "b", "Nhập “B”");
	check_errors(VIETNAMESE, fields, "a", "no", "c", "Nhập “C”");
	check_errors(VIETNAMESE, fields, "b", "x", "", "");
}

TEST("the whole form is checked page by page, and its first bad page named")
{
	ARENA a = arena_new();
	const struct form *f = test_form(a,
		"{'title':'T','declaration':'C','pages':["
		"{'id':'p','title':'P','fields':[{'id':'a','kind':'yes_no','label':'A'}]},"
		"{'id':'q','title':'Q','when':{'==':[{'var':'a'},'yes']},'fields':["
		"{'id':'b','kind':'text','label':'B','required':true}]},"
		"{'id':'r','title':'R','fields':["
		"{'id':'c','kind':'text','label':'C','required':true}]}]}");
	struct form_source x = source_in(VIETNAMESE);
	struct answers *s = answers_new(a);
	field_errors errors = { 0 };
	size_t first = 99;
	REQUIRE(f);
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	CHECK(errors.n == 1 && first == 2);
	errors.n = 0;
	answer_set(s, S("a"), S("yes"));
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	CHECK(errors.n == 2 && first == 1);
	answer_set(s, S("b"), S("x"));
	answer_set(s, S("c"), S("x"));
	errors.n = 0;
	first = 99;
	CHECK(!form_check(a, &x, f, s, &errors, &first));
	CHECK(errors.n == 0 && first == 99);
}

TEST("the summary shows answers as people read them")
{
	ARENA a = arena_new();
	const struct form *f = form_with(a,
		"{'id':'y','kind':'yes_no','label':'Y','label_en':'Y?'},"
		"{'id':'d','kind':'date','label':'D'},{'id':'n','kind':'integer','label':'N'},"
		"{'id':'m','kind':'money','label':'M'},{'id':'t','kind':'phone','label':'T'},"
		"{'id':'k','kind':'many','label':'K','options':[{'value':'a','label':'Một'},"
		"{'value':'b','label':'Hai'}]},"
		"{'id':'g','kind':'paper','label':'G','component':'giay-a'},"
		"{'id':'h','kind':'text','label':'H','when':{'==':[{'var':'y'},'no']}}");
	struct form_source x = source_in(VIETNAMESE);
	struct answers *s = answers_new(a);
	form_summary_pages pages;
	REQUIRE(f);
	answer_set(s, S("y"), S("yes"));
	answer_set(s, S("d"), S("1990-03-07"));
	answer_set(s, S("n"), S("1990"));
	answer_set(s, S("m"), S("1200000"));
	answer_set(s, S("t"), S("0912345678"));
	answer_set(s, S("k"), S("a\nb"));
	answer_set(s, S("g"), S("5,12"));
	answer_set(s, S("h"), S("left over"));
	REQUIRE(!form_summary(a, &x, f, s, &pages));
	REQUIRE(pages.n == 1 && pages.items[0].rows.n == 7);
	const struct summary_row *rows = pages.items[0].rows.items;
	CHECK_STR(rows[0].value, "Có");
	CHECK_STR(rows[1].value, "07/03/1990");
	CHECK_STR(rows[2].value, "1990");
	CHECK_STR(rows[3].value, "1.200.000 đồng");
	CHECK_STR(rows[4].value, "0912 345 678");
	CHECK_STR(rows[5].value, "Một; Hai");
	CHECK_STR(rows[6].value, "2 tệp");
	CHECK(rows[6].files.n == 2 && rows[6].files.items[1] == 12);
	x.language = ENGLISH;
	REQUIRE(!form_summary(a, &x, f, s, &pages));
	CHECK_STR(pages.items[0].rows.items[0].label, "Y?");
	CHECK_STR(pages.items[0].rows.items[0].value, "Yes");
}

TEST("what the account knows is filled in where nothing was answered yet [C32-4.1]")
{
	ARENA a = arena_new();
	const struct form *f = form_with(a,
		"{'id':'a','kind':'text','label':'A','prefill':'account.name'},"
		"{'id':'b','kind':'date','label':'B','prefill':'account.birth'},"
		"{'id':'c','kind':'phone','label':'C','prefill':'account.phone'}");
	struct account who = { .name = S("Nguyễn Thị Hạnh"),
		.phone = S("0912345678"),
		.birth = { .set = true, .value = day_from(1990, 3, 7) } };
	struct answers *s = answers_new(a);
	REQUIRE(f);
	answer_set(s, S("c"), S("0987654321"));
	form_prefill(a, f, &who, s);
	CHECK_STR(answer(s, S("a")), "Nguyễn Thị Hạnh");
	CHECK_STR(answer(s, S("b")), "1990-03-07");
	CHECK_STR(answer(s, S("c")), "0987654321");
}
