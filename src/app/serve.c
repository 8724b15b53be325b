/* SPDX-License-Identifier: Apache-2.0 */
/* serve.c - starts everything in order, watches the content version, stops in reverse order. */
#include <limits.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "app/demo_accounts.h"
#include "app/health.h"
#include "app/modules.h"
#include "app/program.h"
#include "app/visitor.h"
#include "calendar/calendars.h"
#include "catalogue/catalogue.h"
#include "core/log.h"
#include "file/scan.h"
#include "http/server.h"
#include "forms/draft.h"
#include "identity/identity.h"
#include "identity/reads.h"
#include "view/pdf.h"

/* How long a change made by another process may stay unseen here. */
#define REFRESH_MS 500

/* Beside this very program, wherever it was installed or built. */
static void inspector_find(struct arena *a, struct file_store *files)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);
	str beside = { path, n > 0 ? (size_t)n : 0 };

	while (beside.n && beside.p[beside.n - 1] != '/')
		beside.n--;
	str program = arena_printf(a, STR_FMT "motcua-inspect", STR_ARG(beside));
	if (access(program.p, X_OK) != 0)
		LOG(WARN, "files.no-inspector", LOG_TEXT("path", program));
	file_inspector(files, program);
}

/* Papers would have empty boxes for letters, and nobody sees them before a citizen does. */
static void check_letters(void)
{
	if (!pdf_family())
		LOG(WARN, "papers.no-font", LOG_TEXT("install", S("fonts-liberation2")));
}

/* All clients of a unix socket are one, the proxy: without its word for whom it speaks, nobody can
 * be told to come back later, neither a flood of requests nor of guesses at a password. */
static void check_proxy(const struct program *p, const struct listening *l)
{
	if (listen_is_unix(l) && !p->config.trusted_proxy.n)
		LOG(WARN, "http.no-trusted-proxy",
			LOG_TEXT("set", S("[http] trusted_proxy = X-Forwarded-For")));
}

/* The port first: a second server on a port that is taken must not touch the first one's data.
 * Whoever connects meanwhile waits. */
static err open_all(struct program *p, struct services *s, struct listening *l)
{
	int applied = 0;
	TRY(config_load(p->arena, p->data, &p->config));
	TRY(listen_open(p->arena, p->listen.n ? p->listen : p->config.listen,
		server_loops((int)p->config.loops), l));
	check_proxy(p, l);
	TRY(program_connect(p));
	TRY(db_migrate(p->db, p->arena, all_migrations, &applied));
	s->db = p->db;
	s->site = &p->config.site;
	s->agency_known = agency_exists;
	s->mails = p->config.mail.url.n > 0;
	TRY(program_key(p, s->key));
	str files = arena_printf(p->arena, STR_FMT "/files", STR_ARG(p->data));
	TRY(file_store_open(p->arena, files, &s->files));
	inspector_find(p->arena, s->files);
	file_scanner(s->files, p->config.clamd);
	s->reads = reads_new(p->arena);
	s->calendars = calendars_new(p->arena);
	notify_configure(&p->config.mail);
	if (p->config.draft_days > 0)
		drafts_configure(p->config.draft_days);
	TRY(catalogue_open(s->db, p->arena, day_of(instant_now()), &s->catalogue));
	page_source_set(&(struct page_source){ app_visitor, s->site });
	health_configure(p->data);
	return jobs_start(p->arena, s->db, all_jobs, (int)p->config.jobs, s, &s->jobs);
}

static err start(struct program *p, struct services *s, struct listening *l)
{
	TRY(open_all(p, s, l));
	struct server_config c = {
		.listening = l,
		.loops = (int)p->config.loops,
		.workers = (int)p->config.workers,
		.tables = all_routes,
		.languages = language_codes,
		.trusted_proxy = p->config.trusted_proxy,
		.plain_cookies = p->config.plain_cookies,
		.unlimited = p->config.no_rate_limits,
		.upload_file_most = LIMIT_FILE,
		.sink = file_sink(s->files),
		.app = s,
		.admit = identity_admit,
		.error_page = health_error_page,
		.done = health_done,
	};
	memcpy(c.key, s->key, sizeof c.key);
	return server_start(p->arena, &c, &s->server);
}

static void refresh(struct services *s)
{
	ARENA a = arena_new();
	int64_t version = 0;
	err e = catalogue_refresh(s->catalogue, a, day_of(instant_now()), &version);
	if (e)
		log_err(LOG_WARN_, "catalogue.refresh", S(""), e);
	else
		server_content_version(s->server, version);
}

static void watch(struct services *s, const sigset_t *stop)
{
	const struct timespec pause = { .tv_nsec = REFRESH_MS * 1000 * 1000 };
	refresh(s);
	while (sigtimedwait(stop, NULL, &pause) < 0)
		refresh(s);
}

static void block_signals(sigset_t *stop)
{
	sigemptyset(stop);
	sigaddset(stop, SIGTERM);
	sigaddset(stop, SIGINT);
	pthread_sigmask(SIG_BLOCK, stop, NULL); /* every thread inherits it; watch waits for them */
}

static void greet(struct program *p, const struct services *s)
{
	check_letters();
	str address = server_address(s->server, p->arena);
	fprintf(stderr, "Một Cửa: " STR_FMT "\n", STR_ARG(address));
	if (p->config.site.demo)
		demo_accounts_print(stderr);
	LOG(INFO, "serve.started", LOG_TEXT("version", S(MOTCUA_VERSION)));
}

/* False when a handler hangs and still uses what we would free. */
static bool stop_all(struct services *s)
{
	if (s->jobs)
		jobs_ask_stop(s->jobs); /* they end while requests under way are finished */
	if (s->server && !server_stop(s->server))
		return false;
	if (s->jobs)
		jobs_stop(s->jobs);
	catalogue_close(s->catalogue);
	return true;
}

int serve_command(struct program *p)
{
	sigset_t stop;
	struct services s = { 0 };
	struct listening listening = { .made = S("") };
	block_signals(&stop);
	err e = start(p, &s, &listening);
	if (e) {
		listen_close(&listening);
		(void)program_refuse(e);
	} else {
		greet(p, &s);
		watch(&s, &stop);
	}
	if (!stop_all(&s)) {
		/* What was promised is committed, so the process may simply end. */
		LOG(ERROR, "serve.hung", LOG_INT("status", REFUSED));
		_exit(REFUSED);
	}
	db_close(p->db);
	p->db = NULL;
	if (!e)
		LOG(INFO, "serve.stopped", LOG_INT("status", DONE));
	return e ? REFUSED : DONE;
}
