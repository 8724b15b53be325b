/* SPDX-License-Identifier: Apache-2.0 */
/* admin.c - where an administrator begins: what needs a hand, and the way to the rest. Jobs that
 * failed too often wait here until somebody sends them again. */
#include "portal/admin.html.h"
#include "portal/dead.html.h"

#include "http/reply.h"
#include "portal/admin.h"

err admin_reply(struct req *r, int status, str title, html main, bool error)
{
	return page_reply(r, status,
		&(struct page){
			.title = title,
			.kind = PAGE_OFFICER,
			.main = main,
			.error = error,
			.no_index = true,
		});
}

struct audit_actor admin_actor(const struct req *r)
{
	const struct caller *who = caller_of(r);
	return (struct audit_actor){ who->account_id, who->identifier, who->role };
}

err show_admin(struct req *r)
{
	struct conn *c;
	int64_t all, online;
	struct out o = page_out(r);
	struct admin_page m = { 0 };
	TRY(reader_of(r, &c));
	TRY(job_counts(c, r->arena, &m.jobs));
	catalogue_counts(catalogue_snapshot(services_of(r)->catalogue, r->arena), &all, &online);
	m.procedures = number_text(r->arena, o.language, all);
	m.online = number_text(r->arena, o.language, online);
	admin_html(&o, &m);
	return admin_reply(r, 200, tr(o.language, TR("Quản trị")), out_html(&o), false);
}

/* --- dead letters ---------------------------------------------------------------------- */

err show_dead(struct req *r)
{
	struct conn *c;
	struct job_row *rows;
	size_t n;
	struct out o = page_out(r);
	struct dead_page m = { 0 };
	TRY(reader_of(r, &c));
	TRY(job_counts(c, r->arena, &m.jobs));
	m.paging = paging_of(r, m.jobs.dead, LIMIT_PAGE_ROWS, tr(o.language, TR("việc")));
	TRY(job_list(c, r->arena, S("dead"), (m.paging.page - 1) * LIMIT_PAGE_ROWS, LIMIT_PAGE_ROWS,
		&rows, &n));
	m.rows.items = arena_array(r->arena, struct dead_row, n);
	for (size_t i = 0; i < n; i++)
		m.rows.items[m.rows.n++] = (struct dead_row){
			.id = rows[i].id,
			.kind = rows[i].kind,
			.error = rows[i].last_error,
			.created_iso = instant_iso(r->arena, rows[i].created_at),
			.created = moment_text(r->arena, o.language, rows[i].created_at),
			.attempts = number_text(r->arena, o.language, rows[i].attempts),
			.post = URL(&o, "/quan-tri/viec-ton/{}/gui-lai",
				arena_printf(r->arena, "%lld", (long long)rows[i].id)),
		};
	dead_html(&o, &m);
	return admin_reply(r, 200, tr(o.language, TR("Việc tồn")), out_html(&o), false);
}

struct resending {
	int64_t id;
	struct audit_actor by;
	instant now;
};

static err resend(struct conn *c, struct arena *a, void *arg)
{
	const struct resending *s = arg;
	TRY(job_resend(c, a, s->id, s->now));
	return audit_put(c, a, s->now, s->by, S("job.resend"),
		arena_printf(a, "%lld", (long long)s->id), S(""));
}

err take_resend(struct req *r)
{
	struct resending s = { .by = admin_actor(r), .now = r->now };
	if (!str_to_int(req_param(r, S("id")), 1, INT64_MAX, &s.id))
		return FAIL(r->arena, NOT_FOUND, "no such job");
	TRY(write_of(r, resend, &s));
	return reply_redirect(r, S("/quan-tri/viec-ton"));
}
