/* SPDX-License-Identifier: Apache-2.0 */
#include "portal/events.h"

#include "core/fold.h"
#include "view/tr.h"

const struct life_event life_events[LIFE_EVENTS] = {
	{ "co-con-nho", "baby", TR("Có con nhỏ"), TR("Khai sinh, nhận con nuôi"), { "1.001193" },
		{ "khai sinh", "nhận cha mẹ con", "con nuôi", "trẻ em" } },
	{ "hoc-tap", "graduation-cap", TR("Học tập"), TR("Nhập học, bằng cấp"), { NULL },
		{ "tuyển sinh", "chuyển trường", "nhập học", "văn bằng", "học bổng", "học phí" } },
	{ "viec-lam", "briefcase", TR("Việc làm"), TR("Tìm việc, thất nghiệp"), { NULL },
		{ "thất nghiệp", "việc làm", "hợp đồng lao động", "giấy phép lao động" } },
	{ "cu-tru", "id-card", TR("Cư trú, giấy tờ"), TR("Thường trú, trích lục, chứng thực"),
		{ "2.000635" },
		{ "thường trú", "tạm trú", "căn cước", "trích lục hộ tịch", "chứng thực" } },
	{ "hon-nhan", "heart", TR("Hôn nhân, gia đình"), TR("Kết hôn, tình trạng hôn nhân"),
		{ NULL }, { "kết hôn", "tình trạng hôn nhân", "ly hôn" } },
	{ "nha-dat", "house", TR("Nhà ở, đất đai"), TR("Sổ đỏ, cấp phép xây dựng"), { NULL },
		{ "quyền sử dụng đất", "giấy phép xây dựng", "nhà ở", "đất đai" } },
	{ "y-te", "heart-pulse", TR("Sức khỏe, y tế"), TR("Thẻ bảo hiểm, khám chữa bệnh"), { NULL },
		{ "bảo hiểm y tế", "khám bệnh chữa bệnh", "khuyết tật" } },
	{ "phuong-tien", "car", TR("Phương tiện, lái xe"), TR("Đăng ký xe, bằng lái"), { NULL },
		{ "đăng ký xe", "giấy phép lái xe", "phương tiện thủy" } },
	{ "huu-tri", "armchair", TR("Hưu trí"), TR("Lương hưu, trợ cấp"), { NULL },
		{ "lương hưu", "hưu trí", "trợ giúp xã hội", "trợ cấp xã hội", "người cao tuổi" } },
	{ "qua-doi", "flower", TR("Người thân qua đời"), TR("Khai tử, mai táng phí"), { NULL },
		{ "khai tử", "mai táng" } },
	{ "kinh-doanh", "store", TR("Kinh doanh"), TR("Đăng ký hộ kinh doanh"), { "1.001612" },
		{ "hộ kinh doanh", "doanh nghiệp", "hợp tác xã" } },
	{ "khieu-nai", "scale", TR("Khiếu nại, tố cáo"), TR("Gửi đơn, theo dõi đơn"),
		{ "2.002409" }, { "khiếu nại", "tố cáo", "tiếp công dân" } },
};

const struct life_event *NULLABLE life_event_find(str slug)
{
	for (size_t i = 0; i < LIFE_EVENTS; i++)
		if (str_eq(slug, str_from(life_events[i].slug)))
			return &life_events[i];
	return NULL;
}

static bool has(const struct entry_list *list, const struct entry *e)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->items[i] == e)
			return true;
	return false;
}

/* Whole words only: "xe" is not in "xem". */
static bool has_phrase(str name, str phrase)
{
	for (size_t from = 0; from < name.n;) {
		size_t at = from + str_find(str_from_at(name, from), phrase);
		size_t end = at + phrase.n;
		if (at >= name.n)
			return false;
		if ((at == 0 || name.p[at - 1] == ' ') && (end == name.n || name.p[end] == ' '))
			return true;
		from = at + 1;
	}
	return false;
}

/* Adds those whose names have the phrase, in the order of the catalogue. */
static void add_named(
	struct entry_list *found, size_t most, const struct catalogue_page *all, str phrase)
{
	for (size_t i = 0; i < all->entries.n && found->n < most; i++) {
		const struct entry *e = all->entries.items[i];
		if (has_phrase(e->key, phrase) && !has(found, e))
			found->items[found->n++] = e;
	}
}

struct entry_list life_event_entries(
	const struct life_event *e, const struct catalogue_index *x, struct arena *a, size_t most)
{
	struct entry_list found = { arena_array(a, const struct entry *, most), 0 };
	struct catalogue_page all;
	for (size_t i = 0; i < COUNT(e->codes) && e->codes[i] && found.n < most; i++) {
		const struct entry *named = catalogue_entry(x, str_from(e->codes[i]));
		if (named)
			found.items[found.n++] = named;
	}
	const struct catalogue_filter every = {
		.level = -1, .service_level = -1, .fee = -1, .limit = INT64_MAX
	};
	catalogue_list(x, a, &every, &all);
	for (size_t i = 0; i < COUNT(e->words) && e->words[i] && found.n < most; i++)
		add_named(&found, most, &all, text_fold(a, str_from(e->words[i])));
	return found;
}
