/* SPDX-License-Identifier: Apache-2.0 */
/* visitor.h - what the page frame shows of the caller: identity knows who, the catalogue knows the
 * name of the agency. */
#pragma once
#include "identity/identity.h"

struct visitor app_visitor(struct req *r);
