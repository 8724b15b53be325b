/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/applicant.h"

/* Where a form says what: the first question prefilled from that part of the account. A part that
 * was not given may have been given otherwise: a passport instead of a number. */
static const struct part {
	const char *prefill, *otherwise;
} parts[] = {
	{ "account.name", "" },
	{ "account.person_id", "so-giay-to" },
	{ "account.phone", "" },
	{ "account.email", "" },
	{ "account.commune", "" },
	{ "account.address", "" },
};
enum { NAME, PERSON_ID, PHONE, EMAIL, COMMUNE, ADDRESS };

/* The answer called `name` in the company of another: "a.b" beside "a.c", "b" beside "c". */
static str beside(const struct answers *s, struct arena *a, str id, const char *name)
{
	size_t n = id.n;
	while (n > 0 && id.p[n - 1] != '.')
		n--;
	return answer(s, arena_printf(a, STR_FMT "%s", STR_ARG(str_part(id, 0, n)), name));
}

static str answered(struct arena *a, const struct answers *s, str id, const struct part *p)
{
	str value = answer(s, id);
	return value.n || !p->otherwise[0] ? value : beside(s, a, id, p->otherwise);
}

static str part_of(struct arena *a, const struct form *f, const struct answers *s,
	const struct part *p, str fallback)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			if (str_eq(field->prefill, str_from(p->prefill)))
				return answered(a, s, field->id, p);
		}
	return fallback;
}

struct person applicant_of(
	struct arena *a, const struct form *f, const struct answers *s, const struct account *who)
{
	str name = part_of(a, f, s, &parts[NAME], who->name);
	return (struct person){
		.name = name.n ? name : who->name, /* a dossier has a name */
		.person_id = part_of(a, f, s, &parts[PERSON_ID], who->person_id),
		.phone = part_of(a, f, s, &parts[PHONE], who->phone),
		.email = part_of(a, f, s, &parts[EMAIL], who->email),
		.commune = part_of(a, f, s, &parts[COMMUNE], who->commune),
		.address = part_of(a, f, s, &parts[ADDRESS], who->address),
	};
}

/* What forms call the person who gave the authority. */
static const struct {
	const char *name, *person_id, *otherwise, *address, *phone, *email;
} principals[] = {
	{ "nguoi-uy-quyen.ho-ten", "nguoi-uy-quyen.so-dinh-danh", "nguoi-uy-quyen.so-giay-to",
		"nguoi-uy-quyen.noi-cu-tru.chi-tiet", "nguoi-uy-quyen.dien-thoai",
		"nguoi-uy-quyen.email" },
	{ "dd-ten", "dd-giay-to", "", "dd-dia-chi", "", "" },
};

struct person principal_of(const struct answers *s)
{
	struct person none = { S(""), S(""), S(""), S(""), S(""), S("") };
	for (size_t i = 0; i < COUNT(principals); i++) {
		str name = answer(s, str_from(principals[i].name));
		str id = answer(s, str_from(principals[i].person_id));
		if (!name.n)
			continue;
		return (struct person){
			.name = name,
			.person_id = id.n ? id : answer(s, str_from(principals[i].otherwise)),
			.address = answer(s, str_from(principals[i].address)),
			.phone = answer(s, str_from(principals[i].phone)),
			.email = answer(s, str_from(principals[i].email)),
			.commune = S(""),
		};
	}
	return none;
}
