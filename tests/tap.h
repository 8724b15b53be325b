/* SPDX-License-Identifier: Apache-2.0 */
/* The test harness: sentences in, TAP out.
 *
 *	TEST("a clerk cannot receive an unpaid dossier [C32-11.3]")
 *	{
 *		REQUIRE(dossier);
 *		CHECK_STR(dossier->code, "H99.01-261123-0001");
 *		CHECK_INT(dossier->version, 1);
 *	}
 *
 * A test registers itself; main() is in tap.c. A test that fails a CHECK goes on, so that one run
 * shows every difference; REQUIRE leaves the test, for what the rest stands on. The program takes
 * one optional argument and runs only the tests whose sentence contains it. It exits with 0 when
 * nothing failed, else with 1. Tests run one after another, in the order of their registration;
 * the checks may be called from any thread as long as the test waits for that thread. */
#pragma once
#include "core/core.h"

#include <stdbool.h>
#include <stdint.h>

struct tap_test {
	const char *sentence;
	void (*run)(void);
	struct tap_test *next;
};

/* Appends a test to the list; called by TEST before main. The test must live for ever. */
void tap_register(struct tap_test *test);

/* Marks the running test as skipped, with the reason that its line will show. */
void tap_skip(const char *why);

/* Each prints "file:line" with the expression and the values when the check fails, and returns
 * whether it held. */
bool tap_check(bool held, const char *file, int line, const char *expression);
bool tap_check_str(str actual, str expected, const char *file, int line, const char *expression);
bool tap_check_int(
	int64_t actual, int64_t expected, const char *file, int line, const char *expression);

/* An empty folder of the running test's own, removed when the test ends. The path is absolute and
 * lives until then. Exits the program when no folder can be made. */
const char *tap_folder(void);

str tap_str_of_text(const char *text);
str tap_str_of_str(str s);
#define TAP_STR(value) \
	_Generic((value), str : tap_str_of_str, char * : tap_str_of_text, \
		 const char * : tap_str_of_text)(value)

#define TAP_JOIN_(a, b) a##b
#define TAP_JOIN(a, b) TAP_JOIN_(a, b)
#define TAP_TEST(sentence_, id)                                                      \
	static void TAP_JOIN(test_, id)(void);                                       \
	__attribute__((constructor)) static void TAP_JOIN(register_test_, id)(void)  \
	{                                                                            \
		static struct tap_test test = { sentence_, TAP_JOIN(test_, id), 0 }; \
		tap_register(&test);                                                 \
	}                                                                            \
	static void TAP_JOIN(test_, id)(void)

#define TEST(sentence) TAP_TEST(sentence, __COUNTER__)

/* The value of the macro is the condition itself, so that checkers see which way a test goes on. */
#define CHECK(condition)                                           \
	__extension__({                                            \
		bool holds_ = (condition);                         \
		tap_check(holds_, __FILE__, __LINE__, #condition); \
		holds_;                                            \
	})

/* Either side may be a str or NUL-terminated text. */
#define CHECK_STR(actual, expected) \
	tap_check_str(TAP_STR(actual), TAP_STR(expected), __FILE__, __LINE__, #actual)

#define CHECK_INT(actual, expected) tap_check_int((actual), (expected), __FILE__, __LINE__, #actual)

#define REQUIRE(condition)                                            \
	do {                                                          \
		bool required_ = (condition);                         \
		tap_check(required_, __FILE__, __LINE__, #condition); \
		if (!required_)                                       \
			return;                                       \
	} while (0)

#define SKIP(why)              \
	do {                   \
		tap_skip(why); \
		return;        \
	} while (0)
