/* SPDX-License-Identifier: Apache-2.0 */
/* slots.c - the members of a thing as inputs, and what was typed into them back into the text. */
#include "builder/bench.h"
#include "builder/tick.html.h"
#include "core/fold.h"

#define LINE_MOST 1000
#define LONG_MOST 8000

str slot_id(struct arena *a, const char *member)
{
	return arena_printf(a, SLOT_PREFIX "%s", member);
}

void error_put(struct arena *a, field_errors *errors, str field, str message)
{
	struct field_error *items = arena_array(a, struct field_error, errors->n + 1);

	if (errors->n)
		memcpy(items, errors->items, errors->n * sizeof *items);
	items[errors->n] = (struct field_error){ field, message };
	*errors = (field_errors){ items, errors->n + 1 };
}

static const struct tree *NULLABLE value_of(const struct slot_context *x, const struct slot *s)
{
	return tree_get(x->spot->item, s->member);
}

static bool is_date(const struct slot_context *x)
{
	return str_eq(tree_get_text(x->spot->item, "kind"), S("date"));
}

/* --- as people write it -------------------------------------------------------------- */
static str day_words(struct arena *a, str iso)
{
	day d;

	return day_parse(iso, &d) ? day_text(a, d) : iso;
}

static str list_lines(struct arena *a, const struct tree *NULLABLE list)
{
	str *lines = arena_array(a, str, tree_count(list) + 1);

	for (size_t i = 0; i < tree_count(list); i++)
		lines[i] = tree_shown(a, list->items.items[i]);
	return str_join(a, lines, tree_count(list), S("\n"));
}

static str option_line(struct arena *a, const struct tree *option)
{
	str value = tree_get_text(option, "value"), english = tree_get_text(option, "label_en");
	const struct tree *of = tree_get(option, "of");
	struct buf b = buf_in(a, 8 * KIB);

	buf_printf(
		&b, STR_FMT " | " STR_FMT, STR_ARG(value), STR_ARG(tree_get_text(option, "label")));
	if (english.n || of)
		buf_printf(&b, " | " STR_FMT, STR_ARG(english));
	for (size_t i = 0; of && i < of->items.n; i++)
		buf_printf(&b, "%s" STR_FMT, i ? ", " : " | ", STR_ARG(of->items.items[i]->text));
	return buf_str(&b);
}

static str options_lines(struct arena *a, const struct tree *NULLABLE list)
{
	str *lines = arena_array(a, str, tree_count(list) + 1);

	for (size_t i = 0; i < tree_count(list); i++)
		lines[i] = option_line(a, list->items.items[i]);
	return str_join(a, lines, tree_count(list), S("\n"));
}

static str written(struct arena *a, const struct slot_context *x, const struct slot *s)
{
	const struct tree *value = value_of(x, s);

	if (x->posted)
		return req_field(x->posted, slot_id(a, s->member));
	if (s->widget == WIDGET_DAY || (s->widget == WIDGET_BOUND && is_date(x)))
		return day_words(a, tree_shown(a, value));
	if (s->widget == WIDGET_LINES)
		return list_lines(a, value);
	if (s->widget == WIDGET_OPTIONS)
		return options_lines(a, value);
	if (s->widget == WIDGET_COUNT)
		return tree_get_text(value, "var");
	return tree_shown(a, value);
}

/* --- inputs ---------------------------------------------------------------------------- */
static struct input input_of(struct out *o, const struct slot_context *x, const struct slot *s)
{
	str id = slot_id(o->a, s->member);
	bool lines = s->widget == WIDGET_LINES || s->widget == WIDGET_OPTIONS;

	return (struct input){
		.id = id,
		.label = tr(o->language, s->label),
		.hint = s->hint.n ? tr(o->language, s->hint) : S(""),
		.error = error_of(x->errors, id),
		.value = written(o->a, x, s),
		.optional = !s->needed,
		.width = s->widget == WIDGET_NUMBER || s->widget == WIDGET_BOUND ||
				s->widget == WIDGET_DAY
			? "12"
			: NULL,
		.rows = lines ? 6 : 3,
	};
}

static bool posted_value(struct req *r, str name, str value)
{
	str given;

	for (size_t i = 0; req_field_at(r, name, i, &given); i++)
		if (str_eq(given, value))
			return true;
	return false;
}

static bool listed(const struct tree *NULLABLE list, str value)
{
	for (size_t i = 0; i < tree_count(list); i++)
		if (str_eq(list->items.items[i]->text, value))
			return true;
	return false;
}

static struct choice_input choice_of(
	struct out *o, const struct slot_context *x, const struct slot *s)
{
	str id = slot_id(o->a, s->member),
	    chosen = s->widget == WIDGET_MANY ? S("") : written(o->a, x, s);
	option_list options = supply_options(o->a, x->bench, x->spot, s->supply, chosen);

	for (size_t i = 0; s->widget == WIDGET_MANY && i < options.n; i++)
		options.items[i].chosen = x->posted
			? posted_value(x->posted, id, options.items[i].value)
			: listed(value_of(x, s), options.items[i].value);
	return (struct choice_input){
		.id = id,
		.label = tr(o->language, s->label),
		.hint = s->hint.n ? tr(o->language, s->hint) : S(""),
		.error = error_of(x->errors, id),
		.options = { options.items, options.n },
		.optional = !s->needed,
		.many = s->widget == WIDGET_MANY,
	};
}

/* A choice that may be none is one of the list, too. */
static void view_select(struct out *o, const struct slot_context *x, const struct slot *s)
{
	struct choice_input c = choice_of(o, x, s);
	struct option *options = arena_array(o->a, struct option, c.options.n + 1);

	if (!s->needed) {
		options[0] =
			(struct option){ .label = tr(o->language, TR("Không")), .chosen = true };
		for (size_t i = 0; i < c.options.n; i++) {
			options[i + 1] = c.options.items[i];
			options[0].chosen = options[0].chosen && !options[i + 1].chosen;
		}
		c.options.items = options;
		c.options.n++;
	}
	select_input(o, &c);
}

static void view_tick(struct out *o, const struct slot_context *x, const struct slot *s)
{
	str id = slot_id(o->a, s->member);
	struct tick_part m = { .id = id,
		.label = tr(o->language, s->label),
		.hint = s->hint.n ? tr(o->language, s->hint) : S(""),
		.error = error_of(x->errors, id),
		.ticked = x->posted ? req_has_field(x->posted, id) : tree_is_true(value_of(x, s)) };

	tick_html(o, &m);
}

/* "answers" fills a screen; it is shown where samples are tried. */
void slot_view(struct out *o, const struct slot_context *x, const struct slot *s)
{
	struct input i;
	struct choice_input c;

	switch (s->widget) {
	case WIDGET_LINE:
	case WIDGET_NUMBER:
	case WIDGET_DAY:
	case WIDGET_BOUND:
		i = input_of(o, x, s);
		text_input(o, &i);
		return;
	case WIDGET_LONG:
	case WIDGET_LINES:
	case WIDGET_OPTIONS:
		i = input_of(o, x, s);
		text_area(o, &i);
		return;
	case WIDGET_CHOICE:
	case WIDGET_COUNT: view_select(o, x, s); return;
	case WIDGET_MANY:
		c = choice_of(o, x, s);
		if (c.options.n)
			radio_input(o, &c);
		return;
	case WIDGET_YES: view_tick(o, x, s); return;
	case WIDGET_RULE:
	case WIDGET_FIXED: return;
	}
}

/* --- what was typed ---------------------------------------------------------------------- */
struct taking {
	struct req *r;
	struct arena *a;
	enum language language;
	const struct slot_context *x;
	const struct slot *s;
	field_errors *errors;
	str id;
};

static void refuse(const struct taking *t, str message)
{
	error_put(t->a, t->errors, t->id, tr(t->language, message));
}

static void put(const struct taking *t, struct tree *NULLABLE value)
{
	tree_put(t->a, t->x->spot->item, str_from(t->s->member), value);
}

static str typed(const struct taking *t, size_t most)
{
	str clean = S("");
	err e = text_clean(t->a, str_trim(req_field(t->r, t->id)), &clean);

	if (e || str_length(clean) > most)
		refuse(t, TR("Nội dung dài quá"));
	return clean;
}

static void take_text(const struct taking *t, size_t most)
{
	str text = typed(t, most);

	if (!text.n && t->s->needed)
		refuse(t, TR("Chưa điền mục này"));
	else
		tree_put_text(t->a, t->x->spot->item, t->s->member, text);
}

/* "1.000.000" and "1 000 000" are whole numbers, "12,5" is not; as JSON writes it. */
static bool number_typed(struct arena *a, str text, str *ret, bool *ret_whole)
{
	struct buf b = buf_in(a, 64);
	size_t digits = 0, points = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool digit = c >= '0' && c <= '9';
		if (digit || (c == '-' && i == 0))
			buf_char(&b, c);
		else if (c == ',' && digits && i + 1 < text.n)
			buf_char(&b, '.');
		else if (c != '.' && c != ' ')
			return false;
		digits += digit;
		points += c == ',';
	}
	*ret = buf_str(&b);
	*ret_whole = points == 0;
	return digits > 0 && digits <= 15 && points <= 1;
}

/* JSON has no "007". */
static str plain_number(struct arena *a, str text, bool whole)
{
	int64_t n;

	return whole && str_to_int(text, INT64_MIN, INT64_MAX, &n)
		? arena_printf(a, "%lld", (long long)n)
		: text;
}

static void take_number(const struct taking *t)
{
	str text = typed(t, 40), number;
	bool whole;

	if (!text.n) {
		put(t, NULL);
		return;
	}
	if (!number_typed(t->a, text, &number, &whole) ||
		(!whole && t->s->widget == WIDGET_NUMBER)) {
		refuse(t, TR("Nhập một số"));
		return;
	}
	struct tree *value = tree_new(t->a, whole ? JSON_INT : JSON_DOUBLE);
	value->text = plain_number(t->a, number, whole);
	put(t, value);
}

/* 23/11/2026, 23-11-2026 or 2026-11-23 */
static bool day_typed(struct arena *a, str text, day *ret)
{
	str d, m, y, rest;
	int64_t day_number, month, year;

	if (day_parse(text, ret))
		return true;
	char separator = str_has(text, S("/")) ? '/' : '-';
	if (!str_cut(text, separator, &d, &rest) || !str_cut(rest, separator, &m, &y) ||
		!str_to_int(d, 1, 31, &day_number) || !str_to_int(m, 1, 12, &month) ||
		!str_to_int(y, 1800, 2199, &year) ||
		!date_valid((struct date){ (int)year, (int)month, (int)day_number }))
		return false;
	*ret = day_from((int)year, (int)month, (int)day_number);
	return true;
}

static void take_day(const struct taking *t)
{
	str text = typed(t, 40);
	day d;

	if (!text.n)
		put(t, NULL);
	else if (day_typed(t->a, text, &d))
		put(t, tree_text_of(t->a, day_iso(t->a, d)));
	else
		refuse(t, TR("Nhập ngày như 23/11/2026"));
}

static void take_lines(const struct taking *t)
{
	str text = typed(t, LONG_MOST), line;
	struct tree *list = tree_new(t->a, JSON_LIST);

	while (text.n) {
		str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n)
			tree_insert(t->a, list, list->items.n, tree_text_of(t->a, line));
	}
	put(t, list->items.n ? list : NULL);
}

/* Offered ones only: what is posted otherwise fits no box. */
static void take_many(const struct taking *t)
{
	option_list options = supply_options(t->a, t->x->bench, t->x->spot, t->s->supply, S(""));
	struct tree *list = tree_new(t->a, JSON_LIST);

	for (size_t i = 0; i < options.n; i++)
		if (posted_value(t->r, t->id, options.items[i].value))
			tree_insert(t->a, list, list->items.n,
				tree_text_of(t->a, options.items[i].value));
	put(t, list->items.n ? list : NULL);
}

static void take_choice(const struct taking *t)
{
	str value = typed(t, LINE_MOST);
	option_list options = supply_options(t->a, t->x->bench, t->x->spot, t->s->supply, value);
	bool known = !value.n && !t->s->needed;

	for (size_t i = 0; i < options.n; i++)
		known = known || options.items[i].chosen;
	if (!known) {
		refuse(t, TR("Chọn một trong danh sách"));
		return;
	}
	struct tree *choice = value.n ? tree_text_of(t->a, value) : NULL;
	if (choice && t->s->widget == WIDGET_COUNT) {
		struct tree *var = tree_new(t->a, JSON_MAP);
		tree_put(t->a, var, S("var"), choice);
		choice = var;
	}
	put(t, choice);
}

/* A rule of a fee's count that is more than one answer is kept when nothing was chosen instead. */
static void take_count(const struct taking *t)
{
	const struct tree *rule = value_of(t->x, t->s);

	if (rule && !tree_get_text(rule, "var").n && !req_field(t->r, t->id).n)
		return;
	take_choice(t);
}

/* --- options -------------------------------------------------------------------------------- */
static struct tree *NULLABLE option_named(const struct tree *NULLABLE list, str value)
{
	for (size_t i = 0; i < tree_count(list); i++)
		if (str_eq(tree_get_text(list->items.items[i], "value"), value))
			return list->items.items[i];
	return NULL;
}

static void put_of(struct arena *a, struct tree *option, str words)
{
	struct tree *of = tree_new(a, JSON_LIST);
	str word;

	while (words.n) {
		str_cut(words, ',', &word, &words);
		if (str_trim(word).n)
			tree_insert(a, of, of->items.n, tree_text_of(a, str_trim(word)));
	}
	tree_put(a, option, S("of"), of->items.n ? of : NULL);
}

/* What a line does not say, a hint, stays with the value. */
static struct tree *NULLABLE option_typed(
	const struct taking *t, const struct tree *NULLABLE before, str line)
{
	str value, label, english, of, rest;
	bool alone = !str_cut(line, '|', &value, &rest);

	str_cut(rest, '|', &label, &rest);
	str_cut(rest, '|', &english, &of);
	label = alone ? str_trim(value) : str_trim(label);
	value = alone ? text_slug(t->a, label) : str_trim(value);
	if (!label.n || !value.n)
		return NULL;
	const struct tree *old = option_named(before, value);
	struct tree *option = old ? tree_copy(t->a, old) : tree_new(t->a, JSON_MAP);
	tree_put_text(t->a, option, "value", value);
	tree_put_text(t->a, option, "label", label);
	tree_put_text(t->a, option, "label_en", str_trim(english));
	put_of(t->a, option, of);
	return option;
}

static void take_options(const struct taking *t)
{
	str text = typed(t, 32 * KIB), line;
	const struct tree *before = value_of(t->x, t->s);
	struct tree *list = tree_new(t->a, JSON_LIST);

	while (text.n) {
		str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		struct tree *option = line.n ? option_typed(t, before, line) : NULL;
		if (line.n && !option)
			refuse(t, TR("Có dòng thiếu nhãn: viết giá trị | nhãn"));
		else if (option)
			tree_insert(t->a, list, list->items.n, option);
	}
	put(t, list->items.n ? list : NULL);
}

void slot_take(
	struct req *r, const struct slot_context *x, const struct slot *s, field_errors *errors)
{
	struct taking t = { r, r->arena, x->bench->language, x, s, errors,
		slot_id(r->arena, s->member) };

	switch (s->widget) {
	case WIDGET_LINE: take_text(&t, LINE_MOST); return;
	case WIDGET_LONG: take_text(&t, LONG_MOST); return;
	case WIDGET_YES: put(&t, req_has_field(r, t.id) ? tree_true(t.a) : NULL); return;
	case WIDGET_BOUND:
		if (is_date(x))
			take_day(&t);
		else
			take_number(&t);
		return;
	case WIDGET_NUMBER: take_number(&t); return;
	case WIDGET_DAY: take_day(&t); return;
	case WIDGET_CHOICE: take_choice(&t); return;
	case WIDGET_COUNT: take_count(&t); return;
	case WIDGET_MANY: take_many(&t); return;
	case WIDGET_LINES: take_lines(&t); return;
	case WIDGET_OPTIONS: take_options(&t); return;
	case WIDGET_RULE:
	case WIDGET_FIXED: return;
	}
}
