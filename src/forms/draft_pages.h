/* SPDX-License-Identifier: Apache-2.0 */
/* draft_pages.h - what the pages of a draft share. */
#pragma once
#include "forms/draft.h"
#include "forms/memory.h"
#include "forms/page_parts.h"
#include "forms/papers.h"
#include "forms/parts.h"
#include "http/reply.h"

/* --- a draft with all it takes to show it ------------------------------------ */
struct work {
	struct draft draft;
	struct procedure procedure;
	const struct form *form;
	struct form_source source;
	struct answers *given;    /* as kept, what is hidden too */
	struct answers *applying; /* what counts */
	struct draft_file *files;
	size_t n_files;
	struct memory *memory; /* of its owner; read when a page offers it (work_offers) */
	size_t n_memory;
};
/* The draft of the address, if it is the caller's. *ret_sent: it was submitted, and the way to its
 * receipt is answered already. */
MUST_USE err work_open(struct req *r, struct work *ret, bool *ret_sent);
/* The same with the version that the draft began with, though a newer one is in force; work_open
 * moves it on the way, or leads to the page that tells what changed. */
MUST_USE err work_open_pinned(struct req *r, struct work *ret, bool *ret_sent);
MUST_USE err work_move(struct req *r, struct work *w, const struct move *m);
/* What was answered before, to be offered on a page. */
MUST_USE err work_offers(struct req *r, struct work *w, struct form_showing *ret);
/* After a save: takes the answers kept and looks at the papers again. */
MUST_USE err work_renew(
	struct req *r, struct work *w, const struct draft *d, struct answers *given);
/* NULL when there is none of that id. */
const struct form_page *NULLABLE work_page(const struct work *w, str id);
/* The next page that applies; NULL: the answers are to be checked. */
const struct form_page *NULLABLE work_next(const struct work *w, const struct form_page *p);
/* The page of the address, of one item when it says so. NOT_FOUND when there is none such. */
MUST_USE err work_place(struct req *r, const struct work *w, const struct form_page **ret);
/* "thanh-vien", of one of its items "thanh-vien/3". */
str page_place(struct arena *a, const struct form_page *p);
/* Where a page is; errors: where a form posts to, so that what is wrong comes into view. */
url page_url(struct out *o, const struct work *w, const struct form_page *p, bool errors);
/* "/nop/CODE/PLACE": for reply_redirect, which adds the language. place "": the task list. */
str work_path(struct arena *a, const struct work *w, str page);
str work_title(const struct work *w);
/* Came from the check-your-answers page and goes back there. */
bool work_returns(const struct req *r);

struct leaf {
	str title;
	int status;
	bool error;
	const char *NULLABLE script;      /* NULL: that of every page with a form */
	const struct work *NULLABLE work; /* its title is the breadcrumb */
};
MUST_USE err leaf_reply(struct req *r, const struct out *o, struct leaf leaf);

/* --- saving ------------------------------------------------------------------ */
struct saving {
	const struct work *work;
	const struct form_page *page;
	const struct answers *typed;
	str seen; /* print of the page's answers when it was drawn */
	given_papers papers;
	int64_t removed; /* a draft's file; 0 none */
	instant now;
	bool conflict;      /* another tab answered this page otherwise meanwhile */
	struct draft draft; /* as it is now */
	struct answers *stored;
};
/* An act for write_of. */
err save_page(struct conn *c, struct arena *a, void *arg);
/* What a page's questions hold, in a few characters: another value means another answer. */
str page_print(struct arena *a, const struct form_page *p, const struct answers *s);
/* Both sides beside each other, one button each. 409 */
MUST_USE err reply_conflict(struct req *r, const struct saving *x);

/* --- handlers ------------------------------------------------------------------ */
err show_start(struct req *r); /* /nop/PROCEDURE */
err take_start(struct req *r);
err show_tasks(struct req *r); /* /nop/DRAFT */
err show_drafts(struct req *r);
err show_delete(struct req *r);
err take_delete(struct req *r);
err show_step(struct req *r); /* a page, or one item of a repeated one */
err take_step(struct req *r);
MUST_USE err reply_rows(struct req *r, int status, const struct work *w, const struct form_page *p,
	const field_errors *errors);
MUST_USE err take_rows(struct req *r, struct work *w, const struct form_page *p);
err show_review(struct req *r);
err show_draft_pdf(struct req *r);
err show_draft_file(struct req *r);
err show_draft_print(struct req *r);
err show_move(struct req *r); /* /nop/DRAFT/chuyen-mau */
err take_move(struct req *r);
/* The review once more, 409: another window has changed what was about to be sent. */
err show_review_again(struct req *r);

/* --- facts beside a page -------------------------------------------------------- */
/* Where the reader is among the pages that apply, and which before are done; here NULL: at the
 * end. */
MUST_USE err steps_of(struct arena *a, const struct work *w, const struct form_page *NULLABLE here,
	struct steps_part *ret);
MUST_USE err aside_of(struct arena *a, const struct work *w, struct aside_part *ret);
/* Facts of a procedure, in words. */
str work_time(struct arena *a, enum language l, const struct form *f, const struct answers *s);
str work_fee(struct arena *a, enum language l, const struct form *f, const struct answers *s);
str procedure_level(
	struct arena *a, enum language l, const struct procedure *p, enum tone *ret_tone);
