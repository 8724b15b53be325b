/* Made by embed. */
#include "core/embedded.h"

static const unsigned char file_0[] = {
	120,
};

const struct embedded starter_files[] = {
	{ .name = "embed/tiny.txt", .bytes = (const char *)file_0, .n = 1 },
	{ 0 },
};
