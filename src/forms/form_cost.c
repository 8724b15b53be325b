/* SPDX-License-Identifier: Apache-2.0 */
/* form_cost.c - what it costs and how long it takes, by the answers: the same rules before somebody
 * starts, beside every page, and when the dossier is sent. */
#include <math.h>

#include "forms/parts.h"

/* How many times; *ret_unknown when what it is counted from is not answered yet. */
static int64_t times(const struct answers *s, const struct json *NULLABLE count, bool *ret_unknown)
{
	struct logic_value v = logic_null();
	ARENA a = arena_new();

	*ret_unknown = false;
	if (!count)
		return 1;
	err e = logic_apply(a, count, answers_facts_at(s, NULL), &v);
	bool known = !e && v.type == LOGIC_NUMBER && v.number >= 0 && v.number < 1e9;
	*ret_unknown = !known || v.number == 0;
	return known ? llround(v.number) : 0;
}

static void exempt(
	enum language l, const struct fee *fee, const struct answers *s, struct form_fee *ret)
{
	for (size_t i = 0; i < fee->free.n && !ret->free; i++) {
		const struct fee_exemption *x = &fee->free.items[i];
		if (!x->when || !form_holds(x->when, s, NULL))
			continue;
		ret->free = true;
		ret->why_free = form_text(l, x->why, x->why_en);
		ret->sum = 0;
	}
}

static struct form_fee fee_of(enum language l, const struct fee *fee, const struct answers *s)
{
	struct form_fee f = {
		.name = form_text(l, fee->name, fee->name_en),
		.note = form_text(l, fee->note, fee->note_en),
		.amount = fee->amount,
		.currency = fee->currency.n ? fee->currency : S("VND"),
	};

	f.count = times(s, fee->count, &f.unknown);
	f.sum = f.amount * f.count;
	exempt(l, fee, s, &f);
	return f;
}

void form_fees_of(struct arena *a, enum language l, const struct form *f, enum channel channel,
	const struct answers *s, form_fees *ret, int64_t *ret_sum)
{
	const struct procedure *p = f->procedure;
	VEC(struct form_fee) fees = { 0 };

	*ret_sum = 0;
	for (size_t i = 0; i < p->channels.n; i++) {
		const struct procedure_channel *c = &p->channels.items[i];
		for (size_t k = 0; c->channel == channel && k < c->fees.n; k++) {
			if (!form_holds(c->fees.items[k].when, s, NULL))
				continue;
			struct form_fee fee = fee_of(l, &c->fees.items[k], s);
			*VEC_PUSH(a, &fees) = fee;
			*ret_sum += str_eq(fee.currency, S("VND")) ? fee.sum : 0;
		}
	}
	*ret = (form_fees){ fees.items, fees.n };
}

str form_limit(const struct form *f, const struct answers *s)
{
	const struct procedure *p = f->procedure;

	for (size_t i = 0; i < p->cases.n; i++)
		if (p->cases.items[i].when && p->cases.items[i].limit.n &&
			form_holds(p->cases.items[i].when, s, NULL))
			return p->cases.items[i].limit;
	return p->limit;
}

/* --- in words ----------------------------------------------------------------------- */
static str amount_text(struct arena *a, enum language l, str currency, int64_t amount)
{
	if (str_eq(currency, S("VND")))
		return money_text(a, l, amount);
	return arena_printf(
		a, STR_FMT " " STR_FMT, STR_ARG(number_text(a, l, amount)), STR_ARG(currency));
}

static str counted_text(struct arena *a, enum language l, const struct form_fee *f)
{
	str each = amount_text(a, l, f->currency, f->amount);

	if (f->unknown)
		return FILL(a, l, TR("{phi} mỗi bản, mỗi việc"), S("phi"), each);
	if (f->count == 1)
		return each;
	return arena_printf(a, STR_FMT " × " STR_FMT " = " STR_FMT, STR_ARG(each),
		STR_ARG(number_text(a, l, f->count)),
		STR_ARG(amount_text(a, l, f->currency, f->sum)));
}

static str fee_text(struct arena *a, enum language l, const struct form_fee *f, bool alone)
{
	str amount = f->free ? FILL(a, l, TR("miễn ({ly_do})"), S("ly_do"), f->why_free)
		: f->amount  ? counted_text(a, l, f)
		: f->note.n  ? f->note
			     : tr(l, TR("Miễn phí"));

	/* The only one, when it is nothing, needs no name. */
	if (!f->name.n || (!f->amount && f->note.n) || (alone && !f->amount))
		return amount;
	return arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(f->name), STR_ARG(amount));
}

str form_fees_text(struct arena *a, enum language l, const form_fees *fees)
{
	str *texts = arena_array(a, str, fees->n + 1);
	int64_t sum = 0;
	size_t paying = 0;

	for (size_t i = 0; i < fees->n; i++) {
		const struct form_fee *f = &fees->items[i];
		texts[i] = fee_text(a, l, f, fees->n == 1);
		paying += f->sum > 0;
		sum += str_eq(f->currency, S("VND")) ? f->sum : 0;
	}
	if (!fees->n)
		return tr(l, TR("Theo quy định"));
	if (paying > 1)
		texts[fees->n] = FILL(a, l, TR("tổng {phi}"), S("phi"), money_text(a, l, sum));
	return str_join(a, texts, fees->n + (paying > 1), S("; "));
}
