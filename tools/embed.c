/* SPDX-License-Identifier: Apache-2.0 */
/* embed.c - puts files into the program.
 *
 *     embed OUT.c FILE… [--join NAME FILE…]…
 *                                           the assets of web/, as http/asset.h has them; those
 *                                           after --join as one, of that name
 *     embed --plain OUT.c FOLDER NAME…      FOLDER/NAME as it is, as core/embedded.h has them
 *
 * An asset gets an address with the start of its SHA-256 in it, so that browsers may keep it for
 * ever; and a gzip variant, when that is smaller. Style sheets and scripts lose comments and
 * indentation, no more: what is served can be read beside its source. */
#include "sha256.h"
#include "strip.h"
#include "tool.h"
#include <libdeflate.h>
#include <string.h>

static const struct {
	const char *ending, *mime;
} mimes[] = {
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".jpg", "image/jpeg" },
	{ ".webp", "image/webp" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".webmanifest", "application/manifest+json" },
};

static const char *mime_of(const char *path, const char *ending)
{
	for (size_t i = 0; i < COUNT(mimes); i++)
		if (strcmp(mimes[i].ending, ending) == 0)
			return mimes[i].mime;
	die("%s: no media type is known for '%s'", path, ending);
}

static const char *ending_of(const char *path)
{
	const char *name = path_base(path), *dot = strrchr(name, '.');
	size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.");
	if (!dot || dot == name || name[plain])
		die("%s: the name of an asset is made of a-z 0-9 - _ and an ending", path);
	return dot;
}

/* As small as gzip can be, and always the same bytes for the same input: the header has no time and
 * no name. */
static struct text gzip(const struct text *in)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(12);
	if (!c)
		die("libdeflate does not start");
	size_t most = libdeflate_gzip_compress_bound(c, in->n);
	struct text out = { .p = keep(most), .cap = most };
	out.n = libdeflate_gzip_compress(c, in->p, in->n, out.p, most);
	libdeflate_free_compressor(c);
	if (!out.n)
		die("libdeflate does not finish");
	return out;
}

static void put_array(struct text *t, const char *name, int i, const struct text *bytes)
{
	text_printf(t, "static const unsigned char %s_%d[] = {", name, i);
	for (size_t k = 0; k < bytes->n; k++)
		text_printf(t, "%s%d,", k % 24 ? "" : "\n\t", (unsigned char)bytes->p[k]);
	text_put(t, "\n};\n");
}

/* One address: of one file, or of several that are joined. */
struct served {
	const char *path;
	char **parts;
	int n;
};

static struct text read_part(const char *path, const char *ending)
{
	if (strcmp(ending, ".css") == 0)
		return strip_css(path);
	return strcmp(ending, ".js") == 0 ? strip_js(path) : file_read(path);
}

static struct text read_parts(const struct served *s, const char *ending)
{
	struct text bytes = { 0 };
	for (int i = 0; i < s->n; i++) {
		struct text part = read_part(s->parts[i], ending);
		if (!part.n)
			die("%s: an empty asset", s->parts[i]);
		text_add(&bytes, part.p, part.n);
	}
	if (!bytes.n)
		die("%s: an empty asset", s->path);
	return bytes;
}

/* Adds the arrays of one asset to `arrays`, and its row to `rows`. */
static void put_asset(struct text *arrays, struct text *rows, int i, const struct served *s)
{
	const char *path = s->path, *name = path_base(path), *ending = ending_of(path),
		   *mime = mime_of(path, ending);
	struct text bytes = read_parts(s, ending);
	struct text packed = gzip(&bytes);
	put_array(arrays, "bytes", i, &bytes);

	unsigned char digest[32];
	sha256((const unsigned char *)bytes.p, bytes.n, digest);
	text_printf(rows,
		"\t{ .name = \"%s\", .path = \"/a/%.*s.%02x%02x%02x%02x%02x%s\",\n"
		"\t  .mime = \"%s\", .bytes = bytes_%d, .n = %zu",
		name, (int)(ending - name), name, digest[0], digest[1], digest[2], digest[3],
		digest[4], ending, mime, i, bytes.n);
	if (packed.n < bytes.n) {
		put_array(arrays, "gzip", i, &packed);
		text_printf(rows, ", .gzip = gzip_%d, .n_gzip = %zu", i, packed.n);
	}
	text_put(rows, " },\n");
}

/* The words of the command line as assets; returns how many. */
static int list_served(char **words, int n, struct served *ret)
{
	int count = 0;
	bool joining = false;
	for (int i = 0; i < n; i++) {
		if (strcmp(words[i], "--join") == 0 && i + 1 < n) {
			i++;
			ret[count++] = (struct served){ words[i], words + i + 1, 0 };
			joining = true;
		} else if (joining) {
			ret[count - 1].n++;
		} else {
			ret[count++] = (struct served){ words[i], words + i, 1 };
		}
	}
	return count;
}

static void embed_assets(const char *out, char **words, int n_words)
{
	struct text arrays = { 0 }, rows = { 0 }, t = { 0 };
	struct served *all = keep((size_t)n_words * sizeof *all);
	int n = list_served(words, n_words, all);
	for (int i = 0; i < n; i++) {
		for (int k = 0; k < i; k++)
			if (strcmp(path_base(all[k].path), path_base(all[i].path)) == 0)
				die("%s: has the same name as %s", all[i].path, all[k].path);
		put_asset(&arrays, &rows, i, &all[i]);
	}
	text_printf(&t,
		"/* Made by embed. */\n#include \"http/asset.h\"\n\n%s\n"
		"const struct asset assets[] = {\n%s\t{ 0 },\n};\n",
		arrays.p, rows.p);
	file_write(out, &t);
}

static void embed_plain(const char *out, const char *folder, char **names, int n)
{
	struct text arrays = { 0 }, rows = { 0 }, t = { 0 };
	for (int i = 0; i < n; i++) {
		struct text path = { 0 };
		text_printf(&path, "%s/%s", folder, names[i]);
		struct text bytes = file_read(path.p);
		if (!bytes.n)
			die("%s: an empty file", path.p);
		put_array(&arrays, "file", i, &bytes);
		text_put(&rows, "\t{ .name = ");
		text_put_literal(&rows, names[i], strlen(names[i]), "");
		text_printf(&rows, ", .bytes = (const char *)file_%d, .n = %zu },\n", i, bytes.n);
	}
	text_printf(&t,
		"/* Made by embed. */\n#include \"core/embedded.h\"\n\n%s\n"
		"const struct embedded starter_files[] = {\n%s\t{ 0 },\n};\n",
		arrays.p, rows.p);
	file_write(out, &t);
}

int main(int argc, char **argv)
{
	if (argc >= 5 && strcmp(argv[1], "--plain") == 0)
		embed_plain(argv[2], argv[3], argv + 4, argc - 4);
	else if (argc >= 3 && strcmp(argv[1], "--plain") != 0)
		embed_assets(argv[1], argv + 2, argc - 2);
	else
		die("usage: embed OUT.c FILE… [--join NAME FILE…]… | "
		    "embed --plain OUT.c FOLDER NAME…");
	return 0;
}
