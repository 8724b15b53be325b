/* SPDX-License-Identifier: Apache-2.0 */
/* mail.c - handing a mail over: to an SMTP server by libcurl, or into a folder. */
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

#include "notify/parts.h"

#define MAIL_SECONDS 60
#define LIMIT_SECRET 1024

static const struct mail_config *config; /* of the process, set once before threads */

void notify_configure(const struct mail_config *m)
{
	config = m;
	curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* --- into a folder ---------------------------------------------------------- */

static err folder_failed(struct arena *a)
{
	return FAIL(a, UNAVAILABLE, "mail folder: %s", strerror(errno));
}

/* Under its name only when it is whole: somebody may be watching the folder. */
static err write_mail(struct arena *a, str message, str id)
{
	str folder = config->folder;
	if (mkdir(str_z(a, folder), 0700) != 0 && errno != EEXIST)
		return folder_failed(a);
	const char *path =
		str_z(a, arena_printf(a, STR_FMT "/" STR_FMT ".eml", STR_ARG(folder), STR_ARG(id)));
	const char *half = str_z(a, arena_printf(a, "%s.half", path));
	int fd = open(half, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return folder_failed(a);
	bool written = write(fd, message.p, message.n) == (ssize_t)message.n;
	if (close(fd) != 0 || !written || rename(half, path) != 0)
		return folder_failed(a);
	return NULL;
}

/* --- by SMTP ------------------------------------------------------------------ */

struct source {
	str left;
};

static size_t give(char *to, size_t size, size_t n, void *arg)
{
	struct source *s = arg;
	size_t most = size * n < s->left.n ? size * n : s->left.n;
	memcpy(to, s->left.p, most);
	s->left = str_from_at(s->left, most);
	return most;
}

/* A peer that says nothing must not hold the end of the program: asked once a second, and not 0
 * gives up. */
static int is_stopped(
	void *stop, curl_off_t down_total, curl_off_t down, curl_off_t up_total, curl_off_t up)
{
	(void)down_total, (void)down, (void)up_total, (void)up;
	return atomic_load((const _Atomic bool *)stop);
}

static err read_password(struct arena *a, const char **ret)
{
	struct stat st;
	const char *path = str_z(a, config->password_file);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0)
		return FAIL(a, UNAVAILABLE, "mail password file: %s", strerror(errno));
	char *text = arena_bytes(a, LIMIT_SECRET, 1);
	ssize_t n = read(fd, text, LIMIT_SECRET - 1);
	close(fd);
	if (st.st_mode & 077)
		return FAIL(a, UNAVAILABLE, "mail password file: readable by others; chmod 600 it");
	*ret = str_z(a, str_trim((str){ text, n > 0 ? (size_t)n : 0 }));
	return NULL;
}

static void forget_curl(void *curl) { curl_easy_cleanup(curl); }
static void forget_list(void *list) { curl_slist_free_all(list); }

static err prepare(struct arena *a, CURL *curl, const struct mail *m, struct source *source)
{
	const char *password = "";
	struct curl_slist *receivers = curl_slist_append(NULL, str_z(a, m->to));
	arena_defer(a, forget_list, receivers);
	if (config->password_file.n)
		TRY(read_password(a, &password));
	curl_easy_setopt(curl, CURLOPT_URL, str_z(a, config->url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_USE_SSL,
		config->start_tls ? (long)CURLUSESSL_ALL : (long)CURLUSESSL_NONE);
	if (config->user.n) {
		curl_easy_setopt(curl, CURLOPT_USERNAME, str_z(a, config->user));
		curl_easy_setopt(curl, CURLOPT_PASSWORD, password);
	}
	str from = mail_address(config->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, str_z(a, from));
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, source);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)MAIL_SECONDS);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	if (m->stop) {
		curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, is_stopped);
		curl_easy_setopt(curl, CURLOPT_XFERINFODATA, (void *)m->stop);
		curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
		curl_easy_setopt(curl, CURLOPT_QUICK_EXIT, 1L); /* nor a name that is looked up */
	}
	return NULL;
}

/* The server named a reason that no other try changes: it knows no such receiver, or has read the
 * message and will not have it. That it takes nothing from this sender or this machine is not such,
 * nor are wrong words for signing in: they are ours, and mended by the administrator. libcurl tells
 * the receiver from the sender by its words alone. */
static bool refused_for_good(CURLcode rc, long status, const char *words, bool message_given)
{
	if (status < 550 || status > 554)
		return false;
	return rc == CURLE_SEND_ERROR ? strncmp(words, "RCPT", 4) == 0
				      : rc == CURLE_WEIRD_SERVER_REPLY && message_given;
}

static err deliver(struct arena *a, const struct mail *m, str message, enum mail_outcome *ret)
{
	struct source source = { message };
	char *words = arena_bytes(a, CURL_ERROR_SIZE, 1); /* written to until the handle goes */
	long status = 0;
	CURL *curl = curl_easy_init();
	if (!curl)
		return FAIL(a, UNAVAILABLE, "libcurl: no memory");
	arena_defer(a, forget_curl, curl);
	TRY(prepare(a, curl, m, &source));
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
	CURLcode rc = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	if (rc == CURLE_OK)
		*ret = MAIL_SENT;
	else if (refused_for_good(rc, status, words, !source.left.n))
		*ret = MAIL_REFUSED;
	else
		return FAIL(a, UNAVAILABLE, "smtp: %s (%ld)", curl_easy_strerror(rc), status);
	return NULL;
}

err mail_send(struct arena *a, const struct mail *m, enum mail_outcome *ret)
{
	str message;
	*ret = MAIL_KEPT;
	if (!config || (!config->url.n && !config->folder.n))
		return NULL;
	*ret = MAIL_FAILED;
	err e = mail_compose(a, config->from, m, &message);
	if (e && e->kind == ERR_INVALID) {
		*ret = MAIL_REFUSED;
		return NULL;
	}
	TRY(e);
	if (!config->folder.n)
		return deliver(a, m, message, ret);
	TRY(write_mail(a, message, m->id));
	*ret = MAIL_SENT;
	return NULL;
}
