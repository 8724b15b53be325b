/* SPDX-License-Identifier: Apache-2.0 */
/* session.c - a session is a random token in the browser and its hash in the database. It ends
 * LIMIT_SESSION_IDLE_SECONDS after its last use and LIMIT_SESSION_SECONDS after its first. */
#include "core/log.h"
#include "identity/identity.sql.h"
#include "identity/parts.h"

#define TOKEN_BYTES 32
/* A page seen is written down at most this often: reading stays reading. */
#define SEEN_EVERY INSTANT_MINUTE

static instant oldest_birth(instant now) { return now - LIMIT_SESSION_SECONDS * INSTANT_SECOND; }
static instant oldest_sight(instant now)
{
	return now - LIMIT_SESSION_IDLE_SECONDS * INSTANT_SECOND;
}

str session_token(struct arena *a) { return random_text(a, TOKEN_BYTES); }

err session_start(
	struct conn *c, struct arena *a, str token, int64_t account, str device, instant now)
{
	return db_do(c, a,
		BIND(session_insert, .token = V(sha256_of(a, token)), .account = V(account),
			.now = V(now), .device = V(device)));
}

err session_end(struct conn *c, struct arena *a, str token)
{
	return db_do(c, a, BIND(session_delete, .token = V(sha256_of(a, token))));
}

err session_end_all(struct conn *c, struct arena *a, int64_t account)
{
	return db_do(c, a, BIND(session_delete_all, .account = V(account)));
}

ROW_TYPE(session_row, struct session, COLUMN(struct session, id),
	COLUMN(struct session, created_at), COLUMN(struct session, seen_at),
	COLUMN(struct session, device));

err session_list(struct conn *c, struct arena *a, int64_t account, instant now,
	struct session **ret, size_t *ret_n)
{
	return db_list(c, a,
		BIND(session_rows, .account = V(account), .born = V(oldest_birth(now)),
			.seen = V(oldest_sight(now))),
		&session_row, ret, ret_n);
}

str device_words(struct arena *a, str agent)
{
	/* In this order: the later ones call themselves by the names of the earlier ones. */
	static const char *const browsers[][2] = {
		{ "Edg/", "Edge" },
		{ "OPR/", "Opera" },
		{ "coc_coc", "Cốc Cốc" },
		{ "SamsungBrowser", "Samsung Internet" },
		{ "Firefox/", "Firefox" },
		{ "Chrome/", "Chrome" },
		{ "Safari/", "Safari" },
		{ "curl/", "curl" },
	};
	static const char *const systems[][2] = {
		{ "Android", "Android" },
		{ "iPhone", "iPhone" },
		{ "iPad", "iPad" },
		{ "Windows", "Windows" },
		{ "Mac OS X", "macOS" },
		{ "CrOS", "ChromeOS" },
		{ "Linux", "Linux" },
	};
	const char *browser = "", *system = "";
	for (size_t i = 0; i < COUNT(browsers) && !browser[0]; i++)
		if (str_has(agent, str_from(browsers[i][0])))
			browser = browsers[i][1];
	for (size_t i = 0; i < COUNT(systems) && !system[0]; i++)
		if (str_has(agent, str_from(systems[i][0])))
			system = systems[i][1];
	return arena_printf(a, "%s%s%s", browser, browser[0] && system[0] ? ", " : "", system);
}

/* --- who calls ---------------------------------------------------------------- */

struct found {
	int64_t session_id, created_at, seen_at, account_id, unread;
	str name, identifier, role, agency;
};
ROW_TYPE(found_row, struct found, COLUMN(struct found, session_id),
	COLUMN(struct found, created_at), COLUMN(struct found, seen_at),
	COLUMN(struct found, account_id), COLUMN(struct found, unread), COLUMN(struct found, name),
	COLUMN(struct found, identifier), COLUMN(struct found, role), COLUMN(struct found, agency));

struct sight {
	int64_t id;
	instant now;
};

static err write_sight(struct conn *c, struct arena *a, void *arg)
{
	const struct sight *s = arg;
	return db_do(c, a, BIND(session_seen, .id = V(s->id), .now = V(s->now)));
}

/* That somebody was here is no reason to refuse him when it cannot be written down. */
static void note_sight(struct req *r, const struct found *f)
{
	struct sight s = { f->session_id, r->now };
	if (r->now - f->seen_at < SEEN_EVERY)
		return;
	err e = db_write(services_of(r)->db, r->arena, write_sight, &s);
	if (e)
		log_err(LOG_WARN_, "session.seen", r->id, e);
}

static err find_caller(struct req *r, str token, struct caller *caller)
{
	struct found f;
	struct conn *c;
	bool found = false;
	TRY(reader_of(r, &c));
	TRY(db_find(c, r->arena, BIND(session_caller, .token = V(sha256_of(r->arena, token))),
		&found_row, &f, &found));
	if (!found || f.created_at <= oldest_birth(r->now) || f.seen_at <= oldest_sight(r->now))
		return NULL;
	caller->role = role_of_code(f.role);
	caller->account_id = f.account_id;
	caller->session_id = f.session_id;
	caller->name = f.name;
	caller->identifier = f.identifier;
	caller->agency = f.agency;
	caller->unread = f.unread;
	note_sight(r, &f);
	return NULL;
}

static err write_denial(struct conn *c, struct arena *a, void *arg)
{
	struct req *r = arg;
	return audit_put(c, a, r->now, actor_of(r), S("access.refused"), str_from(r->route->path),
		r->method);
}

err identity_admit(struct req *r)
{
	struct caller *caller = arena_make(r->arena, struct caller);
	str none = S("");
	*caller = (struct caller){ .name = none, .identifier = none, .agency = none };
	r->user = caller;
	str token = req_cookie(r, SESSION_COOKIE);
	if (token.n)
		TRY(find_caller(r, token, caller));
	if (role_may(caller->role, (enum permission)r->route->guard))
		return NULL;
	if (caller->role == ROLE_ANONYMOUS)
		return FAIL(r->arena, UNAUTHENTICATED, "%s needs a session", r->route->path);
	if (caller_is_officer(caller))
		TRY(write_of(r, write_denial, r));
	return FAIL(r->arena, FORBIDDEN, "%s is not for role " STR_FMT, r->route->path,
		STR_ARG(role_code(caller->role)));
}

/* Before admission, as on a page that does not exist, everybody is a stranger. */
struct visitor identity_visitor(struct req *r)
{
	const struct caller *caller = r->user;
	if (!caller || caller->role == ROLE_ANONYMOUS)
		return (struct visitor){ .name = S(""), .agency = S("") };
	return (struct visitor){
		.signed_in = true,
		.officer = caller_is_officer(caller),
		.admin = role_may(caller->role, PERMIT_ADMINISTER),
		.name = caller->name,
		.agency = caller->agency,
		.unread = caller->unread,
	};
}

struct audit_actor actor_of(const struct req *r)
{
	const struct caller *caller = caller_of(r);
	return (struct audit_actor){ caller->account_id, caller->identifier, caller->role };
}

/* --- what is over ----------------------------------------------------------- */

static err forget(struct conn *c, struct arena *a, void *arg)
{
	const instant *now = arg;
	TRY(db_do(c, a,
		BIND(session_forget, .born = V(oldest_birth(*now)),
			.seen = V(oldest_sight(*now)))));
	TRY(db_do(c, a, BIND(reset_forget, .now = V(*now))));
	TRY(db_do(c, a, BIND(account_unconfirmed_codes, .before = V(*now - INSTANT_DAY))));
	TRY(db_do(c, a, BIND(account_unconfirmed, .before = V(*now - INSTANT_DAY))));
	return db_do(c, a, BIND(try_forget, .before = V(*now - INSTANT_DAY)));
}

static err run_forget(struct job *j) { return db_write(j->db, j->arena, forget, &j->now); }

const struct job_schedule identity_schedules[] = {
	{ "identity.forget", 3600, run_forget },
	{ 0 },
};
