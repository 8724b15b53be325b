/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes are looked at as either kind of picture, as the inspecting child does: what is good has
 * a size within bounds, a thumbnail is a small JPEG, and looking twice tells the same. */
#include "fuzz/fuzz.h"

#include "file/image.h"

#include <sys/mman.h>
#include <unistd.h>

/* Fewer than the product's own: a fuzzer does best with what takes milliseconds. */
#define PIXELS_MOST (4LL * 1000 * 1000)

static int memory(const uint8_t *data, size_t size)
{
	int fd = memfd_create("picture", MFD_CLOEXEC);

	HOLDS(fd >= 0);
	HOLDS(size == 0 || write(fd, data, size) == (ssize_t)size);
	return fd;
}

/* Of the header of a PNG, to pass over pictures that only take time. */
static bool is_large_png(const uint8_t *p, size_t size)
{
	if (size < 24)
		return false;
	int64_t width = (int64_t)p[16] << 24 | p[17] << 16 | p[18] << 8 | p[19];
	int64_t height = (int64_t)p[20] << 24 | p[21] << 16 | p[22] << 8 | p[23];

	return width * height > PIXELS_MOST &&
		width * height <= LIMIT_IMAGE_MEGAPIXELS * 1000LL * 1000;
}

static void check_thumbnail(int fd)
{
	uint8_t head[3];
	off_t size = lseek(fd, 0, SEEK_END);

	HOLDS(size >= 0 && size <= LIMIT_THUMBNAIL);
	HOLDS(size == 0 || (pread(fd, head, 3, 0) == 3 && memcmp(head, "\xff\xd8\xff", 3) == 0));
}

static struct image_facts look(enum image_kind kind, const uint8_t *data, size_t size)
{
	int fd = memory(data, size), thumbnail = memory(NULL, 0);
	struct image_facts facts = image_look(kind, fd, thumbnail);

	check_thumbnail(thumbnail);
	close(fd);
	close(thumbnail);
	return facts;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool begun;

	if (!begun && setenv("VIPS_WARNING", "none", 1) == 0)
		HOLDS(image_begin("image_fuzz"));
	begun = true;
	if (is_large_png(data, size))
		return 0;
	for (enum image_kind kind = IMAGE_JPG; kind <= IMAGE_PNG; kind++) {
		struct image_facts one = look(kind, data, size), two = look(kind, data, size);
		bool good = one.state == IMAGE_GOOD;
		HOLDS(!good || (one.width > 0 && one.height > 0));
		HOLDS(!good || one.width * one.height <= LIMIT_IMAGE_MEGAPIXELS * 1000LL * 1000);
		HOLDS(one.sharpness >= 0);
		HOLDS(one.state == two.state && one.width == two.width &&
			one.height == two.height && one.sharpness == two.sharpness);
	}
	return 0;
}
