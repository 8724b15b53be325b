/* SPDX-License-Identifier: Apache-2.0 */
/* condition_pages.c - a rule put together from sentences: first a question, then what is said of
 * it; every sentence is kept at once and shown with a button that takes it away. */
#include "builder/bench.h"
#include "builder/condition.html.h"

struct stating {
	struct bench bench;
	struct spot_of spot;
	const struct slot *slot;
	struct condition condition;
	bool simple;
	nameable_list names;
	const struct form_field *NULLABLE field; /* that the next sentence is about */
};

static const struct slot *NULLABLE rule_slot(const struct thing *t, str member)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (t->slots[i].widget == WIDGET_RULE &&
			str_eq(str_from(t->slots[i].member), member) && !str_eq(member, S("value")))
			return &t->slots[i];
	return NULL;
}

static str page_of(const struct stating *x)
{
	return x->spot.thing == &thing_question ? key_parent(x->spot.thing, x->spot.key) : S("");
}

static err open_stating(struct req *r, struct stating *x, str name)
{
	const struct thing *t = thing_named(req_param(r, S("loai")));

	*x = (struct stating){ 0 };
	TRY(bench_open(r, &x->bench));
	x->slot = t ? rule_slot(t, req_param(r, S("ten"))) : NULL;
	if (!x->slot || !bench_form(&x->bench) ||
		!thing_find(r->arena, x->bench.root, t, req_param(r, S("muc")), &x->spot))
		return FAIL(r->arena, NOT_FOUND, "no such rule in the working copy");
	x->simple = condition_of(r->arena, tree_get(x->spot.item, x->slot->member), &x->condition);
	condition_names(r->arena, x->bench.language, bench_form(&x->bench), &x->spot, &x->names);
	x->field = nameable_find(&x->names, name);
	return NULL;
}

/* --- showing --------------------------------------------------------------------- */
static struct choice_input question_choice(struct out *o, const struct stating *x)
{
	struct option *options = arena_array(o->a, struct option, x->names.n + 1);

	for (size_t i = 0; i < x->names.n; i++)
		options[i] = (struct option){ .value = x->names.items[i].field->name,
			.label = x->names.items[i].label,
			.chosen = x->names.items[i].field == x->field };
	return (struct choice_input){ .id = S("cau"),
		.label = tr(o->language, TR("Câu hỏi")),
		.hint = tr(
			o->language, TR("Chỉ những câu đứng trước, đã được trả lời khi đến đây")),
		.options = { options, x->names.n } };
}

static struct choice_input relation_choice(struct req *r, struct out *o, const struct stating *x)
{
	struct option *options = arena_array(o->a, struct option, RELATION_COUNT);
	struct choice_input c = { .id = S("m_relation"),
		.label = tr(o->language, TR("Quan hệ")),
		.options = { options, 0 } };

	for (int i = 0; i < RELATION_COUNT; i++)
		if (relations_of(x->field) & 1u << i)
			options[c.options.n++] =
				(struct option){ .value = relation_slug((enum relation)i),
					.label = tr(o->language, relation_words((enum relation)i)),
					.chosen = str_eq(req_field(r, S("m_relation")),
						relation_slug((enum relation)i)) };
	if (c.options.n && !req_field(r, S("m_relation")).n)
		options[0].chosen = true;
	return c;
}

static err value_options(struct arena *a, const struct stating *x, option_list *ret)
{
	const struct form_field *f = x->field;
	enum language l = x->bench.language;
	struct list_item *items = NULL;
	size_t n = 0, k = 0;

	if (f->list.n)
		TRY(code_list(x->bench.conn, a, f->list, &items, &n));
	ret->items = arena_array(a, struct option, f->options.n + n + 2);
	if (f->kind == FIELD_YES_NO || f->kind == FIELD_DECLARATION) {
		ret->items[k++] = (struct option){ .value = S("yes"), .label = tr(l, TR("Có")) };
		ret->items[k++] = (struct option){ .value = S("no"), .label = tr(l, TR("Không")) };
	}
	for (size_t i = 0; i < f->options.n; i++)
		ret->items[k++] = (struct option){ .value = f->options.items[i].value,
			.label = form_text(
				l, f->options.items[i].label, f->options.items[i].label_en) };
	for (size_t i = 0; i < n; i++)
		ret->items[k++] = (struct option){ .value = items[i].code,
			.label = form_text(l, items[i].name, items[i].name_en) };
	ret->n = k;
	return NULL;
}

static err fill_value(struct req *r, struct out *o, const struct stating *x,
	const field_errors *errors, struct condition_page *m)
{
	option_list options = { 0 };
	str error = error_of(errors, S("m_value"));

	TRY(value_options(o->a, x, &options));
	m->has_choices = options.n > 0;
	m->many_choices = x->field->kind == FIELD_ONE && options.n > 0 && options.n <= 20;
	m->choices = (struct choice_input){ .id = S("m_value"),
		.label = tr(o->language, TR("Giá trị")),
		.hint = m->many_choices
			? tr(o->language, TR("Đánh dấu nhiều ô nghĩa là một trong các giá trị đó"))
			: S(""),
		.error = error,
		.options = { options.items, options.n },
		.many = m->many_choices };
	m->value = (struct input){ .id = S("m_value"),
		.label = tr(o->language, TR("Giá trị")),
		.hint = x->field->kind == FIELD_DATE
			? tr(o->language, TR("Ngày như 23/11/2026; với số năm thì chỉ viết số"))
			: tr(o->language, TR("Để trống khi chỉ hỏi đã trả lời hay chưa")),
		.error = error,
		.value = req_field(r, S("m_value")),
		.width = "24" };
	return NULL;
}

static err reply_condition(
	struct req *r, int status, const struct stating *x, const field_errors *errors)
{
	struct out o = page_out(r);
	const struct form *f = bench_form(&x->bench);
	str more = arena_printf(r->arena, "/dieu-kien/%s", x->slot->member);
	struct condition_page m = {
		.title = thing_title(r->arena, x->spot.thing, x->spot.item),
		.label = tr(o.language, x->slot->label),
		.seen = bench_seen(r->arena, &x->bench),
		.errors = *errors,
		.simple = x->simple,
		.any = x->condition.any,
		.full = x->condition.rows.n >= LIMIT_CONDITION_ROWS,
		.chosen = x->field != NULL,
		.question = question_choice(&o, x),
		.post = thing_url(&o, &x->bench, x->spot.thing, x->spot.key,
			str_z(r->arena, arena_printf(r->arena, STR_FMT "#loi", STR_ARG(more)))),
		.self = thing_url(&o, &x->bench, x->spot.thing, x->spot.key, str_z(r->arena, more)),
		.back = thing_url(&o, &x->bench, x->spot.thing, x->spot.key, ""),
	};

	if (!x->simple)
		m.text = tree_line(r->arena, tree_get(x->spot.item, x->slot->member));
	m.rows.items = arena_array(r->arena, struct sentence_row, x->condition.rows.n + 1);
	for (size_t i = 0; x->simple && i < x->condition.rows.n; i++)
		m.rows.items[m.rows.n++] =
			(struct sentence_row){ sentence_words(r->arena, o.language, f, page_of(x),
						       &x->condition.rows.items[i]),
				i + 1 };
	if (x->field) {
		m.question_id = x->field->name;
		m.question_label = form_full_label(r->arena, o.language, x->field);
		m.relation = relation_choice(r, &o, x);
		TRY(fill_value(r, &o, x, errors, &m));
	}
	condition_html(&o, &m);
	return bench_reply(r, &x->bench, &o,
		(struct framing){ .status = status,
			.error = errors->n > 0,
			.here = x->spot.thing,
			.key = x->spot.key,
			.title = m.label });
}

err show_condition(struct req *r)
{
	struct stating x;

	TRY(open_stating(r, &x, req_query(r, S("cau"))));
	return reply_condition(r, 200, &x, &(field_errors){ 0 });
}

/* --- a sentence that was put together ----------------------------------------------- */
static bool is_whole(str text)
{
	int64_t n;

	return str_to_int(text, INT64_MIN / 2, INT64_MAX / 2, &n);
}

/* As a rule compares it. */
static bool canonical(
	struct arena *a, const struct form_field *f, enum relation relation, str typed, str *ret)
{
	enum field_kind kind = f->kind == FIELD_COMPUTED ? f->as : f->kind;
	bool years = relation == RELATION_AGE_FROM || relation == RELATION_AGE_UNDER;
	str day_part, month, rest, whole, fraction;
	int64_t d, m, y;

	*ret = typed;
	if (kind == FIELD_DATE && !years) {
		day iso;
		if (day_parse(typed, &iso))
			return true;
		if (!str_cut(typed, '/', &day_part, &rest) || !str_cut(rest, '/', &month, &rest) ||
			!str_to_int(day_part, 1, 31, &d) || !str_to_int(month, 1, 12, &m) ||
			!str_to_int(rest, 1800, 2199, &y) ||
			!date_valid((struct date){ (int)y, (int)m, (int)d }))
			return false;
		*ret = day_iso(a, day_from((int)y, (int)m, (int)d));
		return true;
	}
	if (years || kind == FIELD_INTEGER || kind == FIELD_MONEY || kind == FIELD_PAPER)
		return is_whole(typed);
	if (kind != FIELD_NUMBER)
		return typed.n > 0;
	if (!str_cut(typed, ',', &whole, &fraction))
		return is_whole(typed);
	*ret = arena_printf(a, STR_FMT "." STR_FMT, STR_ARG(whole), STR_ARG(fraction));
	return is_whole(whole) && is_whole(fraction) && fraction.p[0] != '-';
}

static bool is_offered(const option_list *options, str value)
{
	for (size_t i = 0; i < options->n; i++)
		if (str_eq(options->items[i].value, value))
			return true;
	return !options->n;
}

static err take_sentence(struct req *r, struct stating *x, field_errors *errors)
{
	struct sentence s = { .name = x->field->name };
	option_list options;
	str typed, value;

	TRY(value_options(r->arena, x, &options));
	if (!relation_of(req_field(r, S("m_relation")), &s.relation) ||
		!(relations_of(x->field) & 1u << s.relation)) {
		error_put(r->arena, errors, S("m_relation"),
			tr(x->bench.language, TR("Chọn một trong danh sách")));
		return NULL;
	}
	for (size_t i = 0;
		relation_takes_value(s.relation) && req_field_at(r, S("m_value"), i, &typed); i++)
		if (canonical(r->arena, x->field, s.relation, str_trim(typed), &value) &&
			is_offered(&options, value))
			*VEC_PUSH(r->arena, &s.values) = value;
	if (relation_takes_value(s.relation) && !s.values.n)
		error_put(r->arena, errors, S("m_value"),
			tr(x->bench.language,
				options.n ? TR("Chọn một giá trị")
					  : TR("Nhập giá trị đúng loại của câu hỏi")));
	else
		*VEC_PUSH(r->arena, &x->condition.rows) = s;
	return NULL;
}

static err take_row_away(struct req *r, struct stating *x)
{
	int64_t number;
	struct sentence *rows = x->condition.rows.items;

	if (!str_to_int(req_field(r, S("bo")), 1, (int64_t)x->condition.rows.n, &number))
		return FAIL(r->arena, INVALID, "no such sentence");
	for (size_t i = (size_t)number; i < x->condition.rows.n; i++)
		rows[i - 1] = rows[i];
	x->condition.rows.n--;
	return NULL;
}

static err change_condition(struct req *r, struct stating *x, field_errors *errors)
{
	str act = req_field(r, S("lam"));

	if (str_eq(act, S("xoa-het"))) {
		x->condition = (struct condition){ 0 };
		x->simple = true;
		return NULL;
	}
	if (!x->simple)
		return FAIL(r->arena, INVALID, "a rule that sentences cannot say");
	if (req_field(r, S("bo")).n)
		return take_row_away(r, x);
	if (req_has_field(r, S("noi")))
		x->condition.any = str_eq(req_field(r, S("noi")), S("hoac"));
	if (str_eq(act, S("noi")))
		return NULL;
	if (!x->field || x->condition.rows.n >= LIMIT_CONDITION_ROWS)
		return FAIL(r->arena, INVALID, "no such question, or too many sentences");
	return take_sentence(r, x, errors);
}

err take_condition(struct req *r)
{
	struct stating x;
	field_errors errors = { 0 };
	struct fault f = { 0 };
	bool answered = false;

	TRY(open_stating(r, &x, req_field(r, S("cau"))));
	if (bench_overtaken(r, &x.bench))
		return reply_overtaken(r, &x.bench);
	TRY(change_condition(r, &x, &errors));
	if (!errors.n) {
		tree_put(r->arena, x.spot.item, str_from(x.slot->member),
			condition_rule(r->arena, bench_form(&x.bench), &x.condition));
		TRY(bench_keep(r, &x.bench, &f, &answered));
	}
	if (answered)
		return NULL;
	if (f.any)
		error_put(r->arena, &errors, x.field ? S("m_relation") : S("cau"), f.words);
	if (errors.n) {
		TRY(open_stating(r, &x, req_field(r, S("cau"))));
		return reply_condition(r, 422, &x, &errors);
	}
	return reply_redirect(r,
		bench_path(r->arena, &x.bench,
			arena_printf(r->arena, "%s/" STR_FMT "/dieu-kien/%s", x.spot.thing->slug,
				STR_ARG(x.spot.key), x.slot->member)));
}
