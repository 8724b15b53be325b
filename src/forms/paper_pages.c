/* SPDX-License-Identifier: Apache-2.0 */
/* Papers of a draft: kept with a page, shown again. */
#include <sys/stat.h>

#include "file/upload.h"
#include "forms/draft_pages.h"
#include "forms/review_parts.h"

/* --- keeping ----------------------------------------------------------------------- */
err papers_record(struct conn *c, struct arena *a, const struct draft *d,
	const given_papers *papers, instant now)
{
	for (size_t i = 0; i < papers->n; i++) {
		int64_t id = 0;
		if (papers->items[i].file.sha256.n) {
			TRY(file_record(c, a, &papers->items[i].file, &id));
			TRY(draft_file_add(c, a, d, papers->items[i].field, id));
		}
		if (papers->items[i].replaces)
			TRY(draft_file_remove(c, a, d, papers->items[i].replaces));
	}
	for (size_t i = 0; i < papers->told.n; i++)
		TRY(file_upload_told(c, a, papers->told.items[i]));
	return NULL;
}

str paper_answer(struct arena *a, const struct draft_file *files, size_t n, str field)
{
	str ids = S("");

	for (size_t i = 0; i < n; i++)
		if (str_eq(files[i].field, field) && !str_eq(files[i].scan, S("refused")))
			ids = arena_printf(a, STR_FMT "%s%lld", STR_ARG(ids), ids.n ? "," : "",
				(long long)files[i].file_id);
	return ids;
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
			if (field->kind == FIELD_PAPER)
				answer_set(s, field->id, paper_answer(a, files, n, field->id));
		}
	return NULL;
}

/* --- showing ----------------------------------------------------------------------- */
/* The first that has the same content and was given for another paper; NULL when there is none. */
static const struct draft_file *NULLABLE given_before(const struct work *w, size_t at)
{
	const struct draft_file *f = &w->files[at];

	for (size_t i = 0; i < at; i++)
		if (str_eq(w->files[i].sha256, f->sha256) && !str_eq(w->files[i].field, f->field))
			return &w->files[i];
	return NULL;
}

static str same_text(struct req *r, const struct work *w, size_t at)
{
	enum language l = w->source.language;
	const struct draft_file *first = given_before(w, at);
	const struct form_field *f = first ? work_paper(w, first->field) : NULL;

	if (!f)
		return S("");
	return FILL(r->arena, l, TR("Tệp này giống tệp “{tep}” ở mục “{muc}”"), S("tep"),
		first->name, S("muc"), form_label(l, f));
}

void papers_describe(struct req *r, struct work *w)
{
	struct out o = page_out(r);

	for (size_t i = 0; i < w->n_files; i++) {
		struct draft_file *f = &w->files[i];
		str id = arena_printf(r->arena, "%lld", (long long)f->id);
		f->open = URL(&o, "/nop/{}/tep/{}", w->draft.code, id);
		if (f->facts.thumbnail.n)
			f->thumbnail = URL(&o, "/nop/{}/tep/{}/anh-nho", w->draft.code, id);
		f->same = same_text(r, w, i);
	}
}

static str advice_of(struct out *o, const struct draft_file *f)
{
	str advice[] = { file_facts_advice(o->language, &f->facts),
		file_scan_advice(o->language, f->scan) };

	if (advice[0].n && advice[1].n)
		return str_join(o->a, advice, COUNT(advice), S(". "));
	return advice[0].n ? advice[0] : advice[1];
}

struct file_row paper_row(struct out *o, const struct draft_file *f)
{
	const url no_address = { .safe = S("") };
	enum tone tone = TONE_PLAIN;
	str state = file_scan_text(o->language, f->scan, &tone);

	return (struct file_row){
		.name = f->name,
		.size = f->size,
		.open = str_eq(f->scan, S("refused")) ? (url)no_address : f->open,
		.remove_value = arena_printf(o->a, "%lld", (long long)f->id),
		.thumbnail = f->thumbnail,
		.facts = file_facts_text(o->a, o->language, &f->facts),
		.state = state,
		.tone = tone,
		.note = f->same,
		.advice = advice_of(o, f),
	};
}

size_t work_sent_files(const struct work *w, struct filled_file *ret)
{
	size_t n = 0;

	for (size_t i = 0; i < w->n_files; i++)
		if (!str_eq(w->files[i].scan, S("refused")))
			ret[n++] = (struct filled_file){ w->files[i].field, w->files[i].name };
	return n;
}

void papers_review(struct out *o, const struct work *w, str field, struct review_row *row)
{
	row->notes.items = arena_array(o->a, struct review_note, w->n_files);
	for (size_t i = 0; i < w->n_files; i++) {
		const struct draft_file *f = &w->files[i];
		struct file_row shown = paper_row(o, f);
		bool clean = shown.tone == TONE_OK;
		if (!str_eq(f->field, field))
			continue;
		if ((shown.state.n && !clean) || shown.advice.n)
			row->notes.items[row->notes.n++] = (struct review_note){ f->name,
				clean ? S("") : shown.state, shown.advice, shown.tone };
	}
}

/* The file of the address; NOT_FOUND when it is none of this draft. */
static err find_file(struct req *r, const struct work *w, const struct draft_file **ret)
{
	int64_t id = 0;

	(void)str_to_int(req_param(r, S("id")), 1, INT64_MAX, &id);
	for (size_t i = 0; i < w->n_files; i++)
		if (w->files[i].id == id) {
			*ret = &w->files[i];
			return NULL;
		}
	return FAIL(r->arena, NOT_FOUND, "no such paper in the draft");
}

err show_paper(struct req *r)
{
	struct work w;
	const struct draft_file *f;
	bool sent;
	int fd;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	TRY(find_file(r, &w, &f));
	if (str_eq(f->scan, S("refused")))
		return FAIL(r->arena, FORBIDDEN, "a virus was found in it");
	TRY(file_open(services_of(r)->files, r->arena, f->sha256, &fd));
	return reply_file(r, fd, f->size, f->mime, f->name, file_mime_shown(f->mime));
}

err show_thumbnail(struct req *r)
{
	struct work w;
	const struct draft_file *f;
	struct stat info;
	bool sent;
	int fd;

	TRY(work_open(r, &w, &sent));
	if (sent)
		return NULL;
	TRY(find_file(r, &w, &f));
	if (!f->facts.thumbnail.n)
		return FAIL(r->arena, NOT_FOUND, "a paper without a thumbnail");
	TRY(file_open(services_of(r)->files, r->arena, f->facts.thumbnail, &fd));
	if (fstat(fd, &info) != 0)
		return FAIL(r->arena, UNAVAILABLE, "a thumbnail of no size");
	return reply_file(r, fd, info.st_size, S("image/jpeg"), S("anh-nho.jpg"), true);
}
