/* SPDX-License-Identifier: Apache-2.0 */
/* bench.h - what the pages of a working copy share: the copy opened, kept, framed. */
#pragma once
#include "builder/builder.h"
#include "builder/compare.h"
#include "builder/trial_parts.h"
#include "builder/version_parts.h"
#include "http/reply.h"

struct bench {
	struct working_copy copy;
	struct tree *root;
	struct reading_of read;
	err fault; /* why it cannot be read: an older language of forms */
	struct conn *conn;
	enum language language;
};
/* The working copy of the address. NOT_FOUND when there is none. */
MUST_USE err bench_open(struct req *r, struct bench *ret);
const struct form *NULLABLE bench_form(const struct bench *b);
/* "/quan-tri/bieu-mau/CODE/…": for reply_redirect. */
str bench_path(struct arena *a, const struct bench *b, str rest);
url bench_url(struct out *o, const struct bench *b, const char *place);
url thing_url(
	struct out *o, const struct bench *b, const struct thing *t, str key, const char *more);
struct audit_actor bench_actor(const struct req *r);
str bench_seen(struct arena *a, const struct bench *b); /* its version, for the form's field */

/* The form was drawn of another version than is kept now: answered with what changed meanwhile, and
 * what was typed to be sent again. */
bool bench_overtaken(const struct req *r, const struct bench *b);
MUST_USE err reply_overtaken(struct req *r, const struct bench *b);

/* What was asked for in a POST, kept when it can be read. */
struct fault {
	bool any;
	const struct thing *NULLABLE thing;
	str key, member, words;
};
/* Writes the tree, reads it, keeps it. A fault is not an err: it is *ret. *ret_answered: somebody
 * was quicker, and was shown. act: for the audit trail, or "". */
MUST_USE err bench_keep(struct req *r, struct bench *b, struct fault *ret, bool *ret_answered);
/* Where a fault of edit_check lies, in words. */
void fault_of(struct arena *a, enum language l, struct tree *root, str detail, struct fault *ret);
/* Without the path. */
str fault_words(struct arena *a, enum language l, str what);

struct framing {
	int status;
	str title;
	bool error;
	const struct thing *NULLABLE here;
	str key;
};
MUST_USE err bench_reply(
	struct req *r, const struct bench *b, const struct out *o, struct framing f);

/* --- what is to be done ------------------------------------------------------------ */
struct remark {
	bool stops; /* it cannot be published like this */
	const struct thing *NULLABLE thing;
	str key, words;
};
typedef VEC(struct remark) remark_list;
MUST_USE err bench_remarks(struct arena *a, const struct bench *b, remark_list *ret);
/* Without samples, which take longer. */
void bench_advice(struct arena *a, const struct bench *b, remark_list *ret);

/* --- members ------------------------------------------------------------------------- */
#define SLOT_PREFIX "m_" /* no id of a form's question has such a line */
struct slot_context {
	const struct bench *bench;
	const struct spot_of *spot;
	struct req *NULLABLE posted; /* what was typed is shown again */
	const field_errors *errors;
};
void slot_view(struct out *o, const struct slot_context *x, const struct slot *s);
/* Takes what was posted into the item. */
void slot_take(
	struct req *r, const struct slot_context *x, const struct slot *s, field_errors *errors);
str slot_id(struct arena *a, const char *member);
void error_put(struct arena *a, field_errors *errors, str field, str message);
/* Of choices that a rule or a member may take. */
typedef LIST(struct option) option_list;
option_list supply_options(struct arena *a, const struct bench *b, const struct spot_of *spot,
	enum supply supply, str chosen);

/* --- handlers -------------------------------------------------------------------------- */
err show_copies(struct req *r);
err take_copy(struct req *r);
err show_copy(struct req *r);
err take_undo(struct req *r);
err show_thing(struct req *r);
err take_thing(struct req *r);
err show_add(struct req *r);
err take_add(struct req *r);
err show_remove(struct req *r);
err take_remove(struct req *r);
err show_condition(struct req *r);
err take_condition(struct req *r);
err show_versions(struct req *r);
err show_comparison(struct req *r);
err show_publish(struct req *r);
err take_publish(struct req *r);
err show_retire(struct req *r);
err take_retire(struct req *r);
err show_export(struct req *r);
err show_exchange(struct req *r);
err take_import(struct req *r);
err take_clone(struct req *r);
err show_merge(struct req *r);
err take_merge(struct req *r);
err show_preview(struct req *r);
err show_trial(struct req *r);
err show_trial_page(struct req *r);
err take_trial_page(struct req *r);
err take_trial_again(struct req *r);
err show_trial_end(struct req *r);
err take_sample(struct req *r);
