/* SPDX-License-Identifier: Apache-2.0 */
/* reads.h - which reads of personal data were noted just now. Who looks at the same page again and
 * again learns nothing new: the same person seeing the same data within READS_SECONDS is
 * one entry of the trail. A bounded table in memory; what it has forgotten is noted once more.
 * Thread-safe. */
#pragma once
#include "core/civil.h"
#include "identity/audit.h"

#define READS_SECONDS 60

struct reads;
/* Lives in the arena. */
struct reads *reads_new(struct arena *a);
/* A read by this person: how it will be known again. */
struct read_mark {
	char digest[32];
};
struct read_mark read_mark_of(
	struct arena *a, struct audit_actor who, str act, str subject, str detail);
bool reads_has(struct reads *r, const struct read_mark *m, instant now);
/* When its entry is durable, not before. */
void reads_add(struct reads *r, const struct read_mark *m, instant now);
