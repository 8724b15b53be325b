/* SPDX-License-Identifier: Apache-2.0 */
/* child.h - starts motcua-inspect for one file and reads what it says. */
#pragma once
#include "file/store.h"

struct child_answer {
	bool failed; /* it crashed, was late, is missing, or spoke nonsense */
	str state;
	int64_t pages, width, height, sharpness;
	str thumbnail; /* JPEG; "" when there is none */
};
/* kind: "pdf". Whatever goes wrong, failed says so. */
void child_look(struct file_store *s, struct arena *a, const char *kind, const char *path,
	struct child_answer *ret);
