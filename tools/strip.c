/* SPDX-License-Identifier: Apache-2.0 */
#include "strip.h"
#include <ctype.h>
#include <string.h>

struct stripping {
	const char *path;
	int line;
	struct text out;
};

static const char *skip_comment(struct stripping *x, const char *p)
{
	const char *end = strstr(p + 2, "*/");
	if (!end)
		die_at(x->path, x->line, "a comment that is never closed");
	for (; p < end; p++)
		x->line += *p == '\n';
	return p + 2;
}

/* Copies what stands between two of its first character; returns its end. */
static const char *copy_string(struct stripping *x, const char *p)
{
	const char *start = p++;
	for (; *p != *start; p++) {
		if (*p == '\\' && p[1])
			p++;
		if (!*p || *p == '\n')
			die_at(x->path, x->line, "a %c that is never closed", *start);
	}
	text_add(&x->out, start, (size_t)(p + 1 - start));
	return p + 1;
}

/* One character, unless it is indentation or an empty line. */
static const char *copy_plain(struct stripping *x, const char *p)
{
	bool line_start = !x->out.n || x->out.p[x->out.n - 1] == '\n';
	x->line += *p == '\n';
	if (!line_start || !strchr(" \t\r\n", *p))
		text_add(&x->out, p, 1);
	return p + 1;
}

struct text strip_css(const char *path)
{
	struct text in = file_read_text(path);
	struct stripping x = { path, 1, { 0 } };
	for (const char *p = in.n ? in.p : ""; *p;) {
		if (strncmp(p, "/*", 2) == 0)
			p = skip_comment(&x, p);
		else if (*p == '"' || *p == '\'')
			p = copy_string(&x, p);
		else
			p = copy_plain(&x, p);
	}
	return x.out;
}

/* --- scripts --------------------------------------------------------------------- */
static const char *copy_template(struct stripping *x, const char *p)
{
	const char *start = p++;
	int depth = 0;
	for (; *p && !(*p == '`' && !depth); p++) {
		if (*p == '`')
			die_at(x->path, x->line, "a template inside of a template");
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '{' && (depth || p[-1] == '$'))
			depth++;
		else if (*p == '}' && depth)
			depth--;
		x->line += *p == '\n';
	}
	if (!*p)
		die_at(x->path, x->line, "a ` that is never closed");
	text_add(&x->out, start, (size_t)(p + 1 - start));
	return p + 1;
}

/* After an operator or a word that wants an operand, a slash divides nothing. */
static bool regex_may_begin(const struct text *out)
{
	size_t n = out->n;
	while (n && strchr(" \t\n", out->p[n - 1]))
		n--;
	if (!n || strchr("(,=:[!&|?{};+-*%<>~^", out->p[n - 1]))
		return true;
	return n > 6 && strncmp(out->p + n - 6, "return", 6) == 0 &&
		!isalnum((unsigned char)out->p[n - 7]);
}

static const char *copy_regex(struct stripping *x, const char *p)
{
	const char *start = p++;
	bool in_class = false;
	for (; *p != '/' || in_class; p++) {
		if (*p == '\\' && p[1])
			p++;
		else if (*p == '[')
			in_class = true;
		else if (*p == ']')
			in_class = false;
		if (!*p || *p == '\n')
			die_at(x->path, x->line, "a regular expression that is never closed");
	}
	text_add(&x->out, start, (size_t)(p + 1 - start));
	return p + 1;
}

/* A space beside one of these separates nothing. + - and / are not among them: two of them together
 * mean something else. */
static bool stands_alone(char c) { return c && strchr("{}()[];,=<>&|?:*", c); }

static const char *skip_space(struct stripping *x, const char *p)
{
	char before = x->out.n ? x->out.p[x->out.n - 1] : '\n';
	bool comment = before == '<' && p[1] == '!'; /* <!-- is one */
	bool needed = comment || (!stands_alone(before) && !stands_alone(p[1]));
	return needed ? copy_plain(x, p) : p + 1;
}

struct text strip_js(const char *path)
{
	struct text in = file_read_text(path);
	struct stripping x = { path, 1, { 0 } };
	for (const char *p = in.n ? in.p : ""; *p;) {
		if (strncmp(p, "//", 2) == 0)
			die_at(path, x.line, "comments stand between /* and */");
		if (strncmp(p, "/*", 2) == 0)
			p = skip_comment(&x, p);
		else if (*p == '"' || *p == '\'')
			p = copy_string(&x, p);
		else if (*p == '`')
			p = copy_template(&x, p);
		else if (*p == '/' && regex_may_begin(&x.out))
			p = copy_regex(&x, p);
		else if (*p == ' ')
			p = skip_space(&x, p);
		else
			p = copy_plain(&x, p);
	}
	return x.out;
}
