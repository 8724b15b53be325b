/* SPDX-License-Identifier: Apache-2.0 */
/* admin.h - where an administrator begins. */
#pragma once
#include "identity/audit.h"
#include "portal/pages.h"

struct admin_page {
	struct job_counts jobs;
	str procedures, online;
};
struct dead_row {
	int64_t id;
	str kind, error, created_iso, created, attempts;
	url post;
};
struct dead_page {
	LIST(struct dead_row) rows;
	struct paging paging;
	struct job_counts jobs;
};
/* Frames a page of the administrator. */
err admin_reply(struct req *r, int status, str title, html main, bool error);
struct audit_actor admin_actor(const struct req *r);

err show_admin(struct req *r);
err show_dead(struct req *r);
err take_resend(struct req *r);
