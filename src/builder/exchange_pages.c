/* SPDX-License-Identifier: Apache-2.0 */
/* exchange_pages.c - a working copy as a text file, and back: taken whole or not at all, put
 * together with what was changed here meanwhile. Nothing published is ever touched. */
#include <stdio.h>

#include "builder/exchange.html.h"
#include "builder/merge.html.h"
#include "builder/version_pages.h"

/* --- out ------------------------------------------------------------------------ */
static err version_number(struct req *r, const struct bench *b, int64_t id, int64_t *ret)
{
	struct version_row *versions;
	size_t n;

	*ret = 0;
	TRY(procedure_versions(b->conn, r->arena, b->copy.code, &versions, &n));
	for (size_t i = 0; i < n; i++)
		if (versions[i].id == id)
			*ret = versions[i].version;
	return NULL;
}

static err version_id(struct req *r, const struct bench *b, int64_t number, int64_t *ret)
{
	struct version_row *versions;
	size_t n;

	*ret = 0;
	TRY(procedure_versions(b->conn, r->arena, b->copy.code, &versions, &n));
	for (size_t i = 0; i < n; i++)
		if (versions[i].version == number)
			*ret = versions[i].id;
	return NULL;
}

/* The file says which published version it began as, so that it can be put together later. */
static err working_text(struct req *r, const struct bench *b, str *ret)
{
	int64_t number;

	TRY(version_number(r, b, b->copy.base, &number));
	tree_put(r->arena, b->root, S("based_on"), number ? tree_int_of(r->arena, number) : NULL);
	return tree_text(r->arena, b->root, ret);
}

err show_export(struct req *r)
{
	struct bench b;
	int64_t number = req_query_int(r, S("phien-ban"), 1, INT32_MAX, 0), id = 0;
	str text;

	TRY(bench_open(r, &b));
	if (number)
		TRY(version_id(r, &b, number, &id));
	if (number && !id)
		return FAIL(r->arena, NOT_FOUND, "no such version");
	if (number)
		TRY(procedure_text(b.conn, r->arena, id, &text));
	else
		TRY(working_text(r, &b, &text));
	str name = arena_printf(r->arena, STR_FMT "%s%s.json", STR_ARG(b.copy.code),
		number ? "-v" : "",
		number ? str_z(r->arena, arena_printf(r->arena, "%lld", (long long)number)) : "");
	return reply_download(r, text, S("application/json"), name, false);
}

/* --- in --------------------------------------------------------------------------- */
static err reply_exchange(
	struct req *r, int status, const struct bench *b, const field_errors *errors)
{
	struct out o = page_out(r);
	struct pending_import pending;
	struct exchange_page m = { .name = b->copy.name,
		.errors = *errors,
		.import = bench_url(&o, b, "/nhap#loi"),
		.clone = bench_url(&o, b, "/sao-chep#loi"),
		.file_open = bench_url(&o, b, "/tai-ve"),
		.home = bench_url(&o, b, ""),
		.pending = bench_url(&o, b, "/ghep") };

	TRY(import_find(b->conn, r->arena, b->copy.code, &pending, &m.waits));
	if (m.waits)
		m.pending_by = pending.sent_by;
	m.file = (struct file_input){ .id = S("tep"),
		.label = tr(o.language, TR("Tệp biểu mẫu")),
		.hint = tr(o.language, TR("Tệp .json đã tải về từ đây, sửa ở nơi khác")),
		.error = error_of(errors, S("tep")),
		.accept = ".json,application/json",
		.most = LIMIT_DEFINITION };
	m.other = (struct input){ .id = S("ma-khac"),
		.label = tr(o.language, TR("Mã thủ tục nhận bản sao")),
		.hint = tr(o.language,
			TR("Bản nháp của thủ tục đó sẽ có biểu mẫu, giấy tờ và mẫu thử "
			   "của thủ tục này")),
		.value = req_field(r, S("ma-khac")),
		.error = error_of(errors, S("ma-khac")),
		.width = "24" };
	exchange_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = status,
			.error = errors->n > 0,
			.title = tr(o.language, TR("Nhập, xuất, sao chép")) });
}

err show_exchange(struct req *r)
{
	struct bench b;

	TRY(bench_open(r, &b));
	return reply_exchange(r, 200, &b, &(field_errors){ 0 });
}

static err refuse(struct req *r, const struct bench *b, const char *field, str words)
{
	field_errors errors = { 0 };

	error_put(r->arena, &errors, str_from(field), words);
	return reply_exchange(r, 422, b, &errors);
}

static err read_upload(struct req *r, const struct upload *u, str *ret)
{
	char *bytes = arena_bytes(r->arena, (size_t)u->size + 1, 1);
	FILE *f = fopen(str_z(r->arena, u->path), "rb");

	if (!f)
		return FAIL(r->arena, INTERNAL, "the upload is gone");
	size_t n = fread(bytes, 1, (size_t)u->size, f);
	(void)fclose(f);
	*ret = (str){ bytes, n };
	return NULL;
}

struct incoming {
	struct tree *root;
	int64_t base; /* id of the version it began as; 0 unknown */
	str wrong;    /* why it is refused, in words with its path */
};

/* "form.pages[2].fields[0].kind: Không có loại câu hỏi “x”" */
static str reason_words(struct arena *a, enum language l, str detail)
{
	size_t colon = str_find(detail, S(": "));

	if (colon >= detail.n)
		return detail;
	return arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(str_part(detail, 0, colon)),
		STR_ARG(fault_words(a, l, str_from_at(detail, colon + 2))));
}

/* What began of an older version than ours began of has that as the common one. */
static err common_base(struct req *r, const struct bench *b, struct incoming *in)
{
	const struct tree *said = tree_get(in->root, "based_on");
	int64_t number = 0, ours;

	if (said && said->type == JSON_INT)
		(void)str_to_int(said->text, 1, INT32_MAX, &number);
	tree_put(r->arena, in->root, S("based_on"), NULL);
	TRY(version_number(r, b, b->copy.base, &ours));
	in->base = b->copy.base;
	if (number && number < ours)
		TRY(version_id(r, b, number, &in->base));
	return NULL;
}

static err read_incoming(struct req *r, const struct bench *b, str text, struct incoming *in)
{
	struct reading_of read;
	str written;
	err e = tree_parse(r->arena, text, &in->root);

	if (!e && in->root->type != JSON_MAP)
		e = FAIL(r->arena, INVALID, "a procedure is an object");
	if (!e) {
		TRY(common_base(r, b, in));
		e = tree_text(r->arena, in->root, &written);
	}
	if (!e)
		e = edit_check(r->arena, written, &read);
	if (e && (e->kind == ERR_INVALID || e->kind == ERR_TOO_LARGE))
		in->wrong = reason_words(r->arena, b->language, e->detail);
	else if (e)
		return e;
	else if (!str_eq(read.procedure.code, b->copy.code))
		in->wrong = FILL(r->arena, b->language,
			TR("Tệp này là của thủ tục {ma}, không phải của {day}"), S("ma"),
			read.procedure.code, S("day"), b->copy.code);
	return NULL;
}

static err merge_with(struct req *r, const struct bench *b, const struct tree *theirs, int64_t base,
	struct merge *m, struct tree **ret)
{
	struct side common = { .root = tree_new(r->arena, JSON_MAP) };

	if (base)
		TRY(side_published(r->arena, b->conn, base, &common));
	*ret = merge_trees(r->arena, b->language, common.root, b->root, theirs, m);
	return NULL;
}

struct putting_aside {
	str code;
	struct pending_import import;
};

static err put_aside(struct conn *c, struct arena *a, void *arg)
{
	const struct putting_aside *x = arg;

	return x->import.definition.n ? import_keep(c, a, x->code, &x->import)
				      : import_forget(c, a, x->code);
}

static err take_merged(struct req *r, struct bench *b, const struct incoming *in)
{
	struct merge m = { 0 };
	struct tree *merged;
	struct fault f;
	bool answered;

	TRY(merge_with(r, b, in->root, in->base, &m, &merged));
	if (m.conflicts.n) {
		struct putting_aside x = {
			b->copy.code,
			{ .sent_by = caller_of(r)->identifier, .base = in->base, .sent_at = r->now }
		};
		TRY(tree_text(r->arena, in->root, &x.import.definition));
		TRY(write_of(r, put_aside, &x));
		return reply_redirect(r, bench_path(r->arena, b, S("ghep")));
	}
	b->root = merged;
	TRY(bench_keep(r, b, &f, &answered));
	if (answered)
		return NULL;
	if (f.any) {
		TRY(bench_open(r, b));
		return refuse(r, b, "tep", f.words);
	}
	return reply_redirect(r, bench_path(r->arena, b, S("so-sanh")));
}

/* Whatever was changed here meanwhile is one side of the merge: no version needs to be seen. */
err take_import(struct req *r)
{
	struct bench b;
	struct incoming in = { 0 };
	const struct upload *u = req_upload(r, S("tep"), 0);
	str text;

	TRY(bench_open(r, &b));
	if (!u || !u->size)
		return refuse(r, &b, "tep", tr(b.language, TR("Chọn một tệp")));
	if (u->too_large || u->size > LIMIT_DEFINITION)
		return refuse(
			r, &b, "tep", tr(b.language, TR("Tệp quá lớn: biểu mẫu không quá 1 MB")));
	TRY(read_upload(r, u, &text));
	TRY(read_incoming(r, &b, text, &in));
	if (in.wrong.n)
		return refuse(r, &b, "tep", in.wrong);
	return take_merged(r, &b, &in);
}

/* --- choosing ------------------------------------------------------------------------- */
static err open_pending(struct req *r, struct bench *b, struct pending_import *p, struct tree **ret)
{
	bool found;

	TRY(bench_open(r, b));
	TRY(import_find(b->conn, r->arena, b->copy.code, p, &found));
	if (!found)
		return FAIL(r->arena, NOT_FOUND, "no import waits");
	return tree_parse(r->arena, p->definition, ret);
}

static str choice_name(struct arena *a, size_t number)
{
	return arena_printf(a, "chon-%zu", number);
}

static err reply_merge(struct req *r, int status, const struct bench *b,
	const struct pending_import *p, const struct merge *merge, const field_errors *errors)
{
	struct out o = page_out(r);
	struct merge_page m = { .name = b->copy.name,
		.who = p->sent_by,
		.seen = bench_seen(r->arena, b),
		.errors = *errors,
		.post = bench_url(&o, b, "/ghep#loi"),
		.home = bench_url(&o, b, "/trao-doi") };

	m.rows.items = arena_array(r->arena, struct merge_row, merge->conflicts.n + 1);
	for (size_t i = 0; i < merge->conflicts.n; i++) {
		const struct merge_conflict *c = &merge->conflicts.items[i];
		str none = tr(o.language, TR("(bỏ đi)"));
		m.rows.items[m.rows.n++] = (struct merge_row){ .number = i + 1,
			.place = c->place,
			.member = c->member,
			.base = c->base,
			.ours = c->ours.n ? c->ours : none,
			.theirs = c->theirs.n ? c->theirs : none,
			.take = str_eq(req_field(r, choice_name(r->arena, i + 1)), S("tep")) };
	}
	merge_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = status,
			.error = errors->n > 0,
			.title = tr(o.language, TR("Ghép hai bản")) });
}

err show_merge(struct req *r)
{
	struct bench b;
	struct pending_import p;
	struct merge m = { 0 };
	struct tree *theirs, *merged;

	TRY(open_pending(r, &b, &p, &theirs));
	TRY(merge_with(r, &b, theirs, p.base, &m, &merged));
	return reply_merge(r, 200, &b, &p, &m, &(field_errors){ 0 });
}

/* Every conflict needs its choice; what is wrong says which lacks one. */
static void read_choices(struct req *r, const struct bench *b, const struct merge *found,
	struct merge *m, field_errors *errors)
{
	for (size_t i = 0; i < found->conflicts.n; i++) {
		str name = choice_name(r->arena, i + 1), choice = req_field(r, name);
		if (str_eq(choice, S("tep")))
			*VEC_PUSH(r->arena, &m->taken) = found->conflicts.items[i].path;
		else if (!str_eq(choice, S("nhap")))
			error_put(r->arena, errors, name,
				FILL(r->arena, b->language, TR("Chọn một bên cho chỗ {n}"), S("n"),
					arena_printf(r->arena, "%zu", i + 1)));
	}
}

static err forget_pending(struct req *r, const struct bench *b, const char *place)
{
	struct putting_aside x = { b->copy.code, { .definition = S("") } };

	TRY(write_of(r, put_aside, &x));
	return reply_redirect(r, bench_path(r->arena, b, str_from(place)));
}

err take_merge(struct req *r)
{
	struct bench b;
	struct pending_import p;
	struct merge found = { 0 }, chosen = { 0 };
	struct tree *theirs, *merged;
	field_errors errors = { 0 };
	struct fault f = { 0 };
	bool answered = false;

	TRY(open_pending(r, &b, &p, &theirs));
	if (str_eq(req_field(r, S("lam")), S("bo")))
		return forget_pending(r, &b, "trao-doi");
	if (bench_overtaken(r, &b))
		return reply_overtaken(r, &b);
	TRY(merge_with(r, &b, theirs, p.base, &found, &merged));
	read_choices(r, &b, &found, &chosen, &errors);
	if (errors.n)
		return reply_merge(r, 422, &b, &p, &found, &errors);
	TRY(merge_with(r, &b, theirs, p.base, &chosen, &merged));
	b.root = merged;
	TRY(bench_keep(r, &b, &f, &answered));
	if (answered)
		return NULL;
	if (!f.any)
		return forget_pending(r, &b, "so-sanh");
	error_put(r->arena, &errors, S("chon-1"), f.words);
	TRY(bench_open(r, &b));
	return reply_merge(r, 422, &b, &p, &found, &errors);
}

/* --- into another procedure --------------------------------------------------------------- */
struct cloning {
	struct working_copy into;
	bool any;
	struct tree *root;
};

static err open_target(
	struct req *r, const struct bench *b, str code, struct cloning *x, bool *ret_found)
{
	struct version_row *versions;
	size_t n;
	str text;

	*ret_found = true;
	TRY(copy_find(b->conn, r->arena, code, &x->into, &x->any));
	if (x->any)
		return tree_parse(r->arena, x->into.definition, &x->root);
	TRY(procedure_versions(b->conn, r->arena, code, &versions, &n));
	*ret_found = n > 0;
	if (!n)
		return NULL;
	x->into = (struct working_copy){
		.code = code, .name = versions[0].name, .base = versions[0].id
	};
	TRY(procedure_text(b->conn, r->arena, versions[0].id, &text));
	return tree_parse(r->arena, text, &x->root);
}

static void copy_member(
	struct arena *a, const struct tree *from, struct tree *to, const char *member)
{
	const struct tree *value = tree_get(from, member);

	tree_put(a, to, str_from(member), value ? tree_copy(a, value) : NULL);
}

err take_clone(struct req *r)
{
	struct bench b;
	struct cloning x = { 0 };
	struct reading_of read;
	str code = str_trim(req_field(r, S("ma-khac")));
	bool found;

	TRY(bench_open(r, &b));
	TRY(open_target(r, &b, code, &x, &found));
	if (!found || str_eq(code, b.copy.code))
		return refuse(r, &b, "ma-khac", tr(b.language, TR("Nhập mã của một thủ tục khác")));
	copy_member(r->arena, b.root, x.root, "form");
	copy_member(r->arena, b.root, x.root, "components");
	copy_member(r->arena, b.root, x.root, "samples");
	struct keeping k = { .code = code,
		.name = x.into.name,
		.seen = x.any ? x.into.version : 0,
		.base = x.into.base,
		.by = bench_actor(r),
		.now = r->now,
		.act = S("form.clone") };
	TRY(tree_text(r->arena, x.root, &k.definition));
	err e = edit_check(r->arena, k.definition, &read);
	if (e && e->kind == ERR_INVALID)
		return refuse(r, &b, "ma-khac", reason_words(r->arena, b.language, e->detail));
	TRY(e);
	TRY(write_of(r, copy_keep, &k));
	return reply_redirect(
		r, arena_printf(r->arena, "/quan-tri/bieu-mau/" STR_FMT, STR_ARG(code)));
}
