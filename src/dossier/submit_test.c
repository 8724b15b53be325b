/* SPDX-License-Identifier: Apache-2.0 */
/* A draft becomes a dossier: exactly once, whole or not at all, under a number of its own. */
#include "dossier/clock.h"
#include "dossier/site_test.h"

#include <pthread.h>
#include <regex.h>

/* clang-format off */
#define FORM \
	"'components':[{'id':'giay-a','name':'Giấy A'},{'id':'giay-b','name':'Giấy B'}]," \
	"'form':{'title':'Tờ khai','declaration':'Tôi cam đoan','pages':[{'id':'ban'," \
	"'title':'Bạn','fields':[" \
	"{'id':'ho-ten','kind':'text','label':'Họ tên','required':true,'error':'Nhập họ tên'," \
	"'prefill':'account.name'}," \
	"{'id':'ket-hon','kind':'yes_no','label':'Đã kết hôn','required':true,'error':'Chọn'}," \
	"{'id':'vo-chong','kind':'text','label':'Vợ, chồng','required':true,'error':'Nhập'," \
	"'when':{'==':[{'var':'ket-hon'},'yes']}}," \
	"{'id':'giay-a','kind':'paper','label':'Giấy A','component':'giay-a'}," \
	"{'id':'giay-b','kind':'paper','label':'Giấy B','component':'giay-b'," \
	"'when':{'==':[{'var':'ket-hon'},'yes']}}]}]}"
/* clang-format on */

/* A request as the citizen's browser sends it. */
static struct req *request(struct office *o, struct arena *a)
{
	struct services *s = arena_make(a, struct services);
	struct caller *who = arena_make(a, struct caller);
	struct req *r = arena_make(a, struct req);
	s->db = o->db;
	*who = (struct caller){ .role = ROLE_CITIZEN,
		.account_id = o->citizen.who.id,
		.name = o->citizen.name,
		.identifier = o->citizen.who.identifier };
	*r = (struct req){ .arena = a, .turn = a, .now = o->now, .user = who, .app = s };
	return r;
}

static struct draft draft_now(struct office *o, str code)
{
	ARENA look = arena_new();
	struct conn *c;
	struct draft d = { 0 };
	CHECK_OK(db_reader(o->db, look, &c));
	CHECK_OK(draft_get(c, o->a, code, o->citizen.who.id, &d));
	return d;
}

struct filling {
	struct draft *draft;
	const char *answers;
	instant now;
};

static err add_paper(struct conn *c, struct arena *a, const struct filling *f, const char *field)
{
	struct stored_file file = { .sha256 = S("00"),
		.mime = S("application/pdf"),
		.name = arena_printf(a, "%s.pdf", field) };
	TRY(file_record(c, a, &file, &file.id));
	return draft_file_add(c, a, f->draft, str_from(field), file.id);
}

static err fill(struct conn *c, struct arena *a, void *arg)
{
	const struct filling *f = arg;
	TRY(add_paper(c, a, f, "giay-a"));
	TRY(add_paper(c, a, f, "giay-b"));
	f->draft->answers = str_from(f->answers);
	return draft_save(c, a, f->draft, f->now);
}

/* What was answered before "married" was changed to no is still in the draft. */
#define COMPLETE                                                          \
	"{\"ho-ten\":\"Nguyễn Thị Hạnh Nhân\",\"ket-hon\":\"no\"," \
	"\"vo-chong\":\"Lê Văn Kín\",\"giay-a\":\"1\",\"giay-b\":\"2\"}"

static struct draft filled(struct office *o, const char *answers)
{
	ARENA a = arena_new();
	struct form f;
	str code;
	CHECK_OK(form_parse(a, &o->procedure, &f));
	CHECK_OK(draft_start(request(o, a), &o->procedure, &f, answers_new(a), S(AGENCY), &code));
	struct draft d = draft_now(o, str_copy(o->a, code));
	struct filling filling = { &d, answers, o->now };
	CHECK_OK(db_write(o->db, o->a, fill, &filling));
	return draft_now(o, d.code);
}

static err submit(struct office *o, struct arena *a, const struct draft *d, str *ret_code)
{
	struct form f;
	TRY(form_parse(a, &o->procedure, &f));
	return dossier_submit(request(o, a), d, &f, &o->procedure, ret_code);
}

static bool looks_like(str text, const char *pattern)
{
	regex_t r;
	ARENA a = arena_new();
	if (!CHECK(regcomp(&r, pattern, REG_EXTENDED | REG_NOSUB) == 0))
		return false;
	bool matches = regexec(&r, str_z(a, text), 0, NULL, 0) == 0;
	regfree(&r);
	return matches;
}

static struct office *counter(struct arena *a, enum db_engine engine)
{
	struct office *o = office_new(a, engine);
	office_offer(o, FORM);
	return o;
}

TEST("a draft is frozen into a dossier with a code, without what was hidden [ND61-17.4, C32-3.2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = counter(a, engine);
		struct draft draft = filled(o, COMPLETE);
		struct ledger before = ledger_of(o);
		str code;
		REQUIRE(CHECK_OK(submit(o, a, &draft, &code)));
		CHECK(looks_like(code, "^H99\\.[0-9]{3}\\.[0-9]{2}-[0-9]{6}-[0-9]{4,}$"));
		CHECK_STR(code, "H99.001.01-261123-0001");

		struct dossier d = dossier_now(o, &(struct dossier){ .code = code });
		CHECK_INT(d.stage, DOSSIER_SUBMITTED);
		CHECK_INT(d.version, 1);
		CHECK_INT(d.submitted_at, o->now);
		CHECK_INT(d.version_id, o->procedure.version_id);
		CHECK_INT(d.owner_id, o->citizen.who.id);
		CHECK_STR(d.applicant, "Nguyễn Thị Hạnh Nhân"); /* as answered */
		CHECK_STR(d.phone, "0912345678");               /* as known of the account */
		struct answers *answers;
		CHECK_OK(answers_parse(a, d.answers, &answers));
		CHECK_STR(answer(answers, S("ket-hon")), "no");
		CHECK(!str_has(d.answers, S("Lê Văn Kín")));
		CHECK(!str_has(d.answers, S("giay-b")));

		struct dossier_file *files;
		size_t n;
		CHECK_OK(dossier_files(reader(o), a, d.id, &files, &n));
		REQUIRE(n == 1);
		CHECK_STR(files[0].kind, "paper");
		CHECK_STR(files[0].name, "giay-a.pdf");

		struct ledger after = ledger_of(o);
		CHECK_INT(after.dossiers - before.dossiers, 1);
		CHECK_INT(after.events - before.events, 1);
		CHECK_INT(after.audits - before.audits, 1);
		CHECK_INT(after.notices - before.notices, 2); /* the applicant, the clerk */
		CHECK_INT(after.tallied - before.tallied, 1);
		CHECK_INT(after.figures - before.figures, 1);
	}
}

struct sender {
	struct office *o;
	struct draft draft;
	char code[64];
	const char *ended;
};

static void *send_one(void *arg)
{
	struct sender *s = arg;
	ARENA a = arena_new();
	str code = S("");
	s->ended = err_name(submit(s->o, a, &s->draft, &code));
	snprintf(s->code, sizeof s->code, STR_FMT, STR_ARG(code));
	return NULL;
}

TEST("one draft sent by eight at once is one dossier, and all eight get its code")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = counter(a, engine);
		struct draft draft = filled(o, COMPLETE);
		struct sender senders[8];
		pthread_t threads[8];
		for (size_t i = 0; i < COUNT(senders); i++) {
			senders[i] = (struct sender){ .o = o, .draft = draft };
			REQUIRE(pthread_create(&threads[i], NULL, send_one, &senders[i]) == 0);
		}
		for (size_t i = 0; i < COUNT(senders); i++)
			pthread_join(threads[i], NULL);
		for (size_t i = 0; i < COUNT(senders); i++) {
			CHECK_STR(senders[i].ended, "OK");
			CHECK_STR(senders[i].code, "H99.001.01-261123-0001");
		}
		CHECK_INT(ledger_of(o).dossiers, 1);
		CHECK_INT(ledger_of(o).numbers, 1); /* what the others took was given back */
		str again;
		struct draft submitted = draft_now(o, draft.code);
		CHECK(submitted.submitted);
		CHECK_OK(submit(o, a, &submitted, &again));
		CHECK_STR(again, "H99.001.01-261123-0001");
	}
}

TEST("what another tab changed after it was seen is not declared: CONFLICT, and nothing is kept")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = counter(a, engine);
		struct draft seen = filled(o, COMPLETE), other = seen;
		struct filling change = { &other, COMPLETE, o->now };
		CHECK_OK(db_write(o->db, a, fill, &change));
		struct ledger before = ledger_of(o);
		str code = S("untouched");
		CHECK_ERR(submit(o, a, &seen, &code), "CONFLICT");
		CHECK_STR(code, "untouched");
		struct ledger after = ledger_of(o);
		CHECK(ledger_same(&before, &after));
	}
}

TEST("a draft that is not complete is INVALID, and stays a draft")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = counter(a, engine);
		struct draft draft = filled(o, "{\"ho-ten\":\"Hạnh\",\"ket-hon\":\"yes\"}");
		struct ledger before = ledger_of(o);
		str code;
		CHECK_ERR(submit(o, a, &draft, &code), "INVALID");
		struct ledger after = ledger_of(o);
		CHECK(ledger_same(&before, &after));
		CHECK(!draft_now(o, draft.code).submitted);
	}
}

TEST("a submission whose last step fails leaves no number, dossier, file or notice")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = counter(a, engine);
		struct draft draft = filled(o, COMPLETE);
		struct ledger before = ledger_of(o);
		char *long_name = arena_bytes(a, LIMIT_JOB_PAYLOAD + 1, 1);
		memset(long_name, 'x', LIMIT_JOB_PAYLOAD);
		str name = o->procedure.name, code;
		o->procedure.name = str_from(long_name); /* too long for the mail, put last */
		CHECK_ERR(submit(o, a, &draft, &code), "INTERNAL");
		struct ledger after = ledger_of(o);
		CHECK(ledger_same(&before, &after));
		o->procedure.name = name;
		REQUIRE(CHECK_OK(submit(o, a, &draft, &code)));
		CHECK_STR(code, "H99.001.01-261123-0001");
	}
}

TEST("what is sent on Friday at 23:30 has the date of Monday in its code [DC-3]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = counter(a, engine);
		o->now = moment("2026-11-27T23:30");
		struct draft draft = filled(o, COMPLETE);
		str code;
		REQUIRE(CHECK_OK(submit(o, a, &draft, &code)));
		CHECK_STR(code, "H99.001.01-261130-0001");
	}
}

TEST("a review that another window has changed is shown again instead of sent")
{
	ARENA a = arena_new();
	struct office_site s;
	REQUIRE(site_open(a, DB_SQLITE, &s));
	office_offer(s.o, FORM);
	struct draft seen = filled(s.o, COMPLETE), other = seen;
	struct visit *v = site_browser(&s, &s.o->citizen);
	const char *review = arena_printf(a, "/nop/" STR_FMT "/xem-lai", STR_ARG(seen.code)).p;
	const char *send_to = arena_printf(a, "/nop/" STR_FMT "/nop", STR_ARG(seen.code)).p;
	CHECK_INT(visit_get(v, review), 200);
	CHECK_INT(shown_version(v), seen.version);
	struct filling change = { &other, COMPLETE, s.o->now };
	CHECK_OK(db_write(s.o->db, a, fill, &change));
	const char *fields =
		str_z(a, arena_printf(a, "cam-doan=1&phien-ban=%lld", (long long)seen.version));
	CHECK_INT(visit_post(v, send_to, fields), 409);
	CHECK(visit_shows(v, "Bản khai vừa được sửa ở một cửa sổ khác"));
	CHECK(!draft_now(s.o, seen.code).submitted);
	CHECK(shown_version(v) > seen.version);
	CHECK_INT(visit_post(v, send_to, "cam-doan=1"), 409); /* nothing was seen */
	fields =
		str_z(a, arena_printf(a, "cam-doan=1&phien-ban=%lld", (long long)shown_version(v)));
	CHECK_INT(visit_post(v, send_to, fields), 303);
	CHECK(draft_now(s.o, seen.code).submitted);
	visit_done(s.v);
}
