/* SPDX-License-Identifier: Apache-2.0 */
/* tmplc_emit.c - writes the C of a template. Every expression is preceded by #line, so that the
 * C compiler reports a wrong field at the line of the template. */
#include "tmplc.h"
#include <string.h>

static void indent(struct emit *e)
{
	for (int i = 0; i <= e->depth; i++)
		text_put(&e->body, "\t");
}

static void flush_raw(struct emit *e)
{
	if (!e->raw.n)
		return;
	indent(e);
	text_put(&e->body, "put_raw(o, ");
	text_put_literal(&e->body, e->raw.p, e->raw.n, "\t\t");
	text_printf(&e->body, ", %zu);\n", e->raw.n);
	e->raw.n = 0;
}

/* Begins a line of C that comes from the template's line `line`. */
static void begin(struct emit *e, int line)
{
	flush_raw(e);
	text_printf(&e->body, "#line %d ", line);
	text_put_literal(&e->body, e->path, strlen(e->path), "");
	text_put(&e->body, "\n");
	indent(e);
}

void emit_raw(struct emit *e, char c) { text_add(&e->raw, &c, 1); }

void emit_value(struct emit *e, const char *macro, const struct token *t)
{
	begin(e, t->line);
	text_printf(&e->body, "%s(o, %.*s);\n", macro, (int)t->n, t->text);
}

void emit_message(struct emit *e, const struct token *t)
{
	flush_raw(e);
	indent(e);
	text_put(&e->body, "put_tr(o, ");
	text_put_literal(&e->body, t->text, t->n, "\t\t");
	text_printf(&e->body, ", %zu);\n", t->n);
}

void emit_plain_call(struct emit *e, const char *call)
{
	flush_raw(e);
	indent(e);
	text_printf(&e->body, "%s;\n", call);
}

void emit_call(struct emit *e, const struct token *t)
{
	const char *open = memchr(t->text, '(', t->n), *arguments = open + 1;
	size_t n = (size_t)(t->text + t->n - arguments) - 1;
	bool any = strspn(arguments, " \t\r\n") < n;
	begin(e, t->line);
	text_printf(&e->body, "%.*s(o%s%.*s);\n", (int)(open - t->text), t->text, any ? ", " : "",
		any ? (int)n : 0, arguments);
}

void emit_if(struct emit *e, const struct token *t)
{
	begin(e, t->line);
	text_printf(&e->body, "if (%.*s) {\n", (int)t->n, t->text);
	e->depth++;
}

void emit_else(struct emit *e, const struct token *t)
{
	flush_raw(e);
	e->depth--;
	begin(e, t->line);
	if (t->kind == TOKEN_ELSE_IF)
		text_printf(&e->body, "} else if (%.*s) {\n", (int)t->n, t->text);
	else
		text_put(&e->body, "} else {\n");
	e->depth++;
}

void emit_for(struct emit *e, const struct token *t)
{
	int id = ++e->lists;
	begin(e, t->line);
	text_printf(&e->body, "{ __auto_type list%d_ = %.*s;\n", id, (int)t->n, t->text);
	indent(e);
	text_printf(
		&e->body, "for (size_t i%d_ = 0; i%d_ < list%d_.n; i%d_++) {\n", id, id, id, id);
	e->depth++;
	indent(e);
	text_printf(&e->body, "__attribute__((unused)) __auto_type %s = &list%d_.items[i%d_];\n",
		t->item, id, id);
	indent(e);
	text_printf(&e->body, "__attribute__((unused)) size_t %s_index = i%d_;\n", t->item, id);
}

void emit_end(struct emit *e, enum token_kind opened_by)
{
	flush_raw(e);
	e->depth--;
	indent(e);
	text_put(&e->body, opened_by == TOKEN_FOR ? "} }\n" : "}\n");
}

void emit_finish(struct emit *e) { flush_raw(e); }
