/* SPDX-License-Identifier: Apache-2.0 */
/* dossier.h - the life of one application (hồ sơ), from submission to result and rating.
 *
 * One table of steps says who may do what from where (dossier_flow.c); one function, dossier_do,
 * is the only writer of the state: it checks role, condition and version, and in one transaction
 * keeps the state, the event, the audit entry, the tallies and the notices. Buttons come from the
 * same table, so that no page offers what the rules refuse. */
#pragma once
#include "forms/draft.h"
#include "notify/notify.h"

extern const struct migration dossier_migrations[];
extern const struct sql *const dossier_statements[], *const desk_statements[],
							     *const figures_statements[];
extern const struct route dossier_citizen_routes[], dossier_officer_routes[],
	dossier_public_routes[];
extern const struct job_schedule dossier_schedules[]; /* closes what was never supplemented */

/* Stage: name, code kept, portal status [requirements 2.3], short word, icon, tone */
#define DOSSIER_STAGES(X)                                                   \
	X(SUBMITTED, "submitted", 1, MARK("Mới nộp"), "inbox", PLAIN)       \
	X(RECEIVED, "received", 2, MARK("Đã tiếp nhận"), "check", INFO)     \
	X(REFUSED, "refused", 3, MARK("Không tiếp nhận"), "circle-x", BAD)  \
	X(HANDLING, "handling", 4, MARK("Đang xử lý"), "hourglass", INFO)   \
	X(APPROVAL, "approval", 4, MARK("Chờ ký"), "pen-line", INFO)        \
	X(SUPPLEMENT, "supplement", 5, MARK("Chờ bổ sung"), "undo-2", WARN) \
	X(FEE, "fee", 6, MARK("Chờ nộp phí"), "credit-card", WARN)          \
	X(WITHDRAWN, "withdrawn", 7, MARK("Đã rút"), "circle-x", PLAIN)     \
	X(STOPPED, "stopped", 8, MARK("Dừng xử lý"), "circle-x", BAD)       \
	X(DONE, "done", 9, MARK("Đã có kết quả"), "check", OK)              \
	X(RETURNED, "returned", 10, MARK("Đã trả kết quả"), "package-check", OK)
enum dossier_stage {
#define X(name, ...) DOSSIER_##name,
	DOSSIER_STAGES(X)
#undef X
		DOSSIER_STAGE_COUNT
};

/* Act: name, code in addresses and events, label of the button, what the timeline says, whether it
 * needs a reason */
#define DOSSIER_ACTS(X)                                                                           \
	X(RECEIVE, "tiep-nhan", MARK("Tiếp nhận"), MARK("Đã tiếp nhận"), false)                   \
	X(REFUSE, "tu-choi", MARK("Từ chối tiếp nhận"), MARK("Không tiếp nhận"), true)            \
	X(ASK, "bo-sung", MARK("Yêu cầu bổ sung"), MARK("Cơ quan yêu cầu bổ sung"), true)         \
	X(ANSWER, "tra-loi", MARK("Gửi phần bổ sung"), MARK("Đã gửi phần bổ sung"), false)        \
	X(RESUME, "tiep-tuc", MARK("Đã đủ, xử lý tiếp"), MARK("Phần bổ sung đã đủ"), false)       \
	X(FORWARD, "chuyen", MARK("Chuyển xử lý"), MARK("Đã chuyển xử lý"), false)                \
	X(ASSIGN, "phan-cong", MARK("Phân công lại"), MARK("Đã phân công lại"), false)            \
	X(ASK_FEE, "yeu-cau-phi", MARK("Yêu cầu nộp phí"), MARK("Cơ quan yêu cầu nộp phí"), true) \
	X(CONFIRM_FEE, "da-thu-phi", MARK("Xác nhận đã thu phí"), MARK("Đã nộp phí"), false)      \
	X(PROPOSE, "trinh", MARK("Trình ký"), MARK("Đã trình ký"), false)                         \
	X(SEND_BACK, "tra-lai", MARK("Trả lại để sửa"), MARK("Lãnh đạo trả lại để sửa"), true)    \
	X(APPROVE, "phe-duyet", MARK("Phê duyệt"), MARK("Đã phê duyệt kết quả"), false)           \
	X(RETURN, "tra-ket-qua", MARK("Trả kết quả"), MARK("Đã trả kết quả"), false)              \
	X(WITHDRAW, "rut", MARK("Rút hồ sơ"), MARK("Đã rút hồ sơ"), true)                         \
	X(STOP, "dung", MARK("Dừng xử lý"), MARK("Dừng xử lý"), true)
enum dossier_act {
#define X(name, ...) ACT_##name,
	DOSSIER_ACTS(X)
#undef X
		ACT_COUNT
};

struct dossier {
	int64_t id, version, version_id, owner_id, channel;
	str code, procedure, procedure_name, stage_code, agency, draft;
	str applicant, person_id, phone, email, address, answers, result_channel;
	int64_t submitted_at, changed_at;
	struct opt_int received_at, clock_from, due_at, first_due_at, paused_at, finished_at,
		returned_at;
	struct opt_int assignee_id, asked_at, answered_at;
	str assignee; /* name */
	str limit_code;
	str outcome;              /* "", "granted", "refused" */
	str proposal;             /* outcome proposed to the leader */
	enum dossier_stage stage; /* of stage_code */
};
MUST_USE err dossier_get(struct conn *c, struct arena *a, str code, struct dossier *ret);
/* "H99.001.01-261125-0001" [DC-2] */
bool dossier_code_valid(str code);

/* --- submission (dossier_submit.c) ---------------------------------------- */
/* Freezes a complete draft into a dossier, exactly once: the same draft always gives the same code.
 * INVALID when the draft does not pass its checks any more. */
MUST_USE err dossier_submit(struct req *r, const struct draft *d, const struct form *f,
	const struct procedure *p, str *ret_code);
/* "H99.001.01-261125-0001": agency, local day of intake, number of that agency and day. Atomic;
 * grows past four digits [DC-2]. The day is the working day of intake [DC-3]. */
MUST_USE err dossier_number(struct conn *c, struct arena *a, str agency, day intake, str *ret);

/* --- acts (dossier_flow.c: the table; dossier.c: dossier_do) --------------- */
struct dossier_step {
	enum dossier_stage from;
	enum dossier_act act;
	enum dossier_stage to;
	enum role by;
	/* NULL, or why it is refused now, in Vietnamese (TR). */
	const char *(*NULLABLE refuses)(const struct dossier *d, int64_t by_account);
};
extern const struct dossier_step dossier_steps[];
extern const size_t dossier_step_count;
/* Acts open to a caller now, for buttons: at most ACT_COUNT. */
size_t dossier_open_acts(
	const struct dossier *d, enum role by, int64_t account, enum dossier_act *ret);

bool dossier_act_open(const struct dossier *d, enum dossier_act act, enum role by, int64_t account);

struct act_input {
	enum dossier_act act;
	int64_t version; /* the caller saw; another is CONFLICT (409) [compare-and-set] */
	str reason;
	int64_t assignee;               /* FORWARD, ASSIGN */
	str outcome;                    /* PROPOSE: "granted" or "refused" */
	int64_t amount;                 /* ASK_FEE */
	LIST(str) items;                /* ASK: what is needed, each named [ND61-15.3] */
	LIST(struct stored_file) files; /* PROPOSE result, ANSWER papers: kept content */
	LIST(str) file_fields;          /* ANSWER: the item each file answers */
};
struct act_actor {
	struct audit_actor who;
	str name, agency;
	str origin; /* of the portal, for the slip that the act may issue; "" where there is none */
};
/* INVALID for what the act lacks or has too much of, also an assignee who cannot be one; FORBIDDEN
 * for the wrong role or another's dossier, CONFLICT for a wrong stage, an unmet condition
 * or a version that moved on. On success *d is as stored. */
MUST_USE err dossier_do(struct db *db, struct arena *a, instant now, struct act_actor by,
	const struct act_input *in, struct dossier *d);

/* --- the clock of one dossier, explained ------------------------------------ */
MUST_USE err dossier_clock(
	struct conn *c, struct arena *a, const struct dossier *d, struct deadline *ret);

/* `motcua` demonstration data: a small set of dossiers in every stage. */
MUST_USE err dossier_demo(struct services *s, struct arena *a, instant now);
