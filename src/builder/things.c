/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/things.h"

#include "view/tr.h"

/* --- kinds ------------------------------------------------------------------- */
const struct kind_word kind_words[KIND_COUNT] = {
	[FIELD_TEXT] = { "text", TR("Một dòng chữ") },
	[FIELD_LONG_TEXT] = { "long_text", TR("Đoạn văn nhiều dòng") },
	[FIELD_INTEGER] = { "integer", TR("Số nguyên") },
	[FIELD_NUMBER] = { "number", TR("Số có phần lẻ") },
	[FIELD_MONEY] = { "money", TR("Số tiền (đồng)") },
	[FIELD_DATE] = { "date", TR("Ngày, tháng, năm") },
	[FIELD_TIME] = { "time", TR("Giờ, phút") },
	[FIELD_YES_NO] = { "yes_no", TR("Có hoặc Không") },
	[FIELD_ONE] = { "one", TR("Chọn một") },
	[FIELD_MANY] = { "many", TR("Chọn nhiều") },
	[FIELD_COMMUNE] = { "commune", TR("Xã, phường") },
	[FIELD_PERSON_ID] = { "person_id", TR("Số định danh cá nhân") },
	[FIELD_TAX_CODE] = { "tax_code", TR("Mã số thuế") },
	[FIELD_PHONE] = { "phone", TR("Số điện thoại") },
	[FIELD_EMAIL] = { "email", TR("Thư điện tử") },
	[FIELD_PAPER] = { "paper", TR("Giấy tờ phải nộp") },
	[FIELD_COMPUTED] = { "computed", TR("Máy tính ra") },
	[FIELD_DECLARATION] = { "declaration", TR("Lời cam đoan, ô đánh dấu") },
	[FIELD_NOTE] = { "note", TR("Lời nhắn, không hỏi gì") },
	[FIELD_KIND_COUNT +
		GROUP_PERSON] = { "person", TR("Một người (tên, ngày sinh, giấy tờ…)") },
	[FIELD_KIND_COUNT + GROUP_ORGANISATION] = { "organisation", TR("Tổ chức, doanh nghiệp") },
	[FIELD_KIND_COUNT + GROUP_ADDRESS] = { "address", TR("Địa chỉ") },
	[FIELD_KIND_COUNT + GROUP_QUANTITY] = { "quantity", TR("Số lượng kèm đơn vị") },
};

size_t kind_at(str word)
{
	size_t i = 0;

	while (i < KIND_COUNT && !str_eq(word, str_from(kind_words[i].word)))
		i++;
	return i;
}

unsigned kind_bit(str word)
{
	size_t i = kind_at(word);

	return i < KIND_COUNT ? 1u << i : 0;
}

bool slot_fits(const struct slot *s, unsigned kind) { return !s->kinds || (s->kinds & kind); }

/* --- the table ------------------------------------------------------------------ */
#define K(name) (1u << FIELD_##name)
#define G(name) (1u << (FIELD_KIND_COUNT + GROUP_##name))
#define TEXTS (K(TEXT) | K(LONG_TEXT))
#define NUMBERS (K(INTEGER) | K(NUMBER) | K(MONEY))
#define CHOICES (K(ONE) | K(MANY))
#define GROUPS (G(PERSON) | G(ORGANISATION) | G(ADDRESS) | G(QUANTITY))
#define PLAIN (~GROUPS & ~(K(COMPUTED) | K(NOTE)))
#define KEPT (~(K(COMPUTED) | K(NOTE) | K(PAPER) | K(DECLARATION)))
#define ENGLISH_HINT TR("Để trống nếu chưa dịch")

static const struct slot question_slots[] = {
	{ "kind", WIDGET_CHOICE, TR("Loại câu trả lời"),
		TR("Đổi loại rồi lưu, trang sẽ hiện các mục của loại mới"), .supply = SUPPLY_KINDS,
		.needed = true },
	{ "label", WIDGET_LINE, TR("Câu hỏi"),
		TR("Viết như đang hỏi người dân, ví dụ: Số bản sao cần cấp"), .needed = true },
	{ "label_en", WIDGET_LINE, TR("Câu hỏi bằng tiếng Anh"), ENGLISH_HINT },
	{ "hint", WIDGET_LINE, TR("Gợi ý dưới câu hỏi"),
		TR("Cách trả lời hoặc một ví dụ, dưới 30 chữ") },
	{ "hint_en", WIDGET_LINE, TR("Gợi ý bằng tiếng Anh"), ENGLISH_HINT },
	{ "required", WIDGET_YES, TR("Bắt buộc trả lời"), S(""), ~(K(COMPUTED) | K(NOTE)) },
	{ "error", WIDGET_LINE, TR("Câu báo khi bỏ trống hoặc không đọc được"),
		TR("Nói phải làm gì, ví dụ: Nhập số bản sao, ví dụ 2"), PLAIN },
	{ "error_en", WIDGET_LINE, TR("Câu báo bằng tiếng Anh"), ENGLISH_HINT, PLAIN },
	{ "options", WIDGET_OPTIONS, TR("Các lựa chọn"),
		TR("Mỗi dòng một lựa chọn: giá trị | nhãn | tiếng Anh. "
		   "Chỉ viết nhãn thì giá trị được đặt giúp."),
		CHOICES | G(QUANTITY) },
	{ "list", WIDGET_CHOICE, TR("Hoặc danh mục dùng chung"),
		TR("Khi đó để trống các lựa chọn ở trên"), CHOICES, SUPPLY_LISTS },
	{ "linked", WIDGET_CHOICE, TR("Lựa chọn tùy theo câu"),
		TR("Khi đó thêm cột thứ tư: giá trị của câu kia, cách nhau dấu phẩy"), CHOICES,
		SUPPLY_ONE },
	{ "component", WIDGET_CHOICE, TR("Giấy tờ của thủ tục"), S(""), K(PAPER),
		SUPPLY_COMPONENTS },
	{ "parts", WIDGET_MANY, TR("Hỏi những gì"),
		TR("Không đánh dấu ô nào thì hỏi những phần thường dùng"), GROUPS & ~G(QUANTITY),
		SUPPLY_PARTS },
	{ "optional_parts", WIDGET_MANY, TR("Trong đó phần không bắt buộc"), S(""), GROUPS,
		SUPPLY_PARTS },
	{ "text", WIDGET_LONG, TR("Nội dung lời nhắn"), S(""), K(NOTE) },
	{ "text_en", WIDGET_LONG, TR("Nội dung bằng tiếng Anh"), ENGLISH_HINT, K(NOTE) },
	{ "value", WIDGET_RULE, TR("Cách tính"), S(""), K(COMPUTED) },
	{ "as", WIDGET_CHOICE, TR("Hiện ra như"), S(""), K(COMPUTED), SUPPLY_AS },
	{ "least", WIDGET_BOUND, TR("Ít nhất"), TR("Số ký tự, giá trị, ngày hoặc số lựa chọn"),
		TEXTS | NUMBERS | K(DATE) | K(MANY) | G(QUANTITY),
		.group = MARK("Giới hạn và cách kiểm tra") },
	{ "most", WIDGET_BOUND, TR("Nhiều nhất"), S(""),
		TEXTS | NUMBERS | K(DATE) | K(MANY) | G(QUANTITY) },
	{ "decimals", WIDGET_NUMBER, TR("Số chữ số lẻ"), TR("Từ 1 đến 6"),
		K(NUMBER) | G(QUANTITY) },
	{ "unit", WIDGET_LINE, TR("Đơn vị"), TR("Ví dụ m²"), K(INTEGER) | K(NUMBER) },
	{ "unit_en", WIDGET_LINE, TR("Đơn vị bằng tiếng Anh"), ENGLISH_HINT,
		K(INTEGER) | K(NUMBER) },
	{ "past", WIDGET_YES, TR("Không sau ngày khai"), S(""), K(DATE) },
	{ "future", WIDGET_YES, TR("Không trước ngày khai"), S(""), K(DATE) },
	{ "partial", WIDGET_YES, TR("Chỉ cần năm, hoặc tháng và năm"), S(""), K(DATE) },
	{ "expires", WIDGET_YES, TR("Là ngày giấy tờ hết hạn"), S(""), K(DATE) },
	{ "history", WIDGET_YES, TR("Cho chọn cả đơn vị trước 1/7/2025"), S(""),
		K(COMMUNE) | G(ADDRESS) | G(PERSON) },
	{ "pattern", WIDGET_LINE, TR("Mẫu của câu trả lời"),
		TR("Biểu thức chính quy cho cả câu, ví dụ [A-Z]{2}[0-9]{6}"), TEXTS },
	{ "pattern_error", WIDGET_LINE, TR("Câu báo khi không đúng mẫu"), S(""), TEXTS },
	{ "pattern_error_en", WIDGET_LINE, TR("Câu báo không đúng mẫu bằng tiếng Anh"),
		ENGLISH_HINT, TEXTS },
	{ "when", WIDGET_RULE, TR("Hiện khi"), S(""), .group = MARK("Khi nào hỏi, vì sao hỏi") },
	{ "required_when", WIDGET_RULE, TR("Bắt buộc khi"), S(""), ~(K(COMPUTED) | K(NOTE)) },
	{ "purpose", WIDGET_CHOICE, TR("Vì sao hỏi"), TR("Thêm mục đích ở trang Mục đích"),
		.supply = SUPPLY_PURPOSES },
	{ "prefill", WIDGET_CHOICE, TR("Đã biết từ tài khoản"), TR("Điền sẵn, người dân sửa được"),
		KEPT & ~(G(ORGANISATION) | G(QUANTITY)), SUPPLY_PREFILLS },
	{ "remember", WIDGET_LINE, TR("Nhớ cho lần sau dưới tên"),
		TR("Một từ viết thường; hồ sơ sau gợi ý lại câu trả lời này"), KEPT },
	{ "explain", WIDGET_LONG, TR("Giải thích từ khó"), TR("Mở ra khi cần"),
		.group = MARK("Giải thích, trình bày") },
	{ "explain_en", WIDGET_LONG, TR("Giải thích bằng tiếng Anh"), ENGLISH_HINT },
	{ "width", WIDGET_CHOICE, TR("Bề rộng ô"), S(""), PLAIN, SUPPLY_WIDTHS },
	{ "id", WIDGET_FIXED, TR("Mã câu hỏi"),
		TR("Không đổi, để hồ sơ cũ vẫn tìm được câu trả lời") },
};
static const struct slot page_slots[] = {
	{ "title", WIDGET_LINE, TR("Tên trang"), TR("Một chủ đề, ví dụ: Thông tin của bạn"),
		.needed = true },
	{ "title_en", WIDGET_LINE, TR("Tên trang bằng tiếng Anh"), ENGLISH_HINT },
	{ "intro", WIDGET_LONG, TR("Lời dẫn"), S("") },
	{ "intro_en", WIDGET_LONG, TR("Lời dẫn bằng tiếng Anh"), ENGLISH_HINT },
	{ "section", WIDGET_CHOICE, TR("Thuộc phần"), S(""), .supply = SUPPLY_SECTIONS },
	{ "when", WIDGET_RULE, TR("Hỏi trang này khi"), S("") },
	{ "repeat.item", WIDGET_LINE, TR("Khai nhiều lần: tên mỗi mục"),
		TR("Ví dụ Thành viên. Để trống nếu trang chỉ khai một lần."),
		.group = MARK("Trang lặp lại") },
	{ "repeat.item_en", WIDGET_LINE, TR("Tên mỗi mục bằng tiếng Anh"), ENGLISH_HINT },
	{ "repeat.least", WIDGET_NUMBER, TR("Ít nhất mấy mục"), S("") },
	{ "repeat.most", WIDGET_NUMBER, TR("Nhiều nhất mấy mục"), TR("Không quá 50") },
	{ "id", WIDGET_FIXED, TR("Mã trang"), S("") },
};
static const struct slot section_slots[] = {
	{ "title", WIDGET_LINE, TR("Tên phần"), S(""), .needed = true },
	{ "title_en", WIDGET_LINE, TR("Tên phần bằng tiếng Anh"), ENGLISH_HINT },
	{ "when", WIDGET_RULE, TR("Hiện phần này khi"), S("") },
	{ "id", WIDGET_FIXED, TR("Mã phần"), S("") },
};
static const struct slot component_slots[] = {
	{ "name", WIDGET_LINE, TR("Tên giấy tờ"), TR("Viết như trong văn bản"), .needed = true },
	{ "name_en", WIDGET_LINE, TR("Tên giấy tờ bằng tiếng Anh"), ENGLISH_HINT },
	{ "required", WIDGET_YES, TR("Bắt buộc nộp"), S("") },
	{ "when", WIDGET_RULE, TR("Cần nộp khi"), S("") },
	{ "case", WIDGET_LINE, TR("Trường hợp, viết bằng lời"), S("") },
	{ "originals", WIDGET_NUMBER, TR("Số bản chính"), S("") },
	{ "copies", WIDGET_NUMBER, TR("Số bản sao"), S("") },
	{ "note", WIDGET_YES, TR("Chỉ là lưu ý, không phải giấy tờ"), S("") },
	{ "templates", WIDGET_LINES, TR("Mẫu đơn để tải"), TR("Tên tệp, mỗi dòng một tệp") },
	{ "code", WIDGET_LINE, TR("Mã giấy tờ quốc gia"), S("") },
	{ "id", WIDGET_FIXED, TR("Mã trong biểu mẫu"), S("") },
};
static const struct slot fee_slots[] = {
	{ "name", WIDGET_LINE, TR("Tên phí"), S(""), .needed = true },
	{ "name_en", WIDGET_LINE, TR("Tên phí bằng tiếng Anh"), ENGLISH_HINT },
	{ "amount", WIDGET_NUMBER, TR("Mức phí"), TR("Chỉ viết số, ví dụ 8000") },
	{ "currency", WIDGET_CHOICE, TR("Loại tiền"), S(""), .supply = SUPPLY_CURRENCIES },
	{ "count", WIDGET_COUNT, TR("Nhân với câu trả lời của"), TR("Ví dụ số bản sao"),
		.supply = SUPPLY_NUMBERS },
	{ "when", WIDGET_RULE, TR("Thu khi"), S("") },
	{ "note", WIDGET_LINE, TR("Ghi chú"), S("") },
};
static const struct slot exemption_slots[] = {
	{ "why", WIDGET_LINE, TR("Miễn cho ai, vì sao"), TR("Ví dụ: Trẻ em dưới 16 tuổi"),
		.needed = true },
	{ "why_en", WIDGET_LINE, TR("Lý do miễn bằng tiếng Anh"), ENGLISH_HINT },
	{ "when", WIDGET_RULE, TR("Miễn khi"), S("") },
};
static const struct slot case_slots[] = {
	{ "name", WIDGET_LINE, TR("Tên trường hợp"), S(""), .needed = true },
	{ "code", WIDGET_LINE, TR("Mã trường hợp"), S("") },
	{ "limit", WIDGET_LINE, TR("Thời hạn"),
		TR("8wh giờ làm việc, 3wd ngày làm việc, 30d ngày, 2w tuần, 1m tháng") },
	{ "when", WIDGET_RULE, TR("Là trường hợp này khi"), S("") },
};
static const struct slot check_slots[] = {
	{ "message", WIDGET_LINE, TR("Lời nhắc"), TR("Nói chỗ nào không khớp và phải làm gì"),
		.needed = true },
	{ "message_en", WIDGET_LINE, TR("Lời nhắc bằng tiếng Anh"), ENGLISH_HINT },
	{ "when", WIDGET_RULE, TR("Nhắc khi"), S("") },
	{ "field", WIDGET_CHOICE, TR("Ở câu"), S(""), .supply = SUPPLY_QUESTIONS },
	{ "stops", WIDGET_YES, TR("Phải sửa mới nộp được"), S("") },
	{ "id", WIDGET_FIXED, TR("Mã kiểm tra"), S("") },
};
static const struct slot purpose_slots[] = {
	{ "why", WIDGET_LINE, TR("Hỏi để làm gì"), S(""), .needed = true },
	{ "why_en", WIDGET_LINE, TR("Hỏi để làm gì, bằng tiếng Anh"), ENGLISH_HINT },
	{ "who", WIDGET_LINE, TR("Ai xem được"), S("") },
	{ "who_en", WIDGET_LINE, TR("Ai xem được, bằng tiếng Anh"), ENGLISH_HINT },
	{ "keep", WIDGET_LINE, TR("Giữ trong bao lâu"), S("") },
	{ "keep_en", WIDGET_LINE, TR("Giữ trong bao lâu, bằng tiếng Anh"), ENGLISH_HINT },
	{ "id", WIDGET_FIXED, TR("Mã mục đích"), S("") },
};
static const struct slot sample_slots[] = {
	{ "name", WIDGET_LINE, TR("Tên mẫu thử"), TR("Ai, xin gì, ví dụ: Mẹ xin hai bản"),
		.needed = true },
	{ "today", WIDGET_DAY, TR("Coi hôm nay là ngày"), TR("Để trống là 23/11/2026") },
	{ "expect.errors", WIDGET_LINES, TR("Những câu phải báo lỗi"),
		TR("Mã câu hỏi, mỗi dòng một mã; để trống là không câu nào") },
	{ "expect.pages", WIDGET_LINES, TR("Những trang được hỏi"),
		TR("Mã trang theo thứ tự, mỗi dòng một mã") },
	{ "expect.papers", WIDGET_LINES, TR("Giấy tờ phải nộp"),
		TR("Mã giấy tờ, mỗi dòng một mã") },
	{ "expect.fee", WIDGET_NUMBER, TR("Phí phải nộp qua mạng"), S("") },
	{ "expect.limit", WIDGET_LINE, TR("Thời hạn"), TR("Ví dụ 3wd") },
	{ "expect.checks", WIDGET_LINES, TR("Những lời nhắc phải hiện"),
		TR("Mã kiểm tra, mỗi dòng một mã") },
	{ "answers", WIDGET_FIXED, TR("Câu trả lời"),
		TR("Sửa bằng cách làm lại mẫu trong phần Thử") },
};
static const struct slot form_slots[] = {
	{ "form.title", WIDGET_LINE, TR("Tên biểu mẫu"), S(""), .needed = true },
	{ "form.title_en", WIDGET_LINE, TR("Tên biểu mẫu bằng tiếng Anh"), ENGLISH_HINT },
	{ "form.declaration", WIDGET_LONG, TR("Lời cam đoan trước khi nộp"), S(""),
		.needed = true },
	{ "form.declaration_en", WIDGET_LONG, TR("Lời cam đoan bằng tiếng Anh"), ENGLISH_HINT },
	{ "form.start", WIDGET_MANY, TR("Hỏi trước khi bắt đầu"),
		TR("Từ 3 đến 6 câu quyết định giấy tờ, phí và thời hạn"), .supply = SUPPLY_START },
	{ "limit", WIDGET_LINE, TR("Thời hạn giải quyết"),
		TR("8wh giờ làm việc, 3wd ngày làm việc, 30d ngày, 2w tuần, 1m tháng"),
		.group = MARK("Về thủ tục") },
	{ "limit_text", WIDGET_LINE, TR("Thời hạn, viết bằng lời"), S("") },
	{ "name", WIDGET_LINE, TR("Tên thủ tục"), TR("Đúng từng chữ như quyết định công bố"),
		.needed = true },
	{ "name_en", WIDGET_LINE, TR("Tên thủ tục bằng tiếng Anh"), ENGLISH_HINT },
	{ "code", WIDGET_FIXED, TR("Mã thủ tục"), S("") },
};
#define SLOTS(list) .slots = (list), .n_slots = COUNT(list)
const struct thing thing_form = { "chung", NULL, "", NULL, "form.title", TR("Thông tin chung"),
	TR("Thông tin chung"), S(""), S(""), SLOTS(form_slots) };
const struct thing thing_section = { "phan", NULL, "form.sections", "id", "title", TR("Phần"),
	TR("Các phần"), TR("Thêm phần"), TR("Biểu mẫu ngắn thì không cần chia phần."),
	SLOTS(section_slots) };
const struct thing thing_page = { "trang", NULL, "form.pages", "id", "title", TR("Trang"),
	TR("Các trang"), TR("Thêm trang"), S(""), SLOTS(page_slots) };
const struct thing thing_question = { "cau", &thing_page, "fields", "id", "label", TR("Câu hỏi"),
	TR("Các câu hỏi"), TR("Thêm câu hỏi"), S(""), SLOTS(question_slots) };
const struct thing thing_component = { "giay-to", NULL, "components", "id", "name", TR("Giấy tờ"),
	TR("Giấy tờ"), TR("Thêm giấy tờ"), TR("Chưa có giấy tờ nào."), SLOTS(component_slots) };
const struct thing thing_channel = { "kenh", NULL, "channels", NULL, "channel", TR("Cách nộp"),
	TR("Cách nộp"), S(""), S(""), NULL, 0 };
const struct thing thing_fee = { "phi", &thing_channel, "fees", NULL, "name", TR("Phí"), TR("Phí"),
	TR("Thêm phí"), TR("Không thu phí."), SLOTS(fee_slots) };
const struct thing thing_exemption = { "mien-phi", &thing_fee, "free", NULL, "why",
	TR("Trường hợp miễn phí"), TR("Miễn phí"), TR("Thêm trường hợp miễn phí"),
	TR("Không ai được miễn."), SLOTS(exemption_slots) };
const struct thing thing_case = { "truong-hop", NULL, "cases", NULL, "name", TR("Trường hợp"),
	TR("Trường hợp và thời hạn"), TR("Thêm trường hợp"), TR("Chỉ có một thời hạn chung."),
	SLOTS(case_slots) };
const struct thing thing_check = { "kiem-tra", NULL, "form.checks", "id", "message",
	TR("Kiểm tra giữa các câu"), TR("Kiểm tra giữa các câu"), TR("Thêm kiểm tra"),
	TR("Chưa có kiểm tra nào ngoài những kiểm tra sẵn có."), SLOTS(check_slots) };
const struct thing thing_purpose = { "muc-dich", NULL, "form.purposes", "id", "why", TR("Mục đích"),
	TR("Mục đích"), TR("Thêm mục đích"), TR("Chưa nói vì sao hỏi."), SLOTS(purpose_slots) };
const struct thing thing_sample = { "mau-thu", NULL, "samples", NULL, "name", TR("Mẫu thử"),
	TR("Mẫu thử"), TR("Thêm mẫu thử"), TR("Cần ít nhất ba mẫu, một mẫu có lỗi."),
	SLOTS(sample_slots) };

const struct thing *const things[] = { &thing_form, &thing_section, &thing_page, &thing_question,
	&thing_component, &thing_fee, &thing_exemption, &thing_case, &thing_check, &thing_purpose,
	&thing_sample, NULL };

const struct thing *NULLABLE thing_named(str slug)
{
	for (size_t i = 0; things[i]; i++)
		if (str_eq(slug, str_from(things[i]->slug)))
			return things[i];
	return NULL;
}

static bool ends_path(const char *path, str member)
{
	str whole = str_from(path);

	return str_eq(whole, member) ||
		(str_ends(whole, member) && whole.n > member.n &&
			whole.p[whole.n - member.n - 1] == '.');
}

str member_label(str member)
{
	for (size_t i = 0; member.n && things[i]; i++)
		for (size_t k = 0; k < things[i]->n_slots; k++)
			if (ends_path(things[i]->slots[k].member, member))
				return things[i]->slots[k].label;
	return S("");
}

/* --- one of them ------------------------------------------------------------------ */
str key_last(str key)
{
	size_t n = key.n;

	while (n && key.p[n - 1] != '.')
		n--;
	return str_from_at(key, n);
}

str key_parent(const struct thing *t, str key)
{
	str last = key_last(key);

	if (!t->parent)
		return S("");
	return last.n < key.n ? str_part(key, 0, key.n - last.n - 1) : S("");
}

struct tree *NULLABLE thing_list(
	struct arena *a, struct tree *root, const struct thing *t, str key, bool make)
{
	struct tree *owner = root;
	struct spot_of parent;

	if (t->parent) {
		if (!thing_find(a, root, t->parent, key_parent(t, key), &parent))
			return NULL;
		owner = parent.item;
	}
	struct tree *list = tree_get(owner, t->list);
	if (!list && make) {
		tree_put(a, owner, str_from(t->list), tree_new(a, JSON_LIST));
		list = tree_get(owner, t->list);
	}
	return list && list->type == JSON_LIST ? list : NULL;
}

bool thing_find(
	struct arena *a, struct tree *root, const struct thing *t, str key, struct spot_of *ret)
{
	str last = t->parent ? key_last(key) : key;
	int64_t place = -1;

	if (!t->list[0]) {
		*ret = (struct spot_of){ t, NULL, root, 0, S("tat-ca") };
		return true;
	}
	struct tree *list = thing_list(a, root, t, key, false);
	if (!t->id)
		(void)str_to_int(last, 0, INT32_MAX, &place);
	for (size_t i = 0; i < tree_count(list); i++)
		if (t->id ? str_eq(tree_get_text(list->items.items[i], t->id), last)
			  : (int64_t)i == place) {
			*ret = (struct spot_of){ t, list, list->items.items[i], i, key };
			return true;
		}
	return false;
}

str thing_key(struct arena *a, const struct thing *t, str parent, const struct tree *list, size_t i)
{
	str own = t->id ? tree_get_text(list->items.items[i], t->id) : arena_printf(a, "%zu", i);

	return t->parent ? arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(parent), STR_ARG(own))
			 : own;
}

str thing_title(struct arena *a, const struct thing *t, const struct tree *item)
{
	str title = tree_get_text(item, t->title);

	if (title.n)
		return title;
	return t->id ? tree_get_text(item, t->id) : S("…");
}
