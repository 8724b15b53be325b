/* SPDX-License-Identifier: Apache-2.0 */
/* officer.h - handlers of the desk, and what the applicant's pages share with them. */
#pragma once
#include "dossier/desk_pages.h"

/* The dossier of the address, if it is the caller's agency's. */
MUST_USE err officer_dossier(struct req *r, struct conn *c, struct dossier *ret);
struct act_actor officer_actor(const struct req *r);
/* The file of the address, if it belongs to the dossier; its slip 01 as PDF. */
err reply_dossier_file(struct req *r, struct conn *c, const struct dossier *d);
err reply_slip(struct req *r, struct conn *c, const struct dossier *d);
str channel_word(enum language l, str channel);

err show_officer_dossier(struct req *r);
err show_officer_file(struct req *r);
err show_officer_slip(struct req *r);
err take_officer_message(struct req *r);
err show_act(struct req *r);
err take_act(struct req *r);
