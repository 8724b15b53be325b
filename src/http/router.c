/* SPDX-License-Identifier: Apache-2.0 */
/* A tree of path pieces. It is built once at start and only read afterwards, so the event loops
 * share it without a lock. */
#include "http/route.h"

/* GET and POST of one path: the names of the parameters belong to the route, not to the tree, so
 * that two methods may call the same piece differently. */
struct leaf {
	const struct route *NULLABLE route;
	size_t n_names;
	str names[ROUTE_PARAMS];
};

struct node {
	str piece;
	struct leaf get, post;
	struct node *NULLABLE parameter;
	VEC(struct node) fixed; /* sorted by piece */
};

struct router {
	struct node root;
};

static bool next_piece(str *rest, str *ret_piece)
{
	if (rest->n == 0)
		return false;
	str after = str_from_at(*rest, 1); /* past the '/' */
	size_t n = str_find(after, S("/"));
	*ret_piece = str_part(after, 0, n);
	*rest = str_from_at(after, n);
	return true;
}

/* Where piece is among the fixed children, or where it belongs. */
static size_t child_place(const struct node *n, str piece, bool *ret_found)
{
	size_t low = 0, high = n->fixed.n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = str_compare(n->fixed.items[middle].piece, piece);
		if (order == 0) {
			*ret_found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_found = false;
	return low;
}

static struct node *child_make(struct arena *a, struct node *n, str piece)
{
	if (piece.p[0] == ':') {
		if (!n->parameter)
			n->parameter = arena_make(a, struct node);
		return n->parameter;
	}
	bool found;
	size_t place = child_place(n, piece, &found);
	if (found)
		return &n->fixed.items[place];
	(void)VEC_PUSH(a, &n->fixed);
	struct node *items = n->fixed.items;
	memmove(items + place + 1, items + place, (n->fixed.n - 1 - place) * sizeof *items);
	items[place] = (struct node){ .piece = piece };
	return &items[place];
}

static err check_route(struct arena *a, const struct route *route)
{
	str path = str_from(route->path);
	bool get = strcmp(route->method, "GET") == 0;
	if (!get && strcmp(route->method, "POST") != 0)
		return FAIL(a, INTERNAL, "route %s: method %s", route->path, route->method);
	if (route->guard == 0)
		return FAIL(a, INTERNAL, "route %s has no guard", route->path);
	if (!route->run)
		return FAIL(a, INTERNAL, "route %s runs nothing", route->path);
	if (route->cached && !get)
		return FAIL(a, INTERNAL, "route %s: a POST is never cached", route->path);
	if (route->uploads && get)
		return FAIL(a, INTERNAL, "route %s: a GET has no uploads", route->path);
	if (!str_starts(path, S("/")) || (path.n > 1 && str_ends(path, S("/"))) ||
		str_has(path, S("//")))
		return FAIL(a, INTERNAL, "route %s: malformed path", route->path);
	return NULL;
}

static err add_route(struct arena *a, struct node *root, const struct route *route)
{
	TRY(check_route(a, route));
	struct leaf leaf = { .route = route };
	struct node *n = root;
	str rest = str_from(route->path), piece;
	while (rest.n > 1 && next_piece(&rest, &piece)) {
		if (piece.p[0] == ':' && (piece.n == 1 || leaf.n_names == ROUTE_PARAMS))
			return FAIL(a, INTERNAL, "route %s: malformed parameter", route->path);
		if (piece.p[0] == ':')
			leaf.names[leaf.n_names++] = str_from_at(piece, 1);
		n = child_make(a, n, piece);
	}
	struct leaf *place = route->method[0] == 'G' ? &n->get : &n->post;
	if (place->route)
		return FAIL(a, INTERNAL, "routes %s and %s clash", route->path, place->route->path);
	*place = leaf;
	return NULL;
}

err router_new(struct arena *a, routes tables, struct router **ret)
{
	struct router *r = arena_make(a, struct router);
	for (size_t i = 0; tables[i]; i++)
		for (const struct route *route = tables[i]; route->method; route++)
			TRY(add_route(a, &r->root, route));
	*ret = r;
	return NULL;
}

static const struct leaf *leaf_of(const struct node *n, str method)
{
	if (str_eq(method, S("POST")))
		return &n->post;
	return &n->get;
}

/* Fixed pieces first; where they lead nowhere, the parameter. Paths have few pieces, and the tree
 * is as shallow as the table. */
static bool find_leaf(const struct node *n, str method, str rest, struct route_match *m)
{
	if (rest.n == 0) {
		const struct leaf *leaf = leaf_of(n, method);
		if (!leaf->route) {
			m->other_method = m->other_method || n->get.route || n->post.route;
			return false;
		}
		m->route = leaf->route;
		memcpy(m->names, leaf->names, sizeof m->names);
		return true;
	}
	str piece;
	if (!next_piece(&rest, &piece) || piece.n == 0)
		return false;
	bool found;
	size_t place = child_place(n, piece, &found);
	if (found && find_leaf(&n->fixed.items[place], method, rest, m))
		return true;
	if (!n->parameter || m->n_params == ROUTE_PARAMS)
		return false;
	m->values[m->n_params++] = piece;
	if (find_leaf(n->parameter, method, rest, m))
		return true;
	m->n_params--;
	return false;
}

struct route_match router_find(const struct router *r, str method, str path)
{
	struct route_match m = { 0 };
	bool known =
		str_eq(method, S("GET")) || str_eq(method, S("HEAD")) || str_eq(method, S("POST"));
	if (!str_starts(path, S("/")))
		return m;
	str rest = path.n == 1 ? S("") : path;
	/* Every path that exists answers one of the two: an unknown method asks as GET, and what
	 * it finds exists with another method. */
	if (find_leaf(&r->root, known ? method : S("GET"), rest, &m) && !known)
		m = (struct route_match){ .other_method = true };
	else if (m.route)
		m.other_method = false;
	return m;
}
