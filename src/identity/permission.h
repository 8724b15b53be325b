/* SPDX-License-Identifier: Apache-2.0 */
/* permission.h - who may do what: one table. Routes name a permission, workflow steps name a role;
 * a test walks every route with every role and expects exactly what stands here. */
#pragma once
#include "core/core.h"

enum role {
	ROLE_ANONYMOUS,
	ROLE_CITIZEN,
	ROLE_CLERK,   /* receives and returns at the one-stop desk */
	ROLE_OFFICER, /* handles */
	ROLE_LEADER,  /* decides */
	ROLE_ADMIN,
	ROLE_COUNT
};

/* name, anonymous, citizen, clerk, officer, leader, admin */
#define PERMISSIONS(X)                                                         \
	X(PUBLIC, 1, 1, 1, 1, 1, 1)     /* read what is published */           \
	X(SIGNED_IN, 0, 1, 1, 1, 1, 1)  /* one's own session and password */   \
	X(APPLY, 0, 1, 0, 0, 0, 0)      /* one's own drafts and dossiers */    \
	X(DESK, 0, 0, 1, 1, 1, 0)       /* see the dossiers of one's agency */ \
	X(RECEIVE, 0, 0, 1, 0, 0, 0)    /* intake and return */                \
	X(HANDLE, 0, 0, 0, 1, 0, 0)     /* examine and propose */              \
	X(APPROVE, 0, 0, 0, 0, 1, 0)    /* decide */                           \
	X(BUILD, 0, 0, 0, 0, 0, 1)      /* make and publish forms */           \
	X(ADMINISTER, 0, 0, 0, 0, 0, 1) /* accounts, calendar, dead letters, audit */
enum permission {
	PERMIT_UNSET, /* a route that forgot to say: refused at start */
#define X(name, ...) PERMIT_##name,
	PERMISSIONS(X)
#undef X
		PERMISSION_COUNT
};

bool role_may(enum role role, enum permission p);
/* ROLE_ANONYMOUS for an unknown code. */
enum role role_of_code(str code);
str role_code(enum role r);
/* In Vietnamese, for tr(): "Cán bộ một cửa". */
str role_title(enum role r);
const char *permission_name(enum permission p);
