/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/condition.h"

#include "view/tr.h"

static const struct {
	str slug, words;
} relations[RELATION_COUNT] = {
	[RELATION_IS] = { S("la"), TR("là") },
	[RELATION_IS_NOT] = { S("khac"), TR("không phải là") },
	[RELATION_HAS] = { S("co"), TR("có chọn") },
	[RELATION_HAS_NOT] = { S("khong-co"), TR("không chọn") },
	[RELATION_AT_LEAST] = { S("it-nhat"), TR("ít nhất là") },
	[RELATION_AT_MOST] = { S("nhieu-nhat"), TR("nhiều nhất là") },
	[RELATION_MORE] = { S("hon"), TR("lớn hơn") },
	[RELATION_LESS] = { S("duoi"), TR("nhỏ hơn") },
	[RELATION_AGE_FROM] = { S("du-nam"), TR("tính đến hôm nay đã đủ số năm là") },
	[RELATION_AGE_UNDER] = { S("chua-du-nam"), TR("tính đến hôm nay chưa đủ số năm là") },
	[RELATION_ANSWERED] = { S("da-khai"), TR("đã được trả lời") },
	[RELATION_UNANSWERED] = { S("chua-khai"), TR("chưa được trả lời") },
};

str relation_slug(enum relation r) { return relations[r].slug; }
str relation_words(enum relation r) { return relations[r].words; }

bool relation_of(str slug, enum relation *ret)
{
	for (int r = 0; r < RELATION_COUNT; r++)
		if (str_eq(slug, relations[r].slug)) {
			*ret = (enum relation)r;
			return true;
		}
	return false;
}

bool relation_takes_value(enum relation r)
{
	return r != RELATION_ANSWERED && r != RELATION_UNANSWERED;
}

/* --- from a rule ------------------------------------------------------------------ */
static const struct tree *NULLABLE only(const struct tree *NULLABLE t, const char *operator)
{
	return t && t->type == JSON_MAP && t->items.n == 1 &&
			str_eq(t->items.items[0]->key, str_from(operator))
		? t->items.items[0]
		: NULL;
}

/* {"var": "x"}, without a default. */
static bool read_name(const struct tree *NULLABLE t, str *ret)
{
	const struct tree *var = only(t, "var");

	if (var && var->type == JSON_LIST && var->items.n == 1)
		var = var->items.items[0];
	if (!var || var->type != JSON_TEXT || !var->text.n)
		return false;
	*ret = var->text;
	return true;
}

static bool is_value(const struct tree *NULLABLE t)
{
	return t && (t->type == JSON_TEXT || t->type == JSON_INT || t->type == JSON_DOUBLE);
}

static const struct tree *NULLABLE operand(const struct tree *NULLABLE args, size_t i)
{
	if (!args || args->type != JSON_LIST)
		return i ? NULL : args;
	return i < args->items.n ? args->items.items[i] : NULL;
}

static bool read_values(struct arena *a, const struct tree *NULLABLE t, struct sentence *s)
{
	if (is_value(t)) {
		*VEC_PUSH(a, &s->values) = t->text;
		return true;
	}
	for (size_t i = 0; t && t->type == JSON_LIST && i < t->items.n; i++) {
		if (!is_value(t->items.items[i]))
			return false;
		*VEC_PUSH(a, &s->values) = t->items.items[i]->text;
	}
	return s->values.n > 0 && t->type == JSON_LIST;
}

static bool read_age(struct arena *a, const struct tree *args, bool under, struct sentence *s)
{
	const struct tree *years = only(operand(args, 0), "years_between");
	str today;

	if (!years || years->items.n != 2 || !read_name(operand(years, 0), &s->name) ||
		!read_name(operand(years, 1), &today) || !str_eq(today, S("hom-nay")))
		return false;
	s->relation = under ? RELATION_AGE_UNDER : RELATION_AGE_FROM;
	return is_value(operand(args, 1)) && read_values(a, operand(args, 1), s);
}

static bool read_in(struct arena *a, const struct tree *args, bool not, struct sentence *s)
{
	if (tree_count(args) != 2)
		return false;
	if (read_name(operand(args, 0), &s->name)) {
		s->relation = not ? RELATION_IS_NOT : RELATION_IS;
		return operand(args, 1)->type == JSON_LIST && read_values(a, operand(args, 1), s);
	}
	s->relation = not ? RELATION_HAS_NOT : RELATION_HAS;
	return read_name(operand(args, 1), &s->name) && is_value(operand(args, 0)) &&
		read_values(a, operand(args, 0), s);
}

static bool read_comparison(struct arena *a, const struct tree *op, struct sentence *s)
{
	static const struct {
		const char *operator;
		enum relation relation;
	} operators[] = { { "==", RELATION_IS }, { "!=", RELATION_IS_NOT },
		{ ">=", RELATION_AT_LEAST }, { "<=", RELATION_AT_MOST }, { ">", RELATION_MORE },
		{ "<", RELATION_LESS } };
	const struct tree *value = operand(op, 1);

	for (size_t i = 0; i < COUNT(operators); i++) {
		if (!str_eq(op->key, str_from(operators[i].operator)) || tree_count(op) != 2)
			continue;
		s->relation = operators[i].relation;
		if (!read_name(operand(op, 0), &s->name))
			return (s->relation == RELATION_LESS || s->relation == RELATION_AT_LEAST) &&
				read_age(a, op, s->relation == RELATION_LESS, s);
		if (value->type == JSON_NULL_ && i < 2) {
			s->relation = i ? RELATION_ANSWERED : RELATION_UNANSWERED;
			return true;
		}
		return is_value(value) && read_values(a, value, s);
	}
	return false;
}

static bool read_sentence(struct arena *a, const struct tree *rule, struct sentence *s)
{
	if (rule->type != JSON_MAP || rule->items.n != 1)
		return false;
	const struct tree *op = rule->items.items[0];
	bool not = str_eq(op->key, S("!"));

	if (str_eq(op->key, S("in")))
		return read_in(a, op, false, s);
	if (not || str_eq(op->key, S("!!"))) {
		const struct tree *in = not ? only(operand(op, 0), "in") : NULL;
		if (in)
			return read_in(a, in, true, s);
		s->relation = not ? RELATION_UNANSWERED : RELATION_ANSWERED;
		return read_name(operand(op, 0), &s->name);
	}
	return read_comparison(a, op, s);
}

bool condition_of(struct arena *a, const struct tree *NULLABLE rule, struct condition *ret)
{
	const struct tree *all = only(rule, "and"), *any = only(rule, "or");
	const struct tree *rows = all ? all : any;

	*ret = (struct condition){ .any = any != NULL };
	if (!rule || !rule->items.n)
		return true;
	if (!rows)
		return read_sentence(a, rule, VEC_PUSH(a, &ret->rows));
	if (rows->type != JSON_LIST)
		return false;
	for (size_t i = 0; i < rows->items.n; i++)
		if (!read_sentence(a, rows->items.items[i], VEC_PUSH(a, &ret->rows)))
			return false;
	return rows->items.n > 0;
}

/* --- to a rule ---------------------------------------------------------------------- */
static struct tree *operation(
	struct arena *a, const char *operator, struct tree * left, struct tree *NULLABLE right)
{
	struct tree *t = tree_new(a, JSON_MAP), *args = tree_new(a, JSON_LIST);

	tree_insert(a, args, 0, left);
	if (right)
		tree_insert(a, args, 1, right);
	tree_put(a, t, str_from(operator), right ? args : left);
	return t;
}

static struct tree *var_of(struct arena *a, str name)
{
	struct tree *t = tree_new(a, JSON_MAP);

	tree_put_text(a, t, "var", name);
	return t;
}

static bool is_number(const struct form_field *NULLABLE f)
{
	enum field_kind kind = f ? f->kind == FIELD_COMPUTED ? f->as : f->kind : FIELD_TEXT;

	return kind == FIELD_INTEGER || kind == FIELD_NUMBER || kind == FIELD_MONEY ||
		kind == FIELD_PAPER;
}

static struct tree *value_of(struct arena *a, bool number, str text)
{
	struct tree *t = tree_text_of(a, text);

	if (number)
		t->type = str_has(text, S(".")) ? JSON_DOUBLE : JSON_INT;
	return t;
}

static struct tree *rule_of(
	struct arena *a, const struct form_field *NULLABLE f, const struct sentence *s)
{
	static const char *const operators[RELATION_COUNT] = { [RELATION_IS] = "==",
		[RELATION_IS_NOT] = "!=",
		[RELATION_AT_LEAST] = ">=",
		[RELATION_AT_MOST] = "<=",
		[RELATION_MORE] = ">",
		[RELATION_LESS] = "<",
		[RELATION_AGE_FROM] = ">=",
		[RELATION_AGE_UNDER] = "<" };
	bool age = s->relation == RELATION_AGE_FROM || s->relation == RELATION_AGE_UNDER;
	bool not = s->relation == RELATION_IS_NOT || s->relation == RELATION_HAS_NOT;
	struct tree *name = var_of(a, s->name), *values = tree_new(a, JSON_LIST), *rule;

	if (!relation_takes_value(s->relation) && f && f->kind == FIELD_MANY)
		return operation(a, s->relation == RELATION_ANSWERED ? "!!" : "!", name, NULL);
	if (!relation_takes_value(s->relation)) {
		struct tree *nothing = tree_new(a, JSON_NULL_);
		nothing->text = S("null");
		return operation(a, s->relation == RELATION_ANSWERED ? "!=" : "==", name, nothing);
	}
	for (size_t i = 0; i < s->values.n; i++)
		tree_insert(a, values, i, value_of(a, age || is_number(f), s->values.items[i]));
	if (s->relation == RELATION_HAS || s->relation == RELATION_HAS_NOT)
		rule = operation(a, "in", values->items.items[0], name);
	else if (s->values.n > 1)
		rule = operation(a, "in", name, values);
	else
		return operation(a, operators[s->relation],
			age ? operation(a, "years_between", name, var_of(a, S("hom-nay"))) : name,
			values->items.items[0]);
	return not ? operation(a, "!", rule, NULL) : rule;
}

/* What a rule of a repeated page calls by its bare name is found there too. */
const struct form_field *NULLABLE condition_field(const struct form *f, str page, str name)
{
	const struct form_field *found = NULL;

	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			bool here = str_eq(f->pages.items[i].id, page);
			if (str_eq(field->name, name) &&
				(here || (!found && !f->pages.items[i].repeat.on)))
				found = field;
		}
	return found;
}

static const struct form_field *NULLABLE field_anywhere(const struct form *f, str name)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (str_eq(f->pages.items[i].fields.items[k].name, name))
				return &f->pages.items[i].fields.items[k];
	return NULL;
}

struct tree *NULLABLE condition_rule(
	struct arena *a, const struct form *f, const struct condition *c)
{
	struct tree *t = tree_new(a, JSON_MAP), *rows = tree_new(a, JSON_LIST);

	for (size_t i = 0; i < c->rows.n; i++) {
		const struct sentence *s = &c->rows.items[i];
		tree_insert(a, rows, i, rule_of(a, field_anywhere(f, s->name), s));
	}
	if (c->rows.n < 2)
		return c->rows.n ? rows->items.items[0] : NULL;
	tree_put(a, t, c->any ? S("or") : S("and"), rows);
	return t;
}

/* --- which questions ------------------------------------------------------------------- */
static void offer(struct arena *a, enum language l, const struct form_page *p,
	const struct form_field *f, nameable_list *ret)
{
	if (f->kind == FIELD_NOTE)
		return;
	*VEC_PUSH(a, ret) = (struct nameable){ f,
		arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(form_text(l, p->title, p->title_en)),
			STR_ARG(form_full_label(a, l, f))) };
}

static bool is_of(const struct form_field *f, str question)
{
	return str_eq(f->group ? f->group->question.id : f->name, question);
}

void condition_names(struct arena *a, enum language l, const struct form *f,
	const struct spot_of *place, nameable_list *ret)
{
	bool question = place->thing == &thing_question, page = place->thing == &thing_page;
	str own_page = question ? key_parent(place->thing, place->key) : page ? place->key : S("");
	str own = question ? key_last(place->key) : S("");

	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		bool here = str_eq(p->id, own_page);
		if (here && page)
			return;
		for (size_t k = 0; k < p->fields.n; k++) {
			if (here && is_of(&p->fields.items[k], own))
				return;
			if (here || !p->repeat.on)
				offer(a, l, p, &p->fields.items[k], ret);
		}
	}
}

const struct form_field *NULLABLE nameable_find(const nameable_list *names, str name)
{
	for (size_t i = 0; i < names->n; i++)
		if (str_eq(names->items[i].field->name, name))
			return names->items[i].field;
	return NULL;
}

#define R(name) (1u << RELATION_##name)
unsigned relations_of(const struct form_field *f)
{
	unsigned given = R(ANSWERED) | R(UNANSWERED);
	enum field_kind kind = f->kind == FIELD_COMPUTED ? f->as : f->kind;
	unsigned ordered = R(AT_LEAST) | R(AT_MOST) | R(MORE) | R(LESS);

	switch (kind) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_MONEY:
	case FIELD_PAPER: return R(IS) | R(IS_NOT) | ordered | given;
	case FIELD_TIME: return R(IS) | ordered | given;
	case FIELD_DATE: return R(AGE_FROM) | R(AGE_UNDER) | ordered | R(IS) | given;
	case FIELD_YES_NO:
	case FIELD_DECLARATION:
	case FIELD_ONE: return R(IS) | R(IS_NOT) | given;
	case FIELD_MANY: return R(HAS) | R(HAS_NOT) | given;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_PERSON_ID:
	case FIELD_TAX_CODE:
	case FIELD_COMMUNE: return R(IS) | R(IS_NOT) | given;
	case FIELD_PHONE:
	case FIELD_EMAIL:
	case FIELD_COMPUTED:
	case FIELD_NOTE:
	case FIELD_KIND_COUNT: break;
	}
	return given;
}

/* --- words ---------------------------------------------------------------------------------- */
str value_words(struct arena *a, enum language l, const struct form_field *NULLABLE f, str value)
{
	day d;

	if (f && (f->kind == FIELD_YES_NO || f->kind == FIELD_DECLARATION))
		return tr(l, str_eq(value, S("yes")) ? TR("Có") : TR("Không"));
	for (size_t i = 0; f && i < f->options.n; i++)
		if (str_eq(f->options.items[i].value, value))
			return form_text(
				l, f->options.items[i].label, f->options.items[i].label_en);
	return f && f->kind == FIELD_DATE && day_parse(value, &d) ? day_text(a, d) : value;
}

str sentence_words(
	struct arena *a, enum language l, const struct form *f, str page, const struct sentence *s)
{
	const struct form_field *field = condition_field(f, page, s->name);
	struct buf b = buf_in(a, 16 * KIB);

	buf_printf(&b, "“" STR_FMT "” " STR_FMT,
		STR_ARG(field ? form_full_label(a, l, field) : s->name),
		STR_ARG(tr(l, relations[s->relation].words)));
	for (size_t i = 0; i < s->values.n; i++)
		buf_printf(&b, "%s" STR_FMT STR_FMT, i ? " " : "",
			STR_ARG(i ? arena_printf(a, STR_FMT " ", STR_ARG(tr(l, TR("hoặc"))))
				  : S(" ")),
			STR_ARG(value_words(a, l, field, s->values.items[i])));
	return buf_str(&b);
}

str condition_words(struct arena *a, enum language l, const struct form *f, str page,
	const struct tree *NULLABLE rule)
{
	struct condition c;
	struct buf b = buf_in(a, 64 * KIB);

	if (!rule)
		return S("");
	if (!condition_of(a, rule, &c))
		return tree_line(a, rule);
	for (size_t i = 0; i < c.rows.n; i++) {
		if (i)
			buf_printf(
				&b, " " STR_FMT " ", STR_ARG(tr(l, c.any ? TR("hoặc") : TR("và"))));
		buf_add(&b, sentence_words(a, l, f, page, &c.rows.items[i]));
	}
	return buf_str(&b);
}
