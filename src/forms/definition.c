/* SPDX-License-Identifier: Apache-2.0 */
/* definition.c - members by tables, and where a fault lies. */
#include "forms/definition.h"

static void put_place(struct buf *b, const struct place *NULLABLE p)
{
	if (!p)
		return;
	put_place(b, p->up);
	if (!p->name.n)
		buf_printf(b, "[%zu]", p->at);
	else
		buf_printf(b, "%s" STR_FMT, b->n ? "." : "", STR_ARG(p->name));
}

err fault_at(struct arena *a, const struct place *p, str what)
{
	struct buf b = buf_in(a, 4 * KIB);

	put_place(&b, p);
	return FAIL(a, INVALID, STR_FMT ": " STR_FMT, STR_ARG(buf_str(&b)), STR_ARG(what));
}

err fault_in(struct arena *a, const struct place *p, const char *member, str what)
{
	struct place at = { .up = p, .name = str_from(member) };

	return fault_at(a, &at, what);
}

static void put_member(void *to, const struct member *m, const struct json *NULLABLE value)
{
	char *at = (char *)to + m->offset;

	if (m->type == JSON_TEXT)
		*(str *)(void *)at = json_text(value);
	else if (m->type == JSON_BOOL)
		*(bool *)(void *)at = json_bool(value, false);
	else
		*(const struct json **)(void *)at = value;
}

static const struct member *NULLABLE member_named(const struct member *m, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, m[i].name))
			return &m[i];
	return NULL;
}

err read_members(struct arena *a, const struct json *NULLABLE j, const struct place *p,
	const struct member *members, size_t n, void *to)
{
	if (json_type(j) != JSON_MAP)
		return FAULT(a, p, "expected an object");
	for (struct json_each e = { .of = j }; json_next(&e);) {
		struct place at = { .up = p, .name = e.key };
		const struct member *m = member_named(members, n, e.key);
		if (!m)
			return FAULT(a, &at, "unknown member");
		if (m->type != JSON_ABSENT && json_type(e.value) != m->type)
			return FAULT(a, &at, "of another type than expected");
		if (m->offset != ELSEWHERE)
			put_member(to, m, e.value);
	}
	for (size_t i = 0; i < n; i++) {
		struct place at = { .up = p, .name = members[i].name };
		const struct json *value = members[i].needed ? json_find(j, at.name) : NULL;
		if (members[i].needed && !json_text(value).n && !json_count(value))
			return FAULT(a, &at, "missing or empty");
	}
	return NULL;
}

bool id_valid(str id)
{
	bool good = id.n > 0 && id.n <= 60 && id.p[0] >= 'a' && id.p[0] <= 'z';

	for (size_t i = 0; i < id.n; i++) {
		char c = id.p[i];
		good = good && ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
	}
	return good;
}

bool is_one_of(str word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, str_from(words[i])))
			return true;
	return false;
}

/* --- ids ----------------------------------------------------------------------- */
/* Names and ids that the pages use themselves. */
static const char *const reserved[] = { "csrf", "lam", "xoa", "chon-tinh", "phien-ban", "ve", "loi",
	"loi-tieu-de", "noi-dung", "cam-doan", "co-quan", "hom-nay", "dung", "them" };
/* A date has the boxes ID-ngay, ID-thang, ID-nam, a commune ID-tinh, a group of radios ID-2 and so
 * on, and what explains a field the ids below: nothing may be called like one of another's. */
static const char *const suffixes[] = { "-ngay", "-thang", "-nam", "-tinh", "-goi-y", "-giai-thich",
	"-chi-dan", "-toi-da", "-don-vi", "-loi" };

static str without_suffix(str id)
{
	size_t n = id.n;

	for (size_t i = 0; i < COUNT(suffixes); i++)
		if (str_ends(id, str_from(suffixes[i])))
			return str_part(id, 0, id.n - strlen(suffixes[i]));
	while (n && id.p[n - 1] >= '0' && id.p[n - 1] <= '9')
		n--;
	return n && n < id.n && id.p[n - 1] == '-' ? str_part(id, 0, n - 1) : S("");
}

err take_id(struct reader *x, const struct place *p, str id)
{
	static const char taken[] = "";

	if (!id_valid(id) || is_one_of(id, reserved, COUNT(reserved)))
		return FAULT_IN(x->a, p, "id", "\"" STR_FMT "\" cannot be an id", STR_ARG(id));
	if (map_find(x->ids, id))
		return FAULT_IN(x->a, p, "id", "the id \"" STR_FMT "\" twice", STR_ARG(id));
	map_put(x->ids, id, (void *)taken);
	return NULL;
}

/* Once all are known: a name made of one id may be another id that came before or after it. */
err check_made_names(const struct reader *x, const struct place *p, str id)
{
	str of = without_suffix(id);

	if (of.n && map_find(x->ids, of))
		return FAULT_IN(x->a, p, "id", "the id \"" STR_FMT "\" is taken by " STR_FMT,
			STR_ARG(id), STR_ARG(of));
	return NULL;
}
