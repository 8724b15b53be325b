/* SPDX-License-Identifier: Apache-2.0 */
/* strip.h - style sheets and scripts without comments, indentation, empty lines, and in scripts
 * spaces that separate nothing. Nothing is renamed and no line is joined to another, so that what
 * is served can be read. Dies where a file is not in our style. */
#pragma once
#include "tool.h"

struct text strip_css(const char *path);
/* Knows strings, templates without another template inside, and regular expressions by what stands
 * before them. Comments are those between slash and star; the other kind is refused. */
struct text strip_js(const char *path);
