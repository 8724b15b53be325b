/* SPDX-License-Identifier: Apache-2.0 */
/* Drafts in the database. */
#include "core/crypto.h"
#include "file/collect.h"
#include "forms/draft.h"
#include "forms/forms.sql.h"
#include "notify/notify.h"

ROW_TYPE(draft_row, struct draft, COLUMN(struct draft, id), COLUMN(struct draft, owner_id),
	COLUMN(struct draft, version_id), COLUMN(struct draft, version),
	COLUMN(struct draft, created_at), COLUMN(struct draft, saved_at),
	COLUMN(struct draft, expires_at), COLUMN(struct draft, code),
	COLUMN(struct draft, procedure), COLUMN(struct draft, agency),
	COLUMN(struct draft, answers), COLUMN(struct draft, page), COLUMN(struct draft, submitted),
	COLUMN(struct draft, dossier), COLUMN(struct draft, left_over));
#define FACT(member)                                                          \
	{                                                                     \
#member, COLUMN_KIND(((struct draft_file *)0)->facts.member), \
			offsetof(struct draft_file, facts.member)             \
	}
ROW_TYPE(draft_file_row, struct draft_file, COLUMN(struct draft_file, id),
	COLUMN(struct draft_file, file_id), COLUMN(struct draft_file, size),
	COLUMN(struct draft_file, field), COLUMN(struct draft_file, name),
	COLUMN(struct draft_file, mime), COLUMN(struct draft_file, sha256),
	COLUMN(struct draft_file, scan), FACT(pages), FACT(width), FACT(height), FACT(sharpness),
	FACT(thumbnail), FACT(inspected));

static int64_t days_kept = LIMIT_DRAFT_DAYS;

void drafts_configure(int64_t days) { days_kept = days; }

int64_t draft_days(void) { return days_kept; }

/* The last second of a day: pages say the day. */
static instant expiry(instant now)
{
	return instant_at(day_of(now) + (day)draft_days(), 24 * 3600 - 1);
}

/* --- beginning ------------------------------------------------------------------ */
struct starting {
	str code, procedure, agency, answers;
	int64_t owner, version_id;
	instant now;
};

static err insert_draft(struct conn *c, struct arena *a, void *arg)
{
	const struct starting *x = arg;
	int64_t open = 0;

	TRY(db_number(c, a, BIND(draft_count, .owner = V(x->owner)), &open));
	if (open >= LIMIT_DRAFTS)
		return FAIL(a, TOO_MANY, "%lld open drafts", (long long)open);
	return db_do(c, a,
		BIND(draft_insert, .code = V(x->code), .owner = V(x->owner),
			.procedure = V(x->procedure), .version_id = V(x->version_id),
			.agency = V(x->agency), .answers = V(x->answers), .now = V(x->now),
			.expires = V(expiry(x->now))));
}

err draft_start(struct req *r, const struct procedure *p, const struct form *f, struct answers *s,
	str agency, str *ret_code)
{
	struct arena *a = r->arena;
	struct account who;
	struct conn *c;

	TRY(reader_of(r, &c));
	TRY(account_get(c, a, caller_of(r)->account_id, &who));
	form_prefill(a, f, &who, s);
	struct starting x = {
		.code = str_part(random_text(a, 10), 0, DRAFT_CODE),
		.procedure = p->code,
		.agency = agency,
		.answers = answers_json(a, s),
		.owner = who.id,
		.version_id = p->version_id,
		.now = r->now,
	};
	TRY(write_of(r, insert_draft, &x));
	*ret_code = x.code;
	return NULL;
}

/* --- reading -------------------------------------------------------------------- */
bool draft_code_valid(str code)
{
	for (size_t i = 0; i < code.n; i++) {
		char c = code.p[i];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			return false;
	}
	return code.n == DRAFT_CODE;
}

err draft_get(struct conn *c, struct arena *a, str code, int64_t owner, struct draft *ret)
{
	return db_one(c, a, BIND(draft_of, .code = V(code), .owner = V(owner)), &draft_row, ret);
}

err draft_list(struct conn *c, struct arena *a, int64_t owner, struct draft **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(draft_open_of, .owner = V(owner)), &draft_row, ret, ret_n);
}

err draft_files(
	struct conn *c, struct arena *a, int64_t draft, struct draft_file **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(draft_file_list, .draft = V(draft)), &draft_file_row, ret, ret_n);
}

/* --- changing ------------------------------------------------------------------- */
err draft_save(struct conn *c, struct arena *a, const struct draft *d, instant now)
{
	int64_t changed = 0;

	if (d->answers.n > LIMIT_ANSWERS)
		return FAIL(a, TOO_LARGE, "answers of %zu bytes", d->answers.n);
	TRY(db_count_changed(c, a,
		BIND(draft_store, .id = V(d->id), .version = V(d->version),
			.answers = V(d->answers), .page = V(d->page), .now = V(now),
			.expires = V(expiry(now))),
		&changed));
	return changed ? NULL : FAIL(a, CONFLICT, "draft %lld moved on", (long long)d->id);
}

err draft_delete(struct conn *c, struct arena *a, const struct draft *d)
{
	int64_t changed = 0;

	TRY(db_count_changed(c, a, BIND(draft_remove, .id = V(d->id)), &changed));
	return changed ? NULL : FAIL(a, CONFLICT, "draft %lld is submitted", (long long)d->id);
}

err draft_file_add(
	struct conn *c, struct arena *a, const struct draft *d, str field, int64_t file_id)
{
	return db_do(c, a,
		BIND(draft_file_insert, .draft = V(d->id), .field = V(field), .file = V(file_id)));
}

err draft_file_remove(struct conn *c, struct arena *a, const struct draft *d, int64_t id)
{
	return db_do(c, a, BIND(draft_file_delete, .id = V(id), .draft = V(d->id)));
}

struct became {
	bool submitted;
	str dossier;
};
ROW_TYPE(became_row, struct became, COLUMN(struct became, submitted),
	COLUMN(struct became, dossier));

err draft_submit(struct conn *c, struct arena *a, const struct draft *d, str dossier,
	bool *ret_mine, str *ret_dossier)
{
	struct became now;
	int64_t changed = 0;

	TRY(db_count_changed(c, a,
		BIND(draft_finish, .id = V(d->id), .version = V(d->version), .dossier = V(dossier)),
		&changed));
	*ret_mine = changed == 1;
	*ret_dossier = dossier;
	if (*ret_mine)
		return NULL;
	TRY(db_one(c, a, BIND(draft_became, .id = V(d->id)), &became_row, &now));
	if (!now.submitted)
		return FAIL(a, CONFLICT, "draft %lld moved on", (long long)d->id);
	*ret_dossier = now.dossier;
	return NULL;
}

/* --- forgetting ------------------------------------------------------------------ */
static err purge(struct conn *c, struct arena *a, void *now)
{
	return db_do(c, a, BIND(draft_purge, .now = V(*(instant *)now)));
}

/* Where drafts are kept for few days, half of them pass before a word is said. */
static instant warning_time(void)
{
	instant half = draft_days() * INSTANT_DAY / 2,
		most = LIMIT_DRAFT_WARNING_DAYS * INSTANT_DAY;

	return half < most ? half : most;
}

/* Once for each draft, some days before [C32-9.2]; saving it starts the time anew. */
static err warn(struct conn *c, struct arena *a, void *arg)
{
	instant now = *(instant *)arg, until = now + warning_time();
	struct draft *drafts;
	size_t n;

	TRY(db_list(c, a, BIND(draft_expiring, .until = V(until)), &draft_row, &drafts, &n));
	for (size_t i = 0; i < n; i++) {
		const struct draft *d = &drafts[i];
		struct procedure p;
		struct account who;
		TRY(procedure_version(c, a, d->version_id, &p));
		TRY(account_get(c, a, d->owner_id, &who));
		struct notice notice = {
			.account_id = d->owner_id,
			.kind = S("draft.expiring"),
			.reference = arena_printf(
				a, STR_FMT "/%lld", STR_ARG(d->code), (long long)d->expires_at),
			.title = S("Bản nháp sắp hết hạn"),
			.text = arena_printf(a,
				"Bản nháp “" STR_FMT "” được giữ đến hết ngày " STR_FMT
				". Mở ra và lưu lại nếu bạn còn muốn nộp.",
				STR_ARG(p.name), STR_ARG(day_text(a, day_of(d->expires_at)))),
			.link = arena_printf(a, "/nop/" STR_FMT, STR_ARG(d->code)),
			.email = who.email,
		};
		TRY(notify_put(c, a, &notice, now));
		TRY(db_do(c, a, BIND(draft_warned, .id = V(d->id))));
	}
	return NULL;
}

static err warn_owners(struct job *j) { return db_write(j->db, j->arena, warn, &j->now); }

static err purge_drafts(struct job *j) { return db_write(j->db, j->arena, purge, &j->now); }

/* Here, since drafts are what most of it comes from; the file store itself knows no jobs. */
static err collect_files(struct job *j)
{
	const struct services *s = j->app;
	int64_t forgotten = 0;

	return file_collect(s->files, j->db, j->arena, j->now, &forgotten);
}

const struct job_schedule forms_schedules[] = {
	{ .name = "forms.purge", .every = 3600, .run = purge_drafts },
	{ .name = "forms.warn", .every = 3600, .run = warn_owners },
	{ .name = "files.collect", .every = 3600, .run = collect_files },
	{ 0 },
};
