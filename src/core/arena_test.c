/* SPDX-License-Identifier: Apache-2.0 */
#include "core/map.h"
#include "tests/tap.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_zero(const void *p, size_t n)
{
	const char *bytes = p;
	for (size_t i = 0; i < n; i++)
		if (bytes[i])
			return false;
	return true;
}

TEST("arena memory is zeroed, aligned and does not overlap, whatever the sizes")
{
	ARENA a = arena_new();
	for (size_t round = 0; round < 2; round++) {
		for (size_t i = 0; i < 3000; i++) {
			size_t size = i * 37 % 1500, align = (size_t)1 << i % 7;
			unsigned char *p = arena_bytes(a, size, align);
			if (!is_zero(p, size) || (uintptr_t)p % align != 0) {
				CHECK(!"zeroed and aligned");
				return;
			}
			memset(p, 0xa5, size);
		}
		arena_reset(a);
	}
}

TEST("big allocations leave the chunk that is being filled alone")
{
	ARENA a = arena_new();
	char *before = arena_bytes(a, 16, 1);
	char *big = arena_bytes(a, 3 * MIB, 64);
	char *after = arena_bytes(a, 16, 1);
	CHECK(is_zero(big, 3 * MIB));
	memset(big, 1, 3 * MIB);
	CHECK(is_zero(before, 16) && is_zero(after, 16));
	CHECK(after > before && after - before < 8 * KIB);
}

TEST("an arena whose first allocation is big can be reset and used on")
{
	ARENA a = arena_new();
	memset(arena_bytes(a, MIB, 1), 1, MIB);
	arena_reset(a);
	CHECK(is_zero(arena_bytes(a, 100, 1), 100));
	arena_reset(a);
	arena_reset(a);
}

TEST("freeing no arena is allowed") { arena_free(NULL); }

static str order;
static struct arena *order_arena;

static void note(void *arg)
{
	str parts[] = { order, str_from(arg) };
	order = str_join(order_arena, parts, 2, S(""));
}

TEST("what was deferred runs newest first, once, at reset and at the end")
{
	ARENA keep = arena_new();
	order_arena = keep;
	order = S("");
	struct arena *a = arena_new();
	arena_defer(a, note, "1");
	arena_defer(a, note, "2");
	arena_reset(a);
	CHECK_STR(order, "21");
	arena_defer(a, note, "3");
	arena_free(a);
	CHECK_STR(order, "213");
}

TEST("the first reason why an arena is spoilt counts, until it begins anew")
{
	ARENA a = arena_new();
	err first = FAIL(a, BAD_REQUEST, "one"), second = FAIL(a, INTERNAL, "two");
	CHECK(!arena_spoilt(a));
	arena_spoil(a, first);
	arena_spoil(a, second);
	CHECK(arena_spoilt(a) == first);
	arena_reset(a);
	CHECK(!arena_spoilt(a));
}

static void allocate_again(void *a) { arena_printf(a, "%s", "still usable"); }

TEST("what runs at the end may still allocate")
{
	struct arena *a = arena_new();
	arena_defer(a, allocate_again, a);
	arena_free(a);
}

TEST("text is formatted whatever its length")
{
	ARENA a = arena_new();
	CHECK_STR(arena_printf(a, "%s-%05d", "H", 42), "H-00042");
	CHECK_STR(arena_printf(a, "%s", ""), "");
	str edge = arena_printf(a, "%255s|", "x");
	CHECK_INT(edge.n, 256);
	CHECK_INT(edge.p[255], '|');
	str line = arena_printf(a, "%1000s|", "x");
	CHECK_INT(line.n, 1001);
	CHECK_INT(line.p[1000], '|');
	CHECK_INT(line.p[line.n], 0);
}

TEST("a vector grows and keeps its elements; new ones are zeroed")
{
	ARENA a = arena_new();
	VEC(int64_t) numbers = { 0 };
	for (int64_t i = 0; i < 1000; i++)
		*VEC_PUSH(a, &numbers) = i;
	CHECK_INT(numbers.n, 1000);
	bool kept = true;
	for (int64_t i = 0; i < 1000; i++)
		kept = kept && numbers.items[i] == i;
	CHECK(kept);
	numbers.n = 10;
	CHECK_INT(*VEC_PUSH(a, &numbers), 0);
	CHECK_INT(numbers.n, 11);
}

/* True when the function ends its process by abort. */
static bool aborts(void (*run)(void))
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(1);
		run();
		_exit(0);
	}
	return waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
		WTERMSIG(status) == SIGABRT;
}

static volatile size_t huge = SIZE_MAX / 2;

static void ask_too_many(void) { arena_array(arena_new(), int64_t, huge); }

static void ask_too_much(void) { arena_bytes(arena_new(), huge * 2, 16); }

TEST("a size that overflows aborts instead of giving less memory")
{
	CHECK(aborts(ask_too_many));
	CHECK(aborts(ask_too_much));
}

TEST("a buffer holds what was appended, up to and including its ceiling")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, 10);
	CHECK_STR(buf_str(&b), "");
	CHECK(buf_str(&b).p != NULL);
	buf_add(&b, S("12345"));
	buf_char(&b, '6');
	buf_int(&b, -78);
	buf_add(&b, S(""));
	CHECK_STR(buf_str(&b), "123456-78");
	buf_char(&b, '9');
	CHECK(!b.overflow);
	CHECK_STR(buf_str(&b), "123456-789");
}

TEST("a buffer that is over its ceiling says so and takes nothing more")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, 4);
	buf_add(&b, S("abc"));
	buf_add(&b, S("de"));
	CHECK(b.overflow);
	buf_add(&b, S("f"));
	buf_char(&b, 'g');
	CHECK_STR(buf_str(&b), "abc");

	b = buf_in(a, 4);
	buf_printf(&b, "%1000d", 1);
	CHECK(b.overflow);
	b = buf_in(a, 4);
	buf_printf(&b, "%d", 12345);
	CHECK(b.overflow);
	CHECK_STR(buf_str(&b), "");
	b = buf_in(a, 0);
	buf_add(&b, S(""));
	CHECK(!b.overflow);
	buf_char(&b, 'x');
	CHECK(b.overflow);
}

TEST("a buffer grows over many appends, of itself too")
{
	ARENA a = arena_new();
	struct buf b = buf_in(a, LIMIT_PAGE);
	buf_add(&b, S("x"));
	for (int i = 0; i < 20; i++)
		buf_add(&b, buf_str(&b));
	CHECK_INT(b.n, MIB);
	CHECK(!b.overflow);
	CHECK_INT(b.p[MIB - 1], 'x');

	b = buf_in(a, LIMIT_PAGE);
	buf_printf(&b, "%d %300s|", 5, "y");
	CHECK_INT(b.n, 303);
	CHECK_INT(b.p[302], '|');
	buf_int(&b, INT64_MIN);
	CHECK_STR(str_from_at(buf_str(&b), 303), "-9223372036854775808");
}

TEST("an error says its kind, where it came from and its HTTP status")
{
	ARENA a = arena_new();
	err e = FAIL(a, CONFLICT, "dossier %d is sealed", 7);
	CHECK_INT(e->kind, ERR_CONFLICT);
	CHECK_STR(e->detail, "dossier 7 is sealed");
	CHECK_INT(e->line, __LINE__ - 3);
	CHECK(str_ends(str_from(e->file), S("arena_test.c")));
	CHECK_INT(err_status(e), 409);
	CHECK_STR(err_name(e), "CONFLICT");
	CHECK_INT(err_status(NULL), 200);
	CHECK_STR(err_name(NULL), "OK");
}

TEST("every kind of error has a name and a status of failure")
{
	for (int kind = 0; kind <= ERR_UNAVAILABLE; kind++) {
		struct err_info info = { .kind = (enum err_kind)kind };
		CHECK(err_status(&info) >= 400 && err_status(&info) < 600);
		CHECK(*err_name(&info));
	}
}

static err twice(struct arena *a, int n, int *reached)
{
	TRY(n ? FAIL(a, NOT_FOUND, "no %d", n) : NULL);
	++*reached;
	return NULL;
}

TEST("TRY hands an error on untouched and goes on without one")
{
	ARENA a = arena_new();
	int reached = 0;
	CHECK(!twice(a, 0, &reached));
	CHECK_INT(reached, 1);
	err e = twice(a, 3, &reached);
	CHECK_INT(reached, 1);
	REQUIRE(e);
	CHECK_STR(e->detail, "no 3");
}

TEST("a map finds what was put, replaces, and grows")
{
	ARENA a = arena_new();
	struct map *m = map_new(a, 0);
	CHECK(!map_find(m, S("x")));
	CHECK(!map_find(m, S("")));
	for (int i = 0; i < 5000; i++)
		map_put(m, arena_printf(a, "Phường %d", i), str_copy(a, S("v")).p ? m : NULL);
	CHECK_INT(map_count(m), 5000);
	size_t found = 0;
	for (int i = 0; i < 5000; i++)
		found += map_find(m, arena_printf(a, "Phường %d", i)) == m;
	CHECK_INT(found, 5000);
	CHECK(!map_find(m, S("Phường 5000")));

	int other;
	map_put(m, S("Phường 7"), &other);
	map_put(m, S(""), &other);
	map_put(m, S("a\0b"), &other);
	CHECK(map_find(m, S("Phường 7")) == &other);
	CHECK(map_find(m, S("")) == &other);
	CHECK(!map_find(m, S("a")));
	CHECK_INT(map_count(m), 5002);
}

TEST("a map with the room it was promised does not grow, and one with less does")
{
	ARENA a = arena_new();
	for (size_t room = 0; room < 40; room++) {
		struct map *m = map_new(a, room);
		for (size_t i = 0; i < 40; i++)
			map_put(m, arena_printf(a, "%zu", i), m);
		CHECK_INT(map_count(m), 40);
		CHECK(map_find(m, S("39")) == m);
	}
}
