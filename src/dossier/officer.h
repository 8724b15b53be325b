/* SPDX-License-Identifier: Apache-2.0 */
/* officer.h - handlers of the desk, and what the applicant's pages share with them. */
#pragma once
#include "dossier/desk_pages.h"

struct slip;

/* The dossier of the address, if it is the caller's agency's. */
MUST_USE err officer_dossier(struct req *r, struct conn *c, struct dossier *ret);
struct act_actor officer_actor(struct req *r);
/* The file of the address, if it belongs to the dossier; its slip 01 as PDF. */
err reply_dossier_file(struct req *r, struct conn *c, const struct dossier *d);
err reply_slip(struct req *r, struct conn *c, const struct dossier *d);
/* Keeps the files of a chooser and puts them into `in`; the first bad one is the fault instead, and
 * nothing counts then. keep: false only looks, when the form comes back for another reason. */
MUST_USE err take_uploads(
	struct req *r, str chooser, bool keep, struct act_input *in, str *ret_fault);
/* The message of the form, sent; *ret_fault says what is wrong with it instead. *ret_text is what
 * was typed. */
MUST_USE err take_message(
	struct req *r, const struct dossier *d, struct act_actor by, str *ret_text, str *ret_fault);
/* Where anybody checks a dossier: what the QR codes of its papers open. slip: NULL before it is
 * issued; one that is keeps the address it was issued with, whoever asks for it [FORM-1]. */
str verify_address(struct req *r, str code, const struct slip *NULLABLE slip);
str channel_word(enum language l, str channel);

err show_officer_dossier(struct req *r);
err show_officer_file(struct req *r);
err show_officer_slip(struct req *r);
err take_officer_message(struct req *r);
err show_act(struct req *r);
err take_act(struct req *r);
