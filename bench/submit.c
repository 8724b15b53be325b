/* SPDX-License-Identifier: Apache-2.0 */
/* submit PORT FILE - sends prepared forms as fast as they are answered, and prints
 * "SECONDS SENT GOOD P50 P99" (milliseconds). Each line of FILE is one POST: client TAB path TAB
 * cookies TAB body. All lines of a client go through one kept connection, one after another; the
 * clients go side by side. Good is an answer of 303 to the receipt (…/xong). */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MOST 64
#define REQUESTS_MOST 20000
#define REQUEST_MOST 4096

struct client {
	pthread_t thread;
	pthread_barrier_t *start;
	int port, n, good;
	char **requests;
	double *millis;
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int dial(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Reads one whole answer; its first bytes, ended by a NUL, are left in head. */
static bool receive(int fd, char *head, size_t most)
{
	char piece[16384];
	size_t n = 0, whole = SIZE_MAX;
	while (n < whole) {
		ssize_t got = n < most - 1 ? recv(fd, head + n, most - 1 - n, 0)
					   : recv(fd, piece, sizeof piece, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
		if (whole != SIZE_MAX)
			continue;
		head[n] = 0;
		char *end = strstr(head, "\r\n\r\n"), *length = strstr(head, "Content-Length: ");
		if (end)
			whole = (size_t)(end + 4 - head) +
				(length && length < end ? strtoul(length + 16, NULL, 10) : 0);
	}
	return true;
}

static bool exchange(int fd, const char *request)
{
	char head[8192];
	size_t n = strlen(request);
	if (send(fd, request, n, MSG_NOSIGNAL) != (ssize_t)n || !receive(fd, head, sizeof head))
		return false;
	return strncmp(head, "HTTP/1.1 303", 12) == 0 && strstr(head, "/xong\r\n") != NULL;
}

static void *run(void *arg)
{
	struct client *c = arg;
	int fd = dial(c->port);
	pthread_barrier_wait(c->start);
	for (int i = 0; i < c->n; i++) {
		double began = now();
		c->good += exchange(fd, c->requests[i]);
		c->millis[i] = (now() - began) * 1000;
	}
	close(fd);
	return NULL;
}

static char *request_of(int port, const char *path, const char *cookies, const char *body)
{
	char *text = malloc(REQUEST_MOST);
	int n = snprintf(text, REQUEST_MOST,
		"POST %s HTTP/1.1\r\nHost: localhost:%d\r\nOrigin: http://localhost:%d\r\n"
		"Cookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n"
		"Content-Length: %zu\r\n\r\n%s",
		path, port, port, cookies, strlen(body), body);
	if (n >= REQUEST_MOST) {
		fputs("submit: a request too long\n", stderr);
		exit(1);
	}
	return text;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int read_requests(const char *path, int port, struct client *clients)
{
	static double millis[CLIENTS_MOST][REQUESTS_MOST / CLIENTS_MOST];
	static char *requests[CLIENTS_MOST][REQUESTS_MOST / CLIENTS_MOST];
	char *line = NULL, *rest;
	size_t room = 0;
	int n = 0;
	FILE *file = fopen(path, "r");
	while (file && getline(&line, &room, file) > 0) {
		line[strcspn(line, "\n")] = 0;
		rest = line;
		int who = (int)strtol(strsep(&rest, "\t"), NULL, 10);
		char *to = strsep(&rest, "\t"), *cookies = strsep(&rest, "\t");
		struct client *c = &clients[who % CLIENTS_MOST];
		if (!rest || c->n == REQUESTS_MOST / CLIENTS_MOST)
			break;
		c->requests = requests[who % CLIENTS_MOST];
		c->millis = millis[who % CLIENTS_MOST];
		c->requests[c->n++] = request_of(port, to, cookies, rest);
		n++;
	}
	free(line);
	if (file)
		fclose(file);
	return n;
}

static int run_all(struct client *clients, int port, double *ret_seconds)
{
	pthread_barrier_t start;
	unsigned parties = 1;
	int good = 0;
	for (int i = 0; i < CLIENTS_MOST; i++)
		parties += clients[i].n > 0;
	pthread_barrier_init(&start, NULL, parties);
	for (int i = 0; i < CLIENTS_MOST; i++) {
		clients[i].port = port;
		clients[i].start = &start;
		if (clients[i].n)
			pthread_create(&clients[i].thread, NULL, run, &clients[i]);
	}
	pthread_barrier_wait(&start);
	double began = now();
	for (int i = 0; i < CLIENTS_MOST; i++) {
		if (clients[i].n)
			pthread_join(clients[i].thread, NULL);
		good += clients[i].good;
	}
	*ret_seconds = now() - began;
	return good;
}

int main(int argc, char **argv)
{
	static struct client clients[CLIENTS_MOST];
	static double all[REQUESTS_MOST];
	int n, at = 0, port = argc == 3 ? (int)strtol(argv[1], NULL, 10) : 0;
	double seconds;
	if (!port || (n = read_requests(argv[2], port, clients)) == 0) {
		fputs("usage: submit PORT FILE\n", stderr);
		return 2;
	}
	int good = run_all(clients, port, &seconds);
	for (int i = 0; i < CLIENTS_MOST; i++) {
		if (clients[i].n)
			memcpy(all + at, clients[i].millis, (size_t)clients[i].n * sizeof *all);
		at += clients[i].n;
	}
	qsort(all, (size_t)n, sizeof *all, compare);
	printf("%.3f %d %d %.2f %.2f\n", seconds, n, good, all[n / 2], all[n * 99 / 100]);
	return good == n ? 0 : 1;
}
