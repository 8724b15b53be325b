/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/tap.h"

#include <ftw.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct tap_test *first_test;
static struct tap_test **end_of_tests = &first_test;
static atomic_int failed_checks;
static const char *skip_reason;
static char folder[256];

void tap_register(struct tap_test *test)
{
	*end_of_tests = test;
	end_of_tests = &test->next;
}

void tap_skip(const char *why) { skip_reason = why; }

str tap_str_of_text(const char *text) { return (str){ text, strlen(text) }; }

str tap_str_of_str(str s) { return s; }

bool tap_check(bool held, const char *file, int line, const char *expression)
{
	if (!held) {
		atomic_fetch_add(&failed_checks, 1);
		printf("# %s:%d: %s\n", file, line, expression);
	}
	return held;
}

/* One line whatever the bytes are, else a value could forge or break a line of TAP. */
static void print_quoted(const char *label, str s)
{
	printf("#   %s \"", label);
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '\n')
			fputs("\\n", stdout);
		else if (c < 0x20 || c == 0x7f || c == '"' || c == '\\')
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	printf("\" (%zu bytes)\n", s.n);
}

bool tap_check_str(str actual, str expected, const char *file, int line, const char *expression)
{
	size_t shared = actual.n < expected.n ? actual.n : expected.n;
	size_t same = 0;
	while (same < shared && actual.p[same] == expected.p[same])
		same++;
	if (same == actual.n && same == expected.n)
		return true;
	tap_check(false, file, line, expression);
	print_quoted("actual  ", actual);
	print_quoted("expected", expected);
	if (shared > 60)
		printf("#   they differ from byte %zu on\n", same);
	return false;
}

bool tap_check_int(
	int64_t actual, int64_t expected, const char *file, int line, const char *expression)
{
	if (actual == expected)
		return true;
	tap_check(false, file, line, expression);
	printf("#   actual   %" PRId64 "\n#   expected %" PRId64 "\n", actual, expected);
	return false;
}

const char *tap_folder(void)
{
	if (folder[0])
		return folder;
	const char *base = getenv("TMPDIR");
	snprintf(folder, sizeof folder, "%s/motcua-test-XXXXXX", base ? base : "/tmp");
	if (!mkdtemp(folder)) {
		perror(folder);
		exit(1);
	}
	return folder;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *where)
{
	(void)info, (void)kind, (void)where;
	return remove(path);
}

static void remove_folder(void)
{
	if (folder[0] && nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS) != 0)
		perror(folder);
	folder[0] = 0;
}

static bool run_one(const struct tap_test *test, int number)
{
	int before = atomic_load(&failed_checks);
	skip_reason = NULL;
	test->run();
	remove_folder();
	bool passed = atomic_load(&failed_checks) == before;
	printf("%sok %d - %s", passed ? "" : "not ", number, test->sentence);
	if (skip_reason)
		printf(" # SKIP %s", skip_reason);
	putchar('\n');
	return passed;
}

int main(int argc, char **argv)
{
	const char *wanted = argc > 1 ? argv[1] : "";
	int count = 0, number = 0, failures = 0;

	/* A crash must not take the lines already earned with it. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (const struct tap_test *t = first_test; t; t = t->next)
		count += strstr(t->sentence, wanted) != NULL;
	printf("TAP version 14\n1..%d\n", count);
	for (const struct tap_test *t = first_test; t; t = t->next)
		if (strstr(t->sentence, wanted))
			failures += !run_one(t, ++number);
	return failures != 0;
}
