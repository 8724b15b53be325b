/* SPDX-License-Identifier: Apache-2.0 */
/* health.h - /healthz (the process answers), /readyz (it can serve: database, schema, disk) and
 * /metrics in the Prometheus text form; the request log. */
#pragma once
#include "identity/services.h"

extern const struct route health_routes[];
/* Once at start, before requests: the data folder, which must stay writable. */
void health_configure(str data);
/* The server's `error_page` hook: what is our own fault is logged under the id that the page shows,
 * then the page is identity's. */
void health_error_page(struct req *r, err e);
/* The server's `done` hook: counts, and one log line without personal data. */
void health_done(const struct req *r, int status, int64_t micros);
