/* SPDX-License-Identifier: Apache-2.0 */
/* carrying.c - an answer that was given to a question, as the answer to the same question asked in
 * another way. What is said there must be what was said here, or the person is asked again. */
#include "forms/moving.h"
#include "forms/parts.h"

struct carrying {
	struct arena *a;
	const struct form_source *source;
	const struct answers *answers;
	const struct form_field *before, *after;
	str value;
};

static bool is_text(enum field_kind kind) { return kind == FIELD_TEXT || kind == FIELD_LONG_TEXT; }

static bool is_amount(enum field_kind kind)
{
	return kind == FIELD_INTEGER || kind == FIELD_NUMBER || kind == FIELD_MONEY;
}

/* --- to texts ------------------------------------------------------------------------ */
/* As the person read it: a choice by its label, a day as 07/03/1990. */
static err as_text(struct carrying *x, str *ret)
{
	static const bool reads_otherwise[FIELD_KIND_COUNT] = { [FIELD_DATE] = true,
		[FIELD_YES_NO] = true,
		[FIELD_ONE] = true,
		[FIELD_MANY] = true,
		[FIELD_COMMUNE] = true };

	*ret = x->before->kind == FIELD_NUMBER ? decimal_shown(x->a, x->source->language, x->value)
					       : x->value;
	if (reads_otherwise[x->before->kind])
		TRY(form_value_shown(x->a, x->source, x->before, x->value, ret));
	char *p = (char *)str_copy(x->a, *ret).p;
	for (size_t i = 0; i < ret->n && x->after->kind == FIELD_TEXT; i++)
		if (p[i] == '\n')
			p[i] = ' ';
	ret->p = p;
	return NULL;
}

/* --- to choices ------------------------------------------------------------------------ */
/* The value of the choice that was made, or whose label was written. "" when there is none. */
static err find_choice(struct carrying *x, str piece, str *ret)
{
	const struct form_option *chosen;
	form_options all;

	TRY(form_option_get(x->a, x->source, x->after, piece, &chosen));
	*ret = chosen ? chosen->value : S("");
	if (chosen || !is_text(x->before->kind))
		return NULL;
	TRY(form_options_of(x->a, x->source, x->after, x->answers, &all));
	for (size_t i = 0; i < all.n && !ret->n; i++)
		if (str_eq(all.items[i].label, piece) || str_eq(all.items[i].label_en, piece))
			*ret = all.items[i].value;
	return NULL;
}

static err as_choices(struct carrying *x, str *ret)
{
	struct buf b = buf_in(x->a, LIMIT_ANSWERS);
	str rest = x->value, piece, value;

	while (answer_next(&rest, &piece)) {
		TRY(find_choice(x, piece, &value));
		if (!value.n || (x->after->kind == FIELD_ONE && b.n))
			return NULL;
		if (b.n)
			buf_char(&b, '\n');
		buf_add(&b, value);
	}
	*ret = buf_str(&b);
	return NULL;
}

/* --- to anything else --------------------------------------------------------------------- */
/* As it is, when the new question has nothing against it. Digits with points may be thousands or a
 * fraction: who wrote them knows. */
static err as_it_is(struct carrying *x, str *ret)
{
	struct checking checking = { x->a, x->source, x->answers };
	struct finding found = { 0 };

	if (is_text(x->before->kind) && is_amount(x->after->kind) && !digits_only(x->value))
		return NULL;
	TRY(check_value(&checking, x->after, x->value, &found));
	*ret = found.message.n ? S("") : x->value;
	return NULL;
}

/* What was declared or sent is said in no other way. */
static bool stays_its_kind(enum field_kind kind)
{
	return kind == FIELD_PAPER || kind == FIELD_DECLARATION;
}

err answer_carried(struct arena *a, const struct form_source *source,
	const struct form_field *before, const struct form_field *after, str value,
	const struct answers *answers, str *ret)
{
	struct carrying x = { a, source, answers, before, after, value };
	enum field_kind kind = after->kind;
	str province;

	*ret = S("");
	if (kind == FIELD_ONE || kind == FIELD_MANY)
		return as_choices(&x, ret);
	if (kind == FIELD_COMMUNE && before->kind == kind && !commune_open(value, &province))
		return as_it_is(&x, ret);
	if (kind == before->kind) {
		*ret = value;
		return NULL;
	}
	if (stays_its_kind(kind) || stays_its_kind(before->kind) || kind == FIELD_COMMUNE)
		return NULL;
	return is_text(kind) ? as_text(&x, ret) : as_it_is(&x, ret);
}
