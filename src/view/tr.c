/* SPDX-License-Identifier: Apache-2.0 */
#include "view/tr.h"

#include "core/map.h"

#include <pthread.h>

/* clang-format off */
static const struct language_info infos[] = {
#define X(l, code, name, thousands, tenths) [l] = { #code, name, S(""), thousands, tenths },
	SOURCE_LANGUAGE(X)
#undef X
#define X(l, code, name, thousands, tenths) [l] = { #code, name, S("/" #code), thousands, tenths },
	TRANSLATIONS(X)
#undef X
};

const char *const language_codes[] = {
#define X(l, code, ...) #code,
	LANGUAGES(X)
#undef X
	NULL,
};
/* clang-format on */

const struct language_info *language_info(enum language l) { return &infos[l]; }

enum language language_of(str code)
{
	for (int l = 0; l < LANGUAGE_COUNT; l++)
		if (str_eq(code, str_from(infos[l].code)))
			return (enum language)l;
	return VIETNAMESE;
}

static const struct {
	const struct message *messages;
	const size_t *n;
} tables[LANGUAGE_COUNT] = {
#define X(l, code, ...) [l] = { po_##code, &po_##code##_count },
	TRANSLATIONS(X)
#undef X
};

/* Built at the first message that is no Vietnamese one, then only read: no lock on the way of a
 * page. They live as long as the process. */
static struct map *translations[LANGUAGE_COUNT];
static pthread_once_t translations_once = PTHREAD_ONCE_INIT;

static void build_translations(void)
{
	for (int l = 0; l < LANGUAGE_COUNT; l++) {
		if (!tables[l].messages)
			continue;
		struct map *m = map_new(arena_new(), *tables[l].n);
		for (size_t i = 0; i < *tables[l].n; i++)
			map_put(m, str_from(tables[l].messages[i].id),
				(void *)&tables[l].messages[i]);
		translations[l] = m;
	}
}

static const struct message *NULLABLE find(enum language l, str id)
{
	if (l == VIETNAMESE)
		return NULL;
	pthread_once(&translations_once, build_translations);
	return map_find(translations[l], id);
}

str tr(enum language l, str id)
{
	const struct message *m = find(l, id);

	return m ? str_from(m->one) : id;
}

/* The value of a placeholder; false when nobody gave one. */
static bool value_of(str name, const str *pairs, size_t n, str *ret)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(pairs[2 * i], name)) {
			*ret = pairs[2 * i + 1];
			return true;
		}
	return false;
}

/* Braces that hold no known word stay as they are written. */
static str fill(struct arena *a, str text, const str *pairs, size_t n)
{
	struct buf b = buf_in(a, LIMIT_PAGE);
	size_t open;

	while ((open = str_find(text, S("{"))) < text.n) {
		str name, behind, value;
		buf_add(&b, str_part(text, 0, open));
		text = str_from_at(text, open);
		if (str_cut(str_from_at(text, 1), '}', &name, &behind) &&
			value_of(name, pairs, n, &value)) {
			buf_add(&b, value);
			text = behind;
		} else {
			buf_char(&b, '{');
			text = str_from_at(text, 1);
		}
	}
	buf_add(&b, text);
	return buf_str(&b);
}

str tr_fill(struct arena *a, enum language l, str id, const str *pairs, size_t n)
{
	return fill(a, tr(l, id), pairs, n);
}

str tr_n(struct arena *a, enum language l, str id, int64_t n)
{
	const struct message *m = find(l, id);
	str text = !m ? id : str_from(n == 1 || !m->other ? m->one : m->other);

	return fill(a, text, (const str[]){ S("n"), number_text(a, l, n) }, 1);
}
