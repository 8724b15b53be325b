/* SPDX-License-Identifier: Apache-2.0 */
/* tool.h - what the build-time programs of this folder share: files, growable text, C literals.
 *
 * A tool reads its inputs, writes its outputs and exits. So memory lives until exit and is never
 * freed, and every error ends the program with "file:line: message" and status 1. Outputs are
 * written only after all inputs were found correct: a failed run leaves no half-made file. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#define PRINTF(f, a) __attribute__((format(printf, f, a)))
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Growable text. `p` is NUL-terminated once anything was added; { 0 } is an empty text. */
struct text {
	char *p;
	size_t n, cap;
};

void text_add(struct text *t, const char *p, size_t n);
void text_put(struct text *t, const char *s);
void text_printf(struct text *t, const char *fmt, ...) PRINTF(2, 3);

/* Adds n bytes with the escapes of C. */
void text_put_escaped(struct text *t, const char *p, size_t n);
/* Adds n bytes as C string literals. What is longer than a line goes on one literal a line, each
 * begun by `indent` on a line of its own. */
void text_put_literal(struct text *t, const char *p, size_t n, const char *indent);

/* Zeroed memory that lives until exit. */
void *keep(size_t size);
char *keep_text(const char *p, size_t n);

/* The whole file; dies when it cannot be read. file_read_text also refuses NUL bytes. */
struct text file_read(const char *path);
struct text file_read_text(const char *path);
void file_write(const char *path, const struct text *t);

/* "a/b.sql" -> "b.sql"; and without the ending -> "b". path_stem dies when the ending differs. */
const char *path_base(const char *path);
char *path_stem(const char *path, const char *ending);

bool is_space(char c);
bool is_identifier_start(char c);
bool is_identifier_part(char c);
bool is_identifier(const char *s);

_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);
_Noreturn void die_at(const char *path, int line, const char *fmt, ...) PRINTF(3, 4);
