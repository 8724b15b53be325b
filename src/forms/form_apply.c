/* SPDX-License-Identifier: Apache-2.0 */
/* form_apply.c - `motcua form questions FILE` and `motcua form apply FILE`: what a form asks, and
 * what applies for answers as a browser would send them. For authors of forms, and for the test
 * that holds this against what scripts do in browsers. */
#include <stdio.h>
#include <stdlib.h>

#include "core/civil.h"
#include "forms/parts.h"
#include "forms/sample.h"

static const char *const kind_words[FIELD_KIND_COUNT] = {
#define X(name, code) [FIELD_##name] = code,
	FIELD_KINDS(X)
#undef X
};

/* --- questions ------------------------------------------------------------------------ */
static void put_rule(struct json_out *o, const char *key, const struct json *NULLABLE rule)
{
	if (!rule)
		return;
	json_key(o, str_from(key));
	json_put(o, rule);
}

static str question_line(struct arena *a, const struct form_page *p, const struct form_field *f)
{
	struct buf b = buf_in(a, LIMIT_JSON);
	struct json_out o = { .b = &b };

	json_open(&o, '{');
	json_pair(&o, S("page"), p->id);
	json_pair(&o, S("name"), f->name);
	json_pair(&o, S("kind"), str_from(kind_words[f->kind]));
	put_rule(&o, "when", f->question.when);
	if (f->group)
		json_pair(&o, S("group"), f->group->question.id);
	if (f->group)
		put_rule(&o, "group_when", f->group->question.when);
	put_rule(&o, "value", f->value);
	if (f->kind == FIELD_COMPUTED)
		json_pair(&o, S("as"), str_from(kind_words[f->as]));
	json_key(&o, S("decimals"));
	json_put_int(&o, f->decimals);
	json_key(&o, S("partial"));
	json_put_bool(&o, f->partial);
	json_close(&o, '}');
	return buf_str(&b);
}

int form_questions_print(struct arena *a, const struct form *f)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_page *p = &f->pages.items[i];
			str line = question_line(a, p, &p->fields.items[k]);
			printf(STR_FMT "\n", STR_ARG(line));
		}
	return DONE;
}

/* --- answers ---------------------------------------------------------------------------- */
struct posting {
	struct req r;
	struct form_source source;
	const struct form *form;
	struct answers *drawn, *answers;
};

/* "so-ban": "2", or of one with several values a list. */
static void post_fields(struct posting *x, const struct json *NULLABLE posted)
{
	struct arena *a = x->r.arena;
	VEC(struct field) fields = { 0 };

	for (struct json_each e = { .of = posted }; json_next(&e);)
		if (json_type(e.value) == JSON_LIST)
			for (size_t i = 0; i < json_count(e.value); i++)
				*VEC_PUSH(a, &fields) =
					(struct field){ e.key, json_text(json_at(e.value, i)) };
		else
			*VEC_PUSH(a, &fields) = (struct field){ e.key, json_text(e.value) };
	x->r.fields.items = fields.items;
	x->r.fields.n = fields.n;
}

/* Their ids are 1, 2, …: "thanh-vien/1/ho-ten". */
static err read_items(struct posting *x, const struct form_page *p, int64_t n)
{
	struct arena *a = x->r.arena;
	str rows = S("");

	for (int64_t i = 1; i <= n && i <= p->repeat.most; i++) {
		str id = arena_printf(a, "%lld", (long long)i);
		struct form_page item = form_page_of_row(a, p, id);
		rows = arena_printf(
			a, STR_FMT "%s" STR_FMT, STR_ARG(rows), rows.n ? "\n" : "", STR_ARG(id));
		TRY(form_read(&x->r, &x->source, &item, x->drawn, x->answers));
	}
	answer_set(x->answers, p->id, rows);
	return NULL;
}

/* A paper is the number of its files. */
static void read_papers(struct posting *x, const struct form_page *p)
{
	for (size_t i = 0; i < p->fields.n; i++) {
		const struct form_field *f = &p->fields.items[i];
		int64_t n = 0;
		str ids = S("");
		if (f->kind != FIELD_PAPER ||
			!str_to_int(req_field(&x->r, f->id), 0, LIMIT_FILES_PER_PAPER, &n))
			continue;
		for (int64_t k = 1; k <= n; k++)
			ids = arena_printf(
				x->r.arena, STR_FMT "%s%d", STR_ARG(ids), ids.n ? "," : "", (int)k);
		answer_set(x->answers, f->id, ids);
	}
}

static err read_pages(struct posting *x, const struct json *NULLABLE items)
{
	for (size_t i = 0; i < x->form->pages.n; i++) {
		const struct form_page *p = &x->form->pages.items[i];
		if (p->repeat.on)
			TRY(read_items(x, p, json_int(json_find(items, p->id), 0)));
		else
			TRY(form_read(&x->r, &x->source, p, x->drawn, x->answers));
		read_papers(x, p);
	}
	return NULL;
}

static void put_page(struct json_out *o, struct arena *a, const struct form_page *p,
	const struct answers *applying)
{
	const struct form_row *row = p->fields.n ? p->fields.items[0].row : NULL;

	json_open(o, '{');
	json_pair(o, S("id"), p->id);
	json_pair(o, S("row"), row ? row->id : S(""));
	json_key(o, S("given"));
	json_put_raw(o, form_page_facts(a, p, applying));
	json_key(o, S("applying"));
	json_open(o, '[');
	for (size_t i = 0; i < p->fields.n; i++)
		if (form_field_applies(&p->fields.items[i], applying))
			json_put_text(o, p->fields.items[i].name);
	json_close(o, ']');
	json_key(o, S("facts"));
	logic_put(o, answers_facts_at(applying, row));
	json_close(o, '}');
}

static err apply(struct posting *x, str line, day today, struct buf *ret)
{
	struct arena *a = x->r.arena;
	struct json_out o = { .b = ret };
	const struct json *j;

	TRY(json_parse(a, line, &j));
	x->answers = answers_new(a);
	x->drawn = form_applying(a, x->form, answers_new(a), today);
	post_fields(x, json_get(j, "posted"));
	TRY(read_pages(x, json_get(j, "items")));
	struct answers *applying = form_applying(a, x->form, x->answers, today);
	form_page_list pages = form_pages_asked(a, x->form, applying);
	json_open(&o, '[');
	for (size_t i = 0; i < pages.n; i++)
		put_page(&o, a, &pages.items[i], applying);
	json_close(&o, ']');
	return NULL;
}

static void print_applying(struct conn *NULLABLE c, const struct form *f, str line)
{
	ARENA a = arena_new();
	day today = day_from(2026, 11, 23);
	struct posting x = { .r = { .arena = a }, .source = { c, VIETNAMESE, today }, .form = f };
	struct buf b = buf_in(a, LIMIT_JSON);
	err e = apply(&x, line, today, &b);

	if (e || b.overflow) {
		struct json_out o = { .b = &b };
		b.n = 0;
		json_open(&o, '{');
		json_pair(&o, S("error"), e ? e->detail : S("too long"));
		json_close(&o, '}');
	}
	printf(STR_FMT "\n", STR_ARG(buf_str(&b)));
}

bool form_asks_communes(const struct form *f)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++)
			if (f->pages.items[i].fields.items[k].kind == FIELD_COMMUNE)
				return true;
	return false;
}

int form_apply_lines(struct conn *NULLABLE c, const struct form *f)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;

	while ((n = getline(&line, &size, stdin)) > 0)
		print_applying(c, f, (str){ line, (size_t)n });
	free(line);
	return DONE;
}
