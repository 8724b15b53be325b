/* SPDX-License-Identifier: Apache-2.0 */
/* What is wrong with the answers, said so that a person knows what to do. The form's own sentence
 * speaks where nothing or nothing readable was given; where a number says more (how long, how
 * much, which month) ours does. */
#include "forms/parts.h"
#include "identity/identity.h"

struct checking {
	struct arena *a;
	const struct form_source *source;
};

/* What one kind finds: no message, no fault. part: the box of the field that is to be mended. */
struct finding {
	str message, part;
};

void form_error_add(struct arena *a, field_errors *errors, str field, str message)
{
	struct field_error *items = arena_array(a, struct field_error, errors->n + 1);

	if (errors->n)
		memcpy(items, errors->items, errors->n * sizeof *items);
	items[errors->n++] = (struct field_error){ field, message };
	errors->items = items;
}

/* A sentence with the label of the field in it. */
static str naming(struct checking *x, const struct form_field *f, str sentence)
{
	enum language l = x->source->language;

	return FILL(x->a, l, sentence, S("nhan"), form_label(l, f));
}

static struct finding counted(struct checking *x, const struct form_field *f, str sentence, str n)
{
	enum language l = x->source->language;

	return (struct finding){ .message = FILL(x->a, l, sentence, S("nhan"), form_label(l, f),
					 S("n"), n) };
}

/* The form's own sentence, else ours. */
static struct finding own(struct checking *x, const struct form_field *f, str sentence)
{
	str said = form_text(x->source->language, f->error, f->error_en);

	return (struct finding){ .message = said.n ? said : naming(x, f, sentence) };
}

/* --- nothing given ------------------------------------------------------------- */
static const str missing[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = TR("Nhập “{nhan}”"),
	[FIELD_LONG_TEXT] = TR("Nhập “{nhan}”"),
	[FIELD_INTEGER] = TR("Nhập “{nhan}”"),
	[FIELD_MONEY] = TR("Nhập “{nhan}”"),
	[FIELD_DATE] = TR("Nhập ngày, tháng, năm ở “{nhan}”"),
	[FIELD_YES_NO] = TR("Chọn một mục ở “{nhan}”"),
	[FIELD_ONE] = TR("Chọn một mục ở “{nhan}”"),
	[FIELD_MANY] = TR("Chọn ít nhất một mục ở “{nhan}”"),
	[FIELD_COMMUNE] = TR("Chọn tỉnh rồi chọn xã, phường ở “{nhan}”"),
	[FIELD_PERSON_ID] = TR("Nhập “{nhan}”"),
	[FIELD_PHONE] = TR("Nhập “{nhan}”"),
	[FIELD_EMAIL] = TR("Nhập “{nhan}”"),
	[FIELD_PAPER] = TR("Gửi kèm “{nhan}”"),
};

static struct finding when_missing(struct checking *x, const struct form_field *f)
{
	struct finding found = own(x, f, missing[f->kind]);

	if (f->kind == FIELD_DATE)
		found.part = S("ngay");
	if (f->kind == FIELD_COMMUNE)
		found.part = S("tinh");
	return found;
}

/* --- texts and numbers ---------------------------------------------------------- */
static err check_text(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	enum language l = x->source->language;
	int64_t n = (int64_t)str_length(value);

	if (f->has_most && n > f->most)
		ret->message = FILL(x->a, l, TR("“{nhan}” tối đa {n} ký tự, bạn đã nhập {co}"),
			S("nhan"), form_label(l, f), S("n"), number_text(x->a, l, f->most), S("co"),
			number_text(x->a, l, n));
	else if (f->has_least && n < f->least)
		*ret = counted(
			x, f, TR("“{nhan}” cần ít nhất {n} ký tự"), number_text(x->a, l, f->least));
	return NULL;
}

static str amount(struct checking *x, const struct form_field *f, int64_t n)
{
	enum language l = x->source->language;

	return f->kind == FIELD_MONEY ? money_text(x->a, l, n) : number_text(x->a, l, n);
}

static err check_number(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	int64_t n;

	if (!str_to_int(value, INT64_MIN, INT64_MAX, &n))
		*ret = own(x, f,
			f->kind == FIELD_MONEY
				? TR("“{nhan}” là số tiền viết bằng chữ số, ví dụ 1.200.000")
				: TR("“{nhan}” là số nguyên viết bằng chữ số, ví dụ 12"));
	else if (f->has_least && n < f->least)
		*ret = counted(x, f, TR("“{nhan}” phải từ {n} trở lên"), amount(x, f, f->least));
	else if (f->has_most && n > f->most)
		*ret = counted(x, f, TR("“{nhan}” không được quá {n}"), amount(x, f, f->most));
	return NULL;
}

/* --- dates ----------------------------------------------------------------------- */
static struct finding unreadable_date(struct checking *x, const struct form_field *f, str value)
{
	enum language l = x->source->language;
	struct date_typed t = date_typed_of(x->a, value);
	int64_t d = 0, m = 0, y = 0;

	if (!t.day.n)
		return (struct finding){ naming(x, f, TR("Nhập ngày ở “{nhan}”")), S("ngay") };
	if (!t.month.n)
		return (struct finding){ naming(x, f, TR("Nhập tháng ở “{nhan}”")), S("thang") };
	if (!t.year.n)
		return (struct finding){ naming(x, f, TR("Nhập năm ở “{nhan}”")), S("nam") };
	if (!str_to_int(t.day, 1, 31, &d))
		return (struct finding){ naming(x, f, TR("Ngày ở “{nhan}” phải từ 1 đến 31")),
			S("ngay") };
	if (!str_to_int(t.month, 1, 12, &m))
		return (struct finding){ naming(x, f, TR("Tháng ở “{nhan}” phải từ 1 đến 12")),
			S("thang") };
	if (!str_to_int(t.year, date_of(DAY_LEAST).year, date_of(DAY_MOST).year, &y))
		return (struct finding){
			naming(x, f, TR("Năm ở “{nhan}” phải có 4 chữ số, ví dụ 1990")), S("nam")
		};
	str month = arena_printf(x->a, "%d/%d", (int)m, (int)y);
	str days = number_text(x->a, l, days_in_month((int)y, (int)m));
	return (struct finding){ FILL(x->a, l, TR("Tháng {thang} chỉ có {n} ngày: sửa “{nhan}”"),
					 S("thang"), month, S("n"), days, S("nhan"),
					 form_label(l, f)),
		S("ngay") };
}

static err check_date(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	struct arena *a = x->a;
	day d, today = x->source->today;

	if (!day_parse(value, &d)) {
		*ret = unreadable_date(x, f, value);
		return NULL;
	}
	if (f->past && d > today)
		*ret = counted(
			x, f, TR("“{nhan}” không được sau hôm nay, {n}"), day_text(a, today));
	else if (f->future && d < today)
		*ret = counted(
			x, f, TR("“{nhan}” không được trước hôm nay, {n}"), day_text(a, today));
	else if (f->has_least && d < f->least)
		*ret = counted(x, f, TR("“{nhan}” phải từ ngày {n}"), day_text(a, (day)f->least));
	else if (f->has_most && d > f->most)
		*ret = counted(
			x, f, TR("“{nhan}” không được sau ngày {n}"), day_text(a, (day)f->most));
	ret->part = S("ngay");
	return NULL;
}

/* --- choices ----------------------------------------------------------------------- */
static err check_yes_no(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	if (!str_eq(value, S("yes")) && !str_eq(value, S("no")))
		*ret = own(x, f, missing[f->kind]);
	return NULL;
}

static err check_choice(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	const struct form_option *chosen;
	str rest = value, piece;

	while (answer_next(&rest, &piece)) {
		TRY(form_option_get(x->a, x->source, f, piece, &chosen));
		if (!chosen)
			*ret = own(x, f, missing[f->kind]);
	}
	return NULL;
}

static err check_commune(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	struct unit u;
	bool found = false;
	str province;

	if (commune_open(value, &province)) {
		*ret = own(x, f, TR("Chọn xã, phường ở “{nhan}”"));
		TRY(unit_find(x->source->conn, x->a, province, &u, &found));
		if (!found)
			ret->part = S("tinh");
		return NULL;
	}
	TRY(unit_find(x->source->conn, x->a, value, &u, &found));
	day today = x->source->today;
	if (!found || !str_eq(u.kind, S("commune")) || u.valid_from > today ||
		(u.valid_to.set && u.valid_to.value < today)) {
		*ret = own(x, f, missing[f->kind]);
		ret->part = S("tinh");
	}
	return NULL;
}

/* --- identifiers -------------------------------------------------------------------- */
static bool digits_only(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n > 0;
}

/* Place of birth registration (000 was never given), then sex and century in one digit, from 0 and
 * 1 for those born in the 1900s on, then the year [Decree 70/2024, Art. 10]. */
static bool person_id_possible(str s, int year_now)
{
	int century = (s.p[3] - '0') / 2, year = (s.p[4] - '0') * 10 + s.p[5] - '0';

	return !str_starts(s, S("000")) && 1900 + century * 100 + year <= year_now;
}

static err check_person_id(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	if (value.n != 12 || !digits_only(value))
		*ret = own(x, f, TR("“{nhan}” phải có 12 chữ số"));
	else if (!person_id_possible(value, date_of(x->source->today).year))
		ret->message = naming(x, f,
			TR("Xem lại “{nhan}”: sáu chữ số đầu không khớp nơi sinh và năm sinh nào"));
	return NULL;
}

/* Mobile numbers have ten digits, landlines with their 02x codes eleven. */
static err check_phone(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	bool mobile = value.n == 10 && value.p[0] == '0' && strchr("35789", value.p[1]);
	bool landline = value.n == 11 && str_starts(value, S("02"));

	if (!digits_only(value) || (!mobile && !landline))
		*ret = own(
			x, f, TR("“{nhan}” phải là số điện thoại ở Việt Nam, ví dụ 0912 345 678"));
	return NULL;
}

static err check_email(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	if (!email_valid(value))
		*ret = own(x, f, TR("“{nhan}” phải có dạng ten@vidu.vn"));
	return NULL;
}

static err check_paper(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	size_t n = 1;

	for (size_t i = 0; i < value.n; i++)
		n += value.p[i] == ',';
	if (n > LIMIT_FILES_PER_PAPER)
		*ret = counted(x, f, TR("“{nhan}” nhận tối đa {n} tệp: xóa bớt"),
			number_text(x->a, x->source->language, LIMIT_FILES_PER_PAPER));
	return NULL;
}

static err (*const checks[FIELD_KIND_COUNT])(
	struct checking *, const struct form_field *, str, struct finding *) = {
	[FIELD_TEXT] = check_text,
	[FIELD_LONG_TEXT] = check_text,
	[FIELD_INTEGER] = check_number,
	[FIELD_MONEY] = check_number,
	[FIELD_DATE] = check_date,
	[FIELD_YES_NO] = check_yes_no,
	[FIELD_ONE] = check_choice,
	[FIELD_MANY] = check_choice,
	[FIELD_COMMUNE] = check_commune,
	[FIELD_PERSON_ID] = check_person_id,
	[FIELD_PHONE] = check_phone,
	[FIELD_EMAIL] = check_email,
	[FIELD_PAPER] = check_paper,
};

/* --- pages and the whole -------------------------------------------------------------- */
err form_check_field(struct arena *a, const struct form_source *source, const struct form_field *f,
	const struct answers *s, field_errors *errors)
{
	struct checking x = { a, source };
	struct finding found = { S(""), S("") };
	str value = answer(s, f->id), input = f->id;

	if (!form_field_applies(f, s))
		return NULL;
	if (value.n)
		TRY(checks[f->kind](&x, f, value, &found));
	else if (form_field_required(f, s))
		found = when_missing(&x, f);
	if (found.part.n)
		input = arena_printf(a, STR_FMT "-" STR_FMT, STR_ARG(f->id), STR_ARG(found.part));
	if (found.message.n)
		form_error_add(a, errors, input, found.message);
	return NULL;
}

err form_check_page(struct arena *a, const struct form_source *source, const struct form_page *p,
	const struct answers *s, field_errors *errors)
{
	for (size_t i = 0; i < p->fields.n; i++)
		TRY(form_check_field(a, source, &p->fields.items[i], s, errors));
	return NULL;
}

err form_check(struct arena *a, const struct form_source *source, const struct form *f,
	const struct answers *s, field_errors *errors, size_t *ret_first_bad_page)
{
	const struct answers *applying = form_applying(a, f, s);
	size_t before = errors->n;

	for (size_t i = 0; i < f->pages.n; i++) {
		if (!form_page_applies(&f->pages.items[i], applying))
			continue;
		size_t so_far = errors->n;
		TRY(form_check_page(a, source, &f->pages.items[i], applying, errors));
		if (so_far == before && errors->n > before)
			*ret_first_bad_page = i;
	}
	return NULL;
}
