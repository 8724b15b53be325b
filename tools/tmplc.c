/* SPDX-License-Identifier: Apache-2.0 */
/* tmplc.c - compiles an HTML template into a C function.       usage: tmplc IN.html OUT.h OUT.c
 *                                                      tmplc --messages IN.html…
 *
 * home.html, whose first line is {# home_page "portal/portal_pages.h" #}, becomes
 * `void home_html(struct out *o, const struct home_page *m);`. Inside it may stand:
 *
 *     {{ m->title }}                     a value; its place decides the escaping (PUT_TEXT,
 *                                        PUT_ATTR or PUT_URL), its C type the function
 *     {% if m->late %} … {% else if m->soon %} … {% else %} … {% end %}
 *     {% for step in m->steps %} … {% end %}     over a LIST; step is a pointer, step_index counts
 *     {% call crumbs(&m->crumbs) %}      calls crumbs(o, &m->crumbs)
 *     [[Nộp hồ sơ]]                      a text to translate
 *     {# dropped #}
 *
 * The compiler follows the HTML, so it always knows where a value stands; where none can be
 * escaped safely (scripts, comments, names, values without quotes) it refuses. It adds the prefix
 * of the language to links that begin with "/" (but "/a/", the assets), and the hidden CSRF field
 * after every <form method="post">. What the content security policy forbids is an error here:
 * style=, on…=, srcdoc=, <style>, and <script> without src. */
#include "messages.h"
#include "tmplc.h"
#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 32 };

/* An {% if %} or {% for %} that is open. */
struct block {
	struct token token;
	struct place entry; /* where it began */
	struct place exit;  /* where the branches read so far ended */
	bool has_exit, has_else;
};

struct compiler {
	struct lexer lexer;
	struct html html;
	struct emit emit;
	struct block *blocks[MAX_DEPTH];
	int depth;
};

static const char *block_word(const struct block *b)
{
	return b->token.kind == TOKEN_FOR ? "for" : "if";
}

static void open_block(struct compiler *c, const struct token *t)
{
	if (c->depth == MAX_DEPTH)
		die_at(c->lexer.path, t->line, "more than %d blocks in each other", MAX_DEPTH);
	struct block *b = keep(sizeof *b);
	*b = (struct block){ .token = *t, .entry = c->html.place };
	c->blocks[c->depth++] = b;
	if (t->kind == TOKEN_FOR) {
		/* The next turn comes straight after an attribute of the one before. */
		c->html.place.spaced = false;
		emit_for(&c->emit, t);
	} else {
		emit_if(&c->emit, t);
	}
}

static void end_branch(struct compiler *c, struct block *b, int line)
{
	b->exit = b->has_exit ? html_join(&c->html, line, b->exit, c->html.place) : c->html.place;
	b->has_exit = true;
}

static struct block *current_block(struct compiler *c, const struct token *t, const char *word)
{
	if (!c->depth)
		die_at(c->lexer.path, t->line, "{%% %s %%} outside a block", word);
	return c->blocks[c->depth - 1];
}

static void else_branch(struct compiler *c, const struct token *t)
{
	struct block *b = current_block(c, t, "else");
	if (b->token.kind == TOKEN_FOR || b->has_else)
		die_at(c->lexer.path, t->line, "{%% else %%} does not belong to the %s of line %d",
			block_word(b), b->token.line);
	end_branch(c, b, t->line);
	b->has_else = t->kind == TOKEN_ELSE;
	c->html.place = b->entry;
	emit_else(&c->emit, t);
}

static void close_block(struct compiler *c, const struct token *t)
{
	struct block *b = current_block(c, t, "end");
	end_branch(c, b, t->line);
	if (!b->has_else) /* it may also be passed by */
		b->exit = html_join(&c->html, t->line, b->exit, b->entry);
	c->html.place = b->exit;
	emit_end(&c->emit, b->token.kind);
	c->depth--;
}

static void compile_directive(struct compiler *c, const struct token *t)
{
	html_directive(&c->html, t);
	if (t->kind == TOKEN_IF || t->kind == TOKEN_FOR)
		open_block(c, t);
	else if (t->kind == TOKEN_END)
		close_block(c, t);
	else if (t->kind == TOKEN_CALL)
		emit_call(&c->emit, t);
	else
		else_branch(c, t);
}

static void compile_body(struct compiler *c)
{
	struct token t;
	while ((t = lex_next(&c->lexer)).kind != TOKEN_EOF) {
		switch (t.kind) {
		case TOKEN_STATIC: html_static(&c->html, &t); break;
		case TOKEN_VALUE: emit_value(&c->emit, html_value_macro(&c->html, &t), &t); break;
		case TOKEN_MESSAGE:
			html_message(&c->html, &t);
			emit_message(&c->emit, &t);
			break;
		case TOKEN_COMMENT: html_comment(&c->html); break;
		case TOKEN_IF:
		case TOKEN_ELSE_IF:
		case TOKEN_ELSE:
		case TOKEN_FOR:
		case TOKEN_CALL:
		case TOKEN_END: compile_directive(c, &t); break;
		case TOKEN_EOF: break;
		}
	}
	if (c->depth)
		die_at(c->lexer.path, c->blocks[c->depth - 1]->token.line,
			"this {%% %s %%} has no "
			"{%% end %%}",
			block_word(c->blocks[c->depth - 1]));
	html_finish(&c->html, c->lexer.line);
	emit_finish(&c->emit);
}

/* Reads {# home_page "portal/portal_pages.h" #}: returns the name of the struct, and adds one
 * #include for each header. */
static char *read_signature(struct lexer *l, struct text *includes)
{
	static const char shape[] = "the first line must be {# struct_name \"folder/header.h\" #}";
	struct token t = lex_next(l);
	if (t.kind != TOKEN_COMMENT)
		die_at(l->path, 1, "%s", shape);
	size_t n = 0;
	while (n < t.n && is_identifier_part(t.text[n]))
		n++;
	char *name = keep_text(t.text, n), *rest = keep_text(t.text + n, t.n - n);
	if (!is_identifier(name))
		die_at(l->path, 1, "%s", shape);
	while (*(rest += strspn(rest, " \t\n"))) {
		char *end = *rest == '"' ? strchr(rest + 1, '"') : NULL;
		if (!end)
			die_at(l->path, 1, "%s", shape);
		text_printf(includes, "#include %.*s\n", (int)(end + 1 - rest), rest);
		rest = end + 1;
	}
	if (!includes->n)
		die_at(l->path, 1, "%s", shape);
	return name;
}

static void compile(const char *in, const char *header_path, const char *source_path)
{
	const char *base = path_base(in), *stem = path_stem(in, ".html");
	if (!is_identifier(stem))
		die("%s: '%s' cannot be a name in C", in, stem);
	struct text source = file_read_text(in), includes = { 0 };
	struct compiler c = { .lexer = { in, source.n ? source.p : "", 1 } };
	const char *type = read_signature(&c.lexer, &includes);
	c.emit.path = in;
	c.html.path = in;
	c.html.emit = &c.emit;
	html_comment(&c.html);
	compile_body(&c);

	struct text header = { 0 }, code = { 0 };
	text_printf(&header,
		"/* Made by tmplc from %s. */\n#pragma once\n\nstruct out;\nstruct %s;\n"
		"void %s_html(struct out *o, const struct %s *m);\n",
		base, type, stem, type);
	text_printf(&code,
		"/* Made by tmplc from %s. */\n#include \"%s\"\n#include \"view/out.h\"\n%s\n"
		"void %s_html(struct out *o, const struct %s *m)\n{\n\t(void)m;\n%s}\n",
		base, path_base(header_path), includes.p, stem, type,
		c.emit.body.n ? c.emit.body.p : "");
	file_write(header_path, &header);
	file_write(source_path, &code);
}

/* Prints the texts to translate: [[…]], and TR("…") in expressions. */
static void print_messages(const char *path)
{
	struct text source = file_read_text(path), list = { 0 };
	struct lexer l = { path, source.n ? source.p : "", 1 };
	struct token t;
	while ((t = lex_next(&l)).kind != TOKEN_EOF) {
		if (t.kind == TOKEN_MESSAGE)
			message_put(&list, path, t.line, t.text, t.n, false);
		else if (t.kind != TOKEN_STATIC && t.kind != TOKEN_COMMENT)
			messages_from_c(&list, path, t.line, t.text, t.n);
	}
	if (list.n)
		fputs(list.p, stdout);
}

int main(int argc, char **argv)
{
	if (argc >= 2 && strcmp(argv[1], "--messages") == 0) {
		for (int i = 2; i < argc; i++)
			print_messages(argv[i]);
	} else if (argc == 4) {
		compile(argv[1], argv[2], argv[3]);
	} else {
		die("usage: tmplc IN.html OUT.h OUT.c\n       tmplc --messages IN.html…");
	}
	return 0;
}
