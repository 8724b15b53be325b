/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/site_test.h"
#include "forms/draft_pages.h"

#define ROUTES_MOST 80

/* visit_new takes one table besides those of identity. */
static const struct route *all_routes(void)
{
	static struct route all[ROUTES_MOST];
	static const struct route *const tables[] = { forms_routes, dossier_citizen_routes,
		dossier_officer_routes, dossier_public_routes };
	size_t n = 0;
	for (size_t t = 0; t < COUNT(tables); t++)
		for (const struct route *r = tables[t]; r->method; r++) {
			assert(n + 1 < ROUTES_MOST);
			all[n++] = *r;
		}
	all[n] = (struct route){ 0 };
	return all;
}

static void give_passwords(struct visit *v)
{
	str hash = S("");
	CHECK_OK(password_hash(v->arena, S(TEST_PASSWORD), &hash));
	const char *text = str_z(v->arena,
		arena_printf(
			v->arena, "UPDATE account SET password = '" STR_FMT "'", STR_ARG(hash)));
	CHECK_OK(test_sql(v->services, v->arena, text));
}

bool site_open(struct arena *a, enum db_engine engine, struct office_site *ret)
{
	struct visit *v = visit_new(a, engine, office_folders, all_routes());
	if (!CHECK(v))
		return false;
	struct office *o = office_in(a, v->services->db);
	page_source_set(&(struct page_source){ identity_visitor, v->services->site });
	give_passwords(v);
	*ret = (struct office_site){ o, v };
	return true;
}

struct visit *site_browser(struct office_site *s, const struct act_actor *who)
{
	struct visit *v = visit_other(s->v);
	s->v->address += 2000;
	visit_sign_in(v, str_z(v->arena, who->who.identifier), TEST_PASSWORD);
	return v;
}

const char *my_page(struct visit *v, const struct dossier *d, const char *rest)
{
	return arena_printf(v->arena, "/ca-nhan/ho-so/" STR_FMT "%s", STR_ARG(d->code), rest).p;
}

const char *desk_page(struct visit *v, const struct dossier *d, const char *rest)
{
	return arena_printf(v->arena, "/can-bo/ho-so/" STR_FMT "%s", STR_ARG(d->code), rest).p;
}

static void put_part(struct buf *b, str name, str value)
{
	buf_printf(b,
		"--x\r\nContent-Disposition: form-data; name=\"" STR_FMT "\"\r\n\r\n" STR_FMT
		"\r\n",
		STR_ARG(name), STR_ARG(value));
}

int site_send(
	struct visit *v, const char *path, const char *fields, const char *NULLABLE file_field)
{
	struct buf b = buf_in(v->arena, MIB);
	str pair, name, value, rest = str_from(fields);
	while (rest.n) {
		(void)str_cut(rest, '&', &pair, &rest);
		(void)str_cut(pair, '=', &name, &value);
		put_part(&b, name, value);
	}
	put_part(&b, S("csrf"), visit_token(v));
	if (file_field)
		buf_printf(&b,
			"--x\r\nContent-Disposition: form-data; name=\"%s\"; "
			"filename=\"giay.pdf\"\r\nContent-Type: application/pdf\r\n\r\n"
			"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
			"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
			"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\n"
			"trailer<</Root 1 0 R>>\n%%%%EOF\n\r\n",
			file_field);
	buf_add(&b, S("--x--\r\n"));
	return visit_send(v, path, "multipart/form-data; boundary=x", buf_str(&b));
}

int64_t shown_version(const struct visit *v)
{
	str mark = S("name=\"phien-ban\" value=\""), number, rest, body = live_body(v->page);
	int64_t version = 0;
	size_t at = str_find(body, mark);
	(void)str_cut(str_from_at(body, at + mark.n), '"', &number, &rest);
	CHECK(at < body.n && str_to_int(number, 1, INT64_MAX, &version));
	return version;
}

int times_shown(const struct visit *v, const char *text)
{
	str rest = live_body(v->page), what = str_from(text);
	int n = 0;
	for (size_t at; (at = str_find(rest, what)) < rest.n; n++)
		rest = str_from_at(rest, at + what.n);
	return n;
}

int64_t site_audits(struct office_site *s, const char *act)
{
	ARENA a = arena_new();
	int64_t n = -1;
	CHECK_OK(db_number(test_reader(s->v->services, a), a,
		BIND(dossier_test_audits, .act = V(str_from(act))), &n));
	return n;
}
