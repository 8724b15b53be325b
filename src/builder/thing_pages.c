/* SPDX-License-Identifier: Apache-2.0 */
/* thing_pages.c - one question, page, paper, fee … on a page of its own: filled in, moved,
 * duplicated, with a preview beside a question and a page. */
#include "builder/preview.h"

#include "builder/thing.html.h"

static err find_thing(struct req *r, const struct bench *b, struct spot_of *ret)
{
	const struct thing *t = thing_named(req_param(r, S("loai")));

	if (!t || !thing_find(r->arena, b->root, t, req_param(r, S("muc")), ret))
		return FAIL(r->arena, NOT_FOUND, "no such thing in the working copy");
	return NULL;
}

static unsigned kind_of_spot(const struct spot_of *s)
{
	return s->thing == &thing_question ? kind_bit(tree_get_text(s->item, "kind")) : ~0u;
}

/* --- showing -------------------------------------------------------------------- */
static void fill_inputs(struct req *r, const struct slot_context *x, struct thing_page *m)
{
	const struct thing *t = x->spot->thing;
	unsigned kind = kind_of_spot(x->spot);
	struct out o = page_out(r);
	struct slot_group *g;

	m->groups.items = arena_array(r->arena, struct slot_group, t->n_slots + 1);
	g = &m->groups.items[m->groups.n++];
	for (size_t i = 0; i < t->n_slots; i++) {
		const struct slot *s = &t->slots[i];
		if (s->group) {
			g->inputs = out_html(&o);
			o = page_out(r);
			g = &m->groups.items[m->groups.n++];
			g->heading = tr(o.language, str_from(s->group));
		}
		if (slot_fits(s, kind))
			slot_view(&o, x, s);
	}
	g->inputs = out_html(&o);
}

static str page_of_spot(const struct spot_of *s)
{
	return s->thing == &thing_question ? key_parent(s->thing, s->key)
		: s->thing == &thing_page  ? s->key
					   : S("");
}

static void fill_rules(
	struct out *o, const struct bench *b, const struct spot_of *spot, struct thing_page *m)
{
	const struct thing *t = spot->thing;
	struct form none = { 0 };
	const struct form *f = bench_form(b) ? bench_form(b) : &none;

	m->rules.items = arena_array(o->a, struct rule_line, t->n_slots + 1);
	for (size_t i = 0; i < t->n_slots; i++) {
		const struct slot *s = &t->slots[i];
		const struct tree *rule = tree_get(spot->item, s->member);
		bool shown = s->widget == WIDGET_RULE && slot_fits(s, kind_of_spot(spot));
		if (!shown && !(s->widget == WIDGET_FIXED))
			continue;
		str words = condition_words(o->a, o->language, f, page_of_spot(spot), rule);
		struct rule_line line = { .label = tr(o->language, s->label),
			.words = shown ? words : str_head(tree_shown(o->a, rule), 600) };
		if (shown && !words.n)
			line.words = tr(o->language, TR("luôn luôn"));
		if (shown && !str_eq(str_from(s->member), S("value")))
			line.edit = thing_url(o, b, t, spot->key,
				str_z(o->a, arena_printf(o->a, "/dieu-kien/%s", s->member)));
		m->rules.items[m->rules.n++] = line;
	}
}

void list_fill(struct out *o, const struct bench *b, const struct thing *t, str parent,
	struct list_part *ret)
{
	str within = t->parent ? arena_printf(o->a, STR_FMT ".", STR_ARG(parent)) : S("");
	const struct tree *list = thing_list(o->a, b->root, t, within, false);
	size_t n = tree_count(list);
	str last = n ? thing_key(o->a, t, parent, list, n - 1)
		     : arena_printf(o->a, STR_FMT "-", STR_ARG(within));

	*ret = (struct list_part){ .heading = tr(o->language, t->many),
		.none = tr(o->language, t->none),
		.add = thing_url(o, b, t, last, "/them"),
		.add_label = tr(o->language, t->add) };
	ret->rows.items = arena_array(o->a, struct list_row, n + 1);
	for (size_t i = 0; i < n; i++)
		ret->rows.items[ret->rows.n++] = (struct list_row){
			.title = thing_title(o->a, t, list->items.items[i]),
			.key = t == &thing_question
				? tr(o->language,
					  kind_words[kind_at(tree_get_text(
							     list->items.items[i], "kind")) %
						  KIND_COUNT]
						  .label)
				: S(""),
			.open = thing_url(o, b, t, thing_key(o->a, t, parent, list, i), ""),
		};
}

static void fill_lists(
	struct out *o, const struct bench *b, const struct spot_of *spot, struct thing_page *m)
{
	m->lists.items = arena_array(o->a, struct list_part, 2);
	for (size_t i = 0; things[i]; i++)
		if (things[i]->parent == spot->thing && m->lists.n < 2)
			list_fill(o, b, things[i], spot->key, &m->lists.items[m->lists.n++]);
}

static void add_place(struct out *o, struct thing_page *m, str value, str label)
{
	m->after.options.items[m->after.options.n++] =
		(struct option){ .value = value, .label = label };
}

/* Everywhere but where it stands already. */
static void fill_places(
	struct out *o, const struct bench *b, const struct spot_of *spot, struct thing_page *m)
{
	const struct thing *t = spot->thing;
	key_list keys = { 0 }, parents = { 0 };
	struct spot_of other;

	thing_keys(o->a, b->root, t, &keys);
	if (t->parent == &thing_page)
		thing_keys(o->a, b->root, t->parent, &parents);
	else
		*VEC_PUSH(o->a, &parents) = key_parent(t, spot->key);
	m->after = (struct choice_input){ .id = S("sau"),
		.label = tr(o->language, TR("Chuyển đến")),
		.options = { arena_array(o->a, struct option, keys.n + parents.n + 1), 0 } };
	for (size_t i = 0; i < parents.n; i++) {
		bool titled = t->parent == &thing_page &&
			thing_find(o->a, b->root, &thing_page, parents.items[i], &other);
		str first = titled ? FILL(o->a, o->language, TR("đầu trang “{t}”"), S("t"),
					     thing_title(o->a, &thing_page, other.item))
				   : tr(o->language, TR("đầu danh sách"));
		add_place(o, m,
			t->parent ? arena_printf(o->a, STR_FMT ".", STR_ARG(parents.items[i]))
				  : S(""),
			first);
		for (size_t k = 0; k < keys.n; k++)
			if (str_eq(key_parent(t, keys.items[k]), parents.items[i]) &&
				!str_eq(keys.items[k], spot->key) &&
				thing_find(o->a, b->root, t, keys.items[k], &other))
				add_place(o, m, keys.items[k],
					FILL(o->a, o->language, TR("sau “{t}”"), S("t"),
						thing_title(o->a, t, other.item)));
	}
}

static void fill_advice(
	struct out *o, const struct bench *b, const struct spot_of *spot, struct thing_page *m)
{
	remark_list remarks = { 0 };

	bench_advice(o->a, b, &remarks);
	m->remarks.items = arena_array(o->a, str, remarks.n + 1);
	for (size_t i = 0; i < remarks.n; i++)
		if (remarks.items[i].thing == spot->thing &&
			str_eq(remarks.items[i].key, spot->key))
			m->remarks.items[m->remarks.n++] = remarks.items[i].words;
}

static err reply_thing(struct req *r, int status, const struct bench *b, const struct spot_of *spot,
	const field_errors *errors)
{
	struct out o = page_out(r);
	const struct thing *t = spot->thing;
	/* A move that cannot be has typed nothing. */
	bool typed = errors->n && !req_field(r, S("lam")).n;
	struct slot_context x = { b, spot, typed ? r : NULL, errors };
	struct thing_page m = {
		.kicker = tr(o.language, t->name),
		.title = thing_title(r->arena, t, spot->item),
		.seen = bench_seen(r->arena, b),
		.saved = req_query(r, S("luu")).n ? tr(o.language, TR("Đã lưu")) : S(""),
		.errors = *errors,
		.post = thing_url(&o, b, t, spot->key, "#loi"),
		.home = bench_url(&o, b, ""),
		.movable = spot->list && t->add.n,
		.removable = spot->list && t->add.n,
		.add = thing_url(&o, b, t, spot->key, "/them"),
		.remove = thing_url(&o, b, t, spot->key, "/xoa"),
		.add_label = t == &thing_question ? tr(o.language, TR("Thêm sau câu này"))
						  : tr(o.language, t->add),
	};

	fill_inputs(r, &x, &m);
	fill_rules(&o, b, spot, &m);
	fill_lists(&o, b, spot, &m);
	fill_advice(&o, b, spot, &m);
	if (m.movable)
		fill_places(&o, b, spot, &m);
	if (page_of_spot(spot).n)
		TRY(preview_beside(r, b, page_of_spot(spot), &m));
	thing_html(&o, &m);
	return bench_reply(r, b, &o,
		(struct framing){ .status = status,
			.title = m.title,
			.error = errors->n > 0,
			.here = t,
			.key = spot->key });
}

err show_thing(struct req *r)
{
	struct bench b;
	struct spot_of spot;

	TRY(bench_open(r, &b));
	TRY(find_thing(r, &b, &spot));
	return reply_thing(r, 200, &b, &spot, &(field_errors){ 0 });
}

/* --- keeping ---------------------------------------------------------------------- */
/* Another kind of question: what means nothing for it goes, what it cannot be without comes. */
static void refit(struct arena *a, struct tree *root, const struct spot_of *spot)
{
	unsigned kind = kind_of_spot(spot);

	for (size_t i = 0; i < thing_question.n_slots; i++)
		if (!slot_fits(&thing_question.slots[i], kind))
			tree_put(a, spot->item, str_from(thing_question.slots[i].member), NULL);
	edit_furnish(a, root, spot->item, tree_get_text(spot->item, "kind"));
}

static void take_slots(
	struct req *r, const struct bench *b, const struct spot_of *spot, field_errors *errors)
{
	struct slot_context x = { b, spot, NULL, errors };
	unsigned kind = kind_of_spot(spot);
	str before = tree_get_text(spot->item, "kind");
	const struct slot *first = &spot->thing->slots[0];

	/* The kind last: the page was drawn with the one of before. */
	for (size_t i = 0; i < spot->thing->n_slots; i++) {
		const struct slot *s = &spot->thing->slots[i];
		if (slot_fits(s, kind) && !str_eq(str_from(s->member), S("kind")))
			slot_take(r, &x, s, errors);
	}
	if (spot->thing != &thing_question)
		return;
	slot_take(r, &x, first, errors);
	if (!errors->n && !str_eq(before, tree_get_text(spot->item, "kind")))
		refit(r->arena, b->root, spot);
}

/* Beside the input when it is of this thing, else with the name of the other one. */
static void place_fault(struct req *r, const struct bench *b, const struct spot_of *spot,
	const struct fault *f, field_errors *errors)
{
	struct spot_of other;
	const struct slot *slots = spot->thing->slots;
	str words = f->words, field = slot_id(r->arena, slots[0].member);
	bool own = f->thing == spot->thing && str_eq(f->key, spot->key);

	for (size_t i = 0; own && i < spot->thing->n_slots; i++)
		if (str_starts(f->member, str_from(slots[i].member)) &&
			slots[i].widget != WIDGET_RULE && slots[i].widget != WIDGET_FIXED)
			field = slot_id(r->arena, slots[i].member);
	if (!own && f->thing && thing_find(r->arena, b->root, f->thing, f->key, &other))
		words = arena_printf(r->arena, STR_FMT " “" STR_FMT "”: " STR_FMT,
			STR_ARG(tr(b->language, f->thing->name)),
			STR_ARG(thing_title(r->arena, f->thing, other.item)), STR_ARG(words));
	error_put(r->arena, errors, field, words);
}

static err to_thing(
	struct req *r, const struct bench *b, const struct thing *t, str key, const char *more)
{
	return reply_redirect(r,
		bench_path(r->arena, b,
			arena_printf(r->arena, "%s/" STR_FMT "%s", t->slug, STR_ARG(key), more)));
}

/* A moved or doubled thing: the copy as it was, with why it cannot be. */
static err keep_or_say(struct req *r, struct bench *b, const struct spot_of *spot, str key)
{
	struct fault f;
	field_errors errors = { 0 };
	bool answered;

	TRY(bench_keep(r, b, &f, &answered));
	if (answered)
		return NULL;
	if (!f.any)
		return to_thing(r, b, spot->thing, key, "?luu=1");
	struct bench before;
	struct spot_of as_was;
	place_fault(r, b, spot, &f, &errors);
	TRY(bench_open(r, &before));
	TRY(find_thing(r, &before, &as_was));
	return reply_thing(r, 422, &before, &as_was, &errors);
}

static err take_slots_and_keep(struct req *r, struct bench *b, const struct spot_of *spot)
{
	struct fault f = { 0 };
	field_errors errors = { 0 };
	bool answered = false;

	take_slots(r, b, spot, &errors);
	if (!errors.n)
		TRY(bench_keep(r, b, &f, &answered));
	if (answered)
		return NULL;
	if (f.any)
		place_fault(r, b, spot, &f, &errors);
	if (!errors.n)
		return to_thing(r, b, spot->thing, spot->key, "?luu=1");
	/* What was typed stays in the boxes; the rest of the page as it is kept. */
	struct bench kept;
	struct spot_of as_kept;
	TRY(bench_open(r, &kept));
	TRY(find_thing(r, &kept, &as_kept));
	return reply_thing(r, 422, &kept, &as_kept, &errors);
}

/* Ids that no form can have are found out by reading: the next best one is tried. */
static err duplicate(struct req *r, struct bench *b, struct spot_of *spot)
{
	str key = spot->key, text;
	struct reading_of read;

	for (int number = 0; number < 5; number++) {
		struct tree *was = tree_copy(r->arena, b->root);
		if (!edit_duplicate(r->arena, b->root, spot, number, &key))
			break;
		TRY(tree_text(r->arena, b->root, &text));
		err e = edit_check(r->arena, text, &read);
		if (!e || number == 4)
			break;
		b->root = was;
		TRY(find_thing(r, b, spot));
	}
	return keep_or_say(r, b, spot, key);
}

err take_thing(struct req *r)
{
	struct bench b;
	struct spot_of spot;
	str act = req_field(r, S("lam"));
	str key;

	TRY(bench_open(r, &b));
	if (bench_overtaken(r, &b))
		return reply_overtaken(r, &b);
	TRY(find_thing(r, &b, &spot));
	key = spot.key;
	if (str_eq(act, S("nhan-ban")) && spot.list)
		return duplicate(r, &b, &spot);
	if (str_eq(act, S("len")) || str_eq(act, S("xuong"))) {
		(void)edit_shift(r->arena, b.root, &spot, str_eq(act, S("len")) ? -1 : 1, &key);
		return keep_or_say(r, &b, &spot, key);
	}
	if (str_eq(act, S("chuyen"))) {
		if (!edit_move(r->arena, b.root, &spot, req_field(r, S("sau")), &key))
			return FAIL(r->arena, INVALID, "no such place");
		return keep_or_say(r, &b, &spot, key);
	}
	return take_slots_and_keep(r, &b, &spot);
}
