/* SPDX-License-Identifier: Apache-2.0 */
/* rating_pages.c - how content the applicant is [C32-12]: once, after the decision. */
#include "dossier/citizen.h"
#include "dossier/rating.html.h"
#include "dossier/rating_waits.html.h"

static const struct {
	const char *field, *label;
} contents[RATING_CONTENTS] = {
	[RATING_OVERALL] = { "chung", MARK("Nhìn chung bạn thấy thế nào?") },
	[RATING_CONVENIENCE] = { "thuan-tien", MARK("Dịch vụ dễ dùng, phản hồi nhanh") },
	[RATING_TIMELINESS] = { "kip-thoi", MARK("Giải quyết kịp thời") },
	[RATING_ATTITUDE] = { "thai-do", MARK("Thái độ hỗ trợ") },
};

static struct choice_input grade_choice(
	struct req *r, enum rating_content content, const field_errors *errors)
{
	static const struct {
		const char *value, *label;
	} grades[] = { { "3", MARK("Rất hài lòng") }, { "2", MARK("Hài lòng") },
		{ "1", MARK("Chưa hài lòng") } };
	enum language l = req_language(r);
	str id = str_from(contents[content].field);
	struct option *options = arena_array(r->arena, struct option, COUNT(grades));
	for (size_t i = 0; i < COUNT(grades); i++)
		options[i] = (struct option){ .value = str_from(grades[i].value),
			.label = tr(l, str_from(grades[i].label)),
			.chosen = str_eq(req_field(r, id), str_from(grades[i].value)) };
	return (struct choice_input){ .id = id,
		.label = tr(l, str_from(contents[content].label)),
		.error = error_of(errors, id),
		.optional = content != RATING_OVERALL,
		.options = { options, COUNT(grades) } };
}

static err reply_rating(
	struct req *r, int status, const struct dossier *d, const field_errors *errors)
{
	struct out o = page_out(r);
	struct rating_page m = {
		.code = d->code,
		.procedure = d->procedure_name,
		.post = URL(&o, "/ca-nhan/ho-so/{}/danh-gia", d->code),
		.back = URL(&o, "/ca-nhan/ho-so/{}", d->code),
		.errors = *errors,
		.comment = { .id = S("gop-y"),
			.label = tr(o.language, TR("Góp ý thêm")),
			.rows = 4,
			.optional = true,
			.most = LIMIT_NOTE,
			.value = req_field(r, S("gop-y")),
			.error = error_of(errors, S("gop-y")) },
	};
	for (int i = 0; i < RATING_CONTENTS; i++)
		m.contents[i] = grade_choice(r, (enum rating_content)i, errors);
	rating_html(&o, &m);
	return citizen_reply(
		r, status, tr(o.language, TR("Đánh giá")), out_html(&o), errors->n > 0);
}

/* Nobody was quicker and nothing changed: it is only too early. */
static err reply_too_early(struct req *r, const struct dossier *d)
{
	struct out o = page_out(r);
	struct rating_page m = { .code = d->code,
		.procedure = d->procedure_name,
		.back = URL(&o, "/ca-nhan/ho-so/{}", d->code) };
	rating_waits_html(&o, &m);
	return citizen_reply(
		r, 409, tr(o.language, TR("Chưa đến lúc đánh giá")), out_html(&o), false);
}

/* *ret_answered: there is nothing to rate, it was rated already or is not decided yet, and that is
 * the answer. */
static err open_rating(struct req *r, struct dossier *d, bool *ret_answered)
{
	struct conn *c;
	struct rating given;
	TRY(reader_of(r, &c));
	TRY(my_dossier(r, c, d));
	TRY(rating_find(c, r->arena, d->id, &given, ret_answered));
	if (*ret_answered)
		return reply_redirect(r, my_address(r, d->code));
	*ret_answered = !may_rate(d);
	return *ret_answered ? reply_too_early(r, d) : NULL;
}

err show_rating(struct req *r)
{
	struct dossier d;
	bool answered = false;
	TRY(open_rating(r, &d, &answered));
	return answered ? NULL : reply_rating(r, 200, &d, &(field_errors){ 0 });
}

err take_rating(struct req *r)
{
	struct dossier d;
	struct rating g = { 0 };
	struct field_error faults[2];
	field_errors errors = { faults, 0 };
	bool answered = false;
	size_t over = 0;
	int64_t *to[RATING_CONTENTS] = { &g.overall, &g.convenience, &g.timeliness, &g.attitude };
	enum language l = req_language(r);
	TRY(open_rating(r, &d, &answered));
	if (answered)
		return NULL;
	for (int i = 0; i < RATING_CONTENTS; i++)
		str_to_int(req_field(r, str_from(contents[i].field)), GRADE_NOT_YET, GRADE_VERY,
			to[i]);
	TRY(req_text(r, S("gop-y"), LIMIT_NOTE, &g.comment, &over));
	if (!g.overall)
		faults[errors.n++] =
			(struct field_error){ S("chung"), tr(l, TR("Chọn mức hài lòng chung")) };
	if (over)
		faults[errors.n++] = (struct field_error){ S("gop-y"),
			too_long_text(r->arena, l, LIMIT_NOTE, over) };
	if (errors.n)
		return reply_rating(r, 422, &d, &errors);
	err e = rating_give(services_of(r)->db, r->arena, &d, caller_of(r)->account_id, &g, r->now);
	if (e && e->kind != ERR_CONFLICT) /* pressed twice: the first was taken */
		return e;
	return reply_redirect(r, my_address(r, d.code));
}
