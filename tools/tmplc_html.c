/* SPDX-License-Identifier: Apache-2.0 */
/* tmplc_html.c - follows the HTML of a template, so that the place of every value is known.
 *
 * It accepts less than HTML does (attributes are name="value", "<" in text is &lt;): what it
 * accepts, it and every browser read alike. */
#include "tmplc.h"
#include <string.h>
#include <strings.h>

#define FAIL(h, ...) die_at((h)->path, (h)->line, __VA_ARGS__)

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

static bool is_url(const struct place *p)
{
	static const char *const names[] = { "href", "src", "action", "formaction", "poster",
		"cite", "data", "xlink:href", NULL };
	return is_one_of(p->attribute, names);
}

/* Links to pages begin with the language; what is loaded does not. */
static bool takes_prefix(const struct place *p)
{
	static const char *const names[] = { "href", "action", "formaction", NULL };
	return is_one_of(p->attribute, names);
}

static bool is_form_method(const struct place *p)
{
	return strcmp(p->tag, "form") == 0 && strcmp(p->attribute, "method") == 0;
}

static bool is_verbatim(const char *tag)
{
	static const char *const names[] = { "pre", "textarea", NULL };
	return is_one_of(tag, names);
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool is_name_part(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' ||
		c == '.';
}

/* --- names --------------------------------------------------------------- */
static void add_to_name(struct html *h, char c)
{
	char lower = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	text_add(&h->name, &lower, 1);
	if (h->name.n >= sizeof h->place.tag || h->name.n >= sizeof h->place.attribute)
		FAIL(h, "'%s…' is too long a name", h->name.p);
}

static void tag_named(struct html *h)
{
	struct place *p = &h->place;
	memcpy(p->tag, h->name.p, h->name.n + 1);
	if (strcmp(p->tag, "style") == 0)
		FAIL(h, "<style> is refused by the content security policy; use a style sheet");
	p->where = IN_TAG;
	p->spaced = false;
}

static void attribute_named(struct html *h)
{
	struct place *p = &h->place;
	memcpy(p->attribute, h->name.p, h->name.n + 1);
	if (strcmp(p->attribute, "style") == 0 || strncmp(p->attribute, "on", 2) == 0 ||
		strcmp(p->attribute, "srcdoc") == 0)
		FAIL(h, "%s= is refused by the content security policy", p->attribute);
	if (strcmp(p->tag, "script") == 0 && strcmp(p->attribute, "src") == 0)
		p->has_src = true;
}

/* An attribute has ended, with its value if any. */
static void attribute_done(struct html *h)
{
	struct place *p = &h->place;
	if (is_form_method(p))
		p->posts = h->value.n && strcasecmp(h->value.p, "post") == 0;
	h->value.n = 0;
	p->attribute[0] = '\0';
	p->quote = '\0';
	p->url_start = false;
	p->where = IN_TAG;
	p->spaced = false;
}

static void tag_done(struct html *h)
{
	struct place *p = &h->place;
	bool script = strcmp(p->tag, "script") == 0;
	if (script && !p->has_src)
		FAIL(h, "a <script> without src is refused by the content security policy");
	h->csrf_due = p->posts;
	*p = (struct place){
		.where = script ? IN_SCRIPT : IN_TEXT,
		.verbatim = p->verbatim || is_verbatim(p->tag),
	};
}

/* --- one function for each place; c points at the character read there ---- */
static void after_less(struct html *h, const char *c)
{
	struct place *p = &h->place;
	h->name.n = 0;
	if (*c == '/') {
		p->where = IN_END_TAG;
	} else if (*c == '!') {
		p->where = strncmp(c, "!--", 3) == 0 ? IN_COMMENT : IN_DECLARATION;
	} else if (is_letter(*c)) {
		p->where = IN_TAG_NAME;
		add_to_name(h, *c);
	} else {
		FAIL(h, "write &lt; for a '<' in text");
	}
}

static void in_tag(struct html *h, const char *c)
{
	struct place *p = &h->place;
	if (is_space(*c)) {
		p->spaced = true;
	} else if (*c == '>') {
		tag_done(h);
	} else if (*c == '/' && c[1] == '>') {
		p->spaced = true;
	} else if (!is_name_part(*c)) {
		FAIL(h, "'%c' where an attribute should begin; write name=\"value\"", *c);
	} else if (!p->spaced) {
		FAIL(h, "an attribute needs a space before it");
	} else {
		h->name.n = 0;
		add_to_name(h, *c);
		p->where = IN_ATTRIBUTE_NAME;
	}
}

static void in_tag_name(struct html *h, const char *c)
{
	if (is_name_part(*c)) {
		add_to_name(h, *c);
	} else {
		tag_named(h);
		in_tag(h, c);
	}
}

static void in_attribute_name(struct html *h, const char *c)
{
	if (is_name_part(*c)) {
		add_to_name(h, *c);
	} else if (*c == '=') {
		attribute_named(h);
		h->place.where = AFTER_EQUALS;
	} else {
		attribute_named(h);
		attribute_done(h);
		in_tag(h, c);
	}
}

static void in_value(struct html *h, const char *c)
{
	struct place *p = &h->place;
	bool bare = p->where == IN_BARE_VALUE;
	if (bare ? is_space(*c) || *c == '>' : *c == p->quote) {
		attribute_done(h);
		if (bare)
			in_tag(h, c);
		return;
	}
	if (bare && strchr("\"'`=<", *c))
		FAIL(h, "'%c' in a value without quotes", *c);
	if (p->url_start && *c == '/' && c[1] != '/' && strncmp(c, "/a/", 3) != 0 &&
		takes_prefix(p))
		emit_plain_call(h->emit, "put_prefix(o)");
	p->url_start = false;
	if (is_form_method(p))
		text_add(&h->value, c, 1);
}

static void after_equals(struct html *h, const char *c)
{
	struct place *p = &h->place;
	if (is_space(*c) || *c == '>')
		FAIL(h, "no value after %s=", p->attribute);
	p->url_start = is_url(p);
	if (*c == '"' || *c == '\'') {
		p->where = IN_QUOTED_VALUE;
		p->quote = *c;
	} else {
		p->where = IN_BARE_VALUE;
		in_value(h, c);
	}
}

static void in_end_tag(struct html *h, const char *c)
{
	if (*c == '>') {
		h->place.where = IN_TEXT;
		if (h->name.n && is_verbatim(h->name.p))
			h->place.verbatim = false;
	} else if (is_name_part(*c)) {
		add_to_name(h, *c);
	} else if (!is_space(*c)) {
		FAIL(h, "'%c' in an end tag", *c);
	}
}

static void in_script(struct html *h, const char *c)
{
	if (strncasecmp(c, "</script>", 9) == 0)
		h->place.where = AFTER_LESS;
	else if (!is_space(*c))
		FAIL(h, "a script in the page is refused by the content security policy");
}

static void follow(struct html *h, const char *c)
{
	switch (h->place.where) {
	case IN_TEXT:
		if (*c == '<')
			h->place.where = AFTER_LESS;
		break;
	case AFTER_LESS: after_less(h, c); break;
	case IN_TAG_NAME: in_tag_name(h, c); break;
	case IN_TAG: in_tag(h, c); break;
	case IN_ATTRIBUTE_NAME: in_attribute_name(h, c); break;
	case AFTER_EQUALS: after_equals(h, c); break;
	case IN_QUOTED_VALUE:
	case IN_BARE_VALUE: in_value(h, c); break;
	case IN_END_TAG: in_end_tag(h, c); break;
	case IN_COMMENT:
		if (*c == '>' && c[-1] == '-' && c[-2] == '-')
			h->place.where = IN_TEXT;
		break;
	case IN_DECLARATION:
		if (*c == '>')
			h->place.where = IN_TEXT;
		break;
	case IN_SCRIPT: in_script(h, c); break;
	}
}

/* --- white space --------------------------------------------------------- */
static void put_space(struct html *h)
{
	for (size_t i = 0; i < h->space.n; i++)
		emit_raw(h->emit, h->space.p[i]);
	h->space.n = 0;
}

/* Indentation, empty lines, and the lines that hold only directives are dropped. Every other line
 * break stays, so words never grow together; but the last one of the file, so that a component
 * may be called in the middle of a line. */
static void put(struct html *h, char c)
{
	if (!h->place.verbatim && c == '\n') {
		bool broken = h->line_has_text || (h->space.n && h->space.p[0] == '\n');
		h->space.n = 0;
		if (broken)
			text_add(&h->space, &c, 1);
		h->line_has_text = h->line_has_tags = false;
	} else if (!h->place.verbatim && is_space(c)) {
		if (h->line_has_text || h->line_has_tags)
			text_add(&h->space, &c, 1);
	} else {
		put_space(h);
		h->line_has_text = true;
		emit_raw(h->emit, c);
	}
}

void html_static(struct html *h, const struct token *t)
{
	h->line = t->line;
	for (size_t i = 0; i < t->n; i++) {
		follow(h, t->text + i);
		put(h, t->text[i]);
		if (h->csrf_due)
			emit_plain_call(h->emit, "put_csrf(o)");
		h->csrf_due = false;
		h->line += t->text[i] == '\n';
	}
}

void html_comment(struct html *h) { h->line_has_tags = true; }

/* --- what may stand where ------------------------------------------------ */
static const char *where_words(enum where where)
{
	switch (where) {
	case IN_TEXT: return "text";
	case AFTER_LESS:
	case IN_TAG_NAME: return "the name of a tag";
	case IN_TAG: return "a tag, between attributes";
	case IN_ATTRIBUTE_NAME: return "the name of an attribute";
	case AFTER_EQUALS:
	case IN_BARE_VALUE: return "a value without quotes";
	case IN_QUOTED_VALUE: return "the value of an attribute";
	case IN_END_TAG: return "an end tag";
	case IN_COMMENT: return "a comment";
	case IN_DECLARATION: return "a declaration";
	case IN_SCRIPT: return "a script";
	}
	return "";
}

static void refuse_form_method(const struct html *h)
{
	if (h->place.where == IN_QUOTED_VALUE && is_form_method(&h->place))
		FAIL(h, "the method of a form must be plain text, to know whether it needs CSRF");
}

const char *html_value_macro(struct html *h, const struct token *t)
{
	h->line = t->line;
	if (h->place.where != IN_TEXT && h->place.where != IN_QUOTED_VALUE)
		FAIL(h, "no {{ }} in %s: it cannot be escaped there", where_words(h->place.where));
	refuse_form_method(h);
	put_space(h);
	h->line_has_text = true;
	h->place.url_start = false;
	if (h->place.where == IN_TEXT)
		return "PUT_TEXT";
	return is_url(&h->place) ? "PUT_URL" : "PUT_ATTR";
}

void html_message(struct html *h, const struct token *t)
{
	h->line = t->line;
	if (h->place.where != IN_TEXT && h->place.where != IN_QUOTED_VALUE)
		FAIL(h, "no [[ ]] in %s", where_words(h->place.where));
	if (h->place.where == IN_QUOTED_VALUE && is_url(&h->place))
		FAIL(h, "no [[ ]] in a URL");
	refuse_form_method(h);
	put_space(h);
	h->line_has_text = true;
}

void html_directive(struct html *h, const struct token *t)
{
	h->line = t->line;
	if (h->place.where == IN_TAG_NAME) {
		tag_named(h);
	} else if (h->place.where == IN_ATTRIBUTE_NAME) {
		attribute_named(h);
		attribute_done(h);
	}
	enum where where = h->place.where;
	bool allowed = where == IN_TEXT ||
		(t->kind != TOKEN_CALL && (where == IN_TAG || where == IN_QUOTED_VALUE));
	if (!allowed)
		FAIL(h, "no %s in %s", t->kind == TOKEN_CALL ? "{% call %}" : "{% %}",
			where_words(where));
	refuse_form_method(h);
	put_space(h);
	h->line_has_tags = true;
}

struct place html_join(const struct html *h, int line, struct place a, struct place b)
{
	bool same = a.where == b.where && a.quote == b.quote && strcmp(a.tag, b.tag) == 0 &&
		strcmp(a.attribute, b.attribute) == 0;
	if (!same)
		die_at(h->path, line, "branches end in different places: %s <%s>, and %s <%s>",
			where_words(a.where), a.tag, where_words(b.where), b.tag);
	if (a.url_start != b.url_start)
		die_at(h->path, line,
			"a branch at the start of a URL needs an {%% else %%}, and "
			"something in both");
	if (a.posts != b.posts || a.has_src != b.has_src)
		die_at(h->path, line, "method= and src= may not depend on a branch");
	if (a.verbatim != b.verbatim)
		die_at(h->path, line, "a branch opens or closes a <pre> or <textarea>");
	a.spaced = a.spaced && b.spaced;
	return a;
}

void html_finish(struct html *h, int line)
{
	h->line = line;
	if (h->place.where != IN_TEXT)
		FAIL(h, "the template ends in %s", where_words(h->place.where));
}
