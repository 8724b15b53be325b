/* SPDX-License-Identifier: Apache-2.0 */
/* audit_pages.c - the trail as the administrator sees it, and the button that checks it. */
#include "identity/audit.html.h"
#include "identity/handlers.h"
#include "identity/pages.h"
#include "identity/parts.h"

static err add_entries(struct req *r, struct audit_page *m)
{
	struct arena *a = r->arena;
	enum language l = req_language(r);
	struct audit_entry *found;
	struct conn *c;
	size_t n;
	int64_t total, page = paging_asked(r);
	TRY(reader_of(r, &c));
	TRY(audit_list(
		c, a, m->who, (page - 1) * LIMIT_PAGE_ROWS, LIMIT_PAGE_ROWS, &found, &n, &total));
	m->paging = paging_of(r, total, LIMIT_PAGE_ROWS, tr(l, TR("việc")));
	m->paging.form = S("loc");
	m->rows.items = arena_array(a, struct audit_row, n);
	m->rows.n = n;
	for (size_t i = 0; i < n; i++)
		m->rows.items[i] = (struct audit_row){
			.when = moment_text(a, l, found[i].at),
			.iso = instant_iso(a, found[i].at),
			.actor = found[i].actor,
			.role = tr(l, role_title(role_of_code(found[i].role))),
			.act = found[i].act,
			.subject = found[i].subject,
			.detail = found[i].detail,
			.place = arena_printf(a, "%lld/%lld", (long long)found[i].chain,
				(long long)found[i].number),
		};
	return NULL;
}

static err reply_audit(struct req *r, struct audit_page *m)
{
	struct out o = page_out(r);
	TRY(write_of(r, reading_put, &(struct reading){ actor_of(r), S("audit.list"), r->now }));
	TRY(add_entries(r, m));
	audit_html(&o, m);
	struct page page = { .title = tr(o.language, TR("Nhật ký")),
		.kind = PAGE_OFFICER,
		.main = out_html(&o),
		.no_index = true };
	return page_reply(r, 200, &page);
}

err show_audit(struct req *r) { return reply_audit(r, &(struct audit_page){ 0 }); }

/* Whose acts are looked for comes in a form: an address may hold nobody's account. */
static err find_acts(struct req *r)
{
	struct audit_page m = { 0 };
	size_t over;
	TRY(req_text(r, S("ai"), LIMIT_SEARCH_TEXT, &m.who, &over));
	return reply_audit(r, &m);
}

static err note_check(struct conn *c, struct arena *a, void *arg)
{
	struct req *r = arg;
	return audit_put(c, a, r->now, actor_of(r), S("audit.verify"), S(""), S(""));
}

static err check_trail(struct req *r)
{
	enum language l = req_language(r);
	struct audit_report report;
	struct conn *c;
	TRY(reader_of(r, &c));
	TRY(audit_verify(c, r->arena, &report));
	TRY(write_of(r, note_check, r));
	struct audit_page m = { .who = S(""), .checked = true, .intact = report.intact };
	m.outcome = report.intact
		? FILL(r->arena, l, TR("Đã kiểm tra {n} việc trong {chuoi} chuỗi."), S("n"),
			  number_text(r->arena, l, report.entries), S("chuoi"),
			  number_text(r->arena, l, report.chains))
		: report.fault;
	return reply_audit(r, &m);
}

err take_audit(struct req *r)
{
	return str_eq(req_field(r, S("lam")), S("kiem-tra")) ? check_trail(r) : find_acts(r);
}
