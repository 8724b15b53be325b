/* SPDX-License-Identifier: Apache-2.0 */
/* Papers of a draft: taken with a page, shown again. */
#include "forms/draft_pages.h"

struct taking {
	struct req *r;
	const struct work *work;
	given_papers *papers;
};

/* --- what is wrong with a file ---------------------------------------------------- */
static str verdict_text(struct taking *x, const struct upload *u, enum file_verdict verdict)
{
	enum language l = x->work->source.language;
	struct arena *a = x->r->arena;

	switch (verdict) {
	case FILE_EMPTY:
		return FILL(a, l, TR("Tệp “{tep}” không có nội dung: chọn tệp khác"), S("tep"),
			u->file_name);
	case FILE_TOO_LARGE:
		return FILL(a, l, TR("Tệp “{tep}” quá lớn: mỗi tệp tối đa {size}"), S("tep"),
			u->file_name, S("size"), size_text(a, l, LIMIT_FILE));
	case FILE_WRONG_KIND:
		return FILL(a, l,
			TR("Tệp “{tep}” không dùng được: chọn tệp PDF, JPG, PNG hoặc DOCX"),
			S("tep"), u->file_name);
	case FILE_NAME_LIES:
		return FILL(a, l,
			TR("Tệp “{tep}” khác đuôi tên tệp: lưu lại PDF, JPG, PNG hoặc DOCX"),
			S("tep"), u->file_name);
	case FILE_GOOD: break;
	}
	return S("");
}

/* --- taking ------------------------------------------------------------------------ */
/* Sent again, by a second click or after signing in anew, it is the same paper. */
static bool given_already(const struct taking *x, str field, str sha256)
{
	for (size_t i = 0; i < x->work->n_files; i++)
		if (str_eq(x->work->files[i].field, field) &&
			str_eq(x->work->files[i].sha256, sha256))
			return true;
	for (size_t i = 0; i < x->papers->n; i++)
		if (str_eq(x->papers->items[i].field, field) &&
			str_eq(x->papers->items[i].file.sha256, sha256))
			return true;
	return false;
}

static size_t count_given(const struct taking *x, str field)
{
	size_t n = 0;

	for (size_t i = 0; i < x->work->n_files; i++)
		n += str_eq(x->work->files[i].field, field);
	for (size_t i = 0; i < x->papers->n; i++)
		n += str_eq(x->papers->items[i].field, field);
	return n;
}

/* *ret_fault: what is wrong with the file; "" when it was taken. */
static err take_file(
	struct taking *x, const struct form_field *f, const struct upload *u, str *ret_fault)
{
	struct arena *a = x->r->arena;
	struct file_store *store = services_of(x->r)->files;
	enum language l = x->work->source.language;
	enum file_verdict verdict;
	enum file_kind kind;

	TRY(file_inspect(store, a, u, &verdict, &kind));
	*ret_fault = verdict_text(x, u, verdict);
	if (verdict != FILE_GOOD || given_already(x, f->id, u->sha256))
		return NULL;
	if (count_given(x, f->id) >= LIMIT_FILES_PER_PAPER) {
		*ret_fault = FILL(a, l, TR("“{nhan}” nhận tối đa {n} tệp: xóa bớt"), S("nhan"),
			form_label(l, f), S("n"), number_text(a, l, LIMIT_FILES_PER_PAPER));
		return NULL;
	}
	TRY(file_keep(store, a, u));
	x->papers->items[x->papers->n++] = (struct given_paper){
		.field = f->id,
		.file = { .size = u->size,
			.created_at = x->r->now,
			.sha256 = u->sha256,
			.mime = file_kind_mime(kind),
			.name = u->file_name },
	};
	return NULL;
}

/* One message a field, which names each file that was refused. */
static err take_field(struct taking *x, const struct form_field *f, field_errors *errors)
{
	struct arena *a = x->r->arena;
	const struct upload *u;
	str said = S(""), fault;

	for (size_t i = 0; (u = req_upload(x->r, f->id, i)); i++) {
		TRY(take_file(x, f, u, &fault));
		if (fault.n)
			said = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(said),
				said.n ? ". " : "", STR_ARG(fault));
	}
	if (said.n)
		form_error_add(a, errors, f->id, said);
	return NULL;
}

err papers_take(struct req *r, const struct work *w, const struct form_page *p, given_papers *ret,
	field_errors *errors)
{
	struct taking x = { r, w, ret };

	*ret = (given_papers){ .items = arena_array(r->arena, struct given_paper, r->uploads.n) };
	for (size_t i = 0; i < p->fields.n; i++)
		if (p->fields.items[i].kind == FIELD_PAPER)
			TRY(take_field(&x, &p->fields.items[i], errors));
	return NULL;
}

err papers_record(struct conn *c, struct arena *a, const struct draft *d,
	const given_papers *papers, instant now)
{
	for (size_t i = 0; i < papers->n; i++) {
		int64_t id = 0;
		TRY(file_record(c, a, &papers->items[i].file, &id));
		TRY(draft_file_add(c, a, d, papers->items[i].field, id));
	}
	return NULL;
}

err papers_answer(struct conn *c, struct arena *a, const struct draft *d, const struct form *f,
	struct answers *s)
{
	struct draft_file *files;
	size_t n;

	TRY(draft_files(c, a, d->id, &files, &n));
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			str ids = S("");
			for (size_t m = 0; m < n && field->kind == FIELD_PAPER; m++)
				if (str_eq(files[m].field, field->id))
					ids = arena_printf(a, STR_FMT "%s%lld", STR_ARG(ids),
						ids.n ? "," : "", (long long)files[m].file_id);
			if (field->kind == FIELD_PAPER)
				answer_set(s, field->id, ids);
		}
	return NULL;
}

/* --- showing ----------------------------------------------------------------------- */
err show_paper(struct req *r)
{
	struct work w;
	bool sent;
	int64_t id = 0;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	(void)str_to_int(req_param(r, S("id")), 1, INT64_MAX, &id);
	for (size_t i = 0; i < w.n_files; i++) {
		const struct draft_file *f = &w.files[i];
		int fd;
		if (f->id != id)
			continue;
		TRY(file_open(services_of(r)->files, r->arena, f->sha256, &fd));
		return reply_file(r, fd, f->size, f->mime, f->name, file_mime_shown(f->mime));
	}
	return FAIL(r->arena, NOT_FOUND, "no such paper in the draft");
}
