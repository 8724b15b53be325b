/* SPDX-License-Identifier: Apache-2.0 */
/* Charts are SVG whose geometry is in attributes: no style, no script. All arithmetic is in whole
 * tenths of a unit of the viewBox, so that a picture is the same on every machine. */
#include "view/parts.h"

#include "view/bar_chart.html.h"
#include "view/deadline_bar.html.h"
#include "view/ring.html.h"

enum { SERIES = 3 };
/* The plane of the bars, in tenths; bar_chart.html draws the axes at the same place. */
enum { LEFT = 400, RIGHT = 3520, TOP = 450, BOTTOM = 1800, BAR_MOST = 600 };
/* In narrower slots neighbours would be written over each other. */
enum { TOTAL_LEAST = 400, LABEL_LEAST = 300 };
/* Beyond it the multiplications below could overflow; nothing that is counted here gets there. */
#define VALUE_MOST ((int64_t)1000 * 1000 * 1000 * 1000)

static str decimal(struct arena *a, int64_t tenths)
{
	if (tenths % 10 == 0)
		return arena_printf(a, "%lld", (long long)(tenths / 10));
	return arena_printf(a, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

static int64_t clip(int64_t value, int64_t most)
{
	return value < 0 ? 0 : value < most ? value : most;
}

static int64_t total_of(const struct bar *bar)
{
	int64_t total = 0;

	for (int i = 0; i < SERIES; i++)
		total += clip(bar->values[i], VALUE_MOST);
	return total;
}

/* The round number whose multiples divide the axis into at most four. */
static int64_t step_for(int64_t most)
{
	static const int64_t round[] = { 1, 2, 4, 5, 10 };
	int64_t power = 1;

	for (;; power *= 10)
		for (size_t i = 0; i < COUNT(round); i++)
			if (round[i] * power * 4 >= most)
				return round[i] * power;
}

static void add_ticks(struct out *o, struct chart_part *part, int64_t most)
{
	int64_t step = step_for(most);
	size_t n = (size_t)(most / step) + 1;

	part->ticks.items = arena_array(o->a, struct chart_tick, n);
	part->ticks.n = n;
	for (size_t i = 0; i < n; i++) {
		int64_t value = (int64_t)i * step;
		int64_t y = BOTTOM - value * (BOTTOM - TOP) / most;
		part->ticks.items[i] = (struct chart_tick){
			decimal(o->a, y),
			decimal(o->a, y + 40),
			number_text(o->a, o->language, value),
		};
	}
}

/* Piles the values of a bar up and returns where the pile ends. */
static int64_t add_segments(
	struct out *o, struct chart_column *column, const struct bar *bar, int64_t most)
{
	int64_t y = BOTTOM, sum = 0;

	column->segments.items = arena_array(o->a, struct chart_segment, SERIES);
	for (int i = 0; i < SERIES; i++) {
		sum += clip(bar->values[i], VALUE_MOST);
		/* From the sum, so that roundings do not add up. */
		int64_t top = BOTTOM - sum * (BOTTOM - TOP) / most;
		if (top == y)
			continue;
		column->segments.items[column->segments.n++] = (struct chart_segment){
			i + 1,
			decimal(o->a, top),
			decimal(o->a, y - top),
		};
		y = top;
	}
	return y;
}

static struct chart_column column_of(
	struct out *o, const struct bar_chart *c, size_t i, size_t series, int64_t most)
{
	const struct bar *bar = &c->bars.items[i];
	int64_t slot = (RIGHT - LEFT) / (int64_t)c->bars.n;
	int64_t width = clip(slot * 2 / 3, BAR_MOST), middle = LEFT + slot * (int64_t)i + slot / 2;
	size_t every = (size_t)((LABEL_LEAST + slot) / (slot + 1));
	struct chart_column column = {
		.label = bar->label,
		.x = decimal(o->a, middle - width / 2),
		.middle = decimal(o->a, middle),
		.width = decimal(o->a, width),
	};
	int64_t top = add_segments(o, &column, bar, most);

	column.total_y = decimal(o->a, top - 60);
	if (every <= 1 || i % every == 0)
		column.short_label = bar->label;
	if (slot >= TOTAL_LEAST)
		column.total = number_text(o->a, o->language, total_of(bar));
	column.cells.items = arena_array(o->a, str, series);
	column.cells.n = series;
	for (size_t k = 0; k < series; k++)
		column.cells.items[k] = number_text(o->a, o->language, bar->values[k]);
	return column;
}

void bar_chart(struct out *o, const struct bar_chart *c)
{
	struct chart_part part = {
		.title = c->title,
		.name = arena_printf(
			o->a, STR_FMT ". " STR_FMT, STR_ARG(c->title), STR_ARG(c->description)),
		.axis = c->axis,
	};
	int64_t most = 1;

	part.legends.items = arena_array(o->a, str, SERIES);
	while (part.legends.n < SERIES && c->legends[part.legends.n].n) {
		part.legends.items[part.legends.n] = c->legends[part.legends.n];
		part.legends.n++;
	}
	for (size_t i = 0; i < c->bars.n; i++)
		if (total_of(&c->bars.items[i]) > most)
			most = total_of(&c->bars.items[i]);
	add_ticks(o, &part, most);
	part.columns.items = arena_array(o->a, struct chart_column, c->bars.n);
	part.columns.n = c->bars.n;
	for (size_t i = 0; i < c->bars.n; i++)
		part.columns.items[i] = column_of(o, c, i, part.legends.n, most);
	bar_chart_html(o, &part);
}

void ring(struct out *o, int64_t tenths, str label)
{
	/* 2πr for r = 42, in tenths. */
	const int64_t around = 2639;
	int64_t share = clip(tenths, 1000);
	struct ring_part part = {
		.label = label,
		.dash = decimal(o->a, around * share / 1000),
		.around = decimal(o->a, around),
		.text = percent_text(o->a, o->language, share),
	};

	ring_html(o, &part);
}

void deadline_bar(struct out *o, enum tone tone, int64_t used, int64_t total, str label)
{
	static const str fills[] = {
		[TONE_PLAIN] = S("fill-paused"),
		[TONE_OK] = S("fill-ok"),
		[TONE_WARN] = S("fill-warn"),
		[TONE_BAD] = S("fill-bad"),
		[TONE_INFO] = S("fill"),
	};
	struct deadline_part part = { .label = label, .fill = fills[tone] };

	total = clip(total, VALUE_MOST);
	part.width = total ? (int)(clip(used, total) * 300 / total) : 0;
	deadline_bar_html(o, &part);
}
