/* SPDX-License-Identifier: Apache-2.0 */
/* add_pages.c - adding one, and deleting one after a question. */
#include "builder/preview.h"

#include "builder/add.html.h"
#include "builder/remove.html.h"
#include "core/fold.h"

struct adding {
	struct bench bench;
	const struct thing *thing;
	str after;
};

static err open_adding(struct req *r, struct adding *ret)
{
	TRY(bench_open(r, &ret->bench));
	ret->thing = thing_named(req_param(r, S("loai")));
	ret->after = req_param(r, S("muc"));
	if (!ret->thing || !ret->thing->add.n ||
		!thing_list(r->arena, ret->bench.root, ret->thing, ret->after, true))
		return FAIL(r->arena, NOT_FOUND, "nothing to add to");
	return NULL;
}

static str label_of(const struct thing *t)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (strcmp(t->slots[i].member, t->title) == 0)
			return t->slots[i].label;
	return t->name;
}

static str hint_of(const struct thing *t)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (strcmp(t->slots[i].member, t->title) == 0)
			return t->slots[i].hint;
	return S("");
}

static struct input words_input(struct req *r, struct out *o, const char *id, str label, str hint,
	const field_errors *errors)
{
	return (struct input){ .id = str_from(id),
		.label = tr(o->language, label),
		.hint = hint.n ? tr(o->language, hint) : S(""),
		.error = error_of(errors, str_from(id)),
		.value = req_field(r, str_from(id)) };
}

static err reply_add(struct req *r, int status, const struct adding *x, const field_errors *errors)
{
	struct out o = page_out(r);
	const struct thing *t = x->thing;
	struct spot_of end = { .thing = &thing_check, .key = S("") };
	str kind = req_field(r, S("m_kind"));
	option_list kinds =
		supply_options(r->arena, &x->bench, &end, SUPPLY_KINDS, kind.n ? kind : S("text"));
	option_list fields = { 0 };
	struct add_page m = {
		.title = tr(o.language, t->add),
		.seen = bench_seen(r->arena, &x->bench),
		.errors = *errors,
		.words = words_input(r, &o, "m_words", label_of(t), hint_of(t), errors),
		.question = words_input(r, &o, "m_question", TR("Câu hỏi đầu tiên của trang"),
			TR("Các câu khác thêm sau"), errors),
		.kind = { .id = S("m_kind"),
			.label = tr(o.language, TR("Loại câu trả lời")),
			.error = error_of(errors, S("m_kind")),
			.options = { kinds.items, kinds.n } },
		.asks_question = t == &thing_page,
		.asks_kind = t == &thing_page || t == &thing_question,
		.asks_field = t == &thing_check,
		.post = thing_url(&o, &x->bench, t, x->after, "/them#loi"),
		.back = bench_url(&o, &x->bench, ""),
	};

	if (m.asks_field) {
		fields = supply_options(
			r->arena, &x->bench, &end, SUPPLY_QUESTIONS, req_field(r, S("m_field")));
		m.field = (struct choice_input){ .id = S("m_field"),
			.label = tr(o.language, TR("Ở câu")),
			.error = error_of(errors, S("m_field")),
			.options = { fields.items, fields.n } };
	}
	add_html(&o, &m);
	return bench_reply(r, &x->bench, &o,
		(struct framing){ .status = status, .title = m.title, .error = errors->n > 0 });
}

err show_add(struct req *r)
{
	struct adding x;

	TRY(open_adding(r, &x));
	return reply_add(r, 200, &x, &(field_errors){ 0 });
}

static err take_words(
	struct req *r, const struct adding *x, const char *id, field_errors *errors, str *ret)
{
	TRY(text_clean(r->arena, str_trim(req_field(r, str_from(id))), ret));
	if (!ret->n || str_length(*ret) > 500)
		error_put(r->arena, errors, str_from(id),
			tr(x->bench.language,
				ret->n ? TR("Nội dung dài quá") : TR("Chưa điền mục này")));
	return NULL;
}

/* *ret_key: where it came to stand. */
static err try_adding(struct req *r, struct adding *x, const struct newcomer *n, str *ret_key)
{
	str text;
	struct reading_of read;

	for (int number = 0; number < 5; number++) {
		struct tree *was = tree_copy(r->arena, x->bench.root);
		if (!edit_add(r->arena, x->bench.root, x->thing, x->after, n, number, ret_key))
			return FAIL(r->arena, NOT_FOUND, "nothing to add to");
		TRY(tree_text(r->arena, x->bench.root, &text));
		if (number == 4 || !edit_check(r->arena, text, &read))
			return NULL;
		x->bench.root = was;
	}
	return NULL;
}

err take_add(struct req *r)
{
	struct adding x;
	struct newcomer n = { .kind = req_field(r, S("m_kind")),
		.field = req_field(r, S("m_field")) };
	field_errors errors = { 0 };
	struct fault f;
	bool answered;
	str key;

	TRY(open_adding(r, &x));
	if (bench_overtaken(r, &x.bench))
		return reply_overtaken(r, &x.bench);
	TRY(take_words(r, &x, "m_words", &errors, &n.title));
	if (x.thing == &thing_page)
		TRY(take_words(r, &x, "m_question", &errors, &n.question));
	if ((x.thing == &thing_page || x.thing == &thing_question) && kind_at(n.kind) == KIND_COUNT)
		error_put(r->arena, &errors, S("m_kind"),
			tr(x.bench.language, TR("Chọn một trong danh sách")));
	if (errors.n)
		return reply_add(r, 422, &x, &errors);
	TRY(try_adding(r, &x, &n, &key));
	TRY(bench_keep(r, &x.bench, &f, &answered));
	if (answered)
		return NULL;
	if (f.any) {
		error_put(r->arena, &errors, S("m_words"), f.words);
		return reply_add(r, 422, &x, &errors);
	}
	return reply_redirect(r,
		bench_path(r->arena, &x.bench,
			arena_printf(r->arena, "%s/" STR_FMT, x.thing->slug, STR_ARG(key))));
}

/* --- deleting ----------------------------------------------------------------------- */
static err open_removing(struct req *r, struct bench *b, struct spot_of *ret)
{
	const struct thing *t = thing_named(req_param(r, S("loai")));

	TRY(bench_open(r, b));
	if (!t || !t->add.n || !thing_find(r->arena, b->root, t, req_param(r, S("muc")), ret))
		return FAIL(r->arena, NOT_FOUND, "no such thing in the working copy");
	return NULL;
}

static err reply_remove(struct req *r, int status, const struct bench *b,
	const struct spot_of *spot, const struct fault *NULLABLE f)
{
	struct out o = page_out(r);
	use_list uses = { 0 };
	struct remove_page m = {
		.title = thing_title(r->arena, spot->thing, spot->item),
		.seen = bench_seen(r->arena, b),
		.post = thing_url(&o, b, spot->thing, spot->key, "/xoa"),
		.back = thing_url(&o, b, spot->thing, spot->key, ""),
	};

	edit_uses(r->arena, b->root, spot, &uses);
	m.uses.items = arena_array(r->arena, struct list_row, uses.n + 1);
	for (size_t i = 0; i < uses.n; i++)
		m.uses.items[m.uses.n++] = (struct list_row){ .key = tr(o.language,
								      uses.items[i].thing->name),
			.title = uses.items[i].title,
			.open = thing_url(&o, b, uses.items[i].thing, uses.items[i].key, "") };
	if (f && f->any)
		m.uses.items[m.uses.n++] = (struct list_row){ .key = f->words, .open = m.back };
	remove_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = status,
			.here = spot->thing,
			.key = spot->key,
			.title = tr(o.language, TR("Xóa")),
			.error = status != 200 });
}

err show_remove(struct req *r)
{
	struct bench b;
	struct spot_of spot;

	TRY(open_removing(r, &b, &spot));
	return reply_remove(r, 200, &b, &spot, NULL);
}

static err take_it_away(struct req *r, struct bench *b, const struct spot_of *spot)
{
	struct fault f;
	bool answered;

	edit_delete(r->arena, b->root, spot);
	TRY(bench_keep(r, b, &f, &answered));
	if (answered)
		return NULL;
	if (!f.any)
		return reply_redirect(r, bench_path(r->arena, b, S("")));
	struct bench kept;
	struct spot_of as_kept;
	TRY(open_removing(r, &kept, &as_kept));
	return reply_remove(r, 422, &kept, &as_kept, &f);
}

err take_remove(struct req *r)
{
	struct bench b;
	struct spot_of spot;
	use_list uses = { 0 };

	TRY(open_removing(r, &b, &spot));
	if (bench_overtaken(r, &b))
		return reply_overtaken(r, &b);
	edit_uses(r->arena, b.root, &spot, &uses);
	return uses.n ? reply_remove(r, 422, &b, &spot, NULL) : take_it_away(r, &b, &spot);
}
