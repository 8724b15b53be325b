/* SPDX-License-Identifier: Apache-2.0 */
#include "file/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/json.h"
#include "file/inspector.h"

#define ABOVE 16 /* descriptors on their way: none of those that the child gets */

struct child {
	int file, thumbnail, nothing, answer, answer_end;
	pid_t pid;
};

static void close_one(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void close_all(struct child *c)
{
	close_one(&c->file);
	close_one(&c->thumbnail);
	close_one(&c->nothing);
	close_one(&c->answer);
	close_one(&c->answer_end);
}

/* The same above those that the child gets; -1 when fd is. */
static int moved(int fd)
{
	int above = fd < 0 ? -1 : fcntl(fd, F_DUPFD_CLOEXEC, ABOVE);

	close_one(&fd);
	return above;
}

static bool open_all(const char *path, struct child *c)
{
	int ends[2] = { -1, -1 };

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	c->answer = moved(ends[0]);
	c->answer_end = moved(ends[1]);
	c->file = moved(open(path, O_RDONLY | O_CLOEXEC));
	c->thumbnail = moved(memfd_create("thumbnail", MFD_CLOEXEC));
	c->nothing = moved(open("/dev/null", O_RDWR | O_CLOEXEC));
	return c->answer >= 0 && c->answer_end >= 0 && c->file >= 0 && c->thumbnail >= 0 &&
		c->nothing >= 0;
}

static bool plan(posix_spawn_file_actions_t *to, const struct child *c)
{
	return posix_spawn_file_actions_adddup2(to, c->nothing, 0) == 0 &&
		posix_spawn_file_actions_adddup2(to, c->answer_end, 1) == 0 &&
		posix_spawn_file_actions_adddup2(to, c->nothing, 2) == 0 &&
		posix_spawn_file_actions_adddup2(to, c->file, INSPECTOR_FILE) == 0 &&
		posix_spawn_file_actions_adddup2(to, c->thumbnail, INSPECTOR_THUMBNAIL) == 0 &&
		posix_spawn_file_actions_addclosefrom_np(to, INSPECTOR_THUMBNAIL + 1) == 0;
}

/* The server's threads block signals, and its main program ignores some. */
static bool calm(posix_spawnattr_t *to)
{
	sigset_t none, usual;

	sigemptyset(&none);
	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	return posix_spawnattr_setsigmask(to, &none) == 0 &&
		posix_spawnattr_setsigdefault(to, &usual) == 0 &&
		posix_spawnattr_setflags(to, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF) == 0;
}

static bool start(const char *program, const char *kind, struct child *c)
{
	char *const words[] = { (char *)program, (char *)kind, NULL };
	char *const environment[] = { "LC_ALL=C.UTF-8", "MALLOC_ARENA_MAX=1",
		"VIPS_BLOCK_UNTRUSTED=1", NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;

	if (posix_spawn_file_actions_init(&files) != 0)
		return false;
	bool good = posix_spawnattr_init(&attributes) == 0;
	if (good) {
		good = plan(&files, c) && calm(&attributes) &&
			posix_spawn(&c->pid, program, &files, &attributes, words, environment) == 0;
		posix_spawnattr_destroy(&attributes);
	}
	posix_spawn_file_actions_destroy(&files);
	return good;
}

/* Until its end; false when that does not come in time, or it says too much. */
static bool listen_to(int fd, instant until, struct buf *said)
{
	while (!said->overflow) {
		instant left = until - instant_monotonic();
		struct pollfd p = { .fd = fd, .events = POLLIN };
		char piece[INSPECTOR_ANSWER];
		int ready = left > 0 ? poll(&p, 1, (int)(left / 1000) + 1) : 0;
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		ssize_t n = read(fd, piece, sizeof piece);
		if (n <= 0)
			return n == 0;
		buf_add(said, (str){ piece, (size_t)n });
	}
	return false;
}

/* It has said what it had to say, or has to end now. */
static bool end(pid_t pid, bool spoke)
{
	int status = 0;

	if (!spoke)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return false;
	return spoke && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static str read_thumbnail(struct arena *a, int fd)
{
	struct stat info;

	if (fstat(fd, &info) != 0 || info.st_size <= 0 || info.st_size > LIMIT_THUMBNAIL)
		return S("");
	char *bytes = arena_bytes(a, (size_t)info.st_size, 1);
	bool whole = pread(fd, bytes, (size_t)info.st_size, 0) == info.st_size;
	str image = { bytes, (size_t)info.st_size };
	return whole && str_starts(image, S("\xff\xd8\xff")) ? image : S("");
}

static void look(struct file_store *s, struct arena *a, const char *kind, struct child *c,
	instant until, struct child_answer *ret)
{
	struct buf said = buf_in(a, INSPECTOR_ANSWER);
	const struct json *j;

	if (!start(str_z(a, s->inspector), kind, c))
		return;
	close_one(&c->answer_end); /* so that its end is seen */
	if (!end(c->pid, listen_to(c->answer, until, &said)) || json_parse(a, buf_str(&said), &j))
		return;
	*ret = (struct child_answer){
		.state = json_get_text(j, "state"),
		.pages = json_int(json_get(j, "pages"), 0),
		.width = json_int(json_get(j, "width"), 0),
		.height = json_int(json_get(j, "height"), 0),
		.sharpness = json_int(json_get(j, "sharpness"), 0),
		.thumbnail = read_thumbnail(a, c->thumbnail),
	};
	ret->failed = !ret->state.n || str_eq(ret->state, S("failed"));
}

/* A few at a time: each may take much memory. */
void child_look(struct file_store *s, struct arena *a, const char *kind, const char *path,
	struct child_answer *ret)
{
	instant until = instant_monotonic() + s->patience;
	struct timespec at = { .tv_sec = (time_t)(until / INSTANT_SECOND) };
	struct child c = { -1, -1, -1, -1, -1, 0 };

	*ret = (struct child_answer){ .failed = true };
	while (sem_clockwait(&s->turns, CLOCK_MONOTONIC, &at) != 0)
		if (errno != EINTR)
			return;
	if (open_all(path, &c))
		look(s, a, kind, &c, until, ret);
	close_all(&c);
	sem_post(&s->turns);
}
