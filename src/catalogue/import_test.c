/* SPDX-License-Identifier: Apache-2.0 */
/* import_test.c - the public data: its quirks on small fixtures, and all of it when it is here. */
#include "catalogue/catalogue_test.h"

#include "catalogue/catalogue.sql.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>
#include <zlib.h>

static str rejects_text(struct arena *a, const struct import *m)
{
	struct buf b = buf_in(a, 64 * KIB);

	for (size_t i = 0; i < m->rejects.n; i++) {
		const struct reject *r = &m->rejects.items[i];
		/* What jansson says of broken JSON is its own. */
		bool broken = str_starts(r->reason, S("JSON line"));
		buf_printf(&b, STR_FMT ":%lld: " STR_FMT "\n", STR_ARG(r->file), (long long)r->line,
			STR_ARG(broken ? S("broken") : r->reason));
	}
	return buf_str(&b);
}

static struct procedure procedure_of(struct db *db, struct arena *a, const char *code)
{
	struct procedure p = { 0 };

	CHECK_OK(procedure_on(test_reader(a, db), a, str_from(code), TEST_DAY, &p));
	return p;
}

static void check_kiln(struct db *db, struct arena *a)
{
	struct procedure p = procedure_of(db, a, "1.900001");

	CHECK_STR(p.name, "Đăng ký lò nung");
	CHECK(p.declared_whole && !p.form);
	CHECK_STR(p.deciding, "Ủy ban nhân dân cấp xã; Sở Nghề");
	/* A time in OTHER units is none; the cases have it. */
	CHECK_STR(p.channels.items[0].time, "");
	CHECK_STR(p.cases.items[1].limit, "15d");
	CHECK_STR(p.cases.items[2].limit, "");
	CHECK_STR(p.limit, "15d");
	CHECK_STR(p.limit_text, "Từ 3 ngày làm việc đến 15 ngày, tùy trường hợp");
	/* A fee of 0 is set by the province. */
	CHECK_STR(p.channels.items[0].fees.items[0].note,
		"Theo quy định của Hội đồng nhân dân cấp tỉnh");
	CHECK_STR(p.channels.items[1].fees.items[0].name, "Lệ phí");
	CHECK_INT(procedure_fee_least(&p), 50000);
	/* Papers: required means nothing there; nothing to hand in is a remark. */
	CHECK_INT(p.components.n, 3);
	CHECK(p.components.items[0].required && !p.components.items[0].note);
	CHECK_INT(p.components.items[0].templates.n, 2);
	CHECK(p.components.items[1].note && !p.components.items[1].required);
	CHECK(!p.components.items[2].required);
	CHECK_STR(p.components.items[2].when_text, "Lò lớn");
	CHECK_STR(p.subjects.items[1], "Doanh nghiệp");
	CHECK_STR(p.results.items[0].name, "Giấy chứng nhận lò");
	CHECK_STR(p.results.items[1].name, "Giấy tay");
	CHECK_STR(p.legal.items[0].title, "Nghị quyết về nghề gốm");
}

static void check_others(struct db *db, struct arena *a)
{
	struct procedure p = procedure_of(db, a, "1.900002");
	CHECK_STR(p.channels.items[0].time, "28wh");
	CHECK_STR(p.channels.items[0].fees.items[0].currency, "USD");
	CHECK_STR(p.channels.items[1].time_text, "Theo mô tả");
	CHECK_STR(p.channels.items[1].fees.items[0].note, "Theo văn bản quy định");
	CHECK_INT(procedure_fee_least(&p), FEE_ELSEWHERE);
	CHECK_STR(p.limit, "28wh");
	CHECK_STR(p.deciding, "");
	CHECK_STR(p.components.items[0].name, "Giấy tờ không ghi tên trong cơ sở dữ liệu quốc gia");

	/* A space before the code: the other procedure of that code has it. */
	p = procedure_of(db, a, "1.900001.000.00.00.H98");
	CHECK_STR(p.name, "Thủ tục hỗ trợ thợ gốm");
	CHECK_STR(p.components.items[0].name, "Đơn của thợ");
	CHECK_STR(p.limit, "6wd");

	p = procedure_of(db, a, "1.900006-Xoa");
	CHECK_INT(procedure_fee_least(&p), FEE_UNPUBLISHED);
	CHECK_STR(p.limit, "2m");
	CHECK_STR(p.limit_text, "Từ 8 giờ làm việc đến 2 tháng, tùy trường hợp");
}

static void check_imported_agencies(struct conn *c, struct arena *a)
{
	struct agency g;
	bool found;

	CHECK_OK(agency_find(c, a, S("H98"), &g, &found));
	CHECK_STR(g.old_code, "000.00.00.H98");
	CHECK_OK(agency_find(c, a, S("000.02.005.H98"), &g, &found));
	CHECK_STR(g.code, "H98.005.02");
	CHECK_STR(g.parent, "H98.005");
	/* The list gives the new form of an old code to another agency: both stay. */
	CHECK_OK(agency_find(c, a, S("000.00.04.G15"), &g, &found));
	CHECK_STR(g.name, "Cục Lò - Bộ Tư pháp");
	CHECK_OK(agency_find(c, a, S("G15.04"), &g, &found));
	CHECK_STR(g.name, "Cục Lò");
	CHECK_OK(agency_find(c, a, S("BQL"), &g, &found));
	CHECK(found);
}

TEST("official records are turned into our texts, their quirks known, the bad ones rejected")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct import m;

		CHECK_OK(test_import(a, db, import_catalogue, test_folder(a, ""), &m));
		CHECK_INT(m.counts[IMPORT_PROCEDURES].written, 4);
		CHECK_INT(m.counts[IMPORT_COMPONENTS].read, 5);
		CHECK_INT(m.counts[IMPORT_AGENCIES].written, 7);
		CHECK_STR(rejects_text(a, &m),
			"results.tsv:4: no code\n"
			"components.jsonl:6: no JSON object\n"
			"catalog.jsonl:4: name: must not be empty\n"
			"catalog.jsonl:5: an unknown channel: TELEGRAPH\n"
			"catalog.jsonl:6: broken\n"
			"catalog.jsonl:7: the code 1.900002 stands here twice\n");
		check_kiln(db, a);
		check_others(db, a);
		check_imported_agencies(test_reader(a, db), a);

		/* The folder itself may be named too; nothing changes. */
		CHECK_OK(test_import(a, db, import_catalogue, test_folder(a, "procedures"), &m));
		CHECK(!import_wrote(&m));
		CHECK_INT(m.counts[IMPORT_PROCEDURES].read, 4);
	}
}

TEST("one bad record refuses the whole import, and all bad ones are named")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct import m = {
			.a = a, .now = TEST_NOW, .folder = str_from(test_folder(a, ""))
		};

		CHECK_FAILS(import_run(&m, db, import_catalogue), INVALID);
		CHECK_INT(m.rejected, 6);
		CHECK_INT(test_index(a, db)->records.n, 0);
	}
}

static void put_file(struct arena *a, str folder, const char *name, const char *text)
{
	FILE *f = fopen(arena_printf(a, STR_FMT "/%s", STR_ARG(folder), name).p, "w");

	REQUIRE(f);
	/* ' for ", to be read by people */
	for (; *text; text++)
		fputc(*text == '\'' ? '"' : *text, f);
	fclose(f);
}

#define PROCEDURE "'name':'Tên','sectors':['G15-TT01'],'levels':['xa']"

TEST("what is malformed, stands twice or belongs to nothing is rejected with file, line and reason")
{
	ARENA a = arena_new();
	str folder = str_from(tap_folder());
	struct db *db = test_catalogue(a, DB_SQLITE);
	struct import m;

	put_file(a, folder, "agencies.tsv", "code\tname\nG15\tBộ Tư pháp\nG15\tBộ khác\n");
	put_file(a, folder, "sectors.tsv", "code\tname\nG15-TT01\tGốm\nG15-TT01\tSứ\n");
	put_file(a, folder, "results.tsv", "code\tname\nKQ.1\tGiấy\nKQ.1\tBằng\n");
	put_file(a, folder, "catalog.jsonl",
		"{'code':'1.900001'," PROCEDURE "}\n"
		"{'code':'1.900002'," PROCEDURE ",'methods':'x'}\n"
		"{'code':'1.900003'," PROCEDURE
		",'methods':[{'channel':'DIRECT','time':-3,'unit':'DAY'}]}\n"
		"{'code':'1.900004'," PROCEDURE
		",'methods':[{'channel':'DIRECT','time':3,'unit':'FORTNIGHT'}]}\n"
		"{'code':'1.900005'," PROCEDURE
		",'methods':[{'channel':'DIRECT','fees':[{'type':'FEE','amount':12.5}]}]}\n"
		"{'code':'1.900006'," PROCEDURE ",'cases':[{'qty':'many'}]}\n"
		"{'code':'1.900007'," PROCEDURE ",'subjects':[7]}\n"
		"{'code':'1.900001'," PROCEDURE ",'promulgator':'H98'}\n"
		"{'code':'1.900008'," PROCEDURE ",'full_online':1}\n");
	put_file(a, folder, "components.jsonl",
		"{'procedure':'1.900001','ord':1,'name':'Đơn','original':1,'copy':0}\n"
		"{'procedure':'1.900001','ord':1,'name':'Đơn khác','original':1,'copy':0}\n"
		"{'procedure':'1.900001','ord':2,'name':'Ảnh','original':'2','copy':0}\n"
		"{'procedure':'1.900001','ord':3,'name':'Ảnh','original':1,'copy':1001}\n"
		"{'procedure':'1.900001','ord':4,'name':'Ảnh','forms':'x'}\n"
		"{'procedure':'1.900002','ord':1,'name':'Đơn','original':1,'copy':0}\n"
		"{'procedure':'1.999999','ord':1,'name':'Đơn','original':1,'copy':0}\n"
		"{'ord':1,'name':'Đơn','original':1,'copy':0}\n");
	CHECK_OK(test_import(a, db, import_catalogue, str_z(a, folder), &m));
	CHECK_STR(rejects_text(a, &m),
		"results.tsv:3: KQ.1 stands here twice\n"
		"sectors.tsv:3: G15-TT01 stands here twice\n"
		"agencies.tsv:3: G15 stands here twice\n"
		"components.jsonl:2: ord: 1 stands twice in 1.900001\n"
		"components.jsonl:3: original: must be a whole number\n"
		"components.jsonl:4: copy: is out of bounds\n"
		"components.jsonl:5: forms: must be a list\n"
		"components.jsonl:8: a paper of no procedure\n"
		"catalog.jsonl:2: methods: must be a list\n"
		"catalog.jsonl:3: methods[0].time: must be a number from 0, or text\n"
		"catalog.jsonl:4: methods[0].unit: must be HOUR, WORKING_DAY, DAY, MONTH, YEAR or "
		"OTHER\n"
		"catalog.jsonl:5: methods[0].fees[0].amount: must be a whole number\n"
		"catalog.jsonl:6: cases[0].qty: must be a number from 0\n"
		"catalog.jsonl:7: subjects[0]: must be text\n"
		"catalog.jsonl:8: the code 1.900001 stands here twice\n"
		"catalog.jsonl:9: full_online: must be true or false\n"
		"components.jsonl:6: a paper of a procedure that is not taken\n"
		"components.jsonl:7: a paper of a procedure that is not taken\n");
	CHECK_INT(m.counts[IMPORT_PROCEDURES].written, 1);
	CHECK_INT(m.counts[IMPORT_COMPONENTS].read, 1);
	CHECK_INT(procedure_of(db, a, "1.900001").components.n, 1);
	CHECK_OK(test_import(a, db, import_catalogue, str_z(a, folder), &m));
	CHECK(!import_wrote(&m));
}

TEST("a procedure that can be applied for here is kept when the import has no form for it")
{
	ARENA a = arena_new();
	struct db *db = test_catalogue(a, DB_SQLITE);
	struct import m;
	str folder = str_from(tap_folder());
	FILE *f = fopen(arena_printf(a, STR_FMT "/catalog.jsonl", STR_ARG(folder)).p, "w");

	REQUIRE(f);
	fputs("{\"code\":\"1.001193\",\"name\":\"Khai sinh khác\",\"sectors\":[\"G15-TP07\"],"
	      "\"levels\":[\"xa\"],\"methods\":[]}\n",
		f);
	fclose(f);
	CHECK_OK(test_import(a, db, import_starter, test_folder(a, "starter"), &m));
	CHECK_OK(test_import(a, db, import_catalogue, str_z(a, folder), &m));
	CHECK_INT(m.counts[IMPORT_PROCEDURES].kept, 1);
	CHECK(!import_wrote(&m));
	CHECK_STR(procedure_of(db, a, "1.001193").name, "Thủ tục đăng ký khai sinh");
}

static err ours(struct conn *c UNUSED, struct arena *a, str definition UNUSED)
{
	return FAIL(a, CONFLICT, "it is ours");
}

TEST("files that were taken before are passed over where the office went on, changed ones refused")
{
	ARENA a = arena_new();
	struct db *db = test_catalogue(a, DB_SQLITE);
	const char *folder = test_folder(a, "starter");
	struct import m = { .a = a, .now = TEST_NOW, .folder = str_from(folder) };

	CHECK_OK(import_run(&m, db, import_starter));
	size_t n = (size_t)m.counts[IMPORT_PROCEDURES].written;
	m = (struct import){ .a = a, .now = TEST_NOW, .folder = str_from(folder), .gate = ours };
	CHECK_OK(import_run(&m, db, import_starter));
	CHECK(!import_wrote(&m));
	CHECK_INT(m.counts[IMPORT_PROCEDURES].kept, n);
	REQUIRE(m.notes.n == n);
	CHECK(str_ends(
		m.notes.items[0], S(".json: unchanged; what the office published since stays")));

	struct db *other = test_catalogue(a, DB_SQLITE);
	m = (struct import){ .a = a, .now = TEST_NOW, .folder = str_from(folder), .gate = ours };
	CHECK_FAILS(import_run(&m, other, import_starter), INVALID);
	CHECK_STR(m.rejects.items[0].reason, "it is ours");
}

TEST("units of today and of before are imported, with what became of them [REF-1, REF-2]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct conn *c;
		struct import m;
		struct unit u, *list;
		bool found;
		size_t n;

		CHECK_OK(test_import(a, db, import_units, test_folder(a, ""), &m));
		CHECK_STR(rejects_text(a, &m),
			"communes.tsv:5: no code of a unit\n"
			"commune_changes.tsv:5: there is no unit 99999 today\n"
			"commune_changes.tsv:6: kind must be full or partial\n");
		CHECK_INT(m.counts[IMPORT_UNITS].written, 10);
		CHECK_INT(m.counts[IMPORT_CHANGES].written, 5);
		c = test_reader(a, db);
		CHECK_OK(unit_provinces(c, a, &list, &n));
		CHECK_INT(n, 2);
		CHECK_OK(unit_communes(c, a, S("98"), &list, &n));
		CHECK_INT(n, 2);
		CHECK_STR(list[0].name, "Âu Lò");
		CHECK_STR(list[1].name, "Đất");
		/* The same code, before and now. */
		CHECK_OK(unit_find(c, a, S("00001"), &u, &found));
		CHECK_STR(u.full_name, "Xã Đất");
		CHECK_OK(unit_find(c, a, S("00009"), &u, &found));
		CHECK_STR(u.name, "Cát");
		CHECK_STR(u.type, "Xã");
		CHECK(u.valid_to.set && u.valid_to.value == day_from(2025, 6, 30));
		CHECK_OK(unit_find(c, a, S("901"), &u, &found));
		CHECK_STR(u.kind, "district");
		CHECK_OK(test_import(a, db, import_units, test_folder(a, "admin"), &m));
		CHECK(!import_wrote(&m));
	}
}

/* --- damaged files ------------------------------------------------------------- */

static void write_gzip(struct arena *a, str folder, const char *name, str text, size_t cut)
{
	const char *path = arena_printf(a, STR_FMT "/%s", STR_ARG(folder), name).p;
	gzFile f = gzopen(path, "wb");
	char *bytes = arena_bytes(a, MIB, 1);

	CHECK(f && gzwrite(f, text.p, (unsigned)text.n) == (int)text.n);
	gzclose(f);
	FILE *read = fopen(path, "rb");
	size_t n = fread(bytes, 1, MIB, read);
	fclose(read);
	FILE *again = fopen(path, "wb");
	fwrite(bytes, 1, n - cut, again);
	fclose(again);
}

TEST("a file that is damaged, missing or has a line too long undoes the whole import")
{
	ARENA a = arena_new();
	struct db *db = test_catalogue(a, DB_SQLITE);
	str catalog = test_text(a, "procedures/catalog.jsonl"), folder = str_from(tap_folder());
	struct import m;

	err e = test_import(a, db, import_catalogue, str_z(a, folder), &m);
	if (CHECK(e && e->kind == ERR_NOT_FOUND))
		CHECK(str_has(e->detail, S("there is no catalog.jsonl(.gz) here")));

	write_gzip(a, folder, "catalog.jsonl.gz", catalog, 12);
	e = test_import(a, db, import_catalogue, str_z(a, folder), &m);
	if (CHECK(e))
		CHECK(str_has(e->detail, S("the gzip file is damaged or cut off")));
	CHECK_INT(test_index(a, db)->records.n, 0);

	char *line = arena_bytes(a, LIMIT_IMPORT_LINE + 10, 1);
	memset(line, 'x', LIMIT_IMPORT_LINE + 10);
	write_gzip(a, folder, "catalog.jsonl.gz", (str){ line, LIMIT_IMPORT_LINE + 10 }, 0);
	e = test_import(a, db, import_catalogue, str_z(a, folder), &m);
	if (CHECK(e))
		CHECK_STR(e->detail, "catalog.jsonl.gz:1: the line is too long");

	write_gzip(a, folder, "catalog.jsonl.gz", catalog, 0);
	CHECK_OK(test_import(a, db, import_catalogue, str_z(a, folder), &m));
	CHECK_INT(test_index(a, db)->records.n, 4);
}

TEST("the commands refuse what they do not understand")
{
	static const struct {
		int argc;
		char *argv[4];
		int import, search;
	} cases[] = {
		{ 1, { "x" }, 2, 2 },
		{ 2, { "x", "catalogue" }, 2, 0 },
		{ 3, { "x", "wares", "/tmp" }, 2, 0 },
		{ 3, { "x", "catalogue", "/no/such/folder" }, 1, 0 },
		{ 3, { "x", "starter", "/no/such/folder" }, 1, 0 },
		{ 3, { "x", "catalogue", "--skip-bad" }, 2, 2 },
		{ 4, { "x", "catalogue", "--skip-bad", "/no/such/folder" }, 1, 2 },
		{ 3, { "x", "catalogue", CATALOGUE_TESTDATA }, 1, 0 },
		{ 4, { "x", "catalogue", CATALOGUE_TESTDATA, "--skip-bad" }, 0, 2 },
	};
	ARENA a = arena_new();
	struct database_door door = test_door(test_catalogue(a, DB_SQLITE));

	for (size_t i = 0; i < COUNT(cases); i++) {
		int n = cases[i].argc;
		char **words = (char **)cases[i].argv;
		CHECK_INT(catalogue_import_command(a, &door, NULL, n, words), cases[i].import);
		CHECK_INT(catalogue_search_command(a, &door, n, words), cases[i].search);
	}
}

/* --- all of it ------------------------------------------------------------------- */

TEST("the whole public data is imported in seconds, and again without a change")
{
	ARENA root = arena_new();
	const char *folder = shared_data(root);

	if (!folder)
		return;
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct db *db = test_catalogue(a, engine);
		struct import m;
		struct unit *units;
		size_t n;

		instant start = instant_monotonic();
		CHECK_OK(test_import(a, db, import_catalogue, folder, &m));
		CHECK_INT(m.rejected, 0);
		CHECK_INT(m.counts[IMPORT_PROCEDURES].written, 5665);
		CHECK_INT(m.counts[IMPORT_COMPONENTS].read, 28064);
		CHECK_INT(m.counts[IMPORT_AGENCIES].written, 734);
		CHECK_OK(test_import(a, db, import_units, folder, &m));
		CHECK_INT(m.rejected, 0);
		CHECK(instant_monotonic() - start < 20 * INSTANT_SECOND);
		CHECK_OK(unit_provinces(test_reader(a, db), a, &units, &n));
		CHECK_INT(n, 34);
		CHECK_INT(test_index(a, db)->records.n, 5665);

		CHECK_OK(test_import(a, db, import_catalogue, folder, &m));
		CHECK(!import_wrote(&m));
		CHECK_OK(test_import(a, db, import_units, folder, &m));
		CHECK(!import_wrote(&m));
	}
}

struct hurry {
	struct db *db;
	atomic_bool done;
	instant longest;
};

static err nothing(struct conn *c UNUSED, struct arena *a UNUSED, void *arg UNUSED) { return NULL; }

/* Somebody who writes all the time, and how long it took at worst. */
static void *write_meanwhile(void *arg)
{
	struct hurry *h = arg;

	while (!atomic_load(&h->done)) {
		ARENA a = arena_new();
		instant start = instant_monotonic();
		CHECK_OK(db_write(h->db, a, nothing, NULL));
		instant took = instant_monotonic() - start;
		h->longest = took > h->longest ? took : h->longest;
		usleep(1000);
	}
	return NULL;
}

/* A fifth of a second on an idle machine; a busy one is slow with both. */
TEST("who writes while the whole public data is imported waits for a small part of it only")
{
	ARENA a = arena_new();
	const char *folder = shared_data(a);
	struct import m;
	pthread_t thread;

	if (!folder)
		return;
	struct hurry h = { .db = test_catalogue(a, DB_SQLITE) };
	REQUIRE(pthread_create(&thread, NULL, write_meanwhile, &h) == 0);
	instant start = instant_monotonic();
	CHECK_OK(test_import(a, h.db, import_catalogue, folder, &m));
	CHECK_OK(test_import(a, h.db, import_units, folder, &m));
	instant whole = instant_monotonic() - start;
	atomic_store(&h.done, true);
	pthread_join(thread, NULL);
	printf("# %lld ms at worst, of %lld\n", (long long)(h.longest / 1000),
		(long long)(whole / 1000));
	CHECK(h.longest < whole / 2);
}
