/* SPDX-License-Identifier: Apache-2.0 */
/* answers_inside.h - how answers lie in memory: for answers.c and form_applying.c alone. */
#pragma once
#include "core/map.h"
#include "forms/answers.h"

struct pair {
	str id, value;
	struct pair *NULLABLE next;
};
struct answers {
	struct arena *a;
	struct map *at;              /* id → struct pair */
	struct pair *NULLABLE first; /* in the order in which they were first given */
	struct pair *NULLABLE last;
	/* Of form_applying's result: what rules see, for all of the form and for each item. */
	struct logic_map *NULLABLE facts;
	struct map *NULLABLE items; /* "thanh-vien/3" → struct logic_map */
};
