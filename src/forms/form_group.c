/* SPDX-License-Identifier: Apache-2.0 */
/* form_group.c - questions of several parts: a person, an organisation, an address, a quantity.
 * Each part is a plain field, from the tables below; docs/forms.md is their other side. */
#include "forms/definition.h"

struct part {
	const char *word; /* that asks for it */
	const char *name; /* of the field: "so-giay-to" of the word "giay-to" */
	enum field_kind kind;
	str label, label_en, hint, hint_en, error, error_en;
	const char *prefill, *autocomplete, *list, *width;
	const struct form_option *options;
	size_t n_options;
	bool past;
	/* Asked, or needed, only for this kind of identity paper. */
	enum { ANY_PAPER, CARD, OTHER_PAPER, NEEDED_OF_OTHER } of;
};

static const struct form_option genders[] = {
	{ .value = S("nam"), .label = S("Nam"), .label_en = S("Male") },
	{ .value = S("nu"), .label = S("Nữ"), .label_en = S("Female") },
	{ .value = S("khac"), .label = S("Khác"), .label_en = S("Other") },
};
static const struct form_option papers[] = {
	{ .value = S("can-cuoc"),
		.label = S("Thẻ căn cước, căn cước công dân, căn cước điện tử"),
		.label_en = S("Identity card (căn cước)") },
	{ .value = S("ho-chieu"), .label = S("Hộ chiếu"), .label_en = S("Passport") },
	{ .value = S("khac"),
		.label = S("Giấy tờ khác có ảnh, còn giá trị"),
		.label_en = S("Another valid paper with a photograph") },
};

/* clang-format off */
static const struct part person[] = {
	{ "ho-ten", "ho-ten", FIELD_TEXT, S("Họ, chữ đệm và tên"), S("Full name"),
	  S("Viết như trên giấy tờ tùy thân"), S("As on the identity paper"),
	  S("Nhập họ, chữ đệm và tên"), S("Enter the full name"),
	  .prefill = "account.name", .autocomplete = "name" },
	{ "ngay-sinh", "ngay-sinh", FIELD_DATE, S("Ngày, tháng, năm sinh"), S("Date of birth"),
	  S("Ví dụ: 27 3 1990"), S("For example 27 3 1990"),
	  S("Nhập ngày, tháng, năm sinh"), S("Enter the date of birth"),
	  .prefill = "account.birth", .past = true },
	{ "gioi-tinh", "gioi-tinh", FIELD_ONE, S("Giới tính"), S("Sex"),
	  S("Như trên giấy tờ tùy thân"), S("As on the identity paper"),
	  S("Chọn giới tính"), S("Choose the sex"),
	  .prefill = "account.gender", .options = genders, .n_options = COUNT(genders) },
	{ "dan-toc", "dan-toc", FIELD_ONE, S("Dân tộc"), S("Ethnic group"),
	  S("Như trong giấy khai sinh"), S("As on the birth certificate"),
	  S("Chọn dân tộc"), S("Choose the ethnic group"), .list = "dan-toc" },
	{ "quoc-tich", "quoc-tich", FIELD_ONE, S("Quốc tịch"), S("Nationality"),
	  S("Việt Nam đứng đầu danh sách"), S("Vietnam stands first in the list"),
	  S("Chọn quốc tịch"), S("Choose the nationality"), .list = "quoc-gia" },
	{ "giay-to", "loai-giay-to", FIELD_ONE, S("Giấy tờ tùy thân"), S("Identity paper"),
	  S("Chọn giấy tờ đang dùng"), S("Choose the paper in use"),
	  S("Chọn loại giấy tờ tùy thân"), S("Choose the kind of identity paper"),
	  .prefill = "account.paper", .options = papers, .n_options = COUNT(papers) },
	{ "giay-to", "so-dinh-danh", FIELD_PERSON_ID, S("Số định danh cá nhân"),
	  S("Personal identification number"),
	  S("12 chữ số, in ở mặt trước thẻ căn cước"),
	  S("12 digits, on the front of the identity card"),
	  S("Nhập số định danh cá nhân gồm 12 chữ số"),
	  S("Enter the 12-digit personal identification number"),
	  .prefill = "account.person_id", .of = CARD },
	{ "giay-to", "so-giay-to", FIELD_TEXT, S("Tên và số giấy tờ"),
	  S("Name and number of the paper"),
	  S("Ví dụ: Hộ chiếu B1234567"), S("For example: Passport B1234567"),
	  S("Nhập tên và số giấy tờ"), S("Enter the name and number of the paper"),
	  .width = "24", .of = OTHER_PAPER },
	{ "giay-to", "ngay-cap", FIELD_DATE, S("Ngày cấp giấy tờ"), S("Date of issue"),
	  S("Dùng căn cước thì có thể để trống"), S("With an identity card this may be left empty"),
	  S("Nhập ngày cấp ghi trên giấy tờ"), S("Enter the date of issue on the paper"),
	  .past = true, .of = NEEDED_OF_OTHER },
	{ "giay-to", "noi-cap", FIELD_TEXT, S("Nơi cấp giấy tờ"), S("Place of issue"),
	  S("Dùng căn cước thì có thể để trống"), S("With an identity card this may be left empty"),
	  S("Nhập nơi cấp ghi trên giấy tờ"), S("Enter the place of issue on the paper"),
	  .of = NEEDED_OF_OTHER },
	{ "so-dinh-danh", "so-dinh-danh", FIELD_PERSON_ID, S("Số định danh cá nhân"),
	  S("Personal identification number"),
	  S("12 chữ số, in ở mặt trước thẻ căn cước"),
	  S("12 digits, on the front of the identity card"),
	  S("Nhập số định danh cá nhân gồm 12 chữ số"),
	  S("Enter the 12-digit personal identification number"),
	  .prefill = "account.person_id" },
	{ "noi-cu-tru", "noi-cu-tru.xa", FIELD_COMMUNE, S("Nơi cư trú: tỉnh và xã, phường"),
	  S("Residence: province and commune"),
	  S("Nơi ở hiện nay"), S("Where the person lives now"),
	  S("Chọn tỉnh và xã, phường nơi cư trú"),
	  S("Choose the province and commune of residence"),
	  .prefill = "account.commune" },
	{ "noi-cu-tru", "noi-cu-tru.chi-tiet", FIELD_TEXT, S("Số nhà, đường, tổ, thôn"),
	  S("House, street, hamlet"),
	  S("Ví dụ: Số 5, đường Lê Lợi, tổ 3"), S("For example: 5 Le Loi Street"),
	  S("Nhập số nhà, đường, tổ, thôn"), S("Enter the house, street or hamlet"),
	  .prefill = "account.address", .autocomplete = "address-line1" },
	{ "que-quan", "que-quan", FIELD_TEXT, S("Quê quán"), S("Place of origin"),
	  S("Xã, tỉnh, như trong giấy khai sinh"),
	  S("Commune and province, as on the birth certificate"),
	  S("Nhập quê quán"), S("Enter the place of origin") },
	{ "noi-sinh", "noi-sinh", FIELD_TEXT, S("Nơi sinh"), S("Place of birth"),
	  S("Cơ sở y tế, xã, tỉnh"), S("Hospital, commune, province"),
	  S("Nhập nơi sinh"), S("Enter the place of birth") },
	{ "nghe-nghiep", "nghe-nghiep", FIELD_TEXT, S("Nghề nghiệp, nơi làm việc"),
	  S("Occupation, workplace"),
	  S("Ví dụ: Nông dân"), S("For example: farmer"),
	  S("Nhập nghề nghiệp"), S("Enter the occupation") },
	{ "dien-thoai", "dien-thoai", FIELD_PHONE, S("Số điện thoại"), S("Telephone"),
	  S("Ví dụ: 0912 345 678"), S("For example 0912 345 678"),
	  S("Nhập số điện thoại, ví dụ 0912 345 678"),
	  S("Enter a telephone number, such as 0912 345 678"),
	  .prefill = "account.phone", .autocomplete = "tel" },
	{ "email", "email", FIELD_EMAIL, S("Thư điện tử"), S("E-mail"),
	  S("Ví dụ: ten@vidu.vn"), S("For example name@example.vn"),
	  S("Nhập địa chỉ thư điện tử, ví dụ ten@vidu.vn"),
	  S("Enter an e-mail address, such as name@example.vn"),
	  .prefill = "account.email", .autocomplete = "email" },
};
static const struct part organisation[] = {
	{ "ten", "ten", FIELD_TEXT, S("Tên tổ chức"), S("Name of the organisation"),
	  S("Viết như trên giấy đăng ký"), S("As registered"),
	  S("Nhập tên tổ chức"),
	  S("Enter the name of the organisation"), .autocomplete = "organization" },
	{ "ma-so-thue", "ma-so-thue", FIELD_TAX_CODE, S("Mã số thuế"), S("Tax code"),
	  S("10 số, hoặc 13 số của đơn vị phụ thuộc"), S("10 digits, or 13 of a branch"),
	  S("Nhập mã số thuế, ví dụ 0100109106"),
	  S("Enter the tax code, such as 0100109106"), .width = "12" },
	{ "so-dang-ky", "so-dang-ky", FIELD_TEXT, S("Số giấy đăng ký hoặc quyết định thành lập"),
	  S("Number of the registration or founding decision"),
	  S("Ghi như trên giấy"), S("As on the paper"),
	  S("Nhập số giấy đăng ký hoặc quyết định"),
	  S("Enter the number of the registration or decision"),
	  .width = "24" },
	{ "ngay-cap", "ngay-cap", FIELD_DATE, S("Ngày cấp"), S("Date of issue"),
	  S("Ví dụ: 27 3 2020"), S("For example 27 3 2020"),
	  S("Nhập ngày cấp"), S("Enter the date of issue"), .past = true },
	{ "noi-cap", "noi-cap", FIELD_TEXT, S("Nơi cấp"), S("Issued by"),
	  S("Cơ quan ghi trên giấy"), S("The authority on the paper"),
	  S("Nhập nơi cấp"), S("Enter who issued it") },
	{ "tru-so", "tru-so.xa", FIELD_COMMUNE, S("Trụ sở: tỉnh và xã, phường"),
	  S("Seat: province and commune"),
	  S("Nơi đặt trụ sở chính"), S("Where the head office is"),
	  S("Chọn tỉnh và xã, phường nơi đặt trụ sở"),
	  S("Choose the province and commune of the seat") },
	{ "tru-so", "tru-so.chi-tiet", FIELD_TEXT, S("Số nhà, đường, tổ, thôn"),
	  S("House, street, hamlet"),
	  S("Ví dụ: Số 5, đường Lê Lợi, tổ 3"), S("For example: 5 Le Loi Street"),
	  S("Nhập số nhà, đường, tổ, thôn"), S("Enter the house, street or hamlet") },
	{ "nguoi-dai-dien", "nguoi-dai-dien", FIELD_TEXT, S("Người đại diện theo pháp luật"),
	  S("Legal representative"),
	  S("Họ, chữ đệm và tên"), S("Full name"),
	  S("Nhập họ tên người đại diện"), S("Enter the name of the representative") },
	{ "chuc-vu", "chuc-vu", FIELD_TEXT, S("Chức vụ"), S("Position"),
	  S("Ví dụ: Giám đốc"), S("For example: director"),
	  S("Nhập chức vụ"), S("Enter the position") },
	{ "dien-thoai", "dien-thoai", FIELD_PHONE, S("Số điện thoại"), S("Telephone"),
	  S("Ví dụ: 0912 345 678"), S("For example 0912 345 678"),
	  S("Nhập số điện thoại, ví dụ 0912 345 678"),
	  S("Enter a telephone number, such as 0912 345 678") },
	{ "email", "email", FIELD_EMAIL, S("Thư điện tử"), S("E-mail"),
	  S("Ví dụ: ten@vidu.vn"), S("For example name@example.vn"),
	  S("Nhập địa chỉ thư điện tử, ví dụ ten@vidu.vn"),
	  S("Enter an e-mail address, such as name@example.vn") },
};
static const struct part address[] = {
	{ "xa", "xa", FIELD_COMMUNE, S("Tỉnh và xã, phường"), S("Province and commune"),
	  S("Chọn tỉnh trước, rồi xã, phường"), S("The province first, then the commune"),
	  S("Chọn tỉnh và xã, phường"), S("Choose the province and the commune"),
	  .prefill = "account.commune" },
	{ "chi-tiet", "chi-tiet", FIELD_TEXT, S("Số nhà, đường, tổ, thôn"),
	  S("House, street, hamlet"),
	  S("Ví dụ: Số 5, đường Lê Lợi, tổ 3"), S("For example: 5 Le Loi Street"),
	  S("Nhập số nhà, đường, tổ, thôn"), S("Enter the house, street or hamlet"),
	  .prefill = "account.address", .autocomplete = "address-line1" },
};
static const struct part quantity[] = {
	{ "so", "so", FIELD_NUMBER, S("Số lượng"), S("Amount"),
	  S("Ví dụ: 12,5"), S("For example 12.5"),
	  S("Nhập số lượng, ví dụ 12,5"), S("Enter the amount, such as 12.5"), .width = "12" },
	{ "don-vi", "don-vi", FIELD_ONE, S("Đơn vị"), S("Unit"),
	  S("Chọn đơn vị của số lượng"), S("Choose the unit of the amount"),
	  S("Chọn đơn vị"), S("Choose the unit") },
};
static const struct {
	const char *word;
	const struct part *parts;
	size_t n;
	const char *usual[4]; /* words, when none are said */
} kinds[GROUP_KIND_COUNT] = {
	[GROUP_PERSON] = { "person", person, COUNT(person), { "ho-ten", "ngay-sinh", "giay-to" } },
	[GROUP_ORGANISATION] = { "organisation", organisation, COUNT(organisation),
		{ "ten", "ma-so-thue", "tru-so" } },
	[GROUP_ADDRESS] = { "address", address, COUNT(address), { "xa", "chi-tiet" } },
	[GROUP_QUANTITY] = { "quantity", quantity, COUNT(quantity), { "so", "don-vi" } },
};

static const struct member group_members[] = {
	QUESTION_MEMBERS(form_group),
	{ S("parts"), ELSEWHERE, JSON_LIST },
	{ S("optional_parts"), ELSEWHERE, JSON_LIST },
	{ S("prefill"), ELSEWHERE, JSON_TEXT },
	{ S("remember"), ELSEWHERE, JSON_TEXT },
	{ S("history"), ELSEWHERE, JSON_BOOL },
	{ S("options"), ELSEWHERE, JSON_LIST },
	{ S("least"), ELSEWHERE, JSON_ABSENT },
	{ S("most"), ELSEWHERE, JSON_ABSENT },
	{ S("decimals"), ELSEWHERE, JSON_INT },
};
/* clang-format on */

#define KIND(name) (1u << GROUP_##name)
#define PEOPLE_AND_PLACES (KIND(PERSON) | KIND(ORGANISATION) | KIND(ADDRESS))
/* Members that mean something for some kinds only. */
static const struct {
	const char *name;
	unsigned kinds;
} special_members[] = {
	{ "parts", PEOPLE_AND_PLACES },
	{ "optional_parts", PEOPLE_AND_PLACES },
	{ "history", PEOPLE_AND_PLACES },
	{ "prefill", KIND(PERSON) | KIND(ADDRESS) },
	{ "options", KIND(QUANTITY) },
	{ "least", KIND(QUANTITY) },
	{ "most", KIND(QUANTITY) },
	{ "decimals", KIND(QUANTITY) },
};

enum group_kind group_kind_of(str word)
{
	int kind = 0;

	while (kind < GROUP_KIND_COUNT && !str_eq(word, str_from(kinds[kind].word)))
		kind++;
	return (enum group_kind)kind;
}

size_t group_fields_most(str kind)
{
	enum group_kind group = group_kind_of(kind);

	return group == GROUP_KIND_COUNT ? 1 : kinds[group].n;
}

bool form_part_word(str kind, size_t i, str *ret_word, str *ret_label, str *ret_label_en)
{
	enum group_kind group = group_kind_of(kind);
	const char *before = "";

	if (group == GROUP_KIND_COUNT)
		return false;
	for (size_t k = 0; k < kinds[group].n; k++) {
		const struct part *part = &kinds[group].parts[k];
		bool same = strcmp(part->word, before) == 0;
		before = part->word;
		if (same || i-- > 0)
			continue;
		*ret_word = str_from(part->word);
		*ret_label = part->label;
		*ret_label_en = part->label_en;
		return true;
	}
	return false;
}

/* --- one group ------------------------------------------------------------------- */
struct making {
	struct reader *x;
	const struct json *j;
	const struct place *place;
	struct form_page *page;
	struct form_group *group;
	const struct json *NULLABLE parts, *NULLABLE optional;
};

static bool lists(const struct json *NULLABLE list, const char *word)
{
	for (size_t i = 0; i < json_count(list); i++)
		if (str_eq(json_text(json_at(list, i)), str_from(word)))
			return true;
	return false;
}

static bool wanted(const struct making *m, const char *word)
{
	const char *const *usual = kinds[m->group->kind].usual;

	if (m->parts)
		return lists(m->parts, word);
	for (size_t i = 0; usual[i]; i++)
		if (strcmp(usual[i], word) == 0)
			return true;
	return lists(m->optional, word);
}

static err check_parts(const struct making *m, const struct json *NULLABLE list, const char *name)
{
	struct place at = { .up = m->place, .name = str_from(name) };

	for (size_t i = 0; i < json_count(list); i++) {
		str word = json_text(json_at(list, i));
		bool known = false;
		for (size_t k = 0; k < kinds[m->group->kind].n; k++)
			known = known ||
				str_eq(word, str_from(kinds[m->group->kind].parts[k].word));
		if (!known)
			return FAULT(m->x->a, &at, "no part \"" STR_FMT "\"", STR_ARG(word));
	}
	return NULL;
}

/* Rules about the kind of identity paper of this person: the number is a card's; passports and the
 * rest have names and numbers of their own. */
static err part_rules(const struct making *m, const struct part *part, struct form_question *q)
{
	struct arena *a = m->x->a;
	str id = m->group->question.id;
	str card = arena_printf(
		a, "{\"==\":[{\"var\":\"" STR_FMT ".loai-giay-to\"},\"can-cuoc\"]}", STR_ARG(id));
	str other = arena_printf(a,
		"{\"in\":[{\"var\":\"" STR_FMT ".loai-giay-to\"},[\"ho-chieu\",\"khac\"]]}",
		STR_ARG(id));

	switch (part->of) {
	case ANY_PAPER: break;
	case CARD: return json_parse(a, card, &q->when);
	case OTHER_PAPER: return json_parse(a, other, &q->when);
	case NEEDED_OF_OTHER: return json_parse(a, other, &q->required_when);
	}
	return NULL;
}

static str remembered(const struct making *m, const struct part *part)
{
	str word = json_get_text(m->j, "remember");

	return word.n ? arena_printf(m->x->a, STR_FMT ".%s", STR_ARG(word), part->name) : S("");
}

static err make_field(const struct making *m, const struct part *part, struct form_field *ret)
{
	struct arena *a = m->x->a;
	const struct form_group *g = m->group;
	str name = arena_printf(a, STR_FMT ".%s", STR_ARG(g->question.id), part->name);
	struct form_field f = {
		.name = name,
		.kind = part->kind,
		.group = g,
		.question = { .id = name,
			.label = part->label,
			.label_en = part->label_en,
			.hint = part->hint,
			.hint_en = part->hint_en,
			.purpose = g->question.purpose,
			.required = !lists(m->optional, part->word) },
		.error = part->error,
		.error_en = part->error_en,
		.past = part->past,
		.list = str_from(part->list),
		.width = str_from(part->width),
		.history = json_bool(json_get(m->j, "history"), false),
		.prefill = g->account ? str_from(part->prefill) : S(""),
		.autocomplete = g->account ? str_from(part->autocomplete) : S(""),
		.options = { (struct form_option *)part->options, part->n_options },
		.remember = remembered(m, part),
	};

	if (part->kind == FIELD_TEXT) {
		f.has_most = true;
		f.most = 200;
	}
	if (part->kind == FIELD_DATE && part->past) {
		f.has_least = true;
		f.least = day_from(1900, 1, 1);
	}
	TRY(part_rules(m, part, &f.question));
	*ret = f;
	return NULL;
}

/* Of a quantity the units and bounds are the question's own. */
static err make_quantity(const struct making *m, struct form_field *f)
{
	if (f->kind == FIELD_NUMBER)
		return read_bounds(m->x, m->j, m->place, f);
	return read_options(m->x, json_get(m->j, "options"), m->place, f);
}

static err check_kind(const struct making *m)
{
	for (size_t i = 0; i < COUNT(special_members); i++) {
		struct place at = { .up = m->place, .name = str_from(special_members[i].name) };
		if (json_get(m->j, special_members[i].name) &&
			!(special_members[i].kinds & 1u << m->group->kind))
			return FAULT(m->x->a, &at, "means nothing for this kind");
	}
	return NULL;
}

static err check_words(const struct making *m)
{
	struct place prefill = { .up = m->place, .name = S("prefill") };
	struct place remember = { .up = m->place, .name = S("remember") };
	str account = json_get_text(m->j, "prefill"), word = json_get_text(m->j, "remember");

	if (account.n && !str_eq(account, S("account")))
		return FAULT(m->x->a, &prefill, "a person or an address takes \"account\"");
	if (word.n && !id_valid(word))
		return FAULT(m->x->a, &remember, "\"" STR_FMT "\" cannot be remembered under",
			STR_ARG(word));
	m->group->account = account.n > 0;
	return NULL;
}

/* Both words of a person ask for the number; it is asked once. */
static bool asked_already(const struct making *m, str name)
{
	for (size_t i = m->group->first; i < m->page->fields.n; i++)
		if (str_eq(m->page->fields.items[i].name, name))
			return true;
	return false;
}

static err add_parts(const struct making *m)
{
	const struct part *parts = kinds[m->group->kind].parts;

	for (size_t i = 0; i < kinds[m->group->kind].n; i++) {
		struct form_field f;
		if (!wanted(m, parts[i].word))
			continue;
		TRY(make_field(m, &parts[i], &f));
		if (asked_already(m, f.name))
			continue;
		if (m->group->kind == GROUP_QUANTITY)
			TRY(make_quantity(m, &f));
		TRY(add_field(m->x, m->place, m->page, f));
		m->group->n++;
	}
	return m->group->n ? NULL : FAULT(m->x->a, m->place, "has no parts");
}

err read_group(struct reader *x, enum group_kind kind, const struct json *j, const struct place *p,
	struct form_page *page)
{
	struct form_group *g = &page->groups.items[page->groups.n];
	struct making m = { x, j, p, page, g, json_get(j, "parts"), json_get(j, "optional_parts") };

	*g = (struct form_group){ .kind = kind, .first = page->fields.n };
	TRY(read_members(x->a, j, p, group_members, COUNT(group_members), g));
	TRY(check_kind(&m));
	TRY(check_purpose(x, p, g->question.purpose));
	TRY(check_rules(x, p, &g->question));
	TRY(check_parts(&m, m.parts, "parts"));
	TRY(check_parts(&m, m.optional, "optional_parts"));
	TRY(check_words(&m));
	page->groups.n++;
	return add_parts(&m);
}
