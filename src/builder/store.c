/* SPDX-License-Identifier: Apache-2.0 */
/* store.c - rows of the builder, and the two acts that change what citizens see. */
#include "builder/builder.h"
#include "builder/builder.sql.h"
#include "builder/tree.h"
#include "forms/sample.h"

ROW_TYPE(copy_row, struct working_copy, COLUMN(struct working_copy, code),
	COLUMN(struct working_copy, name), COLUMN(struct working_copy, version),
	COLUMN(struct working_copy, base), COLUMN(struct working_copy, definition),
	COLUMN(struct working_copy, changed_by), COLUMN(struct working_copy, changed_at));
ROW_TYPE(publication_row, struct publication, COLUMN(struct publication, version_id),
	COLUMN(struct publication, published_by), COLUMN(struct publication, published_at),
	COLUMN(struct publication, legal_number), COLUMN(struct publication, legal_day),
	COLUMN(struct publication, legal_title));
ROW_TYPE(import_row, struct pending_import, COLUMN(struct pending_import, definition),
	COLUMN(struct pending_import, base), COLUMN(struct pending_import, sent_by),
	COLUMN(struct pending_import, sent_at));

struct one_text {
	str definition;
};
ROW_TYPE(text_row, struct one_text, COLUMN(struct one_text, definition));
struct one_trial {
	str answers;
};
ROW_TYPE(trial_row, struct one_trial, COLUMN(struct one_trial, answers));

err copy_find(struct conn *c, struct arena *a, str code, struct working_copy *ret, bool *ret_found)
{
	return db_find(c, a, BIND(copy_newest, .code = V(code)), &copy_row, ret, ret_found);
}

err copy_all(struct conn *c, struct arena *a, struct working_copy **ret, size_t *ret_n)
{
	return db_list(c, a, &copy_list, NULL, &copy_row, ret, ret_n);
}

err copy_text(struct conn *c, struct arena *a, str code, int64_t version, str *ret)
{
	struct one_text t;

	TRY(db_one(c, a, BIND(text_of, .code = V(code), .version = V(version)), &text_row, &t));
	*ret = t.definition;
	return NULL;
}

static err count_up(struct conn *c, struct arena *a, const struct keeping *k)
{
	int64_t changed = 0;
	bool refused = false;

	if (!k->seen)
		TRY(db_attempt(c, a,
			BIND(copy_insert, .code = V(k->code), .name = V(k->name),
				.base = V(k->base)),
			&refused));
	else
		TRY(db_count_changed(c, a,
			BIND(copy_update, .code = V(k->code), .name = V(k->name),
				.base = V(k->base), .version = V(k->seen)),
			&changed));
	if (refused || (k->seen && !changed))
		return FAIL(a, CONFLICT, "the working copy of " STR_FMT " was changed meanwhile",
			STR_ARG(k->code));
	return NULL;
}

err copy_keep(struct conn *c, struct arena *a, void *keeping)
{
	const struct keeping *k = keeping;
	int64_t version = k->seen + 1;

	TRY(count_up(c, a, k));
	TRY(db_do(c, a,
		BIND(text_insert, .code = V(k->code), .version = V(version),
			.definition = V(k->definition), .changed_by = V(k->by.identifier),
			.now = V(k->now))));
	TRY(db_do(c, a,
		BIND(text_forget, .code = V(k->code),
			.version = V((int64_t)(version - LIMIT_BUILDER_TEXTS)))));
	return k->act.n ? audit_put(c, a, k->now, k->by, k->act, k->code, S("")) : NULL;
}

/* --- publishing --------------------------------------------------------------------- */
/* As it will be: in force from the day. */
static err text_in_force(struct arena *a, const struct publishing *p, str *ret)
{
	struct tree *root;

	TRY(tree_parse(a, p->copy.definition, &root));
	tree_put_text(a, root, "effective_from", day_iso(a, p->from));
	return tree_text(a, root, ret);
}

static err note_publication(struct conn *c, struct arena *a, const struct publishing *p)
{
	TRY(db_do(c, a,
		BIND(publication_insert, .version_id = V(p->version_id), .code = V(p->copy.code),
			.published_by = V(p->by.identifier), .now = V(p->now),
			.legal_number = V(p->legal_number), .legal_day = V((int64_t)p->legal_day),
			.legal_title = V(p->legal_title))));
	return audit_put(c, a, p->now, p->by, S("form.publish"), p->copy.code, p->legal_number);
}

err builder_publish(struct conn *c, struct arena *a, void *publishing)
{
	struct publishing *p = publishing;
	struct keeping k = { .code = p->copy.code,
		.name = p->copy.name,
		.seen = p->copy.version,
		.by = p->by,
		.now = p->now };
	bool changed;

	TRY(text_in_force(a, p, &k.definition));
	TRY(form_publishable(c, a, k.definition));
	TRY(procedure_put(c, a, k.definition, p->now, &changed));
	if (!changed)
		return FAIL(a, CONFLICT, STR_FMT " is published with this text already",
			STR_ARG(k.code));
	TRY(procedure_newest_id(c, a, k.code, &p->version_id));
	k.base = p->version_id;
	TRY(copy_keep(c, a, &k));
	return note_publication(c, a, p);
}

/* A text of files knows nothing of what was changed here, unless it says that it began as that. */
static err replaces_ours(
	struct conn *c, struct arena *a, str definition, str code, int64_t based_on)
{
	struct publication *published;
	struct version_row *versions;
	size_t n;
	str newest;

	TRY(publication_all(c, a, code, &published, &n));
	if (!n)
		return NULL;
	TRY(procedure_versions(c, a, code, &versions, &n));
	if (!n || based_on == versions[0].version)
		return NULL;
	TRY(procedure_text(c, a, versions[0].id, &newest));
	if (str_eq(newest, definition))
		return NULL;
	return FAIL(a, CONFLICT,
		"the office has published this form itself, and the file is not based on version "
		"%lld: import it in the builder (/quan-tri/bieu-mau/" STR_FMT
		"/trao-doi), where both are merged",
		(long long)versions[0].version, STR_ARG(code));
}

err builder_importable(struct conn *c, struct arena *a, str definition)
{
	const struct json *j;

	TRY(json_parse(a, definition, &j));
	TRY(replaces_ours(
		c, a, definition, json_get_text(j, "code"), json_int(json_get(j, "based_on"), 0)));
	return form_publishable(c, a, definition);
}

err builder_retire(struct conn *c, struct arena *a, void *retiring)
{
	const struct retiring *r = retiring;

	TRY(procedure_retire(c, a, r->code, r->last));
	return audit_put(c, a, r->now, r->by, S("form.retire"), r->code, day_iso(a, r->last));
}

err publication_all(
	struct conn *c, struct arena *a, str code, struct publication **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(publication_list, .code = V(code)), &publication_row, ret, ret_n);
}

/* --- imports, trials ------------------------------------------------------------------ */
err import_find(
	struct conn *c, struct arena *a, str code, struct pending_import *ret, bool *ret_found)
{
	return db_find(c, a, BIND(import_of, .code = V(code)), &import_row, ret, ret_found);
}

err import_keep(struct conn *c, struct arena *a, str code, const struct pending_import *i)
{
	return db_do(c, a,
		BIND(import_put, .code = V(code), .definition = V(i->definition),
			.base = V(i->base), .sent_by = V(i->sent_by), .now = V(i->sent_at)));
}

err import_forget(struct conn *c, struct arena *a, str code)
{
	return db_do(c, a, BIND(import_delete, .code = V(code)));
}

err trial_find(struct conn *c, struct arena *a, str code, int64_t account, str *ret_answers)
{
	struct one_trial t = { S("{}") };
	bool found;

	TRY(db_find(c, a, BIND(trial_of, .code = V(code), .account = V(account)), &trial_row, &t,
		&found));
	*ret_answers = t.answers;
	return NULL;
}

err trial_keep(struct conn *c, struct arena *a, str code, int64_t account, str answers)
{
	return db_do(c, a,
		BIND(trial_put, .code = V(code), .account = V(account), .answers = V(answers)));
}
