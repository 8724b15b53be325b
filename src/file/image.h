/* SPDX-License-Identifier: Apache-2.0 */
/* image.h - what can be told of a photograph or a scan; libvips behind this header. Only the
 * inspecting child includes it: libvips brings a hundred libraries along. */
#pragma once
#include "core/core.h"

enum image_kind { IMAGE_JPG, IMAGE_PNG };
enum image_state { IMAGE_GOOD, IMAGE_BROKEN, IMAGE_TOO_LARGE };
struct image_facts {
	enum image_state state;
	int64_t width, height; /* as it is looked at, upright */
	int64_t sharpness; /* variance of the Laplacian; below image_blurred it is hard to read */
};
/* Once, before the sandbox closes. False when libvips cannot start. */
MUST_USE bool image_begin(const char *program);
/* Reads from fd, and writes an upright thumbnail (JPEG) to thumbnail_fd. */
struct image_facts image_look(enum image_kind kind, int fd, int thumbnail_fd);
