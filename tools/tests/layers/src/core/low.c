/* SPDX-License-Identifier: Apache-2.0 */
#include "core/low.h"
#include "db/high.h"
#include "low.html.h"
#include "nowhere/x.h"
#include <sqlite3.h>
#include <stdio.h>
#include <unicode/unorm2.h>
/* áááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááááá */
	/* a tab reaches to column 8, so this line of 94 characters has one column too many: →→→→→ */
