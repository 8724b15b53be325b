/* SPDX-License-Identifier: Apache-2.0 */
#include "http/route.h"
#include "tests/tap.h"

static err page(struct req *r)
{
	(void)r;
	return NULL;
}

static const struct route good[] = {
	{ "GET", "/", page, .guard = 1 },
	{ "GET", "/thu-tuc", page, .guard = 1 },
	{ "GET", "/thu-tuc/:slug", page, .guard = 1 },
	{ "GET", "/thu-tuc/tim/nhanh", page, .guard = 1 },
	{ "GET", "/nop/:draft/:step", page, .guard = 1 },
	{ "POST", "/nop/:ban-nhap/:buoc", page, .guard = 1 },
	{ "GET", "/nop/moi/:procedure", page, .guard = 1 },
	{ "POST", "/dang-nhap", page, .guard = 1 },
	{ 0 },
};
static const struct route *const good_tables[] = { good, NULL };

/* What is found points into the tables, not into the router. */
static struct route_match find(const char *method, const char *path)
{
	ARENA a = arena_new();
	struct router *router;
	if (!CHECK(!router_new(a, good_tables, &router)))
		return (struct route_match){ 0 };
	return router_find(router, str_from(method), str_from(path));
}

static const char *path_of(struct route_match m) { return m.route ? m.route->path : "none"; }

TEST("a path finds its route, and fixed pieces win over parameters")
{
	CHECK_STR(path_of(find("GET", "/")), "/");
	CHECK_STR(path_of(find("GET", "/thu-tuc")), "/thu-tuc");
	CHECK_STR(path_of(find("GET", "/thu-tuc/1.001193-khai-sinh")), "/thu-tuc/:slug");
	CHECK_STR(path_of(find("GET", "/nop/moi/1.001193")), "/nop/moi/:procedure");
	CHECK_STR(path_of(find("GET", "/nop/abc/2")), "/nop/:draft/:step");
	CHECK_STR(path_of(find("HEAD", "/thu-tuc")), "/thu-tuc");
}

TEST("where a fixed piece leads nowhere the parameter is tried")
{
	CHECK_STR(path_of(find("GET", "/thu-tuc/tim")), "/thu-tuc/:slug");
	CHECK_STR(path_of(find("GET", "/thu-tuc/tim/nhanh")), "/thu-tuc/tim/nhanh");
}

TEST("parameters carry the names of their own route")
{
	struct route_match m = find("GET", "/nop/abc/2");
	REQUIRE(m.n_params == 2);
	CHECK_STR(m.names[0], "draft");
	CHECK_STR(m.values[0], "abc");
	CHECK_STR(m.names[1], "step");
	CHECK_STR(m.values[1], "2");
	m = find("POST", "/nop/abc/2");
	CHECK_STR(m.names[0], "ban-nhap");
}

TEST("what does not exist finds nothing, what has another method says so")
{
	const char *const missing[] = { "", "thu-tuc", "/thu", "/thu-tuc/", "/thu-tuc/a/b", "//",
		"//thu-tuc", "/thu-tuc//a", "/nop/abc/2/3" };
	for (size_t i = 0; i < COUNT(missing); i++) {
		struct route_match m = find("GET", missing[i]);
		CHECK(!m.route && !m.other_method);
	}
	CHECK(find("GET", "/dang-nhap").other_method);
	CHECK(find("POST", "/thu-tuc").other_method);
	CHECK(find("DELETE", "/thu-tuc").other_method && !find("DELETE", "/thu-tuc").route);
	CHECK(!find("DELETE", "/none").other_method);
}

static const struct {
	const char *why;
	struct route routes[3];
} bad[] = {
	{ "no guard", { { "GET", "/a", page } } },
	{ "nothing to run", { { "GET", "/a", NULL, .guard = 1 } } },
	{ "unknown method", { { "PUT", "/a", page, .guard = 1 } } },
	{ "cached POST", { { "POST", "/a", page, .guard = 1, .cached = true } } },
	{ "GET with uploads", { { "GET", "/a", page, .guard = 1, .uploads = true } } },
	{ "no slash", { { "GET", "a", page, .guard = 1 } } },
	{ "slash at the end", { { "GET", "/a/", page, .guard = 1 } } },
	{ "empty piece", { { "GET", "/a//b", page, .guard = 1 } } },
	{ "nameless parameter", { { "GET", "/:/b", page, .guard = 1 } } },
	{ "too many parameters", { { "GET", "/:a/:b/:c/:d/:e", page, .guard = 1 } } },
	{ "clash", { { "GET", "/a/:b", page, .guard = 1 }, { "GET", "/a/:c", page, .guard = 1 } } },
};

TEST("a table with a mistake is refused at start; above all a route without a guard")
{
	for (size_t i = 0; i < COUNT(bad); i++) {
		ARENA a = arena_new();
		const struct route *const tables[] = { bad[i].routes, NULL };
		struct router *router;
		err e = router_new(a, tables, &router);
		if (!CHECK(e && e->kind == ERR_INTERNAL))
			printf("# accepted: %s\n", bad[i].why);
	}
}
