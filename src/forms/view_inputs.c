/* SPDX-License-Identifier: Apache-2.0 */
/* view_inputs.c - the input of each kind of field. */
#include "forms/commune_input.html.h"
#include "forms/computed.html.h"
#include "forms/declaration.html.h"
#include "forms/draft.h"
#include "forms/note.html.h"
#include "forms/page_parts.h"
#include "forms/viewing.h"

static bool optional(struct viewing *x, const struct form_field *f)
{
	return !form_field_required(f, x->answers);
}

static str hint_of(struct viewing *x, const struct form_field *f)
{
	return form_text(x->source->language, f->question.hint, f->question.hint_en);
}

/* --- one line ------------------------------------------------------------------ */
/* How a kind is typed; a definition may say otherwise. */
static const struct {
	const char *type, *mode, *width;
} typed[FIELD_KIND_COUNT] = {
	[FIELD_INTEGER] = { "text", "numeric", "12" },
	[FIELD_NUMBER] = { "text", "decimal", "12" },
	[FIELD_MONEY] = { "text", "numeric", "12" },
	[FIELD_TIME] = { "text", "numeric", "4" },
	[FIELD_TAX_CODE] = { "text", "numeric", "12" },
	[FIELD_PERSON_ID] = { "text", "numeric", "12" },
	[FIELD_PHONE] = { "tel", NULL, "12" },
	[FIELD_EMAIL] = { "email", NULL, "24" },
};

static const char *NULLABLE width_of(struct viewing *x, const struct form_field *f)
{
	if (!f->width.n)
		return typed[f->kind].width;
	return str_eq(f->width, S("full")) ? NULL : str_z(x->o->a, f->width);
}

/* Money is easier to read in groups, which form_read understands. */
static str value_shown(struct viewing *x, const struct form_field *f, str value)
{
	int64_t n;

	if (f->kind == FIELD_MONEY && str_to_int(value, INT64_MIN, INT64_MAX, &n))
		return number_text(x->o->a, x->source->language, n);
	if (f->kind == FIELD_NUMBER && decimal_units(value, f->decimals, &n))
		return decimal_shown(x->o->a, x->source->language, value);
	return f->kind == FIELD_PHONE ? phone_text(x->o->a, value) : value;
}

/* What was answered before under the same word [C32-8.2]. */
static void fill_offers(struct viewing *x, const struct form_field *f, struct input *i)
{
	const struct form_showing *w = x->showing;

	i->offers.items = arena_array(x->o->a, str, w->n_offers);
	for (size_t k = 0; k < w->n_offers && f->remember.n; k++)
		if (str_eq(w->offers[k].word, f->remember) && !str_eq(w->offers[k].value, i->value))
			i->offers.items[i->offers.n++] = value_shown(x, f, w->offers[k].value);
}

static struct input input_of(struct viewing *x, const struct form_field *f)
{
	return (struct input){
		.id = f->id,
		.label = form_label(x->source->language, f),
		.hint = hint_of(x, f),
		.error = error_of(x->errors, f->id),
		.value = value_shown(x, f, answer(x->answers, f->id)),
		.type = typed[f->kind].type,
		.input_mode = typed[f->kind].mode,
		.autocomplete = f->autocomplete.n ? str_z(x->o->a, f->autocomplete) : NULL,
		.width = width_of(x, f),
		.optional = optional(x, f),
	};
}

static err view_line(struct viewing *x, const struct form_field *f)
{
	struct input i = input_of(x, f);

	i.unit = f->kind == FIELD_MONEY ? tr(x->source->language, TR("đồng"))
					: form_text(x->source->language, f->unit, f->unit_en);
	fill_offers(x, f, &i);
	text_input(x->o, &i);
	return NULL;
}

static err view_area(struct viewing *x, const struct form_field *f)
{
	struct input i = input_of(x, f);

	i.most = (int)f->most;
	i.rows = f->most > 500 ? 6 : 3;
	text_area(x->o, &i);
	return NULL;
}

/* --- dates ---------------------------------------------------------------------- */
static str part_error(struct viewing *x, const struct form_field *f, const char *part)
{
	return error_of(x->errors, arena_printf(x->o->a, STR_FMT "-%s", STR_ARG(f->id), part));
}

static err view_date(struct viewing *x, const struct form_field *f)
{
	struct date_typed t = date_typed_of(x->o->a, answer(x->answers, f->id));
	str ngay = part_error(x, f, "ngay"), thang = part_error(x, f, "thang");
	str nam = part_error(x, f, "nam");
	struct date_input d = {
		.id = f->id,
		.label = form_label(x->source->language, f),
		.hint = hint_of(x, f),
		.error = ngay.n   ? ngay
			: thang.n ? thang
				  : nam,
		.day = t.day,
		.month = t.month,
		.year = t.year,
		.optional = optional(x, f),
		.own_birthday = str_eq(f->prefill, S("account.birth")),
		.bad_day = ngay.n > 0,
		.bad_month = thang.n > 0,
		.bad_year = nam.n > 0,
	};

	date_boxes(x->o, &d);
	return NULL;
}

/* --- choices ---------------------------------------------------------------------- */
/* More are easier to find in a list that opens. */
#define RADIOS_MOST 7

static bool is_chosen(str chosen, str value)
{
	str rest = chosen, piece;

	while (answer_next(&rest, &piece))
		if (str_eq(piece, value))
			return true;
	return false;
}

static err view_choice(struct viewing *x, const struct form_field *f)
{
	static const struct form_option yes_no[] = {
		{ .value = S("yes"), .label = TR("Có") },
		{ .value = S("no"), .label = TR("Không") },
	};
	enum language l = x->source->language;
	str chosen = answer(x->answers, f->id);
	form_options options = { (struct form_option *)yes_no, COUNT(yes_no) };

	if (f->kind != FIELD_YES_NO)
		TRY(form_options_of(x->o->a, x->source, f, x->answers, &options));
	struct choice_input c = {
		.id = f->id,
		.label = form_label(l, f),
		.hint = hint_of(x, f),
		.error = error_of(x->errors, f->id),
		.options = { arena_array(x->o->a, struct option, options.n), options.n },
		.optional = optional(x, f),
		.many = f->kind == FIELD_MANY,
	};
	for (size_t i = 0; i < options.n; i++) {
		const struct form_option *o = &options.items[i];
		c.options.items[i] = (struct option){
			.value = o->value,
			.label = f->kind == FIELD_YES_NO ? tr(l, o->label)
							 : form_text(l, o->label, o->label_en),
			.hint = form_text(l, o->hint, o->hint_en),
			.chosen = is_chosen(chosen, o->value),
		};
	}
	if (f->kind == FIELD_ONE && (f->list.n || options.n > RADIOS_MOST))
		select_input(x->o, &c);
	else
		radio_input(x->o, &c);
	return NULL;
}

/* --- communes ---------------------------------------------------------------------- */
static err view_commune(struct viewing *x, const struct form_field *f)
{
	struct arena *a = x->o->a;
	str province = part_error(x, f, "tinh"), commune = error_of(x->errors, f->id);
	struct commune_input c = {
		.id = f->id,
		.label = form_label(x->source->language, f),
		.hint = hint_of(x, f),
		.error = province.n ? province : commune,
		.optional = optional(x, f),
		.bad_province = province.n > 0,
		.bad_commune = commune.n > 0,
	};
	str ids[2];
	size_t n = 0;

	if (c.hint.n)
		ids[n++] = arena_printf(a, STR_FMT "-goi-y", STR_ARG(f->id));
	if (c.error.n)
		ids[n++] = arena_printf(a, STR_FMT "-loi", STR_ARG(f->id));
	c.described = str_join(a, ids, n, S(" "));
	TRY(communes_offered(a, x->source, answer(x->answers, f->id), f->history, &c));
	commune_input_html(x->o, &c);
	return NULL;
}

/* --- papers ------------------------------------------------------------------------- */
/* What is taken is said where the file is chosen [C32-7.3]. */
static str paper_hint(struct viewing *x, const struct form_field *f)
{
	str own = hint_of(x, f);
	str kinds = tr(x->source->language, TR("Chỉ nhận tệp PDF, JPG, PNG hoặc DOCX"));

	return own.n ? arena_printf(x->o->a, STR_FMT ". " STR_FMT, STR_ARG(own), STR_ARG(kinds))
		     : kinds;
}

static err view_paper(struct viewing *x, const struct form_field *f)
{
	struct file_input i = {
		.id = f->id,
		.label = form_label(x->source->language, f),
		.hint = paper_hint(x, f),
		.error = error_of(x->errors, f->id),
		.accept = ".pdf,.jpg,.jpeg,.png,.docx,image/jpeg,image/png",
		.optional = optional(x, f),
		.several = true,
		.camera = true,
		.most = f->most,
	};

	i.files.items = arena_array(x->o->a, struct file_row, x->showing->n_files);
	for (size_t k = 0; k < x->showing->n_files; k++)
		if (str_eq(x->showing->files[k].field, f->id))
			i.files.items[i.files.n++] = paper_row(x->o, &x->showing->files[k]);
	file_chooser(x->o, &i);
	return NULL;
}

/* --- what is not typed --------------------------------------------------------------- */
static err view_computed(struct viewing *x, const struct form_field *f)
{
	struct computed_part c = {
		.id = f->id,
		.label = form_label(x->source->language, f),
		.hint = hint_of(x, f),
		.rule = rule_text(x->o->a, f->value),
		.as = str_from(f->as == FIELD_MONEY      ? "money"
				: f->as == FIELD_NUMBER  ? "number"
				: f->as == FIELD_INTEGER ? "integer"
				: f->as == FIELD_DATE    ? "date"
							 : "text"),
		.unit = f->as == FIELD_MONEY ? tr(x->source->language, TR("đồng")) : S(""),
	};

	TRY(form_value_shown(x->o->a, x->source, f, answer(x->answers, f->id), &c.value));
	computed_html(x->o, &c);
	return NULL;
}

static err view_declaration(struct viewing *x, const struct form_field *f)
{
	struct declaration_part d = {
		.id = f->id,
		.label = form_label(x->source->language, f),
		.hint = hint_of(x, f),
		.error = error_of(x->errors, f->id),
		.ticked = str_eq(answer(x->answers, f->id), S("yes")),
	};

	declaration_html(x->o, &d);
	return NULL;
}

static err view_note(struct viewing *x, const struct form_field *f)
{
	struct note_part n = { form_label(x->source->language, f),
		form_text(x->source->language, f->text, f->text_en) };

	note_html(x->o, &n);
	return NULL;
}

static err (*const views[FIELD_KIND_COUNT])(struct viewing *, const struct form_field *) = {
	[FIELD_TEXT] = view_line,
	[FIELD_LONG_TEXT] = view_area,
	[FIELD_INTEGER] = view_line,
	[FIELD_NUMBER] = view_line,
	[FIELD_MONEY] = view_line,
	[FIELD_DATE] = view_date,
	[FIELD_TIME] = view_line,
	[FIELD_YES_NO] = view_choice,
	[FIELD_ONE] = view_choice,
	[FIELD_MANY] = view_choice,
	[FIELD_COMMUNE] = view_commune,
	[FIELD_PERSON_ID] = view_line,
	[FIELD_TAX_CODE] = view_line,
	[FIELD_PHONE] = view_line,
	[FIELD_EMAIL] = view_line,
	[FIELD_PAPER] = view_paper,
	[FIELD_COMPUTED] = view_computed,
	[FIELD_DECLARATION] = view_declaration,
	[FIELD_NOTE] = view_note,
};

err view_input(struct viewing *x, const struct form_field *f) { return views[f->kind](x, f); }
