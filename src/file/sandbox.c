/* SPDX-License-Identifier: Apache-2.0 */
#include "file/sandbox.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/limits.h"

#if defined(__SANITIZE_ADDRESS__)
#define ADDRESSES RLIM_INFINITY /* its shadow has terabytes of them */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADDRESSES RLIM_INFINITY
#endif
#endif
#ifndef ADDRESSES
#define ADDRESSES LIMIT_INSPECTION_MEMORY
#endif

static bool limit(int what, rlim_t most)
{
	struct rlimit l = { most, most };

	return setrlimit((__rlimit_resource_t)what, &l) == 0;
}

bool sandbox_limit(void)
{
	alarm(LIMIT_INSPECTION_SECONDS + 5); /* should the parent be gone */
	return limit(RLIMIT_CPU, LIMIT_INSPECTION_SECONDS) && limit(RLIMIT_AS, ADDRESSES) &&
		limit(RLIMIT_FSIZE, MIB) && limit(RLIMIT_CORE, 0) &&
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
		prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* Every access that this kernel can take away, and no rule that gives one back. */
static bool lock_files(void)
{
	static const int rights_of_abi[] = { 0, 13, 14, 15 };
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);

	if (abi <= 0)
		return false;
	int rights = rights_of_abi[abi < 3 ? abi : 3];
	struct landlock_ruleset_attr all = { .handled_access_fs = (1ULL << rights) - 1 };
	long rules = syscall(SYS_landlock_create_ruleset, &all, sizeof all.handled_access_fs, 0);
	if (rules < 0)
		return false;
	bool locked = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
	close((int)rules);
	return locked;
}

/* What libvips, its threads and the C library need once everything is open. */
static const int allowed[] = { SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(lseek),
	SCMP_SYS(write), SCMP_SYS(writev), SCMP_SYS(pwrite64), SCMP_SYS(close), SCMP_SYS(dup),
	SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(munmap), SCMP_SYS(mremap),
	SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(set_robust_list),
	SCMP_SYS(rseq), SCMP_SYS(sched_yield), SCMP_SYS(sched_getaffinity), SCMP_SYS(getpid),
	SCMP_SYS(gettid), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(nanosleep),
	SCMP_SYS(clock_nanosleep), SCMP_SYS(getrandom), SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(restart_syscall) };

/* Memory that can be run is never needed again: the libraries are loaded. */
static bool allow_memory(scmp_filter_ctx c)
{
	struct scmp_arg_cmp no_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);

	return seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, no_code) == 0 &&
		seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code) == 0;
}

/* clone for threads only; clone3 hides its flags, and the C library goes on without it. */
static bool allow_threads(scmp_filter_ctx c)
{
	const scmp_datum_t thread = 0x00010000; /* CLONE_THREAD */
	struct scmp_arg_cmp threads = SCMP_A0(SCMP_CMP_MASKED_EQ, thread, thread);

	return seccomp_rule_add(c, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, threads) == 0 &&
		seccomp_rule_add(c, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0;
}

static bool lock_calls(void)
{
	scmp_filter_ctx c = seccomp_init(SCMP_ACT_ERRNO(EACCES));
	bool good = c && seccomp_attr_set(c, SCMP_FLTATR_CTL_TSYNC, 1) == 0;

	for (size_t i = 0; good && i < COUNT(allowed); i++)
		good = seccomp_rule_add(c, SCMP_ACT_ALLOW, allowed[i], 0) == 0;
	good = good && allow_memory(c) && allow_threads(c) && seccomp_load(c) == 0;
	if (c)
		seccomp_release(c);
	return good;
}

struct sandbox sandbox_lock(void)
{
	struct sandbox s = { .landlock = lock_files() };

	s.seccomp = lock_calls();
	return s;
}
