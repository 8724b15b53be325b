/* SPDX-License-Identifier: Apache-2.0 */
/* poc.c - translations.
 *
 *     poc LANG IN.po OUT.c                  compiles a .po file into the table po_LANG
 *     poc --check LANG IN.po MESSAGES       is every text translated, and every translation used?
 *     poc --messages FILE.c…                lists what is marked TR("…"), TRN("…"), MARK("…")
 *
 * The source texts are Vietnamese and are their own keys. A .po file holds msgid and msgstr, and
 * for counted texts msgid_plural (the same text again: Vietnamese has no plural), msgstr[0] for
 * one and msgstr[1] for more. A translation keeps the {placeholders} of its text; only msgstr[0]
 * may say "one" instead of {n}. An empty msgstr is a text not translated yet: it is left out of
 * the table and found by --check. */
#include "messages.h"
#include "tool.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field { ID, PLURAL, ONE, OTHER, FIELDS };

struct entry {
	int line;
	bool has[FIELDS];
	struct text fields[FIELDS]; /* ONE holds msgstr too */
	bool used;
};

struct catalog {
	const char *path;
	struct entry *entries; /* the header apart, sorted by id */
	size_t n, cap;
};

static const char *id_of(const struct entry *e) { return e->fields[ID].p; }

/* --- reading ------------------------------------------------------------- */

/* Does `text` have the placeholder of n bytes at `wanted`, braces included? */
static bool has_placeholder(const char *text, const char *wanted, size_t n)
{
	for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{'))
		if (strncmp(p, wanted, n) == 0)
			return true;
	return false;
}

/* Every {word} of `from` must be in `to`. */
static void check_placeholders(
	const char *path, int line, const char *from, const char *to, bool may_lack_n)
{
	for (const char *p = strchr(from, '{'); p; p = strchr(p + 1, '{')) {
		size_t n = 1;
		while (is_identifier_part(p[n]))
			n++;
		if (n == 1 || p[n++] != '}')
			continue;
		if (may_lack_n && strncmp(p, "{n}", 3) == 0)
			continue;
		if (!has_placeholder(to, p, n))
			die_at(path, line, "%.*s is not in both the text and its translation",
				(int)n, p);
	}
}

static void check_entry(const struct catalog *c, const struct entry *e)
{
	bool plural = e->has[PLURAL];
	if (!e->has[ONE] || e->has[OTHER] != plural)
		die_at(c->path, e->line,
			plural ? "a msgid_plural needs msgstr[0] and msgstr[1]"
			       : "a msgid needs one msgstr");
	const struct text *one = &e->fields[ONE], *other = &e->fields[OTHER];
	if (plural && !one->n != !other->n)
		die_at(c->path, e->line, "only one of msgstr[0] and msgstr[1] is translated");
	if (one->n) {
		check_placeholders(c->path, e->line, id_of(e), one->p, plural);
		check_placeholders(c->path, e->line, one->p, id_of(e), false);
	}
	if (other->n) {
		check_placeholders(c->path, e->line, id_of(e), other->p, false);
		check_placeholders(c->path, e->line, other->p, id_of(e), false);
	}
}

static void add_entry(struct catalog *c, const struct entry *e)
{
	if (!e->line)
		return; /* nothing was read before the first msgid */
	if (!e->fields[ID].n) {
		if (c->n)
			die_at(c->path, e->line, "an empty msgid is the header, and stands first");
		return;
	}
	check_entry(c, e);
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 256;
		struct entry *grown = keep(cap * sizeof *grown);
		if (c->n)
			memcpy(grown, c->entries, c->n * sizeof *grown);
		c->entries = grown;
		c->cap = cap;
	}
	c->entries[c->n++] = *e;
}

/* Recognises the word before a literal, and steps over it. */
static enum field read_keyword(const char *path, int line, const char **p)
{
	static const struct {
		const char *word;
		enum field field;
	} words[] = {
		{ "msgid_plural", PLURAL },
		{ "msgid", ID },
		{ "msgstr[0]", ONE },
		{ "msgstr[1]", OTHER },
		{ "msgstr", ONE },
	};
	for (size_t i = 0; i < COUNT(words); i++) {
		size_t n = strlen(words[i].word);
		if (strncmp(*p, words[i].word, n) == 0 && ((*p)[n] == ' ' || (*p)[n] == '"')) {
			*p += n;
			*p += strspn(*p, " ");
			return words[i].field;
		}
	}
	die_at(path, line, "a line begins with msgid, msgid_plural, msgstr, \" or #");
}

/* Reads one line into the entry under way; a msgid begins the next one. */
static void read_line(
	struct catalog *c, struct entry *e, enum field *field, int line, const char *p)
{
	if (*p == '#') {
		if (p[1] == ',' && strstr(p, "fuzzy") && strstr(p, "fuzzy") < p + strcspn(p, "\n"))
			die_at(c->path, line,
				"a fuzzy translation: check it, then remove the mark");
		return;
	}
	if (*p != '"') {
		*field = read_keyword(c->path, line, &p);
		if (*field == ID) {
			add_entry(c, e);
			*e = (struct entry){ .line = line };
		}
		if (!e->line || e->has[*field])
			die_at(c->path, line, "this belongs to no msgid, or is here twice");
		e->has[*field] = true;
	}
	if (*p != '"' || !e->line)
		die_at(c->path, line, "a text in quotes is due here");
	text_put(&e->fields[*field], ""); /* "" is a text too */
	p = literal_read(&e->fields[*field], c->path, line, p);
	if (p[strspn(p, " \t\r")] != '\n' && p[strspn(p, " \t\r")] != '\0')
		die_at(c->path, line, "more than a text in quotes");
}

static int compare_ids(const void *a, const void *b) { return strcmp(id_of(a), id_of(b)); }

static struct catalog read_catalog(const char *path)
{
	struct text in = file_read_text(path);
	struct catalog c = { .path = path };
	struct entry e = { 0 };
	enum field field = ID;
	int line = 1;
	for (const char *p = in.n ? in.p : ""; *p; line++) {
		p += strspn(p, " \t\r");
		if (*p && *p != '\n')
			read_line(&c, &e, &field, line, p);
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	add_entry(&c, &e);
	if (c.n)
		qsort(c.entries, c.n, sizeof *c.entries, compare_ids);
	for (size_t i = 1; i < c.n; i++) {
		int a = c.entries[i - 1].line, b = c.entries[i].line;
		if (compare_ids(&c.entries[i - 1], &c.entries[i]) == 0)
			die_at(path, a > b ? a : b, "this msgid is already on line %d",
				a > b ? b : a);
	}
	return c;
}

/* --- compiling ----------------------------------------------------------- */
static void put_string(struct text *t, const struct text *string)
{
	if (!string->n) {
		text_put(t, "NULL");
		return;
	}
	text_put(t, "\"");
	text_put_escaped(t, string->p, string->n);
	text_put(t, "\"");
}

static void compile(const char *language, const char *in, const char *out)
{
	if (!is_identifier(language))
		die("'%s' cannot be a name in C", language);
	struct catalog c = read_catalog(in);
	struct text t = { 0 };
	size_t n = 0;
	text_printf(&t,
		"/* Made by poc from %s. */\n#include \"view/tr.h\"\n#include <stddef.h>\n\n"
		"/* Sorted by id. */\nconst struct message po_%s[] = {\n",
		path_base(in), language);
	for (const struct entry *e = c.entries; e < c.entries + c.n; e++) {
		if (!e->fields[ONE].n)
			continue;
		text_put(&t, "\t{ ");
		put_string(&t, &e->fields[ID]);
		text_put(&t, ",\n\t  ");
		put_string(&t, &e->fields[ONE]);
		text_put(&t, ", ");
		put_string(&t, &e->fields[OTHER]);
		text_put(&t, " },\n");
		n++;
	}
	if (!n) /* C has no empty array */
		text_put(&t, "\t{ 0 },\n");
	text_printf(&t, "};\nconst size_t po_%s_count = %zu;\n", language, n);
	file_write(out, &t);
}

/* --- checking ------------------------------------------------------------ */

/* Reads `file:line<TAB>"text"` at p. Returns what follows the text. */
static const char *read_message(
	const char *path, int line, const char *p, struct text *place, struct text *id)
{
	size_t n = strcspn(p, "\t\n");
	if (p[n] != '\t' || p[n + 1] != '"')
		die_at(path, line, "not a line of tmplc --messages or poc --messages");
	text_add(place, p, n);
	return literal_read(id, path, line, p + n + 1);
}

/* Marks the message as used; returns whether it is translated as it must be. */
static bool check_message(const char *language, struct catalog *c, const char *place,
	const struct text *id, bool counted)
{
	struct entry key = { .fields[ID] = *id };
	struct entry *e = c->n ? bsearch(&key, c->entries, c->n, sizeof key, compare_ids) : NULL;
	const char *fault = NULL;
	if (e)
		e->used = true;
	if (!e || !e->fields[ONE].n)
		fault = "is not translated";
	else if (counted && !e->fields[OTHER].n)
		fault = "is counted, and needs msgid_plural";
	if (fault)
		fprintf(stderr, "%s: \"%s\" %s (%s)\n", place, id->p, fault, language);
	return !fault;
}

static int check(const char *language, const char *po, const char *messages)
{
	struct catalog c = read_catalog(po);
	struct text in = file_read_text(messages);
	int line = 1, faults = 0;
	for (const char *p = in.n ? in.p : ""; *p; line++) {
		struct text place = { 0 }, id = { 0 };
		p = read_message(messages, line, p, &place, &id);
		if (!id.n)
			die_at(messages, line, "an empty text");
		bool counted = strncmp(p, " counted", 8) == 0;
		faults += !check_message(language, &c, place.p, &id, counted);
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	for (const struct entry *e = c.entries; e < c.entries + c.n; e++) {
		if (e->used)
			continue;
		fprintf(stderr, "%s:%d: \"%s\" is used nowhere\n", po, e->line, id_of(e));
		faults++;
	}
	return faults ? 1 : 0;
}

static void print_messages(char **paths)
{
	struct text list = { 0 };
	for (; *paths; paths++) {
		struct text in = file_read_text(*paths);
		if (in.n)
			messages_from_c(&list, *paths, 1, in.p, in.n);
	}
	if (list.n)
		fputs(list.p, stdout);
}

int main(int argc, char **argv)
{
	if (argc == 5 && strcmp(argv[1], "--check") == 0)
		return check(argv[2], argv[3], argv[4]);
	if (argc >= 2 && strcmp(argv[1], "--messages") == 0)
		print_messages(argv + 2);
	else if (argc == 4)
		compile(argv[1], argv[2], argv[3]);
	else
		die("usage: poc LANG IN.po OUT.c\n       poc --check LANG IN.po MESSAGES\n"
		    "       poc --messages FILE.c…");
	return 0;
}
