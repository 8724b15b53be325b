/* SPDX-License-Identifier: Apache-2.0 */
/* routes.h - the handlers behind catalogue_routes. */
#pragma once
#include "http/req.h"

err catalogue_list_page(struct req *r);
err catalogue_csv(struct req *r);
err search_page(struct req *r);
err sectors_page(struct req *r);
err sector_page(struct req *r);
err agencies_page(struct req *r);
err agency_page(struct req *r);
err procedure_page(struct req *r);
