/* SPDX-License-Identifier: Apache-2.0 */
/* paper.h - for tests: what other programs read in a PDF of ours. "" when poppler is not installed. */
#pragma once
#include "tests/tap.h"

/* Its text, piece by piece as it was written, with "\f" after each page. */
str paper_text(struct arena *a, str pdf);
/* The same with one space for all white space but "\f": what wraps can be found. */
str paper_words(struct arena *a, str pdf);
/* "Pages: 2 … Page size: 595.276 x 841.89 pts (A4)" */
str paper_info(struct arena *a, str pdf);
