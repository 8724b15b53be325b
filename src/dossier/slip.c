/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crypto.h"
#include "core/json.h"
#include "dossier/slip.h"
#include "view/pdf.h"

#define TOKEN_BYTES 15

/* The papers that came with the application, as the slip lists them. */
static err put_papers(struct conn *c, struct arena *a, const struct dossier *d,
	const struct procedure *p, struct json_out *o)
{
	struct dossier_file *files;
	size_t n;
	TRY(dossier_files(c, a, d->id, &files, &n));
	json_key(o, S("papers"));
	json_open(o, '[');
	json_put_text(o, p->form ? json_get_text(p->form, "title") : p->name);
	for (size_t i = 0; i < n; i++)
		if (str_eq(files[i].kind, S("paper")) || str_eq(files[i].kind, S("supplement")))
			json_put_text(o, files[i].name);
	json_close(o, ']');
	return NULL;
}

static err put_office(struct conn *c, struct arena *a, const struct dossier *d, struct json_out *o)
{
	struct agency g = { 0 };
	bool found = false;
	TRY(agency_find(c, a, d->agency, &g, &found));
	json_pair(o, S("office"), found ? g.name : d->agency);
	json_pair(o, S("office_address"), g.address);
	json_pair(o, S("office_phone"), g.phone);
	return NULL;
}

static err receipt_data(struct conn *c, struct arena *a, const struct dossier *d,
	const struct procedure *p, const struct act_actor *by, instant now, str number, str *ret)
{
	struct buf b = buf_in(a, LIMIT_JOB_PAYLOAD);
	struct json_out o = { .b = &b };
	json_open(&o, '{');
	json_pair(&o, S("number"), number);
	json_pair(&o, S("code"), d->code);
	TRY(put_office(c, a, d, &o));
	json_pair(&o, S("applicant"), d->applicant);
	json_pair(&o, S("person_id"), d->person_id);
	json_pair(&o, S("address"), d->address);
	json_pair(&o, S("phone"), d->phone);
	json_pair(&o, S("email"), d->email);
	json_pair(&o, S("content"), d->procedure_name);
	TRY(put_papers(c, a, d, p, &o));
	json_key(&o, S("sets"));
	json_put_int(&o, p->sets);
	json_pair(&o, S("limit"), p->limit_text);
	json_key(&o, S("received_at"));
	json_put_int(&o, now);
	json_key(&o, S("due_at"));
	json_put_int(&o, d->due_at.set ? d->due_at.value : 0);
	json_pair(&o, S("result_channel"), d->result_channel);
	json_pair(&o, S("receiver"), by->name);
	json_close(&o, '}');
	if (b.overflow)
		return FAIL(a, INTERNAL, "slip data over its limit");
	*ret = buf_str(&b);
	return NULL;
}

err slip_issue_receipt(struct conn *c, struct arena *a, const struct dossier *d,
	const struct procedure *p, const struct act_actor *by, instant now)
{
	struct slip old;
	bool issued = false;
	TRY(slip_find(c, a, d->id, S("receipt"), &old, &issued));
	if (issued)
		return NULL; /* one receipt a dossier; a restarted clock shows on the page */
	size_t dash = d->code.n;
	while (dash > 0 && d->code.p[dash - 1] != '-')
		dash--;
	str number = arena_printf(a, STR_FMT "/TNHS", STR_ARG(str_from_at(d->code, dash)));
	struct slip s = { .number = number, .issued_at = now };
	TRY(receipt_data(c, a, d, p, by, now, number, &s.data));
	s.sha256 = sha256_of(a, s.data);
	s.token = random_text(a, TOKEN_BYTES);
	return slip_insert(c, a, d->id, S("receipt"), &s);
}

bool slip_intact(struct arena *a, const struct slip *s)
{
	return str_eq(sha256_of(a, s->data), s->sha256);
}

/* --- the PDF ---------------------------------------------------------------- */

static void draw_head(struct pdf *pdf, struct arena *a, const struct json *j, instant issued)
{
	struct date d = date_of(day_of(issued));
	str left = arena_printf(a, STR_FMT "\nBỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ\nSố: " STR_FMT,
		STR_ARG(json_get_text(j, "office")), STR_ARG(json_get_text(j, "number")));
	str right = arena_printf(a,
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
		"Độc lập – Tự do – Hạnh phúc\n"
		"Ngày %02d tháng %02d năm %d",
		d.day, d.month, d.year);
	const struct pdf_style style = { .size = 8.5, .align = PDF_CENTER, .bold = true };
	pdf_columns(pdf, 45, left, &style, right, &style);
	pdf_text(pdf, S("GIẤY TIẾP NHẬN HỒ SƠ\nVÀ HẸN TRẢ KẾT QUẢ"),
		&(struct pdf_style){
			.size = 13, .align = PDF_CENTER, .bold = true, .before = 10, .after = 6 });
}

static void draw_pair(struct pdf *pdf, const char *label, str value, bool bold)
{
	if (value.n)
		pdf_pair(pdf, str_from(label), value, bold);
}

static void draw_papers(struct pdf *pdf, struct arena *a, const struct json *papers)
{
	size_t n = json_count(papers);
	str *cells = arena_array(a, str, (n + 1) * 2);
	cells[0] = S("TT");
	cells[1] = S("Giấy tờ đã nhận");
	for (size_t i = 0; i < n; i++) {
		cells[2 * i + 2] = arena_printf(a, "%zu", i + 1);
		cells[2 * i + 3] = json_text(json_at(papers, i));
	}
	pdf_table(pdf, (const int[]){ 10, 90 }, 2, cells, n + 1);
}

static str channel_text(str channel)
{
	if (str_eq(channel, S("post")))
		return S("Gửi qua bưu chính");
	if (str_eq(channel, S("counter")))
		return S("Nhận tại nơi nộp hồ sơ");
	return S("Bản điện tử trên Cổng Dịch vụ công");
}

static void draw_body(struct pdf *pdf, struct arena *a, const struct json *j)
{
	instant received = json_int(json_get(j, "received_at"), 0);
	instant due = json_int(json_get(j, "due_at"), 0);
	draw_pair(pdf, "Mã hồ sơ", json_get_text(j, "code"), true);
	draw_pair(pdf, "Người nộp", json_get_text(j, "applicant"), true);
	draw_pair(pdf, "Số định danh", json_get_text(j, "person_id"), false);
	draw_pair(pdf, "Địa chỉ", json_get_text(j, "address"), false);
	draw_pair(pdf, "Số điện thoại", json_get_text(j, "phone"), false);
	draw_pair(pdf, "Thư điện tử", json_get_text(j, "email"), false);
	draw_pair(pdf, "Nội dung yêu cầu giải quyết", json_get_text(j, "content"), false);
	draw_pair(pdf, "Tiếp nhận lúc", moment_long_text(a, VIETNAMESE, received), false);
	str appointment = due ? arena_printf(a, "Hẹn trả kết quả: " STR_FMT,
					STR_ARG(moment_long_text(a, VIETNAMESE, due)))
			      : S("Thời hạn trả kết quả theo quy định của thủ tục");
	pdf_boxed(pdf, appointment,
		&(struct pdf_style){
			.size = 12, .align = PDF_CENTER, .bold = true, .before = 4, .after = 6 });
	draw_papers(pdf, a, json_get(j, "papers"));
	draw_pair(pdf, "Số bộ hồ sơ", number_text(a, VIETNAMESE, json_int(json_get(j, "sets"), 1)),
		false);
	draw_pair(pdf, "Thời hạn giải quyết", json_get_text(j, "limit"), false);
	draw_pair(pdf, "Nhận kết quả", channel_text(json_get_text(j, "result_channel")), false);
}

static void draw_signers(struct pdf *pdf, struct arena *a, const struct json *j)
{
	const struct pdf_style style = { .align = PDF_CENTER, .bold = true, .before = 8 };
	str left = arena_printf(a, "NGƯỜI NỘP HỒ SƠ\n(Đã xác nhận trực tuyến)\n\n" STR_FMT,
		STR_ARG(json_get_text(j, "applicant")));
	str right = arena_printf(a, "NGƯỜI TIẾP NHẬN HỒ SƠ\n(Đã xác nhận trực tuyến)\n\n" STR_FMT,
		STR_ARG(json_get_text(j, "receiver")));
	pdf_columns(pdf, 50, left, &style, right, &style);
}

err slip_receipt_pdf(struct arena *a, const struct slip *s, str verify, str *ret_bytes)
{
	const struct json *j;
	TRY(json_parse(a, s->data, &j));
	str title =
		arena_printf(a, "Giấy tiếp nhận hồ sơ " STR_FMT, STR_ARG(json_get_text(j, "code")));
	struct pdf *pdf = pdf_new(a, PDF_A5, title, S("vi"));
	draw_head(pdf, a, j, s->issued_at);
	pdf_qr(pdf, verify, 82);
	draw_body(pdf, a, j);
	draw_signers(pdf, a, j);
	pdf_text(pdf, arena_printf(a, "Kiểm tra giấy này tại " STR_FMT, STR_ARG(verify)),
		&(struct pdf_style){ .size = 8, .before = 8 });
	return pdf_end(pdf, ret_bytes);
}
