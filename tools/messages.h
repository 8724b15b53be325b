/* SPDX-License-Identifier: Apache-2.0 */
/* messages.h - lists of the texts to translate, as tmplc and `poc --messages` print them and
 * `poc --check` reads them. One line each: file:line<TAB>"text", and " counted" after it when the
 * text was marked with TRN. */
#pragma once
#include "tool.h"

/* Adds the text of the literal whose opening quote is at p, with its escapes (\n \t \" \\)
 * undone. Returns what follows the closing quote; dies when there is none on this line. */
const char *literal_read(struct text *out, const char *path, int line, const char *p);

void message_put(
	struct text *list, const char *path, int line, const char *p, size_t n, bool counted);

/* Adds the texts inside TR("…") and TRN("…") in n bytes of C that begin at `line`. Literals in a
 * row are one text. */
void messages_from_c(struct text *list, const char *path, int line, const char *p, size_t n);
