/* SPDX-License-Identifier: Apache-2.0 */
#include "tool.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* All memory hangs on this chain, so that a leak checker sees it as still wanted. */
struct block {
	struct block *next;
	max_align_t data[];
};
static struct block *blocks;

void *keep(size_t size)
{
	struct block *b = calloc(1, sizeof *b + size);
	if (!b)
		die("out of memory");
	b->next = blocks;
	blocks = b;
	return b->data;
}

char *keep_text(const char *p, size_t n)
{
	char *copy = keep(n + 1);
	if (n)
		memcpy(copy, p, n);
	return copy;
}

void text_add(struct text *t, const char *p, size_t n)
{
	if (n >= t->cap - t->n) {
		size_t cap = t->cap ? t->cap * 2 : 256;
		while (cap <= t->n + n)
			cap *= 2;
		char *grown = keep(cap);
		if (t->n)
			memcpy(grown, t->p, t->n);
		t->p = grown;
		t->cap = cap;
	}
	if (n)
		memcpy(t->p + t->n, p, n);
	t->n += n;
	t->p[t->n] = '\0';
}

void text_put(struct text *t, const char *s) { text_add(t, s, strlen(s)); }

void text_printf(struct text *t, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		die("cannot format text");
	char *p = keep((size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, again);
	va_end(again);
	text_add(t, p, (size_t)n);
}

static void put_literal_byte(struct text *t, char c, char before)
{
	switch (c) {
	case '\n': text_put(t, "\\n"); return;
	case '\t': text_put(t, "\\t"); return;
	case '"': text_put(t, "\\\""); return;
	case '\\': text_put(t, "\\\\"); return;
	default: break;
	}
	if (c == '?' && before == '?') /* two would begin a trigraph */
		text_put(t, "\\?");
	else if ((unsigned char)c < 0x20 || c == 0x7f)
		text_printf(t, "\\%03o", (unsigned)c);
	else
		text_add(t, &c, 1);
}

void text_put_escaped(struct text *t, const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_literal_byte(t, p[i], i ? p[i - 1] : '\0');
}

void text_put_literal(struct text *t, const char *p, size_t n, const char *indent)
{
	enum { WIDTH = 72, MOST = 84 }; /* a literal ends at a space, if one comes soon */
	const char *newline = n ? memchr(p, '\n', n - 1) : NULL;
	bool one_line = n <= WIDTH && !newline;
	while (!one_line && t->n && t->p[t->n - 1] == ' ')
		t->n--;
	for (size_t i = 0; i < n || i == 0;) {
		if (!one_line)
			text_printf(t, "\n%s", indent);
		text_put(t, "\"");
		for (size_t start = i; i < n;) {
			put_literal_byte(t, p[i], i > start ? p[i - 1] : '\0');
			size_t width = ++i - start;
			bool whole = i == n || (p[i] & 0xc0) != 0x80; /* not amid UTF-8 */
			if (p[i - 1] == '\n' || (width >= WIDTH && p[i - 1] == ' ') ||
				(width >= MOST && whole))
				break;
		}
		text_put(t, "\"");
		if (n == 0)
			return;
	}
}

struct text file_read(const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		die("%s: %s", path, strerror(errno));
	struct text t = { 0 };
	char piece[8192];
	size_t n;
	do {
		n = fread(piece, 1, sizeof piece, f);
		text_add(&t, piece, n);
	} while (n == sizeof piece);
	if (ferror(f))
		die("%s: %s", path, strerror(errno));
	fclose(f);
	return t;
}

struct text file_read_text(const char *path)
{
	struct text t = file_read(path);
	int line = 1;
	for (size_t i = 0; i < t.n; i++) {
		if (t.p[i] == '\0')
			die_at(path, line, "a NUL byte in a text file");
		line += t.p[i] == '\n';
	}
	return t;
}

void file_write(const char *path, const struct text *t)
{
	FILE *f = fopen(path, "wb");
	if (!f)
		die("%s: %s", path, strerror(errno));
	bool written = fwrite(t->p, 1, t->n, f) == t->n;
	if (fclose(f) != 0 || !written)
		die("%s: cannot write: %s", path, strerror(errno));
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

char *path_stem(const char *path, const char *ending)
{
	const char *base = path_base(path);
	size_t n = strlen(base), n_ending = strlen(ending);
	if (n <= n_ending || strcmp(base + n - n_ending, ending) != 0)
		die("%s: the name must end in %s", path, ending);
	return keep_text(base, n - n_ending);
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_identifier_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_identifier_part(char c) { return is_identifier_start(c) || (c >= '0' && c <= '9'); }

bool is_identifier(const char *s)
{
	if (!is_identifier_start(*s))
		return false;
	while (is_identifier_part(*s))
		s++;
	return *s == '\0';
}

void die(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void die_at(const char *path, int line, const char *fmt, ...)
{
	va_list ap;
	fprintf(stderr, "%s:%d: ", path, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}
