/* SPDX-License-Identifier: Apache-2.0 */
/* dossier_view.h - the parts of a dossier's page that the applicant and the officer share: clock,
 * timeline, files, conversation. Each is filled here and drawn by a template of pages/. */
#pragma once
#include "dossier/desk.h"
#include "dossier/records.h"

struct clock_view {
	str stage, light; /* words of the two tags */
	const char *stage_icon, *light_icon;
	enum tone stage_tone, light_tone;
	bool has_due, running;
	bool intake; /* due is the moment by which the office says whether it takes it in */
	bool paused; /* the clock stands still while the applicant is asked for something */
	str left, due_iso, due, label;
	int64_t used, total; /* working days */
	bool has_bar, draft_holiday;
	LIST(str) steps; /* the explanation, a sentence each */
};
MUST_USE err clock_view_of(struct conn *c, struct arena *a, enum language l,
	const struct dossier *d, instant now, struct clock_view *ret);

struct timeline_item {
	str title, iso, when, who, note;
	const char *icon;
	bool done, current;
};
/* "Đã tiếp nhận" */
str event_title(enum language l, const struct dossier_event *e);
struct timeline_view {
	LIST(struct timeline_item) items;
};
/* office: with what passes within the office, which is not the applicant's. Only the newest
 * LIMIT_EVENT_NOTES have their notes. */
MUST_USE err timeline_view_of(struct conn *c, struct arena *a, enum language l,
	const struct dossier *d, bool office, struct timeline_view *ret);

struct file_item {
	str name, size, kind, field;
	str state; /* with the virus scanner; "" where there is none */
	enum tone tone;
	url open; /* empty when a virus was found in it */
};
struct files_view {
	LIST(struct file_item) items;
};
/* base: "/ca-nhan/ho-so/{}/tep/{}" or the officer's; kinds: only these ("" = all). */
MUST_USE err files_view_of(struct out *o, struct conn *c, const struct dossier *d, const char *base,
	str kind, struct files_view *ret);

struct message_item {
	str author, iso, when, text;
	bool mine;
};
struct messages_view {
	LIST(struct message_item) items;
	struct paging paging; /* the first page is the newest */
};
/* path: of the dossier's page, where the links to older ones lead. */
MUST_USE err messages_view_of(struct req *r, struct conn *c, const struct dossier *d, bool office,
	str path, struct messages_view *ret);

/* Everything answered, as the applicant checked it [forms/form.h]. */
struct answers_view {
	form_summary_pages pages;
};
/* The papers that came with the application, not what was sent later. */
struct filled_file;
MUST_USE err dossier_papers(struct conn *c, struct arena *a, const struct dossier *d,
	struct filled_file **ret, size_t *ret_n);
MUST_USE err answers_view_of(struct conn *c, struct arena *a, enum language l,
	const struct dossier *d, struct answers_view *ret);
