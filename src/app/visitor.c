/* SPDX-License-Identifier: Apache-2.0 */
#include "app/visitor.h"
#include "catalogue/catalogue.h"

struct visitor app_visitor(struct req *r)
{
	struct visitor v = identity_visitor(r);
	struct conn *c;
	struct agency g;
	bool found = false;
	if (!v.officer || !v.agency.n)
		return v;
	struct catalogue *k = services_of(r)->catalogue;
	str name = k ? catalogue_agency_name(catalogue_snapshot(k, r->arena), v.agency) : S("");
	if (name.n) {
		v.agency = name;
		return v;
	}
	/* A frame without the agency's name is better than no page: a fault here shows the code. */
	err e = reader_of(r, &c);
	if (!e)
		e = agency_find(c, r->arena, v.agency, &g, &found);
	if (!e && found)
		v.agency = g.name;
	return v;
}
