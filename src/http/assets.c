/* SPDX-License-Identifier: Apache-2.0 */
#include "http/assets.h"

#include "core/map.h"

struct asset_table {
	struct map *by_path;
	LIST(struct prebuilt *) answers;
};

struct asset_table *assets_new(struct arena *a)
{
	size_t n = 0;
	while (assets[n].name)
		n++;
	struct asset_table *t = arena_make(a, struct asset_table);
	t->by_path = map_new(a, n);
	t->answers.items = arena_array(a, struct prebuilt *, n);
	t->answers.n = n;
	for (size_t i = 0; i < n; i++) {
		const struct asset *asset = &assets[i];
		t->answers.items[i] = prebuilt_new(&(struct prebuilt_spec){
			.status = MHD_HTTP_OK,
			.mime = str_from(asset->mime),
			.body = { (const char *)asset->bytes, asset->n },
			.gzip = asset->n_gzip ? asset->gzip : NULL,
			.n_gzip = asset->n_gzip,
			.is_static = true,
			.lasting = true,
		});
		map_put(t->by_path, str_from(asset->path), t->answers.items[i]);
	}
	return t;
}

struct prebuilt *NULLABLE assets_find(const struct asset_table *t, str path)
{
	struct prebuilt *found = map_find(t->by_path, path);
	return found ? prebuilt_keep(found) : NULL;
}

void assets_free(struct asset_table *t)
{
	for (size_t i = 0; i < t->answers.n; i++)
		prebuilt_release(t->answers.items[i]);
}

str asset_path(str name)
{
	for (size_t i = 0; assets[i].name; i++)
		if (str_eq(name, str_from(assets[i].name)))
			return str_from(assets[i].path);
	fprintf(stderr, "asset " STR_FMT " is not embedded\n", STR_ARG(name));
	abort();
}
