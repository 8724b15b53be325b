/* SPDX-License-Identifier: Apache-2.0 */
/* What an officer finds: queues in their order, search, and nothing of another agency. */
#include "dossier/desk.h"
#include "dossier/dossier_test.h"

static struct desk_query query(const struct office *o, enum desk_queue q)
{
	return (struct desk_query){
		.agency = S(AGENCY), .account = o->officer.who.id, .queue = q, .limit = 20
	};
}

/* The last parts of the codes, in the order of the list: "0003 0001". */
static str codes(struct arena *a, const struct desk_row *rows, size_t n)
{
	struct buf b = buf_in(a, 64 * KIB);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s" STR_FMT, i ? " " : "",
			STR_ARG(str_from_at(rows[i].code, rows[i].code.n - 4)));
	return buf_str(&b);
}

static str listed(struct office *o, const struct desk_query *q, int64_t *ret_total)
{
	struct desk_row *rows;
	size_t n;
	CHECK_OK(desk_list(reader(o), o->a, q, office_calendar(o), o->now, &rows, &n, ret_total));
	return codes(o->a, rows, n);
}

static str found_of(
	struct office *o, const char *agency, const char *words, size_t limit, bool *ret_more)
{
	struct desk_row *rows;
	size_t n;
	CHECK_OK(desk_search(
		reader(o), o->a, str_from(agency), str_from(words), limit, &rows, &n, ret_more));
	return codes(o->a, rows, n);
}

static str found(struct office *o, const char *agency, const char *words)
{
	bool more;
	str all = found_of(o, agency, words, 50, &more);
	CHECK(!more);
	return all;
}

static void enter_named(struct office *o, const char *applicant, const char *phone)
{
	office_enter_as(o,
		(struct dossier){ .applicant = str_from(applicant),
			.phone = str_from(phone),
			.person_id = S("099192000001") });
}

TEST("a queue shows what is due first, page by page, each dossier once")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		for (int i = 0; i < 7; i++) {
			/* The later it comes in by number, the earlier it was sent. */
			o->now = moment("2026-11-23T11:00") - i * 10 * INSTANT_MINUTE;
			office_enter(o);
		}
		struct desk_query q = query(o, DESK_INTAKE);
		int64_t total;
		q.limit = 3;
		CHECK_STR(listed(o, &q, &total), "0007 0006 0005");
		CHECK_INT(total, 7);
		q.offset = 3;
		CHECK_STR(listed(o, &q, &total), "0004 0003 0002");
		q.offset = 6;
		CHECK_STR(listed(o, &q, &total), "0001");
		q.offset = 7;
		CHECK_STR(listed(o, &q, &total), "");
		CHECK_INT(total, 7);
		struct desk_query all = query(o, DESK_OPEN);
		CHECK_STR(listed(o, &all, &total), "0007 0006 0005 0004 0003 0002 0001");
	}
}

TEST("each act moves a dossier to the queue of who works on it next")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		static const struct {
			enum dossier_act act;
			enum desk_queue to;
		} way[] = {
			{ ACT_RECEIVE, DESK_FORWARD },
			{ ACT_FORWARD, DESK_HANDLING },
			{ ACT_ASK, DESK_SUPPLEMENT },
			{ ACT_ANSWER, DESK_SUPPLEMENT },
			{ ACT_RESUME, DESK_HANDLING },
			{ ACT_ASK_FEE, DESK_FEE },
			{ ACT_CONFIRM_FEE, DESK_HANDLING },
			{ ACT_PROPOSE, DESK_APPROVAL },
			{ ACT_APPROVE, DESK_RETURN },
			{ ACT_RETURN, DESK_QUEUE_COUNT },
		};
		struct dossier d = office_enter(o);
		for (size_t i = 0; i < COUNT(way); i++) {
			office_do(o, way[i].act, &d);
			for (int q = 0; q < DESK_MINE; q++) {
				struct desk_query each = query(o, (enum desk_queue)q);
				int64_t total;
				bool here = (int)way[i].to == q;
				CHECK_STR(listed(o, &each, &total), here ? "0001" : "");
			}
		}
	}
}

TEST("my own are those that are given to me and wait for somebody")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct desk_query mine = query(o, DESK_MINE);
		int64_t total;
		office_at(o, DOSSIER_HANDLING);
		office_at(o, DOSSIER_DONE);
		office_at(o, DOSSIER_SUPPLEMENT);
		office_at(o, DOSSIER_RECEIVED);
		CHECK_STR(listed(o, &mine, &total), "0001 0003");
		CHECK_INT(total, 2);
		mine.account = o->colleague.who.id;
		CHECK_STR(listed(o, &mine, &total), "");
	}
}

TEST("a queue is narrowed to one procedure, and the choice offers those with something open")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		office_enter(o);
		str first = o->procedure.code;
		office_offer(o, "'limit':'5wd'");
		office_enter(o);
		office_offer(o, "'limit':'6wd'");
		office_at(o, DOSSIER_REFUSED);
		struct desk_query q = query(o, DESK_INTAKE);
		struct desk_procedure *offered;
		size_t n;
		int64_t total;
		q.procedure = first;
		CHECK_STR(listed(o, &q, &total), "0001");
		CHECK_INT(total, 1);
		CHECK_OK(desk_procedures(reader(o), a, S(AGENCY), &offered, &n));
		CHECK_INT((int64_t)n, 2);
	}
}

TEST("a dossier is found by code, name, number or telephone, with and without marks [ND43-7.1]")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		enter_named(o, "Nguyễn Thị Hạnh", "0912345678");
		enter_named(o, "Đặng Văn Đức", "0987654321");
		enter_named(o, "Nguyễn Thị Ngọc Ánh", "0901000111");
		enter_named(o, "Nguyễn Thị Ngọc Bích", "0901000222");
		static const struct {
			const char *words, *codes;
		} samples[] = {
			{ "H99.001.01-261123-0002", "0002" },
			{ "261123-0003", "0003" },
			{ "0002", "0002" },
			{ "Đặng Văn Đức", "0002" },
			{ "dang van duc", "0002" },
			{ "ĐỨC", "0002" },
			{ "duc dang", "0002" },
			{ "nguyễn hạnh", "0001" },
			{ "nguy han", "0001" },
			{ "Nguyễn Thị Ngọc Ánh", "0003" },
			{ "nguyen thi ngoc", "0004 0003" },
			{ "0987654321", "0002" },
			{ "0987 654 321", "0002" },
			{ "+84 987 654 321", "0002" },
			{ "099192000001", "0004 0003 0002 0001" },
			{ "Nguyễn Đức", "" },
			{ "không có ai", "" },
			{ "", "" },
			{ "%", "" },
			{ "~", "" },
		};
		for (size_t i = 0; i < COUNT(samples); i++)
			if (!CHECK_STR(found(o, AGENCY, samples[i].words), samples[i].codes))
				printf("#   looking for %s\n", samples[i].words);
	}
}

static err add_namesakes(struct conn *c, struct arena *a, void *arg)
{
	const struct dossier *d = arg;
	TRY(db_do(c, a, BIND(dossier_test_namesakes, .id = V(d->id), .count = V(2600))));
	TRY(db_do(c, a, BIND(dossier_test_word, .word = V(S("nguyen")))));
	TRY(db_do(c, a, BIND(dossier_test_word, .word = V(S("thi")))));
	return db_do(c, a, BIND(dossier_test_word, .word = V(S("nga"))));
}

TEST("one person is found among thousands of namesakes")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		CHECK_OK(db_write(o->db, a, add_namesakes, &d));
		enter_named(o, "Nguyễn Thị An", "0900000000");
		CHECK_STR(found(o, AGENCY, "nguyễn thị an"), "0002");
		CHECK_STR(found(o, AGENCY, "nguyen thi an"), "0002");
	}
}

TEST("of more dossiers than are looked at the newest are found, and it is said that there are more")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		struct dossier d = office_enter(o);
		bool more = false;
		CHECK_OK(db_write(o->db, a, add_namesakes, &d));
		enter_named(o, "Nguyễn Thị Nga", "0900000000");
		CHECK_STR(found_of(o, AGENCY, "nguyễn thị nga", 3, &more), "0002 2600 2599");
		CHECK(more);
		CHECK_STR(found_of(o, AGENCY, "nga 0900000000", 1, &more), "0002");
		CHECK(more); /* the limit was reached */
		CHECK_STR(found_of(o, AGENCY, "nga 0900000000", 2, &more), "0002");
		CHECK(!more);
	}
}

TEST("nothing of another agency is listed, counted, found or offered")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		office_enter_as(o,
			(struct dossier){ .agency = S(OTHER_AGENCY),
				.applicant = S("Ngô Thị Sáu"),
				.phone = S("0912345678") });
		struct desk_counts counts;
		struct desk_procedure *offered;
		size_t n;
		int64_t total;
		for (int q = 0; q < DESK_QUEUE_COUNT; q++) {
			struct desk_query each = query(o, (enum desk_queue)q);
			CHECK_STR(listed(o, &each, &total), "");
			CHECK_INT(total, 0);
			CHECK_OK(desk_counts(reader(o), a, S(AGENCY), o->officer.who.id,
				(enum desk_queue)q, office_calendar(o), o->now, &counts));
			CHECK_INT(counts.queue[q], 0);
		}
		CHECK_STR(found(o, AGENCY, "ngo thi sau"), "");
		CHECK_STR(found(o, AGENCY, "0912345678"), "");
		CHECK_STR(found(o, AGENCY, "H99.002.01-261123-0001"), "");
		CHECK_STR(found(o, OTHER_AGENCY, "ngo thi sau"), "0001");
		CHECK_OK(desk_procedures(reader(o), a, S(AGENCY), &offered, &n));
		CHECK_INT((int64_t)n, 0);
	}
}

TEST("a citizen sees the own dossiers, newest first, open and closed, and nobody else's")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct office *o = office_new(a, engine);
		office_at(o, DOSSIER_RETURNED);
		office_enter_as(o, (struct dossier){ .owner_id = o->neighbour.who.id });
		office_enter(o);
		struct desk_row *rows;
		size_t n;
		int64_t total;
		int64_t owner = o->citizen.who.id;
		CHECK_OK(desk_of_owner(reader(o), a, owner, 0, 20, &rows, &n, &total));
		CHECK_STR(codes(a, rows, n), "0003 0001");
		CHECK_INT(total, 2);
		CHECK_OK(desk_of_owner(reader(o), a, owner, 1, 20, &rows, &n, &total));
		CHECK_STR(codes(a, rows, n), "0001");
		CHECK_INT(total, 2);
	}
}

TEST("queues and lights are found by their names in addresses")
{
	for (int i = 0; i < DESK_QUEUE_COUNT; i++) {
		enum desk_queue back = DESK_QUEUE_COUNT;
		CHECK(queue_of_name(queue_name((enum desk_queue)i), &back));
		CHECK_INT(back, i);
		CHECK(queue_title((enum desk_queue)i).n > 0);
	}
	for (int i = LIGHT_OVERDUE; i <= LIGHT_CLOSED; i++) {
		ARENA a = arena_new();
		enum light back = LIGHT_NONE;
		CHECK(light_of_name(light_name((enum light)i), &back));
		CHECK_INT(back, i);
		CHECK(light_text(a, VIETNAMESE, (enum light)i, 1).n > 0);
	}
	enum light untouched = LIGHT_SOON;
	CHECK(!light_of_name(S(""), &untouched));
	CHECK_INT(untouched, LIGHT_SOON);
}
