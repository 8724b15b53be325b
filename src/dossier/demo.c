/* SPDX-License-Identifier: Apache-2.0 */
/* demo.c - half a year of a fictional commune: dossiers that went through the very acts of the
 * product, at moments of the past, and some that wait on every desk. */
#include "dossier/clock.h"
#include "dossier/figures.h"
#include "dossier/flow.h"
#include "dossier/store.h"
#include "forms/sample.h"

#define DEMO_AGENCY S("H99.001.01")
#define DEMO_MONTHS 6

static const char *const people[] = {
	"Võ Minh Khôi",
	"Đặng Thị Ngọc Ánh",
	"Hoàng Thị Kiều Oanh",
	"Trương Thị Mỹ Duyên",
	"Lý Văn Phúc",
	"Đỗ Thị Ân",
	"Huỳnh Quốc Bảo",
	"Phan Thị Thanh Trúc",
	"Ngô Đình Khải",
	"Bùi Thị Hồng Nhung",
	"Dương Gia Huy",
	"Mai Xuân Trường",
};
static const char *const procedures[] = { "2.000635", "1.001193", "1.001612", "2.002409" };

/* How far a dossier of the demonstration has come. */
enum far {
	FAR_SUBMITTED,
	FAR_RECEIVED,
	FAR_HANDLING,
	FAR_ASKED,
	FAR_APPROVAL,
	FAR_DONE,
	FAR_RETURNED,
	FAR_REFUSED
};
static const enum far open_ones[] = {
	FAR_SUBMITTED,
	FAR_SUBMITTED,
	FAR_SUBMITTED,
	FAR_RECEIVED,
	FAR_HANDLING,
	FAR_HANDLING,
	FAR_HANDLING,
	FAR_ASKED,
	FAR_APPROVAL,
	FAR_APPROVAL,
	FAR_DONE,
	FAR_REFUSED,
};

struct stage_hands {
	struct act_actor clerk, officer, leader;
	int64_t citizen;
};

struct demo {
	struct services *s;
	struct arena *a;
	struct conn *conn;
	struct stage_hands hands;
	const struct calendar *calendar;
	instant now;
	uint32_t turn; /* counts dossiers: makes each a little different, the same in every run */
};

static err hand(struct demo *x, const char *identifier, enum role role, struct act_actor *ret)
{
	struct account who;
	bool found = false;
	TRY(account_find(x->conn, x->a, str_from(identifier), &who, &found));
	if (!found)
		return FAIL(x->a, INTERNAL, "the demonstration lacks %s", identifier);
	*ret = (struct act_actor){
		.who = { who.id, who.identifier, role }, .name = who.name, .agency = who.agency
	};
	return NULL;
}

/* --- answers that fit the form ------------------------------------------------------ */

static bool expects_errors(const struct form_sample *sample)
{
	return json_count(json_get(sample->expect, "errors")) > 0;
}

/* The applicant is somebody else each time; papers are not sent in a demonstration. */
static void make_own(struct demo *x, const struct form *f, str person, struct answers *s)
{
	for (size_t i = 0; i < f->pages.n; i++)
		for (size_t k = 0; k < f->pages.items[i].fields.n; k++) {
			const struct form_field *field = &f->pages.items[i].fields.items[k];
			if (str_eq(field->prefill, S("account.name")))
				answer_set(s, field->id, person);
			if (field->kind == FIELD_PAPER)
				answer_set(s, field->id, S(""));
		}
}

/* One of the procedure's own sample cases, in turn. */
static err fill_answers(struct demo *x, const struct procedure *p, str person, str *ret)
{
	const struct form *f;
	struct answers *s = answers_new(x->a);
	TRY(form_of(x->a, p, &f));
	for (size_t i = 0; i < form_sample_count(f); i++) {
		struct form_sample sample;
		TRY(form_sample_read(x->a, f, (i + x->turn) % form_sample_count(f), &sample));
		if (expects_errors(&sample))
			continue;
		s = sample.answers;
		break;
	}
	make_own(x, f, person, s);
	*ret = answers_json(x->a, form_applying(x->a, f, s, day_of(x->now)));
	return NULL;
}

/* --- one dossier ---------------------------------------------------------------------- */

struct entering {
	struct demo *x;
	const struct procedure *procedure;
	struct dossier *d;
	instant at;
};

static err enter(struct conn *c, struct arena *a, void *arg)
{
	struct entering *e = arg;
	struct act_actor by = { .name = e->d->applicant };
	TRY(dossier_number(c, a, e->d->agency, clock_intake(e->x->calendar, e->at), &e->d->code));
	return dossier_enter(c, a, &by, e->at, e->x->calendar, e->procedure, e->d);
}

static err start(struct demo *x, instant at, bool mine, struct dossier *d)
{
	struct procedure p;
	str person = mine ? S("Nguyễn Thị Hạnh") : str_from(people[x->turn % COUNT(people)]);
	TRY(procedure_on(x->conn, x->a, str_from(procedures[x->turn % COUNT(procedures)]),
		day_of(x->now), &p));
	*d = (struct dossier){
		.draft = arena_printf(x->a, "trinh-dien-%u", x->turn),
		.agency = DEMO_AGENCY,
		.channel = x->turn % 5 == 0 ? CHANNEL_COUNTER : CHANNEL_ONLINE,
		.owner_id = mine ? x->hands.citizen : 0,
		.applicant = person,
		.person_id = arena_printf(x->a, "0991%08u", 92000000 + x->turn),
		.phone = arena_printf(x->a, "0912%06u", 345000 + x->turn),
		.address = S("Phường Trung Tâm, tỉnh Lam Giang"),
		.result_channel = S("portal"),
	};
	TRY(fill_answers(x, &p, person, &d->answers));
	struct entering e = { x, &p, d, at };
	x->turn++;
	return db_write(x->s->db, x->a, enter, &e);
}

static err act(struct demo *x, instant at, const struct act_actor *by, struct act_input in,
	struct dossier *d)
{
	in.version = d->version;
	in.assignee = x->hands.officer.who.id;
	return dossier_do(x->s->db, x->a, at, *by, &in, d);
}

static err propose(struct demo *x, instant at, struct dossier *d)
{
	static const char text[] =
		"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
		"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
		"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]>>endobj\n"
		"trailer<</Root 1 0 R>>\n%%EOF\n";
	struct stored_file f = { .size = sizeof text - 1,
		.created_at = at,
		.mime = S("application/pdf"),
		.name = S("ket-qua.pdf") };
	TRY(file_keep_bytes(x->s->files, x->a, (str){ text, sizeof text - 1 }, &f.sha256));
	struct act_input in = { .act = ACT_PROPOSE, .outcome = S("granted") };
	in.files.items = &f;
	in.files.n = 1;
	return act(x, at, &x->hands.officer, in, d);
}

/* Each act some working minutes after the one before; late ones take their time. */
static err carry(struct demo *x, struct dossier *d, instant at, enum far far, int64_t minutes)
{
	const struct stage_hands *h = &x->hands;
	instant step = at;
#define LATER (step = calendar_add_seconds(x->calendar, step, minutes * 60))
	if (far == FAR_SUBMITTED)
		return NULL;
	if (far == FAR_REFUSED)
		return act(x, LATER, &h->clerk,
			(struct act_input){ .act = ACT_REFUSE,
				.reason = S(
					"Việc này do Sở Tư pháp giải quyết; mời bạn nộp tại đó.") },
			d);
	TRY(act(x, LATER, &h->clerk, (struct act_input){ .act = ACT_RECEIVE }, d));
	if (far == FAR_RECEIVED)
		return NULL;
	TRY(act(x, LATER, &h->clerk, (struct act_input){ .act = ACT_FORWARD }, d));
	if (far == FAR_HANDLING)
		return NULL;
	if (far == FAR_ASKED) {
		str item = S("Ảnh chụp rõ bốn góc của giấy tờ chứng minh nơi cư trú");
		struct act_input ask = { .act = ACT_ASK,
			.reason = S("Ảnh đã gửi bị mờ, không đọc được.") };
		ask.items.items = &item;
		ask.items.n = 1;
		return act(x, LATER, &h->officer, ask, d);
	}
	TRY(propose(x, LATER, d));
	if (far == FAR_APPROVAL)
		return NULL;
	TRY(act(x, LATER, &h->leader, (struct act_input){ .act = ACT_APPROVE }, d));
	if (far == FAR_DONE)
		return NULL;
	return act(x, LATER, &h->clerk, (struct act_input){ .act = ACT_RETURN }, d);
#undef LATER
}

/* --- half a year ------------------------------------------------------------------------- */

static err past_months(struct demo *x)
{
	struct date today = date_of(day_of(x->now));
	for (int back = DEMO_MONTHS - 1; back >= 1; back--) {
		int month = today.month - back, year = today.year;
		if (month < 1) {
			month += 12;
			year--;
		}
		for (int i = 0; i < 6 + (DEMO_MONTHS - back); i++) {
			struct dossier d;
			day on = calendar_after(x->calendar, day_from(year, month, 1 + 2 * i), 0);
			instant at = instant_at(on, 8 * 3600 + 600 * i);
			TRY(start(x, at, false, &d));
			TRY(carry(x, &d, at, FAR_RETURNED, i == 3 ? 900 : 20));
		}
	}
	return NULL;
}

static err present(struct demo *x)
{
	for (size_t i = 0; i < COUNT(open_ones); i++) {
		struct dossier d;
		/* Submitted on the working days before, so that every light is on. */
		day on = day_of(x->now) - (day)(i % 5);
		while (!calendar_works(x->calendar, on) || instant_at(on, 9 * 3600) > x->now)
			on--;
		instant at = instant_at(on, 8 * 3600 + (int)i * 60);
		TRY(start(x, at, i == 0 || i == 7 || i == 10, &d));
		TRY(carry(x, &d, at, open_ones[i], 5));
	}
	return NULL;
}

err dossier_demo(struct services *s, struct arena *a, instant now)
{
	struct demo x = { .s = s, .a = a, .now = now };
	struct act_actor citizen;
	struct calendar *loaded;
	ARENA reading = arena_new(); /* the connection goes back before the database is closed */
	TRY(db_reader_in(s->db, a, reading, &x.conn));
	TRY(hand(&x, "motcua@lamgiang.test", ROLE_CLERK, &x.hands.clerk));
	TRY(hand(&x, "chuyenvien@lamgiang.test", ROLE_OFFICER, &x.hands.officer));
	TRY(hand(&x, "lanhdao@lamgiang.test", ROLE_LEADER, &x.hands.leader));
	TRY(hand(&x, "nguoidan@lamgiang.test", ROLE_CITIZEN, &citizen));
	x.hands.citizen = citizen.who.id;
	TRY(calendar_load(x.conn, a, DEMO_AGENCY, day_of(now), &loaded));
	x.calendar = loaded;
	TRY(past_months(&x));
	return present(&x);
}
