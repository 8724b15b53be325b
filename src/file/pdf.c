/* SPDX-License-Identifier: Apache-2.0 */
#include "file/pdf.h"

#include "file/unpack.h"

#define HEADER_WITHIN 1024 /* bytes before "%PDF-" that readers put up with */
#define END_WITHIN 2048    /* bytes behind "%%EOF", besides blanks */
#define DEPTH 64           /* of dictionaries in each other */
#define NAME_MOST 24       /* longer ones are none of those looked for */
#define STREAMS_MOST (200 * 1000)
#define PEEKED 32 /* unpacked bytes that show whether objects follow */

/* What is known of a dictionary that is open. */
struct dictionary {
	bool pages;
	int64_t count;
};

/* What was passed over before: a line to its end, and blanks with comments among them. Whatever is
 * written behind however many names, it is walked once. */
struct passed {
	size_t line, line_end, from, to;
};

struct looking {
	struct arena *a;
	struct passed passed;
	struct pdf_facts facts;
	struct unpacking unpacking;
	bool inside; /* of an object stream: there are no streams in it */
	int64_t page_objects, streams, said,
		seen; /* object streams by their type, by their content */
	size_t searched;
	struct dictionary open[DEPTH];
	size_t depth;
	char last[NAME_MOST + 1]; /* the name read last, and the end of */
	size_t after;             /* … the blanks behind it */
};

/* --- bytes ------------------------------------------------------------------------ */
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || c == 0; }

static bool is_regular(char c) { return !is_blank(c) && c != 0 && !strchr("()<>[]{}/%", c); }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static size_t line_end(struct passed *k, str s, size_t at)
{
	if (at >= k->line && at < k->line_end)
		return k->line_end;
	k->line = at;
	while (at < s.n && s.p[at] != '\n' && s.p[at] != '\r')
		at++;
	k->line_end = at;
	return at;
}

/* Past blanks and comments. A comment that ends where they were passed before goes on as it did. */
static size_t skip_blanks(struct passed *k, str s, size_t at)
{
	size_t from = at;

	while (at < s.n) {
		if (s.p[at] == '%') {
			at = line_end(k, s, at);
			if (at >= k->from && at < k->to)
				at = k->to;
		} else if (is_blank(s.p[at])) {
			at++;
		} else {
			break;
		}
	}
	if (from < k->from || at > k->to) {
		k->from = from;
		k->to = at;
	}
	return at;
}

static bool here(str s, size_t at, const char *word)
{
	return str_starts(str_from_at(s, at), str_from(word));
}

static size_t skip_digits(str s, size_t at)
{
	while (at < s.n && is_digit(s.p[at]))
		at++;
	return at;
}

/* "12 0 R", a dictionary or a list: what a key stands before. */
static bool is_thing(struct passed *k, str s, size_t at)
{
	if (here(s, at, "<<") || here(s, at, "["))
		return true;
	size_t end = skip_digits(s, at), second = skip_blanks(k, s, end);
	if (end == at || second == end)
		return false;
	end = skip_digits(s, second);
	return end > second && here(s, skip_blanks(k, s, end), "R");
}

static int64_t number_at(str s, size_t at)
{
	int64_t n = 0;

	(void)str_to_int(str_part(s, at, skip_digits(s, at) - at), 0, 1000 * 1000, &n);
	return n;
}

/* --- names ------------------------------------------------------------------------ */
static int hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The name behind the slash at `at`, without its escapes; "" when it is too long to matter. */
static size_t read_name(str s, size_t at, char name[NAME_MOST + 1])
{
	size_t n = 0;

	for (at++; at < s.n && is_regular(s.p[at]); at++) {
		char c = s.p[at];
		int high = at + 2 < s.n ? hex(s.p[at + 1]) : -1;
		int low = at + 2 < s.n ? hex(s.p[at + 2]) : -1;
		if (c == '#' && high >= 0 && low >= 0) {
			c = (char)(high * 16 + low);
			at += 2;
		}
		if (n < NAME_MOST)
			name[n] = c;
		n++;
	}
	name[n <= NAME_MOST ? n : 0] = 0;
	return at;
}

static struct dictionary *top(struct looking *x) { return &x->open[x->depth ? x->depth - 1 : 0]; }

/* A value's meaning hangs on its key: the name just before it. */
static void take_value(struct looking *x, const char *name, const char *key)
{
	bool action = strcmp(key, "S") == 0, type = strcmp(key, "Type") == 0;

	if (action && (strcmp(name, "JavaScript") == 0 || strcmp(name, "Rendition") == 0))
		x->facts.script = true;
	if (action && strcmp(name, "Launch") == 0)
		x->facts.launches = true;
	if (!type)
		return;
	x->page_objects += strcmp(name, "Page") == 0;
	top(x)->pages |= strcmp(name, "Pages") == 0;
	x->said += strcmp(name, "ObjStm") == 0;
	x->facts.attached |= strcmp(name, "EmbeddedFile") == 0;
}

static void take_key(struct looking *x, str s, const char *name)
{
	if (strcmp(name, "Count") == 0)
		top(x)->count = number_at(s, x->after);
	bool thing = is_thing(&x->passed, s, x->after);
	x->facts.script |= thing && (strcmp(name, "JavaScript") == 0 || strcmp(name, "XFA") == 0);
	x->facts.attached |= thing && strcmp(name, "EmbeddedFiles") == 0;
	x->facts.encrypted |= thing && strcmp(name, "Encrypt") == 0;
}

static size_t take_name(struct looking *x, str s, size_t at)
{
	char name[NAME_MOST + 1];
	size_t end = read_name(s, at, name);

	if (x->last[0] && x->after == at)
		take_value(x, name, x->last);
	memcpy(x->last, name, sizeof name);
	x->after = skip_blanks(&x->passed, s, end);
	take_key(x, s, name);
	return end;
}

/* --- streams ------------------------------------------------------------------------ */
static void look_over(struct looking *x, str s);

/* An object stream begins with the numbers and places of its objects. */
static bool begins_objects(str s)
{
	struct passed k = { 0 };
	size_t at = skip_blanks(&k, s, 0), end = skip_digits(s, at),
	       second = skip_blanks(&k, s, end);

	return str_starts(s, S("%")) ||
		(end > at && second > end && skip_digits(s, second) > second);
}

/* Objects that are packed together; what a reader would find there counts. Whatever the dictionary
 * before them says: it can be written so that only some readers understand it. */
static void look_into(struct looking *x, str rest)
{
	str begin, objects;

	if (++x->streams > STREAMS_MOST)
		x->facts.broken = true;
	if (x->facts.broken || !unpack_begin(x->a, rest, PEEKED, &begin) || !begins_objects(begin))
		return;
	size_t n = str_find(rest, S("endstream"));
	x->searched += n;
	x->seen++;
	if (x->searched > LIMIT_UNPACKED ||
		!unpack(x->a, &x->unpacking, UNPACK_ZLIB, str_part(rest, 0, n), &objects)) {
		x->facts.broken = true;
		return;
	}
	struct looking *y = arena_make(x->a, struct looking);
	*y = (struct looking){ .a = x->a, .facts = x->facts, .inside = true };
	look_over(y, objects);
	x->facts = y->facts;
	x->page_objects += y->page_objects;
}

static size_t take_stream(struct looking *x, str s, size_t at)
{
	size_t before = at;

	while (before > 0 && is_blank(s.p[before - 1]))
		before--;
	at += strlen("stream");
	if (x->inside || before == 0 || s.p[before - 1] != '>')
		return at;
	size_t content = at + here(s, at, "\r");
	content += here(s, content, "\n");
	look_into(x, str_from_at(s, content));
	return at;
}

/* --- all of it ---------------------------------------------------------------------- */
static void close_dictionary(struct looking *x)
{
	if (!x->depth)
		return;
	const struct dictionary *d = &x->open[--x->depth];
	if (d->pages && d->count > x->facts.pages)
		x->facts.pages = d->count;
}

static void open_dictionary(struct looking *x)
{
	if (x->depth == DEPTH)
		x->depth = 0; /* that deep is only what is no dictionary at all */
	x->open[x->depth++] = (struct dictionary){ 0 };
}

static void look_over(struct looking *x, str s)
{
	for (size_t at = 0; at < s.n && !x->facts.broken;) {
		if (s.p[at] == '/') {
			at = take_name(x, s, at);
		} else if (here(s, at, "<<")) {
			open_dictionary(x);
			at += 2;
		} else if (here(s, at, ">>")) {
			close_dictionary(x);
			at += 2;
		} else if (s.p[at] == 's' && here(s, at, "stream")) {
			at = take_stream(x, s, at);
		} else {
			at++;
		}
	}
}

/* --- the whole ---------------------------------------------------------------------- */
static bool ends_well(str s)
{
	while (s.n && is_blank(s.p[s.n - 1]))
		s.n--;
	return str_has(str_from_at(s, s.n > END_WITHIN ? s.n - END_WITHIN : 0), S("%%EOF"));
}

struct pdf_facts pdf_look(struct arena *a, str bytes)
{
	struct looking *x = arena_make(a, struct looking);

	*x = (struct looking){ .a = a, .unpacking = unpacking_begin() };
	if (!str_has(str_part(bytes, 0, HEADER_WITHIN), S("%PDF-")) || !ends_well(bytes)) {
		x->facts.broken = true;
		return x->facts;
	}
	look_over(x, bytes);
	/* Some are packed otherwise, so that only a reader sees what is in them. */
	x->facts.broken |= x->seen < x->said;
	if (!x->facts.pages)
		x->facts.pages = x->page_objects;
	/* What is packed is also locked then, and cannot be counted. */
	if (x->facts.encrypted)
		x->facts.broken = false;
	else if (!x->facts.pages)
		x->facts.broken = true;
	return x->facts;
}
