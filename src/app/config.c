/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <ini.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config.h"

#define LIMIT_CONFIG (64 * KIB)
#define LIMIT_CONFIG_LINE 198 /* the library reads 199 bytes at a time and drops the rest */

enum key_kind { KEY_TEXT, KEY_NUMBER, KEY_YES };

/* Every key there is: where it stands in the file, where it goes. */
static const struct key {
	const char *section, *name;
	enum key_kind kind;
	size_t offset;
} keys[] = {
	{ "database", "url", KEY_TEXT, offsetof(struct config, database) },
	{ "http", "listen", KEY_TEXT, offsetof(struct config, listen) },
	{ "http", "trusted_proxy", KEY_TEXT, offsetof(struct config, trusted_proxy) },
	{ "http", "workers", KEY_NUMBER, offsetof(struct config, workers) },
	{ "http", "loops", KEY_NUMBER, offsetof(struct config, loops) },
	{ "http", "plain_cookies", KEY_YES, offsetof(struct config, plain_cookies) },
	{ "http", "no_rate_limits", KEY_YES, offsetof(struct config, no_rate_limits) },
	{ "forms", "draft_days", KEY_NUMBER, offsetof(struct config, draft_days) },
	{ "jobs", "threads", KEY_NUMBER, offsetof(struct config, jobs) },
	{ "mail", "url", KEY_TEXT, offsetof(struct config, mail.url) },
	{ "mail", "user", KEY_TEXT, offsetof(struct config, mail.user) },
	{ "mail", "password_file", KEY_TEXT, offsetof(struct config, mail.password_file) },
	{ "mail", "from", KEY_TEXT, offsetof(struct config, mail.from) },
	{ "mail", "folder", KEY_TEXT, offsetof(struct config, mail.folder) },
	{ "mail", "start_tls", KEY_YES, offsetof(struct config, mail.start_tls) },
	{ "scan", "clamd", KEY_TEXT, offsetof(struct config, clamd) },
	{ "site", "name", KEY_TEXT, offsetof(struct config, site.name) },
	{ "site", "name_en", KEY_TEXT, offsetof(struct config, site.name_en) },
	{ "site", "owner", KEY_TEXT, offsetof(struct config, site.owner) },
	{ "site", "owner_en", KEY_TEXT, offsetof(struct config, site.owner_en) },
	{ "site", "address", KEY_TEXT, offsetof(struct config, site.address) },
	{ "site", "address_en", KEY_TEXT, offsetof(struct config, site.address_en) },
	{ "site", "hours", KEY_TEXT, offsetof(struct config, site.hours) },
	{ "site", "hours_en", KEY_TEXT, offsetof(struct config, site.hours_en) },
	{ "site", "responsible", KEY_TEXT, offsetof(struct config, site.responsible) },
	{ "site", "responsible_en", KEY_TEXT, offsetof(struct config, site.responsible_en) },
	{ "site", "phone", KEY_TEXT, offsetof(struct config, site.phone) },
	{ "site", "email", KEY_TEXT, offsetof(struct config, site.email) },
	{ "site", "origin", KEY_TEXT, offsetof(struct config, site.origin) },
	{ "site", "demo", KEY_YES, offsetof(struct config, site.demo) },
};

static const struct config defaults = {
	.database = S("sqlite:motcua.db"),
	.listen = S("[::]:8080"),
	.jobs = 1,
	.draft_days = LIMIT_DRAFT_DAYS,
	.mail = { .start_tls = true, .from = S("khong-tra-loi@localhost") },
	.site = {
		.name = S("Cổng Dịch vụ công"),
		.name_en = S("Public Service Portal"),
		.owner = S("Trung tâm Phục vụ hành chính công"),
		.owner_en = S("Public Administrative Service Centre"),
		.hours = S("Thứ Hai đến thứ Sáu: 7 giờ 30 – 11 giờ 30, 13 giờ 30 – 17 giờ"),
		.hours_en = S("Monday to Friday: 7:30 – 11:30, 13:30 – 17:00"),
	},
};

struct reading {
	struct arena *a;
	struct config *config;
	str fault; /* of the first line that has one */
};

static bool take(struct reading *g, const struct key *k, str value)
{
	void *to = (char *)g->config + k->offset;
	switch (k->kind) {
	case KEY_TEXT: *(str *)to = str_copy(g->a, value); return true;
	case KEY_NUMBER: return str_to_int(value, 0, 1000, to);
	case KEY_YES:
		*(bool *)to = str_eq(value, S("yes"));
		return str_eq(value, S("yes")) || str_eq(value, S("no"));
	}
	return false;
}

static int on_key(void *arg, const char *section, const char *name, const char *value)
{
	struct reading *g = arg;
	if (g->fault.n)
		return 0;
	for (size_t i = 0; i < COUNT(keys); i++) {
		if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0)
			continue;
		if (take(g, &keys[i], str_from(value)))
			return 1;
		g->fault = arena_printf(g->a, "[%s] %s: \"%s\" does not fit", section, name, value);
		return 0;
	}
	g->fault = arena_printf(g->a, "[%s] %s: unknown key", section, name);
	return 0;
}

/* What the library would read otherwise than it is written: half a value, a value that goes on
 * in the next line. NULL when there is nothing of the kind. */
static const char *NULLABLE fault_of_line(str line)
{
	str text = str_trim(line);
	if (!text.n || text.p[0] == ';' || text.p[0] == '#')
		return NULL;
	if (text.p != line.p)
		return "a line does not begin with a space";
	if (line.n > LIMIT_CONFIG_LINE)
		return "a line has at most 198 bytes";
	if (str_has(text, S(" ;")) || str_has(text, S("\t;")))
		return "a comment stands on a line of its own; a value cannot hold \" ;\"";
	if (text.p[0] != '[' && !str_has(text, S("=")) && !str_has(text, S(":")))
		return "not a line of a configuration";
	return NULL;
}

static err check_lines(struct arena *a, str path, str text)
{
	str line;
	for (int n = 1; text.n; n++) {
		str_cut(text, '\n', &line, &text);
		const char *fault = fault_of_line(line);
		if (fault)
			return FAIL(a, INVALID, STR_FMT ":%d: %s", STR_ARG(path), n, fault);
	}
	return NULL;
}

static str within(struct arena *a, str folder, const char *scheme, str file)
{
	return arena_printf(a, "%s" STR_FMT "/" STR_FMT, scheme, STR_ARG(folder), STR_ARG(file));
}

static str path_of(struct arena *a, str folder) { return within(a, folder, "", CONFIG_FILE); }

err config_parse(struct arena *a, str folder, str text, struct config *ret)
{
	struct config config = defaults;
	str path = path_of(a, folder);
	struct reading g = { .a = a, .config = &config };
	TRY(check_lines(a, path, text));
	int line = ini_parse_string(str_z(a, text), on_key, &g);
	if (line)
		return FAIL(a, INVALID, STR_FMT ":%d: " STR_FMT, STR_ARG(path), line,
			STR_ARG(g.fault.n ? g.fault : S("not a line of a configuration")));
	str scheme = S("sqlite:");
	if (str_starts(config.database, scheme) && !str_starts(config.database, S("sqlite:/")))
		config.database =
			within(a, folder, "sqlite:", str_from_at(config.database, scheme.n));
	if (config.mail.folder.n && config.mail.folder.p[0] != '/')
		config.mail.folder = within(a, folder, "", config.mail.folder);
	*ret = config;
	return NULL;
}

static err read_whole(struct arena *a, int fd, const char *path, str *ret)
{
	struct stat st;
	char *text = arena_bytes(a, LIMIT_CONFIG, 1);
	size_t n = 0;
	ssize_t got;
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode))
		return FAIL(a, INVALID, "%s: not a file", path);
	while ((got = read(fd, text + n, LIMIT_CONFIG - n)) > 0)
		n += (size_t)got;
	if (got < 0)
		return FAIL(a, UNAVAILABLE, "%s: %s", path, strerror(errno));
	if (n == LIMIT_CONFIG)
		return FAIL(a, INVALID, "%s: longer than a configuration is", path);
	*ret = (str){ text, n };
	return NULL;
}

err config_load(struct arena *a, str folder, struct config *ret)
{
	str text;
	const char *path = str_z(a, path_of(a, folder));
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return FAIL(a, NOT_FOUND,
			"no data folder at " STR_FMT ": it has no " STR_FMT
			"; make one with motcua init --data DIR",
			STR_ARG(folder), STR_ARG(CONFIG_FILE));
	if (fd < 0)
		return FAIL(a, UNAVAILABLE, "%s: %s", path, strerror(errno));
	err e = read_whole(a, fd, path, &text);
	close(fd);
	TRY(e);
	return config_parse(a, folder, text, ret);
}

static const char database_keys[] =
	"; Một Cửa. Every line is optional; docs/operating.md explains each.\n"
	"[database]\n"
	"; one line chooses the engine:\n"
	"; url = postgresql://motcua@/motcua?host=/var/run/postgresql\n"
	"url = ";

static const char http_keys[] = "\n\n[http]\n"
				"; trusted_proxy = X-Forwarded-For\n\n";

static const char demo_keys[] =
	"[mail]\n"
	"; mails of the demonstration are written into this folder\n"
	"folder = mail\n"
	"from = khong-tra-loi@lamgiang.test\n\n"
	"[site]\n"
	"demo = yes\n"
	"name = Cổng Dịch vụ công tỉnh Lam Giang\n"
	"name_en = Lam Giang Province Public Service Portal\n"
	"owner = Trung tâm Phục vụ hành chính công tỉnh Lam Giang\n"
	"owner_en = Lam Giang Public Administrative Service Centre\n"
	"address = Số 01 đường Trần Hưng Đạo, phường Trung Tâm, tỉnh Lam Giang\n"
	"address_en = 01 Tran Hung Dao Street, Trung Tam Ward, Lam Giang Province\n"
	"responsible = Lê Quang Vinh, Giám đốc\n"
	"responsible_en = Lê Quang Vinh, Director\n"
	"phone = 1900 0000\n"
	"email = ttpvhcc@lamgiang.test\n";

static const char plain_keys[] =
	"[mail]\n"
	"; url = smtp://mail.example.gov.vn:587\n"
	"; user = motcua\n"
	"; password_file = /etc/motcua/mail.password\n\n"
	"[site]\n"
	"; name = Cổng Dịch vụ công tỉnh …\n"
	"; owner, address, responsible, phone, email: the footer that Circular 32/2017 asks for\n";

str config_template(struct arena *a, str database, bool demo)
{
	str chosen = database.n ? database : defaults.database;
	return arena_printf(a, "%s" STR_FMT "%s%s", database_keys, STR_ARG(chosen), http_keys,
		demo ? demo_keys : plain_keys);
}
