/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/visit.h"

#include "tests/database.h"

struct services *test_services(
	struct arena *a, enum db_engine engine, const struct migration *const *folders)
{
	struct services *s = arena_make(a, struct services);
	s->db = test_database(a, engine, folders);
	memset(s->key, 7, sizeof s->key);
	return s;
}

int64_t test_account(struct services *s, struct arena *a, const char *identifier, enum role role)
{
	struct new_account n = { .identifier = str_from(identifier),
		.name = S("Nguyễn Thị Hạnh"),
		.password = S(TEST_PASSWORD),
		.agency = role > ROLE_CITIZEN ? S("H99.001.01") : S(""),
		.role = role };
	int64_t id = 0;
	CHECK_OK(account_create(s->db, a, &n, (struct audit_actor){ 0 }, TEST_NOW, &id));
	return id;
}

struct conn *test_reader(struct services *s, struct arena *a)
{
	struct conn *c = NULL;
	CHECK_OK(db_reader(s->db, a, &c));
	return c;
}

/* The statement lives as long as the database, which keeps it prepared. */
static err run_statement(struct conn *c, struct arena *a, void *statement)
{
	return db_do(c, a, statement, NULL);
}

err test_sql(struct services *s, struct arena *a, const char *text)
{
	struct sql *q = arena_make(a, struct sql);
	*q = (struct sql){ .name = "test", .text = { text, text } };
	return db_write(s->db, a, run_statement, q);
}

int64_t test_count(struct services *s, struct arena *a, const char *text)
{
	struct sql *q = arena_make(a, struct sql);
	int64_t n = -1;
	*q = (struct sql){ .name = "test", .text = { text, text } };
	CHECK_OK(db_number(test_reader(s, a), a, q, NULL, &n));
	return n;
}

/* --- a browser --------------------------------------------------------------- */

/* The server takes these when it starts: one at a time. */
static struct services *starting;
static const struct route *tables[4];

static void change(struct server_config *c)
{
	c->tables = tables;
	c->admit = identity_admit;
	c->error_page = identity_error_page;
	c->app = starting;
	c->sink = file_sink(starting->files);
	c->trusted_proxy = S("X-Forwarded-For");
}

struct visit *NULLABLE visit_new(struct arena *a, enum db_engine engine,
	const struct migration *const *folders, const struct route *NULLABLE more)
{
	static const struct site site = { .name = S("Cổng thử"),
		.owner = S("UBND tỉnh Lam Giang"),
		.name_en = S("Test portal"),
		.owner_en = S("Lam Giang province"),
		.phone = S("19000000") };
	struct visit *v = arena_make(a, struct visit);
	v->arena = a;
	v->page = S("");
	v->services = starting = test_services(a, engine, folders);
	starting->site = &site;
	CHECK_OK(file_store_open(a, str_from(tap_folder()), &starting->files));
	page_source_set(&(struct page_source){ identity_visitor, &site });
	tables[0] = identity_routes;
	tables[1] = identity_admin_routes;
	tables[2] = more;
	v->live = live_start_with("127.0.0.1:0", change);
	return v->live ? v : NULL;
}

struct visit *visit_other(struct visit *v)
{
	struct visit *other = arena_make(v->arena, struct visit);
	*other = (struct visit){ .arena = v->arena,
		.live = v->live,
		.services = v->services,
		.page = S(""),
		.address = v->address + 1000 };
	return other;
}

void visit_done(struct visit *v) { live_stop(v->live); }

static void keep_cookie(struct visit *v, str line)
{
	str pair, rest, name, value;
	str_cut(line, ';', &pair, &rest);
	str_cut(str_trim(pair), '=', &name, &value);
	for (size_t i = 0; i < v->cookies.n; i++)
		if (str_eq(v->cookies.items[i].name, name)) {
			v->cookies.items[i].value = value;
			return;
		}
	if (!v->cookies.items)
		v->cookies.items = arena_array(v->arena, struct field, 8);
	v->cookies.items[v->cookies.n++] = (struct field){ name, value };
}

static void keep_cookies(struct visit *v)
{
	str line, rest = str_part(v->page, 0, str_find(v->page, S("\r\n\r\n")));
	str mark = S("Set-Cookie:");
	while (rest.n) {
		str_cut(rest, '\n', &line, &rest);
		if (str_starts(line, mark))
			keep_cookie(v, str_trim(str_from_at(line, mark.n)));
	}
}

static int ask(struct visit *v, const char *method, const char *path, const char *type, str body)
{
	struct buf b = buf_in(v->arena, MIB);
	buf_printf(&b,
		"%s %s HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\n"
		"X-Forwarded-For: 10.1.%d.%d\r\nUser-Agent: Firefox/1 (Windows)\r\nCookie: ",
		method, path, v->address / 250, v->address % 250 + 1);
	v->address += !v->stays;
	for (size_t i = 0; i < v->cookies.n; i++)
		buf_printf(&b, "%s" STR_FMT "=" STR_FMT, i ? "; " : "",
			STR_ARG(v->cookies.items[i].name), STR_ARG(v->cookies.items[i].value));
	buf_printf(&b, "\r\nConnection: close\r\n");
	if (method[0] == 'P')
		buf_printf(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n", type, body.n);
	buf_printf(&b, "\r\n" STR_FMT, STR_ARG(body));
	v->page = live_ask(v->arena, v->live, str_z(v->arena, buf_str(&b)));
	keep_cookies(v);
	return live_status(v->page);
}

int visit_get(struct visit *v, const char *path) { return ask(v, "GET", path, "", S("")); }

str visit_token(const struct visit *v)
{
	str mark = S("name=\"csrf\" value=\""), token, rest;
	size_t at = str_find(v->page, mark);
	str_cut(str_from_at(v->page, at + mark.n), '"', &token, &rest);
	return at < v->page.n ? token : S("");
}

int visit_send(struct visit *v, const char *path, const char *type, str body)
{
	return ask(v, "POST", path, type, body);
}

int visit_post(struct visit *v, const char *path, const char *fields)
{
	struct out o = out_in(v->arena, VIETNAMESE, NULL);
	put_url_str(&o, visit_token(v));
	return visit_send(v, path, "application/x-www-form-urlencoded",
		arena_printf(v->arena, "%s%scsrf=" STR_FMT, fields, fields[0] ? "&" : "",
			STR_ARG(out_html(&o).safe)));
}

str visit_location(const struct visit *v) { return live_header(v->page, "Location"); }

bool visit_shows(const struct visit *v, const char *text)
{
	return str_has(live_body(v->page), str_from(text));
}

void visit_sign_in(struct visit *v, const char *identifier, const char *password)
{
	struct out o = out_in(v->arena, VIETNAMESE, NULL);
	put_url_str(&o, str_from(password));
	str fields = arena_printf(
		v->arena, "tai-khoan=%s&mat-khau=" STR_FMT, identifier, STR_ARG(out_html(&o).safe));
	CHECK_INT(visit_get(v, "/dang-nhap"), 200);
	CHECK_INT(visit_post(v, "/dang-nhap", str_z(v->arena, fields)), 303);
}

str visit_session(const struct visit *v)
{
	for (size_t i = 0; i < v->cookies.n; i++)
		if (str_ends(v->cookies.items[i].name, SESSION_COOKIE))
			return v->cookies.items[i].value;
	return S("");
}

bool visit_audited(struct visit *v, const char *act)
{
	ARENA a = arena_new();
	struct audit_entry *rows;
	size_t n;
	int64_t total;
	CHECK_OK(audit_list(test_reader(v->services, a), a, S(""), 0, 50, &rows, &n, &total));
	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].act, str_from(act)))
			return true;
	return false;
}
