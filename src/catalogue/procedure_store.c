/* SPDX-License-Identifier: Apache-2.0 */
/* procedure_store.c - versions of procedures in the database. A text that was published stays for
 * ever; dossiers point to it [ERA-1, ERA-2]. */
#include "catalogue/catalogue.sql.h"
#include "catalogue/parts.h"
#include "catalogue/versions.h"
#include "core/crypto.h"

struct version {
	int64_t id, version, valid_from;
	struct opt_int valid_to;
	str sha256;
};
ROW_TYPE(version_row, struct version, COLUMN(struct version, id), COLUMN(struct version, version),
	COLUMN(struct version, valid_from), COLUMN(struct version, valid_to),
	COLUMN(struct version, sha256));

struct definition {
	str definition;
};
ROW_TYPE(definition_row, struct definition, COLUMN(struct definition, definition));

static err read_version(
	struct conn *c, struct arena *a, const struct version *v, struct procedure *ret)
{
	if (!parsed_find(a, v->sha256, ret)) {
		struct definition d;
		TRY(db_one(c, a, BIND(procedure_definition, .id = V(v->id)), &definition_row, &d));
		TRY(parsed_add(a, v->sha256, d.definition, ret));
	}
	ret->version_id = v->id;
	ret->version = v->version;
	ret->valid_from = v->valid_from;
	ret->valid_to = v->valid_to;
	return NULL;
}

err procedure_on(struct conn *c, struct arena *a, str code, day on, struct procedure *ret)
{
	struct version v;

	TRY(db_one(c, a, BIND(procedure_version_on, .code = V(code), .on_day = V(on)), &version_row,
		&v));
	return read_version(c, a, &v, ret);
}

err procedure_version(struct conn *c, struct arena *a, int64_t version_id, struct procedure *ret)
{
	struct version v;

	TRY(db_one(c, a, BIND(procedure_version_by_id, .id = V(version_id)), &version_row, &v));
	return read_version(c, a, &v, ret);
}

/* --- putting -------------------------------------------------------------- */

struct newest {
	int64_t id, version, valid_from, service_level, fee_least;
	struct opt_int valid_to;
	bool online;
	str sha256;
};
ROW_TYPE(newest_row, struct newest, COLUMN(struct newest, id), COLUMN(struct newest, version),
	COLUMN(struct newest, valid_from), COLUMN(struct newest, valid_to),
	COLUMN(struct newest, service_level), COLUMN(struct newest, fee_least),
	COLUMN(struct newest, online), COLUMN(struct newest, sha256));

err procedure_prepare(
	struct arena *a, struct arena *scratch, str definition, struct prepared_procedure *ret)
{
	struct procedure p;

	TRY(procedure_parse(scratch, definition, &p));
	*ret = (struct prepared_procedure){
		.code = str_copy(a, p.code),
		.name = str_copy(a, p.name),
		.name_en = str_copy(a, p.name_en),
		.sector = str_copy(a, p.sector),
		.sector_name = str_copy(a, p.sector_name.n ? p.sector_name : p.sector),
		.promulgator = str_copy(a, p.promulgator),
		.executing = str_join(a, p.executing.items, p.executing.n, S(" ")),
		.limit = str_copy(a, p.limit),
		.valid_from = p.valid_from,
		.levels = procedure_levels(&p),
		.service_level = procedure_evidence(scratch, &p).level,
		.fee_least = procedure_fee_least(&p),
		.online = p.form != NULL,
		.definition = str_copy(a, definition),
		.sha256 = sha256_of(a, definition),
	};
	return NULL;
}

static err insert(struct conn *c, struct arena *a, const struct prepared_procedure *p,
	int64_t version, int64_t valid_from, instant now)
{
	return db_do(c, a,
		BIND(procedure_version_insert, .code = V(p->code), .version = V(version),
			.valid_from = V(valid_from), .name = V(p->name), .name_en = V(p->name_en),
			.sector = V(p->sector), .promulgator = V(p->promulgator),
			.executing = V(p->executing), .levels = V(p->levels),
			.service_level = V(p->service_level), .fee_least = V(p->fee_least),
			.limit_code = V(p->limit), .online = V(p->online),
			.definition = V(p->definition), .sha256 = V(p->sha256), .now = V(now)));
}

struct begun {
	struct opt_int first;
};
ROW_TYPE(begun_row, struct begun, COLUMN(struct begun, first));

/* What was in force stays in the days that it was in force: a text that would begin before it, or
 * with it, begins today. */
static err first_day(struct conn *c, struct arena *a, const struct prepared_procedure *p,
	instant now, int64_t *ret)
{
	int64_t today = day_of(now);
	struct begun begun;

	*ret = p->valid_from ? p->valid_from : today;
	TRY(db_one(c, a, BIND(procedure_begun, .code = V(p->code), .on_day = V(today)), &begun_row,
		&begun));
	if (begun.first.set && *ret <= begun.first.value)
		*ret = today;
	return NULL;
}

static err add_version(struct conn *c, struct arena *a, const struct prepared_procedure *p,
	const struct newest *NULLABLE before, instant now)
{
	int64_t valid_from;

	TRY(first_day(c, a, p, now, &valid_from));
	if (before)
		TRY(db_do(c, a,
			BIND(procedure_version_close, .code = V(p->code),
				.valid_to = V(valid_from - 1))));
	TRY(db_do(c, a, BIND(sector_add, .code = V(p->sector), .name = V(p->sector_name))));
	return insert(c, a, p, before ? before->version + 1 : 1, valid_from, now);
}

/* What is told by the text is told anew when a program with other rules reads it again. */
static err weigh_again(struct conn *c, struct arena *a, const struct prepared_procedure *p,
	const struct newest *n, enum put_result *ret)
{
	*ret = PUT_SAME;
	if (n->service_level == p->service_level && n->fee_least == p->fee_least)
		return NULL;
	*ret = PUT_CHANGED;
	return db_do(c, a,
		BIND(procedure_version_weigh, .id = V(n->id), .service_level = V(p->service_level),
			.fee_least = V(p->fee_least)));
}

err procedure_store(struct conn *c, struct arena *a, const struct prepared_procedure *p,
	instant now, bool keep_form, enum put_result *ret)
{
	struct newest before;
	bool found;

	TRY(db_find(
		c, a, BIND(procedure_newest, .code = V(p->code)), &newest_row, &before, &found));
	if (found && str_eq(before.sha256, p->sha256)) {
		TRY(weigh_again(c, a, p, &before, ret));
	} else if (found && keep_form && before.online && !p->online) {
		*ret = PUT_KEPT;
	} else {
		TRY(add_version(c, a, p, found ? &before : NULL, now));
		*ret = found ? PUT_CHANGED : PUT_ADDED;
	}
	return NULL;
}

struct counted_texts {
	int64_t times;
};
ROW_TYPE(counted_texts_row, struct counted_texts, COLUMN(struct counted_texts, times));

err procedure_was_put(
	struct conn *c, struct arena *a, const struct prepared_procedure *p, bool *ret)
{
	struct counted_texts n;

	TRY(db_one(c, a, BIND(procedure_text_times, .code = V(p->code), .sha256 = V(p->sha256)),
		&counted_texts_row, &n));
	*ret = n.times > 0;
	return NULL;
}

err content_bump(struct conn *c, struct arena *a)
{
	return db_do(c, a, BIND(content_version_bump));
}

err procedure_put(struct conn *c, struct arena *a, str definition, instant now, bool *ret_changed)
{
	struct prepared_procedure prepared;
	enum put_result result;

	TRY(procedure_prepare(a, a, definition, &prepared));
	TRY(procedure_store(c, a, &prepared, now, false, &result));
	*ret_changed = result != PUT_SAME;
	return *ret_changed ? content_bump(c, a) : NULL;
}

/* --- all versions --------------------------------------------------------- */

ROW_TYPE(version_list_row, struct version_row, COLUMN(struct version_row, id),
	COLUMN(struct version_row, version), COLUMN(struct version_row, valid_from),
	COLUMN(struct version_row, created_at), COLUMN(struct version_row, valid_to),
	COLUMN(struct version_row, online), COLUMN(struct version_row, name));

err procedure_versions(
	struct conn *c, struct arena *a, str code, struct version_row **ret, size_t *ret_n)
{
	return db_list(
		c, a, BIND(procedure_version_list, .code = V(code)), &version_list_row, ret, ret_n);
}

ROW_TYPE(online_list_row, struct online_row, COLUMN(struct online_row, code),
	COLUMN(struct online_row, name));

err procedure_online(struct conn *c, struct arena *a, day on, int64_t most, struct online_row **ret,
	size_t *ret_n)
{
	return db_list(c, a,
		BIND(procedure_online_list, .on_day = V((int64_t)on), .limit = V(most)),
		&online_list_row, ret, ret_n);
}

err procedure_text(struct conn *c, struct arena *a, int64_t version_id, str *ret)
{
	struct definition d;

	TRY(db_one(c, a, BIND(procedure_definition, .id = V(version_id)), &definition_row, &d));
	*ret = d.definition;
	return NULL;
}

err procedure_newest_id(struct conn *c, struct arena *a, str code, int64_t *ret)
{
	struct newest newest;

	TRY(db_one(c, a, BIND(procedure_newest, .code = V(code)), &newest_row, &newest));
	*ret = newest.id;
	return NULL;
}

err procedure_retire(struct conn *c, struct arena *a, str code, day last)
{
	int64_t changed;

	TRY(db_count_changed(c, a,
		BIND(procedure_version_close, .code = V(code), .valid_to = V((int64_t)last)),
		&changed));
	if (!changed)
		return FAIL(a, NOT_FOUND, "nothing of " STR_FMT " is in force", STR_ARG(code));
	return content_bump(c, a);
}
