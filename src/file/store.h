/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - the store's own, between its files. */
#pragma once
#include "file/file.h"

struct file_store {
	str folder;
	int folder_fd; /* DATA/files */
	int tmp_fd;    /* DATA/files/tmp */
};
/* "ab/abcdef…": where content lies below the folder. */
const char *file_place(struct arena *a, str sha256);
