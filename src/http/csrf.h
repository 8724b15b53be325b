/* SPDX-License-Identifier: Apache-2.0 */
/* csrf.h - a POST must come from a page of this very site: its Origin says so, and it carries a
 * token that only our pages know. The token is an HMAC of the visitor's cookie `k`, under another
 * random pad in every answer, so that compression gives nothing away [BREACH]. */
#pragma once
#include "core/crypto.h"

#define VISITOR_COOKIE "k"

bool visitor_valid(str visitor);
str visitor_new(struct arena *a);
str csrf_token(struct arena *a, const unsigned char key[KEY_BYTES], str visitor);
bool csrf_token_valid(struct arena *a, const unsigned char key[KEY_BYTES], str visitor, str token);

/* What the browser says about where a POST comes from; "" for headers it did not send. */
struct provenance {
	str origin, referer, fetch_site;
	str host; /* ours */
	bool https;
};
/* Origin decides, else Referer, else Sec-Fetch-Site; a POST without any is refused. */
bool csrf_same_site(const struct provenance *p);
