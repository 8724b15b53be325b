/* SPDX-License-Identifier: Apache-2.0 */
/* citizen.h - what the applicant's and the public pages draw. */
#pragma once
#include "dossier/figures.h"
#include "dossier/parts.h"

struct mine_row {
	str code, procedure, fact, stage, light;
	url open;
	const char *stage_icon, *light_icon;
	enum tone stage_tone, light_tone;
	bool urgent, has_light;
};
struct mine_page {
	str name;
	bool home; /* /ca-nhan: with what to do and drafts */
	LIST(struct mine_row) waiting, rows;
	int64_t drafts;
	struct paging paging;
};

struct citizen_page {
	str code, procedure, verify;
	struct dossier_parts parts;
	bool has_slip, may_write, may_answer, may_withdraw, may_rate, rated, refused;
	str reason; /* of a refusal, a supplement */
	url slip, form, print, data, send, answer, withdraw, rate;
	struct input message;
	field_errors errors;
};

/* Answering a supplement: papers and a word. */
struct answer_page {
	str code, procedure, reason;
	LIST(str) items;
	url post, back;
	int64_t version;
	struct file_input files;
	struct input note;
	field_errors errors;
};

struct withdraw_page {
	str code, procedure;
	url post, back;
	int64_t version;
	struct input reason;
	field_errors errors;
};

struct rating_page {
	str code, procedure;
	url post, back;
	struct choice_input contents[RATING_CONTENTS];
	struct input comment;
	field_errors errors;
};

struct receipt_page {
	str code, procedure, agency, submitted, verify;
	url open, mine, form, print;
};

/* Anybody: the code and the degree of completion only [VPCP01-16.2]. */
struct track_page {
	struct input code;
	field_errors errors;
	bool found;
	str shown;
	int64_t percent;
	str percent_label;
};
struct verify_page {
	str code, office, issued, due;
	bool found, slip, intact;
	bool held;  /* asked with what stands in the QR of this slip; then it is compared */
	bool other; /* asked with what stands in the QR of another */
};

err show_mine(struct req *r);
err show_my_dossiers(struct req *r);
err show_my_dossier(struct req *r);
err show_my_file(struct req *r);
err show_my_slip(struct req *r);
err take_my_message(struct req *r);
err show_answer(struct req *r);
err take_answer(struct req *r);
err show_withdraw(struct req *r);
err take_withdraw(struct req *r);
err show_rating(struct req *r);
err take_rating(struct req *r);
err take_submission(struct req *r);
err show_receipt(struct req *r);
/* The dossier of the address, if it is the caller's own; absent otherwise. */
MUST_USE err my_dossier(struct req *r, struct conn *c, struct dossier *ret);
struct act_actor citizen_actor(const struct req *r);
/* Where the page of a dossier is, for its applicant. */
str my_address(struct req *r, str code);
/* Decided or closed; whether it was rated already is another matter. */
bool may_rate(const struct dossier *d);
/* Frames a page of the applicant. */
err citizen_reply(struct req *r, int status, str title, html main, bool error);
