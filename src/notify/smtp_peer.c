/* SPDX-License-Identifier: Apache-2.0 */
#include "notify/smtp_peer.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

struct smtp_peer {
	int listener, port;
	pthread_t thread;
	pthread_mutex_t lock;
	const char *command, *reply; /* to that command, to all others a good one */
	char mail[64 * KIB];
	size_t n;
	int count;
};

static bool say(FILE *f, const char *line) { return fprintf(f, "%s\r\n", line) > 0 && !fflush(f); }

static void take_mail(struct smtp_peer *p, FILE *f)
{
	char line[2048];
	pthread_mutex_lock(&p->lock);
	p->n = 0;
	while (fgets(line, sizeof line, f) && strcmp(line, ".\r\n") != 0) {
		size_t n = strlen(line);
		if (p->n + n < sizeof p->mail) {
			memcpy(p->mail + p->n, line, n);
			p->n += n;
		}
	}
	p->count++;
	pthread_mutex_unlock(&p->lock);
}

static const char *reply_to(struct smtp_peer *p, const char *command, const char *good)
{
	pthread_mutex_lock(&p->lock);
	const char *reply = strcmp(p->command, command) == 0 ? p->reply : good;
	pthread_mutex_unlock(&p->lock);
	return reply;
}

static void converse(struct smtp_peer *p, FILE *f)
{
	char line[2048];
	say(f, reply_to(p, "", "220 test"));
	while (fgets(line, sizeof line, f)) {
		const char *command = line;
		line[4] = 0;
		if (strcmp(line, "DATA") == 0) {
			say(f, "354 go");
			take_mail(p, f);
			command = ".";
		} else if (strcmp(line, "QUIT") == 0) {
			say(f, "221 bye");
			return;
		}
		say(f, reply_to(p, command, "250 ok"));
	}
}

static void *serve(void *arg)
{
	struct smtp_peer *p = arg;
	int fd;
	while ((fd = accept(p->listener, NULL, NULL)) >= 0) {
		FILE *f = fdopen(fd, "r+");
		converse(p, f);
		fclose(f);
	}
	return NULL;
}

struct smtp_peer *NULLABLE smtp_peer_start(struct arena *a)
{
	struct smtp_peer *p = arena_make(a, struct smtp_peer);
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof at;
	p->command = p->reply = "none";
	pthread_mutex_init(&p->lock, NULL);
	p->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (p->listener < 0 || bind(p->listener, (struct sockaddr *)&at, n) != 0 ||
		listen(p->listener, 8) != 0 ||
		getsockname(p->listener, (struct sockaddr *)&at, &n) != 0 ||
		pthread_create(&p->thread, NULL, serve, p) != 0)
		return NULL;
	p->port = ntohs(at.sin_port);
	return p;
}

str smtp_peer_url(const struct smtp_peer *p, struct arena *a)
{
	return arena_printf(a, "smtp://127.0.0.1:%d", p->port);
}

void smtp_peer_answer(struct smtp_peer *p, const char *command, const char *reply)
{
	pthread_mutex_lock(&p->lock);
	p->command = command;
	p->reply = reply;
	pthread_mutex_unlock(&p->lock);
}

int smtp_peer_count(struct smtp_peer *p)
{
	pthread_mutex_lock(&p->lock);
	int count = p->count;
	pthread_mutex_unlock(&p->lock);
	return count;
}

str smtp_peer_mail(struct smtp_peer *p) { return (str){ p->mail, p->n }; }

void smtp_peer_stop(struct smtp_peer *p)
{
	shutdown(p->listener, SHUT_RDWR);
	pthread_join(p->thread, NULL);
	close(p->listener);
	pthread_mutex_destroy(&p->lock);
}
