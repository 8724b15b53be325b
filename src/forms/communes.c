/* SPDX-License-Identifier: Apache-2.0 */
/* communes.c - answers that are a commune: which are offered below a province, which of them is
 * kept, how one is read. A commune of before is kept with its last day (unit.h), since its
 * code may be another commune's today. */
#include "forms/page_parts.h"
#include "forms/parts.h"

/* --- kept ------------------------------------------------------------------------ */
/* A commune of another province than the one that is chosen now was left over from before. */
err commune_kept(struct arena *a, const struct form_source *x, str province, str chosen, str *ret)
{
	struct unit unit;
	bool found = false;
	str lies_in = S("");

	if (chosen.n)
		TRY(unit_find(x->conn, a, chosen, &unit, &found));
	if (found)
		TRY(unit_province_today(x->conn, a, &unit, &lies_in));
	if (found && (!province.n || str_eq(lies_in, province)))
		*ret = unit_reference(a, &unit);
	else
		*ret = province.n ? arena_printf(a, STR_FMT "%c", STR_ARG(province), COMMUNE_OPEN)
				  : S("");
	return NULL;
}

/* --- offered ---------------------------------------------------------------------- */
/* Equal names were told apart by their districts, which are no more. */
static str label_of(struct arena *a, enum language l, const struct unit *u)
{
	if (!u->valid_to.set)
		return u->full_name;
	str name = u->within.n
		? arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(u->full_name), STR_ARG(u->within))
		: u->full_name;
	str last = day_text(a, (day)u->valid_to.value);
	if (!u->became.n)
		return FILL(a, l, TR("{ten} (đến {ngay})"), S("ten"), name, S("ngay"), last);
	return FILL(a, l, TR("{ten} (đến {ngay}, nay là {moi})"), S("ten"), name, S("ngay"), last,
		S("moi"), u->became);
}

/* The province is that of the answer; where there is only one, nobody has to choose it. */
static err choose_province(
	struct arena *a, const struct form_source *x, str value, struct commune_input *c)
{
	struct unit unit;
	bool found = false;

	TRY(unit_provinces(x->conn, a, &c->provinces.items, &c->provinces.n));
	c->commune = S("");
	if (value.n && !commune_open(value, &c->province)) {
		TRY(unit_find(x->conn, a, value, &unit, &found));
		if (found) {
			c->commune = unit_reference(a, &unit);
			TRY(unit_province_today(x->conn, a, &unit, &c->province));
		}
	}
	if (!c->province.n && c->provinces.n == 1)
		c->province = c->provinces.items[0].code;
	return NULL;
}

err communes_offered(struct arena *a, const struct form_source *x, str value, bool history,
	struct commune_input *c)
{
	struct unit *units;
	size_t n;

	TRY(choose_province(a, x, value, c));
	if (!c->province.n)
		return NULL;
	if (history)
		TRY(unit_communes_ever(x->conn, a, c->province, &units, &n));
	else
		TRY(unit_communes(x->conn, a, c->province, &units, &n));
	c->communes.items = arena_array(a, struct option, n);
	for (c->communes.n = 0; c->communes.n < n; c->communes.n++) {
		const struct unit *u = &units[c->communes.n];
		str reference = unit_reference(a, u);
		c->communes.items[c->communes.n] = (struct option){
			.value = reference,
			.label = label_of(a, x->language, u),
			.chosen = str_eq(reference, c->commune),
		};
	}
	return NULL;
}

/* --- read -------------------------------------------------------------------------- */
/* An answer that cannot be a commune is not looked up. */
err commune_shown(struct arena *a, const struct form_source *x, str value, str *ret)
{
	struct unit unit, *now;
	bool found = false;
	size_t n = 0;
	str province;

	*ret = S("");
	if (commune_open(value, &province))
		return NULL;
	TRY(unit_full_name(x->conn, a, value, ret));
	TRY(unit_find(x->conn, a, value, &unit, &found));
	if (found)
		TRY(unit_successors(x->conn, a, &unit, &now, &n));
	if (!n)
		return NULL;
	str *names = arena_array(a, str, n);
	for (size_t i = 0; i < n; i++)
		names[i] = now[i].full_name;
	*ret = FILL(a, x->language, TR("{cu} (nay là {moi})"), S("cu"), *ret, S("moi"),
		str_join(a, names, n, S(", ")));
	return NULL;
}
