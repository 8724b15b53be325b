/* SPDX-License-Identifier: Apache-2.0 */
#include "file/image.h"

#include <unistd.h>
#include <vips/vips.h>
#include <vips/vector.h>

#define JUDGED_SIDE 1000 /* pixels: sharpness of large and small pictures is compared at one size */
#define THUMBNAIL_QUALITY 72

bool image_begin(const char *program)
{
	/* One thread, no code made at run time, no cache, no format but the two. */
	vips_vector_set_enabled(FALSE);
	if (VIPS_INIT(program))
		return false;
	vips_concurrency_set(1);
	vips_cache_set_max(0);
	vips_operation_block_set("VipsForeignLoad", TRUE);
	vips_operation_block_set("VipsForeignLoadJpeg", FALSE);
	vips_operation_block_set("VipsForeignLoadPng", FALSE);
	return true;
}

/* Only the header is read here; pixels come when they are asked for. A JPEG can be read at a half,
 * a quarter or an eighth of its size. */
static VipsImage *NULLABLE open_image(enum image_kind kind, int fd, int shrink)
{
	VipsImage *image = NULL;

	if (lseek(fd, 0, SEEK_SET) != 0)
		return NULL;
	VipsSource *source = vips_source_new_from_descriptor(fd);
	if (!source)
		return NULL;
	if (kind == IMAGE_JPG)
		vips_jpegload_source(source, &image, "shrink", shrink, "fail_on",
			VIPS_FAIL_ON_TRUNCATED, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
	else
		vips_pngload_source(source, &image, "fail_on", VIPS_FAIL_ON_TRUNCATED, "access",
			VIPS_ACCESS_SEQUENTIAL, NULL);
	g_object_unref(source);
	return image;
}

/* Owns images until its end. */
struct drawing {
	VipsImage *steps[12];
	size_t n;
};

/* By its address: an operation that is an argument too may run after the others were read. */
static VipsImage *NULLABLE keep(struct drawing *d, int failed, VipsImage *NULLABLE *image)
{
	if (failed || !*image)
		return NULL;
	d->steps[d->n++] = *image;
	return *image;
}

static void drop(struct drawing *d)
{
	while (d->n)
		g_object_unref(d->steps[--d->n]);
}

static VipsImage *NULLABLE within(struct drawing *d, VipsImage *from, int side)
{
	VipsImage *to = NULL;
	int failed = vips_thumbnail_image(
		from, &to, side, "height", side, "size", VIPS_SIZE_DOWN, "no_rotate", TRUE, NULL);

	return keep(d, failed, &to);
}

/* In memory, upright, at most JUDGED_SIDE: everything that follows is cheap. */
static VipsImage *NULLABLE decode(struct drawing *d, enum image_kind kind, int fd, int longer)
{
	int shrink = 1;
	VipsImage *upright = NULL;

	while (shrink < 8 && longer / (shrink * 2) >= JUDGED_SIDE)
		shrink *= 2;
	VipsImage *image = open_image(kind, fd, shrink);
	VipsImage *small = keep(d, 0, &image) ? within(d, image, JUDGED_SIDE) : NULL;
	VipsImage *pixels = small ? vips_image_copy_memory(small) : NULL;
	if (!keep(d, 0, &pixels))
		return NULL;
	return keep(d, vips_autorot(pixels, &upright, NULL), &upright);
}

static bool judge(struct drawing *d, VipsImage *image, int64_t *ret)
{
	VipsImage *grey = NULL, *one = NULL, *edges = NULL;
	VipsImage *mask =
		vips_image_new_matrixv(3, 3, 0.0, 1.0, 0.0, 1.0, -4.0, 1.0, 0.0, 1.0, 0.0);
	double deviation = 0;

	if (!keep(d, 0, &mask) ||
		!keep(d, vips_colourspace(image, &grey, VIPS_INTERPRETATION_B_W, NULL), &grey) ||
		!keep(d, vips_extract_band(grey, &one, 0, NULL), &one) ||
		!keep(d, vips_conv(one, &edges, mask, "precision", VIPS_PRECISION_FLOAT, NULL),
			&edges) ||
		vips_deviate(edges, &deviation, NULL))
		return false;
	*ret = (int64_t)(deviation * deviation);
	return true;
}

static bool write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t written = write(fd, p, n);
		if (written <= 0)
			return false;
		p += written;
		n -= (size_t)written;
	}
	return true;
}

/* White where there is nothing; without what the camera wrote beside the pixels. */
static void draw_thumbnail(struct drawing *d, VipsImage *image, int fd)
{
	VipsArrayDouble *white = vips_array_double_newv(1, 255.0);
	VipsImage *small = within(d, image, LIMIT_THUMBNAIL_SIDE), *flat = NULL;
	void *bytes = NULL;
	size_t n = 0;

	if (small && keep(d, vips_flatten(small, &flat, "background", white, NULL), &flat) &&
		!vips_jpegsave_buffer(
			flat, &bytes, &n, "Q", THUMBNAIL_QUALITY, "strip", TRUE, NULL) &&
		n <= LIMIT_THUMBNAIL)
		(void)write_all(fd, bytes, n);
	g_free(bytes);
	vips_area_unref(VIPS_AREA(white));
}

struct image_facts image_look(enum image_kind kind, int fd, int thumbnail_fd)
{
	struct image_facts facts = { .state = IMAGE_BROKEN };
	struct drawing d = { 0 };
	VipsImage *header = open_image(kind, fd, 1);

	if (!header)
		return facts;
	int width = vips_image_get_width(header), height = vips_image_get_height(header);
	bool turned = vips_image_get_orientation_swap(header);
	g_object_unref(header);
	facts.width = turned ? height : width;
	facts.height = turned ? width : height;
	if (facts.width * facts.height > LIMIT_IMAGE_MEGAPIXELS * 1000LL * 1000) {
		facts.state = IMAGE_TOO_LARGE;
		return facts;
	}
	VipsImage *image = decode(&d, kind, fd, width > height ? width : height);
	if (image && judge(&d, image, &facts.sharpness)) {
		facts.state = IMAGE_GOOD;
		draw_thumbnail(&d, image, thumbnail_fd);
	}
	drop(&d);
	return facts;
}
