/* SPDX-License-Identifier: Apache-2.0 */
/* out.h - stands for src/view/out.h: prints what each place of a template asked for. */
#pragma once
#include <stdio.h>

struct out {
	FILE *file;
};

#define S(literal) literal
#define PUT_TEXT(o, v) _Generic((v), size_t: put_size, default: put_text)((o), (v))
#define PUT_ATTR(o, v) fprintf((o)->file, "attr(%s)", (v))
#define PUT_URL(o, v) fprintf((o)->file, "url(%s)", (v))

static inline void put_size(struct out *o, size_t n) { fprintf(o->file, "text(%zu)", n); }
static inline void put_text(struct out *o, const char *s) { fprintf(o->file, "text(%s)", s); }
static inline void put_raw(struct out *o, const char *p, size_t n) { fwrite(p, 1, n, o->file); }
static inline void put_tr(struct out *o, const char *p, size_t n)
{
	fprintf(o->file, "tr(%.*s)", (int)n, p);
}
static inline void put_prefix(struct out *o) { fputs("prefix()", o->file); }
static inline void put_csrf(struct out *o) { fputs("csrf()", o->file); }
static inline void crumbs(struct out *o) { fputs("crumbs()", o->file); }
static inline void note(struct out *o, const char *text, char c)
{
	fprintf(o->file, "note(%s, %c)", text, c);
}
