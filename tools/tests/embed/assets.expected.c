/* Made by embed. */
#include "http/asset.h"

static const unsigned char bytes_0[] = {
	58,114,111,111,116,32,123,10,45,45,105,110,107,58,32,35,49,49,49,59,32,10,125,10,
	97,58,58,98,101,102,111,114,101,32,123,10,99,111,110,116,101,110,116,58,32,34,47,42,
	32,107,101,112,116,32,42,47,32,92,34,32,34,59,10,125,10,
};
static const unsigned char bytes_1[] = {
	120,
};

const struct asset assets[] = {
	{ .name = "page.css", .path = "/a/page.5068f7c624.css",
	  .mime = "text/css; charset=utf-8", .bytes = bytes_0, .n = 65 },
	{ .name = "tiny.txt", .path = "/a/tiny.2d711642b7.txt",
	  .mime = "text/plain; charset=utf-8", .bytes = bytes_1, .n = 1 },
	{ 0 },
};
