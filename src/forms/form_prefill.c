/* SPDX-License-Identifier: Apache-2.0 */
/* What the state knows already is not asked again [C32-4.1]. */
#include "forms/parts.h"
#include "identity/identity.h"

static str known(struct arena *a, const struct account *who, str prefill)
{
	str birth = who->birth.set ? day_iso(a, (day)who->birth.value) : S("");
	const struct {
		str name, value;
	} values[] = {
		{ S("account.name"), who->name },
		{ S("account.person_id"), who->person_id },
		{ S("account.birth"), birth },
		{ S("account.gender"), who->gender },
		{ S("account.phone"), who->phone },
		{ S("account.email"), who->email },
		{ S("account.commune"), who->commune },
		{ S("account.address"), who->address },
	};

	for (size_t i = 0; i < COUNT(values); i++)
		if (str_eq(values[i].name, prefill))
			return values[i].value;
	return S("");
}

void form_prefill(
	struct arena *a, const struct form *f, const struct account *who, struct answers *s)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			if (field->prefill.n && !answer(s, field->id).n)
				answer_set(s, field->id, known(a, who, field->prefill));
		}
}
