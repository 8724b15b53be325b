/* SPDX-License-Identifier: Apache-2.0 */
/* Asks the scanner about every file that was taken. A file in which something was found is no
 * answer of its draft any more; where it was sent already, the officer sees it. It is here, not in
 * file/, because drafts are. */
#include "file/scan.h"
#include "forms/draft_pages.h"
#include "forms/forms.sql.h"

struct verdict {
	int64_t file;
	str scan;
	instant now;
};

struct holder {
	int64_t owner_id;
	str code, field;
};
ROW_TYPE(holder_row, struct holder, COLUMN(struct holder, owner_id), COLUMN(struct holder, code),
	COLUMN(struct holder, field));

static err take_out(struct conn *c, struct arena *a, const struct holder *h, instant now)
{
	struct draft d;
	struct draft_file *files;
	struct answers *s;
	size_t n;

	TRY(draft_get(c, a, h->code, h->owner_id, &d));
	TRY(draft_files(c, a, d.id, &files, &n));
	TRY(answers_parse(a, d.answers, &s));
	answer_set(s, h->field, paper_answer(a, files, n, h->field));
	d.answers = answers_json(a, s);
	return draft_save(c, a, &d, now);
}

static err decide(struct conn *c, struct arena *a, void *arg)
{
	const struct verdict *v = arg;
	struct holder h;
	bool found = false;

	TRY(file_scan_set(c, a, v->file, v->scan));
	TRY(db_find(c, a, BIND(draft_file_holder, .file = V(v->file)), &holder_row, &h, &found));
	return found && str_eq(v->scan, S("refused")) ? take_out(c, a, &h, v->now) : NULL;
}

static err scan(struct job *j)
{
	const struct services *s = j->app;
	struct stored_file f;
	struct conn *c;
	enum scan_answer answer;
	str name;
	struct verdict v = { .file = json_int(json_get(j->payload, "file"), 0), .now = j->now };

	TRY(db_reader(j->db, j->arena, &c));
	err e = file_get(c, j->arena, v.file, &f);
	if (e && e->kind == ERR_NOT_FOUND)
		return NULL; /* taken back meanwhile */
	TRY(e);
	e = file_scan(s->files, j->arena, f.sha256, j->stop, &answer, &name);
	v.scan = e || answer == SCAN_TOO_LARGE ? S("failed")
		: answer == SCAN_FOUND         ? S("refused")
					       : S("clean");
	TRY(db_write(j->db, j->arena, decide, &v));
	return e; /* asked again later, until there is an answer */
}

const struct job_kind forms_jobs[] = {
	{ FILE_SCAN_JOB, scan, "Quét vi-rút tệp đã nhận" },
	{ 0 },
};
