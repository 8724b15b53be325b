/* SPDX-License-Identifier: Apache-2.0 */
/* display.c - size of text, contrast, pictures: a cookie, so that they work without a script and
 * hold in print [C32-18.1, C32-18.6]. */
#include "portal/display.html.h"

#include "http/reply.h"
#include "portal/pages.h"

#define YEAR_SECONDS (365 * 24 * 3600)

static const struct {
	str value, label;
} sizes[] = {
	{ S("thuong"), TR("Chữ thường") },
	{ S("lon"), TR("Chữ lớn") },
	{ S("rat-lon"), TR("Chữ rất lớn") },
};
static const str contrast_word = S("tuong-phan"), images_word = S("khong-anh");

str display_value(struct arena *a, str size, bool contrast, bool no_images)
{
	str words[3];
	size_t n = 0;
	for (size_t i = 1; i < COUNT(sizes); i++)
		if (str_eq(size, sizes[i].value))
			words[n++] = sizes[i].value;
	if (contrast)
		words[n++] = contrast_word;
	if (no_images)
		words[n++] = images_word;
	return str_join(a, words, n, S("."));
}

static bool cookie_has(str value, str word)
{
	str rest = value, head;
	while (rest.n) {
		str_cut(rest, '.', &head, &rest);
		if (str_eq(head, word))
			return true;
	}
	return false;
}

/* A path of our own: never "//host", nothing a header or a browser could read otherwise. */
static bool path_safe(str path)
{
	if (!str_starts(path, S("/")) || str_starts(path, S("//")) || path.n > LIMIT_HTTP_TARGET)
		return false;
	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] <= ' ' || path.p[i] == '\\' || path.p[i] == 0x7f)
			return false;
	return true;
}

static str without_language(str path)
{
	for (int l = 0; l < LANGUAGE_COUNT; l++) {
		str prefix = language_info((enum language)l)->prefix,
		    rest = str_from_at(path, prefix.n);
		if (prefix.n && str_starts(path, prefix) && (!rest.n || rest.p[0] == '/'))
			return rest.n ? rest : S("/");
	}
	return path;
}

str display_back(struct arena *a, str referer, str origin)
{
	if (!str_starts(referer, origin))
		return S("/");
	str path = without_language(str_from_at(referer, origin.n));
	if (!path_safe(path) || str_starts(path, S("/hien-thi")))
		return S("/");
	return str_copy(a, path);
}

static struct choice_input size_choice(struct out *o, str cookie)
{
	struct option *options = arena_array(o->a, struct option, COUNT(sizes));
	bool any = false;
	for (size_t i = COUNT(sizes); i-- > 0;) {
		bool chosen = i ? cookie_has(cookie, sizes[i].value) : !any;
		any |= chosen;
		options[i] = (struct option){ .value = sizes[i].value,
			.label = tr(o->language, sizes[i].label),
			.chosen = chosen };
	}
	return (struct choice_input){ .id = S("co-chu"),
		.label = tr(o->language, TR("Cỡ chữ")),
		.options = { options, COUNT(sizes) } };
}

static struct choice_input more_choice(struct out *o, str cookie)
{
	struct option *options = arena_array(o->a, struct option, 2);
	options[0] = (struct option){ .value = contrast_word,
		.label = tr(o->language, TR("Tương phản cao")),
		.hint = tr(o->language, TR("Chữ đen trên nền trắng, viền đậm")),
		.chosen = cookie_has(cookie, contrast_word) };
	options[1] = (struct option){ .value = images_word,
		.label = tr(o->language, TR("Không tải ảnh")),
		.hint = tr(o->language, TR("Trang nhẹ hơn khi mạng yếu")),
		.chosen = cookie_has(cookie, images_word) };
	return (struct choice_input){ .id = S("them"),
		.many = true,
		.label = tr(o->language, TR("Màu và ảnh")),
		.options = { options, 2 } };
}

err show_display(struct req *r)
{
	struct out o = page_out(r);
	str cookie = req_cookie(r, DISPLAY_COOKIE);
	struct display_page m = {
		.size = size_choice(&o, cookie),
		.more = more_choice(&o, cookie),
		.back = display_back(r->arena, req_header(r, "Referer"), req_origin(r)),
	};
	display_html(&o, &m);
	return page_reply(r, 200,
		&(struct page){
			.title = tr(o.language, TR("Cỡ chữ, màu")),
			.main = out_html(&o),
			.no_index = true,
		});
}

err take_display(struct req *r)
{
	bool contrast = false, no_images = false;
	str word;
	for (size_t i = 0; req_field_at(r, S("them"), i, &word); i++) {
		contrast |= str_eq(word, contrast_word);
		no_images |= str_eq(word, images_word);
	}
	str value = display_value(r->arena, req_field(r, S("co-chu")), contrast, no_images);
	str back = req_field(r, S("ve"));
	reply_cookie(r, DISPLAY_COOKIE, value, YEAR_SECONDS);
	return reply_redirect(r, path_safe(back) ? back : S("/"));
}
