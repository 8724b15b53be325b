/* SPDX-License-Identifier: Apache-2.0 */
/* tmplc_lex.c - cuts a template at its marks: {{ }}, {% %}, {# #} and [[ ]]. */
#include "tmplc.h"
#include <string.h>

static bool at(const struct lexer *l, const char *mark)
{
	return strncmp(l->at, mark, strlen(mark)) == 0;
}

static void advance(struct lexer *l)
{
	l->line += *l->at == '\n';
	l->at++;
}

static void trim(struct token *t)
{
	for (; t->n && is_space(t->text[0]); t->text++, t->n--)
		t->line += t->text[0] == '\n';
	while (t->n && is_space(t->text[t->n - 1]))
		t->n--;
}

/* Skips a C string or character, which may hold what would otherwise close the mark. */
static void skip_literal(struct lexer *l)
{
	char quote = *l->at;
	int line = l->line;
	do {
		if (*l->at == '\\' && l->at[1])
			advance(l);
		advance(l);
		if (!*l->at || *l->at == '\n')
			die_at(l->path, line, "a %c that is never closed", quote);
	} while (*l->at != quote);
	l->at++;
}

/* Reads from after an opening mark to its closing mark. */
static struct token marked(
	struct lexer *l, enum token_kind kind, const char *open, const char *close)
{
	struct token t = { .kind = kind, .line = l->line };
	l->at += strlen(open);
	t.text = l->at;
	bool is_c = kind != TOKEN_COMMENT && kind != TOKEN_MESSAGE;
	while (!at(l, close)) {
		if (!*l->at)
			die_at(l->path, t.line, "%s without %s", open, close);
		if (is_c && (*l->at == '"' || *l->at == '\''))
			skip_literal(l);
		else
			advance(l);
	}
	t.n = (size_t)(l->at - t.text);
	l->at += strlen(close);
	return t;
}

static struct token message(struct lexer *l)
{
	struct token t = marked(l, TOKEN_MESSAGE, "[[", "]]");
	struct text folded = { 0 };
	for (size_t i = 0; i < t.n;) {
		size_t gap = i;
		bool breaks = false;
		while (gap < t.n && is_space(t.text[gap]))
			breaks |= t.text[gap++] == '\n';
		if (breaks) {
			text_put(&folded, " ");
			i = gap;
		} else {
			text_add(&folded, t.text + i++, 1);
		}
	}
	t.text = folded.p;
	t.n = folded.n;
	trim(&t);
	if (!t.n)
		die_at(l->path, t.line, "an empty [[ ]]");
	return t;
}

/* Takes `word` off the front of a directive when it stands there as a whole word. */
static bool take_word(struct token *t, const char *word)
{
	size_t n = strlen(word);
	if (t->n < n || memcmp(t->text, word, n) != 0)
		return false;
	if (t->n > n && is_identifier_part(t->text[n]))
		return false;
	t->text += n;
	t->n -= n;
	trim(t);
	return true;
}

static void take_loop_variable(const struct lexer *l, struct token *t)
{
	size_t n = 0;
	while (n < t->n && is_identifier_part(t->text[n]))
		n++;
	t->item = keep_text(t->text, n);
	t->text += n;
	t->n -= n;
	trim(t);
	if (!is_identifier(t->item) || !take_word(t, "in"))
		die_at(l->path, t->line, "write {%% for item in list %%}");
}

static void check_call(const struct lexer *l, const struct token *t)
{
	size_t n = 0;
	while (n < t->n && is_identifier_part(t->text[n]))
		n++;
	if (!n || !is_identifier_start(t->text[0]) || n == t->n || t->text[n] != '(' ||
		t->text[t->n - 1] != ')')
		die_at(l->path, t->line, "write {%% call function(arguments) %%}");
}

static struct token directive(struct lexer *l)
{
	struct token t = marked(l, TOKEN_END, "{%", "%}");
	int line = t.line;
	trim(&t);
	const char *text = t.text;
	size_t n = t.n;
	bool wants_more = true;
	if (take_word(&t, "if")) {
		t.kind = TOKEN_IF;
	} else if (take_word(&t, "else")) {
		wants_more = take_word(&t, "if");
		t.kind = wants_more ? TOKEN_ELSE_IF : TOKEN_ELSE;
	} else if (take_word(&t, "for")) {
		t.kind = TOKEN_FOR;
		take_loop_variable(l, &t);
	} else if (take_word(&t, "call")) {
		t.kind = TOKEN_CALL;
		check_call(l, &t);
	} else if (take_word(&t, "end")) {
		wants_more = false;
	} else {
		die_at(l->path, line, "{%% %.*s %%} is not if, else, for, call or end", (int)n,
			text);
	}
	if (wants_more && !t.n)
		die_at(l->path, line, "{%% %.*s %%} lacks its expression", (int)n, text);
	if (!wants_more && t.n)
		die_at(l->path, line, "{%% %.*s %%} says more than it should", (int)n, text);
	return t;
}

struct token lex_next(struct lexer *l)
{
	struct token t = { .kind = TOKEN_EOF, .line = l->line, .text = l->at };
	if (!*l->at)
		return t;
	if (at(l, "{{")) {
		t = marked(l, TOKEN_VALUE, "{{", "}}");
		trim(&t);
		if (!t.n)
			die_at(l->path, t.line, "an empty {{ }}");
		return t;
	}
	if (at(l, "{%"))
		return directive(l);
	if (at(l, "{#")) {
		t = marked(l, TOKEN_COMMENT, "{#", "#}");
		trim(&t);
		return t;
	}
	if (at(l, "[["))
		return message(l);
	t.kind = TOKEN_STATIC;
	do
		advance(l);
	while (*l->at && !at(l, "{{") && !at(l, "{%") && !at(l, "{#") && !at(l, "[["));
	t.n = (size_t)(l->at - t.text);
	return t;
}
