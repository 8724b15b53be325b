/* SPDX-License-Identifier: Apache-2.0 */
/* scan.h - asks clamd about content of the store, over its socket (INSTREAM). */
#pragma once
#include "file/file.h"

/* Where clamd listens: "/run/clamav/clamd.ctl" or "host:3310"; "" asks nobody. From then on good
 * uploads wait for it. */
void file_scanner(struct file_store *s, str address);
bool file_scans(const struct file_store *s);

/* TOO_LARGE: clamd takes no file of that size (StreamMaxLength); asking again does not help. */
enum scan_answer { SCAN_CLEAN, SCAN_FOUND, SCAN_TOO_LARGE };
/* UNAVAILABLE when clamd is away, too slow or speaks nonsense, or *stop is set meanwhile: to be
 * asked again. *ret_name: what was found. */
MUST_USE err file_scan(struct file_store *s, struct arena *a, str sha256,
	const _Atomic bool *NULLABLE stop, enum scan_answer *ret, str *ret_name);
/* In the act's transaction: "clean", "refused", "failed". */
MUST_USE err file_scan_set(struct conn *c, struct arena *a, int64_t id, str scan);
