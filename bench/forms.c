/* SPDX-License-Identifier: Apache-2.0 */
/* forms.c - what a form of 700 questions and 300 rules costs: its reading, the settling of what
 * applies, a page drawn, everything checked. Prints CPU microseconds of each, one a line. */
#include <stdio.h>
#include <time.h>

#include "core/log.h"
#include "forms/form.h"
#include "http/asset.h"

/* No page is served here. */
const struct asset assets[] = { { 0 } };

#define PAGES 50
#define FIELDS 14 /* of a page */
#define RULES 300
#define ROUNDS 50

static int64_t cpu_micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Questions in turn text, number, date and choice; a rule names two earlier ones. */
static void put_field(struct buf *b, int n)
{
	static const char *const kinds[] = { "\"text\"", "\"integer\"", "\"date\"",
		("\"one\",\"options\":[{\"value\":\"a\",\"label\":\"A\"},{\"value\":\"b\","
		 "\"label\":\"B\"}]") };

	buf_printf(b, "%s{\"id\":\"f%d\",\"label\":\"Câu hỏi %d\",\"required\":true,\"kind\":%s",
		n % FIELDS ? "," : "", n, n, kinds[n % 4]);
	if (n >= 8 && n * RULES / (PAGES * FIELDS) != (n - 1) * RULES / (PAGES * FIELDS))
		buf_printf(b,
			",\"when\":{\"or\":[{\"==\":[{\"var\":\"f%d\"},\"a\"]},"
			"{\">\":[{\"var\":\"f%d\"},%d]}]}",
			n / 4 * 4 - 1, n / 4 * 4 - 3, n % 9);
	buf_char(b, '}');
}

static str definition(struct arena *a)
{
	struct buf b = buf_in(a, 4 * MIB);

	buf_printf(&b, "{\"title\":\"T\",\"declaration\":\"C\",\"pages\":[");
	for (int p = 0; p < PAGES; p++) {
		buf_printf(&b, "%s{\"id\":\"p%d\",\"title\":\"Trang %d\",\"fields\":[",
			p ? "," : "", p, p);
		for (int f = 0; f < FIELDS; f++)
			put_field(&b, p * FIELDS + f);
		buf_printf(&b, "]}");
	}
	buf_printf(&b, "]}");
	return buf_str(&b);
}

static struct answers *filled(struct arena *a)
{
	static const char *const values[] = { "Nguyễn Thị Hạnh", "7", "1990-03-27", "a" };
	struct answers *s = answers_new(a);

	for (int n = 0; n < PAGES * FIELDS; n++)
		answer_set(s, arena_printf(a, "f%d", n), str_from(values[n % 4]));
	return s;
}

struct timing {
	struct form form;
	struct form_source source;
	struct answers *given;
};

static err apply(struct arena *a, struct timing *x)
{
	(void)form_applying(a, &x->form, x->given, x->source.today);
	return NULL;
}

/* As a page does when it was posted: settled, drawn, checked. */
static err page(struct arena *a, struct timing *x)
{
	struct out o = out_in(a, VIETNAMESE, NULL);
	struct answers *applying = form_applying(a, &x->form, x->given, x->source.today);
	const struct form_page *p = &x->form.pages.items[PAGES - 1];
	struct form_showing none = { 0 };
	field_errors errors = { 0 };

	TRY(form_check_page(a, &x->source, p, applying, &errors));
	return form_page_view(&o, &x->source, p, applying, &errors, &none);
}

static err check(struct arena *a, struct timing *x)
{
	field_errors errors = { 0 };
	size_t first;

	return form_check(a, &x->source, &x->form, x->given, &errors, &first);
}

static void print(const char *name, err (*run)(struct arena *, struct timing *), struct timing *x)
{
	int64_t began = cpu_micros();

	for (int i = 0; i < ROUNDS; i++) {
		ARENA a = arena_new();
		err e = run(a, x);
		if (e)
			fprintf(stderr, "%s: " STR_FMT "\n", name, STR_ARG(e->detail));
	}
	printf("%s %.1f\n", name, (double)(cpu_micros() - began) / ROUNDS);
}

int main(void)
{
	ARENA a = arena_new();
	struct procedure p = { .code = S("9.000000") };
	struct timing x = { .source = { .today = day_from(2026, 11, 23) }, .given = filled(a) };

	int64_t began = cpu_micros();
	err e = json_parse(a, definition(a), &p.form);
	if (!e)
		e = form_parse(a, &p, &x.form);
	if (e) {
		fprintf(stderr, "forms: " STR_FMT "\n", STR_ARG(e->detail));
		return 1;
	}
	printf("read %.1f\n", (double)(cpu_micros() - began));
	print("settle", apply, &x);
	print("page", page, &x);
	print("check", check, &x);
	return 0;
}
