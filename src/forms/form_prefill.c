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
		{ S("account.paper"), who->person_id.n ? S("can-cuoc") : S("") },
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
	for (size_t i = 0; i < f->pages.n; i++) {
		const struct form_page *p = &f->pages.items[i];
		for (size_t k = 0; k < p->fields.n && !p->repeat.on; k++) {
			const struct form_field *field = &p->fields.items[k];
			if (field->prefill.n && !answer(s, field->id).n)
				answer_set(s, field->id, known(a, who, field->prefill));
		}
	}
}
