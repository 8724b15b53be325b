/* SPDX-License-Identifier: Apache-2.0 */
/* assets.h - the embedded files as ready answers. */
#pragma once
#include "http/asset.h"
#include "http/prebuilt.h"

struct asset_table;
struct asset_table *assets_new(struct arena *a);
/* The caller's to release; NULL when there is no such file. */
struct prebuilt *NULLABLE assets_find(const struct asset_table *t, str path);
/* Before the arena goes. */
void assets_free(struct asset_table *t);
