/* SPDX-License-Identifier: Apache-2.0 */
/* A draft saved to a file or printed before it is sent [C32-8.4]: what counts now, marked as a
 * draft. */
#include "forms/draft_pages.h"
#include "forms/filled.h"

static err filled_of(struct req *r, const struct work *w, struct filled_form *ret)
{
	struct arena *a = r->arena;
	struct filled_file *files = arena_array(a, struct filled_file, w->n_files);
	struct agency agency;
	bool found;

	TRY(agency_find(w->source.conn, a, w->draft.agency, &agency, &found));
	*ret = (struct filled_form){
		.form = w->form,
		.answers = w->given,
		.files = files,
		.n_files = work_sent_files(w, files),
		.agency = found ? form_text(w->source.language, agency.name, agency.name_en)
				: w->draft.agency,
		.code = w->draft.code,
	};
	return NULL;
}

static err open_filled(struct req *r, struct work *w, struct filled_form *ret, bool *ret_sent)
{
	TRY(work_open(r, w, ret_sent));
	return *ret_sent ? NULL : filled_of(r, w, ret);
}

err show_draft_pdf(struct req *r)
{
	struct work w;
	struct filled_form f;
	bool sent;

	TRY(open_filled(r, &w, &f, &sent));
	return sent ? NULL : filled_pdf(r, &w.source, &f);
}

err show_draft_file(struct req *r)
{
	struct work w;
	struct filled_form f;
	bool sent;

	TRY(open_filled(r, &w, &f, &sent));
	return sent ? NULL : filled_data(r, &w.source, &f);
}

err show_draft_print(struct req *r)
{
	struct work w;
	struct filled_form f;
	struct out o = page_out(r);
	bool sent;

	TRY(open_filled(r, &w, &f, &sent));
	return sent ? NULL
		    : filled_print(r, &w.source, &f, URL(&o, "/nop/{}/xem-lai", w.draft.code));
}
