/* SPDX-License-Identifier: Apache-2.0 */
#include "view/tr.h"

#include "core/map.h"

#include <pthread.h>

/* Built at the first English message, then only read: no lock on the way of a page. Lives as
 * long as the process. */
static struct map *english;
static pthread_once_t english_once = PTHREAD_ONCE_INIT;

static void build_english(void)
{
	struct map *m = map_new(arena_new(), po_en_count);

	for (size_t i = 0; i < po_en_count; i++)
		map_put(m, str_from(po_en[i].id), (void *)&po_en[i]);
	english = m;
}

static const struct message *NULLABLE find(enum language l, str id)
{
	if (l == VIETNAMESE)
		return NULL;
	pthread_once(&english_once, build_english);
	return map_find(english, id);
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
