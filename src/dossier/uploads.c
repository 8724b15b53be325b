/* SPDX-License-Identifier: Apache-2.0 */
/* uploads.c - the files that come with an act. */
#include "dossier/officer.h"

/* The browser does not send them again by itself: nothing is stored for a form that comes back. */
static err look(struct req *r, const struct upload *u, struct file_finding *ret, str *ret_fault)
{
	TRY(file_inspect(services_of(r)->files, r->arena, u, LIMIT_FILE_USUAL, ret));
	if (ret->verdict != FILE_GOOD)
		*ret_fault = file_verdict_text(
			r->arena, req_language(r), ret->verdict, u->file_name, LIMIT_FILE_USUAL);
	return NULL;
}

err take_uploads(struct req *r, str chooser, bool keep, struct act_input *in, str *ret_fault)
{
	const struct upload *u;
	struct file_finding found[LIMIT_HTTP_UPLOADS];
	size_t n = 0;
	for (; (u = req_upload(r, chooser, n)) != NULL; n++) {
		TRY(look(r, u, &found[n], ret_fault));
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
		in->files.items[i] = file_stored(u, &found[i], r->now);
	}
	in->files.n = in->file_fields.n = n;
	return NULL;
}
