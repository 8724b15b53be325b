/* SPDX-License-Identifier: Apache-2.0 */
/* store.h - the store's own, between its files. */
#pragma once
#include <semaphore.h>

#include "file/file.h"

struct file_store {
	str folder;
	str inspector;    /* program; "": nobody looks */
	str scanner;      /* clamd; "": none */
	instant patience; /* with one of them; tests have less */
	sem_t turns;      /* of the children that look */
	int folder_fd;    /* DATA/files */
	int tmp_fd;       /* DATA/files/tmp */
	int partial_fd;   /* DATA/files/partial: uploads in pieces */
	int trash_fd;     /* DATA/files/trash: content that the collector is about to forget */
};
/* "ab/abcdef…": where content lies below the folder. */
const char *file_place(struct arena *a, str sha256);
bool file_sha256_valid(str s);
/* UNAVAILABLE, with errno in words. */
err file_failed(struct arena *a, const char *what);
/* collect.c: what a crash left in the collector's hands goes back to its place. */
void file_trash_return(struct file_store *s, struct arena *a);
