/* SPDX-License-Identifier: Apache-2.0 */
/* schema.c - what the text of a procedure may say, for editors that know JSON Schema: the very file
 * of data/. */
#include "core/embedded.h"
#include "http/reply.h"
#include "portal/pages.h"

err show_schema(struct req *r)
{
	const struct embedded *f = starter_files;

	while (f->name && strcmp(f->name, "procedure.schema.json") != 0)
		f++;
	if (!f->name)
		return FAIL(r->arena, INTERNAL, "the schema is not embedded");
	return reply_text(
		r, 200, S("application/schema+json; charset=utf-8"), (str){ f->bytes, f->n });
}
