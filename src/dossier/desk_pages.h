/* SPDX-License-Identifier: Apache-2.0 */
/* desk_pages.h - what the officer's pages draw: the inbox, the dossier at work, one decision. */
#pragma once
#include "dossier/filled.h"
#include "dossier/parts.h"

/* --- the menu beside every page --------------------------------------------- */
struct menu_item {
	str title;
	url to;
	int64_t count;
	bool here, bad;
	const char *key; /* letters that open it, "" for none */
};
struct desk_menu {
	LIST(struct menu_item) mine, unit;
};
/* What every officer's page needs first: connection, calendar, counts, menu. */
struct desk {
	struct conn *conn;
	const struct calendar *calendar;
	struct desk_counts counts;
	const struct caller *who;
	html menu;
};
/* q: the queue shown as the current one; DESK_QUEUE_COUNT for none. */
MUST_USE err desk_enter(struct req *r, enum desk_queue q, struct desk *ret);
/* Frames an officer's page: title, content, menu. */
err desk_reply(struct req *r, int status, const struct desk *d, str title, html main, bool error);

/* --- inbox -------------------------------------------------------------------- */
struct inbox_light {
	url to;
	int64_t count;
	str word;
	const char *icon, *look;
	bool here;
};
struct inbox_row {
	str code, procedure, applicant, stage, light, due_iso, due, assignee;
	url open;
	const char *stage_icon, *light_icon;
	enum tone stage_tone, light_tone;
	bool has_due;
};
struct inbox_page {
	str title, empty, search;
	bool is_search, more; /* a search that may not have found all */
	LIST(struct inbox_light) lights;
	struct choice_input procedures;
	LIST(struct inbox_row) rows;
	struct paging paging;
};

struct shortcuts_page {
	int none; /* the page says the same to everyone */
};
err show_inbox(struct req *r);
err show_named_queue(struct req *r);
err show_found(struct req *r);
err take_search(struct req *r);
err show_shortcuts(struct req *r);
/* Keeps that personal data was seen; the answer waits for it. The same seen again within a minute
 * is no entry of its own (identity/reads.h). detail: without personal data. */
MUST_USE err note_read(struct req *r, str act, str subject, str detail);

/* --- one dossier ---------------------------------------------------------------- */
struct act_button {
	str label;
	url to;
	const char *icon, *look, *key;
};
struct work_page {
	str code, procedure, applicant, agency, person_id, id_label, phone, email, address,
		result_channel;
	str assignee, limit;
	struct dossier_parts parts;
	bool has_slip, may_write;
	LIST(struct act_button) acts;
	struct findings_view findings;
	url slip, form, send;
	struct input message;
	field_errors errors;
};

/* --- one decision ----------------------------------------------------------------- */
struct act_page {
	str code, question, button, procedure, applicant, intro;
	url back, post;
	int64_t version;
	field_errors errors;
	bool wants_reason, wants_items, wants_officer, wants_result, wants_amount, danger;
	struct input reason, items, amount;
	struct choice_input officers, outcomes;
	struct file_input result;
};
struct change_row {
	str what, before, now;
};
struct overtaken_page {
	str code, act, who, when;
	url back;
	LIST(struct change_row) changes;
	bool again; /* the act is open all the same: its form, as it was typed */
	struct act_page form;
};
