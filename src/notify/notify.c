/* SPDX-License-Identifier: Apache-2.0 */
/* notify.c - a notice and the mail that follows it, in the transaction of the event. */
#include "core/crypto.h"
#include "notify/notify.h"
#include "notify/notify.sql.h"
#include "notify/parts.h"

err notify_put(struct conn *c, struct arena *a, const struct notice *n, instant now)
{
	int64_t added = 0;
	TRY(db_count_changed(c, a,
		BIND(notice_insert, .account = V(n->account_id), .kind = V(n->kind),
			.reference = V(n->reference), .title = V(n->title), .text = V(n->text),
			.link = V(n->link), .now = V(now)),
		&added));
	if (!added)
		return NULL; /* told already */
	TRY(account_unread_change(c, a, n->account_id, 1));
	if (!n->email.n)
		return NULL;
	struct account who;
	TRY(account_get(c, a, n->account_id, &who));
	if (!who.wants_mail)
		return NULL;
	str key = arena_printf(a, "%lld/" STR_FMT "/" STR_FMT, (long long)n->account_id,
		STR_ARG(n->kind), STR_ARG(n->reference));
	struct outbox_mail mail = {
		.key = key, .to = n->email, .subject = n->title, .text = n->text, .link = n->link
	};
	return outbox_mail_put(c, a, &mail, now);
}

err notify_unread(struct conn *c, struct arena *a, int64_t account, int64_t *ret)
{
	return db_number(c, a, BIND(notice_unread_count, .account = V(account)), ret);
}

#define N(member) COLUMN(struct notice_row, member)
ROW_TYPE(notice_row_type, struct notice_row, N(id), N(kind), N(title), N(text), N(link), N(at),
	N(read_at));

err notice_list(struct conn *c, struct arena *a, int64_t account, int64_t offset, int64_t limit,
	struct notice_row **ret, size_t *ret_n, int64_t *ret_total)
{
	TRY(db_number(c, a, BIND(notice_count, .account = V(account)), ret_total));
	return db_list(c, a,
		BIND(notice_page, .account = V(account), .offset = V(offset), .limit = V(limit)),
		&notice_row_type, ret, ret_n);
}

err notice_read(struct conn *c, struct arena *a, int64_t account, instant now)
{
	int64_t changed = 0;
	TRY(db_count_changed(
		c, a, BIND(notice_read_all, .account = V(account), .now = V(now)), &changed));
	return account_unread_change(c, a, account, -changed);
}

/* --- the job -------------------------------------------------------------- */

struct sending {
	str key, receiver, outcome;
	instant now;
};

static err record_sending(struct conn *c, struct arena *a, void *arg)
{
	const struct sending *s = arg;
	return db_do(c, a,
		BIND(sending_insert, .channel = V(S("mail")), .key = V(s->key),
			.receiver = V(s->receiver), .now = V(s->now), .outcome = V(s->outcome)));
}

/* A mail leaves the portal, where every page says that it is a trial: so does the mail, to whoever
 * gets it, in both languages. */
static bool is_trial(const struct job *j)
{
	const struct services *services = j->app;
	return services && services->site && services->site->demo;
}

static str subject_of(struct job *j)
{
	str subject = json_get_text(j->payload, "subject");
	return is_trial(j) ? arena_printf(j->arena, "[Thử nghiệm] " STR_FMT, STR_ARG(subject))
			   : subject;
}

static str with_trial(struct job *j, str text)
{
	if (!is_trial(j))
		return text;
	return arena_printf(j->arena,
		STR_FMT
		"\n\n--\nĐây là bản thử nghiệm: cơ quan, người và hồ sơ đều không có thật.\n"
		"This is a trial: agencies, people and applications are not real.\n",
		STR_ARG(text));
}

/* A mail is read elsewhere: its link needs the address of the portal, from the configuration. */
static str text_of(struct job *j)
{
	const struct services *services = j->app;
	str text = json_get_text(j->payload, "text"), link = json_get_text(j->payload, "link");
	if (!services || !services->site || !services->site->origin.n || !link.n)
		return text;
	return arena_printf(j->arena, STR_FMT "\n\n" STR_FMT STR_FMT "\n", STR_ARG(text),
		STR_ARG(services->site->origin), STR_ARG(link));
}

static err send_mail(struct job *j)
{
	static const str outcomes[] = {
		[MAIL_SENT] = S("sent"),
		[MAIL_KEPT] = S("kept"),
		[MAIL_REFUSED] = S("refused"),
		[MAIL_FAILED] = S("failed"),
	};
	struct mail m = { .to = json_get_text(j->payload, "to"),
		.subject = subject_of(j),
		.text = with_trial(j, text_of(j)),
		.id = str_part(sha256_of(j->arena, j->key), 0, 32),
		.at = j->now,
		.stop = j->stop };
	enum mail_outcome outcome = MAIL_FAILED;
	err failed = mail_send(j->arena, &m, &outcome);
	struct sending s = {
		.key = j->key,
		.receiver = sha256_of(j->arena, m.to),
		.outcome = outcomes[failed ? MAIL_FAILED : outcome],
		.now = j->now,
	};
	TRY(db_write(j->db, j->arena, record_sending, &s));
	return failed;
}

const struct job_kind notify_jobs[] = {
	{ .name = "notify.mail", .run = send_mail, .title = "Gửi thư điện tử" },
	{ 0 },
};
