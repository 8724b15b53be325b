/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crypto.h"
#include "core/fold.h"
#include "core/json.h"
#include "dossier/applicant.h"
#include "dossier/slip.h"
#include "view/pdf.h"

#define TOKEN_BYTES 15

/* --- what it says ------------------------------------------------------------ */

static const struct form_field *NULLABLE field_named(const struct form *f, str id)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (str_eq(f->pages.items[i].fields.items[k].id, id))
				return &f->pages.items[i].fields.items[k];
	return NULL;
}

/* A paper goes by its name among the components of the procedure, not by that of a file. */
static str paper_name(
	const struct procedure *p, const struct form *f, const struct dossier_file *file)
{
	const struct form_field *field = field_named(f, file->field);
	for (size_t i = 0; field && i < p->components.n; i++)
		if (str_eq(p->components.items[i].id, field->component))
			return p->components.items[i].name;
	if (field)
		return field->question.label;
	return str_eq(file->kind, S("supplement")) ? S("Giấy tờ bổ sung") : S("Giấy tờ kèm theo");
}

struct papers {
	VEC(str) names;
	str authority; /* the paper by which the applicant acts for somebody */
};

static bool is_listed(const struct papers *x, str name)
{
	for (size_t i = 0; i < x->names.n; i++)
		if (str_eq(x->names.items[i], name))
			return true;
	return false;
}

static err find_papers(struct conn *c, struct arena *a, const struct dossier *d,
	const struct procedure *p, struct papers *ret)
{
	struct dossier_file *files;
	const struct form none = { 0 }, *f = &none;
	size_t n;
	*ret = (struct papers){ .authority = S("") };
	if (p->form)
		TRY(form_of(a, p, &f));
	TRY(dossier_files(c, a, d->id, &files, &n));
	*VEC_PUSH(a, &ret->names) = f->title.n ? f->title : p->name;
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(files[i].kind, S("paper")) && !str_eq(files[i].kind, S("supplement")))
			continue;
		str name = paper_name(p, f, &files[i]);
		if (!is_listed(ret, name)) /* of several pages, or files */
			*VEC_PUSH(a, &ret->names) = name;
		if (str_has(files[i].field, S("uy-quyen")))
			ret->authority = name;
	}
	return NULL;
}

static void put_papers(const struct papers *x, struct json_out *o)
{
	json_key(o, S("papers"));
	json_open(o, '[');
	for (size_t i = 0; i < x->names.n; i++)
		json_put_text(o, x->names.items[i]);
	json_close(o, ']');
}

static err put_principal(
	struct arena *a, const struct dossier *d, const struct papers *x, struct json_out *o)
{
	struct answers *s;
	TRY(answers_parse(a, d->answers, &s));
	struct person who = principal_of(s);
	if (!who.name.n)
		return NULL;
	json_pair(o, S("principal"), who.name);
	json_pair(o, S("principal_person_id"), who.person_id);
	json_pair(o, S("principal_address"), who.address);
	json_pair(o, S("principal_phone"), who.phone);
	json_pair(o, S("principal_email"), who.email);
	json_pair(o, S("authority"), x->authority);
	return NULL;
}

/* "Trung Tâm", from where papers are dated; "" when the agency's seat is not known. */
static err put_place(struct conn *c, struct arena *a, const struct agency *g, struct json_out *o)
{
	struct unit u = { .name = S("") };
	bool found = false;
	TRY(unit_find(c, a, g->commune, &u, &found));
	json_pair(o, S("place"), found ? u.name : S(""));
	return NULL;
}

static err put_office(struct conn *c, struct arena *a, const struct agency *g, struct json_out *o)
{
	struct agency parent = { .name = S("") };
	bool found = false;
	if (g->parent.n)
		TRY(agency_find(c, a, g->parent, &parent, &found));
	json_pair(o, S("parent"), found ? parent.name : S(""));
	json_pair(o, S("office"), g->name);
	json_pair(o, S("office_address"), g->address);
	json_pair(o, S("office_phone"), g->phone);
	return put_place(c, a, g, o);
}

/* The unit that receives, as the number of a slip has it. */
static str unit_mark(const struct agency *g, struct arena *a)
{
	bool centre = str_has(text_fold(a, g->name), S("phuc vu hanh chinh cong"));
	return centre ? S("TTPVHCC") : S("BPTNTKQ");
}

/* An agency that the catalogue has lost goes by its code. */
static err agency_of(struct conn *c, struct arena *a, const struct dossier *d, struct agency *ret)
{
	bool found = false;
	TRY(agency_find(c, a, d->agency, ret, &found));
	if (!found)
		*ret = (struct agency){ d->agency, S(""), d->agency, S(""), S(""), S(""), S(""),
			S(""), S(""), S("") };
	return NULL;
}

struct receipt {
	const struct dossier *d;
	const struct procedure *p;
	const struct act_actor *by;
	struct agency agency;
	struct papers papers;
	str number;
	instant now;
};

static err receipt_data(struct conn *c, struct arena *a, const struct receipt *x, str *ret)
{
	const struct dossier *d = x->d;
	struct buf b = buf_in(a, LIMIT_JOB_PAYLOAD);
	struct json_out o = { .b = &b };
	json_open(&o, '{');
	json_pair(&o, S("number"), x->number);
	json_pair(&o, S("code"), d->code);
	TRY(put_office(c, a, &x->agency, &o));
	json_pair(&o, S("applicant"), d->applicant);
	json_pair(&o, S("person_id"), d->person_id);
	json_pair(&o, S("address"), d->address);
	json_pair(&o, S("phone"), d->phone);
	json_pair(&o, S("email"), d->email);
	TRY(put_principal(a, d, &x->papers, &o));
	json_pair(&o, S("content"), d->procedure_name);
	put_papers(&x->papers, &o);
	json_key(&o, S("sets"));
	json_put_int(&o, x->p->sets);
	json_pair(&o, S("limit"), x->p->limit_text);
	json_key(&o, S("received_at"));
	json_put_int(&o, x->now);
	json_key(&o, S("due_at"));
	json_put_int(&o, d->due_at.set ? d->due_at.value : 0);
	json_pair(&o, S("result_channel"), d->result_channel);
	json_pair(&o, S("receiver"), x->by->name);
	json_pair(&o, S("origin"), x->by->origin);
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
	struct receipt x = { .d = d, .p = p, .by = by, .now = now };
	TRY(agency_of(c, a, d, &x.agency));
	TRY(find_papers(c, a, d, p, &x.papers));
	size_t dash = d->code.n;
	while (dash > 0 && d->code.p[dash - 1] != '-')
		dash--;
	x.number = arena_printf(a, STR_FMT "/" STR_FMT "-" STR_FMT,
		STR_ARG(str_from_at(d->code, dash)), STR_ARG(x.agency.code),
		STR_ARG(unit_mark(&x.agency, a)));
	struct slip s = {
		.number = x.number, .issued_at = now, .token = random_text(a, TOKEN_BYTES)
	};
	TRY(receipt_data(c, a, &x, &s.data));
	s.sha256 = sha256_of(a, s.data);
	return slip_insert(c, a, d->id, S("receipt"), &s);
}

str slip_origin(struct arena *a, const struct slip *s)
{
	const struct json *j;
	return json_parse(a, s->data, &j) ? S("") : json_get_text(j, "origin");
}

bool slip_intact(struct arena *a, const struct slip *s)
{
	return str_eq(sha256_of(a, s->data), s->sha256);
}

/* --- the PDF ---------------------------------------------------------------- */

static void draw_head(struct pdf *pdf, struct arena *a, const struct json *j, instant issued)
{
	struct date d = date_of(day_of(issued));
	str parent = json_get_text(j, "parent"), place = json_get_text(j, "place");
	str left = arena_printf(a,
		STR_FMT "%s" STR_FMT "\nBỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ\nSố: " STR_FMT,
		STR_ARG(parent), parent.n ? "\n" : "", STR_ARG(json_get_text(j, "office")),
		STR_ARG(json_get_text(j, "number")));
	str right = arena_printf(a,
		"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
		"Độc lập – Tự do – Hạnh phúc\n" STR_FMT "%s %02d tháng %02d năm %d",
		STR_ARG(place), place.n ? ", ngày" : "Ngày", d.day, d.month, d.year);
	/* The name of the state is never broken, whatever the font; names of offices may be. */
	const struct pdf_style style = { .size = 8.5, .align = PDF_CENTER, .bold = true },
			       whole = {
				       .size = 8.5, .align = PDF_CENTER, .bold = true, .fit = true
			       };
	pdf_columns(pdf, 47, left, &style, right, &whole);
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

/* What was given to be known by: a number of 12 digits, else a paper by its name and number. */
static void draw_identity(struct pdf *pdf, str given, const char *number, const char *paper)
{
	draw_pair(pdf, person_id_valid(given) ? number : paper, given, false);
}

/* Only when the applicant acts for somebody. */
static void draw_principal(struct pdf *pdf, const struct json *j)
{
	draw_pair(pdf, "Người ủy quyền", json_get_text(j, "principal"), true);
	draw_identity(pdf, json_get_text(j, "principal_person_id"),
		"Số định danh của người ủy quyền", "Giấy tờ tùy thân của người ủy quyền");
	draw_pair(pdf, "Địa chỉ của người ủy quyền", json_get_text(j, "principal_address"), false);
	draw_pair(pdf, "Số điện thoại của người ủy quyền", json_get_text(j, "principal_phone"),
		false);
	draw_pair(
		pdf, "Thư điện tử của người ủy quyền", json_get_text(j, "principal_email"), false);
	draw_pair(pdf, "Giấy ủy quyền", json_get_text(j, "authority"), false);
}

static void draw_body(struct pdf *pdf, struct arena *a, const struct json *j)
{
	instant received = json_int(json_get(j, "received_at"), 0);
	instant due = json_int(json_get(j, "due_at"), 0);
	draw_pair(pdf, "Mã hồ sơ", json_get_text(j, "code"), true);
	draw_pair(pdf, "Người nộp", json_get_text(j, "applicant"), true);
	draw_identity(pdf, json_get_text(j, "person_id"), "Số định danh", "Giấy tờ tùy thân");
	draw_pair(pdf, "Địa chỉ", json_get_text(j, "address"), false);
	draw_pair(pdf, "Số điện thoại", json_get_text(j, "phone"), false);
	draw_pair(pdf, "Thư điện tử", json_get_text(j, "email"), false);
	draw_principal(pdf, j);
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

err slip_receipt_pdf(struct arena *a, const struct slip *s, str verify, bool trial, str *ret_bytes)
{
	const struct json *j;
	TRY(json_parse(a, s->data, &j));
	str title =
		arena_printf(a, "Giấy tiếp nhận hồ sơ " STR_FMT, STR_ARG(json_get_text(j, "code")));
	struct pdf *pdf = pdf_new(a, PDF_A5, title, S("vi"));
	if (trial)
		pdf_boxed(pdf, S("BẢN THỬ NGHIỆM – không có giá trị"),
			&(struct pdf_style){
				.size = 9, .align = PDF_CENTER, .bold = true, .after = 6 });
	draw_head(pdf, a, j, s->issued_at);
	pdf_qr(pdf, verify, 82);
	draw_body(pdf, a, j);
	draw_signers(pdf, a, j);
	pdf_text(pdf, arena_printf(a, "Kiểm tra giấy này tại " STR_FMT, STR_ARG(verify)),
		&(struct pdf_style){ .size = 8, .before = 8 });
	return pdf_end(pdf, ret_bytes);
}
