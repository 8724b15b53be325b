/* SPDX-License-Identifier: Apache-2.0 */
#include "view/parts.h"

#include "view/date_boxes.html.h"
#include "view/error_summary.html.h"
#include "view/file_chooser.html.h"
#include "view/radio_input.html.h"
#include "view/select_input.html.h"
#include "view/text_area.html.h"
#include "view/text_input.html.h"

static void put(struct out *o, str s) { put_raw(o, s.p, s.n); }

void icon(struct out *o, const char *name)
{
	char sprite[64] = "icons.svg#";
	size_t n = strlen(name), at = strlen(sprite);

	assert(at + n < sizeof sprite);
	memcpy(sprite + at, name, n + 1);
	put(o, S("<svg class=\"icon\" aria-hidden=\"true\"><use href=\""));
	put_url_url(o, url_asset(o, sprite));
	put(o, S("\"/></svg>"));
}

void tag(struct out *o, enum tone tone, const char *icon_name, str word)
{
	static const str classes[] = {
		[TONE_PLAIN] = S("tag"),
		[TONE_OK] = S("tag tag-ok"),
		[TONE_WARN] = S("tag tag-warn"),
		[TONE_BAD] = S("tag tag-bad"),
		[TONE_INFO] = S("tag tag-info"),
	};

	put(o, S("<span class=\""));
	put(o, classes[tone]);
	put(o, S("\">"));
	if (icon_name) {
		icon(o, icon_name);
		put(o, S(" "));
	}
	put_text_str(o, word);
	put(o, S("</span>"));
}

void error_summary(struct out *o, const field_errors *errors)
{
	if (!errors->n)
		return;
	str title = tr_n(o->a, o->language, TRN("Cần sửa {n} chỗ để tiếp tục"), (int64_t)errors->n);

	error_summary_html(o, &(struct error_summary_part){ title, errors });
}

str error_of(const field_errors *errors, str field)
{
	for (size_t i = 0; i < errors->n; i++)
		if (str_eq(errors->items[i].field, field))
			return errors->items[i].message;
	return S("");
}

str too_long_text(struct arena *a, enum language l, size_t most, size_t over)
{
	str fewer = tr_n(a, l, TRN("Bớt {n} ký tự: chỉ được viết {toi-da} ký tự"), (int64_t)over);
	return FILL(a, VIETNAMESE, fewer, S("toi-da"), number_text(a, l, (int64_t)most));
}

/* Fills in which of the notes are shown. */
static struct field_notes noted(struct arena *a, struct field_notes n)
{
	const struct {
		str text;
		const char *suffix;
	} notes[] = { { n.hint, "goi-y" }, { n.limit, "toi-da" }, { n.unit, "don-vi" },
		{ n.error, "loi" } };
	str ids[COUNT(notes)];
	size_t shown = 0;

	for (size_t i = 0; i < COUNT(notes); i++)
		if (notes[i].text.n)
			ids[shown++] =
				arena_printf(a, STR_FMT "-%s", STR_ARG(n.id), notes[i].suffix);
	n.described = str_join(a, ids, shown, S(" "));
	return n;
}

static struct input_part input_part(struct out *o, const struct input *i)
{
	struct field_notes notes = { i->id, i->hint, .error = i->error, .unit = i->unit };

	if (i->most)
		notes.limit = FILL(o->a, o->language, TR("Tối đa {n} ký tự"), S("n"),
			number_text(o->a, o->language, i->most));
	return (struct input_part){
		.input = i,
		.notes = noted(o->a, notes),
		.type = str_from(i->type ? i->type : "text"),
		.mode = str_from(i->input_mode),
		.autocomplete = str_from(i->autocomplete ? i->autocomplete : "off"),
		.width = str_from(i->width),
		.rows = i->rows ? i->rows : 4,
		.unspelled = !i->autocomplete,
	};
}

void text_input(struct out *o, const struct input *i)
{
	struct input_part part = input_part(o, i);

	text_input_html(o, &part);
}

void text_area(struct out *o, const struct input *i)
{
	struct input_part part = input_part(o, i);

	text_area_html(o, &part);
}

static bool is_short(const struct option *o) { return !o->hint.n && str_length(o->label) <= 12; }

void radio_input(struct out *o, const struct choice_input *i)
{
	struct field_notes notes = { i->id, i->hint, .error = i->error };
	struct choice_part part = { .choice = i, .notes = noted(o->a, notes) };
	size_t n = i->options.n;

	part.in_row = n == 2 && is_short(&i->options.items[0]) && is_short(&i->options.items[1]);
	part.items.items = arena_array(o->a, struct choice_item, n);
	part.items.n = n;
	/* The first has the id of the field, where the error summary leads. */
	for (size_t k = 0; k < n; k++)
		part.items.items[k] = (struct choice_item){
			.id = k ? arena_printf(o->a, STR_FMT "-%zu", STR_ARG(i->id), k + 1) : i->id,
			.option = &i->options.items[k],
		};
	radio_input_html(o, &part);
}

void select_input(struct out *o, const struct choice_input *i)
{
	struct field_notes notes = { i->id, i->hint, .error = i->error };
	struct choice_part part = { .choice = i, .notes = noted(o->a, notes) };

	/* Without it the browser would choose the first for the person. */
	part.needs_blank = !i->options.n || i->options.items[0].value.n;
	select_input_html(o, &part);
}

void date_boxes(struct out *o, const struct date_input *i)
{
	struct field_notes notes = { i->id, i->hint, .error = i->error };
	str none = S("off");
	bool own = i->own_birthday;
	struct date_box boxes[] = {
		{ S("ngay"), tr(o->language, TR("Ngày")), S("2"), own ? S("bday-day") : none,
			i->day, i->bad_day },
		{ S("thang"), tr(o->language, TR("Tháng")), S("2"), own ? S("bday-month") : none,
			i->month, i->bad_month },
		{ S("nam"), tr(o->language, TR("Năm")), S("4"), own ? S("bday-year") : none,
			i->year, i->bad_year },
	};
	struct date_part part = { i, noted(o->a, notes), { boxes, COUNT(boxes) } };

	date_boxes_html(o, &part);
}

void file_chooser(struct out *o, const struct file_input *i)
{
	struct field_notes notes = { i->id, i->hint, .error = i->error };
	struct file_part part = { .file = i };

	if (i->most)
		notes.limit = FILL(o->a, o->language, TR("Mỗi tệp tối đa {size}"), S("size"),
			size_text(o->a, o->language, i->most));
	part.notes = noted(o->a, notes);
	file_chooser_html(o, &part);
}
