/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded by disk.test.py: while the file named by FSYNC_FAILS exists, the disk cannot be
 * trusted, and fsync says so. */
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

int fsync(int fd);
int fdatasync(int fd);

static int sync_with(const char *name, int fd)
{
	int (*next)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
	const char *mark = getenv("FSYNC_FAILS");
	if (mark && access(mark, F_OK) == 0) {
		errno = EIO;
		return -1;
	}
	return next(fd);
}

int fsync(int fd) { return sync_with("fsync", fd); }
int fdatasync(int fd) { return sync_with("fdatasync", fd); }
