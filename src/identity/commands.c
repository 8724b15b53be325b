/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - `motcua user`. */
#include <errno.h>

#include "identity/identity.sql.h"
#include "identity/parts.h"

static int usage(FILE *to, int status)
{
	fputs("usage: motcua user add --data DIR --role clerk|officer|leader|admin\n"
	      "                   [--agency CODE] [--full-name NAME] [--password-file FILE|-]\n"
	      "                   IDENTIFIER\n"
	      "       motcua user list [--role ROLE] --data DIR\n"
	      "       motcua user lock|unlock --data DIR IDENTIFIER\n"
	      "       motcua user password --data DIR [--password-file FILE|-] IDENTIFIER\n"
	      "Without --password-file a password is made and printed once; - is standard input.\n",
		to);
	return status;
}

static int refuse(str why)
{
	fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(why));
	return REFUSED;
}

/* --- words -------------------------------------------------------------------------- */

struct words {
	str role, agency, full_name, password_file, identifier;
	int identifiers;
	agency_check NULLABLE agency_known;
};

enum { TAKES_ROLE = 1, TAKES_AGENCY = 2, TAKES_NAME = 4, TAKES_PASSWORD = 8 };

static str *NULLABLE value_of(struct words *w, const char *option, unsigned takes)
{
	const struct {
		const char *name;
		unsigned bit;
		str *value;
	} options[] = {
		{ "--role", TAKES_ROLE, &w->role },
		{ "--agency", TAKES_AGENCY, &w->agency },
		{ "--full-name", TAKES_NAME, &w->full_name },
		{ "--password-file", TAKES_PASSWORD, &w->password_file },
	};
	for (size_t i = 0; i < COUNT(options); i++)
		if ((takes & options[i].bit) && strcmp(option, options[i].name) == 0)
			return options[i].value;
	return NULL;
}

static bool read_words(int argc, char **argv, unsigned takes, struct words *ret)
{
	*ret = (struct words){
		.role = S(""), .agency = S(""), .full_name = S(""), .password_file = S("")
	};
	for (int i = 0; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) != 0) {
			ret->identifier = str_from(argv[i]);
			ret->identifiers++;
			continue;
		}
		str *value = value_of(ret, argv[i], takes);
		if (!value || i + 1 == argc)
			return false;
		*value = str_from(argv[++i]);
	}
	return true;
}

/* The first line of the file, or a new password that is printed when all went well. */
static err read_password(struct arena *a, str path, str *ret)
{
	char line[4 * LIMIT_PASSWORD_MOST + 2];
	if (!path.n) {
		*ret = password_new(a);
		return NULL;
	}
	FILE *f = str_eq(path, S("-")) ? stdin : fopen(str_z(a, path), "re");
	if (!f)
		return FAIL(a, NOT_FOUND, STR_FMT ": %s", STR_ARG(path), strerror(errno));
	bool got = fgets(line, sizeof line, f) != NULL;
	if (f != stdin)
		fclose(f);
	str text = got ? str_copy(a, str_from(line)) : S("");
	while (str_ends(text, S("\n")) || str_ends(text, S("\r")))
		text.n--;
	*ret = text;
	return NULL;
}

static void print_password(const struct words *w, str identifier, str password)
{
	if (w->password_file.n)
		printf(STR_FMT "\n", STR_ARG(identifier));
	else
		printf(STR_FMT " password: " STR_FMT "\n", STR_ARG(identifier), STR_ARG(password));
}

/* --- user ------------------------------------------------------------------------------ */

static err check_agency(struct arena *a, struct db *db, agency_check NULLABLE known, str code)
{
	struct conn *c;
	bool found = true;
	if (!known || !code.n)
		return NULL;
	TRY(db_reader(db, a, &c));
	TRY(known(c, a, code, &found));
	return found ? NULL : FAIL(a, INVALID, "no agency " STR_FMT, STR_ARG(code));
}

static int user_add(struct arena *a, struct db *db, const struct words *w)
{
	struct new_account n = { .identifier = identifier_clean(a, w->identifier),
		.name = w->full_name.n ? w->full_name : w->identifier,
		.agency = w->agency,
		.role = role_of_code(w->role) };
	field_errors errors = { 0 };
	int64_t id = 0;
	err e = check_agency(a, db, w->agency_known, n.agency);
	if (!e)
		e = read_password(a, w->password_file, &n.password);
	if (e)
		return refuse(e->detail);
	account_check(a, ENGLISH, &n, &errors);
	for (size_t i = 0; i < errors.n; i++)
		(void)refuse(errors.items[i].message);
	if (errors.n)
		return REFUSED;
	e = account_create(db, a, &n, (struct audit_actor){ 0 }, instant_now(), &id);
	if (e)
		return refuse(
			e->kind == ERR_CONFLICT ? S("the account exists already") : e->detail);
	print_password(w, n.identifier, n.password);
	return DONE;
}

static err find(struct arena *a, struct db *db, const struct words *w, struct account *ret)
{
	struct conn *c;
	bool found = false;
	TRY(db_reader(db, a, &c));
	TRY(account_find(c, a, identifier_clean(a, w->identifier), ret, &found));
	return found ? NULL : FAIL(a, NOT_FOUND, "no account " STR_FMT, STR_ARG(w->identifier));
}

struct act {
	struct account account;
	struct password_change password;
	bool lock;
	instant now;
};

static err act_lock(struct conn *c, struct arena *a, void *arg)
{
	const struct act *x = arg;
	return account_lock(c, a, &x->account, x->lock, (struct audit_actor){ 0 }, x->now);
}

static int lock_or_unlock(struct arena *a, struct db *db, const struct words *w, bool lock)
{
	struct act x = { .lock = lock, .now = instant_now() };
	err e = find(a, db, w, &x.account);
	if (!e)
		e = db_write(db, a, act_lock, &x);
	return e ? refuse(e->detail) : DONE;
}

static int user_lock(struct arena *a, struct db *db, const struct words *w)
{
	return lock_or_unlock(a, db, w, true);
}

static int user_unlock(struct arena *a, struct db *db, const struct words *w)
{
	return lock_or_unlock(a, db, w, false);
}

static err act_password(struct conn *c, struct arena *a, void *arg)
{
	const struct act *x = arg;
	return password_set(c, a, &x->password);
}

static err give_password(struct arena *a, struct db *db, struct act *x, str password)
{
	str fault = password_fault(a, ENGLISH, password, x->account.identifier, x->account.name);
	if (fault.n)
		return FAIL(a, INVALID, STR_FMT, STR_ARG(fault));
	x->password = (struct password_change){ .account_id = x->account.id,
		.identifier = x->account.identifier,
		.act = S("password.give"),
		.now = instant_now() };
	TRY(password_hash(a, password_clean(a, password), &x->password.hash));
	return db_write(db, a, act_password, x);
}

static int user_password(struct arena *a, struct db *db, const struct words *w)
{
	struct act x = { 0 };
	str password = S("");
	err e = find(a, db, w, &x.account);
	if (!e)
		e = read_password(a, w->password_file, &password);
	if (!e)
		e = give_password(a, db, &x, password);
	if (e)
		return refuse(e->detail);
	print_password(w, x.account.identifier, password);
	return DONE;
}

static err print_users(struct arena *a, struct db *db, str role)
{
	struct reading seen = { .act = S("account.list"), .now = instant_now() };
	struct conn *c;
	TRY(db_write(db, a, reading_put, &seen));
	TRY(db_reader(db, a, &c));
	int64_t total = 1;
	for (int64_t at = 0; at < total; at += LIMIT_PAGE_ROWS) {
		struct account *found;
		size_t n;
		TRY(account_page(c, a, role, S(""), at, &found, &n, &total));
		for (size_t i = 0; i < n; i++)
			printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t%s\t" STR_FMT "\n",
				STR_ARG(found[i].identifier), STR_ARG(found[i].role),
				STR_ARG(found[i].agency), found[i].locked ? "locked" : "active",
				STR_ARG(found[i].name));
	}
	return NULL;
}

static int user_list(struct arena *a, struct db *db, const struct words *w)
{
	err e = print_users(a, db, w->role);
	return e ? refuse(e->detail) : DONE;
}

static const struct verb {
	const char *name;
	int (*run)(struct arena *a, struct db *db, const struct words *w);
	unsigned takes;
	int identifiers;
} verbs[] = {
	{ "add", user_add, TAKES_ROLE | TAKES_AGENCY | TAKES_NAME | TAKES_PASSWORD, 1 },
	{ "list", user_list, TAKES_ROLE, 0 },
	{ "lock", user_lock, 0, 1 },
	{ "unlock", user_unlock, 0, 1 },
	{ "password", user_password, TAKES_PASSWORD, 1 },
};

/* What the words mean, before any database is looked at; NULL when they mean nothing. */
static const struct verb *NULLABLE understand(int argc, char **argv, struct words *w)
{
	const struct verb *v = verbs;
	while (argc > 1 && v < verbs + COUNT(verbs) && strcmp(argv[1], v->name) != 0)
		v++;
	if (argc < 2 || v == verbs + COUNT(verbs))
		return NULL;
	if (!read_words(argc - 2, argv + 2, v->takes, w) || w->identifiers != v->identifiers)
		return NULL;
	enum role role = role_of_code(w->role);
	bool unknown = w->role.n && role == ROLE_ANONYMOUS;
	return unknown || (v->run == user_add && role <= ROLE_CITIZEN) ? NULL : v;
}

int identity_user_command(struct arena *a, const struct database_door *door,
	agency_check NULLABLE known, int argc, char **argv)
{
	struct words w;
	struct db *db;
	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage(stdout, DONE);
	const struct verb *v = understand(argc, argv, &w);
	if (!v)
		return usage(stderr, USAGE);
	w.agency_known = known;
	err e = door_open(door, &db);
	return e ? refuse(e->detail) : v->run(a, db, &w);
}