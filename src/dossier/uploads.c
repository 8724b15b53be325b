/* SPDX-License-Identifier: Apache-2.0 */
/* uploads.c - the files that come with an act. */
#include "dossier/officer.h"

/* The browser does not send them again by itself: nothing is stored for a form that comes back. */
static err look(struct req *r, const struct upload *u, enum file_kind *ret_kind, str *ret_fault)
{
	enum file_verdict verdict;
	TRY(file_inspect(services_of(r)->files, r->arena, u, &verdict, ret_kind));
	if (verdict != FILE_GOOD)
		*ret_fault = arena_printf(r->arena, STR_FMT ": " STR_FMT, STR_ARG(u->file_name),
			STR_ARG(tr(req_language(r), file_verdict_text(verdict))));
	return NULL;
}

err take_uploads(struct req *r, str chooser, bool keep, struct act_input *in, str *ret_fault)
{
	const struct upload *u;
	enum file_kind kinds[LIMIT_HTTP_UPLOADS];
	size_t n = 0;
	for (; (u = req_upload(r, chooser, n)) != NULL; n++) {
		kinds[n] = FILE_PDF;
		TRY(look(r, u, &kinds[n], ret_fault));
		if (ret_fault->n)
			return NULL;
	}
	if (!keep)
		return NULL;
	in->files.items = arena_array(r->arena, struct stored_file, n);
	in->file_fields.items = arena_array(r->arena, str, n);
	for (size_t i = 0; i < n; i++) {
		u = req_upload(r, chooser, i);
		TRY(file_keep(services_of(r)->files, r->arena, u));
		in->files.items[i] = (struct stored_file){ .size = u->size,
			.created_at = r->now,
			.sha256 = u->sha256,
			.mime = file_kind_mime(kinds[i]),
			.name = u->file_name };
	}
	in->files.n = in->file_fields.n = n;
	return NULL;
}
