/* SPDX-License-Identifier: Apache-2.0 */
#include "dossier/flow.h"
#include "dossier/notices.h"

/* Titles by act; acts without one tell nobody. */
static const struct {
	const char *title, *text;
} words[ACT_COUNT] = {
	[ACT_RECEIVE] = { "Hồ sơ đã được tiếp nhận",
		"Cơ quan đã tiếp nhận hồ sơ {ma} ({ten}). {han}" },
	[ACT_REFUSE] = { "Hồ sơ không được tiếp nhận",
		"Cơ quan không tiếp nhận hồ sơ {ma} ({ten}). Lý do: {ly-do}" },
	[ACT_ASK] = { "Hồ sơ cần bổ sung",
		"Hồ sơ {ma} ({ten}) cần bổ sung:\n{danh-sach}Lý do: {ly-do}\n"
		"Bạn có 15 ngày làm việc để gửi phần bổ sung." },
	[ACT_RESUME] = { "Phần bổ sung đã đủ", "Hồ sơ {ma} ({ten}) được xử lý tiếp. {han}" },
	[ACT_FORWARD] = { "Hồ sơ đang được xử lý",
		"Hồ sơ {ma} ({ten}) đã chuyển đến người xử lý. {han}" },
	[ACT_ASK_FEE] = { "Hồ sơ cần nộp phí",
		"Hồ sơ {ma} ({ten}) cần nộp {so-tien}. Lý do: {ly-do}" },
	[ACT_CONFIRM_FEE] = { "Đã nhận phí", "Cơ quan đã nhận phí của hồ sơ {ma} ({ten}). {han}" },
	[ACT_APPROVE] = { "Hồ sơ đã có kết quả",
		"Hồ sơ {ma} ({ten}) đã có kết quả. Mở hồ sơ để xem và tải về." },
	[ACT_RETURN] = { "Đã trả kết quả", "Kết quả của hồ sơ {ma} ({ten}) đã được trả." },
	[ACT_STOP] = { "Hồ sơ dừng xử lý", "Hồ sơ {ma} ({ten}) dừng xử lý. Lý do: {ly-do}" },
	[ACT_WITHDRAW] = { "Đã rút hồ sơ", "Bạn đã rút hồ sơ {ma} ({ten})." },
};

/* What the officer in charge is told; while there is none, the clerks of the agency. */
static const char *const to_officer[ACT_COUNT] = {
	[ACT_FORWARD] = "Bạn được giao một hồ sơ",
	[ACT_ASSIGN] = "Bạn được giao một hồ sơ",
	[ACT_ANSWER] = "Người nộp đã gửi phần bổ sung",
	[ACT_CONFIRM_FEE] = "Hồ sơ đã nộp phí",
	[ACT_SEND_BACK] = "Lãnh đạo trả lại hồ sơ để sửa",
};

static str due_sentence(struct arena *a, const struct dossier *d)
{
	if (!d->due_at.set)
		return S("");
	return arena_printf(a, "Hẹn trả kết quả: " STR_FMT ".",
		STR_ARG(moment_long_text(a, VIETNAMESE, d->due_at.value)));
}

static str item_lines(struct arena *a, const struct act_input *in)
{
	struct buf b = buf_in(a, LIMIT_JOB_PAYLOAD);
	for (size_t i = 0; i < in->items.n; i++)
		buf_printf(&b, "%zu. " STR_FMT "\n", i + 1, STR_ARG(in->items.items[i]));
	return buf_str(&b);
}

static str link_of(struct arena *a, const struct dossier *d)
{
	return arena_printf(a, "/ca-nhan/ho-so/" STR_FMT, STR_ARG(d->code));
}

static str reference_of(struct arena *a, const struct dossier *d)
{
	return arena_printf(a, STR_FMT "/%lld", STR_ARG(d->code), (long long)d->version);
}

/* A notice to one side or the other of the desk. */
struct telling {
	const struct dossier *d;
	str title, kind, reference;
	instant now;
};

static err tell(struct conn *c, struct arena *a, const struct telling *t, const struct account *who)
{
	struct notice n = { .account_id = who->id,
		.kind = t->kind,
		.reference = t->reference,
		.title = t->title,
		.text = t->d->code,
		.link = arena_printf(a, "/can-bo/ho-so/" STR_FMT, STR_ARG(t->d->code)),
		.email = who->email };
	return notify_put(c, a, &n, t->now);
}

static err tell_role(struct conn *c, struct arena *a, const struct telling *t, enum role role)
{
	struct account *found;
	size_t n;
	TRY(account_list(c, a, t->d->agency, role_code(role), &found, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell(c, a, t, &found[i]));
	return NULL;
}

static err tell_officer(struct conn *c, struct arena *a, const struct telling *t)
{
	struct account who;
	if (!t->d->assignee_id.set)
		return tell_role(c, a, t, ROLE_CLERK);
	TRY(account_get(c, a, t->d->assignee_id.value, &who));
	if (who.locked) /* has left: the leader gives the dossier to another */
		return tell_role(c, a, t, ROLE_LEADER);
	return tell(c, a, t, &who);
}

static err tell_desk(struct conn *c, struct arena *a, const struct dossier *d, enum dossier_act act,
	str kind, instant now)
{
	struct telling t = { .d = d,
		.kind = arena_printf(a, STR_FMT ".office", STR_ARG(kind)),
		.reference = reference_of(a, d),
		.now = now };
	if (act == ACT_PROPOSE) {
		t.title = S("Có kết quả chờ ký");
		return tell_role(c, a, &t, ROLE_LEADER);
	}
	if (!to_officer[act])
		return NULL;
	t.title = str_from(to_officer[act]);
	return tell_officer(c, a, &t);
}

err notice_of_act(struct conn *c, struct arena *a, const struct dossier *before,
	const struct dossier *after, const struct act_input *in, instant now)
{
	(void)before;
	str kind = arena_printf(a, "dossier." STR_FMT, STR_ARG(act_code(in->act)));
	str reference = reference_of(a, after);
	TRY(tell_desk(c, a, after, in->act, kind, now));
	if (!words[in->act].title || !after->owner_id)
		return NULL; /* brought to the counter by somebody without an account */
	struct notice n = {
		.account_id = after->owner_id,
		.kind = kind,
		.reference = reference,
		.title = str_from(words[in->act].title),
		.text = FILL(a, VIETNAMESE, str_from(words[in->act].text), S("ma"), after->code,
			S("ten"), after->procedure_name, S("han"), due_sentence(a, after),
			S("ly-do"), in->reason, S("danh-sach"), item_lines(a, in), S("so-tien"),
			money_text(a, VIETNAMESE, in->amount)),
		.link = link_of(a, after),
		.email = after->email,
	};
	return notify_put(c, a, &n, now);
}

err notice_of_submission(struct conn *c, struct arena *a, const struct dossier *d, instant now)
{
	struct telling t = { .d = d,
		.title = S("Hồ sơ mới nộp"),
		.kind = S("dossier.submitted.office"),
		.reference = reference_of(a, d),
		.now = now };
	TRY(tell_role(c, a, &t, ROLE_CLERK));
	struct notice n = {
		.account_id = d->owner_id,
		.kind = S("dossier.submitted"),
		.reference = reference_of(a, d),
		.title = S("Đã nhận được hồ sơ bạn nộp"),
		.text = FILL(a, VIETNAMESE,
			S("Hồ sơ {ma} ({ten}) đã đến cơ quan. Trong 8 giờ làm việc, cơ quan báo "
			  "tiếp nhận hoặc hướng dẫn bổ sung."),
			S("ma"), d->code, S("ten"), d->procedure_name),
		.link = link_of(a, d),
		.email = d->email,
	};
	return notify_put(c, a, &n, now);
}

err notice_of_message(struct conn *c, struct arena *a, const struct dossier *d, bool from_office,
	int64_t message, instant now)
{
	str reference = arena_printf(a, STR_FMT "/m%lld", STR_ARG(d->code), (long long)message);
	struct telling t = { .d = d,
		.title = S("Tin nhắn của người nộp"),
		.kind = S("dossier.message.office"),
		.reference = reference,
		.now = now };
	if (!from_office)
		return tell_officer(c, a, &t);
	if (!d->owner_id)
		return NULL; /* as for acts */
	struct notice n = {
		.account_id = d->owner_id,
		.kind = S("dossier.message"),
		.reference = reference,
		.title = S("Tin nhắn của cơ quan"),
		.text = FILL(a, VIETNAMESE, S("Cơ quan gửi tin nhắn về hồ sơ {ma} ({ten})."),
			S("ma"), d->code, S("ten"), d->procedure_name),
		.link = link_of(a, d),
		.email = d->email,
	};
	return notify_put(c, a, &n, now);
}
