/* SPDX-License-Identifier: Apache-2.0 */
/* init.c - `motcua init`: a data folder with its configuration, key, schema and starter catalogue;
 * with --demo also the people of a fictional province. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/modules.h"
#include "app/program.h"
#include "catalogue/catalogue.h"
#include "dossier/dossier.h"
#include "identity/identity.h"

/* Only ever made by --demo. */
#define DEMO_PASSWORD "Lam-Giang-2026"
#define DEMO_AGENCY "H99.001.01"

static const struct demo_account {
	const char *identifier, *name, *person_id, *phone;
	enum role role;
} demo_accounts[] = {
	{ "nguoidan@lamgiang.test", "Nguyễn Thị Hạnh", "099192000042", "0912345678", ROLE_CITIZEN },
	{ "motcua@lamgiang.test", "Trần Văn Minh", "", "", ROLE_CLERK },
	{ "chuyenvien@lamgiang.test", "Lê Thu Trang", "", "", ROLE_OFFICER },
	{ "lanhdao@lamgiang.test", "Phạm Quốc Dũng", "", "", ROLE_LEADER },
	{ "quantri@lamgiang.test", "Bùi Anh Tuấn", "", "", ROLE_ADMIN },
};

static err write_new(struct program *p, const char *name, str text)
{
	const char *path = str_z(p->arena, arena_printf(p->arena, STR_FMT "/%s", STR_ARG(p->data),
							name));
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return FAIL(p->arena, CONFLICT, "%s exists: this folder is in use already", path);
	if (fd < 0)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	bool written = write(fd, text.p, text.n) == (ssize_t)text.n && fsync(fd) == 0;
	if (close(fd) != 0 || !written)
		return FAIL(p->arena, UNAVAILABLE, "%s: %s", path, strerror(errno));
	return NULL;
}

static err make_account(struct program *p, const struct demo_account *d, instant now)
{
	bool citizen = d->role == ROLE_CITIZEN;
	struct new_account n = {
		.identifier = str_from(d->identifier),
		.name = str_from(d->name),
		.password = S(DEMO_PASSWORD),
		.agency = citizen ? S("") : S(DEMO_AGENCY),
		.email = str_from(d->identifier),
		.phone = str_from(d->phone),
		.person_id = str_from(d->person_id),
		.commune = citizen ? S("99001") : S(""),
		.address = citizen ? S("Số 12, tổ 3") : S(""),
		.gender = citizen ? S("nu") : S(""),
		.birth = { .set = citizen, .value = day_from(1992, 8, 14) },
		.role = d->role,
	};
	int64_t id = 0;
	return account_create(p->db, p->arena, &n, (struct audit_actor){ 0 }, now, &id);
}

static err make_demo(struct program *p, instant now)
{
	for (size_t i = 0; i < COUNT(demo_accounts); i++)
		TRY(make_account(p, &demo_accounts[i], now));
	struct services s = { .db = p->db, .site = &p->config.site };
	TRY(program_key(p, s.key));
	str files = arena_printf(p->arena, STR_FMT "/files", STR_ARG(p->data));
	TRY(file_store_open(p->arena, files, &s.files));
	return dossier_demo(&s, p->arena, now);
}

static err make(struct program *p)
{
	instant now = instant_now();
	if (mkdir(str_z(p->arena, p->data), 0700) != 0 && errno != EEXIST)
		return FAIL(p->arena, UNAVAILABLE, STR_FMT ": %s", STR_ARG(p->data), strerror(errno));
	TRY(write_new(p, "motcua.conf", config_template(p->arena, p->demo)));
	unsigned char key[32];
	TRY(program_key(p, key));
	TRY(program_open(p, true));
	TRY(catalogue_import_starter(p->db, p->arena, starter_files, now));
	TRY(calendar_import_starter(p->db, p->arena, starter_files, now));
	return p->demo ? make_demo(p, now) : NULL;
}

static void print_accounts(void)
{
	printf("Tài khoản trình diễn (mật khẩu chung: %s):\n", DEMO_PASSWORD);
	for (size_t i = 0; i < COUNT(demo_accounts); i++)
		printf("  %-26s " STR_FMT "\n", demo_accounts[i].identifier,
		       STR_ARG(role_title(demo_accounts[i].role)));
}

int init_command(struct program *p)
{
	err e = make(p);
	if (e) {
		fprintf(stderr, "motcua: " STR_FMT "\n", STR_ARG(e->detail));
		return EXIT_REFUSED;
	}
	printf("Đã tạo thư mục dữ liệu " STR_FMT "\n", STR_ARG(p->data));
	if (p->demo)
		print_accounts();
	return EXIT_DONE;
}
