/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/dossier_test.h"
#include "dossier/clock.h"
#include "dossier/flow.h"

const struct migration *const office_folders[] = { job_migrations, file_migrations,
	calendar_migrations, identity_migrations, catalogue_migrations, notify_migrations,
	forms_migrations, dossier_migrations, NULL };

instant moment(const char *text)
{
	instant t = 0;
	if (!CHECK(instant_parse(str_from(text), &t)))
		exit(1);
	return t;
}

struct conn *reader(struct office *o)
{
	if (!o->reader && !CHECK_OK(db_reader(o->db, o->a, &o->reader)))
		exit(1);
	return o->reader;
}

str when(struct office *o, struct opt_int at)
{
	return at.set ? instant_iso(o->a, at.value) : S("never");
}

/* --- the people ---------------------------------------------------------------- */

struct person {
	const char *identifier, *name, *agency;
	enum role role;
	struct act_actor *as;
};

static err add_person(struct conn *c, struct arena *a, void *arg)
{
	const struct person *p = arg;
	bool citizen = p->role == ROLE_CITIZEN;
	str identifier = str_from(p->identifier);
	*p->as = (struct act_actor){ .who = { .identifier = identifier, .role = p->role },
		.name = str_from(p->name),
		.agency = str_from(p->agency) };
	return db_number(c, a,
		BIND(dossier_test_account, .identifier = V(identifier),
			.name = V(str_from(p->name)), .role = V(role_code(p->role)),
			.agency = V(str_from(p->agency)),
			.email = V(citizen ? S("hanh@example.vn") : S(""))),
		&p->as->who.id);
}

static err add_agencies(struct conn *c, struct arena *a, void *arg)
{
	(void)arg;
	TRY(db_do(c, a,
		BIND(dossier_test_agency, .code = V(S(AGENCY)),
			.name = V(S("Ủy ban nhân dân phường Trung Tâm")))));
	return db_do(c, a,
		BIND(dossier_test_agency, .code = V(S(OTHER_AGENCY)),
			.name = V(S("Ủy ban nhân dân phường Bến Lam"))));
}

static void add_people(struct office *o)
{
	struct person people[] = {
		{ "motcua", "Trần Văn Một", AGENCY, ROLE_CLERK, &o->clerk },
		{ "chuyenvien", "Lê Thị Hai", AGENCY, ROLE_OFFICER, &o->officer },
		{ "dongnghiep", "Phạm Văn Ba", AGENCY, ROLE_OFFICER, &o->colleague },
		{ "lanhdao", "Đỗ Thị Bốn", AGENCY, ROLE_LEADER, &o->leader },
		{ "quantri", "Võ Văn Năm", "", ROLE_ADMIN, &o->admin },
		{ "noikhac", "Ngô Thị Sáu", OTHER_AGENCY, ROLE_CLERK, &o->elsewhere },
		{ "hanh@example.vn", "Nguyễn Thị Hạnh", "", ROLE_CITIZEN, &o->citizen },
		{ "lang-gieng@example.vn", "Bùi Văn Tám", "", ROLE_CITIZEN, &o->neighbour },
	};
	for (size_t i = 0; i < COUNT(people); i++)
		if (!CHECK_OK(db_write(o->db, o->a, add_person, &people[i])))
			exit(1);
	CHECK_OK(db_write(o->db, o->a, add_agencies, NULL));
	o->clock = (struct act_actor){ .who = { .role = ROLE_ANONYMOUS }, .name = S("Hệ thống") };
}

/* --- the procedure -------------------------------------------------------------- */

struct putting {
	str definition;
	instant now;
};

static err put_procedure(struct conn *c, struct arena *a, void *arg)
{
	const struct putting *p = arg;
	bool changed;
	return procedure_put(c, a, p->definition, p->now, &changed);
}

struct procedure office_procedure(struct office *o, const char *definition)
{
	struct procedure p, stored = { 0 };
	str text = str_copy(o->a, str_from(definition));
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] == '\'')
			((char *)text.p)[i] = '"';
	struct putting put = { text, o->now };
	if (!CHECK_OK(procedure_parse(o->a, text, &p)) ||
		!CHECK_OK(db_write(o->db, o->a, put_procedure, &put)) ||
		!CHECK_OK(procedure_on(reader(o), o->a, p.code, day_of(o->now), &stored)))
		exit(1);
	return stored;
}

void office_offer(struct office *o, const char *members)
{
	static int count;
	str definition = arena_printf(o->a,
		"{'code':'1.%06d','name':'Cấp bản sao trích lục hộ tịch','sector':'G15-TP07',"
		"'effective_from':'2026-02-01','sets':1,%s%s}",
		++count, strstr(members, "'limit'") ? "" : "'limit':'3wd',", members);
	o->procedure = office_procedure(o, str_z(o->a, definition));
}

struct office *office_in(struct arena *a, struct db *db)
{
	static const struct site site = { .name = S("Cổng thử") };
	page_source_set(&(struct page_source){ .site = &site });
	struct office *o = arena_make(a, struct office);
	*o = (struct office){ .a = a, .db = db, .now = moment("2026-11-23T09:00") };
	add_people(o);
	office_offer(o, "'limit_text':'3 ngày làm việc'");
	return o;
}

struct office *office_new(struct arena *a, enum db_engine engine)
{
	return office_in(a, test_database(a, engine, office_folders));
}

const struct calendar *office_calendar(struct office *o)
{
	struct calendar *k = NULL;
	ARENA look = arena_new();
	struct conn *c;
	if (!CHECK_OK(db_reader(o->db, look, &c)) ||
		!CHECK_OK(calendar_load(c, o->a, S(AGENCY), day_of(o->now), &k)))
		exit(1);
	return k;
}

/* --- dossiers --------------------------------------------------------------------- */

struct entering {
	struct office *o;
	struct dossier *d;
};

static err enter(struct conn *c, struct arena *a, void *arg)
{
	struct entering *e = arg;
	struct calendar *k;
	TRY(calendar_load(c, a, e->d->agency, day_of(e->o->now), &k));
	if (!e->d->code.n)
		TRY(dossier_number(c, a, e->d->agency, clock_intake(k, e->o->now), &e->d->code));
	return dossier_enter(c, a, &e->o->citizen, e->o->now, k, &e->o->procedure, e->d);
}

struct dossier office_enter_as(struct office *o, struct dossier d)
{
	d.draft = arena_printf(o->a, "nhap-%d", ++o->entered);
	d.channel = d.channel ? d.channel : CHANNEL_ONLINE;
	d.agency = d.agency.n ? d.agency : S(AGENCY);
	d.applicant = d.applicant.n ? d.applicant : o->citizen.name;
	d.answers = d.answers.n ? d.answers : S("{}");
	d.result_channel = S("portal");
	struct entering e = { o, &d };
	if (!CHECK_OK(db_write(o->db, o->a, enter, &e)))
		exit(1);
	return d;
}

struct dossier office_enter(struct office *o)
{
	return office_enter_as(o,
		(struct dossier){ .owner_id = o->citizen.who.id,
			.email = S("hanh@example.vn"),
			.person_id = S("099192000001"),
			.phone = S("0912345678") });
}

struct dossier dossier_now(struct office *o, const struct dossier *d)
{
	ARENA look = arena_new();
	struct conn *c;
	struct dossier now = { 0 };
	CHECK_OK(db_reader(o->db, look, &c));
	CHECK_OK(dossier_get(c, o->a, d->code, &now));
	return now;
}

const struct act_actor *person_of(const struct office *o, enum role by)
{
	switch (by) {
	case ROLE_CLERK: return &o->clerk;
	case ROLE_OFFICER: return &o->officer;
	case ROLE_LEADER: return &o->leader;
	case ROLE_ADMIN: return &o->admin;
	case ROLE_CITIZEN: return &o->citizen;
	case ROLE_ANONYMOUS:
	case ROLE_COUNT: break;
	}
	return &o->clock;
}

struct act_input usual_input(const struct office *o, enum dossier_act act, const struct dossier *d)
{
	static str item = S("Ảnh rõ bốn góc của giấy chứng sinh");
	static struct stored_file result = {
		.sha256 = S("00"), .mime = S("application/pdf"), .name = S("ket-qua.pdf")
	};
	struct act_input in = { .act = act, .version = d->version, .amount = 8000 };
	if (act_needs_reason(act))
		in.reason = S("Ảnh đã gửi bị mờ.");
	if (act == ACT_FORWARD || act == ACT_ASSIGN)
		in.assignee = o->officer.who.id;
	if (act == ACT_PROPOSE) {
		in.outcome = S("granted");
		in.files.items = &result;
		in.files.n = 1;
	}
	if (act == ACT_ANSWER)
		in.reason = S("Đã gửi lại ảnh rõ.");
	if (act == ACT_ASK) {
		in.items.items = &item;
		in.items.n = 1;
	}
	return in;
}

err office_try(
	struct office *o, const struct act_actor *by, enum dossier_act act, struct dossier *d)
{
	struct act_input in = usual_input(o, act, d);
	return dossier_do(o->db, o->a, o->now, *by, &in, d);
}

struct giving {
	int64_t dossier;
	const char *kind, *field, *name;
};

static err give(struct conn *c, struct arena *a, void *arg)
{
	const struct giving *g = arg;
	struct stored_file f = { .sha256 = S("00"), .name = str_from(g->name) };
	TRY(file_record(c, a, &f, &f.id));
	return dossier_add_file(c, a, g->dossier, f.id, str_from(g->kind), str_from(g->field), 0);
}

void office_give(struct office *o, const struct dossier *d, const char *kind, const char *field,
	const char *name)
{
	CHECK_OK(db_write(o->db, o->a, give, &(struct giving){ d->id, kind, field, name }));
}

void office_do(struct office *o, enum dossier_act act, struct dossier *d)
{
	for (int r = 0; r < ROLE_COUNT; r++) {
		bool other;
		if (!step_find(d->stage, act, (enum role)r, &other))
			continue;
		CHECK_OK(office_try(o, person_of(o, (enum role)r), act, d));
		return;
	}
	CHECK(!"nobody does that from here");
}

struct dossier office_at(struct office *o, enum dossier_stage stage)
{
	static const enum dossier_act ways[DOSSIER_STAGE_COUNT][6] = {
		[DOSSIER_SUBMITTED] = { ACT_COUNT },
		[DOSSIER_RECEIVED] = { ACT_RECEIVE, ACT_COUNT },
		[DOSSIER_REFUSED] = { ACT_REFUSE, ACT_COUNT },
		[DOSSIER_HANDLING] = { ACT_RECEIVE, ACT_FORWARD, ACT_COUNT },
		[DOSSIER_APPROVAL] = { ACT_RECEIVE, ACT_FORWARD, ACT_PROPOSE, ACT_COUNT },
		[DOSSIER_SUPPLEMENT] = { ACT_RECEIVE, ACT_FORWARD, ACT_ASK, ACT_COUNT },
		[DOSSIER_FEE] = { ACT_RECEIVE, ACT_FORWARD, ACT_ASK_FEE, ACT_COUNT },
		[DOSSIER_WITHDRAWN] = { ACT_WITHDRAW, ACT_COUNT },
		[DOSSIER_STOPPED] = { ACT_RECEIVE, ACT_FORWARD, ACT_STOP, ACT_COUNT },
		[DOSSIER_DONE] = { ACT_RECEIVE, ACT_FORWARD, ACT_PROPOSE, ACT_APPROVE, ACT_COUNT },
		[DOSSIER_RETURNED] = { ACT_RECEIVE, ACT_FORWARD, ACT_PROPOSE, ACT_APPROVE,
			ACT_RETURN, ACT_COUNT },
	};
	struct dossier d = office_enter(o);
	for (const enum dossier_act *act = ways[stage]; *act != ACT_COUNT; act++)
		office_do(o, *act, &d);
	CHECK_INT(d.stage, stage);
	return d;
}

/* --- what was written ---------------------------------------------------------------- */

#define L(member) COLUMN(struct ledger, member)
ROW_TYPE(ledger_row, struct ledger, L(dossiers), L(events), L(audits), L(notices), L(mails),
	L(files), L(items), L(slips), L(words), L(stored), L(tallied), L(numbers), L(figures));

struct ledger ledger_of(struct office *o)
{
	ARENA look = arena_new();
	struct conn *c;
	struct ledger l = { 0 };
	CHECK_OK(db_reader(o->db, look, &c));
	CHECK_OK(db_one(c, look, BIND(dossier_test_counts), &ledger_row, &l));
	return l;
}

bool ledger_same(const struct ledger *x, const struct ledger *y)
{
	return memcmp(x, y, sizeof *x) == 0;
}
