/* SPDX-License-Identifier: Apache-2.0 */
/* check_values.c - what is wrong with one answer, said so that a person knows what to do. The
 * form's own sentence speaks where nothing or nothing readable was given; where a number says more
 * (how long, how much, which month) ours does. */
#include "forms/parts.h"
#include "identity/identity.h"

/* A sentence with the label of the field in it. */
static str naming(struct checking *x, const struct form_field *f, str sentence)
{
	enum language l = x->source->language;

	return FILL(x->a, l, sentence, S("nhan"), form_full_label(x->a, l, f));
}

static struct finding counted(struct checking *x, const struct form_field *f, str sentence, str n)
{
	enum language l = x->source->language;

	return (struct finding){ .message = FILL(x->a, l, sentence, S("nhan"),
					 form_full_label(x->a, l, f), S("n"), n) };
}

/* "Nhập họ, chữ đệm và tên: Cha" tells which of several persons is meant. */
static str of_group(struct checking *x, const struct form_field *f, str said)
{
	enum language l = x->source->language;

	if (!f->group || !said.n)
		return said;
	return arena_printf(x->a, STR_FMT " (" STR_FMT ")", STR_ARG(said),
		STR_ARG(form_text(l, f->group->question.label, f->group->question.label_en)));
}

/* The form's own sentence, else ours. */
static struct finding own(struct checking *x, const struct form_field *f, str sentence)
{
	str said = of_group(x, f, form_text(x->source->language, f->error, f->error_en));

	return (struct finding){ .message = said.n ? said : naming(x, f, sentence) };
}

/* --- nothing given ------------------------------------------------------------- */
static const str missing[FIELD_KIND_COUNT] = {
	[FIELD_TEXT] = TR("Nhập “{nhan}”"),
	[FIELD_LONG_TEXT] = TR("Nhập “{nhan}”"),
	[FIELD_INTEGER] = TR("Nhập “{nhan}”"),
	[FIELD_NUMBER] = TR("Nhập “{nhan}”"),
	[FIELD_MONEY] = TR("Nhập “{nhan}”"),
	[FIELD_DATE] = TR("Nhập ngày, tháng, năm ở “{nhan}”"),
	[FIELD_TIME] = TR("Nhập giờ và phút ở “{nhan}”"),
	[FIELD_YES_NO] = TR("Chọn một mục ở “{nhan}”"),
	[FIELD_ONE] = TR("Chọn một mục ở “{nhan}”"),
	[FIELD_MANY] = TR("Chọn ít nhất một mục ở “{nhan}”"),
	[FIELD_COMMUNE] = TR("Chọn tỉnh rồi chọn xã, phường ở “{nhan}”"),
	[FIELD_PERSON_ID] = TR("Nhập “{nhan}”"),
	[FIELD_TAX_CODE] = TR("Nhập “{nhan}”"),
	[FIELD_PHONE] = TR("Nhập “{nhan}”"),
	[FIELD_EMAIL] = TR("Nhập “{nhan}”"),
	[FIELD_PAPER] = TR("Gửi kèm “{nhan}”"),
	[FIELD_DECLARATION] = TR("Đánh dấu vào ô “{nhan}”"),
};

struct finding when_missing(struct checking *x, const struct form_field *f)
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
			S("nhan"), form_full_label(x->a, l, f), S("n"),
			number_text(x->a, l, f->most), S("co"), number_text(x->a, l, n));
	else if (f->has_least && n < f->least)
		*ret = counted(
			x, f, TR("“{nhan}” cần ít nhất {n} ký tự"), number_text(x->a, l, f->least));
	else if (f->pattern && !pattern_matches(f->pattern, value))
		ret->message = form_text(l, f->pattern_error, f->pattern_error_en);
	return NULL;
}

static str amount(struct checking *x, const struct form_field *f, int64_t n)
{
	enum language l = x->source->language;
	str number = f->decimals ? decimal_shown(x->a, l, decimal_text(x->a, n, f->decimals))
				 : number_text(x->a, l, n);
	str unit = form_text(l, f->unit, f->unit_en);

	if (f->kind == FIELD_MONEY)
		return money_text(x->a, l, n);
	return unit.n ? arena_printf(x->a, STR_FMT " " STR_FMT, STR_ARG(number), STR_ARG(unit))
		      : number;
}

static struct finding unreadable_number(struct checking *x, const struct form_field *f)
{
	if (f->kind == FIELD_MONEY)
		return own(x, f, TR("“{nhan}” là số tiền viết bằng chữ số, ví dụ 1.200.000"));
	if (f->kind == FIELD_INTEGER)
		return own(x, f, TR("“{nhan}” là số nguyên viết bằng chữ số, ví dụ 12"));
	return counted(x, f, TR("“{nhan}” là số, sau dấu phẩy tối đa {n} chữ số, ví dụ 12,5"),
		number_text(x->a, x->source->language, f->decimals));
}

static err check_number(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	int64_t n;

	if (!decimal_units(value, f->decimals, &n))
		*ret = unreadable_number(x, f);
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
					 form_full_label(x->a, l, f)),
		S("ngay") };
}

static err check_date(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	struct arena *a = x->a;
	day d, last, today = x->source->today;
	bool whole = day_parse(value, &d);

	if (!date_span(value, &d, &last) || (!whole && !f->partial)) {
		*ret = unreadable_date(x, f, value);
		return NULL;
	}
	if (f->past && d > today)
		*ret = counted(
			x, f, TR("“{nhan}” không được sau hôm nay, {n}"), day_text(a, today));
	else if (f->future && last < today)
		*ret = counted(
			x, f, TR("“{nhan}” không được trước hôm nay, {n}"), day_text(a, today));
	else if (f->has_least && last < f->least)
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
	int64_t n = 0;

	while (answer_next(&rest, &piece)) {
		TRY(form_option_get(x->a, x->source, f, piece, &chosen));
		if (!chosen || !form_option_offered(f, chosen, x->answers))
			*ret = own(x, f, missing[f->kind]);
		n++;
	}
	if (ret->message.n || f->kind == FIELD_ONE)
		return NULL;
	if (f->has_least && n < f->least)
		*ret = counted(x, f, TR("“{nhan}” cần chọn ít nhất {n} mục"),
			number_text(x->a, x->source->language, f->least));
	else if (f->has_most && n > f->most)
		*ret = counted(x, f, TR("“{nhan}” chỉ được chọn tối đa {n} mục"),
			number_text(x->a, x->source->language, f->most));
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
	bool over = found && u.valid_to.set && u.valid_to.value < today;
	if (!found || !str_eq(u.kind, S("commune")) || u.valid_from > today ||
		(over && !f->history)) {
		*ret = own(x, f, missing[f->kind]);
		ret->part = S("tinh");
	}
	return NULL;
}

/* --- identifiers -------------------------------------------------------------------- */
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

/* The tenth digit checks the nine before it [Circular 86/2024/TT-BTC; weights from memory]. */
static bool tax_code_possible(str s)
{
	static const int weights[] = { 31, 29, 23, 19, 17, 13, 7, 5, 3 };
	int sum = 0;

	for (size_t i = 0; i < COUNT(weights); i++)
		sum += weights[i] * (s.p[i] - '0');
	return 10 - sum % 11 == s.p[9] - '0';
}

/* A household and a person have the person's 12 digits. */
static err check_tax_code(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	bool branch = value.n == 14 && value.p[10] == '-' && digits_only(str_part(value, 11, 3));
	bool good = value.n == 12
		? digits_only(value) && person_id_possible(value, date_of(x->source->today).year)
		: (value.n == 10 || branch) && digits_only(str_part(value, 0, 10)) &&
			tax_code_possible(value);

	if (!good)
		*ret = own(x, f,
			TR("“{nhan}” có 10 chữ số, hoặc 13 với đơn vị phụ thuộc: xem lại từng số"));
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

static err check_time(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	int64_t hour, minute;

	if (value.n != 5 || value.p[2] != ':' || !str_to_int(str_part(value, 0, 2), 0, 23, &hour) ||
		!str_to_int(str_part(value, 3, 2), 0, 59, &minute))
		*ret = own(x, f, TR("“{nhan}” viết như 7:30 hoặc 7 giờ 30"));
	return NULL;
}

static err check_declaration(
	struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	if (!str_eq(value, S("yes")))
		*ret = own(x, f, missing[f->kind]);
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
	[FIELD_NUMBER] = check_number,
	[FIELD_MONEY] = check_number,
	[FIELD_DATE] = check_date,
	[FIELD_TIME] = check_time,
	[FIELD_YES_NO] = check_yes_no,
	[FIELD_ONE] = check_choice,
	[FIELD_MANY] = check_choice,
	[FIELD_COMMUNE] = check_commune,
	[FIELD_PERSON_ID] = check_person_id,
	[FIELD_TAX_CODE] = check_tax_code,
	[FIELD_PHONE] = check_phone,
	[FIELD_EMAIL] = check_email,
	[FIELD_PAPER] = check_paper,
	[FIELD_DECLARATION] = check_declaration,
};

err check_value(struct checking *x, const struct form_field *f, str value, struct finding *ret)
{
	/* What is computed or only said was not typed. */
	return checks[f->kind] ? checks[f->kind](x, f, value, ret) : NULL;
}
