/* SPDX-License-Identifier: Apache-2.0 */
/* Slip 01: what it says is frozen when the dossier is received. */
#include "core/json.h"
#include "dossier/dossier_test.h"
#include "dossier/slip.h"
#include "view/tr.h"

static struct slip slip_of(struct office *o, const struct dossier *d)
{
	struct slip s = { 0 };
	bool found = false;
	CHECK_OK(slip_find(reader(o), o->a, d->id, S("receipt"), &s, &found));
	CHECK(found);
	return s;
}

TEST("receipt issues a slip with what the form asks for, due to the minute [FORM-5, ND61-17.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		struct slip s;
		bool found = true;
		CHECK_OK(slip_find(reader(o), a, d.id, S("receipt"), &s, &found));
		CHECK(!found);
		office_do(o, ACT_RECEIVE, &d);
		s = slip_of(o, &d);
		CHECK_INT(s.issued_at, o->now);
		CHECK(str_ends(s.number, S("/TNHS")));
		const struct json *j;
		REQUIRE(CHECK_OK(json_parse(a, s.data, &j)));
		CHECK_STR(json_get_text(j, "code"), d.code);
		CHECK_STR(json_get_text(j, "office"), "Ủy ban nhân dân phường Trung Tâm");
		CHECK_STR(json_get_text(j, "applicant"), d.applicant);
		CHECK_STR(json_get_text(j, "person_id"), d.person_id);
		CHECK_STR(json_get_text(j, "phone"), d.phone);
		CHECK_STR(json_get_text(j, "email"), d.email);
		CHECK_STR(json_get_text(j, "content"), d.procedure_name);
		CHECK_STR(json_get_text(j, "limit"), "3 ngày làm việc");
		CHECK_STR(json_get_text(j, "receiver"), o->clerk.name);
		CHECK_INT(json_int(json_get(j, "sets"), 0), 1);
		CHECK_INT(json_int(json_get(j, "received_at"), 0), d.received_at.value);
		CHECK_INT(json_int(json_get(j, "due_at"), 0), dossier_now(o, &d).due_at.value);
		CHECK_STR(moment_text(a, VIETNAMESE, json_int(json_get(j, "due_at"), 0)),
			"17 giờ 00, 27/11/2026");
	}
}

TEST("whatever follows, the slip stays as it was issued [FORM-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_HANDLING);
		struct slip first = slip_of(o, &d);
		o->now = moment("2026-11-25T10:00");
		office_do(o, ACT_ASK, &d);
		office_do(o, ACT_ANSWER, &d);
		o->now = moment("2026-12-02T10:00");
		office_do(o, ACT_RESUME, &d); /* the clock starts anew */
		office_do(o, ACT_PROPOSE, &d);
		office_do(o, ACT_APPROVE, &d);
		struct slip last = slip_of(o, &d);
		CHECK_STR(last.data, first.data);
		CHECK_STR(last.sha256, first.sha256);
		CHECK_INT(ledger_of(o).slips, 1);
		CHECK(slip_intact(a, &last));
	}
}

struct forging {
	int64_t dossier;
	str data;
};

static err forge(struct conn *c, struct arena *a, void *arg)
{
	const struct forging *f = arg;
	return db_do(c, a, BIND(dossier_test_forge, .id = V(f->dossier), .data = V(f->data)));
}

TEST("a slip that was tampered with does not have its hash any more [FORM-1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_at(o, DOSSIER_RECEIVED);
		struct slip s = slip_of(o, &d);
		CHECK(slip_intact(a, &s));
		str data = str_copy(a, s.data);
		((char *)data.p)[str_find(data, S("Hạnh"))] = 'M';
		struct forging f = { d.id, data };
		CHECK_OK(db_write(o->db, a, forge, &f));
		struct slip forged = slip_of(o, &d);
		CHECK(!slip_intact(a, &forged));
	}
}

TEST("the paper is drawn from the frozen data: the same bytes each time [FORM-1, FORM-2]")
{
	ARENA a = arena_new();
	struct office *o = office_new(a, DB_SQLITE);
	struct dossier d = office_at(o, DOSSIER_RECEIVED);
	struct slip s = slip_of(o, &d);
	str one, two, verify = S("https://example.gov.vn/xac-minh/x");
	REQUIRE(CHECK_OK(slip_receipt_pdf(a, &s, verify, &one)));
	REQUIRE(CHECK_OK(slip_receipt_pdf(a, &s, verify, &two)));
	CHECK(str_starts(one, S("%PDF-")));
	CHECK(str_eq(one, two));
}
