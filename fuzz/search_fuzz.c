/* SPDX-License-Identifier: Apache-2.0 */
/* Any words are searched for: what is found is in the catalogue, each once. */
#include "catalogue/index.h"
#include "fuzz/fuzz.h"

static const char *const names[] = {
	"Thủ tục đăng ký khai sinh",
	"Đăng ký thành lập hộ kinh doanh",
	"Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh",
	"Giải quyết khiếu nại lần đầu tại cấp xã",
	"Đổi giấy phép lái xe (quân sự) do Bộ Quốc phòng cấp",
	"Chứng nhận C/O mẫu A",
	"",
};

/* Not freed: one for the whole run. */
static const struct catalogue_index *small_index(void)
{
	static struct catalogue_index *x;
	static uint16_t by_code[COUNT(names)];

	if (x)
		return x;
	struct arena *a = arena_new();
	x = arena_make(a, struct catalogue_index);
	x->arena = a;
	x->records.n = COUNT(names);
	x->records.items = arena_array(a, struct record, COUNT(names));
	for (size_t i = 0; i < COUNT(names); i++) {
		struct entry *e = &x->records.items[i].entry;
		e->code = arena_printf(a, "1.00000%zu", i);
		e->name = str_from(names[i]);
		e->key = search_key(a, e->name);
		by_code[i] = (uint16_t)i;
	}
	x->by_code = by_code;
	ARENA scratch = arena_new();
	HOLDS(!index_words(x, scratch));
	return x;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	ARENA a = arena_new();
	const struct catalogue_index *x = small_index();
	struct ranking r = index_search(x, a, (str){ (const char *)data, size });
	bool seen[COUNT(names)] = { 0 };

	for (size_t i = 0; i < r.records.n; i++) {
		HOLDS(r.records.items[i] < COUNT(names) && !seen[r.records.items[i]]);
		seen[r.records.items[i]] = true;
	}
	HOLDS(!r.did_you_mean.n || str_is_utf8(r.did_you_mean));
	return 0;
}
