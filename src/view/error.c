/* SPDX-License-Identifier: Apache-2.0 */
/* The page of an error: what happened, what to do, whom to call. It knows the kind of the error
 * only; its detail is for the log. */
#include "http/reply.h"
#include "view/parts.h"

#include "view/error.html.h"

static const struct {
	str title, what, advice;
} words[] = {
	[ERR_BAD_REQUEST] = {
		TR("Cổng không đọc được yêu cầu này"),
		TR("Trình duyệt đã gửi một yêu cầu không đúng dạng, có thể do địa chỉ bị cắt bớt."),
		TR("Quay lại trang trước và thử lại."),
	},
	[ERR_UNAUTHENTICATED] = {
		TR("Bạn cần đăng nhập"),
		TR("Việc này chỉ làm được sau khi đăng nhập. Những gì bạn đã lưu vẫn còn."),
		TR("Đăng nhập rồi làm lại bước vừa rồi."),
	},
	[ERR_FORBIDDEN] = {
		TR("Bạn chưa được phép làm việc này"),
		TR("Trang này dành cho người khác, hoặc biểu mẫu đã mở quá lâu."),
		TR("Nếu bạn vừa gửi biểu mẫu: quay lại, tải lại trang rồi gửi lần nữa."),
	},
	[ERR_NOT_FOUND] = {
		TR("Không tìm thấy trang này"),
		TR("Có thể địa chỉ bị gõ thiếu, hoặc trang đã được chuyển đi."),
		TR("Kiểm tra lại địa chỉ."),
	},
	[ERR_NOT_ALLOWED] = {
		TR("Trang này không mở được theo cách đó"),
		TR("Có thể bạn đã tải lại một trang chỉ dùng để gửi biểu mẫu."),
		TR("Quay lại trang trước và làm lại từ đó."),
	},
	[ERR_CONFLICT] = {
		TR("Nội dung đã thay đổi"),
		TR("Có người vừa cập nhật trước bạn. Việc của bạn chưa được ghi."),
		TR("Mở lại trang để xem nội dung mới, rồi làm lại nếu vẫn cần."),
	},
	[ERR_TOO_LARGE] = {
		TR("Nội dung gửi lên quá lớn"),
		TR("Biểu mẫu này nhận nhiều nhất {chung}, mỗi ô nhiều nhất {o}. Nội dung vừa gửi "
		   "vượt quá nên chưa được nhận."),
		TR("Bấm nút Quay lại của trình duyệt: những gì bạn đã nhập vẫn còn ở đó. Rút gọn "
		   "rồi gửi lại."),
	},
	[ERR_INVALID] = {
		TR("Nội dung gửi lên chưa đúng"),
		TR("Cổng không dùng được nội dung vừa nhận."),
		TR("Quay lại trang trước, kiểm tra những gì đã nhập rồi gửi lại."),
	},
	[ERR_TOO_MANY] = {
		TR("Bạn thao tác quá nhanh"),
		TR("Cổng tạm ngừng nhận yêu cầu từ mạng của bạn để mọi người cùng dùng được."),
		TR("Chờ một phút rồi thử lại."),
	},
	[ERR_INTERNAL] = {
		TR("Cổng đang gặp sự cố"),
		TR("Lỗi ở phía cổng, không phải do bạn. Những gì bạn đã lưu vẫn còn."),
		TR("Thử lại sau ít phút. Nếu vẫn lỗi, gọi tổng đài và đọc mã sự cố dưới đây."),
	},
	[ERR_UNAVAILABLE] = {
		TR("Cổng đang bận"),
		TR("Lúc này cổng chưa làm được việc bạn yêu cầu. Việc đó chưa được ghi."),
		TR("Chờ ít phút rồi thử lại."),
	},
};

/* After sign-in the person is where they were. The place is without the language, which the
 * redirect there adds again. */
static url sign_in(struct out *o)
{
	str here = o->r->path;

	if (o->r->query.n)
		here = arena_printf(o->a, STR_FMT "?" STR_FMT, STR_ARG(here), STR_ARG(o->r->query));
	return URL(o, "/dang-nhap?tiep={}", here);
}

/* Which limit it was is not known here; these are all that a form of this address has. */
static str too_large(struct out *o, str what)
{
	const struct req *r = o->r;
	bool uploads = r->route && r->route->uploads;
	return FILL(o->a, o->language, what, S("chung"),
		size_text(o->a, o->language, uploads ? LIMIT_HTTP_UPLOAD : LIMIT_HTTP_BODY), S("o"),
		size_text(o->a, o->language, LIMIT_HTTP_FIELD));
}

/* The page of the form, for those whose browser does not go back by itself. */
static url way_back(struct out *o)
{
	str referer = req_header(o->r, "Referer"), origin = req_origin(o->r);
	str path = str_starts(referer, origin) ? str_from_at(referer, origin.n) : S("/");
	return url_within(o, str_starts(path, S("/")) ? path : S("/"));
}

static bool is_officers(str path)
{
	return str_starts(path, S("/can-bo")) || str_starts(path, S("/quan-tri"));
}

static err reply_error(struct req *r, err e)
{
	struct out o = page_out(r);
	enum language l = o.language;
	str phone = page_site()->phone;
	struct error_part part = {
		.status = err_status(e),
		.title = tr(l, words[e->kind].title),
		.what = tr(l, words[e->kind].what),
		.advice = tr(l, words[e->kind].advice),
		.sign_in = e->kind == ERR_UNAUTHENTICATED,
		.not_found = e->kind == ERR_NOT_FOUND,
		.phone = phone_text(r->arena, phone),
		.call = phone_url(r->arena, phone),
	};

	if (part.sign_in)
		part.again = sign_in(&o);
	part.back = e->kind == ERR_TOO_LARGE;
	if (part.back) {
		part.what = too_large(&o, words[e->kind].what);
		part.again = way_back(&o);
	}
	if (e->kind == ERR_INTERNAL || e->kind == ERR_UNAVAILABLE)
		part.incident = r->id;
	error_html(&o, &part);
	struct page page = {
		.title = part.title,
		.main = out_html(&o),
		.no_index = true,
		.script = part.back ? "ui.js" : NULL,
	};
	if (is_officers(r->path) && page_visitor(r).officer)
		page.kind = PAGE_OFFICER;
	return page_reply(r, part.status, &page);
}

void page_error(struct req *r, err e)
{
	bool reads = str_eq(r->method, S("GET")) || str_eq(r->method, S("HEAD"));
	/* reply_redirect adds the language itself. */
	struct out plain = out_in(r->arena, VIETNAMESE, r);
	err failed;

	if (e->kind == ERR_UNAUTHENTICATED && reads)
		failed = reply_redirect(r, sign_in(&plain).safe);
	else
		failed = reply_error(r, e);
	/* Nothing more can be done here; the façade answers in plain text then. */
	(void)failed;
}
