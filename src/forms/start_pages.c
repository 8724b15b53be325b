/* SPDX-License-Identifier: Apache-2.0 */
/* Before one begins: who may apply, what is needed, which office. */
#include "forms/draft_pages.h"
#include "forms/start_parts.h"

#include "forms/start.html.h"

struct starting {
	struct conn *conn;
	struct procedure procedure;
	const struct form *form;
	struct agency *agencies;
	size_t n_agencies;
	struct form_source source;
	struct form_page asked;  /* the questions before one starts, as a page of their own */
	struct answers *answers; /* to them */
	struct answers *applying;
};

/* --- the questions before ------------------------------------------------------------ */
/* The form's own fields, so that the answers go on into the draft and are not asked again. */
static void gather_questions(struct arena *a, struct starting *x)
{
	const struct form *f = x->form;

	x->asked = (struct form_page){ .id = S("truoc") };
	x->asked.fields.items = arena_array(a, struct form_field, f->start.n);
	for (size_t i = 0; i < f->start.n; i++) {
		const struct form_field *field = form_field_named(f, f->start.items[i]);
		if (field)
			x->asked.fields.items[x->asked.fields.n++] = *field;
	}
}

/* Answers come by GET, to be told what follows, and by POST, to begin with them. */
static err open_questions(struct req *r, struct starting *x)
{
	struct req posted = *r;

	TRY(form_of(r->arena, &x->procedure, &x->form));
	x->source = (struct form_source){ x->conn, req_language(r), day_of(r->now) };
	gather_questions(r->arena, x);
	x->answers = answers_new(r->arena);
	if (str_eq(r->method, S("GET")))
		posted.fields = (__typeof__(posted.fields)){ r->queries.items, r->queries.n };
	const struct answers *drawn = form_applying(r->arena, x->form, x->answers, x->source.today);
	TRY(form_read(&posted, &x->source, &x->asked, drawn, x->answers));
	x->applying = form_applying(r->arena, x->form, x->answers, x->source.today);
	return NULL;
}

/* *ret_sent: it cannot be applied for here; its own page, which says how else, is the answer. */
static err open_procedure(struct req *r, struct starting *x, bool *ret_sent)
{
	struct arena *a = r->arena;
	const struct procedure *p = &x->procedure;

	TRY(reader_of(r, &x->conn));
	TRY(procedure_on(x->conn, a, req_param(r, S("code")), day_of(r->now), &x->procedure));
	if (p->form)
		TRY(agency_list_for(x->conn, a, p, &x->agencies, &x->n_agencies));
	*ret_sent = !x->n_agencies;
	if (!*ret_sent)
		return open_questions(r, x);
	return reply_redirect(r,
		arena_printf(
			a, "/thu-tuc/" STR_FMT "-" STR_FMT, STR_ARG(p->code), STR_ARG(p->slug)));
}

/* --- the page ------------------------------------------------------------------ */
static str levels_of(struct arena *a, enum language l, const struct procedure *p)
{
	static const struct {
		str code, name;
	} names[] = {
		{ S("bo"), TR("Bộ, ngành") },
		{ S("tinh"), TR("Cấp tỉnh") },
		{ S("xa"), TR("Cấp xã") },
		{ S("doc"), TR("Cơ quan ngành dọc") },
	};
	str *words = arena_array(a, str, p->levels.n);
	size_t n = 0;

	for (size_t i = 0; i < p->levels.n; i++)
		for (size_t k = 0; k < COUNT(names); k++)
			if (str_eq(p->levels.items[i], names[k].code))
				words[n++] = tr(l, names[k].name);
	return str_join(a, words, n, S(", "));
}

static str quantity_of(struct arena *a, enum language l, const struct component *c)
{
	str parts[2];
	size_t n = 0;

	if (c->originals)
		parts[n++] = tr_n(a, l, TRN("{n} bản chính"), c->originals);
	if (c->copies)
		parts[n++] = tr_n(a, l, TRN("{n} bản sao"), c->copies);
	return str_join(a, parts, n, S(", "));
}

/* A rule is decided once all that it names was answered, or is not asked of this person. */
static bool is_decided(struct arena *a, const struct starting *x, const struct json *NULLABLE rule)
{
	name_list names = { 0 };

	rule_names(a, rule, &names);
	for (size_t i = 0; i < names.n; i++) {
		bool known = str_eq(names.items[i], S("hom-nay")) ||
			answer(x->applying, names.items[i]).n > 0;
		for (size_t k = 0; k < x->asked.fields.n; k++) {
			const struct form_field *f = &x->asked.fields.items[k];
			known = known ||
				(str_eq(f->id, names.items[i]) &&
					!form_field_applies(f, x->applying));
		}
		if (!known)
			return false;
	}
	return true;
}

static void fill_papers(
	struct arena *a, enum language l, const struct starting *x, struct start_page *m)
{
	const struct procedure *p = &x->procedure;

	m->papers.items = arena_array(a, struct paper_line, p->components.n);
	m->perhaps.items = arena_array(a, struct paper_line, p->components.n);
	for (size_t i = 0; i < p->components.n; i++) {
		const struct component *c = &p->components.items[i];
		bool decided = is_decided(a, x, c->when);
		if (c->note || (decided && !form_paper_applies(c, x->applying)))
			continue;
		struct paper_line line = {
			.name = form_text(l, c->name, c->name_en),
			.quantity = quantity_of(a, l, c),
			.when = decided && c->when ? S("") : c->when_text,
			.optional = !c->required,
		};
		if (decided && c->required)
			m->papers.items[m->papers.n++] = line;
		else
			m->perhaps.items[m->perhaps.n++] = line;
	}
}

static err fill_questions(struct req *r, const struct starting *x, struct start_page *m)
{
	struct out fields = page_out(r);
	field_errors none = { 0 };
	struct form_showing showing = { 0 };

	m->asks = x->asked.fields.n > 0;
	if (!m->asks)
		return NULL;
	TRY(form_page_view(&fields, &x->source, &x->asked, x->applying, &none, &showing));
	m->questions = out_html(&fields);
	m->facts = form_page_facts(r->arena, &x->asked, x->applying);
	m->answered = str_has(answers_json(r->arena, x->applying), S(":"));
	return NULL;
}

/* What was answered goes with the button that begins. */
static void fill_carried(struct req *r, const struct starting *x, struct start_page *m)
{
	m->carried.items = arena_array(r->arena, struct field, r->queries.n);
	for (size_t i = 0; i < r->queries.n; i++)
		for (size_t k = 0; k < x->asked.fields.n; k++) {
			struct field f = r->queries.items[i];
			str id = x->asked.fields.items[k].id;
			if (str_eq(f.name, id) || (str_starts(f.name, id) && f.name.p[id.n] == '-'))
				m->carried.items[m->carried.n++] = f;
		}
}

/* The office of where the person lives is likely the right one. */
static err likely_agency(struct req *r, const struct starting *x, str *ret)
{
	struct account who;

	*ret = x->n_agencies == 1 ? x->agencies[0].code : S("");
	if (!caller_of(r)->account_id || x->n_agencies == 1)
		return NULL;
	TRY(account_get(x->conn, r->arena, caller_of(r)->account_id, &who));
	for (size_t i = 0; i < x->n_agencies && who.commune.n; i++)
		if (str_eq(x->agencies[i].commune, who.commune))
			*ret = x->agencies[i].code;
	return NULL;
}

#define RADIOS_MOST 7

static void fill_agencies(struct arena *a, enum language l, const struct starting *x, str chosen,
	struct start_page *m)
{
	m->many = x->n_agencies > RADIOS_MOST;
	m->agencies = (struct choice_input){
		.id = S("co-quan"),
		.label = tr(l, TR("Nơi nhận hồ sơ")),
		.hint = tr(l, TR("Chọn nơi sẽ giải quyết hồ sơ của bạn")),
		.error = error_of(&m->errors, S("co-quan")),
		.options = { arena_array(a, struct option, x->n_agencies), x->n_agencies },
	};
	for (size_t i = 0; i < x->n_agencies; i++)
		m->agencies.options.items[i] = (struct option){
			.value = x->agencies[i].code,
			.label = form_text(l, x->agencies[i].name, x->agencies[i].name_en),
			.hint = m->many ? S("") : x->agencies[i].address,
			.chosen = str_eq(x->agencies[i].code, chosen),
		};
}

/* What the caller has begun of this procedure already. */
static err fill_drafts(struct req *r, struct out *o, const struct starting *x, struct start_page *m)
{
	struct draft *drafts;
	size_t n;

	if (!caller_of(r)->account_id)
		return NULL;
	TRY(draft_list(x->conn, r->arena, caller_of(r)->account_id, &drafts, &n));
	m->drafts.items = arena_array(r->arena, struct draft_row, n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(drafts[i].procedure, x->procedure.code))
			m->drafts.items[m->drafts.n++] = (struct draft_row){
				.code = drafts[i].code,
				.saved = moment_text(r->arena, o->language, drafts[i].saved_at),
				.open = URL(o, "/nop/{}", drafts[i].code),
			};
	return NULL;
}

static err reply_start(
	struct req *r, int status, const struct starting *x, str chosen, const field_errors *errors)
{
	struct arena *a = r->arena;
	struct out o = page_out(r);
	enum language l = o.language;
	const struct procedure *p = &x->procedure;
	struct start_page m = {
		.code = p->code,
		.name = form_text(l, p->name, p->name_en),
		.time = work_time(a, l, x->form, x->applying),
		.fee = work_fee(a, l, x->form, x->applying),
		.levels = levels_of(a, l, p),
		.post = URL(&o, "/nop/{}/bat-dau#loi", p->code),
		.ask = URL(&o, "/nop/{}#giay-to", p->code),
		.detail = URL(&o, "/thu-tuc/{}-{}", p->code, p->slug),
		.errors = *errors,
		.kept = FILL(a, l,
			TR("Mỗi bước được lưu lại. Bạn có thể dừng và làm tiếp trong {n} ngày."),
			S("n"), number_text(a, l, draft_days())),
		.subjects = { p->subjects.items, p->subjects.n },
	};

	m.level = procedure_level(a, l, p, &m.tone);
	fill_papers(a, l, x, &m);
	TRY(fill_questions(r, x, &m));
	fill_carried(r, x, &m);
	fill_agencies(a, l, x, chosen, &m);
	TRY(fill_drafts(r, &o, x, &m));
	start_html(&o, &m);
	return leaf_reply(r, &o,
		(struct leaf){
			.title = m.name,
			.status = status,
			.error = errors->n > 0,
			.script = form_page_moves(a, &x->asked) ? "form.js" : NULL,
		});
}

err show_start(struct req *r)
{
	struct starting x = { 0 };
	field_errors none = { 0 };
	bool sent;
	str chosen;

	TRY(open_procedure(r, &x, &sent));
	if (sent)
		return NULL;
	TRY(likely_agency(r, &x, &chosen));
	return reply_start(r, 200, &x, chosen, &none);
}

/* --- the button ------------------------------------------------------------------- */
static err refuse(struct req *r, const struct starting *x, int status, str chosen, str message)
{
	struct field_error e = { S("co-quan"), message };
	field_errors errors = { &e, 1 };

	return reply_start(r, status, x, chosen, &errors);
}

static bool receives(const struct starting *x, str agency)
{
	for (size_t i = 0; i < x->n_agencies; i++)
		if (str_eq(x->agencies[i].code, agency))
			return true;
	return false;
}

err take_start(struct req *r)
{
	enum language l = req_language(r);
	struct starting x = { 0 };
	bool sent;
	str agency = req_field(r, S("co-quan")), code;

	TRY(open_procedure(r, &x, &sent));
	if (sent)
		return NULL;
	if (!receives(&x, agency))
		return refuse(r, &x, 422, S(""), tr(l, TR("Chọn nơi nhận hồ sơ")));
	err e = draft_start(r, &x.procedure, x.form, x.answers, agency, &code);
	if (e && e->kind == ERR_TOO_MANY)
		return refuse(r, &x, err_status(e), agency,
			tr(l, TR("Bạn có quá nhiều hồ sơ làm dở: xóa bớt bản nháp rồi thử lại")));
	TRY(e);
	return reply_redirect(r, arena_printf(r->arena, "/nop/" STR_FMT, STR_ARG(code)));
}
