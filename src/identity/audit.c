/* SPDX-License-Identifier: Apache-2.0 */
#include "core/crypto.h"
#include "identity/audit.h"
#include "identity/identity.sql.h"
#include "identity/parts.h"

ROW_TYPE(entry_row, struct audit_entry, COLUMN(struct audit_entry, id),
	COLUMN(struct audit_entry, chain), COLUMN(struct audit_entry, number),
	COLUMN(struct audit_entry, at), COLUMN(struct audit_entry, actor_id),
	COLUMN(struct audit_entry, actor), COLUMN(struct audit_entry, role),
	COLUMN(struct audit_entry, act), COLUMN(struct audit_entry, subject),
	COLUMN(struct audit_entry, detail), COLUMN(struct audit_entry, previous),
	COLUMN(struct audit_entry, hash));

ROW_TYPE(head_row, struct audit_end, COLUMN(struct audit_end, chain),
	COLUMN(struct audit_end, number), COLUMN(struct audit_end, hash));
ROW_TYPE(next_row, struct audit_end, COLUMN(struct audit_end, number),
	COLUMN(struct audit_end, hash));

/* --- the hash ------------------------------------------------------------- */

static void add_text(struct sha256 *h, str s)
{
	char length[24];
	int n = snprintf(length, sizeof length, "%zu:", s.n);
	sha256_add(h, (str){ length, (size_t)n });
	sha256_add(h, s);
}

static void add_number(struct sha256 *h, int64_t number)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%lld", (long long)number);
	add_text(h, (str){ digits, (size_t)n });
}

/* Every field with its length before it, so that no two entries are written alike. The id is left
 * out: it is the database's, the place in the chain is ours. */
static str hash_of(struct arena *a, const struct audit_entry *e)
{
	struct sha256 h;
	sha256_init(&h);
	add_number(&h, e->chain);
	add_number(&h, e->number);
	add_number(&h, e->at);
	add_number(&h, e->actor_id);
	add_text(&h, e->actor);
	add_text(&h, e->role);
	add_text(&h, e->act);
	add_text(&h, e->subject);
	add_text(&h, e->detail);
	add_text(&h, e->previous);
	return sha256_hex(&h, a);
}

/* --- writing -------------------------------------------------------------- */

err audit_put(struct conn *c, struct arena *a, instant now, struct audit_actor who, str act,
	str subject, str detail)
{
	struct audit_end end = { .chain = who.id % LIMIT_AUDIT_CHAINS };
	TRY(db_one(c, a, BIND(audit_next, .chain = V(end.chain)), &next_row, &end));
	struct audit_entry e = {
		.chain = end.chain,
		.number = end.number,
		.at = now,
		.actor_id = who.id,
		.actor = who.identifier,
		.role = role_code(who.role),
		.act = act,
		.subject = subject,
		.detail = detail,
		.previous = end.hash,
	};
	e.hash = hash_of(a, &e);
	TRY(db_do(c, a,
		BIND(audit_insert, .chain = V(e.chain), .number = V(e.number), .at = V(e.at),
			.actor_id = V(e.actor_id), .actor = V(e.actor), .role = V(e.role),
			.act = V(e.act), .subject = V(e.subject), .detail = V(e.detail),
			.previous = V(e.previous), .hash = V(e.hash))));
	return db_do(c, a, BIND(audit_advance, .chain = V(e.chain), .hash = V(e.hash)));
}

/* --- checking ------------------------------------------------------------- */

/* A walk along one chain, from its first entry to where its head stood when the walk began. */
struct walk {
	struct audit_end head;
	int64_t number; /* of the last entry seen */
	str hash;       /* of that entry */
	struct arena *page;
	const char *fault;
};

static const char *fault_of(const struct walk *w, const struct audit_entry *e)
{
	if (e->number != w->number + 1)
		return "an entry before it is missing";
	if (!str_eq(e->previous, w->hash))
		return "it does not follow the entry before it";
	if (!str_eq(e->hash, hash_of(w->page, e)))
		return "its content was changed";
	return NULL;
}

static err check_page(struct conn *c, struct walk *w, size_t *ret_n)
{
	LIST(struct audit_entry) rows;
	TRY(DB_LIST(c, w->page, &rows, &entry_row,
		BIND(audit_of_chain, .chain = V(w->head.chain), .after = V(w->number),
			.last = V(w->head.number))));
	*ret_n = rows.n;
	for (size_t i = 0; i < rows.n && !w->fault; i++) {
		w->fault = fault_of(w, &rows.items[i]);
		w->number = rows.items[i].number;
		w->hash = rows.items[i].hash;
	}
	return NULL;
}

static err check_chain(
	struct conn *c, struct arena *a, struct audit_end head, struct audit_report *ret)
{
	struct walk w = { .head = head, .hash = S("") };
	size_t n = 1;
	/* Two arenas in turn: the hash of the last entry lives in the one before. */
	ARENA even = arena_new();
	ARENA odd = arena_new();
	for (w.page = even; n > 0 && !w.fault; w.page = w.page == even ? odd : even) {
		arena_reset(w.page);
		err e = check_page(c, &w, &n);
		if (e)
			return FAIL(a, UNAVAILABLE, STR_FMT, STR_ARG(e->detail));
		ret->entries += (int64_t)n;
	}
	if (!w.fault && w.number < head.number)
		w.fault = "the entries after it are missing";
	if (!w.fault && !str_eq(w.hash, head.hash))
		w.fault = "it is not the end of the chain that was written";
	if (w.fault && ret->intact) {
		ret->intact = false;
		ret->fault = arena_printf(a, "chain %lld, entry %lld: %s", (long long)head.chain,
			(long long)w.number, w.fault);
	}
	return NULL;
}

err audit_verify(struct conn *c, struct arena *a, struct audit_report *ret)
{
	LIST(struct audit_end) heads;
	int64_t beyond = 0;
	TRY(DB_LIST(c, a, &heads, &head_row, BIND(audit_heads)));
	*ret = (struct audit_report){ .chains = (int64_t)heads.n, .intact = true, .fault = S("") };
	for (size_t i = 0; i < heads.n; i++)
		TRY(check_chain(c, a, heads.items[i], ret));
	TRY(db_number(c, a, BIND(audit_beyond_heads), &beyond));
	if (ret->intact && (beyond || heads.n != LIMIT_AUDIT_CHAINS)) {
		ret->intact = false;
		ret->fault = heads.n != LIMIT_AUDIT_CHAINS
			? S("the end of a chain is missing")
			: S("there are entries that belong to no chain");
	}
	return NULL;
}

/* --- reading -------------------------------------------------------------- */

err audit_ends(struct conn *c, struct arena *a, struct audit_end **ret, size_t *ret_n)
{
	return db_list(c, a, BIND(audit_heads), &head_row, ret, ret_n);
}

err audit_has(struct conn *c, struct arena *a, struct audit_end then, bool *ret)
{
	int64_t n = 0;
	TRY(db_number(c, a,
		BIND(audit_has_entry, .chain = V(then.chain), .number = V(then.number),
			.hash = V(then.hash)),
		&n));
	*ret = n == 1 || then.number == 0;
	return NULL;
}

err audit_list(struct conn *c, struct arena *a, str who, int64_t offset, int64_t limit,
	struct audit_entry **ret, size_t *ret_n, int64_t *ret_total)
{
	if (!who.n) {
		TRY(db_number(c, a, BIND(audit_count), ret_total));
		return db_list(c, a, BIND(audit_page, .limit = V(limit), .offset = V(offset)),
			&entry_row, ret, ret_n);
	}
	TRY(db_number(c, a, BIND(audit_count_of, .who = V(who)), ret_total));
	return db_list(c, a,
		BIND(audit_page_of, .who = V(who), .limit = V(limit), .offset = V(offset)),
		&entry_row, ret, ret_n);
}

err reading_put(struct conn *c, struct arena *a, void *reading)
{
	const struct reading *x = reading;
	return audit_put(c, a, x->now, x->who, x->act, S(""), S(""));
}
