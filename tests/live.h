/* SPDX-License-Identifier: Apache-2.0 */
/* live.h - for tests: a server with a few routes on a free loopback port, and a client that speaks
 * raw bytes, so that it can say what no library would. */
#pragma once
#include "http/exchange.h"
#include "tests/tap.h"

struct live {
	struct arena *arena;
	struct server *server;
	struct server_config config;
	int port;
};
/* Starts on where ("127.0.0.1:0"); NULL and a failed check when it cannot. */
struct live *NULLABLE live_start(const char *where);
/* As live_start, with the settings changed first. */
struct live *NULLABLE live_start_with(const char *where, void (*change)(struct server_config *c));
void live_stop(struct live *l);

/* A connected socket, or -1. */
int live_connect(const struct live *l);
/* False when the peer is gone. */
bool live_send(int fd, str bytes);
/* One whole answer (headers, and a body by Content-Length unless `head`), or what came before the
 * end; "" when the peer closed at once or was silent for 5 seconds. */
str live_receive(struct arena *a, int fd, bool head);
/* Whether the peer has closed; waits at most 5 seconds. */
bool live_closed(int fd);
/* One request on a connection of its own. */
str live_ask(struct arena *a, const struct live *l, const char *request);

int live_status(str answer);
/* Value of a header, in the letters of the façade. */
str live_header(str answer, const char *name);
str live_body(str answer);

/* The routes:
 *   GET  /          cached      "trang chủ"
 *   GET  /long      cached      6 kB
 *   GET  /fresh     cached 1 s  a number that grows
 *   GET  /hello     not cached  method, language and ?q
 *   GET  /form      a CSRF token
 *   POST /form      echoes field a
 *   POST /upload    how many files, and the size of the first
 *   POST /members   uploads that admit refuses
 *   GET  /slow      takes 300 ms
 *   GET  /file      8 bytes from a file
 *   GET  /large     8 MB; live_turns counts the arenas, now gone, of it and of errors
 *   GET  /often     SEND_CODE rate
 *   GET  /broken    an err after half an answer */
int live_turns(void);
/* Files that uploads have left in the sink's folder. */
int live_leftovers(void);
