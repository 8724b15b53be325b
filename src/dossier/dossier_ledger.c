/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_ledger.c - what is written beside the dossier itself by every act: the event, the desk's
 * tally, the figures of the month, the words it is found by, the slips. */
#include "core/fold.h"
#include "dossier/dossier.sql.h"
#include "dossier/figures.h"
#include "dossier/flow.h"
#include "dossier/store.h"

err dossier_record(struct conn *c, struct arena *a, const struct dossier *before,
	const struct dossier *after, str act, const struct act_actor *by, str note, instant now)
{
	return db_do(c, a,
		BIND(dossier_event_insert, .dossier = V(after->id), .number = V(after->version),
			.at = V(now), .act = V(act), .from_stage = V(stage_code(before->stage)),
			.to_stage = V(stage_code(after->stage)), .actor_id = V(by->who.id),
			.actor = V(by->name), .role = V(role_code(by->who.role)), .note = V(note)));
}

err dossier_add_file(struct conn *c, struct arena *a, int64_t dossier, int64_t file, str kind,
	str field, instant now)
{
	return db_do(c, a,
		BIND(dossier_file_insert, .dossier = V(dossier), .file = V(file), .kind = V(kind),
			.field = V(field), .now = V(now)));
}

err dossier_send_results_back(struct conn *c, struct arena *a, int64_t dossier)
{
	return db_do(c, a, BIND(dossier_file_send_back, .dossier = V(dossier)));
}

err dossier_add_item(struct conn *c, struct arena *a, int64_t dossier, int64_t number, str text)
{
	return db_do(c, a,
		BIND(dossier_item_insert, .dossier = V(dossier), .number = V(number),
			.text = V(text)));
}

static int64_t due_day(const struct dossier *d)
{
	return d->due_at.set && !d->paused_at.set ? day_of(d->due_at.value) : 0;
}

static err tally_add(struct conn *c, struct arena *a, const struct dossier *d, int64_t delta)
{
	return db_do(c, a,
		BIND(dossier_tally_add, .agency = V(d->agency), .stage = V(stage_code(d->stage)),
			.due_day = V(due_day(d)),
			.assignee_id = V(d->assignee_id.set ? d->assignee_id.value : 0),
			.delta = V(delta)));
}

err dossier_tally(struct conn *c, struct arena *a, const struct dossier *NULLABLE before,
	const struct dossier *after)
{
	if (before)
		TRY(tally_add(c, a, before, -1));
	return tally_add(c, a, after, 1);
}

err dossier_count_received(struct conn *c, struct arena *a, const struct dossier *d)
{
	return db_do(c, a,
		BIND(dossier_month_received, .agency = V(d->agency), .procedure = V(d->procedure),
			.month = V(month_of(d->submitted_at)),
			.online = V(d->channel == CHANNEL_ONLINE ? 1 : 0)));
}

err dossier_count_finished(
	struct conn *c, struct arena *a, const struct dossier *d, int64_t working_minutes)
{
	/* On time is judged by the first due moment, whatever was promised later [DL-8]. */
	bool late = d->first_due_at.set && d->finished_at.value > d->first_due_at.value;
	return db_do(c, a,
		BIND(dossier_month_finished, .agency = V(d->agency), .procedure = V(d->procedure),
			.month = V(month_of(d->finished_at.value)), .on_time = V(late ? 0 : 1),
			.late = V(late ? 1 : 0), .minutes = V(working_minutes)));
}

size_t dossier_words(struct arena *a, str agency, str text, str *words, size_t most)
{
	str own[8], all[32];
	size_t n_own = text_words(text_fold(a, agency), own, COUNT(own)), kept = 0;
	size_t n = text_words(text_fold(a, text), all, COUNT(all));
	for (size_t i = 0; i < n && kept < most; i++) {
		bool is_own = false;
		for (size_t k = 0; k < n_own; k++)
			is_own |= str_eq(all[i], own[k]);
		if (!is_own)
			words[kept++] = all[i];
	}
	return kept;
}

err dossier_index(struct conn *c, struct arena *a, const struct dossier *d)
{
	str text = arena_printf(a, STR_FMT " " STR_FMT " " STR_FMT " " STR_FMT,
		STR_ARG(d->applicant), STR_ARG(d->code), STR_ARG(d->person_id), STR_ARG(d->phone));
	str words[24];
	size_t n = dossier_words(a, d->agency, text, words, COUNT(words));
	for (size_t i = 0; i < n; i++)
		TRY(db_do(c, a,
			BIND(dossier_word_insert, .agency = V(d->agency), .word = V(words[i]),
				.dossier = V(d->id))));
	return NULL;
}

err slip_insert(struct conn *c, struct arena *a, int64_t dossier, str kind, const struct slip *s)
{
	return db_do(c, a,
		BIND(dossier_slip_insert, .dossier = V(dossier), .kind = V(kind),
			.number = V(s->number), .data = V(s->data), .sha256 = V(s->sha256),
			.token = V(s->token), .now = V(s->issued_at)));
}

ROW_TYPE(slip_row, struct slip, COLUMN(struct slip, number), COLUMN(struct slip, data),
	COLUMN(struct slip, sha256), COLUMN(struct slip, token), COLUMN(struct slip, issued_at));

err slip_find(struct conn *c, struct arena *a, int64_t dossier, str kind, struct slip *ret,
	bool *ret_found)
{
	return db_find(c, a, BIND(dossier_slip_of, .dossier = V(dossier), .kind = V(kind)),
		&slip_row, ret, ret_found);
}
