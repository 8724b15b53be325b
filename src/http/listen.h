/* SPDX-License-Identifier: Apache-2.0 */
/* listen.h - the sockets a server accepts on: TCP, a unix socket, or those systemd hands over. */
#pragma once
#include "core/core.h"

struct listening {
	int n, *fds; /* bound, listening, non-blocking; one an event loop */
	str address; /* for people */
	str made;    /* the socket file that is ours to remove, or "" */
};
/* Opens at least one socket for each of the loops; more when systemd hands over several, as each of
 * them has loops of its own. where: "[::]:8080" (both IPv4 and IPv6), "127.0.0.1:9000", port 0 for
 * any free one, or the path of a unix socket: what has a '/', or no ':'. Not looked at when the
 * process was socket-activated. UNAVAILABLE when the address is taken, INVALID when it is none. */
MUST_USE err listen_open(struct arena *a, str where, int loops, struct listening *ret);
/* Is one of them a unix socket, where every client has the address of the proxy: none? */
bool listen_is_unix(const struct listening *l);
/* Refuses new connections: closes the sockets, removes the file. */
void listen_close(struct listening *l);
/* Removes the file only: whoever took the sockets has closed them. */
void listen_forget(struct listening *l);
