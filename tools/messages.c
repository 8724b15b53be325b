/* SPDX-License-Identifier: Apache-2.0 */
#include "messages.h"
#include <string.h>

const char *literal_read(struct text *out, const char *path, int line, const char *p)
{
	for (p++; *p != '"'; p++) {
		if (!*p || *p == '\n')
			die_at(path, line, "a \" that is never closed");
		if (*p != '\\') {
			text_add(out, p, 1);
			continue;
		}
		switch (*++p) {
		case 'n': text_put(out, "\n"); break;
		case 't': text_put(out, "\t"); break;
		case '"': text_put(out, "\""); break;
		case '\\': text_put(out, "\\"); break;
		default: die_at(path, line, "'\\%c' is not \\n, \\t, \\\" or \\\\", *p);
		}
	}
	return p + 1;
}

void message_put(
	struct text *list, const char *path, int line, const char *p, size_t n, bool counted)
{
	text_printf(list, "%s:%d\t\"", path, line);
	text_put_escaped(list, p, n);
	text_put(list, counted ? "\" counted\n" : "\"\n");
}

/* --- C, as far as needed to tell code from comments and literals --------- */
struct code {
	const char *path, *at, *end;
	int line;
};

static void skip_to(struct code *c, const char *to)
{
	for (; c->at < to && c->at < c->end; c->at++)
		c->line += *c->at == '\n';
}

/* Skips the comment at c, if any. */
static bool skip_comment(struct code *c)
{
	const char *close;
	if (strncmp(c->at, "//", 2) == 0)
		close = strchr(c->at, '\n');
	else if (strncmp(c->at, "/*", 2) != 0)
		return false;
	else if ((close = strstr(c->at + 2, "*/")))
		close += 2;
	skip_to(c, close ? close : c->end);
	return true;
}

static void skip_gap(struct code *c)
{
	while (c->at < c->end &&
		(is_space(*c->at) || strncmp(c->at, "//", 2) == 0 || strncmp(c->at, "/*", 2) == 0))
		if (!skip_comment(c))
			skip_to(c, c->at + 1);
}

static void skip_literal(struct code *c)
{
	const char *p = c->at + 1;
	while (p < c->end && *p != *c->at && *p != '\n')
		p += *p == '\\' ? 2 : 1;
	skip_to(c, p + 1);
}

/* At what follows TR, TRN or MARK. */
static void read_mark(struct code *c, struct text *list, const char *mark, bool counted)
{
	int line = c->line;
	skip_gap(c);
	if (c->at >= c->end || *c->at != '(')
		return; /* the name alone, as in #define TR */
	c->at++;
	skip_gap(c);
	struct text text = { 0 };
	while (c->at < c->end && *c->at == '"') {
		c->at = literal_read(&text, c->path, c->line, c->at);
		skip_gap(c);
	}
	if (!text.n || c->at >= c->end || *c->at != ')')
		die_at(c->path, line, "%s() takes a literal that is not empty", mark);
	message_put(list, c->path, line, text.p, text.n, counted);
}

void messages_from_c(struct text *list, const char *path, int line, const char *p, size_t n)
{
	struct code c = { path, p, p + n, line };
	while (c.at < c.end) {
		if (skip_comment(&c))
			continue;
		if (*c.at == '"' || *c.at == '\'') {
			skip_literal(&c);
		} else if (is_identifier_part(*c.at)) {
			const char *word = c.at;
			while (c.at < c.end && is_identifier_part(*c.at))
				c.at++;
			char *name = keep_text(word, (size_t)(c.at - word));
			bool counted = strcmp(name, "TRN") == 0;
			if (counted || strcmp(name, "TR") == 0 || strcmp(name, "MARK") == 0)
				read_mark(&c, list, name, counted);
		} else {
			skip_to(&c, c.at + 1);
		}
	}
}
