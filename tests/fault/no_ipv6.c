/* SPDX-License-Identifier: Apache-2.0 */
/* Preloaded by serve.test.py: a machine where IPv6 is switched off. */
#include <dlfcn.h>
#include <errno.h>
#include <sys/socket.h>

int socket(int family, int type, int protocol);

int socket(int family, int type, int protocol)
{
	int (*next)(int, int, int) = (int (*)(int, int, int))dlsym(RTLD_NEXT, "socket");
	if (family == AF_INET6) {
		errno = EAFNOSUPPORT;
		return -1;
	}
	return next(family, type, protocol);
}
