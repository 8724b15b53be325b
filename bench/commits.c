/* SPDX-License-Identifier: Apache-2.0 */
/* commits URL THREADS SECONDS - the limit that durable submissions are measured against: how many
 * acts of one small insert the database makes durable, each caller waiting for its own. URL is an
 * empty database; prints acts a second and acts in one commit. */
#include "core/crypto.h"
#include "file/file.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS_MOST 64

struct caller {
	pthread_t thread;
	struct db *db;
	instant until;
	int64_t acts;
	bool failed;
};

static err insert(struct conn *c, struct arena *a, void *arg)
{
	const struct stored_file f = {
		.sha256 = S("00"), .mime = S("application/pdf"), .name = S("giay-to.pdf"), .size = 1
	};
	return file_record(c, a, &f, arg);
}

static void *call(void *arg)
{
	struct caller *x = arg;
	while (instant_monotonic() < x->until && !x->failed) {
		ARENA a = arena_new();
		int64_t id;
		x->failed = db_write(x->db, a, insert, &id) != NULL;
		x->acts += !x->failed;
	}
	return NULL;
}

static bool measure(struct db *db, size_t threads, int64_t seconds)
{
	struct caller callers[THREADS_MOST] = { 0 };
	instant began = instant_monotonic();
	int64_t acts = 0;
	bool failed = false;
	for (size_t i = 0; i < threads; i++) {
		callers[i].db = db;
		callers[i].until = began + seconds * INSTANT_SECOND;
		failed = pthread_create(&callers[i].thread, NULL, call, &callers[i]) != 0 || failed;
	}
	for (size_t i = 0; i < threads && !failed; i++) {
		pthread_join(callers[i].thread, NULL);
		acts += callers[i].acts;
		failed = callers[i].failed;
	}
	double spent = (double)(instant_monotonic() - began) / INSTANT_SECOND;
	struct db_stats s = db_stats(db);
	if (!failed)
		printf("%.0f %.1f\n", (double)acts / spent,
			(double)s.acts / (double)(s.commits ? s.commits : 1));
	return !failed;
}

int main(int argc, char **argv)
{
	ARENA a = arena_new();
	static const struct migration *const schema[] = { file_migrations, NULL };
	struct db *db;
	int64_t threads, seconds;
	int applied;
	crypto_init();
	if (argc != 4 || !str_to_int(str_from(argv[2]), 1, THREADS_MOST, &threads) ||
		!str_to_int(str_from(argv[3]), 1, 600, &seconds)) {
		fputs("usage: commits URL THREADS SECONDS\n", stderr);
		return 2;
	}
	err e = db_open(a, str_from(argv[1]), 1, &db);
	if (!e)
		e = db_migrate(db, a, schema, &applied);
	if (e) {
		fprintf(stderr, "commits: " STR_FMT "\n", STR_ARG(e->detail));
		return 1;
	}
	bool good = measure(db, (size_t)threads, seconds);
	db_close(db);
	return good ? 0 : 1;
}
