/* SPDX-License-Identifier: Apache-2.0 */
/* Files that were given for the papers of a draft: with a page, or in pieces before it. */
#include "file/upload.h"
#include "forms/draft_pages.h"

struct taking {
	struct req *r;
	const struct work *work;
	given_papers *papers;
};

/* --- for which paper ---------------------------------------------------------------- */
const struct form_field *NULLABLE work_paper(const struct work *w, str id)
{
	for (size_t i = 0; i < w->form->pages.n; i++)
		for (size_t k = 0; k < w->form->pages.items[i].fields.n; k++) {
			const struct form_field *f = &w->form->pages.items[i].fields.items[k];
			if (f->kind == FIELD_PAPER && str_eq(f->id, id))
				return f;
		}
	return NULL;
}

bool paper_target(
	const struct work *w, str input, const struct form_field **ret_field, int64_t *ret_replaces)
{
	str field = input;
	int64_t id = 0;

	if (str_starts(input, S(PAPER_CAMERA)))
		field = str_from_at(input, strlen(PAPER_CAMERA));
	if (str_starts(input, S(PAPER_REPLACE)) &&
		str_to_int(str_from_at(input, strlen(PAPER_REPLACE)), 1, INT64_MAX, &id))
		for (size_t i = 0; i < w->n_files; i++)
			if (w->files[i].id == id)
				field = w->files[i].field;
	*ret_field = work_paper(w, field);
	*ret_replaces = id;
	return *ret_field != NULL;
}

/* --- taking ------------------------------------------------------------------------ */
/* Sent again, it is the same paper. *ret_id: which file of the draft; 0 when it came just now. */
static bool given_already(const struct taking *x, str field, str sha256, int64_t *ret_id)
{
	*ret_id = 0;
	for (size_t i = 0; i < x->papers->n; i++)
		if (str_eq(x->papers->items[i].field, field) &&
			str_eq(x->papers->items[i].file.sha256, sha256))
			return true;
	for (size_t i = 0; i < x->work->n_files; i++)
		if (str_eq(x->work->files[i].field, field) &&
			str_eq(x->work->files[i].sha256, sha256)) {
			*ret_id = x->work->files[i].id;
			return true;
		}
	return false;
}

static size_t count_given(const struct taking *x, str field)
{
	size_t n = 0;

	for (size_t i = 0; i < x->work->n_files; i++)
		n += str_eq(x->work->files[i].field, field);
	for (size_t i = 0; i < x->papers->n; i++)
		n += str_eq(x->papers->items[i].field, field) && !x->papers->items[i].replaces;
	return n;
}

err paper_take(struct req *r, const struct work *w, str input, const struct upload *u,
	given_papers *ret, struct file_finding *ret_finding, str *ret_fault)
{
	struct taking x = { r, w, ret };
	struct file_store *store = services_of(r)->files;
	const struct form_field *f;
	int64_t replaces, there;

	*ret_fault = S("");
	if (!paper_target(w, input, &f, &replaces))
		return FAIL(r->arena, NOT_FOUND, "no such paper in the form");
	TRY(file_inspect(store, r->arena, u, f->most, ret_finding));
	if (ret_finding->verdict == FILE_GOOD && given_already(&x, f->id, u->sha256, &there)) {
		ret_finding->verdict = FILE_GIVEN;
		/* What it was to replace goes all the same, unless it is that itself. */
		if (replaces && replaces != there)
			ret->items[ret->n++] =
				(struct given_paper){ .field = f->id, .replaces = replaces };
	} else if (ret_finding->verdict == FILE_GOOD && !replaces &&
		count_given(&x, f->id) >= LIMIT_FILES_PER_PAPER)
		ret_finding->verdict = FILE_TOO_MANY;
	*ret_fault = file_verdict_text(
		r->arena, w->source.language, ret_finding->verdict, u->file_name, f->most);
	if (ret_finding->verdict != FILE_GOOD)
		return NULL;
	TRY(file_keep(store, r->arena, u));
	ret->items[ret->n++] = (struct given_paper){
		.field = f->id, .replaces = replaces, .file = file_stored(u, ret_finding, r->now)
	};
	return NULL;
}

/* --- of a page --------------------------------------------------------------------- */
static str joined(struct arena *a, str said, str fault)
{
	if (!fault.n)
		return said;
	return arena_printf(
		a, STR_FMT "%s" STR_FMT, STR_ARG(said), said.n ? ". " : "", STR_ARG(fault));
}

/* What came in pieces before the page and could not be taken is said with it. */
static err tell_refused(struct taking *x, const struct form_field *f, str *said)
{
	struct arena *a = x->r->arena;
	const struct work *w = x->work;
	struct file_upload *refused;
	size_t n;

	TRY(file_upload_refused(w->source.conn, a, w->draft.owner_id, w->draft.code, &refused, &n));
	int64_t *told = arena_array(a, int64_t, x->papers->told.n + n);
	for (size_t i = 0; i < x->papers->told.n; i++)
		told[i] = x->papers->told.items[i];
	x->papers->told.items = told;
	for (size_t i = 0; i < n; i++) {
		const struct form_field *field;
		int64_t replaces;
		if (!paper_target(w, refused[i].field, &field, &replaces) || field != f)
			continue;
		*said = joined(a, *said,
			file_verdict_text(a, w->source.language,
				file_verdict_of(refused[i].verdict), refused[i].name, f->most));
		told[x->papers->told.n++] = refused[i].id;
	}
	return NULL;
}

/* One message a field, which names each file that was refused. */
static err take_field(struct taking *x, const struct form_field *f, field_errors *errors)
{
	struct arena *a = x->r->arena;
	str said = S(""), fault;
	bool refused = false;

	for (size_t i = 0; i < x->r->uploads.n; i++) {
		const struct upload *u = &x->r->uploads.items[i];
		const struct form_field *field;
		struct file_finding found;
		int64_t replaces;
		if (!paper_target(x->work, u->field, &field, &replaces) || field != f)
			continue;
		TRY(paper_take(x->r, x->work, u->field, u, x->papers, &found, &fault));
		said = joined(a, said, fault);
		refused |= fault.n && found.verdict != FILE_GIVEN;
	}
	size_t before = said.n;
	TRY(tell_refused(x, f, &said));
	/* Who sends a page again, after a bad line, is not stopped by what has arrived. */
	if (refused || said.n > before)
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
