/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.c - the level of service, computed from what a procedure's text shows: the eleven items
 * of C32-5.1 first, then what makes it a service [C32-5.3], then what makes it whole [ND42-11.1].
 * Nobody types a level. */
#include "catalogue/procedure.h"
#include "core/fold.h"
#include "view/tr.h"

static bool has_channel(const struct procedure *p, enum channel channel)
{
	for (size_t i = 0; i < p->channels.n; i++)
		if (p->channels.items[i].channel == channel)
			return true;
	return false;
}

static bool has_paper(const struct procedure *p)
{
	for (size_t i = 0; i < p->components.n; i++)
		if (!p->components.items[i].note)
			return true;
	return false;
}

static bool has_time(const struct procedure *p)
{
	bool any = p->limit.n || p->limit_text.n;

	for (size_t i = 0; i < p->channels.n && !any; i++)
		any = p->channels.items[i].time.n || p->channels.items[i].time_text.n;
	return any;
}

/* A paper that the applicant fills in, told by the words it begins with. */
static bool is_blank_form(struct arena *a, const struct component *c)
{
	static const char *const words[] = { "to khai", "don", "mau", "phieu", "giay de nghi" };
	str name = text_fold(a, c->name);

	for (size_t i = 0; i < COUNT(words) && !c->note; i++) {
		str word = str_from(words[i]);
		if (str_starts(name, word) && (name.n == word.n || name.p[word.n] == ' '))
			return true;
	}
	return false;
}

/* Every form that is asked for can be had [C32-5.2]. Here that is to fill it in: of a template we
 * have the name of a file, and nothing to download. */
static bool has_forms(struct arena *a, const struct procedure *p)
{
	for (size_t i = 0; i < p->components.n && !p->form; i++) {
		const struct component *c = &p->components.items[i];
		if (c->templates.n || is_blank_form(a, c))
			return false;
	}
	return true;
}

/* A row must say so: where there is none, a fee is only not published. */
static bool costs_nothing(const struct procedure *p)
{
	bool any = false;

	for (size_t i = 0; i < p->channels.n; i++) {
		const struct procedure_channel *c = &p->channels.items[i];
		for (size_t k = 0; k < c->fees.n; k++)
			if (c->fees.items[k].amount || c->fees.items[k].note.n)
				return false;
		any |= c->fees.n > 0;
	}
	return any;
}

/* A dossier may be handed in by any channel; a result comes back by the counter, by post, or here
 * when the procedure says so. */
static bool says_how_returned(const struct procedure *p)
{
	return p->returns_online || has_channel(p, CHANNEL_COUNTER) || has_channel(p, CHANNEL_POST);
}

struct missing {
	struct arena *a;
	VEC(str) items;
};

static void need(struct missing *m, bool there, str item)
{
	if (!there)
		*VEC_PUSH(m->a, &m->items) = item;
}

/* Letters are those of Circular 32/2017, Article 5. */
static void need_eleven(struct missing *m, const struct procedure *p)
{
	need(m, p->name.n, TR("Tên thủ tục"));
	need(m, p->steps.n, TR("Trình tự thực hiện"));
	need(m, p->channels.n, TR("Cách thức thực hiện"));
	need(m, has_paper(p) && p->sets, TR("Thành phần và số bộ hồ sơ"));
	need(m, has_time(p), TR("Thời hạn giải quyết"));
	need(m, p->subjects.n, TR("Đối tượng thực hiện"));
	need(m, p->deciding.n, TR("Cơ quan giải quyết"));
	need(m, p->results.n, TR("Kết quả thực hiện"));
	need(m, has_forms(m->a, p), TR("Mẫu đơn, mẫu tờ khai"));
	need(m, p->channels.n && says_how_returned(p), TR("Cách nộp hồ sơ và nhận kết quả"));
	need(m, p->legal.n && p->decision.n, TR("Căn cứ pháp lý và quyết định công bố"));
}

static void need_service(struct missing *m, const struct procedure *p)
{
	need(m, p->form != NULL, TR("Biểu mẫu điện tử tương tác"));
	need(m, has_channel(p, CHANNEL_ONLINE), TR("Nộp hồ sơ trực tuyến"));
}

static void need_whole(struct missing *m, const struct procedure *p)
{
	need(m, p->pays_online || costs_nothing(p), TR("Thanh toán trực tuyến"));
	need(m, p->returns_online || has_channel(p, CHANNEL_POST),
		TR("Trả kết quả trực tuyến hoặc qua bưu chính"));
	need(m, !p->partial_reason.n, TR("Làm hết qua mạng, không phải đến nơi"));
}

struct service_evidence procedure_evidence(struct arena *a, const struct procedure *p)
{
	static void (*const needs[])(struct missing *, const struct procedure *) = {
		[LEVEL_INCOMPLETE] = need_eleven,
		[LEVEL_INFORMATION] = need_service,
		[LEVEL_PARTIAL] = need_whole,
	};
	struct missing m = { .a = a };
	enum service_level level = LEVEL_INCOMPLETE;

	for (; level < LEVEL_WHOLE; level++) {
		needs[level](&m, p);
		if (m.items.n)
			break;
	}
	return (struct service_evidence){ .level = level,
		.missing = { .items = m.items.items, .n = m.items.n } };
}

str service_level_name(enum service_level l)
{
	switch (l) {
	case LEVEL_WHOLE: return TR("Toàn trình");
	case LEVEL_PARTIAL: return TR("Một phần");
	case LEVEL_INFORMATION: return TR("Chỉ cung cấp thông tin");
	case LEVEL_INCOMPLETE: break;
	}
	return TR("Chưa đủ thông tin");
}
