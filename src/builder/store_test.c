/* SPDX-License-Identifier: Apache-2.0 */
#include "builder/builder_test.h"

static struct publishing publishing_of(struct working_copy w)
{
	return (struct publishing){ .copy = w,
		.from = day_of(TEST_NOW),
		.legal_number = S("04/2026/TT"),
		.legal_title = S("Thông tư"),
		.legal_day = day_of(TEST_NOW) - 9,
		.by = { 0, S("an@example.vn"), ROLE_ADMIN },
		.now = TEST_NOW };
}

static struct working_copy changed(struct services *s, struct arena *a, const char *label)
{
	struct working_copy w = test_copy(s, a);
	struct tree *t;

	CHECK_OK(tree_parse(a, w.definition, &t));
	tree_put_text(
		a, test_spot(a, t, &thing_question, "ban.ten").item, "label", str_from(label));
	struct keeping k = { .code = w.code,
		.name = w.name,
		.seen = w.version,
		.base = w.base,
		.by = { 0, S("an@example.vn"), ROLE_ADMIN },
		.now = TEST_NOW };
	CHECK_OK(tree_text(a, t, &k.definition));
	CHECK_OK(db_write(s->db, a, copy_keep, &k));
	return test_copy(s, a);
}

TEST("two editors at once: the second is told, and nothing of the first is lost")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		test_begin(s, a);
		struct working_copy seen = test_copy(s, a);
		struct working_copy now = changed(s, a, "Tên bạn");
		CHECK_INT(now.version, seen.version + 1);
		struct keeping late = { .code = seen.code,
			.name = seen.name,
			.seen = seen.version,
			.base = seen.base,
			.definition = seen.definition,
			.now = TEST_NOW };
		CHECK_ERR(db_write(s->db, a, copy_keep, &late), "CONFLICT");
		late.seen = 0;
		CHECK_ERR(db_write(s->db, a, copy_keep, &late), "CONFLICT");
		CHECK_STR(test_copy(s, a).definition, now.definition);
		str before;
		CHECK_OK(copy_text(test_reader(s, a), a, seen.code, seen.version, &before));
		CHECK_STR(before, seen.definition);
	}
}

TEST("publishing is one act: the version, who, when and the legal ground, the audit entry")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		test_begin(s, a);
		struct working_copy w = changed(s, a, "Tên bạn");
		struct publishing p = publishing_of(w);
		CHECK_OK(db_write(s->db, a, builder_publish, &p));
		struct conn *c = test_reader(s, a);
		struct publication *rows;
		struct version_row *versions;
		struct audit_entry *entries;
		size_t n;
		int64_t total;
		CHECK_OK(publication_all(c, a, w.code, &rows, &n));
		REQUIRE(n == 1);
		CHECK_STR(rows[0].published_by, "an@example.vn");
		CHECK_STR(rows[0].legal_number, "04/2026/TT");
		CHECK_INT(rows[0].version_id, p.version_id);
		CHECK_OK(procedure_versions(c, a, w.code, &versions, &n));
		REQUIRE(n == 2);
		CHECK_INT(versions[0].id, p.version_id);
		CHECK_INT(versions[0].valid_from, day_of(TEST_NOW));
		CHECK_INT(test_copy(s, a).base, p.version_id);
		CHECK_OK(audit_list(c, a, w.code, 0, 9, &entries, &n, &total));
		REQUIRE(n == 2);
		CHECK_STR(entries[0].act, "form.publish");
		p = publishing_of(test_copy(s, a));
		CHECK_ERR(db_write(s->db, a, builder_publish, &p), "CONFLICT");
	}
}

TEST("what its samples contradict is not published, and nothing of the act stays")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		test_begin(s, a);
		struct working_copy w = test_copy(s, a);
		struct tree *t;
		CHECK_OK(tree_parse(a, w.definition, &t));
		struct tree *fee = test_spot(a, t, &thing_fee, "0.0").item;
		tree_put(a, fee, S("amount"), tree_int_of(a, 9000));
		CHECK_OK(tree_text(a, t, &w.definition));
		struct publishing p = publishing_of(w);
		err e = db_write(s->db, a, builder_publish, &p);
		CHECK_ERR(e, "INVALID");
		CHECK_STR(e->detail, "samples[0] (Một): the fee is 18000, expected 16000");
		tree_put(a, t, S("samples"), NULL);
		CHECK_OK(tree_text(a, t, &w.definition));
		p = publishing_of(w);
		CHECK_ERR(db_write(s->db, a, builder_publish, &p), "INVALID");
		struct version_row *versions;
		size_t n;
		CHECK_OK(procedure_versions(test_reader(s, a), a, w.code, &versions, &n));
		CHECK_INT(n, 1);
		CHECK_INT(test_copy(s, a).version, w.version);
	}
}

TEST("a question is published with a code list only when there is such a list")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		test_begin(s, a);
		struct working_copy w = test_copy(s, a);
		struct tree *t;
		CHECK_OK(tree_parse(a, w.definition, &t));
		struct tree *question = test_spot(a, t, &thing_question, "ban.so-the").item;
		tree_put_text(a, question, "kind", S("one"));
		tree_put_text(a, question, "list", S("nghe"));
		CHECK_OK(tree_text(a, t, &w.definition));
		struct publishing p = publishing_of(w);
		err e = db_write(s->db, a, builder_publish, &p);
		CHECK_ERR(e, "INVALID");
		CHECK_STR(e->detail, "form.pages[0].fields[2].list: no code list \"nghe\"");
		CHECK_OK(test_sql(s, a,
			"INSERT INTO code_list (list, code, ord, name, name_en)"
			" VALUES ('nghe', '1', 1, 'Thợ gốm', 'Potter')"));
		CHECK_OK(db_write(s->db, a, builder_publish, &p));
	}
}

TEST("a copy that was changed meanwhile is not published")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		test_begin(s, a);
		struct publishing p = publishing_of(test_copy(s, a));
		(void)changed(s, a, "Tên bạn");
		CHECK_ERR(db_write(s->db, a, builder_publish, &p), "CONFLICT");
		struct publication *rows;
		size_t n;
		CHECK_OK(publication_all(test_reader(s, a), a, S(TEST_CODE), &rows, &n));
		CHECK_INT(n, 0);
	}
}

TEST("a procedure is taken out of force after a day, once")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		test_begin(s, a);
		struct retiring x = { .code = S(TEST_CODE),
			.last = day_of(TEST_NOW) + 3,
			.by = { 0, S("an@example.vn"), ROLE_ADMIN },
			.now = TEST_NOW };
		struct procedure p;
		CHECK_OK(db_write(s->db, a, builder_retire, &x));
		struct conn *c = test_reader(s, a);
		CHECK_OK(procedure_on(c, a, x.code, x.last, &p));
		CHECK_ERR(procedure_on(c, a, x.code, x.last + 1, &p), "NOT_FOUND");
		CHECK_ERR(db_write(s->db, a, builder_retire, &x), "NOT_FOUND");
	}
}

TEST("texts of before are kept up to their number")
{
	ARENA a = arena_new();
	struct services *s = test_services(a, DB_SQLITE, builder_folders);
	str text;

	test_begin(s, a);
	for (int i = 0; i < LIMIT_BUILDER_TEXTS + 2; i++) {
		ARENA once = arena_new();
		(void)changed(s, once, i % 2 ? "Một" : "Hai");
	}
	struct conn *c = test_reader(s, a);
	CHECK_ERR(copy_text(c, a, S(TEST_CODE), 3, &text), "NOT_FOUND");
	CHECK_OK(copy_text(c, a, S(TEST_CODE), 4, &text));
}

/* --- files beside the builder ---------------------------------------------------------- */
static err take_file(struct services *s, struct arena *a, struct tree *t)
{
	struct embedded files[2] = { { .name = "procedures/1.000001.json" }, { 0 } };
	str text = S("");

	CHECK_OK(tree_text(a, t, &text));
	files[0].bytes = text.p;
	files[0].n = text.n;
	return catalogue_import_starter(s->db, a, files, builder_importable, TEST_NOW);
}

static size_t version_count(struct services *s, struct arena *a, struct version_row **ret)
{
	size_t n = 0;

	CHECK_OK(procedure_versions(test_reader(s, a), a, S(TEST_CODE), ret, &n));
	return n;
}

TEST("what was published in the builder is replaced by no file that does not know of it")
{
	FOR_EACH_ENGINE(engine)
	{
		ARENA a = arena_new();
		struct services *s = test_services(a, engine, builder_folders);
		struct version_row *versions;
		test_begin(s, a);
		struct publishing p = publishing_of(changed(s, a, "Tên bạn"));
		CHECK_OK(db_write(s->db, a, builder_publish, &p));

		/* The file as it was taken before: passed over, refusing nothing else. */
		CHECK_OK(take_file(s, a, test_tree(a)));
		CHECK_INT(version_count(s, a, &versions), 2);

		struct tree *t = test_tree(a);
		tree_put_text(a, t, "name", S("Xin cấp giấy khác"));
		tree_put_text(a, t, "effective_from", S("2025-11-01"));
		err e = take_file(s, a, t);
		CHECK_ERR(e, "INVALID");
		CHECK_STR(e->detail,
			"procedures/1.000001.json: the office has published this form itself, and "
			"the file is not based on version 2: import it in the builder "
			"(/quan-tri/bieu-mau/1.000001/trao-doi), where both are merged");
		tree_put(a, t, S("based_on"), tree_int_of(a, 1));
		CHECK_ERR(take_file(s, a, t), "INVALID");
		CHECK_INT(version_count(s, a, &versions), 2);

		tree_put(a, t, S("based_on"), tree_int_of(a, 2));
		CHECK_OK(take_file(s, a, t));
		REQUIRE(version_count(s, a, &versions) == 3);
		CHECK_INT(versions[0].valid_from, day_of(TEST_NOW));
		CHECK_OK(take_file(s, a, t));
		CHECK_OK(take_file(s, a, test_tree(a)));
		CHECK_INT(version_count(s, a, &versions), 3);
	}
}
