/* SPDX-License-Identifier: Apache-2.0 */
/* tmplc.h - the parts of the template compiler. The language is described in tmplc.c.
 *
 *     source --lex--> tokens --html--> which context a value stands in --emit--> C
 *
 * lex knows the marks {{ {% {# [[ but no HTML; html knows HTML but no C; emit knows only C. */
#pragma once
#include "tool.h"

/* --- tmplc_lex.c --------------------------------------------------------- */
enum token_kind {
	TOKEN_EOF,
	TOKEN_STATIC,  /* HTML, up to the next mark */
	TOKEN_VALUE,   /* {{ expr }} */
	TOKEN_MESSAGE, /* [[text]]; a line break and its indentation folded to a space */
	TOKEN_COMMENT, /* {# … #} */
	TOKEN_IF,      /* {% if expr %} */
	TOKEN_ELSE_IF, /* {% else if expr %} */
	TOKEN_ELSE,    /* {% else %} */
	TOKEN_FOR,     /* {% for item in expr %} */
	TOKEN_CALL,    /* {% call fn(arguments) %} */
	TOKEN_END,     /* {% end %} */
};

struct token {
	enum token_kind kind;
	int line;         /* of its first character */
	const char *text; /* what it holds, trimmed unless static */
	size_t n;
	const char *item; /* the variable of TOKEN_FOR */
};

struct lexer {
	const char *path, *at;
	int line;
};

struct token lex_next(struct lexer *l);

/* --- tmplc_emit.c -------------------------------------------------------- */
/* The body of the function being written. Static text is gathered into one put_raw. */
struct emit {
	const char *path;
	struct text body, raw;
	int depth, lists;
};

void emit_raw(struct emit *e, char c);
void emit_value(struct emit *e, const char *macro, const struct token *t);
void emit_message(struct emit *e, const struct token *t);
void emit_plain_call(struct emit *e, const char *call);
void emit_call(struct emit *e, const struct token *t);
void emit_if(struct emit *e, const struct token *t);
void emit_else(struct emit *e, const struct token *t); /* also TOKEN_ELSE_IF */
void emit_for(struct emit *e, const struct token *t);
void emit_end(struct emit *e, enum token_kind opened_by);
void emit_finish(struct emit *e);

/* --- tmplc_html.c -------------------------------------------------------- */
enum where {
	IN_TEXT,
	AFTER_LESS, /* "<" was seen */
	IN_TAG_NAME,
	IN_TAG, /* between attributes */
	IN_ATTRIBUTE_NAME,
	AFTER_EQUALS,
	IN_QUOTED_VALUE,
	IN_BARE_VALUE,
	IN_END_TAG,
	IN_COMMENT,
	IN_DECLARATION, /* <!doctype …> */
	IN_SCRIPT,
};

/* Everything about the place in the HTML that decides what may stand there. All the branches of
 * an {% if %} must end in the same place, so it is always known. */
struct place {
	enum where where;
	char tag[32], attribute[32]; /* lower case; "" outside */
	char quote;
	bool spaced;    /* in a tag, white space was seen: an attribute may begin */
	bool url_start; /* in a URL, nothing was written yet */
	bool posts;     /* the <form> being opened has method="post" */
	bool has_src;   /* the <script> being opened has src */
	bool verbatim;  /* in <pre> or <textarea>: white space counts */
};

struct html {
	struct place place;
	const char *path;
	int line;
	struct emit *emit;
	struct text name;  /* of the attribute being read */
	struct text value; /* of the form's method being read */
	struct text space; /* white space not yet known to be kept */
	bool csrf_due;     /* after the ">" being read */
	bool line_has_text, line_has_tags;
};

/* Follows the static text of t, and emits it without indentation and empty lines. */
void html_static(struct html *h, const struct token *t);
/* A comment leaves nothing, nor does the line it had for itself. */
void html_comment(struct html *h);
/* Notes that t stands here; dies when that place cannot be escaped safely. */
const char *html_value_macro(struct html *h, const struct token *t);
void html_message(struct html *h, const struct token *t);
/* Directives: text, tags between attributes, and quoted values; calls: only text. */
void html_directive(struct html *h, const struct token *t);
/* Where two branches meet again: a is where the first ended. Dies when b is elsewhere. */
struct place html_join(const struct html *h, int line, struct place a, struct place b);
void html_finish(struct html *h, int line);
