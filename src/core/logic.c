/* SPDX-License-Identifier: Apache-2.0 */
/* logic.c - rules are walked here, and the operations that decide what of their arguments is
 * evaluated, how often and on which data. A rule is JSON that was read with json_parse, and so
 * nested LIMIT_JSON_DEPTH deep at most: that bounds the stack. */
#include "core/logic_parts.h"

/* An operation at work on arguments that are still rules. */
struct rules {
	const struct json *given; /* {"!": x} and {"!": [x]} say the same */
	bool listed;
	size_t n;
	struct logic_value data;
	int how;
};

static const struct json *NULLABLE rule_at(const struct rules *r, size_t i)
{
	return r->listed ? json_at(r->given, i) : i ? NULL : r->given;
}

static err evaluate(struct logic_run *x, const struct json *NULLABLE rule, struct logic_value data,
	struct logic_value *ret);

static err evaluate_at(
	struct logic_run *x, const struct rules *r, size_t i, struct logic_value *ret)
{
	return evaluate(x, rule_at(r, i), r->data, ret);
}

/* --- choosing ------------------------------------------------------------------- */

/* Conditions and what holds in turn; the last may stand alone. */
static err op_if(struct logic_run *x, const struct rules *r, struct logic_value *ret)
{
	size_t i = 0;

	for (; i + 1 < r->n; i += 2) {
		TRY(evaluate_at(x, r, i, ret));
		if (logic_truth(*ret))
			return evaluate_at(x, r, i + 1, ret);
	}
	*ret = logic_null();
	return i < r->n ? evaluate_at(x, r, i, ret) : NULL;
}

/* The first value of the truth that decides, else the last; how: which truth. */
static err op_until(struct logic_run *x, const struct rules *r, struct logic_value *ret)
{
	*ret = (struct logic_value){ 0 };
	for (size_t i = 0; i < r->n; i++) {
		TRY(evaluate_at(x, r, i, ret));
		if (logic_truth(*ret) == r->how)
			break;
	}
	return NULL;
}

/* --- going through a list --------------------------------------------------------- */

/* The elements of the first argument; none of what is not a list. */
static err elements(struct logic_run *x, const struct rules *r, struct logic_list *ret)
{
	struct logic_value v = logic_null();

	TRY(evaluate_at(x, r, 0, &v));
	*ret = v.type == LOGIC_LIST ? *v.list : (struct logic_list){ 0 };
	return NULL;
}

static err op_map(struct logic_run *x, const struct rules *r, struct logic_value *ret)
{
	struct logic_list of;

	TRY(elements(x, r, &of));
	TRY(logic_spend(x, of.n));
	struct logic_value *items = arena_array(x->a, struct logic_value, of.n);
	for (size_t i = 0; i < of.n; i++)
		TRY(evaluate(x, rule_at(r, 1), of.items[i], &items[i]));
	return logic_make_list(x, items, of.n, ret);
}

static err op_filter(struct logic_run *x, const struct rules *r, struct logic_value *ret)
{
	VEC(struct logic_value) kept = { 0 };
	struct logic_value holds;
	struct logic_list of;

	TRY(elements(x, r, &of));
	for (size_t i = 0; i < of.n; i++) {
		TRY(evaluate(x, rule_at(r, 1), of.items[i], &holds));
		if (logic_truth(holds))
			*VEC_PUSH(x->a, &kept) = of.items[i];
	}
	return logic_make_list(x, kept.items, kept.n, ret);
}

static err op_reduce(struct logic_run *x, const struct rules *r, struct logic_value *ret)
{
	struct logic_value so_far = logic_null();
	struct logic_list of;

	TRY(elements(x, r, &of));
	if (rule_at(r, 2))
		TRY(evaluate_at(x, r, 2, &so_far));
	for (size_t i = 0; i < of.n; i++) {
		struct logic_map *both = logic_map_new(x->a);
		logic_map_put(both, S("current"), of.items[i]);
		logic_map_put(both, S("accumulator"), so_far);
		if (logic_depth(logic_map(both)) > LIMIT_LOGIC_DEPTH)
			return logic_too_deep(x);
		TRY(evaluate(x, rule_at(r, 1), logic_map(both), &so_far));
	}
	*ret = so_far;
	return NULL;
}

/* all goes on while it holds, some and none while it does not. */
enum { ALL, SOME, NONE };

static err op_quantify(struct logic_run *x, const struct rules *r, struct logic_value *ret)
{
	bool stopped = false;
	struct logic_value holds;
	struct logic_list of;

	TRY(elements(x, r, &of));
	for (size_t i = 0; i < of.n && !stopped; i++) {
		TRY(evaluate(x, rule_at(r, 1), of.items[i], &holds));
		stopped = logic_truth(holds) == (r->how != ALL);
	}
	/* Of nothing, neither all hold nor some. */
	*ret = logic_bool(r->how == SOME ? stopped : r->how == ALL ? of.n && !stopped : !stopped);
	return NULL;
}

static const struct {
	str word;
	err (*run)(struct logic_run *x, const struct rules *r, struct logic_value *ret);
	int how;
} operations[] = {
	{ S("if"), op_if, 0 },
	{ S("?:"), op_if, 0 },
	{ S("and"), op_until, false },
	{ S("or"), op_until, true },
	{ S("map"), op_map, 0 },
	{ S("filter"), op_filter, 0 },
	{ S("reduce"), op_reduce, 0 },
	{ S("all"), op_quantify, ALL },
	{ S("some"), op_quantify, SOME },
	{ S("none"), op_quantify, NONE },
};

/* --- walking a rule --------------------------------------------------------------- */

static err evaluate_all(struct logic_run *x, const struct rules *r, struct logic_value **ret)
{
	struct logic_value *items = arena_array(x->a, struct logic_value, r->n);

	for (size_t i = 0; i < r->n; i++)
		TRY(evaluate_at(x, r, i, &items[i]));
	*ret = items;
	return NULL;
}

#define WORD_SHOWN 40

static err operate(struct logic_run *x, str word, struct rules *r, struct logic_value *ret)
{
	struct logic_value *items = NULL;

	for (size_t i = 0; i < COUNT(operations); i++)
		if (str_eq(operations[i].word, word)) {
			r->how = operations[i].how;
			return operations[i].run(x, r, ret);
		}
	const struct logic_operation *op = logic_operation_find(word);
	if (!op)
		return FAIL(x->a, INVALID, "no operation \"" STR_FMT "\"",
			STR_ARG(str_head(word, WORD_SHOWN)));
	TRY(evaluate_all(x, r, &items));
	struct logic_call c = { .items = items, .n = r->n, .data = r->data, .how = op->how };
	return op->run(x, &c, ret);
}

static err evaluate_map(struct logic_run *x, const struct json *rule, struct logic_value data,
	struct logic_value *ret)
{
	struct json_each member = { .of = rule };

	if (json_count(rule) != 1 || !json_next(&member)) {
		*ret = logic_of_json(x->a, rule);
		return logic_spend(x, logic_weight(*ret));
	}
	bool listed = json_type(member.value) == JSON_LIST;
	struct rules r = {
		.given = member.value,
		.listed = listed,
		.n = listed ? json_count(member.value) : 1,
		.data = data,
	};
	return operate(x, member.key, &r, ret);
}

static err evaluate(struct logic_run *x, const struct json *rule, struct logic_value data,
	struct logic_value *ret)
{
	struct logic_value *items = NULL;

	TRY(logic_spend(x, 1));
	if (json_type(rule) == JSON_MAP)
		return evaluate_map(x, rule, data, ret);
	if (json_type(rule) == JSON_LIST) {
		struct rules r = {
			.given = rule, .listed = true, .n = json_count(rule), .data = data
		};
		TRY(evaluate_all(x, &r, &items));
		return logic_make_list(x, items, r.n, ret);
	}
	*ret = logic_of_json(x->a, rule);
	return NULL;
}

err logic_apply(
	struct arena *a, const struct json *rule, struct logic_value data, struct logic_value *ret)
{
	struct logic_run x = { .a = a };

	return evaluate(&x, rule, data, ret);
}
