/* SPDX-License-Identifier: Apache-2.0 */
/* words.c - what is said to people of their files. */
#include "file/file.h"

/* Below, a page that was photographed is hard to read on a screen and worse in print [C32-7.4]. */
#define SIDE_LEAST 1000
#define SHARPNESS_LEAST 80

static const char *const codes[] = {
#define X(name, code) [FILE_##name] = (code),
	FILE_VERDICTS(X)
#undef X
};

str file_verdict_code(enum file_verdict v) { return str_from(codes[v]); }

enum file_verdict file_verdict_of(str code)
{
	if (str_eq(code, S("good")))
		return FILE_GOOD;
	for (int v = 0; v < FILE_VERDICT_COUNT; v++)
		if (str_eq(code, str_from(codes[v])))
			return (enum file_verdict)v;
	return FILE_BROKEN;
}

static str sentence_of(enum file_verdict v)
{
	switch (v) {
	case FILE_EMPTY: return TR("Tệp “{tep}” không có nội dung: chọn tệp khác");
	case FILE_TOO_LARGE: return TR("Tệp “{tep}” quá lớn: mỗi tệp tối đa {size}");
	case FILE_WRONG_KIND:
		return TR("Tệp “{tep}” không dùng được: chọn tệp PDF, JPG, PNG hoặc DOCX");
	case FILE_NAME_LIES:
		return TR("Tệp “{tep}” khác đuôi tên tệp: lưu lại PDF, JPG, PNG hoặc DOCX");
	case FILE_BROKEN: return TR("Tệp “{tep}” bị hỏng hoặc thiếu: mở thử, lưu lại rồi chọn lại");
	case FILE_LOCKED: return TR("Tệp “{tep}” có mật khẩu: bỏ mật khẩu hoặc in lại thành PDF");
	case FILE_SCRIPT:
		return TR("Tệp “{tep}” có mã lệnh bên trong: in lại thành PDF rồi chọn tệp mới");
	case FILE_ATTACHED:
		return TR("Tệp “{tep}” có tệp khác đính kèm bên trong: tách ra và chọn từng tệp");
	case FILE_BOMB: return TR("Tệp “{tep}” bung ra lớn bất thường: lưu lại hoặc in thành PDF");
	case FILE_PIXELS: return TR("Ảnh “{tep}” có quá {trieu} triệu điểm ảnh: giảm độ phân giải");
	case FILE_MACROS:
		return TR("Tệp “{tep}” có macro: lưu lại dạng DOCX không có macro hoặc PDF");
	case FILE_OLD_WORD:
		return TR("Tệp “{tep}” là tệp Word kiểu cũ (.doc): mở ra rồi lưu lại dạng DOCX "
			  "hoặc PDF");
	case FILE_TOO_MANY:
		return TR("Mỗi mục nhận tối đa {n} tệp: xóa bớt tệp rồi chọn lại “{tep}”");
	case FILE_GIVEN: return TR("Tệp “{tep}” đã có ở mục này: không cần gửi lại");
	case FILE_GOOD:
	case FILE_VERDICT_COUNT: break;
	}
	return S("");
}

str file_verdict_text(struct arena *a, enum language l, enum file_verdict v, str name, int64_t most)
{
	str sentence = sentence_of(v);

	if (!sentence.n)
		return sentence;
	return FILL(a, l, sentence, S("tep"), name, S("size"), size_text(a, l, most), S("trieu"),
		number_text(a, l, LIMIT_IMAGE_MEGAPIXELS), S("n"),
		number_text(a, l, LIMIT_FILES_PER_PAPER));
}

str file_facts_text(struct arena *a, enum language l, const struct file_facts *f)
{
	if (f->pages)
		return tr_n(a, l, TRN("{n} trang"), f->pages);
	if (f->width)
		return arena_printf(a, "%lld × %lld", (long long)f->width, (long long)f->height);
	return S("");
}

str file_facts_advice(enum language l, const struct file_facts *f)
{
	int64_t longer = f->width > f->height ? f->width : f->height;

	if (f->width && (longer < SIDE_LEAST || f->sharpness < SHARPNESS_LEAST))
		return tr(l, TR("Ảnh có thể khó đọc: chụp lại gần hơn, đủ sáng"));
	if (str_eq(f->inspected, S("failed")))
		return tr(l, TR("Chưa kiểm tra được tệp này: cán bộ sẽ xem khi tiếp nhận"));
	return S("");
}

str file_scan_text(enum language l, str scan, enum tone *ret_tone)
{
	static const struct {
		const char *code, *words;
		enum tone tone;
	} states[] = {
		{ "waiting", MARK("Đang quét vi-rút"), TONE_INFO },
		{ "clean", MARK("Đã quét, an toàn"), TONE_OK },
		{ "refused", MARK("Có vi-rút, không nhận"), TONE_BAD },
		{ "failed", MARK("Chưa quét được vi-rút"), TONE_WARN },
	};

	for (size_t i = 0; i < COUNT(states); i++)
		if (str_eq(scan, str_from(states[i].code))) {
			*ret_tone = states[i].tone;
			return tr(l, str_from(states[i].words));
		}
	return S("");
}

str file_scan_advice(enum language l, str scan)
{
	return str_eq(scan, S("failed"))
		? tr(l, TR("Bạn vẫn nộp được: cơ quan sẽ kiểm tra tệp này khi tiếp nhận"))
		: S("");
}
