/* SPDX-License-Identifier: Apache-2.0 */
/* listen.h - the sockets a server accepts on: TCP, a unix socket, or those systemd hands over. */
#pragma once
#include "core/core.h"

/* Fills fds with n listening, non-blocking sockets, one an event loop, that the caller closes.
 * where: "[::]:8080" (both IPv4 and IPv6), "127.0.0.1:9000", port 0 for any free one, or the path
 * of a unix socket; not looked at when the process was socket-activated. ret_address is what to
 * show people. UNAVAILABLE when the address is taken, INVALID when it is none. */
MUST_USE err listen_open(struct arena *a, str where, int *fds, int n, str *ret_address);
