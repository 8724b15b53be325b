/* SPDX-License-Identifier: Apache-2.0 */
#include "http/target.h"

static bool characters_valid(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c == 0x7f || c == '#' || c == '\\')
			return false;
	}
	return true;
}

/* "/en" and "/en/x" are "/" and "/x" in another language. The first language has no prefix. */
static void cut_language(struct target *t, const char *const *languages)
{
	for (int i = 1; languages[0] && languages[i]; i++) {
		str name = str_from(languages[i]), rest = str_from_at(t->path, 1);
		if (!str_starts(rest, name))
			continue;
		rest = str_from_at(rest, name.n);
		if (rest.n > 0 && rest.p[0] != '/')
			continue;
		t->language = i;
		t->path = rest.n > 0 ? rest : S("/");
		return;
	}
}

bool target_parse(str s, const char *const *languages, struct target *ret)
{
	struct target t = { .authority = S(""), .query = S("") };
	if (!characters_valid(s))
		return false;
	str scheme = str_part(s, 0, 7);
	size_t skip = str_eq_nocase(scheme, S("http://")) ? 7 : 0;
	if (str_eq_nocase(str_part(s, 0, 8), S("https://")))
		skip = 8;
	if (skip) {
		s = str_from_at(s, skip);
		size_t n = str_find(s, S("/"));
		t.authority = str_part(s, 0, n);
		s = str_from_at(s, n);
		if (t.authority.n == 0)
			return false;
		if (s.n == 0)
			s = S("/");
	}
	if (!str_starts(s, S("/")))
		return false;
	if (!str_cut(s, '?', &t.path, &t.query))
		t.query = S("");
	cut_language(&t, languages);
	*ret = t;
	return true;
}
