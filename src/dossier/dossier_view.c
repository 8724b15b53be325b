/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/clock.h"
#include "dossier/dossier_view.h"

/* --- clock ------------------------------------------------------------------ */

static void fill_bar(struct clock_view *v, struct arena *a, enum language l,
	const struct calendar *k, const struct dossier *d, instant now)
{
	if (!d->clock_from.set || !d->due_at.set || stage_closed(d->stage))
		return;
	day from = day_of(d->clock_from.value), due = day_of(d->due_at.value);
	v->total = calendar_count(k, from, due);
	v->used = calendar_count(k, from, day_of(now));
	v->has_bar = v->total > 0;
	if (v->used > v->total)
		v->used = v->total;
	v->label = FILL(a, l, TR("Đã qua {qua} trong {tong} ngày làm việc"), S("qua"),
		number_text(a, l, v->used), S("tong"), number_text(a, l, v->total));
}

static str left_text(struct arena *a, enum language l, enum light light, int days)
{
	if (light == LIGHT_SOON || light == LIGHT_GOOD)
		return days > 0 ? tr_n(a, l, TRN("Còn {n} ngày làm việc"), days)
				: tr(l, TR("Trong hạn"));
	return light_text(a, l, light, days);
}

static err fill_steps(struct clock_view *v, struct conn *c, struct arena *a, enum language l,
	const struct dossier *d)
{
	struct deadline due;
	TRY(dossier_clock(c, a, d, &due));
	v->steps.items = arena_array(a, str, due.steps.n);
	for (size_t i = 0; i < due.steps.n; i++)
		v->steps.items[v->steps.n++] = deadline_step_text(a, l, &due.steps.items[i]);
	v->draft_holiday = due.uses_draft;
	return NULL;
}

err clock_view_of(struct conn *c, struct arena *a, enum language l, const struct dossier *d,
	instant now, struct clock_view *ret)
{
	struct calendar *k;
	TRY(calendar_load(c, a, d->agency, day_of(now), &k));
	struct desk_row row = { .stage = d->stage_code, .due_at = d->due_at };
	int days = 0;
	enum light light = desk_light(&row, k, now, &days);
	*ret = (struct clock_view){
		.stage = tr(l, stage_word(d->stage)),
		.stage_icon = stage_icon(d->stage),
		.stage_tone = stage_tone(d->stage),
		.light = light_text(a, l, light, days),
		.light_icon = light_icon(light),
		.light_tone = light_tone(light),
		.left = left_text(a, l, light, days),
		.has_due = d->due_at.set && d->received_at.set && light != LIGHT_PAUSED,
		.intake = d->stage == DOSSIER_SUBMITTED && d->due_at.set,
		.paused = light == LIGHT_PAUSED,
		.running = light != LIGHT_CLOSED,
	};
	if (ret->has_due || ret->intake) {
		ret->due = moment_long_text(a, l, d->due_at.value);
		ret->due_iso = instant_iso(a, d->due_at.value);
	}
	fill_bar(ret, a, l, k, d, now);
	return fill_steps(ret, c, a, l, d);
}

/* --- timeline ---------------------------------------------------------------- */

str event_title(enum language l, const struct dossier_event *e)
{
	enum dossier_act act;
	if (str_eq(e->act, S("nop")))
		return tr(l, TR("Đã nộp"));
	if (!act_of_code(e->act, &act))
		return e->act;
	return tr(l, act_done(act));
}

static const char *event_icon(const struct dossier_event *e)
{
	enum dossier_stage to;
	return stage_of_code(e->to_stage, &to) ? stage_icon(to) : "check";
}

static bool is_act(const struct dossier_event *e, enum dossier_act act)
{
	return str_eq(e->act, act_code(act));
}

/* What leaders and officers say to each other is not for the applicant; nor is a proposal that was
 * sent back. */
static size_t drop_internal(struct dossier_event *events, size_t n)
{
	size_t kept = 0, sent_back = 0;
	for (size_t i = 0; i < n; i++)
		if (is_act(&events[i], ACT_SEND_BACK))
			sent_back = i;
	for (size_t i = 0; i < n; i++) {
		enum dossier_act act = ACT_COUNT;
		bool known = act_of_code(events[i].act, &act);
		if (!known || (!act_internal(act) && (act != ACT_PROPOSE || i > sent_back)))
			events[kept++] = events[i];
	}
	return kept;
}

err timeline_view_of(struct conn *c, struct arena *a, enum language l, const struct dossier *d,
	bool office, struct timeline_view *ret)
{
	struct dossier_event *events;
	size_t n;
	TRY(dossier_events(c, a, d->id, &events, &n));
	if (!office)
		n = drop_internal(events, n);
	ret->items.items = arena_array(a, struct timeline_item, n);
	ret->items.n = n;
	for (size_t i = 0; i < n; i++) {
		const struct dossier_event *e = &events[i];
		bool last = i + 1 == n;
		ret->items.items[i] = (struct timeline_item){
			.title = event_title(l, e),
			.iso = instant_iso(a, e->at),
			.when = moment_text(a, l, e->at),
			.who = e->actor,
			.note = i + LIMIT_EVENT_NOTES >= n ? e->note : S(""),
			.icon = last ? event_icon(e) : "check",
			.done = !last || stage_closed(d->stage),
			.current = last && !stage_closed(d->stage),
		};
	}
	return NULL;
}

/* --- files, conversation, answers ---------------------------------------------- */

err files_view_of(struct out *o, struct conn *c, const struct dossier *d, const char *base,
	str kind, struct files_view *ret)
{
	struct dossier_file *files;
	size_t n;
	TRY(dossier_files(c, o->a, d->id, &files, &n));
	*ret = (struct files_view){ 0 };
	ret->items.items = arena_array(o->a, struct file_item, n);
	for (size_t i = 0; i < n; i++) {
		if (kind.n && !str_eq(kind, files[i].kind))
			continue;
		str id = arena_printf(o->a, "%lld", (long long)files[i].id);
		struct file_item *item = &ret->items.items[ret->items.n++];
		*item = (struct file_item){
			.name = files[i].name,
			.size = size_text(o->a, o->language, files[i].size),
			.kind = files[i].kind,
			.field = files[i].field,
		};
		item->state = file_scan_text(o->language, files[i].scan, &item->tone);
		if (!str_eq(files[i].scan, S("refused")))
			item->open = URL(o, base, d->code, id);
	}
	return NULL;
}

err messages_view_of(struct req *r, struct conn *c, const struct dossier *d, bool office, str path,
	struct messages_view *ret)
{
	struct arena *a = r->arena;
	enum language l = req_language(r);
	struct dossier_message *messages;
	size_t n;
	int64_t total;
	TRY(dossier_message_total(c, a, d->id, &total));
	ret->paging =
		paging_of(r, total, LIMIT_MESSAGE_ROWS, tr(l, TR("tin nhắn, mới nhất trước")));
	ret->paging.path = path;
	int64_t offset = (ret->paging.page - 1) * LIMIT_MESSAGE_ROWS;
	TRY(dossier_messages(c, a, d->id, offset, &messages, &n));
	ret->items.items = arena_array(a, struct message_item, n);
	ret->items.n = n;
	for (size_t i = 0; i < n; i++)
		ret->items.items[i] = (struct message_item){
			.author = messages[i].author,
			.iso = instant_iso(a, messages[i].at),
			.when = moment_text(a, l, messages[i].at),
			.text = messages[i].text,
			.mine = (messages[i].from_office != 0) == office,
		};
	return NULL;
}

err dossier_papers(struct conn *c, struct arena *a, const struct dossier *d,
	struct filled_file **ret, size_t *ret_n)
{
	struct dossier_file *files;
	size_t n;
	TRY(dossier_files(c, a, d->id, &files, &n));
	*ret = arena_array(a, struct filled_file, n);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (str_eq(files[i].kind, S("paper")))
			(*ret)[(*ret_n)++] = (struct filled_file){ files[i].field, files[i].name };
	return NULL;
}

/* Questions left open, and pages without any answer, say nothing to a reader. */
static void keep_answered(form_summary_pages *pages)
{
	size_t kept_pages = 0;
	for (size_t i = 0; i < pages->n; i++) {
		struct summary_page *page = &pages->items[i];
		size_t kept = 0;
		for (size_t k = 0; k < page->rows.n; k++)
			if (page->rows.items[k].value.n)
				page->rows.items[kept++] = page->rows.items[k];
		page->rows.n = kept;
		if (kept)
			pages->items[kept_pages++] = *page;
	}
	pages->n = kept_pages;
}

err answers_view_of(struct conn *c, struct arena *a, enum language l, const struct dossier *d,
	struct answers_view *ret)
{
	struct procedure p;
	const struct form *f;
	struct answers *s;
	struct filled_file *files;
	size_t n;
	TRY(procedure_version(c, a, d->version_id, &p));
	*ret = (struct answers_view){ 0 };
	if (!p.form)
		return NULL;
	TRY(form_of(a, &p, &f));
	TRY(answers_parse(a, d->answers, &s));
	struct form_source source = { .conn = c, .language = l, .today = day_of(d->submitted_at) };
	TRY(form_summary(a, &source, f, s, &ret->pages));
	TRY(dossier_papers(c, a, d, &files, &n));
	form_summary_name(a, &ret->pages, files, n);
	keep_answered(&ret->pages);
	return NULL;
}
