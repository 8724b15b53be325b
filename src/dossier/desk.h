/* SPDX-License-Identifier: Apache-2.0 */
/* desk.h - lists of dossiers: the officer's queues and lights, search, the citizen's own. Each list
 * is one indexed read of one page; the counts come from the tally, so that neither costs more as
 * dossiers pile up. */
#pragma once
#include "dossier/dossier.h"
#include "dossier/flow.h"

/* Five lights and two that are not shown: none, and closed. */
enum light {
	LIGHT_NONE,
	LIGHT_OVERDUE,
	LIGHT_TODAY,
	LIGHT_SOON,
	LIGHT_GOOD,
	LIGHT_PAUSED,
	LIGHT_CLOSED
};

struct desk_row {
	int64_t id, submitted_at;
	str code, stage, procedure_name, applicant, assignee;
	struct opt_int assignee_id, clock_from, due_at, paused_at, answered_at;
};

/* name in addresses, title, stages joined by commas ("" = all open), only one's own */
#define DESK_QUEUES(X)                                                                        \
	X(INTAKE, "tiep-nhan", MARK("Chờ tiếp nhận"), ",submitted,", false)                   \
	X(FORWARD, "cho-chuyen", MARK("Chờ chuyển xử lý"), ",received,", false)               \
	X(HANDLING, "xu-ly", MARK("Đang xử lý"), ",handling,", false)                         \
	X(SUPPLEMENT, "bo-sung", MARK("Chờ bổ sung"), ",supplement,", false)                  \
	X(FEE, "cho-phi", MARK("Chờ nộp phí"), ",fee,", false)                                \
	X(APPROVAL, "cho-ky", MARK("Chờ ký"), ",approval,", false)                            \
	X(RETURN, "tra-ket-qua", MARK("Chờ trả kết quả"), ",done,", false)                    \
	X(MINE, "giao-toi", MARK("Giao cho tôi"), ",handling,supplement,fee,approval,", true) \
	X(OPEN, "tat-ca", MARK("Đang mở của đơn vị"), "", false)
enum desk_queue {
#define X(name, ...) DESK_##name,
	DESK_QUEUES(X)
#undef X
		DESK_QUEUE_COUNT
};
str queue_name(enum desk_queue q);
str queue_title(enum desk_queue q);
bool queue_of_name(str name, enum desk_queue *ret);
/* Where a role starts its day. */
enum desk_queue queue_of_role(enum role r);

struct desk_counts {
	int64_t queue[DESK_QUEUE_COUNT];
	int64_t light[LIGHT_CLOSED + 1]; /* of the queue asked for */
};
/* Counts for the sidebar and the five lights of one queue, from the tally. */
MUST_USE err desk_counts(struct conn *c, struct arena *a, str agency, int64_t account,
	enum desk_queue q, const struct calendar *k, instant now, struct desk_counts *ret);

struct desk_query {
	str agency, procedure;
	int64_t account;
	enum desk_queue queue;
	enum light light; /* LIGHT_NONE: all */
	int64_t offset, limit;
	const struct desk_counts *NULLABLE counts; /* of this queue, when they are known already */
};
/* *ret_total counts at most LIMIT_DESK_TOTAL under the filter of a procedure. */
#define LIMIT_DESK_TOTAL 1000
MUST_USE err desk_list(struct conn *c, struct arena *a, const struct desk_query *q,
	const struct calendar *k, instant now, struct desk_row **ret, size_t *ret_n,
	int64_t *ret_total);
/* By code or by words of the applicant's name, number or telephone, with or without marks; the
 * newest first. *ret_more: there may be others. */
MUST_USE err desk_search(struct conn *c, struct arena *a, str agency, str words, size_t limit,
	struct desk_row **ret, size_t *ret_n, bool *ret_more);
MUST_USE err desk_of_owner(struct conn *c, struct arena *a, int64_t owner, int64_t offset,
	int64_t limit, struct desk_row **ret, size_t *ret_n, int64_t *ret_total);
/* What the applicant has to do: a fee, a supplement; the newest first. */
MUST_USE err desk_waits_for(struct conn *c, struct arena *a, int64_t owner, int64_t limit,
	struct desk_row **ret, size_t *ret_n);
struct desk_procedure {
	str code;
};
/* Those with something open, for the filter. */
MUST_USE err desk_procedures(
	struct conn *c, struct arena *a, str agency, struct desk_procedure **ret, size_t *ret_n);

/* The light of a row, and the working days left (negative: late). */
enum light desk_light(
	const struct desk_row *row, const struct calendar *k, instant now, int *ret_days);
str light_name(enum light l); /* in addresses: "qua-han", "hom-nay", "sap-han", "trong-han", … */
bool light_of_name(str name, enum light *ret);
/* "Quá hạn 2 ngày", "Còn 3 ngày", … */
str light_text(struct arena *a, enum language l, enum light light, int days);
const char *light_icon(enum light l);
enum tone light_tone(enum light l);
