/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_store.c - rows to structs. */
#include "dossier/records.h"
#include "dossier/dossier.sql.h"
#include "dossier/flow.h"
#include "dossier/store.h"

#define D(member) COLUMN(struct dossier, member)
ROW_TYPE(dossier_row, struct dossier, D(id), D(version), D(version_id), D(owner_id), D(channel),
	D(code), D(procedure), D(procedure_name), D(stage_code), D(agency), D(draft), D(applicant),
	D(person_id), D(phone), D(email), D(address), D(answers), D(result_channel),
	D(submitted_at), D(changed_at), D(received_at), D(clock_from), D(due_at), D(first_due_at),
	D(paused_at), D(finished_at), D(returned_at), D(assignee_id), D(asked_at), D(answered_at),
	D(assignee), D(limit_code), D(outcome), D(proposal));

static err finish(struct arena *a, struct dossier *d)
{
	if (!stage_of_code(d->stage_code, &d->stage))
		return FAIL(a, INTERNAL, "dossier %lld: unknown stage", (long long)d->id);
	return NULL;
}

err dossier_get(struct conn *c, struct arena *a, str code, struct dossier *ret)
{
	TRY(db_one(c, a, BIND(dossier_by_code, .code = V(code)), &dossier_row, ret));
	return finish(a, ret);
}

instant dossier_sort_at(const struct dossier *d)
{
	return d->due_at.set ? d->due_at.value : instant_at(DAY_MOST, 0);
}

err dossier_write(
	struct conn *c, struct arena *a, const struct dossier *d, instant now, bool *ret_stored)
{
	int64_t changed = 0;
	TRY(db_count_changed(c, a,
		BIND(dossier_store, .id = V(d->id), .version = V(d->version),
			.stage = V(stage_code(d->stage)), .outcome = V(d->outcome),
			.proposal = V(d->proposal), .assignee_id = V(d->assignee_id),
			.assignee = V(d->assignee), .now = V(now), .received_at = V(d->received_at),
			.clock_from = V(d->clock_from), .due_at = V(d->due_at),
			.first_due_at = V(d->first_due_at), .paused_at = V(d->paused_at),
			.asked_at = V(d->asked_at), .answered_at = V(d->answered_at),
			.finished_at = V(d->finished_at), .returned_at = V(d->returned_at),
			.open = V(stage_closed(d->stage) ? 0 : 1),
			.sort_at = V(dossier_sort_at(d))),
		&changed));
	*ret_stored = changed == 1;
	return NULL;
}

ROW_TYPE(event_row, struct dossier_event, COLUMN(struct dossier_event, number),
	COLUMN(struct dossier_event, at), COLUMN(struct dossier_event, act),
	COLUMN(struct dossier_event, from_stage), COLUMN(struct dossier_event, to_stage),
	COLUMN(struct dossier_event, actor), COLUMN(struct dossier_event, actor_role),
	COLUMN(struct dossier_event, note));

err dossier_events(
	struct conn *c, struct arena *a, int64_t id, struct dossier_event **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(dossier_event_list, .dossier = V(id)), &event_row, ret, ret_n);
}

ROW_TYPE(file_row, struct dossier_file, COLUMN(struct dossier_file, id),
	COLUMN(struct dossier_file, file_id), COLUMN(struct dossier_file, size),
	COLUMN(struct dossier_file, added_at), COLUMN(struct dossier_file, kind),
	COLUMN(struct dossier_file, field), COLUMN(struct dossier_file, name),
	COLUMN(struct dossier_file, mime), COLUMN(struct dossier_file, sha256),
	COLUMN(struct dossier_file, scan));

err dossier_files(
	struct conn *c, struct arena *a, int64_t id, struct dossier_file **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(dossier_file_list, .dossier = V(id)), &file_row, ret, ret_n);
}

ROW_TYPE(message_row, struct dossier_message, COLUMN(struct dossier_message, id),
	COLUMN(struct dossier_message, at), COLUMN(struct dossier_message, from_office),
	COLUMN(struct dossier_message, author), COLUMN(struct dossier_message, text));

err dossier_messages(struct conn *c, struct arena *a, int64_t id, int64_t offset,
	struct dossier_message **ret, size_t *ret_n)
{
	return db_list(c, a,
		BIND(dossier_message_page, .dossier = V(id), .limit = V(LIMIT_MESSAGE_ROWS),
			.offset = V(offset)),
		&message_row, ret, ret_n);
}

err dossier_message_total(struct conn *c, struct arena *a, int64_t id, int64_t *ret)
{
	return db_number(c, a, BIND(dossier_message_count, .dossier = V(id)), ret);
}

ROW_TYPE(item_row_type, struct dossier_item, COLUMN(struct dossier_item, number),
	COLUMN(struct dossier_item, text));

err dossier_items(
	struct conn *c, struct arena *a, int64_t id, struct dossier_item **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(dossier_item_list, .dossier = V(id)), &item_row_type, ret, ret_n);
}
