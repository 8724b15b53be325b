/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c - `motcua user`. */
#include <errno.h>

#include "identity/identity.sql.h"
#include "identity/parts.h"

enum { DONE = 0, REFUSED = 1, USAGE = 2 };

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
	str role, agency, full_name, identifier;
	const char *NULLABLE password_file;
	int identifiers;
};

static bool read_words(int argc, char **argv, struct words *ret)
{
	*ret = (struct words){ .role = S(""), .agency = S(""), .full_name = S("") };
	for (int i = 0; i < argc; i++) {
		const char *value = i + 1 < argc ? argv[i + 1] : NULL;
		if (strncmp(argv[i], "--", 2) != 0) {
			ret->identifier = str_from(argv[i]);
			ret->identifiers++;
			continue;
		}
		if (!value)
			return false;
		if (strcmp(argv[i], "--role") == 0)
			ret->role = str_from(value);
		else if (strcmp(argv[i], "--agency") == 0)
			ret->agency = str_from(value);
		else if (strcmp(argv[i], "--full-name") == 0)
			ret->full_name = str_from(value);
		else if (strcmp(argv[i], "--password-file") == 0)
			ret->password_file = value;
		else
			return false;
		i++;
	}
	return true;
}

/* The first line of the file, or a new password that is printed when all went well. */
static err read_password(struct arena *a, const char *NULLABLE path, str *ret)
{
	char line[4 * LIMIT_PASSWORD_MOST + 2];
	if (!path) {
		*ret = password_new(a);
		return NULL;
	}
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	if (!f)
		return FAIL(a, NOT_FOUND, "%s: %s", path, strerror(errno));
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
	if (w->password_file)
		printf(STR_FMT "\n", STR_ARG(identifier));
	else
		printf(STR_FMT " password: " STR_FMT "\n", STR_ARG(identifier), STR_ARG(password));
}

/* --- user ------------------------------------------------------------------------------ */

static int user_add(struct arena *a, struct db *db, const struct words *w)
{
	struct new_account n = { .identifier = identifier_clean(a, w->identifier),
		.name = w->full_name.n ? w->full_name : w->identifier,
		.agency = w->agency,
		.role = role_of_code(w->role) };
	field_errors errors = { 0 };
	int64_t id = 0;
	if (w->identifiers != 1 || n.role <= ROLE_CITIZEN)
		return usage(stderr, USAGE);
	err e = read_password(a, w->password_file, &n.password);
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

static int user_lock(struct arena *a, struct db *db, const struct words *w, bool lock)
{
	struct act x = { .lock = lock, .now = instant_now() };
	if (w->identifiers != 1)
		return usage(stderr, USAGE);
	err e = find(a, db, w, &x.account);
	if (!e)
		e = db_write(db, a, act_lock, &x);
	return e ? refuse(e->detail) : DONE;
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
	if (w->identifiers != 1)
		return usage(stderr, USAGE);
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
	struct conn *c;
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

int identity_user_command(struct arena *a, struct db *db, int argc, char **argv)
{
	struct words w;
	const char *verb = argc > 1 ? argv[1] : "";
	if (argc < 2 || !read_words(argc - 2, argv + 2, &w))
		return usage(stderr, USAGE);
	if (strcmp(verb, "add") == 0)
		return user_add(a, db, &w);
	if (strcmp(verb, "password") == 0)
		return user_password(a, db, &w);
	if (strcmp(verb, "lock") == 0 || strcmp(verb, "unlock") == 0)
		return user_lock(a, db, &w, verb[0] == 'l');
	if (strcmp(verb, "list") != 0 || w.identifiers)
		return usage(stderr, USAGE);
	err e = print_users(a, db, w.role);
	return e ? refuse(e->detail) : DONE;
}
