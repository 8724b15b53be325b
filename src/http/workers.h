/* SPDX-License-Identifier: Apache-2.0 */
/* workers.h - threads that take jobs from one bounded queue, in order. */
#pragma once
#include "core/core.h"

struct workers;
/* run is called on a worker for each job. NULL when threads cannot be had. */
struct workers *NULLABLE workers_new(int threads, size_t room, void (*run)(void *job));
/* False when the queue is full: overload is said at once, not after a time-out. */
bool workers_add(struct workers *w, void *job);
size_t workers_waiting(struct workers *w);
/* Finishes the jobs that wait, then ends the threads. */
void workers_free(struct workers *NULLABLE w);
