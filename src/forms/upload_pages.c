/* SPDX-License-Identifier: Apache-2.0 */
/* A paper in pieces, which goes on after a lost connection, a restart or a closed tab. A script
 * speaks this (web/upload.js); everything else sends files with the page.
 *
 *   POST /nop/CODE/tep/bat-dau   muc, ten, co, sua     {"ma": …, "vi-tri": n, "manh": most}
 *   POST /nop/CODE/tep/manh      ma, vi-tri, manh      {"vi-tri": n}, or 409 {"vi-tri": n}
 *   GET  /nop/CODE/tep/dang-gui?ma=                    {"vi-tri": n}
 *   POST /nop/CODE/tep/xong      ma                    {"ket-qua": "done" or "refused"}
 *
 * A refused one is said with the page that is posted next, in the same words as any other. */
#include "file/upload.h"
#include "forms/draft_pages.h"
#include "forms/upload_read.h"

static err reply_json(struct req *r, int status, const struct file_upload *u)
{
	struct buf b = buf_in(r->arena, LIMIT_LOG_LINE);
	struct json_out o = { .b = &b };

	json_open(&o, '{');
	json_pair(&o, S("ma"), u->code);
	json_key(&o, S("vi-tri"));
	json_put_int(&o, u->received);
	json_key(&o, S("manh"));
	json_put_int(&o, LIMIT_CHUNK);
	json_pair(&o, S("ket-qua"), u->state);
	json_close(&o, '}');
	return reply_text(r, status, S("application/json"), buf_str(&b));
}

/* CONFLICT for a draft that was sent: there is nothing to add to any more. */
static err open_draft(struct req *r, struct work *w)
{
	bool sent;

	TRY(work_open_pinned(r, w, &sent));
	return sent ? FAIL(r->arena, CONFLICT, "the draft was sent") : NULL;
}

static err find_upload(struct req *r, const struct work *w, str code, struct file_upload *ret)
{
	if (!code.n)
		return FAIL(r->arena, NOT_FOUND, "no such upload");
	return file_upload_get(
		w->source.conn, r->arena, code, w->draft.owner_id, w->draft.code, ret);
}

struct ending {
	const struct work *work;
	const struct file_upload *upload;
	given_papers *papers;
	enum file_verdict verdict;
	instant now;
};

/* One that will be too large is refused before it comes. */
static err end_refused(struct conn *c, struct arena *a, void *arg)
{
	const struct ending *x = arg;
	bool mine;

	return file_upload_end(c, a, x->upload, x->verdict, x->now, &mine);
}

err begin_upload(struct req *r)
{
	struct work w;
	struct upload_wish wish;
	struct file_upload u;
	const struct form_field *f;
	int64_t replaces;

	TRY(open_draft(r, &w));
	TRY(upload_wish_read(r, &wish));
	if (!paper_target(&w, wish.input, &f, &replaces))
		return FAIL(r->arena, NOT_FOUND, "no such paper in the form");
	struct file_upload wanted = { .owner_id = w.draft.owner_id,
		.subject = w.draft.code,
		.field = wish.input,
		.name = wish.name,
		.size = wish.size,
		.modified = wish.modified };
	TRY(file_upload_begin(services_of(r)->db, r->arena, &wanted, r->now, &u));
	if (wish.size > f->most) {
		struct ending x = { .upload = &u, .verdict = FILE_TOO_LARGE, .now = r->now };
		TRY(write_of(r, end_refused, &x));
		u.state = S("refused");
	}
	return reply_json(r, 200, &u);
}

err add_piece(struct req *r)
{
	struct services *s = services_of(r);
	struct work w;
	struct upload_piece p;
	struct file_upload u;

	TRY(open_draft(r, &w));
	TRY(upload_piece_read(r, &p));
	TRY(find_upload(r, &w, p.code, &u));
	if (!str_eq(u.state, S("open")))
		return reply_json(r, 409, &u);
	TRY(file_upload_add(s->files, s->db, r->arena, &u, p.at, p.bytes, r->now, &u.received));
	return reply_json(r, u.received == p.at + p.bytes->size ? 200 : 409, &u);
}

err show_upload(struct req *r)
{
	struct work w;
	struct file_upload u;

	TRY(open_draft(r, &w));
	TRY(find_upload(r, &w, upload_code(req_query(r, S("ma"))), &u));
	return reply_json(r, 200, &u);
}

/* Among the draft's papers, exactly as with a page; once, however often it is asked for. */
static err put_paper(struct conn *c, struct arena *a, void *arg)
{
	const struct ending *x = arg;
	struct draft d;
	struct answers *s;
	bool mine;

	TRY(draft_get(c, a, x->work->draft.code, x->work->draft.owner_id, &d));
	TRY(file_upload_end(c, a, x->upload, x->verdict, x->now, &mine));
	if (!mine || d.submitted || !x->papers->n)
		return NULL;
	TRY(answers_parse(a, d.answers, &s));
	TRY(papers_record(c, a, &d, x->papers, x->now));
	TRY(papers_answer(c, a, &d, x->work->form, s));
	d.answers = answers_json(a, s);
	return draft_save(c, a, &d, x->now);
}

static err take_whole(
	struct req *r, const struct work *w, struct file_upload *u, struct file_finding *found)
{
	struct given_paper one;
	given_papers papers = { .items = &one };
	struct upload whole;
	str fault;

	TRY(file_upload_whole(services_of(r)->files, r->arena, u, &whole));
	TRY(paper_take(r, w, u->field, &whole, &papers, found, &fault));
	struct ending x = { w, u, &papers, found->verdict, r->now };
	err e = write_of(r, put_paper, &x);
	/* Another tab saved in this very moment. */
	for (int i = 0; i < 3 && e && e->kind == ERR_CONFLICT; i++)
		e = write_of(r, put_paper, &x);
	return e;
}

err finish_upload(struct req *r)
{
	struct work w;
	struct file_upload u;
	struct file_finding found;

	TRY(open_draft(r, &w));
	TRY(find_upload(r, &w, upload_code(req_field(r, S("ma"))), &u));
	if (!str_eq(u.state, S("open")))
		return reply_json(r, 200, &u);
	if (u.received != u.size)
		return reply_json(r, 409, &u);
	TRY(take_whole(r, &w, &u, &found));
	file_upload_drop(services_of(r)->files, r->arena, &u);
	u.state = found.verdict == FILE_GOOD ? S("done") : S("refused");
	return reply_json(r, 200, &u);
}
